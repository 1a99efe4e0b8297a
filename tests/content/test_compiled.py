"""What an audit keeps of a checklist comes back the same, and always as the same text."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import audits

from ivaudit.content.compiled import digest, freeze, thaw
from ivaudit.content.library import Library
from ivaudit.domain.checklist import (
    Checklist,
    Condition,
    Confidence,
    Criterion,
    Domain,
    Force,
    Kind,
    NaPolicy,
    Reference,
    Section,
)
from ivaudit.domain.errors import CorruptFile, KnownError, NewerFile

LIBRARY = Library.find()

texts = st.text(max_size=20)
ids = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,4})?", fullmatch=True)
lists = st.lists(texts, max_size=3).map(tuple)
some = st.none() | texts
references = st.builds(
    Reference,
    document=texts,
    edition=some,
    code=some,
    section=some,
    confidence=st.sampled_from(Confidence),
    source=some,
)
conditions = st.recursive(
    st.builds(Condition, profile=lists) | st.builds(Condition, criterion=ids, values=lists),
    lambda inner: (
        st.builds(Condition, every=st.lists(inner, max_size=2).map(tuple))
        | st.builds(Condition, some=st.lists(inner, max_size=2).map(tuple))
    ),
    max_leaves=4,
)
criteria = st.builds(
    Criterion,
    id=ids,
    question=texts,
    why=texts,
    guidance=st.dictionaries(ids, texts, max_size=3),
    rating=st.dictionaries(ids, texts, max_size=3),
    evidence=lists,
    methods=lists,
    interlocutors=lists,
    places=lists,
    weight=st.integers(1, 9),
    weight_reason=some,
    force=st.sampled_from(Force),
    critical=st.booleans(),
    critical_reason=some,
    critical_chosen_by=some,
    na=st.sampled_from(NaPolicy),
    applicability=st.none() | conditions,
    recommendation=texts,
    minutes=st.integers(1, 15),
    references=st.lists(references, max_size=2).map(tuple),
    scale=st.none(),
)
sections = st.builds(Section, id=ids, title=texts, criteria=st.lists(criteria, max_size=3).map(tuple))
domains = st.builds(Domain, id=ids, title=texts, sections=st.lists(sections, max_size=2).map(tuple))
checklists = st.builds(
    Checklist,
    id=ids,
    version=texts,
    title=texts,
    kind=st.sampled_from(Kind),
    summary=texts,
    edition=texts,
    licence=texts,
    authors=lists,
    published=texts,
    scale=st.just(LIBRARY.scales["conformite"]),
    other_scales=st.sampled_from([(), (LIBRARY.scales["conformite"],)]),
    levels=st.just(LIBRARY.levels["niveaux-ivaudit"]),
    coverage_threshold=st.integers(0, 100),
    minutes_budget=st.none() | st.integers(1, 480),
    domains=st.lists(domains, max_size=2).map(tuple),
)


@given(checklists)
def test_freezing_is_stable_and_loses_nothing(checklist: Checklist) -> None:
    body = freeze(checklist)
    assert thaw(body) == checklist
    assert freeze(thaw(body)) == body


def test_every_shipped_checklist_comes_back() -> None:
    for checklist in LIBRARY.checklists():
        assert thaw(freeze(checklist)) == checklist


def test_the_text_is_canonical() -> None:
    body = freeze(LIBRARY.checklist("flash"))
    assert body == json.dumps(json.loads(body), ensure_ascii=False, separators=(",", ":"))
    kept = json.loads(body)["checklist"]
    assert list(kept) == sorted(kept)
    assert '"critical":false' not in body


def test_ratings_keep_the_order_of_the_file() -> None:
    for checklist in LIBRARY.checklists():
        before = [list(point.criterion.rating) for point in checklist.points()]
        assert [list(point.criterion.rating) for point in thaw(freeze(checklist)).points()] == before


def test_the_digest_changes_with_one_letter() -> None:
    flash = LIBRARY.checklist("flash")
    assert digest(freeze(flash)) == digest(freeze(thaw(freeze(flash))))
    assert digest(freeze(flash)) != digest(freeze(replace(flash, title=f"{flash.title}.")))
    assert digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_field_that_an_older_version_did_not_know_takes_its_default() -> None:
    kept = json.loads(freeze(LIBRARY.checklist("flash")))
    del kept["checklist"]["minutes_budget"]
    kept["checklist"]["later"] = "unknown"
    assert thaw(json.dumps(kept)).minutes_budget is None


@pytest.mark.parametrize(
    ("broken", "error"),
    [
        (lambda body: body[: len(body) // 2], CorruptFile),
        (lambda _: "", CorruptFile),
        (lambda _: "[]", CorruptFile),
        (lambda body: body.replace('"kind":"visite"', '"kind":"autre"'), CorruptFile),
        (lambda body: body.replace('"format":1', '"format":0'), CorruptFile),
        (lambda body: body.replace('"format":1', '"format":2'), NewerFile),
        (lambda _: '{"format":2,"grid":{}}', NewerFile),
    ],
)
def test_what_cannot_be_read_says_so(broken: Callable[[str], str], error: type[KnownError]) -> None:
    with pytest.raises(error) as raised:
        thaw(broken(freeze(LIBRARY.checklist("flash"))))
    assert raised.value.sentence.startswith("La ")


def test_a_checklist_frozen_by_an_earlier_version_keeps_its_fingerprint() -> None:
    """A field that says nothing new must not appear: audits name their checklists by this SHA-256."""
    points = [audits.criterion("par-01", "La règle est-elle connue ?", critical=True)]
    grid = audits.whole("premiere", [("Accueil", [*points, audits.criterion("par-02", "Une preuve ?")])])
    assert digest(freeze(grid)) == "e46336c9e017a5964b1dfb3ab290620021d816a6ea755851ca4c7645a6b9f73b"
