"""What came before an operation, against a walk of the whole graph."""

from hypothesis import given
from hypothesis import strategies as st

from ivaudit.domain.lineage import Lineage

History = list[tuple[bytes, tuple[bytes, ...]]]


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Return operations that follow one another, fork and meet again."""
    made: History = []
    for rank in range(draw(st.integers(1, 40))):
        names = [op for op, _ in made]
        parents = draw(st.lists(st.sampled_from(names), max_size=3, unique=True)) if names else []
        last = draw(st.booleans())
        made.append((bytes([rank]), tuple(names[-1:] if last else parents)))
    return made


def walked(history: History, op: bytes) -> set[bytes]:
    parents, found, waiting = dict(history), {op}, [op]
    while waiting:
        fresh = [each for each in parents[waiting.pop()] if each not in found]
        found.update(fresh)
        waiting += fresh
    return found


@given(histories())
def test_what_came_before_is_what_a_walk_finds(history: History) -> None:
    lineage = Lineage(history)
    for op, _ in history:
        known = lineage.before(op)
        assert {each for each, _ in history if lineage.holds(known, each)} == walked(history, op)


def test_what_is_not_there_is_before_nothing_and_after_nothing() -> None:
    lineage = Lineage([(b"a", (b"gone",)), (b"b", (b"a",))])
    assert not lineage.before(b"elsewhere")
    assert not lineage.holds(lineage.before(b"b"), b"elsewhere")
    assert lineage.holds(lineage.before(b"b"), b"a")
