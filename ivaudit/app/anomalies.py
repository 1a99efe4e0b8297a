"""The register of anomalies: entries declared, completed, removed; each gesture undone under its name."""

import secrets
from collections.abc import Iterator, Mapping

from ivaudit.app import anomaly_numbering, facilities, gestures, names
from ivaudit.app.session import Session
from ivaudit.content.shapes import Family
from ivaudit.domain import clock
from ivaudit.domain.anomalies import FORMS, Entry, EntryKind, EntryLine, State, Turn
from ivaudit.domain.anomaly_rules import check_days, check_entry
from ivaudit.domain.anomaly_states import is_moment
from ivaudit.domain.audit import Changes
from ivaudit.domain.entry_fold import DECLARED, REMOVED, TRAIL, trail_value
from ivaudit.domain.errors import InvalidValue, NotFound
from ivaudit.domain.form_values import MAX_LINE, checked_field
from ivaudit.domain.forms import Form
from ivaudit.domain.journal import Json
from ivaudit.domain.register_terms import RegisterTerms
from ivaudit.store import anomalies as stored
from ivaudit.store.anomalies import Among
from ivaudit.store.journal import Edit

__all__ = ["Among", "declare", "edit", "form", "gesture", "get", "lines", "redo", "remove", "terms", "undo"]

STACK = names.REGISTER
"""Under which name gestures on the register are undone."""

REGISTER = "registre"
_LINKS = frozenset({"facility", "audit", "action", "source", "source_number"})
"""What may be changed of an entry beside the fields of its form."""


def terms(session: Session) -> RegisterTerms:
    """Return the lists and the thresholds of the register."""
    found: RegisterTerms = session.library.one(Family.REGISTER, REGISTER)
    return found


def form(session: Session, kind: EntryKind) -> Form:
    """Return the form of a kind of entries: its first section is the short entry."""
    return session.library.form(FORMS[kind])


def lines(session: Session, among: Among | None = None) -> tuple[EntryLine, ...]:
    """Return the lines of the register, the last found first."""
    return stored.lines(session.workspace.db, among)


def texts(session: Session) -> dict[str, str]:
    """Return what a search looks in, folded, by id: for a list that filters while one types."""
    return stored.texts(session.workspace.db)


def entries(session: Session) -> Iterator[Entry]:
    """Yield every entry whole, by id: for exports."""
    return stored.entries(session.workspace.db)


def get(session: Session, key: str) -> Entry:
    """Return an entry whole.

    Raises:
        NotFound: there is none with this id.
    """
    found = stored.entry(session.workspace.db, key)
    if found is None:
        raise NotFound("Cette anomalie n'existe pas, ou plus, dans ce dossier de travail.")
    return found


def find(session: Session, number: str) -> Entry:
    """Return the entry that has a number, or an id.

    Raises:
        NotFound: there is none.
    """
    keys = stored.by_number(session.workspace.db, number.strip().upper())
    return get(session, keys[0] if keys else number.strip())


def declare(
    session: Session,
    kind: EntryKind,
    values: Mapping[str, object],
    *,
    facility: str = "",
    at: str = "",
    by: str = "",
    born_of: str = "",
    audit: str = "",
    action: str = "",
) -> tuple[Changes, str]:
    """Declare an entry: what is known now, the rest later.

    Args:
        session: the open workspace.
        kind: which form.
        values: fields of the form, by id; `type` is compulsory.
        facility: id of the structure, may be empty.
        at: local moment of the declaration, `AAAA-MM-JJTHH:MM`; now unless told.
        by: function of who declares; the present author unless told.
        born_of: id of the entry that gives birth to this one.
        audit: id of the audit where it was found.
        action: id of the action it led to.

    Returns:
        What changed, and the id of the entry.

    Raises:
        NotFound: no such structure, entry or audit.
        InvalidValue: no type, a room as the only reference, a day to come, or a value its field cannot hold.
        IdentityFound: a text looks like the identity of a person.
    """
    key = secrets.token_hex(6)
    declared = declaration(session, kind, values, at=at, by=by)
    declared.update(_linked(session, facility=facility, audit=audit, action=action))
    if born_of:
        declared["born_of"] = get(session, born_of).id
    with session.workspace.gesture(), anomaly_numbering.numbers(session) as numbers:
        declared["number"] = numbers.give(str(declared["found"])[:4])
        declaring = Edit(names.anomaly(key), DECLARED, declared)
        changes = gesture(session, [declaring], f"{declared['number']} déclarée")
    return changes, key


def declaration(
    session: Session, kind: EntryKind, values: Mapping[str, object], *, at: str = "", by: str = ""
) -> dict[str, Json]:
    """Return what a declaration keeps of the fields of its form, with its first state; recorded nowhere.

    Raises:
        InvalidValue: as `declare`.
    """
    kept = checked(session, kind, values, {})
    check_entry(kind, kept)
    check_days(kept, clock.today().isoformat())
    now = at or clock.now().isoformat(timespec="minutes")
    if not is_moment(now):
        raise InvalidValue("Le moment de la déclaration s'écrit comme 2026-11-21T14:30.")
    kept.setdefault("found", now[:10])
    state = State.CLOSED if kind is EntryKind.BATCH else State.REPORTED
    trail = (Turn(state=state, at=now, by=by.strip() or session.author),)
    return {"kind": kind.value, **kept, TRAIL: trail_value(trail)}


def edit(session: Session, key: str, values: Mapping[str, object]) -> Changes:
    """Change fields of an entry, those of its form or what it is linked to; an empty value clears a field.

    Raises:
        NotFound: no such entry.
        InvalidValue: a value its field cannot hold, or a room left as the only reference.
        IdentityFound: a text looks like the identity of a person.
    """
    now = get(session, key)
    edits = edits_of(session, now, values)
    return gesture(session, edits, f"{now.number} modifiée") if edits else Changes()


def edits_of(session: Session, now: Entry, values: Mapping[str, object]) -> list[Edit]:
    """Return what changing fields of an entry records; nothing is recorded yet.

    Raises:
        NotFound: no such structure, audit or action.
        InvalidValue: a value its field cannot hold, a day to come, or a room left as the only reference.
    """
    links = {name: str(value or "") for name, value in values.items() if name in _LINKS}
    wanted = checked(session, now.kind, {n: v for n, v in values.items() if n not in _LINKS}, now.values)
    check_entry(now.kind, {**now.values, **wanted})
    check_days({n: v for n, v in wanted.items() if v != now.values.get(n)}, clock.today().isoformat())
    fields: dict[str, Json] = {**wanted, **links, **_linked(session, **links)}
    known = {**now.values, **{name: getattr(now, name) for name in _LINKS}}
    return [
        Edit(names.anomaly(now.id), name, "" if value is None else value)
        for name, value in fields.items()
        if _kept(known.get(name)) != _kept(value)
    ]


def _kept(value: Json) -> Json:
    """Return a value, nothing where it is empty; lists as they compare."""
    return None if value in ("", [], ()) else value


def remove(session: Session, key: str) -> Changes:
    """Take an entry off the register; undo brings it back.

    Raises:
        NotFound: no such entry.
    """
    now = get(session, key)
    return gesture(session, [Edit(names.anomaly(key), REMOVED, True)], f"{now.number} retirée")


def restore(session: Session, key: str) -> Changes:
    """Put an entry that was taken off the register back on it.

    Raises:
        NotFound: there never was one with this id.
    """
    if session.workspace.journal.value(names.anomaly(key), DECLARED) is None:
        raise NotFound("Cette anomalie n'a jamais été dans ce dossier de travail.")
    return gesture(session, [Edit(names.anomaly(key), REMOVED, False)], "Saisie remise au registre")


def undo(session: Session) -> Changes:
    """Undo the last gesture of this session on the register."""
    return gestures.undo(session, STACK)


def redo(session: Session) -> Changes:
    """Redo the last gesture undone on the register."""
    return gestures.redo(session, STACK)


def gesture(session: Session, edits: "list[Edit]", label: str) -> Changes:
    """Record edits of the register as one gesture that can be undone under its label."""
    return gestures.done(session, STACK, session.record(names.REGISTER, edits), label)


def checked(
    session: Session, kind: EntryKind, values: Mapping[str, object], now: Mapping[str, Json]
) -> dict[str, Json]:
    """Return fields of a form as they are kept; empty ones as nothing.

    Raises:
        InvalidValue: the form has no such field, or it cannot hold this value.
    """
    sheet, lists = form(session, kind), terms(session)
    return {
        name: checked_field(sheet, name, value, lists, now=now.get(name)) for name, value in values.items()
    }


def _linked(session: Session, **links: str) -> dict[str, Json]:
    """Return links to what is known, the empty ones left out."""
    if links.get("facility"):
        facilities.get(session, links["facility"])
    if links.get("audit"):
        session.audit(links["audit"])
    if links.get("action"):
        from ivaudit.app import actions  # noqa: PLC0415

        actions.get(session, links["action"])
    return {name: value[:MAX_LINE] for name, value in links.items() if value}
