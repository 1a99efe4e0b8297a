"""What lines of the journal say in lists, and where they lead."""

from ivaudit.app import names
from ivaudit.domain.trail import TrailLine
from ivaudit.ui import french
from ivaudit.ui.page import Spot
from ivaudit.ui.table import Column, Table


def after(line: TrailLine) -> str:
    """Return the new value, or who erased it, when and why."""
    if line.erased is None:
        return line.new
    if not line.erased.at:
        return "effacé"
    why = f", motif : {line.erased.reason}" if line.erased.reason else ""
    return f"effacé {french.when(line.erased.at)} par {line.erased.by}{why}"


def moment(line: TrailLine) -> str:
    """Return the local day and time."""
    at = french.local_moment(line.at)
    return at.strftime("%d/%m/%Y %H:%M") if at else line.at


def target(line: TrailLine) -> tuple[str, object] | None:
    """Return the page that shows what a line is about, and what it is asked for."""
    kind, _, rest = line.entity.partition(":")
    audit = names.audit_of(line.entity) or (
        line.scope.partition(":")[2] if line.scope.startswith("audit:") else ""
    )
    if kind == "answer":
        return "audit", Spot(audit=audit, criterion=rest.split("/", 2)[-1])
    if kind == "finding":
        return "audit", Spot(audit=audit, finding=rest.partition("/")[2])
    if kind in _PAGES:
        return _PAGES[kind], rest
    return ("audit", Spot(audit=audit)) if audit else None


_PAGES = {
    "action": "actions",
    "facility": "facilities",
    "anomaly": "anomalies",
    "settings": "settings",
    "purge": "privacy",
}
"""The page of things that are no part of an audit."""

COLUMNS = (
    Column(title="Quand", text=moment),
    Column(title="Qui", text=lambda line: line.author, spare=True),
    Column(title="Geste", text=lambda line: line.gesture, spare=True),
    Column(title="Où", text=lambda line: line.where, spare=True),
    Column(title="Quoi", text=lambda line: line.what, stretch=True),
    Column(title="Avant", text=lambda line: _short(line.old), spare=True),
    Column(title="Après", text=lambda line: _short(after(line))),
)

_LONG = 26
"""Letters of a value in a list: the whole of it is beside."""


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONG else f"{plain[:_LONG].rstrip()}…"


class TrailTable(Table):
    """The lines of the journal, neither searched nor sorted here: the newest first, as they are read."""

    LEAST, CAP = 200, 190

    def __init__(self, name: str, accessible: str) -> None:
        super().__init__(name, accessible, COLUMNS, words=_silent, flat=True)
        self.setSortingEnabled(False)


def _silent(_line: TrailLine) -> str:
    return ""
