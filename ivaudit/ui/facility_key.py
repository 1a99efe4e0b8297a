"""The key of a facility in Réglages: which one opens the workspace; one added, made, taken away."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QFrame, QWidget

from ivaudit.domain.errors import KnownError
from ivaudit.domain.tone import Tone
from ivaudit.ui import french
from ivaudit.ui.controls import Line, button, column_in, label, row, say
from ivaudit.ui.theme import Space
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.facility_keys import FacilityKey
    from ivaudit.app.session import Session

_WHAT = (
    "L'établissement peut garder un moyen d'ouvrir ce dossier si vous n'êtes plus là pour le faire. Il "
    "fabrique une clé en deux parties : la partie privée reste dans son coffre (fichier ou code imprimé), la "
    "partie publique est ajoutée ici. Elle n'ouvre rien à elle seule."
)
_NONE = "Aucune clé d'établissement n'ouvre ce dossier."
_REMOVED = "La clé n'ouvre plus ce dossier. Les sauvegardes déjà faites s'ouvrent encore avec elle."
_ADDED = "La clé est ajoutée : le détenteur de sa partie privée peut ouvrir ce dossier."
_MADE = (
    "La clé est fabriquée (empreinte {}). Remettez la partie privée à l'établissement, supprimez-la de "
    "ce poste, puis ajoutez la partie publique."
)


def _add(path: str, holder: str, session: "Session") -> object:
    from ivaudit.app import facility_keys  # noqa: PLC0415 - on the writer's thread

    return facility_keys.add(session, facility_keys.read(Path(path)), holder)


def _remove(session: "Session") -> None:
    from ivaudit.app import facility_keys  # noqa: PLC0415 - on the writer's thread

    facility_keys.remove(session)


def _make(private: Path, public: Path) -> str:
    from ivaudit.app import facility_keys  # noqa: PLC0415 - beside the window

    return facility_keys.make(private, public)


class FacilityKeyCard(QFrame):
    """The card; `changed()` once another key opens the workspace, or none."""

    changed = Signal()

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("facility_key")
        self.setProperty("card", True)
        self._writer = writer
        self.state = label(_NONE, "facility_key_state", "strong")
        self.holder = Line("facility_key_holder", "Qui garde la partie privée")
        self.holder.setPlaceholderText("par exemple : DSI, coffre de la direction")
        title = label("Qui garde la partie privée (facultatif)", "facility_key_holder_label", wrap=False)
        title.setBuddy(self.holder)
        self.message = label("", "facility_key_message")
        self.message.hide()
        self.add = button("Ajouter une partie publique…", "facility_key_add")
        self.remove = button("Retirer la clé", "facility_key_remove")
        self.make = button("Fabriquer une clé…", "facility_key_make", "quiet")
        column = column_in(self, Space.MEDIUM)
        column.addWidget(label("Clé de l'établissement", "facility_key_title", "heading"))
        for part in (
            label(_WHAT, "facility_key_what", "muted"),
            self.state,
            title,
            self.holder,
            self.message,
        ):
            column.addWidget(part)
        column.addLayout(row(self.add, self.remove, None))
        column.addLayout(row(self.make, None))
        self.add.clicked.connect(self._on_add)
        self.remove.clicked.connect(self._on_remove)
        self.make.clicked.connect(self._on_make)

    def show_key(self, key: "FacilityKey | None") -> None:
        """Show which key opens the workspace."""
        self.remove.setVisible(key is not None)
        if key is None:
            say(self.state, _NONE)
            return
        holder = f", gardée par {key.holder}" if key.holder else ""
        added = french.long_date(key.added)
        say(
            self.state, f"Une clé ouvre ce dossier : empreinte {key.fingerprint}, ajoutée le {added}{holder}."
        )

    @Slot(str)
    def add_from(self, path: str) -> None:
        """Add the public half in a file."""
        work = partial(_add, path, self.holder.text())
        self._writer.submit(work, done=self._on_added, failed=self._on_failed)

    @Slot(str)
    def make_in(self, folder: str) -> None:
        """Make a pair in a folder, a file each."""
        private = Path(folder) / "cle-etablissement-PRIVEE.txt"
        public = Path(folder) / "cle-etablissement-publique.txt"
        if private.exists() or public.exists():
            sentence = "Il y a déjà une clé dans ce dossier. Rien n'a été écrit : choisissez-en un autre."
            say(self.message, sentence, Tone.BAD)
            return
        self._writer.run_aside(partial(_make, private, public), done=self._on_made, failed=self._on_failed)

    @Slot(object)
    def _on_added(self, _key: object) -> None:
        say(self.message, _ADDED, Tone.GOOD)
        self.changed.emit()

    @Slot(object)
    def _on_made(self, fingerprint: str) -> None:
        say(self.message, _MADE.format(fingerprint), Tone.GOOD)

    def _on_failed(self, error: KnownError) -> None:
        say(self.message, error.sentence, Tone.BAD)

    @Slot()
    def _on_remove(self) -> None:
        self._writer.submit(_remove, done=self._on_removed, failed=self._on_failed)

    @Slot(object)
    def _on_removed(self, _nothing: object) -> None:
        say(self.message, _REMOVED, Tone.GOOD)
        self.changed.emit()

    @Slot()
    def _on_add(self) -> None:
        dialog = QFileDialog(self, "Choisir la partie publique de la clé", str(Path.home()), "Clé (*.txt)")
        dialog.setObjectName("facility_key_add_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.add_from)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _on_make(self) -> None:
        dialog = QFileDialog(self, "Choisir où écrire les deux parties de la clé", str(Path.home()))
        dialog.setObjectName("facility_key_make_dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.make_in)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
