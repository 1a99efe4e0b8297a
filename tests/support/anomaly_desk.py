"""The page of the register at rest: what was done is on disk, what was chosen is shown."""

from ivaudit.ui.pages.anomalies import AnomaliesPage
from support.azerty import Azerty


def settle(keys: Azerty) -> None:
    """Wait until the line where one rests is read and shown."""
    page = keys.window.desk.current() if keys.window.desk is not None else None
    keys.settled()
    if isinstance(page, AnomaliesPage):
        keys.qtbot.waitUntil(lambda: not page.side._rest.isActive(), timeout=10_000)
        keys.settled()
        keys.qtbot.waitUntil(lambda: page.side.detail is None or not page.side.detail._coming, timeout=10_000)
    keys.settled()
