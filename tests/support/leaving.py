"""What left a workspace, read back by other programs than ours: texts, cells, norms, pictures."""

import html
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import page
import pikepdf
import pypdfium2


def plain(text: str) -> str:
    """Return a text on one line, with plain spaces."""
    return " ".join(text.replace("\xa0", " ").replace("\u202f", " ").replace("\ufffe", "-").split())


def text_of(path: Path) -> str:
    """Return everything that a file says, on one line, whatever its kind."""
    match path.suffix:
        case ".pdf":
            with pypdfium2.PdfDocument(path) as document:
                return plain(" ".join(each.get_textpage().get_text_range() for each in document))
        case ".json":
            return plain(path.read_text(encoding="utf-8"))
        case _:
            with zipfile.ZipFile(path) as parts:
                named = [name for name in parts.namelist() if name.endswith((".xml", ".rels"))]
                return plain(html.unescape(" ".join(parts.read(name).decode() for name in named)))


def sheets(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of each sheet of a workbook, empty ones left out."""
    book = openpyxl.load_workbook(path, read_only=True)
    try:
        return {sheet.title: [row for row in sheet.iter_rows(values_only=True) if any(row)] for sheet in book}
    finally:
        book.close()


def table(rows: list[tuple[Any, ...]], first: str) -> list[dict[str, Any]]:
    """Return the rows under the titles of a sheet, which begin with a title."""
    at = next(rank for rank, row in enumerate(rows) if row[0] == first)
    titles = [str(cell or "") for cell in rows[at]]
    return [dict(zip(titles, row, strict=False)) for row in rows[at + 1 :]]


def content_of(path: Path) -> Any:  # noqa: ANN401 - what a JSON file holds
    return json.loads(path.read_text(encoding="utf-8"))


def pictures_of(path: Path) -> list[bytes]:
    """Return the photographs that a PDF or a document holds, as they stand in the file."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as parts:
            return [parts.read(name) for name in parts.namelist() if name.endswith((".jpeg", ".jpg"))]
    with pikepdf.open(path) as document:
        found: dict[tuple[int, int], bytes] = {}
        for each in document.objects:
            if isinstance(each, pikepdf.Stream) and "/DCTDecode" in str(each.get("/Filter", "")):
                found[each.objgen] = each.read_raw_bytes()
    return list(found.values())


def failures(path: Path) -> list[str]:
    """Return what a PDF breaks of PDF/UA-1."""
    report = page.validate_pdf_bytes(path.read_bytes(), profile="ua1")
    assert report.rules.total > 100
    return [f"{each.rule_id}: {each.message}" for each in report.failures]


def bytes_of(path: Path) -> bytes:
    """Return the bytes of a file, with those of its parts where it is an archive."""
    data = path.read_bytes()
    if not zipfile.is_zipfile(path):
        return data
    with zipfile.ZipFile(path) as parts:
        return data + b"".join(parts.read(name) for name in parts.namelist())
