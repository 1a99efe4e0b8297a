"""The kinds of report in the tab, and the «bilan à chaud» over the whole screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from support.audit_desk import Desk

from ivaudit.app import actions, findings
from ivaudit.app.session import Session
from ivaudit.domain.debrief import Debrief, DebriefLine, DebriefPart
from ivaudit.domain.findings import Grade, Urgency
from ivaudit.domain.report_model import ReportKind
from ivaudit.domain.report_outline import BlockKind
from ivaudit.ui import theme
from ivaudit.ui.audit.debrief_slides import slides
from ivaudit.ui.audit.debrief_view import DebriefView
from ivaudit.ui.audit.report import Report
from ivaudit.ui.audit.step import Tab

LONG = "Un constat qui prend de la place sur l'écran, lu à trois mètres par huit personnes. " * 3


def said(lines: int = 6) -> Debrief:
    found = tuple(DebriefLine(text=f"{rank}. {LONG}", under="écart · point 1.1") for rank in range(lines))
    parts = (
        DebriefPart(kind=BlockKind.MAIN, title="Principaux constats", lines=found, paragraphs=(), more=2),
        DebriefPart(kind=BlockKind.WORDS, title="Merci", lines=(), paragraphs=("Merci à tous.",), more=0),
    )
    return Debrief(
        format="",
        title="Bilan à chaud",
        generated="",
        program="",
        facility="EHPAD Les Tilleuls",
        what="Audit externe du 21 novembre 2026",
        date="2026-11-21",
        parts=parts,
    )


@pytest.fixture(params=[(1280, 720), (1920, 1080), (1024, 600)])
def view(request: pytest.FixtureRequest, qtbot: QtBot) -> DebriefView:
    made = DebriefView(said())
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # the test still looks at it
    qtbot.addWidget(made)
    made.resize(*request.param)
    with qtbot.waitExposed(made):
        made.show()
    return made


def settled(desk: Desk) -> Report:
    desk.page.show_tab(Tab.REPORT)
    step = desk.page.stack.currentWidget()
    assert isinstance(step, Report)
    desk.qtbot.waitUntil(lambda: step.preview.pages > 0, timeout=30_000)
    return step


def views() -> Iterator[DebriefView]:
    for each in QApplication.topLevelWidgets():
        if isinstance(each, DebriefView) and each.isVisible():
            yield each


def record(session: Session, audit: str) -> None:
    _, key = findings.create(session, audit, "Deux étiquettes inversées.", Grade.CRITICAL_GAP)
    findings.urgent(session, audit, key, Urgency(told="IDEC"))
    findings.create(session, audit, "La consigne n'est pas affichée.", Grade.GAP)
    facility = session.audit(audit).facility
    actions.create(session, facility, "Afficher la consigne.", audit=audit, due="2026-12-01")


def test_nothing_is_ever_below_the_screen(view: DebriefView) -> None:
    assert view.count > 3
    for _ in range(view.count):
        QApplication.processEvents()
        shown = [each for each in view.findChildren(QLabel) if each.objectName().startswith("debrief_")]
        low = max(each.mapTo(view, each.rect().bottomLeft()).y() for each in shown)
        assert low <= view.height()
        for each in shown:
            if each.wordWrap() and each.text():
                wanted = QFontMetrics(each.font()).boundingRect(
                    0, 0, each.width(), 10_000, Qt.TextFlag.TextWordWrap, each.text()
                )
                assert wanted.height() <= each.height() + 2, each.objectName()
        view.go_on()


def test_letters_are_large_whatever_the_text_scale(view: DebriefView, qapp: QApplication) -> None:
    for scale in (1.0, 2.0):
        theme.apply(qapp, scale, dark=scale > 1)
        line = view.findChild(QLabel, "debrief_line_1")
        assert isinstance(line, QLabel)
        assert QFontMetrics(line.font()).height() >= view.height() / 18


def test_keys_turn_the_screens_and_escape_leaves(view: DebriefView, qtbot: QtBot) -> None:
    assert view.title.text() == "Bilan à chaud"
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert view.title.text() == "Principaux constats"
    qtbot.keyClick(view, Qt.Key.Key_Left)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.place.text() == f"1 / {view.count}"
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.title.text() == "Merci"
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.place.text() == f"{view.count} / {view.count}"
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert not view.isVisible()


def test_every_line_is_on_one_screen_in_order() -> None:
    found = slides(said(), lambda line: 60 if line.under else 40, 130)
    lines = [line.text for slide in found[1:] for line in slide.lines]
    assert [text.partition(".")[0] for text in lines[:6]] == list("012345")
    assert lines[6:] == ["Et 2 autres dans le rapport.", "Merci à tous."]
    assert [slide.again for slide in found] == [False, False, True, True, True, False]
    assert all(len(slide.lines) <= 3 for slide in found)


def test_f9_shows_what_is_recorded_without_score(desk: Desk) -> None:
    desk.ask(lambda session: record(session, desk.audit))
    desk.drain()
    desk.shortcut(Qt.Key.Key_F9)
    desk.qtbot.waitUntil(lambda: any(views()))
    (view,) = views()
    texts = []
    for _ in range(view.count):
        texts += [line.text for line in view.slide.lines]
        view.go_on()
    assert "Deux étiquettes inversées." in texts
    assert "Afficher la consigne." in texts
    assert not any("sur 100" in text or "Niveau" in text for text in texts)
    view.close()


def test_the_tab_offers_each_kind_with_what_may_be_ticked(desk: Desk) -> None:
    step = settled(desk)
    choices = step.choices
    assert choices.notes.isVisible()
    choices.notes.click()
    assert "avec-notes" in step.place.text()
    choices.kinds[ReportKind.COPY].click()
    assert not choices.notes.isVisible()
    assert not choices.wanted.notes
    assert step.place.text().endswith("_rapport-transmissible_v1.pdf")
    choices.kinds[ReportKind.DEBRIEF].click()
    assert choices.score.isVisible()
    assert not choices.wanted.score
    assert step.place.text().endswith("_bilan-a-chaud_v1.pdf")
    desk.qtbot.waitUntil(lambda: step.preview.pages == 1, timeout=30_000)


def test_a_debrief_is_written_from_the_tab(desk: Desk, tmp_path: Path) -> None:
    step = settled(desk)
    step.choices.kinds[ReportKind.DEBRIEF].click()
    target = tmp_path / "bilan.pdf"
    step.place.setText(str(target))
    step.export_button.click()
    desk.qtbot.waitUntil(lambda: not step.open_file.isHidden(), timeout=30_000)
    assert target.read_bytes().startswith(b"%PDF")
    desk.qtbot.waitUntil(lambda: step.preview.pages == 1, timeout=30_000)
    step.choices.full_screen.click()
    desk.qtbot.waitUntil(lambda: any(views()))
    for each in list(views()):
        each.close()
