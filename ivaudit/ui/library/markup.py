"""The few shapes that texts to read are made of; every text is escaped here."""

from collections.abc import Iterable
from html import escape

from ivaudit.domain.tone import Tone
from ivaudit.ui import theme

LINK = "item:"
"""Scheme of the links between what is published: `item:<id>/<part>`."""


def heading(text: str) -> str:
    """Return the title of a text."""
    size = theme.Size.TITLE * theme.current().scale
    return f'<p style="font-size:{size}pt; font-weight:600; margin-top:0">{escape(text)}</p>'


def block(title: str, inner: str) -> str:
    """Return a part under its title, or nothing when it is empty."""
    if not inner:
        return ""
    return f'<p style="margin-top:12px; margin-bottom:2px"><b>{escape(title)}</b></p>{inner}'


def paragraph(text: str, label: str = "") -> str:
    """Return a paragraph, after an optional word in bold."""
    lead = f"<b>{escape(label)} :</b> " if label else ""
    return f'<p style="margin-top:0; margin-bottom:4px">{lead}{escape(text)}</p>' if text else ""


def muted(text: str) -> str:
    """Return a paragraph in a quiet colour."""
    colour = theme.current().palette.muted
    return f'<p style="color:{colour}; margin-bottom:2px">{escape(text)}</p>' if text else ""


def toned(text: str, tone: Tone, label: str = "") -> str:
    """Return a paragraph in the ink of a tone, after an optional word in bold."""
    ink = theme.current().palette.tones[tone].ink
    lead = f"<b>{escape(label)}</b> " if label else ""
    return f'<p style="color:{ink}; margin-top:4px; margin-bottom:4px">{lead}{escape(text)}</p>'


def items(texts: Iterable[str]) -> str:
    """Return a list of texts."""
    return listed(escape(text) for text in texts)


def listed(inner: Iterable[str]) -> str:
    """Return a list of pieces that are mark-up already."""
    rows = "".join(f"<li>{each}</li>" for each in inner)
    return f'<ul style="margin-top:0; margin-left:-18px">{rows}</ul>' if rows else ""


def link(item: str, anchor: str, text: str) -> str:
    """Return a link to a part of something published."""
    return f'<a href="{LINK}{escape(item)}/{escape(anchor)}">{escape(text)}</a>'


def target(url: str) -> tuple[str, str] | None:
    """Return the item and the part that a link leads to, or nothing when it is none of ours."""
    if not url.startswith(LINK):
        return None
    item, _, anchor = url.removeprefix(LINK).partition("/")
    return item, anchor
