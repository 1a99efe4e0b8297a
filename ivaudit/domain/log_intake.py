"""What is known of the logs that people keep: their titles, their words, what is never taken from them."""

import dataclasses
from dataclasses import dataclass

REFERENCE = "reference"
"""How the target of a column of references begins: «reference/maître/IPP»."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderWords:
    """The titles of a column by what it is taken for: a field, or a reference with its role and nature."""

    target: str
    words: tuple[str, ...]
    none_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NominativeWords:
    """The titles of a column that names somebody; with `unless_numbers`, not where its cells are numbers."""

    id: str
    label: str
    words: tuple[str, ...]
    none_of: tuple[str, ...] = ()
    unless_numbers: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueWords:
    """Other words for a value of a closed field."""

    field: str
    value: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogIntake:
    """What a foreign log is understood by.

    `default_type` is the type of a row without one; `common` are words in capitals that are nobody's name,
    `first_names` those by which a column of names is recognised.
    """

    id: str
    version: str
    title: str
    licence: str
    default_type: str
    headers: tuple[HeaderWords, ...]
    nominative: tuple[NominativeWords, ...]
    values: tuple[ValueWords, ...]
    common: tuple[str, ...]
    first_names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnPlan:
    """A column of a foreign log: what it is taken for, or why it never is.

    `rank` counts from 0; `target` is empty where the column is left; `nominative` says whom it names;
    `filled` cells hold something; `samples` are some of them, none of a column that names somebody.
    """

    rank: int
    title: str
    target: str = ""
    nominative: str = ""
    filled: int = 0
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLook:
    """A foreign log as it was found: where its titles stand (row from 1), and its columns.

    `mark` tells its set of titles from others; `own` that this program wrote it; `rows` are filled.
    """

    sheet: str
    head: int
    mark: str
    own: bool
    rows: int
    columns: tuple[ColumnPlan, ...]

    @property
    def dropped(self) -> tuple[ColumnPlan, ...]:
        """Return the columns that name somebody."""
        return tuple(each for each in self.columns if each.nominative)

    @property
    def dropped_cells(self) -> int:
        """Return how many cells they hold."""
        return sum(each.filled for each in self.dropped)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogMapping:
    """What somebody decided of a set of titles: the target of each title, and words of closed fields.

    `name` is what entries say they come from; `words` are values by field, then by word, folded.
    """

    name: str = ""
    targets: dict[str, str] = dataclasses.field(default_factory=dict)
    words: dict[str, dict[str, str]] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StrangeWord:
    """A word of a closed field that nothing is known by, how often it stands there, and a value like it."""

    field: str
    word: str
    count: int
    proposal: str = ""
