"""The register read as a whole: its views, what looks alike, how often, its figures, the page to share."""

from collections.abc import Mapping, Sequence
from datetime import date

from ivaudit.app import anomalies, anomaly_reports, facilities
from ivaudit.app.session import Session
from ivaudit.domain import clock
from ivaudit.domain.anomalies import Entry, EntryKind, EntryLine
from ivaudit.domain.batch_delays import Delays, batch_delay
from ivaudit.domain.criticality import Criticality, a_year_before, criticality
from ivaudit.domain.entry_fold import entry_of
from ivaudit.domain.register_stats import Statistics, statistics
from ivaudit.domain.register_views import View, in_view
from ivaudit.domain.shared_event import SharedEvent, shared_event
from ivaudit.domain.similar import Alike, Lookalikes, Resemblance, alike
from ivaudit.store import anomalies as stored
from ivaudit.store import facilities as stored_facilities
from ivaudit.store.anomalies import Among

__all__ = ["View", "critical", "figures", "resembling", "share", "similar", "to_report", "view"]


def to_report(session: Session) -> frozenset[str]:
    """Return the ids of the entries that a circuit still waits for."""
    return frozenset(line.id for line, _ in anomaly_reports.due(session))


def view(
    session: Session, wanted: View, among: Among | None = None, *, today: date | None = None
) -> tuple[EntryLine, ...]:
    """Return the lines of a view, the last found first.

    Args:
        session: the open workspace.
        wanted: the view.
        among: which lines to look through; all of them unless told.
        today: the local day; the present one unless told.
    """
    day = (today or clock.today()).isoformat()
    terms = anomalies.terms(session)
    waiting = to_report(session) if wanted is View.TO_REPORT else frozenset[str]()
    lines = anomalies.lines(session, among)
    return tuple(each for each in lines if in_view(each, wanted, today=day, terms=terms, to_report=waiting))


def similar(session: Session, key: str) -> tuple[tuple[EntryLine, Resemblance], ...]:
    """Return the entries that look like one, with why.

    Raises:
        NotFound: no such entry.
    """
    return _similar(session, alike(anomalies.get(session, key)))


def resembling(
    session: Session, kind: EntryKind, values: Mapping[str, object], *, facility: str = ""
) -> tuple[tuple[EntryLine, Resemblance], ...]:
    """Return the entries that look like one that is being declared, with why.

    Raises:
        InvalidValue: a value its field cannot hold.
    """
    kept = anomalies.checked(session, kind, values, {})
    found = {"kind": kind.value, "facility": facility, "found": clock.today().isoformat()}
    given = {**found, **{name: value for name, value in kept.items() if value is not None}}
    return _similar(session, alike(entry_of("", given, "")))


def critical(session: Session, key: str) -> Criticality:
    """Return the frequency and the criticality of an entry on the day it was found.

    Raises:
        NotFound: no such entry.
    """
    entry = anomalies.get(session, key)
    day = date.fromisoformat(entry.found) if entry.found else clock.today()
    count = stored.cases(
        session.workspace.db, entry.type, entry.facility, a_year_before(day).isoformat(), day.isoformat()
    )
    return criticality(entry.potential, count, anomalies.terms(session))


def figures(session: Session, lines: Sequence[EntryLine] | None = None) -> Statistics:
    """Return the figures of lines, of the whole register unless told."""
    found = anomalies.lines(session) if lines is None else lines
    return statistics(found, anomalies.terms(session), clock.today().isoformat(), batch_delays(session))


def batch_delays(session: Session) -> Delays:
    """Return the delays that the batches of the register declare, by id."""
    return {each.id: batch_delay(each) for each in stored.batches(session.workspace.db)}


def share(session: Session, key: str) -> SharedEvent:
    """Return the anonymous page of an entry that was marked as one to share.

    Raises:
        NotFound: no such entry.
        NotAllowedNow: it was not marked so.
    """
    entry = anomalies.get(session, key)
    return shared_event(entry, anomalies.terms(session), _names(session, entry), clock.today())


def _names(session: Session, entry: Entry) -> frozenset[str]:
    """Return what would tell where it happened: names of structures, of their towns, units and software."""
    found = {each.name for each in stored_facilities.facilities(session.workspace.db)}
    if entry.facility:
        facility = facilities.get(session, entry.facility)
        texts = (facility.city, *(facility.values.get(name) for name in ("headquarters", "ght")))
        found |= {str(each) for each in texts if each}
        for name in ("units", "software"):
            rows = facility.values.get(name)
            found |= {str(row.get("name") or "") for row in rows} if isinstance(rows, list) else set()
    return frozenset(filter(None, found))


def _similar(session: Session, wanted: Alike) -> tuple[tuple[EntryLine, Resemblance], ...]:
    db, days = session.workspace.db, anomalies.terms(session).similar_days
    resemblances = Lookalikes(stored.candidates(db, wanted, days), days).of(wanted)
    lines = {each.id: each for each in stored.lines_of(db, [each.id for each in resemblances])}
    return tuple((lines[each.id], each) for each in resemblances if each.id in lines)
