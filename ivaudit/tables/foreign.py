"""A table that somebody else made, workbook or text, as cells: called in a child process only."""

from dataclasses import replace
from pathlib import Path

from ivaudit.tables.csv_reading import read_csv
from ivaudit.tables.limits import Limits
from ivaudit.tables.plain_book import read_plain
from ivaudit.tables.sheet_cells import BookCells

LARGE = Limits(
    bytes=60_000_000,
    unpacked=200_000_000,
    member=150_000_000,
    rows=300_000,
    columns=200,
    text=150_000_000,
    elements=12_000_000,
)
"""Bounds of a monthly table of a region or of the country."""

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def read_table(path: Path, limits: Limits = LARGE) -> BookCells:
    """Return the cells of a workbook or of a text table.

    Days of a plain workbook are the serial numbers that the spreadsheet keeps, those of others ISO 8601.

    Args:
        path: the file, whatever its name.
        limits: how much is read at most.

    Raises:
        UnreadableFile: it is neither, is protected, damaged, holds macros or is out of bounds.
    """
    if not _is_workbook(path):
        return read_csv(path, limits)
    found = read_plain(path, limits)
    if found is not None:
        return found
    from ivaudit.tables.reading import read_book  # noqa: PLC0415 - 0.3 s that most files spare

    # The other reader builds every cell: what it needs grows faster, so it reads less.
    return read_book(path, replace(limits, elements=limits.elements // 4))


def _is_workbook(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) in _WORKBOOKS
    except OSError:
        return False  # said by whoever reads it
