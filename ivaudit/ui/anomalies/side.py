"""Beside the list: the entry that is chosen, its sheet, or a new one; and the gestures on them."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from ivaudit.domain.anomalies import EntryKind, Reported
from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import KnownError
from ivaudit.ui.anomalies import gestures, reading
from ivaudit.ui.anomalies.columns import Words
from ivaudit.ui.anomalies.detail import PASTE, Detail
from ivaudit.ui.anomalies.guard import Guard
from ivaudit.ui.anomalies.moves import Move
from ivaudit.ui.anomalies.new_entry import NewEntry
from ivaudit.ui.anomalies.reading import Around, Seen, Used
from ivaudit.ui.anomalies.sheet import Sheet
from ivaudit.ui.anomalies.short_entry import ShortEntry
from ivaudit.ui.controls import label, scrolling
from ivaudit.ui.page import Said
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.session import Session

_REST = 40
"""Milliseconds on a line before its entry is read: lines passed over are not."""


class Side(QStackedWidget):
    """What stands beside the list.

    `said(Said)`, `asked(page, about)`; `back_wanted()` gives the keys back to the list; `shown(id)` asks the
    list for an entry; `filled(bool)` tells whether there is something to see.
    """

    said = Signal(object)
    asked = Signal(str, object)
    back_wanted = Signal()
    shown = Signal(str)
    filled = Signal(bool)

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("anomalies_side")
        self._writer = writer
        self._around: Around | None = None
        self._words: Words | None = None
        self._wanted = ""
        self._then = ""
        self.used = Used()
        self._alone = False
        self.guard = Guard(self)
        self.guard.cleared.connect(self._on_cleared)
        self.detail: Detail | None = None
        self.sheet: Sheet | None = None
        self.short: ShortEntry | None = None
        self._areas: dict[QWidget, QScrollArea] = {}
        self._new = NewEntry(writer, self)
        self._new.recorded.connect(self._on_recorded)
        self._new.left.connect(self._on_short_left)
        self._new.opened.connect(self._on_opened)
        self._new.said.connect(self._on_new_said)
        self.nothing = label("", "side_nothing", "muted")
        self.addWidget(self.nothing)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self.read)

    # -- what is shown

    def take(self, around: Around, words: Words) -> None:
        """Take what forms need; what was made with something else is made again."""
        if around == self._around:
            return
        self._around, self._words = around, words
        self.settle()
        for part in (self.detail, self.sheet):
            self._drop(part)
        self.detail = self.sheet = None
        if self._wanted:
            self.read()

    def choose(self, key: str) -> None:
        """Show an entry once one rests on its line; nothing for none."""
        if key == self._wanted and (not key or self._is_shown(key)):
            return
        self._wanted = key
        if key:
            self._rest.start()
        elif not self.writing:
            self.setCurrentWidget(self.nothing)
            self.filled.emit(False)

    @property
    def writing(self) -> bool:
        """Tell whether a new entry or a sheet is open."""
        current = self.currentWidget()
        areas = [self._areas[part] for part in (self.short, self.sheet) if part in self._areas]
        return current in areas

    @property
    def number(self) -> str:
        """Return the number of the entry that is shown, empty when there is none."""
        seen = self.detail.seen if self.detail is not None else None
        return seen.entry.number if seen is not None and seen.entry.id == self._wanted else ""

    @Slot()
    def read(self) -> None:
        """Read the entry that is wanted, again if it is shown."""
        if self._wanted and self._around is not None:
            work = partial(reading.read_entry, self._wanted)
            self._writer.submit(work, done=self._on_read, failed=self._on_refused)

    def settle(self) -> None:
        """Hand over what is typed."""
        if self.sheet is not None:
            self.sheet.settle()
        if self.short is not None:
            self.short.settle()

    def enter(self) -> None:
        """Take the keys."""
        if self.writing and self.short is not None and self.currentWidget() is self._areas.get(self.short):
            self.short.start()
        elif self.detail is not None:
            self.detail.first_focus().setFocus()

    def set_alone(self, alone: bool) -> None:
        """Show the way back to the list where the list is not beside."""
        self._alone = alone
        if self.detail is not None:
            self.detail.back.setVisible(alone)

    # -- a new entry

    def start(self, kind: EntryKind, facility: str = "") -> None:
        """Open the short entry of a form, with what was typed there before."""
        if self._around is None or self._words is None:
            return
        self.settle()
        self._end_short()
        self.short = ShortEntry(kind, self._around, self._words, self.guard, self.used)
        self._put(self.short, "Saisie courte")
        self._new.begin(self.short, facility)
        self.filled.emit(True)
        self.short.start()

    @Slot(str, str, bool)
    def _on_recorded(self, key: str, number: str, complete: bool) -> None:
        self._end_short()
        self._wanted = key
        self._then = "sheet" if complete else "list"
        self.shown.emit(key)
        self.read()
        said = f"{number} est enregistrée. Ctrl+C copie ce numéro : collez-le dans le dossier."
        self.said.emit(Said(sentence=said))

    @Slot()
    def _on_short_left(self) -> None:
        self._end_short()
        self._show_detail()
        self.back_wanted.emit()

    @Slot(str)
    def _on_new_said(self, sentence: str) -> None:
        self.said.emit(Said(sentence=sentence))

    def _end_short(self) -> None:
        self._new.end()
        self._drop(self.short)
        self.short = None

    # -- the entry that is chosen

    @Slot(object)
    def _on_read(self, seen: Seen | None) -> None:
        if seen is None or seen.entry.id != self._wanted or self._around is None or self._words is None:
            return
        detail = self.detail
        if detail is None:  # made in one turn and shown in the next: both together would hold the window
            self._make_detail(self._around, self._words)
            QTimer.singleShot(0, self, partial(self._on_read, seen))
            return
        fresh = detail.seen is None or detail.seen.entry.id != seen.entry.id
        detail.show_seen(seen, self._around.names.get(seen.entry.facility, ""))
        if self.sheet is not None and self.sheet.id == seen.entry.id:
            self.sheet.show_seen(seen)
        if fresh and self.detail in self._areas:
            self._areas[detail].verticalScrollBar().setValue(0)
        then, self._then = self._then, ""
        if then == "sheet":
            self.open_sheet("")
        elif then == "list":
            self._show_detail()
            self.back_wanted.emit()
        elif not self.writing:
            self._show_detail()

    def _make_detail(self, around: Around, words: Words) -> None:
        detail = self.detail = Detail(around, words, self.guard)
        detail.back.setVisible(self._alone)
        detail.copy_wanted.connect(self.copy_number)
        detail.sheet_wanted.connect(self.open_sheet)
        detail.remove_wanted.connect(self.remove)
        detail.back_wanted.connect(self.back_wanted)
        detail.moves.moved.connect(self._on_moved)
        detail.moves.closed.connect(detail.setFocus)
        detail.reports.reported.connect(self._on_reported)
        detail.told.informed.connect(self._on_informed)
        detail.told.confirmed.connect(self._on_confirmed)
        detail.links.opened.connect(self._on_opened)
        detail.links.tied.connect(self._on_tied)
        detail.links.untied.connect(self._on_untied)
        detail.links.birth_wanted.connect(self._on_birth)
        detail.links.audit_wanted.connect(partial(self.asked.emit, "audit"))
        detail.links.action_wanted.connect(partial(self.asked.emit, "actions"))
        detail.links.action_asked.connect(self._on_action_asked)
        self._put(detail, "Saisie choisie")

    def _show_detail(self) -> None:
        if self.detail is not None and self._wanted and self._is_shown(self._wanted):
            self.setCurrentWidget(self._areas[self.detail])
            self.filled.emit(True)
        else:
            self.setCurrentWidget(self.nothing)
            self.filled.emit(False)

    @Slot()
    def copy_number(self) -> None:
        """Copy the number, and say where it goes."""
        if self.number:
            QGuiApplication.clipboard().setText(self.number)
            self.said.emit(Said(sentence=f"{self.number} est copié. {PASTE}"))

    @Slot(str)
    def open_sheet(self, field: str = "") -> None:
        """Open the whole sheet, at a field if one is named."""
        seen = self.detail.seen if self.detail is not None else None
        if seen is None or self._around is None or seen.entry.id != self._wanted:
            return
        if self.sheet is None:
            self.sheet = Sheet(self._around, self.guard)
            self.sheet.used = self.used
            self.sheet.edited.connect(self._on_edited)
            self.sheet.drafted.connect(self._on_drafted)
            self.sheet.left.connect(self._on_sheet_left)
            self._put(self.sheet, "Fiche complète")
        self.sheet.show_seen(seen)
        self.setCurrentWidget(self._areas[self.sheet])
        self.filled.emit(True)
        self.sheet.go_to(field)

    @Slot()
    def remove(self) -> None:
        """Take the entry off the register; the bar puts it back."""
        if self._wanted and self.number:
            key, number = self._wanted, self.number
            done: Callable[[object], None] = partial(self._said_removed, key, number)
            self._writer.submit(partial(gestures.remove, key), done=done, failed=self._on_refused)

    def _said_removed(self, key: str, number: str, _changes: object) -> None:
        back = partial(gestures.restore, key)
        self.said.emit(Said(sentence=f"{number} est retirée du registre.", back_label="Remettre", back=back))
        self.back_wanted.emit()

    @Slot()
    def _on_sheet_left(self) -> None:
        self._show_detail()
        if self.detail is not None:
            self.detail.first_focus().setFocus()

    @Slot(object)
    def _on_moved(self, move: Move) -> None:
        self._do(partial(gestures.move, self._wanted, move), self._on_not_moved, self._on_move_done)

    @Slot(object)
    def _on_move_done(self, changes: Changes) -> None:
        if self.detail is not None:
            self.detail.moves.close_panel()
        self._say_done(changes)

    def _on_not_moved(self, error: KnownError) -> None:
        if self.detail is not None:
            self.detail.moves.show_problem(error.sentence)

    @Slot(object)
    def _on_reported(self, step: Reported) -> None:
        self._do(partial(gestures.report, self._wanted, step), self._on_not_reported)

    def _on_not_reported(self, error: KnownError) -> None:
        if self.detail is not None:
            self.detail.reports.show_problem(error.sentence)

    @Slot(str, str)
    def _on_informed(self, recipient: str, day: str) -> None:
        self._do(partial(gestures.inform, self._wanted, recipient, day))

    @Slot(str, str)
    def _on_confirmed(self, recipient: str, day: str) -> None:
        self._do(partial(gestures.confirm, self._wanted, recipient, day))

    @Slot(str, object)
    def _on_edited(self, key: str, values: Mapping[str, object]) -> None:
        self._do(partial(gestures.write, key, dict(values)), self._on_not_edited)

    def _on_not_edited(self, error: KnownError) -> None:
        if self.sheet is not None:
            self.sheet.show_problem(error.sentence)

    @Slot(str, str, str)
    def _on_drafted(self, key: str, field: str, text: str) -> None:
        self._writer.submit(partial(gestures.keep, key, field, text))

    @Slot(str)
    def _on_opened(self, key: str) -> None:
        self.settle()
        self._end_short()
        self._wanted = key
        self._then = "list"
        self.shown.emit(key)
        self.read()

    @Slot(str)
    def _on_tied(self, other: str) -> None:
        self._do(partial(gestures.link, self._wanted, other))

    @Slot(str)
    def _on_untied(self, other: str) -> None:
        self._do(partial(gestures.unlink, self._wanted, other))

    @Slot(object)
    def _on_birth(self, kind: EntryKind) -> None:
        work = partial(gestures.give_birth, self._wanted, kind)
        self._writer.submit(work, done=self._on_born, failed=self._on_refused)

    @Slot(object)
    def _on_born(self, result: Any) -> None:  # noqa: ANN401 - (Changes, id, number)
        self._on_recorded(result[1], result[2], complete=True)

    @Slot()
    def _on_action_asked(self) -> None:
        self._writer.submit(
            partial(gestures.create_action, self._wanted), done=self._on_action, failed=self._on_refused
        )

    @Slot(object)
    def _on_action(self, result: Any) -> None:  # noqa: ANN401 - (Changes, id of the action)
        self.asked.emit("actions", result[1])

    @Slot(str)
    def _on_cleared(self, text: str) -> None:
        self._writer.submit(partial(gestures.clear, text))

    # -- how

    def _do(
        self,
        work: "Callable[[Session], Changes]",
        failed: Callable[[KnownError], None] | None = None,
        done: Callable[[Changes], None] | None = None,
    ) -> None:
        self._writer.submit(work, done=done or self._say_done, failed=failed or self._on_refused)

    def _say_done(self, changes: Changes) -> None:
        if changes.done:
            self.said.emit(Said(sentence=f"{changes.done}. Ctrl+Z annule."))

    def _on_refused(self, error: KnownError) -> None:
        self.said.emit(Said(sentence=error.sentence, error=True))

    def _is_shown(self, key: str) -> bool:
        seen = self.detail.seen if self.detail is not None else None
        return seen is not None and seen.entry.id == key

    def _put(self, part: QWidget, accessible: str) -> None:
        area = scrolling(part, f"{part.objectName()}_scroll", accessible)
        self._areas[part] = area
        self.addWidget(area)
        self.setCurrentWidget(area)

    def _drop(self, part: QWidget | None) -> None:
        area = self._areas.pop(part, None) if part is not None else None
        if area is not None:
            self.removeWidget(area)
            area.deleteLater()
