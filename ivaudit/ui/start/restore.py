"""Putting a copy back in the place of the workspace: what each contains, what would be lost, the gesture."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from ivaudit.app import places
from ivaudit.domain.errors import KnownError
from ivaudit.domain.tone import Tone
from ivaudit.ui.aside import Aside
from ivaudit.ui.controls import button, called, label, row, say
from ivaudit.ui.start.gate import Gate
from ivaudit.ui.start.key_file import KeyFileButton
from ivaudit.ui.start.passphrase_line import PassphraseLine
from ivaudit.ui.table import Table
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.backups import BackupInfo
    from ivaudit.app.copies import Look
    from ivaudit.domain.progress import Progress

_LEAD = (
    "Le dossier de travail actuel est mis de côté, jamais effacé : il reste dans cette liste. La phrase de "
    "passe est celle qu'avait la copie, ou l'actuelle."
)
_RESTORE = "Restaurer et ouvrir"
_ANYWAY = "Restaurer quand même"
_READ = "Lisez ce qui serait perdu, puis restaurez quand même si c'est ce que vous voulez."
_NONE = "Il n'y a pas de sauvegarde à cet endroit. Cherchez une copie faite sur un autre disque."


def _look(
    folder: Path, infos: "tuple[BackupInfo, ...]", secret: str, progress: "Progress", *, by_code: bool
) -> "tuple[Look, ...]":
    from ivaudit.app import copies  # noqa: PLC0415 - beside the window

    code, passphrase = (secret, None) if by_code else (None, secret)
    return copies.look_locked(folder, infos, passphrase=passphrase, recovery_code=code, progress=progress)


def _restore(folder: Path, chosen: "BackupInfo", secret: str, *, by_code: bool) -> object:
    from ivaudit.app import backups, workspaces  # noqa: PLC0415 - on the writer's thread

    if by_code:
        backups.restore(folder, chosen, recovery_code=secret)
        return workspaces.open_with_recovery(folder, secret)
    backups.restore(folder, chosen, passphrase=secret)
    return workspaces.open_with_passphrase(folder, secret)


class Restore(Gate):
    """The copies, the secret that opens them, and what restoring the one chosen would lose."""

    looked = Signal()

    def __init__(self, folder: Path, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__("restore", "Restaurer une sauvegarde", _LEAD, parent)
        from ivaudit.app.backups import backups  # noqa: PLC0415 - after the first paint
        from ivaudit.ui.backup_columns import COLUMNS, CopyDetails  # noqa: PLC0415 - idem

        self.folder = folder
        self._writer = writer
        self._found: tuple[BackupInfo, ...] = ()
        self._looks: tuple[Look, ...] = ()
        self._warned: Path | None = None
        self._wanted: Path | None = None
        self._from_file = ""
        self._reading = Aside(writer, self)
        self.list = Table("restore_list", "Sauvegardes", COLUMNS)
        self.list.setMinimumHeight(160)
        self.details = CopyDetails("restore_details")
        self.elsewhere = button("Chercher une copie ailleurs…", "restore_elsewhere", "quiet")
        self.secret = PassphraseLine("restore_secret", "Phrase de passe de la sauvegarde")
        self.by_code = called(
            QCheckBox("C'est un code (feuille de secours, clé)"),
            "restore_by_code",
            "C'est un code de secours",
        )
        self.key_file = KeyFileButton("restore_key_file")
        self.read = button("Voir ce que contiennent les copies", "restore_read")
        self.stop = button("Arrêter la lecture", "restore_stop")
        self.stop.hide()
        self.go = button(_RESTORE, "restore_go", "primary")
        self.back = button("Revenir", "restore_back")
        self._lay_out()
        self._connect()
        self._show(backups(folder))

    def _lay_out(self) -> None:
        title = label("Phrase de passe", "restore_label", "strong")
        title.setBuddy(self.secret.line)
        self.body.addWidget(self.list)
        self.body.addLayout(row(self.elsewhere, None))
        for part in (title, self.secret, self.by_code, self.key_file, self.details, self.problem):
            self.body.addWidget(part)
        self.body.addLayout(row(self.read, self.stop, None))
        self.body.addLayout(row(self.go, self.back, None))

    def _connect(self) -> None:
        self.list.current_value.connect(self._on_current)
        self.secret.changed.connect(self._on_secret)
        self.secret.entered.connect(self.proceed)
        self.key_file.read_text.connect(self._on_key_file)
        self.key_file.refused.connect(self.refuse)
        self.read.clicked.connect(self.look)
        self.stop.clicked.connect(self._reading.cancel)
        self._reading.progressed.connect(self._on_progress)
        self.go.clicked.connect(self.proceed)
        self.back.clicked.connect(self._on_back)
        self.elsewhere.clicked.connect(self._on_elsewhere)

    def first_focus(self) -> QWidget | None:
        """Return the list, or the way to another one where it is empty."""
        return self.list if self._found else self.elsewhere

    @Slot()
    def look(self) -> None:
        """Read what the copies contain, beside the window."""
        if self._ready():
            self._look_into(self._found)

    def _look_into(self, infos: "tuple[BackupInfo, ...]") -> None:
        if self._reading.running:
            return
        say(self.problem, "Lecture des copies…", Tone.NEUTRAL)
        self._rest(True)
        work = partial(_look, self.folder, infos, self._text(), by_code=self._by_code())
        self._reading.start(work, done=self._on_looked, failed=self._on_unread, cancelled=self._on_stopped)

    def _rest(self, resting: bool) -> None:
        for part in (self.list, self.secret, self.go, self.read, self.back, self.elsewhere):
            part.setEnabled(not resting)
        self.stop.setVisible(resting)
        if resting:
            self.stop.setFocus()

    @Slot(int, int, str)
    def _on_progress(self, done: int, total: int, text: str) -> None:
        if self._reading.running:
            say(self.problem, f"{text} : {done} sur {total}…", Tone.NEUTRAL)

    def _on_stopped(self) -> None:
        self._wanted = None
        self._rest(False)
        say(self.problem, "La lecture est arrêtée ; rien n'a été modifié.", Tone.NEUTRAL)

    @Slot()
    def proceed(self) -> None:
        """Restore and open, on the thread of the writer, once what would be lost was shown."""
        chosen = self.list.value()
        if not self._ready():
            return
        if chosen.look is None:
            self._wanted = chosen.info.folder
            self._look_into((chosen.info,))
            return
        if chosen.look.loses and self._warned != chosen.info.folder:
            self._warned = chosen.info.folder
            self._name_go(_ANYWAY)
            say(self.problem, _READ, Tone.MIDDLE)
            return
        self._restore(chosen.info)

    def _restore(self, chosen: "BackupInfo") -> None:
        say(self.problem, "Restauration en cours…", Tone.NEUTRAL)
        self.set_busy(True)
        opening = partial(_restore, self.folder, chosen, self._text(), by_code=self._by_code())
        self._writer.open(opening, done=self._on_opened, failed=self.refuse)

    def _ready(self) -> bool:
        if self.list.value() is None or not self._text():
            say(self.problem, "Choisissez une sauvegarde et saisissez ce qui l'ouvre.", Tone.MIDDLE)
            return False
        return True

    def _text(self) -> str:
        return self._from_file or self.secret.text()

    def _by_code(self) -> bool:
        return bool(self._from_file) or self.by_code.isChecked()

    def _show(self, found: "tuple[BackupInfo, ...]") -> None:
        self._found = found
        self._show_rows()
        # What a former restoration put aside is there to be chosen, never proposed.
        self.list.choose(next((at for at, info in enumerate(found) if not info.replaced), 0))
        self.go.setEnabled(bool(found))
        self.read.setEnabled(bool(found))
        say(self.problem, "" if found else _NONE, Tone.NEUTRAL)

    def _show_rows(self) -> None:
        from ivaudit.ui.backup_columns import rows  # noqa: PLC0415 - after the first paint

        at = max(0, self.list.currentIndex().row())
        self.list.values.show_values(rows(self._found, self._looks))
        self.list.choose(at)
        self.details.show_row(self.list.value(), locked=True)

    def _name_go(self, text: str) -> None:
        self.go.setText(text)
        self.go.setAccessibleName(text)

    @Slot(object)
    def _on_looked(self, looks: "tuple[Look, ...]") -> None:
        self._rest(False)
        read = {look.info.folder for look in looks}
        self._looks = (*looks, *(look for look in self._looks if look.info.folder not in read))
        say(self.problem, "")
        self._show_rows()
        wanted, self._wanted = self._wanted, None
        chosen = self.list.value()
        if chosen is not None and chosen.info.folder == wanted:
            self.proceed()
        self.go.setFocus()
        self.looked.emit()

    def _on_unread(self, error: KnownError) -> None:
        self._wanted = None
        self._rest(False)
        self.refuse(error)

    @Slot(object)
    def _on_current(self, value: object) -> None:
        del value
        self._warned = None
        self._name_go(_RESTORE)
        self.details.show_row(self.list.value(), locked=True)

    @Slot(str)
    def _on_secret(self, _text: str) -> None:
        self._from_file = ""

    @Slot(str)
    def _on_key_file(self, text: str) -> None:
        self.secret.put("")
        self._from_file = text
        say(self.problem, "Le fichier de clé est lu : il servira à ouvrir la copie.", Tone.GOOD)

    @Slot(str)
    def take_folder(self, chosen: str) -> None:
        """Show the copies that a folder of another drive holds, before those of this machine."""
        from ivaudit.app.copies import found_at  # noqa: PLC0415 - after the first paint

        found = found_at(Path(chosen))
        if not found:
            say(
                self.problem,
                "Ce dossier ne contient pas de copie d'ivaudit. Choisissez-en un autre.",
                Tone.MIDDLE,
            )
            return
        known = {info.folder for info in found}
        self._show((*found, *(info for info in self._found if info.folder not in known)))

    @Slot()
    def _on_elsewhere(self) -> None:
        dialog = QFileDialog(self, "Choisir le dossier d'une copie", str(Path.home()))
        dialog.setObjectName("restore_folder_dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.take_folder)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(object)
    def _on_opened(self, session: object) -> None:
        self.opened.emit(session)

    @Slot()
    def _on_back(self) -> None:
        self.asked.emit("unlock" if places.exists(self.folder) else "first_start", None)
