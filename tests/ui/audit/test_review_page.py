"""The reading-back in the window: sent, taken in, treated beside the texts, validated, reopened."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from support.audit_desk import FRENCH, Desk
from support.reviews import write_in_book, write_in_document

from ivaudit.app import answers, findings, review, review_import
from ivaudit.domain.audit import AuditState
from ivaudit.domain.errors import DiskFull
from ivaudit.domain.findings import Grade
from ivaudit.domain.review import Comment, Decision, row_of_finding, row_of_point
from ivaudit.ui import theme
from ivaudit.ui.audit.findings.step import Findings
from ivaudit.ui.audit.preparation import Preparation
from ivaudit.ui.audit.review.card import ReviewCard
from ivaudit.ui.audit.review.page import ReviewPage
from ivaudit.ui.audit.review.preview_page import ReviewPreview
from ivaudit.ui.audit.step import Tab


@pytest.fixture
def keys(desk: Desk) -> list[str]:
    """Answer a point, and conclude on it."""
    found = [row.key for row in desk.page.audit.rows[:3]]
    desk.ask(lambda s: answers.answer(s, desk.audit, found[0], "non"))
    desk.ask(lambda s: answers.write(s, desk.audit, found[0], "constat", "La charte n'est pas datée."))
    desk.ask(lambda s: findings.create(s, desk.audit, "Charte sans date.", Grade.GAP, criteria=[found[0]]))
    desk.drain()
    return found


@pytest.fixture
def finding(desk: Desk, keys: list[str]) -> str:
    assert keys
    return desk.ask(lambda s: findings.of_audit(s, desk.audit)[0].id)  # type: ignore[return-value]


@pytest.fixture
def page(desk: Desk, keys: list[str]) -> ReviewPage:
    assert keys
    desk.page.show_tab(Tab.REPORT)
    desk.drain()
    card = desk.page.stack.findChild(ReviewCard)
    assert card is not None
    assert "Pas encore envoyé" in card.state.text()
    card.open.click()
    desk.drain()
    found = desk.page.stack.currentWidget()
    assert isinstance(found, ReviewPage)
    return found


def send(desk: Desk, page: ReviewPage, path: Path) -> Path:
    page.forms.send.click()
    desk.drain()
    dialog = page.forms.bar.findChild(QFileDialog, "review_job_dialog")
    assert dialog is not None
    dialog.reject()
    desk.page.activateWindow()
    desk.qtbot.waitUntil(desk.page.isActiveWindow)
    page.forms.write(path)
    desk.qtbot.waitUntil(lambda: not page.forms.bar.running and path.is_file(), timeout=20_000)
    desk.drain()
    return path


def take(desk: Desk, page: ReviewPage, path: Path) -> ReviewPreview:
    page.forms.read(path)
    desk.qtbot.waitUntil(lambda: not page.forms.bar.running, timeout=20_000)
    desk.drain()
    found = desk.page.stack.currentWidget()
    assert isinstance(found, ReviewPreview)
    return found


def bring(desk: Desk, page: ReviewPage, path: Path) -> None:
    preview = take(desk, page, path)
    preview.go.click()
    desk.qtbot.waitUntil(lambda: desk.page.stack.currentWidget() is page, timeout=20_000)
    desk.drain()


def comments(desk: Desk) -> tuple[Comment, ...]:
    return desk.ask(lambda s: review.comments(s, desk.audit))  # type: ignore[return-value]


@pytest.fixture
def treated(desk: Desk, page: ReviewPage, keys: list[str], finding: str, tmp_path: Path) -> ReviewPage:
    path = send(desk, page, tmp_path / "relecture.xlsx")
    said = {
        row_of_point(keys[0]): ("Elle est datée de mars.", "désaccord"),
        row_of_finding(finding): ("Voir la version signée.", "correction proposée"),
    }
    bring(desk, page, write_in_book(path, said, "Directrice"))
    return page


def test_the_form_leaves_and_the_audit_is_read_back(desk: Desk, page: ReviewPage, tmp_path: Path) -> None:
    assert page.counts.text() == "Aucune remarque pour l'instant."
    assert not page.validate.isEnabled()
    page.forms.format.setCurrentIndex(1)
    send(desk, page, tmp_path / "relecture.docx")
    assert desk.sheet().audit.state is AuditState.REVIEW
    assert "en relecture" in page.state.text()


def test_remarks_are_previewed_chosen_and_taken_in(
    desk: Desk, page: ReviewPage, keys: list[str], finding: str, tmp_path: Path
) -> None:
    path = send(desk, page, tmp_path / "relecture.docx")
    said = {
        row_of_point(keys[0]): ("Elle est datée de mars.", "désaccord"),
        row_of_finding(finding): ("Voir la version signée.", "commentaire"),
    }
    preview = take(desk, page, write_in_document(path, said))
    assert preview.rows.hasFocus()
    assert preview.go.text() == "Importer 2 remarques"
    desk.press(Qt.Key.Key_Space)
    assert preview.go.text() == "Importer 1 remarque"
    preview.go.click()
    desk.qtbot.waitUntil(lambda: len(comments(desk)) == 1, timeout=20_000)
    desk.drain()
    assert desk.page.stack.currentWidget() is page
    assert "Ctrl+Z l'annule" in desk.said[-1]
    again = take(desk, page, path)
    assert [row.outcome.value for row in again.rows.values.rows] == ["nouvelle", "déjà là"]
    desk.press(Qt.Key.Key_Escape)
    assert desk.page.stack.currentWidget() is page


def test_an_import_that_the_disk_refuses_may_be_tried_again(
    desk: Desk, page: ReviewPage, keys: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_others: object) -> object:
        raise DiskFull

    path = send(desk, page, tmp_path / "relecture.xlsx")
    said = {row_of_point(keys[0]): ("Elle est datée de mars.", "désaccord")}
    preview = take(desk, page, write_in_book(path, said, "Directrice"))
    with monkeypatch.context() as patched:
        patched.setattr(review_import, "accept", full)
        preview.go.click()
        desk.qtbot.waitUntil(lambda: "disque est plein" in preview.result.text(), timeout=20_000)
    assert preview.go.isEnabled()
    preview.go.click()
    desk.qtbot.waitUntil(lambda: len(comments(desk)) == 1, timeout=20_000)
    desk.drain()


def test_remarks_are_decided_on_by_one_key_and_answered(
    desk: Desk, treated: ReviewPage, keys: list[str], finding: str
) -> None:
    assert treated.list.hasFocus()
    assert treated.counts.text() == "0 sur 2 remarques traitées — 2 à traiter"
    assert "Charte sans date." in treated.mine.text()
    desk.press(*FRENCH[3])
    desk.drain()
    decided = {each.row: each.decision for each in comments(desk)}
    assert decided == {row_of_finding(finding): Decision.NOT_KEPT, row_of_point(keys[0]): None}
    treated.editor.answer.editor.setPlainText("La date manque toujours.")
    treated.editor.settle()
    desk.drain()
    answered = {each.row: each.answer for each in comments(desk)}
    assert answered == {row_of_finding(finding): "La date manque toujours.", row_of_point(keys[0]): ""}
    desk.press(*FRENCH[0])
    desk.drain()
    assert [each.decision for each in comments(desk)] == [None, None]


def test_remarks_stand_beside_the_point_and_the_finding(
    desk: Desk, treated: ReviewPage, keys: list[str], finding: str
) -> None:
    assert treated.isVisible()
    desk.page.reveal(keys[0])
    box = desk.page.review._box
    assert box.isVisible()
    assert box.editor.text.text() == "Elle est datée de mars."
    box.editor.decision.setCurrentIndex(1)
    box.editor.decision.activated.emit(1)
    desk.drain()
    assert {each.decision for each in comments(desk)} == {Decision.KEPT, None}
    desk.page.audit.set_interview(True)
    assert not box.isVisible()
    desk.page.audit.set_interview(False)
    assert box.isVisible()
    desk.page.reveal(keys[1])
    assert not box.isVisible()
    desk.page.reveal_finding(finding)
    desk.drain()
    step = desk.page.stack.currentWidget()
    assert isinstance(step, Findings)
    assert step.editor._comments is not None
    assert step.editor._comments.editor.text.text() == "Voir la version signée."


def test_a_row_leads_to_its_text(desk: Desk, treated: ReviewPage, keys: list[str]) -> None:
    treated.list.choose(1)
    treated.goto.click()
    desk.drain()
    assert desk.page.header.tabs.currentIndex() == Tab.GRID
    assert desk.key == keys[0]
    desk.page.show_review()
    desk.drain()
    treated.list.choose(0)
    treated.goto.click()
    desk.drain()
    assert desk.page.header.tabs.currentIndex() == Tab.FINDINGS


def test_a_validated_audit_is_read_only_and_is_reopened_with_a_reason(
    desk: Desk, treated: ReviewPage, keys: list[str]
) -> None:
    for _ in range(2):
        desk.press(*FRENCH[1])
        desk.press(Qt.Key.Key_Down)
        desk.drain()
    treated.list.choose(1)
    desk.press(*FRENCH[1])
    desk.drain()
    assert treated.validate.isEnabled()
    treated.validate.click()
    desk.drain()
    assert desk.sheet().audit.state is AuditState.VALIDATED
    assert not treated.validate.isVisible()
    assert "audit validé, lecture seule" in desk.page.header.counts.accessibleName()
    assert not treated.editor.decision.isEnabled()
    desk.page.reveal(keys[1])
    desk.drain()
    assert desk.page.grid.panel.constat.editor.isReadOnly()
    desk.page.grid.focus_list()
    desk.press(*FRENCH[1])
    desk.drain()
    assert "Cet audit est validé" in desk.said[-1]
    assert desk.answer(keys[1]).value is None
    desk.page.show_review()
    desk.drain()
    treated.reopen.click()
    desk.drain()
    assert "dire pourquoi" in treated.result.text()
    treated.reason.setText("Un document reçu depuis.")
    treated.reopen.click()
    desk.drain()
    assert desk.sheet().audit.state is AuditState.REVIEW
    assert not desk.page.grid.panel.constat.editor.isReadOnly()


def test_a_file_that_is_no_form_says_so(desk: Desk, page: ReviewPage, tmp_path: Path) -> None:
    path = tmp_path / "rien.xlsx"
    path.write_bytes(b"rien")
    page.forms.read(path)
    desk.qtbot.waitUntil(lambda: not page.forms.bar.running, timeout=20_000)
    desk.drain()
    assert "n'est pas un classeur" in page.forms.bar.result.text()
    assert desk.page.stack.currentWidget() is page


def test_everything_holds_at_twice_the_text_on_a_small_screen(desk: Desk, treated: ReviewPage) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    desk.page.resize(1024, 600)
    theme.apply(application, 2.0, False)
    try:
        QApplication.processEvents()
        assert treated.minimumSizeHint().width() <= 1024
        assert treated.forms.send.isVisible()
    finally:
        theme.apply(application, 1.0, False)


def test_a_state_that_is_refused_is_not_shown(desk: Desk, keys: list[str]) -> None:
    assert keys
    desk.page.show_tab(Tab.PREPARATION)
    desk.drain()
    step = desk.page.stack.currentWidget()
    assert isinstance(step, Preparation)
    step.state.setCurrentIndex(step.state.findData("validé"))
    step.state.activated.emit(step.state.currentIndex())
    desk.drain()
    assert "après la relecture" in desk.said[-1]
    assert step.state.currentData() == "en cours"
