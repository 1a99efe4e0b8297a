"""Sleep, idleness and pauses, with a clock of our own."""

import pytest
from PySide6.QtCore import QEvent, QObject
from pytestqt.qtbot import QtBot

from ivaudit.ui.watch import ASLEEP, TICK, Watch


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watch(clock: Clock, qtbot: QtBot) -> Watch:
    del qtbot
    return Watch(clock)


def test_a_machine_that_slept_is_locked(watch: Watch, clock: Clock, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(watch.lock_asked):
        clock.now += TICK
        watch.tick()
    with qtbot.waitSignal(watch.lock_asked):
        clock.now += ASLEEP + 1
        watch.tick()


def test_idleness_locks_when_it_was_asked_for(watch: Watch, clock: Clock, qtbot: QtBot) -> None:
    watch.lock_after = 1
    with qtbot.assertNotEmitted(watch.lock_asked):
        for _ in range(3):
            clock.now += TICK
            watch.eventFilter(QObject(), QEvent(QEvent.Type.KeyPress))
            watch.tick()
    with qtbot.waitSignal(watch.lock_asked):
        for _ in range(3):
            clock.now += TICK
            watch.tick()


def test_input_is_held_back_while_paused(watch: Watch) -> None:
    event = QEvent(QEvent.Type.KeyPress)
    assert not watch.eventFilter(QObject(), event)
    watch.pause(True)
    assert watch.eventFilter(QObject(), event)
    assert not watch.eventFilter(QObject(), QEvent(QEvent.Type.Paint))
    watch.pause(False)
    assert not watch.eventFilter(QObject(), event)


def test_quiet_comes_once_after_the_last_key(
    watch: Watch, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ivaudit.ui.watch.QUIET", 30)
    quick = Watch()
    quick.start(None)
    with qtbot.waitSignal(quick.quiet, timeout=2_000):
        quick.eventFilter(QObject(), QEvent(QEvent.Type.KeyPress))
    quick.stop()
    with qtbot.assertNotEmitted(watch.quiet, wait=60):
        watch.eventFilter(QObject(), QEvent(QEvent.Type.KeyPress))
