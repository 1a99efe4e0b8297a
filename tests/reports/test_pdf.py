"""The printed report, read back as a reader finds it."""

import re
from collections.abc import Callable
from dataclasses import replace

import pypdfium2
import pytest
from support import audits

from ivaudit.domain.audit import Answer, AuditSheet
from ivaudit.domain.report_model import ReportModel
from ivaudit.domain.report_outline import ReportOutline
from ivaudit.reports import fonts, pdf
from ivaudit.reports.document_blocks import compose

Build = Callable[..., ReportModel]
ANNEX = "Annexe – La grille entière"


def pages_of(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [_plain(page.get_textpage().get_text_range()) for page in document]


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\ufffe", ""))


def text_of(data: bytes) -> str:
    return " ".join(pages_of(data))


def bookmarks_of(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [_plain(mark.get_title()) for mark in document.get_toc()]


def test_the_body_of_72_criteria_holds_in_8_pages(full: ReportModel, rapport: ReportOutline) -> None:
    pages = pages_of(pdf.render(full, rapport))
    body = next(rank for rank, text in enumerate(pages) if ANNEX in text)
    assert body <= 8
    assert all(f"page {rank} sur {len(pages)}" in text for rank, text in enumerate(pages, 1))


def test_the_director_s_page_is_the_second_and_whole(full: ReportModel, rapport: ReportOutline) -> None:
    page = pages_of(pdf.render(full, rapport))[1]
    (each,) = full.checklists
    for said in (
        full.appreciation,
        *(highlight.text for highlight in (*full.strengths, *full.priorities)),
        each.level_sentence,
        each.remaining_sentence,
        f"{each.coverage.shown} %",
        "sans valeur nationale",
        *(f"{row.number}. {row.title}"[:30] for row in each.domains),
    ):
        assert _plain(said) in page


def test_blocks_follow_the_outline(full: ReportModel, rapport: ReportOutline) -> None:
    marks = bookmarks_of(pdf.render(full, rapport))
    titles = [section.title for section in compose(full, rapport)][1:]
    assert 12 < len(titles) < len(rapport.blocks) - 1  # what has nothing to say is no block
    assert [mark for mark in marks if mark in titles] == titles
    turned = replace(rapport, blocks=(rapport.blocks[0], *reversed(rapport.blocks[1:])))
    again = bookmarks_of(pdf.render(full, turned))
    assert [mark for mark in again if mark in titles] == titles[::-1]


def test_the_same_model_gives_the_same_bytes(full: ReportModel, rapport: ReportOutline) -> None:
    assert pdf.render(full, rapport) == pdf.render(full, rapport)


def test_every_question_and_recommendation_is_there(full: ReportModel, rapport: ReportOutline) -> None:
    text = text_of(pdf.render(full, rapport))
    gaps = [point for point in full.points if point.criterion in full.to_improve]
    assert len(gaps) == 18
    assert all(_plain(point.answers[0].constat) in text for point in gaps)
    assert text.count(_plain(gaps[0].recommendation)) == len(gaps)


def test_metadata_is_french_and_names_the_audit(full: ReportModel, rapport: ReportOutline) -> None:
    with pypdfium2.PdfDocument(pdf.render(full, rapport)) as document:
        found = document.get_metadata_dict()
    assert found["Title"] == "Rapport d'audit d'identitovigilance – EHPAD Les Tilleuls"
    assert {found[key] for key in ("Author", "Creator", "Producer")} == {"ivaudit 0.0.0"}
    assert found["Subject"] == "Audit externe du 21 novembre 2026"


HOSTILE = (
    ("<b>gras & <patient> ]]>", "<b>gras & <patient> ]]>"),
    ("=1+1 &amp;", "=1+1 &amp;"),
    ("sonne\x07 ici", "sonne[U+0007] ici"),
    ("visage \U0001f9ff", "visage [U+1F9FF]"),
    ("seul \ud800 fin", "seul [U+D800] fin"),
    ("<img src='file:///etc/hostname'/>", "<img src='file:///etc/hostname'/>"),
    ("idéogramme 日", "idéogramme [U+65E5]"),
)


@pytest.mark.parametrize(("typed", "shown"), HOSTILE)
def test_a_text_comes_out_as_typed(built: Build, rapport: ReportOutline, typed: str, shown: str) -> None:
    sheet = audits.typed_everywhere(typed)
    text = text_of(pdf.render(built(sheet, with_notes=True), rapport))
    # Cover, running heads, form (2), synthesis (2), card (2), grid (2).
    assert text.count(shown) >= 10


def test_every_drawn_character_has_a_glyph() -> None:
    shown = fonts.drawable("Œuvre ☐ ✓ ≥ № → – … « é » \u202f’ 😀\ud83e\U0001f9ff日")
    assert all(fonts.covers(ord(character)) or character == "\n" for character in shown)


@pytest.mark.parametrize(
    "constat",
    ["mot" * 1_700, "Une phrase longue. " * 270, "ligne\n" * 900, "\n" * 3_000 + "fin", "日" * 900],
    ids=["word", "sentences", "lines", "empty lines", "replaced"],
)
def test_a_long_text_goes_on_over_the_pages(built: Build, rapport: ReportOutline, constat: str) -> None:
    grid = audits.checklist(3)
    answers = {p.criterion.id: Answer(value="oui", constat=constat) for p in grid.points()}
    sheet = audits.sheet([grid], answers, forms={"visite": {"scope": constat}})
    text = text_of(pdf.render(built(sheet), rapport))
    letters = re.sub(r"\s", "", fonts.drawable(constat))[:120]
    assert letters in re.sub(r"\s", "", text)


@pytest.mark.parametrize(("count", "answered"), [(0, False), (1, False), (1, True), (72, False), (300, True)])
def test_any_number_of_criteria(built: Build, rapport: ReportOutline, count: int, answered: bool) -> None:
    grid = audits.checklist(count, per_domain=25)
    model = built(audits.sheet([grid], audits.walked(grid) if answered else {}, forms={}))
    pages = pages_of(pdf.render(model, rapport))
    numbers = [row.number for row in model.checklists[0].grid]
    annex = " ".join(pages[next((r for r, text in enumerate(pages) if ANNEX in text), 0) :])
    assert all(f" {number} " in annex for number in numbers)


def test_two_checklists_have_their_own_figures(built: Build, rapport: ReportOutline) -> None:
    first, second = audits.checklist(12, key="une"), audits.checklist(6, key="deux")
    sheet = audits.sheet([first, second], audits.walked(first) | audits.walked(second))
    text = text_of(pdf.render(built(sheet), rapport))
    assert "Les chiffres – I. Grille d'essai" in text
    assert "Les chiffres – II. Grille d'essai" in text
    assert "II-1.6" in text


def test_no_heading_ends_a_page(built: Build, rapport: ReportOutline) -> None:
    """Whatever the length of what precedes, a title is followed by something on its page."""
    grid = audits.checklist(12, per_domain=3)
    titles = {_plain(block.title) for block in rapport.blocks if not block.new_page}
    domains = {f"{rank}. {domain.title}" for rank, domain in enumerate(grid.domains, 1)}
    for filler in range(0, 2_400, 150):
        answers = audits.walked(grid) | {
            "grille-001": Answer(value="non", constat="Un mot de plus. " * (filler // 15))
        }
        for page in pages_of(pdf.render(built(audits.sheet([grid], answers)), rapport)):
            body = page.split("Démarche d'appui, sans valeur")[0].strip()
            assert not any(body.endswith(title) for title in titles | domains)


def test_the_outline_decides_the_words(full: ReportModel, rapport: ReportOutline) -> None:
    changed = replace(rapport, words={"priorities": "À faire d'abord"}, footer="Cellule régionale")
    text = text_of(pdf.render(full, changed))
    assert "À faire d'abord" in text
    assert "Cellule régionale page 1 sur" in text


def test_a_sheet_of_notes_says_so(built: Build, rapport: ReportOutline) -> None:
    grid = audits.checklist(6)
    sheet: AuditSheet = audits.sheet([grid], audits.walked(grid))
    assert "notes internes" not in text_of(pdf.render(built(sheet), rapport))
    assert "Cet exemplaire contient les notes internes" in text_of(
        pdf.render(built(sheet, with_notes=True), rapport)
    )
