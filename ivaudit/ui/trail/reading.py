"""Lines of the journal as they are scrolled to: asked for a piece at a time, in turn with the gestures."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from ivaudit.domain.errors import KnownError
from ivaudit.domain.trail import TrailFilter, TrailLine, TrailPage
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.session import Session
    from ivaudit.app.trail_reading import TrailReader

PAGE = 200


def _begin(wanted: TrailFilter, session: "Session") -> "tuple[TrailReader, TrailPage]":
    from ivaudit.app.trail_reading import TrailReader  # noqa: PLC0415 - on the writer's thread

    reader = TrailReader(session, wanted)
    return reader, reader.next(PAGE)


def _next(reader: "TrailReader", session: "Session") -> "tuple[TrailReader, TrailPage]":
    del session  # the reader has it: it lives on that thread
    return reader, reader.next(PAGE)


class TrailReading(QObject):
    """One reading at a time.

    `began()` before the first lines of a reading, `came(lines, page)` for each piece, `rested(bool)` when a
    page is full (false) or the reading is over (true).
    """

    began = Signal()
    came = Signal(object, object)
    rested = Signal(bool)
    refused = Signal(object)

    def __init__(self, writer: Writer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = writer
        self._reader: TrailReader | None = None
        self._turn = 0
        self._missing = 0
        self._asked = False
        self.over = True

    def start(self, wanted: TrailFilter, *, everything: bool = False) -> None:
        """Read anew, the newest first: a page, or everything there is."""
        self._turn += 1
        self._reader, self.over = None, False
        self._missing = 1 << 40 if everything else PAGE
        self._asked = True
        self.began.emit()
        work = partial(_begin, replace(wanted))
        self._writer.submit(work, done=partial(self._on_read, self._turn), failed=self._on_refused)

    @Slot()
    def more(self) -> None:
        """Read one more page, unless one is being read."""
        if self.over or self._asked or self._reader is None:
            return
        self._missing = PAGE
        self._ask()

    def stop(self) -> None:
        """Read no further; what was read stays."""
        self._turn += 1
        self._asked = False

    def _ask(self) -> None:
        if self._reader is not None:
            self._asked = True
            done = partial(self._on_read, self._turn)
            self._writer.submit(partial(_next, self._reader), done=done, failed=self._on_refused)

    def _on_read(self, turn: int, result: "tuple[TrailReader, TrailPage]") -> None:
        if turn != self._turn:
            return
        self._reader, page = result
        self._asked = False
        self.over = not page.left
        lines: tuple[TrailLine, ...] = page.lines
        self._missing -= len(lines)
        self.came.emit(lines, page)
        if self.over or self._missing <= 0:
            self.rested.emit(self.over)
        else:
            self._ask()

    def _on_refused(self, error: KnownError) -> None:
        self._asked, self.over = False, True
        self.refused.emit(error)
        self.rested.emit(True)
