"""*Synthèse*: the figures are those of the domain, and the words are the auditor's."""

import pytest
from PySide6.QtCore import Qt
from support.audit_desk import Desk

from ivaudit.app import answers
from ivaudit.app.session import Session
from ivaudit.domain.scoring import result
from ivaudit.domain.standing import standings
from ivaudit.ui.audit.figures import explanation, level_sentence, shown_figures
from ivaudit.ui.audit.step import Tab
from ivaudit.ui.audit.synthesis import Synthesis


def filled(desk: Desk, values: tuple[str, ...]) -> None:
    """Answer the first points without the keyboard, as another page would."""
    rows = [row for row in desk.page.audit.rows if row.concerned]

    def work(session: Session) -> None:
        for row, value in zip(rows, values, strict=False):
            answers.answer(session, desk.audit, row.key, value)

    desk.ask(work)
    desk.page.audit.reload()
    desk.drain()


@pytest.fixture
def synthesis(desk: Desk) -> Synthesis:
    filled(desk, ("oui", "non", "oui", "oui", "non_vu", "non"))
    desk.page.show_tab(Tab.SYNTHESIS)
    desk.drain()
    page = desk.page.stack.currentWidget()
    assert isinstance(page, Synthesis)
    return page


def test_the_figures_are_those_of_the_domain(desk: Desk, synthesis: Synthesis) -> None:
    sheet = desk.sheet()
    for checklist, block in zip(sheet.checklists, synthesis.blocks, strict=True):
        expected = result(checklist, standings(sheet, checklist))
        for shown in shown_figures(expected):
            made = block.figures.buttons[shown.key]
            assert made.shown == shown
            assert shown.value in made.accessibleName()
        assert block.level.text().replace("\u00a0", " ") == level_sentence(checklist, expected).replace(
            "\u00a0", " "
        )
        for point in expected.critical:
            assert point.standing.point.number in block.critical.toPlainText()
            assert point.state.value in block.critical.toPlainText()


def test_every_figure_explains_itself_and_leads_to_its_points(desk: Desk, synthesis: Synthesis) -> None:
    figures = synthesis.blocks[0].figures
    for button in figures.buttons.values():
        button.click()
        assert button.shown is not None
        assert figures.rule.text() == explanation(button.shown.figure)
        many = len(button.shown.figure.items) + len(button.shown.figure.others)
        assert figures.items.count() == many
    item = figures.items.item(0)
    figures.items.itemActivated.emit(item)
    assert desk.page.header.tabs.currentIndex() == Tab.GRID
    assert desk.key == item.data(Qt.ItemDataRole.UserRole)


def test_enter_explains_too(desk: Desk, synthesis: Synthesis) -> None:
    button = synthesis.blocks[0].figures.buttons["coverage"]
    button.setFocus()
    desk.press(Qt.Key.Key_Return)
    assert button.isChecked()
    desk.press(Qt.Key.Key_Return)
    assert not button.isChecked()


def test_the_appreciation_is_saved_like_a_constat(desk: Desk, synthesis: Synthesis) -> None:
    synthesis.appreciation.editor.setFocus()
    desk.type("Une équipe attentive.")
    desk.page.show_tab(Tab.GRID)
    desk.drain()
    assert desk.sheet().synthesis.appreciation == "Une équipe attentive."


def test_strengths_are_proposed_and_never_set(desk: Desk, synthesis: Synthesis) -> None:
    assert desk.sheet().synthesis.strengths == ()
    proposed = list(synthesis.strengths._proposals)
    assert proposed
    synthesis.strengths.flow._parts[0].click()  # type: ignore[attr-defined]  # they are buttons
    desk.drain()
    kept = desk.sheet().synthesis.strengths
    assert [each.criteria for each in kept] == [(proposed[0],)]


def test_strengths_typed_faster_than_the_disk_answers_are_all_kept(desk: Desk, synthesis: Synthesis) -> None:
    texts = ["Un premier.", "Un deuxième.", "Un troisième.", "Un quatrième."]
    for text in texts:
        synthesis.strengths.add.click()
        desk.type(text)
    desk.page.show_tab(Tab.GRID)
    desk.drain()
    assert [each.text for each in desk.sheet().synthesis.strengths] == texts


def test_no_more_than_three_priorities(desk: Desk, synthesis: Synthesis) -> None:
    for rank in range(3):
        synthesis.priorities.add.click()
        desk.type(f"Priorité {rank}")
    assert synthesis.priorities.add.isHidden()
    desk.page.settle()
    desk.drain()
    assert [each.text for each in desk.sheet().synthesis.priorities] == [
        "Priorité 0",
        "Priorité 1",
        "Priorité 2",
    ]
    synthesis.priorities._entries[1].drop.click()
    desk.drain()
    assert [each.text for each in desk.sheet().synthesis.priorities] == ["Priorité 0", "Priorité 2"]
    assert not synthesis.priorities.add.isHidden()


def test_a_priority_is_linked_to_answered_points(desk: Desk, synthesis: Synthesis) -> None:
    synthesis.priorities.add.click()
    desk.type("Afficher la règle")
    entry = synthesis.priorities._entries[0]
    entry.links.click()
    entry.picker.item(1).setCheckState(Qt.CheckState.Checked)
    desk.drain()
    kept = desk.sheet().synthesis.priorities
    assert kept[0].text == "Afficher la règle"
    assert kept[0].criteria == (entry.picker.item(1).data(Qt.ItemDataRole.UserRole),)


def test_interview_mode_hides_the_results(desk: Desk, synthesis: Synthesis) -> None:
    desk.shortcut(Qt.Key.Key_F8)
    assert synthesis.stack.currentIndex() == 1
    desk.shortcut(Qt.Key.Key_F8)
    assert synthesis.stack.currentIndex() == 0


def test_the_chart_comes_after_the_figures(desk: Desk, synthesis: Synthesis) -> None:
    filled(desk, tuple("oui" for _ in range(len(desk.page.audit.rows))))
    block = synthesis.blocks[0]
    desk.qtbot.waitUntil(lambda: not block.chart.isHidden(), timeout=15_000)
    assert not block.chart.pixmap().isNull()
    assert block.chart.accessibleDescription()
