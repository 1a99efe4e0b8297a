"""Findings and actions in the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea
from support.audit_desk import Desk

from ivaudit.app import actions, answers, findings, subjects
from ivaudit.domain.actions import Action
from ivaudit.domain.findings import Cause, Finding, Grade, Urgency
from ivaudit.domain.subjects import SubjectKind
from ivaudit.ui import theme
from ivaudit.ui.audit.findings.step import Findings
from ivaudit.ui.audit.step import Tab


@pytest.fixture
def step(desk: Desk) -> Findings:
    desk.page.show_tab(Tab.FINDINGS)
    desk.drain()
    found = desk.page.stack.currentWidget()
    assert isinstance(found, Findings)
    return found


def _findings(desk: Desk) -> tuple[Finding, ...]:
    return desk.ask(lambda s: findings.of_audit(s, desk.audit))  # type: ignore[return-value]


def _actions(desk: Desk) -> tuple[Action, ...]:
    return desk.ask(lambda s: actions.of_audit(s, desk.audit))  # type: ignore[return-value]


def _broken(desk: Desk, count: int = 1) -> list[str]:
    keys = [row.key for row in desk.page.audit.rows[:count]]
    for key in keys:
        desk.ask(lambda s, key=key: answers.answer(s, desk.audit, key, "non"))  # type: ignore[misc]
    return keys


def test_nothing_yet_says_where_findings_come_from(step: Findings) -> None:
    assert "Les réponses en proposent" in step.count.text()
    assert not step.editor.isVisible()
    assert not step.proposed.isVisible()


def test_a_proposed_finding_is_taken_by_return(desk: Desk, step: Findings) -> None:
    _broken(desk, 2)
    step.enter()
    desk.drain()
    step.proposed.setFocus()
    step.proposed.choose(0)
    desk.shortcut(Qt.Key.Key_Return)
    desk.drain()
    assert len(_findings(desk)) == 1
    assert len(step.proposed.values.rows) == 1
    step.take_all.click()
    desk.drain()
    assert len(_findings(desk)) == 2
    assert not step.proposed.isVisible()
    desk.shortcut(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.drain()
    assert len(step.list.values.rows) == 1


def test_a_finding_is_written_graded_and_led_back_to_its_point(desk: Desk, step: Findings) -> None:
    (key,) = _broken(desk)
    step.enter()
    desk.drain()
    step.take.click()
    desk.drain()
    step.list.choose(0)
    step.editor.text.editor.setPlainText("Trois dossiers sur dix.")
    step.editor.grade.setCurrentIndex(step.editor.grade.findData(Grade.IMPROVEMENT.value))
    step.editor.grade.activated.emit(0)
    step.editor.cause.setCurrentIndex(step.editor.cause.findData(Cause.TRAINING.value))
    step.editor.cause.activated.emit(0)
    step.settle()
    desk.drain()
    (found,) = _findings(desk)
    assert (found.text, found.grade, found.cause) == (
        "Trois dossiers sur dix.",
        Grade.IMPROVEMENT,
        Cause.TRAINING,
    )
    step.editor.points.goto.click()
    assert desk.page.header.tabs.currentIndex() == Tab.GRID
    assert desk.key == key


def test_what_does_not_wait_is_ticked_and_told(desk: Desk, step: Findings) -> None:
    step.new.click()
    desk.drain()
    step.editor.urgent.click()
    desk.drain()
    step.editor.told.setText("cadre de santé")
    step.editor.told_at.setText("21/11/2026 à 14h05")
    step.settle()
    desk.drain()
    (found,) = _findings(desk)
    assert found.urgency is not None
    assert (found.urgency.told, found.urgency.at) == ("cadre de santé", "2026-11-21T14:05")
    assert "sans attendre" in step.list.values.index(0, 0).data()


def test_the_moment_is_shown_as_it_is_typed_and_a_bad_one_changes_nothing(desk: Desk, step: Findings) -> None:
    step.new.click()
    desk.drain()
    (found,) = _findings(desk)
    urgency = Urgency(told="cadre de santé", at="2026-11-21T14:05", done="Pochette refaite.")
    desk.ask(lambda s: findings.urgent(s, desk.audit, found.id, urgency))
    desk.drain()
    assert step.editor.told_at.text() == "21/11/2026 14:05"
    step.editor.told_at.setText("tout à l'heure")
    step.settle()
    desk.drain()
    assert "21/11/2026 14:05" in step.editor.problem.text()
    assert _findings(desk)[0].urgency == urgency


def test_a_new_finding_is_ready_to_be_typed_and_leaves_the_former_one_alone(
    desk: Desk, step: Findings
) -> None:
    step.new.click()
    desk.drain()
    desk.type("Trois dossiers sur dix.")
    step.new.setFocus()
    step.new.click()
    desk.type("Rien")  # before the new one is there: for nobody
    desk.drain()
    desk.type("Deux sur dix.")
    step.settle()
    desk.drain()
    assert sorted(each.text for each in _findings(desk)) == ["Deux sur dix.", "Trois dossiers sur dix."]


def test_an_action_comes_from_its_finding(desk: Desk, step: Findings) -> None:
    _broken(desk)
    step.enter()
    desk.drain()
    step.take.click()
    desk.drain()
    step.list.choose(0)
    step.editor.action.click()
    desk.drain()
    (action,) = _actions(desk)
    (finding,) = _findings(desk)
    assert (action.finding, action.what) == (finding.id, finding.recommendation)
    step.action_editor.lines["due"].setText("15/12/2026")
    step.action_editor.lines["owner"].setText("référent")
    step.settle()
    desk.drain()
    (action,) = _actions(desk)
    assert (action.due, action.owner) == ("2026-12-15", "référent")
    step.action_editor.lines["due"].setText("bientôt")
    step.settle()
    assert "21/11/2026" in step.action_editor.problem.text()
    step.action_editor.remove.click()
    desk.drain()
    assert _actions(desk) == ()


def test_a_strength_is_a_finding_too(desk: Desk, step: Findings) -> None:
    step.strength.click()
    desk.drain()
    step.editor.text.editor.setPlainText("Accueil exemplaire.")
    step.settle()
    desk.drain()
    assert [(each.grade, each.text) for each in _findings(desk)] == [(Grade.STRENGTH, "Accueil exemplaire.")]


def test_a_finding_of_ones_own_is_attached_to_points_and_detached(desk: Desk, step: Findings) -> None:
    step.new.click()
    desk.drain()
    points, keys = step.editor.points, [row.key for row in desk.page.audit.rows[:2]]
    assert points.points.text() == "Sans point rattaché"
    for key in keys:
        points.choice.setCurrentIndex(points.choice.findData(key))
        points.link.click()
        desk.drain()
    assert _findings(desk)[0].criteria == tuple(keys)
    assert points.link.text() == "Détacher"
    assert points.points.text().count("\n") == 1
    points.link.click()
    desk.drain()
    assert _findings(desk)[0].criteria == (keys[0],)
    assert points.link.text() == "Rattacher"


def test_a_finding_is_about_a_unit_where_there_are_units(desk: Desk, step: Findings) -> None:
    step.new.click()
    desk.drain()
    assert not step.editor.points.subject.isVisible()
    desk.ask(lambda s: subjects.add(s, desk.audit, "Urgences", SubjectKind.UNIT))
    desk.drain()
    step.enter()
    desk.drain()
    about = step.editor.points.subject
    assert about.isVisible()
    about.setCurrentIndex(about.findText("Urgences"))
    about.activated.emit(about.currentIndex())
    desk.drain()
    assert _findings(desk)[0].subject == about.currentData()


def test_the_moment_one_was_told_is_typed_in_french(desk: Desk, step: Findings) -> None:
    step.new.click()
    desk.drain()
    step.editor.urgent.click()
    desk.drain()
    told = step.editor.told_at
    for typed, recorded, shown in (
        ("14h05", "2026-11-21T14:05", "21/11/2026 14:05"),
        ("22/11/2026 9:30", "2026-11-22T09:30", "22/11/2026 09:30"),
        ("tantôt", "2026-11-22T09:30", "tantôt"),
    ):
        told.setText(typed)
        told.editingFinished.emit()
        desk.drain()
        urgency = _findings(desk)[0].urgency
        assert urgency is not None
        assert (urgency.at, told.text()) == (recorded, shown)
    assert "s'écrit comme 14:05" in step.editor.problem.text()


@pytest.mark.parametrize("wide", [900, 1200])
def test_nothing_scrolls_sideways_at_twice_the_text(desk: Desk, step: Findings, wide: int) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    _broken(desk)
    step.new.click()
    desk.drain()
    theme.apply(application, 2.0, dark=False)
    desk.page.resize(wide, 560)
    desk.drain()
    areas = [each for each in step.findChildren(QScrollArea) if each.isVisible()]
    assert {each.objectName() for each in areas} >= {"finding_scroll", "finding_lists"}
    assert [each.objectName() for each in areas if each.horizontalScrollBar().maximum()] == []
