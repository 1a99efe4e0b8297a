"""Native charts, fed by the cells of their own sheet."""

from math import ceil

from openpyxl.chart import BarChart, RadarChart, Reference, Series
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties

from ivaudit.tables.book import Sheet

RADAR_HEIGHT = 12.0

_SCALE = 100


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
