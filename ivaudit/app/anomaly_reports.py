"""Where an event is reported, and by when: circuits of the content, answers of the sheet."""

from collections.abc import Sequence
from datetime import datetime

from ivaudit.app import anomalies, facilities, names
from ivaudit.app.session import Session
from ivaudit.content.shapes import Family
from ivaudit.domain import clock
from ivaudit.domain.anomalies import EntryLine, State
from ivaudit.domain.anomaly_states import is_moment, moment
from ivaudit.domain.audit import Changes, Facility
from ivaudit.domain.circuits import (
    SOCIAL_CARE,
    Certainty,
    Circuits,
    Proposed,
    ReportDue,
    proposed,
    reports_due,
)
from ivaudit.domain.entry_fold import line_of
from ivaudit.domain.errors import InvalidValue, NotFound
from ivaudit.domain.form_values import MAX_LINE
from ivaudit.store import anomalies as stored
from ivaudit.store import audits as stored_audits
from ivaudit.store import facilities as stored_facilities
from ivaudit.store.journal import Edit

_CHOSEN = "circuits"
"""The setting that names the regional circuits that apply."""

_SOCIAL_CARE = frozenset({"ehpad", "esms"})


def every(session: Session) -> tuple[Circuits, ...]:
    """Return every set of circuits, regional ones included, applied or not."""
    return session.library.every(Family.CIRCUITS)


def regions(session: Session) -> tuple[str, ...]:
    """Return the ids of the regional circuits that were chosen: none by default."""
    value = stored_audits.settings(session.workspace.db).get(_CHOSEN)
    return tuple(map(str, value)) if isinstance(value, list) else ()


def choose_regions(session: Session, ids: Sequence[str]) -> Changes:
    """Choose which regional circuits apply beside the national ones.

    Raises:
        NotFound: there is no such set of circuits, or it is not regional.
    """
    known = {each.id for each in every(session) if each.region}
    if not set(ids) <= known:
        raise NotFound(
            "Ce circuit régional n'existe pas. Circuits connus : " + ", ".join(sorted(known)) + "."
        )
    recorded = session.record(names.WORKSPACE, [Edit(names.SETTINGS, _CHOSEN, list(dict.fromkeys(ids)))])
    return Changes(workspace=True, done="Circuits régionaux choisis", at=recorded.at)


def applied(session: Session) -> tuple[Circuits, ...]:
    """Return the circuits that apply: the national ones, and those of the regions chosen."""
    chosen = regions(session)
    return tuple(each for each in every(session) if not each.region or each.id in chosen)


def circuits_for(session: Session, key: str) -> tuple[Proposed, ...]:
    """Return the circuits that the answers of an entry propose.

    Raises:
        NotFound: no such entry.
    """
    entry = anomalies.get(session, key)
    return proposed(applied(session), _facts(line_of(entry), _facility(session, entry.facility)))


def to_do(session: Session, key: str) -> tuple[ReportDue, ...]:
    """Return the steps of circuits that are still to be done for an entry, the most pressing first.

    Raises:
        NotFound: no such entry.
    """
    entry = anomalies.get(session, key)
    line = line_of(entry)
    found = proposed(applied(session), _facts(line, _facility(session, entry.facility)))
    return reports_due(found, line.reported.split(), known_moment(entry.known))


def due(session: Session) -> tuple[tuple[EntryLine, ReportDue], ...]:
    """Return what is surely to be reported in the whole register: the next step of each circuit.

    Entries that were not confirmed are left out.
    """
    sets = applied(session)
    known = {each.id: each for each in stored_facilities.facilities(session.workspace.db)}
    found: list[tuple[EntryLine, ReportDue]] = []
    for line in stored.lines_to_report(session.workspace.db):
        if line.state == State.UNCONFIRMED:
            continue
        sure = [
            each
            for each in proposed(sets, _facts(line, known.get(line.facility)))
            if each.certainty is Certainty.YES
        ]
        steps = reports_due(sure, line.reported.split(), known_moment(line.known))
        firsts = {each.proposed.circuit.id: each for each in reversed(steps)}
        found += [(line, each) for each in steps if firsts[each.proposed.circuit.id] is each]
    return tuple(found)


def report(
    session: Session, key: str, circuit: str, step: str, *, done: str = "", number: str = ""
) -> Changes:
    """Note that a step of a circuit was done.

    Args:
        session: the open workspace.
        key: id of the entry.
        circuit: id of the circuit.
        step: id of its step.
        done: local day, today unless told.
        number: the number it was given there.

    Raises:
        NotFound: no such entry, circuit or step.
        InvalidValue: an impossible day.
    """
    now = anomalies.get(session, key)
    steps = {(one.id, each.id) for known in every(session) for one in known.circuits for each in one.steps}
    if (circuit, step) not in steps:
        raise NotFound("Cette étape n'est dans aucun circuit de signalement.")
    day = done or clock.today().isoformat()
    if not is_moment(day):
        raise InvalidValue("La date s'écrit comme 2026-11-21.")
    kept = [
        {"circuit": each.circuit, "step": each.step, "done": each.done, "number": each.number}
        for each in now.reported
        if (each.circuit, each.step) != (circuit, step)
    ]
    added = {"circuit": circuit, "step": step, "done": day, "number": number.strip()[:MAX_LINE]}
    edit = Edit(names.anomaly(key), "reported", [*kept, added])
    return anomalies.gesture(session, [edit], f"{now.number} : étape de signalement faite")


def known_moment(known: str) -> datetime | None:
    """Return when the facility knew, in the zone of this computer; midnight where the hour was not noted."""
    return moment(known).astimezone() if is_moment(known) else None


def _facility(session: Session, key: str) -> Facility | None:
    return facilities.get(session, key) if key else None


def _facts(line: EntryLine, facility: Facility | None) -> frozenset[str]:
    social = {SOCIAL_CARE} if facility is not None and facility.setting in _SOCIAL_CARE else set()
    return frozenset({*line.facts.split(), *social})
