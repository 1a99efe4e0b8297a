"""The library of published content and forms, open without a workspace."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

from ivaudit.app.library_catalogue import catalogue
from ivaudit.app.library_items import Finder, Passage, Value
from ivaudit.content.check import check
from ivaudit.content.library import Library
from ivaudit.content.problems import Problem
from ivaudit.content.shapes import KINDS, PUBLISHED, Family
from ivaudit.domain.adaptation import Adaptation
from ivaudit.domain.cases import Cases
from ivaudit.domain.checklist import Checklist, Confidence
from ivaudit.domain.fiche import Fiche
from ivaudit.domain.glossary import Glossary
from ivaudit.domain.observation import ObservationGrid
from ivaudit.domain.rules import Rules
from ivaudit.domain.terms_in import Terms
from ivaudit.store import place

__all__ = [
    "Passage",
    "Problem",
    "Value",
    "cases",
    "check",
    "counts",
    "everything",
    "fiches",
    "finder",
    "kind",
    "library",
    "local_folder",
    "minutes",
    "observations",
    "read",
    "refused",
    "reload",
    "sources",
    "words",
]


@cache
def library() -> Library:
    """Return everything shipped, and what this person added, found once for the process."""
    return Library.find(local_folder(), place.default_folder() / "cache")


def local_folder() -> Path:
    """Return where this person's own checklists, forms and exports are looked for."""
    return place.default_folder() / "contenu"


def reload() -> None:
    """Read everything again: a local file came, changed or left."""
    library().reread()


def observations() -> tuple[ObservationGrid, ...]:
    """Return the observation grids."""
    return library().observations()


def fiches() -> tuple[Fiche, ...]:
    """Return the decision sheets."""
    return library().fiches()


def cases() -> Cases:
    """Return the practical cases, as one set."""
    return library().cases()


def words() -> Terms:
    """Return the words of the field, made ready to be found in texts, once for what the library holds."""
    return _words(library(), library().edition)


def finder() -> Finder:
    """Return what is searched in the library, folded once for what it holds."""
    return _finder(library(), library().edition)


@lru_cache(maxsize=1)
def _words(found: Library, _edition: int) -> Terms:
    return Terms(found.glossary().terms)


@lru_cache(maxsize=1)
def _finder(found: Library, _edition: int) -> Finder:
    return Finder(catalogue(found))


def everything() -> tuple[Value, ...]:
    """Return all that is published, one value per file, by kind."""
    families = [family for family in Family if family in PUBLISHED]
    return tuple(value for family in families for value in library().every(family))


def kind(value: Value) -> str:
    """Return the kind of a value as its file says it («exigences», «fiche»…)."""
    if isinstance(value, Checklist):
        return value.kind
    return next(word for word, family in KINDS.items() if family is _FAMILIES[type(value)])


_FAMILIES: dict[type, Family] = {
    ObservationGrid: Family.OBSERVATION,
    Fiche: Family.DECISION,
    Cases: Family.CASES,
    Glossary: Family.GLOSSARY,
    Rules: Family.RULES,
    Adaptation: Family.ADAPTATION,
}


def counts(value: Value) -> dict[str, int]:
    """Return how much a value holds: points, critical ones and minutes; items; steps; cases; terms."""
    match value:
        case Checklist():
            points = [point.criterion for point in value.points()]
            critical = sum(criterion.critical for criterion in points)
            return {"points": len(points), "critical": critical, "minutes": minutes(value)}
        case ObservationGrid():
            return {"items": len(value.items), "target": value.target}
        case Fiche():
            return {"steps": len(value.steps), "outcomes": len(value.outcomes)}
        case _:
            return _counts_to_learn_from(value)


def _counts_to_learn_from(value: Cases | Glossary | Adaptation | Rules) -> dict[str, int]:
    match value:
        case Cases():
            return {"cases": len(value.cases)}
        case Glossary():
            return {"terms": len(value.terms)}
        case Adaptation():
            return {"changes": value.extent, "added": len(value.added), "deactivated": len(value.deactivate)}
        case Rules():
            return {"rules": len(value.rules), "uncovered": sum(not rule.criteria for rule in value.rules)}


def read(id: str, adaptations: Sequence[str] = ()) -> Value:  # noqa: A002 - ids are called ids here
    """Return what is published under an id; a checklist, as these adaptations make it.

    Raises:
        NotFound: nothing of that id.
        InvalidValue: an adaptation is of another checklist.
        ContentProblems: a file has a problem, or these adaptations do not go together.
    """
    found: Value = library().effective(id, adaptations) if adaptations else library().item(id)
    return found


def refused() -> tuple[Problem, ...]:
    """Return why files of this person are set aside; empty when all are used."""
    return library().refused()


def sources(value: Value) -> dict[Confidence, int]:
    """Return how many parts rest on a source read, quoted, summarised, or still to check.

    The parts are the points, cases or terms; of an observation grid or a decision sheet, the references.
    """
    counted = Counter(_confidences(value))
    return {confidence: counted[confidence] for confidence in Confidence}


def minutes(checklist: Checklist) -> int:
    """Return the minutes that walking through every point takes."""
    return sum(point.criterion.minutes for point in checklist.points())


def _confidences(value: Value) -> Iterator[Confidence]:
    match value:
        case Checklist():
            yield from (point.criterion.confidence for point in value.points())
        case ObservationGrid() | Fiche():
            yield from (reference.confidence for reference in value.references)
        case Cases():
            yield from (case.confidence for case in value.cases)
        case Glossary():
            yield from (term.confidence for term in value.terms)
        case Adaptation():
            yield from (criterion.confidence for criterion in value.added)
        case Rules():
            yield from (rule.confidence for rule in value.rules)
