"""A printed document as a screen reader finds it: its parts, their texts, and what is only decoration."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

_PAIR = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{4})>")


@dataclass
class Part:
    """A part: its role, the text drawn for it, what is read instead, and its parts."""

    role: str
    text: str = ""
    alt: str = ""
    scope: str = ""
    span: int = 1
    pages: set[int] = field(default_factory=set)
    kids: list["Part"] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def every(self, *roles: str) -> Iterator["Part"]:
        """Yield this part and all below it, in reading order; of these roles only, if any is given."""
        if not roles or self.role in roles:
            yield self
        for kid in self.kids:
            yield from kid.every(*roles)

    @property
    def whole(self) -> str:
        """The texts of this part and of all below it."""
        return " ".join(" ".join(part.text for part in self.every()).split())


def read(data: bytes) -> tuple[Part, list[str]]:
    """Return the tree of a document, and the decoration of each page."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = [_pieces(page) for page in pdf.pages]
        ranks = {page.obj.objgen: rank for rank, page in enumerate(pdf.pages)}
        tree = _part(pdf.Root.StructTreeRoot.K, pages, ranks)
    return tree, [" ".join(page.get(-1, "").split()) for page in pages]


def _pieces(page: pikepdf.Page) -> dict[int, str]:
    """Return the text of each piece of a page by its number, decoration under -1."""
    fonts = {name: _characters(font) for name, font in page.resources.get("/Font", {}).items()}
    found: dict[int, str] = {}
    stack: list[int] = []
    names: dict[int, str] = {}
    for each in pikepdf.parse_content_stream(page):
        operands: Any = each.operands
        match str(each.operator):
            case "BMC":
                stack.append(-1)
            case "BDC":
                stack.append(int(operands[1].MCID))
            case "EMC":
                stack.pop()
            case "Tf":
                names = fonts[str(operands[0])]
            case "Tj":
                text = "".join(names.get(code, "") for code in bytes(operands[0]))
                found[stack[-1]] = found.get(stack[-1], "") + text
            case "TJ" | "'" | '"':
                raise AssertionError("a text drawn in a way this reader does not know")
    assert not stack
    return found


def _characters(font: pikepdf.Object) -> dict[int, str]:
    pairs = _PAIR.findall(font.ToUnicode.read_bytes())
    return {int(code, 16): bytes.fromhex(name.decode()).decode("utf-16-be") for code, name in pairs}


def _part(node: pikepdf.Object, pages: list[dict[int, str]], ranks: dict[tuple[int, int], int]) -> Part:
    about: Any = node.get("/A", {})
    made = Part(
        role=str(node.S)[1:],
        alt=str(node.get("/Alt", "")),
        scope=str(about.get("/Scope", ""))[1:],
        span=int(about.get("/ColSpan", 1)),
    )
    kids: Any = node.get("/K", [])
    for kid in kids if isinstance(kids, list | pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            made.kids.append(_part(kid, pages, ranks))
        elif isinstance(kid, pikepdf.Dictionary) and kid.Type == pikepdf.Name.OBJR:
            made.links.append(str(kid.Obj.Contents))
        else:
            page, number = (node.Pg, int(kid)) if isinstance(kid, int) else (kid.Pg, int(kid.MCID))
            made.pages.add(ranks[page.objgen])
            made.text += pages[ranks[page.objgen]].get(number, "")
    return made
