"""Everything published as one list: counts, words found, and what concerns what."""

from collections import Counter

import pytest

from ivaudit.app.library import finder
from ivaudit.app.library_items import Finder, Shelf
from ivaudit.domain.checklist import Checklist, Confidence


@pytest.fixture(scope="module")
def found() -> Finder:
    return finder()


def test_every_kind_is_on_its_shelf(found: Finder) -> None:
    shelves = Counter(item.shelf for item in found.catalogue.items)
    assert set(shelves) == set(Shelf) - {Shelf.ADAPTATION}
    assert shelves[Shelf.CASES] == shelves[Shelf.GLOSSARY] == 1
    order = [item.shelf for item in found.catalogue.items]
    assert order == sorted(order, key=list(Shelf).index)


def test_an_item_counts_what_it_holds(found: Finder) -> None:
    item = found.catalogue.item("rniv-1-principes-communs")
    assert item is not None
    assert isinstance(item.value, Checklist)
    points = list(item.value.points())
    assert item.extent == f"{len(points)} critères"
    assert sum(item.sources.values()) == len(points)
    assert set(item.sources) == set(Confidence)
    assert item.critical == sum(point.criterion.critical for point in points) > 0
    assert [passage.anchor for passage in item.passages[1:]] == [point.criterion.id for point in points]


def test_words_are_found_whatever_their_accents_and_everywhere(found: Finder) -> None:
    plain, accented = found.find("identite numerique"), found.find("Identité NUMÉRIQUE")
    assert plain == accented != ()
    shelves = {found.catalogue.item(passage.item).shelf for passage in found.find("identité")}
    assert shelves >= set(Shelf) - {Shelf.ADAPTATION} - {Shelf.VISIT}  # visit grids borrow their criteria
    assert found.find("   ") == ()
    assert found.find("zyxwv") == ()


def test_a_shared_criterion_is_found_once_where_it_is_published(found: Finder) -> None:
    hits = [passage for passage in found.find("rec-ant-02") if passage.anchor == "rec-ant-02"]
    assert [passage.item for passage in hits] == ["rniv-1-principes-communs"]
    assert {passage.item for passage in found.asked("rec-ant-02")} >= {"flash", "rniv-1-principes-communs"}


def test_what_concerns_a_criterion_leads_back_to_it(found: Finder) -> None:
    for item in found.catalogue.items:
        if item.shelf is Shelf.FICHE:
            for criterion in item.value.criteria:
                assert item.id in {passage.item for passage in found.concerning(criterion)}
                assert found.asked(criterion), (item.id, criterion)
        if item.shelf is Shelf.OBSERVATION:
            for each in item.value.items:
                for criterion in each.criteria:
                    anchors = {(passage.item, passage.anchor) for passage in found.concerning(criterion)}
                    assert (item.id, each.id) in anchors
    assert found.concerning("absent") == ()
