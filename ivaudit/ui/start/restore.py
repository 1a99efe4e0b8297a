"""Putting a backup back in the place of the workspace, with the secret it had when it was made."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from ivaudit.domain.tone import Tone
from ivaudit.ui.controls import button, called, label, row, say
from ivaudit.ui.start.gate import Gate
from ivaudit.ui.start.passphrase_line import PassphraseLine
from ivaudit.ui.table import Table
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.backups import BackupInfo


def _restore(folder: Path, chosen: "BackupInfo", secret: str, *, by_code: bool) -> object:
    from ivaudit.app import backups, workspaces  # noqa: PLC0415 - on the writer's thread

    if by_code:
        backups.restore(folder, chosen, recovery_code=secret)
        return workspaces.open_with_recovery(folder, secret)
    backups.restore(folder, chosen, passphrase=secret)
    return workspaces.open_with_passphrase(folder, secret)


class Restore(Gate):
    """The backups, and the passphrase or the code that opens the one chosen."""

    def __init__(self, folder: Path, writer: Writer, parent: QWidget | None = None) -> None:
        lead = "Le dossier de travail actuel est mis de côté, jamais effacé."
        super().__init__("restore", "Restaurer une sauvegarde", lead, parent)
        from ivaudit.app.backups import backups  # noqa: PLC0415 - after the first paint
        from ivaudit.ui.backup_columns import COLUMNS  # noqa: PLC0415 - idem

        self._folder = folder
        self._writer = writer
        self.list = Table("restore_list", "Sauvegardes", COLUMNS)
        self.list.setMinimumHeight(160)
        found = backups(folder)
        self.list.values.show_values(found)
        # What a former restoration put aside is there to be chosen, never proposed.
        self.list.choose(next((at for at, info in enumerate(found) if not info.replaced), 0))
        self.secret = PassphraseLine("restore_secret", "Phrase de passe de la sauvegarde")
        title = label("Phrase de passe qu'avait cette sauvegarde", "restore_label", "strong")
        title.setBuddy(self.secret.line)
        self.by_code = called(
            QCheckBox("C'est le code de la feuille de secours"), "restore_by_code", "C'est le code de secours"
        )
        self.go = button("Restaurer et ouvrir", "restore_go", "primary")
        self.go.setEnabled(bool(found))
        self.back = button("Retour", "restore_back")
        for part in (self.list, title, self.secret, self.by_code, self.problem):
            self.body.addWidget(part)
        self.body.addLayout(row(self.go, self.back, None))
        if not found:
            say(self.problem, "Il n'y a pas encore de sauvegarde à cet endroit.", Tone.NEUTRAL)
        self.secret.entered.connect(self.proceed)
        self.go.clicked.connect(self.proceed)
        self.back.clicked.connect(self._on_back)

    def first_focus(self) -> QWidget | None:
        """Return the list."""
        return self.list

    @Slot()
    def proceed(self) -> None:
        """Restore and open, on the thread of the writer."""
        chosen = self.list.value()
        if chosen is None or not self.secret.text():
            say(self.problem, "Choisissez une sauvegarde et saisissez ce qui l'ouvre.", Tone.MIDDLE)
            return
        say(self.problem, "Restauration en cours…", Tone.NEUTRAL)
        self.set_busy(True)
        opening = partial(
            _restore, self._folder, chosen, self.secret.text(), by_code=self.by_code.isChecked()
        )
        self._writer.open(opening, done=self._on_opened, failed=self.refuse)

    @Slot(object)
    def _on_opened(self, session: object) -> None:
        self.opened.emit(session)

    @Slot()
    def _on_back(self) -> None:
        self.asked.emit("unlock", None)
