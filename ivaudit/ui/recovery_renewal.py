"""Another recovery sheet, asked for in Réglages: what it ends, the new code, and the sheet to print."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ivaudit.domain.errors import KnownError
from ivaudit.domain.tone import Tone
from ivaudit.ui.controls import button, column_in, label, row, say
from ivaudit.ui.start.sheet_saver import SheetSaver
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.session import Session

_WARNING = (
    "Dès que la nouvelle feuille existe, l'ancienne n'ouvre plus ce dossier de travail. Ayez de quoi "
    "l'imprimer, ou un support à ranger hors de ce poste."
)
_RENEWED = (
    "Voici le nouveau code ; l'ancien n'ouvre plus ce dossier de travail. Imprimez la feuille et rangez-la "
    "hors de ce poste : le code n'est montré qu'ici. Les sauvegardes déjà faites s'ouvrent encore avec "
    "l'ancien : si quelqu'un a pu le voir, faites-en une, puis supprimez les précédentes, copies comprises."
)


def _renew(session: "Session") -> str:
    from ivaudit.app.workspaces import renew_recovery  # noqa: PLC0415 - on the writer's thread

    return renew_recovery(session)


class RecoveryRenewal(QWidget):
    """A first press says what is lost, a second one renews; the code goes when the page is left."""

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recovery_renewal")
        self._writer = writer
        self.message = label("", "settings_renew_message")
        self.saver = SheetSaver(writer)
        self.go = button("Renouveler la feuille de secours", "settings_renew")
        self.cancel = button("Renoncer", "settings_renew_cancel")
        column = column_in(self)
        column.addWidget(self.message)
        column.addWidget(self.saver)
        column.addLayout(row(self.go, self.cancel, None))
        self.go.clicked.connect(self._on_go)
        self.cancel.clicked.connect(self.forget)
        self.forget()

    @Slot()
    def forget(self) -> None:
        """Come back to the one button; the code is shown no more."""
        self._ask(False)
        say(self.message, "")
        self.saver.show_code("")
        self.saver.hide()

    def _ask(self, asking: bool) -> None:
        self.go.setText("Remplacer la feuille de secours" if asking else "Renouveler la feuille de secours")
        self.go.setAccessibleName(self.go.text())
        self.go.setEnabled(True)
        self.cancel.setVisible(asking)

    @Slot()
    def _on_go(self) -> None:
        if self.cancel.isHidden():
            self.forget()
            self._ask(True)
            say(self.message, _WARNING, Tone.MIDDLE)
            self.cancel.setFocus()
            return
        self.go.setEnabled(False)
        self._writer.submit(_renew, done=self._on_renewed, failed=self._on_not_renewed)

    @Slot(object)
    def _on_renewed(self, code: str) -> None:
        self._ask(False)
        say(self.message, _RENEWED, Tone.GOOD)
        self.saver.show_code(code)
        self.saver.show()
        self.saver.save.setFocus()

    def _on_not_renewed(self, error: KnownError) -> None:
        self._ask(False)
        say(self.message, error.sentence, Tone.BAD)
