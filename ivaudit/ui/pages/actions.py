"""Actions: what was agreed in every audit, followed until it is done and seen to work."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from ivaudit.domain import clock
from ivaudit.domain.actions import Action, Due
from ivaudit.domain.audit import Changes
from ivaudit.domain.sheet_comparison import SheetComparison
from ivaudit.ui import french, theme
from ivaudit.ui.actions.editor import ActionEditor
from ivaudit.ui.actions.plan_bar import PlanBar
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.controls import Combo, Line, button, called, column_in, label, row, say, scrolling
from ivaudit.ui.page import Page, Said
from ivaudit.ui.sheet_preview import SheetPreview
from ivaudit.ui.table import Column, Table
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.session import Session

_EMPTY = (
    "Aucune action. Elles naissent dans un audit (« Constats et actions »), ou ici, à la suite d'une réunion."
)
_ALL = "Toutes"
_OPEN = "À faire et en cours"
_ONE_SIDE_UNDER = 900
BEFORE = "avant l'import de l'avancement des actions"


def _read(session: "Session") -> "tuple[tuple[Action, ...], dict[str, str]]":
    from ivaudit.app import actions, facilities  # noqa: PLC0415 - on the writer's thread

    return actions.all_of(session), {each.id: each.name for each in facilities.all_of(session)}


def _edit(key: str, field: str, text: str, session: "Session") -> Changes:
    from ivaudit.app import actions  # noqa: PLC0415 - on the writer's thread

    return actions.edit(session, key, **{field: text})


def _accept(found: SheetComparison, taken: frozenset[str], session: "Session") -> Changes:
    from ivaudit.app import action_sheets  # noqa: PLC0415 - on the writer's thread

    return action_sheets.accept(session, found, taken)


def _remove(key: str, session: "Session") -> Changes:
    from ivaudit.app import actions  # noqa: PLC0415 - on the writer's thread

    return actions.remove(session, key)


def _create(facility: str, session: "Session") -> tuple[Changes, str]:
    from ivaudit.app import actions  # noqa: PLC0415 - on the writer's thread

    return actions.create(session, facility, "À décrire.")


class ActionsPage(Page):
    """The list of every action, filtered, with the one that is chosen beside it."""

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__("actions", "Actions", writer, parent)
        self._found: tuple[Action, ...] = ()
        self._names: dict[str, str] = {}
        self._wanted = ""
        self.new = button("Nouvelle action", "actions_new", "primary")
        self.column.addLayout(row(label("Actions", "actions_title", "title", wrap=False), None, self.new))
        self.search = Line("actions_search", "Rechercher une action")
        self.search.setPlaceholderText("Rechercher dans les actions  (Ctrl+F)")
        self.search.setClearButtonEnabled(True)
        self.due = Combo("actions_due", "Échéance")
        self.due.addItems([_OPEN, *(each.value.capitalize() for each in Due), _ALL])
        self.facility = Combo("actions_facility", "Structure")
        self.editor_of = Combo("actions_editor", "Éditeur du logiciel")
        self.column.addWidget(self.search)
        filters = called(Flow(), "actions_filters", "Filtres")
        for choice in (self.due, self.facility, self.editor_of):
            filters.add(choice)
        self.column.addWidget(filters)
        self.list = Table("actions_list", "Toutes les actions", self._columns())
        self.note = label("", "actions_note", "muted")
        self.editor = ActionEditor()
        self.plan = PlanBar("actions", writer, lambda: self.list.values.rows)
        self.preview = SheetPreview("actions", writer, BEFORE, _accept)
        self.column.addWidget(self.plan)
        left = QWidget()
        inside = column_in(left)
        inside.addWidget(self.note)
        inside.addWidget(self.list, 1)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setObjectName("actions_split")
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(theme.Space.SMALL)
        self.split.addWidget(left)
        self.side = scrolling(self.editor, "actions_scroll", "Action")
        self.split.addWidget(self.side)
        self.split.setSizes([680, 460])
        self.stack = QStackedWidget()
        self.stack.setObjectName("actions_stack")
        self.stack.addWidget(self.split)
        self.stack.addWidget(self.preview)
        self.column.addWidget(self.stack, 1)
        self._around = (self.search, filters, self.plan)
        self._connect()

    def _connect(self) -> None:
        self.new.clicked.connect(self._on_new)
        self.search.textChanged.connect(self._show)
        for choice in (self.due, self.facility, self.editor_of):
            choice.activated.connect(self._show)
        self.list.current_value.connect(self._on_current)
        self.list.opened.connect(self._on_opened)
        self.editor.changed.connect(self._on_changed)
        self.editor.removed.connect(self._on_removed)
        self.plan.previewed.connect(self._on_previewed)
        self.preview.left.connect(self._on_preview_left)
        self.preview.said.connect(self._on_imported)
        for keys, slot in (
            ("Ctrl+F", self.search.setFocus),
            ("Ctrl+Z", self._on_undo),
            ("Ctrl+Y", self._on_redo),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(title="Échéance", text=_day, key=lambda a: a.due or "9999"),
            Column(title="Action", text=lambda a: a.what, stretch=True),
            Column(title="Structure", text=lambda a: self._names.get(a.facility, ""), spare=True),
            Column(title="Portée par", text=lambda a: a.owner or a.owner_kind.value, spare=True),
            Column(title="Priorité", text=lambda a: a.priority.value.capitalize(), spare=True),
            Column(title="État", text=lambda a: a.state.value.capitalize()),
        )

    def enter(self, about: object = None) -> None:
        """Read again; `about` is the id of an action to show."""
        self._wanted = str(about or "")
        self._on_preview_left()
        self.plan.read_tables()
        self._read()
        self.list.setFocus()

    def refresh(self, changes: Changes) -> None:
        """Read again what a gesture changed, if it is seen."""
        touched = any(name.startswith("action:") for name in changes.entities)
        if self.isVisible() and (touched or changes.facilities):
            self._read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the action under the list where there is little room."""
        super().resizeEvent(event)
        narrow = self.width() < _ONE_SIDE_UNDER * theme.current().scale
        self.split.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)

    def settle(self) -> None:
        """Hand over what is being typed."""
        self.editor.settle()

    def _read(self) -> None:
        self.writer.submit(_read, done=self._on_read, failed=self.on_known_error)

    @Slot(object)
    def _on_read(self, result: tuple[tuple[Action, ...], dict[str, str]]) -> None:
        self._found, self._names = result
        _fill(self.facility, "Toutes les structures", sorted({a.facility for a in self._found}), self._names)
        _fill(self.editor_of, "Tous les éditeurs", sorted({a.editor for a in self._found if a.editor}), {})
        self._show()

    @Slot()
    def _show(self) -> None:
        """List the actions that the filters leave."""
        now = self._wanted or getattr(self.list.value(), "id", "")
        today = clock.today()
        kept = [each for each in self._found if self._kept(each, today)]
        self.list.values.show_values(kept)
        self.list.values.search(self.search.text())
        ids = [each.id for each in self.list.values.rows]
        self.list.choose(ids.index(now) if now in ids else 0)
        self._wanted = ""
        late = sum(each.standing(today) is Due.LATE for each in self._found)
        shown = french.count(len(ids), "action", "actions")
        said = f"{shown} sur {len(self._found)}" + (f" · {late} en retard" if late else "")
        say(self.note, said if self._found else _EMPTY)
        self.new.setEnabled(bool(self._names))
        self.plan.show_amount(len(ids))
        self._on_current(self.list.value())

    def _kept(self, action: Action, today: date) -> bool:
        standing = action.standing(today)
        wanted = self.due.currentText()
        due = wanted == _ALL or (standing is not None if wanted == _OPEN else str(standing) == wanted.lower())
        here = self.facility.currentData() in {None, "", action.facility}
        return due and here and self.editor_of.currentData() in {None, "", action.editor}

    # -- the plan that comes back

    @Slot(object, str)
    def _on_previewed(self, found: SheetComparison, name: str) -> None:
        self.settle()
        for part in self._around:
            part.hide()
        self.stack.setCurrentWidget(self.preview)
        self.preview.show_comparison(found, name)

    @Slot()
    def _on_preview_left(self) -> None:
        for part in self._around:
            part.show()
        self.stack.setCurrentWidget(self.split)
        self.list.setFocus()

    @Slot(str)
    def _on_imported(self, sentence: str) -> None:
        self.said.emit(Said(sentence=sentence))
        self._read()

    @Slot(object)
    def _on_current(self, action: Action | None) -> None:
        self.editor.show_action(action)
        self.side.setVisible(action is not None)

    @Slot(object)
    def _on_opened(self, _action: Action) -> None:
        self.editor.texts["what"].setFocus()

    @Slot()
    def _on_new(self) -> None:
        facility = self.facility.currentData() or next(iter(self._names), "")
        if facility:
            self.writer.submit(partial(_create, facility), done=self._on_created, failed=self.on_known_error)

    @Slot(object)
    def _on_created(self, result: tuple[Changes, str]) -> None:
        self._wanted = result[1]
        self.due.setCurrentIndex(0)
        self._read()
        self.editor.texts["what"].setFocus()
        self.editor.texts["what"].selectAll()

    @Slot(str, str)
    def _on_changed(self, field: str, text: str) -> None:
        if self.editor.action is not None:
            self._submit(partial(_edit, self.editor.action.id, field, text))

    @Slot()
    def _on_removed(self) -> None:
        if self.editor.action is not None:
            self._submit(partial(_remove, self.editor.action.id))

    @Slot()
    def _on_undo(self) -> None:
        from ivaudit.app import actions  # noqa: PLC0415 - the workspace is open by now

        self._submit(actions.undo)

    @Slot()
    def _on_redo(self) -> None:
        from ivaudit.app import actions  # noqa: PLC0415 - idem

        self._submit(actions.redo)

    def _submit(self, work: Any) -> None:  # noqa: ANN401 - a use case of the writer
        self.writer.submit(work, failed=self.on_known_error)


def _fill(choice: Combo, every: str, keys: list[str], names: dict[str, str]) -> None:
    now = choice.currentData()
    choice.clear()
    choice.addItem(every, "")
    for key in keys:
        choice.addItem(names.get(key, key), key)
    choice.setCurrentIndex(max(0, choice.findData(now)))
    choice.setVisible(len(keys) > 1)


def _day(action: Action) -> str:
    shown = french.short_date(action.due) if action.due else "—"
    late = action.standing(clock.today()) is Due.LATE
    return f"{shown} — en retard" if late else shown
