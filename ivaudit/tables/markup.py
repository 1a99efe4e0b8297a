"""A walk through the XML of an office file before it is trusted: no tree is built, everything is counted.

Libraries that read workbooks build the tree of a row, of a style sheet, of a text: what is counted here is
what such a tree costs. Only what no XML parser would accept is not walked through.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from xml.parsers import expat

from ivaudit.domain.errors import UnreadableFile
from ivaudit.tables.limits import BOOK, Limits, Words, whole

if TYPE_CHECKING:
    from pyexpat import XMLParserType

_XML = (".xml", ".rels", ".vml")
_STARTS = (b"<", b"\xef\xbb\xbf", b"\xfe\xff", b"\xff\xfe", b"\x00<", b"\x00\x00")
_SPACE = b" \t\r\n"
_DEPTH = 40
_PART_DEPTH = 3
_TOKEN = 400_000
_LONG_TEXT = 1_000_000
_ROW = 3
"""How deep a row is in a sheet; a text in the list of texts is one level above."""
_TEXT = 2


class Markup:
    """Walks through the members of one workbook; what is counted, is counted over all of them."""

    def __init__(self, limits: Limits, words: Words = BOOK) -> None:
        self._limits = limits
        self.words = words
        self._long = 0
        self._parts = 0
        self._text = 0

    def walk(self, name: str, pieces: Iterable[bytes]) -> None:
        """Read a member to its end, its markup too if it has any.

        Args:
            name: of the member.
            pieces: its bytes, in pieces.

        Raises:
            UnreadableFile: it declares entities, is malformed or is out of bounds.
        """
        parser: XMLParserType | None = None
        fed = 0
        for rank, piece in enumerate(pieces):
            if rank == 0 and _is_markup(name, piece):
                parser = self._parser()
            if parser is None:
                continue
            fed += len(piece)
            self._feed(parser, piece, last=False)
            if fed - parser.CurrentByteIndex > _TOKEN:
                raise self.words.oversized("l'une de ses balises est démesurée")
        if parser is not None:
            self._feed(parser, b"", last=True)

    def _feed(self, parser: "XMLParserType", piece: bytes, *, last: bool) -> None:
        try:
            parser.Parse(piece, last)
        except UnreadableFile:
            raise
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise self.words.damaged() from error

    def _refuse(self, _name: str, _system: str | None, _public: str | None, _internal: int) -> None:
        """Refuse a document type: entities are declared there, and no office program writes one."""
        raise self.words.unsafe()

    def _parser(self) -> "XMLParserType":
        parser = expat.ParserCreate()
        count = _Count(self._limits, self)
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = count.start
        parser.EndElementHandler = count.end
        parser.CharacterDataHandler = count.text
        return parser

    def count_part(self) -> None:
        """Count an element of a part that is read as a whole."""
        self._parts += 1
        if self._parts > self._limits.in_parts:
            raise self.words.oversized("il contient trop de styles ou de propriétés")

    def count_long(self) -> None:
        """Count an element of a sheet or of the list of texts, which are read row by row."""
        self._long += 1
        if self._long > self._limits.elements:
            raise self.words.oversized("il contient trop de cellules")

    def count_text(self, characters: int) -> None:
        """Count characters of any text."""
        self._text += characters
        if self._text > self._limits.text:
            raise self.words.oversized(f"son texte dépasse {whole(self._limits.text)} caractères")


class _Count:
    """Counts in one member."""

    def __init__(self, limits: Limits, book: Markup) -> None:
        self._limits = limits
        self._book = book
        self._depth = 0
        self._in_row = 0
        self._in_text = 0
        self._rows = 0
        self._row_depth = 0
        self._long = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        self._in_text = 0
        if self._depth > _DEPTH:
            raise self._book.words.oversized("ses éléments sont trop imbriqués")
        if self._depth == 1:
            local = name.rpartition(":")[2]
            self._row_depth = {"worksheet": _ROW, "sst": _TEXT}.get(local, 0)
        if not self._row_depth:
            self._book.count_part()
            return
        self._book.count_long()
        if self._depth <= self._row_depth:
            self._start_row()
        self._in_row += 1
        if self._in_row > self._limits.in_row:
            raise self._book.words.oversized("l'une de ses lignes contient trop de cellules")

    def _start_row(self) -> None:
        self._in_row = 0
        self._rows += 1
        if self._row_depth == _ROW and self._rows > self._limits.rows * 5:
            raise self._book.words.oversized(f"une feuille dépasse {whole(self._limits.rows)} lignes")

    def end(self, _name: str) -> None:
        self._depth -= 1
        self._in_text = 0

    def text(self, data: str) -> None:
        self._in_text += len(data)
        self._book.count_text(len(data))
        if self._in_text > _LONG_TEXT:
            raise self._book.words.oversized(f"une cellule dépasse {whole(self._limits.cell)} caractères")


def _is_markup(name: str, start: bytes) -> bool:
    return name.lower().endswith(_XML) or start.lstrip(_SPACE).startswith(_STARTS)
