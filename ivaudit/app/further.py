"""What goes further on a criterion: the fiches, observation grids and cases that concern it."""

from dataclasses import dataclass

from ivaudit.app.library_items import Finder, Passage, Shelf

ORDER = (Shelf.FICHE, Shelf.OBSERVATION, Shelf.CASES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """Where to go on: a part of an item, or the whole of it when `anchor` is empty."""

    shelf: Shelf
    item: str
    anchor: str
    title: str


def further(finder: Finder, criterion: str) -> tuple[Further, ...]:
    """Return what concerns a criterion: fiches, then observation grids once each, then cases.

    Args:
        finder: where it is looked for.
        criterion: its id.
    """
    found: dict[tuple[str, str], Further] = {}
    passages = finder.concerning(criterion)
    for passage in passages:
        item = finder.catalogue.item(passage.item)
        if item is None:
            continue
        case = item.shelf is Shelf.CASES
        anchor = passage.anchor if case or _alone(passage, passages) else ""
        title = passage.title if case else item.title
        made = Further(shelf=item.shelf, item=item.id, anchor=anchor, title=title)
        found.setdefault((item.id, anchor), made)
    return tuple(sorted(found.values(), key=lambda each: ORDER.index(each.shelf)))


def _alone(passage: Passage, passages: tuple[Passage, ...]) -> bool:
    """Tell whether a passage is the only one of its item: then the link goes to it."""
    return sum(each.item == passage.item for each in passages) == 1
