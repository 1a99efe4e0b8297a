"""The file of a log, whatever it is: a workbook with its merged blocks, or a text table."""

from pathlib import Path

from ivaudit.tables.foreign import LARGE, read_table
from ivaudit.tables.merged import filled_down
from ivaudit.tables.sheet_cells import BookCells


def read(path: Path) -> tuple[BookCells, bool]:
    """Return the cells of a file, and whether it is a text table.

    Raises:
        UnreadableFile: it is neither a workbook nor a text table, or cannot be read safely.
    """
    book = read_table(path)
    text_table = len(book.sheets) == 1 and not book.sheets[0].name
    return (book, True) if text_table else (filled_down(book, path, LARGE), False)
