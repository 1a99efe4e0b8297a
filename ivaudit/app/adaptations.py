"""Local adaptations: which may be applied to an audit, and the checklists that come out of them."""

from collections.abc import Iterable, Sequence

from ivaudit.content.adapting import adapted
from ivaudit.content.library import Library
from ivaudit.content.together import clashes
from ivaudit.domain.adaptation import Adaptation
from ivaudit.domain.audit import Facility
from ivaudit.domain.checklist import Checklist
from ivaudit.domain.errors import InvalidValue


def offered(library: Library, checklists: Iterable[str]) -> tuple[Adaptation, ...]:
    """Return the adaptations of these checklists, in the order they apply."""
    wanted = set(checklists)
    return tuple(each for each in library.adaptations() if each.checklist in wanted)


def lightened(library: Library, adaptation: Adaptation) -> int:
    """Return how many exigences and critical points an adaptation, on its own, asks less of."""
    made = adapted(library.checklist(adaptation.checklist), [adaptation]).checklist
    return sum(len(each.lightened) for each in made.adaptations)


def meant_for(adaptation: Adaptation, facility: Facility) -> bool:
    """Tell whether an adaptation is proposed for a facility without being asked for."""
    return adaptation.concerns((facility.finess_ej, facility.finess_et))


def effective(
    library: Library, checklists: Sequence[str], adaptations: Iterable[str]
) -> tuple[Checklist, ...]:
    """Return checklists as adaptations make them, each adaptation on its own checklist.

    Raises:
        NotFound: no such checklist or adaptation.
        InvalidValue: an adaptation is of a checklist that is not among these.
        ContentProblems: these adaptations do not go together.
    """
    asked = tuple(dict.fromkeys(checklists))
    chosen = [library.adaptation(each) for each in dict.fromkeys(adaptations)]
    for each in chosen:
        if each.checklist not in asked:
            raise InvalidValue(
                f"L'adaptation « {each.title} » est celle de la grille {each.checklist}, qui n'est pas "
                "choisie. Rien n'a été créé : retirez l'adaptation, ou ajoutez cette grille."
            )
    return tuple(
        library.effective(key, [each.id for each in chosen if each.checklist == key]) for key in asked
    )


def together(library: Library, adaptations: Iterable[str]) -> tuple[str, ...]:
    """Return why adaptations do not go together, one line per problem with its place.

    Raises:
        NotFound: no such adaptation.
    """
    chosen = [library.adaptation(each) for each in dict.fromkeys(adaptations)]
    return tuple(
        str(problem)
        for key in dict.fromkeys(each.checklist for each in chosen)
        for problem in clashes(
            library, library.checklist(key), [each for each in chosen if each.checklist == key]
        )
    )
