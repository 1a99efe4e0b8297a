"""Everything published as one list: what each thing holds, what is searched in it, what concerns what."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from ivaudit.content import volumes
from ivaudit.content.library import Library
from ivaudit.domain.adaptation import Adaptation
from ivaudit.domain.adapted import AppliedAdaptation
from ivaudit.domain.cases import Case, Cases
from ivaudit.domain.checklist import Checklist, Confidence, Kind, Point, Reference, Vocabulary
from ivaudit.domain.fiche import Fiche
from ivaudit.domain.found_codes import Found, PlacedCode
from ivaudit.domain.glossary import Glossary
from ivaudit.domain.observation import ObservationGrid
from ivaudit.domain.rules import Rule, Rules
from ivaudit.domain.sources import reference_words
from ivaudit.domain.wording import folded

Value: TypeAlias = Checklist | ObservationGrid | Fiche | Cases | Glossary | Rules | Adaptation


class Shelf(StrEnum):
    """The kinds of published things, in the order they are listed; the value is the title of the group."""

    CHECKLIST = "Grilles d'exigences"
    VISIT = "Grilles de visite"
    OBSERVATION = "Grilles d'observation"
    FICHE = "Fiches réflexes"
    CASES = "Cas pratiques"
    GLOSSARY = "Glossaire"
    RULES = "Règles des volets"
    ADAPTATION = "Adaptations locales"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A part that one can go to: a point, an observed item, a step, a case, a word.

    `anchor` is its id, empty for the presentation of the whole; `part` the title it stands under; `words`
    its texts, folded for searching.
    """

    item: str
    anchor: str
    number: str
    title: str
    part: str = ""
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One published thing.

    `extent` says how much it holds («78 critères»); `sources` counts what it holds by how sure it is;
    `local` tells what this person added from what is shipped.
    """

    id: str
    shelf: Shelf
    title: str
    edition: str
    version: str
    published: str
    extent: str
    critical: int
    sources: Mapping[Confidence, int]
    value: Value
    passages: tuple[Passage, ...]
    local: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Every item, with what is found in it; `refused` says why local files are set aside.

    `found` are the codes read in the official volumes, by rule; `codes` are the same by criterion;
    `applied` says what each local adaptation does, by checklist.
    """

    items: tuple[Item, ...]
    vocabulary: Vocabulary
    refused: tuple[str, ...] = ()
    found: Found = field(default_factory=dict)
    codes: Mapping[str, tuple[PlacedCode, ...]] = field(default_factory=dict)
    applied: Mapping[str, tuple[AppliedAdaptation, ...]] = field(default_factory=dict)

    def item(self, id: str) -> Item | None:  # noqa: A002 - ids are called ids here
        """Return the item of that id, or nothing."""
        return next((item for item in self.items if item.id == id), None)

    def passage(self, item: str, anchor: str) -> Passage | None:
        """Return a part of an item, or nothing."""
        found = self.item(item)
        return next((each for each in found.passages if each.anchor == anchor), None) if found else None


class Finder:
    """What is looked for in a catalogue: words, and what concerns a criterion. Built once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def find(self, text: str) -> tuple[Passage, ...]:
        """Return the parts that hold every word, in order.

        A criterion that several checklists ask is found once, where it is published.
        """
        words = folded(text).split()
        if not words:
            return ()
        return tuple(each for each in self._searched if all(word in each.words for word in words))

    def concerning(self, criterion: str) -> tuple[Passage, ...]:
        """Return the fiches, observed items and cases that concern a criterion, in order."""
        return tuple(self._concerning.get(criterion, ()))

    def asked(self, criterion: str) -> tuple[Passage, ...]:
        """Return the points of checklists that ask a criterion."""
        return tuple(self._asked.get(criterion, ()))

    @cached_property
    def _searched(self) -> tuple[Passage, ...]:
        seen: set[str] = set()
        kept = []
        for item in self.catalogue.items:
            for passage in item.passages:
                shared = isinstance(item.value, Checklist) and passage.anchor
                if shared and passage.anchor in seen:
                    continue
                if shared:
                    seen.add(passage.anchor)
                kept.append(passage)
        return tuple(kept)

    @cached_property
    def _asked(self) -> dict[str, list[Passage]]:
        found: dict[str, list[Passage]] = {}
        for item in self.catalogue.items:
            if isinstance(item.value, Checklist):
                for passage in item.passages:
                    found.setdefault(passage.anchor, []).append(passage)
        return found

    @cached_property
    def _concerning(self) -> dict[str, list[Passage]]:
        found: dict[str, list[Passage]] = {}
        for item in self.catalogue.items:
            of = {passage.anchor: passage for passage in item.passages}
            for anchor, criteria in _criteria(item.value):
                for criterion in criteria:
                    found.setdefault(criterion, []).append(of[anchor])
        return found


def _criteria(value: Value) -> Iterable[tuple[str, Sequence[str]]]:
    """Yield the parts of a value that concern criteria, with the ids of these."""
    match value:
        case Fiche():
            yield "", value.criteria
        case ObservationGrid():
            yield from ((item.id, item.criteria) for item in value.items)
        case Cases():
            yield from ((case.id, case.criteria) for case in value.cases)


def catalogue(library: Library) -> Catalogue:
    """Return everything the library holds; reads it, and takes its time.

    Raises:
        ContentProblems: a shipped file has a problem.
    """
    from ivaudit.app.adaptation_items import adaptation_items, applied  # noqa: PLC0415 - it makes our items

    checklists = sorted(library.checklists(), key=lambda each: each.kind is Kind.VISIT)
    cases, glossary = library.cases(), library.glossary()
    rules, found = volumes.rules(library), volumes.codes(library)
    done, local = applied(library), library.local_ids()
    items = [
        *(_checklist(each) for each in checklists),
        *(_observation(each) for each in library.observations()),
        *(_fiche(each) for each in library.fiches()),
        *([_cases(cases)] if cases.cases else []),
        *([_glossary(glossary)] if glossary.terms else []),
        *([_rules(rules, found)] if rules.rules else []),
        *adaptation_items(library, done),
    ]
    refused = tuple(map(str, library.refused()))
    return Catalogue(
        items=tuple(replace(each, local=each.id in local) for each in items),
        vocabulary=library.vocabulary(),
        refused=refused,
        found=found,
        codes=volumes.codes_by_criterion(library),
        applied=done,
    )


def _checklist(value: Checklist) -> Item:
    points = list(value.points())
    passages = [
        _passage(
            value,
            anchor=point.criterion.id,
            number=point.number,
            title=point.criterion.question,
            part=point.domain.title,
            texts=_point_texts(point),
        )
        for point in points
    ]
    return Item(
        id=value.id,
        shelf=Shelf.VISIT if value.kind is Kind.VISIT else Shelf.CHECKLIST,
        title=value.title,
        edition=value.edition,
        version=value.version,
        published=value.published,
        extent=_count(len(points), "critère"),
        critical=sum(point.criterion.critical for point in points),
        sources=_counted(point.criterion.confidence for point in points),
        value=value,
        passages=(_presentation(value, value.summary, value.edition), *passages),
    )


def _observation(value: ObservationGrid) -> Item:
    rules = (*value.inclusion, *value.exclusion, value.stance, value.words, value.period, value.target_note)
    passages = [
        _passage(value, anchor=item.id, number=str(rank), title=item.question, texts=(item.help,))
        for rank, item in enumerate(value.items, 1)
    ]
    return _plain(
        value,
        Shelf.OBSERVATION,
        _count(len(value.items), "fait observé", "faits observés"),
        value.references,
        (_presentation(value, value.summary, *rules, *_sources(value.references)), *passages),
    )


def _fiche(value: Fiche) -> Item:
    outcomes = [text for each in value.outcomes for text in (each.title, each.text)]
    passages = [
        _passage(
            value,
            anchor=step.id,
            number=str(rank),
            title=step.title,
            texts=(step.text, *(choice.label for choice in step.choices)),
        )
        for rank, step in enumerate(value.steps, 1)
    ]
    first = _presentation(
        value, value.summary, value.when, *outcomes, *value.never, *_sources(value.references)
    )
    return _plain(value, Shelf.FICHE, _count(len(value.steps), "étape"), value.references, (first, *passages))


def _cases(value: Cases) -> Item:
    passages = [
        _passage(value, anchor=case.id, number=str(rank), title=case.title, texts=_case_texts(case))
        for rank, case in enumerate(value.cases, 1)
    ]
    return Item(
        id=value.id,
        shelf=Shelf.CASES,
        title=value.title,
        edition="",
        version=value.version,
        published=value.published,
        extent=_count(len(value.cases), "cas", "cas"),
        critical=0,
        sources=_counted(case.confidence for case in value.cases),
        value=value,
        passages=(_presentation(value, value.summary), *passages),
    )


def _glossary(value: Glossary) -> Item:
    passages = [
        _passage(value, anchor=term.id, number="", title=term.term, texts=(term.definition, *term.also))
        for term in value.terms
    ]
    return Item(
        id=value.id,
        shelf=Shelf.GLOSSARY,
        title=value.title,
        edition="",
        version=value.version,
        published="",
        extent=_count(len(value.terms), "mot"),
        critical=0,
        sources=_counted(term.confidence for term in value.terms),
        value=value,
        passages=(_presentation(value), *passages),
    )


def _rules(value: Rules, found: Found) -> Item:
    passages = [
        _passage(
            value,
            anchor=rule.id,
            number=rule.code if rule.code and value.reference(rule).plain else "",
            title=rule.statement,
            part=volume.title if (volume := value.volume(rule.volume)) else rule.volume,
            texts=_rule_texts(value, rule, found),
        )
        for rule in value.ordered()
    ]
    return Item(
        id=value.id,
        shelf=Shelf.RULES,
        title=value.title,
        edition="",
        version=value.version,
        published=value.published,
        extent=_count(len(value.rules), "règle"),
        critical=0,
        sources=_counted(rule.confidence for rule in value.rules),
        value=value,
        passages=(_presentation(value, value.summary, *(each.note for each in value.volumes)), *passages),
    )


def _plain(
    value: ObservationGrid | Fiche,
    shelf: Shelf,
    extent: str,
    references: Sequence[Reference],
    passages: tuple[Passage, ...],
) -> Item:
    return Item(
        id=value.id,
        shelf=shelf,
        title=value.title,
        edition="",
        version=value.version,
        published=value.published,
        extent=extent,
        critical=0,
        sources=_counted(reference.confidence for reference in references),
        value=value,
        passages=passages,
    )


def _passage(
    value: Value, *, anchor: str, number: str, title: str, texts: Iterable[str], part: str = ""
) -> Passage:
    words = folded(" ".join((number, title, part, *texts)))
    return Passage(item=value.id, anchor=anchor, number=number, title=title, part=part, words=words)


def _presentation(value: Value, *texts: str) -> Passage:
    return _passage(value, anchor="", number="", title=value.title, texts=texts)


def _point_texts(point: Point) -> tuple[str, ...]:
    criterion = point.criterion
    return (
        criterion.id,
        point.section.title,
        criterion.why,
        *criterion.guidance.values(),
        *criterion.rating.values(),
        *criterion.evidence,
        criterion.recommendation,
        *_sources(criterion.references),
    )


def _case_texts(case: Case) -> tuple[str, ...]:
    return (case.situation, case.question, case.answer, case.trap, case.rule, *_sources(case.references))


def _rule_texts(value: Rules, rule: Rule, found: Found) -> tuple[str, ...]:
    codes = (code.code for code in found.get(rule.id, ()))
    return (rule.id, rule.theme, reference_words(value.reference(rule)), *codes)


def _sources(references: Iterable[Reference]) -> tuple[str, ...]:
    return tuple(map(reference_words, references))


def _counted(found: Iterable[Confidence]) -> dict[Confidence, int]:
    counted = Counter(found)
    return {confidence: counted[confidence] for confidence in Confidence}


def _count(amount: int, one: str, many: str = "") -> str:
    return f"{amount} {one if amount < 2 else many or f'{one}s'}"  # noqa: PLR2004 - French singular
