"""The recovery code, shown once: kept on paper, or knowingly not; then the demonstration or a blank page."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from ivaudit.domain.scale import Tone
from ivaudit.ui.controls import button, label, row, say
from ivaudit.ui.start.gate import Gate
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.session import Session

LEAD = (
    "Si vous oubliez votre phrase de passe, ce code est la seule façon de rouvrir vos audits. Imprimez la "
    "feuille et rangez-la hors de ce poste ; elle n'est gardée nulle part ailleurs."
)


def _write_sheet(path: str, code: str, session: "Session") -> None:
    from ivaudit.app.reports import recovery_sheet  # noqa: PLC0415 - on the writer's thread

    recovery_sheet(Path(path), code, session)


def _demonstrate(session: "Session") -> str:
    from ivaudit.app.demo import build  # noqa: PLC0415 - on the writer's thread

    return build(session)


class RecoverySheet(Gate):
    """The code and its two exits."""

    def __init__(self, code: str, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__("recovery_sheet", "Votre feuille de secours", LEAD, parent)
        self._code = code
        self._writer = writer
        self.shown = label(code, "sheet_code", "title")
        self.shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.shown.setAccessibleName(f"Code de secours : {code}")
        self.save = button("Enregistrer la feuille en PDF…", "sheet_save", "primary")
        self.kept = button("Je l'ai imprimée", "sheet_kept")
        self.waived = button("Je m'en passe", "sheet_waived")
        for part in (self.shown, self.problem):
            self.body.addWidget(part)
        self.body.addLayout(row(self.save, None))
        self.body.addLayout(row(self.kept, self.waived, None))
        self.save.clicked.connect(self._on_save)
        self.kept.clicked.connect(self._on_settled)
        self.waived.clicked.connect(self._on_settled)

    def first_focus(self) -> QWidget | None:
        """Return the button that saves."""
        return self.save

    @Slot(str)
    def write_to(self, path: str) -> None:
        """Write the sheet where it was asked."""
        say(self.problem, "Préparation de la feuille…", Tone.NEUTRAL)
        work = partial(_write_sheet, path, self._code)
        self._writer.submit(work, done=self._on_written, failed=self.refuse)

    @Slot(object)
    def _on_written(self, _nothing: object) -> None:
        say(self.problem, "La feuille est enregistrée. Imprimez-la, puis supprimez le fichier.", Tone.GOOD)
        self.kept.setFocus()

    @Slot()
    def _on_save(self) -> None:
        dialog = QFileDialog(self, "Enregistrer la feuille de secours", str(Path.home()), "PDF (*.pdf)")
        dialog.setObjectName("sheet_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile("feuille-de-secours.pdf")
        dialog.fileSelected.connect(self.write_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _on_settled(self) -> None:
        self.asked.emit("begin", None)


class Begin(Gate):
    """The demonstration, or a blank page."""

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        lead = "Vous pourrez supprimer la démonstration à tout moment."
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
