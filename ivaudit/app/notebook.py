"""The notebook of an audit: people met, lines noted while they speak, attached to criteria by one key."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from ivaudit.app import gestures, names, privacy, texts
from ivaudit.app.session import Session
from ivaudit.domain import clock
from ivaudit.domain.audit import STRUCTURE, Changes
from ivaudit.domain.errors import InvalidValue, NotFound
from ivaudit.domain.journal import Json
from ivaudit.domain.notebook import Line, Person
from ivaudit.store import notebook as stored
from ivaudit.store.journal import Edit

MAX_LINE = 2_000
MAX_NAME = 80
_TYPED = ("text", "person", "means", "at")


def persons(session: Session, audit: str) -> tuple[Person, ...]:
    """Return the people met in an audit, in the order they were noted."""
    return stored.persons(session.workspace.db, audit)


def lines(session: Session, audit: str) -> tuple[Line, ...]:
    """Return the lines of an audit, as they came."""
    return stored.lines(session.workspace.db, audit)


def meet(
    session: Session,
    audit: str,
    function: str,
    *,
    interlocutor: str = "",
    unit: str = "",
    at: str = "",
    name: str = "",
    key: str = "",
) -> tuple[Changes, str]:
    """Note somebody met, by function.

    Args:
        session: the open workspace.
        audit: id of the audit.
        function: what they do («IDEC», «agente d'accueil»).
        interlocutor: key of the vocabulary, empty when none fits.
        unit: where they work.
        at: local moment of the talk, now when empty.
        name: optional; never in a copy meant for others.
        key: the id that lines are noted under meanwhile (`new_key`), a new one when empty.

    Returns:
        What changed, and the id of the person.

    Raises:
        NotFound: no such audit.
        InvalidValue: no function, or a value that cannot be.
    """
    session.audit(audit)
    key = key or new_key()
    values = _person(
        session,
        {"function": function, "interlocutor": interlocutor, "unit": unit, "at": at or _now(), "name": name},
    )
    edits = [Edit(names.person(audit, key), "exists", True)]
    edits += [Edit(names.person(audit, key), field, value) for field, value in values.items() if value]
    return gestures.gesture(session, audit, edits, f"Entretien : {values['function']}"), key


def correct(session: Session, audit: str, key: str, **fields: str) -> Changes:
    """Correct what is said of somebody met.

    Raises:
        NotFound: no such audit or person.
        InvalidValue: an unknown field or a value that cannot be.
    """
    now = _known_person(session, audit, key)
    wanted = _person(session, fields)
    edits = [
        Edit(names.person(audit, key), name, value)
        for name, value in wanted.items()
        if getattr(now, name) != value
    ]
    return gestures.gesture(session, audit, edits, "Entretien modifié") if edits else Changes()


def forget(session: Session, audit: str, key: str) -> Changes:
    """Take away somebody met; their lines stay, without a speaker. Undo brings them back.

    Raises:
        NotFound: no such audit or person.
    """
    _known_person(session, audit, key)
    orphans = [line for line in lines(session, audit) if line.person == key]
    edits = [Edit(names.person(audit, key), "exists", False)]
    edits += [Edit(names.line(audit, line.id), "person", "") for line in orphans]
    return gestures.gesture(session, audit, edits, "Entretien retiré")


def note(
    session: Session,
    audit: str,
    text: str,
    *,
    person: str = "",
    criteria: Sequence[str] = (),
    subject: str = STRUCTURE,
    means: str = "",
    value: str = "",
    source: str = "",
    at: str = "",
    key: str = "",
) -> tuple[Changes, str]:
    """Note a line, and drop what was kept of it while it was typed.

    Args:
        session: the open workspace.
        audit: id of the audit.
        text: what was said, read or seen.
        person: id of somebody met, empty when nobody spoke.
        criteria: ids of the criteria it is about, none yet when empty.
        subject: what it is about.
        means: key of the vocabulary; what somebody says is «dit» unless told.
        value: key of the scale of its criteria, when it amounts to an answer.
        source: where it comes from when nobody spoke.
        at: local moment, now when empty.
        key: the id it was typed under (`new_key`), a new one when empty.

    Returns:
        What changed, and the id of the line.

    Raises:
        NotFound: no such audit or person.
        InvalidValue: no text, or a value that cannot be.
    """
    session.audit(audit)
    if not text.strip():
        raise InvalidValue("Une ligne de carnet a besoin d'un texte.")
    if person:
        _known_person(session, audit, person)
    key = key or new_key()
    values: dict[str, Json] = {
        "exists": True,
        "text": _text(text),
        "at": at or _now(),
        "person": person,
        "means": _means(session, means or ("dit" if person else "")),
        "source": _short(source),
        "subject": subject,
        "criteria": _criteria(session, audit, criteria),
        "value": _value(session, audit, criteria, value),
    }
    entity = names.line(audit, key)
    with session.workspace.gesture():
        for field in _TYPED:
            session.workspace.drafts.discard(entity, field)
        journal = session.workspace.journal
        edits = [
            Edit(entity, name, each)
            for name, each in values.items()
            if (journal.value(entity, name) or "") != (each or "")
        ]
        changes = gestures.gesture(session, audit, edits, "Ligne de carnet") if edits else Changes()
    return changes, key


def new_key() -> str:
    """Return an id for a person about to be met or a line about to be typed, its drafts included."""
    return secrets.token_hex(6)


def draft(session: Session, audit: str, key: str, text: str, *, person: str = "", at: str = "") -> None:
    """Keep a line being typed; it becomes a line by itself should the program stop.

    One that looks like an identity does not: it waits (`unfinished`) until the user decides.

    Args:
        session: the open workspace.
        audit: id of the audit.
        key: id of the line (`new_key`).
        text: what is typed so far; nothing forgets it.
        person: id of who speaks.
        at: local moment it was begun, now when empty.

    Raises:
        InvalidValue: it is too long.
    """
    kept = {"text": _text(text), "person": person, "means": "dit" if person else "", "at": at or _now()}
    entity, drafts = names.line(audit, key), session.workspace.drafts
    alert = bool(privacy.waiting(session, entity, "text", kept["text"]))
    for field in _TYPED:
        if text.strip() and kept[field]:
            drafts.put(entity, field, names.audit(audit), kept[field], alert=alert)
        else:
            drafts.discard(entity, field)


def unfinished(session: Session, audit: str) -> tuple[Line, ...]:
    """Return the lines that were typed and not recorded: those that look like an identity, as they came."""
    found: dict[str, dict[str, str]] = {}
    for each in session.workspace.drafts.all():
        if each.entity.startswith(names.line(audit, "")):
            found.setdefault(each.entity.rpartition("/")[2], {})[each.field] = each.text
    return tuple(
        Line(id=key, text=kept["text"], at=kept.get("at", ""), person=kept.get("person", ""))
        for key, kept in found.items()
        if "text" in kept
    )


def attach(session: Session, audit: str, key: str, criteria: Sequence[str], value: str = "") -> Changes:
    """Say which criteria a line is about, and what answer it amounts to; none detaches it.

    Raises:
        NotFound: no such audit or line.
        InvalidValue: a criterion the audit does not ask, or a value that is not of its scale.
    """
    now = _known_line(session, audit, key)
    wanted: dict[str, Json] = {
        "criteria": _criteria(session, audit, criteria),
        "value": _value(session, audit, criteria, value),
    }
    edits = []
    if wanted["criteria"] != list(now.criteria):
        edits.append(Edit(names.line(audit, key), "criteria", wanted["criteria"]))
    if wanted["value"] != now.value:
        edits.append(Edit(names.line(audit, key), "value", wanted["value"]))
    label = "Ligne rattachée" if criteria else "Ligne détachée"
    return gestures.gesture(session, audit, edits, label) if edits else Changes()


def rewrite(
    session: Session,
    audit: str,
    key: str,
    *,
    text: str | None = None,
    means: str | None = None,
    source: str | None = None,
    subject: str | None = None,
) -> Changes:
    """Correct a line.

    Raises:
        NotFound: no such audit or line.
        InvalidValue: no text left, or a value that cannot be.
    """
    now = _known_line(session, audit, key)
    if text is not None and not text.strip():
        raise InvalidValue("Une ligne de carnet a besoin d'un texte ; retirez-la si elle ne sert plus.")
    wanted = {
        "text": None if text is None else _text(text),
        "means": None if means is None else _means(session, means),
        "source": None if source is None else _short(source),
        "subject": subject,
    }
    edits = [
        Edit(names.line(audit, key), name, value)
        for name, value in wanted.items()
        if value is not None and getattr(now, name) != value
    ]
    return gestures.gesture(session, audit, edits, "Ligne de carnet modifiée") if edits else Changes()


def remove(session: Session, audit: str, key: str) -> Changes:
    """Take a line away; undo brings it back.

    Raises:
        NotFound: no such audit or line.
    """
    _known_line(session, audit, key)
    edit = Edit(names.line(audit, key), "exists", False)
    return gestures.gesture(session, audit, [edit], "Ligne de carnet retirée")


def _known_person(session: Session, audit: str, key: str) -> Person:
    found = stored.person(session.workspace.db, audit, key)
    if found is None:
        raise NotFound("Cette personne n'est pas, ou plus, dans les entretiens de l'audit.")
    return found


def _known_line(session: Session, audit: str, key: str) -> Line:
    found = stored.line(session.workspace.db, audit, key)
    if found is None:
        raise NotFound("Cette ligne n'est pas, ou plus, dans le carnet de l'audit.")
    return found


def _person(session: Session, fields: Mapping[str, str]) -> dict[str, str]:
    unknown = set(fields) - {"function", "interlocutor", "unit", "at", "name"}
    if unknown:
        raise InvalidValue("Un entretien n'a pas ce champ.")
    found = {name: _short(text) for name, text in fields.items()}
    if "function" in found and not found["function"]:
        raise InvalidValue("Un entretien se note par la fonction de la personne.")
    keys = session.library.vocabulary().keys("interlocutors")
    if found.get("interlocutor") and found["interlocutor"] not in keys:
        raise InvalidValue("Cet interlocuteur n'est pas dans le vocabulaire.")
    if found.get("at"):
        found["at"] = _moment(found["at"])
    return found


def _criteria(session: Session, audit: str, criteria: Sequence[str]) -> list[Json]:
    index = session.frozen(session.audit(audit)).index
    if not set(criteria) <= set(index):
        raise InvalidValue("Un des critères cités n'est dans aucune grille de cet audit.")
    return list(dict.fromkeys(criteria))


def _value(session: Session, audit: str, criteria: Sequence[str], value: str) -> str:
    index = session.frozen(session.audit(audit)).index
    for _, checklist, criterion in (index[key] for key in criteria):
        if value and checklist.scale_of(criterion).value(value) is None:
            raise InvalidValue("Cette réponse n'est pas de l'échelle du critère.")
    if value and not criteria:
        raise InvalidValue("Une ligne vaut une réponse une fois rattachée à un critère.")
    return value


def _means(session: Session, means: str) -> str:
    if means and means not in session.library.vocabulary().keys("means"):
        raise InvalidValue("Cette façon d'établir un fait n'est pas dans le vocabulaire.")
    return means


def _text(text: str) -> str:
    return texts.bounded(text.strip(), MAX_LINE)


def _short(text: str) -> str:
    return texts.bounded(" ".join(text.split()), MAX_NAME)


def _now() -> str:
    return clock.now().isoformat(timespec="seconds")


def _moment(text: str) -> str:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None).isoformat(timespec="seconds")
    except ValueError:
        raise InvalidValue("Le moment s'écrit comme 2026-11-21T14:05.") from None
