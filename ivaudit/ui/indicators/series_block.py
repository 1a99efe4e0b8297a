"""The chart of an indicator, with its sentences: limits or why none, signals, what small numbers say."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ivaudit.domain.charts import SeriesChart, described
from ivaudit.domain.indicator_chart import chart_of, intervals_of
from ivaudit.domain.indicator_model import IndicatorView
from ivaudit.domain.tone import Tone
from ivaudit.ui.audit.compare_block import flowing
from ivaudit.ui.audit.drawn import Drawn
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.chart_copy import ChartCopy
from ivaudit.ui.controls import button, column_in, emptied, label, row, say

_ROOM, _POINTS = 452, 350
"""Width on the screen, in logical pixels, and width it is drawn at there."""
_FEW = "Le graphique se dessine à partir de deux relevés."


def _drawn(chart: SeriesChart, width: int, dark: bool) -> bytes:
    from ivaudit.app import indicator_sheets  # noqa: PLC0415 - reportlab takes 0.3 s to import

    return indicator_sheets.chart_png(chart, width=width, dark=dark, points=_POINTS)


def _for_others(chart: SeriesChart, width: int, _dark: bool) -> bytes:
    from ivaudit.app import indicator_sheets  # noqa: PLC0415 - idem

    return indicator_sheets.chart_png(chart, width=width)


class SeriesBlock(QWidget):
    """One indicator drawn and told; `said(sentence)` once its chart is on the clipboard."""

    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("indicator_series")
        self._chart: SeriesChart | None = None
        self.standing = flowing(label("", "indicator_standing", "strong"))
        self.told = QWidget()
        self.told.setObjectName("indicator_signals")
        self._signals = column_in(self.told)
        self.drawing = Drawn("indicator_chart", "Graphique de l'indicateur", room=_ROOM)
        self.copy = button(
            "Copier le graphique", "indicator_copy", "quiet", "Copier le graphique comme une image"
        )
        self.copying = ChartCopy(self.copy)
        self.few = flowing(label(_FEW, "indicator_few", "muted"))
        self.limits = flowing(label("", "indicator_limits", "muted"))
        self.remarks = flowing(label("", "indicator_remarks", "muted"))
        column = column_in(self)
        for part in (self.standing, self.told, self.drawing, self.few):
            column.addWidget(part)
        column.addLayout(row(self.copy, None))
        column.addWidget(self.limits)
        column.addWidget(self.remarks)
        self.copying.said.connect(self.said)

    def show_view(self, view: IndicatorView) -> None:
        """Show an indicator."""
        self._chart = intervals_of(view) or chart_of(view) if view.indicator.rare else chart_of(view)
        remark = view.standing
        say(self.standing, bound(remark.text) if remark else "", remark.tone if remark else Tone.NEUTRAL)
        emptied(self._signals)
        for rank, signal in enumerate(view.signals):
            made = flowing(label("", f"indicator_signal_{rank}"))
            say(made, bound(f"◆ {signal.text}"), signal.tone)
            self._signals.addWidget(made)
        self.told.setVisible(bool(view.signals))
        say(self.limits, bound(view.limits_said))
        say(self.remarks, bound("\n".join(view.remarks)))
        say(self.few, "" if self._chart or not view.points else _FEW)
        self.copy.setVisible(self._chart is not None)
        self.copying.show_chart(partial(_for_others, self._chart) if self._chart is not None else None)
        self.draw()

    def draw(self) -> None:
        """Draw the chart, for the present look of the window."""
        if self._chart is None:
            self.drawing.hide()
            return
        self.drawing.show_drawing(self._chart, described(self._chart), partial(_drawn, self._chart))
