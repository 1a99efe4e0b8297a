"""Backups that still hold what was erased: looked into beside the window, removed, or left to go with age."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from ivaudit.domain.errors import KnownError
from ivaudit.domain.tone import Tone
from ivaudit.ui import french
from ivaudit.ui.controls import button, card, column_in, label, row, say
from ivaudit.ui.table import Column, Table
from ivaudit.ui.trail.shelf import Shelf
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.erasing import Holding
    from ivaudit.app.session import Session
    from ivaudit.store.erased_copies import Erasures

_HINT = (
    "Une sauvegarde faite avant un effacement garde la valeur, chiffrée. La rotation la retire avec l'âge : "
    "la dernière de chaque mois reste, pour les neuf derniers mois où l'on a travaillé. Vous pouvez aussi la "
    "supprimer. Les copies rangées sur un autre "
    "support, et les exports, ne sont pas connus du programme : les retrouver vous revient."
)
_CLEAN = "Aucune sauvegarde de ce dossier ne garde une valeur effacée."
_WARNING = (
    "Ces sauvegardes seront supprimées de ce poste, une neuve étant faite d'abord : on ne pourra plus "
    "revenir à leur date. Leurs clés protègent ce qui en resterait sur le disque."
)


def _erased(session: "Session") -> "tuple[Session, Erasures]":
    from ivaudit.app import erasing  # noqa: PLC0415 - on the writer's thread

    return session, erasing.erased(session)


def _holding(session: "Session", what: "Erasures") -> "tuple[Holding, ...]":
    # Backups are opened by connections of their own: of the session, only the folder and the key are used.
    from ivaudit.app import erasing  # noqa: PLC0415 - beside the window

    return erasing.holding(session.workspace.folder, session.workspace.data_key, what)


def _purged(session: "Session", what: "Erasures", found: "tuple[Holding, ...]") -> "tuple[Holding, ...]":
    from ivaudit.app import erasing  # noqa: PLC0415 - beside the window

    erasing.purge_backups(session, [each.backup for each in found])
    return _holding(session, what)


def _amount(held: "Holding") -> str:
    if held.unreadable:
        return "illisible : à tenir pour concernée"
    return french.count(held.amount, "valeur effacée depuis", "valeurs effacées depuis")


_COLUMNS = (
    Column(title="Faite", text=lambda held: french.when(held.backup.at), stretch=True),
    Column(title="Raison", text=lambda held: held.backup.reason, spare=True),
    Column(title="Garde", text=_amount),
)


class BackupsCard(Shelf):
    """A button to look, the list, a button to remove them in two presses; `done(str)` is a sentence."""

    done = Signal(str)

    def __init__(self, writer: Writer) -> None:
        super().__init__()
        self.setObjectName("holding")
        self._writer = writer
        self._found: tuple[Holding, ...] = ()
        frame, inner = card("holding_card")
        self.look_button = button("Examiner les sauvegardes", "holding_look")
        self.note = label("", "holding_note")
        self.list = Table("holding_list", "Sauvegardes qui gardent une valeur effacée", _COLUMNS)
        self.list.setMinimumHeight(120)
        self.purge = button("Supprimer ces sauvegardes…", "holding_purge", "danger")
        self.cancel = button("Les laisser à la rotation", "holding_leave", "quiet")
        inner.addWidget(label("Sauvegardes qui gardent une valeur effacée", "holding_title", "heading"))
        inner.addWidget(label(_HINT, "holding_hint", "muted"))
        inner.addLayout(row(self.look_button, None))
        inner.addWidget(self.note)
        inner.addWidget(self.list)
        inner.addLayout(row(self.purge, self.cancel, None))
        column_in(self).addWidget(frame)
        self.look_button.clicked.connect(self.look)
        self.purge.clicked.connect(self._on_purge)
        self.cancel.clicked.connect(self.settle)
        self._show(())
        say(self.note, "")

    @Slot()
    def look(self) -> None:
        """Look into every backup, beside the window."""
        self.look_button.setEnabled(False)
        say(self.note, "Examen des sauvegardes…", Tone.NEUTRAL)
        self._writer.submit(_erased, done=self._on_erased, failed=self._on_failed)

    @Slot()
    def settle(self) -> None:
        """Come back to the list: nothing is removed."""
        self._arm(on=False)

    @Slot(object)
    def _on_erased(self, result: "tuple[Session, Erasures]") -> None:
        work = partial(_holding, *result)
        self._writer.run_aside(work, done=self._on_looked, failed=self._on_failed)

    @Slot(object)
    def _on_looked(self, found: "tuple[Holding, ...]") -> None:
        self.look_button.setEnabled(True)
        self._show(found)

    def _show(self, found: "tuple[Holding, ...]") -> None:
        self._found = found
        amount = french.count(len(found), "sauvegarde garde", "sauvegardes gardent")
        say(self.note, f"{amount} une valeur effacée." if found else _CLEAN, None if found else Tone.GOOD)
        self.list.values.show_values(found)
        self.list.setVisible(bool(found))
        self.purge.setVisible(bool(found))
        self._arm(on=False)

    def _arm(self, *, on: bool) -> None:
        self.cancel.setVisible(on)
        self.purge.setText("Supprimer pour de bon" if on else "Supprimer ces sauvegardes…")
        self.purge.setAccessibleName(self.purge.text())
        if on:
            say(self.note, _WARNING, Tone.MIDDLE)

    @Slot()
    def _on_purge(self) -> None:
        if self.cancel.isHidden():
            self._arm(on=True)
            self.cancel.setFocus()
            return
        self.purge.setEnabled(False)
        say(self.note, "Une sauvegarde neuve est faite, puis les autres sont supprimées…", Tone.NEUTRAL)
        self._writer.submit(_erased, done=self._on_ready, failed=self._on_failed)

    @Slot(object)
    def _on_ready(self, result: "tuple[Session, Erasures]") -> None:
        work = partial(_purged, *result, self._found)
        self._writer.run_aside(work, done=self._on_purged, failed=self._on_failed)

    @Slot(object)
    def _on_purged(self, left: "tuple[Holding, ...]") -> None:
        self.purge.setEnabled(True)
        self._show(left)
        self.done.emit("Les sauvegardes sont supprimées ; une neuve est faite, sans les valeurs effacées.")

    def _on_failed(self, error: KnownError) -> None:
        self.look_button.setEnabled(True)
        self.purge.setEnabled(True)
        self._arm(on=False)
        say(self.note, error.sentence, Tone.BAD)
