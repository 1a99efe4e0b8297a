"""Native charts of counts, fed by the cells of their own sheet."""

from typing import Any

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties

_WIDTH = 17.0
_ROW = 0.53
_UPRIGHT = 8.0


def count_chart(
    sheet: Any, title: str, first: int, last: int, anchor: str, accent: str, *, upright: bool
) -> int:  # noqa: ANN401, PLR0913 - a sheet of openpyxl, its place and its look
    """Add bars of counts, and return how many rows of the usual height they cover.

    Args:
        sheet: where the figures are; labels in column A, counts in column B.
        title: of the chart.
        first: first row of figures.
        last: last row.
        anchor: cell of the upper left corner.
        accent: colour of the bars, six hexadecimal figures.
        upright: columns side by side, for months, rather than bars one under the other.
    """
    chart = BarChart()
    chart.type = "col" if upright else "bar"
    chart.gapWidth = 40
    chart.title = title
    chart.legend = None
    chart.width = _WIDTH
    chart.height = _UPRIGHT if upright else max(5.0, 0.8 * (last - first + 1) + 2.4)
    series = Series(Reference(sheet, min_col=2, min_row=first, max_row=last), title=title)
    series.graphicalProperties = GraphicalProperties(solidFill=accent)
    series.graphicalProperties.line.solidFill = accent
    chart.series.append(series)
    chart.set_categories(Reference(sheet, min_col=1, min_row=first, max_row=last))
    chart.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    chart.y_axis.scaling.min = 0
    chart.y_axis.numFmt, chart.y_axis.majorGridlines = "0", None
    if not upright:
        chart.x_axis.scaling.orientation = "maxMin"
        chart.y_axis.crosses = "max"
        chart.x_axis.tickLblSkip = 1
    chart.x_axis.txPr = chart.y_axis.txPr = _small()
    chart.x_axis.delete = chart.y_axis.delete = False
    sheet.add_chart(chart, anchor)
    return int(chart.height / _ROW) + 2


def _small() -> RichText:
    words = ParagraphProperties(defRPr=CharacterProperties(sz=800))
    return RichText(p=[Paragraph(pPr=words, endParaRPr=CharacterProperties(sz=800))])
