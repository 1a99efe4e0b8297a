"""The file for those who answer for security and privacy: sections of texts, lists and facts."""

from dataclasses import dataclass
from enum import StrEnum


class Fact(StrEnum):
    """What the program says of itself, read when the file is made; the values are those of the content."""

    PROGRAM = "programme"
    DEPENDENCIES = "dependances"
    RETENTION = "conservation"


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRow:
    """A line of a table of two columns."""

    term: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierBlock:
    """A title, then what is there of: a text, a list, a table, facts of the program."""

    title: str = ""
    text: str = ""
    items: tuple[str, ...] = ()
    head: DossierRow | None = None
    rows: tuple[DossierRow, ...] = ()
    fact: Fact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierSection:
    """A part of the file; `new_page` starts a page."""

    id: str
    title: str
    new_page: bool = False
    blocks: tuple[DossierBlock, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The published text of the file."""

    id: str
    version: str
    title: str
    subtitle: str
    licence: str
    authors: tuple[str, ...]
    published: str
    notice: str
    sections: tuple[DossierSection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency:
    """A library that the program uses, as its own metadata describe it; empty where they do not say."""

    name: str
    version: str
    licence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the program knows of itself: rows of two columns, and its libraries; `day` is local."""

    day: str
    program: tuple[DossierRow, ...]
    retention: tuple[DossierRow, ...]
    dependencies: tuple[Dependency, ...]
