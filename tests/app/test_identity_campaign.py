"""Identities typed into every free-text field are refused; a new field cannot be forgotten."""

import re
from pathlib import Path

import pytest
from support.bench import Bench
from support.identities import Variant, harmless, variants
from support.typed_fields import BY_FORM, CLOSED, ENTITIES, FREE, Desk, Typing, may_name, texts_of

from ivaudit.app import names
from ivaudit.app.privacy import IdentityFound
from ivaudit.domain.errors import KnownError
from ivaudit.domain.identity import IdentityKind

APP = Path(names.__file__).parent
UNTYPED = frozenset({"structure", "indicators", "target", "occurrence", "insi_x"})
"""Scopes, and what holds a figure or a day."""


def _caught(into: Typing, text: str) -> bool | None:
    """Tell whether a text is taken for an identity, nothing where its field cannot hold it otherwise."""
    try:
        into(text)
    except IdentityFound:
        return True
    except KnownError:
        return None
    return False


@pytest.mark.parametrize("kind", sorted(ENTITIES))
def test_every_text_of_every_entity_is_told_to_be_typed_or_not(kind: str) -> None:
    assert texts_of(kind) == (FREE[kind] | CLOSED[kind]) & texts_of(kind)
    assert FREE[kind] <= texts_of(kind)


def test_every_kind_of_entity_is_looked_at() -> None:
    makers = [each for each in vars(names).values() if getattr(each, "__module__", "") == names.__name__]
    texts = [each for each in makers if each.__annotations__.get("return") is str]
    made = {str(each(*["x"] * each.__code__.co_argcount)).partition(":")[0] for each in texts}
    assert made <= {*ENTITIES, *BY_FORM, *UNTYPED}
    assert {"insi_link", "insi_rate", "insi_perimeter", "insi_import"} >= _insi_kinds()


def _insi_kinds() -> set[str]:
    """Return the kinds of entities of the INSi follow-up that use cases name."""
    found = (
        re.findall(r'names\.insi\("(\w+)"', path.read_text(encoding="utf-8")) for path in APP.glob("*.py")
    )
    return {f"insi_{kind}" for kinds in found for kind in kinds}


def test_every_free_text_has_a_gesture_that_types_into_it(bench: Bench) -> None:
    typed = {name for name, _ in Desk(bench).typings()}
    expected = {f"{kind}.{name}" for kind, free in FREE.items() for name in free}
    rows = {"anomaly.value": "anomalie.references.value", "anomaly.remark": "anomalie.propagation.remark"}
    assert {rows.get(name, name) for name in expected} <= typed


def test_no_field_lets_an_identity_in(bench: Bench) -> None:
    desk, given = Desk(bench), _few()
    for name, into in desk.typings():
        for variant in given:
            if variant.kind is not IdentityKind.NAME or not may_name(name):
                assert _caught(into, variant.text) is not False, (name, variant.text)


def test_no_field_takes_what_is_harmless_for_an_identity(bench: Bench) -> None:
    desk, texts = Desk(bench), list(harmless(6, seed=3))
    for name, into in desk.typings():
        found = [_caught(into, text) for text in ["Poste", *texts]]
        assert not any(found), (name, texts)
        assert False in found, f"{name} takes no text at all: it is not typed into as people do"


def test_no_more_than_1_in_100_sentences_of_the_field_alarm() -> None:
    from datetime import date  # noqa: PLC0415

    from ivaudit.domain.identity import alerts  # noqa: PLC0415

    texts = list(harmless(2_000))
    wrong = [text for text in texts if alerts(text, date(2026, 11, 22))]
    assert len(wrong) <= len(texts) // 100, wrong[:20]


def _few() -> list[Variant]:
    """Return two identities of each kind, matricules spaced in two ways."""
    every = list(variants(60, seed=5))
    return [variant for kind in IdentityKind for variant in [each for each in every if each.kind is kind][:2]]
