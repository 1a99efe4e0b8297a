"""French words of Qt's own dialogs that the translation shipped with Qt leaves in English."""

from PySide6.QtCore import QObject, QTranslator

_WORDS = {
    ("QFileDialog", "&Look in:"): "&Dans :",
    ("QFileDialog", "Files of &type:"): "&Type :",
    ("QFileDialog", "Parent Directory"): "Dossier parent",
    ("QFileDialog", "Create New Folder"): "Nouveau dossier",
    ("QFileDialog", "List View"): "Liste",
    ("QFileDialog", "Detail View"): "Détails",
    ("QFileDialog", "Sidebar"): "Emplacements",
    ("QFileDialog", "Files"): "Fichiers",
    ("QAbstractFileIconProvider", "Folder"): "Dossier",
    ("QAbstractFileIconProvider", "File Folder"): "Dossier",
    ("QAbstractFileIconProvider", "Drive"): "Lecteur",
}


class QtWords(QTranslator):
    """Answers for what is missing; installed before the translation of Qt, which is then asked first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("qt_words")

    def isEmpty(self) -> bool:
        """Tell that there are words here: Qt leaves out empty translators."""
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        """Return the French word, or the English one: an empty answer would show nothing at all."""
        del disambiguation, n
        return _WORDS.get((context, source), source)
