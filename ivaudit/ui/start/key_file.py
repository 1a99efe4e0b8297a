"""A button that reads the file of a facility's key, beside the line where its code may be typed."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from ivaudit.domain.errors import KnownError
from ivaudit.ui.controls import button, column_in, row


class KeyFileButton(QWidget):
    """The button; `read_text(str)` with the text of the file, `refused(KnownError)` where there is none."""

    read_text = Signal(str)
    refused = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}_group")
        self._name = name
        self.choose = button("Choisir le fichier de clé…", name, "quiet")
        column_in(self).addLayout(row(self.choose, None))
        self.choose.clicked.connect(self._on_choose)

    @Slot(str)
    def take(self, path: str) -> None:
        """Read a file."""
        from ivaudit.app.facility_keys import read  # noqa: PLC0415 - after the first paint

        try:
            self.read_text.emit(read(Path(path)))
        except KnownError as error:
            self.refused.emit(error)

    @Slot()
    def _on_choose(self) -> None:
        dialog = QFileDialog(self, "Choisir la partie privée de la clé", str(Path.home()), "Clé (*.txt)")
        dialog.setObjectName(f"{self._name}_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
