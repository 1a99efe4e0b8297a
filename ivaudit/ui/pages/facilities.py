"""Structures: their list, and the form of the one chosen, each field saved when it is left."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSplitter, QWidget

from ivaudit.domain.audit import Changes, Facility
from ivaudit.domain.checklist import Vocabulary
from ivaudit.domain.directory import Entry
from ivaudit.domain.errors import KnownError
from ivaudit.domain.forms import Form
from ivaudit.ui import french, tab_order, theme
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.controls import Line, button, called, column_in, label, row, say, scrolling
from ivaudit.ui.directory.search import DirectorySearch, Made, make, redo, undo
from ivaudit.ui.form_editor import FormEditor
from ivaudit.ui.page import Page, Said
from ivaudit.ui.table import Column, Table
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable

    from ivaudit.app.session import Session

_STACKED_UNDER = 820


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The structures, and what their form is made of."""

    facilities: tuple[Facility, ...]
    form: Form
    vocabulary: Vocabulary


def _read(session: "Session") -> Known:
    from ivaudit.app import facilities  # noqa: PLC0415 - on the writer's thread

    return Known(
        facilities=facilities.all_of(session),
        form=session.library.form(facilities.FORM),
        vocabulary=session.library.vocabulary(),
    )


def _create(values: dict[str, object], session: "Session") -> tuple[Changes, str]:
    from ivaudit.app import facilities  # noqa: PLC0415 - on the writer's thread

    return facilities.create(session, values)


def _edit(key: str, values: dict[str, object], session: "Session") -> Changes:
    from ivaudit.app import facilities  # noqa: PLC0415 - on the writer's thread

    return facilities.edit(session, key, values)


def _remove(key: str, session: "Session") -> Changes:
    from ivaudit.app import facilities  # noqa: PLC0415 - on the writer's thread

    return facilities.remove(session, key)


def _restore(key: str, session: "Session") -> Changes:
    from ivaudit.app import facilities  # noqa: PLC0415 - on the writer's thread

    return facilities.restore(session, key)


def _name(facility: Facility) -> str:
    return facility.name


def _city(facility: Facility) -> str:
    return facility.city


def _searched(facility: Facility) -> str:
    return f"{facility.name} {facility.city} {facility.finess_ej} {facility.finess_et}"


class FacilitiesPage(Page):
    """List on the left, form on the right; one above the other where there is little room."""

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__("facilities", "Structures", writer, parent)
        self._id = ""
        self._creating = self._in_flight = False
        self._under_way = 0
        self._waiting: dict[str, object] = {}
        self.editor: FormEditor | None = None
        self.new = button("Nouvelle structure", "facilities_new", "primary")
        title = label("Structures", "facilities_title", "title", wrap=False)
        self.campaigns = button(
            "Campagnes…", "facilities_campaigns", "", "Campagnes d'observation de la structure"
        )
        self.register = button(
            "Annuaire FINESS…", "facilities_register", "", "Annuaire FINESS : chercher, importer"
        )
        tools = called(Flow(spacing=theme.Space.SMALL), "facilities_tools", "Structures : gestes")
        for tool in (self.register, self.campaigns, self.new):
            tools.add(tool)
        self.column.addLayout(row(title, None, tools))
        self.split = QSplitter()
        self.split.setObjectName("facilities_split")
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(theme.Space.SMALL)
        self.split.addWidget(self._list_side())
        self.split.addWidget(self._form_side())
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 3)
        self.split.setSizes([300, 700])
        self.column.addWidget(self.split, 1)
        self.new.clicked.connect(self._on_new)
        self.campaigns.clicked.connect(self._on_campaigns)
        self.register.clicked.connect(self._on_register)
        for keys, slot in (("Ctrl+Z", self._on_undo), ("Ctrl+Y", self._on_redo)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(slot)

    def enter(self, about: object = None) -> None:
        """Read again; `about` is the id of a structure to show."""
        if about:
            self._id = str(about)
        self.directory.enter()
        self.writer.submit(_read, done=self._on_read, failed=self.on_known_error)
        self.list.setFocus()

    def refresh(self, changes: Changes) -> None:
        """Read again what a gesture changed, if it is seen."""
        if self.isVisible() and changes.facilities:
            self.writer.submit(_read, done=self._on_read, failed=self.on_known_error)

    def settle(self) -> None:
        """Submit what is typed in the form."""
        if self.editor is not None:
            self.editor.settle()

    @Slot()
    def _on_campaigns(self) -> None:
        self.asked.emit("campaigns", self._id or None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the form under the list where there is little room."""
        super().resizeEvent(event)
        stacked = event.size().width() < _STACKED_UNDER * theme.current().scale
        side = Qt.Orientation.Vertical if stacked else Qt.Orientation.Horizontal
        if side != self.split.orientation():
            self.split.setOrientation(side)
            self.split.setSizes([400, 600] if stacked else [300, 700])

    def _list_side(self) -> QWidget:
        side = QWidget()
        side.setMinimumWidth(240)
        column = column_in(side)
        self.search = Line("facilities_search", "Rechercher une structure")
        self.search.setPlaceholderText("Nom, ville, FINESS")
        self.search.setClearButtonEnabled(True)
        columns = (
            Column(title="Nom", text=_name, stretch=True),
            Column(title="Ville", text=_city, spare=True),
        )
        self.list = Table("facilities_list", "Structures", columns, _searched)
        self.list.setMinimumHeight(120)
        self.note = label("", "facilities_note", "small")
        for part in (self.search, self.list, self.note):
            column.addWidget(part)
        self.search.textChanged.connect(self.list.values.search)
        self.list.current_value.connect(self._on_current)
        self.list.opened.connect(self._on_opened)
        return side

    def _form_side(self) -> QWidget:
        side = QWidget()
        column = column_in(side)
        inner = QWidget()
        self._body = column_in(inner)
        self.hint = label("", "facilities_hint", "muted")
        self.directory = DirectorySearch("facilities", self.writer)
        self.directory.chosen.connect(self._on_entry)
        self.directory.refused.connect(self.on_known_error)
        self._body.addWidget(self.directory)
        self._body.addWidget(self.hint)
        column.addWidget(scrolling(inner, "facilities_scroll", "Fiche de la structure"), 1)
        self.audit = button("Nouvel audit de cette structure", "facilities_audit")
        self.drop = button("Retirer la structure", "facilities_remove", "danger")
        column.addLayout(row(self.audit, None, self.drop))
        self.audit.clicked.connect(self._on_audit)
        self.drop.clicked.connect(self._on_remove)
        return side

    @Slot(object)
    def _on_read(self, known: Known) -> None:
        if self.editor is None:
            self.editor = FormEditor(known.form, known.vocabulary)
            self.editor.field_changed.connect(self._on_field)
            self._body.addWidget(self.editor, 1)
            tab_order.follow(self.editor.last_stop(), (self.audit, self.drop))
        kept = self._id
        blocked = self.list.blockSignals(True)
        self.list.values.show_values(known.facilities)
        ids = [facility.id for facility in self.list.values.rows]
        if not self._creating and ids:
            self.list.choose(ids.index(kept) if kept in ids else 0)
        self.list.blockSignals(blocked)
        total = len(known.facilities)
        say(
            self.note, french.count(total, "structure", "structures") if total else "Aucune structure encore."
        )
        if not self._creating:
            self._show(self.list.value())
        if not total and self.list.hasFocus():
            self._focus_new()

    def _focus_new(self) -> None:
        """Give the keys to what begins a structure: the directory where there is one, else its name."""
        if not self.directory.take_focus() and self.editor is not None:
            self.editor.focus_first()

    def _show(self, facility: Facility | None) -> None:
        """Show a structure, or a blank form for a new one.

        What was read before a field on its way to the disk is not shown over it: another reading follows.
        """
        overtaken = bool(self._under_way) and facility is not None and facility.id == self._id
        self._id = facility.id if facility is not None else ""
        there = facility is not None
        self.audit.setEnabled(there)
        self.drop.setEnabled(there)
        blank = "Commencez par le nom : la fiche est enregistrée champ par champ dès que vous le quittez."
        say(self.hint, "" if there else blank)
        self.directory.offer(on=not there)
        if self.editor is not None and not overtaken:
            self.editor.set_values(facility.values if facility is not None else {})

    @Slot(object)
    def _on_current(self, facility: Facility | None) -> None:
        if facility is None or facility.id == self._id:
            return
        self.settle()
        self._creating = False
        self._waiting.clear()
        self._show(facility)

    @Slot(object)
    def _on_opened(self, _facility: Facility) -> None:
        if self.editor is not None:
            self.editor.focus_first()

    @Slot(str, object)
    def _on_field(self, field: str, value: object) -> None:
        if self._id:
            self._edit({field: value})
            return
        self._waiting[field] = value
        if str(self._waiting.get("name") or "").strip() and not self._in_flight:
            self._in_flight = True
            values, self._waiting = self._waiting, {}
            self.writer.submit(partial(_create, values), done=self._on_created, failed=self._on_not_created)

    def _edit(self, values: dict[str, object]) -> None:
        self._under_way += 1
        work = partial(_edit, self._id, values)
        self.writer.submit(work, done=self._on_edited, failed=self._on_not_edited)

    @Slot(object)
    def _on_edited(self, _changes: Changes) -> None:
        self._under_way -= 1

    def _on_not_edited(self, error: KnownError) -> None:
        self._under_way -= 1
        self.on_known_error(error)
        self.writer.submit(_read, done=self._on_read, failed=self.on_known_error)

    @Slot(object)
    def _on_created(self, result: tuple[Changes, str]) -> None:
        self._in_flight = False
        self._id = result[1]
        self._creating = False
        if self._waiting:
            values, self._waiting = self._waiting, {}
            self._edit(values)
        self.writer.submit(_read, done=self._on_read, failed=self.on_known_error)

    def _on_not_created(self, error: KnownError) -> None:
        self._in_flight = False
        self.on_known_error(error)

    @Slot()
    def _on_new(self) -> None:
        self.settle()
        self._creating = True
        self._waiting.clear()
        self.list.clearSelection()
        self.list.setCurrentIndex(self.list.values.index(-1, -1))
        self._show(None)
        self.directory.clear()
        self._focus_new()

    @Slot()
    def _on_register(self) -> None:
        self.settle()
        self.asked.emit("directory", None)

    @Slot(object)
    def _on_entry(self, entry: Entry) -> None:
        work = partial(make, entry.finess, entry.kind)
        self.writer.submit(work, done=self._on_made, failed=self.on_known_error)

    @Slot(object)
    def _on_made(self, result: tuple[Changes, Made]) -> None:
        self._waiting.clear()
        self._creating = False
        self._id = result[1].facility
        self.directory.clear()
        self.said.emit(result[1].said())
        self.writer.submit(_read, done=self._on_read, failed=self.on_known_error)
        self.list.setFocus()

    @Slot()
    def _on_undo(self) -> None:
        self.writer.submit(undo, failed=self.on_known_error)

    @Slot()
    def _on_redo(self) -> None:
        self.writer.submit(redo, failed=self.on_known_error)

    @Slot()
    def _on_audit(self) -> None:
        self.settle()
        self.asked.emit("new_audit", self._id)

    @Slot()
    def _on_remove(self) -> None:
        back = partial(_restore, self._id)
        done: Callable[[object], None] = partial(self._said_removed, back)
        self.writer.submit(partial(_remove, self._id), done=done, failed=self.on_known_error)

    def _said_removed(self, back: "Callable[[Session], object]", _changes: object) -> None:
        self.said.emit(Said(sentence="La structure est retirée.", back_label="Remettre", back=back))
