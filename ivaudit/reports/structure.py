"""The structure of a printed document: what each thing drawn is, for those who do not see the page.

Whatever is drawn outside `marked` is decoration: lines, backgrounds, running heads. Parts are read in the
order in which they are drawn.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable

from ivaudit.reports.fonts import REGULAR

_DECORATION = "/Artifact BMC"
Mark = tuple[int, int]
"""A piece of a page: rank of the page, number of the piece on it."""


class Node:
    """A part of the document.

    Attributes:
        role: what it is, by its name in PDF (`H1`, `P`, `Table`…).
        kids: its parts and its pieces of pages, in reading order.
        parent: what it is in, once something of it is drawn.
        alt: what is read instead of a drawing, or what a link is called.
        traits: what else is said of it: the owner (`Table`, `List`, `Layout`) and the entries.
        links: for a link, its places: rank of the page, rank among the links of the page.
    """

    __slots__ = ("alt", "kids", "links", "parent", "role", "traits")

    def __init__(self, role: str, *, alt: str = "", traits: tuple[str, str] | None = None) -> None:
        self.role = role
        self.kids: list[Node | Mark] = []
        self.parent: Node | None = None
        self.alt = alt
        self.traits = traits
        self.links: list[Mark] = []

    def grow(self, role: str, *, traits: tuple[str, str] | None = None) -> "Node":
        """Return a new last part of this one."""
        made = Node(role, traits=traits)
        made.parent = self
        self.kids.append(made)
        return made


class Structure:
    """The tree of a document while it is drawn.

    Attributes:
        root: the whole document.
        pages: for each page, the part that each of its pieces belongs to.
        links: for each page, the parts of its links.
        alone: whether the part being drawn holds a single text, which then is no part of its own.
    """

    def __init__(self) -> None:
        self.root = Node("Document")
        self.pages: list[list[Node]] = [[]]
        self.links: list[list[Node]] = [[]]
        self.alone = False
        self._inside: list[tuple[Node, bool]] = [(self.root, False)]
        self._silent = 0
        self._marking = False

    @property
    def inside(self) -> Node:
        """The part that is being drawn."""
        return self._inside[-1][0]

    def enter(self, node: Node, *, alone: bool = False) -> None:
        """Start drawing the parts of a part."""
        if not self._silent:
            self._attach(node)
        self._inside.append((node, alone))
        self.alone = alone

    def leave(self) -> None:
        """End what `enter` started."""
        self._inside.pop()
        self.alone = self._inside[-1][1]

    def hush(self) -> None:
        """Take what follows for decoration: it was read already."""
        self._silent += 1

    def speak(self) -> None:
        """End what `hush` started."""
        self._silent -= 1

    def start(self, code: list[str], node: Node) -> bool:
        """Start a piece of a part in the instructions of a page; a piece within a piece is nothing new."""
        if self._silent or self._marking:
            return False
        self._attach(node)
        number = len(self.pages[-1])
        self.pages[-1].append(node)
        node.kids.append((len(self.pages) - 1, number))
        if code and code[-1] == _DECORATION:
            code.pop()
        else:
            code.append("EMC")
        code.append(f"/{node.role} <</MCID {number}>> BDC")
        self._marking = True
        return True

    def end(self, code: list[str]) -> None:
        """End the piece; decoration follows."""
        code += ("EMC", _DECORATION)
        self._marking = False

    def note_link(self, node: Node) -> None:
        """Remember that the link just placed on the page is that of a part."""
        self.links[-1].append(node)
        node.links.append((len(self.links) - 1, len(self.links[-1]) - 1))

    def turn(self, code: list[str]) -> None:
        """End a page."""
        code.insert(0, _DECORATION)
        code.append("EMC")
        self.pages.append([])
        self.links.append([])

    def _attach(self, node: Node) -> None:
        """Put a part, with what it already is in, where it is first drawn."""
        while node.parent is not None:
            node = node.parent
        if node is not self.root:
            node.parent = self.inside
            node.parent.kids.append(node)


class TaggedCanvas(Canvas):
    """A canvas that knows what is drawn on it, with an embedded font from its first instruction on."""

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - those of the canvas
        super().__init__(*given, **{**named, "initialFontName": REGULAR})
        self.structure = Structure()

    @property
    def code(self) -> list[str]:
        """The instructions of the page; there is no public way to them."""
        return cast("list[str]", vars(self)["_code"])

    def showPage(self) -> None:  # noqa: N802 - reportlab's
        """End the page."""
        self.structure.turn(self.code)
        super().showPage()


_NOWHERE = Structure()
_NOWHERE.hush()


def structure_of(canvas: Canvas) -> Structure:
    """Return the structure of what is drawn on a canvas; a plain canvas keeps none."""
    return canvas.structure if isinstance(canvas, TaggedCanvas) else _NOWHERE


@contextmanager
def marked(canvas: Canvas, node: Node) -> Iterator[None]:
    """Draw a piece of a part."""
    if isinstance(canvas, TaggedCanvas) and canvas.structure.start(canvas.code, node):
        yield
        canvas.structure.end(canvas.code)
    else:
        yield


@contextmanager
def within(canvas: Canvas, node: Node) -> Iterator[None]:
    """Draw the parts of a part."""
    structure = structure_of(canvas)
    structure.enter(node)
    yield
    structure.leave()


def lay_out(document: BaseDocTemplate, story: Sequence[Flowable]) -> Structure:
    """Lay out a document and return its structure."""
    made: list[TaggedCanvas] = []

    def canvas(*given: Any, **named: Any) -> TaggedCanvas:  # noqa: ANN401 - those of the canvas
        made.append(TaggedCanvas(*given, **named))
        return made[-1]

    document.build(list(story), canvasmaker=canvas)
    return made[-1].structure
