"""Files of an exchange read one after the other: opened, looked at, taken in once the user said so."""

import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from ivaudit.app import bundle_import, bundle_opening
from ivaudit.app.bundle_opening import NeedsPassphrase, Opened
from ivaudit.domain.errors import Cancelled, KnownError, WrongPassphrase
from ivaudit.domain.progress import Progress
from ivaudit.ui.backing_up import back_up
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.bundle_taking import BundlePreview
    from ivaudit.app.session import Session
    from ivaudit.domain.audit import Changes

READING = "Lecture de"

Stopped = Callable[[], bool]


def _open(path: Path, passphrase: str, session: "Session") -> Opened:
    return bundle_opening.open_file(session, path, passphrase)


def _preview(
    opened: Opened, progress: Progress, stopped: Stopped, session: "Session"
) -> "BundlePreview | None":
    try:
        return bundle_import.preview(session, opened, progress=progress, cancelled=stopped)
    except Cancelled:
        return None


def _accept(
    opened: Opened, keep_phrase: bool, progress: Progress, stopped: Stopped, session: "Session"
) -> "tuple[Changes, BundlePreview] | None":
    try:
        return bundle_import.accept(
            session, opened, keep_phrase=keep_phrase, progress=progress, cancelled=stopped
        )
    except Cancelled:
        return None


class BundleReader(QObject):
    """Reads files in turn, on the thread of the session.

    `working(str)` tells what goes on, empty when nothing does; `progressed(done, total, label)`;
    `previewed(BundlePreview, Path)`; `passphrase_wanted(str, Path)` with the sentence that asks for it;
    `refused(str)`; `imported(BundlePreview)`; `finished()` once there is no file left.
    """

    working = Signal(str)
    progressed = Signal(int, int, str)
    previewed = Signal(object, object)
    passphrase_wanted = Signal(str, object)
    refused = Signal(str)
    imported = Signal(object)
    finished = Signal()

    def __init__(self, writer: Writer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = writer
        self._waiting: list[Path] = []
        self._opened: Opened | None = None
        self._stop = threading.Event()
        self._keep_phrase = False

    def read(self, paths: Sequence[Path]) -> None:
        """Read files, the first at once, the others each after the one before was taken in or left."""
        self._waiting = list(paths)
        self.go_on()

    @Slot()
    def go_on(self) -> None:
        """Read the next file."""
        self._opened = None
        if self._waiting:
            self.open(self._waiting.pop(0))
        else:
            self.finished.emit()

    def open(self, path: Path, passphrase: str = "") -> None:
        """Open a file, with a passphrase when one was asked for."""
        self._stop.clear()
        self._path = path
        self.working.emit(f"{READING} {path.name}")
        work = partial(_open, path, passphrase)
        self._writer.submit(work, done=self._on_opened, failed=self._on_not_opened)

    def accept(self, *, keep_phrase: bool = False) -> None:
        """Take the file that is shown in, after a backup; keep the passphrase that opened it if told to."""
        self._keep_phrase = keep_phrase
        self.working.emit("Sauvegarde, puis import")
        back_up(self._writer, done=self._on_backed_up, failed=self._on_refused, reason=bundle_import.BEFORE)

    @Slot()
    def stop(self) -> None:
        """Stop what goes on, and read no other file."""
        self._waiting.clear()
        self._stop.set()

    def _tell(self, done: int, total: int, label: str) -> None:
        """Tell how far a file was read, from the thread of the session."""
        self.progressed.emit(done, total, label)

    def _on_opened(self, opened: Opened) -> None:
        self._opened = opened
        work = partial(_preview, opened, self._tell, self._stop.is_set)
        self._writer.submit(work, done=self._on_previewed, failed=self._on_refused)

    def _on_not_opened(self, error: KnownError) -> None:
        self.working.emit("")
        if isinstance(error, NeedsPassphrase | WrongPassphrase):
            self.passphrase_wanted.emit(error.sentence, self._path)
        else:
            self.refused.emit(error.sentence)

    def _on_previewed(self, found: "BundlePreview | None") -> None:
        self.working.emit("")
        if found is None:
            self.refused.emit("Lecture arrêtée : rien n'a été modifié.")
        else:
            self.previewed.emit(found, self._path)

    def _on_backed_up(self, _backups: object) -> None:
        if self._opened is not None:
            work = partial(_accept, self._opened, self._keep_phrase, self._tell, self._stop.is_set)
            self._writer.submit(work, done=self._on_accepted, failed=self._on_refused)

    def _on_accepted(self, result: "tuple[Changes, BundlePreview] | None") -> None:
        self.working.emit("")
        if result is None:
            self.refused.emit("Import arrêté : rien n'a été modifié.")
            return
        self.imported.emit(result[1])
        self.go_on()

    def _on_refused(self, error: KnownError) -> None:
        self.working.emit("")
        self.refused.emit(error.sentence)
