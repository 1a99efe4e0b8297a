"""Sleep, idleness and pauses, with clocks of our own."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QGuiApplication, QWindow
from pytestqt.qtbot import QtBot

from ivaudit.ui.watch import ASLEEP, JUMP, TICK, Watch

KEY = QEvent.Type.KeyPress


class Clocks:
    """A clock on the wall and a steady one, both set by hand."""

    def __init__(self) -> None:
        self.wall_now = 1000.0
        self.steady_now = 50.0

    def wall(self) -> float:
        return self.wall_now

    def steady(self) -> float:
        return self.steady_now

    def go(self, seconds: float) -> None:
        self.wall_now += seconds
        self.steady_now += seconds


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def watch(clocks: Clocks, qtbot: QtBot) -> Watch:
    del qtbot
    return Watch(clocks.wall, clocks.steady)


def test_time_that_passes_locks_nothing(watch: Watch, clocks: Clocks, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(watch.lock_asked):
        for _ in range(1000):
            clocks.go(TICK)
            watch.tick()


def test_a_machine_that_slept_is_locked_where_the_steady_clock_counts_sleep(
    watch: Watch, clocks: Clocks, qtbot: QtBot
) -> None:
    clocks.go(ASLEEP + 1)
    with qtbot.waitSignal(watch.lock_asked):
        watch.tick()


def test_a_machine_that_slept_is_locked_where_the_steady_clock_stood_still(
    watch: Watch, clocks: Clocks, qtbot: QtBot
) -> None:
    clocks.go(TICK)
    clocks.wall_now += JUMP + 1
    with qtbot.waitSignal(watch.lock_asked):
        watch.tick()
    with qtbot.assertNotEmitted(watch.lock_asked):
        clocks.go(TICK)
        watch.tick()


def test_the_first_key_after_a_sleep_locks_and_goes_no_further(
    watch: Watch, clocks: Clocks, qtbot: QtBot
) -> None:
    watch.start(None)
    assert not watch.eventFilter(QObject(), QEvent(KEY))
    clocks.wall_now += 3600
    with qtbot.waitSignal(watch.lock_asked):
        assert watch.eventFilter(QObject(), QEvent(KEY))
    watch.stop()


@pytest.mark.parametrize("set_by", [-7200, JUMP - 1])
def test_a_clock_that_is_set_changes_nothing_of_idleness(
    watch: Watch, clocks: Clocks, qtbot: QtBot, set_by: float
) -> None:
    watch.lock_after = 1
    with qtbot.assertNotEmitted(watch.lock_asked):
        clocks.go(TICK)
        clocks.wall_now += set_by
        watch.tick()
        for _ in range(60 // TICK - 2):
            clocks.go(TICK)
            watch.tick()
    with qtbot.waitSignal(watch.lock_asked):
        for _ in range(3):
            clocks.go(TICK)
            watch.tick()


def test_idleness_locks_when_it_was_asked_for(watch: Watch, clocks: Clocks, qtbot: QtBot) -> None:
    watch.lock_after = 1
    with qtbot.assertNotEmitted(watch.lock_asked):
        for _ in range(3 * 60 // TICK):
            clocks.go(TICK)
            watch.tick()
            watch.eventFilter(QObject(), QEvent(KEY))
    with qtbot.waitSignal(watch.lock_asked):
        for _ in range(60 // TICK + 1):
            clocks.go(TICK)
            watch.tick()


def test_input_is_held_back_while_paused(watch: Watch) -> None:
    event = QEvent(KEY)
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
        quick.eventFilter(QObject(), QEvent(KEY))
    quick.stop()
    with qtbot.assertNotEmitted(watch.quiet, wait=60):
        watch.eventFilter(QObject(), QEvent(KEY))


def test_keys_in_another_window_of_the_program_are_somebody_there(
    watch: Watch, clocks: Clocks, qtbot: QtBot
) -> None:
    """A debrief that fills the screen for a quarter of an hour is not an empty chair."""
    watch.lock_after = 5
    watch.start(None)
    other = QWindow()
    QGuiApplication.instance().focusWindowChanged.emit(other)  # type: ignore[union-attr]
    with qtbot.assertNotEmitted(watch.lock_asked):
        for _ in range(60):
            for _ in range(6):
                clocks.go(TICK)
                watch.tick()
            QCoreApplication.sendEvent(other, QEvent(KEY))
    watch.stop()
