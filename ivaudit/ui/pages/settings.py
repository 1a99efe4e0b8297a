"""Réglages: who records, how answering goes on, how the window looks, when it locks, the way to the rest."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ivaudit.domain.audit import Changes
from ivaudit.ui import theme
from ivaudit.ui.controls import (
    Combo,
    Line,
    Readable,
    button,
    called,
    card,
    label,
    row,
    scrolling,
)
from ivaudit.ui.diagnostic import diagnostic
from ivaudit.ui.page import Page, Said
from ivaudit.ui.regions_card import RegionsCard
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.session import Session
    from ivaudit.app.settings import Settings

_THEMES = (("Comme le système", "système"), ("Clair", "clair"), ("Sombre", "sombre"))
_REMINDERS = ((0, "Jamais"), (7, "Chaque semaine"), (15, "Tous les 15 jours"), (30, "Tous les mois"))
_ASLEEP = "La fenêtre se verrouille aussi quand l'ordinateur sort de veille. Le texte en cours est gardé."
_EXCHANGES = "Recevoir un audit ou un registre, envoyer le registre ou des contenus, clés de ce poste."
_KEYS = "Phrase de passe, feuille de secours, clé gardée par l'établissement."
_DATABASE = "Vérification complète, réparation, sauvegardes, copie sur un autre disque, restauration."
_LOCKS = ((0, "Jamais"), (5, "5 minutes"), (15, "15 minutes"), (30, "30 minutes"), (60, "1 heure"))


def _read(session: "Session") -> "Settings":
    from ivaudit.app import settings  # noqa: PLC0415 - on the writer's thread

    return settings.get(session)


def _change(values: dict[str, str | bool | int], session: "Session") -> Changes:
    from ivaudit.app import settings  # noqa: PLC0415 - on the writer's thread

    return settings.change(session, **values)


class SettingsPage(Page):
    """Cards of settings, each saved as soon as it is changed."""

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__("settings", "Réglages", writer, parent)
        self._author = ""
        self.column.addWidget(label("Réglages", "settings_title", "title"))
        inner = Readable()
        body = inner.body
        self.column.addWidget(scrolling(inner, "settings_scroll", "Réglages"), 1)
        self.regions = RegionsCard(writer)
        cards = (
            self._you(),
            self._display(),
            self._safety(),
            self.regions,
            self._trail(),
            self._exchanges(),
            self._about(),
        )
        for made in cards:
            body.addWidget(made)
        body.addStretch(1)
        self._connect()

    def enter(self, about: object = None) -> None:
        """Read again."""
        del about
        self.writer.submit(_read, done=self._on_read, failed=self.on_known_error)
        self.regions.read()
        self.author.setFocus()

    def settle(self) -> None:
        """Submit the name if it was changed."""
        self._on_author()

    def _you(self) -> QWidget:
        frame, column = card("settings_you")
        self.author = Line("settings_author", "Votre nom ou votre fonction")
        self.advance = called(
            QCheckBox("Passer au point suivant après une réponse"),
            "settings_advance",
            "Passer au point suivant après une réponse",
        )
        column.addWidget(label("Vous et la saisie", "settings_you_title", "heading"))
        _titled(column, "Votre nom ou votre fonction", self.author)
        column.addWidget(self.advance)
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

    def _safety(self) -> QWidget:
        frame, column = card("settings_safety")
        column.addWidget(label("Sécurité", "settings_safety_title", "heading"))
        self.lock = Combo("settings_lock", "Verrouiller sans activité")
        for minutes, text in _LOCKS:
            self.lock.addItem(text, minutes)
        self.reminder = Combo("settings_reminder", "Rappeler de copier sur un autre disque")
        for days, text in _REMINDERS:
            self.reminder.addItem(text, days)
        self.keys = button("Clés et secours…", "settings_keys")
        self.database = button("Base de données…", "settings_database")
        _titled(column, "Verrouiller sans activité au bout de", self.lock)
        column.addWidget(label(_ASLEEP, "settings_asleep", "small"))
        _titled(column, "Rappeler de copier les sauvegardes sur un autre disque", self.reminder)
        column.addWidget(label(_KEYS, "settings_keys_hint", "muted"))
        column.addLayout(row(self.keys, None))
        column.addWidget(label(_DATABASE, "settings_database_hint", "muted"))
        column.addLayout(row(self.database, None))
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

    def _exchanges(self) -> QWidget:
        frame, column = card("settings_exchanges")
        column.addWidget(label("Échanges", "settings_exchanges_title", "heading"))
        column.addWidget(label(_EXCHANGES, "settings_exchanges_hint", "muted"))
        self.exchanges = button("Échanges…", "settings_exchange")
        column.addLayout(row(self.exchanges, None))
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
        self.reminder.activated.connect(self._on_reminder)
        self.keys.clicked.connect(self._on_keys)
        self.database.clicked.connect(self._on_database)
        self.copy.clicked.connect(self._on_copy)
        self.trail.clicked.connect(self._on_trail)
        self.privacy.clicked.connect(self._on_privacy)
        self.exchanges.clicked.connect(self._on_exchanges)
        self.regions.refused.connect(self.on_known_error)

    @Slot(object)
    def _on_read(self, settings: "Settings") -> None:
        self._author = settings.author
        self.author.setText(settings.author)
        self.advance.setChecked(settings.advance_after_answer)
        self.lock.setCurrentIndex(max(0, self.lock.findData(settings.lock_after)))
        self.reminder.setCurrentIndex(max(0, self.reminder.findData(settings.copy_reminder)))
        self.theme.setCurrentIndex(max(0, self.theme.findData(settings.theme)))
        self.scale.setCurrentIndex(max(0, self.scale.findData(settings.text_scale)))

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
    def _on_reminder(self, _index: int) -> None:
        self._set(copy_reminder=self.reminder.currentData())

    @Slot(int)
    def _on_theme(self, _index: int) -> None:
        self._set(theme=self.theme.currentData())

    @Slot(int)
    def _on_scale(self, _index: int) -> None:
        self._set(text_scale=self.scale.currentData())

    @Slot()
    def _on_keys(self) -> None:
        self.asked.emit("keys", None)

    @Slot()
    def _on_trail(self) -> None:
        self.asked.emit("trail", None)

    @Slot()
    def _on_privacy(self) -> None:
        self.asked.emit("privacy", None)

    @Slot()
    def _on_database(self) -> None:
        self.asked.emit("database", None)

    @Slot()
    def _on_exchanges(self) -> None:
        self.asked.emit("exchanges", None)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(diagnostic())
        self.said.emit(Said(sentence="Le diagnostic est copié : des versions et des nombres, aucun nom."))


def _titled(column: QVBoxLayout, text: str, field: QWidget) -> None:
    title = label(text, f"label_{field.objectName()}", "strong")
    title.setBuddy(field)
    column.addWidget(title)
    column.addWidget(field)
