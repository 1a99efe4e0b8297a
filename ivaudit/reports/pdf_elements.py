"""The parts of a report laid out for print, each as flowables that know what they are."""

import io
from collections.abc import Sequence
from itertools import count

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, HRFlowable, Image, Spacer, TableStyle

from ivaudit.domain.charts import described
from ivaudit.reports import document as doc
from ivaudit.reports import fonts
from ivaudit.reports.document import WIDTH, Element, Group, Look
from ivaudit.reports.drawing import draw, gauge
from ivaudit.reports.palette import Inks
from ivaudit.reports.pdf_flowables import Cell, Heading, barred, markup, paragraph, signed, table, together
from ivaudit.reports.pdf_styles import Styles
from ivaudit.reports.structure_flowables import Figure, Paragraph, marked_list, signed_list
from ivaudit.reports.structure_tables import Shape, Table
from ivaudit.reports.symbols import symbol

_SIGN, _CARD_SIGN, _BULLET = 7.6, 8.8, 6.0
_AFTER_GAUGE = 10.0
_BESIDE, _INDENT = 10.0, 14.0


class Elements:
    """Lays out the parts of one report, in its styles and inks."""

    def __init__(self, styles: Styles, inks: Inks) -> None:
        self._styles, self._inks = styles, inks
        self._keys = count()

    def group(self, group: Group) -> list[Flowable]:
        """Return titles and what follows, the first lines of which stay under them."""
        heads = [part for element in group.heads for part in self.flowables(element)]
        body = [part for element in group.body for part in self.flowables(element)]
        return together(heads, body, whole=group.whole)

    def flowables(self, element: Element) -> Sequence[Flowable]:  # noqa: C901, PLR0911, PLR0912 - one part each
        """Return a part of a report as flowables."""
        match element:
            case doc.Title():
                return [self._title(element)]
            case doc.Label():
                return [paragraph(element.text, self._styles.label)]
            case doc.Text():
                return [paragraph(element.text, self._style(element.look), label=element.label)]
            case doc.Callout():
                return [barred(element.text, self._styles.barred, self._inks.accent)]
            case doc.Bullets():
                return self._bullets(element)
            case doc.Rule():
                ink = self._inks.accent
                return [HRFlowable(width="100%", thickness=1.2, color=ink, spaceBefore=4, spaceAfter=8)]
            case doc.Gap():
                return [Spacer(0, element.height)]
            case doc.Picture():
                return self._picture(element)
            case doc.Pictures():
                return self._pictures(element)
            case doc.Chart():
                said = fonts.drawable(described(element.chart))
                return [Figure(draw(element.chart, WIDTH, self._inks), said)]
            case doc.Tiles():
                return [self._tiles(element)]
            case doc.Table():
                return [self._table(element)]
            case doc.Card():
                return self._card(element)

    def _style(self, look: Look) -> ParagraphStyle:
        style: ParagraphStyle = getattr(self._styles, look.value)
        return style

    def _title(self, title: doc.Title) -> Paragraph:
        styles = self._styles
        if title.level == 1:
            return paragraph(title.text, styles.title)
        style = styles.heading if title.level == 2 else styles.subheading  # noqa: PLR2004 - the second level
        return Heading(title.text, style, key=f"titre-{next(self._keys)}", level=title.level - 2)

    def _bullets(self, bullets: doc.Bullets) -> Sequence[Flowable]:
        texts = [markup(text) for text in bullets.texts]
        style = self._styles.point_large if bullets.large else self._styles.point
        if bullets.numbered:
            return marked_list(texts, style)
        return signed_list(texts, style, symbol("plein", self._inks.accent, _BULLET))

    def _picture(self, picture: doc.Picture) -> list[Flowable]:
        width, height = picture.room
        file = io.BytesIO(picture.file) if isinstance(picture.file, bytes) else picture.file
        image = Image(file, width=width, height=height, kind="proportional", hAlign="LEFT")
        shown: list[Flowable] = [Figure(image, fonts.drawable(picture.alt))]
        return [*shown, paragraph(picture.caption, self._styles.quiet)] if picture.caption else shown

    def _pictures(self, shown: doc.Pictures) -> list[Flowable]:
        """Return pictures two by two, each with its words: a table that only places things."""
        flowables: list[Flowable] = []
        for start in range(0, len(shown.pictures), 2):
            pair = [self._picture(each) for each in shown.pictures[start : start + 2]]
            pair = pair if len(pair) > 1 else [pair[0][:1], pair[0][1:]]  # alone, its words stand beside
            look = TableStyle(
                [
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("LEFTPADDING", (0, 0), (-1, -1), 0),
                    ("LEFTPADDING", (0, 0), (0, -1), _INDENT),
                    ("RIGHTPADDING", (0, 0), (-1, -1), _BESIDE),
                    ("TOPPADDING", (0, 0), (-1, -1), 4),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
                ]
            )
            widths = [(WIDTH + _INDENT) / 2, (WIDTH - _INDENT) / 2]
            flowables.append(Table([pair], colWidths=widths, style=look, hAlign="LEFT"))
        return flowables

    def _card(self, card: doc.Card) -> list[Flowable]:
        sign = symbol(card.sign.symbol, self._inks.tone(card.sign.tone), _CARD_SIGN)
        about = " · ".join(
            f"<b>{markup(run.text)}</b>" if run.strong else markup(run.text) for run in card.about
        )
        return [signed(card.title, self._styles.signed, sign), Paragraph(about, self._styles.under_sign)]

    def _table(self, grid: doc.Table) -> Table:
        styles = self._styles
        widths = [column.width for column in grid.columns]
        head = [
            paragraph(column.title, styles.cell_head_right if column.right else styles.cell_head)
            for column in grid.columns
        ]
        lines = [
            [self._cell(cell, width) for cell, width in zip(line, widths, strict=True)] for line in grid.lines
        ]
        return table(
            head if grid.headed else [],
            lines,
            widths,
            self._inks,
            titles=grid.titles,
            named=grid.named,
            room=grid.room,
        )

    def _cell(self, cell: doc.Cell, width: float) -> Cell | Flowable:
        if cell.score is not None:
            return Figure(gauge(cell.score, width - _AFTER_GAUGE, self._inks), f"{cell.score} sur 100")
        if cell.sign is None:
            return Cell(text=cell.text, style=self._style(cell.look), under=cell.under)
        sign = symbol(cell.sign.symbol, self._inks.tone(cell.sign.tone), _SIGN)
        return Cell(text=cell.text, style=self._styles.sign, sign=sign, under=cell.under)

    def _tiles(self, tiles: doc.Tiles) -> Table:
        styles = self._styles
        data = [
            [paragraph(tile.label, styles.cell_head) for tile in tiles.tiles],
            [paragraph(tile.value, styles.tile) for tile in tiles.tiles],
            [paragraph(tile.under, styles.cell_quiet) for tile in tiles.tiles],
        ]
        look = TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("BACKGROUND", (0, 0), (-1, -1), self._inks.soft),
                ("LINEBEFORE", (1, 0), (-1, -1), 3, self._inks.surface),
                ("TOPPADDING", (0, 0), (-1, -1), 1),
                ("TOPPADDING", (0, 0), (-1, 0), 6),
                ("BOTTOMPADDING", (0, 0), (-1, -2), 0),
                ("BOTTOMPADDING", (0, -1), (-1, -1), 6),
                ("LEFTPADDING", (0, 0), (-1, -1), 9),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ]
        )
        widths = [WIDTH / len(tiles.tiles)] * len(tiles.tiles)
        return Table(data, colWidths=widths, style=look, hAlign="LEFT", shape=Shape(heads=1))
