"""The window while it records: painted after the commit, alive while the disk stalls."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from measure import Row, said
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from ivaudit.app import answers, audits, facilities, workspaces
from ivaudit.app.session import Session
from ivaudit.store.keys import FLOOR
from ivaudit.ui.audit.page import AuditPage
from ivaudit.ui.writer import Writer

PASSPHRASE = "sept mots pour ouvrir un dossier fictif"
ANSWERS = 40
STALL = 0.8
MOST = 0.05
NEVER = threading.Event()


class Painted(QObject):
    """Notes when a widget was last painted."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let everything pass."""
        if event.type() == QEvent.Type.Paint:
            self.at = time.perf_counter()
        return False


def saving_rows(folder: Path) -> list[Row]:
    """Answer on a real page: from the commit to the paint, and the longest wait of the event loop."""
    application = QApplication.instance() or QApplication([])
    writer = Writer()
    made: list[str] = []
    writer.open(lambda: workspaces.create(folder / "ecran", PASSPHRASE, "Référente", cost=FLOOR))
    writer.submit(_audit, done=made.append)
    _until(application, lambda: bool(made))
    page = AuditPage(writer, made[0], str)
    page.resize(1300, 728)
    page.show()
    _until(application, lambda: page.audit.is_open and not writer.pending)
    delays = [_painted_after(application, writer, page, made[0], n) for n in range(ANSWERS)]
    waits = _stalled(application, writer, page)
    page.settle()
    writer.close()
    return [
        Row(
            "– painted after the commit",
            said(delays),
            "–",
            f"{max(delays) / MOST:.2f} at most",
            "≤ 50 ms",
            max(delays) <= MOST,
        ),
        Row(
            f"– longest wait of the event loop, writer held {STALL * 1000:.0f} ms",
            f"{max(waits) * 1000:.1f} ms",
            "–",
            f"{max(waits) / MOST:.2f}",
            "≤ 50 ms",
            max(waits) <= MOST,
        ),
    ]


def _audit(session: Session) -> str:
    _, facility = facilities.create(session, {"name": "EHPAD Les Tilleuls", "profile": ["insi"]})
    grid = "rniv-1-principes-communs"
    return audits.create(session, facility, "externe", [grid], "2026-11-21")[1]


def _painted_after(application: QApplication, writer: Writer, page: AuditPage, audit: str, n: int) -> float:
    committed: list[float] = []
    key = page.audit.rows[0].key

    def work(session: Session) -> object:
        changes = answers.answer(session, audit, key, "non" if n % 2 else "oui")
        committed.append(time.perf_counter())
        return changes

    painted = Painted()
    view = page.grid.list.viewport()
    view.installEventFilter(painted)
    writer.submit(work)
    _until(application, lambda: bool(committed) and painted.at > committed[0] and not writer.pending)
    view.removeEventFilter(painted)
    return painted.at - committed[0]


def _stalled(application: QApplication, writer: Writer, page: AuditPage) -> list[float]:
    """Hold the writer as a disk would, answer meanwhile, and time each turn of the event loop."""
    writer.submit(lambda _: NEVER.wait(STALL))
    for row in page.audit.rows[1:6]:
        page.audit.answer(row.key, "oui")
    return _until(application, lambda: not writer.pending)


def _until(application: QApplication, reached: Callable[[], bool]) -> list[float]:
    """Turn the event loop until something is so; return how long each turn took."""
    turns = []
    while not reached():
        start = time.perf_counter()
        application.processEvents()
        turns.append(time.perf_counter() - start)
        NEVER.wait(0.001)
    return turns
