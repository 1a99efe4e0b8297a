"""What is taken and what is refused of foreign pictures; nothing of the file but its pixels is left."""

import io
import random
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from support.photos import GPS_WORDS, bomb, photo, segments_of, signed

from ivaudit.domain.errors import RefusedFile
from ivaudit.pictures import formats
from ivaudit.pictures.keeping import keep
from ivaudit.pictures.reading import read


def saved(image: Image.Image, form: str, **how: object) -> bytes:
    target = io.BytesIO()
    image.save(target, form, **how)
    return target.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_pixels_is_left(form: str) -> None:
    given = photo(form)
    assert all(word in given for word in GPS_WORDS[form])
    kept = keep(read(given, f"photo.{form.lower()}"))
    for found in (kept.body, kept.thumbnail):
        assert not any(word in found for words in GPS_WORDS.values() for word in words)
        assert segments_of(found) <= {
            "SOI",
            "APP0 JFIF",
            "DQT",
            "SOF0",
            "DHT",
            "SOS",
            "EOI",
            "IHDR",
            "PLTE",
            "IDAT",
            "IEND",
        }
        reopened = Image.open(io.BytesIO(found))
        assert set(reopened.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert not reopened.getexif()


@pytest.mark.parametrize("mark", range(1, 9))
def test_every_orientation_comes_upright(mark: int) -> None:
    """Red upper left, green upper right, blue lower left, white lower right, whatever the camera did."""
    upright = Image.new("RGB", (64, 48))
    corners = {(0, 0): (255, 0, 0), (32, 0): (0, 255, 0), (0, 24): (0, 0, 255), (32, 24): (255, 255, 255)}
    for (x, y), colour in corners.items():
        upright.paste(colour, (x, y, x + 32, y + 24))
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # flips, then turns: what the camera did
    turned = upright.transpose(Image.Transpose(undo[mark])) if mark > 1 else upright
    exif = Image.Exif()
    exif[0x0112] = mark
    for form in ("PNG", "JPEG"):
        shown = read(
            saved(turned, form, exif=exif, **({"quality": 98, "subsampling": 0} if form == "JPEG" else {}))
        )
        assert shown.size == (64, 48)
        for (x, y), colour in corners.items():
            seen = shown.getpixel((x + 16, y + 12))
            assert isinstance(seen, tuple)
            assert all(abs(a - b) < 12 for a, b in zip(seen, colour, strict=True)), (mark, form)


def test_a_wrong_orientation_or_broken_metadata_does_not_lose_the_picture() -> None:
    exif = Image.Exif()
    exif[0x0112] = 77
    assert read(saved(Image.new("RGB", (5, 4)), "JPEG", exif=exif)).size == (5, 4)
    broken = saved(Image.new("RGB", (5, 4)), "JPEG", exif=b"Exif\x00\x00MM\x00*\xff\xff\xff\xff")
    assert read(broken).size == (5, 4)


@pytest.mark.parametrize(
    ("image", "form", "seen"),
    [
        (Image.new("CMYK", (9, 9), (0, 255, 255, 0)), "JPEG", (255, 0, 0)),
        (Image.new("I;16", (9, 9), 0x8000), "PNG", (128, 128, 128)),
        (Image.new("I;16", (9, 9), 0x8000), "TIFF", (128, 128, 128)),
        (Image.new("L", (9, 9), 77), "PNG", (77, 77, 77)),
        (Image.new("1", (9, 9), 1), "PNG", (255, 255, 255)),
        (Image.new("LA", (9, 9), (0, 0)), "PNG", (255, 255, 255)),
        (Image.new("RGBA", (9, 9), (255, 0, 0, 128)), "PNG", (255, 127, 127)),
        (Image.new("RGB", (9, 9), (0, 0, 200)).quantize(4), "PNG", (0, 0, 200)),
        (Image.new("RGB", (9, 9), (0, 0, 200)), "BMP", (0, 0, 200)),
        (Image.new("RGBA", (9, 9), (0, 0, 0, 0)), "WEBP", (255, 255, 255)),
    ],
)
def test_every_kind_of_pixel_becomes_rgb(image: Image.Image, form: str, seen: tuple[int, int, int]) -> None:
    shown = read(saved(image, form))
    assert shown.mode == "RGB"
    found = shown.getpixel((4, 4))
    assert isinstance(found, tuple)
    assert all(abs(a - b) <= 3 for a, b in zip(found, seen, strict=True)), found


def test_a_transparent_colour_of_a_palette_becomes_white() -> None:
    image = Image.new("P", (4, 4), 1)
    image.putpalette([0, 0, 0, 10, 20, 30])
    assert read(saved(image, "PNG", transparency=1)).getpixel((1, 1)) == (255, 255, 255)


def test_a_very_long_picture_is_taken() -> None:
    kept = keep(read(saved(Image.new("RGB", (1, 50_000), (9, 9, 9)), "PNG")))
    assert (kept.width, kept.height, kept.given) == (1, 2000, (1, 50_000))


@pytest.mark.parametrize("size", [(14_000, 14_000), (8_000, 8_000), (50_000, 50_000)])
def test_bombs_are_refused_before_a_pixel_is_made(size: tuple[int, int]) -> None:
    with pytest.raises(RefusedFile, match="millions de points"):
        read(bomb(*size))


def test_a_bomb_in_a_text_of_a_picture_is_refused() -> None:
    plain = saved(Image.new("RGB", (4, 4)), "PNG")
    text = b"zTXt", b"Comment\x00\x00" + zlib.compress(bytes(50_000_000), 9)
    inflated = plain[:33] + struct.pack(">I", len(text[1])) + signed(*text) + plain[33:]
    with pytest.raises(RefusedFile, match="abîmée"):
        read(inflated)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "BMP", "TIFF"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_picture_cut_short_is_refused(form: str, share: float) -> None:
    noise = Image.frombytes("RGB", (90, 90), random.Random(4).randbytes(90 * 90 * 3))  # noqa: S311
    whole = saved(noise, form)
    with pytest.raises(RefusedFile, match="abîmée"):
        read(whole[: int(len(whole) * share)])


def test_a_name_that_lies_is_refused_with_the_true_format() -> None:
    png = saved(Image.new("RGB", (4, 4)), "PNG")
    with pytest.raises(RefusedFile, match="format PNG"):
        read(png, "bracelet.jpg")
    assert read(png, "BRACELET.PNG").size == (4, 4)
    with pytest.raises(RefusedFile, match="format PNG"):
        read(png, "sans extension")


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "a.jpg", "vide"),
        (b"<svg/>", "a.svg", "ni une image ni un PDF"),
        (b"GIF89a" + bytes(20), "a.gif", "PNG"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(20), "a.heic", "JPEG depuis le téléphone"),
        (b"%PDF-1.7\n", "a.pdf", "comme fichier"),
        (b"PK\x03\x04" + bytes(20), "a.docx", "exportez-le en PDF"),
        (b"PK\x03\x04" + bytes(20), "a.png", "format Office"),
    ],
)
def test_what_is_no_picture_is_told_what_to_do(data: bytes, name: str, sentence: str) -> None:
    with pytest.raises(RefusedFile, match=sentence):
        read(data, name)


def test_several_images_in_one_file_are_refused() -> None:
    first, second = Image.new("RGB", (4, 4)), Image.new("RGB", (4, 4), (9, 9, 9))
    for form in ("TIFF", "WEBP", "PNG"):
        with pytest.raises(RefusedFile, match="plusieurs images"):
            read(saved(first, form, save_all=True, append_images=[second]))
    # A telephone adds a picture of depth behind the photograph: the photograph is taken.
    assert read(saved(first, "MPO", save_all=True, append_images=[second])).size == (4, 4)


def test_too_many_bytes_are_refused() -> None:
    with pytest.raises(RefusedFile, match="40 Mo"):
        formats.check_size(formats.MOST_BYTES + 1)


@given(st.binary(max_size=400), st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"BM"]))
def test_any_bytes_are_read_or_refused_with_a_sentence(tail: bytes, start: bytes) -> None:
    assert _taken_or_refused(start + tail)


@given(st.integers(0, 5000), st.integers(0, 255))
def test_a_damaged_byte_is_read_or_refused(at: int, value: int) -> None:
    whole = bytearray(photo("JPEG", (60, 40)))
    whole[at % len(whole)] = value
    assert _taken_or_refused(bytes(whole))


def _taken_or_refused(data: bytes) -> bool:
    try:
        return read(data).mode == "RGB"
    except RefusedFile as refused:
        return refused.sentence.endswith(".")
