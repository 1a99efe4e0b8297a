"""Photographs: from the file of a telephone to the workspace, and their small pictures in the list."""

import io
import random
import statistics
from pathlib import Path

import grown
from measure import Row, compared, repeated, said, seconds
from PIL import Image, ImageOps

from ivaudit.app import audits, evidence, facilities, pictures
from ivaudit.app.session import Session

PHOTOS = 40
SIZE = (4032, 3024)
ROUNDS = 5


def evidence_rows(folder: Path) -> list[Row]:
    """Add forty photographs of twelve million pixels, then read what the list shows of them."""
    files = [_photo(seed) for seed in range(ROUNDS)]
    raw = [seconds(lambda f=data: _raw(f)) for data in files]  # type: ignore[misc]
    session = grown.workspace(folder / "preuves")
    audit = _audit(session)
    ours = [seconds(lambda f=data: _add(session, audit, f)) for data in files]  # type: ignore[misc]
    fill = [seconds(lambda n=n: _store(session, audit, n)) for n in range(PHOTOS)]  # type: ignore[misc]
    digests = [digest for each in evidence.all_of(session, audit) for digest in each.pictures]
    few = repeated(ROUNDS, lambda: evidence.thumbnails(session, digests[:24]))
    listed = repeated(ROUNDS, lambda: evidence.all_of(session, audit))
    size = statistics.mean(len(evidence.body(session, digest).body) for digest in digests[:ROUNDS])
    session.close()
    return [
        compared("a photograph of 12 MP, added", ours, raw, 4.0, "≤ 4 × decoding and scaling it here"),
        Row("what is kept of it", f"{size / 1000:.0f} kB", "–", "", "≤ 200 kB", size <= 200_000),
        Row("a prepared photograph, stored", said(fill), "–", "", "≤ 50 ms", statistics.median(fill) <= 0.05),
        Row("24 thumbnails, read", said(few), "–", "", "≤ 50 ms", statistics.median(few) <= 0.05),
        Row(
            f"the list of {len(digests)}", said(listed), "–", "", "≤ 50 ms", statistics.median(listed) <= 0.05
        ),
    ]


def _audit(session: Session) -> str:
    _, facility = facilities.create(session, {"name": "EHPAD Les Tilleuls"})
    return audits.create(session, facility, "externe", ["flash"], "2026-11-21")[1]


def _photo(seed: int) -> bytes:
    """Return a photograph with the detail and the weight of a telephone's."""
    noise = random.Random(seed)  # noqa: S311 - no secret
    small = Image.frombytes("RGB", (1008, 756), noise.randbytes(1008 * 756 * 3))
    whole = Image.blend(small.resize(SIZE), Image.radial_gradient("L").resize(SIZE).convert("RGB"), 0.7)
    target = io.BytesIO()
    whole.save(target, "JPEG", quality=90)
    return target.getvalue()


def _raw(data: bytes) -> None:
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
    image.resize((2000, 1500), Image.Resampling.LANCZOS).save(io.BytesIO(), "JPEG", quality=76)


def _add(session: Session, audit: str, data: bytes) -> None:
    evidence.add_photo(session, audit, pictures.picture(data, "photo.jpg"))


def _store(session: Session, audit: str, rank: int) -> None:
    noise = random.Random(rank)  # noqa: S311 - no secret
    body = pictures.Body(
        body=noise.randbytes(180_000),
        media="image/jpeg",
        width=1600,
        height=1200,
        thumbnail=noise.randbytes(9_000),
    )
    evidence.add_photo(session, audit, pictures.Prepared(body=body, given=(1600, 1200)))
