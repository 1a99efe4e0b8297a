"""The paper that is filled in by hand, read back as a reader finds it."""

import re
from collections.abc import Callable
from dataclasses import replace

import pypdfium2
import pytest
from support import published

from ivaudit.content.library import Library
from ivaudit.domain.checklist import Checklist, NaPolicy, Vocabulary
from ivaudit.domain.wording import folded
from ivaudit.reports import blank_cases, blank_fiche, blank_grid, blank_observation, glossary_pages
from ivaudit.reports.blank_grid import By

PROGRAM = "ivaudit 0"


def pages_of(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [_plain(page.get_textpage().get_text_range()) for page in document]


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\ufffe", ""))


def _boxes(data: bytes) -> int:
    """Count the outlines of boxes: paths drawn with curves, no text glyph."""
    with pypdfium2.PdfDocument(data) as document:
        kinds = [each.type for page in document for each in page.get_objects()]
    return kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_PATH)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.find()


@pytest.fixture(scope="module")
def flash(library: Library) -> Checklist:
    return library.checklist("flash")


@pytest.fixture(scope="module")
def vocabulary(library: Library) -> Vocabulary:
    return library.vocabulary()


def test_each_place_starts_a_page_and_holds_its_points(flash: Checklist, vocabulary: Vocabulary) -> None:
    pages = pages_of(blank_grid.render(flash, vocabulary, By.PLACE, program=PROGRAM))
    groups = blank_grid.groups(flash, vocabulary, By.PLACE)
    assert sum(len(group.points) for group in groups) == 15
    heads = {group.title: re.compile(rf"{re.escape(group.title)} \d+ point") for group in groups}
    for group in groups:
        first = next(rank for rank, page in enumerate(pages) if heads[group.title].search(page))
        assert [title for title, head in heads.items() if head.search(pages[first])] == [group.title]
        text = " ".join(pages[first:])
        for point in group.points:
            assert _plain(point.criterion.question)[:40] in text
    assert all(f"page {rank} sur {len(pages)}" in page for rank, page in enumerate(pages, 1))
    assert all("Ni nom, ni date de naissance" in page for page in pages)


def test_each_section_starts_a_page(flash: Checklist, vocabulary: Vocabulary) -> None:
    groups = blank_grid.groups(flash, vocabulary, By.SECTION)
    sections = [section.title for domain in flash.domains for section in domain.sections]
    assert [group.title for group in groups] == sections
    pages = pages_of(blank_grid.render(flash, vocabulary, By.SECTION, program=PROGRAM))
    assert len(pages) >= len(sections)


def test_a_point_has_a_box_for_each_admitted_answer_and_room_for_the_constat(
    flash: Checklist, vocabulary: Vocabulary
) -> None:
    domain = flash.domains[0]
    section = domain.sections[0]
    criterion = section.criteria[0]

    def only(na: NaPolicy) -> bytes:
        kept = replace(section, criteria=(replace(criterion, na=na),))
        one = replace(flash, domains=(replace(domain, sections=(kept,)),))
        return blank_grid.render(one, vocabulary, By.PLACE, program=PROGRAM)

    forbidden, reason, free = (only(na) for na in (NaPolicy.FORBIDDEN, NaPolicy.REASON, NaPolicy.FREE))
    after = [
        " ".join(pages_of(data)).split(_plain(criterion.question))[1] for data in (forbidden, reason, free)
    ]
    assert ["Sans objet" in text for text in after] == [False, True, True]
    assert ["(motif)" in text for text in after] == [False, True, False]
    assert all("Constat" in text for text in after)
    assert _boxes(free) == _boxes(forbidden) + 1


@pytest.mark.parametrize("lines", [10, 30])
def test_an_observation_sheet_has_its_rules_first_then_its_lines(vocabulary: Vocabulary, lines: int) -> None:
    grid = published.observation(items=12)
    pages = pages_of(blank_observation.render(grid, vocabulary, program=PROGRAM, lines=lines))
    for said in (
        grid.summary,
        grid.stance,
        grid.words,
        grid.period,
        "Dort, ne pas déranger",
        "1 prise de sang",
    ):
        assert _plain(said) in pages[0]
    assert "Un « non » se traite tout de suite." in pages[0]
    numbers = [int(number) for page in pages[1:] for number in re.findall(r"\b(\d{1,2})\b O", page)]
    assert numbers == list(range(1, lines + 1))


def test_the_target_is_the_number_of_lines_unless_told(vocabulary: Vocabulary) -> None:
    few = blank_observation.render(published.observation(target=3), vocabulary, program=PROGRAM)
    many = blank_observation.render(published.observation(target=60), vocabulary, program=PROGRAM)
    assert len(pages_of(few)) == 2
    assert len(pages_of(many)) > 4


def test_every_shipped_observation_grid_is_printed_whole(library: Library, vocabulary: Vocabulary) -> None:
    for grid in library.observations():
        pages = pages_of(blank_observation.render(grid, vocabulary, program=PROGRAM, lines=5))
        assert len(pages) <= 3, grid.id
        assert all(_plain(item.question) in " ".join(pages[:-1]) for item in grid.items), grid.id


def test_a_fiche_says_where_each_answer_leads(vocabulary: Vocabulary) -> None:
    (page,) = pages_of(blank_fiche.render(published.fiche(), vocabulary, program=PROGRAM))
    for said in (
        "00 : une identité → étape 2",
        "Pas de réponse → issue B",
        "Tout est juste → issue C",
        "Ensuite → issue A",
        "Identité récupérée (réglé)",
        "Ne jamais",
        "Choisir une identité parmi plusieurs.",
        "RNIV 1 v2.0, EXI PP 01 · texte lu",
    ):
        assert said in page


def test_every_shipped_fiche_holds_in_one_page(library: Library, vocabulary: Vocabulary) -> None:
    counts = {
        fiche.id: len(pages_of(blank_fiche.render(fiche, vocabulary, program=PROGRAM)))
        for fiche in library.fiches()
    }
    assert {fiche: count for fiche, count in counts.items() if count > 1} == {}


def test_the_answers_of_the_quiz_are_apart() -> None:
    cases = published.cases(9)
    pages = pages_of(blank_cases.render(cases, program=PROGRAM))
    start = next(rank for rank, page in enumerate(pages) if "À remettre après le quiz" in page)
    quiz, answers = " ".join(pages[:start]), " ".join(pages[start:])
    assert start == 2
    for case in cases.cases:
        assert case.question in quiz
        assert case.answer not in quiz
        assert case.answer in answers
    per_page = [page.count("Que faites-vous") for page in pages[:start]]
    assert max(per_page) <= blank_cases.MOST_A_PAGE


def test_the_glossary_is_in_the_order_of_its_words_and_says_how_sure_it_is(library: Library) -> None:
    glossary = library.glossary()
    text = " ".join(pages_of(glossary_pages.render(glossary, program=PROGRAM)))
    for term in glossary.terms:
        assert _plain(term.definition)[:60] in text
        assert all(_plain(form) in text for form in term.also)
    in_order = sorted(glossary.terms, key=lambda term: folded(term.term))
    places = [text.index(_plain(term.definition)[:60]) for term in in_order]
    assert places == sorted(places)
    assert text.count("définition à vérifier") == sum(t.confidence == "à vérifier" for t in glossary.terms)


@pytest.mark.parametrize(
    "render",
    [
        lambda v, c: blank_grid.render(c, v, By.PLACE, program=PROGRAM),
        lambda v, _: blank_observation.render(published.observation(), v, program=PROGRAM),
        lambda v, _: blank_fiche.render(published.fiche(), v, program=PROGRAM),
        lambda _v, _: blank_cases.render(published.cases(), program=PROGRAM),
        lambda _v, _: glossary_pages.render(published.glossary(), program=PROGRAM),
    ],
)
def test_the_same_content_gives_the_same_bytes(
    render: Callable[[Vocabulary, Checklist], bytes], vocabulary: Vocabulary, flash: Checklist
) -> None:
    assert render(vocabulary, flash) == render(vocabulary, flash)
