"""Reading what the journal says of the evidence of an audit; the bodies are elsewhere."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from ivaudit.domain.audit import STRUCTURE
from ivaudit.domain.days import day
from ivaudit.domain.evidence import Declaration, DocumentStatus, Evidence, EvidenceKind
from ivaudit.domain.journal import Json
from ivaudit.store.encryption import translated

if TYPE_CHECKING:
    from sqlite_utils import Database

_SELECT = "SELECT id, fields, present, conflict FROM record WHERE kind = 'evidence' AND owner = ?"


@translated()
def evidence_of(db: "Database", audit: str) -> tuple[Evidence, ...]:
    """Return the evidence of an audit, the oldest first."""
    rows = db.execute(f"{_SELECT} AND present = 1 ORDER BY created, id", (audit,))
    return tuple(found for row in rows if (found := _evidence(*row)) is not None)


@translated()
def one(db: "Database", audit: str, id: str) -> Evidence | None:  # noqa: A002 - its name everywhere
    """Return one piece of evidence, removed or not, or nothing when there never was."""
    row = db.execute(f"{_SELECT} AND id = ?", (audit, id)).fetchone()
    return _evidence(*row) if row else None


@translated()
def sharing(db: "Database", digests: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the (audit, id) of the evidence that keeps one of these bodies, removed or not, not erased."""
    wanted = set(digests)
    return tuple(place for place, fields in _all(db) if not _erased(fields) and wanted & _digests(fields))


@translated()
def expected(db: "Database") -> set[str]:
    """Return the digests of the bodies that the evidence of all audits needs now."""
    found = _all(db, "AND present = 1")
    return {digest for _, fields in found if not _erased(fields) for digest in _digests(fields)}


@translated()
def erased(db: "Database") -> set[str]:
    """Return the digests of the bodies that were erased and that no other evidence, even removed, needs."""
    found = [fields for _, fields in _all(db)]
    gone = {digest for fields in found if _erased(fields) for digest in _digests(fields)}
    return gone - {digest for fields in found if not _erased(fields) for digest in _digests(fields)}


def _all(db: "Database", where: str = "") -> Iterator[tuple[tuple[str, str], Mapping[str, Json]]]:
    rows = db.execute(f"SELECT owner, id, fields FROM record WHERE kind = 'evidence' {where}")  # noqa: S608
    for owner, identity, fields in rows.fetchall():
        yield (owner, identity), json.loads(fields)


def _digests(fields: Mapping[str, Json]) -> set[str]:
    return {*filter(None, (_text(fields, "digest"),)), *_texts(fields, "pages")}


def _erased(fields: Mapping[str, Json]) -> bool:
    return fields.get("erased") is True


def _evidence(identity: str, body: str, present: int, conflict: int) -> Evidence | None:
    fields: Mapping[str, Json] = json.loads(body)
    kind, status = _text(fields, "kind"), _text(fields, "status")
    if kind not in EvidenceKind.__members__.values():
        return None  # undone before it was anything, or of a kind that a newer version knows
    declared, size = fields.get("declared_without_identity"), fields.get("size")
    return Evidence(
        id=identity,
        kind=EvidenceKind(kind),
        title=_text(fields, "title"),
        reference=_text(fields, "reference"),
        version=_text(fields, "version"),
        date=day(fields.get("date")),
        shown_by=_text(fields, "shown_by"),
        status=DocumentStatus(status) if status in DocumentStatus.__members__.values() else None,
        criteria=_texts(fields, "criteria"),
        subject=_text(fields, "subject") or STRUCTURE,
        digest=_text(fields, "digest"),
        pages=_texts(fields, "pages"),
        caption=_text(fields, "caption"),
        media=_text(fields, "media"),
        size=size if isinstance(size, int) else 0,
        declared=_declaration(declared) if isinstance(declared, Mapping) else None,
        erased=_erased(fields),
        conflict=bool(conflict),
        present=bool(present),
    )


def _declaration(said: Mapping[str, Json]) -> Declaration:
    return Declaration(by=_text(said, "by"), at=_text(said, "at"))


def _text(fields: Mapping[str, Json], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _texts(fields: Mapping[str, Json], name: str) -> tuple[str, ...]:
    value = fields.get(name)
    return tuple(str(each) for each in value) if isinstance(value, list) else ()
