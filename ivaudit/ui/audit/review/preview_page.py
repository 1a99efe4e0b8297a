"""A form of the reading-back that came in: what is new, what changed, what is already there; what to take."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from ivaudit.app import review_import
from ivaudit.domain.errors import KnownError
from ivaudit.domain.review_form import ComparedComment, Outcome, ReviewComparison
from ivaudit.domain.tone import Tone
from ivaudit.ui import import_preview
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.audit.review.comment_editor import head_of
from ivaudit.ui.backing_up import back_up
from ivaudit.ui.controls import Combo, button, called, label, say
from ivaudit.ui.french import count
from ivaudit.ui.table import Column, Table
from ivaudit.ui.turning_table import TurningTable

if TYPE_CHECKING:
    from ivaudit.app.session import Session
    from ivaudit.domain.audit import Changes

_NOTHING = "Ce formulaire ne contient aucune remarque."
_LEAST = 160


def _accepted(
    audit: str, seen: ReviewComparison, take: frozenset[str], leave: frozenset[str], session: "Session"
) -> "Changes":
    return review_import.accept(session, audit, seen, take=take, leave=leave)


class ReviewPreview(QWidget):
    """`left` goes back to the page of the reading-back, `said(str)` tells what was imported."""

    left = Signal()
    said = Signal(str)

    def __init__(self, audit: OpenAudit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "review_preview", "Formulaire de relecture")
        self._audit = audit
        self._seen: ReviewComparison | None = None
        self._turned: set[str] = set()
        self.title = label("", "review_preview_title", "heading")
        self.counts = label("", "review_preview_counts", "muted")
        self.view = Combo("review_preview_view", "Ce qui est montré")
        self.rows = TurningTable("review_preview_rows", "Remarques du formulaire", self._columns(), flat=True)
        self.problems = Table(
            "review_preview_problems", "À savoir sur le fichier", import_preview.remarks_columns("À savoir")
        )
        self.empty = label(_NOTHING, "review_preview_empty", "muted")
        self.about = label("", "review_preview_about", "strong")
        self.mine = label("", "review_preview_mine")
        self.theirs = label("", "review_preview_theirs")
        self.turn = button("Ne pas prendre (Espace)", "review_preview_turn")
        self.go = button("Importer", "review_preview_import", "primary")
        self.back = button("Revenir à la relecture", "review_preview_back", "quiet")
        self.result = label("", "review_preview_result")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.detail = import_preview.beside(("Dans l'audit", self.mine), ("Remarque", self.theirs))
        self.stack = import_preview.lay_out(
            self,
            "review_preview",
            head=(self.title, self.back),
            above=(self.counts, self.view),
            tables=(self.rows, self.problems, self.empty),
            least=_LEAST,
            below=((self.about, 0), (self.detail, 2)),
            tools=(self.go, self.turn),
            result=self.result,
        )

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.view.activated.connect(self._on_view)
        self.rows.current_value.connect(self._on_current)
        self.rows.turned.connect(self._on_turned)
        self.rows.opened.connect(self._on_turned)
        self.turn.clicked.connect(self._on_turn)
        self.go.clicked.connect(self._on_go)
        self._audit.interview_changed.connect(self._on_interview)
        import_preview.leave_by_escape(self, self.left.emit)

    # -- showing

    def show_comparison(self, found: ReviewComparison, name: str) -> None:
        """Show what a form brings: new remarks are taken, changed ones kept as they were, unless turned."""
        self._seen = found
        self._turned.clear()
        self.title.setText(f"Relecture « {name} »")
        self.title.setAccessibleName(self.title.text())
        self.rows.values.show_values(found.rows)
        self.problems.values.show_values(found.problems)
        self.view.clear()
        self.view.addItem(f"Remarques ({len(found.rows)})")
        self.view.addItem(f"À savoir sur le fichier ({len(found.problems)})")
        self.view.setVisible(bool(found.problems))
        say(self.result, "")
        self.rows.choose(0)
        self._on_view(0)
        self._refresh()

    def enter(self) -> None:
        """Be shown."""
        (self.rows if self.rows.values.rows else self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    def settle(self) -> None:
        """Have nothing to hand over: nothing is recorded before «Importer»."""

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(title="Sur", text=_number),
            Column(title="Remarque", text=_text, stretch=True),
            Column(title="Nature", text=_kind, spare=True),
            Column(title="Texte relu", text=_moved, spare=True),
            Column(title="Effet", text=self._effect),
        )

    def _effect(self, shown: ComparedComment) -> str:
        turned = shown.comment.id in self._turned
        match shown.outcome:
            case Outcome.NEW:
                return "laissée" if turned else "ajoutée"
            case Outcome.CHANGED:
                return "remplacée, à traiter de nouveau" if turned else "celle d'avant est gardée"
            case Outcome.SAME:
                return "déjà là"

    def _wanted(self) -> tuple[frozenset[str], frozenset[str]]:
        """Return the changed remarks to take, and the new ones to leave."""
        seen = self._seen.rows if self._seen is not None else ()
        turned = [row for row in seen if row.comment.id in self._turned]
        take = frozenset(row.comment.id for row in turned if row.outcome is Outcome.CHANGED)
        return take, frozenset(row.comment.id for row in turned if row.outcome is Outcome.NEW)

    def _refresh(self) -> None:
        if self._seen is None:
            return
        import_preview.repaint_rows(self.rows)
        take, leave = self._wanted()
        many = len(self._seen.of(Outcome.NEW)) - len(leave) + len(take)
        counted = ((len(self._seen.of(outcome)), words) for outcome, words in _WORDS.items())
        parts = [f"{number} {words}" for number, words in counted if number]
        moved = sum(row.reworded for row in self._seen.rows)
        parts += [f"{moved} sur un texte changé depuis l'envoi"] if moved else []
        gone = "n'y est plus, gardée" if self._seen.absent == 1 else "n'y sont plus, gardées"
        parts += [f"{self._seen.absent} {gone}"] if self._seen.absent else []
        known = len(self._seen.problems)
        parts += [f"{count(known, 'chose', 'choses')} à savoir sur le fichier"] if known else []
        say(self.counts, " · ".join(parts))
        import_preview.offer(self.go, count(many, "remarque", "remarques") if many else "")
        self._on_current(self.rows.value())

    @Slot(int)
    def _on_view(self, at: int) -> None:
        shown = self.problems if at else self.rows if self.rows.values.rows else self.empty
        self.stack.setCurrentWidget(shown)
        for part in (self.detail, self.about, self.turn):
            part.setVisible(shown is self.rows)

    @Slot(object)
    def _on_current(self, shown: ComparedComment | None) -> None:
        parts = [_number(shown), shown.about] if shown is not None else []
        say(self.about, bound(" · ".join(part for part in parts if part)))
        now = shown.now or "Ce texte n'est plus dans l'audit." if shown is not None else ""
        moved = shown is not None and shown.reworded and bool(shown.now)
        say(self.mine, bound(f"{now}\n(changé depuis qu'il a été relu)" if moved else now))
        say(self.theirs, bound(_whole(shown)) if shown is not None else "")
        self.turn.setEnabled(shown is not None and shown.outcome is not Outcome.SAME)
        turned = shown is not None and shown.comment.id in self._turned
        changed = shown is not None and shown.outcome is Outcome.CHANGED
        text = "Prendre (Espace)" if turned is not changed else "Ne pas prendre (Espace)"
        self.turn.setText(text)
        self.turn.setAccessibleName(text)

    # -- gestures

    @Slot(object)
    def _on_turned(self, shown: ComparedComment) -> None:
        if shown.outcome is not Outcome.SAME:
            self._turned.symmetric_difference_update({shown.comment.id})
            self._refresh()

    @Slot()
    def _on_turn(self) -> None:
        if self.rows.value() is not None:
            self._on_turned(self.rows.value())

    @Slot()
    def _on_go(self) -> None:
        """Make the backup that undoes it, then import."""
        self.go.setEnabled(False)
        say(self.result, "Sauvegarde, puis import…", Tone.NEUTRAL)
        writer = self._audit.writer
        back_up(writer, done=self._on_backed_up, failed=self._on_refused, reason=review_import.BEFORE)

    def _on_backed_up(self, _backups: object) -> None:
        if self._seen is None:
            return
        take, leave = self._wanted()
        work = partial(_accepted, self._audit.audit_id, self._seen, take, leave)
        self._audit.do(work, self._on_imported, self._on_refused)

    @Slot(object)
    def _on_imported(self, changes: "Changes") -> None:
        done = changes.done or "Aucune remarque à importer"
        self.said.emit(f"{done}. Ctrl+Z l'annule ; une sauvegarde a été faite juste avant.")
        self.left.emit()

    def _on_refused(self, error: KnownError) -> None:
        self.go.setEnabled(True)
        say(self.result, error.sentence, Tone.BAD)

    @Slot(bool)
    def _on_interview(self, on: bool) -> None:
        if on and self.isVisible():  # constats and remarks are not the agent's to see
            self.left.emit()


_WORDS = {
    Outcome.NEW: "à ajouter",
    Outcome.CHANGED: "modifiées depuis le dernier import",
    Outcome.SAME: "déjà là",
}


def _number(shown: ComparedComment) -> str:
    return f"{'Constat' if shown.comment.finding else 'Point'} {shown.comment.number}"


def _text(shown: ComparedComment) -> str:
    return bound(shown.comment.text)


def _kind(shown: ComparedComment) -> str:
    return shown.comment.kind.value.capitalize()


def _moved(shown: ComparedComment) -> str:
    if not shown.now:
        return "retiré depuis"
    return "changé depuis" if shown.reworded else "le même"


def _whole(shown: ComparedComment) -> str:
    said = f"{head_of(shown.comment)}\n{shown.comment.text}"
    if shown.outcome is Outcome.CHANGED and shown.before is not None:
        said += f"\n\nRemarque d'avant :\n{shown.before.text}"
    return said
