"""What is wrong in a workbook that comes in, and in which cell."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

_BEYOND = "il y a d'autres problèmes : corrigez d'abord ceux qui sont listés"

MOST = 2_000
"""How many problems are listed: a workbook made to have more of them teaches nothing more."""


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


class ProblemList:
    """Problems as they are found, each once, in order; beyond `MOST`, one line says that there are others."""

    def __init__(self, problems: Iterable[SheetProblem] = ()) -> None:
        self._found: dict[SheetProblem, None] = {}
        self._beyond: SheetProblem | None = None
        self.extend(problems)

    def __iter__(self) -> Iterator[SheetProblem]:
        yield from self._found
        if self._beyond is not None:
            yield self._beyond

    def append(self, problem: SheetProblem) -> None:
        """Note a problem, unless it is noted already."""
        if problem in self._found:
            return
        if len(self._found) < MOST:
            self._found[problem] = None
        elif self._beyond is None or problem.severity is Severity.ERROR:
            self._beyond = SheetProblem(sheet=problem.sheet, message=_BEYOND, severity=problem.severity)

    def extend(self, problems: Iterable[SheetProblem]) -> None:
        """Note several."""
        for each in problems:
            self.append(each)


def blocking(problems: tuple[SheetProblem, ...]) -> tuple[SheetProblem, ...]:
    """Return the problems that prevent the import."""
    return tuple(each for each in problems if each.severity is Severity.ERROR)
