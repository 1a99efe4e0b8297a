"""«Copie de démonstration»: another workspace to train on, where nothing that was typed remains.

Only what was chosen from lists is taken over, field by field: answers, states, grades, counts, months. Texts
are replaced by sentences of ours, structures and units by numbers; pictures, notes of interviews, comments,
references and the past are left behind. What is not known here is left out.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ivaudit.app import workspaces
from ivaudit.app.session import Session
from ivaudit.content.library import Library
from ivaudit.domain.audit import STRUCTURE
from ivaudit.domain.entry_fold import DECLARED
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.evidence import EvidenceKind
from ivaudit.domain.forms import FieldKind, Form, FormField
from ivaudit.domain.journal import Json
from ivaudit.domain.observation_sheet import ITEM
from ivaudit.domain.progress import Progress, silent
from ivaudit.store import definitions
from ivaudit.store.journal import Edit
from ivaudit.store.keys import STANDARD, KdfCost
from ivaudit.store.snapshot import Snapshot, snapshot

AUTHOR = "Auditrice de démonstration"
_KEPT = {
    "answer": {"value", "review", "means"},
    "audit": {"exists", "facility", "kind", "state", "checklists", "source"},
    "evidence": {"exists", "kind", "status", "criteria"},
    "finding": {"exists", "grade", "criteria", "cause", "urgent", "rank"},
    "action": {"exists", "facility", "audit", "finding", "criteria", "owner_kind", "priority", "state"},
    "campaign": {"exists", "facility", "audit", "grid", "draw"},
    "row": {"exists", "number", "reason"},
    "subject": {"exists", "kind", "rank"},
    "anomaly": {
        "kind", "facility", "type", "step", "channel", "severity", "potential", "traits", "error",
        "causes", "status_before", "status_after", "removed", "cases", "related", "born_of",
    },
    "settings": {"circuits"},
}  # fmt: skip
"""What is taken over as it is: chosen from closed lists, counts, ids of ours."""
_MONTHS = {
    "audit": {"date"},
    "action": {"due", "done"},
    "campaign": {"start", "end"},
    "row": {"date"},
    "anomaly": {"found", "happened", "due"},
}
"""Days, taken over as the first of their month."""
_SAID = {
    ("answer", "constat"): "Constat de démonstration.",
    ("answer", "note"): "Note de démonstration.",
    ("answer", "na_reason"): "Motif de démonstration.",
    ("audit", "appreciation"): "Appréciation de démonstration.",
    ("evidence", "title"): "Document de démonstration",
    ("evidence", "caption"): "Observation de démonstration.",
    ("finding", "text"): "Constat de démonstration.",
    ("finding", "recommendation"): "Recommandation de démonstration.",
    ("action", "what"): "Action de démonstration.",
    ("action", "owner"): "Référent",
    ("campaign", "title"): "Campagne de démonstration",
    ("anomaly", "description"): "Faits de démonstration.",
}
"""What stands for a text that was typed."""
_WITHOUT_PICTURE = {EvidenceKind.DOCUMENT.value, EvidenceKind.OBSERVATION.value}
_CHOSEN = {FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.NUMBER, FieldKind.TIME}
_SERIES = "DMX"
"""Of the numbers that entries are given: the real ones are written in other software."""
_DAY = len("2026-11-21")
_DOING = "Copie de démonstration"
_TAKEN = (
    "Il y a déjà quelque chose à cet endroit : la copie de démonstration va dans un dossier vide ou à créer. "
    "Rien n'a été touché."
)


def make(
    session: Session, folder: Path, passphrase: str, *, progress: Progress = silent, cost: KdfCost = STANDARD
) -> Path:
    """Make the copy in a folder and under a passphrase of its own, from any thread; return the folder.

    Args:
        session: the open workspace; only its folder, its key and its library are used.
        folder: absent or empty.
        passphrase: what opens the copy.
        progress: told how far it is.
        cost: cost of the key derivation; only tests lower it.

    Raises:
        InvalidValue: the passphrase is too weak, or there is something in the folder.
        UnsafePlace: a network share or a synchronised folder.
        KnownError: full or failing disk; no copy is left there.
        Cancelled: `progress` said so; idem.
    """
    progress(0, 0, _DOING)
    with _whole_or_absent(folder):
        made, _ = workspaces.create(folder, passphrase, AUTHOR, with_recovery=False, cost=cost)
        made.workspace.leave_temporary_files()
        try:
            _copy(session, made, progress)
        finally:
            made.close()
    return folder


def _copy(session: Session, made: Session, progress: Progress) -> None:
    workspace = session.workspace
    with (
        snapshot(workspace.folder, workspace.data_key) as source,
        made.workspace.bulk(),
        made.workspace.gesture(),
    ):
        _Copying(source, session.library, made).run(progress)


@contextmanager
def _whole_or_absent(folder: Path) -> Iterator[None]:
    """Leave nothing in a folder that was empty when the block fails.

    Raises:
        InvalidValue: it is not empty, or not a folder; it is not touched.
    """
    try:
        taken = folder.exists() and any(folder.iterdir())
    except OSError:
        taken = True
    if taken:
        raise InvalidValue(_TAKEN)
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


@dataclass(slots=True)
class _Copying:
    """One copy being made: what was renamed so far."""

    source: Snapshot
    library: Library
    target: Session
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    _forms: dict[str, Mapping[str, FormField]] = field(default_factory=dict)

    def run(self, progress: Progress) -> None:
        for definition in self.source.definitions():
            definitions.put(self.target.workspace.db, *definition)
        entities = self.source.entities()
        for rank, entity in enumerate(entities):
            progress(rank, len(entities), _DOING)
            self._entity(entity)
        progress(len(entities), len(entities), _DOING)

    def _entity(self, entity: str) -> None:
        values, scope = self.source.values(entity)
        kind = entity.partition(":")[0]
        if kind == "evidence" and values.get("kind") not in _WITHOUT_PICTURE:
            return
        kept = dict(self._kept(entity, kind, values))
        if not kept:
            return
        name = self._name(entity, kind)
        edits = [Edit(name, each, value) for each, value in kept.items()]
        self.target.workspace.journal.record(scope, edits, author=AUTHOR)

    def _kept(self, entity: str, kind: str, values: dict[str, Json]) -> Iterator[tuple[str, Json]]:
        match kind:
            case "facility":
                yield from self._facility(entity, values)
            case "form":
                form = entity.partition("/")[2]
                yield from self._chosen(form, values)
            case "anomaly":
                yield from self._entry(values)
            case _:
                yield from self._plain(kind, values)
        if kind == "subject" and values.get("exists"):
            yield "label", f"Unité {self._rank('subject', entity)}"

    def _plain(self, kind: str, values: Mapping[str, Json]) -> Iterator[tuple[str, Json]]:
        for name, value in values.items():
            if name in _KEPT.get(kind, ()) or name.startswith(ITEM):
                yield name, value
            elif name in _MONTHS.get(kind, ()) and isinstance(value, str):
                yield name, _month(value)
            elif (kind, name) in _SAID and value:
                yield name, _SAID[kind, name]

    def _entry(self, values: dict[str, Json]) -> Iterator[tuple[str, Json]]:
        """Yield what is kept of an entry: its declaration, cleaned, and its fields since."""
        declared = values.pop(DECLARED, None)
        trail = values.pop("trail", None)
        if isinstance(declared, Mapping):
            first = declared.get("trail")
            kept = dict(self._plain("anomaly", declared))
            year = str(declared.get("found") or "2026")[2:4]
            number = f"{year}-{_SERIES}-{self._rank('anomaly', str(declared.get('number'))):04d}"
            yield DECLARED, {**kept, "number": number, "trail": _states(first)}
        yield from self._plain("anomaly", values)
        if trail is not None:
            yield "trail", _states(trail)

    def _facility(self, entity: str, values: Mapping[str, Json]) -> Iterator[tuple[str, Json]]:
        yield "exists", values.get("exists")
        yield "name", f"Établissement {self._rank('facility', entity)}"
        yield from self._chosen("structure", values)

    def _chosen(self, form: str, values: Mapping[str, Json]) -> Iterator[tuple[str, Json]]:
        """Yield the fields of a form that are chosen or counted; lines keep their chosen columns."""
        for name, value in values.items():
            known = self._known(form).get(name)
            if known is not None and known.kind in _CHOSEN:
                yield name, value
            elif known is not None and known.kind is FieldKind.ROWS and isinstance(value, list):
                yield name, [_line(known, row, rank) for rank, row in enumerate(value, 1)]

    def _known(self, form: str) -> Mapping[str, FormField]:
        if form not in self._forms:
            found: Form = self.library.form(form)
            self._forms[form] = {each.id: each for section in found.sections for each in section.fields}
        return self._forms[form]

    def _name(self, entity: str, kind: str) -> str:
        """Return the name of an entity, without the words that ids of units are made of."""
        head, _, rest = entity.partition(":")
        parts = rest.split("/")
        if kind in {"answer", "subject"} and parts[1] != STRUCTURE:
            parts[1] = f"unite-{self._rank('subject', f'subject:{parts[0]}/{parts[1]}')}"
        return f"{head}:{'/'.join(parts)}"

    def _rank(self, family: str, entity: str) -> int:
        found = self.numbers.setdefault((family, entity), 0)
        if not found:
            found = sum(kind == family for kind, _ in self.numbers)
            self.numbers[family, entity] = found
        return found


def _line(known: FormField, row: Json, rank: int) -> dict[str, Json]:
    found = row if isinstance(row, Mapping) else {}
    kept: dict[str, Json] = {
        column.id: found[column.id]
        for column in known.columns
        if column.kind in _CHOSEN and column.id in found
    }
    for column in known.columns:
        if column.required and column.id not in kept:
            kept[column.id] = f"{column.label} {rank}"
    return kept


def _states(trail: Json) -> list[Json]:
    """Return the states with their months, and neither who nor why."""
    turns = [turn for turn in trail if isinstance(turn, list) and turn] if isinstance(trail, list) else []
    return [_turn([*turn, "", "", ""]) for turn in turns]


def _turn(parts: list[Json]) -> list[Json]:
    state, at, _, awaited, *_ = parts
    return [state, f"{_month(str(at))}T00:00", "Référent", *([awaited] if awaited else [])]


def _month(day: str) -> str:
    return f"{day[:7]}-01" if len(day) >= _DAY else ""
