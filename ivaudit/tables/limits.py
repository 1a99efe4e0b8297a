"""How much of a foreign workbook or document is read at most, and what is said beyond."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a kind of file is called, what opens it, and how its name ends."""

    this: str
    some: str
    program: str
    suffix: str
    cut: str

    def oversized(self, what: str) -> UnreadableFile:
        """Return the error of a file beyond the bounds.

        Args:
            what: what is beyond, as a French clause («une feuille dépasse 20 000 lignes»).
        """
        return unreadable(
            f"{self.this} est trop grand pour être lu sans risque : {what}.",
            f"Copiez la partie utile dans un {self.cut} neuf, puis recommencez.",
        )

    def damaged(self) -> UnreadableFile:
        """Return the error of a file that does not hold together."""
        return unreadable(
            f"{self.this} est abîmé ou incomplet : son contenu ne se lit pas.",
            f"Ouvrez-le dans votre {self.program}, enregistrez-le au format {self.suffix} sous un autre nom, "
            "puis recommencez.",
        )

    def unsafe(self) -> UnreadableFile:
        """Return the error of a file with declarations that no office program writes."""
        return unreadable(
            f"{self.this} contient des déclarations XML qu'aucun {self.program} n'écrit : il n'a pas été "
            "ouvert.",
            f"Demandez à son expéditeur de le produire avec un {self.program}.",
        )

    def with_macros(self) -> UnreadableFile:
        """Return the error of a file with macros."""
        return unreadable(
            f"{self.this} contient des macros : il n'est pas ouvert.",
            f"Dans votre {self.program}, enregistrez-le au format {self.suffix} ({self.cut} sans macros), "
            "puis recommencez.",
        )


BOOK = Words(this="Ce classeur", some="un classeur", program="tableur", suffix=".xlsx", cut="classeur")
DOCUMENT = Words(
    this="Ce document",
    some="un document",
    program="traitement de texte",
    suffix=".docx",
    cut="document",
)


def unreadable(what: str, remedy: str) -> UnreadableFile:
    """Return the error of a file that is not read: what it is, what is safe, what to do."""
    return UnreadableFile(f"{what} {NOTHING_DONE} {remedy}")


oversized, damaged = BOOK.oversized, BOOK.damaged


def whole(number: int) -> str:
    """Return a number as people read it in French."""
    return f"{number:,}".replace(",", "\u00a0")


def megabytes(number: int) -> str:
    """Return a size as people read it in French."""
    return f"{whole(number // _MEGA)}\u00a0Mo"
