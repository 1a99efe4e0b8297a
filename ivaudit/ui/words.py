"""The words of the glossary where they stand in a text: underlined with dots, explained on hover and by key.

The glossary is read beside the window when a text first wants it; until then nothing is underlined.
"""

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument

from ivaudit.domain.checklist import Confidence
from ivaudit.ui import theme
from ivaudit.ui.read_once import ReadOnce

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ivaudit.domain.glossary import GlossaryTerm
    from ivaudit.domain.terms_in import Found, Terms

SCHEME = "terme:"
"""Scheme of the links from a word to its definition: `terme:<id>`."""

_WIDE = 340
_LONG = 600
_UNSURE = {
    Confidence.SUMMARISED: "définition d'après un résumé",
    Confidence.TO_CHECK: "définition à vérifier",
}


class _State:
    """The one reading of the glossary for the window."""

    def __init__(self) -> None:
        self.reading: ReadOnce | None = None


_state = _State()


def reading() -> ReadOnce:
    """Return who reads the glossary, and tells when it is there."""
    if _state.reading is None:
        _state.reading = ReadOnce(_read)
    return _state.reading


def _read() -> object:
    from ivaudit.app.library import words  # noqa: PLC0415 - on the thread of the job

    return words()


def known() -> "Terms | None":
    """Return the words, once they are read."""
    found: Terms | None = reading().value
    return found


def term_of(url: str) -> "GlossaryTerm | None":
    """Return the term that a link leads to, or nothing when it leads elsewhere."""
    terms = known()
    if terms is None or not url.startswith(SCHEME):
        return None
    return terms.term(url.removeprefix(SCHEME))


def marked(text: str, seen: set[str], colour: str) -> "tuple[str, tuple[GlossaryTerm, ...]]":
    """Return a plain text as mark-up, its words of the glossary underlined, and these words.

    Args:
        text: any text; nothing in it is taken for mark-up.
        seen: ids of the words that texts before it had; those found are added.
        colour: of the letters, since these are links.
    """
    terms = known()
    found = terms.first(text, seen) if terms is not None else ()
    parts, at = [], 0
    for each in found:
        end = each.start + each.length
        parts += [_lines(text[at : each.start]), _link(text[each.start : end], each.term, colour)]
        at = end
    return "".join([*parts, _lines(text[at:])]), tuple(each.term for each in found)


def mark(document: QTextDocument, seen: set[str] | None = None) -> "tuple[GlossaryTerm, ...]":
    """Underline the words of the glossary where they first stand in a document; return them.

    What is a link already stays one.

    Args:
        document: what is shown.
        seen: ids of the words that texts before it had; those found are added.
    """
    terms, met = known(), set() if seen is None else seen
    if terms is None:
        return ()
    kept = []
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    block = document.begin()
    while block.isValid():
        for found in terms.every(block.text()):
            if found.term.id not in met and _mark(cursor, block, found):
                met.add(found.term.id)
                kept.append(found.term)
        block = block.next()
    cursor.endEditBlock()
    return tuple(kept)


def described(found: "Sequence[GlossaryTerm]") -> str:
    """Return what a screen reader says of the words of a text."""
    return f"Mots expliqués. {' '.join(map(sentence, found))}" if found else ""


def entry(term: "GlossaryTerm") -> str:
    """Return a word with its definition, as mark-up."""
    return f"<b>{escape(term.term)}</b>{_lines(sentence(term).removeprefix(term.term))}"


def sentence(term: "GlossaryTerm") -> str:
    """Return a word with its definition, and how sure it is when it is not."""
    unsure = _UNSURE.get(term.confidence)
    end = "" if term.definition.rstrip().endswith((".", "!", "?", "…")) else "."
    return f"{term.term} : {term.definition.rstrip()}{end}" + (f" ({unsure})" if unsure else "")


def tip(term: "GlossaryTerm") -> str:
    """Return the tool tip of a word, as wide as a short line at any text size."""
    look, unsure = theme.current(), _UNSURE.get(term.confidence)
    text = term.definition if len(term.definition) <= _LONG else f"{term.definition[:_LONG].rstrip()}…"
    below = f'<br><span style="color:{look.palette.muted}">{escape(unsure)}</span>' if unsure else ""
    inside = f"<b>{escape(term.term)}</b><br>{_lines(text)}{below}"
    return f'<table width="{look.px(_WIDE)}"><tr><td>{inside}</td></tr></table>'


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _link(text: str, term: "GlossaryTerm", colour: str) -> str:
    style = f"color:{colour}; text-underline-style:dotted"
    href, title = escape(f"{SCHEME}{term.id}"), escape(tip(term))
    return f'<a href="{href}" title="{title}" style="{style}">{escape(text)}</a>'


def _mark(cursor: QTextCursor, block: QTextBlock, found: "Found") -> bool:
    """Underline a word in a block, unless it is in a link; tell whether it was done."""
    text = block.text()
    start = block.position() + _units(text[: found.start])
    cursor.setPosition(start + 1)  # the format of what stands before
    if cursor.charFormat().isAnchor():
        return False
    cursor.setPosition(start)
    length = _units(text[found.start : found.start + found.length])
    cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
    form = QTextCharFormat()
    form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
    form.setUnderlineColor(theme.current().colour("muted"))
    form.setToolTip(tip(found.term))
    form.setAnchor(True)
    form.setAnchorHref(f"{SCHEME}{found.term.id}")
    cursor.mergeCharFormat(form)
    return True


def _units(text: str) -> int:
    """Return how long a text is for Qt, which counts some signs twice."""
    return len(text) + sum(sign > "\uffff" for sign in text)
