"""The register as it was read, and kept up with what gestures change; only what changed is read again."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from ivaudit.domain.audit import Changes
from ivaudit.domain.batch_delays import Delays
from ivaudit.domain.errors import KnownError
from ivaudit.ui import french
from ivaudit.ui.anomalies import gestures, reading
from ivaudit.ui.anomalies.listing import LineNow, Register
from ivaudit.ui.anomalies.reading import Around
from ivaudit.ui.writer import Writer

_MANY = 200
"""More entries changed at once than this are read again with all the others."""


class RegisterBook(QObject):
    """Reads on the writer's thread.

    `reading()` when everything is about to be read, `loaded()` once it is, `changed(dict)` what some entries
    are now, `around_changed()` what forms need beside an entry, `unread(KnownError)`.
    """

    reading = Signal()
    loaded = Signal()
    changed = Signal(object)
    around_changed = Signal()
    unread = Signal(object)

    def __init__(self, writer: Writer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = writer
        self.register: Register | None = None
        self.around: Around | None = None
        self._under_way = self._stale = self._around_stale = False
        self._ids: set[str] = set()

    def note(self, changes: Changes) -> None:
        """Take note of what a gesture changed."""
        kinds = (name.partition(":") for name in changes.entities)
        self._ids |= {key for kind, _, key in kinds if kind == "anomaly"}
        self._around_stale = self._around_stale or bool(changes.facilities or changes.audits)
        self._stale = self._stale or changes.workspace  # which circuits apply is a setting

    def come_in(self, wanted: str = "") -> None:
        """Read everything the first time and on another day, what changed otherwise.

        Args:
            wanted: id of an entry that must be there.
        """
        if self.register is None or self.register.today != french.today():
            self._stale = True
        elif wanted and wanted not in self.register.by_id:
            self._ids.add(wanted)
        self.catch_up()

    def catch_up(self) -> None:
        """Read what changed."""
        if self._under_way:
            return
        if self._stale or len(self._ids) > _MANY:
            self._read()
            return
        if self._around_stale:
            self._around_stale = False
            self._writer.submit(reading.read_around, done=self._on_around, failed=self._on_unread)
        if self._ids:
            work = partial(reading.read_changed, tuple(sorted(self._ids)))
            self._ids.clear()
            self._writer.submit(work, done=self._on_changed, failed=self._on_unread)

    def ask_batches(self, then: Callable[[Delays], None]) -> None:
        """Read the delays that batches declare, for the charts."""
        self._writer.submit(gestures.batch_delays, done=then, failed=self._on_unread)

    def _read(self) -> None:
        self._under_way, self._stale, self._around_stale = True, False, False
        self._ids.clear()
        self.reading.emit()
        self._writer.submit(reading.read, done=self._on_read, failed=self._on_unread)

    @Slot(object)
    def _on_read(self, result: tuple[Register, Around]) -> None:
        self._under_way = False
        self.register, self.around = result
        self.loaded.emit()
        self.catch_up()

    @Slot(object)
    def _on_changed(self, changed: dict[str, LineNow | None]) -> None:
        self.changed.emit(changed)

    @Slot(object)
    def _on_around(self, around: Around) -> None:
        self.around = around
        if self.register is not None:
            self.register.names = around.names
        self.around_changed.emit()

    def _on_unread(self, error: KnownError) -> None:
        self._under_way = False
        self.unread.emit(error)
