"""What is wrong in a workbook that comes in, and in which cell."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether a problem prevents the import or is only to be known."""

    ERROR = "erreur"
    WARNING = "à savoir"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetProblem:
    """One problem of a workbook.

    `row` counts from 1 and is 0 for a whole sheet; `column` is letters («F»), empty for a whole row; `title`
    is what people call that column.
    """

    sheet: str
    row: int = 0
    column: str = ""
    message: str
    severity: Severity = Severity.ERROR
    title: str = ""

    @property
    def place(self) -> str:
        """Return the sheet and the cell, as a spreadsheet names them («Critères!F12»)."""
        if not self.row:
            return self.sheet
        return f"{self.sheet}!{self.column}{self.row}" if self.column else f"{self.sheet}, ligne {self.row}"

    def __str__(self) -> str:
        return f"{self.place} : {self.message}"


def blocking(problems: tuple[SheetProblem, ...]) -> tuple[SheetProblem, ...]:
    """Return the problems that prevent the import."""
    return tuple(each for each in problems if each.severity is Severity.ERROR)
