"""What was searched is found again in the text as it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivaudit.domain.wording import folded
from ivaudit.ui.library.matching import matches, words_of


@pytest.mark.parametrize(
    ("text", "asked", "seen"),
    [
        ("Identité numérique", "identite NUM", ["Identité", "num"]),
        ("le cœur du sujet", "coeur", ["cœur"]),
        ("œuvre", "oe", ["œ"]),
        ("date et datation", "dat", ["dat", "dat"]),
        ("rien", "absent", []),
        ("Vérifier l’identité", "l'identité", ["l’identité"]),
        ("naissance", "naissance naissa", ["naissance"]),
    ],
)
def test_places(text: str, asked: str, seen: list[str]) -> None:
    found = matches(text, words_of(asked))
    assert [text[start : start + length] for start, length in found] == seen


@given(st.text(alphabet="aéœ Ab’n\u00a0\n", max_size=30), st.text(alphabet="aeéon'b", min_size=1, max_size=3))
def test_places_are_in_order_and_apart_and_hold_the_word(text: str, asked: str) -> None:
    words = words_of(asked)
    end = 0
    for start, length in matches(text, words):
        assert start >= end
        assert length > 0
        assert words[0][0] in folded(text[start : start + length])
        end = start + length
    assert end <= len(text)
