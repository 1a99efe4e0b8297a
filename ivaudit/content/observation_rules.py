"""What an observation grid must respect beyond its shape."""

from collections.abc import Collection, Iterator, Mapping

from ivaudit.content import publication_rules, text_rules
from ivaudit.content.parsing import Parsed
from ivaudit.content.problems import Problem, repeated
from ivaudit.content.resolving import Holder
from ivaudit.domain.checklist import Vocabulary
from ivaudit.domain.observation import ObservationGrid, ObservedItem, ObservedValue

MIN_ITEMS, MAX_ITEMS = 6, 15
MIN_CHOICES = 2
_ENDS = {ObservedValue.YES, ObservedValue.NO}


def problems(
    parsed: Parsed,
    grid: ObservationGrid,
    terms: Vocabulary | None,
    known: Collection[str],
    holders: Mapping[str, Holder],
) -> Iterator[Problem]:
    """Yield the rules that an observation grid breaks."""
    yield from publication_rules.dated(parsed, grid)
    if not MIN_ITEMS <= len(grid.items) <= MAX_ITEMS:
        sentence = f"items: de {MIN_ITEMS} à {MAX_ITEMS} points attendus, {len(grid.items)} trouvés"
        yield parsed.problem(grid, "items", sentence)
    if grid.target < 1:
        yield parsed.problem(grid, "target", "target: un nombre de lignes positif attendu")
    for parts in (grid.items, grid.not_observed, grid.context):
        yield from publication_rules.ids(parsed, parts)
    yield from publication_rules.taken(parsed, grid.items, holders)
    if terms:
        yield from publication_rules.in_vocabulary(parsed, grid, "places", terms.places)
        yield from publication_rules.in_vocabulary(parsed, grid, "interlocutors", terms.interlocutors)
    yield from _columns(parsed, grid)
    for item in grid.items:
        yield from text_rules.problems_of_question(parsed, item)
        yield from publication_rules.criteria(parsed, item, known)
        yield from _values(parsed, item)
    yield from publication_rules.references(parsed, grid.references)


def _columns(parsed: Parsed, grid: ObservationGrid) -> Iterator[Problem]:
    for column in grid.context:
        if len(column.choices) < MIN_CHOICES:
            yield parsed.problem(column, "choices", f"choices: au moins {MIN_CHOICES} choix attendus")
        for each in repeated(column.choices):
            yield parsed.problem(column, "choices", f"choices: « {each} » en double")


def _values(parsed: Parsed, item: ObservedItem) -> Iterator[Problem]:
    order = list(ObservedValue)
    if list(item.values) != sorted(set(item.values), key=order.index):
        listed = ", ".join(order)
        yield parsed.problem(item, "values", f"values: dans l'ordre et une fois chacune, parmi {listed}")
    for each in sorted(_ENDS - set(item.values), key=order.index):
        yield parsed.problem(item, "values", f"values: il manque « {each} »")
