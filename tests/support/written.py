"""A report in Word as its reader finds it: texts in order, titles, heads of tables, alternative texts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn

from ivaudit.reports.docx_text import GLYPHS


def opened(path: Path) -> Document:
    return docx.Document(str(path))


def texts(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the style and the text of each paragraph, tables included, without the signs of answers."""
    for paragraph in document.element.body.iter(qn("w:p")):
        yield paragraph.style or "", text_of(paragraph)


def text_of(paragraph: Any) -> str:  # noqa: ANN401 - an element of Word
    """Return the text of a paragraph; the pieces of the drawn parts, and signs, are not texts."""
    pieces = []
    for piece in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab")):
        if piece.tag != qn("w:t"):
            pieces.append("\n" if piece.tag == qn("w:br") else " ")
        elif not _is_sign(piece):
            pieces.append(piece.text or "")
    return "".join(pieces)


def _is_sign(piece: Any) -> bool:  # noqa: ANN401 - idem
    """Tell whether words are the coloured character that stands for a drawn sign."""
    coloured = next(piece.getparent().iter(qn("w:color")), None) is not None
    return coloured and (piece.text or "").strip() in GLYPHS.values()


def levels(document: Document) -> dict[str, int]:
    """Return the level of each style of titles, from 1."""
    found = {}
    for style in document.styles.element.iter(qn("w:style")):
        for level in style.iter(qn("w:outlineLvl")):
            found[str(style.get(qn("w:styleId")))] = int(level.get(qn("w:val"))) + 1
    return found


def alternatives(document: Document) -> list[str]:
    """Return what is said instead of each picture."""
    return [each.get("descr", "") for each in document.element.body.iter(qn("wp:docPr"))]
