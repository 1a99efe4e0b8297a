"""Published content as plain lines, to be read in a terminal."""

from collections.abc import Iterable, Iterator

from ivaudit.app import library
from ivaudit.cli.adaptation_text import adaptation_lines, applied_lines
from ivaudit.domain.adaptation import Adaptation
from ivaudit.domain.adapted import mark_words
from ivaudit.domain.cases import Cases
from ivaudit.domain.checklist import Checklist, Reference
from ivaudit.domain.fiche import Fiche, StepChoice
from ivaudit.domain.glossary import Glossary
from ivaudit.domain.observation import ObservationGrid
from ivaudit.domain.rules import Rules
from ivaudit.domain.sources import reference_words


def described(value: library.Value) -> Iterator[str]:
    """Yield the lines of a value, header first."""
    edition = f", {value.edition}" if isinstance(value, Checklist) else ""
    yield f"{value.title} ({value.id} {value.version}{edition})"
    if not isinstance(value, Glossary | Adaptation):
        yield value.summary
    counted = ", ".join(f"{confidence} {count}" for confidence, count in library.sources(value).items())
    points = " des points" if isinstance(value, Checklist) else ""
    yield f"Sources{points} : {counted}"
    match value:
        case Checklist():
            yield from _checklist(value)
        case ObservationGrid():
            yield from _observation(value)
        case Fiche():
            yield from _fiche(value)
        case Cases():
            yield from _cases(value)
        case Glossary():
            yield from _glossary(value)
        case Rules():
            yield from _rules(value)
        case Adaptation():
            yield from adaptation_lines(value)


def _checklist(checklist: Checklist) -> Iterator[str]:
    yield from applied_lines(checklist)
    domain = ""
    for point in checklist.points():
        if point.domain.id != domain:
            domain = point.domain.id
            yield f"\n{point.domain.title}"
        mark = " (critique)" if point.criterion.critical else ""
        yield f"{point.number:>5}  {point.criterion.id:<14} {point.criterion.question}{mark}"
        for adaptation, change in checklist.adapted(point.criterion.id):
            yield f"       {mark_words(adaptation, change)}"


def _observation(grid: ObservationGrid) -> Iterator[str]:
    yield f"\nUne ligne par {grid.row}, cible : {grid.target}. {grid.target_note}"
    yield f"Quand : {grid.period}"
    yield from _listed("Inclure :", grid.inclusion)
    yield from _listed("Ne pas inclure :", grid.exclusion)
    yield f"Se placer : {grid.stance}"
    yield f"Dire : {grid.words}"
    yield from _listed("Raisons de ne pas observer :", (each.label for each in grid.not_observed))
    yield from _listed("À noter :", (f"{each.label} ({', '.join(each.choices)})" for each in grid.context))
    yield ""
    for rank, item in enumerate(grid.items, 1):
        mark = " (à traiter aussitôt)" if item.stops else ""
        yield f"{rank:>5}  {item.id:<14} {item.question}{mark}"
    yield from _references(grid.references)


def _fiche(fiche: Fiche) -> Iterator[str]:
    yield f"\nQuand : {fiche.when}"
    for step in fiche.steps:
        yield f"\n[{step.id}] {step.title}"
        yield step.text
        yield from (_way(way) for way in step.ways)
    yield ""
    for outcome in fiche.outcomes:
        yield f"[{outcome.id}] {outcome.title} ({outcome.tone}) : {outcome.text}"
    yield from _listed("\nNe jamais :", fiche.never)
    yield from _references(fiche.references)


def _way(way: StepChoice) -> str:
    return f"  {f'{way.label} ' if way.label else ''}→ [{way.next or way.outcome}]"


def _cases(cases: Cases) -> Iterator[str]:
    for case in cases.cases:
        yield f"\n{case.id}  {case.title}"
        yield f"{case.situation} {case.question}"
        yield f"Réponse : {case.answer}"
        yield f"Piège : {case.trap}"
        yield f"Règle : {case.rule}"
        yield from map(reference_words, case.references)


def _glossary(glossary: Glossary) -> Iterator[str]:
    yield ""
    for term in glossary.terms:
        also = f" ({', '.join(term.also)})" if term.also else ""
        yield f"{term.term}{also} : {term.definition} ({term.confidence})"


def _rules(rules: Rules) -> Iterator[str]:
    for volume in rules.volumes:
        yield f"\n{volume.title} (édition {volume.edition})"
        yield volume.note
        for rule in rules.ordered():
            if rule.volume == volume.id:
                supposed = "règle supposée, à vérifier : " if rule.supposed else ""
                yield f"{rule.rank:>5}  {supposed}{rule.statement}"
                yield f"       {reference_words(rules.reference(rule))} → {', '.join(rule.criteria)}"


def _listed(title: str, lines: Iterable[str]) -> Iterator[str]:
    for rank, line in enumerate(lines):
        if rank == 0:
            yield title
        yield f"  - {line}"


def _references(references: Iterable[Reference]) -> Iterator[str]:
    yield from _listed("\nRéférences :", map(reference_words, references))
