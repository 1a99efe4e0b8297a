"""Indicators that leave: workbook with native charts, CSV, a tagged page; and how they are drawn."""

import csv
from pathlib import Path

import page
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from reportlab.graphics import renderPDF
from support import indicators as made
from support.tagged import read

from ivaudit.content.library import Library
from ivaudit.domain.charts import SeriesChart, described
from ivaudit.domain.indicator_chart import chart_of, intervals_of
from ivaudit.domain.indicator_model import IndicatorReport
from ivaudit.reports import indicator_book, indicator_page
from ivaudit.reports.drawing import draw
from ivaudit.reports.drawing_series import ticks_of
from ivaudit.reports.palette import DARK, LIGHT
from ivaudit.reports.plain import as_json, from_plain, to_plain

OUTLINE = Library.find().outline("indicateurs")
REPORT = made.report()
FLOW, STOCK, RARE, EMPTY = REPORT.views


def _chart() -> SeriesChart:
    chart = chart_of(FLOW)
    assert chart is not None
    return chart


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Worksheet]:
    path = tmp_path_factory.mktemp("classeur") / "indicateurs.xlsx"
    indicator_book.write(REPORT, OUTLINE, path, program="ivaudit 0")
    return {sheet.title: sheet for sheet in load_workbook(path).worksheets}


def _rows(sheet: Worksheet) -> list[dict[str, object]]:
    lines = list(sheet.iter_rows(values_only=True))
    head = next(at for at, line in enumerate(lines) if line[0] == "Indicateur")
    titles = [str(each) for each in lines[head] if each]
    return [dict(zip(titles, line, strict=False)) for line in lines[head + 1 :]]


def test_readings_are_real_numbers_and_texts_stay_texts(book: dict[str, Worksheet]) -> None:
    rows = _rows(book["Relevés"])
    assert len(rows) == 14
    last = rows[11]
    assert (last["Indicateur"], last["Numérateur"], last["Valeur"], last["Signal"]) == (
        "Taux de flux",
        40,
        40,
        "signal",
    )
    stock = rows[13]
    assert (stock["Valeur"], stock["Valeur sans les exclus"], stock["Cible"]) == (
        76.3,
        "79,2\u00a0%",
        "98,0\u00a0% ou plus",
    )
    assert stock["Limite basse"] is None
    sheet = book["Relevés"]
    sources = [cell for line in sheet.iter_rows() for cell in line if cell.value == "=Statistique"]
    assert len(sources) == 14
    assert {cell.data_type for cell in sources} == {"s"}


def test_each_series_has_its_native_chart_fed_by_its_cells(book: dict[str, Worksheet]) -> None:
    charts = book["Graphiques"]._charts
    assert len(charts) == 3
    flow = charts[0]
    assert len(flow.series) == 4
    assert all("Graphiques" in series.val.numRef.f for series in flow.series)
    told = [str(cell.value) for line in book["Graphiques"].iter_rows() for cell in line if cell.value]
    assert any(each.startswith("Moyenne des 12 relevés") for each in told)
    assert any("c'est un stock" in each for each in told)


def test_definitions_say_that_they_are_ours(book: dict[str, Worksheet]) -> None:
    rows = _rows(book["Définitions"])
    assert [row["Indicateur"] for row in rows] == [
        "Taux de flux",
        "Taux de stock",
        "Collisions",
        "Rien de lu",
    ]
    assert {row["Origine de la définition"] for row in rows} == {"définition propre à l'outil"}
    assert {row["Confiance"] for row in rows} == {"à vérifier"}


def test_csv_opens_in_french_spreadsheets(tmp_path: Path) -> None:
    path = tmp_path / "i.csv"
    indicator_book.write_text(REPORT, OUTLINE, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert len(rows) == 14
    assert (rows[13]["Valeur"], rows[13]["Relevé le"], rows[13]["Rapport source"]) == (
        "76,3",
        "05/01/2026",
        "'=Statistique",
    )


def test_json_comes_back_the_same() -> None:
    assert from_plain(IndicatorReport, to_plain(REPORT)) == REPORT
    assert b'"definition' not in as_json(REPORT)
    assert "définition propre à l'outil".encode() in as_json(REPORT)


def test_the_page_is_one_tagged_page() -> None:
    data = indicator_page.render(REPORT, OUTLINE, program="ivaudit 0")
    assert [
        f"{each.rule_id}: {each.message}" for each in page.validate_pdf_bytes(data, profile="ua1").failures
    ] == []
    with pypdfium2.PdfDocument(data) as document:
        assert len(document) == 1
        text = " ".join(document[0].get_textpage().get_text_range().split())
    assert "76,3" in text
    assert "jours depuis le dernier" in text
    assert "Rien de lu" not in text
    tree, _ = read(data)
    assert [len(list(table.every("TR"))) for table in tree.every("Table")] == [4]
    assert indicator_page.render(REPORT, OUTLINE, program="ivaudit 0") == data


def test_a_series_is_told_in_words() -> None:
    said = described(_chart())
    assert "janv. 25 : 8,0\u00a0%" in said
    assert "Points signalés : déc. 25" in said
    assert "moyenne 12,9\u00a0%" in said


def test_a_gap_breaks_the_line_and_is_no_zero() -> None:
    read_ = {
        month: reading
        for month, reading in made._readings("essai", [(10, 100)] * 4).items()
        if month != "2025-03"
    }
    view = made.view(made.indicator(), made.History(readings=read_), today=made.TODAY, small=30)
    chart = chart_of(view)
    assert chart is not None
    assert [mark.value for mark in chart.marks] == [10.0, 10.0, None, 10.0]


def test_nothing_is_drawn_under_two_values() -> None:
    assert chart_of(EMPTY) is None
    assert intervals_of(FLOW) is None
    dots = intervals_of(RARE)
    assert dots is not None
    assert [mark.value for mark in dots.marks] == [10.0, 30.0]
    assert not dots.joined


@pytest.mark.parametrize("inks", [LIGHT, DARK])
@pytest.mark.parametrize("width", [350, 480])
def test_a_drawing_stays_within_its_room(width: int, inks: object) -> None:
    for chart in filter(None, (_chart(), chart_of(STOCK), intervals_of(RARE))):
        drawing = draw(chart, width, inks)  # type: ignore[arg-type]
        left, low, right, high = drawing.getBounds()
        assert left >= -1
        assert low >= -1
        assert right <= width + 1
        assert high <= drawing.height + 1


def test_a_drawing_names_its_landmarks_and_signals() -> None:
    with pypdfium2.PdfDocument(renderPDF.drawToString(draw(_chart(), 480))) as document:
        text = document[0].get_textpage().get_text_range().replace("\u00a0", " ")
    assert "moyenne 12,9 %" in text
    assert "40,0 %" in text
    assert {"relevé", "signal", "contrôle"} <= set(text.split())


@given(st.lists(st.floats(0, 1_000_000), min_size=1, max_size=20))
def test_ticks_bracket_every_value(values: list[float]) -> None:
    ticks = ticks_of(values)
    assert 2 <= len(ticks) <= 13
    assert list(ticks) == sorted(set(ticks))
    room = (max(values) - min(values)) * 1e-6 + 1e-6
    assert ticks[0] <= min(values) + room
    assert ticks[-1] >= max(values) - room
