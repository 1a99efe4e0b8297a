"""What a newer version of a checklist keeps of the answers: laws of the comparison, and of its display."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.grids import SCALE, checklist, criterion, sheet

from ivaudit.domain.audit import Answer, Carried
from ivaudit.domain.carrying import MOST_WORDS, Fate, compare, differences
from ivaudit.domain.checklist import Checklist, Confidence, Criterion, Reference
from ivaudit.domain.scoring import result
from ivaudit.domain.standing import State, standings
from ivaudit.domain.wording import normalised

CARRIED = Carried(audit="a0", sha="0" * 64, criterion="c-1", at="2026-03-12T08:00:00Z")

keys = st.sampled_from([f"c-{n}" for n in range(8)])
grids = st.lists(keys, unique=True, max_size=8).map(
    lambda found: checklist(tuple(criterion(key) for key in found))
)
words = st.lists(st.sampled_from(["la", "règle", "l'identité", "est-elle", "écrite", "?", "«"]), max_size=12)
texts = st.tuples(words, st.sampled_from([" ", "\u00a0", "  ", "\n"])).map(lambda both: both[1].join(both[0]))


def fates(old: Checklist, new: Checklist) -> dict[str, Fate]:
    return {match.point.criterion.id: match.fate for match in compare(old, new)}


@given(grids)
def test_a_checklist_beside_itself_is_unchanged(grid: Checklist) -> None:
    assert set(fates(grid, grid).values()) <= {Fate.UNCHANGED}
    assert len(compare(grid, grid)) == len(list(grid.points()))


@given(grids, grids)
def test_every_criterion_of_both_versions_is_told_once(old: Checklist, new: Checklist) -> None:
    matches = compare(old, new)
    ours = [match.new.criterion.id for match in matches if match.new]
    theirs = [point.criterion.id for match in matches for point in match.olds]
    assert ours == [point.criterion.id for point in new.points()]
    assert sorted(theirs) == sorted(point.criterion.id for point in old.points())
    assert {match.fate for match in matches if match.new is None} <= {Fate.WITHDRAWN}
    assert all(bool(match.olds) == (match.fate is not Fate.NEW) for match in matches)


@given(
    st.integers(1, 9),
    st.integers(1, 15),
    st.booleans(),
    st.text(max_size=5),
    st.sampled_from(Confidence),
)
def test_correcting_what_is_not_the_question_invalidates_nothing(
    weight: int, minutes: int, critical: bool, code: str, confidence: Confidence
) -> None:
    before = criterion("c-1")
    after = replace(
        before,
        weight=weight,
        minutes=minutes,
        critical=critical,
        critical_reason="Une confusion.",
        references=(Reference(document="RNIV 2", code=code, confidence=confidence),),
        guidance={"default": "Regarder ailleurs."},
        why="Autre chose.",
        evidence=("registre",),
        recommendation="Faire mieux.",
        replaces=("c-0",),
    )
    assert fates(checklist((before,)), checklist((after,))) == {"c-1": Fate.UNCHANGED}


@pytest.mark.parametrize(
    "after",
    [
        replace(criterion("c-1"), question="La règle c-1 est-elle toujours appliquée ?"),
        replace(criterion("c-1"), rating={"oui": "Toujours.", "non": "Jamais."}),
        replace(criterion("c-1"), scale="autre"),
    ],
)
def test_a_question_a_rating_or_a_scale_changed_asks_for_confirmation(after: Criterion) -> None:
    other = replace(SCALE, id="autre")
    new = replace(checklist((after,)), other_scales=(other,))
    assert fates(checklist((criterion("c-1"),)), new) == {"c-1": Fate.REWORDED}


def test_a_checklist_answered_on_another_scale_asks_for_confirmation_everywhere() -> None:
    old = checklist((criterion("c-1"), criterion("c-2")))
    new = replace(old, scale=replace(SCALE, values=SCALE.values[:3]))
    assert set(fates(old, new).values()) == {Fate.REWORDED}


def test_naming_the_scale_that_was_already_in_use_changes_nothing() -> None:
    named = replace(criterion("c-1"), scale=SCALE.id)
    assert fates(checklist((criterion("c-1"),)), checklist((named,))) == {"c-1": Fate.UNCHANGED}


def test_typography_alone_changes_nothing() -> None:
    after = replace(criterion("c-1"), question="La  règle c-1 est-elle appliquée\u00a0?")
    assert fates(checklist((criterion("c-1"),)), checklist((after,))) == {"c-1": Fate.UNCHANGED}


def test_two_criteria_with_the_same_text_are_two_criteria() -> None:
    twin = replace(criterion("c-2"), question=criterion("c-1").question)
    found = fates(checklist((criterion("c-1"),)), checklist((twin,)))
    assert found == {"c-2": Fate.NEW, "c-1": Fate.WITHDRAWN}


def test_a_renamed_criterion_takes_over_even_with_the_same_text() -> None:
    renamed = replace(criterion("c-9"), question=criterion("c-1").question, replaces=("c-1",))
    (match,) = compare(checklist((criterion("c-1"),)), checklist((renamed,)))
    assert (match.fate, match.renamed, match.olds[0].criterion.id) == (Fate.REWORDED, True, "c-1")


def test_a_criterion_may_replace_several_and_its_own_id_comes_first() -> None:
    merged = replace(criterion("c-9"), replaces=("c-2", "c-1", "c-1", "gone"))
    old = checklist((criterion("c-1"), criterion("c-2")))
    (match,) = compare(old, checklist((merged,)))
    assert [point.criterion.id for point in match.olds] == ["c-2", "c-1"]
    kept = replace(criterion("c-1"), replaces=("c-2",))
    assert fates(old, checklist((kept,))) == {"c-1": Fate.UNCHANGED, "c-2": Fate.WITHDRAWN}


@given(texts, texts)
def test_the_pieces_of_a_text_are_the_text(old: str, new: str) -> None:
    before, after = differences(old, new)
    assert "".join(piece.text for piece in before) == old
    assert "".join(piece.text for piece in after) == new
    kept = [[normalised(piece.text) for piece in pieces if not piece.changed] for pieces in (before, after)]
    assert " ".join(kept[0]) == " ".join(kept[1])


@given(words)
def test_typography_is_no_difference(found: list[str]) -> None:
    before, after = differences(" ".join(found), "\u00a0".join(found))
    assert not any(piece.changed for piece in (*before, *after))


def test_the_words_that_changed_are_told() -> None:
    before, after = differences("La règle est-elle écrite ?", "La règle est-elle connue de tous ?")
    assert [piece.text.strip() for piece in before if piece.changed] == ["écrite"]
    assert [piece.text.strip() for piece in after if piece.changed] == ["connue de tous"]


def test_endless_texts_are_not_compared_word_by_word() -> None:
    long = " ".join(str(n) for n in range(MOST_WORDS + 1))
    before, after = differences(long, f"{long} fin")
    assert [piece.changed for piece in (*before, *after)] == [True, True]
    assert [piece.changed for piece in differences(long, long)[0]] == [False]
    same = " ".join(["la"] * MOST_WORDS)
    assert [piece.changed for piece in differences(same, f"{same[:-2]}le")[0]] == [True]


@pytest.mark.parametrize("value", ["oui", "non", "sans_objet", "non_vu"])
def test_an_answer_to_confirm_is_left_to_see_and_counts_nowhere(value: str) -> None:
    grid = checklist((criterion("c-1", critical=True), criterion("c-2")))
    waiting = sheet(grid, {"c-1": Answer(value=value, carried=CARRIED), "c-2": "oui"})
    found = standings(waiting, grid)
    assert [each.state for each in found] == [State.CARRIED, State.RATED]
    shown = result(grid, found)
    assert (shown.carried, shown.to_see, shown.critical_to_see, shown.waiting) == (1, 1, 1, 1)
    assert (shown.progress.items, shown.coverage.items, shown.not_applicable.items) == (
        ("c-2",),
        ("c-2",),
        (),
    )
    assert shown.coverage.others == ("c-1",)


def test_a_carried_value_its_scale_lost_is_no_answer() -> None:
    grid = checklist((criterion("c-1"),))
    (found,) = standings(sheet(grid, {"c-1": Answer(value="parfois", carried=CARRIED)}), grid)
    assert found.state is State.UNANSWERED


def test_a_checklist_without_levels_gives_none_and_keeps_its_score() -> None:
    grid = replace(checklist((criterion("c-1", critical=True), criterion("c-2"))), levels=None)
    full = result(grid, standings(sheet(grid, {"c-1": "non", "c-2": "oui"}), grid))
    assert (full.score, full.level, full.capped_level, full.leveled) == (50, None, None, False)
    part = result(grid, standings(sheet(grid, {"c-2": "oui"}), grid))
    assert part.bounds is not None
    assert (part.bounds.low, part.bounds.high, part.bounds.low_level) == (50, 100, None)
