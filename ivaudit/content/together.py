"""Several adaptations of one checklist: applied in their order, or why and where they do not go together."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ivaudit.content.adapting import adapted, ordered
from ivaudit.content.problems import Problem
from ivaudit.content.shapes import Family
from ivaudit.domain.adaptation import Adaptation
from ivaudit.domain.checklist import Checklist
from ivaudit.domain.errors import ContentProblems, InvalidValue

if TYPE_CHECKING:
    from ivaudit.content.library import Library


def effective(library: "Library", checklist: str, adaptations: Iterable[str]) -> Checklist:
    """Return a checklist as adaptations make it (see `Library.effective`)."""
    published = library.checklist(checklist)
    chosen = [library.adaptation(each) for each in dict.fromkeys(adaptations)]
    for each in chosen:
        if each.checklist != checklist:
            raise InvalidValue(
                f"L'adaptation « {each.title} » est celle d'une autre grille ({each.checklist}). Rien n'a "
                "été modifié : retirez-la, ou choisissez cette grille."
            )
    found = clashes(library, published, chosen)
    if found:
        raise ContentProblems(
            f"Ces adaptations de la grille « {published.title} » ne vont pas ensemble. Rien n'a été créé : "
            "retirez l'une d'elles, ou corrigez-la.",
            tuple(map(str, found)),
        )
    return adapted(published, chosen).checklist


def clashes(
    library: "Library", checklist: Checklist, adaptations: Iterable[Adaptation]
) -> tuple[Problem, ...]:
    """Return why adaptations do not go together, at the place of the later one."""
    files = {
        parsed.value.id: parsed
        for parsed in library.files()
        if parsed.family is Family.ADAPTATION and parsed.value is not None
    }
    found = adapted(checklist, ordered(adaptations)).clashes
    return tuple(sorted(files[each.adaptation.id].problem(each.owner, None, each.message) for each in found))
