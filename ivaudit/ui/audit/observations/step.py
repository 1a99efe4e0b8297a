"""*Observations*: the campaigns of the audit, filled line by line, and what they say together."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QWidget

from ivaudit.app import campaign_points, campaigns, observation_sheets, observations
from ivaudit.app.campaigns import CampaignSheet
from ivaudit.app.session import Session
from ivaudit.domain.audit import Changes
from ivaudit.domain.campaign import Campaign
from ivaudit.domain.observation import ObservationGrid, ObservedValue
from ivaudit.domain.observation_sheet import columns_of
from ivaudit.domain.proposals import Proposal
from ivaudit.domain.sheet_comparison import SheetComparison
from ivaudit.ui import french, theme
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.observations.bench import CampaignBench
from ivaudit.ui.audit.observations.campaign_form import Asked, CampaignForm
from ivaudit.ui.audit.observations.results import Results, summary
from ivaudit.ui.audit.observations.rows_model import ColumnOf, Kind, RowsModel
from ivaudit.ui.audit.observations.rows_view import RowsView
from ivaudit.ui.audit.observations.sheet_bar import SheetBar
from ivaudit.ui.controls import Combo, button, called, column_in, label, say, scrolling
from ivaudit.ui.sheet_preview import SheetPreview
from ivaudit.ui.theme import Space

_NARROW, _LOW = 900, 620
_EMPTY = (
    "Aucune campagne d'observation ici. Une campagne, c'est une grille (bracelet, étiquettes, "
    "dossiers…) remplie ligne par ligne : une personne ou un acte par ligne, jamais son identité."
)
_FIELDS = {
    Kind.UNIT: "unit",
    Kind.DATE: "date",
    Kind.TIME: "at",
    Kind.PROFESSIONAL: "professional",
    Kind.REASON: "reason",
}


class Observations(QWidget):
    """The campaigns of the audit. `criterion_wanted(id)` goes to a point of the grid."""

    criterion_wanted = Signal(str)

    def __init__(self, bench: CampaignBench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("observations")
        self.setAccessibleName("Observations")
        self._bench = bench
        self._narrow = self._low = False
        self._sheet: CampaignSheet | None = None
        self._wanted = self._wanted_row = ""
        self.campaigns = Combo("observation_campaigns", "Campagne d'observation")
        self.campaigns.setMinimumContentsLength(28)
        self.new = button("Nouvelle campagne…", "observation_new")
        self.change = button("Modifier…", "observation_change", "quiet")
        self.remove = button("Retirer", "observation_remove", "quiet", "Retirer la campagne")
        self.add = button("Ajouter une ligne", "observation_add")
        self.count = label("", "observation_count", "strong", wrap=False)
        self.empty = label(_EMPTY, "observation_empty", "muted")
        self.question = label("", "observation_question")
        self.model = RowsModel(self)
        self.table = RowsView(self.model)
        self.results = Results(bench.number_of, in_words=bench.in_words)
        self.results_only = button("Résultats", "observation_results_only", "", "Montrer les résultats")
        self.results_only.setCheckable(True)
        self.sheets = SheetBar(bench)
        self.preview = SheetPreview("observation", bench.writer, observation_sheets.BEFORE, self._accepted)
        self.form = CampaignForm()
        self.stack = QStackedWidget()
        self.stack.setObjectName("observation_stack")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.filling = QWidget()
        filling = column_in(self.filling, spacing=Space.SMALL)
        filling.addWidget(self.table, 1)
        filling.addWidget(self.question)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setObjectName("observation_split")
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(Space.SMALL)
        self.split.addWidget(self.filling)
        inside = QWidget()
        column_in(inside).addWidget(self.results)
        self.side = scrolling(inside, "observation_side", "Résultats")
        self.split.addWidget(self.side)
        self.split.setSizes([620, 480])
        self.stack.addWidget(self.split)
        self.form_area = scrolling(self.form, "campaign_scroll", "Campagne d'observation")
        self.stack.addWidget(self.form_area)
        self.stack.addWidget(self.preview)
        self.tools = called(Flow(spacing=Space.SMALL), "observation_tools", "Campagne")
        for tool in (
            self.campaigns,
            self.new,
            self.change,
            self.remove,
            self.sheets.export,
            self.sheets.take,
        ):
            self.tools.add(tool)
        self.lines = called(Flow(spacing=Space.SMALL), "observation_lines", "Lignes")
        for part in (self.add, self.results_only, self.count):
            self.lines.add(part)
        whole = QWidget()
        column_in(self).addWidget(scrolling(whole, "observation_scroll", "Observations"))
        column = column_in(whole, spacing=Space.SMALL)
        for line in (self.tools, self.sheets, self.empty, self.lines):
            column.addWidget(line)
        column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.campaigns.activated.connect(self._on_campaign)
        self.new.clicked.connect(self._on_new)
        self.change.clicked.connect(self._on_change)
        self.remove.clicked.connect(self._on_remove)
        self.add.clicked.connect(self._on_add)
        self.form.wanted.connect(self._on_asked)
        self.form.dropped.connect(self._on_dropped)
        self.table.noted.connect(self._on_noted)
        self.table.row_wanted.connect(self._on_row_wanted)
        self.table.row_removed.connect(self._on_row_removed)
        self.table.moved.connect(self._on_moved)
        self.model.edited.connect(self._on_edited)
        self.results.criterion_wanted.connect(self.criterion_wanted)
        self.results_only.toggled.connect(self._arrange)
        self.sheets.previewed.connect(self._on_previewed)
        self.preview.left.connect(self._on_dropped)
        self.preview.said.connect(self._bench.said)
        self._bench.entities_changed.connect(self._on_entities)
        self._bench.refused.connect(self._on_refused)
        self._bench.writer.failed.connect(self._on_refused)

    def enter(self) -> None:
        """Be shown."""
        self._read()

    def settle(self) -> None:
        """Hand over what is being typed."""
        focused = QApplication.focusWidget()
        if focused is not None and self.table.isAncestorOf(focused):
            self.table.setFocus()

    # -- reading

    def _read(self) -> None:
        self._bench.writer.submit(self._bench.listed, done=self._on_listed)

    @Slot(object)
    def _on_listed(self, found: tuple[Campaign, ...]) -> None:
        chosen = self._wanted or self.campaigns.currentData()
        self._wanted = ""
        self.campaigns.clear()
        for each in found:
            self.campaigns.addItem(self._bench.named(each), each.id)
        self.campaigns.setCurrentIndex(max(0, self.campaigns.findData(chosen)))
        for widget in (self.campaigns, self.change, self.remove):
            widget.setVisible(bool(found))
        if self.stack.currentWidget() is self.split:
            self.empty.setVisible(not found)
            for part in (self.split, self.lines):
                part.setVisible(bool(found))
        self._open()

    def _open(self) -> None:
        key = self.campaigns.currentData()
        self.sheets.show_campaign(str(key or ""))
        if key:
            self._bench.writer.submit(lambda session: _sheet(session, key), done=self._on_sheet)

    @Slot(object)
    def _on_sheet(self, found: tuple[CampaignSheet, tuple[Proposal, ...], dict[str, str]]) -> None:
        sheet, proposed, points = found
        if sheet.campaign.id != self.campaigns.currentData():
            return
        self._sheet, self._bench.points = sheet, points
        self.table.show_sheet(sheet)
        self.results.show_sheet(sheet, proposed)
        say(self.count, summary(sheet.result))
        if self._wanted_row:
            at = next((n for n, each in enumerate(sheet.rows) if each.id == self._wanted_row), None)
            self._wanted_row = ""
            if at is not None:
                self.table.setFocus()
                self.table.arrive(at)

    @Slot(object)
    def _on_entities(self, entities: frozenset[str]) -> None:
        """Read again what a gesture touched, ours or an undo."""
        if not self.isVisible():
            return
        if any(name.startswith("campaign:") for name in entities):
            self._read()
        elif any(name.startswith("row:") for name in entities):
            self._open()

    # -- gestures

    def _do(self, work: Callable[[Session], object], done: Callable[[Any], None] | None = None) -> None:
        self._bench.do(work, done)

    @Slot()
    def _on_new(self) -> None:
        self._bench.writer.submit(_grids, done=self._on_grids)

    @Slot(object)
    def _on_grids(self, grids: tuple[ObservationGrid, ...]) -> None:
        self.form.prepare(grids)
        self._show_form()

    @Slot()
    def _on_change(self) -> None:
        if self._sheet is not None:
            self.form.change(self._sheet)
            self._show_form()

    def _show_form(self) -> None:
        self._cover(self.form_area)

    def _cover(self, other: QWidget) -> None:
        """Show something else in the place of the lines."""
        self.stack.setCurrentWidget(other)
        for part in (self.empty, self.lines, self.tools, self.sheets.bar):
            part.hide()

    def _uncover(self) -> None:
        self.stack.setCurrentWidget(self.split)
        self.tools.show()
        self._read()

    @Slot()
    def _on_dropped(self) -> None:
        self._uncover()
        self.new.setFocus()

    @Slot(object, str)
    def _on_previewed(self, found: SheetComparison, name: str) -> None:
        self._cover(self.preview)
        self.preview.show_comparison(found, name, self._said_of)

    def _said_of(self, field: str, value: str) -> str:
        """Return a value of the sheet in words."""
        columns = columns_of(self._sheet.campaign, self._sheet.grid) if self._sheet is not None else ()
        column = next((each for each in columns if each.field == field), None)
        return column.shown(french.short_date(value)) if column is not None else value

    def _accepted(self, found: SheetComparison, taken: frozenset[str], session: Session) -> Changes:
        key = self._sheet.campaign.id if self._sheet is not None else ""
        return observation_sheets.accept(session, key, found, taken)

    @Slot(object)
    def _on_asked(self, asked: Asked) -> None:
        audit, facility = self._bench.audit, self._bench.facility
        if self._sheet is not None and not asked.grid:
            known = self._sheet.campaign.id
            self._do(lambda session: _changed(session, known, asked), self._on_made)
        else:
            self._do(lambda session: _created(session, facility, audit, asked), self._on_made)

    @Slot(object)
    def _on_made(self, result: Changes | tuple[Changes, str]) -> None:
        self._wanted = result[1] if isinstance(result, tuple) else ""
        self._uncover()
        self.add.setFocus()

    @Slot()
    def _on_remove(self) -> None:
        key = self.campaigns.currentData()
        if key:
            self._do(lambda session: campaigns.remove(session, key), self._on_made)

    @Slot(object)
    def _on_refused(self, _why: object) -> None:
        self.table.forget_keys()

    @Slot(int)
    def _on_campaign(self, _at: int) -> None:
        self.table.forget_keys()
        self._open()

    @Slot()
    def _on_add(self) -> None:
        self._on_row_wanted("")

    @Slot(str)
    def _on_row_wanted(self, like: str) -> None:
        key = self.campaigns.currentData()
        if key:
            self._do(lambda session: observations.add_row(session, key, like=like), self._on_row_added)

    @Slot(object)
    def _on_row_added(self, result: tuple[Changes, str]) -> None:
        self._wanted_row = result[1]

    @Slot(str)
    def _on_row_removed(self, line: str) -> None:
        key = self.campaigns.currentData()
        self._do(lambda session: observations.remove_row(session, key, line))

    @Slot(str, str, object)
    def _on_noted(self, line: str, item: str, value: ObservedValue | None) -> None:
        key = self.campaigns.currentData()
        self._do(lambda session: observations.note(session, key, line, item, value))

    @Slot(str, object, str)
    def _on_edited(self, line: str, column: ColumnOf, text: str) -> None:
        key = self.campaigns.currentData()
        if column.kind is Kind.CONTEXT:
            context = {column.key: text}
            self._do(lambda session: observations.set_row(session, key, line, context=context))
            return
        typed = french.typed_date(text) or text if column.kind is Kind.DATE else text
        fields: dict[str, Any] = {_FIELDS[column.kind]: typed}
        self._do(lambda session: observations.set_row(session, key, line, **fields))

    # -- arrangement

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the results under the lines where there is little width, and in turn where height lacks too."""
        super().resizeEvent(event)
        look = theme.current()
        self._narrow = self.width() < look.px(_NARROW)
        self._low = self.height() < look.px(_LOW)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        in_turn = self._narrow and self._low
        vertical = self._narrow and not in_turn
        self.split.setOrientation(Qt.Orientation.Vertical if vertical else Qt.Orientation.Horizontal)
        self.results_only.setVisible(in_turn)
        self.filling.setVisible(not (in_turn and self.results_only.isChecked()))
        self.side.setVisible(not in_turn or self.results_only.isChecked())

    @Slot()
    def _on_moved(self) -> None:
        column = self.table.column_of()
        if column is None or column.item is None:
            say(self.question, "")
            return
        item = column.item
        stops = " Un « Non » se traite tout de suite, avant la ligne suivante." if item.stops else ""
        say(self.question, f"{column.title}. {item.question} {item.help}{stops}".strip())


def _sheet(session: Session, key: str) -> tuple[CampaignSheet, tuple[Proposal, ...], dict[str, str]]:
    found = campaigns.sheet(session, key)
    proposed = campaigns.proposed_by(session, found)
    criteria = [each.criterion for each in proposed]
    return found, proposed, campaign_points.points(session, found.campaign, criteria)


def _grids(session: Session) -> tuple[ObservationGrid, ...]:
    return session.library.observations()


def _created(session: Session, facility: str, audit: str, asked: Asked) -> tuple[Changes, str]:
    return campaigns.create(
        session,
        facility,
        asked.grid,
        audit=audit,
        title=asked.title,
        start=asked.start,
        end=asked.end,
        units=asked.units,
        observers=asked.observers,
        present=asked.present,
        draw=asked.draw,
    )


def _changed(session: Session, key: str, asked: Asked) -> Changes:
    return campaigns.edit(
        session,
        key,
        title=asked.title or None,
        start=asked.start,
        end=asked.end,
        units=asked.units,
        observers=asked.observers,
        present=asked.present,
        draw=asked.draw,
    )
