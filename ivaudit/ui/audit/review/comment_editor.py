"""One remark of the facility: what it says, and what the auditor makes of it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ivaudit.domain.review import Comment, Decision
from ivaudit.domain.tone import Tone
from ivaudit.ui import theme
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.audit.text_entry import TextEntry
from ivaudit.ui.controls import Combo, column_in, label, row, say
from ivaudit.ui.french import short_date
from ivaudit.ui.theme import Space

UNDECIDED = "À traiter"
_ANSWER = ("Réponse de l'auditeur", "Ce qui a été changé, ou pourquoi rien ne l'est ; jointe au rapport.")


class CommentEditor(QWidget):
    """`decided(id, Decision | None)`, `drafted(id, text)` and `written(id, text)` say what was done."""

    decided = Signal(str, object)
    drafted = Signal(str, str)
    written = Signal(str, str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.comment: Comment | None = None
        self.head = label("", f"{name}_head", "strong")
        self.text = label("", f"{name}_text")
        self.remark = label("", f"{name}_remark", "muted")
        self.decision = Combo(f"{name}_decision", "Décision de l'auditeur")
        self.decision.addItem(UNDECIDED, "")
        for each in Decision:
            self.decision.addItem(each.value.capitalize(), each.value)
        self.answer = TextEntry(f"{name}_answer", *_ANSWER, lines=2)
        caption = label("Décision", f"{name}_decision_label", wrap=False)
        caption.setBuddy(self.decision)
        column = column_in(self, spacing=Space.TINY)
        column.addWidget(self.head)
        column.addWidget(self.text)
        column.addWidget(self.remark)
        column.addLayout(row(caption, self.decision, None))
        column.addWidget(self.answer)
        self.decision.activated.connect(self._on_decision)
        self.answer.drafted.connect(self._on_drafted)
        self.answer.settled.connect(self._on_written)

    def show_comment(self, comment: Comment | None, *, locked: bool = False, remark: str = "") -> None:
        """Show a remark, or nothing.

        Args:
            comment: what to show.
            locked: the audit is validated.
            remark: what else is to be known of it.
        """
        same = comment is not None and self.comment is not None and comment.id == self.comment.id
        if not same:
            self.settle()
        self.comment = comment
        self.setVisible(comment is not None)
        if comment is None:
            return
        say(self.head, bound(head_of(comment)))
        theme.mark(self.head, tone=(Tone.WAITING if comment.decision is None else Tone.NEUTRAL).value)
        say(self.text, bound(comment.text))
        say(self.remark, remark)
        decision = comment.decision.value if comment.decision else ""
        self.decision.setCurrentIndex(self.decision.findData(decision))
        self.decision.setEnabled(not locked)
        self.answer.editor.setReadOnly(locked)
        if same:
            self.answer.refresh(comment.answer)
        else:
            self.answer.load(comment.answer)

    def settle(self) -> None:
        """Hand over what is being typed."""
        if self.comment is not None and not self.answer.editor.isReadOnly():
            self.answer.settle()

    @Slot(int)
    def _on_decision(self, at: int) -> None:
        if self.comment is not None:
            key = self.decision.itemData(at)
            self.settle()
            self.decided.emit(self.comment.id, Decision(key) if key else None)

    @Slot(str)
    def _on_drafted(self, text: str) -> None:
        if self.comment is not None:
            self.drafted.emit(self.comment.id, text)

    @Slot(str)
    def _on_written(self, text: str) -> None:
        if self.comment is not None:
            self.written.emit(self.comment.id, text)


def head_of(comment: Comment) -> str:
    """Return what a remark is, from whom and when («Désaccord, cadre de santé, reçu le 21/11/2026»)."""
    parts = [comment.kind.value.capitalize()]
    parts += [comment.by] if comment.by else []
    parts += [f"reçu le {short_date(comment.date)}"] if comment.date else []
    return f"{', '.join(parts)} — relecture par la structure"
