"""The structure of a printed document written into its file, as PDF/UA-1 asks."""

import io
import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from ivaudit.reports.structure import Mark, Node, Structure

_LANGUAGE = "fr-FR"
_NO_CHARACTER = re.compile(rb"(?<=> )<0000>(?=\n)")
_HEADING = re.compile(r"H[1-6]")
_METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def finish(data: bytes, structure: Structure) -> bytes:
    """Return a document as laid out with its structure, its language and its title where readers look.

    Args:
        data: the file as laid out, the pieces of its pages marked.
        structure: what these pieces are.
    """
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        _Writer(pdf, structure).write()
        _describe(pdf)
        _name_characters(pdf)
        pdf.save(
            target,
            deterministic_id=True,
            linearize=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return target.getvalue()


class _Writer:
    """Turns the nodes of a structure into objects of a file."""

    def __init__(self, pdf: Pdf, structure: Structure) -> None:
        self._pdf, self._structure = pdf, structure
        self._pages = [page.obj for page in pdf.pages]
        self._places = [
            list(page.obj.get("/Annots", ())) if links else []
            for page, links in zip(pdf.pages, structure.links, strict=False)
        ]
        self._made: dict[Node, Object] = {}
        self._traits: dict[tuple[str, str], Object] = {}

    def write(self) -> None:
        """Write the tree, and what leads to it from the pages."""
        pdf, structure = self._pdf, self._structure
        _straighten(structure.root)
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        root.K = self._node(structure.root, root)
        root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(self._parents())))
        pdf.Root.StructTreeRoot = root
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        pdf.Root.Lang = String(_LANGUAGE)
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)

    def _node(self, node: Node, parent: Object) -> Object:
        made = self._pdf.make_indirect(Dictionary(S=Name(f"/{node.role}"), P=parent))
        self._made[node] = made
        marks = [kid for kid in node.kids if isinstance(kid, tuple)]
        page = marks[0][0] if marks else None
        if page is not None:
            made.Pg = self._pages[page]
        kids = [self._kid(kid, made, page) for kid in node.kids]
        kids += [self._place(link) for link in node.links]
        if kids:
            made.K = kids[0] if len(kids) == 1 else Array(kids)
        if node.alt:
            made.Alt = String(node.alt)
        if node.traits is not None:
            made.A = self._trait(*node.traits)
        return made

    def _kid(self, kid: Node | Mark, parent: Object, page: int | None) -> Object | int:
        if isinstance(kid, Node):
            return self._node(kid, parent)
        if kid[0] == page:
            return kid[1]
        return Dictionary(Type=Name.MCR, Pg=self._pages[kid[0]], MCID=kid[1])

    def _place(self, link: Mark) -> Object:
        page, rank = link
        return Dictionary(Type=Name.OBJR, Pg=self._pages[page], Obj=self._places[page][rank])

    def _trait(self, owner: str, entries: str) -> Object:
        key = (owner, entries)
        if key not in self._traits:
            text = f"<< /O /{owner} {entries} >>"
            self._traits[key] = self._pdf.make_indirect(Object.parse(text.encode()))
        return self._traits[key]

    def _parents(self) -> Iterator[Object | int]:
        """Yield which part each piece of each page is of, then which part each link is."""
        for rank, page in enumerate(self._pages):
            page.StructParents = rank
            page.Tabs = Name.S
            yield rank
            yield self._pdf.make_indirect(Array(self._made[node] for node in self._structure.pages[rank]))
        key = len(self._pages)
        for links, places in zip(self._structure.links, self._places, strict=False):
            for node, place in zip(links, places, strict=True):
                place.StructParent = key
                place.Contents = String(node.alt)
                yield key
                yield self._made[node]
                key += 1


def _straighten(root: Node) -> None:
    """Let titles start at the first level and go down one level at a time."""
    titles = [node for node in _every(root) if _HEADING.fullmatch(node.role)]
    highest = min((int(node.role[1]) for node in titles), default=1)
    before = 0
    for node in titles:
        before = min(int(node.role[1]) - highest + 1, before + 1)
        node.role = f"H{before}"


def _every(node: Node) -> Iterator[Node]:
    yield node
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from _every(kid)


def _describe(pdf: Pdf) -> None:
    """Repeat in the metadata what the file says of itself, and declare what it follows."""
    known = {key: escape(str(value)) for key, value in pdf.docinfo.items()}
    text = _METADATA.format(
        title=known.get("/Title", ""),
        author=known.get("/Author", ""),
        producer=known.get("/Producer", ""),
        language=_LANGUAGE,
    )
    stream = pdf.make_stream(text.encode(), Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.Metadata = stream


def _name_characters(pdf: Pdf) -> None:
    """Say of the first glyph of each font, which stands for no character, that it is unknown."""
    seen = set()
    for page in pdf.pages:
        for font in page.resources.get("/Font", Dictionary()).values():
            names = font.get("/ToUnicode")
            if names is not None and names.objgen not in seen:
                seen.add(names.objgen)
                names.write(_NO_CHARACTER.sub(b"<FFFD>", names.read_bytes()))
