"""Texts fit for print: nothing vanishes, French spaces hold."""

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivaudit.domain.printable import chunks, typeset, visible, without_controls

NBSP = "\u00a0"


def _latin(code_point: int) -> bool:
    return code_point < 0x250


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Qui ? Moi !", f"Qui{NBSP}? Moi{NBSP}!"),
        ("Qui? Moi!", f"Qui{NBSP}? Moi{NBSP}!"),
        ("« mot »", f"«{NBSP}mot{NBSP}»"),
        ("«mot»", f"«{NBSP}mot{NBSP}»"),
        ("à 14:30", "à 14:30"),
        ("https://exemple.fr/?a=b;c", "https://exemple.fr/?a=b;c"),
        ("80 % de 1 200", f"80{NBSP}% de 1{NBSP}200"),
        ("Constat : vu ; revu.", f"Constat{NBSP}: vu{NBSP}; revu."),
    ],
)
def test_french_spaces(text: str, shown: str) -> None:
    assert typeset(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("😀", "[U+1F600]"),
        ("\x07 \ud800 \u202e", "[U+0007] [U+D800] [U+202E]"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("e\u0301", "é"),
        ("co\u00adupé\u200b", "coupé"),
        ("日", "[U+65E5]"),
    ],
)
def test_what_the_font_lacks_is_replaced_visibly(text: str, shown: str) -> None:
    assert visible(text, _latin) == shown


@given(st.text())
def test_nothing_but_drawable_characters_remains(text: str) -> None:
    shown = visible(text, _latin)
    assert all(_latin(ord(c)) or c == "\u202f" for c in shown)
    assert all(c.isprintable() or c in "\n\u00a0\u202f" for c in shown)


@given(st.text())
def test_a_stored_text_has_no_control_character(text: str) -> None:
    kept = without_controls(text)
    assert all(c in "\n\t" or category(c) not in {"Cc", "Cs"} for c in kept)
    assert not {"\ufffe", "\uffff"}.intersection(kept)


def test_every_character_that_a_file_holds_is_stored_as_it_is() -> None:
    ends = set("\r\x0b\x0c\x85\u2028\u2029")
    held = [c for c in map(chr, range(0x110000)) if category(c) not in {"Cc", "Cs"} and c not in ends]
    kept = "".join(c for c in held if c not in "\ufffe\uffff")
    assert without_controls(kept) == kept
    assert without_controls("\n\t") == "\n\t"


@given(st.text(alphabet="mot \n", max_size=400), st.integers(10, 80))
def test_chunks_lose_nothing_and_stay_short(text: str, size: int) -> None:
    parts = chunks(text, size, line=4)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(len(line) <= size for part in parts for line in part.split("\n"))
