"""Comparing the audit with others of its structure, from Synthèse."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from support.audit_desk import Desk

from ivaudit.app import answers, audits
from ivaudit.app.session import Session
from ivaudit.ui.audit.compare_page import ComparePage
from ivaudit.ui.audit.step import Tab
from ivaudit.ui.audit.synthesis import Synthesis

GRID = "rniv-1-principes-communs"


@pytest.fixture
def dates(desk: Desk) -> list[str]:
    """An audit of the year before and a self-assessment; three points answered in each, one of them moves."""

    def work(session: Session) -> list[str]:
        facility = session.audit(desk.audit).facility
        keys = list(session.frozen(session.audit(desk.audit)).index)[:3]
        before = audits.create(session, facility, "externe", [GRID], "2025-11-21")[1]
        own = audits.create(session, facility, "auto-evaluation", [GRID], "2026-10-01")[1]
        for audit, values in (
            (before, ("non", "oui", "oui")),
            (own, ("oui", "oui", "oui")),
            (desk.audit, ("oui", "oui", "non")),
        ):
            for key, value in zip(keys, values, strict=True):
                answers.answer(session, audit, key, value)
        return [before, own]

    made = desk.ask(work)
    assert isinstance(made, list)
    return made


def _open(desk: Desk) -> ComparePage:
    desk.page.show_tab(Tab.SYNTHESIS)
    desk.drain()
    step = desk.page.stack.currentWidget()
    assert isinstance(step, Synthesis)
    step.compare.click()
    desk.drain()
    desk.drain()
    assert step.comparison is not None
    return step.comparison


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_counts_come_first_and_the_gap_is_told_apart(desk: Desk, dates: list[str]) -> None:
    page = _open(desk)
    assert [box.isChecked() for box in page.boxes.values()] == [True, True]
    assert list(page.boxes) == [dates[1], dates[0]]
    assert all(box.isVisible() for box in page.boxes.values())
    assert page.boxes[dates[1]].hasFocus()
    (block,) = page.blocks
    said = _plain(block.counts.text())
    assert said == (
        "21/11/2025 → 21/11/2026 : 1 point amélioré, 1 dégradé, 1 inchangé.\n"
        "01/10/2026 – auto-évaluation (déclaratif), et vu le 21/11/2026 : 1 point déclaré plus favorable que "
        "vu, 0 moins favorable, 2 identiques."
    )
    assert "déclaratif" in _plain(block.scores.text())
    assert not block.declared.isHidden()
    assert len(block.table.values.rows) == 2
    block.view.setCurrentIndex(1)
    block.view.activated.emit(1)
    assert len(block.table.values.rows) == 3
    assert "pas évalués partout" in block.left_out.text()
    desk.qtbot.waitUntil(lambda: not block.chart.pixmap().isNull())
    assert "sur 100" in block.chart.accessibleDescription()


def test_audits_are_chosen_and_points_opened(desk: Desk, dates: list[str]) -> None:
    page = _open(desk)
    page.boxes[dates[1]].click()
    desk.drain()
    (block,) = page.blocks
    assert block.declared.isHidden()
    block.table.choose(0)
    wanted = block.table.value().criterion
    block.table.opened.emit(block.table.value())
    assert desk.page.header.tabs.currentIndex() == Tab.GRID
    assert desk.key == wanted


def test_none_chosen_says_what_to_do_and_escape_goes_back(desk: Desk, dates: list[str]) -> None:
    page = _open(desk)
    for key in dates:
        page.boxes[key].click()
        desk.drain()
    assert page.blocks == []
    assert "au moins un audit" in page.note.text()
    assert not page.export.isVisible()
    assert page.focusWidget() is not None
    desk.shortcut(Qt.Key.Key_Escape)
    step = desk.page.stack.currentWidget()
    assert isinstance(step, Synthesis)
    assert step.stack.currentIndex() == 0


def test_an_audit_alone_says_so(desk: Desk) -> None:
    page = _open(desk)
    assert "rien à comparer" in page.note.text()
    assert page.focusWidget() is page.back or page.back.hasFocus()


@pytest.mark.usefixtures("dates")
def test_it_is_copied_and_written(desk: Desk, tmp_path: Path) -> None:
    page = _open(desk)
    (block,) = page.blocks
    block.copy.click()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[:2] == ["N°", "Point"]
    assert len(lines) == 3
    assert desk.said[-1] == "Tableau copié : 2 points."
    page.write(tmp_path / "c.csv")
    desk.qtbot.waitUntil(lambda: not page.bar.running, timeout=20_000)
    assert (tmp_path / "c.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert page.bar.open.isVisible()


@pytest.mark.usefixtures("dates")
def test_interview_mode_shows_none_of_it(desk: Desk) -> None:
    page = _open(desk)
    desk.page.audit.set_interview(True)
    assert not page.isVisible()
