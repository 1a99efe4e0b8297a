"""Tables that come in with titles of their own: which row holds the titles, which column is what."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ivaudit.domain.wording import folded
from ivaudit.tables.sheet_cells import BookCells, SheetCells, column_letters

_LOOKED_AT = 40
"""Rows where the titles may stand: under a title, a date, a note."""
_SIGNS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """How a title is recognised: it holds one of `any_of`, and none of `none_of`; folded, signs as spaces."""

    any_of: tuple[str, ...]
    none_of: tuple[str, ...] = ()

    def fits(self, title: str) -> bool:
        """Tell whether a title, folded, is this one."""
        spaced = f" {title} "
        return any(f" {each}" in spaced for each in self.any_of) and not any(
            f" {each}" in spaced for each in self.none_of
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Headed:
    """A sheet with its titles: `columns` from 0 by field, `first` the first row under them, from 1."""

    sheet: SheetCells
    titles: Mapping[str, str]
    columns: Mapping[str, int]
    ignored: tuple[str, ...]
    first: int

    @property
    def name(self) -> str:
        """Return the name of the sheet, as problems say it."""
        return self.sheet.name or "fichier"

    def above(self) -> str:
        """Return what stands above the titles, and the name of the sheet."""
        return " ".join(
            [self.sheet.name, *(cell for row in self.sheet.rows[: self.first - 2] for cell in row)]
        )

    def letters(self, field: str) -> str:
        """Return the letters of the column of a field, empty when the file has none."""
        at = self.columns.get(field)
        return "" if at is None else column_letters(at + 1)


def plain_title(text: str) -> str:
    """Return a title for comparing: no case, no accent, signs as spaces."""
    return _SIGNS.sub(" ", folded(text)).strip()


def headed(
    book: BookCells, known: Mapping[str, Known], needed: Sequence[Collection[str]]
) -> tuple[Headed, ...]:
    """Return the sheets that people see and that have the titles, in order.

    Args:
        book: the file.
        known: how each field is recognised; the first that fits takes a title.
        needed: one field of each of these groups must be there.
    """
    found = (_headed(sheet, known, needed) for sheet in book.sheets if not sheet.hidden)
    return tuple(each for each in found if each is not None)


def _headed(
    sheet: SheetCells, known: Mapping[str, Known], needed: Sequence[Collection[str]]
) -> Headed | None:
    for rank, row in enumerate(sheet.rows[:_LOOKED_AT], 1):
        columns: dict[str, int] = {}
        ignored: list[str] = []
        for at, cell in enumerate(row):
            title = plain_title(cell)
            field = next((name for name, each in known.items() if title and each.fits(title)), None)
            if field is not None and field not in columns:
                columns[field] = at
            elif title:
                ignored.append(" ".join(cell.split()))
        if all(any(field in columns for field in group) for group in needed):
            return Headed(
                sheet=sheet,
                titles={field: " ".join(row[at].split()) for field, at in columns.items()},
                columns=columns,
                ignored=tuple(ignored),
                first=rank + 1,
            )
    return None
