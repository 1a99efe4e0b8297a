"""Base de données: whether everything is whole, what to do when it is not, and the copies there are."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from ivaudit.domain.errors import KnownError
from ivaudit.domain.tone import Tone
from ivaudit.ui import french
from ivaudit.ui.aside import Aside
from ivaudit.ui.backing_up import back_up
from ivaudit.ui.backup_columns import COLUMNS, CopyDetails, rows
from ivaudit.ui.controls import Readable, button, card, label, row, say, scrolling
from ivaudit.ui.database_check import CheckCard
from ivaudit.ui.page import Page, Said
from ivaudit.ui.table import Table
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.backups import BackupInfo
    from ivaudit.app.copies import Look
    from ivaudit.app.database import DatabaseState
    from ivaudit.app.session import Session
    from ivaudit.domain.progress import Progress

_HINT = (
    "Elles se font seules pendant que vous travaillez, chiffrées, sur ce poste, dans la limite d'un quart "
    "de la place libre. Un disque en panne ou un poste volé les emporte : copiez-en une ailleurs de temps "
    "en temps."
)
_SAME = (
    "La copie est faite et relue, mais ce dossier est sur le même disque que le dossier de travail : une "
    "panne ou un vol emporterait les deux. Choisissez plutôt une clé, un autre disque ou un partage."
)
_NONE = "Aucune sauvegarde n'est encore faite : la première le sera dans la journée, sans rien vous demander."


def _read(session: "Session") -> "DatabaseState":
    from ivaudit.app import database  # noqa: PLC0415 - on the writer's thread

    return database.state(session)


def _itself(session: "Session") -> "Session":
    return session


def _look(session: "Session", infos: "tuple[BackupInfo, ...]", progress: "Progress") -> "tuple[Look, ...]":
    from ivaudit.app import copies  # noqa: PLC0415 - beside the window

    return copies.look(session, infos, progress)


def _copy(session: "Session", target: Path, progress: "Progress") -> "tuple[BackupInfo, bool]":
    from ivaudit.app import backups  # noqa: PLC0415 - beside the window

    same = backups.same_drive(session, target)
    return backups.copy_elsewhere(session, target, progress), same


def _remember(copied: "BackupInfo", session: "Session") -> "DatabaseState":
    from ivaudit.app import backups  # noqa: PLC0415 - on the writer's thread

    backups.remember_copy(session, copied)
    return _read(session)


class DatabasePage(Page):
    """The check above, the copies below."""

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__("database", "Base de données", writer, parent)
        self._found: tuple[BackupInfo, ...] = ()
        self._looks: tuple[Look, ...] = ()
        self._reading = Aside(writer, self)
        self._copying = Aside(writer, self)
        self.back = button("‹ Réglages", "database_back", "quiet", "Revenir aux réglages")
        head = row(label("Base de données", "database_title", "title"), self.back)
        head.setStretch(0, 1)
        self.column.addLayout(head)
        inner = Readable()
        self.column.addWidget(scrolling(inner, "database_scroll", "Base de données"), 1)
        self.check = CheckCard(writer)
        inner.body.addWidget(self.check)
        inner.body.addWidget(self._copies())
        inner.body.addWidget(self._elsewhere())
        inner.body.addStretch(1)
        self._connect()

    def enter(self, about: object = None) -> None:
        """Read again."""
        del about
        self.writer.submit(_read, done=self._on_read, failed=self.on_known_error)
        self.check.go.setFocus()

    def stop(self) -> None:
        """Stop what is under way."""
        for work in (self._reading, self._copying):
            work.cancel()
        self.check.stop()

    def show_backups(self, found: "tuple[BackupInfo, ...]") -> None:
        """Show the copies there are now, then what is in them."""
        self._found = found
        self._show_rows()
        if self.isVisible():
            self.writer.submit(_itself, done=self._on_session, failed=self.on_known_error)

    def _copies(self) -> QWidget:
        frame, column = card("database_copies")
        column.addWidget(label("Sauvegardes", "database_copies_title", "heading"))
        column.addWidget(label(_HINT, "database_copies_hint", "muted"))
        self.list = Table("database_list", "Sauvegardes", COLUMNS)
        self.list.setMinimumHeight(180)
        self.details = CopyDetails("database_details")
        self.back_up = button("Sauvegarder maintenant", "database_back_up")
        self.restore = button("Restaurer une sauvegarde…", "database_restore")
        self.none = label(_NONE, "database_none")
        column.addWidget(self.none)
        column.addWidget(self.list)
        column.addWidget(self.details)
        column.addLayout(row(self.back_up, self.restore, None))
        return frame

    def _elsewhere(self) -> QWidget:
        frame, column = card("database_elsewhere")
        column.addWidget(label("Copie sur un autre disque", "database_elsewhere_title", "heading"))
        self.copied = label("", "database_copied")
        self.message = label("", "database_copy_message")
        self.message.hide()
        self.copy = button("Copier sur un autre disque…", "database_copy")
        self.stop_copy = button("Arrêter", "database_copy_stop")
        self.stop_copy.hide()
        for part in (self.copied, self.message):
            column.addWidget(part)
        column.addLayout(row(self.copy, self.stop_copy, None))
        return frame

    def _connect(self) -> None:
        self.back.clicked.connect(self._on_back)
        self.list.current_value.connect(self._on_current)
        self.back_up.clicked.connect(self._on_back_up)
        self.restore.clicked.connect(self._on_restore)
        self.copy.clicked.connect(self._on_copy)
        self.stop_copy.clicked.connect(self._copying.cancel)
        self._copying.progressed.connect(self._on_progress)
        self.check.checked.connect(self._on_checked)
        self.check.said.connect(self.said)

    # -- what there is

    @Slot(object)
    def _on_read(self, found: "DatabaseState") -> None:
        self.check.show_state(found)
        self._show_copied(found)
        self.show_backups(found.found)

    def _show_copied(self, found: "DatabaseState") -> None:
        said = (
            f"La dernière a été faite {french.when(found.copied)}."
            if found.copied
            else "Aucune n'a été faite."
        )
        late = " Branchez une clé ou un disque, et faites-en une." if found.copy_late else ""
        say(self.copied, said + late, Tone.MIDDLE if found.copy_late else Tone.NEUTRAL)

    def _on_session(self, session: "Session") -> None:
        if not self._reading.running:
            work = partial(_look, session, self._found)
            self._reading.start(work, done=self._on_looked, failed=self.on_known_error)

    def _on_looked(self, looks: "tuple[Look, ...]") -> None:
        self._looks = looks
        self._show_rows()

    def _show_rows(self) -> None:
        at = max(0, self.list.currentIndex().row())
        self.list.values.show_values(rows(self._found, self._looks))
        self.list.choose(min(at, len(self._found) - 1))
        self.none.setVisible(not self._found)
        self.list.setVisible(bool(self._found))
        self.restore.setEnabled(bool(self._found))
        self.details.show_row(self.list.value())

    @Slot(object)
    def _on_current(self, value: object) -> None:
        del value
        self.details.show_row(self.list.value())

    def _on_checked(self) -> None:
        self.writer.submit(_read, done=self._on_read, failed=self.on_known_error)

    # -- copies

    @Slot()
    def _on_back_up(self) -> None:
        self.back_up.setEnabled(False)
        back_up(self.writer, done=self._on_backed_up, failed=self._on_not_backed_up)

    @Slot(object)
    def _on_backed_up(self, found: "tuple[BackupInfo, ...]") -> None:
        self.back_up.setEnabled(True)
        self.show_backups(found)
        self.said.emit(Said(sentence="La sauvegarde est faite et vérifiée."))

    def _on_not_backed_up(self, error: KnownError) -> None:
        self.back_up.setEnabled(True)
        self.on_known_error(error)

    @Slot()
    def _on_restore(self) -> None:
        self.asked.emit("restore", None)

    @Slot()
    def _on_copy(self) -> None:
        dialog = QFileDialog(self, "Choisir un dossier d'un autre disque", str(Path.home()))
        dialog.setObjectName("database_copy_dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.copy_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def copy_to(self, target: str) -> None:
        """Copy a backup made now into a folder."""

        def go_on(session: "Session") -> None:
            work = partial(_copy, session, Path(target))
            self._copying.start(
                work, done=self._on_copied, failed=self._on_not_copied, cancelled=self._on_copy_stopped
            )

        self._rest(True)
        self.writer.submit(_itself, done=go_on, failed=self._on_not_copied)

    @Slot(int, int, str)
    def _on_progress(self, done: int, total: int, text: str) -> None:
        share = f" : {100 * done // total} %" if total else ""
        say(self.message, f"{text}{share}…", Tone.NEUTRAL)

    def _on_copied(self, result: "tuple[BackupInfo, bool]") -> None:
        self._rest(False)
        copied, same = result
        if same:
            say(self.message, _SAME, Tone.MIDDLE)
            return
        say(self.message, f"La copie est faite et relue : {copied.folder}", Tone.GOOD)
        self.writer.submit(partial(_remember, copied), done=self._on_read, failed=self.on_known_error)

    def _on_not_copied(self, error: KnownError) -> None:
        self._rest(False)
        say(self.message, error.sentence, Tone.BAD)

    def _on_copy_stopped(self) -> None:
        self._rest(False)
        say(self.message, "La copie est arrêtée : rien n'a été laissé sur l'autre disque.", Tone.NEUTRAL)

    def _rest(self, resting: bool) -> None:
        self.copy.setEnabled(not resting)
        self.stop_copy.setVisible(resting)

    @Slot()
    def _on_back(self) -> None:
        self.asked.emit("settings", None)
