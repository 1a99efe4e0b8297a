"""Words of a glossary found in texts: whole, longest first, in linear time."""

import string
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from ivaudit.domain.checklist import Confidence
from ivaudit.domain.glossary import GlossaryTerm
from ivaudit.domain.terms_in import Terms
from ivaudit.domain.wording import folded


def term(word: str, *also: str) -> GlossaryTerm:
    return GlossaryTerm(
        id=folded(word).replace(" ", "-").replace("'", "-"),
        term=word,
        definition=f"Ce qu'est {word}.",
        also=also,
        confidence=Confidence.READ,
    )


FORMS = {
    "INS": ("identité nationale de santé",),
    "INSi": (),
    "matricule INS": (),
    "doublon": ("doublons",),
    "dé-fusion": (),
    "fusion": (),
    "recherche d'antériorité": (),
    "événement indésirable": ("événements indésirables",),
}
TERMS = Terms(term(word, *also) for word, also in FORMS.items())

glue = st.sampled_from([" ", ", ", ". ", "\u00a0", " (", ") ", "\n", " d'", "-", "’", " — ", " « ", ""])
filler = st.text(alphabet=string.ascii_lowercase + "éèàçœ'-., \u00a0", max_size=12)
forms = st.sampled_from([form for word, also in FORMS.items() for form in (word, *also)])
texts = st.lists(st.tuples(st.one_of(filler, forms), glue), max_size=12).map(
    lambda parts: "".join(f"{word}{join}" for word, join in parts)
)


def said(text: str) -> list[str]:
    return [text[found.start : found.start + found.length] for found in TERMS.every(text)]


def test_the_longest_term_wins_and_nothing_is_found_inside_it() -> None:
    assert said("Le matricule INS, puis l'INS et INSi.") == ["matricule INS", "INS", "INSi"]
    assert said("Une dé-fusion n'est pas une fusion.") == ["dé-fusion", "fusion"]


def test_only_whole_words_of_one_sentence_count() -> None:
    assert said("inspection, insi-nuer, doublonner, fusionnel") == ["insi"]
    assert said("Un matricule. INS absente.") == ["INS"]
    assert said("matricule\nINS") == ["INS"]


def test_other_forms_case_accents_and_apostrophes_are_the_same_word() -> None:
    assert said("RECHERCHE D’ANTERIORITE et Doublons") == ["RECHERCHE D’ANTERIORITE", "Doublons"]
    assert said(unicodedata.normalize("NFD", "Événements\u00a0indésirables")) != []
    assert [found.term.id for found in TERMS.every("l'identité nationale de santé")] == ["ins"]


def test_each_term_is_shown_once_over_texts_that_follow() -> None:
    seen: set[str] = set()
    first = TERMS.first("INS puis identité nationale de santé, doublon", seen)
    assert [(found.start, found.term.id) for found in first] == [(0, "ins"), (38, "doublon")]
    assert TERMS.first("Un doublon de l'INS.", seen) == ()


def test_a_glossary_without_terms_finds_nothing() -> None:
    assert Terms(()).first("INS") == ()
    assert Terms([term("…")]).first("… INS …") == ()


@given(texts)
def test_what_is_found_is_whole_in_order_and_is_the_term(text: str) -> None:
    end = 0
    for found in TERMS.every(text):
        assert found.start >= end
        end = found.start + found.length
        around = text[max(0, found.start - 1) : found.start] + text[end : end + 1]
        assert not any(sign.isalnum() for sign in around)
        forms = {folded(form) for form in (found.term.term, *found.term.also)}
        assert folded(text[found.start : end]) in forms


@given(texts)
def test_case_and_composition_change_nothing(text: str) -> None:
    met = [found.term.id for found in TERMS.every(text)]
    assert [found.term.id for found in TERMS.every(text.upper())] == met
    assert [found.term.id for found in TERMS.every(unicodedata.normalize("NFD", text))] == met


@given(texts, forms, texts)
def test_a_term_between_stops_is_always_found(before: str, form: str, after: str) -> None:
    text = f"{before}. {form}. {after}"
    start = len(before) + 2
    assert any((found.start, found.length) == (start, len(form)) for found in TERMS.every(text))


@given(texts)
def test_the_first_places_are_those_of_each_term_found(text: str) -> None:
    first = TERMS.first(text)
    assert len({found.term.id for found in first}) == len(first)
    assert {found.term.id for found in first} == {found.term.id for found in TERMS.every(text)}
    assert set(first) <= set(TERMS.every(text))
