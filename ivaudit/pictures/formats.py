"""What a file is, by its first bytes, and the sentences that refuse it; nothing heavy is imported here."""

from enum import StrEnum
from pathlib import PurePath

from ivaudit.domain.errors import RefusedFile

MOST_BYTES = 40 * 1024 * 1024
MOST_PIXELS = 50_000_000
MOST_PAGES = 60

_SAFE = "Rien n'a été enregistré."


class Format(StrEnum):
    """Formats that are known, taken or not."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"
    TIFF = "TIFF"
    BMP = "BMP"
    PDF = "PDF"
    GIF = "GIF"
    HEIC = "HEIC"
    OFFICE = "Office"
    UNKNOWN = "inconnu"


PICTURES = frozenset({Format.JPEG, Format.PNG, Format.WEBP, Format.TIFF, Format.BMP})

_SUFFIXES = {
    ".jpg": Format.JPEG,
    ".jpeg": Format.JPEG,
    ".jpe": Format.JPEG,
    ".jfif": Format.JPEG,
    ".png": Format.PNG,
    ".webp": Format.WEBP,
    ".tif": Format.TIFF,
    ".tiff": Format.TIFF,
    ".bmp": Format.BMP,
    ".dib": Format.BMP,
    ".gif": Format.GIF,
    ".pdf": Format.PDF,
    ".docx": Format.OFFICE,
    ".xlsx": Format.OFFICE,
    ".pptx": Format.OFFICE,
    ".odt": Format.OFFICE,
    ".ods": Format.OFFICE,
    ".odp": Format.OFFICE,
    ".doc": Format.OFFICE,
    ".xls": Format.OFFICE,
    ".ppt": Format.OFFICE,
    ".heic": Format.HEIC,
    ".heif": Format.HEIC,
}
_STARTS: tuple[tuple[bytes, Format], ...] = (
    (b"\xff\xd8\xff", Format.JPEG),
    (b"\x89PNG\r\n\x1a\n", Format.PNG),
    (b"II*\x00", Format.TIFF),
    (b"MM\x00*", Format.TIFF),
    (b"BM", Format.BMP),
    (b"%PDF-", Format.PDF),
    (b"GIF8", Format.GIF),
    (b"PK\x03\x04", Format.OFFICE),
    (b"\xd0\xcf\x11\xe0", Format.OFFICE),
)
_HEIC_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"hevc", b"avif")
MEDIA = {Format.PDF: "application/pdf", Format.OFFICE: "application/octet-stream"}
SUFFIXES_OF_PICTURES = tuple(suffix for suffix, form in _SUFFIXES.items() if form in PICTURES)


def format_of(data: bytes) -> Format:
    """Return what a file is by its first bytes, whatever it is called."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Format.WEBP
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return Format.HEIC
    return next((form for start, form in _STARTS if data.startswith(start)), Format.UNKNOWN)


def check_size(size: int) -> None:
    """Refuse a file that is empty or too large.

    Raises:
        RefusedFile: with the sentence that says why.
    """
    if not size:
        raise RefusedFile(f"Ce fichier est vide. {_SAFE} Copiez-le de nouveau depuis l'appareil.")
    if size > MOST_BYTES:
        raise RefusedFile(
            f"Ce fichier dépasse {MOST_BYTES // 1024 // 1024} Mo. {_SAFE} "
            "Réduisez-le, ou photographiez seulement ce qui compte."
        )


def checked(data: bytes, name: str) -> Format:
    """Return the format of a file that says truly what it is.

    Args:
        data: the whole file.
        name: its name, empty for what was pasted.

    Raises:
        RefusedFile: empty, too large, or its extension says something else than its content.
    """
    check_size(len(data))
    found = format_of(data)
    said = _SUFFIXES.get(PurePath(name).suffix.lower())
    if found is Format.UNKNOWN:
        raise RefusedFile(
            f"Le contenu de ce fichier n'est ni une image ni un PDF. {_SAFE} "
            "Les images JPEG, PNG et WebP sont acceptées."
        )
    if name and said is not found:
        raise RefusedFile(
            f"Ce fichier n'est pas ce que dit son nom : son contenu est de format {found.value}. {_SAFE} "
            "Demandez le fichier d'origine, ou donnez-lui la bonne extension s'il vient de vous."
        )
    return found


def check_picture(form: Format) -> None:
    """Refuse what is no picture, saying how to get one.

    Raises:
        RefusedFile: with the sentence that says what to do instead.
    """
    match form:
        case Format.HEIC:
            what = "Les photos HEIC ne se lisent pas ici. Enregistrez-la en JPEG depuis le téléphone."
        case Format.GIF:
            what = "Les images GIF ne sont pas acceptées. Enregistrez-la en PNG."
        case Format.PDF:
            what = "Un PDF s'ajoute comme fichier, page par page, et non comme photographie."
        case Format.OFFICE:
            what = "Un document bureautique ne s'ajoute pas comme photographie : exportez-le en PDF."
        case _:
            return
    raise RefusedFile(f"{what} {_SAFE}")


def damaged() -> RefusedFile:
    """Return the error for a file that is cut or damaged."""
    return RefusedFile(
        f"Cette image est incomplète ou abîmée. {_SAFE} Copiez-la de nouveau depuis l'appareil."
    )


def too_many_pixels() -> RefusedFile:
    """Return the error for a picture with too many pixels: a photograph has far fewer."""
    millions = MOST_PIXELS // 1_000_000
    return RefusedFile(
        f"Cette image a plus de {millions} millions de points. {_SAFE} "
        "Réduisez-la, ou recadrez ce qui compte."
    )


def several_frames() -> RefusedFile:
    """Return the error for a file with several images, of which only one would be kept."""
    return RefusedFile(
        f"Ce fichier contient plusieurs images. {_SAFE} Enregistrez à part celle qui compte, "
        "ou faites-en un PDF et ajoutez-le comme fichier."
    )
