"""The writer thread: order, lateness, errors, end; a slow session is held by events, never by a clock."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import DiskFull, WrongPassphrase
from ivaudit.ui.writer import FULL, Writer


class SlowSession:
    """Stands for a session whose disk may be held."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.go.set()
        self.written: list[object] = []
        self.thread = threading.current_thread()
        self.closed = False

    def write(self, value: object) -> Changes:
        assert threading.current_thread() is self.thread
        assert self.go.wait(10)
        self.written.append(value)
        return Changes(done=str(value))

    def close(self) -> None:
        assert threading.current_thread() is self.thread
        self.closed = True


@pytest.fixture
def writer(qapp: QApplication) -> Iterator[Writer]:  # noqa: ARG001 - timers need an application
    writer = Writer()
    yield writer
    writer.close()


@pytest.fixture
def session(writer: Writer, qtbot: QtBot) -> SlowSession:
    opened: list[SlowSession] = []
    writer.open(SlowSession, done=opened.append)
    qtbot.waitUntil(lambda: bool(opened))
    return opened[0]


@pytest.mark.usefixtures("qtbot")
def test_the_session_lives_on_another_thread_and_keeps_the_order(
    writer: Writer, session: SlowSession
) -> None:
    told: list[Changes] = []
    writer.changed.connect(told.append)
    for rank in range(50):
        writer.submit(lambda s, rank=rank: s.write(rank))
    assert writer.drain()
    assert session.thread is not threading.current_thread()
    assert session.written == list(range(50))
    assert [changes.done for changes in told] == [str(rank) for rank in range(50)]


@pytest.mark.usefixtures("session")
def test_results_come_back_on_the_thread_of_the_window(writer: Writer, qtbot: QtBot) -> None:
    threads: list[threading.Thread] = []
    writer.submit(lambda s: s.write(1), done=lambda _: threads.append(threading.current_thread()))
    qtbot.waitUntil(lambda: bool(threads))
    assert threads == [threading.current_thread()]


def test_a_late_commit_is_announced_then_the_end_of_the_wait(
    writer: Writer, session: SlowSession, qtbot: QtBot
) -> None:
    session.go.clear()
    with qtbot.waitSignal(writer.saving) as late:
        writer.submit(lambda s: s.write("lent"))
    assert late.args == [True]
    with qtbot.waitSignal(writer.saving) as back:
        session.go.set()
    assert back.args == [False]
    assert writer.pending == 0


@pytest.mark.usefixtures("session")
def test_a_prompt_commit_says_nothing(writer: Writer, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(writer.saving):
        writer.submit(lambda s: s.write("vite"))
        assert writer.drain()


@pytest.mark.usefixtures("session")
def test_a_tuple_with_changes_is_broadcast_too(writer: Writer, qtbot: QtBot) -> None:
    results: list[object] = []
    with qtbot.waitSignal(writer.changed) as told:
        writer.submit(lambda s: (s.write("créé"), "abc"), done=results.append)
    assert told.args[0].done == "créé"
    assert writer.drain()
    assert results[0][1] == "abc"


def _fail(_session: object) -> None:
    raise DiskFull


@pytest.mark.usefixtures("session")
def test_a_known_error_reaches_its_callback_else_the_signal(writer: Writer, qtbot: QtBot) -> None:
    sentences: list[str] = []
    with qtbot.assertNotEmitted(writer.failed):
        writer.submit(_fail, failed=lambda error: sentences.append(error.sentence))
        assert writer.drain()
    assert sentences == [DiskFull().sentence]
    with qtbot.waitSignal(writer.failed) as told:
        writer.submit(_fail)
    assert isinstance(told.args[0], DiskFull)


def test_a_bug_always_reaches_the_signal(writer: Writer, session: SlowSession, qtbot: QtBot) -> None:
    with qtbot.waitSignal(writer.failed) as told:
        writer.submit(lambda s: s.no_such_thing(), failed=lambda _: None)
    assert isinstance(told.args[0], AttributeError)
    writer.submit(lambda s: s.write("après"))
    assert writer.drain()
    assert session.written == ["après"]


@pytest.mark.usefixtures("qtbot")
def test_an_opening_that_fails_may_be_tried_again(writer: Writer) -> None:
    def refused() -> SlowSession:
        raise WrongPassphrase

    refusals: list[object] = []
    opened: list[object] = []
    writer.open(refused, failed=refusals.append)
    writer.open(lambda: (SlowSession(), "code"), done=opened.append)
    writer.submit(lambda s: s.write("ouvert"))
    assert writer.drain()
    assert isinstance(refusals[0], WrongPassphrase)
    assert opened[0][1] == "code"
    assert opened[0][0].written == ["ouvert"]


@pytest.mark.usefixtures("qtbot")
def test_too_many_waiting_commands_pause_the_input(writer: Writer, session: SlowSession) -> None:
    told: list[bool] = []
    writer.paused.connect(told.append)
    session.go.clear()
    for rank in range(FULL + 1):
        writer.submit(lambda s, rank=rank: s.write(rank))
    assert told == [True]
    session.go.set()
    assert writer.drain()
    assert told == [True, False]
    assert session.written == list(range(FULL + 1))


class Listener(QObject):
    """Stands for a page."""

    def __init__(self, told: list[object]) -> None:
        super().__init__()
        self._told = told

    def on_done(self, result: object) -> None:
        self._told.append(result)


def test_a_page_that_is_gone_is_not_called(writer: Writer, session: SlowSession, qtbot: QtBot) -> None:
    told: list[object] = []
    gone, there = Listener(told), Listener(told)
    session.go.clear()
    writer.submit(lambda s: s.write("perdu"), done=gone.on_done)
    writer.submit(lambda s: s.write("reçu"), done=there.on_done)
    with qtbot.waitSignal(gone.destroyed):
        gone.deleteLater()
    session.go.set()
    assert writer.drain()
    assert session.written == ["perdu", "reçu"]
    assert [changes.done for changes in told] == ["reçu"]


@pytest.mark.usefixtures("qtbot")
def test_draining_gives_up_after_its_time_and_loses_nothing(writer: Writer, session: SlowSession) -> None:
    session.go.clear()
    writer.submit(lambda s: s.write("retenu"))
    assert not writer.drain(timeout=0.01)
    session.go.set()
    assert writer.drain()
    assert session.written == ["retenu"]


@pytest.mark.usefixtures("qtbot")
def test_closing_waits_for_everything_then_closes_the_session(writer: Writer, session: SlowSession) -> None:
    for rank in range(20):
        writer.submit(lambda s, rank=rank: s.write(rank))
    writer.close()
    assert session.written == list(range(20))
    assert session.closed


def test_what_runs_aside_delays_no_gesture_and_the_writer_waits_for_it(
    writer: Writer, session: SlowSession, qtbot: QtBot
) -> None:
    go = threading.Event()
    results: list[object] = []
    with qtbot.assertNotEmitted(writer.saving):
        writer.run_aside(lambda: go.wait(10), done=results.append)
        writer.submit(lambda s: s.write("entre-temps"))
        qtbot.waitUntil(lambda: session.written == ["entre-temps"] and writer.pending == 1)
    with qtbot.assertNotEmitted(writer.drained):
        assert not writer.drain(timeout=0.01)
    go.set()
    with qtbot.waitSignal(writer.drained):
        writer.close()
    assert results == [True]
    assert session.closed


@pytest.mark.usefixtures("session")
def test_what_fails_aside_is_told_like_the_rest(writer: Writer, qtbot: QtBot) -> None:
    sentences: list[str] = []
    writer.run_aside(lambda: _fail(None), failed=lambda error: sentences.append(error.sentence))
    assert writer.drain()
    assert sentences == [DiskFull().sentence]
    with qtbot.waitSignal(writer.failed) as told:
        writer.run_aside(lambda: _fail(None))
    assert isinstance(told.args[0], DiskFull)
