"""One indicator of a structure: how it goes, its readings to fill in, its target, what it means."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QHeaderView, QWidget

from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.indicator_model import IndicatorView, Origin
from ivaudit.ui import french, theme
from ivaudit.ui.audit.compare_block import flowing
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.controls import Combo, Line, button, called, column_in, label, row, say
from ivaudit.ui.indicators.definition import Definition
from ivaudit.ui.indicators.readings_model import ReadingsModel
from ivaudit.ui.indicators.series_block import SeriesBlock
from ivaudit.ui.indicators.spread_view import SpreadView
from ivaudit.ui.theme import Space

_HIGH = 250


class IndicatorPanel(QWidget):
    """What is known of an indicator, to read and to fill in.

    `write_wanted(cells)`, `keep_wanted(indicator, month)`, `target_wanted(indicator, text)`,
    `event_wanted(indicator, day, there)`; `refused(sentence)` where a text is no reading, `said(sentence)`.
    """

    write_wanted = Signal(object)
    keep_wanted = Signal(str, str)
    target_wanted = Signal(str, str)
    event_wanted = Signal(str, str, bool)
    refused = Signal(str)
    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("indicator_panel")
        self.view: IndicatorView | None = None
        self.title = label("", "indicator_title", "heading")
        self.series = SeriesBlock()
        self.model = ReadingsModel(self)
        self.table = SpreadView("indicator_readings", "Relevés de l'indicateur")
        self.table.setModel(self.model)
        self.counted = flowing(label("", "indicator_counted", "muted"))
        self.keep = button("Retenir la valeur calculée", "indicator_keep", "quiet")
        self.target = Line("indicator_target", "Cible de la structure")
        self.aimed = label("Cible", "indicator_target_label", wrap=False)
        self.no_target = flowing(label("", "indicator_no_target", "muted"))
        self.rare = _RareEvents()
        self.definition = Definition()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = column_in(self, Space.SMALL)
        column.addWidget(self.title)
        column.addWidget(self.rare)
        column.addWidget(self.series)
        column.addWidget(label("Relevés", "indicator_readings_title", "strong"))
        column.addWidget(self.table)
        column.addWidget(self.counted)
        column.addLayout(row(self.keep, None))
        self.aimed.setBuddy(self.target)
        column.addLayout(row(self.aimed, self.target, None))
        column.addWidget(self.no_target)
        column.addWidget(self.definition)
        column.addStretch(1)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._fit()

    def _connect(self) -> None:
        self.model.typed.connect(self._on_filled)
        self.table.filled.connect(self._on_filled)
        self.table.moved.connect(self._on_moved)
        self.model.modelReset.connect(self._on_reset)
        self.model.dataChanged.connect(self._on_moved)
        self.keep.clicked.connect(self._on_keep)
        self.target.editingFinished.connect(self._on_target)
        self.series.said.connect(self.said)
        self.rare.noted.connect(self._on_event)
        theme.notice().changed.connect(self._fit)

    def show_view(self, view: IndicatorView, months: Sequence[str], now: str, active_file: str) -> None:
        """Show an indicator.

        Args:
            view: what is known of it.
            months: those of the table of indicators.
            now: the present month.
            active_file: what «file active» means in this structure.
        """
        self.view = view
        indicator = view.indicator
        say(self.title, bound(indicator.title))
        self.series.show_view(view)
        self.rare.setVisible(view.rare is not None)
        if view.rare is not None:
            self.rare.show_days(view)
        self.model.show_view(view, months, now)
        self._show_target(view)
        self.definition.show_indicator(indicator, active_file)
        self._on_moved()

    def settle(self) -> None:
        """Hand over what is being typed."""
        self.table.settle()
        self._on_target()

    def _show_target(self, view: IndicatorView) -> None:
        aims = view.indicator.direction.aims
        for part in (self.aimed, self.target):
            part.setVisible(aims)
        say(self.no_target, "" if aims else "Pas de cible : cet indicateur se lit par sa tendance.")
        side = "au moins" if view.indicator.direction.value.startswith("hausse") else "au plus"
        self.aimed.setText(f"Cible : {side} ({view.indicator.unit})")
        if not self.target.hasFocus():
            self.target.setText(_aimed(view))

    @Slot()
    def _fit(self) -> None:
        look = theme.current()
        self.table.setMinimumHeight(look.px(_HIGH))
        measured = self.table.fontMetrics().horizontalAdvance
        titles = (self.model.headerData(at, Qt.Orientation.Vertical) for at in range(self.model.rowCount()))
        wide = max((measured(str(each)) for each in titles), default=0)
        self.table.verticalHeader().setFixedWidth(wide + 2 * Space.MEDIUM)

    @Slot()
    def _on_reset(self) -> None:
        """Show the latest period, where the next reading goes."""
        self._fit()
        self.table.go_to(self.model.rowCount() - 1, 0)

    @Slot()
    def _on_moved(self) -> None:
        point = self.model.point_at(self.table.currentIndex())
        said = point.explanation if point else ""
        differs = bool(point and point.differs)
        counted = f"Calculé par ivaudit : {said}" if said else ""
        say(self.counted, bound(f"{counted} Le relevé saisi est différent." if differs else counted))
        self.keep.setVisible(bool(point and said and (differs or point.origin is not Origin.TYPED)))

    @Slot(QModelIndex, object)
    def _on_filled(self, start: QModelIndex, rows: list[list[str]]) -> None:
        try:
            cells = self.model.cells(start, rows)
        except InvalidValue as error:
            self.refused.emit(error.sentence)
            return
        if cells:
            self.write_wanted.emit(cells)

    @Slot()
    def _on_keep(self) -> None:
        if self.view is not None:
            month = self.model.month_at(self.table.currentIndex())
            self.keep_wanted.emit(self.view.indicator.id, month)

    @Slot()
    def _on_target(self) -> None:
        view = self.view
        if view is None or not view.indicator.direction.aims:
            return
        if self.target.text().strip() != _aimed(view):
            self.target_wanted.emit(view.indicator.id, self.target.text())

    @Slot(str, bool)
    def _on_event(self, day: str, there: bool) -> None:
        if self.view is not None:
            self.event_wanted.emit(self.view.indicator.id, day, there)


def _aimed(view: IndicatorView) -> str:
    if view.target is None:
        return ""
    return french.number(int(view.target) if view.target.is_integer() else view.target)


class _RareEvents(QWidget):
    """The days of rare events: how long ago, noting one, taking one away; `noted(day, there)`."""

    noted = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rare_events")
        self.since = flowing(label("", "rare_since", "strong"))
        self.day = Line("rare_day", "Date d'un événement, comme 21/11/2026")
        self.day.setPlaceholderText("jj/mm/aaaa")
        self.add = button("Noter cette date", "rare_add")
        self.days = Combo("rare_days", "Dates notées, avec les jours depuis la précédente")
        self.days.setMinimumContentsLength(28)
        self.remove = button("Retirer cette date", "rare_remove", "quiet")
        column = column_in(self)
        column.addWidget(self.since)
        for name, said, parts in (
            ("rare_noting", "Noter un événement", (self.day, self.add)),
            ("rare_known", "Événements notés", (self.days, self.remove)),
        ):
            tools = called(Flow(spacing=Space.SMALL), name, said)
            for part in parts:
                tools.add(part)
            column.addWidget(tools)
        self.add.clicked.connect(self._on_add)
        self.day.returnPressed.connect(self._on_add)
        self.remove.clicked.connect(self._on_remove)

    def show_days(self, view: IndicatorView) -> None:
        """Show the days of an indicator, the latest first."""
        rare = view.rare
        if rare is None:
            return
        say(self.since, bound(rare.said))
        self.days.clear()
        gaps = (None, *rare.intervals)
        for day, gap in reversed(list(zip(rare.days, gaps, strict=False))):
            after = f" – {french.count(gap, 'jour', 'jours')} après" if gap is not None else ""
            self.days.addItem(f"{french.short_date(day)}{after}", day)
        for part in (self.days, self.remove):
            part.setVisible(bool(rare.days))

    @Slot()
    def _on_add(self) -> None:
        found = french.typed_date(self.day.text())
        if found is not None:
            self.day.clear()
        self.noted.emit(found or self.day.text().strip(), True)

    @Slot()
    def _on_remove(self) -> None:
        self.noted.emit(str(self.days.currentData() or ""), False)
