"""The seal of a validated audit: what it was at that moment, under one hash that can be printed.

The tips of a scope commit to every gesture before them, and each gesture to the digests of its values: the
manifest is small and covers everything. A value erased lawfully later keeps its digest, so the seal holds.
Actions live on: they are quoted as they were, and their later life is no alteration.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ivaudit.domain.days import is_instant
from ivaudit.domain.journal import REOPEN, Json, Op, op_problem

FORMAT = 1
SEAL = "sceller"
"""The kind of gesture, in the journal."""
FIELD = "seal"
"""The field of an audit that holds its seal."""

_OWN = frozenset({FIELD, "state"})
_GROUP = 8
_PICTURES = "erased"


class SealState(StrEnum):
    """What became of a seal."""

    NONE = "aucun scellé"
    INTACT = "intact"
    REOPENED = "rouvert"
    CHANGED = "modifié"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an audit was when it was validated.

    Attributes:
        audit: its id.
        facility: name of the structure.
        definitions: id, version and SHA-256 of each checklist or grid.
        tips: ids, in hexadecimal, of the last gestures of each scope.
        evidence: SHA-256 of the pictures and files.
        actions: what stands for each action quoted, by its id.
        counts: answers, findings, pieces of evidence, gestures.
        by: who validated it.
        at: when, UTC, ISO 8601.
    """

    audit: str
    facility: str
    definitions: tuple[tuple[str, str, str], ...]
    tips: Mapping[str, tuple[str, ...]]
    evidence: tuple[str, ...]
    actions: Mapping[str, str]
    counts: Mapping[str, int]
    by: str
    at: str

    def as_json(self) -> dict[str, Json]:
        """Return it as the journal keeps it."""
        return {
            "format": FORMAT,
            "audit": self.audit,
            "facility": self.facility,
            "definitions": [list(each) for each in self.definitions],
            "tips": {scope: list(found) for scope, found in self.tips.items()},
            "evidence": list(self.evidence),
            "actions": dict(self.actions),
            "counts": dict(self.counts),
            "by": self.by,
            "at": self.at,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A manifest, as it was kept, and its hash in hexadecimal."""

    manifest: Mapping[str, Json]
    hash: str

    @property
    def tips(self) -> dict[str, tuple[bytes, ...]]:
        """Return the last gestures that it covers, by scope."""
        found = self.manifest.get("tips")
        listed = found.items() if isinstance(found, Mapping) else ()
        return {scope: tuple(map(_bytes, each)) for scope, each in listed if isinstance(each, Sequence)}

    @property
    def evidence(self) -> tuple[str, ...]:
        """Return the digests of the pictures and files that it covers."""
        found = self.manifest.get("evidence")
        return tuple(map(str, found)) if isinstance(found, Sequence) else ()

    @property
    def definitions(self) -> tuple[tuple[str, str, str], ...]:
        """Return id, version and SHA-256 of the definitions that it covers."""
        found = self.manifest.get("definitions")
        rows = found if isinstance(found, list) else []
        return tuple((str(r[0]), str(r[1]), str(r[2])) for r in rows if isinstance(r, list) and len(r) == 3)  # noqa: PLR2004

    @property
    def by(self) -> str:
        """Return who validated the audit."""
        return str(self.manifest.get("by") or "")

    @property
    def at(self) -> str:
        """Return when it was validated, UTC, ISO 8601, empty where it does not say so."""
        said = str(self.manifest.get("at"))
        return said if is_instant(said) else ""

    @property
    def holds(self) -> bool:
        """Tell whether the hash is that of the manifest."""
        return self.hash == hash_of(self.manifest)

    @property
    def printed(self) -> str:
        """Return the hash in groups that can be read aloud."""
        return " ".join(self.hash[start : start + _GROUP] for start in range(0, len(self.hash), _GROUP))


@dataclass(frozen=True, slots=True, kw_only=True)
class SealReport:
    """What verifying a seal found.

    Attributes:
        seal: the seal, nothing when there is none.
        state: what became of it.
        changes: exactly what is not as it was sealed, in French.
        erasures: values and pictures that were lawfully erased since, in French.
        notes: what is no alteration and worth saying, in French.
    """

    seal: Seal | None
    state: SealState
    changes: tuple[str, ...] = ()
    erasures: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def sealed(manifest: Manifest) -> Seal:
    """Return the seal of a manifest."""
    said = manifest.as_json()
    return Seal(manifest=said, hash=hash_of(said))


def read(value: Json) -> Seal | None:
    """Return a seal that the journal keeps, nothing when there is none."""
    match value:
        case {"manifest": Mapping() as manifest, "hash": str(found)}:
            return Seal(manifest=manifest, hash=found)
        case _:
            return None


def kept(seal: Seal) -> Json:
    """Return a seal as the journal keeps it."""
    return {"manifest": dict(seal.manifest), "hash": seal.hash}


def hash_of(manifest: Mapping[str, Json]) -> str:
    """Return the SHA-256 of a manifest, in hexadecimal."""
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(b"ivaudit-scelle-v1\n" + text.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The gestures of a scope against what a seal covers.

    Attributes:
        covered: those that it covers.
        later: those made elsewhere or since, that change something it covers.
        missing: how many of those it names are not there.
        damaged: those that are not what their id says.
    """

    covered: tuple[Op, ...]
    later: tuple[Op, ...]
    missing: int
    damaged: tuple[Op, ...]


def coverage(ops: Sequence[Op], tips: Iterable[bytes]) -> Coverage:
    """Return what a seal covers of a scope, from its last gestures.

    Args:
        ops: every gesture of the scope.
        tips: ids of the last gestures that the seal names.
    """
    by_id = {op.id: op for op in ops}
    reached: set[bytes] = set()
    missing: set[bytes] = set()
    waiting = list(tips)
    while waiting:
        each = waiting.pop()
        if each in reached or each in missing:
            continue
        if each not in by_id:
            missing.add(each)
            continue
        reached.add(each)
        waiting += by_id[each].prev
    covered = tuple(op for op in ops if op.id in reached)
    later = tuple(op for op in ops if op.id not in reached and _changes(op))
    damaged = tuple(op for op in covered if op_problem(op))
    return Coverage(covered=covered, later=later, missing=len(missing), damaged=damaged)


def _changes(op: Op) -> bool:
    """Tell whether a gesture changes something: sealing, reopening and erasing do not.

    What a gesture is called proves nothing: only the fields that sealing and reopening write are theirs.
    """
    own = _OWN if op.kind in {SEAL, REOPEN} else frozenset()
    return not all(
        (each.entity == op.scope and each.field in own)
        or (each.entity.startswith("evidence:") and each.field == _PICTURES)
        for each in op.changes
    )


def _bytes(text: object) -> bytes:
    try:
        return bytes.fromhex(str(text))
    except ValueError:
        return b""
