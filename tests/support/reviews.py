"""Forms of the reading-back, filled in as a facility does, by other programs than ours."""

from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import openpyxl

from ivaudit.domain.review_form import BY


def write_in_book(path: Path, said: Mapping[str, tuple[str, str]], by: str = "") -> Path:
    """Write remarks («text», «kind») beside rows of a form, by their id."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        for row in sheet.iter_rows():
            texts = ["" if cell.value is None else str(cell.value) for cell in row]
            if texts[0] == BY and by:
                row[1].value = by
            if texts[-1] in said:
                row[3].value, row[4].value = said[texts[-1]]
    book.save(path)
    return path


def write_in_document(path: Path, said: Mapping[str, tuple[str, str]], by: str = "") -> Path:
    """Write remarks beside rows of a form in a document, by their id."""
    made = docx.Document(str(path))
    for table in made.tables:
        for row in table.rows:
            cells = row.cells
            if cells[0].text == BY and by:
                cells[1].text = by
            key = cells[-1].text.split(" ")[0]
            if key in said:
                cells[3].text, cells[4].text = said[key]
    made.save(str(path))
    return path


FILL: dict[str, Callable[..., Path]] = {"xlsx": write_in_book, "docx": write_in_document}
