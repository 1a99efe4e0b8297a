"""The only dialog that blocks: what went wrong last time, to be copied by hand, never sent."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from ivaudit.ui import theme
from ivaudit.ui.controls import button, called, column_in, label, row

LEAD = (
    "ivaudit s'est arrêté à cause d'une erreur qui vient de nous. Vos audits ont été enregistrés au fur et à "
    "mesure. Ce texte ne contient rien de ce que vous avez saisi ; vous pouvez le copier pour le signaler."
)


class CrashDialog(QDialog):
    """The technical text, with «Copier» and «Continuer»."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "crash_dialog", "Arrêt inattendu")
        self.setWindowTitle("ivaudit — arrêt inattendu")
        self.resize(theme.current().px(640), theme.current().px(420))
        column = column_in(self, theme.Space.LARGE, theme.Space.MEDIUM)
        column.addWidget(label("ivaudit s'est arrêté la dernière fois", "crash_title", "title"))
        column.addWidget(label(LEAD, "crash_lead"))
        self.text = called(QPlainTextEdit(text), "crash_text", "Texte technique de l'arrêt")
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        column.addWidget(self.text)
        self.copy_button = button("Copier", "crash_copy")
        self.go_on = button("Continuer", "crash_continue", "primary")
        column.addLayout(row(None, self.copy_button, self.go_on))
        self.copy_button.clicked.connect(self._on_copy)
        self.go_on.clicked.connect(self.accept)
        self.go_on.setFocus()

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
