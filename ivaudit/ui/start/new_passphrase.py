"""A passphrase chosen twice, with advice while it is typed and a proposal for who wants one."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ivaudit.domain.tone import Tone
from ivaudit.ui import theme
from ivaudit.ui.controls import button, column_in, label, row, say
from ivaudit.ui.start.passphrase_line import PassphraseLine

RULE = "Sept mots suffisent, ou 14 caractères variés. Elle n'est gardée nulle part : vous seul la connaissez."

GUIDANCE = (
    "Repères de la CNIL pour une phrase de passe seule (délibération 2022-100, lue dans des résumés) : sept "
    "mots, ou 14 caractères de trois sortes, ou 12 caractères de quatre sortes, sans changement périodique "
    "imposé. Changez-la si quelqu'un a pu la voir. Sept mots proposés au hasard se retiennent et se tapent "
    "mieux."
)

DIFFERENT = "Les deux saisies diffèrent."


class NewPassphrase(QWidget):
    """Two lines, live advice and a proposal; `changed()` when either changes, `entered()` on Return."""

    changed = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("new_passphrase")
        self.first = PassphraseLine("passphrase", "Phrase de passe")
        self.again = PassphraseLine("passphrase_again", "Phrase de passe, une seconde fois")
        self.advice = label(RULE, "passphrase_advice", "small")
        self.propose = button("Proposer sept mots", "passphrase_propose", "quiet")
        column = column_in(self)
        for text, line in (("Phrase de passe", self.first), ("Répétez-la", self.again)):
            title = label(text, f"label_{line.line.objectName()}", "strong", wrap=False)
            title.setBuddy(line.line)
            if line is self.first:
                column.addLayout(row(title, None, self.propose))
            else:
                column.addWidget(title)
            column.addWidget(line)
            if line is self.first:
                column.addWidget(self.advice)
        self.first.changed.connect(self._on_text)
        self.again.changed.connect(self._on_text)
        self.first.entered.connect(self.again.setFocus)
        self.again.entered.connect(self.entered)
        self.propose.clicked.connect(self._on_propose)

    def text(self) -> str:
        """Return the passphrase."""
        return self.first.text()

    def problem(self) -> str:
        """Return what is still wrong, empty when it can be used."""
        from ivaudit.app.workspaces import passphrase_problem  # noqa: PLC0415 - after the first paint

        if problem := passphrase_problem(self.first.text()):
            return problem
        if self.first.text() != self.again.text():
            return DIFFERENT
        return ""

    @Slot(str)
    def _on_text(self, _text: str) -> None:
        problem = self.problem() if self.first.text() else ""
        if problem == DIFFERENT and not self.again.text():
            say(self.advice, "Cette phrase de passe convient : répétez-la.", Tone.GOOD)
        elif not self.first.text():
            say(self.advice, RULE)
            theme.mark(self.advice, tone="", look="small")
        elif problem:
            say(self.advice, problem, Tone.MIDDLE)
        else:
            say(self.advice, "Cette phrase de passe convient.", Tone.GOOD)
        self.changed.emit()

    @Slot()
    def _on_propose(self) -> None:
        from ivaudit.app.passphrases import proposed_passphrase  # noqa: PLC0415 - rarely needed

        words = proposed_passphrase()
        self.first.show_text(True)
        self.again.show_text(True)
        self.first.put(words)
        self.again.put(words)
        self.first.setFocus()
