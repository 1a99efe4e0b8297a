"""Structures: created, edited, removed while nothing depends on them."""

import secrets
from collections.abc import Mapping

from ivaudit.app import names
from ivaudit.app.session import Session
from ivaudit.domain.audit import Changes, Facility
from ivaudit.domain.errors import InvalidValue, NotAllowedNow, NotFound
from ivaudit.domain.finess import finess_warning
from ivaudit.domain.form_values import checked_field
from ivaudit.domain.journal import Json
from ivaudit.store import audits as stored_audits
from ivaudit.store import facilities as stored
from ivaudit.store.journal import Edit

FORM = "structure"


def all_of(session: Session) -> tuple[Facility, ...]:
    """Return the structures, by name."""
    return stored.facilities(session.workspace.db)


def get(session: Session, key: str) -> Facility:
    """Return a structure.

    Raises:
        NotFound: there is none with this id.
    """
    found = stored.facility(session.workspace.db, key)
    if found is None:
        raise NotFound("Cette structure n'existe pas, ou plus, dans ce dossier de travail.")
    return found


def create(session: Session, values: Mapping[str, object]) -> tuple[Changes, str]:
    """Create a structure from the fields of its form; only the name is compulsory.

    Returns:
        What changed, and the id of the structure.

    Raises:
        InvalidValue: no name, or a value its field cannot hold.
    """
    key, edits = creation(session, values)
    recorded = session.record(names.structure(key), edits)
    return Changes(facilities=frozenset({key}), done="Structure créée", at=recorded.at), key


def creation(session: Session, values: Mapping[str, object]) -> tuple[str, list[Edit]]:
    """Return the id of a structure to create, and the edits that create it; nothing is recorded.

    Raises:
        InvalidValue: no name, or a value its field cannot hold.
    """
    key = secrets.token_hex(6)
    kept = _checked(session, values, {})
    if not str(kept.get("name") or "").strip():
        raise InvalidValue("Une structure a besoin d'un nom.")
    edits = [Edit(names.facility(key), "exists", True)]
    edits += [Edit(names.facility(key), name, value) for name, value in kept.items() if value is not None]
    return key, edits


def edit(session: Session, key: str, values: Mapping[str, object]) -> Changes:
    """Change fields of a structure; an empty value clears the field.

    Raises:
        NotFound: no such structure.
        InvalidValue: a value its field cannot hold, or no name left.
    """
    now = get(session, key).values
    kept = _checked(session, values, now)
    if "name" in kept and not str(kept["name"] or "").strip():
        raise InvalidValue("Une structure a besoin d'un nom.")
    edits = [Edit(names.facility(key), name, value) for name, value in kept.items() if now.get(name) != value]
    if not edits:
        return Changes()
    recorded = session.record(names.structure(key), edits)
    return Changes(facilities=frozenset({key}), done="Structure modifiée", at=recorded.at)


def remove(session: Session, key: str) -> Changes:
    """Remove a structure that no audit is about.

    Raises:
        NotAllowedNow: an audit is about it.
    """
    get(session, key)
    if any(audit.facility == key for audit in stored_audits.audits(session.workspace.db)):
        raise NotAllowedNow("Des audits portent sur cette structure : elle ne peut pas être retirée.")
    recorded = session.record(names.structure(key), [Edit(names.facility(key), "exists", False)])
    return Changes(facilities=frozenset({key}), done="Structure retirée", at=recorded.at)


def restore(session: Session, key: str) -> Changes:
    """Bring back a structure that was removed.

    Raises:
        NotFound: there never was one with this id.
    """
    get(session, key)
    recorded = session.record(names.structure(key), [Edit(names.facility(key), "exists", True)])
    return Changes(facilities=frozenset({key}), done="Structure rétablie", at=recorded.at)


def warnings(values: Mapping[str, object]) -> dict[str, str]:
    """Return a sentence for each FINESS number that looks wrong, by field."""
    found = {key: finess_warning(str(values.get(key) or "")) for key in ("finess_ej", "finess_et")}
    return {key: sentence for key, sentence in found.items() if sentence}


def _checked(session: Session, values: Mapping[str, object], now: Mapping[str, object]) -> dict[str, Json]:
    form, terms = session.library.form(FORM), session.library.vocabulary()
    return {key: checked_field(form, key, value, terms, now=now.get(key)) for key, value in values.items()}
