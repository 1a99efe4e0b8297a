"""The printed report: the demonstration through the child process, a large one against itself untagged."""

import io
import random
import statistics
from pathlib import Path

import grown
from measure import Row, compared, repeated, said, seconds
from PIL import Image
from reportlab.platypus import Flowable

from ivaudit.app import demo, evidence, findings, pictures, reports
from ivaudit.app.reports import Prepared
from ivaudit.app.session import Session
from ivaudit.domain.findings import Grade
from ivaudit.reports import docx, pdf
from ivaudit.reports.document_source import Beside
from ivaudit.reports.palette import LIGHT
from ivaudit.reports.pdf_page import Document, prepare
from ivaudit.reports.structure import lay_out
from ivaudit.reports.structure_file import finish
from ivaudit.store.evidence import Body

MEGA = 1_000_000
CRITERIA, FINDINGS, PHOTOS = 350, 60, 40
ROUNDS = 5
CONSTAT = "Constat factuel écrit sur place, avec ce qui a été vu, par quelle fonction et à quel moment. " * 4


def pdf_rows(folder: Path) -> list[Row]:
    """Export the demonstration several times, then compare a large report with itself untagged."""
    return [_demonstration(folder), *_large(folder)]


def _demonstration(folder: Path) -> Row:
    session = grown.workspace(folder / "demo")
    audit = demo.build(session)
    path = folder / "demo.pdf"
    taken = repeated(ROUNDS, lambda: reports.export(session, audit, "pdf", path))
    session.close()
    size = path.stat().st_size / MEGA
    kept = statistics.median(taken) <= 5 and size <= 10
    return Row("PDF of the demonstration", f"{said(taken)}, {size:.2f} MB", "–", "", "≤ 5 s, ≤ 10 MB", kept)


def _large(folder: Path) -> list[Row]:
    whole, twice = (_prepared(folder / str(size), size) for size in (CRITERIA, 2 * CRITERIA))
    made = _tagged(whole)
    tagged, plain, large, word = [], [], [], []
    for _ in range(ROUNDS):  # turn about: the machine is not equally busy all along
        plain.append(seconds(lambda: _plain(whole)))
        tagged.append(seconds(lambda: _tagged(whole)))
        large.append(seconds(lambda: _tagged(twice)))
        word.append(seconds(lambda: _word(whole, folder / "rapport.docx")))
    what = f"PDF, {CRITERIA} criteria, {FINDINGS} findings, {PHOTOS} photos, tagged"
    size = len(made) / MEGA
    kept = statistics.median(tagged) <= 5 and size <= 10
    growth = compared("the same with twice as much of everything", large, tagged, 2.3, "≤ 2.3 ×")
    return [
        compared(what, tagged, plain, 1.6, "≤ 1.6 × the same untagged"),
        Row("the same", f"{said(tagged)}, {size:.2f} MB", "–", "", "≤ 5 s, ≤ 10 MB", kept),
        growth,
        Row(f"DOCX, {CRITERIA} criteria, {FINDINGS} findings, {PHOTOS} photos", said(word), "–", "", "–"),
    ]


def _photo(seed: int) -> bytes:
    """Return a photograph as heavy as a real one fit for print."""
    noise = random.Random(seed)  # noqa: S311 - no secret
    small = Image.frombytes("RGB", (320, 240), noise.randbytes(320 * 240 * 3))
    target = io.BytesIO()
    small.resize((1280, 960), Image.Resampling.BICUBIC).save(target, "JPEG", quality=28)
    return target.getvalue()


def _prepared(folder: Path, size: int) -> Prepared:
    """Return a report of so many criteria, with findings and photographs in proportion."""
    session, audit = grown.large_audit(folder, size)
    field_work(session, audit, FINDINGS * size // CRITERIA, PHOTOS * size // CRITERIA)
    prepared = reports.prepare(session, audit, "pdf")
    session.close()
    return prepared


def field_work(session: Session, audit: str, conclusions: int, photos: int) -> None:
    """Record findings with their recommendations, and photographs of the first of them."""
    with session.workspace.db.atomic():
        for rank in range(conclusions):
            criterion = f"b-{rank:05d}"
            findings.create(
                session,
                audit,
                CONSTAT,
                list(Grade)[rank % 4],
                recommendation=CONSTAT,
                criteria=[criterion],
            )
    for rank in range(photos):
        body = Body(body=_photo(rank), media="image/jpeg", width=1280, height=960, thumbnail=_photo(0)[:64])
        picture = pictures.Prepared(body=body, given=(1280, 960))
        evidence.add_photo(session, audit, picture, caption=f"Photo {rank}", criteria=[f"b-{rank:05d}"])


def _beside(prepared: Prepared) -> Beside:
    return Beside(pictures=dict(prepared.pictures))


def _story(prepared: Prepared) -> list[Flowable]:
    prepare()
    return pdf.story(prepared.model, prepared.outline, LIGHT, beside=_beside(prepared))


def _document(prepared: Prepared, target: io.BytesIO) -> Document:
    return Document(target, prepared.model, prepared.outline, LIGHT, lambda _done: None)


def _tagged(prepared: Prepared) -> bytes:
    target = io.BytesIO()
    structure = lay_out(_document(prepared, target), _story(prepared))
    return finish(target.getvalue(), structure)


def _plain(prepared: Prepared) -> bytes:
    target = io.BytesIO()
    _document(prepared, target).build(_story(prepared))
    return target.getvalue()


def _word(prepared: Prepared, path: Path) -> None:
    docx.write(prepared.model, prepared.outline, path, beside=_beside(prepared))
