"""The window: the gates before the workspace, the desk once it is open, and how one leaves."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QSessionManager, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget
from shiboken6 import isValid

from ivaudit.app import places
from ivaudit.domain.errors import KnownError
from ivaudit.ui import preferences, theme
from ivaudit.ui.start.gate import Threshold
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.session import Session
    from ivaudit.app.settings import Settings
    from ivaudit.ui.desk import Desk
    from ivaudit.ui.start.cover import Cover
    from ivaudit.ui.watch import Watch

_OURS = (
    "Une erreur inattendue est survenue : elle vient de nous. Rien de ce qui était enregistré n'a changé. "
    "Vous pouvez réessayer ; le détail est gardé dans le journal technique."
)
_AGAIN = "Fermez encore une fois pour quitter sans ce qui a été refusé."
_PATIENCE = 3.0
"""Seconds that quitting or the end of a session may wait for the disk before saying so."""


def _settings(session: "Session") -> "Settings":
    from ivaudit.app.settings import get  # noqa: PLC0415 - on the writer's thread

    return get(session)


def _rest(session: "Session") -> None:
    from ivaudit.app.workspaces import rest  # noqa: PLC0415 - on the writer's thread

    rest(session)


class MainWindow(QMainWindow):
    """Gates or desk, over one writer; settles and drains before it locks or closes."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("window")
        self.setWindowTitle("ivaudit")
        self.folder = folder
        self.desk: Desk | None = None
        self.gate: Threshold | None = None
        self.cover: Cover | None = None
        self._focused: QWidget | None = None
        self._resume: tuple[str, object] = ("home", None)
        self._once_drained: Callable[[], object] | None = None
        self._warned = self._rested = False
        self._lock_after = 0
        self.stack = QStackedWidget()
        self.stack.setObjectName("window_stack")
        self.setCentralWidget(self.stack)
        self.watch: Watch | None = None
        self.writer = self._new_writer()
        self._shortcut("Ctrl+L", self.lock)
        self._shortcut("Ctrl+Q", self.close)
        self._restore_geometry()
        self.show_gate("unlock" if places.exists(folder) else "first_start")

    @Slot(str, object)
    def show_gate(self, name: str, about: object = None) -> None:
        """Show what stands before the workspace."""
        if name == "folder" and isinstance(about, Path):
            self.folder, name = about, "unlock"
        if name == "restore" and isinstance(about, Path):
            self.folder = about
        if name == "left":
            self._close_writer()
            name = "unlock"
        gate = self._made_gate(name, about)
        gate.asked.connect(self.show_gate)
        gate.opened.connect(self._on_opened)
        old, self.gate = self.gate, gate
        self.stack.addWidget(gate)
        self.stack.setCurrentWidget(gate)
        if old is not None:
            self.stack.removeWidget(old)
            old.deleteLater()
        first = gate.first_focus()
        if first is not None:
            first.setFocus()
        self.setWindowTitle("ivaudit" if gate.title == "ivaudit" else f"{gate.title} — ivaudit")

    @Slot()
    def lock(self) -> None:
        """Hide everything at once; then settle, drain, close the workspace and ask for the passphrase again.

        While the disk is late or refuses, the workspace stays open behind the cover: nothing typed is lost.
        """
        if self.desk is None or self.cover is not None:
            return
        self._hide_desk()
        self._lock_when_settled()

    def _lock_when_settled(self) -> None:
        if self.desk is None or self.cover is None:
            return
        before = self.desk.failures
        self.desk.settle()
        if not self.writer.drain(_PATIENCE):
            self.cover.wait()
            self._once_drained = self._lock_when_settled
        elif self.desk.failures > before:
            self.cover.refused(self.desk.bar.sentence.text())
        else:
            self._close_workspace()

    def _hide_desk(self) -> None:
        from ivaudit.ui.start.cover import Cover  # noqa: PLC0415 - imported when shown

        self._focused = self.focusWidget()
        self.cover = Cover(self.writer)
        self.cover.returned.connect(self._show_again)
        self.cover.left.connect(self._close_workspace)
        self.stack.addWidget(self.cover)
        self.stack.setCurrentWidget(self.cover)
        self.setWindowTitle("ivaudit")
        for over in QApplication.topLevelWidgets():  # a page that is hidden does not hide its own windows
            if over.isVisible() and _belongs(over, self):
                over.close()
        self.cover.repaint()  # now: what comes next may hold the window

    def _drop_cover(self) -> None:
        cover, self.cover = self.cover, None
        if cover is not None:
            self.stack.removeWidget(cover)
            cover.deleteLater()

    @Slot()
    def _show_again(self) -> None:
        self._drop_cover()
        if self.desk is not None:
            self.stack.setCurrentWidget(self.desk)
            self.desk.say_title()
        if self._focused is not None and isValid(self._focused):
            self._focused.setFocus()

    @Slot()
    def _close_workspace(self) -> None:
        if self.desk is None:
            return
        self._resume = self.desk.here
        self._leave_desk()
        self._close_writer()
        self.show_gate("unlock")
        self._drop_cover()

    def _close_writer(self) -> None:
        self.writer.close()
        self.writer.deleteLater()
        self.writer = self._new_writer()

    @Slot(QSessionManager)
    def on_session_end(self, _manager: QSessionManager) -> None:
        """Settle and drain before the machine stops: there is little time and nobody to ask."""
        if self.desk is not None:
            self.desk.settle()
        self.writer.drain(_PATIENCE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Ctrl+1…8 to the rail, whatever the layout of the keyboard."""
        from ivaudit.ui.digit_keys import digit_of  # noqa: PLC0415 - after the first paint

        if (
            self.desk is not None
            and self.cover is None
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            digit = digit_of(event)
            if digit is not None and self.desk.go_rank(digit):
                return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave only once everything is on disk, or say why not."""
        if self.desk is not None and not self._settled(self.close):
            event.ignore()
            return
        preferences.keep(geometry=bytes(self.saveGeometry().data()))
        self._stop_watch()
        if (typing := self.focusWidget()) is not None:
            typing.clearFocus()  # now: a text that was refused is handed over again when it loses the keys
        self.writer.close()
        event.accept()

    def _settled(self, again: Callable[[], object]) -> bool:
        """Settle and drain; tell whether it is safe to leave.

        A disk that does not answer is said, and `again` is called once it did; a failure is shown, once.
        """
        if self.desk is None:
            return True
        before = self.desk.failures
        self.desk.settle()
        if not self.writer.drain(_PATIENCE):
            self._once_drained = again
            self.desk.bar.on_stalled()
            return False
        if self.desk.failures > before and not self._warned:
            self._warned = True
            self.desk.bar.add(_AGAIN)
            return False
        self._warned = False
        return True

    def _made_gate(self, name: str, about: object) -> Threshold:  # noqa: PLR0911 - one gate a name
        match name:
            case "first_start":
                from ivaudit.ui.start.first_start import FirstStart  # noqa: PLC0415 - imported when shown

                return FirstStart(self.folder, self.writer)
            case "recovery":
                from ivaudit.ui.start.recovery import Recovery  # noqa: PLC0415 - idem

                return Recovery(self.folder, self.writer)
            case "restore":
                from ivaudit.ui.start.restore import Restore  # noqa: PLC0415 - idem

                return Restore(self.folder, self.writer)
            case "recovery_sheet":
                from ivaudit.ui.start.recovery_sheet import RecoverySheet  # noqa: PLC0415 - idem

                return RecoverySheet(str(about), self.writer)
            case "begin":
                from ivaudit.ui.start.recovery_sheet import Begin  # noqa: PLC0415 - idem

                return Begin(self.writer)
            case "library":
                from ivaudit.ui.start.open_library import OpenLibrary  # noqa: PLC0415 - idem

                return OpenLibrary(self.writer, "unlock" if places.exists(self.folder) else "first_start")
            case _:
                from ivaudit.ui.start.unlock import Unlock  # noqa: PLC0415 - idem

                return Unlock(self.folder, self.writer)

    @Slot(object)
    def _on_opened(self, result: object) -> None:
        """Go on once a gate let through: the recovery sheet after a creation, the desk otherwise."""
        if isinstance(result, tuple):
            _session, code = result
            self.folder = getattr(self.gate, "folder", self.folder)
            self.show_gate("recovery_sheet" if code else "begin", code)
            return
        self.writer.submit(_settings, done=self._on_settings, failed=self._on_not_read)

    @Slot(object)
    def _on_settings(self, settings: "Settings") -> None:
        self.apply_settings(settings)
        self._show_desk(settings.author)

    def _on_not_read(self, error: KnownError) -> None:
        if self.gate is not None:
            self.gate.refuse(error)

    def apply_settings(self, settings: "Settings") -> None:
        """Take what the settings say of the window, and keep it for the next start."""
        kept = preferences.Preferences(theme=settings.theme, text_scale=settings.text_scale)
        preferences.keep(theme=kept.theme, text_scale=kept.text_scale)
        self._lock_after = settings.lock_after
        if self.watch is not None:
            self.watch.lock_after = settings.lock_after
        application = QApplication.instance()
        if isinstance(application, QApplication):
            theme.apply(application, kept.text_scale / 100, kept.dark)
        if self.desk is not None:
            self.desk.rail.show_author(settings.author)

    def _show_desk(self, author: str) -> None:
        from ivaudit.ui.desk import Desk  # noqa: PLC0415 - after the first paint

        self.desk = Desk(self.writer)
        self.desk.title_changed.connect(self._on_title)
        self.desk.lock_asked.connect(self.lock)
        self.desk.restore_asked.connect(self._on_restore_asked)
        self.writer.changed.connect(self._on_changed)
        self.desk.rail.show_author(author)
        self.stack.addWidget(self.desk)
        self.stack.setCurrentWidget(self.desk)
        if self.gate is not None:
            self.stack.removeWidget(self.gate)
            self.gate.deleteLater()
            self.gate = None
        self._start_watch()
        self.desk.go(*self._resume)
        self.desk.keeper.start()

    def _start_watch(self) -> None:
        from ivaudit.ui.watch import Watch  # noqa: PLC0415 - after the first paint

        self.watch = Watch(parent=self)
        self.watch.lock_asked.connect(self.lock)
        self.watch.quiet.connect(self._on_quiet)
        self.watch.lock_after = self._lock_after
        self.writer.paused.connect(self.watch.pause)
        self.watch.start(self.windowHandle())

    def _stop_watch(self) -> None:
        if self.watch is not None:
            self.watch.stop()
            self.watch.deleteLater()
            self.watch = None

    def _leave_desk(self) -> None:
        self._stop_watch()
        if self.desk is not None:
            self.stack.removeWidget(self.desk)
            self.desk.deleteLater()
            self.desk = None

    def _new_writer(self) -> Writer:
        writer = Writer(self)
        writer.drained.connect(self._on_drained)
        writer.failed.connect(self._on_failed)
        return writer

    def _shortcut(self, keys: str, slot: object) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(slot)

    def _restore_geometry(self) -> None:
        kept = preferences.read().geometry
        if not (kept and self.restoreGeometry(kept)):
            room = self.screen().availableSize()
            self.resize(min(1280, room.width()), min(800, room.height()))
        self.setMinimumSize(640, 480)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        """Say what went wrong while there is no desk to say it; a mistake of ours goes to the log as well."""
        if self.desk is not None or self.gate is None:
            return
        if isinstance(error, KnownError):
            self.gate.refuse(error)
            return
        self.gate.refuse(KnownError(_OURS))
        sys.excepthook(type(error), error, error.__traceback__)

    @Slot()
    def _on_restore_asked(self) -> None:
        self.lock()
        if self.desk is None:
            self._resume = ("home", None)
            self.show_gate("restore")

    @Slot(str)
    def _on_title(self, title: str) -> None:
        self.setWindowTitle(f"{title} — ivaudit")

    @Slot(object)
    def _on_changed(self, changes: object) -> None:
        self._rested = False
        if getattr(changes, "workspace", False):
            self.writer.submit(_settings, done=self.apply_settings)

    @Slot()
    def _on_quiet(self) -> None:
        """Let the workspace do what can wait, once after each change; it is done again at closing anyway.

        Not while something is under way: a backup that reads would hold it, and the answers after it.
        """
        if not self._rested and not self.writer.pending:
            self._rested = True
            self.writer.submit(_rest, failed=_never_mind)

    @Slot()
    def _on_drained(self) -> None:
        again, self._once_drained = self._once_drained, None
        if again is not None:
            again()


def _belongs(widget: QWidget, owner: QWidget) -> bool:
    """Tell whether a widget stands below another, in a window of its own or not."""
    above = widget.parentWidget()
    return above is owner or (above is not None and _belongs(above, owner))


def _never_mind(_error: KnownError) -> None:
    """Say nothing: nothing is lost, and the same disk will refuse the next gesture aloud."""
