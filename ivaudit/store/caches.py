"""Typed rows that lists and screens read: functions of the heads, and of nothing else.

A row is always computed anew from all the heads of its entity. Nothing is patched, so that one row recorded,
undone, merged or rebuilt comes out the same, and comparing the caches with the journal means something.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from ivaudit.domain.audit import AuditState
from ivaudit.domain.journal import Head, Json, State, decode, fold, winner
from ivaudit.store import anomaly_rows
from ivaudit.store.journal_rows import read_heads, read_ops

if TYPE_CHECKING:
    from sqlite_utils import Database

Row: TypeAlias = tuple[str | int | bytes | None, ...]
Heads: TypeAlias = Mapping[str, Sequence[Head]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cache:
    """A table of rows computed from entities of one kind: `rows` from the rest of its name and its heads.

    `several`: an entity has any number of rows, whose column `entity` holds its name.
    """

    table: str
    width: int
    rows: Callable[[str, Heads], Iterable[Row]]
    several: bool = False


# -- the rows of each kind of entity -----------------------------------------------------------------------


def _answer(key: str, heads: Heads) -> Iterator[Row]:
    parts = key.split("/", 2)
    if len(parts) != 3:  # noqa: PLR2004 - audit, subject, criterion
        return
    values = _values(heads)
    last = winner(head for each in heads.values() for head in each)
    value = values.get("value")
    yield (
        *parts,
        value if isinstance(value, str) else None,
        int(values.get("review") is True),
        *(_text(values, field) for field in ("constat", "note", "na_reason", "awaiting")),
        _list(values, "means"),
        int(any(len(each) > 1 for each in heads.values())),
        last.author if last else "",
        last.at if last else "",
        _json(carried) if isinstance(carried := values.get("carried"), dict) else "",
    )


def _facility(key: str, heads: Heads) -> Iterator[Row]:
    values = _values(heads)
    present = values.pop("exists", None) is True
    texts = ("name", "finess_ej", "finess_et", "category", "setting", "city")
    known = {field: value for field, value in values.items() if value is not None}
    yield (
        key,
        int(present),
        *(_text(values, field) for field in texts),
        _list(values, "profile"),
        _json(known),
    )


def _audit(key: str, heads: Heads) -> Iterator[Row]:
    values = _values(heads)
    created = winner(heads.get("exists", ()))
    yield (
        key,
        int(values.get("exists") is True),
        *(_text(values, field) for field in ("facility", "kind", "title", "date")),
        _text(values, "state") or AuditState.PREPARING.value,
        _list(values, "checklists"),
        _text(values, "appreciation"),
        _list(values, "strengths"),
        _list(values, "priorities"),
        created.at if created else "",
        _text(values, "source"),
    )


def _fields(kind: str) -> Callable[[str, Heads], Iterator[Row]]:
    def rows(key: str, heads: Heads) -> Iterator[Row]:
        for field, value in _values(heads).items():
            if value is not None:
                yield (f"{kind}:{key}", field, _json(value))

    return rows


def _record(kind: str) -> Callable[[str, Heads], Iterator[Row]]:
    def rows(key: str, heads: Heads) -> Iterator[Row]:
        owner, _, identity = key.rpartition("/")
        values = _values(heads)
        present = values.pop("exists", None) is True
        known = {field: value for field, value in values.items() if value is not None}
        created = winner(heads.get("exists", ()))
        conflict = any(len(each) > 1 for each in heads.values())
        at = created.at if created else ""
        yield (kind, owner, identity, int(present), _json(known), int(conflict), at)

    return rows


RECORDS = (
    *("campaign", "row", "evidence", "finding", "action", "person", "line", "subject", "comment"),
    *("insi_import", "insi_perimeter", "insi_link", "insi_rate"),
    *("reading", "target", "occurrence"),
)
"""Kinds of entities that are read as they were written, by what they belong to."""

CACHES: Mapping[str, tuple[Cache, ...]] = {
    "answer": (Cache(table="answer", width=14, rows=_answer),),
    "facility": (Cache(table="facility", width=10, rows=_facility),),
    "audit": (Cache(table="audit", width=13, rows=_audit),),
    "form": (Cache(table="form_value", width=3, rows=_fields("form"), several=True),),
    "settings": (Cache(table="form_value", width=3, rows=_fields("settings"), several=True),),
    "anomaly": (
        Cache(table="anomaly", width=anomaly_rows.WIDTH, rows=anomaly_rows.line),
        Cache(table="anomaly_text", width=2, rows=anomaly_rows.text, several=True),
        Cache(table="anomaly_key", width=2, rows=anomaly_rows.keys, several=True),
    ),
    **{kind: (Cache(table="record", width=7, rows=_record(kind)),) for kind in RECORDS},
}
"""By the kind of entity; one that is not here has heads and no row."""


# -- keeping them ------------------------------------------------------------------------------------------


def refresh(db: "Database", entity: str) -> Heads:
    """Compute the rows of an entity from its heads, which are returned; inside the transaction about them."""
    kind, _, key = entity.partition(":")
    heads = read_heads(db, entity)
    for cache in CACHES.get(kind, ()):
        if cache.several:
            db.execute(f"DELETE FROM {cache.table} WHERE entity = ?", (entity,))  # noqa: S608 - a name of ours
        for row in cache.rows(key, heads):
            db.execute(_insert(cache), row)
    return heads


def rebuild(db: "Database") -> None:
    """Throw the caches away and fold the journal again; inside a transaction."""
    for table in ("tip", "head", *_tables()):
        db.execute(f"DELETE FROM {table}")  # noqa: S608 - a name of ours
    state = fold(read_ops(db))
    db.conn.executemany("INSERT INTO tip VALUES(?, ?)", _tip_rows(state))
    db.conn.executemany("INSERT INTO head VALUES(?, ?, ?, ?, ?, ?, ?)", _head_rows(state))
    for cache, rows in _expected(state):
        db.conn.executemany(_insert(cache), rows)


def differing(db: "Database") -> tuple[str, ...]:
    """Return the names of the caches that are not what the journal folds to."""
    state = fold(read_ops(db))
    expected: dict[str, set[Row]] = {"tip": set(_tip_rows(state)), "head": set(_head_rows(state))}
    expected.update({table: set() for table in _tables()})
    for cache, rows in _expected(state):
        expected[cache.table].update(rows)
    return tuple(table for table, rows in expected.items() if _rows(db, table) != rows)


def _expected(state: State) -> Iterator[tuple[Cache, list[Row]]]:
    fields = sorted(state.heads.items())
    for entity, group in groupby(fields, key=lambda item: item[0][0]):
        kind, _, key = entity.partition(":")
        heads = {field: list(found.values()) for (_, field), found in group}
        for cache in CACHES.get(kind, ()):
            yield cache, list(cache.rows(key, heads))


def _rows(db: "Database", table: str) -> set[Row]:
    return set(db.execute(f"SELECT * FROM {table}"))  # noqa: S608 - a name of ours


def _tip_rows(state: State) -> list[Row]:
    return [(scope, op) for scope, ops in state.tips.items() for op in ops]


def _head_rows(state: State) -> list[Row]:
    return [
        (entity, field, head.op, head.index, head.at, head.author, head.body)
        for (entity, field), heads in state.heads.items()
        for head in heads.values()
    ]


def _tables() -> tuple[str, ...]:
    return tuple(dict.fromkeys(cache.table for each in CACHES.values() for cache in each))


def _insert(cache: Cache) -> str:
    marks = ", ".join("?" * cache.width)
    return f"INSERT OR REPLACE INTO {cache.table} VALUES({marks})"


# -- values ------------------------------------------------------------------------------------------------


def _values(heads: Heads) -> dict[str, Json]:
    shown = {field: winner(each) for field, each in heads.items()}
    return {field: decode(head.body) for field, head in sorted(shown.items()) if head}


def _text(values: Mapping[str, Json], field: str) -> str:
    value = values.get(field)
    return value if isinstance(value, str) else ""


def _list(values: Mapping[str, Json], field: str) -> str:
    value = values.get(field)
    return _json(value if isinstance(value, list) else [])


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
