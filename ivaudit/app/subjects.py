"""Subjects of an audit: units, people, records, and who answers for all."""

import re
import secrets
import unicodedata
from typing import TYPE_CHECKING

from ivaudit.app import gestures, names, texts
from ivaudit.app.session import Session
from ivaudit.domain.audit import STRUCTURE, Changes
from ivaudit.domain.errors import InvalidValue, NotAllowedNow, NotFound
from ivaudit.domain.subjects import Subject, SubjectKind
from ivaudit.store import audits as stored_audits
from ivaudit.store import subjects as stored
from ivaudit.store.journal import Edit

if TYPE_CHECKING:
    from ivaudit.domain.journal import Json

MAX_LABEL = 60
MOST = 60
_ROOM = 40


def of_audit(session: Session, audit: str) -> tuple[Subject, ...]:
    """Return the subjects of an audit, as they were arranged."""
    return stored.subjects(session.workspace.db, audit)


def get(session: Session, audit: str, key: str) -> Subject:
    """Return a subject.

    Raises:
        NotFound: there is none with this id.
    """
    found = next((each for each in of_audit(session, audit) if each.id == key), None)
    if found is None:
        raise NotFound("Ce sujet n'est pas, ou plus, dans l'audit.")
    return found


def add(
    session: Session, audit: str, label: str, kind: SubjectKind = SubjectKind.UNIT
) -> tuple[Changes, str]:
    """Add a subject; its id is made of its label, so that two auditors who add «Médecine» mean the same.

    Raises:
        NotFound: no such audit.
        InvalidValue: no label, one already there, or too many subjects.
    """
    session.audit(audit)
    kept = _label(label)
    known = of_audit(session, audit)
    if len(known) >= MOST:
        raise InvalidValue(f"Un audit porte au plus {MOST} sujets.")
    if any(each.label.casefold() == kept.casefold() for each in known):
        raise InvalidValue("Un sujet porte déjà ce nom dans cet audit.")
    key = _key(kept, {each.id for each in known})
    rank = max((each.rank for each in known), default=0) + 1
    values: dict[str, Json] = {"exists": True, "label": kept, "kind": kind.value, "rank": rank}
    edits = [Edit(names.subject(audit, key), name, value) for name, value in values.items()]
    return gestures.gesture(session, audit, edits, f"Sujet ajouté : {kept}"), key


def edit(
    session: Session,
    audit: str,
    key: str,
    *,
    label: str | None = None,
    kind: SubjectKind | None = None,
) -> Changes:
    """Rename a subject, or say what it is.

    Raises:
        NotFound: no such audit or subject.
        InvalidValue: no label.
    """
    now = get(session, audit, key)
    wanted: dict[str, Json] = {}
    if label is not None and _label(label) != now.label:
        wanted["label"] = _label(label)
    if kind is not None and kind is not now.kind:
        wanted["kind"] = kind.value
    edits = [Edit(names.subject(audit, key), name, value) for name, value in wanted.items()]
    return gestures.gesture(session, audit, edits, "Sujet modifié") if edits else Changes()


def move(session: Session, audit: str, key: str, steps: int) -> Changes:
    """Move a subject up (negative) or down in the lists, as one gesture.

    Raises:
        NotFound: no such audit or subject.
    """
    get(session, audit, key)
    order = [each.id for each in of_audit(session, audit)]
    at = order.index(key)
    order.insert(min(max(at + steps, 0), len(order) - 1), order.pop(at))
    ranks = {each.id: each.rank for each in of_audit(session, audit)}
    edits = [
        Edit(names.subject(audit, each), "rank", rank)
        for rank, each in enumerate(order, 1)
        if ranks[each] != rank
    ]
    return gestures.gesture(session, audit, edits, "Sujets réordonnés") if edits else Changes()


def remove(session: Session, audit: str, key: str) -> Changes:
    """Take away a subject that has no answer; undo brings it back.

    Raises:
        NotFound: no such audit or subject.
        NotAllowedNow: answers are about it.
    """
    get(session, audit, key)
    answers = stored_audits.answers(session.workspace.db, audit, key)
    if any(not answer.empty for answer in answers.values()):
        raise NotAllowedNow("Des réponses portent sur ce sujet : retirez-les d'abord, ou renommez-le.")
    edit = Edit(names.subject(audit, key), "exists", False)
    return gestures.gesture(session, audit, [edit], "Sujet retiré")


def _label(label: str) -> str:
    kept = texts.bounded(" ".join(label.split()), MAX_LABEL)
    if not kept:
        raise InvalidValue("Un sujet a besoin d'un nom : celui de l'unité, ou la fonction de la personne.")
    return kept


def _key(label: str, taken: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", label.casefold()).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_ROOM]
    return key if key and key != STRUCTURE and key not in taken else f"{key}-{secrets.token_hex(3)}"
