"""Names of entities and scopes in the journal, made and read in one place."""

import re
from collections.abc import Iterable

from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import InvalidValue

WORKSPACE = "workspace"
SETTINGS = "settings:workspace"
INSI = "insi"
"""The scope of the INSi follow-up."""
REGISTER = "register"

_OF_AUDIT = frozenset(
    {"audit", "answer", "form", "evidence", "finding", "person", "line", "subject", "comment"}
)
"""Kinds of entities whose name starts with the audit they belong to."""

_SUBJECT = re.compile(r"[\w-]{1,60}")


def structure(key: str) -> str:
    """Return the scope of a structure."""
    return f"structure:{key}"


def facility(key: str) -> str:
    """Return the entity of a structure."""
    return f"facility:{key}"


def audit(key: str) -> str:
    """Return the entity of an audit, which is also the name of its scope."""
    return f"audit:{key}"


def form(audit_key: str, form_id: str) -> str:
    """Return the entity of a form filled in an audit."""
    return f"form:{audit_key}/{form_id}"


def answer(audit_key: str, subject: str, criterion: str) -> str:
    """Return the entity of an answer.

    Raises:
        InvalidValue: the subject has characters a name cannot have.
    """
    if not _SUBJECT.fullmatch(subject):
        raise InvalidValue("Le nom d'un sujet (unité, fonction) se fait de lettres, chiffres et tirets.")
    return f"answer:{audit_key}/{subject}/{criterion}"


def campaign(key: str) -> str:
    """Return the entity of an observation campaign, which is also the name of its scope."""
    return f"campaign:{key}"


def row(campaign_key: str, key: str) -> str:
    """Return the entity of a row of a campaign."""
    return f"row:{campaign_key}/{key}"


def finding(audit_key: str, key: str) -> str:
    """Return the entity of a finding of an audit."""
    return f"finding:{audit_key}/{key}"


def action(key: str) -> str:
    """Return the entity of an action, which is also the name of its scope."""
    return f"action:{key}"


def anomaly(key: str) -> str:
    """Return the entity of an entry of the register."""
    return f"anomaly:{key}"


def evidence(audit_key: str, key: str) -> str:
    """Return the entity of a piece of evidence of an audit."""
    return f"evidence:{audit_key}/{key}"


def person(audit_key: str, key: str) -> str:
    """Return the entity of somebody met in an audit."""
    return f"person:{audit_key}/{key}"


def line(audit_key: str, key: str) -> str:
    """Return the entity of a line of the notebook of an audit."""
    return f"line:{audit_key}/{key}"


def comment(audit_key: str, key: str) -> str:
    """Return the entity of a comment of the facility on an audit."""
    return f"comment:{audit_key}/{key}"


def subject(audit_key: str, key: str) -> str:
    """Return the entity of a subject of an audit."""
    return f"subject:{audit_key}/{key}"


def insi(kind: str, key: str) -> str:
    """Return an entity of the INSi follow-up: «import», «perimeter», «link» or «rate»."""
    return f"insi_{kind}:{key}"


def indicators(facility_key: str) -> str:
    """Return the scope of the indicators of a structure."""
    return f"indicators:{facility_key}"


def reading(facility_key: str, indicator: str, month: str) -> str:
    """Return the entity of what was read for an indicator and a month."""
    return f"reading:{facility_key}/{indicator}.{month}"


def target(facility_key: str, indicator: str) -> str:
    """Return the entity of what a structure aims at."""
    return f"target:{facility_key}/{indicator}"


def occurrence(facility_key: str, indicator: str, day: str) -> str:
    """Return the entity of a day on which a rare event happened."""
    return f"occurrence:{facility_key}/{indicator}.{day}"


def audit_of(entity: str) -> str | None:
    """Return the audit an entity belongs to, or nothing."""
    kind, _, rest = entity.partition(":")
    return rest.split("/", 1)[0] if kind in _OF_AUDIT else None


def changes(
    entities: Iterable[str], *, done: str = "", undo: str = "", redo: str = "", at: str = ""
) -> Changes:
    """Return what was touched, from the entities of a recorded gesture."""
    found: dict[str, set[str]] = {"facility": set(), "audit": set(), "form": set(), "settings": set()}
    answers: set[tuple[str, str, str]] = set()
    others: set[str] = set()
    for entity in entities:
        kind, _, rest = entity.partition(":")
        if kind == "answer":
            audit_key, subject, criterion = rest.split("/", 2)
            answers.add((audit_key, subject, criterion))
        elif kind in found:
            found[kind].add(rest)
        else:
            others.add(entity)
    return Changes(
        workspace=bool(found["settings"]),
        facilities=frozenset(found["facility"]),
        audits=frozenset(found["audit"]),
        forms=frozenset(found["form"]),
        answers=frozenset(answers),
        entities=frozenset(others),
        done=done,
        undo=undo,
        redo=redo,
        at=at,
    )
