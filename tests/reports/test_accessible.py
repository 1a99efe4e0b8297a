"""Printed documents for those who do not see them: PDF/UA-1, and a tree that says what is on the page."""

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import page
import pikepdf
import pytest
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Spacer
from support import audits, printed
from support.tagged import Part, read

from ivaudit.content.library import Library
from ivaudit.domain.audit import Answer
from ivaudit.domain.checklist import Checklist
from ivaudit.domain.report_model import ReportModel
from ivaudit.domain.report_outline import BlockKind, ReportOutline
from ivaudit.reports import pdf
from ivaudit.reports.document_blocks import compose
from ivaudit.reports.palette import LIGHT
from ivaudit.reports.pdf_flowables import Cell, table
from ivaudit.reports.pdf_page import prepare
from ivaudit.reports.pdf_styles import styles
from ivaudit.reports.raster import encode
from ivaudit.reports.structure import lay_out
from ivaudit.reports.structure_file import finish
from ivaudit.reports.structure_flowables import Paragraph, link, marked_list

Build = Callable[..., ReportModel]
STYLES = styles(LIGHT)
RUNNING = re.compile(
    r"(EHPAD Les TilleulsAudit externe du 21 novembre 2026)?"
    r"Démarche d'appui, sans valeur d'inspectionpage \d+ sur"
    r"( N° Question Réponse Constat| Réponse Ce qu'elle veut dire Effet)*"  # repeated heads were read already
)


def failures(data: bytes) -> list[str]:
    report = page.validate_pdf_bytes(data, profile="ua1")
    assert report.rules.total > 100
    return [f"{each.rule_id}: {each.message}" for each in report.failures]


def laid_out(story: Sequence[Flowable]) -> bytes:
    """Return a small document made of that, on pages of 300 points."""
    prepare()
    target = io.BytesIO()
    document = BaseDocTemplate(target, pagesize=(300, 300), title="Essai", lang="fr-FR", invariant=1)
    document.addPageTemplates(PageTemplate(frames=[Frame(20, 20, 260, 260)]))
    structure = lay_out(document, story)
    return finish(target.getvalue(), structure)


def test_every_blank_sheet_passes() -> None:
    found = {name: failures(data) for name, data in printed.blanks(Library.find())}
    assert len(found) > 40
    assert {name: problems for name, problems in found.items() if problems} == {}


def test_the_papers_of_a_visit_pass_and_their_tables_have_one_head() -> None:
    for name, data in printed.papers():
        assert failures(data) == [], name
        tree, _ = read(data)
        heads = [each.kids[0] for each in tree.every("Table")]
        assert heads
        assert all(cell.scope == "Column" for head in heads for cell in head.kids)
        assert tree.whole.count(heads[0].whole) == 1


def test_every_font_is_embedded(full: ReportModel, rapport: ReportOutline) -> None:
    for data in (pdf.render(full, rapport), printed.sheet()):
        with pikepdf.open(io.BytesIO(data)) as document:
            fonts = [font for each in document.pages for font in each.resources.Font.values()]
            assert {str(font.BaseFont)[1:8] for font in fonts if "/FontDescriptor" not in font} == set()
            assert all("/FontFile2" in font.FontDescriptor for font in fonts)


def test_the_recovery_sheet_passes_and_reads_in_order() -> None:
    data = printed.sheet()
    assert failures(data) == []
    tree, decoration = read(data)
    assert decoration == [""]
    assert [part.whole for part in tree.every("H1", "H2")] == [
        "Feuille de secours",
        "Où la garder",
        "Comment s'en servir",
        "Dossier de travail",
    ]
    assert " ".join(printed.CODE.split("-")) in tree.whole
    assert len(list(tree.every("LI"))) == 5


@pytest.mark.parametrize("kind", ["whole", "empty", "two", "long", "without a cover", "notes"])
def test_every_report_passes(built: Build, rapport: ReportOutline, kind: str) -> None:
    grid, outline = audits.checklist(24), rapport
    answers, others = audits.walked(grid), list[Checklist]()
    match kind:
        case "empty":
            answers = {}
        case "two":
            others.append(audits.checklist(6, key="deux"))
        case "long":
            answers["grille-001"] = Answer(value="non", constat="Un mot de plus, 日 et <b>. " * 300)
        case "without a cover":
            kept = [block for block in rapport.blocks if block.kind is not BlockKind.COVER]
            outline = replace(rapport, blocks=tuple(reversed(kept)))
    sheet = audits.sheet([grid, *others], answers, forms={} if kind == "empty" else None)
    assert failures(pdf.render(built(sheet, with_notes=kind == "notes"), outline)) == []


def test_a_report_with_a_logo_passes(
    full: ReportModel, rapport: ReportOutline, tmp_path_factory: pytest.TempPathFactory
) -> None:
    logo = tmp_path_factory.mktemp("logo") / "logo.png"
    logo.write_bytes(encode(b"\x10\x60\xb0" * 64, 8, 8, 24, 3))
    data = pdf.render(full, replace(rapport, logo=str(logo)))
    assert failures(data) == []
    assert next(read(data)[0].every("Figure")).alt == "Logo"


@pytest.fixture(scope="module")
def tree(full: ReportModel, rapport: ReportOutline) -> Part:
    return read(pdf.render(full, rapport))[0]


def test_only_running_heads_are_left_unread(full: ReportModel, rapport: ReportOutline) -> None:
    _, decoration = read(pdf.render(full, rapport))
    assert len(decoration) > 8
    assert [text for text in decoration if not RUNNING.fullmatch(text)] == []


def test_titles_go_down_one_level_at_a_time(full: ReportModel, rapport: ReportOutline, tree: Part) -> None:
    titles = list(tree.every("H1", "H2", "H3", "H4"))
    levels = [int(title.role[1]) for title in titles]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    sections = [section.title for section in compose(full, rapport)]
    assert [title.whole for title in titles if title.role == "H2"] == sections[1:]
    cards = [title.whole for title in titles if title.whole.endswith("?")]
    assert len(cards) == len(full.to_improve)


def test_what_is_read_follows_the_model(full: ReportModel, tree: Part) -> None:
    text = tree.whole.replace("\u00a0", " ")
    at = -1
    for key in full.to_improve:
        point = next(point for point in full.points if point.criterion == key)
        for said in (point.question, point.answers[0].constat, point.recommendation):
            at = text.find(said.replace("\u00a0", " "), at + 1)
            assert at > 0, said


def test_a_table_over_several_pages_is_one_table_with_one_head(full: ReportModel, tree: Part) -> None:
    tables = list(tree.every("Table"))
    grids = [each for each in tables if each.kids[0].whole == "N° Question Réponse Constat"]
    assert any(len(part.pages) > 1 for each in tables for part in [_pages(each)])
    rows = [row for each in grids[1:] for row in each.kids[1:]]
    numbers = [row.kids[0].whole for row in rows if len(row.kids) == 4]
    assert numbers == [row.number for row in full.checklists[0].grid]
    for each in tables:
        widths = {sum(cell.span for cell in row.kids) for row in each.kids}
        assert len(widths) == 1, each.whole[:60]
        assert {cell.scope for cell in each.every("TH")} <= {"Row", "Column"}
        assert list(each.every("TH"))


def _pages(table: Part) -> Part:
    """Return the table with the pages of everything in it."""
    return replace(table, pages=set().union(*(part.pages for part in table.every())))


def test_charts_say_their_figures(full: ReportModel, tree: Part) -> None:
    chart = next(part for part in tree.every("Figure") if part.alt.startswith("Diagramme"))
    said = chart.alt.replace("\u00a0", " ")
    for row in full.checklists[0].domains:
        value = "pas de score" if row.score is None else f"{row.score} sur 100"
        assert f"{row.number}. {row.title} : {value}" in said
    gauges = [part.alt for part in tree.every("Figure") if not part.alt.startswith("Diagramme")]
    assert gauges == [f"{row.score} sur 100" for row in full.checklists[0].domains if row.score is not None]


def test_words_at_the_end_of_a_line_stay_apart(full: ReportModel, tree: Part) -> None:
    assert full.appreciation in tree.whole.replace("\u00a0", " ")


def test_texts_and_tables_come_from_the_structure_alone() -> None:
    """A paragraph or a table of reportlab's own would be drawn, and never read."""
    reports = Path(pdf.__file__).parent
    silent = re.compile(r"from reportlab\.platypus import [^\n]*\b(Paragraph|Table|LongTable|ListFlowable)\b")
    modules = [module for module in reports.glob("*.py") if not module.name.startswith("structure")]
    assert len(modules) > 20
    assert [module.name for module in modules if silent.search(module.read_text(encoding="utf-8"))] == []


def test_a_link_has_a_name_and_a_place() -> None:
    text = "Où lire le texte : https://www.identito-na.fr/identification-primaire " * 3
    data = laid_out([Spacer(0, 230), link(text, STYLES.text, "https://www.identito-na.fr/")])
    assert failures(data) == []
    (found,) = read(data)[0].every("Link")
    assert found.whole == text.strip()
    assert len(found.links) == len(found.pages)
    assert {" ".join(each.split()) for each in found.links} == {text.strip()}
    with pikepdf.open(io.BytesIO(data)) as document:
        places = [place for each in document.pages for place in each.obj.get("/Annots", ())]
    assert {str(place.A.URI) for place in places} == {"https://www.identito-na.fr/"}


def test_a_list_is_read_with_its_numbers() -> None:
    data = laid_out(marked_list(["Écrire la règle.", "L'afficher. " * 60], STYLES.point))
    assert failures(data) == []
    (found,) = read(data)[0].every("L")
    assert [[part.role for part in line.kids] for line in found.kids] == [["Lbl", "LBody"]] * 2
    assert [line.kids[0].whole for line in found.kids] == ["1.", "2."]


def test_a_long_cell_is_one_cell_over_several_rows_and_pages() -> None:
    long = "Un constat qui dure. " * 300
    head = [Paragraph(title, STYLES.cell_head) for title in ("N°", "Constat")]
    lines = [[Cell(text="1", style=STYLES.cell), Cell(text=long, style=STYLES.cell)]] * 2
    data = laid_out([table(head, lines, [30, 200], LIGHT)])
    assert failures(data) == []
    (found,) = read(data)[0].every("Table")
    assert [len(row.kids) for row in found.kids] == [2, 2, 2]
    assert found.kids[2].kids[1].whole == long.strip()


def test_the_file_says_its_language_title_and_norm(full: ReportModel, rapport: ReportOutline) -> None:
    with pikepdf.open(io.BytesIO(pdf.render(full, rapport))) as document:
        assert str(document.Root.Lang) == "fr-FR"
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        assert {str(each.obj.Tabs) for each in document.pages} == {"/S"}
        metadata = document.Root.Metadata.read_bytes().decode()
        assert not document.is_linearized
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "Rapport d'audit d'identitovigilance – EHPAD Les Tilleuls" in metadata
