"""A fiche walked and cases answered with the keys of a French keyboard."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from support import published

from ivaudit.app.library_items import Finder
from ivaudit.ui.library.fiche_view import FicheView
from ivaudit.ui.library.quiz_view import QuizView
from ivaudit.ui.library.texts import Texts


@pytest.fixture
def fiche_view(qtbot: QtBot) -> FicheView:
    view = FicheView()
    qtbot.addWidget(view)
    view.resize(600, 500)
    view.show_fiche(published.fiche())
    view.show()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.setFocus()
    return view


@pytest.fixture
def quiz(qtbot: QtBot, found: Finder) -> QuizView:
    view = QuizView()
    qtbot.addWidget(view)
    view.resize(600, 500)
    view.show_cases(published.cases(3), Texts(found))
    view.show()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.setFocus()
    return view


def press(key: Qt.Key, text: str = "") -> None:
    """Send a key to what has the focus, as a French keyboard does."""
    target = QApplication.focusWidget()
    assert isinstance(target, QWidget)
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(target, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


def test_the_digit_row_of_a_french_keyboard_answers(fiche_view: FicheView) -> None:
    walk = fiche_view.walk
    assert walk is not None
    press(Qt.Key.Key_Eacute, "é")
    assert walk.here.id == "e3"
    press(Qt.Key.Key_Ampersand, "&")
    assert walk.here.id == "e1"
    press(Qt.Key.Key_QuoteDbl, '"')
    assert walk.here.id == "panne"
    assert "en attente" in fiche_view.accessibleName()
    press(Qt.Key.Key_Ampersand, "&")
    assert walk.here.id == "panne"
    press(Qt.Key.Key_Backspace)
    assert walk.here.id == "e1"
    press(Qt.Key.Key_Home)
    assert walk.path == []


def test_a_key_that_means_no_answer_does_nothing(fiche_view: FicheView) -> None:
    press(Qt.Key.Key_Ccedilla, "ç")
    press(Qt.Key.Key_Backspace)
    press(Qt.Key.Key_A, "a")
    assert fiche_view.walk is not None
    assert fiche_view.walk.here.id == "e1"


def test_the_step_is_read_aloud_with_its_answers(fiche_view: FicheView) -> None:
    assert "Lire le code de retour" in fiche_view.accessibleName()
    assert "2 : 01 : aucune identité" in fiche_view.accessibleName()
    press(Qt.Key.Key_Ampersand, "&")
    assert "1 : Continuer" in fiche_view.accessibleName()
    press(Qt.Key.Key_Return)
    assert "Identité récupérée" in fiche_view.accessibleName()


def test_answers_are_buttons_too_and_digits_act_from_them(fiche_view: FicheView, qtbot: QtBot) -> None:
    first = fiche_view._buttons[0]
    first.setFocus()
    press(Qt.Key.Key_Eacute, "é")
    assert fiche_view.walk is not None
    assert fiche_view.walk.here.id == "e3"
    qtbot.mouseClick(fiche_view._buttons[1], Qt.MouseButton.LeftButton)
    assert fiche_view.walk.here.id == "impasse"
    assert fiche_view.hasFocus()


def test_the_path_is_shown(fiche_view: FicheView) -> None:
    assert not fiche_view.behind.isVisible()
    fiche_view.take(2)
    shown = fiche_view.behind.findChild(QWidget, "fiche_path_1")
    assert shown is not None
    assert shown.accessibleName() == "1. Lire le code de retour → 01 : aucune identité"


def test_the_answer_of_a_case_comes_when_it_is_asked_for(quiz: QuizView) -> None:
    assert not quiz.answer.isVisible()
    assert "Réponse" not in quiz.accessibleName()
    press(Qt.Key.Key_Space, " ")
    assert quiz.answer.isVisible()
    assert "Réponse attendue numéro 1." in quiz.answer.toPlainText()
    assert "Réponse attendue numéro 1." in quiz.accessibleName()
    press(Qt.Key.Key_Space, " ")
    assert (quiz.at, quiz.shown) == (1, False)
    press(Qt.Key.Key_Return)
    assert quiz.shown
    press(Qt.Key.Key_Left)
    assert (quiz.at, quiz.shown) == (0, False)
    press(Qt.Key.Key_Left)
    assert quiz.at == 0


def test_a_case_leads_to_its_criteria(quiz: QuizView, qtbot: QtBot) -> None:
    quiz.show_answer()
    html = quiz.answer.toHtml()
    assert "/val-doc-02" in html
    with qtbot.waitSignal(quiz.link_wanted) as link:
        quiz.answer.anchorClicked.emit("item:rniv-1-principes-communs/val-doc-02")
    assert link.args == ["item:rniv-1-principes-communs/val-doc-02"]
