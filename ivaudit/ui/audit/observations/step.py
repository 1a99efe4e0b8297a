"""*Observations*: the campaigns of the audit, filled line by line, and what they say together."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QWidget

from ivaudit.app import campaigns, observations
from ivaudit.app.campaigns import CampaignSheet
from ivaudit.app.session import Session
from ivaudit.domain.audit import Changes
from ivaudit.domain.campaign import Campaign
from ivaudit.domain.observation import ObservationGrid, ObservedValue
from ivaudit.domain.proposals import Proposal
from ivaudit.ui import french
from ivaudit.ui.audit.observations.campaign_form import Asked, CampaignForm
from ivaudit.ui.audit.observations.results import Results, summary
from ivaudit.ui.audit.observations.rows_model import ColumnOf, Kind, RowsModel
from ivaudit.ui.audit.observations.rows_view import RowsView
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.controls import Combo, button, column_in, label, row, say
from ivaudit.ui.theme import Space

_EMPTY = (
    "Aucune campagne d'observation dans cet audit. Une campagne, c'est une grille (bracelet, étiquettes, "
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

    def __init__(self, audit: OpenAudit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("observations")
        self.setAccessibleName("Observations")
        self._audit = audit
        self._sheet: CampaignSheet | None = None
        self._wanted = self._wanted_row = ""
        self.campaigns = Combo("observation_campaigns", "Campagne d'observation")
        self.new = button("Nouvelle campagne…", "observation_new")
        self.change = button("Modifier…", "observation_change", "quiet")
        self.remove = button("Supprimer", "observation_remove", "quiet", "Supprimer la campagne")
        self.add = button("Ajouter une ligne", "observation_add")
        self.count = label("", "observation_count", "strong", wrap=False)
        self.empty = label(_EMPTY, "observation_empty", "muted")
        self.question = label("", "observation_question")
        self.model = RowsModel(self)
        self.table = RowsView(self.model)
        self.results = Results(self._number_of)
        self.form = CampaignForm()
        self.stack = QStackedWidget()
        self.stack.setObjectName("observation_stack")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        left = QWidget()
        filling = column_in(left, spacing=Space.SMALL)
        filling.addLayout(row(self.add, self.count, None))
        filling.addWidget(self.table, 1)
        filling.addWidget(self.question)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setObjectName("observation_split")
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(Space.SMALL)
        self.split.addWidget(left)
        self.split.addWidget(self.results)
        self.split.setSizes([720, 420])
        self.stack.addWidget(self.split)
        self.stack.addWidget(self.form)
        column = column_in(self, spacing=Space.SMALL)
        column.addLayout(row(self.campaigns, self.new, self.change, self.remove, None))
        column.addWidget(self.empty)
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
        self._audit.entities_changed.connect(self._on_entities)

    def enter(self) -> None:
        """Be shown."""
        self._read()

    def settle(self) -> None:
        """Hand over what is being typed."""
        focused = QApplication.focusWidget()
        if focused is not None and self.table.isAncestorOf(focused):
            self.table.setFocus()

    def _number_of(self, criterion: str) -> str:
        found = self._audit.row(criterion)
        return found.point.number if found is not None else ""

    # -- reading

    def _read(self) -> None:
        audit = self._audit.audit_id
        self._audit.writer.submit(lambda session: campaigns.of_audit(session, audit), done=self._on_listed)

    @Slot(object)
    def _on_listed(self, found: tuple[Campaign, ...]) -> None:
        chosen = self._wanted or self.campaigns.currentData()
        self._wanted = ""
        self.campaigns.clear()
        for each in found:
            day = f" — {french.short_date(each.start)}" if each.start else ""
            self.campaigns.addItem(f"{each.title}{day}", each.id)
        self.campaigns.setCurrentIndex(max(0, self.campaigns.findData(chosen)))
        for widget in (self.campaigns, self.change, self.remove):
            widget.setVisible(bool(found))
        self.empty.setVisible(not found and self.stack.currentWidget() is not self.form)
        self.split.setVisible(bool(found))
        self._open()

    def _open(self) -> None:
        key = self.campaigns.currentData()
        if key:
            self._audit.writer.submit(lambda session: _sheet(session, key), done=self._on_sheet)

    @Slot(object)
    def _on_sheet(self, found: tuple[CampaignSheet, tuple[Proposal, ...]]) -> None:
        sheet, proposed = found
        if sheet.campaign.id != self.campaigns.currentData():
            return
        self._sheet = sheet
        self.model.show_sheet(sheet)
        self.results.show_sheet(sheet, proposed)
        say(self.count, summary(sheet.result))
        if self._wanted_row:
            at = next((n for n, each in enumerate(sheet.rows) if each.id == self._wanted_row), None)
            self._wanted_row = ""
            if at is not None:
                self.table.go_to(at)
                self.table.setFocus()

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
        self._audit.do(work, done)

    @Slot()
    def _on_new(self) -> None:
        self._audit.writer.submit(_grids, done=self._on_grids)

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
        self.stack.setCurrentWidget(self.form)
        self.empty.hide()

    @Slot()
    def _on_dropped(self) -> None:
        self.stack.setCurrentWidget(self.split)
        self._read()
        self.new.setFocus()

    @Slot(object)
    def _on_asked(self, asked: Asked) -> None:
        sheet = self._audit.loaded.sheet
        audit, facility = sheet.audit.id, sheet.facility.id
        if self._sheet is not None and not asked.grid:
            known = self._sheet.campaign.id
            self._do(lambda session: _changed(session, known, asked), self._on_made)
        else:
            self._do(lambda session: _created(session, facility, audit, asked), self._on_made)

    @Slot(object)
    def _on_made(self, result: Changes | tuple[Changes, str]) -> None:
        self._wanted = result[1] if isinstance(result, tuple) else ""
        self.stack.setCurrentWidget(self.split)
        self._read()
        self.add.setFocus()

    @Slot()
    def _on_remove(self) -> None:
        key = self.campaigns.currentData()
        if key:
            self._do(lambda session: campaigns.remove(session, key), self._on_made)

    @Slot(int)
    def _on_campaign(self, _at: int) -> None:
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

    @Slot()
    def _on_moved(self) -> None:
        column = self.table.column_of()
        if column is None or column.item is None:
            say(self.question, "")
            return
        item = column.item
        stops = " Un « Non » se traite tout de suite, avant la ligne suivante." if item.stops else ""
        say(self.question, f"{column.title}. {item.question} {item.help}{stops}".strip())


def _sheet(session: Session, key: str) -> tuple[CampaignSheet, tuple[Proposal, ...]]:
    return campaigns.sheet(session, key), campaigns.proposed(session, key)


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
