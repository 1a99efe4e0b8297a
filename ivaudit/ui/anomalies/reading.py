"""What the page asks of the register: plain functions, run on the thread that owns the workspace."""

import gc
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from ivaudit.domain import clock
from ivaudit.domain.anomalies import Entry, EntryKind, EntryLine
from ivaudit.domain.audit import Audit
from ivaudit.domain.circuits import Certainty, Proposed, ReportDue
from ivaudit.domain.criticality import Criticality
from ivaudit.domain.entry_fold import line_of, searched
from ivaudit.domain.errors import NotFound
from ivaudit.domain.forms import Form
from ivaudit.domain.register_terms import RegisterTerms
from ivaudit.domain.similar import Resemblance
from ivaudit.ui.anomalies.listing import LineNow, Register

if TYPE_CHECKING:
    from ivaudit.app.anomaly_links import Linked
    from ivaudit.app.session import Session

_LARGE = 10_000
"""More lines than this are put out of the reach of the garbage collector: they stay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What forms need beside an entry: words, names of structures and of audits, usual units and software.

    `units` and `software` are by structure, those of the form of each one; `author` signs what is recorded.
    """

    terms: RegisterTerms
    forms: Mapping[EntryKind, Form]
    names: Mapping[str, str]
    audits: Mapping[str, str]
    units: Mapping[str, tuple[str, ...]]
    software: Mapping[str, tuple[str, ...]]
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What was written already in the register: units and software."""

    units: tuple[str, ...] = ()
    software: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An entry with all that its detail shows; `action` says what the action it led to is.

    `drafts` are texts that wait for somebody to decide about an identity, by field.
    """

    entry: Entry
    linked: "Linked"
    similar: tuple[tuple[EntryLine, Resemblance], ...]
    criticality: Criticality
    circuits: tuple[Proposed, ...]
    to_do: tuple[ReportDue, ...]
    action: str = ""
    drafts: Mapping[str, str] = field(default_factory=dict)


def read(session: "Session") -> tuple[Register, Around]:
    """Return the whole register, and what is around it."""
    from ivaudit.app import anomalies, register  # noqa: PLC0415 - on the writer's thread

    around = read_around(session)
    lines = list(anomalies.lines(session))
    if len(lines) > _LARGE:
        gc.freeze()  # a collection that looked through them would hold the window 60 ms
    found = Register(
        lines=lines,
        texts=anomalies.texts(session),
        terms=around.terms,
        names=around.names,
        to_report=register.to_report(session),
        today=clock.today().isoformat(),
    )
    return found, around


def read_around(session: "Session") -> Around:
    """Return what forms need beside an entry."""
    from ivaudit.app import anomalies, audits, facilities  # noqa: PLC0415 - on the writer's thread

    known = facilities.all_of(session)
    return Around(
        terms=anomalies.terms(session),
        forms={kind: anomalies.form(session, kind) for kind in EntryKind},
        names={each.id: each.name for each in known},
        audits={each.audit.id: _called(each.audit) for each in audits.all_of(session)},
        units={each.id: _named(each.values.get("units")) for each in known},
        software={each.id: _named(each.values.get("software")) for each in known},
        author=session.author,
    )


def read_changed(keys: Iterable[str], session: "Session") -> dict[str, LineNow | None]:
    """Return what entries are after a gesture, nothing for those that are gone."""
    return {key: _now(session, key) for key in keys}


def read_entry(key: str, session: "Session") -> Seen | None:
    """Return an entry with all that its detail shows, nothing when it is gone."""
    from ivaudit.app import (  # noqa: PLC0415 - on the writer's thread
        anomalies,
        anomaly_drafts,
        anomaly_links,
        anomaly_reports,
        register,
    )

    try:
        entry = anomalies.get(session, key)
    except NotFound:
        return None
    return Seen(
        entry=entry,
        linked=anomaly_links.linked(session, key),
        similar=register.similar(session, key),
        criticality=register.critical(session, key),
        circuits=anomaly_reports.circuits_for(session, key),
        to_do=anomaly_reports.to_do(session, key),
        action=_action(session, entry.action),
        drafts=anomaly_drafts.left(session, key),
    )


def _now(session: "Session", key: str) -> LineNow | None:
    from ivaudit.app import anomalies, anomaly_reports  # noqa: PLC0415 - on the writer's thread

    try:
        entry = anomalies.get(session, key)
    except NotFound:
        return None
    steps = anomaly_reports.to_do(session, key)
    return LineNow(
        line=line_of(entry),
        text=searched(entry),
        to_report=any(each.proposed.certainty is Certainty.YES for each in steps),
    )


def _action(session: "Session", key: str) -> str:
    from ivaudit.app import actions  # noqa: PLC0415 - on the writer's thread

    if not key:
        return ""
    try:
        return actions.get(session, key).what
    except NotFound:
        return ""


def _called(audit: Audit) -> str:
    """Return what people call an audit in a list."""
    name = f"{audit.title}, " if audit.title else "audit du "
    return f"{audit.facility_name} – {name}{date.fromisoformat(audit.date):%d/%m/%Y}"


def _named(rows: object) -> tuple[str, ...]:
    """Return the names in the lines of a field of the structure."""
    lines = rows if isinstance(rows, list | tuple) else ()
    names = (str(line.get("name") or "") for line in lines if isinstance(line, Mapping))
    return tuple(dict.fromkeys(filter(None, names)))
