"""The register in figures: one count at a time, as a chart and as a table, over a period."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ivaudit.domain import clock
from ivaudit.domain.anomalies import EntryLine
from ivaudit.domain.batch_delays import Delays
from ivaudit.domain.charts import CountChart, described
from ivaudit.domain.criticality import a_year_before
from ivaudit.domain.errors import KnownError
from ivaudit.domain.progress import Progress
from ivaudit.domain.register_stats import Counted, Statistics, Tally, statistics
from ivaudit.domain.register_terms import RegisterTerms
from ivaudit.ui import french, theme
from ivaudit.ui.audit.drawn import Drawn
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.chart_copy import ChartCopy
from ivaudit.ui.controls import Combo, button, called, card, column_in, label, say, scrolling
from ivaudit.ui.job import Job
from ivaudit.ui.table import Column, Table
from ivaudit.ui.theme import Space

_READING = "Calcul des chiffres…"
_EMPTY = "Aucune anomalie sur cette période : rien à dessiner."
_BESIDE_FROM = 900


class Period(StrEnum):
    """Which discoveries are counted."""

    YEAR = "Douze derniers mois"
    THIS_YEAR = "Cette année"
    LAST_YEAR = "L'année dernière"
    ALL = "Toute la durée"


class Charts(QWidget):
    """`left()` to go back to the list, `said(sentence)` once a picture is copied."""

    left = Signal()
    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "register_charts", "Graphiques du registre")
        self._lines: Sequence[EntryLine] = ()
        self._terms: RegisterTerms | None = None
        self._batches: Delays = {}
        self._found: Statistics | None = None
        self._job: Job | None = None
        self._stale = False
        self.back = button("‹ Liste", "charts_back", "quiet", "Revenir à la liste (Échap)")
        self.tally = Combo("charts_tally", "Compter")
        self.period = Combo("charts_period", "Période")
        for each in Period:
            self.period.addItem(each.value, each)
        self.tally.setMinimumContentsLength(28)
        self.period.setMinimumContentsLength(20)
        self.copy = button("Copier le graphique", "charts_copy", "", "Copier le graphique comme une image")
        self.copying = ChartCopy(self.copy, "Ctrl+C")
        self.figures = label("", "charts_figures")
        self.note = label("", "charts_note", "muted")
        self.chart = Drawn("charts_drawing", "Graphique")
        self.table = Table("charts_table", "Chiffres du graphique", _COLUMNS, flat=True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = column_in(self, spacing=Space.SMALL)
        tools = called(Flow(spacing=Space.SMALL), "charts_tools", "Ce qui est compté")
        for part in (self.back, self.tally, self.period, self.copy):
            tools.add(part)
        column.addWidget(tools)
        column.addWidget(self.figures)
        column.addWidget(self.note)
        frame, inside = card("charts_card")
        inside.addWidget(self.chart)
        inside.addStretch(1)
        self._split = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._split.setSpacing(Space.SMALL)
        inner = QWidget()
        column_in(inner).addWidget(frame)
        self._area = scrolling(inner, "charts_scroll", "Graphique")
        self._split.addWidget(self._area, 3)
        self._split.addWidget(self.table, 2)
        column.addLayout(self._split, 1)

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.tally.activated.connect(self._show)
        self.period.activated.connect(self._count)
        self.copying.said.connect(self.said)
        theme.notice().changed.connect(self._show)

    def show_lines(
        self, lines: Sequence[EntryLine], terms: RegisterTerms, about: str, batches: Delays
    ) -> None:
        """Count lines; `about` says which they are, `batches` the delays that batches declare."""
        self._lines, self._terms, self._about, self._batches = tuple(lines), terms, about, batches
        self._count()

    def first_focus(self) -> QWidget:
        """Return what one most likely wants in it."""
        return self.tally

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list on Échap."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the table under the chart where there is little room."""
        super().resizeEvent(event)
        beside = event.size().width() >= _BESIDE_FROM * theme.current().scale
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._split.setDirection(way)

    # -- counting, beside the window

    @Slot()
    def _count(self) -> None:
        if self._terms is None:
            return
        if self._job is not None and self._job.running:
            self._stale = True
            return
        say(self.note, _READING)
        self._stale = False
        self._job = Job(self)
        self._job.done.connect(self._on_counted)
        self._job.failed.connect(self._on_failed)
        self._job.start(
            partial(_counted, self._lines, Period(self.period.currentData()), self._terms, self._batches)
        )

    @Slot(object)
    def _on_counted(self, found: Statistics) -> None:
        self._found = found
        self._job = None
        if self._stale:
            self._count()
            return
        now = self.tally.currentData()
        self.tally.clear()
        for each in found.tallies:
            self.tally.addItem(each.title, each.id)
        self.tally.setCurrentIndex(max(0, self.tally.findData(now or "type")))
        say(self.figures, bound(_summary(found)))
        self._show()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        if not isinstance(error, KnownError):
            raise error
        say(self.note, error.sentence)

    # -- showing

    def _current(self) -> Tally | None:
        if self._found is None:
            return None
        key = self.tally.currentData()
        return next((each for each in self._found.tallies if each.id == key), None)

    @Slot()
    def _show(self) -> None:
        tally = self._current()
        if tally is None:
            return
        there = tally.total > 0
        say(self.note, bound(self._about if there else _EMPTY))
        self.copy.setEnabled(there)
        self.table.values.show_values([row for row in tally.rows if row.cases or tally.id == "month"])
        self.table.choose()
        self._area.setVisible(there)
        self.table.setVisible(there)
        if there:
            chart = tally.chart
            self.chart.show_drawing(chart, described(chart), partial(_picture, chart))
        self.copying.show_chart(partial(_picture, tally.chart) if there else None)


def _counted(
    lines: Sequence[EntryLine], period: Period, terms: RegisterTerms, batches: Delays, _progress: Progress
) -> Statistics:
    today = clock.today()
    first, last = bounds(period, today)
    kept = [each for each in lines if first <= each.found <= last]
    return statistics(kept, terms, today.isoformat(), batches)


def bounds(period: Period, today: date) -> tuple[str, str]:
    """Return the first and the last local day of a period, `AAAA-MM-JJ`."""
    match period:
        case Period.YEAR:
            return a_year_before(today).isoformat(), "9999"
        case Period.THIS_YEAR:
            return f"{today.year}-01-01", "9999"
        case Period.LAST_YEAR:
            return f"{today.year - 1}-01-01", f"{today.year - 1}-12-31"
        case Period.ALL:
            return "", "9999"


def _picture(chart: CountChart, width: int, dark: bool) -> bytes:
    from ivaudit.app import register_charts  # noqa: PLC0415 - reportlab takes 0.3 s to import

    return register_charts.chart_png(chart, width=width, dark=dark)


def _summary(found: Statistics) -> str:
    parts = [
        french.count(found.cases, "anomalie", "anomalies"),
        f"{french.number(found.open)} à suivre",
        f"{french.number(found.waiting)} en attente d'un autre" if found.waiting else "",
        f"{french.number(found.late)} en retard" if found.late else "",
        french.count(found.serious, "grave", "graves") if found.serious else "",
        f"{french.count(found.unconfirmed, 'non confirmée', 'non confirmées')}, hors des comptes"
        if found.unconfirmed
        else "",
        f"délai médian {french.count(found.median_days, 'jour', 'jours')}, attentes et lots non compris"
        if found.median_days is not None
        else "",
    ]
    return " · ".join(filter(None, parts))


def _label(counted: Counted) -> str:
    return bound(counted.label)


def _cases(counted: Counted) -> str:
    return french.number(counted.cases)


_COLUMNS = (
    Column(title="Ce qui est compté", text=_label, stretch=True),
    Column(title="Anomalies", text=_cases, key=lambda counted: counted.cases, right=True),
)
