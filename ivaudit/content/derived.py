"""What a library made of its files as they were read, put away as a whole when they are read again."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ivaudit.content.problems import Problem
from ivaudit.content.resolving import Holder, Known
from ivaudit.content.shapes import Family
from ivaudit.content.sources import Source
from ivaudit.domain.checklist import Checklist
from ivaudit.domain.scale import Levels, Scale


@dataclass(slots=True)
class Derived:
    """Checklists by id, what is wrong with a file, who holds an id, criteria, scales and levels by id."""

    checklists: dict[str, Checklist] = field(default_factory=dict)
    wrong: dict[Source, tuple[Problem, ...]] = field(default_factory=dict)
    holders: dict[Family, Mapping[str, Holder]] = field(default_factory=dict)
    known: Mapping[str, Known] | None = None
    scales: Mapping[str, Scale] | None = None
    levels: Mapping[str, Levels] | None = None
