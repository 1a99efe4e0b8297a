"""Month after month: a chart, the same in a table, and how a fall is to be read."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ivaudit.domain.insi_evolution import READING, UNIQUE, Evolution, MonthPoint, described
from ivaudit.domain.months import said as month_said
from ivaudit.ui.audit.drawn import Drawn
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.chart_copy import ChartCopy
from ivaudit.ui.controls import button, column_in, label, row
from ivaudit.ui.insi.words import NBSP, figure
from ivaudit.ui.table import Column, Table
from ivaudit.ui.theme import Space


class EvolutionView(QWidget):
    """The chart follows its figures; words say the same. `said(sentence)` once it is copied as a picture."""

    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("insi_evolution")
        self.reading = label(bound(READING), "insi_reading")
        self.unique = label(bound(UNIQUE), "insi_unique", "muted")
        self.chart = Drawn("insi_chart", "Sollicitations par mois")
        self.table = Table("insi_months", "Mois par mois", _COLUMNS, flat=True)
        self.table.setMinimumHeight(180)
        self.copy = button(
            "Copier le graphique", "insi_chart_copy", "", "Copier le graphique comme une image"
        )
        self.copying = ChartCopy(self.copy, "Ctrl+C")
        self.copying.said.connect(self.said)
        keys = QShortcut(QKeySequence.StandardKey.Copy, self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.copying.copy)
        column = column_in(self, spacing=Space.SMALL)
        column.addWidget(self.reading)
        column.addWidget(self.chart)
        column.addLayout(row(self.copy, None))
        column.addWidget(self.unique)
        column.addWidget(self.table, 1)

    def show_evolution(self, evolution: Evolution) -> None:
        """Show the months, the latest first in the table."""
        self.table.values.show_values(tuple(reversed(evolution.months)))
        drawn = partial(_drawn, evolution) if len(evolution.months) > 1 else None
        if drawn is not None:
            self.chart.show_drawing(evolution, described(evolution), drawn)
        else:
            self.chart.hide()  # one month is no evolution
        self.copy.setVisible(drawn is not None)
        self.copying.show_chart(drawn)


def _drawn(evolution: Evolution, width: int, dark: bool) -> bytes:
    from ivaudit.app import insi  # noqa: PLC0415 - reportlab takes 0.3 s to import

    return insi.chart_png(evolution, width=width, dark=dark)


def _received(point: MonthPoint) -> str:
    if not point.received:
        return "non reçu"
    return "les deux fichiers" if point.whole else f"un seul ({next(iter(point.received)).value})"


def _called(point: MonthPoint) -> str:
    if not point.received:
        return "—"
    via = f" + {point.via} sous un autre FINESS" if point.via else ""
    return f"{point.called}{via}" + (f" sur {point.expected}" if point.expected is not None else "")


def _share(point: MonthPoint) -> str:
    return "—" if point.percent is None else f"{point.percent}{NBSP}%"


_COLUMNS = (
    Column(title="Mois", text=lambda point: month_said(point.month), key=lambda point: point.month),
    Column(title="Fichiers", text=_received, stretch=True),
    Column(title="Ont appelé", text=_called, key=lambda point: point.called),
    Column(title="Part", text=_share, key=lambda point: point.percent or 0, right=True),
    Column(
        title="Récupération",
        text=lambda point: figure(point.retrievals if point.received else None),
        key=lambda point: point.retrievals,
        right=True,
        spare=True,
    ),
    Column(
        title="Vérification",
        text=lambda point: figure(point.checks if point.received else None),
        key=lambda point: point.checks,
        right=True,
        spare=True,
    ),
)
