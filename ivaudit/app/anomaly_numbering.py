"""Numbers of entries given by this copy of the workspace; what it remembers stays outside the journal."""

import hashlib
import json
import platform
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ivaudit.domain.anomaly_numbers import Numbering, is_number, next_number, settled
from ivaudit.store import anomalies as stored
from ivaudit.store import layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ivaudit.app.session import Session

_MEMO = "numbering"


class Numbers:
    """Gives numbers that were never given; made by `numbers`."""

    def __init__(self, session: "Session", numbering: Numbering) -> None:
        self._db = session.workspace.db
        self._kept: set[str] = set()
        self.numbering = numbering

    def give(self, year: str) -> str:
        """Return a new number of a year, four figures."""
        while True:
            number, self.numbering = next_number(self.numbering, int(year))
            if not self._taken(number):
                return number

    def keep_or_give(self, number: str, year: str) -> str:
        """Return a number that comes from elsewhere if it is one of ours that nobody has, or a new one."""
        if not is_number(number) or self._taken(number):
            return self.give(year)
        self._kept.add(number)
        return number

    def _taken(self, number: str) -> bool:
        return number in self._kept or bool(stored.by_number(self._db, number))


@contextmanager
def numbers(session: "Session") -> "Iterator[Numbers]":
    """Give numbers inside a gesture, and remember the last ones with it."""
    mark = _mark(session)
    now = _remembered(session.workspace.recall(_MEMO))
    known = stored.series(session.workspace.db) if now is None or now.mark != mark else ()
    given = Numbers(session, settled(now, mark, known))
    yield given
    found = given.numbering
    ranks = {str(year): rank for year, rank in found.ranks.items()}
    session.workspace.remember(
        _MEMO, json.dumps({"mark": found.mark, "series": found.series, "ranks": ranks})
    )


def _remembered(text: str | None) -> Numbering | None:
    if not text:
        return None
    found = json.loads(text)
    ranks = {int(year): int(rank) for year, rank in found["ranks"].items()}
    return Numbering(mark=found["mark"], series=found["series"], ranks=ranks)


def _mark(session: "Session") -> str:
    """Return what changes when the workspace is copied, carried elsewhere or restored: computer and file."""
    file = (session.workspace.folder / layout.DATABASE).stat().st_ino
    return hashlib.sha256(f"{platform.node()}|{file}".encode()).hexdigest()[:16]
