"""What is kept: masked in the pixels, no larger than the report needs, still legible."""

import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from support.photos import picture, segments_of

from ivaudit.domain.errors import RefusedFile
from ivaudit.pictures.keeping import LONG_EDGE, MOST_BYTES, THUMBNAIL, keep, masked
from ivaudit.pictures.pages import read_pages

BLACK = (0, 0, 0)


def reopened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def noise(width: int, height: int) -> Image.Image:
    return Image.frombytes("RGB", (width, height), random.Random(7).randbytes(width * height * 3))  # noqa: S311


def test_what_is_masked_is_black_in_the_picture_and_in_the_thumbnail() -> None:
    """A white band under the mask leaves no light anywhere within it, not even at its edges."""
    image = Image.new("RGB", (3000, 2000), (40, 40, 40))
    image.paste((255, 255, 255), (900, 600, 2100, 1400))
    kept = keep(image, [(900, 600, 1200, 800)])
    assert kept.given == (3000, 2000)
    for data in (kept.body, kept.thumbnail):
        shown = reopened(data)
        assert max(shown.tobytes()) < 80
        scale = shown.width / 3000
        inside = shown.crop((930 * scale, 630 * scale, 2070 * scale, 1370 * scale))
        assert max(inside.tobytes()) < 24


def test_two_pictures_that_differ_under_the_mask_only_become_the_same() -> None:
    """Irreversible means this: nothing of what was hidden has any effect on what is kept."""
    one, other = picture((800, 600)), picture((800, 600))
    ImageDraw.Draw(one).text((210, 210), "Mme DUPONT", fill=(255, 255, 255))
    ImageDraw.Draw(other).ellipse((220, 210, 380, 290), fill=(255, 0, 0))
    box = [(200, 200, 200, 100)]
    assert keep(one, []).body != keep(other, []).body
    assert keep(one, box) == keep(other, box)


@given(
    st.lists(st.tuples(*(st.integers(-50, 150) for _ in range(4))), max_size=4),
    st.integers(1, 90),
    st.integers(1, 90),
)
def test_a_mask_covers_exactly_its_pixels(
    boxes: list[tuple[int, int, int, int]], width: int, height: int
) -> None:
    before = noise(width, height)
    after = masked(before, boxes)
    for x in range(0, width, 7):
        for y in range(0, height, 7):
            hidden = any(left <= x < left + w and top <= y < top + h for left, top, w, h in boxes)
            assert after.getpixel((x, y)) == (BLACK if hidden else before.getpixel((x, y)))
    assert before.tobytes() == noise(width, height).tobytes()


@pytest.mark.parametrize("size", [(4032, 3024), (3024, 4032), (800, 600), (1, 1)])
def test_it_fits_the_report(size: tuple[int, int]) -> None:
    kept = keep(picture(size))
    assert len(kept.body) <= MOST_BYTES
    assert max(kept.width, kept.height) <= LONG_EDGE
    assert reopened(kept.body).size == (kept.width, kept.height)
    assert max(reopened(kept.thumbnail).size) <= THUMBNAIL
    assert len(kept.thumbnail) < 30_000


def test_even_noise_fits() -> None:
    assert len(keep(noise(2400, 1800)).body) <= MOST_BYTES


def test_a_page_of_text_is_kept_without_loss() -> None:
    page = Image.new("RGB", (1414, 2000), (255, 255, 255))
    for row in range(60):
        ImageDraw.Draw(page).text((80, 30 + row * 32), "Identitovigilance " * 8, fill=(0, 0, 0))
    kept = keep(page)
    assert kept.media == "image/png"
    assert reopened(kept.body).tobytes() == page.tobytes()
    assert segments_of(kept.body) == {"IHDR", "PLTE", "IDAT", "IEND"}


def test_a_detailed_photograph_stays_legible_at_twice_its_printed_size() -> None:
    """Letters 2 % as high as the photograph still stand out from their ground once kept."""
    image = noise(4032, 3024).point(lambda value: 150 + value // 8)
    ImageDraw.Draw(image).text((400, 1400), "CHAMBRE 12", fill=(0, 0, 0), font_size=60)
    kept = keep(image)
    shown = reopened(kept.body).convert("L")
    scale = shown.width / 4032
    letters = shown.crop((400 * scale, 1400 * scale, 800 * scale, 1470 * scale)).tobytes()
    assert max(letters) - min(letters) > 100
    assert len(kept.body) <= MOST_BYTES
    assert kept.width >= 1000


def test_the_pages_of_a_pdf_are_pictures_as_they_were_seen() -> None:
    target = io.BytesIO()
    first, second = Image.new("RGB", (595, 842), (200, 30, 30)), Image.new("RGB", (842, 595), (255, 255, 255))
    first.save(target, "PDF", save_all=True, append_images=[second], title="Mme DUPONT", author="TEMOIN")
    pages = list(read_pages(target.getvalue(), "procedure.pdf"))
    assert [page.size for page in pages] == [(1414, 2000), (2000, 1414)]
    red = pages[0].getpixel((700, 1000))
    assert isinstance(red, tuple)
    assert red[0] > 180
    assert red[1] < 60
    assert b"DUPONT" not in keep(pages[0]).body


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"%PDF-1.7\ngarbage", "a.pdf", "protégé"),
        (b"%PDF-1.7\n", "a.jpg", "format PDF"),
        (b"PK\x03\x04", "a.docx", "Exportez-le en PDF"),
    ],
)
def test_a_pdf_that_cannot_be_read_is_refused(data: bytes, name: str, sentence: str) -> None:
    with pytest.raises(RefusedFile, match=sentence):
        list(read_pages(data, name))


def test_a_pdf_with_too_many_pages_is_refused() -> None:
    target = io.BytesIO()
    pages = [Image.new("1", (8, 8)) for _ in range(61)]
    pages[0].save(target, "PDF", save_all=True, append_images=pages[1:])
    with pytest.raises(RefusedFile, match="61 pages"):
        list(read_pages(target.getvalue()))
