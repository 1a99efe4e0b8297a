"""Words and paragraphs as Word keeps them: nothing typed can break the file, nothing vanishes."""

from collections.abc import Iterable
from typing import cast

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from reportlab.lib.colors import Color

from ivaudit.domain.printable import typeset, without_controls
from ivaudit.domain.scale import Symbol

_ORDER = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "numPr", "pBdr", "tabs", "spacing", "ind")
"""The order that Word wants what is said of a paragraph in."""

GLYPHS = {
    Symbol.FULL: "●",
    Symbol.HALF: "◐",
    Symbol.CROSS: "✕",
    Symbol.DASH: "–",
    Symbol.EYE: "◌",
    Symbol.QUESTION: "?",
    Symbol.EMPTY: "○",
}
"""The character that stands for the drawn sign of an answer."""


def clean(text: str) -> str:
    """Return any text as French wants it, control characters, for which XML has no room, as codes."""
    return typeset(without_controls(text)).replace("\t", "    ")


def hexadecimal(ink: Color) -> str:
    """Return a colour as `rrggbb`."""
    return str(ink.hexval())[2:]


def made(tag: str, *inside: BaseOxmlElement, **attributes: str) -> BaseOxmlElement:
    """Return an element of the word-processing namespace, its attributes being of that namespace too."""
    element = cast("BaseOxmlElement", OxmlElement(f"w:{tag}"))
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    element.extend(inside)
    return element


def run(text: str, *, strong: bool = False, ink: Color | None = None) -> BaseOxmlElement:
    """Return words in one look; ends of line stay ends of line."""
    looks = []
    if strong:
        looks.append(made("b"))
    if ink is not None:
        looks.append(made("color", val=hexadecimal(ink)))
    element = made("r", made("rPr", *looks)) if looks else made("r")
    for rank, line in enumerate(clean(text).split("\n")):
        if rank:
            element.append(made("br"))
        words = made("t")
        words.text = line
        words.set(qn("xml:space"), "preserve")
        element.append(words)
    return element


def tab() -> BaseOxmlElement:
    """Return a jump to the next stop."""
    return made("r", made("tab"))


def paragraph(
    style: str, runs: Iterable[BaseOxmlElement], *, kept: bool = False, number: int | None = None
) -> BaseOxmlElement:
    """Return a paragraph.

    Args:
        style: id of its style.
        runs: its words.
        kept: stays on the page of what follows.
        number: the list it is a line of.
    """
    about = [made("pStyle", val=style)]
    if kept:
        about.append(made("keepNext"))
    if number is not None:
        about.append(made("numPr", made("ilvl", val="0"), made("numId", val=str(number))))
    return made("p", made("pPr", *about), *runs)


def settle(about: BaseOxmlElement, asked: BaseOxmlElement) -> None:
    """Add something to what is said of a paragraph, at the place it must have."""
    ranks = {qn(f"w:{name}"): rank for rank, name in enumerate(_ORDER)}
    rank = ranks[asked.tag]
    after = next((each for each in about if ranks.get(each.tag, len(_ORDER)) > rank), None)
    if after is None:
        about.append(asked)
    else:
        after.addprevious(asked)


def field(code: str) -> list[BaseOxmlElement]:
    """Return a figure that Word computes (`PAGE`, `NUMPAGES`)."""
    words = made("instrText")
    words.text = f" {code} "
    words.set(qn("xml:space"), "preserve")
    return [
        made("r", made("fldChar", fldCharType="begin")),
        made("r", words),
        made("r", made("fldChar", fldCharType="separate")),
        run("1"),
        made("r", made("fldChar", fldCharType="end")),
    ]
