"""The one thread that owns the open workspace: gestures go in, in order; what they changed comes back.

Callbacks stay on the side of the window, so that no Qt object is ever held by the thread; `work` must
therefore capture plain values only, never a widget.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

from ivaudit.domain.errors import BugError, KnownError

if TYPE_CHECKING:
    from ivaudit.app.session import Session
    from ivaudit.domain.audit import Changes

LATE = 80
"""A commit not back after that many milliseconds is announced as «Enregistrement…»."""
STALLED = 10_000
"""A commit not back after that many milliseconds deserves a sentence."""
FULL = 200
"""More waiting commands than this pause the input."""


@dataclass(slots=True)
class _Order:
    """What the thread is asked: open with `opening`, else run `work`."""

    ticket: int
    work: Callable[["Session"], object] | None = None
    opening: Callable[[], object] | None = None


@dataclass(slots=True)
class _Result:
    ticket: int
    value: object = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A gesture refused because a text of it looks like an identity.

    `work` is the same gesture once the user says that it is nobody's; `done` and `failed` are for what it
    brings back.
    """

    sentence: str
    work: Callable[["Session"], object]
    done: Callable[[Any], None] | None
    failed: Callable[[KnownError], None] | None


@dataclass(slots=True)
class _Waiting:
    """What the window keeps of a command until it comes back."""

    work: Callable[["Session"], object] | None
    done: Callable[[Any], None] | None
    failed: Callable[[KnownError], None] | None
    since: float = field(default_factory=time.monotonic)
    aside: bool = False


class Writer(QObject):
    """Runs every gesture on the thread that owns the session; order of submission is order of commit.

    Signals, all on the thread of the window: `changed(Changes)`, `failed(KnownError | Exception)` for what
    no callback took, `doubted(Doubt)` after what looks like an identity was refused, `saving(bool)` when a
    commit is late then when all are back, `paused(bool)` when too many wait, `stalled()` when one is very
    late, `drained()` each time nothing waits any more.
    """

    changed = Signal(object)
    failed = Signal(object)
    doubted = Signal(object)
    saving = Signal(bool)
    paused = Signal(bool)
    stalled = Signal()
    drained = Signal()
    _returned = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._orders: SimpleQueue[_Order | None] = SimpleQueue()
        self._results: deque[_Result] = deque()
        self._arrived = threading.Condition()
        self._waiting: dict[int, _Waiting] = {}
        self._tickets = 0
        self._late = self._paused = self._closed = False
        self._late_timer = self._timer(self._on_late)
        self._stalled_timer = self._timer(self.stalled.emit)
        self._returned.connect(self._on_returned, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name="ivaudit-writer", daemon=True)
        self._thread.start()

    @property
    def pending(self) -> int:
        """Return how many commands have not come back yet."""
        return len(self._waiting)

    def open(
        self,
        opening: Callable[[], object],
        *,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[KnownError], None] | None = None,
    ) -> None:
        """Open the session on the thread.

        Args:
            opening: returns a Session, or a tuple that starts with one.
            done: told what `opening` returned, on the thread of the window.
            failed: told why it did not open; another opening may follow.
        """
        self._send(_Order(self._ticket(), opening=opening), done, failed)

    def submit(
        self,
        work: Callable[["Session"], object],
        *,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[KnownError], None] | None = None,
    ) -> None:
        """Run `work(session)` after everything submitted before; never blocks.

        Args:
            work: a use case; a result that is `Changes`, or a tuple with one, is broadcast by `changed`.
            done: told the result, on the thread of the window, unless its widget is gone.
            failed: told a `KnownError`; without it, and for any other error, the signal `failed` is sent.
        """
        self._send(_Order(self._ticket(), work=work), done, failed)

    def run_aside(
        self,
        work: Callable[[], object],
        *,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[KnownError], None] | None = None,
    ) -> None:
        """Run long work on a thread of its own: gestures do not wait behind it, `drain` and `close` do.

        Args:
            work: uses neither a widget nor the connection of the session.
            done: as for `submit`.
            failed: as for `submit`.
        """
        if self._closed:
            raise BugError("writer: closed")
        ticket = self._ticket()
        self._waiting[ticket] = _Waiting(None, done, failed, aside=True)
        thread = threading.Thread(target=self._aside, args=(ticket, work), name="ivaudit-aside", daemon=True)
        thread.start()

    def doubt(
        self,
        error: Exception,
        work: Callable[["Session"], object],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[KnownError], None] | None = None,
    ) -> None:
        """Offer to do a gesture again, vouched for by the user, if it was refused for what looks like a name.

        Args:
            error: why it was refused; nothing is offered for any other reason.
            work: the gesture.
            done: as for `submit`.
            failed: as for `submit`.
        """
        from ivaudit.app.privacy import IdentityFound  # noqa: PLC0415 - after the first paint

        if isinstance(error, IdentityFound):
            again = partial(_vouched, work)
            self.doubted.emit(Doubt(sentence=error.sentence, work=again, done=done, failed=failed))

    def drain(self, timeout: float | None = None) -> bool:
        """Wait until everything submitted is on disk and delivered.

        Args:
            timeout: seconds after which to give up; nothing waits for ever at the end of a session.

        Returns:
            Whether all came back.
        """
        end = None if timeout is None else time.monotonic() + timeout
        while self._waiting:
            left = None if end is None else end - time.monotonic()
            with self._arrived:
                arrived = self._arrived.wait_for(lambda: bool(self._results), left)
            if not arrived:
                return False
            self._on_returned()
        return True

    def close(self) -> None:
        """Drain, close the session on its thread, and end the thread."""
        if self._closed:
            return
        try:
            self.drain()
        finally:
            self._closed = True
            self._orders.put(None)
            self._thread.join()
            self._on_returned()

    def _ticket(self) -> int:
        self._tickets += 1
        return self._tickets

    def _timer(self, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(slot)
        return timer

    def _send(
        self,
        order: _Order,
        done: Callable[[Any], None] | None,
        failed: Callable[[KnownError], None] | None,
    ) -> None:
        if self._closed:
            raise BugError("writer: closed")
        self._waiting[order.ticket] = _Waiting(order.work, done, failed)
        self._orders.put(order)
        self._time()
        self._pause()

    @Slot()
    def _on_returned(self) -> None:
        while self._results:
            result = self._results.popleft()
            waiting = self._waiting.pop(result.ticket, None)
            try:
                self._deliver(result, waiting)
            finally:
                self._time()
                self._pause()

    def _deliver(self, result: _Result, waiting: _Waiting | None) -> None:
        if result.error is not None:
            callback = waiting.failed if waiting is not None else None
            if isinstance(result.error, KnownError) and callback is not None and _alive(callback):
                callback(result.error)
            else:
                self.failed.emit(result.error)
            if waiting is not None and waiting.work is not None:
                self.doubt(result.error, waiting.work, waiting.done, waiting.failed)
            return
        changes = _changes_in(result.value)
        if changes is not None:
            self.changed.emit(changes)
        if waiting is not None and waiting.done is not None and _alive(waiting.done):
            waiting.done(result.value)

    def _time(self) -> None:
        """Aim the timers at the oldest command that is not back; what runs aside is never late."""
        oldest = next((each for each in self._waiting.values() if not each.aside), None)
        if oldest is None:
            self._late_timer.stop()
            self._stalled_timer.stop()
            if self._late:
                self._late = False
                self.saving.emit(False)
            if not self._waiting:
                self.drained.emit()
            return
        age = round((time.monotonic() - oldest.since) * 1000)
        if not self._late:
            self._late_timer.start(max(0, LATE - age))
        self._stalled_timer.start(max(0, STALLED - age))

    @Slot()
    def _on_late(self) -> None:
        if self._waiting and not self._late:
            self._late = True
            self.saving.emit(True)

    def _pause(self) -> None:
        # Half empty before input resumes: no flicker between one command in and one out.
        pause = self.pending > (FULL // 2 if self._paused else FULL)
        if pause != self._paused:
            self._paused = pause
            self.paused.emit(pause)

    def _run(self) -> None:
        """Live on the thread: take orders until told to stop."""
        session: Session | None = None
        while (order := self._orders.get()) is not None:
            result = _Result(order.ticket)
            try:
                if order.opening is not None:
                    result.value = order.opening()
                    session = _session_in(result.value)
                elif session is None or order.work is None:
                    raise BugError("writer: no session")  # noqa: TRY301 - delivered like any other
                else:
                    result.value = order.work(session)
            except Exception as error:  # noqa: BLE001 - delivered, whatever it is
                result.error = error
            self._return(result)
            del order, result
        if session is not None:
            self._end(session)

    def _aside(self, ticket: int, work: Callable[[], object]) -> None:
        """Live on a thread of its own: do one thing."""
        result = _Result(ticket)
        try:
            result.value = work()
        except Exception as error:  # noqa: BLE001 - delivered, whatever it is
            result.error = error
        self._return(result)

    def _end(self, session: "Session") -> None:
        try:
            session.close()
        except Exception as error:  # noqa: BLE001 - delivered, whatever it is
            self._return(_Result(0, error=error))

    def _return(self, result: _Result) -> None:
        with self._arrived:
            self._results.append(result)
            self._arrived.notify_all()
        if isValid(self):
            self._returned.emit()


def _vouched(work: Callable[["Session"], object], session: "Session") -> object:
    """Do a gesture whose texts the user vouches for."""
    before, session.trusting = session.trusting, True
    try:
        return work(session)
    finally:
        session.trusting = before


def _session_in(value: object) -> "Session":
    return cast("Session", value[0] if isinstance(value, tuple) else value)


def _changes_in(value: object) -> "Changes | None":
    from ivaudit.domain.audit import Changes  # noqa: PLC0415 - after the first paint

    parts = value if isinstance(value, tuple) else (value,)
    return next((part for part in parts if isinstance(part, Changes)), None)


def _alive(callback: Callable[..., None]) -> bool:
    """Tell whether the widget a bound method belongs to still exists."""
    while isinstance(callback, partial):
        callback = callback.func
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)
