"""The algebra of the journal."""

import secrets
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivaudit.domain import journal
from ivaudit.domain.errors import CorruptFile, NewerFile
from ivaudit.domain.journal import Change, Head, Op

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def change(
    value: journal.Json, base: tuple[bytes, ...] = (), entity: str = "answer:a/s/c", field: str = "value"
) -> Change:
    salt, body = secrets.token_bytes(journal.SALT), journal.encode(value)
    digest = journal.digest(salt, body)
    return Change(entity=entity, field=field, base=base, digest=digest, salt=salt, body=body)


def op(*changes: Change, prev: tuple[bytes, ...] = (), at: str = "2026-11-21T10:00:00.000000Z") -> Op:
    draft = Op(
        id=b"",
        scope="audit:a",
        prev=prev,
        kind=journal.MODIFY,
        author="Référente",
        device="d1",
        at=at,
        changes=changes,
    )
    return replace(draft, id=journal.op_id(draft))


@given(VALUES)
def test_a_value_comes_back_as_it_was(value: journal.Json) -> None:
    assert journal.decode(journal.encode(value)) == value


def test_a_body_is_canonical_and_versioned() -> None:
    assert journal.encode({"b": 1, "a": "é"}) == '[1,{"a":"é","b":1}]'
    assert journal.encode(None) == "[1,null]"


def test_half_characters_are_joined_or_visibly_replaced() -> None:
    assert journal.whole("ok \ud83d\ude00") == "ok \U0001f600"
    assert journal.whole("seul \ud83d") == "seul \ufffd"
    assert journal.decode(journal.encode("seul \ud83d")) == "seul \ufffd"


def test_a_newer_body_is_refused_and_a_broken_one_too() -> None:
    with pytest.raises(NewerFile):
        journal.decode('[2,"x"]')
    with pytest.raises(CorruptFile):
        journal.decode('{"x":1}')
    assert journal.decode(None) is None


def test_the_id_covers_every_part_of_the_header_and_the_digests() -> None:
    first = op(change("oui"))
    changed = [
        replace(first, scope="audit:b"),
        replace(first, prev=(bytes(32),)),
        replace(first, kind=journal.UNDO),
        replace(first, author="x"),
        replace(first, device="d2"),
        replace(first, at="2026-11-21T10:00:00.000001Z"),
        replace(first, reason="motif"),
        replace(first, about=bytes(32)),
        replace(first, version=2),
        replace(first, changes=(change("non"),)),
        replace(first, changes=(replace(first.changes[0], base=(bytes(36),)),)),
        replace(first, changes=(replace(first.changes[0], field="note"),)),
        replace(first, changes=()),
    ]
    ids = {journal.op_id(each) for each in changed}
    assert len(ids) == len(changed)
    assert first.id not in ids


def test_the_id_of_a_known_op_never_changes() -> None:
    """A frozen vector: an id computed differently would orphan every journal that exists."""
    body = journal.encode("oui")
    known = Change(
        entity="answer:a/s/c",
        field="value",
        base=(bytes(36),),
        digest=journal.digest(bytes(16), body),
        salt=bytes(16),
        body=body,
    )
    vector = replace(op(known), prev=(bytes(32),), reason="motif")
    assert journal.op_id(vector).hex() == "3b8b67a20801f0a748fee2f7b4efdd681265e9b158aead21e36847c3bb3a4667"


def test_an_op_says_what_is_wrong_with_it() -> None:
    sound = op(change("oui"))
    value = sound.changes[0]
    assert journal.op_problem(sound) is None
    assert journal.op_problem(replace(sound, changes=(replace(value, salt=None, body=None),))) is None
    assert journal.op_problem(replace(sound, author="autre")) is not None
    assert journal.op_problem(replace(sound, changes=(replace(value, body='[1,"non"]'),))) is not None
    assert journal.op_problem(replace(sound, changes=(replace(value, salt=None),))) is not None


def test_change_ids_split_as_they_were_joined() -> None:
    ids = tuple(journal.change_id(secrets.token_bytes(32), index) for index in (0, 1, 70_000))
    assert journal.split(b"".join(ids), journal.CHANGE_ID) == ids
    assert journal.split_change_id(ids[2]) == (ids[2][:32], 70_000)


def test_a_fork_makes_two_heads_and_the_latest_is_shown() -> None:
    first = op(change("oui"))
    base = (journal.change_id(first.id, 0),)
    left = op(change("non", base), prev=(first.id,), at="2026-11-21T11:00:00.000000Z")
    right = op(change("partiel", base), prev=(first.id,), at="2026-11-21T12:00:00.000000Z")
    for order in ([first, left, right], [first, right, left]):
        state = journal.fold(order)
        heads = state.heads["answer:a/s/c", "value"]
        assert state.tips == {"audit:a": {left.id, right.id}}
        assert {head.op for head in heads.values()} == {left.id, right.id}
        shown = journal.winner(heads.values())
        assert shown is not None
        assert journal.decode(shown.body) == "partiel"


def test_a_merge_of_both_heads_settles_the_conflict() -> None:
    first = op(change("oui"))
    base = (journal.change_id(first.id, 0),)
    left, right = (op(change(value, base), prev=(first.id,)) for value in ("non", "partiel"))
    both = tuple(sorted(journal.change_id(each.id, 0) for each in (left, right)))
    settled = op(change("oui", both), prev=tuple(sorted((left.id, right.id))))
    state = journal.fold([first, left, right, settled])
    assert list(state.heads["answer:a/s/c", "value"]) == [journal.change_id(settled.id, 0)]
    assert state.tips == {"audit:a": {settled.id}}


def test_no_head_has_no_winner_and_ties_are_settled_by_id() -> None:
    assert journal.winner([]) is None
    low, high = (Head(op=bytes([n]) * 32, index=0, at="t", author="", body=None) for n in (1, 2))
    assert journal.winner([high, low]) is journal.winner([low, high]) is high
