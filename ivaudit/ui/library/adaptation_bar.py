"""The head of the editor of adaptations: which one, its buttons, and what was done last."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from ivaudit.domain.tone import Tone
from ivaudit.ui.controls import Combo, button, column_in, label, row, say
from ivaudit.ui.library.tools import back_button

_FILES = "Adaptations (*.yaml)"


class AdaptationBar(QWidget):
    """The buttons. `import_wanted(path)` and `export_wanted(path)` once a file was chosen."""

    import_wanted = Signal(object)
    export_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("adaptation_bar")
        self._folder = Path.home()
        self.name = ""
        self.back = back_button()
        self.which = Combo("adaptation_which", "Adaptation")
        self.save = button("Enregistrer", "adaptation_save", "primary")
        self.undo = button("Annuler", "adaptation_undo", "", "Annuler le dernier changement")
        self.redo = button("Rétablir", "adaptation_redo", "", "Rétablir le changement annulé")
        self.bring = button("Importer…", "adaptation_import", "", "Importer une adaptation")
        self.take = button("Exporter…", "adaptation_export", "", "Exporter cette adaptation")
        self.delete = button("Retirer", "adaptation_delete", "danger", "Retirer cette adaptation")
        self.restore = button("Remettre", "adaptation_restore", "", "Remettre l'adaptation retirée")
        self.restore.hide()
        self.note = label("", "adaptation_note", "muted")
        column = column_in(self)
        first = row(self.back, self.which, self.save)
        first.setStretch(1, 1)
        last = row(self.note, self.restore)
        last.setStretch(0, 1)
        column.addLayout(first)
        column.addLayout(row(self.undo, self.redo, self.bring, self.take, self.delete, None))
        column.addLayout(last)
        self.bring.clicked.connect(self._on_bring)
        self.take.clicked.connect(self._on_take)

    def tell(self, sentence: str, tone: Tone = Tone.NEUTRAL) -> None:
        """Say what was done, or what could not be."""
        say(self.note, sentence, tone)

    def show_states(self, *, there: bool, saved: bool, undo: bool, redo: bool) -> None:
        """Enable what makes sense now."""
        self.save.setEnabled(there)
        self.delete.setEnabled(there)
        self.take.setEnabled(there and saved)
        self.undo.setEnabled(undo)
        self.redo.setEnabled(redo)

    @Slot()
    def _on_bring(self) -> None:
        self._ask("Quelle adaptation importer ?", QFileDialog.AcceptMode.AcceptOpen, self._on_brought)

    @Slot()
    def _on_take(self) -> None:
        self._ask("Où enregistrer le fichier ?", QFileDialog.AcceptMode.AcceptSave, self._on_taken)

    def _ask(self, title: str, mode: QFileDialog.AcceptMode, chosen: Callable[[str], None]) -> None:
        dialog = QFileDialog(self, title, str(self._folder), _FILES)
        dialog.setObjectName("adaptation_file_dialog")
        dialog.setAcceptMode(mode)
        if mode is QFileDialog.AcceptMode.AcceptOpen:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        else:
            dialog.setDefaultSuffix("yaml")
            dialog.selectFile(self.name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(chosen)
        dialog.open()

    @Slot(str)
    def _on_brought(self, file: str) -> None:
        self._folder = Path(file).parent
        self.import_wanted.emit(Path(file))

    @Slot(str)
    def _on_taken(self, file: str) -> None:
        self._folder = Path(file).parent
        self.export_wanted.emit(Path(file))
