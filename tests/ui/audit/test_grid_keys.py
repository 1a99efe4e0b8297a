"""The grid by keyboard alone, as a French keyboard sends its keys."""

import pytest
from PySide6.QtCore import Qt
from support.audit_desk import CTRL, Desk

from ivaudit.domain.checklist import NaPolicy
from ivaudit.ui.audit.answer_choice import NA_FORBIDDEN


def first_with(desk: Desk, policy: NaPolicy, *, critical: bool = False) -> str:
    return next(
        row.key
        for row in desk.page.audit.rows
        if row.concerned and row.criterion.na is policy and row.criterion.critical is critical
    )


@pytest.mark.parametrize(("digit", "value"), [(1, "oui"), (2, "partiel"), (3, "non"), (5, "non_vu")])
def test_the_french_digit_row_answers(desk: Desk, digit: int, value: str) -> None:
    row = next(r for r in desk.page.audit.rows if digit != 2 or "partiel" in r.criterion.rating)
    desk.page.grid.go_to(row.key)
    desk.digit(digit)
    desk.drain()
    assert desk.answer(row.key).value == value
    assert row.answer.value == value, "the list shows what was recorded"


def test_zero_clears(desk: Desk) -> None:
    key = desk.key
    desk.digit(1)
    desk.digit(0)
    desk.drain()
    assert desk.answer(key).value is None


def test_answering_stays_on_the_point_unless_asked(desk: Desk) -> None:
    key = desk.key
    desk.digit(1)
    desk.drain()
    assert desk.key == key
    desk.set(advance_after_answer=True)
    desk.digit(3)
    desk.drain()
    assert desk.key != key
    assert desk.answer(key).value == "non"


def test_arrows_move_and_space_goes_to_the_next_without_answer(desk: Desk) -> None:
    listed = [row.key for row in desk.page.audit.rows if row.concerned]
    desk.digit(1)
    desk.press(Qt.Key.Key_Down)
    assert desk.key == listed[1]
    desk.digit(1)
    desk.press(Qt.Key.Key_Up)
    desk.drain()
    desk.press(Qt.Key.Key_Space, " ")
    desk.drain()
    assert desk.key == listed[2]
    assert desk.answer(listed[2]).value is None, "space never answers"


def test_keys_typed_in_a_text_answer_nothing(desk: Desk) -> None:
    key = desk.key
    desk.letter("n")
    assert desk.focus() is desk.page.grid.panel.constat.editor
    desk.type("1 & 2 : rien n'est dit")
    desk.press(Qt.Key.Key_Escape)
    desk.drain()
    assert desk.focus() is desk.page.grid.list
    assert desk.answer(key).constat == "1 & 2 : rien n'est dit"
    assert desk.answer(key).value is None


def test_note_and_review_by_letter(desk: Desk) -> None:
    key = desk.key
    desk.letter("i")
    desk.type("revenir le soir")
    desk.press(Qt.Key.Key_Escape)
    desk.letter("r")
    desk.drain()
    assert desk.answer(key).note == "revenir le soir"
    assert desk.answer(key).review
    desk.letter("r")
    desk.drain()
    assert not desk.answer(key).review


@pytest.mark.parametrize("letter", ["p", "c", "x"])
def test_letters_without_a_meaning_do_nothing(desk: Desk, letter: str) -> None:
    key = desk.key
    desk.letter(letter)
    desk.drain()
    assert desk.key == key
    assert desk.sheet().answers == {}


def test_undo_and_redo_are_announced(desk: Desk) -> None:
    key = desk.key
    desk.digit(1)
    desk.digit(3)
    desk.drain()
    assert "Non" in desk.page.header.undo_button.toolTip()
    desk.shortcut(Qt.Key.Key_Z, CTRL)
    desk.drain()
    assert desk.answer(key).value == "oui"
    assert any("Non" in sentence and sentence.startswith("Annul") for sentence in desk.said)
    desk.shortcut(Qt.Key.Key_Y, CTRL)
    desk.drain()
    assert desk.answer(key).value == "non"
    assert any(sentence.startswith("Rétabli") for sentence in desk.said)


def test_ctrl_z_in_a_text_is_the_texts_own(desk: Desk) -> None:
    key = desk.key
    desk.digit(1)
    desk.drain()
    desk.letter("n")
    desk.type("abc")
    desk.shortcut(Qt.Key.Key_Z, CTRL)
    assert desk.page.grid.panel.constat.text == ""
    desk.shortcut(Qt.Key.Key_Y, CTRL)
    assert desk.page.grid.panel.constat.text == "abc"
    desk.drain()
    assert desk.answer(key).value == "oui", "the answer was not undone"


def test_sans_objet_is_refused_where_it_is_not_possible(desk: Desk) -> None:
    key = first_with(desk, NaPolicy.FORBIDDEN)
    desk.page.grid.go_to(key)
    desk.digit(4)
    desk.drain()
    assert desk.page.grid.panel.choice.message.text() == NA_FORBIDDEN
    assert desk.answer(key).value is None
    assert desk.focus() is desk.page.grid.list


def test_sans_objet_asks_for_its_reason(desk: Desk) -> None:
    key = first_with(desk, NaPolicy.REASON)
    desk.page.grid.go_to(key)
    desk.digit(4)
    desk.drain()
    assert desk.answer(key).value is None, "nothing before the reason"
    assert desk.focus() is desk.page.grid.panel.choice.reasons
    desk.digit(2)
    desk.drain()
    recorded = desk.answer(key)
    assert (recorded.value, recorded.na_reason) == ("sans_objet", "population-absente")
    assert desk.focus() is desk.page.grid.list


def test_a_reason_may_be_given_up(desk: Desk) -> None:
    key = first_with(desk, NaPolicy.REASON)
    desk.page.grid.go_to(key)
    desk.digit(4)
    desk.press(Qt.Key.Key_Escape)
    desk.drain()
    assert desk.answer(key).value is None
    assert desk.focus() is desk.page.grid.list


def test_left_to_verify_asks_from_whom(desk: Desk) -> None:
    key = desk.key
    desk.digit(6)
    assert desk.focus() is desk.page.grid.panel.choice.awaiting
    desk.type("DSI du siège")
    desk.press(Qt.Key.Key_Return)
    desk.drain()
    recorded = desk.answer(key)
    assert (recorded.value, recorded.awaiting) == ("a_verifier", "DSI du siège")
    assert desk.focus() is desk.page.grid.list


def test_the_keys_panel_takes_no_focus(desk: Desk) -> None:
    desk.shortcut(Qt.Key.Key_F1)
    assert desk.page.grid.keys.isVisible()
    assert desk.focus() is desk.page.grid.list
    desk.shortcut(Qt.Key.Key_F1)
    assert not desk.page.grid.keys.isVisible()


def test_interview_mode_hides_what_the_person_should_not_see(desk: Desk) -> None:
    grid = desk.page.grid
    critical = next(row for row in desk.page.audit.rows if row.criterion.critical and row.concerned)
    grid.go_to(critical.key)
    desk.digit(3)
    desk.drain()
    assert desk.page.header.broken.text()
    desk.shortcut(Qt.Key.Key_F8)
    desk.drain()
    assert not desk.page.header.broken.text()
    assert "critique" not in desk.page.header.left.text()
    assert grid.panel.critical.isHidden()
    assert grid.panel.note.isHidden()
    assert "critique" not in grid.model.spoken(critical)
    desk.letter("i")
    assert desk.focus() is grid.list, "the note is out of reach"
    desk.shortcut(Qt.Key.Key_F8)
    assert not grid.panel.critical.isHidden()
