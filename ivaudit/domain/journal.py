"""The algebra of the journal, «git for fields»: ops, changes, heads, and nothing about where they are kept.

An *op* is one gesture in one scope; its id is the SHA-256 of its header and of the digests of its changes,
and `prev` names the ops it came after: a hash graph, which a restored backup or a copied folder may fork
without harm. A *change* gives one field a value and names in `base` the changes it replaces. A change that
nothing replaces is a *head*: one head is the value, two are a conflict. Merging is the union of two sets.

The id covers `SHA-256(salt ‖ body)`, never the body: salt and body may be erased and every id still verifies.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, cast

from ivaudit.domain.errors import CorruptFile, NewerFile

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"

VERSION = 1
"""Version of the header and of the body: part of both, so that what is hashed can evolve."""

DIGEST = 32
CHANGE_ID = DIGEST + 4
SALT = 16

MODIFY, UNDO, ERASE, RECOVER = "modifier", "annuler", "effacer", "reprendre"
MOVE, CONFIRM = "changer de version", "reconfirmer"
IMPORT = "importer"
REOPEN = "rouvrir"
PURGE = "purger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field given a value by an op.

    `base` are the ids of the changes it replaces, sorted; `salt` and `body` are absent once erased. `shown`
    stands in for a body that whoever sent it left out: what of it may be known, part of no digest.
    """

    entity: str
    field: str
    base: tuple[bytes, ...]
    digest: bytes
    salt: bytes | None
    body: str | None
    shown: str | None = None

    @property
    def visible(self) -> str | None:
        """Return what screens and caches read: the body, or what stands in for it."""
        return self.shown if self.body is None else self.body


@dataclass(frozen=True, slots=True, kw_only=True)
class Op:
    """One gesture.

    `prev` are the tips of its scope when it was made, sorted; `at` is UTC, ISO 8601; `about` is the op
    undone, or the ids of the changes erased, joined.
    """

    id: bytes
    scope: str
    prev: tuple[bytes, ...]
    kind: str
    author: str
    device: str
    at: str
    reason: str | None = None
    about: bytes | None = None
    version: int = VERSION
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A change that nothing replaces."""

    op: bytes
    index: int
    at: str
    author: str
    body: str | None

    @property
    def change(self) -> bytes:
        """Return the id of the change."""
        return change_id(self.op, self.index)

    @property
    def rank(self) -> tuple[str, bytes, int]:
        """Return what two heads are compared by: the same on every machine."""
        return (self.at, self.op, self.index)


@dataclass(slots=True)
class State:
    """What the ops amount to: the heads of each field, by change id, and the tips of each scope."""

    heads: dict[tuple[str, str], dict[bytes, Head]] = field(default_factory=dict)
    tips: dict[str, set[bytes]] = field(default_factory=dict)


# -- values ------------------------------------------------------------------------------------------------


def encode(value: Json) -> str:
    """Return the body of a value: versioned, canonical JSON that any text survives."""
    return whole(_canonical([VERSION, value]))


def decode(body: str | None) -> Json:
    """Return the value of a body; an erased one has none.

    Raises:
        NewerFile: the body was written by a newer version of the program.
        CorruptFile: the body is not one.
    """
    if body is None:
        return None
    parts = json.loads(body)
    if not isinstance(parts, list) or len(parts) != 2 or not isinstance(parts[0], int):  # noqa: PLR2004
        raise CorruptFile("Une valeur du journal est illisible. Rien n'a été modifié.")
    if parts[0] > VERSION:
        raise NewerFile(
            "Ces données viennent d'une version plus récente d'ivaudit. Rien n'a été modifié : "
            "installez cette version pour les lire."
        )
    return cast("Json", parts[1])


def whole(text: str) -> str:
    """Return the text with half characters (lone surrogates) made whole or visibly replaced."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def digest(salt: bytes, body: str) -> bytes:
    """Return what stands for a value in the id of its op."""
    return hashlib.sha256(salt + body.encode()).digest()


# -- identities --------------------------------------------------------------------------------------------


def change_id(op: bytes, index: int) -> bytes:
    """Return the id of a change: its op and its rank in it."""
    return op + index.to_bytes(4, "big")


def split_change_id(change: bytes) -> tuple[bytes, int]:
    """Return the op of a change and its rank in it."""
    return change[:DIGEST], int.from_bytes(change[DIGEST:], "big")


def split(joined: bytes, size: int) -> tuple[bytes, ...]:
    """Return the ids that were joined: of changes (`CHANGE_ID`) or of ops (`DIGEST`)."""
    return tuple(joined[start : start + size] for start in range(0, len(joined), size))


def op_id(op: Op) -> bytes:
    """Return the id that the content of an op gives it."""
    changes = [[c.entity, c.field, _hexes(c.base), c.digest.hex()] for c in op.changes]
    about = None if op.about is None else op.about.hex()
    header = [op.version, op.scope, _hexes(op.prev), op.kind, op.author, op.device, op.at, op.reason, about]
    return hashlib.sha256(_canonical([*header, changes]).encode()).digest()


def op_problem(op: Op) -> str | None:
    """Return why an op is not what its id says, in French, or nothing."""
    if op.id != op_id(op):
        return "une opération ne correspond pas à son empreinte"
    return next((problem for change in op.changes if (problem := _value_problem(change))), None)


def body_problem(op: Op) -> str | None:
    """Return why a body is not as we write them: it must survive every table and every screen."""
    for change in op.changes:
        if change.body is not None and change.shown is not None:
            return "une valeur est dite deux fois"
        try:
            said = change.visible
            same = said is None or encode(decode(said)) == said
        except (ValueError, RecursionError):
            same = False
        if not same:
            return "une valeur n'est pas lisible"
    return None


def _value_problem(change: Change) -> str | None:
    match change.salt, change.body:
        case None, None:
            return None
        case bytes(salt), str(body):
            same = digest(salt, body) == change.digest
            return None if same else "une valeur ne correspond pas à son empreinte"
        case _:
            return "une valeur est incomplète"


# -- state -------------------------------------------------------------------------------------------------


def winner(heads: Iterable[Head]) -> Head | None:
    """Return the head whose value is shown: the only one, or the latest of a conflict."""
    return max(heads, key=lambda head: head.rank, default=None)


def disagree(heads: Iterable[Head]) -> bool:
    """Tell whether heads say different things: two copies that say the same are no conflict to settle."""
    return len({head.body for head in heads}) > 1


def fold(ops: Iterable[Op]) -> State:
    """Return what the ops amount to, parents before children."""
    state = State()
    for op in ops:
        tips = state.tips.setdefault(op.scope, set())
        tips.difference_update(op.prev)
        tips.add(op.id)
        for index, change in enumerate(op.changes):
            heads = state.heads.setdefault((change.entity, change.field), {})
            for base in change.base:
                heads.pop(base, None)
            head = Head(op=op.id, index=index, at=op.at, author=op.author, body=change.visible)
            heads[head.change] = head
    return state


def _hexes(ids: Sequence[bytes]) -> list[str]:
    return [each.hex() for each in ids]


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
