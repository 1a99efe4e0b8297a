"""Native charts, fed by the cells of their own sheet."""

from openpyxl.chart import BarChart, RadarChart, Reference, Series
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties

from ivaudit.tables.book import Sheet

_SCALE = 100


def add_bars(sheet: Sheet, title: str, *, first: int, last: int, column: int, anchor: str) -> None:
    """Add horizontal bars from 0 to 100.

    Args:
        sheet: where the figures are and the chart goes.
        title: of the chart.
        first: first row of figures; their names are in column A.
        last: last row.
        column: rank of the column of figures, from 1.
        anchor: cell of the upper left corner.
    """
    chart = BarChart()
    chart.type = "bar"
    chart.gapWidth = 60
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.crosses = "max"
    chart.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    chart.height = max(6.0, 0.75 * (last - first + 1) + 2.5)
    _feed(chart, sheet, title, (first, last), column)
    sheet.native.add_chart(chart, anchor)


def add_radar(sheet: Sheet, title: str, *, first: int, last: int, column: int, anchor: str) -> None:
    """Add a radar from 0 to 100; the arguments are those of `add_bars`."""
    chart = RadarChart()
    chart.type = "marker"
    chart.height = 11.5
    _feed(chart, sheet, title, (first, last), column)
    sheet.native.add_chart(chart, anchor)


def _feed(chart: BarChart | RadarChart, sheet: Sheet, title: str, rows: tuple[int, int], column: int) -> None:
    first, last = rows
    series = Series(Reference(sheet.native, min_col=column, min_row=first, max_row=last), title=title)
    series.graphicalProperties = GraphicalProperties(solidFill=sheet.accent)
    series.graphicalProperties.line.solidFill = sheet.accent
    chart.series.append(series)
    chart.set_categories(Reference(sheet.native, min_col=1, min_row=first, max_row=last))
    chart.title = title
    chart.legend = None
    chart.width = 17
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, _SCALE
    chart.y_axis.majorUnit = 25
    chart.x_axis.delete = chart.y_axis.delete = False
