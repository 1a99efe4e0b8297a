"""The workbook, reopened."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from support import audits

from ivaudit.domain.audit import Answer
from ivaudit.domain.report_model import ReportModel
from ivaudit.domain.report_outline import ReportOutline
from ivaudit.reports import xlsx

Build = Callable[..., ReportModel]


@pytest.fixture
def sheets(full: ReportModel, classeur: ReportOutline, tmp_path: Path) -> dict[str, Worksheet]:
    return _written(full, classeur, tmp_path)


def _written(model: ReportModel, outline: ReportOutline, folder: Path) -> dict[str, Worksheet]:
    path = folder / "classeur.xlsx"
    xlsx.write(model, outline, path)
    return {sheet.title: sheet for sheet in load_workbook(path).worksheets}


def _table(sheet: Worksheet) -> list[dict[str, object]]:
    head = int(sheet.auto_filter.ref.split(":")[0][1:])
    titles = [cell.value for cell in sheet[head]]
    return [
        dict(zip(titles, (cell.value for cell in row), strict=True))
        for row in sheet.iter_rows(min_row=head + 1)
    ]


def test_one_sheet_per_purpose(sheets: dict[str, Worksheet]) -> None:
    assert list(sheets) == ["Synthèse", "Grille", "À améliorer", "Sans objet", "Légende"]


def test_the_grid_is_whole_with_real_values(sheets: dict[str, Worksheet], full: ReportModel) -> None:
    lines = _table(sheets["Grille"])
    assert [line["N°"] for line in lines] == [row.number for row in full.checklists[0].grid]
    assert [line["Question"] for line in lines] == [point.question for point in full.points]
    assert {line["Obtenu"] for line in lines} == {None, 0, 0.5, 1}
    assert {type(line["Poids"]) for line in lines} == {int}
    assert all(hasattr(line["Répondu le"], "year") for line in lines)
    assert "Note interne" not in lines[0]


def test_tables_filter_freeze_and_print(sheets: dict[str, Worksheet]) -> None:
    for name in ("Grille", "À améliorer", "Sans objet"):
        sheet = sheets[name]
        head = int(sheet.auto_filter.ref.split(":")[0][1:])
        assert sheet.freeze_panes == f"C{head + 1}"
        assert sheet.print_title_rows == f"${head}:${head}"
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert all(cell.alignment.wrap_text for cell in sheet[head])


def test_lists_are_those_of_the_model(sheets: dict[str, Worksheet], full: ReportModel) -> None:
    numbers = {point.criterion: point.number for point in full.points}
    gaps = [line["N°"] for line in _table(sheets["À améliorer"])]
    assert gaps == [numbers[key] for key in full.to_improve]
    out = _table(sheets["Sans objet"])
    assert [line["N°"] for line in out] == [numbers[key] for key in full.not_applicable]
    assert {line["Motif"] for line in out} == {"Activité absente"}


def test_charts_are_fed_by_the_cells_of_their_sheet(sheets: dict[str, Worksheet], full: ReportModel) -> None:
    sheet = sheets["Synthèse"]
    (bars,) = sheet._charts
    formula = bars.series[0].val.numRef.f
    cells = [row[0].value for row in sheet[formula.split("!")[1].replace("$", "")]]
    assert cells == [row.score for row in full.checklists[0].domains]
    names = [row[0].value for row in sheet[bars.series[0].cat.numRef.f.split("!")[1].replace("$", "")]]
    assert names == [row.title for row in full.checklists[0].domains]


def test_a_radar_comes_with_enough_scores(built: Build, classeur: ReportOutline, tmp_path: Path) -> None:
    grid = audits.checklist(24)
    answers = {point.criterion.id: Answer(value="oui") for point in grid.points()}
    sheets = _written(built(audits.sheet([grid], answers)), classeur, tmp_path)
    assert [type(chart).__name__ for chart in sheets["Synthèse"]._charts] == ["BarChart", "RadarChart"]


def test_figures_are_those_of_the_model(sheets: dict[str, Worksheet], full: ReportModel) -> None:
    (each,) = full.checklists
    values = {row[1].value: row[2] for row in sheets["Synthèse"].iter_rows(max_row=40) if row[1].value}
    assert values["Score"].value == each.score
    assert values["Couverture"].value == (each.coverage.shown or 0) / 100
    assert values["Couverture"].number_format == "0 %"
    assert values["Points critiques : non tenu"].value == each.broken


def test_no_cell_is_a_formula_nor_lost(built: Build, classeur: ReportOutline, tmp_path: Path) -> None:
    hostile = ("=1+1", "+33 1", "-2", "@moi", "\t=2", "<b>&</b> ]]>", "😀\x07", "#REF!")
    grid = audits.checklist(len(hostile))
    answers = {
        point.criterion.id: Answer(value="non", constat=text, note=text)
        for point, text in zip(grid.points(), hostile, strict=True)
    }
    sheets = _written(built(audits.sheet([grid], answers, name="=A1"), with_notes=True), classeur, tmp_path)
    cells = [cell for sheet in sheets.values() for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type in "fe"]
    expected = [text.strip().replace("\x07", "[U+0007]") for text in hostile]
    for name in ("Grille", "À améliorer"):
        lines = _table(sheets[name])
        assert sorted(str(line["Constat"]) for line in lines) == sorted(expected)
        assert sorted(str(line["Note interne"]) for line in lines) == sorted(expected)


def test_a_structure_may_have_any_name(built: Build, classeur: ReportOutline, tmp_path: Path) -> None:
    name = "\x07 EHPAD\nA & B " + "&" * 200
    sheets = _written(built(audits.sheet([audits.checklist(1)], {}, name=name)), classeur, tmp_path)
    head = str(sheets["Grille"].HeaderFooter.oddHeader.right.text)
    assert head.startswith("[U+0007] EHPAD A && B &&")
    assert head.count("&") % 2 == 0
    assert len(head) < 255


@pytest.mark.parametrize("count", [0, 1, 300])
def test_any_number_of_criteria(built: Build, classeur: ReportOutline, tmp_path: Path, count: int) -> None:
    model = built(audits.sheet([audits.checklist(count)], {}))
    assert len(_table(_written(model, classeur, tmp_path)["Grille"])) == count


def test_units_have_a_line_each(built: Build, classeur: ReportOutline, tmp_path: Path) -> None:
    grid = audits.checklist(1)
    key = next(grid.points()).criterion.id
    units = {("bloc", key): Answer(value="non"), ("urgences", key): Answer(value="oui")}
    sheets = _written(built(audits.sheet([grid], {}, subjects=units)), classeur, tmp_path)
    assert [(line["Sujet"], line["Réponse"]) for line in _table(sheets["Grille"])] == [
        ("bloc", "Non"),
        ("urgences", "Oui"),
    ]
