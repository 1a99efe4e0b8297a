"""The parts of a report laid out in Word."""

import io
from collections.abc import Iterable
from typing import IO

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from ivaudit.domain.charts import described
from ivaudit.domain.scale import Symbol
from ivaudit.reports import document as doc
from ivaudit.reports.document import WIDTH, Element, Group, Look
from ivaudit.reports.docx_styles import (
    BULLET,
    CALLOUT,
    CARD,
    LABEL,
    LARGE_BULLET,
    LOOKS,
    NUMBER,
    TITLES,
    twips,
)
from ivaudit.reports.docx_tables import table, tiles
from ivaudit.reports.docx_text import GLYPHS, clean, hexadecimal, made, paragraph, run, settle, tab
from ivaudit.reports.drawing import draw, png
from ivaudit.reports.palette import Inks

_SHARP = 2
"""Pixels of a chart for each of its points."""


class Body:
    """Writes the parts of one report at the end of a document, in order."""

    def __init__(self, document: Document, inks: Inks) -> None:
        self._document, self._inks = document, inks
        self._end = document.element.body.sectPr
        self._last: BaseOxmlElement | None = None
        self._before: list[BaseOxmlElement] = []

    def start_page(self) -> None:
        """Let what follows start a page."""
        self._before.append(made("pageBreakBefore"))

    def group(self, group: Group) -> None:
        """Write titles and what follows, which stays under them."""
        for element in group.heads:
            self.write(element, kept=True)
        for rank, element in enumerate(group.body, 1):
            self.write(element, kept=group.whole and rank < len(group.body))

    def write(self, element: Element, *, kept: bool = False) -> None:  # noqa: C901, PLR0912 - one part each
        """Write a part of a report; where it is `kept`, on the page of what follows."""
        match element:
            case doc.Title():
                self._text(TITLES[element.level], [run(element.text)], kept=kept)
            case doc.Label():
                self._text(LABEL, [run(element.text)], kept=kept)
            case doc.Text():
                lead = [run(f"{element.label} : ", strong=True)] if element.label else []
                self._text(LOOKS[element.look], [*lead, run(element.text)], kept=kept)
            case doc.Callout():
                self._text(CALLOUT, [run(element.text)], kept=kept)
            case doc.Bullets():
                self._bullets(element)
            case doc.Rule():
                self._rule()
            case doc.Gap():
                self._before.append(made("spacing", before=twips(element.height)))
            case doc.Picture():
                self._picture(element)
            case doc.Pictures():
                for picture in element.pictures:
                    self._picture(picture)
            case doc.Chart():
                self._chart(element)
            case doc.Tiles():
                self._table(tiles(element, self._inks))
            case doc.Table():
                self._table(table(element, self._inks))
            case doc.Card():
                self._card(element)

    def close(self) -> None:
        """End the document: Word wants a paragraph after a last table."""
        if self._is_table():
            self._separate()

    def _text(self, style: str, runs: Iterable[BaseOxmlElement], *, kept: bool = False) -> None:
        self._put(paragraph(style, runs, kept=kept))

    def _put(self, said: BaseOxmlElement) -> None:
        """Add a paragraph, with what was asked of whatever comes next."""
        for asked in self._before:
            settle(said.find(qn("w:pPr")), asked)
        self._before = []
        self._add(said)

    def _add(self, part: BaseOxmlElement) -> None:
        self._end.addprevious(part)
        self._last = part

    def _table(self, made_table: BaseOxmlElement) -> None:
        if self._is_table():
            self._separate()
        self._add(made_table)

    def _is_table(self) -> bool:
        return self._last is not None and self._last.tag == qn("w:tbl")

    def _separate(self) -> None:
        """Put the smallest paragraph there is: two tables that touch become one."""
        small = made("spacing", before="0", after="0", line="20", lineRule="exact")
        self._add(made("p", made("pPr", small)))

    def _bullets(self, bullets: doc.Bullets) -> None:
        style = NUMBER if bullets.numbered else LARGE_BULLET if bullets.large else BULLET
        number = self._new_list() if bullets.numbered else None
        for text in bullets.texts:
            self._put(paragraph(style, [run(text)], number=number))

    def _new_list(self) -> int:
        """Return a list that starts at one."""
        numbering = self._document.part.numbering_part.element
        style = self._document.styles.element.get_by_id(NUMBER)
        known = style.find(f".//{qn('w:numId')}").get(qn("w:val"))
        like = next(each for each in numbering.num_lst if str(each.numId) == known)
        added = numbering.add_num(like.abstractNumId.val)
        added.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(added.numId)

    def _rule(self) -> None:
        """Put a line under the last paragraph."""
        if self._last is not None and self._last.tag == qn("w:p"):
            pen = made("bottom", val="single", sz="10", space="6", color=hexadecimal(self._inks.accent))
            settle(self._last.find(qn("w:pPr")), made("pBdr", pen))

    def _card(self, card: doc.Card) -> None:
        ink = self._inks.tone(card.sign.tone)
        glyph = GLYPHS[Symbol(card.sign.symbol)]
        self._text(CARD, [run(glyph, ink=ink), tab(), run(card.title)], kept=True)
        about: list[BaseOxmlElement] = []
        for rank, words in enumerate(card.about):
            about += [run(" · ")] if rank else []
            about.append(run(words.text, strong=words.strong))
        self._text(LOOKS[Look.UNDER], about, kept=True)

    def _picture(self, picture: doc.Picture) -> None:
        file = io.BytesIO(picture.file) if isinstance(picture.file, bytes) else picture.file
        self._image(file, picture.alt, picture.room, kept=bool(picture.caption))
        if picture.caption:
            self._text(LOOKS[Look.QUIET], [run(picture.caption)])

    def _chart(self, chart: doc.Chart) -> None:
        drawing = draw(chart.chart, WIDTH, self._inks)
        picture = io.BytesIO(png(drawing, round(WIDTH * _SHARP), self._inks))
        self._image(picture, described(chart.chart), (WIDTH, drawing.height))

    def _image(
        self, file: str | IO[bytes], alt: str, room: tuple[float, float], *, kept: bool = False
    ) -> None:
        """Add a picture as large as its room lets it be, with what is said instead of it."""
        said = paragraph(LOOKS[Look.TEXT], [], kept=kept)
        self._put(said)
        shape = Paragraph(said, self._document._body).add_run().add_picture(file)  # noqa: SLF001 - no other parent
        share = min(Pt(room[0]) / shape.width, Pt(room[1]) / shape.height)
        shape.width, shape.height = round(shape.width * share), round(shape.height * share)
        shape._inline.docPr.set("descr", clean(alt))  # noqa: SLF001 - no public way to an alternative text
