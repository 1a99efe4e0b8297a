"""Local adaptations in the list of everything published, and what each did to its checklist."""

from collections import Counter
from collections.abc import Iterator, Mapping

from ivaudit.app.library_items import Item, Passage, Shelf
from ivaudit.content.adapting import adapted
from ivaudit.content.library import Library
from ivaudit.domain.adaptation import Adaptation
from ivaudit.domain.adapted import AdaptedCriterion, AppliedAdaptation, change_words, version_words
from ivaudit.domain.checklist import Confidence
from ivaudit.domain.wording import folded


def applied(library: Library) -> Mapping[str, tuple[AppliedAdaptation, ...]]:
    """Return what each adaptation, on its own, does to its checklist, by the id of the checklist."""
    found: dict[str, tuple[AppliedAdaptation, ...]] = {}
    for each in library.adaptations():
        made = adapted(library.checklist(each.checklist), [each]).checklist.adaptations
        found[each.checklist] = (*found.get(each.checklist, ()), *made)
    return found


def adaptation_items(library: Library, done: Mapping[str, tuple[AppliedAdaptation, ...]]) -> Iterator[Item]:
    """Yield the items of the adaptations, in the order they apply."""
    for each in library.adaptations():
        checklist = library.checklist(each.checklist)
        one = next(made for made in done[each.checklist] if made.id == each.id)
        yield adaptation_item(each, one, checklist.title, checklist.version)


def adaptation_item(value: Adaptation, done: AppliedAdaptation, checklist: str, version: str) -> Item:
    """Return the item of an adaptation.

    Args:
        value: the adaptation.
        done: what it does to its checklist.
        checklist: the title of this checklist.
        version: the version of it that the library holds.
    """
    count = value.extent
    confidences = Counter(criterion.confidence for criterion in value.added)
    about = (value.author, value.reason, checklist, version_words(done, version))
    return Item(
        id=value.id,
        shelf=Shelf.ADAPTATION,
        title=value.title,
        edition="",
        version=value.version,
        published=value.date,
        extent=f"{count} changement{'s' if count > 1 else ''}",
        critical=0,
        sources={confidence: confidences[confidence] for confidence in Confidence},
        value=value,
        passages=(
            Passage(
                item=value.id, anchor="", number="", title=value.title, words=_folded(value.title, *about)
            ),
            *(_passage(value, each) for each in done.changes),
        ),
    )


def _passage(value: Adaptation, change: AdaptedCriterion) -> Passage:
    words = change_words(change)
    texts = (change.criterion, change.question, words, change.reason, value.author)
    return Passage(
        item=value.id,
        anchor=change.criterion,
        number=change.number,
        title=change.question,
        part=f"{change.kind[:1].upper()}{change.kind[1:]}",
        words=_folded(*texts),
    )


def _folded(*texts: str) -> str:
    return folded(" ".join(texts))
