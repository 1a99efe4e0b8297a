"""Reading audits, their answers, their forms; and the settings."""

import json
from typing import TYPE_CHECKING, Any

from ivaudit.domain.audit import Answer, Audit, AuditState, Carried, Highlight, Synthesis
from ivaudit.domain.days import day
from ivaudit.domain.journal import Json
from ivaudit.store.encryption import translated
from ivaudit.store.meta import MEMO

if TYPE_CHECKING:
    from sqlite_utils import Database

SETTINGS = "settings:workspace"

_AUDIT = f"""
SELECT a.id, a.facility, coalesce(f.name, ''), a.kind, a.title, a.date, a.state, a.checklists, a.created,
       coalesce(m.value, ''), a.source
FROM audit a LEFT JOIN facility f ON f.id = a.facility
     LEFT JOIN meta m ON m.key = '{MEMO}position:' || a.id
WHERE a.present = 1
"""  # noqa: S608 - a prefix of ours

_ANSWER = """
SELECT subject, criterion, value, constat, note, review, na_reason, awaiting, means, conflict, author, at,
       carried
FROM answer WHERE audit = ?
"""


@translated()
def audits(db: "Database") -> tuple[Audit, ...]:
    """Return the audits, the newest first."""
    return tuple(_audit(row) for row in db.execute(f"{_AUDIT} ORDER BY a.created DESC, a.id"))


@translated()
def audit(db: "Database", id: str) -> Audit | None:  # noqa: A002 - its name everywhere
    """Return an audit, or nothing when there is none or it was removed."""
    row = db.execute(f"{_AUDIT} AND a.id = ?", (id,)).fetchone()
    return _audit(row) if row else None


@translated()
def exists(db: "Database", id: str) -> bool:  # noqa: A002 - its name everywhere
    """Tell whether an audit was ever made, removed since or not."""
    return db.execute("SELECT 1 FROM audit WHERE id = ?", (id,)).fetchone() is not None


@translated()
def state(db: "Database", audit_id: str) -> str:
    """Return the state of an audit, empty when there is none; quick enough to ask before each gesture."""
    row = db.execute("SELECT state FROM audit WHERE id = ?", (audit_id,)).fetchone()
    return str(row[0]) if row else ""


@translated()
def validated(db: "Database") -> frozenset[str]:
    """Return the ids of the audits that are validated, removed since or not."""
    rows = db.execute("SELECT id FROM audit WHERE state = ?", (AuditState.VALIDATED.value,))
    return frozenset(row[0] for row in rows)


@translated()
def answers(db: "Database", audit_id: str, subject: str | None = None) -> dict[tuple[str, str], Answer]:
    """Return the answers of an audit, or of one of its subjects, by (subject, criterion)."""
    if subject is None:
        rows = db.execute(_ANSWER, (audit_id,))
    else:
        rows = db.execute(f"{_ANSWER} AND subject = ?", (audit_id, subject))
    return {(row[0], row[1]): _answer(row) for row in rows}


@translated()
def answer(db: "Database", audit_id: str, subject: str, criterion: str) -> Answer | None:
    """Return one answer, or nothing."""
    row = db.execute(
        f"{_ANSWER} AND subject = ? AND criterion = ?", (audit_id, subject, criterion)
    ).fetchone()
    return _answer(row) if row else None


@translated()
def synthesis(db: "Database", audit_id: str) -> Synthesis:
    """Return the auditor's own words, empty when there are none."""
    select = "SELECT appreciation, strengths, priorities FROM audit WHERE id = ?"
    row = db.execute(select, (audit_id,)).fetchone()
    if row is None:
        return Synthesis()
    return Synthesis(appreciation=row[0], strengths=_highlights(row[1]), priorities=_highlights(row[2]))


@translated()
def form_values(db: "Database", entity: str) -> dict[str, Json]:
    """Return the fields of an entity (`form:…`, `settings:…`) that have a value."""
    rows = db.execute("SELECT field, value FROM form_value WHERE entity = ?", (entity,))
    return {name: json.loads(value) for name, value in rows}


def settings(db: "Database") -> dict[str, Json]:
    """Return the settings that were chosen."""
    return form_values(db, SETTINGS)


def _audit(row: tuple[str, ...]) -> Audit:
    identity, facility, name, kind, title, date, state, checklists, created, position, source = row
    known = state in AuditState.__members__.values()
    return Audit(
        id=identity,
        facility=facility,
        facility_name=name,
        kind=kind,
        title=title,
        date=day(date),
        state=AuditState(state) if known else AuditState.PREPARING,
        checklists=_frozen(checklists),
        created=created,
        position=position,
        source=source,
    )


def _frozen(text: str) -> tuple[tuple[str, str, str], ...]:
    """Return the definitions an audit keeps, from `[[id, version, SHA-256], …]`."""
    rows = [each for each in json.loads(text) if isinstance(each, list) and len(each) == 3]  # noqa: PLR2004
    return tuple((str(identity), str(version), str(sha)) for identity, version, sha in rows)


def _answer(row: tuple[Any, ...]) -> Answer:
    _, _, value, constat, note, review, na_reason, awaiting, means, conflict, author, at, carried = row
    return Answer(
        value,
        constat,
        note,
        bool(review),
        na_reason,
        awaiting,
        () if means == "[]" else tuple(str(each) for each in json.loads(means)),
        bool(conflict),
        author,
        at,
        _carried(carried) if carried else None,
    )


def _carried(text: str) -> Carried:
    """Return where an answer was taken over from, kept as `{"audit": …, "sha": …, …}`."""
    found = json.loads(text)
    return Carried(**{name: str(found.get(name) or "") for name in ("audit", "sha", "criterion", "at")})


def _highlights(text: str) -> tuple[Highlight, ...]:
    """Return the highlights kept as `[{"text": …, "criteria": […]}, …]`."""
    return tuple(
        Highlight(text=str(each.get("text", "")), criteria=tuple(map(str, each.get("criteria", ()))))
        for each in json.loads(text)
        if isinstance(each, dict)
    )
