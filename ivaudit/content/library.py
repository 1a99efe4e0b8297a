"""Everything found, shipped and local: read when asked for, read once."""

import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from ivaudit.content.derived import Derived
from ivaudit.content.problems import Problem
from ivaudit.content.resolving import Holder, Known, known_of, parts_of, references_of, resolve
from ivaudit.content.shapes import FOLDERS, PUBLISHED, ChecklistFile, Family
from ivaudit.content.sources import Places, Source, all_sources, unusable
from ivaudit.domain.checklist import Checklist, Vocabulary
from ivaudit.domain.errors import ContentProblems, NotFound
from ivaudit.domain.forms import Form
from ivaudit.domain.report_outline import ReportOutline
from ivaudit.domain.scale import Levels, Scale

if TYPE_CHECKING:
    from ivaudit.content.parsing import Parsed
    from ivaudit.domain.adaptation import Adaptation
    from ivaudit.domain.cases import Cases
    from ivaudit.domain.fiche import Fiche
    from ivaudit.domain.glossary import Glossary, GlossaryTerm
    from ivaudit.domain.observation import ObservationGrid
    from ivaudit.domain.proposals import Thresholds

VOCABULARY = "vocabulaire"
THRESHOLDS = "seuils-observation"


class Library:
    """Content by family and id.

    A shipped file with a problem is an error. A local one is set aside, and `refused` says why; asked for by
    its id, it is an error with its list of problems. A local file never replaces a shipped one.

    Two threads may ask it: a file is read once, by whoever comes first; what is derived from files is the
    same whoever derives it. `edition` grows each time local files are read again.
    """

    def __init__(
        self,
        sources: tuple[Source, ...],
        local: Path | None = None,
        parsed: "Mapping[Source, Parsed] | None" = None,
        cache: Path | None = None,
    ) -> None:
        self._sources = sources
        self._local = local
        self._cache = cache
        self._places = Places(sources)
        self._parsed: dict[Source, Parsed] = dict(parsed or {})
        self._derived = Derived()
        self.edition = 0
        self._reading = threading.Lock()

    @classmethod
    def find(cls, local: Path | None = None, cache: Path | None = None) -> Self:
        """Return the library of the shipped content and of a local folder; nothing is read yet.

        Args:
            local: the local folder.
            cache: where what local files say is kept, to be read again in an instant.
        """
        return cls(all_sources(local), local, cache=cache)

    def reread(self) -> None:
        """Forget what local files say, and look again at which there are: one came, changed or left.

        What is shipped does not change while the program runs: only what is derived of it is made again.
        Whoever holds this library sees the new content; audits keep the copy they were made with.
        """
        with self._reading:
            shipped = {source: each for source, each in self._parsed.items() if source.shipped}
            same = {source: source for source in shipped}  # a file read stays the very one its places name
            self._sources = tuple(same.get(each, each) for each in all_sources(self._local))
            self._places = Places(self._sources)
            self._parsed = shipped
            self._derived = Derived()  # what a thread is still deriving from the former files goes nowhere
            self.edition += 1

    def checklists(self) -> tuple[Checklist, ...]:
        """Return every checklist that can be used, shipped ones first.

        Raises:
            ContentProblems: a shipped file has a problem.
        """
        return self.every(Family.CHECKLIST)

    def checklist(self, id: str) -> Checklist:  # noqa: A002 - ids are called ids here
        """Return a checklist, its references resolved and its scales inside.

        Raises:
            NotFound: no file of that id.
            ContentProblems: its file, or what it rests on, has a problem.
        """
        kept = self._derived.checklists
        if (found := kept.get(id)) is not None:
            return found
        file: ChecklistFile = self._value(Family.CHECKLIST, id)
        known = self.known if any(references_of(file)) else {}
        return kept.setdefault(id, resolve(file, known, self.scales, self.levels))

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

    def observations(self) -> "tuple[ObservationGrid, ...]":
        """Return every observation grid that can be used, shipped ones first.

        Raises:
            ContentProblems: a shipped file has a problem.
        """
        return self.every(Family.OBSERVATION)

    def observation(self, id: str) -> "ObservationGrid":  # noqa: A002
        """Return an observation grid.

        Raises:
            NotFound: no file of that id.
            ContentProblems: its file has a problem.
        """
        grid: ObservationGrid = self._value(Family.OBSERVATION, id)
        return grid

    def fiches(self) -> "tuple[Fiche, ...]":
        """Return every decision sheet that can be used, shipped ones first.

        Raises:
            ContentProblems: a shipped file has a problem.
        """
        return self.every(Family.DECISION)

    def cases(self) -> "Cases":
        """Return every practical case as one set, shipped ones first; an empty one when there is none.

        Raises:
            ContentProblems: a shipped file has a problem.
        """
        from ivaudit.domain.cases import gathered  # noqa: PLC0415 - start-up budget

        return gathered(self.every(Family.CASES))

    def glossary(self) -> "Glossary":
        """Return every term as one glossary, shipped ones first; an empty one when there is none.

        Raises:
            ContentProblems: a shipped file has a problem.
        """
        from ivaudit.domain.glossary import gathered  # noqa: PLC0415 - start-up budget

        return gathered(self.every(Family.GLOSSARY))

    def thresholds(self) -> "Thresholds":
        """Return from which observed rate an answer is proposed.

        Raises:
            ContentProblems: its file has a problem.
        """
        thresholds: Thresholds = self._value(Family.THRESHOLDS, THRESHOLDS)
        return thresholds

    def adaptations(self) -> "tuple[Adaptation, ...]":
        """Return the adaptations that can be used, in the order they apply.

        Raises:
            ContentProblems: a shipped file has a problem.
        """
        from ivaudit.content.adapting import ordered  # noqa: PLC0415 - start-up budget

        return ordered(self.every(Family.ADAPTATION))

    def adaptation(self, id: str) -> "Adaptation":  # noqa: A002
        """Return an adaptation.

        Raises:
            NotFound: no file of that id.
            ContentProblems: its file has a problem.
        """
        adaptation: Adaptation = self._value(Family.ADAPTATION, id)
        return adaptation

    def effective(self, id: str, adaptations: Iterable[str]) -> Checklist:  # noqa: A002
        """Return a checklist as adaptations, named by their ids, make it; itself without any.

        Raises:
            NotFound: no checklist or no adaptation of that id.
            InvalidValue: an adaptation is of another checklist.
            ContentProblems: a file has a problem, or these adaptations do not go together.
        """
        from ivaudit.content.together import effective  # noqa: PLC0415 - start-up budget

        return effective(self, id, adaptations)

    def published(self, checklist: str) -> Checklist | None:
        """Return a checklist by its id, when it can be used."""
        try:
            return self.checklist(checklist)
        except (NotFound, ContentProblems):
            return None

    def every(self, family: Family) -> tuple[Any, ...]:
        """Return what the files of a family hold, those that can be used, shipped ones first.

        Raises:
            ContentProblems: a shipped file has a problem.
        """
        found = self._in_family(family)
        usable = [parsed for parsed in found if parsed.source.shipped or not self._obstacles(parsed)]
        if family is Family.CHECKLIST:
            return tuple(self.checklist(parsed.source.id) for parsed in usable)
        return tuple(self._value(family, parsed.source.id) for parsed in usable)

    def item(self, id: str) -> Any:  # noqa: A002, ANN401 - a value of any published family
        """Return a checklist, observation grid, decision sheet, set of cases or glossary by its id.

        Raises:
            NotFound: no file of that id.
            ContentProblems: its file has a problem.
        """
        sources = (each for each in self._places.named(id) if not PUBLISHED.isdisjoint(FOLDERS[each.folder]))
        families = (parsed.family for parsed in map(self._parse, sources))
        family = next((each for each in families if each in PUBLISHED), Family.CHECKLIST)
        return self.checklist(id) if family is Family.CHECKLIST else self._value(family, id)

    def one(self, family: Family, id: str) -> Any:  # noqa: A002, ANN401 - a value of that family
        """Return what a file of a family holds, as it was read.

        Raises:
            NotFound: no file of that id.
            ContentProblems: its file has a problem.
        """
        return self._value(family, id)

    def refused(self) -> tuple[Problem, ...]:
        """Return why local files are set aside."""
        local = [parsed for parsed in self.files() if not parsed.source.shipped]
        return tuple(problem for parsed in local for problem in self._obstacles(parsed))

    def local_ids(self) -> frozenset[str]:
        """Return the ids of what local files hold, usable or not; none is read."""
        return frozenset(source.id for source in self._sources if not source.shipped)

    def read_shipped(self) -> None:
        """Read the shipped checklists ahead of time; local files are read when they are asked for."""
        for source in self._places.of(Family.CHECKLIST):
            if source.shipped:
                self._parse(source)

    def files(self) -> "tuple[Parsed, ...]":
        """Return every file, read."""
        return tuple(map(self._parse, self._sources))

    def problems(self, parsed: "Parsed") -> tuple[Problem, ...]:
        """Return everything that is wrong with a file: shape, or else rules and wording."""
        from ivaudit.content.rules import problems_of, wording_of  # noqa: PLC0415 - start-up budget

        beyond = (*problems_of(parsed, self), *wording_of(parsed, self)) if parsed.value else ()
        return parsed.problems or tuple(sorted(beyond))

    @property
    def terms(self) -> Vocabulary | None:
        """The vocabulary, when it can be read."""
        return next((each.value for each in self._in_family(Family.VOCABULARY)), None)

    @property
    def known(self) -> Mapping[str, Known]:
        """Every published criterion, by id; the first file that publishes an id keeps it."""
        derived = self._derived
        if derived.known is None:
            derived.known = self._published()
        return derived.known

    @property
    def scales(self) -> Mapping[str, Scale]:
        """Every scale, by id."""
        derived = self._derived
        if derived.scales is None:
            derived.scales = self._values(Family.SCALE)
        return derived.scales

    @property
    def levels(self) -> Mapping[str, Levels]:
        """Every set of levels, by id."""
        derived = self._derived
        if derived.levels is None:
            derived.levels = self._values(Family.LEVELS)
        return derived.levels

    def _published(self) -> dict[str, Known]:
        known: dict[str, Known] = {}
        for parsed in self._in_family(Family.CHECKLIST):
            for each in known_of(parsed.value) if parsed.value else ():
                known.setdefault(each.criterion.id, each)
        return known

    @property
    def glossary_terms(self) -> "tuple[GlossaryTerm, ...]":
        """Every term of the glossaries that can be read."""
        return tuple(term for glossary in self._values(Family.GLOSSARY).values() for term in glossary.terms)

    def holders(self, family: Family) -> Mapping[str, Holder]:
        """Return which part holds each id that is unique over all files of a family, the first one found."""
        kept = self._derived.holders
        if family in kept:
            return kept[family]
        found: dict[str, Holder] = {}
        for value in self._values(family).values():
            for part in parts_of(value):
                found.setdefault(part.id, Holder(part, value.id))
        return kept.setdefault(family, found)

    def folders_of(self, id: str) -> frozenset[str]:  # noqa: A002 - ids are called ids here
        """Return the folders that hold a file of that id."""
        return frozenset(each.folder for each in self._places.named(id))

    def first(self, source: Source) -> Source:
        """Return the source that holds the id of this one: the shipped one, where there is one."""
        return self._places.first(source)

    def _values(self, family: Family) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for parsed in self._in_family(family):
            if parsed.value:
                found.setdefault(parsed.value.id, parsed.value)
        return found

    def _parse(self, source: Source) -> "Parsed":
        from ivaudit.content.kept_nodes import composing  # noqa: PLC0415 - start-up budget
        from ivaudit.content.parsing import parse  # noqa: PLC0415 - idem

        with self._reading:
            if source not in self._parsed:
                self._parsed[source] = parse(source, composing(source, self._cache))
            return self._parsed[source]

    def _in_family(self, family: Family) -> "list[Parsed]":
        found = map(self._parse, self._places.of(family))
        return [parsed for parsed in found if parsed.family is family]

    def _value(self, family: Family, id: str) -> Any:  # noqa: A002, ANN401
        """Return what the first file of that id holds, once nothing is wrong with it."""
        named = (each for each in self._places.named(id) if family in FOLDERS[each.folder])
        found = (parsed for parsed in map(self._parse, named) if parsed.family in {family, None})
        parsed = next(found, None)
        if parsed is None:
            raise NotFound(f"Il n'y a pas de contenu « {family} » nommé « {id} ».")
        if wrong := self._obstacles(parsed):
            raise ContentProblems(unusable(parsed.source, len(wrong)), tuple(map(str, wrong)))
        return parsed.value

    def _obstacles(self, parsed: "Parsed") -> tuple[Problem, ...]:
        """Return why a file cannot be used: wording is no reason; tests judge the rules of shipped files."""
        if parsed.problems:
            return parsed.problems
        from ivaudit.content.rules import problems_of, unresolved  # noqa: PLC0415 - start-up budget

        kept = self._derived.wrong
        if parsed.source not in kept:
            rules = unresolved if parsed.source.shipped else problems_of
            kept[parsed.source] = tuple(sorted(rules(parsed, self)))
        return kept[parsed.source]
