"""*Relecture*: the form sent, the remarks that came back to treat one by one, and validation."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSplitter, QWidget

from ivaudit.app import review, states
from ivaudit.app.review import Review
from ivaudit.domain.audit import AuditState
from ivaudit.domain.errors import KnownError
from ivaudit.domain.review import REVIEW_DAYS, Comment, Decision, reworded, to_treat
from ivaudit.domain.review_form import by_id
from ivaudit.domain.tone import Tone
from ivaudit.ui import theme
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.audit.review.book import ReviewBook
from ivaudit.ui.audit.review.comment_editor import UNDECIDED, CommentEditor
from ivaudit.ui.audit.review.forms import ReviewForms
from ivaudit.ui.audit.review.seal_box import SealBox
from ivaudit.ui.controls import Bar, Line, button, called, card, column_in, label, row, say, scrolling
from ivaudit.ui.digit_keys import digit_of
from ivaudit.ui.french import count, short_date, today
from ivaudit.ui.table import Column, Table
from ivaudit.ui.theme import Space

if TYPE_CHECKING:
    from ivaudit.app.session import Session

_NONE = "Aucune remarque pour l'instant."
_LEAST = 200
_BESIDE = 820


class Remarks(Table):
    """The remarks; `decided(Decision | None)` on the keys 1, 2, 3 and 0."""

    decided = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Decide on the current remark."""
        digit = digit_of(event)
        if digit is not None and digit <= len(Decision) and self.value() is not None:
            self.decided.emit(list(Decision)[digit - 1] if digit else None)
            return
        super().keyPressEvent(event)


class ReviewPage(QWidget):
    """The form, the remarks, and validation.

    `left` goes back to Rapport, `previewed(ReviewComparison, name)` shows what a form brings,
    `row_wanted(row)` goes to a point or a finding, `said(str)` tells what was done.
    """

    left = Signal()
    previewed = Signal(object, str)
    row_wanted = Signal(str)
    said = Signal(str)

    def __init__(self, book: ReviewBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "review_page", "Relecture par la structure")
        self._book, self._audit = book, book.audit
        self._review: Review | None = None
        self._entered = False
        self.title = label("Relecture par la structure", "review_title", "heading", wrap=False)
        self.state = label("", "review_state")
        self.back = button("Revenir au rapport", "review_back", "quiet")
        self.forms = ReviewForms(book)
        self.counts = label("", "review_counts", "strong")
        self.share = Bar("review_share")
        self.list = Remarks("review_comments", "Remarques de la structure", self._columns(), flat=True)
        self.about = label("", "review_about", "strong")
        self.mine = label("", "review_mine")
        self.goto = button("Voir dans l'audit", "review_goto", "quiet")
        self.editor = CommentEditor("review_editor")
        self.validate = button("Valider l'audit", "review_validate", "primary")
        self.reason = Line("review_reason", "Motif de la réouverture")
        self.reason.setPlaceholderText("Pourquoi rouvrir : une date fausse, un document reçu depuis…")
        self.reopen = button("Rouvrir l'audit", "review_reopen")
        self.result = label("", "review_result")
        self.seal = SealBox(book)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        inside = QWidget()
        column_in(self).addWidget(scrolling(inside, "review_scroll", "Relecture par la structure"))
        column = column_in(inside, 0, Space.SMALL)
        head = row(self.title, None, self.back)
        column.addLayout(head)
        column.addWidget(self.state)
        frame, inner = card("review_form_card")
        inner.addWidget(self.forms)
        column.addWidget(frame)
        column.addWidget(self.counts)
        column.addWidget(self.share)
        column.addWidget(self._split(), 1)
        last = called(Flow(spacing=Space.SMALL), "review_end", "Validation")
        last.add(self.validate)
        last.add(self.reason)
        last.add(self.reopen)
        column.addWidget(last)
        column.addWidget(self.seal)
        column.addWidget(self.result)
        column.addStretch(0)  # what is left, where there is no remark to list
        say(self.result, "")

    def _split(self) -> QWidget:
        detail = QWidget()
        around = column_in(detail, Space.SMALL, Space.SMALL)
        line = row(self.about, self.goto)
        line.setStretch(0, 1)
        around.addLayout(line)
        around.addWidget(self.mine)
        around.addWidget(self.editor)
        around.addStretch(1)
        frame, inner = card("review_detail_card")
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(scrolling(detail, "review_detail_scroll", "Remarque"))
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setObjectName("review_split")
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(Space.SMALL)
        self.split.addWidget(self.list)
        self.split.addWidget(frame)
        self.split.setSizes([600, 480])
        self.split.setMinimumHeight(_LEAST)
        self.list.setMinimumHeight(_LEAST)
        return self.split

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.forms.previewed.connect(self.previewed)
        self.forms.sent.connect(self._on_sent)
        self.list.current_value.connect(self._on_current)
        self.list.opened.connect(self._on_opened)
        self.list.decided.connect(self._on_decided_by_key)
        self.goto.clicked.connect(self._on_goto)
        self.editor.decided.connect(self._book.decide)
        self.editor.drafted.connect(self._book.draft)
        self.editor.written.connect(self._book.write)
        self.validate.clicked.connect(self._on_validate)
        self.reopen.clicked.connect(self._on_reopen)
        self.reason.returnPressed.connect(self._on_reopen)
        self._book.changed.connect(self._on_changed)
        self._audit.interview_changed.connect(self._on_interview)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.left)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(title="Sur", text=_place),
            Column(title="Remarque", text=_remark, stretch=True),
            Column(title="Nature", text=_kind, spare=True),
            Column(title="Décision", text=_decision),
        )

    # -- showing

    def enter(self) -> None:
        """Be shown."""
        self._entered = True
        self._load()
        (self.list if self.list.values.rows else self.forms.send).setFocus(Qt.FocusReason.OtherFocusReason)

    def settle(self) -> None:
        """Hand over what is being typed."""
        self.editor.settle()

    def _load(self) -> None:
        audit = self._audit.audit_id
        self._audit.writer.submit(lambda session: review.of_audit(session, audit), done=self._on_found)

    @Slot()
    def _on_changed(self) -> None:
        if self.isVisible():
            self._load()

    @Slot(object)
    def _on_found(self, found: Review) -> None:
        now = self.list.value()
        self._review = found
        self.list.values.show_values(found.comments)
        ids = [each.id for each in self.list.values.rows]
        self.list.choose(ids.index(now.id) if now is not None and now.id in ids else 0)
        self.split.setVisible(bool(found.comments))
        self.share.setVisible(bool(found.comments))
        self._show_state(found)
        self._on_current(self.list.value())
        if self._entered and found.comments and self.isVisible():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._entered = False

    def _show_state(self, found: Review) -> None:
        days = (_day(today()) - found.since).days
        late = found.state is AuditState.REVIEW and days > REVIEW_DAYS
        text = f"Audit {_STATES[found.state]} depuis le {short_date(found.since.isoformat())}"
        if found.state is AuditState.REVIEW:
            text += f", {count(days, 'jour', 'jours')}" if days else ", aujourd'hui"
        say(self.state, f"{text}.", Tone.MIDDLE if late else Tone.NEUTRAL)
        left, whole = len(to_treat(found.comments)), len(found.comments)
        self.share.show_share(whole - left, whole)
        treated = f"{whole - left} sur {count(whole, 'remarque traitée', 'remarques traitées')}"
        say(self.counts, treated + (f" — {left} à traiter" if left else "") if whole else _NONE)
        locked = found.state is AuditState.VALIDATED
        self.validate.setVisible(not locked)
        self.forms.take.setVisible(not locked)
        self.reason.setVisible(locked)
        self.reopen.setVisible(locked)
        self.validate.setEnabled(found.state is AuditState.REVIEW and not left)
        self.validate.setToolTip(_why(found, left))
        self.validate.setAccessibleDescription(_why(found, left))

    @Slot(object)
    def _on_current(self, comment: Comment | None) -> None:
        rows = by_id(self._review.rows) if self._review is not None else {}
        shown = rows.get(comment.row) if comment is not None else None
        parts = [_place(comment), shown.about if shown else ""] if comment is not None else []
        say(self.about, bound(" · ".join(part for part in parts if part)))
        gone = "Ce texte n'est plus dans l'audit." if comment is not None else ""
        say(self.mine, bound(shown.text) if shown else gone)
        self.goto.setVisible(shown is not None)
        moved = comment is not None and shown is not None and reworded(comment, rows)
        remark = "Le texte de l'auditeur a changé depuis qu'il a été relu." if moved else ""
        self.editor.show_comment(comment, locked=self._book.locked, remark=remark)

    @Slot(object)
    def _on_opened(self, _comment: Comment) -> None:
        self.editor.answer.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put a remark under the list where there is little room."""
        super().resizeEvent(event)
        narrow = self.width() < theme.current().px(_BESIDE)
        self.split.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)
        self.split.setMinimumHeight(_LEAST * 2 if narrow else _LEAST)

    # -- treating

    @Slot(object)
    def _on_decided_by_key(self, decision: Decision | None) -> None:
        comment = self.list.value()
        if comment is not None:
            self._book.decide(comment.id, decision)

    @Slot()
    def _on_goto(self) -> None:
        comment = self.list.value()
        if comment is not None:
            self.row_wanted.emit(comment.row)

    @Slot()
    def _on_validate(self) -> None:
        self.settle()
        self._go(AuditState.VALIDATED, "")

    @Slot()
    def _on_reopen(self) -> None:
        self._go(AuditState.REVIEW, self.reason.text())

    def _go(self, state: AuditState, reason: str) -> None:
        say(self.result, "")
        audit = self._audit.audit_id
        work = partial(_changed, audit, state, reason)
        self._audit.writer.submit(work, done=self._on_gone, failed=self._on_refused)

    @Slot(object)
    def _on_gone(self, changes: object) -> None:
        self.reason.clear()
        self.said.emit(f"{getattr(changes, 'done', '')}.")
        self._load()

    def _on_refused(self, error: KnownError) -> None:
        say(self.result, error.sentence, Tone.BAD)

    @Slot()
    def _on_sent(self) -> None:
        self._load()

    @Slot(bool)
    def _on_interview(self, on: bool) -> None:
        if on and self.isVisible():  # constats and remarks are not the agent's to see
            self.left.emit()


def _changed(audit: str, state: AuditState, reason: str, session: "Session") -> object:
    return states.change(session, audit, state, reason)


_STATES = {
    AuditState.PREPARING: "en préparation",
    AuditState.ONGOING: "en cours",
    AuditState.REVIEW: "en relecture",
    AuditState.VALIDATED: "validé, en lecture seule,",
}


def _why(found: Review, left: int) -> str:
    """Say why an audit cannot be validated yet, or what validating does."""
    if found.state is not AuditState.REVIEW:
        return "Un audit se valide après la relecture : envoyez d'abord le formulaire."
    if left:
        return f"{count(left, 'remarque reste', 'remarques restent')} à traiter."
    return "L'audit ne se modifie plus ensuite, sauf à le rouvrir en disant pourquoi."


def _day(iso: str) -> date:
    return date.fromisoformat(iso)


def _place(comment: Comment) -> str:
    return f"{'Constat' if comment.finding else 'Point'} {comment.number}"


def _remark(comment: Comment) -> str:
    return bound(comment.text)


def _kind(comment: Comment) -> str:
    return comment.kind.value.capitalize()


def _decision(comment: Comment) -> str:
    return comment.decision.value.capitalize() if comment.decision else UNDECIDED
