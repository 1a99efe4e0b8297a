"""A list that goes out as a sheet to be filled in elsewhere, and what comes back of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from ivaudit.domain.errors import NewerFile, UnreadableFile
from ivaudit.domain.questionnaire import Cell
from ivaudit.domain.sheet_problems import SheetProblem

MARK = "ivaudit-lignes"
FORMAT = 1
KEY_TITLE = "N° ivaudit"
"""The title of the column that tells which line is which."""

_COLUMN, _LINE = "colonne", "ligne"
_WARNING = "Ne rien modifier dans cette feuille : elle dit ce que ivaudit contenait à l'envoi."
_DAMAGED = UnreadableFile(
    "La feuille cachée de ce classeur a été modifiée : ce qu'il contenait à l'envoi ne peut plus être relu. "
    "Rien n'a été modifié. Supprimez cette feuille cachée pour importer le reste, ou exportez un classeur "
    "neuf."
)


class What(StrEnum):
    """What the lines of a sheet are."""

    ACTIONS = "actions"
    OBSERVATIONS = "observations"


class ColumnKind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "texte"
    DAY = "jour"
    TIME = "heure"
    NUMBER = "nombre"
    CHOICE = "choix"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of the values of a closed column, and the word for it on the sheet."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """A column: `field` is what it holds, `width` in characters, `back` tells that it is read back.

    `hidden` and not `printed` columns come after the others.
    """

    field: str
    title: str
    width: int
    kind: ColumnKind = ColumnKind.TEXT
    choices: tuple[Choice, ...] = ()
    back: bool = False
    hidden: bool = False
    printed: bool = True
    prompt: str = ""

    def shown(self, value: str) -> str:
        """Return a value as the sheet says it."""
        return next((each.label for each in self.choices if each.value == value), value)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """A line: its key, and its values by field as the journal keeps them (days in ISO 8601)."""

    key: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeSheet:
    """The whole sheet.

    `about` is what it belongs to (a campaign, a table of columns), `book` a random id of this very file,
    `notes` are said above the table, `key` where the column of keys stands among the others.
    """

    what: What
    about: str
    book: str
    title: str
    foot: str = ""
    notes: tuple[str, ...] = ()
    columns: tuple[SheetColumn, ...]
    lines: tuple[SheetLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedCell:
    """What is written for a field, and where."""

    field: str
    cell: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedLine:
    """A line as it came back; its key may be empty."""

    key: Cell
    cells: tuple[ReturnedCell, ...]

    @property
    def empty(self) -> bool:
        """Tell whether nothing is written on it."""
        return not any(each.cell.text for each in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedSheet:
    """A sheet as it came back; `what`, `about` and `book` are empty when its hidden sheet is gone.

    `sent` are the lines as they left, nothing when that is not known any more.
    """

    what: str
    about: str
    book: str
    lines: tuple[ReturnedLine, ...]
    sent: tuple[SheetLine, ...] | None
    problems: tuple[SheetProblem, ...] = ()


def to_rows(sheet: ExchangeSheet, program: str) -> list[list[str]]:
    """Return the rows of the hidden sheet: which columns are read back, and what the lines held."""
    read_back = [column for column in sheet.columns if column.back]
    rows = [[MARK, str(FORMAT), sheet.what.value, sheet.about, sheet.book, program, _WARNING]]
    rows += [[_COLUMN, column.field, column.title] for column in sheet.columns]
    for line in sheet.lines:
        held = [(column.field, line.values.get(column.field, "")) for column in read_back]
        rows.append([_LINE, line.key, *(part for pair in held if pair[1] for part in pair)])
    return rows


def is_hidden_sheet(rows: Iterable[Sequence[str]]) -> bool:
    """Tell whether these are the rows of a hidden sheet, whatever its name."""
    first = next((row for row in rows if any(cell.strip() for cell in row)), ())
    return bool(first) and first[0].strip() == MARK


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a hidden sheet says: titles by field, and the lines as they left."""

    what: str
    about: str
    book: str
    titles: Mapping[str, str]
    lines: tuple[SheetLine, ...]


def from_rows(rows: Iterable[Sequence[str]]) -> Sent:
    """Return what a hidden sheet says.

    Raises:
        NewerFile: it was written by a version of the program that this one cannot read.
        UnreadableFile: it was tampered with.
    """
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    try:
        head = kept[0]
        if int(head[1]) > FORMAT:
            raise NewerFile(
                "Ce classeur vient d'une version plus récente d'ivaudit. Rien n'a été modifié : mettez le "
                "programme à jour pour le lire."
            )
        return Sent(
            what=head[2],
            about=head[3],
            book=head[4],
            titles={row[1]: row[2] for row in kept if row[0] == _COLUMN},
            lines=tuple(
                SheetLine(key=row[1], values=dict(zip(row[2::2], row[3::2], strict=True)))
                for row in kept
                if row[0] == _LINE
            ),
        )
    except (IndexError, ValueError):
        raise _DAMAGED from None
