"""The report in Word: what the printed one says, in the same order, with styles a reader can use."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from docx.document import Document
from docx.oxml.ns import qn
from support import audits
from support.tagged import Part, read
from support.written import alternatives, levels, opened, text_of, texts

from ivaudit.domain.audit import Answer
from ivaudit.domain.charts import described
from ivaudit.domain.report_model import ReportModel
from ivaudit.domain.report_outline import ReportOutline
from ivaudit.reports import document as doc
from ivaudit.reports import docx, pdf
from ivaudit.reports.docx_elements import Body
from ivaudit.reports.docx_styles import dress
from ivaudit.reports.palette import LIGHT
from ivaudit.reports.raster import encode

Build = Callable[..., ReportModel]


def written(model: ReportModel, outline: ReportOutline, folder: Path) -> Document:
    path = folder / "rapport.docx"
    docx.write(model, outline, path)
    return opened(path)


def said(document: Document) -> list[str]:
    return " ".join(text for _, text in texts(document)).split()


def read_aloud(part: Part) -> str:
    """Return what the printed report says: its texts, the figures of small bars, not the charts."""
    if part.role in {"Figure", "Lbl"}:
        return "" if part.role == "Lbl" or part.alt.startswith("Diagramme") else part.alt
    return " ".join([part.text, *(read_aloud(kid) for kid in part.kids)])


@pytest.mark.parametrize("kind", ["whole", "empty", "two", "notes", "subjects"])
def test_word_says_what_the_printed_report_says(
    built: Build, rapport: ReportOutline, tmp_path: Path, kind: str
) -> None:
    grid = audits.checklist(24)
    answers = {} if kind == "empty" else audits.walked(grid)
    others = [audits.checklist(6, key="deux")] if kind == "two" else []
    units = (
        {("Unité A", "grille-003"): Answer(value="non", constat="Vu\ndeux fois.")}
        if kind == "subjects"
        else {}
    )
    sheet = audits.sheet([grid, *others], answers, synthesis=audits.written(grid), subjects=units)
    model = built(sheet, with_notes=kind == "notes")
    tree, _ = read(pdf.render(model, rapport))
    assert said(written(model, rapport, tmp_path)) == read_aloud(tree).split()


@pytest.fixture(scope="module")
def whole(full: ReportModel, rapport: ReportOutline, tmp_path_factory: pytest.TempPathFactory) -> Document:
    return written(full, rapport, tmp_path_factory.mktemp("word"))


def test_titles_are_those_of_the_printed_report(
    whole: Document, full: ReportModel, rapport: ReportOutline
) -> None:
    tree, _ = read(pdf.render(full, rapport))
    printed = [(int(part.role[1]), part.whole) for part in tree.every("H1", "H2", "H3")]
    ranks = levels(whole)
    found = [(ranks[style], " ".join(text.split())) for style, text in texts(whole) if style in ranks]
    assert found == printed
    names = {style.style_id: style.name for style in whole.styles}
    assert [names[f"Heading{rank}"] for rank in (1, 2, 3)] == ["Heading 1", "Heading 2", "Heading 3"]


def test_heads_of_tables_come_again_on_each_page(whole: Document, full: ReportModel) -> None:
    headed = 0
    for table in whole.tables:
        element = table._tbl
        heads = [row for row in element.tr_lst if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None]
        look = element.tblPr.find(qn("w:tblLook"))
        assert (look.get(qn("w:firstRow")) == "1") == bool(heads)
        assert heads == element.tr_lst[: len(heads)]
        assert heads or look.get(qn("w:firstColumn")) == "1"
        headed += len(heads)
    assert headed == len([table for table in whole.tables if table.rows[0].cells[0].text in {
        "N°", "Domaine", "Score", "Réponse", "Niveau", "Interlocuteur", "Pour"
    }])  # fmt: skip
    assert headed > len(full.checklists[0].domains)


def test_columns_keep_their_widths_everywhere(whole: Document) -> None:
    for table in whole.tables:
        widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
        assert sum(widths) == pytest.approx(doc.WIDTH * 20, abs=8)
        for row in table._tbl.tr_lst:
            cells = [int(cell.get_or_add_tcPr().find(qn("w:tcW")).get(qn("w:w"))) for cell in row.tc_lst]
            assert sum(cells) == pytest.approx(sum(widths), abs=8)


def test_charts_are_described(
    whole: Document, full: ReportModel, tmp_path: Path, rapport: ReportOutline
) -> None:
    (chart,) = alternatives(whole)
    assert chart.startswith("Diagramme")
    plain = chart.replace("\u00a0", " ")
    assert all(f"{row.number}. {row.title} : " in plain for row in full.checklists[0].domains)
    logo = tmp_path / "logo.png"
    logo.write_bytes(encode(b"\x10\x60\xb0" * 64, 8, 8, 24, 3))
    assert alternatives(written(full, replace(rapport, logo=str(logo)), tmp_path))[0] == "Logo"


def test_a_chart_without_figures_says_so() -> None:
    from ivaudit.domain.charts import Axis, radar_or_bars  # noqa: PLC0415

    chart = radar_or_bars("Essai", [Axis(label="1. Accueil", value=None), Axis(label="2. Soins", value=40)])
    assert described(chart) == (
        "Diagramme en barres – Essai. 1. Accueil : pas de score ; 2. Soins : 40 sur 100."
    )


def test_the_file_is_french_and_names_the_audit(whole: Document) -> None:
    about = whole.core_properties
    assert about.title == "Rapport d'audit d'identitovigilance – EHPAD Les Tilleuls"
    assert about.language == "fr-FR"
    assert about.author == "ivaudit 0.0.0"
    assert about.created is not None
    assert about.created.isoformat().startswith("2026-11-21T17:40")
    languages = {each.get(qn("w:val")) for each in whole.styles.element.iter(qn("w:lang"))}
    assert languages == {"fr-FR"}


def test_pages_are_numbered_and_the_cover_has_no_head(whole: Document) -> None:
    (section,) = whole.sections
    assert section.different_first_page_header_footer
    assert "EHPAD Les Tilleuls" in section.header.paragraphs[0].text
    assert section.first_page_header.paragraphs[0].text == ""
    for foot in (section.footer, section.first_page_footer):
        codes = [each.text.strip() for each in foot._element.iter(qn("w:instrText"))]
        assert codes == ["PAGE", "NUMPAGES"]


def test_room_is_made_by_styles_alone(whole: Document) -> None:
    """Empty lines are read aloud as such, and move when a font changes."""
    body = whole.element.body
    empty = [
        paragraph
        for paragraph in body.iter(qn("w:p"))
        if not text_of(paragraph).strip()
        and next(paragraph.iter(qn("w:drawing")), None) is None
        and next(paragraph.iterancestors(qn("w:tc")), None) is None
    ]
    last = body[-2]
    assert empty == ([last] if last.tag == qn("w:p") and not text_of(last) else [])


HOSTILE = (
    ("<b>gras & <patient> ]]>", "<b>gras & <patient> ]]>"),
    ("sonne\x07 \x1b ici", "sonne[U+0007] [U+001B] ici"),
    ("visage \U0001f9ff", "visage \U0001f9ff"),
    ("seul \ud800 fin", "seul [U+D800] fin"),
    ("=1+1 &amp; {MERGEFIELD}", "=1+1 &amp; {MERGEFIELD}"),
    ("non \ufffe\uffff caractère", "non [U+FFFE][U+FFFF] caractère"),
)


@pytest.mark.parametrize(("typed", "shown"), HOSTILE)
def test_a_text_comes_out_as_typed(
    built: Build, rapport: ReportOutline, tmp_path: Path, typed: str, shown: str
) -> None:
    sheet = audits.typed_everywhere(typed)
    document = written(built(sheet, with_notes=True), rapport, tmp_path)
    text = " ".join(text for _, text in texts(document)).replace("\u00a0", " ")
    assert text.count(shown) >= 8
    assert shown in document.core_properties.title.replace("\u00a0", " ")
    assert shown in document.sections[0].header.paragraphs[0].text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "constat", ["mot" * 1_700, "Une phrase longue. " * 900, "ligne\n" * 900], ids=["w", "s", "l"]
)
def test_a_long_text_may_be_cut_by_the_page(
    built: Build, rapport: ReportOutline, tmp_path: Path, constat: str
) -> None:
    grid = audits.checklist(1)
    answers = {point.criterion.id: Answer(value="non", constat=constat) for point in grid.points()}
    document = written(built(audits.sheet([grid], answers)), rapport, tmp_path)
    words = re.sub(r"\s", "", " ".join(said(document)))
    assert words.count(re.sub(r"\s", "", constat)) == 2
    rows = [row for table in document.tables for row in table._tbl.tr_lst]
    long = [row for row in rows if len("".join(row.itertext())) > 2_000]
    assert long
    assert all(row.find(f".//{qn('w:cantSplit')}") is None for row in long)


def test_two_lists_each_start_at_one_and_two_tables_stay_apart(tmp_path: Path) -> None:
    import docx as word  # noqa: PLC0415 - ours has its name

    document = word.Document()
    dress(document, LIGHT)
    body = Body(document, LIGHT)
    grid = doc.Table(columns=(doc.Column(title="A", width=100),), lines=((doc.Cell(text="a"),),))
    for element in (doc.Bullets(texts=("un", "deux"), numbered=True),) * 2 + (grid, grid):
        body.write(element)
    body.close()
    document.save(str(tmp_path / "a.docx"))
    again = opened(tmp_path / "a.docx")
    numbers = [each.get(qn("w:val")) for each in again.element.body.iter(qn("w:numId"))]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]
    starts = {
        each.get(qn("w:numId")): each.find(f".//{qn('w:startOverride')}").get(qn("w:val"))
        for each in again.part.numbering_part.element.iter(qn("w:num"))
        if each.find(f".//{qn('w:startOverride')}") is not None
    }
    assert starts == {numbers[0]: "1", numbers[2]: "1"}
    kinds = [child.tag.rpartition("}")[2] for child in again.element.body]
    assert kinds == ["p"] * 4 + ["tbl", "p", "tbl", "p", "sectPr"]


def test_the_file_carries_no_picture_of_another(
    full: ReportModel, rapport: ReportOutline, tmp_path: Path
) -> None:
    docx.write(full, rapport, tmp_path / "rapport.docx")
    with zipfile.ZipFile(tmp_path / "rapport.docx") as parts:
        assert [name for name in parts.namelist() if "thumbnail" in name] == []
