"""The register of the demonstration: anomalies, events and a batch, declared and followed as real ones."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from ivaudit.app import anomalies, anomaly_life, anomaly_reports
from ivaudit.app.session import Session
from ivaudit.content.packaged import packaged
from ivaudit.domain import clock
from ivaudit.domain.anomalies import Awaited, EntryKind, State

_SCRIPT = "demonstration/registre-les-tilleuls.yaml"
_DECLARED, _MOVED = "T08:30", "T17:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedTurn:
    """A state, so many days after the declaration."""

    state: State
    after: int
    by: str
    awaited: Awaited | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedEntry:
    """An entry; `days` are fields that are dates, by how many days ago (negative: to come)."""

    kind: EntryKind
    days_ago: int
    values: dict[str, str]
    turns: tuple[ScriptedTurn, ...]
    days: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    references: tuple[dict[str, str], ...] = ()
    propagation: tuple[dict[str, str], ...] = ()
    reported: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterScript:
    """What the made-up care home wrote in its register, the oldest first."""

    entries: tuple[ScriptedEntry, ...]


def build(session: Session, facility: str) -> None:
    """Declare the entries of the made-up care home, and bring each one to where it stands."""
    found: RegisterScript = packaged(_SCRIPT, RegisterScript)
    for each in found.entries:
        _enter(session, facility, each)


def _enter(session: Session, facility: str, found: ScriptedEntry) -> None:
    at = _day(found.days_ago) + _DECLARED
    values = dict(_values(found))
    _, key = anomalies.declare(session, found.kind, values, facility=facility, at=at, by="Soignant")
    for turn in found.turns:
        moment = _day(found.days_ago - turn.after) + _MOVED
        anomaly_life.move(session, key, turn.state, by=turn.by, at=moment, awaited=turn.awaited)
    for step in found.reported:
        circuit, _, name = step.partition("/")
        anomaly_reports.report(session, key, circuit, name, done=_day(found.days_ago - 1))


def _values(found: ScriptedEntry) -> Iterator[tuple[str, object]]:
    yield from found.values.items()
    yield from found.numbers.items()
    yield "found", _day(found.days_ago)
    yield from ((name, _day(ago)) for name, ago in found.days.items())
    for name, rows in (("references", found.references), ("propagation", found.propagation)):
        if rows:
            yield name, list(rows)


def _day(ago: int) -> str:
    return (clock.today() - timedelta(days=ago)).isoformat()
