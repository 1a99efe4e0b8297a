"""The FINESS directory: its entries, the words they are found by, and what another one would change."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ivaudit.domain.wording import folded

MOST_WORDS = 12
"""Words of a search beyond which the rest is left out."""

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"[\dab][\dab\s.]*")
_ALSO = {"st": "saint", "ste": "sainte", "saint": "st", "sainte": "ste"}
"""Both are written in the directory, sometimes in the same line."""


class EntryKind(StrEnum):
    """What a number names: two numbers of the same shape, never to be taken for one another."""

    EJ = "EJ"
    ET = "ET"


KINDS = {EntryKind.EJ: "Entité juridique", EntryKind.ET: "Établissement (site)"}
"""What each kind is called."""


class DirectoryFormat(StrEnum):
    """The two files that are read."""

    ETALAB = "etalab"
    FINESS_PLUS = "FINESS+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the directory.

    `finess` is its own number, `ej` that of its legal entity (the same for an EJ). `category` and
    `department` are codes, with their labels where a file gave them. `opened` and `closed_on` are days in
    ISO 8601, empty when unknown; an entry may be closed on an unknown day.
    """

    kind: EntryKind
    finess: str
    ej: str
    name: str
    long_name: str = ""
    category: str = ""
    category_label: str = ""
    department: str = ""
    department_label: str = ""
    city: str = ""
    postcode: str = ""
    phone: str = ""
    opened: str = ""
    closed: bool = False
    closed_on: str = ""

    @property
    def title(self) -> str:
        """Return the longer of its names."""
        return self.long_name or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many EJ and ET, and how many of both are closed."""

    entities: int = 0
    sites: int = 0
    closed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentTally:
    """A department: its code, its label where known, what the file holds and what the present one does."""

    code: str
    label: str
    tally: Tally
    before: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryState:
    """The directory in use: `date` is the day its file says (ISO 8601), empty when it says none.

    `digest` is the SHA-256 of the file, in hexadecimal; `imported` is UTC, ISO 8601.
    """

    format: DirectoryFormat
    date: str
    source: str
    digest: str
    imported: str
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryChanges:
    """What a new directory changes against the present one, entry by entry."""

    added: int = 0
    removed: int = 0
    changed: int = 0
    closed: int = 0

    @property
    def none(self) -> bool:
        """Tell that every entry is the same."""
        return not (self.added or self.removed or self.changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryPreview:
    """What a file holds, before anything is done.

    `doubtful` counts numbers whose key is wrong: they are kept. `repeated` counts lines whose number came
    before: the last one counts. `rejected` lines are left out, and `problems` says why for the first ones.
    """

    state: DirectoryState
    departments: tuple[DepartmentTally, ...]
    changes: DirectoryChanges
    doubtful: int = 0
    repeated: int = 0
    rejected: int = 0
    problems: tuple[str, ...] = ()
    former: DirectoryState | None = None

    @property
    def same_file(self) -> bool:
        """Tell that this very file is the directory in use."""
        return self.former is not None and self.former.digest == self.state.digest

    @property
    def older(self) -> bool:
        """Tell that the directory in use is of a later day."""
        return self.former is not None and bool(self.state.date) and self.state.date < self.former.date


def index_words(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the words, folded and each once, that an entry is found by."""
    found = dict.fromkeys(_WORD.findall(folded(" ".join(texts))))
    found.update(dict.fromkeys(_ALSO[word] for word in list(found) if word in _ALSO))
    return tuple(found)


def query_words(text: str) -> tuple[str, ...]:
    """Return the beginnings of words that a search asks for; a number may be typed with spaces."""
    plain = folded(text)
    if _NUMBER.fullmatch(plain) and any(each.isdigit() for each in plain):
        plain = re.sub(r"[\s.]", "", plain)
    return tuple(dict.fromkeys(_WORD.findall(plain)))[:MOST_WORDS]


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A category of the directory: what it is called, and what it proposes for a structure.

    `setting` and `profile` are keys of the vocabulary; proposals only, the structure decides.
    """

    code: str
    label: str
    setting: str | None = None
    profile: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Categories:
    """The categories that were seen, where they were, and who chose what they propose."""

    id: str
    version: str
    title: str
    source: str
    chosen_by: str
    categories: tuple[Category, ...]


def category_of(categories: Sequence[Category], code: str) -> Category | None:
    """Return a category by its code, nothing when it was never seen."""
    return next((each for each in categories if each.code == code), None)
