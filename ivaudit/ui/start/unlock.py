"""Opening the workspace: its passphrase, or one of the ways round when it is lost."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ivaudit.domain.errors import CorruptFile, KnownError
from ivaudit.domain.tone import Tone
from ivaudit.ui import theme
from ivaudit.ui.controls import button, label, row, say
from ivaudit.ui.start.gate import Gate
from ivaudit.ui.start.passphrase_line import PassphraseLine
from ivaudit.ui.writer import Writer


def _open(folder: Path, passphrase: str) -> object:
    from ivaudit.app.workspaces import open_with_passphrase  # noqa: PLC0415 - on the writer's thread

    return open_with_passphrase(folder, passphrase)


class Unlock(Gate):
    """The passphrase of a workspace, and what to do without it."""

    def __init__(self, folder: Path, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__("unlock", "ivaudit", "Votre dossier de travail est chiffré sur ce poste.", parent)
        self._folder = folder
        self._writer = writer
        self.passphrase = PassphraseLine("unlock_passphrase", "Phrase de passe")
        self.go = button("Ouvrir", "unlock_go", "primary")
        title = label("Phrase de passe", "unlock_label", "strong", wrap=False)
        title.setBuddy(self.passphrase.line)
        place = label(f"Emplacement : {folder}", "unlock_place", "small")
        self.lost = button("J'ai oublié ma phrase de passe", "unlock_lost", "quiet")
        self.restore = button("Restaurer une sauvegarde", "unlock_restore", "quiet")
        self.library = button("Consulter la Bibliothèque", "unlock_library", "quiet")
        for part in (title, self.passphrase, self.problem):
            self.body.addWidget(part)
        self.body.addLayout(row(self.go, None))
        self.body.addSpacing(theme.Space.SMALL)
        for way in (self.lost, self.restore, self.library):
            self.body.addLayout(row(way, None))
        self.body.addWidget(place)
        self.passphrase.entered.connect(self.unlock)
        self.go.clicked.connect(self.unlock)
        self.lost.clicked.connect(self._on_lost)
        self.restore.clicked.connect(self._on_restore)
        self.library.clicked.connect(self._on_library)

    def first_focus(self) -> QWidget | None:
        """Return the line."""
        return self.passphrase.line

    @Slot()
    def unlock(self) -> None:
        """Derive the key and open, on the thread of the writer."""
        if not self.passphrase.text():
            say(self.problem, "Saisissez la phrase de passe de ce dossier de travail.", Tone.MIDDLE)
            return
        say(self.problem, "Ouverture en cours…", Tone.NEUTRAL)
        self.set_busy(True)
        opening = partial(_open, self._folder, self.passphrase.text())
        self._writer.open(opening, done=self._on_opened, failed=self.refuse)

    def refuse(self, error: KnownError) -> None:
        """Say why it did not open, ready for another try, or on the way to what helps."""
        super().refuse(error)
        damaged = isinstance(error, CorruptFile)
        theme.mark(self.restore, kind="primary" if damaged else "quiet")
        if damaged:
            self.restore.setFocus()
            return
        self.passphrase.setFocus()
        self.passphrase.line.selectAll()

    @Slot(object)
    def _on_opened(self, session: object) -> None:
        self.passphrase.put("")
        self.opened.emit(session)

    @Slot()
    def _on_lost(self) -> None:
        self.asked.emit("recovery", None)

    @Slot()
    def _on_restore(self) -> None:
        self.asked.emit("restore", None)

    @Slot()
    def _on_library(self) -> None:
        self.asked.emit("library", None)
