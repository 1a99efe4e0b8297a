"""Indicators in the window: filled by keyboard as a spreadsheet, pasted, undone, told and drawn."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from ivaudit.app import actions, facilities, indicators, workspaces
from ivaudit.app.session import Session
from ivaudit.domain import clock
from ivaudit.domain.indicator_model import IndicatorView
from ivaudit.store.keys import KdfCost
from ivaudit.ui import theme
from ivaudit.ui.controls import Line
from ivaudit.ui.indicators.choices import Listed, spans
from ivaudit.ui.indicators.grid_model import GridModel
from ivaudit.ui.indicators.readings_model import Kind
from ivaudit.ui.indicators.spread_view import SpreadView, block_of
from ivaudit.ui.pages.indicators import IndicatorsPage
from ivaudit.ui.writer import Writer

NOW = "2026-11"


@pytest.fixture
def page(
    tmp_path: Path,
    passphrase: str,
    cheap_cost: KdfCost,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[IndicatorsPage]:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 22))
    writer = Writer()
    writer.open(lambda: workspaces.create(tmp_path / "d", passphrase, "Moi", cost=cheap_cost))
    made = IndicatorsPage(writer)
    qtbot.addWidget(made)
    writer.changed.connect(made.refresh)  # as the desk does
    made.resize(1180, 700)
    made.show()
    yield made
    writer.close()


@pytest.fixture
def filled(page: IndicatorsPage) -> IndicatorsPage:
    """A structure, and the page on its table of indicators."""
    page.writer.submit(lambda s: facilities.create(s, {"name": "EHPAD Les Tilleuls", "setting": "ehpad"}))
    page.enter()
    _drain(page)
    return page


def _drain(page: IndicatorsPage) -> None:
    for _ in range(3):
        page.writer.drain()


def _go(page: IndicatorsPage, indicator: str, month: str = "2026-10") -> None:
    page.grid.go_to(page.model.place_of(indicator), page.model.months.index(month))
    page.grid.setFocus()


def _type(qtbot: QtBot, view: SpreadView, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    """Type in the current cell as a person does: the first key opens it."""
    qtbot.keyClick(view, text[0])
    editor = next(each for each in view.viewport().findChildren(Line) if each.isVisible())
    qtbot.keyClicks(editor, text[1:])
    qtbot.keyClick(editor, end)
    QCoreApplication.processEvents()  # Qt takes what is typed once the key is dealt with


def _view(page: IndicatorsPage, indicator: str) -> IndicatorView:
    assert page.report is not None
    return next(each for each in page.report.views if each.indicator.id == indicator)


def _told(page: IndicatorsPage) -> list[Any]:
    found: list[Any] = []
    page.said.connect(found.append)
    return found


def test_without_a_structure_the_page_says_what_is_missing(page: IndicatorsPage) -> None:
    page.enter()
    _drain(page)
    assert "Aucune structure" in page.none.text()
    assert not page.split.isVisible()


def test_every_indicator_is_listed_over_twelve_months(filled: IndicatorsPage) -> None:
    assert filled.model.columnCount() == 12
    assert filled.model.months[-1] == NOW
    assert filled.model.rowCount() > 20
    filled.listed.setCurrentIndex(filled.listed.findText(Listed.SAMPLE))
    filled.listed.activated.emit(0)
    assert filled.model.rowCount() == 3
    filled.listed.setCurrentIndex(filled.listed.findText(Listed.FOLLOWED))
    filled.listed.activated.emit(0)
    assert filled.none.text() == "Aucun indicateur dans ce choix."
    assert not filled.side.isVisible()


def test_a_cell_is_typed_and_entree_goes_down(filled: IndicatorsPage, qtbot: QtBot) -> None:
    _go(filled, "identites-qualifiees")
    row = filled.grid.currentIndex().row()
    _type(qtbot, filled.grid, "76/80/4")
    assert filled.grid.currentIndex().row() == row + 1
    _drain(filled)
    assert _view(filled, "identites-qualifiees").points[0].without == "100,0\u00a0%"
    shown = filled.model.index(row, 10)
    assert shown.data() == "95,0"
    assert "76 sur 80" in str(shown.data(Qt.ItemDataRole.AccessibleTextRole))
    filled._on_undo()
    _drain(filled)
    assert _view(filled, "identites-qualifiees").points == ()
    filled._on_redo()
    _drain(filled)
    assert len(_view(filled, "identites-qualifiees").points) == 1


def test_what_is_typed_stays_while_another_cell_is_recorded(filled: IndicatorsPage, qtbot: QtBot) -> None:
    _go(filled, "doublons-flux")
    qtbot.keyClick(filled.grid, "4")
    editor = next(each for each in filled.grid.viewport().findChildren(Line) if each.isVisible())
    filled.writer.submit(_year)
    _drain(filled)
    assert editor.text() == "4"
    qtbot.keyClicks(editor, "/400")
    filled.settle()
    _drain(filled)
    assert _view(filled, "doublons-flux").points[0].shown == "1,0\u00a0%"


def test_ctrl_z_undoes_and_ctrl_y_redoes(filled: IndicatorsPage, qtbot: QtBot) -> None:
    _go(filled, "doublons-flux")
    _type(qtbot, filled.grid, "3/400")
    _drain(filled)
    qtbot.keyClick(filled.grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    _drain(filled)
    assert _view(filled, "doublons-flux").points == ()
    qtbot.keyClick(filled.grid, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    _drain(filled)
    assert len(_view(filled, "doublons-flux").points) == 1


def test_a_quarter_takes_a_reading_in_its_last_month_only(filled: IndicatorsPage, qtbot: QtBot) -> None:
    _go(filled, "doublons-stock", "2026-10")
    assert filled.grid.currentIndex().data() == "·"
    assert not filled.grid.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable
    _go(filled, "doublons-stock", "2026-09")
    _type(qtbot, filled.grid, "12/3000")
    _drain(filled)
    assert _view(filled, "doublons-stock").points[0].label == "3e trimestre 2026"


def test_what_is_no_reading_is_said_and_nothing_is_written(filled: IndicatorsPage, qtbot: QtBot) -> None:
    told = _told(filled)
    _go(filled, "doublons-flux")
    _type(qtbot, filled.grid, "beaucoup")
    _go(filled, "doublons-flux")
    _type(qtbot, filled.grid, "500/400")
    _drain(filled)
    assert [each.error for each in told] == [True, True]
    assert "nombre entier" in told[0].sentence
    assert "dépasse" in told[1].sentence
    assert _view(filled, "doublons-flux").points == ()


def test_a_column_of_numbers_is_pasted_in_the_readings(filled: IndicatorsPage, qtbot: QtBot) -> None:
    _go(filled, "doublons-flux")
    table = filled.panel.table
    table.go_to(0, 0)
    table.setFocus()
    QGuiApplication.clipboard().setText("3\t400\n5\t410\n1 004\t12 000\n")
    qtbot.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    _drain(filled)
    points = _view(filled, "doublons-flux").points
    assert [(p.month, p.numerator, p.denominator) for p in points] == [
        ("2025-12", 3, 400),
        ("2026-01", 5, 410),
        ("2026-02", 1004, 12000),
    ]
    filled._on_undo()
    _drain(filled)
    assert _view(filled, "doublons-flux").points == ()


def test_a_reading_tells_its_source_and_day_and_repeats_the_one_above(
    filled: IndicatorsPage, qtbot: QtBot
) -> None:
    _go(filled, "doublons-flux")
    table, model = filled.panel.table, filled.panel.model
    source, day = model.columns.index(Kind.SOURCE), model.columns.index(Kind.DATE)
    table.go_to(0, 0)
    table.setFocus()
    _type(qtbot, table, "3")
    _type(qtbot, table, "4")
    _drain(filled)
    table.go_to(0, source)
    _type(qtbot, table, "Compteur du GAP")
    _drain(filled)
    qtbot.keyClick(table, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    table.go_to(0, day)
    _type(qtbot, table, "2/1/2026")
    _drain(filled)
    points = _view(filled, "doublons-flux").points
    assert [p.source for p in points] == ["Compteur du GAP", "Compteur du GAP"]
    assert [p.date for p in points] == ["2026-01-02", "2026-11-22"]


def test_cells_are_copied_and_cleared(filled: IndicatorsPage, qtbot: QtBot) -> None:
    _go(filled, "doublons-flux")
    table = filled.panel.table
    table.go_to(0, 0)
    table.setFocus()
    QGuiApplication.clipboard().setText("3\t400\n5\t410")
    table.paste()
    _drain(filled)
    for _ in range(2):
        qtbot.keyClick(table, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "3\t400\t0,8\u00a0%"
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    _drain(filled)
    assert [p.month for p in _view(filled, "doublons-flux").points] == ["2026-01"]


def test_a_target_is_typed_and_told(filled: IndicatorsPage, qtbot: QtBot) -> None:
    _go(filled, "doublons-flux")
    _type(qtbot, filled.grid, "8/400")
    _drain(filled)
    _go(filled, "doublons-flux")
    filled.panel.target.setFocus()
    qtbot.keyClicks(filled.panel.target, "1,5")
    qtbot.keyClick(filled.panel.target, Qt.Key.Key_Return)
    _drain(filled)
    assert _view(filled, "doublons-flux").target == 1.5
    assert filled.panel.series.standing.text().startswith("Cible pas encore atteinte")
    _go(filled, "ei-declares")
    assert not filled.panel.target.isVisible()
    assert "tendance" in filled.panel.no_target.text()


def test_rare_events_are_noted_and_taken_away(filled: IndicatorsPage, qtbot: QtBot) -> None:
    told = _told(filled)
    _go(filled, "collisions", "2026-11")
    rare = filled.panel.rare
    assert rare.isVisible()
    for day in ("01/10/2026", "21/11/2026", "quand ?"):
        rare.day.clear()
        qtbot.keyClicks(rare.day, day)
        qtbot.keyClick(rare.day, Qt.Key.Key_Return)
        _drain(filled)
    assert "La date s'écrit" in told[-1].sentence
    assert rare.since.text().startswith("1 jour depuis le dernier événement")
    assert [rare.days.itemText(at) for at in range(2)] == ["21/11/2026 – 51 jours après", "01/10/2026"]
    rare.remove.click()
    _drain(filled)
    assert rare.days.count() == 1


def _due_actions(session: Session) -> None:
    (place,) = facilities.all_of(session)
    for done in ("2026-08-31", "2026-09-02"):
        actions.create(session, place.id, "Faire.", due="2026-09-01", state="réalisée", done=done)


def test_what_was_computed_is_shown_told_and_kept(filled: IndicatorsPage) -> None:
    filled.writer.submit(_due_actions)
    filled.enter()
    _drain(filled)
    _go(filled, "actions-a-temps", "2026-09")
    assert filled.grid.currentIndex().data() == "50,0*"
    panel = filled.panel
    panel.table.go_to(panel.model.months.index("2026-09"), 0)
    assert "2 actions dont l'échéance" in panel.counted.text()
    assert panel.keep.isVisible()
    panel.keep.click()
    _drain(filled)
    assert filled.grid.currentIndex().data() == "50,0"
    assert not panel.keep.isVisible()


def _year(session: Session) -> None:
    (place,) = facilities.all_of(session)
    counts = [(8, 100), (13, 100)] * 5 + [(10, 100), (40, 100)]
    cells = [
        indicators.Written(
            indicator="ei-declares",
            month=f"2025-{month:02d}",
            counts=indicators.Counts(numerator=numerator, denominator=denominator),
        )
        for month, (numerator, denominator) in enumerate(counts, 1)
    ]
    indicators.write(session, place.id, cells)


def test_the_chart_its_words_and_its_picture(filled: IndicatorsPage, qtbot: QtBot) -> None:
    filled.writer.submit(_year)
    filled.span.setCurrentIndex([s.title for s in spans(NOW)].index("Année 2025"))
    filled.span.activated.emit(0)
    _drain(filled)
    _go(filled, "ei-declares", "2025-12")
    assert str(filled.grid.currentIndex().data()).startswith("◆")
    series = filled.panel.series
    qtbot.waitUntil(series.drawing.isVisible, timeout=20_000)
    assert "Points signalés : déc. 25" in series.drawing.accessibleDescription()
    assert "p̄ = " in series.limits.text()
    signal = series.told.layout().itemAt(0).widget()
    assert "on déclare mieux" in signal.text()
    assert signal.property("tone") == "neutre"
    told = _told(filled)
    series.copy.click()
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert QGuiApplication.clipboard().image().width() == 1600
    assert Kind.LIMITS in filled.panel.model.columns


def test_the_definition_says_whose_it_is(filled: IndicatorsPage) -> None:
    _go(filled, "identites-qualifiees")
    said = filled.panel.definition.lines.text().replace("\u00a0", " ")
    assert "Numérateur : Usagers de la file active" in said
    assert "File active en EHPAD : les résidents présents le dernier jour du mois." in said
    assert filled.panel.definition.origin.text().replace("\u00a0", " ") == (
        "Définition propre à l'outil ; confiance : à vérifier."
    )


def test_table_and_indicator_in_turn_where_there_is_little_room(filled: IndicatorsPage) -> None:
    assert not filled.only.isVisible()
    filled.resize(800, 600)
    assert filled.left.isVisible()
    assert not filled.side.isVisible()
    filled.only.click()
    assert filled.side.isVisible()
    assert not filled.left.isVisible()
    filled.resize(1180, 700)
    theme.notice().changed.emit()
    assert filled.left.isVisible()
    assert filled.side.isVisible()


@pytest.mark.parametrize("wide", [1104, 1190])
def test_the_value_of_a_reading_is_seen_whole_beside_the_table(filled: IndicatorsPage, wide: int) -> None:
    """These are the widths of the page in windows of 1280 and 1366."""
    filled.resize(wide, 700)
    _go(filled, "identites-qualifiees")
    _drain(filled)
    QCoreApplication.processEvents()
    head, at = filled.panel.table.horizontalHeader(), filled.panel.model.columns.index(Kind.VALUE)
    assert head.sectionViewportPosition(at) + head.sectionSize(at) <= filled.panel.table.viewport().width()


def test_they_are_exported_beside_the_window(filled: IndicatorsPage, tmp_path: Path, qtbot: QtBot) -> None:
    from ivaudit.app import indicator_sheets  # noqa: PLC0415 - one test

    filled.exports.export.click()
    _drain(filled)
    assert "aucun relevé" in filled.exports.bar.result.text()
    filled.writer.submit(_year)
    found: list[Any] = []
    key, _, _ = filled._chosen()
    filled.writer.submit(lambda s: indicator_sheets.prepare(s, key, last="2025-12"), done=found.append)
    _drain(filled)
    filled.exports._sheet = found[0]
    filled.exports.write(tmp_path / "i.csv")
    qtbot.waitUntil(lambda: not filled.exports.bar.running, timeout=20_000)
    assert (tmp_path / "i.csv").read_bytes().startswith(b"\xef\xbb\xbfIndicateur")


def test_the_models_keep_qts_rules(filled: IndicatorsPage) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    testers = [QAbstractItemModelTester(each, mode) for each in (filled.model, filled.panel.model)]
    assert len(testers) == 2
    filled.writer.submit(_year)
    _drain(filled)
    assert isinstance(filled.model, GridModel)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("1\n2\n", [["1"], ["2"]]),
        ("1\t2\r\n3\t4\r\n\r\n", [["1", "2"], ["3", "4"]]),
        ("", []),
        (" 5 ", [["5"]]),
        ("1\n\n3", [["1"], [""], ["3"]]),
    ],
)
def test_what_a_spreadsheet_copies_is_a_block(text: str, cells: list[list[str]]) -> None:
    assert block_of(text) == cells


def test_the_table_opens_at_the_latest_months(filled: IndicatorsPage, qtbot: QtBot) -> None:
    last = filled.grid.currentIndex()
    assert filled.model.months[last.column()] == NOW
    qtbot.waitUntil(lambda: filled.grid.viewport().rect().contains(filled.grid.visualRect(last)))
    filled.resize(1024, 600)
    qtbot.waitUntil(lambda: filled.grid.viewport().rect().contains(filled.grid.visualRect(last)))


@pytest.mark.parametrize("wide", [1024, 1186, 1366])
def test_the_first_month_seen_is_a_whole_one(filled: IndicatorsPage, qtbot: QtBot, wide: int) -> None:
    filled.resize(wide, 700)
    qtbot.waitUntil(lambda: filled.grid.columnAt(1) >= 0)
    first = filled.grid.columnAt(filled.grid.columnWidth(0) // 2)
    assert abs(filled.grid.columnViewportPosition(first)) < filled.grid.columnWidth(0) // 4
