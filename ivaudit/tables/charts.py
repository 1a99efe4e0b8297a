"""Native charts, fed by the cells of their own sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from openpyxl.chart import BarChart, LineChart, RadarChart, Reference, Series
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series as Drawn
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties

from ivaudit.tables.book import Sheet

RADAR_HEIGHT = 12.0
LINES_HEIGHT = 8.0

_SCALE = 100
_GREY = "525C6B"
_THICK, _THIN = 24_000, 12_000
"""Widths of lines, in EMU."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineColumn:
    """A column of figures drawn as a line: with points or not, dashed or not; `rank` is from 1."""

    rank: int
    marked: bool = False
    dashed: bool = False


def add_bars(sheet: Sheet, title: str, *, first: int, last: int, column: int, anchor: str) -> None:
    """Add horizontal bars from 0 to 100.

    Args:
        sheet: where the figures are and the chart goes.
        title: of the chart.
        first: first row of figures; their ranks are in column A, their names in column B.
        last: last row.
        column: rank of the column of figures, from 1.
        anchor: cell of the upper left corner.
    """
    chart = BarChart()
    chart.type = "bar"
    chart.gapWidth = 60
    chart.x_axis.tickLblSkip = 1
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.crosses = "max"
    chart.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    chart.height = bars_height(last - first + 1)
    _feed(chart, sheet, title, (first, last), (2, column))
    sheet.native.add_chart(chart, anchor)


def add_radar(sheet: Sheet, title: str, *, first: int, last: int, column: int, anchor: str) -> None:
    """Add a radar from 0 to 100, its axes named by their ranks; the arguments are those of `add_bars`."""
    chart = RadarChart()
    chart.type = "marker"
    chart.height = RADAR_HEIGHT
    _feed(chart, sheet, title, (first, last), (1, column))
    sheet.native.add_chart(chart, anchor)


def add_lines(
    sheet: Sheet, title: str, *, first: int, last: int, columns: Sequence[LineColumn], anchor: str
) -> None:
    """Add lines over the names in column A; a cell left empty breaks a line.

    Args:
        sheet: where the figures are and the chart goes.
        title: of the chart.
        first: first row of figures; their titles are on the row above.
        last: last row.
        columns: which columns of figures, and how each is drawn.
        anchor: cell of the upper left corner.
    """
    chart = LineChart()
    chart.title, chart.height, chart.width = title, LINES_HEIGHT, 21
    for column in columns:
        figures = Reference(sheet.native, min_col=column.rank, min_row=first - 1, max_row=last)
        chart.series.append(_line(Series(figures, title_from_data=True), column, sheet.accent))
    chart.set_categories(Reference(sheet.native, min_col=1, min_row=first, max_row=last))
    chart.display_blanks = "gap"
    chart.legend = Legend()
    chart.legend.position = "b"
    chart.x_axis.txPr = chart.y_axis.txPr = _small()
    chart.x_axis.delete = chart.y_axis.delete = False
    sheet.native.add_chart(chart, anchor)


def _line(series: Drawn, column: LineColumn, accent: str) -> Drawn:
    """Draw values with points in the accent, landmarks thin and grey, limits dashed."""
    series.smooth = False
    look = series.graphicalProperties.line
    look.solidFill = accent if column.marked else _GREY
    look.width = _THICK if column.marked else _THIN
    look.dashStyle = "dash" if column.dashed else "solid"
    series.marker = Marker(symbol="circle" if column.marked else "none")
    if column.marked:
        series.marker.graphicalProperties = GraphicalProperties(solidFill=accent)
    return series


def _small() -> RichText:
    """Return the look of the words along an axis: small enough to show every one of them."""
    words = ParagraphProperties(defRPr=CharacterProperties(sz=800))
    return RichText(p=[Paragraph(pPr=words, endParaRPr=CharacterProperties(sz=800))])


def bars_height(bars: int) -> float:
    """Return the height of a chart of that many bars, in centimetres."""
    return max(5.0, 0.75 * bars + 2.2)


def rows_under(height: float) -> int:
    """Return how many rows of the usual height a chart covers, one more for air."""
    return ceil(height / 0.53) + 1


def _feed(
    chart: BarChart | RadarChart, sheet: Sheet, title: str, rows: tuple[int, int], columns: tuple[int, int]
) -> None:
    (first, last), (names, figures) = rows, columns
    series = Series(Reference(sheet.native, min_col=figures, min_row=first, max_row=last), title=title)
    series.graphicalProperties = GraphicalProperties(solidFill=sheet.accent)
    series.graphicalProperties.line.solidFill = sheet.accent
    series.smooth = False
    chart.series.append(series)
    chart.set_categories(Reference(sheet.native, min_col=names, min_row=first, max_row=last))
    chart.title = title
    chart.legend = None
    chart.width = 21
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, _SCALE
    chart.y_axis.majorUnit = 25
    chart.x_axis.txPr = chart.y_axis.txPr = _small()
    chart.x_axis.delete = chart.y_axis.delete = False
