"""A report in Word as its reader finds it: texts in order, titles, heads of tables, alternative texts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn

from ivaudit.reports.docx_text import GLYPHS

BODY = 9
"""The level of what is no title."""


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
    """Return the level of each style of titles, its own or that of the style it is based on, from 1."""
    styles = {str(each.get(qn("w:styleId"))): each for each in document.styles.element.iter(qn("w:style"))}
    found = {key: _level(style, styles) for key, style in styles.items()}
    return {key: level + 1 for key, level in found.items() if level is not None and level < BODY}


def _level(style: Any, styles: dict[str, Any]) -> int | None:  # noqa: ANN401 - idem
    for level in style.iter(qn("w:outlineLvl")):
        return int(level.get(qn("w:val")))
    below = style.find(qn("w:basedOn"))
    above = None if below is None else styles.get(str(below.get(qn("w:val"))))
    return None if above is None else _level(above, styles)


def alternatives(document: Document) -> list[str]:
    """Return what is said instead of each picture."""
    return [each.get("descr", "") for each in document.element.body.iter(qn("wp:docPr"))]
