"""Conditions as lines: written, read back, and refused with the reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivaudit.content.library import Library
from ivaudit.domain.checklist import Condition, Vocabulary
from ivaudit.domain.condition_text import NotACondition, condition_text, read_condition

KEYS = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
SIMPLE = st.one_of(
    st.builds(Condition, profile=st.lists(KEYS, min_size=1, max_size=3).map(tuple)),
    st.builds(Condition, criterion=KEYS, values=st.lists(KEYS, min_size=1, max_size=3).map(tuple)),
)
CONDITIONS = st.recursive(
    SIMPLE,
    lambda inside: st.one_of(
        st.builds(Condition, every=st.lists(inside, min_size=1, max_size=3).map(tuple)),
        st.builds(Condition, some=st.lists(inside, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Library.find().vocabulary()


@given(condition=st.none() | CONDITIONS)
def test_a_condition_is_read_back_as_it_was_written(
    condition: Condition | None, vocabulary: Vocabulary
) -> None:
    assert read_condition(condition_text(condition, vocabulary), vocabulary) == condition


@pytest.mark.parametrize("family", ["profile"])
def test_every_activity_is_written_by_its_label_and_read_back(family: str, vocabulary: Vocabulary) -> None:
    for key in vocabulary.keys(family):
        condition = Condition(profile=(key,))
        assert read_condition(condition_text(condition, vocabulary), vocabulary) == condition


def test_a_line_is_what_people_would_write(vocabulary: Vocabulary) -> None:
    inside = Condition(
        every=(
            Condition(profile=("insi", "urgences")),
            Condition(criterion="a-b-01", values=("oui", "partiel")),
        )
    )
    line = "(activité : Téléservice INSi ; Urgences) et (réponse à a-b-01 : oui ; partiel)"
    assert condition_text(inside, vocabulary) == line
    assert (
        read_condition(" ( ACTIVITÉ:insi;  urgences )ET( réponse à a-b-01 :oui;partiel)", vocabulary)
        == inside
    )
    assert read_condition("  ", vocabulary) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("toujours", "attendu"),
        ("activité :", "attendu"),
        ("(activité : insi", "refermée"),
        ("(activité : insi) et (activité : had) ou (activité : pda)", "parenthèses"),
        ("(activité : insi) (activité : had)", "attendu"),
        ("(" * 50 + "activité : insi" + ")" * 50, "trop de parenthèses"),
        ("()", "attendu"),
        ("et ", "attendu"),
    ],
)
def test_another_line_is_refused_with_the_reason(text: str, words: str, vocabulary: Vocabulary) -> None:
    with pytest.raises(NotACondition) as caught:
        read_condition(text, vocabulary)
    assert words in caught.value.message


def test_a_long_run_of_spaces_is_refused_at_once(vocabulary: Vocabulary) -> None:
    with pytest.raises(NotACondition):
        read_condition(f"x{' ' * 200_000}y", vocabulary)
