"""A sheet of lines that comes back: its table found by the title of its keys, its columns by theirs.

Sheets may be renamed, columns moved or added, rows sorted, and the file saved by another program.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ivaudit.domain.errors import UnreadableFile
from ivaudit.domain.exchange_sheet import (
    KEY_TITLE,
    ReturnedCell,
    ReturnedLine,
    ReturnedSheet,
    Sent,
    from_rows,
    is_hidden_sheet,
)
from ivaudit.domain.questionnaire import Cell
from ivaudit.domain.wording import folded
from ivaudit.tables.reading import BookCells, SheetCells, column_letters

KEY = "key"
"""The field of the column of keys."""

_HEAD_WITHIN = 60
_NO_TABLE = (
    "Ce classeur n'a pas de colonne « {title} » : ses lignes ne peuvent pas être rattachées. Rien n'a été "
    "modifié. Rétablissez le titre de cette colonne, ou repartez d'un classeur exporté par ivaudit."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """Where the lines are: the row of the titles, and the rank of each field, both from 1."""

    sheet: SheetCells
    head: int
    ranks: Mapping[str, int]


def read(book: BookCells, titles: Mapping[str, str]) -> ReturnedSheet:
    """Return what a sheet of lines says, as text with its places.

    Args:
        book: the workbook.
        titles: what is known of titles beforehand, by the title; those of its hidden sheet count first.

    Raises:
        UnreadableFile: it has no column of keys, or its hidden sheet was tampered with.
        NewerFile: it comes from a newer version of the program.
    """
    hidden = next((each for each in book.sheets if is_hidden_sheet(each.rows)), None)
    sent = from_rows(hidden.rows) if hidden is not None else None
    fields = _fields(titles, sent)
    shown = [each for each in book.sheets if each is not hidden]
    table = next((found for each in shown if (found := _table(each, fields)) is not None), None)
    if table is None:
        key = next((title for title, field in fields.items() if field == KEY), folded(KEY_TITLE))
        known = [*(sent.titles.values() if sent else ()), *titles, KEY_TITLE]
        raise UnreadableFile(_NO_TABLE.format(title=next(each for each in known if folded(each) == key)))
    return ReturnedSheet(
        what=sent.what if sent else "",
        about=sent.about if sent else "",
        book=sent.book if sent else "",
        lines=tuple(_lines(table)),
        sent=sent.lines if sent else None,
    )


def _fields(titles: Mapping[str, str], sent: Sent | None) -> dict[str, str]:
    """Return the field of each title, folded."""
    own = {folded(title): field for field, title in sent.titles.items()} if sent else {}
    return {folded(KEY_TITLE): KEY} | {folded(title): field for title, field in titles.items()} | own


def _table(sheet: SheetCells, fields: Mapping[str, str]) -> _Table | None:
    for row, cells in enumerate(sheet.rows[:_HEAD_WITHIN], 1):
        ranks: dict[str, int] = {}
        for rank, text in enumerate(cells, 1):
            if (field := fields.get(folded(text))) is not None:
                ranks.setdefault(field, rank)
        if KEY in ranks and len(ranks) > 1:
            return _Table(sheet=sheet, head=row, ranks=ranks)
    return None


def _lines(table: _Table) -> Iterator[ReturnedLine]:
    for row in range(table.head + 1, len(table.sheet.rows) + 1):
        cells = {field: _cell(table, row, rank) for field, rank in table.ranks.items()}
        key = cells.pop(KEY)
        if key.text or any(cell.text for cell in cells.values()):
            found = tuple(ReturnedCell(field=field, cell=cell) for field, cell in cells.items())
            yield ReturnedLine(key=key, cells=found)


def _cell(table: _Table, row: int, rank: int) -> Cell:
    return Cell(
        text=table.sheet.at(row, rank).strip(),
        sheet=table.sheet.name,
        row=row,
        column=column_letters(rank),
    )
