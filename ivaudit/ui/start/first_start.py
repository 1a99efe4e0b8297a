"""First start: who you are, a passphrase, the place; the workspace is made while one reads on."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from ivaudit.app import places
from ivaudit.domain.tone import Tone
from ivaudit.ui.controls import Line, button, label, row, say
from ivaudit.ui.start.gate import Gate
from ivaudit.ui.start.new_passphrase import NewPassphrase
from ivaudit.ui.writer import Writer

LEAD = (
    "Trois choses et vous êtes dans une grille. Tout reste sur ce poste, chiffré : ivaudit ne se connecte "
    "jamais à un réseau."
)


def _create(folder: Path, passphrase: str, author: str) -> object:
    from ivaudit.app.workspaces import create  # noqa: PLC0415 - on the writer's thread

    return create(folder, passphrase, author)


class FirstStart(Gate):
    """The three things; `opened((session, recovery code))` once the workspace exists."""

    def __init__(self, folder: Path, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__("first_start", "Bienvenue dans ivaudit", LEAD, parent)
        self.folder = folder
        self._writer = writer
        self.author = Line("first_author", "Votre nom ou votre fonction")
        self.author.setPlaceholderText("par exemple : référent identitovigilance")
        title = label("Votre nom ou votre fonction", "first_author_label", "strong", wrap=False)
        title.setBuddy(self.author)
        self.passphrase = NewPassphrase()
        self.place = label("", "first_place", "small")
        self.elsewhere = button("Choisir un autre emplacement…", "first_move", "quiet")
        self.go = button("Créer mon dossier de travail", "first_go", "primary")
        self.library = button("Consulter la Bibliothèque", "first_library", "quiet")
        self.restore = button("Restaurer une copie faite ailleurs", "first_restore", "quiet")
        for part in (title, self.author, self.passphrase, self.place):
            self.body.addWidget(part)
        self.body.addLayout(row(self.elsewhere, None))
        self.body.addWidget(self.problem)
        self.body.addLayout(row(self.go, None, self.library))
        self.body.addLayout(row(self.restore, None))
        self._show_place()
        self.author.returnPressed.connect(self.passphrase.first.setFocus)
        self.passphrase.entered.connect(self.proceed)
        self.go.clicked.connect(self.proceed)
        self.elsewhere.clicked.connect(self._on_move)
        self.library.clicked.connect(self._on_library)
        self.restore.clicked.connect(self._on_restore)

    def first_focus(self) -> QWidget | None:
        """Return the line of the name."""
        return self.author

    @Slot()
    def proceed(self) -> None:
        """Create the workspace, on the thread of the writer."""
        if not self.author.text().strip():
            say(self.problem, "Indiquez votre nom ou votre fonction : elle signe vos réponses.", Tone.MIDDLE)
            self.author.setFocus()
        elif problem := self.passphrase.problem():
            say(self.problem, problem, Tone.MIDDLE)
            self.passphrase.first.setFocus()
        elif problem := places.place_problem(self.folder) or "":
            say(self.problem, problem, Tone.BAD)
        else:
            say(self.problem, "Création du dossier de travail…", Tone.NEUTRAL)
            self.set_busy(True)
            opening = partial(_create, self.folder, self.passphrase.text(), self.author.text().strip())
            self._writer.open(opening, done=self._on_created, failed=self.refuse)

    @Slot(str)
    def take_folder(self, chosen: str) -> None:
        """Take another place, or say why not."""
        folder = Path(chosen)
        folder = folder / "ivaudit" if folder.is_dir() and any(folder.iterdir()) else folder
        if problem := places.place_problem(folder):
            say(self.problem, problem, Tone.BAD)
        elif places.exists(folder):
            say(self.problem, "Un dossier de travail existe déjà à cet endroit : il est gardé.", Tone.MIDDLE)
            self.asked.emit("folder", folder)
        else:
            say(self.problem, "")
            self.folder = folder
            self._show_place()

    def _show_place(self) -> None:
        say(self.place, f"Vos données seront dans : {self.folder}")

    @Slot(object)
    def _on_created(self, result: object) -> None:
        self.opened.emit(result)

    @Slot()
    def _on_move(self) -> None:
        dialog = QFileDialog(self, "Choisir où ranger le dossier de travail", str(Path.home()))
        dialog.setObjectName("first_folder_dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.take_folder)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _on_restore(self) -> None:
        self.asked.emit("restore", self.folder)

    @Slot()
    def _on_library(self) -> None:
        self.asked.emit("library", None)
