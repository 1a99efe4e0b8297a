"""Audits, what they are about, and their answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from ivaudit.domain.checklist import Checklist
from ivaudit.domain.evidence import Evidence
from ivaudit.domain.found_codes import PlacedCode


class AuditState(StrEnum):
    """The life of an audit; one that is validated does not change any more, unless it is reopened."""

    PREPARING = "préparation"
    ONGOING = "en cours"
    REVIEW = "en relecture"
    VALIDATED = "validé"


STRUCTURE = "structure"
"""The subject of an answer that is about the whole facility."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facility:
    """A structure: what the form `structure` says of it, by field id, as plain JSON values."""

    id: str
    name: str
    finess_ej: str = ""
    finess_et: str = ""
    category: str = ""
    setting: str = ""
    profile: tuple[str, ...] = ()
    city: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """Where an answer that nobody confirmed yet was taken over from.

    `audit` may be the same one, whose checklist changed; `sha` is the definition the answer was given on,
    `criterion` its id there, `at` when it was given (UTC, ISO 8601).
    """

    audit: str
    sha: str
    criterion: str
    at: str


class Answer(NamedTuple):
    """What was answered to a criterion for a subject.

    A named tuple and no dataclass: 60,000 of them are made when a large shared audit opens, in a fifth of the
    time.

    `value` is a key of the scale; `constat` is factual and reported; `note` stays within the team;
    `means` are keys of the vocabulary (dit, écrit, vu, dossier); `at` is UTC, ISO 8601; `carried` is there
    as long as the answer was taken over and not confirmed.
    """

    value: str | None = None
    constat: str = ""
    note: str = ""
    review: bool = False
    na_reason: str = ""
    awaiting: str = ""
    means: tuple[str, ...] = ()
    conflict: bool = False
    author: str = ""
    at: str = ""
    carried: Carried | None = None

    @property
    def empty(self) -> bool:
        """Tell whether nothing is left in it: what was there was undone, cleared or erased."""
        return not (self.value or self.review or self.constat or self.note or self.means)


EMPTY = Answer()


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """A strength or a priority written by the auditor, with the criteria it rests on."""

    text: str
    criteria: tuple[str, ...] = ()


MAX_STRENGTHS = 5
MAX_PRIORITIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Synthesis:
    """The auditor's own words on the first page of the report."""

    appreciation: str = ""
    strengths: tuple[Highlight, ...] = ()
    priorities: tuple[Highlight, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """An audit without its answers. `checklists` are (id, version, SHA-256) of the frozen definitions.

    `created` is UTC, ISO 8601; `date` is the local day of the visit, `AAAA-MM-JJ`; `source` is the audit it
    was started from, empty when it was started from nothing.
    """

    id: str
    facility: str
    facility_name: str
    kind: str
    title: str
    date: str
    state: AuditState
    checklists: tuple[tuple[str, str, str], ...]
    created: str
    position: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSheet:
    """Everything known of one audit at one moment: what screens and reports are computed from.

    `answers` is by (subject, criterion id); `forms` is by form id, then field id; `codes` are those found
    in the official volumes since, by criterion. `bearers` are the subjects that answer for the structure
    (siège, GHT) until it answers itself; `labels` are what people call them.
    """

    audit: Audit
    facility: Facility
    checklists: tuple[Checklist, ...]
    answers: Mapping[tuple[str, str], Answer]
    subjects: tuple[str, ...] = (STRUCTURE,)
    forms: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    synthesis: Synthesis = Synthesis()
    codes: Mapping[str, tuple[PlacedCode, ...]] = field(default_factory=dict)
    bearers: frozenset[str] = frozenset()
    evidence: tuple[Evidence, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)

    def label(self, subject: str) -> str:
        """Return what people call a subject, the structure included."""
        return "Toute la structure" if subject == STRUCTURE else self.labels.get(subject, subject)

    def answer(self, criterion: str, subject: str = STRUCTURE) -> Answer:
        """Return the answer to a criterion, empty when there is none."""
        return self.answers.get((subject, criterion), EMPTY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a gesture touched: each view decides if it is concerned.

    `answers` are (audit, subject, criterion); `undo` and `redo` name the gesture that the next undo or redo
    would act on, in French, empty when there is none; `entities` names everything else that was touched, as
    the journal does («campaign:…», «finding:…»).
    """

    workspace: bool = False
    facilities: frozenset[str] = frozenset()
    audits: frozenset[str] = frozenset()
    answers: frozenset[tuple[str, str, str]] = frozenset()
    forms: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()
    done: str = ""
    undo: str = ""
    redo: str = ""
    at: str = ""
