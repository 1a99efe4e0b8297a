"""Makes the catalogue of the library: an item for each thing published, a passage for each of its parts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ivaudit.app.adaptation_items import adaptation_items, applied
from ivaudit.app.library_items import Catalogue, Item, Passage, Shelf, Value
from ivaudit.content import volumes
from ivaudit.content.library import Library
from ivaudit.domain.cases import Case, Cases
from ivaudit.domain.checklist import Checklist, Confidence, Kind, Point, Reference
from ivaudit.domain.fiche import Fiche
from ivaudit.domain.found_codes import Found
from ivaudit.domain.glossary import Glossary
from ivaudit.domain.observation import ObservationGrid
from ivaudit.domain.rules import Rule, Rules
from ivaudit.domain.sources import reference_words
from ivaudit.domain.wording import folded


def catalogue(library: Library) -> Catalogue:
    """Return everything the library holds; reads it, and takes its time.

    Raises:
        ContentProblems: a shipped file has a problem.
    """
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
