"""Everything found, shipped and local: read when asked for, read once."""

import threading
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from ivaudit.content.problems import Problem
from ivaudit.content.resolving import Known, known_of, references_of, resolve
from ivaudit.content.shapes import FOLDERS, ChecklistFile, Family
from ivaudit.content.sources import Source, local_sources, shipped_sources
from ivaudit.domain.checklist import Checklist, Vocabulary
from ivaudit.domain.errors import ContentProblems, NotFound
from ivaudit.domain.forms import Form
from ivaudit.domain.report_outline import ReportOutline
from ivaudit.domain.scale import Levels, Scale

if TYPE_CHECKING:
    from ivaudit.content.parsing import Parsed

VOCABULARY = "vocabulaire"


class Library:
    """Content by family and id.

    A shipped file with a problem is an error. A local one is set aside, and `refused` says why; asked for by
    its id, it is an error with its list of problems. A local file never replaces a shipped one.

    Two threads may ask it: a file is read once, by whoever comes first; what is derived from files is the
    same whoever derives it.
    """

    def __init__(self, sources: tuple[Source, ...]) -> None:
        self._sources = sources
        self._parsed: dict[Source, Parsed] = {}
        self._checklists: dict[str, Checklist] = {}
        self._reading = threading.Lock()

    @classmethod
    def find(cls, local: Path | None = None) -> Self:
        """Return the library of the shipped content and of a local folder; nothing is read yet."""
        return cls(shipped_sources() + (local_sources(local) if local else ()))

    def checklists(self) -> tuple[Checklist, ...]:
        """Return every checklist that can be used, shipped ones first.

        Raises:
            ContentProblems: a shipped file has a problem.
        """
        found = self._in_family(Family.CHECKLIST)
        usable = [parsed for parsed in found if parsed.source.shipped or not self.problems(parsed)]
        return tuple(self.checklist(parsed.source.id) for parsed in usable)

    def checklist(self, id: str) -> Checklist:  # noqa: A002 - ids are called ids here
        """Return a checklist, its references resolved and its scales inside.

        Raises:
            NotFound: no file of that id.
            ContentProblems: its file, or what it rests on, has a problem.
        """
        if id not in self._checklists:
            file: ChecklistFile = self._value(Family.CHECKLIST, id)
            known = self.known if any(references_of(file)) else {}
            return self._checklists.setdefault(id, resolve(file, known, self.scales, self.levels))
        return self._checklists[id]

    def form(self, id: str) -> Form:  # noqa: A002
        """Return a form.

        Raises:
            NotFound: no file of that id.
            ContentProblems: its file has a problem.
        """
        form: Form = self._value(Family.FORM, id)
        return form

    def vocabulary(self) -> Vocabulary:
        """Return the closed lists that checklists and forms refer to.

        Raises:
            ContentProblems: its file has a problem.
        """
        vocabulary: Vocabulary = self._value(Family.VOCABULARY, VOCABULARY)
        return vocabulary

    def outline(self, id: str) -> ReportOutline:  # noqa: A002
        """Return what a report is made of.

        Raises:
            NotFound: no file of that id.
            ContentProblems: its file has a problem.
        """
        outline: ReportOutline = self._value(Family.OUTLINE, id)
        return outline

    def refused(self) -> tuple[Problem, ...]:
        """Return why local files are set aside."""
        local = [parsed for parsed in self.files() if not parsed.source.shipped]
        return tuple(problem for parsed in local for problem in self.problems(parsed))

    def files(self) -> "tuple[Parsed, ...]":
        """Return every file, read."""
        return tuple(map(self._parse, self._sources))

    def problems(self, parsed: "Parsed") -> tuple[Problem, ...]:
        """Return what is wrong with a file, of shape and beyond; empty when it may be used."""
        from ivaudit.content.rules import problems_of  # noqa: PLC0415 - start-up budget

        return parsed.problems or tuple(sorted(problems_of(parsed, self)))

    @property
    def terms(self) -> Vocabulary | None:
        """The vocabulary, when it can be read."""
        return next((each.value for each in self._in_family(Family.VOCABULARY)), None)

    @cached_property
    def known(self) -> Mapping[str, Known]:
        """Every published criterion, by id; the first file that publishes an id keeps it."""
        known: dict[str, Known] = {}
        for parsed in self._in_family(Family.CHECKLIST):
            for each in known_of(parsed.value) if parsed.value else ():
                known.setdefault(each.criterion.id, each)
        return known

    @cached_property
    def scales(self) -> Mapping[str, Scale]:
        """Every scale, by id."""
        return self._values(Family.SCALE)

    @cached_property
    def levels(self) -> Mapping[str, Levels]:
        """Every set of levels, by id."""
        return self._values(Family.LEVELS)

    def first(self, source: Source) -> Source:
        """Return the source that holds the id of this one: the shipped one, where there is one."""
        same = (each for each in self._sources if (each.folder, each.id) == (source.folder, source.id))
        return next(same, source)

    def _values(self, family: Family) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for parsed in self._in_family(family):
            if parsed.value:
                found.setdefault(parsed.value.id, parsed.value)
        return found

    def _parse(self, source: Source) -> "Parsed":
        from ivaudit.content.parsing import parse  # noqa: PLC0415 - start-up budget

        with self._reading:
            if source not in self._parsed:
                self._parsed[source] = parse(source)
            return self._parsed[source]

    def _in_family(self, family: Family) -> "list[Parsed]":
        sources = (each for each in self._sources if family in FOLDERS[each.folder])
        return [parsed for parsed in map(self._parse, sources) if parsed.family is family]

    def _value(self, family: Family, id: str) -> Any:  # noqa: A002, ANN401
        """Return what the first file of that id holds, once nothing is wrong with it."""
        named = (each for each in self._sources if each.id == id and family in FOLDERS[each.folder])
        parsed = next(map(self._parse, named), None)
        if parsed is None:
            raise NotFound(f"Il n'y a pas de contenu « {family} » nommé « {id} ».")
        wrong = self._obstacles(parsed)
        if wrong:
            raise ContentProblems(_sentence(parsed, len(wrong)), tuple(map(str, wrong)))
        return parsed.value

    def _obstacles(self, parsed: "Parsed") -> tuple[Problem, ...]:
        """Return why a file cannot be used. The wording of a shipped file is for the tests to judge."""
        from ivaudit.content.rules import unresolved  # noqa: PLC0415 - start-up budget

        if parsed.problems or not parsed.source.shipped:
            return self.problems(parsed)
        return tuple(sorted(unresolved(parsed, self)))


def _sentence(parsed: "Parsed", count: int) -> str:
    errors = "une erreur" if count == 1 else f"{count} erreurs"
    what = "livré avec le programme" if parsed.source.shipped else "local"
    remedy = "Réinstallez le programme." if parsed.source.shipped else "Corrigez-le, puis relancez."
    return (
        f"Le contenu {what} « {parsed.source.id} » comporte {errors} et n'a pas été chargé. "
        f"Vos audits ne sont pas touchés. {remedy}"
    )
