"""What a decision sheet must respect beyond its shape: every step is reached, every path ends."""

from collections.abc import Collection, Iterator

from ivaudit.content import publication_rules
from ivaudit.content.parsing import Parsed
from ivaudit.content.problems import Problem, repeated
from ivaudit.content.reading import near
from ivaudit.domain.checklist import Vocabulary
from ivaudit.domain.fiche import Fiche, Step, StepChoice

MIN_CHOICES, MAX_CHOICES = 2, 5
MAX_TITLE = 90


def problems(
    parsed: Parsed, fiche: Fiche, terms: Vocabulary | None, known: Collection[str]
) -> Iterator[Problem]:
    """Yield the rules that a decision sheet breaks."""
    yield from publication_rules.dated(parsed, fiche)
    yield from publication_rules.ids(parsed, (*fiche.steps, *fiche.outcomes))
    if terms:
        yield from publication_rules.in_vocabulary(parsed, fiche, "audience", terms.interlocutors)
    yield from publication_rules.criteria(parsed, fiche, known)
    yield from publication_rules.references(parsed, fiche.references)
    ways = [*_ways(parsed, fiche)]
    yield from ways
    if not ways:
        yield from _paths(parsed, fiche)


def _ways(parsed: Parsed, fiche: Fiche) -> Iterator[Problem]:
    """Yield what is wrong with the ways from step to step; paths make sense only without it."""
    steps = [step.id for step in fiche.steps]
    if fiche.first not in steps:
        sentence = f"first: étape « {fiche.first} » inconnue{near(fiche.first, steps)}"
        yield parsed.problem(fiche, "first", sentence)
    for step in fiche.steps:
        yield from _choices(parsed, step)
        if step.choices and (step.next or step.outcome):
            yield parsed.problem(step, None, "choices: une étape à choix n'a ni next ni outcome")
        for owner in step.choices or (step,):
            yield from _way(parsed, fiche, owner)


def _choices(parsed: Parsed, step: Step) -> Iterator[Problem]:
    if len(step.title) > MAX_TITLE:
        long = f"title: {MAX_TITLE} caractères au plus, {len(step.title)} trouvés"
        yield parsed.problem(step, "title", long)
    if step.choices and not MIN_CHOICES <= len(step.choices) <= MAX_CHOICES:
        sentence = f"choices: de {MIN_CHOICES} à {MAX_CHOICES} choix attendus, {len(step.choices)} trouvés"
        yield parsed.problem(step, "choices", sentence)
    for each in repeated(choice.label for choice in step.choices):
        yield parsed.problem(step, "choices", f"choices: « {each} » en double")


def _way(parsed: Parsed, fiche: Fiche, owner: Step | StepChoice) -> Iterator[Problem]:
    if (owner.next is None) == (owner.outcome is None):
        what = "next ou outcome attendu, et un seul" if owner.next else "next, outcome ou choices attendu"
        if isinstance(owner, StepChoice):
            what = "next ou outcome attendu, et un seul"
        yield parsed.problem(owner, None, what)
    for key, parts in (("next", fiche.steps), ("outcome", fiche.outcomes)):
        names, named = [part.id for part in parts], getattr(owner, key)
        if named is not None and named not in names:
            what = "étape" if key == "next" else "issue"
            yield parsed.problem(owner, key, f"{key}: {what} « {named} » inconnue{near(named, names)}")


def _paths(parsed: Parsed, fiche: Fiche) -> Iterator[Problem]:
    """Yield the steps and outcomes that no path meets, and the steps from which no path ends."""
    after = {step.id: [way.next for way in step.ways if way.next] for step in fiche.steps}
    met, ahead = {fiche.first}, [fiche.first]
    while ahead:
        found = set(after[ahead.pop()]) - met
        met |= found
        ahead.extend(found)
    ended = {step.id for step in fiche.steps if any(way.outcome for way in step.ways)}
    while more := {key for key, ways in after.items() if key not in ended and ended & set(ways)}:
        ended |= more
    reached = {way.outcome for step in fiche.steps if step.id in met for way in step.ways}
    for step in fiche.steps:
        if step.id not in met:
            yield parsed.problem(step, "id", f"id: aucun chemin ne mène à l'étape « {step.id} »")
        elif step.id not in ended:
            yield parsed.problem(step, "id", f"id: depuis l'étape « {step.id} », aucun chemin ne finit")
    for outcome in fiche.outcomes:
        if outcome.id not in reached:
            yield parsed.problem(outcome, "id", f"id: aucun chemin ne mène à l'issue « {outcome.id} »")
