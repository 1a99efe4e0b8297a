"""Where garbage is collected."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from ivaudit.ui.collecting import Collector


class _Knot:
    """Something only a collection can free, which tells the thread that freed it."""

    def __init__(self, freed: list[str]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: freed.append(threading.current_thread().name))


@pytest.fixture
def collector(qapp: QApplication) -> Iterator[Collector]:
    made = Collector(qapp)
    made.start()
    yield made
    made.deleteLater()


def _churn() -> None:
    """Allocate far more than Python's thresholds."""
    kept = [[at] for at in range(200_000)]
    assert len(kept) == 200_000


def test_another_thread_collects_nothing_however_much_it_allocates(collector: Collector) -> None:
    freed: list[str] = []
    _Knot(freed)
    worker = threading.Thread(target=_churn, name="worker")
    worker.start()
    worker.join()
    assert freed == []
    kept = [[at] for at in range(100_000)]
    collector.look()
    assert freed == [threading.main_thread().name]
    assert len(kept) == 100_000


def test_nothing_due_collects_nothing(collector: Collector) -> None:
    freed: list[str] = []
    gc.collect()
    _Knot(freed)
    collector.look()
    assert freed == []
    gc.collect()
    assert freed
