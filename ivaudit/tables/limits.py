"""How much of a foreign workbook is read at most, and what is said beyond."""

from dataclasses import dataclass

from ivaudit.domain.errors import UnreadableFile

NOTHING_DONE = "Rien n'a été modifié."
_MEGA = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of a workbook.

    `bytes` of the file, `unpacked` bytes of all its members, `member` bytes of one, `ratio` between a member
    and its packed size, `members` in the file, `sheets`, `rows` and `columns` that hold something, characters
    of a `cell` and of the whole `text`, XML `elements`: of the sheets and texts, of one row (`in_row`) and of
    the other parts (`in_parts`).
    """

    bytes: int = 20_000_000
    unpacked: int = 100_000_000
    member: int = 50_000_000
    ratio: int = 200
    members: int = 2_000
    sheets: int = 40
    rows: int = 20_000
    columns: int = 200
    cell: int = 32_767
    text: int = 20_000_000
    elements: int = 800_000
    in_row: int = 40_000
    in_parts: int = 60_000


def unreadable(what: str, remedy: str) -> UnreadableFile:
    """Return the error of a file that is not read: what it is, what is safe, what to do."""
    return UnreadableFile(f"{what} {NOTHING_DONE} {remedy}")


def oversized(what: str) -> UnreadableFile:
    """Return the error of a workbook beyond the bounds.

    Args:
        what: what is beyond, as a French clause («une feuille dépasse 20 000 lignes»).
    """
    return unreadable(
        f"Ce classeur est trop grand pour être lu sans risque : {what}.",
        "Copiez la partie utile dans un classeur neuf, puis recommencez.",
    )


def damaged() -> UnreadableFile:
    """Return the error of a workbook that does not hold together."""
    return unreadable(
        "Ce classeur est abîmé ou incomplet : son contenu ne se lit pas.",
        "Ouvrez-le dans votre tableur, enregistrez-le au format .xlsx sous un autre nom, puis recommencez.",
    )


def unsafe() -> UnreadableFile:
    """Return the error of a workbook with declarations that no spreadsheet writes."""
    return unreadable(
        "Ce classeur contient des déclarations XML qu'aucun tableur n'écrit : il n'a pas été ouvert.",
        "Demandez à son expéditeur de le produire avec un tableur.",
    )


def whole(number: int) -> str:
    """Return a number as people read it in French."""
    return f"{number:,}".replace(",", "\u00a0")


def megabytes(number: int) -> str:
    """Return a size as people read it in French."""
    return f"{whole(number // _MEGA)}\u00a0Mo"
