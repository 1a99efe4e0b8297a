"""Units and subjects in the window: chosen, answered apart, side by side, explained."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from support.audit_desk import CTRL, Desk
from support.grids import checklist, criterion, sheet

from ivaudit.app import answers, subjects
from ivaudit.domain.audit import STRUCTURE, Answer
from ivaudit.domain.checklist import NaPolicy
from ivaudit.domain.standing import State, standings
from ivaudit.domain.subjects import Subject, SubjectKind
from ivaudit.ui.audit.preparation import Preparation
from ivaudit.ui.audit.rows import Filter, Group, rows_of
from ivaudit.ui.audit.step import Tab
from ivaudit.ui.audit.subjects.card import SubjectsCard
from ivaudit.ui.audit.subjects.matrix import SubjectMatrix
from ivaudit.ui.audit.subjects.matrix_model import MatrixModel
from ivaudit.ui.audit.subjects.matrix_view import MatrixView
from ivaudit.ui.audit.subjects.words import beside
from ivaudit.ui.audit.synthesis import Synthesis

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def units(desk: Desk) -> tuple[str, str, str]:
    """Two units and a head office."""

    def work(session: object) -> tuple[str, ...]:
        kinds = {
            "Médecine": SubjectKind.UNIT,
            "Chirurgie": SubjectKind.UNIT,
            "Siège": SubjectKind.BEARER,
        }
        return tuple(
            subjects.add(session, desk.audit, name, kind)[1]  # type: ignore[arg-type]
            for name, kind in kinds.items()
        )

    found = desk.ask(work)
    desk.page.audit.reload()
    desk.drain()
    return found  # type: ignore[return-value]


def given(desk: Desk, key: str, subject: str) -> Answer:
    found = desk.ask(lambda s: answers.current(s, desk.audit, key, subject))
    assert isinstance(found, Answer)
    return found


def choose(desk: Desk, name: str) -> None:
    """Choose a subject by keyboard."""
    desk.shortcut(Qt.Key.Key_U, CTRL)
    choice = desk.page.subjects.bar.choice
    assert desk.focus() is choice
    steps = choice.findText(name) - choice.currentIndex()
    for _ in range(abs(steps)):
        desk.press(Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)
    desk.press(Qt.Key.Key_Return)
    desk.drain()


def test_nothing_to_choose_is_not_shown_and_says_where_units_come_from(desk: Desk) -> None:
    assert not desk.page.subjects.bar.isVisible()
    desk.shortcut(Qt.Key.Key_U, CTRL)
    assert any("Préparation" in sentence for sentence in desk.said)
    desk.letter("m")
    assert desk.page.grid.pages.currentWidget() is desk.page.grid.outer


def test_answers_go_to_the_subject_shown_and_figures_stay_whole(
    desk: Desk, units: tuple[str, str, str]
) -> None:
    key = desk.key
    desk.digit(1)
    desk.drain()
    whole = int(desk.page.audit.results[0].progress.numerator)
    choose(desk, "Médecine")
    assert desk.focus() is desk.page.grid.list
    assert desk.key == key, "the same point"
    row = desk.page.audit.row(key)
    assert row is not None
    assert row.answer.value is None
    assert row.state is State.UNANSWERED
    assert "structure : Oui" in desk.page.grid.model.spoken(row)
    assert int(desk.page.audit.results[0].progress.numerator) == whole
    desk.digit(3)
    desk.letter("n")
    desk.type("Vu en médecine.")
    desk.press(Qt.Key.Key_Escape)
    desk.letter("r")
    desk.drain()
    found = given(desk, key, units[0])
    assert (found.value, found.constat, found.review) == ("non", "Vu en médecine.", True)
    own = given(desk, key, STRUCTURE)
    assert (own.value, own.constat, own.review) == ("oui", "", False)
    choose(desk, "Toute la structure")
    assert desk.page.grid.panel.constat.text == ""
    assert row.answer.value == "oui"
    assert "Médecine : Non" in desk.page.grid.model.spoken(row)
    assert "2 sujets : Toute la structure, Médecine" in desk.page.subjects.note.text().replace("\u00a0", " ")


def test_a_text_being_typed_stays_with_its_subject(desk: Desk, units: tuple[str, str, str]) -> None:
    key = desk.key
    desk.letter("n")
    desk.type("De toute la structure.")
    desk.page.audit.set_subject(units[1])
    desk.drain()
    assert desk.page.grid.panel.constat.text == ""
    assert given(desk, key, STRUCTURE).constat == "De toute la structure."
    assert given(desk, key, units[1]).constat == ""


def test_what_the_head_office_answers_is_inherited_until_contradicted(
    desk: Desk, units: tuple[str, str, str]
) -> None:
    key = desk.key
    choose(desk, "Siège")
    desk.digit(1)
    desk.drain()
    choose(desk, "Médecine")
    row = desk.page.audit.row(key)
    assert row is not None
    assert "hérité de Siège : Oui" in desk.page.grid.model.spoken(row)
    assert "reprise tant que" in desk.page.subjects.note.text()
    assert row.whole is State.RATED
    desk.digit(3)
    desk.drain()
    assert "hérité" not in desk.page.grid.model.spoken(row)
    standing = desk.page.audit.standing_at(desk.page.audit.positions(key)[0])
    assert standing.earned == 0, "the unit counts, the head office no more"
    assert given(desk, key, units[2]).value == "oui", "what it answered stays"


def test_filters_and_the_next_point_follow_the_subject(desk: Desk, units: tuple[str, str, str]) -> None:
    desk.digit(1)
    desk.drain()
    choose(desk, "Chirurgie")
    desk.page.grid.filters.choose(Filter.UNANSWERED)
    assert desk.page.grid.model.rowCount() == sum(row.concerned for row in desk.page.audit.rows)
    desk.digit(3)
    desk.drain()
    choose(desk, "Toute la structure")
    desk.page.grid.filters.choose(Filter.TO_IMPROVE)
    assert desk.page.grid.model.rowCount() == 1, "what a unit must improve, the structure must"
    assert units


def test_undo_reaches_the_answer_of_another_subject(desk: Desk, units: tuple[str, str, str]) -> None:
    key = desk.key
    choose(desk, "Médecine")
    desk.digit(1)
    desk.drain()
    choose(desk, "Toute la structure")
    desk.shortcut(Qt.Key.Key_Z, CTRL)
    desk.drain()
    assert given(desk, key, units[0]).value is None
    row = desk.page.audit.row(key)
    assert row is not None
    assert row.state is State.UNANSWERED


# -- side by side


@pytest.fixture
def matrix(desk: Desk, units: tuple[str, str, str]) -> SubjectMatrix:
    assert units
    desk.letter("m")
    desk.drain()
    found = desk.page.subjects.matrix
    assert found is not None
    return found


def test_one_key_a_cell_and_enter_for_the_next_subject(
    desk: Desk, matrix: SubjectMatrix, units: tuple[str, str, str]
) -> None:
    assert desk.focus() is matrix.view
    keys = [desk.page.audit.rows[line.position].key for line in matrix.model.lines]
    assert len(keys) > 1
    desk.digit(1)
    desk.digit(3)
    desk.drain()
    assert [given(desk, key, STRUCTURE).value for key in keys[:2]] == ["oui", "non"]
    desk.press(Qt.Key.Key_Return)
    assert (matrix.view.currentIndex().row(), matrix.view.currentIndex().column()) == (0, 1)
    desk.digit(2)
    desk.drain()
    assert given(desk, keys[0], units[0]).value == "partiel"
    assert matrix.model.index(0, 1).data() == "Partiel"
    assert "Médecine" in str(matrix.model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole))
    matrix.view.go_to(0, 1)
    desk.press(Qt.Key.Key_Delete)
    desk.drain()
    assert given(desk, keys[0], units[0]).value is None
    desk.shortcut(Qt.Key.Key_Z, CTRL)
    desk.drain()
    assert matrix.model.index(0, 1).data() == "Partiel"


def test_after_the_last_subject_comes_the_next_section(desk: Desk, matrix: SubjectMatrix) -> None:
    last = len(matrix.model.subjects) - 1
    matrix.view.go_to(0, last)
    desk.press(Qt.Key.Key_Return)
    assert matrix.section.currentIndex() == 1
    assert (matrix.view.currentIndex().row(), matrix.view.currentIndex().column()) == (0, 0)
    desk.press(Qt.Key.Key_PageUp, held=CTRL)
    assert matrix.section.currentIndex() == 0


def test_sans_objet_asks_for_its_reason_there_too(
    desk: Desk, matrix: SubjectMatrix, units: tuple[str, str, str]
) -> None:
    row = next(r for r in desk.page.audit.rows if r.concerned and r.criterion.na is NaPolicy.REASON)
    matrix.section.setCurrentIndex(matrix.section.count() - 1)
    matrix.section.activated.emit(matrix.section.count() - 1)
    assert any(line.title for line in matrix.model.lines), "all sections, each under its title"
    matrix.view.go_to(matrix.model.place_of(row.key), 1)
    desk.digit(4)
    assert desk.focus() is matrix.choice.reasons
    desk.digit(2)
    desk.drain()
    found = given(desk, row.key, units[0])
    assert (found.value, found.na_reason) == ("sans_objet", "population-absente")
    assert desk.focus() is matrix.view


def test_escape_leaves_at_the_current_point(desk: Desk, matrix: SubjectMatrix) -> None:
    matrix.view.go_to(1, 2)
    key = desk.page.audit.rows[matrix.model.lines[1].position].key
    desk.press(Qt.Key.Key_Escape)
    assert desk.page.grid.pages.currentWidget() is desk.page.grid.outer
    assert desk.key == key
    assert desk.focus() is desk.page.grid.list


def test_the_person_interviewed_does_not_see_what_others_answer(desk: Desk, matrix: SubjectMatrix) -> None:
    desk.digit(1)
    desk.drain()
    desk.shortcut(Qt.Key.Key_F8)
    assert not matrix.isVisible()
    assert not desk.page.subjects.bar.matrix.isVisible()
    desk.letter("m")
    assert not matrix.isVisible()
    assert desk.page.subjects.note.text() == ""


def test_a_large_matrix_is_a_model_that_keeps_the_rules_of_qt(
    qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    made = checklist(tuple(criterion(f"c{rank}") for rank in range(120)))
    names = (STRUCTURE, *(f"u{rank}" for rank in range(11)), "siege")
    whole = sheet(made, {"c1": "non"})
    whole = type(whole)(
        audit=whole.audit,
        facility=whole.facility,
        checklists=whole.checklists,
        answers={**whole.answers, ("u3", "c0"): Answer(value="oui"), ("siege", "c2"): Answer(value="oui")},
        subjects=names,
        bearers=frozenset({"siege"}),
        labels={"u3": "Urgences", "siege": "Siège"},
    )
    rows = rows_of(whole, {made.id: standings(whole, made)})
    model = MatrixModel()
    model.load(whole, rows, [Group(key="s", title="Section", depth=0, rows=tuple(range(120)))])
    qtmodeltester.check(model)
    view = MatrixView(model)
    qtbot.addWidget(view)
    view.resize(1000, 500)
    with qtbot.waitExposed(view):
        view.show()
    assert (model.rowCount(), model.columnCount()) == (120, 13)
    assert model.index(0, 4).data() == "Oui"
    assert "hérité : Oui" in model.spoken(model.index(2, 1))
    assert "hérité : Non" in model.spoken(model.index(1, 1))
    assert model.spoken(model.index(1, 12)).endswith("sans réponse"), "the head office inherits nothing"
    assert beside(rows[2], whole) == "hérité de Siège : Oui"


# -- Préparation and Synthèse


@pytest.fixture
def card(desk: Desk) -> SubjectsCard:
    desk.page.show_tab(Tab.PREPARATION)
    desk.drain()
    step = desk.page.stack.currentWidget()
    assert isinstance(step, Preparation)
    return step.subjects


def names(desk: Desk) -> list[tuple[str, SubjectKind]]:
    found = desk.ask(lambda s: subjects.of_audit(s, desk.audit))
    assert isinstance(found, tuple)
    return [(each.label, each.kind) for each in found if isinstance(each, Subject)]


def test_units_are_typed_one_after_the_other(desk: Desk, card: SubjectsCard) -> None:
    assert card.empty.isVisible()
    card.name.setFocus()
    for name in ("Médecine", "Urgences de nuit"):
        desk.type(name)
        desk.press(Qt.Key.Key_Return)
        desk.drain()
        assert desk.focus() is card.name
    assert names(desk) == [("Médecine", SubjectKind.UNIT), ("Urgences de nuit", SubjectKind.UNIT)]
    assert [each.label for each in card.table.values.rows] == ["Médecine", "Urgences de nuit"]
    desk.page.show_tab(Tab.GRID)
    assert desk.page.subjects.bar.isVisible()


def test_units_are_renamed_moved_and_taken_away_by_keyboard(
    desk: Desk, card: SubjectsCard, units: tuple[str, str, str]
) -> None:
    card.table.choose(0)
    card.table.setFocus()
    desk.press(Qt.Key.Key_Return)
    assert desk.focus() is card.name
    card.name.setText("Médecine A")
    card.kind.setCurrentIndex(card.kind.findData(SubjectKind.RECORD))
    desk.press(Qt.Key.Key_Return)
    desk.drain()
    assert names(desk)[0] == ("Médecine A", SubjectKind.RECORD)
    card.table.setFocus()
    desk.shortcut(Qt.Key.Key_Down, ALT)
    desk.drain()
    assert [name for name, _ in names(desk)] == ["Chirurgie", "Médecine A", "Siège"]
    assert card.table.value().id == units[0], "the one moved stays the current one"
    card.table.setFocus()
    desk.shortcut(Qt.Key.Key_Delete)
    desk.drain()
    assert [name for name, _ in names(desk)] == ["Chirurgie", "Siège"]
    desk.shortcut(Qt.Key.Key_Z, CTRL)
    desk.drain()
    assert len(names(desk)) == 3


def test_a_unit_with_answers_is_not_taken_away(
    desk: Desk, card: SubjectsCard, units: tuple[str, str, str]
) -> None:
    key = desk.page.audit.rows[0].key
    desk.ask(lambda s: answers.answer(s, desk.audit, key, "oui", subject=units[0]))
    desk.page.audit.reload()
    desk.drain()
    card.table.choose(0)
    card.remove.click()
    desk.drain()
    assert any("Des réponses portent sur ce sujet" in sentence for sentence in desk.said)
    assert len(names(desk)) == 3


def test_taking_away_the_subject_shown_goes_back_to_the_structure(
    desk: Desk, units: tuple[str, str, str]
) -> None:
    desk.page.audit.set_subject(units[1])
    desk.page.audit.do(lambda s: subjects.remove(s, desk.audit, units[1]))
    desk.drain()
    assert desk.page.audit.subject == STRUCTURE
    assert desk.page.subjects.bar.choice.currentData() == STRUCTURE


def test_synthese_explains_how_several_made_one(desk: Desk, units: tuple[str, str, str]) -> None:
    key = desk.key
    for subject, value in ((units[0], "oui"), (units[1], "non")):
        desk.page.audit.answer(key, value, subject=subject)
    desk.drain()
    desk.page.show_tab(Tab.SYNTHESIS)
    desk.drain()
    step = desk.page.stack.currentWidget()
    assert isinstance(step, Synthesis)
    assert "1 point répondu" in step.debrief.several_title.text()
    assert not step.debrief.several.isVisible()
    step.debrief.several_open.click()
    assert "Moyenne des points obtenus : 50 %" in step.debrief.several.toPlainText().replace("\u00a0", " ")
    assert "Médecine, Chirurgie" in step.debrief.several.toPlainText()
