"""The recovery code, shown once: kept on paper, or knowingly not; then the demonstration or a blank page."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ivaudit.domain.tone import Tone
from ivaudit.ui.controls import button, label, row, say
from ivaudit.ui.start.gate import Gate
from ivaudit.ui.start.sheet_saver import SheetSaver
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.session import Session

LEAD = (
    "Si vous oubliez votre phrase de passe, ce code est la seule façon de rouvrir vos audits. Imprimez la "
    "feuille et rangez-la hors de ce poste ; elle n'est gardée nulle part ailleurs."
)


def _demonstrate(session: "Session") -> str:
    from ivaudit.app.demo import build  # noqa: PLC0415 - on the writer's thread

    return build(session)


class RecoverySheet(Gate):
    """The code and its two exits."""

    def __init__(self, code: str, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__("recovery_sheet", "Votre feuille de secours", LEAD, parent)
        self.saver = SheetSaver(writer)
        self.saver.show_code(code)
        self.kept = button("Je l'ai imprimée", "sheet_kept")
        self.waived = button("Je m'en passe", "sheet_waived")
        self.body.addWidget(self.saver)
        self.body.addLayout(row(self.kept, self.waived, None))
        self.saver.written.connect(self.kept.setFocus)
        self.kept.clicked.connect(self._on_settled)
        self.waived.clicked.connect(self._on_settled)

    def first_focus(self) -> QWidget | None:
        """Return the button that saves."""
        return self.saver.save

    @Slot()
    def _on_settled(self) -> None:
        self.asked.emit("begin", None)


class Begin(Gate):
    """The demonstration, or a blank page."""

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        lead = "Vous pourrez retirer la démonstration à tout moment."
        super().__init__("begin", "Par où commencer ?", lead, parent)
        self._writer = writer
        self.blank = button("Commencer avec un dossier vierge", "begin_blank", "primary")
        self.demo = button("Découvrir avec la démonstration", "begin_demo")
        self.demo.setToolTip("Un EHPAD inventé et un audit complet, pour voir une synthèse et un rapport.")
        hint = label(
            "La démonstration ajoute un EHPAD inventé et un audit complet, de la grille au rapport.",
            "begin_hint",
            "small",
        )
        for part in (self.blank, self.demo, hint, self.problem):
            self.body.addWidget(part)
        self.blank.clicked.connect(self._on_blank)
        self.demo.clicked.connect(self._on_demo)

    def first_focus(self) -> QWidget | None:
        """Return the first choice."""
        return self.blank

    @Slot()
    def _on_blank(self) -> None:
        self.opened.emit(None)

    @Slot()
    def _on_demo(self) -> None:
        say(self.problem, "Préparation de la démonstration…", Tone.NEUTRAL)
        self.set_busy(True)
        self._writer.submit(_demonstrate, done=self._on_built, failed=self.refuse)

    @Slot(object)
    def _on_built(self, _audit: object) -> None:
        self.opened.emit(None)
