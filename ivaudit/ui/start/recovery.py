"""Opening with the code of the recovery sheet, then choosing another passphrase.

Between the two the workspace is open and asks for nothing: it is closed again when nobody chooses.
"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ivaudit.domain.tone import Tone
from ivaudit.ui.controls import Line, button, label, row, say
from ivaudit.ui.start.gate import Gate
from ivaudit.ui.start.key_file import KeyFileButton
from ivaudit.ui.start.new_passphrase import NewPassphrase
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.session import Session
    from ivaudit.ui.watch import Watch

PATIENCE = 5
"""Minutes without a key after which the workspace that a code opened is closed again."""


def _open(folder: Path, code: str) -> object:
    from ivaudit.app.workspaces import open_with_recovery  # noqa: PLC0415 - on the writer's thread

    return open_with_recovery(folder, code)


def _change(passphrase: str, session: "Session") -> None:
    from ivaudit.app.workspaces import change_passphrase  # noqa: PLC0415 - on the writer's thread

    change_passphrase(session, passphrase)


class Recovery(Gate):
    """The code first; once it opened, a new passphrase."""

    def __init__(self, folder: Path, writer: Writer, parent: QWidget | None = None) -> None:
        lead = (
            "Recopiez le code de la feuille de secours, ou celui de la clé que garde l'établissement ; ou "
            "choisissez le fichier de cette clé."
        )
        super().__init__("recovery", "Phrase de passe oubliée", lead, parent)
        self._folder = folder
        self._writer = writer
        self._session: object = None
        self._watch: Watch | None = None
        self.code = Line("recovery_code", "Code de secours")
        self.code_title = label("Code de secours", "recovery_label", "strong", wrap=False)
        self.code_title.setBuddy(self.code)
        self.key_file = KeyFileButton("recovery_key_file")
        self.new = NewPassphrase()
        self.new.hide()
        self.go = button("Ouvrir avec le code", "recovery_go", "primary")
        self.back = button("Revenir", "recovery_back")
        note = label(
            "Sans phrase de passe, ni feuille de secours, ni clé d'établissement, le contenu ne peut pas "
            "être relu : c'est ce qui le protège.",
            "recovery_note",
            "small",
        )
        for part in (self.code_title, self.code, self.key_file, self.new, self.problem):
            self.body.addWidget(part)
        self.body.addLayout(row(self.go, self.back, None))
        self.body.addWidget(note)
        self.code.returnPressed.connect(self.proceed)
        self.key_file.read_text.connect(self._open)
        self.key_file.refused.connect(self.refuse)
        self.new.entered.connect(self.proceed)
        self.go.clicked.connect(self.proceed)
        self.back.clicked.connect(self._on_back)

    def first_focus(self) -> QWidget | None:
        """Return the line of the code."""
        return self.code

    @Slot()
    def proceed(self) -> None:
        """Open with the code, or take the new passphrase."""
        if self._session is None:
            self._open(self.code.text())
        elif problem := self.new.problem():
            say(self.problem, problem, Tone.MIDDLE)
        else:
            self.set_busy(True)
            work = partial(_change, self.new.text())
            self._writer.submit(work, done=self._on_changed, failed=self.refuse)

    @Slot(str)
    def _open(self, code: str) -> None:
        say(self.problem, "Ouverture en cours…", Tone.NEUTRAL)
        self.set_busy(True)
        self._writer.open(partial(_open, self._folder, code), done=self._on_opened, failed=self.refuse)

    @Slot(object)
    def _on_opened(self, session: object) -> None:
        self._session = session
        self.set_busy(False)
        self.code_title.hide()
        self.code.hide()
        self.key_file.hide()
        self.back.hide()
        self.new.show()
        self.go.setText("Prendre cette phrase de passe")
        self.go.setAccessibleName(self.go.text())
        say(self.problem, "Le code est le bon. Choisissez une nouvelle phrase de passe.", Tone.GOOD)
        self.new.first.setFocus()
        self._start_watch()

    def _start_watch(self) -> None:
        from ivaudit.ui.watch import Watch  # noqa: PLC0415 - after the first paint

        self._watch = Watch(parent=self)
        self._watch.lock_after = PATIENCE
        self._watch.lock_asked.connect(self._on_left)
        self._watch.start(self.window().windowHandle())

    @Slot()
    def _on_left(self) -> None:
        if self.frame.isEnabled():  # a change under way goes to its end
            self.asked.emit("left", None)

    @Slot(object)
    def _on_changed(self, _nothing: object) -> None:
        if self._watch is not None:
            self._watch.stop()
        self.opened.emit(self._session)

    @Slot()
    def _on_back(self) -> None:
        self.asked.emit("unlock", None)
