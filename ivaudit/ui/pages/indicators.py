"""Indicateurs: what one structure counts month after month, drawn and told beside."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRect, Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHeaderView, QSplitter, QWidget

from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import InvalidValue
from ivaudit.ui import french, theme
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.controls import Combo, button, called, column_in, label, row, say, scrolling
from ivaudit.ui.indicators.choices import Listed, Span, listed, spans
from ivaudit.ui.indicators.export_bar import ExportBar
from ivaudit.ui.indicators.grid_model import COMPUTED, SIGNAL, GridModel
from ivaudit.ui.indicators.panel import IndicatorPanel
from ivaudit.ui.indicators.spread_view import SpreadView
from ivaudit.ui.page import Page, Said
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.indicator_sources import Computations
    from ivaudit.app.indicators import Written
    from ivaudit.app.session import Session
    from ivaudit.domain.indicator_model import IndicatorReport

    Known = tuple[str, Computations]
    Found = tuple[IndicatorReport, Known]

_NO_STRUCTURE = (
    "Aucune structure pour l'instant : un indicateur se suit dans une structure (page Structures)."
)
_NONE_LISTED = "Aucun indicateur dans ce choix."
_HELP = (
    f"Tapez « 12/340 » (numérateur / dénominateur) dans une case. {COMPUTED} calculé par ivaudit · "
    f"{SIGNAL} signal · «\u00a0·\u00a0»\u00a0pas de relevé attendu ce mois-là."
)
_ONE_SIDE_UNDER = 960
_TITLES, _MONTH = 220, 76
_WRAP = int(Qt.TextFlag.TextWordWrap)
_WRITTEN = ("reading:", "target:", "occurrence:")
_COUNTED = ("row:", "campaign:", "action:", "anomaly:")
"""Kinds of entities that were written here, and those that this program counts."""


Places = tuple[tuple[str, str], ...]


def _places(session: "Session") -> Places:
    from ivaudit.app import facilities  # noqa: PLC0415 - on the writer's thread

    return tuple((each.id, each.name) for each in facilities.all_of(session))


def _read(facility: str, span: Span, known: "Known | None", session: "Session") -> "Found":
    from ivaudit.app import indicators  # noqa: PLC0415 - on the writer's thread

    if known is None or known[0] != facility:
        known = facility, indicators.computations(session, facility)
    found = indicators.report(session, facility, last=span.last, months=span.months, counted=known[1])
    return found, known


def _write(facility: str, cells: "list[Written]", session: "Session") -> Changes:
    from ivaudit.app import indicators  # noqa: PLC0415 - on the writer's thread

    return indicators.write(session, facility, cells)


def _keep(facility: str, indicator: str, month: str, session: "Session") -> Changes:
    from ivaudit.app import indicators  # noqa: PLC0415 - on the writer's thread

    return indicators.keep(session, facility, indicator, month)


def _aim(facility: str, indicator: str, text: str, session: "Session") -> Changes:
    from ivaudit.app import indicators  # noqa: PLC0415 - on the writer's thread

    return indicators.aim(session, facility, indicator, text)


def _note_event(facility: str, indicator: str, day: str, there: bool, session: "Session") -> Changes:
    from ivaudit.app import indicators  # noqa: PLC0415 - on the writer's thread

    return indicators.note_event(session, facility, indicator, day, there=there)


def _undo(facility: str, session: "Session") -> Changes:
    from ivaudit.app import indicators  # noqa: PLC0415 - on the writer's thread

    return indicators.undo(session, facility)


def _redo(facility: str, session: "Session") -> Changes:
    from ivaudit.app import indicators  # noqa: PLC0415 - on the writer's thread

    return indicators.redo(session, facility)


class IndicatorsPage(Page):
    """Indicators by months on the left, the current one on the right; `tools` has room for other buttons."""

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__("indicators", "Indicateurs", writer, parent)
        self.report: IndicatorReport | None = None
        self._wanted = ""
        self._counted: Known | None = None
        self.facility = Combo("indicators_facility", "Structure")
        self.facility.setMinimumContentsLength(20)
        self.span = Combo("indicators_span", "Période")
        self.listed = Combo("indicators_listed", "Indicateurs listés")
        self.listed.setMinimumContentsLength(18)
        self.only = button("Voir l'indicateur", "indicators_only", "", "Voir l'indicateur au lieu du tableau")
        self.only.setCheckable(True)
        self.exports = ExportBar(writer, self._chosen)
        self.insi = button("Suivi INSi…", "indicators_insi", "", "Suivi de l'usage d'INSi")
        self.tools = called(Flow(), "indicators_tools", "Choix et gestes")
        self.none = label("", "indicators_none", "muted")
        self.help = label(_HELP, "indicators_help", "muted")
        self.model = GridModel(self)
        self.grid = SpreadView("indicators_grid", "Indicateurs par mois")
        self.grid.setModel(self.model)
        self.panel = IndicatorPanel()
        self.left = QWidget()
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        title = label("Indicateurs", "indicators_title", "title", wrap=False)
        self.column.addLayout(row(title, None, self.insi))
        for part in (self.facility, self.span, self.listed, self.only, self.exports.export):
            self.tools.add(part)
        self.column.addWidget(self.tools)
        self.column.addWidget(self.exports)
        self.column.addWidget(self.none)
        for each in Listed:
            self.listed.addItem(each.value)
        self.left.setObjectName("indicators_left")
        inside = column_in(self.left)
        inside.addWidget(self.help)
        inside.addWidget(self.grid, 1)
        self.side = scrolling(self.panel, "indicators_scroll", "Indicateur")
        self.split.setObjectName("indicators_split")
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(theme.Space.SMALL)
        self.split.addWidget(self.left)
        self.split.addWidget(self.side)
        self.split.setStretchFactor(0, 1)
        self.split.setSizes([590, 530])
        self.column.addWidget(self.split, 1)
        self._dress()

    def _connect(self) -> None:
        self.facility.activated.connect(self._on_chosen)
        self.span.activated.connect(self._on_chosen)
        self.listed.activated.connect(self._show)
        self.grid.moved.connect(self._show_current)
        self.model.typed.connect(self._on_filled)
        self.grid.filled.connect(self._on_filled)
        self.model.modelReset.connect(self._dress)
        self.only.toggled.connect(self._fit)
        self.insi.clicked.connect(self._on_insi)
        self.panel.write_wanted.connect(self._on_write)
        self.panel.keep_wanted.connect(self._on_keep)
        self.panel.target_wanted.connect(self._on_target)
        self.panel.event_wanted.connect(self._on_event)
        self.panel.refused.connect(self._on_refused)
        self.panel.said.connect(self._on_said)
        theme.notice().changed.connect(self._dress)
        theme.notice().changed.connect(self._fit)
        for keys, slot in (("Ctrl+Z", self._on_undo), ("Ctrl+Y", self._on_redo)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    # -- being shown

    def enter(self, about: object = None) -> None:
        """Read again; `about` is the id of a structure."""
        self._wanted = str(about or "") or self._place()
        self._counted = None
        now = self.span.currentIndex()
        self.span.clear()
        for span in spans(self._now()):
            self.span.addItem(span.title, span)
        self.span.setCurrentIndex(max(0, now))
        self.writer.submit(_places, done=self._on_places, failed=self.on_known_error)

    def refresh(self, changes: Changes) -> None:
        """Read again what a gesture changed, if it is seen."""
        if not self.isVisible():
            return
        if changes.facilities:
            self.enter()
        elif any(name.startswith(_COUNTED) for name in changes.entities):
            self._counted = None
            self._read()
        elif any(name.startswith(_WRITTEN) for name in changes.entities):
            self._read()

    @Slot()
    def _on_insi(self) -> None:
        self.asked.emit("insi", None)

    def settle(self) -> None:
        """Hand over what is being typed."""
        self.grid.settle()
        self.panel.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the table and the indicator in turn where there is little room."""
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        narrow = self.width() < _ONE_SIDE_UNDER * theme.current().scale
        alone = narrow and self.only.isChecked()
        self.only.setVisible(narrow)
        self.left.setVisible(not alone)
        self.side.setVisible(bool(self.model.views) and (alone or not narrow))

    @Slot()
    def _dress(self) -> None:
        look = theme.current()
        head, side = self.grid.horizontalHeader(), self.grid.verticalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.grid.share(look.px(_MONTH))
        side.setFixedWidth(min(look.px(_TITLES), max(self.width() // 3, look.px(_MONTH))))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        side.setDefaultAlignment(Qt.AlignmentFlag(left.value | _WRAP))
        room = QRect(0, 0, side.width() - 2 * theme.Space.MEDIUM, 10_000)
        for at in range(self.model.rowCount()):
            title = str(self.model.headerData(at, Qt.Orientation.Vertical))
            high = self.grid.fontMetrics().boundingRect(room, _WRAP, title).height() + theme.Space.SMALL
            self.grid.setRowHeight(at, max(theme.TARGET, high))

    def _now(self) -> str:
        return french.today()[:7]

    def _chosen(self) -> tuple[str, str, int]:
        span = self._span()
        return self._place(), span.last, span.months

    def _span(self) -> Span:
        found = self.span.currentData()
        return found if isinstance(found, Span) else spans(self._now())[0]

    @Slot(object)
    def _on_places(self, places: Places) -> None:
        self.facility.clear()
        for key, name in places:
            self.facility.addItem(name, key)
        self.facility.setCurrentIndex(max(0, self.facility.findData(self._wanted)))
        say(self.none, "" if places else _NO_STRUCTURE)
        for part in (self.tools, self.split):
            part.setVisible(bool(places))
        if places:
            self._read()
            self.grid.setFocus()

    @Slot()
    def _on_chosen(self) -> None:
        self.settle()
        self._counted = None
        self.exports.bar.clear()
        self._read()

    def _read(self) -> None:
        work = partial(_read, self._place(), self._span(), self._counted)
        if self._place():
            self.writer.submit(work, done=self._on_read, failed=self.on_known_error)

    @Slot(object)
    def _on_read(self, found: "Found") -> None:
        self.report, self._counted = found
        self._show()

    @Slot()
    def _show(self) -> None:
        """List the indicators of the choice, at the same one as before."""
        if self.report is None:
            return
        here = self.grid.currentIndex()
        now = self.panel.view.indicator.id if self.panel.view else ""
        views = listed(self.report.views, Listed(self.listed.currentText()))
        self.model.show_views(views, self.report.months, self._now())
        say(self.none, "" if views else _NONE_LISTED)
        self._fit()
        if views and not self.grid.currentIndex().isValid():
            column = here.column() if here.isValid() else self._latest()
            self.grid.go_to(max(0, self.model.place_of(now)), column)
        self._show_current()

    def _latest(self) -> int:
        months = [each for each in self.model.months if each <= self._now()]
        return max(0, len(months) - 1)

    @Slot()
    def _show_current(self) -> None:
        index = self.grid.currentIndex()
        if self.report is None or not index.isValid() or index.row() >= len(self.model.views):
            return
        view = self.model.views[index.row()]
        self.panel.show_view(view, self.model.months, self._now(), self.report.active_file)

    # -- gestures

    @Slot(QModelIndex, object)
    def _on_filled(self, start: QModelIndex, rows: list[list[str]]) -> None:
        try:
            cells = self.model.cells(start, rows)
        except InvalidValue as error:
            self._on_refused(error.sentence)
            return
        self._on_write(cells)

    @Slot(object)
    def _on_write(self, cells: "list[Written]") -> None:
        if cells:
            self._submit(partial(_write, self._place(), cells))

    @Slot(str, str)
    def _on_keep(self, indicator: str, month: str) -> None:
        self._submit(partial(_keep, self._place(), indicator, month))

    @Slot(str, str)
    def _on_target(self, indicator: str, text: str) -> None:
        self._submit(partial(_aim, self._place(), indicator, text))

    @Slot(str, str, bool)
    def _on_event(self, indicator: str, day: str, there: bool) -> None:
        self._submit(partial(_note_event, self._place(), indicator, day, there))

    @Slot()
    def _on_undo(self) -> None:
        self._submit(partial(_undo, self._place()))

    @Slot()
    def _on_redo(self) -> None:
        self._submit(partial(_redo, self._place()))

    def _place(self) -> str:
        return str(self.facility.currentData() or "")

    def _submit(self, work: Callable[["Session"], object]) -> None:
        if self._place():
            self.writer.submit(work, failed=self.on_known_error)

    @Slot(str)
    def _on_refused(self, sentence: str) -> None:
        self.said.emit(Said(sentence=sentence, error=True))

    @Slot(str)
    def _on_said(self, sentence: str) -> None:
        self.said.emit(Said(sentence=sentence))
