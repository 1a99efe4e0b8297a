"""The way through a decision sheet."""

from support import published

from ivaudit.app.library_items import Finder
from ivaudit.domain.fiche import Fiche, Outcome, Step
from ivaudit.ui.library.walk import Walk


def test_answers_lead_to_an_outcome_and_back() -> None:
    walk = Walk(published.fiche())
    assert walk.here.id == "e1"
    assert not walk.take(4)
    assert walk.take(2)
    assert walk.here.id == "e3"
    assert [(each.step.id, each.answer) for each in walk.path] == [("e1", "01 : aucune identité")]
    assert walk.take(1)
    assert walk.here.id == "e1"
    assert walk.take(3)
    assert isinstance(walk.here, Outcome)
    assert walk.ways == ()
    assert not walk.take(1)
    assert walk.back()
    assert walk.here.id == "e1"
    assert len(walk.path) == 2


def test_a_step_without_choices_has_one_way_on() -> None:
    walk = Walk(published.fiche())
    walk.take(1)
    assert isinstance(walk.here, Step)
    assert len(walk.ways) == 1
    walk.take(1)
    assert walk.here.id == "bon"


def test_begin_anew_or_at_a_step() -> None:
    walk = Walk(published.fiche())
    assert not walk.back()
    walk.take(2)
    walk.start()
    assert (walk.here.id, walk.path) == ("e1", [])
    walk.start("e3")
    assert walk.here.id == "e3"
    walk.start("absent")
    assert walk.here.id == "e1"


def test_every_shipped_fiche_is_walked_to_each_of_its_outcomes(found: Finder) -> None:
    fiches = [item.value for item in found.catalogue.items if isinstance(item.value, Fiche)]
    assert len(fiches) > 1
    for fiche in fiches:
        ends, seen, to_see = set(), set(), [fiche.first]
        while to_see:
            step = to_see.pop()
            if step in seen:
                continue
            seen.add(step)
            walk = Walk(fiche)
            walk.start(step)
            for rank in range(1, len(walk.ways) + 1):
                walk.start(step)
                walk.take(rank)
                (ends.add if isinstance(walk.here, Outcome) else to_see.append)(walk.here.id)
        assert ends == {outcome.id for outcome in fiche.outcomes}, fiche.id
