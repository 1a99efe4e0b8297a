"""The cross table that comes back completed: its rows put back with their rules, each problem at its cell."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ivaudit.domain.codes_import import (
    ALL_ROWS,
    SHARED,
    Column,
    plain_code,
    plain_day,
    plain_edition,
    plain_text,
    wrong,
)
from ivaudit.domain.errors import UnreadableFile
from ivaudit.domain.found_codes import FoundCode
from ivaudit.domain.sheet_problems import ProblemList, SheetProblem
from ivaudit.domain.wording import folded
from ivaudit.tables.reading import BookCells, SheetCells, column_letters

_HEAD_WITHIN = 60
_NOT_OURS = (
    "Ce classeur n'est pas un tableau récapitulatif : aucune de ses feuilles n'a les colonnes "
    "« Identifiant » et « Code relevé ». Rien n'a été modifié. Exportez le tableau récapitulatif, "
    "complétez-le, puis importez ce fichier-là."
)
_TITLES: Mapping[str, Column] = {folded(column): column for column in Column}
_NEEDED = (Column.CODE, Column.EDITION, Column.VERIFIED_BY, Column.DATE)
_PLAIN = {Column.CODE: plain_code, Column.EDITION: plain_edition, Column.DATE: plain_day}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCodes:
    """What a completed table says: the codes that can be kept, and what is wrong with the others."""

    codes: tuple[FoundCode, ...]
    problems: tuple[SheetProblem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Above:
    """What is written once above the table, and where, both from 1."""

    text: str
    row: int
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A sheet with the row of its titles and the rank of each column, both from 1."""

    sheet: SheetCells
    head: int
    columns: Mapping[Column, int]
    shared: Mapping[Column, "_Above"]

    def text(self, row: int, column: Column) -> str:
        rank = self.columns.get(column)
        return self.sheet.at(row, rank) if rank is not None else ""

    def written(self, row: int, column: Column) -> str:
        own, above = self.text(row, column).strip(), self.shared.get(column)
        return own or (above.text if above is not None else "")

    def problem(self, row: int, column: Column, message: str) -> SheetProblem:
        rank, above = self.columns.get(column), self.shared.get(column)
        if above is not None and above.text and not self.text(row, column).strip():
            row, rank = above.row, above.rank  # what is wrong is written there, for all rows
        letters = column_letters(rank) if rank is not None else ""
        name = f"{column.value} : {message}"
        return SheetProblem(sheet=self.sheet.name, row=row, column=letters, message=name, title=column.value)


def read(book: BookCells, rules: Collection[str], today: date) -> ReadCodes:
    """Return the codes that a completed table holds; a row with a problem is refused whole.

    Args:
        book: the text of its cells.
        rules: the ids of the rules that are known.
        today: the local day.

    Raises:
        UnreadableFile: no sheet is one of ours.
    """
    tables = [table for sheet in book.sheets if (table := _table(sheet)) is not None]
    if not tables:
        raise UnreadableFile(_NOT_OURS)
    codes: dict[tuple[str, str], FoundCode] = {}
    problems = ProblemList()
    for table in tables:
        for row in range(table.head + 1, len(table.sheet.rows) + 1):
            if not any(table.text(row, column).strip() for column in _NEEDED):
                continue
            found = _row(table, row, rules, today)
            if isinstance(found, FoundCode) and (found.rule, found.edition) in codes:
                twice = "cette règle est déjà relevée plus haut pour cette édition"
                problems.append(table.problem(row, Column.RULE, twice))
            elif isinstance(found, FoundCode):
                codes[found.rule, found.edition] = found
            else:
                problems.extend(found)
    return ReadCodes(codes=tuple(codes.values()), problems=tuple(problems))


def _row(table: _Table, row: int, rules: Collection[str], today: date) -> FoundCode | list[SheetProblem]:
    """Return the code of a row that is filled in, or what is wrong with it."""
    rule = table.text(row, Column.RULE).strip()
    texts = {column: _plain(table, row, column) for column in (*_NEEDED, Column.REMARK)}
    problems = list(_problems(table, row, texts, today))
    if rule not in rules:
        message = f"règle « {rule[:60]} » inconnue" if rule else "l'identifiant de la règle a disparu"
        problems.insert(0, table.problem(row, Column.RULE, message))
    if problems:
        return problems
    return FoundCode(
        rule=rule,
        edition=texts[Column.EDITION],
        code=texts[Column.CODE],
        verified_by=texts[Column.VERIFIED_BY],
        date=texts[Column.DATE],
        note=texts[Column.REMARK] or None,
    )


def _problems(table: _Table, row: int, texts: Mapping[Column, str], today: date) -> Iterator[SheetProblem]:
    for column, text in texts.items():
        written = table.written(row, column)
        if why := wrong(column, text, today):
            found = f", « {written[:60]} » trouvé" if written and column in _PLAIN else ""
            missing = ", rien trouvé" if not written and column in _PLAIN else ""
            yield table.problem(row, column, f"{why}{found}{missing}")


def _plain(table: _Table, row: int, column: Column) -> str:
    return _PLAIN.get(column, plain_text)(table.written(row, column))


def _table(sheet: SheetCells) -> _Table | None:
    """Return where the table of a sheet is, nothing when the sheet holds none."""
    for head, cells in enumerate(sheet.rows[:_HEAD_WITHIN], 1):
        titles = [_TITLES.get(folded(text)) for text in cells]
        columns = {title: rank for rank, title in reversed([*enumerate(titles, 1)]) if title is not None}
        if Column.RULE in columns and Column.CODE in columns:
            return _Table(sheet=sheet, head=head, columns=columns, shared=_shared(sheet, head))
    return None


def _shared(sheet: SheetCells, head: int) -> dict[Column, _Above]:
    """Return what is written above the table for all its rows."""
    found: dict[Column, _Above] = {}
    for row, cells in enumerate(sheet.rows[: head - 1], 1):
        for at, text in enumerate(cells):
            column = _TITLES.get(folded(text).removesuffix(ALL_ROWS))
            if column in SHARED and text.strip():
                beside = enumerate(cells[at + 1 :], at + 2)
                value = next(((rank, each.strip()) for rank, each in beside if each.strip()), (at + 2, ""))
                found.setdefault(column, _Above(text=value[1], row=row, rank=value[0]))
    return found
