"""The page of the register at 100,000 entries: opened, searched, filtered, sorted; what the window waits."""

import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import grown
from measure import Row, absolute, seconds
from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication
from register_rows import ENTRIES, declared

from ivaudit.app import anomalies, anomaly_import, workspaces
from ivaudit.app.session import Session
from ivaudit.domain.register_views import View
from ivaudit.ui.app import SLICE, Warmer
from ivaudit.ui.pages.anomalies import AnomaliesPage
from ivaudit.ui.writer import Writer

_KEY = 0.05
_TICK = 2
"""Milliseconds between two looks at the clock."""
_COLUMNS = 9


def register_window_rows(folder: Path) -> list[Row]:
    """Fill a register, show its page, type and click; each gesture until the list is painted again."""
    application = QApplication.instance() or QApplication([])
    place = folder / "page"
    session = grown.workspace(place)
    anomaly_import.record_many(session, [declared(rank) for rank in range(ENTRIES)])
    session.close()
    sys.setswitchinterval(SLICE)
    warmer = Warmer()
    warmer.start()
    warmer.wait()
    writer = Writer()
    writer.open(partial(workspaces.open_with_passphrase, place, grown.PASSPHRASE))
    writer.drain()
    page = AnomaliesPage(writer)
    writer.changed.connect(page.refresh)
    page.resize(1100, 640)
    page.show()
    waits = _Waits()
    rows = [*_opened(page, waits), *_listed(page, application), *_changed(page, waits)]
    writer.close()
    return rows


class _Waits(QObject):
    """Notes how long the loop of events was held: a tick that comes late is a key that waited."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start(_TICK)

    def until(self, there: Callable[[], bool]) -> float:
        """Let the loop turn until something is there; return the longest wait, in seconds."""
        self._last, self.longest = time.perf_counter(), 0.0
        while not there():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        return self.longest

    @Slot()
    def _on_tick(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last - _TICK / 1000)
        self._last = now


def _opened(page: AnomaliesPage, waits: _Waits) -> Iterator[Row]:
    """Open the page; how long the window was held meanwhile."""

    def whole() -> bool:
        detail = page.side.detail
        return bool(page.list.values.rows) and detail is not None and not detail._coming

    start = time.perf_counter()
    page.enter()
    longest = waits.until(whole)
    took = time.perf_counter() - start
    yield Row(f"anomalies page: {ENTRIES:,} entries read beside", f"{took:.2f} s", "–", "", "told by «…»")
    yield absolute("– longest wait of the window meanwhile", [longest], _KEY, "≤ 50 ms")


def _listed(page: AnomaliesPage, application: QApplication) -> Iterator[Row]:
    def typed(text: str) -> None:
        page.filters.search.setText(text)
        application.processEvents()

    page.filters.views.choose(None)
    page.filters.filtered.emit()
    words = "dpi unite 12 p07"
    keys = [seconds(partial(typed, words[:n])) for n in range(1, len(words) + 1) for _ in range(3)]
    yield absolute("– search, per key", keys, _KEY, "≤ 50 ms")
    typed("")

    def viewed(view: View | None) -> None:
        page.filters.views.choose(view)
        page.filters.filtered.emit()
        application.processEvents()

    views = [seconds(partial(viewed, view)) for view in (*View, None) * 3]
    yield absolute("– another view", views, _KEY, "≤ 50 ms")
    viewed(None)

    def chosen(combo: str, at: int) -> None:
        made = getattr(page.filters, combo)
        made.setCurrentIndex(at)
        made.activated.emit(at)
        application.processEvents()

    combos = ("kind", "family", "unit", "month")
    filters = [seconds(partial(chosen, combo, at)) for combo in combos for at in (1, 2, 0)]
    yield absolute("– another filter", filters, _KEY, "≤ 50 ms")

    def sorted_by(column: int, order: Qt.SortOrder) -> None:
        page.list.sortByColumn(column, order)
        application.processEvents()

    orders = (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder)
    ways = [(column, order) for column in range(_COLUMNS) for order in orders]
    sorts = [seconds(partial(sorted_by, *way)) for way in ways]
    yield absolute("– sorted by another column", sorts, 2 * _KEY, "≤ 100 ms")
    page.list.sortByColumn(-1, orders[0])


def _changed(page: AnomaliesPage, waits: _Waits) -> Iterator[Row]:
    """Change entries elsewhere: what the window does of it, the writer apart."""
    keys = [page.list.values.rows[rank].id for rank in range(0, 40_000, 2_000)]

    def edited(key: str, session: Session) -> object:
        return anomalies.edit(session, key, {"unit": f"Unité {key[:3]}"})

    def settled() -> bool:
        return page.writer.pending == 0

    longest = []
    for key in keys:
        page.writer.submit(partial(edited, key))
        longest.append(waits.until(settled))
    yield absolute("– one entry changed: longest wait of the window", longest, _KEY, "≤ 50 ms")
