"""The columns of the log of anomalies as a table: ours, or those that a structure keeps its own log with."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class LogField(StrEnum):
    """What a column may hold: the fields of the three forms, and what is known of an entry beside them."""

    NUMBER = "number"
    KIND = "kind"
    FACILITY = "facility"
    FAMILY = "family"
    CASES = "cases"
    STATE = "state"
    AWAITED = "awaited"
    SINCE = "since"
    ENDED = "ended"
    REPORTED = "reported"
    SOURCE_NUMBER = "source_number"
    BY = "by"
    REST = "rest"
    EMPTY = "empty"
    TYPE = "type"
    UNIT = "unit"
    APPLICATION = "application"
    FOUND = "found"
    REFERENCES = "references"
    DESCRIPTION = "description"
    TRAITS = "traits"
    ERROR = "error"
    STATUS_BEFORE = "status_before"
    STATUS_AFTER = "status_after"
    EDITOR = "editor"
    ORIGIN = "origin"
    STEP = "step"
    CHANNEL = "channel"
    HAPPENED = "happened"
    HAPPENED_TIME = "happened_time"
    KNOWN_DAY = "known_day"
    KNOWN_TIME = "known_time"
    DUE = "due"
    SEVERITY = "severity"
    POTENTIAL = "potential"
    MEASURES = "measures"
    SENT_OUTSIDE = "sent_outside"
    PROPAGATION = "propagation"
    BREACH = "breach"
    VIGILANCES = "vigilances"
    LEGAL = "legal"
    SHAREABLE = "shareable"
    EVENT_NUMBER = "event_number"
    CAUSES = "causes"
    ANALYSIS = "analysis"
    UNEXPECTED = "unexpected"
    DEATH = "death"
    VITAL = "vital"
    DISABILITY = "disability"
    DAMAGE = "damage"
    CARE_DEFECT = "care_defect"
    BARRIER = "barrier"
    REVIEW = "review"
    REVIEW_DAY = "review_day"
    LESSON = "lesson"
    PERIOD_START = "period_start"
    PERIOD_END = "period_end"
    DETECTED = "detected"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    DELAY = "delay"


COMPUTED = frozenset(
    {
        LogField.FAMILY,
        LogField.CASES,
        LogField.SINCE,
        LogField.ENDED,
        LogField.REPORTED,
        LogField.PROPAGATION,
        LogField.EMPTY,
    }
)
"""What is worked out, or said in short, and is not read back."""

LOCAL = frozenset({LogField.REFERENCES, LogField.REST, LogField.SOURCE_NUMBER, LogField.EVENT_NUMBER})
"""What points to somebody in the software of the structure: kept for its own use only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogColumn:
    """A column; `width` is in characters, `words` what a structure says for the values of a closed field.

    Those that are not `printed` come last.
    """

    id: str
    title: str
    width: int
    field: LogField
    words: Mapping[str, str] = dataclasses.field(default_factory=dict)
    hidden: bool = False
    printed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LogTable:
    """A published log: its columns, what stands on its sheets, and the colours of its levels of severity.

    `sequence` is the title of the column that stands for local references in a log for others, and
    `sequence_word` what each of them is called there; `colours` are `#rrggbb` by level.
    """

    id: str
    version: str
    title: str
    licence: str
    file: str
    sheet: str
    synthesis: str
    legend: str
    sequence: str
    sequence_word: str
    own_use: str
    third_party: str
    notes: tuple[str, ...]
    colours: Mapping[str, str]
    columns: tuple[LogColumn, ...]


def chosen_log(tables: Sequence[LogTable], wanted: str = "") -> LogTable:
    """Return the log that is asked for by its id, or else the last one: local files come after ours."""
    return next((each for each in tables if each.id == wanted), tables[-1])
