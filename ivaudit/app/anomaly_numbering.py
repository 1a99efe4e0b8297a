"""Numbers of entries given by this copy of the workspace; what it remembers stays outside the journal."""

import hashlib
import json
import platform
from typing import TYPE_CHECKING

from ivaudit.domain.anomaly_numbers import Numbering, next_number
from ivaudit.store import anomalies as stored
from ivaudit.store import layout

if TYPE_CHECKING:
    from ivaudit.app.session import Session

_MEMO = "numbering"


def give(session: "Session", year: str) -> str:
    """Return a number that was never given; inside the gesture that uses it.

    Args:
        session: the open workspace.
        year: four figures, that of the declaration.
    """
    workspace, mark = session.workspace, _mark(session)
    found = _remembered(workspace.recall(_MEMO))
    while True:
        known = stored.series(workspace.db, int(year)) if found is None or found.mark != mark else ()
        found = next_number(found, mark, int(year), known)
        if not stored.by_number(workspace.db, found.number):
            break
    memo = {"mark": found.mark, "series": found.series, "year": found.year, "last": found.last}
    workspace.remember(_MEMO, json.dumps(memo))
    return found.number


def _remembered(text: str | None) -> Numbering | None:
    return Numbering(**json.loads(text)) if text else None


def _mark(session: "Session") -> str:
    """Return what changes when the workspace is copied, carried elsewhere or restored: computer and file."""
    file = (session.workspace.folder / layout.DATABASE).stat().st_ino
    return hashlib.sha256(f"{platform.node()}|{file}".encode()).hexdigest()[:16]
