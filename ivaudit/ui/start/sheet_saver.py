"""A recovery code on the screen, and the sheet it is printed on: at the first start and in Réglages."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from ivaudit.domain.errors import KnownError
from ivaudit.domain.tone import Tone
from ivaudit.ui.controls import button, column_in, label, row, say
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.session import Session


def _write_sheet(path: str, code: str, session: "Session") -> None:
    from ivaudit.app.reports import recovery_sheet  # noqa: PLC0415 - on the writer's thread

    recovery_sheet(Path(path), code, session)


class SheetSaver(QWidget):
    """The code, the button that saves its sheet and how that went; `written()` once it is on disk."""

    written = Signal()

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sheet_saver")
        self._writer = writer
        self._code = ""
        self.shown = label("", "sheet_code", "title")
        self.shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.message = label("", "sheet_message")
        self.message.hide()
        self.save = button("Enregistrer la feuille en PDF…", "sheet_save", "primary")
        column = column_in(self)
        column.addWidget(self.shown)
        column.addWidget(self.message)
        column.addLayout(row(self.save, None))
        self.save.clicked.connect(self._on_save)

    def show_code(self, code: str) -> None:
        """Show a code that nothing else keeps; an empty one forgets the last."""
        self._code = code
        self.shown.setText(code)
        self.shown.setAccessibleName(f"Code de secours : {code}")
        say(self.message, "")

    @Slot(str)
    def write_to(self, path: str) -> None:
        """Write the sheet where it was asked."""
        say(self.message, "Préparation de la feuille…", Tone.NEUTRAL)
        work = partial(_write_sheet, path, self._code)
        self._writer.submit(work, done=self._on_written, failed=self._on_not_written)

    @Slot(object)
    def _on_written(self, _nothing: object) -> None:
        say(self.message, "La feuille est enregistrée. Imprimez-la, puis supprimez le fichier.", Tone.GOOD)
        self.written.emit()

    def _on_not_written(self, error: KnownError) -> None:
        say(self.message, error.sentence, Tone.BAD)

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
