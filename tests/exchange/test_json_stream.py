"""JSON read element by element says what the whole would say, wherever the pieces are cut."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivaudit.domain.errors import UnreadableFile
from ivaudit.exchange import json_stream
from ivaudit.exchange.json_stream import JsonStream

_LEAVES = st.none() | st.booleans() | st.text(max_size=8)
_VALUES = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)
_OBJECTS = st.dictionaries(st.text(max_size=4), _VALUES, max_size=5)


def _streamed(text: str) -> list[tuple[str, object]]:
    return list(JsonStream(io.StringIO(text)).members())


@given(whole=_OBJECTS, piece=st.integers(1, 40), indent=st.none() | st.integers(0, 3))
def test_members_come_as_json_says_them(whole: dict[str, object], piece: int, indent: int | None) -> None:
    expected: list[tuple[str, object]] = []
    for name, value in whole.items():
        expected += [(name, each) for each in value] if isinstance(value, list) else [(name, value)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_stream, "CHUNK", piece)
        assert _streamed(json.dumps(whole, indent=indent)) == expected


@given(whole=_OBJECTS, cut=st.integers(1, 30))
def test_a_cut_file_is_refused_wherever_it_is_cut(whole: dict[str, object], cut: int) -> None:
    text = json.dumps(whole)
    with pytest.raises(UnreadableFile):
        _streamed(text[: -min(cut, len(text))])


def test_numbers_are_the_text_they_are_written_with() -> None:
    assert _streamed('{"a": 0, "b": [1.50, -12345678901234567890, NaN]}') == [
        ("a", "0"),
        ("b", "1.50"),
        ("b", "-12345678901234567890"),
        ("b", ""),
    ]


def test_a_long_element_is_not_held_with_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "CHUNK", 100)
    stream = JsonStream(io.StringIO(json.dumps({"pmej": ["x" * 1_000] * 200})))
    longest = 0
    for _ in stream.members():
        longest = max(longest, len(stream._text))
    assert longest < 5_000
