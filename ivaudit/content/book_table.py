"""A sheet of a workbook as a table: its row of titles found, its cells by column, its problems by cell."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from ivaudit.content.problems import Place
from ivaudit.domain.sheet_problems import ProblemList, Severity, SheetProblem
from ivaudit.tables.limits import whole
from ivaudit.tables.reading import BookCells, SheetCells, column_letters

STEP = 1_000_000
"""A place in a workbook is a line and a column as in a file: the line counts `STEP` for each sheet before."""

_HEAD_ROWS = 30
_LONGEST = 400
MOST_ROWS = 2_500
"""More criteria than anybody asks: beyond, judging them would take longer than somebody waits."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its trimmed text, its sheet by rank, its row and its column from 1."""

    text: str
    sheet: int
    row: int
    column: int

    @property
    def place(self) -> Place:
        """Return where it is."""
        return self.sheet * STEP + self.row, self.column


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, by key of column."""

    sheet: int
    rank: int
    columns: Mapping[str, int]
    cells: Mapping[str, Cell]

    def cell(self, key: str) -> Cell:
        """Return a cell, an empty one where the sheet has no such column."""
        found = self.cells.get(key)
        return found or Cell("", self.sheet, self.rank, self.columns.get(key, 1))

    def text(self, key: str) -> str:
        """Return the text of a cell."""
        return self.cell(key).text


@dataclass(frozen=True, slots=True)
class Table:
    """The rows under a row of titles."""

    columns: Mapping[str, int]
    rows: tuple[Row, ...]


@dataclass(slots=True)
class Notes:
    """The problems found in a workbook."""

    book: BookCells
    problems: ProblemList = field(default_factory=ProblemList)

    def say(self, cell: Cell, title: str, message: str, severity: Severity = Severity.ERROR) -> None:
        """Note a problem of a cell.

        Args:
            cell: where it is.
            title: what people call its column.
            message: what is wrong with it.
            severity: whether it prevents the import.
        """
        problem = SheetProblem(
            sheet=self.book.sheets[cell.sheet].name,
            row=cell.row,
            column=column_letters(cell.column),
            title=title,
            message=_bounded(f"{title} : {message}" if title else message),
            severity=severity,
        )
        self.problems.append(problem)

    def order(self, problem: SheetProblem) -> tuple[int, int, int, str]:
        """Return where a problem comes: by sheet, by row, by column."""
        names = [sheet.name for sheet in self.book.sheets]
        sheet = names.index(problem.sheet) if problem.sheet in names else -1
        return sheet, problem.row, len(problem.column), problem.column

    def say_sheet(self, name: str, message: str) -> None:
        """Note a problem of a whole sheet."""
        self.problems.append(SheetProblem(sheet=name, message=message))

    def say_place(self, place: Place, title: str, message: str, severity: Severity = Severity.ERROR) -> None:
        """Note a problem at a place that nodes gave."""
        (line, column) = place
        sheet, row = divmod(line, STEP)
        if row > 0 and sheet < len(self.book.sheets):
            self.say(Cell("", sheet, row, column), title, message, severity)


def sheet_named(book: BookCells, name: str) -> tuple[int, SheetCells] | None:
    """Return a sheet with its rank, by its name."""
    found = book.sheet(name)
    return None if found is None else (book.sheets.index(found), found)


def table_of(
    book: BookCells,
    name: str,
    key_of: Callable[[str], str | None],
    required: Collection[str],
    notes: Notes,
    *,
    most: int = MOST_ROWS,
) -> Table | None:
    """Return the table of a sheet; nothing, and the reason in the notes, when it has none.

    Args:
        book: the workbook.
        name: of the sheet.
        key_of: returns the key of a column by its title, nothing for an unknown one.
        required: the columns that there must be.
        notes: receives the problems.
        most: how many rows it may have.
    """
    named = sheet_named(book, name)
    if named is None:
        notes.say_sheet(name, "cette feuille manque")
        return None
    rank, sheet = named
    head = _head(sheet, key_of, required)
    if head is None:
        notes.say_sheet(sheet.name, "la ligne des titres de colonnes est introuvable")
        return None
    columns = _columns(rank, sheet, head, key_of, notes)
    missing = [key for key in required if key not in columns]
    for key in missing:
        notes.say_sheet(sheet.name, f"la colonne « {key} » manque")
    if missing:
        return None
    below = range(head + 1, len(sheet.rows) + 1)
    rows = (_row(rank, sheet, row, columns) for row in below)
    filled = tuple(row for row in rows if row.cells)
    if len(filled) > most:
        notes.say_sheet(sheet.name, f"{whole(len(filled))} lignes remplies, {whole(most)} au plus sont lues")
        return None
    return Table(columns, filled)


def _head(sheet: SheetCells, key_of: Callable[[str], str | None], required: Collection[str]) -> int | None:
    """Return the row that names most of the columns that there must be."""
    best, most = None, 0
    for row, texts in enumerate(sheet.rows[:_HEAD_ROWS], 1):
        known = len(set(map(key_of, texts)) & set(required))
        if known > most:
            best, most = row, known
    return best if most > len(required) // 2 else None


def _columns(
    rank: int, sheet: SheetCells, head: int, key_of: Callable[[str], str | None], notes: Notes
) -> dict[str, int]:
    columns: dict[str, int] = {}
    for column, title in enumerate(sheet.rows[head - 1], 1):
        if not title.strip():
            continue
        cell = Cell(title.strip(), rank, head, column)
        key = key_of(title)
        if key is None:
            notes.say(
                cell, "", f"colonne « {_short(title)} » inconnue : elle n'est pas lue", Severity.WARNING
            )
        elif key in columns:
            notes.say(cell, "", f"deux colonnes « {_short(title)} »")
        else:
            columns[key] = column
    return columns


def _row(rank: int, sheet: SheetCells, row: int, columns: Mapping[str, int]) -> Row:
    found = ((key, Cell(sheet.at(row, column).strip(), rank, row, column)) for key, column in columns.items())
    return Row(rank, row, columns, {key: cell for key, cell in found if cell.text})


def _bounded(message: str) -> str:
    """Return a message without the end of a long text that it quotes."""
    return message if len(message) <= _LONGEST else f"{message[: _LONGEST - 1]}…"


def _short(title: str) -> str:
    plain = " ".join(title.split())
    return plain if len(plain) <= 40 else f"{plain[:39]}…"  # noqa: PLR2004
