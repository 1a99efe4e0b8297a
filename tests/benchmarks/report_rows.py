"""The printed report: the demonstration through the child process, a large one against itself untagged."""

import io
import random
import statistics
from collections.abc import Sequence
from pathlib import Path

import grown
from measure import Row, compared, repeated, said, seconds
from PIL import Image
from reportlab.platypus import Flowable

from ivaudit.app import demo, reports
from ivaudit.app.reports import Prepared
from ivaudit.reports import docx, pdf
from ivaudit.reports.document import WIDTH, Element, Group, Look, Picture, Text, Title
from ivaudit.reports.palette import LIGHT
from ivaudit.reports.pdf_elements import Elements
from ivaudit.reports.pdf_page import Document, prepare
from ivaudit.reports.pdf_styles import styles
from ivaudit.reports.structure import lay_out
from ivaudit.reports.structure_file import finish

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
    photos = [_photo(folder / f"photo-{rank}.jpg", rank) for rank in range(PHOTOS)]
    whole, twice = (_prepared(folder / str(size), size) for size in (CRITERIA, 2 * CRITERIA))
    made = _tagged(whole, photos)
    tagged, plain, large, word = [], [], [], []
    for _ in range(ROUNDS):  # turn about: the machine is not equally busy all along
        plain.append(seconds(lambda: _plain(whole, photos)))
        tagged.append(seconds(lambda: _tagged(whole, photos)))
        large.append(seconds(lambda: _tagged(twice, [*photos, *photos])))
        word.append(seconds(lambda: docx.write(whole.model, whole.outline, folder / "rapport.docx")))
    what = f"PDF, {CRITERIA} criteria, {FINDINGS} findings, {PHOTOS} photos, tagged"
    size = len(made) / MEGA
    kept = statistics.median(tagged) <= 5 and size <= 10
    growth = compared("the same with twice as much of everything", large, tagged, 2.3, "≤ 2.3 ×")
    return [
        compared(what, tagged, plain, 1.6, "≤ 1.6 × the same untagged"),
        Row("the same", f"{said(tagged)}, {size:.2f} MB", "–", "", "≤ 5 s, ≤ 10 MB", kept),
        growth,
        Row(f"DOCX, {CRITERIA} criteria", said(word), "–", "", "–"),
    ]


def _photo(path: Path, seed: int) -> str:
    """Write a photograph as heavy as a real one fit for print."""
    noise = random.Random(seed)  # noqa: S311 - no secret
    small = Image.frombytes("RGB", (320, 240), noise.randbytes(320 * 240 * 3))
    small.resize((1280, 960), Image.Resampling.BICUBIC).save(path, "JPEG", quality=34)
    return str(path)


def _prepared(folder: Path, size: int) -> Prepared:
    session, audit = grown.large_audit(folder, size)
    prepared = reports.prepare(session, audit, "pdf")
    session.close()
    return prepared


def _story(prepared: Prepared, photos: Sequence[str]) -> list[Flowable]:
    """Return the report, with findings as paragraphs and a photo beside two out of three."""
    prepare()
    elements = Elements(styles(LIGHT), LIGHT)
    *report, total = pdf.story(prepared.model, prepared.outline, LIGHT)
    for rank in range(FINDINGS * len(photos) // PHOTOS):
        said_of: list[Element] = [Text(text=CONSTAT, label="Constat"), Text(text=CONSTAT, look=Look.QUIET)]
        if rank < len(photos):
            said_of.append(Picture(file=photos[rank], alt=f"Photo {rank}", room=(WIDTH / 2, 200)))
        title = Title(text=f"Constat {rank}", level=3)
        report += elements.group(Group(heads=(title,), body=tuple(said_of)))
    return [*report, total]


def _document(prepared: Prepared, target: io.BytesIO) -> Document:
    return Document(target, prepared.model, prepared.outline, LIGHT, lambda _done: None)


def _tagged(prepared: Prepared, photos: Sequence[str]) -> bytes:
    target = io.BytesIO()
    structure = lay_out(_document(prepared, target), _story(prepared, photos))
    return finish(target.getvalue(), structure)


def _plain(prepared: Prepared, photos: Sequence[str]) -> bytes:
    target = io.BytesIO()
    _document(prepared, target).build(_story(prepared, photos))
    return target.getvalue()
