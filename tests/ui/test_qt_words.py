"""The dialogs of Qt speak French to the last word."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from ivaudit.ui.app import application_for


def test_the_file_dialog_is_in_french(qapp: QApplication, qtbot: QtBot) -> None:
    del qapp
    application_for([])
    dialog = QFileDialog(None, "Où ?", "", "PDF (*.pdf)")
    qtbot.addWidget(dialog)
    words = {dialog.findChild(QLabel, name).text() for name in ("lookInLabel", "fileTypeLabel")}
    assert words == {"&Dans :", "&Type :"}


def test_a_word_without_translation_is_shown_as_it_is(qapp: QApplication) -> None:
    del qapp
    application_for([])
    assert QCoreApplication.translate("QFileDialog", "Unheard of") == "Unheard of"
