"""Native charts of counts, fed by the cells of their own sheet."""

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties

from ivaudit.tables.streamed import StreamedSheet

_WIDTH = 17.0
_ROW = 0.53
_UPRIGHT = 8.0


def count_chart(
    sheet: StreamedSheet, title: str, rows: tuple[int, int], anchor: str, *, upright: bool
) -> int:
    """Add bars of counts, and return how many rows of the usual height they cover.

    Args:
        sheet: where the figures are; labels in column A, counts in column B.
        title: of the chart.
        rows: first and last row of figures.
        anchor: cell of the upper left corner.
        upright: columns side by side, for months, rather than bars one under the other.
    """
    (first, last), chart = rows, BarChart()
    chart.type = "col" if upright else "bar"
    chart.gapWidth = 40
    chart.title = title
    chart.legend = None
    height = _UPRIGHT if upright else max(5.0, 0.8 * (last - first + 1) + 2.4)
    chart.width, chart.height = _WIDTH, height  # type: ignore[assignment]  # centimetres
    series = Series(Reference(sheet.native, min_col=2, min_row=first, max_row=last), title=title)
    series.graphicalProperties = GraphicalProperties(solidFill=sheet.accent)
    series.graphicalProperties.line.solidFill = sheet.accent
    chart.series.append(series)
    chart.set_categories(Reference(sheet.native, min_col=1, min_row=first, max_row=last))
    chart.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    chart.y_axis.scaling.min = 0
    chart.y_axis.numFmt, chart.y_axis.majorGridlines = "0", None
    if not upright:
        chart.x_axis.scaling.orientation = "maxMin"
        chart.y_axis.crosses = "max"
        chart.x_axis.tickLblSkip = 1
    chart.x_axis.txPr = chart.y_axis.txPr = _small()
    chart.x_axis.delete = chart.y_axis.delete = False
    sheet.native.add_chart(chart, anchor)
    return int(height / _ROW) + 2


def _small() -> RichText:
    words = ParagraphProperties(defRPr=CharacterProperties(sz=800))
    return RichText(p=[Paragraph(pPr=words, endParaRPr=CharacterProperties(sz=800))])
