"""Identities of persons are caught before the journal: every gesture of the program passes here."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from ivaudit.domain import clock
from ivaudit.domain.entry_fold import DECLARED
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.identity import WHY, IdentityAlert, IdentityKind, alerts
from ivaudit.domain.journal import Json

if TYPE_CHECKING:
    from ivaudit.app.session import Session
    from ivaudit.store.journal import Edit

_SHORTEST = 5
_READ = 20_000
"""Characters of a text from elsewhere that are looked at: what is sent may be as long as a file."""
_CHOSEN = frozenset(
    {
        "kind", "number", "facility", "type", "error", "step", "channel", "severity", "potential", "role",
        "nature", "traits", "causes", "status_before", "status_after", "recipient", "vigilances", "found",
        "happened", "due", "known_day", "known_time", "informed", "confirmed",
    }
)  # fmt: skip
"""What an entry of the register takes from closed lists, or as a day: nobody types a name there."""
_TYPED = frozenset({"reported"})
"""The fields of an entry whose lines hold a number that somebody typed."""
_OWN_WORDS = frozenset({"settings", "subject", "facility"})
"""Kinds of entities that bear names of their own: of the author, of units, of structures."""
_NAME_FIELDS = frozenset({"name", "title", "address", "city", "organisation"})
"""Fields where a civility and a name may stand: those of a place, or of somebody who agreed to be named."""


class IdentityFound(InvalidValue):
    """A text looks like the identity of a person: mask it, or say that it is none.

    Args:
        entity: where it was to be kept.
        field: the field.
        found: the passages, by their place; never their words.
    """

    def __init__(self, entity: str, field: str, found: Sequence[IdentityAlert]) -> None:
        super().__init__(sentence(found))
        self.entity = entity
        self.field = field
        self.found = tuple(found)


def sentence(found: Sequence[IdentityAlert]) -> str:
    """Return what people are told of passages that look like an identity, without their words."""
    why = " ".join(dict.fromkeys(WHY[each.kind] for each in found))
    return (
        f"{why} Ce texte n'est pas enregistré : masquez le passage, ou confirmez qu'il n'identifie personne."
    )


def check(session: "Session", edits: Iterable["Edit"]) -> None:
    """Refuse edits that would put an identity in the journal.

    A passage that the same field already holds, or that the user said is none, passes.

    Raises:
        IdentityFound: the first text that looks like an identity.
    """
    if session.trusting:
        return
    for edit in edits:
        for name, text in _texts(edit.field, edit.value):
            found = waiting(session, edit.entity, edit.field, text, name)
            if found:
                raise IdentityFound(edit.entity, edit.field, found)


def check_reason(session: "Session", reason: str | None) -> None:
    """Refuse a reason that would put an identity in the journal: reasons are never erased.

    Raises:
        IdentityFound: it looks like an identity, and nobody said that it is none.
    """
    if session.trusting or not reason or reason == session.author:
        return
    found = alerts(reason[:_READ], clock.today())
    undecided = [each for each in found if not _decided(session, reason[each.start : each.end], "")]
    if undecided:
        raise IdentityFound("", "reason", undecided)


def waiting(
    session: "Session", entity: str, field: str, text: str, name: str = ""
) -> tuple[IdentityAlert, ...]:
    """Return the passages of a text that nobody decided about yet.

    Args:
        session: the open workspace.
        entity: where the text is to be kept.
        field: the field.
        text: the text.
        name: the key of the text inside the field, where it is one of several.
    """
    found = _alarming(entity, field, text, name) if text != session.author else ()
    if not found:
        return ()
    fields = (field, DECLARED) if entity.startswith("anomaly:") else (field,)
    known = " ".join(str(session.workspace.journal.value(entity, each) or "") for each in fields)
    return tuple(each for each in found if not _decided(session, text[each.start : each.end], known))


def keep(session: "Session", text: str) -> None:
    """Take note that what looks like an identity in a text is none; until the workspace is closed."""
    session.kept.update(_mark(text[each.start : each.end]) for each in alerts(text, clock.today()))


def looks_like_one(entity: str, field: str, value: Json) -> bool:
    """Tell whether a value written elsewhere holds what looks like an identity, near its beginning."""
    return any(_alarming(entity, field, text[:_READ], name) for name, text in _texts(field, value))


def _alarming(entity: str, field: str, text: str, name: str) -> tuple[IdentityAlert, ...]:
    kind = entity.partition(":")[0]
    if len(text) < _SHORTEST or (kind == "anomaly" and field not in _TYPED and (name or field) in _CHOSEN):
        return ()
    found = alerts(text, clock.today())
    return tuple(each for each in found if _counts(each, kind, name or field))


def _counts(found: IdentityAlert, kind: str, field: str) -> bool:
    return found.kind is not IdentityKind.NAME or (kind not in _OWN_WORDS and field not in _NAME_FIELDS)


def _decided(session: "Session", passage: str, known: str) -> bool:
    return passage in known or _mark(passage) in session.kept


def _mark(passage: str) -> bytes:
    return hashlib.sha256(passage.encode()).digest()


def _texts(name: str, value: Json) -> Iterator[tuple[str, str]]:
    match value:
        case str():
            yield name, value
        case list():
            for each in value:
                yield from _texts(name, each)
        case dict():
            for key, each in value.items():
                yield from _texts(key, each)
        case _:
            return
