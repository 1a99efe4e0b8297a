"""What leaves without naming anybody: the copy to train on, the security file; anonymous exports."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from ivaudit.domain.errors import KnownError
from ivaudit.domain.progress import Progress
from ivaudit.domain.tone import Tone
from ivaudit.ui.aside import Aside
from ivaudit.ui.controls import button, card, column_in, label, row
from ivaudit.ui.job_bar import JobBar, Stopping
from ivaudit.ui.resting import Resting
from ivaudit.ui.start.new_passphrase import NewPassphrase
from ivaudit.ui.trail.shelf import Shelf
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.session import Session
    from ivaudit.domain.dossier import Dossier, Facts

_KINDS = "Document PDF (*.pdf);;Document Word (*.docx)"
_FILE = "dossier-DSI-DPO-RSSI.pdf"
_FOLDER = "demonstration-ivaudit"
_HINT = (
    "Le dossier DSI / DPO / RSSI dit en quatre pages ce qui est stocké, où, comment c'est protégé et ce qui "
    "ne l'est pas. L'export anonyme d'un audit se choisit dans son étape Rapport."
)
_COPY = (
    "La copie de démonstration est un autre dossier de travail, pour se former : mêmes grilles, réponses et "
    "états, mais ni nom, ni texte saisi hors des grilles, ni référence, ni photographie, dates au mois. Elle "
    "a sa propre phrase de passe."
)


def _told(session: "Session") -> "tuple[Dossier, Facts]":
    from ivaudit.app import dossier  # noqa: PLC0415 - on the writer's thread

    return dossier.text(session.library), dossier.facts(session.library, session)


def _written(told: "tuple[Dossier, Facts]", path: Path, progress: Progress, stopping: Stopping) -> Path:
    from ivaudit.app import dossier  # noqa: PLC0415 - beside the window

    del stopping  # some seconds, in a child that the progress may stop
    return dossier.write_told(*told, path, progress=progress)


def _itself(session: "Session") -> "Session":
    return session


def _copied(session: "Session", folder: Path, passphrase: str, progress: Progress) -> Path:
    # It reads through connections of its own: of the session it takes the folder, the key, the library.
    from ivaudit.app import training_copy  # noqa: PLC0415 - beside the window

    return training_copy.make(session, folder, passphrase, progress=progress)


class CopiesCard(Shelf):
    """The buttons and their progress."""

    def __init__(self, writer: Writer) -> None:
        super().__init__()
        self.setObjectName("copies")
        self._writer = writer
        self._target = Path()
        frame, inner = card("copies_card")
        self.dossier = button("Écrire le dossier DSI / DPO / RSSI…", "copies_dossier", "primary")
        self.copy = button("Faire une copie de démonstration…", "copies_copy")
        self.new = NewPassphrase()
        self.new.hide()
        self.cancel = button("Renoncer", "copies_cancel", "quiet")
        self.bar = JobBar("copies_job")
        self._copying = Aside(writer, self)
        self._resting = Resting((self.copy, self.new, self.cancel), self.bar.stop)
        inner.addWidget(label("Documents et copies sans identité", "copies_title", "heading"))
        inner.addWidget(label(_HINT, "copies_hint", "muted"))
        inner.addLayout(row(self.dossier, None))
        inner.addWidget(label(_COPY, "copies_copy_hint", "muted"))
        inner.addWidget(self.new)
        inner.addLayout(row(self.copy, self.cancel, None))
        inner.addWidget(self.bar)
        column_in(self).addWidget(frame)
        self.cancel.hide()
        self.dossier.clicked.connect(self._on_dossier)
        self.copy.clicked.connect(self._on_copy)
        self.cancel.clicked.connect(self.settle)
        self.bar.busy.connect(self.dossier.setDisabled)
        self.bar.unexpected.connect(writer.failed)
        self.bar.stop.clicked.connect(self._copying.cancel)
        self._copying.progressed.connect(self.bar.show_progress)

    @Slot()
    def settle(self) -> None:
        """Ask for no passphrase any more."""
        self.new.hide()
        self.new.first.put("")
        self.new.again.put("")
        self.cancel.hide()
        self.copy.setText("Faire une copie de démonstration…")

    def stop(self) -> None:
        """Stop what is under way: nothing is left of a file or of a copy half made."""
        self.bar.stop.click()

    def write(self, path: Path) -> None:
        """Write the security file there."""
        self._target = path
        self._writer.submit(_told, done=self._on_told, failed=self._on_failed)

    def copy_to(self, folder: Path) -> None:
        """Make the copy in a folder inside the one chosen."""
        if self.bar.running or self._copying.running:
            return
        passphrase = self.new.text()

        def go_on(session: "Session") -> None:
            work = partial(_copied, session, folder / _FOLDER, passphrase)
            self._copying.start(
                work, done=self._on_copied, failed=self._on_not_copied, cancelled=self._on_copy_stopped
            )

        self._rest(on=True)
        self._writer.submit(_itself, done=go_on, failed=self._on_not_copied)

    def _rest(self, *, on: bool) -> None:
        """Show how far the copy is, or be ready for another."""
        self.bar.clear()
        self.bar.show_bar(on=on)
        self._resting.show(running=on)

    @Slot()
    def _on_dossier(self) -> None:
        self.bar.ask_where(_FILE, self.write, kinds=_KINDS)

    @Slot(object)
    def _on_told(self, told: "tuple[Dossier, Facts]") -> None:
        self.bar.start(partial(_written, told, self._target), self.bar.made)

    @Slot()
    def _on_copy(self) -> None:
        if self.new.isHidden():
            self.new.show()
            self.cancel.show()
            self.copy.setText("Choisir où la mettre…")
            self.new.first.setFocus()
        elif problem := self.new.problem():
            self.bar.say(problem, Tone.MIDDLE)
        else:
            self.bar.ask_folder("Où mettre la copie de démonstration ?", self.copy_to)

    def _on_copied(self, folder: Path) -> None:
        self._rest(on=False)
        self.settle()
        self.bar.say(f"La copie de démonstration est faite : {folder}", Tone.GOOD)

    def _on_copy_stopped(self) -> None:
        self._rest(on=False)
        self.bar.say("La copie est arrêtée : rien n'en reste.", Tone.WAITING)

    def _on_not_copied(self, error: KnownError) -> None:
        self._rest(on=False)
        self._on_failed(error)

    def _on_failed(self, error: KnownError) -> None:
        self.bar.say(error.sentence, Tone.BAD)
