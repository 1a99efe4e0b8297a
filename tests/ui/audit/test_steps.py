"""*Préparation* and *Rapport*, and what every page owes to a screen reader."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from support.audit_desk import Desk

from ivaudit.ui import theme
from ivaudit.ui.audit.preparation import Preparation
from ivaudit.ui.audit.report import Report
from ivaudit.ui.audit.step import Tab

OURS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit)


@pytest.mark.parametrize(("wide", "high"), [(1104, 688), (960, 560)])
def test_every_step_can_be_read_in_the_head_once_something_is_recorded(
    desk: Desk, wide: int, high: int
) -> None:
    desk.page.resize(wide, high)
    desk.digit(1)
    desk.drain()
    header = desk.page.header
    assert header.saved.text().startswith("Enregistré à")
    last = header.tabs.tabRect(header.tabs.count() - 1)
    desk.qtbot.waitUntil(lambda: last.right() <= header.tabs.width())
    assert header.tools.isVisible() != header.more_button.isVisible()


@pytest.mark.parametrize(
    "tab", [Tab.PREPARATION, Tab.GRID, Tab.OBSERVATIONS, Tab.FINDINGS, Tab.SYNTHESIS, Tab.REPORT]
)
def test_every_control_has_a_name_for_tests_and_for_the_ear(desk: Desk, tab: int) -> None:
    desk.page.show_tab(tab)
    desk.drain()
    step = desk.page.stack.currentWidget()
    controls = [w for w in step.findChildren(QWidget) if isinstance(w, OURS) and not _inside(w)]
    assert controls
    for control in controls:
        assert control.objectName(), control
        assert control.accessibleName(), control.objectName()
    _settled(desk)


def _inside(widget: QWidget) -> bool:
    """Tell whether it is a part Qt makes inside another control."""
    if isinstance(widget, QHeaderView):
        return True
    parent = widget.parentWidget()
    return (
        widget.objectName().startswith("qt_") or isinstance(parent, (QLineEdit, QComboBox)) or _popup(widget)
    )


def _popup(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return parent is not None and "Popup" in type(parent).__name__ + parent.metaObject().className()


def _settled(desk: Desk) -> None:
    """Let what runs beside the window end."""
    step = desk.page.stack.currentWidget()
    if isinstance(step, Report):
        desk.qtbot.waitUntil(lambda: step.preview.pages > 0, timeout=30_000)


def test_the_fields_of_the_audit_are_recorded_when_left(desk: Desk) -> None:
    desk.page.show_tab(Tab.PREPARATION)
    step = desk.page.stack.currentWidget()
    assert isinstance(step, Preparation)
    titles: list[str] = []
    desk.page.title_changed.connect(titles.append)
    step.title.setText("Audit des Tilleuls")
    step.date.setText("22/11/2026")
    desk.page.show_tab(Tab.GRID)
    desk.drain()
    audit = desk.sheet().audit
    assert (audit.title, audit.date) == ("Audit des Tilleuls", "2026-11-22")
    assert "22 novembre 2026" in desk.page.header.title.text()
    assert titles[-1] == desk.page.header.title.text()


def test_a_wrong_date_is_said_and_not_recorded(desk: Desk) -> None:
    desk.page.show_tab(Tab.PREPARATION)
    step = desk.page.stack.currentWidget()
    assert isinstance(step, Preparation)
    step.date.setText("31/02/2026")
    desk.page.settle()
    desk.drain()
    assert "21/11/2026" in step.date_problem.text()
    assert desk.sheet().audit.date == "2026-11-21"


def test_an_export_is_written_where_asked(desk: Desk, tmp_path: Path) -> None:
    desk.digit(1)
    desk.drain()
    desk.page.show_tab(Tab.REPORT)
    step = desk.page.stack.currentWidget()
    assert isinstance(step, Report)
    assert "sans réponse" in step.missing.toPlainText()
    assert "Appréciation" in step.missing.toPlainText()
    step.choices.formats["json"].click()
    target = tmp_path / "sortie.json"
    assert step.place.text().endswith("_EHPAD-Les-Tilleuls_rapport_v1.json")
    step.place.setText(str(target))
    step.export_button.click()
    desk.qtbot.waitUntil(lambda: not step.open_file.isHidden(), timeout=30_000)
    assert json.loads(target.read_text(encoding="utf-8"))
    assert "sortie.json" in step.result.text()
    _settled(desk)


def test_what_is_missing_leads_to_its_place(desk: Desk) -> None:
    desk.page.show_tab(Tab.REPORT)
    step = desk.page.stack.currentWidget()
    assert isinstance(step, Report)
    _settled(desk)
    step.missing.criterion_wanted.emit("#synthese")
    assert desk.page.header.tabs.currentIndex() == Tab.SYNTHESIS


def test_links_to_what_is_missing_follow_the_look(desk: Desk, qapp: QApplication) -> None:
    desk.page.show_tab(Tab.REPORT)
    step = desk.page.stack.currentWidget()
    assert isinstance(step, Report)
    for dark in (True, False):
        theme.apply(qapp, 1.0, dark=dark)
        assert theme.current().palette.accent in step.missing.toHtml()
    _settled(desk)


def test_a_place_without_folder_is_refused_with_a_sentence(desk: Desk) -> None:
    desk.page.show_tab(Tab.REPORT)
    step = desk.page.stack.currentWidget()
    assert isinstance(step, Report)
    step.place.setText("rapport.pdf")
    step.export_button.click()
    assert "dossier complet" in step.result.text()
    _settled(desk)


def test_the_tabs_are_reached_by_keyboard(desk: Desk) -> None:
    desk.page.header.tabs.setFocus(Qt.FocusReason.TabFocusReason)
    desk.shortcut(Qt.Key.Key_Right)
    assert desk.page.header.tabs.currentIndex() == Tab.OBSERVATIONS
    assert desk.focus() is desk.page.header.tabs


def test_tab_goes_from_the_list_through_the_point_in_reading_order(desk: Desk) -> None:
    desk.page.grid.focus_list()
    seen: list[str] = []
    for _ in range(14):
        desk.shortcut(Qt.Key.Key_Tab)
        focused = desk.focus()
        assert focused is not None
        seen.append(focused.objectName())
    wanted = ["answer_oui", "answer_non", "answer_a_verifier", "review", "constat", "means_vu", "note"]
    places = [seen.index(name) for name in wanted]
    assert places == sorted(places), seen
    assert seen[0] == "answer_oui", "the point follows the list"
