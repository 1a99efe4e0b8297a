"""Where a word is written in the workspace: values, past or present, drafts, reasons, names, definitions.

A piece at a time: values are read by slices of the ids of their gestures, which are spread evenly.
"""

import json
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from ivaudit.domain.wording import folded
from ivaudit.store.encryption import translated

if TYPE_CHECKING:
    from sqlite_utils import Database

_VALUES = (
    "SELECT c.op, c.i, c.entity, c.field, coalesce(c.body, w.shown), c.body IS NULL FROM change c"
    " LEFT JOIN withheld w ON w.op = c.op AND w.i = c.i"
)
SLICES = 1024
"""Readings that go through every value."""


class Kind(StrEnum):
    """Where a word is written, and so whether it can go: values, drafts and memories of columns can.

    What was received without a part of it cannot be written again without that part: it goes where it is
    whole, and here with the next file from there.
    """

    VALUE = "valeur"
    RECEIVED = "valeur reçue en partie"
    DRAFT = "brouillon"
    REASON = "motif ou auteur d'un geste"
    NAME = "identifiant"
    DEFINITION = "grille ou texte publié"
    MEMORY = "colonnes retenues d'un fichier"
    KNOWN = "connu de ce poste"

    @property
    def erasable(self) -> bool:
        """Tell whether it may be erased for good, here: what the ids of gestures are computed on may not."""
        return self in {Kind.VALUE, Kind.DRAFT, Kind.MEMORY}


class Found(NamedTuple):
    """One place: names in the journal, and the text; `rank` is −1 where it is no value."""

    kind: Kind
    op: bytes
    rank: int
    scope: str
    entity: str
    field: str
    text: str
    at: str
    author: str


@translated()
def of_slice(db: "Database", rank: int, word: str) -> tuple[Found, ...]:
    """Return the values of a slice that hold a folded word, or what stands in for a value left out.

    Args:
        db: the open workspace.
        rank: 0 to `SLICES` − 1.
        word: folded.
    """
    low, high = (rank * 64).to_bytes(2, "big"), ((rank + 1) * 64).to_bytes(3, "big")[1:]
    last = rank == SLICES - 1
    upper = "" if last else "AND c.op < ?"
    rows = db.execute(f"{_VALUES} WHERE c.op >= ? {upper}", (low,) if last else (low, high))
    held = [row for row in rows if row[4] is not None and word in _plain(row[4])]
    return tuple(_value(db, *row) for row in held)


@translated()
def elsewhere(db: "Database", word: str) -> tuple[Found, ...]:
    """Return the drafts, reasons, names and definitions that hold a folded word."""
    return (*_drafts(db, word), *_headers(db, word), *_names(db, word), *_definitions(db, word))


def _plain(body: str) -> str:
    """Return the folded text of a body; only what JSON writes otherwise needs to be read as such."""
    return folded(body if "\\" not in body else " ".join(texts(json.loads(body))))


def texts(value: object) -> Iterator[str]:
    """Yield the texts of a value, names of its parts included."""
    match value:
        case str():
            yield value
        case dict():
            for key, each in value.items():
                yield str(key)
                yield from texts(each)
        case list():
            for each in value:
                yield from texts(each)


def _value(  # noqa: PLR0917 - a row
    db: "Database", op: bytes, index: int, entity: str, field: str, body: str, partial: int
) -> Found:
    scope, at, author = db.execute("SELECT scope, at, author FROM op WHERE id = ?", (op,)).fetchone()
    kind = Kind.RECEIVED if partial else Kind.VALUE
    return Found(kind, op, index, scope, entity, field, body, at, author)


def _drafts(db: "Database", word: str) -> Iterator[Found]:
    rows = db.execute("SELECT entity, field, scope, body, at FROM draft").fetchall()
    for entity, field, scope, body, at in rows:
        if word in folded(body):
            yield Found(Kind.DRAFT, b"", -1, scope, entity, field, body, at, "")


def _headers(db: "Database", word: str) -> Iterator[Found]:
    """Yield the reasons and the authors: each once, they are written with every gesture."""
    rows = db.execute("SELECT scope, reason, at, author, id FROM op WHERE reason IS NOT NULL").fetchall()
    for scope, reason, at, author, op in rows:
        if word in folded(reason):
            yield Found(Kind.REASON, op, -1, scope, "", "", reason, at, author)
    for (author,) in db.execute("SELECT DISTINCT author FROM op").fetchall():
        if word in folded(author):
            yield Found(Kind.REASON, b"", -1, "", "", "", author, "", author)


def _names(db: "Database", word: str) -> Iterator[Found]:
    """Yield the units and functions whose id was made of their name."""
    slug = "-".join(word.split())
    rows = db.execute("SELECT DISTINCT owner, id FROM record WHERE kind = 'subject'").fetchall()
    for owner, identity in rows:
        if slug in folded(identity):
            entity = f"subject:{owner}/{identity}"
            yield Found(Kind.NAME, b"", -1, f"audit:{owner}", entity, "label", identity, "", "")


def _definitions(db: "Database", word: str) -> Iterator[Found]:
    for identity, body in db.execute("SELECT id, body FROM definition").fetchall():
        if word in _plain(body):
            yield Found(Kind.DEFINITION, b"", -1, "", "", identity, identity, "", "")
