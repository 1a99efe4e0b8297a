"""Clés et secours: what opens the workspace, changed only by who knows the present passphrase."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ivaudit.domain.errors import KnownError
from ivaudit.domain.tone import Tone
from ivaudit.ui.controls import Readable, button, card, label, row, say, scrolling
from ivaudit.ui.facility_key import FacilityKeyCard
from ivaudit.ui.page import Page
from ivaudit.ui.recovery_renewal import RecoveryRenewal
from ivaudit.ui.start.new_passphrase import GUIDANCE, NewPassphrase
from ivaudit.ui.start.passphrase_line import PassphraseLine
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.facility_keys import FacilityKey
    from ivaudit.app.session import Session

_GUARD = "Pour changer ce qui ouvre ce dossier, saisissez d'abord la phrase de passe actuelle."
_OPEN = "C'est la bonne : vous pouvez changer ce qui suit jusqu'à ce que vous quittiez cette page."
_SHEET = "Une feuille de secours ouvre ce dossier."
_NO_SHEET = (
    "Aucune feuille de secours n'ouvre ce dossier : une phrase de passe oubliée le rendrait illisible."
)
_CHANGED = (
    "La phrase de passe est changée ; rien n'a été rechiffré. Les sauvegardes déjà faites s'ouvrent avec "
    "l'ancienne ou avec la nouvelle : si quelqu'un a pu voir l'ancienne, faites-en une, puis supprimez "
    "les précédentes, copies comprises."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Openers:
    """What opens the workspace beside its passphrase."""

    sheet: bool
    key: "FacilityKey | None"


def _read(session: "Session") -> Openers:
    from ivaudit.app import facility_keys  # noqa: PLC0415 - on the writer's thread

    sheet = session.workspace.openers().recovery
    return Openers(sheet=sheet, key=facility_keys.present(session))


def _check(passphrase: str, session: "Session") -> None:
    from ivaudit.app.workspaces import check_passphrase  # noqa: PLC0415 - on the writer's thread

    check_passphrase(session, passphrase)


def _change(new: str, session: "Session") -> None:
    from ivaudit.app.workspaces import change_passphrase  # noqa: PLC0415 - on the writer's thread

    change_passphrase(session, new)


class KeysPage(Page):
    """A guard, then the passphrase, the recovery sheet and the key of the facility."""

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__("keys", "Clés et secours", writer, parent)
        self.back = button("‹ Réglages", "keys_back", "quiet", "Revenir aux réglages")
        head = row(label("Clés et secours", "keys_title", "title"), self.back)
        head.setStretch(0, 1)
        self.column.addLayout(head)
        inner = Readable()
        self.column.addWidget(scrolling(inner, "keys_scroll", "Clés et secours"), 1)
        self.guarded: list[QWidget] = []
        inner.body.addWidget(self._guard())
        self.key = FacilityKeyCard(writer)
        for made in (self._passphrase(), self._sheet(), self.key):
            inner.body.addWidget(made)
            self.guarded.append(made)
        inner.body.addStretch(1)
        self._connect()
        self._hold(True)

    def enter(self, about: object = None) -> None:
        """Read again, guarded."""
        del about
        self._hold(True)
        say(self.message, "")
        self.writer.submit(_read, done=self._on_read, failed=self.on_known_error)
        self.present.setFocus()

    def settle(self) -> None:
        """Show no secret any more, and ask for the passphrase again."""
        self.renewal.forget()
        self._clear()
        self._hold(True)

    def _guard(self) -> QWidget:
        frame, column = card("keys_guard")
        self.present = PassphraseLine("keys_present", "Phrase de passe actuelle")
        title = label("Phrase de passe actuelle", "keys_present_label", "strong")
        title.setBuddy(self.present.line)
        self.message = label("", "keys_message")
        self.allow = button("Vérifier", "keys_allow", "primary")
        for part in (label(_GUARD, "keys_guard_text"), title, self.present, self.message):
            column.addWidget(part)
        column.addLayout(row(self.allow, None))
        return frame

    def _passphrase(self) -> QWidget:
        frame, column = card("keys_passphrase")
        self.new = NewPassphrase()
        self.change = button("Changer la phrase de passe", "keys_change")
        self.changed = label("", "keys_changed")
        self.changed.hide()
        column.addWidget(label("Changer la phrase de passe", "keys_passphrase_title", "heading"))
        column.addWidget(label(GUIDANCE, "keys_guidance", "muted"))
        column.addWidget(self.new)
        column.addWidget(self.changed)
        column.addLayout(row(self.change, None))
        return frame

    def _sheet(self) -> QWidget:
        frame, column = card("keys_sheet")
        self.sheet = label("", "keys_sheet_state", "muted")
        self.renewal = RecoveryRenewal(self.writer)
        column.addWidget(label("Feuille de secours", "keys_sheet_title", "heading"))
        column.addWidget(self.sheet)
        column.addWidget(self.renewal)
        return frame

    def _connect(self) -> None:
        self.back.clicked.connect(self._on_back)
        self.present.entered.connect(self._on_allow)
        self.allow.clicked.connect(self._on_allow)
        self.new.entered.connect(self._on_change)
        self.change.clicked.connect(self._on_change)
        self.key.changed.connect(self._on_key_changed)

    def _hold(self, held: bool) -> None:
        for part in self.guarded:
            part.setEnabled(not held)

    def _clear(self) -> None:
        for line in (self.present, self.new.first, self.new.again):
            line.put("")
            line.show_button.setChecked(False)

    @Slot(object)
    def _on_read(self, found: Openers) -> None:
        say(self.sheet, _SHEET if found.sheet else _NO_SHEET)
        self.key.show_key(found.key)

    @Slot()
    def _on_allow(self) -> None:
        self.allow.setEnabled(False)
        work = partial(_check, self.present.text())
        self.writer.submit(work, done=self._on_allowed, failed=self._on_not_allowed)

    @Slot(object)
    def _on_allowed(self, _nothing: object) -> None:
        self.allow.setEnabled(True)
        self._hold(False)
        self.present.put("")
        say(self.message, _OPEN, Tone.GOOD)
        self.new.first.setFocus()

    def _on_not_allowed(self, error: KnownError) -> None:
        self.allow.setEnabled(True)
        say(self.message, error.sentence, Tone.BAD)
        self.present.setFocus()

    @Slot()
    def _on_change(self) -> None:
        if problem := self.new.problem():
            say(self.changed, problem, Tone.MIDDLE)
            return
        self.change.setEnabled(False)
        work = partial(_change, self.new.text())
        self.writer.submit(work, done=self._on_changed, failed=self._on_not_changed)

    @Slot(object)
    def _on_changed(self, _nothing: object) -> None:
        self.change.setEnabled(True)
        self._clear()
        say(self.changed, _CHANGED, Tone.GOOD)

    def _on_not_changed(self, error: KnownError) -> None:
        self.change.setEnabled(True)
        say(self.changed, error.sentence, Tone.BAD)

    @Slot()
    def _on_key_changed(self) -> None:
        self.writer.submit(_read, done=self._on_read, failed=self.on_known_error)

    @Slot()
    def _on_back(self) -> None:
        self.asked.emit("settings", None)
