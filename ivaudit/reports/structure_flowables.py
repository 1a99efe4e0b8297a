"""Texts, lists, pictures and links that know what they are: the only way they get on a page.

The style of a paragraph says what it is (`role`).
"""

from collections.abc import Sequence

from reportlab import platypus
from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing, Group
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

from ivaudit.reports.structure import Node, marked, structure_of

_TEXT = "P"
_SIGN_GAP = 3.5


class Paragraph(platypus.Paragraph):
    """A paragraph or a title; its parts on several pages are one."""

    node: Node | None = None

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803 - reportlab's
        """Split the text; the parts stay one paragraph."""
        parts: list[Flowable] = super().split(availWidth, availHeight)
        if self.node is None:
            self.node = Node(self._role)
        for part in parts:
            if isinstance(part, Paragraph):
                part.node = self.node
        return parts

    def draw(self) -> None:
        """Draw the text; alone in a cell, it is the cell."""
        if self.node is None:
            structure = structure_of(self.canv)
            self.node = structure.inside if structure.alone and self._role == _TEXT else Node(self._role)
        self._part_lines()
        with marked(self.canv, self.node):
            super().draw()

    def _part_lines(self) -> None:
        """End each line with a space: read aloud, its last word must not run into the next one.

        Lines are what reportlab keeps of a broken paragraph: a pair ending with the words where the whole
        text looks alike, or else an object whose words are fragments.
        """
        for line in getattr(vars(self).get("blPara"), "lines", ()):
            words = line[1] if isinstance(line, tuple) else line.words
            if not words:
                continue
            if type(words[-1]) is str:  # a word that goes on in the next line is of another kind
                words[-1] += " "
            elif hasattr(words[-1], "text"):
                words[-1].text += " "

    @property
    def _role(self) -> str:
        role: str = getattr(self.style, "role", _TEXT)
        return role


class Link(Paragraph):
    """A paragraph that leads to an address."""

    address = ""
    whole: Node | None = None

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803 - reportlab's
        """Split the text, each part with its place to click."""
        self._name()
        parts = super().split(availWidth, availHeight)
        for part in parts:
            if isinstance(part, Link):
                part.address, part.whole = self.address, self.whole
        return parts

    def draw(self) -> None:
        """Draw the text, then the place that answers to the pointer."""
        inner = self._name()
        super().draw()
        self.canv.linkURL(self.address, (0, 0, self.width, self.height), relative=1)
        structure_of(self.canv).note_link(inner)

    def _name(self) -> Node:
        if self.node is None:
            self.whole = Node(_TEXT)
            self.node = self.whole.grow("Link")
            self.node.alt = self.getPlainText()
        return self.node


def link(text: str, style: ParagraphStyle, address: str) -> Link:
    """Return a paragraph of mark-up that leads to an address."""
    made = Link(text, style)
    made.address = address
    return made


class Signed(Paragraph):
    """A text after a sign drawn in its left indent, which repeats in colours what the text says.

    The sign stays with the first part when the text splits.
    """

    sign: Group | None = None

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803 - reportlab's
        """Split the text, not the sign."""
        parts = super().split(availWidth, availHeight)
        if parts and isinstance(parts[0], Signed):
            parts[0].sign = self.sign
        return parts

    def draw(self) -> None:
        """Draw the sign on the first line, then the text."""
        if self.sign is not None:
            size = self.style.fontSize
            drawing = Drawing(size, size)
            drawing.add(self.sign)
            left = self.style.leftIndent - size - _SIGN_GAP
            renderPDF.draw(drawing, self.canv, left, self.height - size - 0.6)
        super().draw()


class Numbered(Paragraph):
    """A text after a word («1.») at the start of its left indent."""

    mark: tuple[str, Node] | None = None

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803 - reportlab's
        """Split the text; the word stays with its start."""
        parts = super().split(availWidth, availHeight)
        if parts and isinstance(parts[0], Numbered):
            parts[0].mark = self.mark
        return parts

    def draw(self) -> None:
        """Draw the word, then the text."""
        if self.mark is not None:
            word, node = self.mark
            style = self.style
            with marked(self.canv, node):
                self.canv.setFillColor(style.textColor)
                self.canv.setFont(style.fontName, style.fontSize)
                self.canv.drawString(0, self.height - style.fontSize, word)
        super().draw()


def signed_list(texts: Sequence[str], style: ParagraphStyle, sign: Group) -> list[Signed]:
    """Return the lines of a list, mark-up each after the same sign."""
    whole = Node("L", traits=("List", "/ListNumbering /Disc"))
    made = [Signed(text, style) for text in texts]
    for line in made:
        line.sign = sign
        line.node = whole.grow("LI").grow("LBody")
    return made


def marked_list(texts: Sequence[str], style: ParagraphStyle, bullet: str | None = None) -> list[Numbered]:
    """Return the lines of a list, mark-up each after its number, or after a bullet."""
    numbering = "Disc" if bullet else "Decimal"
    whole = Node("L", traits=("List", f"/ListNumbering /{numbering}"))
    made = [Numbered(text, style) for text in texts]
    for rank, line in enumerate(made, 1):
        item = whole.grow("LI")
        line.mark = (bullet or f"{rank}.", item.grow("Lbl"))
        line.node = item.grow("LBody")
    return made


class Figure(Flowable):
    """A drawing or a picture, with what is read instead of it."""

    def __init__(self, drawn: Flowable, alt: str) -> None:
        super().__init__()
        self._drawn, self._alt = drawn, alt
        self.hAlign = getattr(drawn, "hAlign", "LEFT")

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803 - reportlab's
        """Take the room of the drawing."""
        self.width, self.height = self._drawn.wrap(availWidth, availHeight)
        return self.width, self.height

    def draw(self) -> None:
        """Draw it as one piece."""
        left, low = self.canv.absolutePosition(0, 0)
        right, high = self.canv.absolutePosition(self.width, self.height)
        box = f"/Placement /Block /BBox [{left:.2f} {low:.2f} {right:.2f} {high:.2f}]"
        with marked(self.canv, Node("Figure", alt=self._alt, traits=("Layout", box))):
            self._drawn.drawOn(self.canv, 0, 0)
