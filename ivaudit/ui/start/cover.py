"""What hides an open workspace while it locks, and for as long as it cannot: nothing typed is thrown away."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ivaudit.domain.errors import KnownError
from ivaudit.domain.tone import Tone
from ivaudit.ui.controls import button, label, row, say
from ivaudit.ui.start.gate import Gate
from ivaudit.ui.start.passphrase_line import PassphraseLine
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.session import Session

_LEAD = "L'écran est masqué. Le texte en cours de saisie est gardé : il sera là au déverrouillage."
_WAITING = (
    "Le disque tarde à répondre. Ce qui est saisi attend dans l'ordre et sera enregistré ; le dossier se "
    "verrouille dès que c'est fait."
)
_REFUSED = "Le dossier reste ouvert derrière cet écran, pour ne pas perdre ce qui n'a pas pu être enregistré."


def _check(passphrase: str, session: "Session") -> None:
    from ivaudit.app.workspaces import check_passphrase  # noqa: PLC0415 - on the writer's thread

    check_passphrase(session, passphrase)


class Cover(Gate):
    """A blank page; once the disk refused, a passphrase leads back, or one leaves without what was typed."""

    returned = Signal()
    left = Signal()

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__("cover", "Verrouillage…", _LEAD, parent)
        self._writer = writer
        self.passphrase = PassphraseLine("cover_passphrase", "Phrase de passe")
        self.label = label("Phrase de passe", "cover_label", "strong", wrap=False)
        self.label.setBuddy(self.passphrase.line)
        self.back = button("Revenir à mon travail", "cover_back", "primary")
        self.leave = button("Fermer sans ce qui a été refusé", "cover_leave", "danger")
        for part in (self.problem, self.label, self.passphrase):
            self.body.addWidget(part)
        self.body.addLayout(row(self.back, self.leave, None))
        self.passphrase.entered.connect(self.proceed)
        self.back.clicked.connect(self.proceed)
        self.leave.clicked.connect(self.left)
        self._offer(False)

    def wait(self) -> None:
        """Say that the disk is late."""
        self._offer(False)
        say(self.problem, _WAITING, Tone.MIDDLE)

    def refused(self, sentence: str) -> None:
        """Say what the disk refused, and how to come back."""
        self._offer(True)
        say(self.problem, f"{sentence} {_REFUSED}", Tone.BAD)
        self.passphrase.setFocus()

    @Slot()
    def proceed(self) -> None:
        """Check the passphrase, on the thread of the writer."""
        self.set_busy(True)
        work = partial(_check, self.passphrase.text())
        self._writer.submit(work, done=self._on_right, failed=self.refuse)

    def refuse(self, error: KnownError) -> None:
        """Say why one does not come back."""
        super().refuse(error)
        self.passphrase.setFocus()

    @Slot(object)
    def _on_right(self, _nothing: object) -> None:
        self.passphrase.put("")
        self.set_busy(False)
        self.returned.emit()

    def _offer(self, offered: bool) -> None:
        for part in (self.label, self.passphrase, self.back, self.leave):
            part.setVisible(offered)
