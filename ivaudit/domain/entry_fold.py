"""From what the journal keeps of an entry to the entry: what was declared at once, then field by field.

A declaration is one value, `entry`: an object with everything that was said. Later edits are fields of their
own, which override it. An empty text or list clears a field; `None` overrides nothing, so that undoing an
edit gives the declared value back.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import TypeVar, cast

from ivaudit.domain.anomalies import (
    Awaited,
    Entry,
    EntryKind,
    EntryLine,
    Nature,
    Reference,
    Reported,
    Role,
    Said,
    State,
    Told,
    Turn,
)
from ivaudit.domain.anomaly_states import ended, is_moment, moment, waited, worked
from ivaudit.domain.days import day
from ivaudit.domain.journal import Json
from ivaudit.domain.wording import folded

DECLARED = "entry"
"""The field that holds a whole declaration."""

REMOVED = "removed"
TRAIL = "trail"
QUESTIONS = (
    "unexpected", "death", "vital", "disability", "damage", "care_defect", "breach", "sent_outside", "legal",
    "shareable",
)  # fmt: skip
"""The fields that answer a question by «oui», «non» or «à vérifier»."""

_APART = frozenset(
    {
        "kind", "number", "facility", TRAIL, REMOVED, "born_of", "related", "audit", "action", "source",
        "source_number", "reported",
    }
)  # fmt: skip
"""What is kept of an entry that is no field of its form."""

_SEARCHED = ("type", "unit", "application", "editor", "description", "measures", "origin", "event_number")
_UNTOLD = -1
_LEVELS = frozenset("012345")
_MINUTE = len("2026-11-21T14:30")
_LONG_AGO = "2000-01-01"

E = TypeVar("E", bound=StrEnum)


def overlaid(declared: Json, fields: Mapping[str, Json]) -> dict[str, Json]:
    """Return the fields of an entry: those declared, under those edited since.

    Args:
        declared: the value of `entry`; anything but an object is an entry that says nothing.
        fields: the others, by name.
    """
    found = dict(declared) if isinstance(declared, Mapping) else {}
    for name, value in fields.items():
        if value in ("", [], ()):
            found.pop(name, None)
        elif value is not None and name != DECLARED:
            found[name] = value
    return {name: value for name, value in found.items() if value not in (None, "", [], ())}


def entry_of(id: str, values: Mapping[str, Json], created: str, *, conflict: bool = False) -> Entry:  # noqa: A002
    """Return an entry from its fields; what a later version may have written otherwise is passed over.

    Args:
        id: its id.
        values: its fields, as `overlaid` returns them.
        created: when it was declared, UTC, ISO 8601.
        conflict: whether a field has two values.
    """
    kind = _one(EntryKind, values.get("kind")) or EntryKind.ANOMALY
    return Entry(
        id=id,
        number=_text(values, "number"),
        kind=kind,
        **{name: _text(values, name) for name in _PLAIN},
        found=day(values.get("found")),
        due=day(values.get("due")),
        known=_known(values),
        severity=_level(values, "severity", least=0),
        potential=_level(values, "potential", least=1),
        references=tuple(map(_reference, _rows(values, "references"))),
        propagation=tuple(map(_told, _rows(values, "propagation"))),
        reported=tuple(map(_reported, _rows(values, "reported"))),
        trail=tuple(_turns(values, created)),
        cases=_cases(values, kind),
        related=tuple(str(each) for each in _list(values, "related")),
        values={name: value for name, value in values.items() if name not in _APART},
        created=created,
        conflict=conflict,
    )


_PLAIN = (
    "facility", "type", "unit", "application", "step", "channel", "description", "born_of", "audit", "action",
    "source", "source_number",
)  # fmt: skip


def line_of(entry: Entry) -> EntryLine:
    """Return an entry as lists show it."""
    last = entry.trail[-1]
    return EntryLine(
        id=entry.id,
        number=entry.number,
        kind=entry.kind.value,
        type=entry.type,
        facility=entry.facility,
        unit=entry.unit,
        application=entry.application,
        step=entry.step,
        channel=entry.channel,
        state=last.state.value,
        awaited=last.awaited.value if last.awaited else "",
        since=last.at,
        waited=_minutes(waited(entry.trail, moment(last.at))),
        worked=_minutes(worked(entry.trail, moment(last.at))),
        severity=_UNTOLD if entry.severity is None else entry.severity,
        potential=_UNTOLD if entry.potential is None else entry.potential,
        found=entry.found,
        known=entry.known,
        due=entry.due,
        ended=ended(entry.trail),
        cases=entry.cases,
        shareable=int(entry.said("shareable") is Said.YES),
        facts=" ".join(_facts(entry)),
        reported=" ".join(f"{each.circuit}/{each.step}" for each in entry.reported),
        born_of=entry.born_of,
        conflict=int(entry.conflict),
        created=entry.created,
    )


def searched(entry: Entry) -> str:
    """Return what a search looks in, folded."""
    return folded(" ".join(_words(entry)))


def _minutes(time: timedelta) -> int:
    return int(time.total_seconds() // 60)


def _facts(entry: Entry) -> Iterator[str]:
    for name in QUESTIONS:
        match entry.said(name):
            case Said.YES:
                yield name
            case Said.UNSURE:
                yield f"{name}?"
            case _:
                pass
    yield from entry.texts("vigilances")


def _words(entry: Entry) -> Iterator[str]:
    yield entry.number
    yield from (entry.text(name) for name in _SEARCHED)
    yield from (each.value for each in entry.references)
    yield entry.source_number


# -- values ------------------------------------------------------------------------------------------------


def _text(values: Mapping[str, Json], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _list(values: Mapping[str, Json], name: str) -> list[Json]:
    value = values.get(name)
    return list(value) if isinstance(value, list | tuple) else []


def _rows(values: Mapping[str, Json], name: str) -> list[Mapping[str, Json]]:
    return [each for each in _list(values, name) if isinstance(each, Mapping)]


def _level(values: Mapping[str, Json], name: str, *, least: int) -> int | None:
    value = _text(values, name)
    return int(value) if value in _LEVELS and int(value) >= least else None


def _cases(values: Mapping[str, Json], kind: EntryKind) -> int:
    if kind is not EntryKind.BATCH:
        return 1
    found = (values.get(name) for name in ("confirmed", "corrected", "detected"))
    return next((each for each in found if isinstance(each, int) and not isinstance(each, bool)), 1)


def _known(values: Mapping[str, Json]) -> str:
    on, time = day(values.get("known_day")), _text(values, "known_time")
    return f"{on}T{time}" if on and is_moment(f"{on}T{time}") else on


def _reference(row: Mapping[str, Json]) -> Reference:
    return Reference(
        role=_one(Role, row.get("role")) or Role.CONCERNED,
        nature=_one(Nature, row.get("nature")) or Nature.RECORD,
        value=_text(row, "value"),
    )


def _told(row: Mapping[str, Json]) -> Told:
    return Told(**{name: _text(row, name) for name in ("recipient", "informed", "confirmed", "remark")})


def _reported(row: Mapping[str, Json]) -> Reported:
    return Reported(**{name: _text(row, name) for name in ("circuit", "step", "done", "number")})


def _turns(values: Mapping[str, Json], created: str) -> Iterator[Turn]:
    """Yield the states of an entry, at least one; a moment that cannot be read is that of the one before."""
    at = created[:_MINUTE] or _LONG_AGO
    rows = [[str(part) for part in each] for each in _list(values, TRAIL) if isinstance(each, list | tuple)]
    told = [(state, [*row[1:], "", "", "", ""]) for row in rows if row and (state := _one(State, row[0]))]
    for state, (moment_, by, awaited, reason, *_) in told or [(State.REPORTED, [""] * 4)]:
        at = moment_ if is_moment(moment_) else at
        yield Turn(state=state, at=at, by=by, awaited=_one(Awaited, awaited), reason=reason)


def trail_value(trail: Iterable[Turn]) -> list[Json]:
    """Return the states of an entry as the journal keeps them: short lists, the journal keeps them twice."""
    return [_turn_value(turn) for turn in trail]


def _turn_value(turn: Turn) -> list[Json]:
    parts = [turn.state.value, turn.at, turn.by, turn.awaited.value if turn.awaited else "", turn.reason]
    while not parts[-1]:
        parts.pop()
    return list(parts)


def _one(closed: type[E], value: object) -> E | None:
    """Return the member of a closed set, nothing for a word that a later version may have written."""
    return cast("E | None", closed._value2member_map_.get(value)) if isinstance(value, str) else None
