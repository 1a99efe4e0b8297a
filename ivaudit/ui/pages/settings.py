"""Réglages: who records, how answering goes on, how the window looks, backups, passphrase, checks."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import KnownError
from ivaudit.domain.tone import Tone
from ivaudit.ui import french, theme
from ivaudit.ui.backing_up import back_up
from ivaudit.ui.backup_columns import COLUMNS
from ivaudit.ui.controls import (
    Combo,
    Line,
    Readable,
    button,
    called,
    card,
    label,
    row,
    say,
    scrolling,
)
from ivaudit.ui.diagnostic import diagnostic
from ivaudit.ui.page import Page, Said
from ivaudit.ui.recovery_renewal import RecoveryRenewal
from ivaudit.ui.start.new_passphrase import NewPassphrase
from ivaudit.ui.table import Table
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.backups import BackupInfo
    from ivaudit.app.checks import CheckReport
    from ivaudit.app.session import Session
    from ivaudit.app.settings import Settings

_THEMES = (("Comme le système", "système"), ("Clair", "clair"), ("Sombre", "sombre"))
_LOCKS = ((0, "Jamais"), (5, "5 minutes"), (15, "15 minutes"), (30, "30 minutes"), (60, "1 heure"))


def _read(session: "Session") -> "tuple[Settings, tuple[BackupInfo, ...]]":
    from ivaudit.app import backups, settings  # noqa: PLC0415 - on the writer's thread

    return settings.get(session), backups.backups(session.workspace.folder)


def _change(values: dict[str, str | bool | int], session: "Session") -> Changes:
    from ivaudit.app import settings  # noqa: PLC0415 - on the writer's thread

    return settings.change(session, **values)


def _change_passphrase(new: str, session: "Session") -> None:
    from ivaudit.app import workspaces  # noqa: PLC0415 - on the writer's thread

    workspaces.change_passphrase(session, new)


def _full_check(session: "Session") -> "CheckReport":
    from ivaudit.app import checks  # noqa: PLC0415 - on the writer's thread

    return checks.full_check(session)


class SettingsPage(Page):
    """Cards of settings, each saved as soon as it is changed."""

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__("settings", "Réglages", writer, parent)
        self._author = ""
        self.column.addWidget(label("Réglages", "settings_title", "title"))
        inner = Readable()
        body = inner.body
        self.column.addWidget(scrolling(inner, "settings_scroll", "Réglages"), 1)
        cards = (self._you(), self._display(), self._backups(), self._safety(), self._trail(), self._about())
        for made in cards:
            body.addWidget(made)
        body.addStretch(1)
        self._connect()

    def enter(self, about: object = None) -> None:
        """Read again."""
        del about
        self.writer.submit(_read, done=self._on_read, failed=self.on_known_error)
        self.author.setFocus()

    def settle(self) -> None:
        """Submit the name if it was changed; show the recovery code no more."""
        self._on_author()
        self.renewal.forget()

    def _you(self) -> QWidget:
        frame, column = card("settings_you")
        self.author = Line("settings_author", "Votre nom ou votre fonction")
        self.advance = called(
            QCheckBox("Passer au point suivant après une réponse"),
            "settings_advance",
            "Passer au point suivant après une réponse",
        )
        self.lock = Combo("settings_lock", "Verrouiller sans activité")
        for minutes, text in _LOCKS:
            self.lock.addItem(text, minutes)
        column.addWidget(label("Vous et la saisie", "settings_you_title", "heading"))
        _titled(column, "Votre nom ou votre fonction", self.author)
        column.addWidget(self.advance)
        _titled(column, "Verrouiller sans activité au bout de", self.lock)
        return frame

    def _display(self) -> QWidget:
        frame, column = card("settings_display")
        self.theme = Combo("settings_theme", "Couleurs")
        for text, key in _THEMES:
            self.theme.addItem(text, key)
        self.scale = Combo("settings_scale", "Taille du texte")
        for scale in theme.SCALES:
            self.scale.addItem(f"{round(scale * 100)} %", round(scale * 100))
        column.addWidget(label("Affichage", "settings_display_title", "heading"))
        _titled(column, "Couleurs", self.theme)
        _titled(column, "Taille du texte", self.scale)
        return frame

    def _backups(self) -> QWidget:
        frame, column = card("settings_backups")
        column.addWidget(label("Sauvegardes", "settings_backups_title", "heading"))
        hint = (
            "Elles se font seules pendant que vous travaillez, chiffrées, sur ce poste. Copiez-en une "
            "de temps en temps sur un autre support : un disque en panne emporte aussi ses sauvegardes."
        )
        column.addWidget(label(hint, "settings_backups_hint", "muted"))
        self.list = Table("settings_backups_list", "Sauvegardes", COLUMNS)
        self.list.setMinimumHeight(160)
        self.back_up = button("Sauvegarder maintenant", "settings_back_up")
        self.restore = button("Restaurer une sauvegarde…", "settings_restore")
        column.addWidget(self.list)
        column.addLayout(row(self.back_up, None))
        column.addLayout(row(self.restore, None))
        return frame

    def _safety(self) -> QWidget:
        frame, column = card("settings_safety")
        column.addWidget(
            label("Phrase de passe, secours et vérification", "settings_safety_title", "heading")
        )
        self.new = NewPassphrase()
        self.new.hide()
        self.change = button("Changer la phrase de passe", "settings_change_passphrase")
        self.renewal = RecoveryRenewal(self.writer)
        self.check = button("Vérifier tout le dossier de travail", "settings_check")
        self.found = label("", "settings_found")
        self.found.hide()
        column.addWidget(self.new)
        column.addLayout(row(self.change, None))
        column.addWidget(self.renewal)
        column.addLayout(row(self.check, None))
        column.addWidget(self.found)
        return frame

    def _trail(self) -> QWidget:
        frame, column = card("settings_trail_card")
        column.addWidget(label("Journal et confidentialité", "settings_trail_title", "heading"))
        hint = (
            "Qui a changé quoi ; effacer un mot partout ; durées de conservation ; dossier DSI / DPO / RSSI."
        )
        column.addWidget(label(hint, "settings_trail_hint", "muted"))
        self.trail = button("Journal…", "settings_trail", "", "Journal des modifications")
        self.privacy = button("Confidentialité…", "settings_privacy")
        column.addLayout(row(self.trail, self.privacy, None))
        return frame

    def _about(self) -> QWidget:
        frame, column = card("settings_about")
        column.addWidget(label("À propos", "settings_about_title", "heading"))
        self.about = label(diagnostic(), "settings_about_text", "muted")
        self.copy = button("Copier le diagnostic", "settings_copy")
        column.addWidget(self.about)
        column.addLayout(row(self.copy, None))
        return frame

    def _connect(self) -> None:
        self.author.editingFinished.connect(self._on_author)
        self.advance.clicked.connect(self._on_advance)
        self.lock.activated.connect(self._on_lock)
        self.theme.activated.connect(self._on_theme)
        self.scale.activated.connect(self._on_scale)
        self.back_up.clicked.connect(self._on_back_up)
        self.restore.clicked.connect(self._on_restore)
        self.change.clicked.connect(self._on_change_passphrase)
        self.new.entered.connect(self._on_change_passphrase)
        self.check.clicked.connect(self._on_check)
        self.copy.clicked.connect(self._on_copy)
        self.trail.clicked.connect(self._on_trail)
        self.privacy.clicked.connect(self._on_privacy)

    @Slot(object)
    def _on_read(self, result: "tuple[Settings, tuple[BackupInfo, ...]]") -> None:
        settings, found = result
        self._author = settings.author
        self.author.setText(settings.author)
        self.advance.setChecked(settings.advance_after_answer)
        self.lock.setCurrentIndex(max(0, self.lock.findData(settings.lock_after)))
        self.theme.setCurrentIndex(max(0, self.theme.findData(settings.theme)))
        self.scale.setCurrentIndex(max(0, self.scale.findData(settings.text_scale)))
        self.list.values.show_values(found)

    def _set(self, **values: str | bool | int) -> None:
        self.writer.submit(partial(_change, values), failed=self.on_known_error)

    @Slot()
    def _on_author(self) -> None:
        text = self.author.text().strip()
        if text and text != self._author:
            self._author = text
            self._set(author=text)

    @Slot(bool)
    def _on_advance(self, wanted: bool) -> None:
        self._set(advance_after_answer=wanted)

    @Slot(int)
    def _on_lock(self, _index: int) -> None:
        self._set(lock_after=self.lock.currentData())

    @Slot(int)
    def _on_theme(self, _index: int) -> None:
        self._set(theme=self.theme.currentData())

    @Slot(int)
    def _on_scale(self, _index: int) -> None:
        self._set(text_scale=self.scale.currentData())

    @Slot()
    def _on_back_up(self) -> None:
        self.back_up.setEnabled(False)
        back_up(self.writer, done=self._on_backed_up, failed=self._on_not_backed_up)

    @Slot(object)
    def _on_backed_up(self, found: "tuple[BackupInfo, ...]") -> None:
        self.back_up.setEnabled(True)
        self.list.values.show_values(found)
        self.said.emit(Said(sentence="La sauvegarde est faite et vérifiée."))

    def _on_not_backed_up(self, error: KnownError) -> None:
        self.back_up.setEnabled(True)
        self.on_known_error(error)

    @Slot()
    def _on_restore(self) -> None:
        self.asked.emit("restore", None)

    @Slot()
    def _on_trail(self) -> None:
        self.asked.emit("trail", None)

    @Slot()
    def _on_privacy(self) -> None:
        self.asked.emit("privacy", None)

    @Slot()
    def _on_change_passphrase(self) -> None:
        if self.new.isHidden():
            self.new.show()
            self.change.setText("Prendre cette phrase de passe")
            self.change.setAccessibleName(self.change.text())
            self.new.first.setFocus()
        elif problem := self.new.problem():
            say(self.found, problem, Tone.MIDDLE)
        else:
            work = partial(_change_passphrase, self.new.text())
            self.writer.submit(work, done=self._on_passphrase_changed, failed=self.on_known_error)

    @Slot(object)
    def _on_passphrase_changed(self, _nothing: object) -> None:
        self.new.first.put("")
        self.new.again.put("")
        self.new.hide()
        self.change.setText("Changer la phrase de passe")
        self.change.setAccessibleName(self.change.text())
        sentence = "La phrase de passe est changée. Les sauvegardes déjà faites gardent l'ancienne."
        say(self.found, sentence, Tone.GOOD)

    @Slot()
    def _on_check(self) -> None:
        self.check.setEnabled(False)
        say(self.found, "Vérification en cours…", Tone.NEUTRAL)
        self.writer.submit(_full_check, done=self._on_checked, failed=self._on_not_checked)

    @Slot(object)
    def _on_checked(self, report: "CheckReport") -> None:
        self.check.setEnabled(True)
        if report.whole:
            amount = french.count(report.journal.changes, "écriture relue", "écritures relues")
            say(self.found, f"Tout est intact : {amount} dans le journal.", Tone.GOOD)
        else:
            say(self.found, "\n".join(report.problems), Tone.BAD)

    def _on_not_checked(self, error: KnownError) -> None:
        self.check.setEnabled(True)
        say(self.found, error.sentence, Tone.BAD)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(diagnostic())
        self.said.emit(Said(sentence="Le diagnostic est copié : des versions et des nombres, aucun nom."))


def _titled(column: QVBoxLayout, text: str, field: QWidget) -> None:
    title = label(text, f"label_{field.objectName()}", "strong", wrap=False)
    title.setBuddy(field)
    column.addWidget(title)
    column.addWidget(field)
