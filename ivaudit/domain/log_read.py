"""A log of anomalies as it was understood: its rows, what was left out, what is not understood."""

from dataclasses import dataclass, field

from ivaudit.domain.journal import Json
from ivaudit.domain.log_intake import LogLook, StrangeWord
from ivaudit.domain.sheet_problems import SheetProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    """A row: `number` is one of ours or empty, `source` its number in the log it comes from.

    `values` are fields of a form, and those of `LogField` beside them, as plain JSON; `rest` is what only a
    machine reads.
    """

    row: int
    number: str = ""
    source: str = ""
    values: dict[str, Json] = field(default_factory=dict)
    rest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRead:
    """The whole log. `masked` texts held what looks like an identity; `skipped` rows say nothing."""

    look: LogLook
    name: str
    rows: tuple[LogRow, ...]
    masked: int = 0
    skipped: int = 0
    strange: tuple[StrangeWord, ...] = ()
    problems: tuple[SheetProblem, ...] = ()
