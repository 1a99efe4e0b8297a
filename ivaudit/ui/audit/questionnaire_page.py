"""A returned questionnaire beside the audit: what is new, the same, different; what to keep."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from ivaudit.app import questionnaires
from ivaudit.domain.audit import Answer
from ivaudit.domain.errors import KnownError
from ivaudit.domain.questionnaire_comparison import ComparedAnswer, Comparison, Outcome
from ivaudit.domain.tone import Tone
from ivaudit.ui import import_preview
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.backing_up import back_up
from ivaudit.ui.controls import Combo, button, called, label, say
from ivaudit.ui.french import count
from ivaudit.ui.table import Column, Table
from ivaudit.ui.turning_table import TurningTable

if TYPE_CHECKING:
    from ivaudit.app.session import Session
    from ivaudit.domain.audit import Changes

_NOTHING = "Rien à importer : ce que dit ce questionnaire est déjà dans l'audit, ou il n'y a pas de réponse."


def _accepted(audit: str, seen: Comparison, take: frozenset[str], session: "Session") -> "Changes":
    return questionnaires.accept(session, audit, seen, take)


_LEAST = 180


class QuestionnairePage(QWidget):
    """The preview; `left` goes back to Préparation, `said(str)` tells what was imported."""

    left = Signal()
    said = Signal(str)

    def __init__(self, audit: OpenAudit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "questionnaire_page", "Questionnaire rempli")
        self._audit = audit
        self._seen: Comparison | None = None
        self._take: set[str] = set()
        self.title = label("", "questionnaire_page_title", "heading")
        self.remarks = label("", "questionnaire_remarks")
        self.counts = label("", "questionnaire_counts", "muted")
        self.view = Combo("questionnaire_view", "Ce qui est montré")
        self.answers = TurningTable(
            "questionnaire_answers", "Réponses du questionnaire", self._columns(), flat=True
        )
        self.problems = Table(
            "questionnaire_problems", "Remarques sur le fichier", import_preview.remarks_columns("Remarque")
        )
        self.empty = label(_NOTHING, "questionnaire_empty", "muted")
        self.question = label("", "questionnaire_question", "strong")
        self.mine = label("", "questionnaire_mine")
        self.theirs = label("", "questionnaire_theirs")
        self.turn = button("Prendre celle du questionnaire (Espace)", "questionnaire_turn")
        self.keep_all = button("Garder toutes les miennes", "questionnaire_keep_all")
        self.take_all = button("Prendre toutes celles du questionnaire", "questionnaire_take_all")
        self.go = button("Importer", "questionnaire_import", "primary")
        self.back = button("Revenir à la préparation", "questionnaire_back", "quiet")
        self.result = label("", "questionnaire_import_result")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.detail = import_preview.beside(("Dans l'audit", self.mine), ("Questionnaire", self.theirs))
        self.stack = import_preview.lay_out(
            self,
            "questionnaire",
            head=(self.title, self.back),
            above=(self.remarks, self.counts, self.view),
            tables=(self.answers, self.problems, self.empty),
            least=_LEAST,
            below=((self.question, 0), (self.detail, 2)),
            tools=(self.go, self.turn, self.keep_all, self.take_all),
            result=self.result,
        )

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.view.activated.connect(self._on_view)
        self.answers.current_value.connect(self._on_current)
        self.answers.turned.connect(self._on_turn_row)
        self.answers.opened.connect(self._on_turn_row)
        self.turn.clicked.connect(self._on_turn)
        self.keep_all.clicked.connect(self._on_keep_all)
        self.take_all.clicked.connect(self._on_take_all)
        self.go.clicked.connect(self._on_go)
        self._audit.interview_changed.connect(self._on_interview)
        import_preview.leave_by_escape(self, self.left.emit)

    # -- showing

    def show_comparison(self, found: Comparison, name: str) -> None:
        """Show what a file would change; all different answers are kept until somebody says otherwise."""
        self._seen = found
        self._take.clear()
        self.title.setText(f"Questionnaire « {name} »")
        self.title.setAccessibleName(self.title.text())
        remarks = [*found.remarks, *_reworded(found)]
        say(self.remarks, bound("\n".join(remarks)), Tone.MIDDLE)
        self.answers.values.show_values(found.rows)
        self.problems.values.show_values(found.problems)
        self.view.clear()
        self.view.addItem(f"Réponses ({len(found.rows)})")
        self.view.addItem(f"Remarques sur le fichier ({len(found.problems)})")
        self.view.setVisible(bool(found.problems))
        say(self.result, "")
        self.go.setEnabled(True)
        self.answers.choose(0)
        self._on_view(0)
        self._show_counts()
        self._on_current(self.answers.value())

    def enter(self) -> None:
        """Be shown."""
        (self.answers if self.answers.values.rows else self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    def settle(self) -> None:
        """Have nothing to hand over: nothing is recorded before «Importer»."""

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(title="N°", text=_number),
            Column(title="Question", text=_question, stretch=True),
            Column(title="Dans l'audit", text=self._mine, spare=True),
            Column(title="Questionnaire", text=self._theirs),
            Column(title="Effet", text=self._effect),
        )

    def _mine(self, shown: ComparedAnswer) -> str:
        return self._value(shown.criterion, shown.mine)

    def _theirs(self, shown: ComparedAnswer) -> str:
        text = self._value(shown.criterion, shown.theirs)
        same = shown.outcome is Outcome.DIFFERENT and shown.mine.value == shown.theirs.value
        return f"{text}, autre texte" if same else text

    def _effect(self, shown: ComparedAnswer) -> str:
        match shown.outcome:
            case Outcome.NEW:
                return "ajoutée"
            case Outcome.SAME:
                return "inchangée"
            case Outcome.REWORDED:
                return "à reprendre"
            case Outcome.DIFFERENT:
                return "remplacée" if shown.criterion in self._take else "la mienne est gardée"

    def _value(self, criterion: str, answer: Answer) -> str:
        shown = self._audit.row(criterion)
        if shown is None or answer.value is None:
            return "—"
        value = shown.checklist.scale_of(shown.criterion).value(answer.value)
        return value.label if value is not None else "—"

    def _show_counts(self) -> None:
        if self._seen is None:
            return
        seen, many = self._seen, len(self._seen.to_write(self._take))
        parts = [f"{len(seen.of(outcome))} {words}" for outcome, words in _WORDS.items() if seen.of(outcome)]
        if seen.missing:
            parts.append(f"{seen.missing} sans réponse dans le questionnaire")
        say(self.counts, " · ".join(parts))
        import_preview.offer(self.go, count(many, "réponse", "réponses") if many else "")
        different = bool(seen.of(Outcome.DIFFERENT))
        for tool in (self.turn, self.keep_all, self.take_all):
            tool.setVisible(different)

    def _refresh(self) -> None:
        import_preview.repaint_rows(self.answers)
        self._show_counts()
        self._on_current(self.answers.value())

    @Slot(int)
    def _on_view(self, at: int) -> None:
        rows = bool(self.answers.values.rows)
        shown = self.problems if at else self.answers if rows else self.empty
        self.stack.setCurrentWidget(shown)
        for part in (self.detail, self.question):
            part.setVisible(shown is self.answers)

    @Slot(object)
    def _on_current(self, shown: ComparedAnswer | None) -> None:
        whole = f"{shown.number} {bound(shown.question)}" if shown is not None else ""
        self.question.setText(whole)
        self.question.setAccessibleName(whole)
        say(self.mine, self._whole(shown.criterion, shown.mine) if shown is not None else "")
        say(self.theirs, self._whole(shown.criterion, shown.theirs) if shown is not None else "")
        different = shown is not None and shown.outcome is Outcome.DIFFERENT
        self.turn.setEnabled(different)
        taken = shown is not None and shown.criterion in self._take
        text = "Garder la mienne (Espace)" if taken else "Prendre celle du questionnaire (Espace)"
        self.turn.setText(text)
        self.turn.setAccessibleName(text)

    def _whole(self, criterion: str, answer: Answer) -> str:
        said = [self._value(criterion, answer)]
        said += [f"Motif : {answer.na_reason}"] if answer.na_reason else []
        said += [f"Auprès de : {answer.awaiting}"] if answer.awaiting else []
        said += [answer.constat] if answer.constat else []
        return "\n".join(said)

    # -- gestures

    @Slot(object)
    def _on_turn_row(self, shown: ComparedAnswer) -> None:
        if shown.outcome is Outcome.DIFFERENT:
            self._take.symmetric_difference_update({shown.criterion})
            self._refresh()

    @Slot()
    def _on_turn(self) -> None:
        if self.answers.value() is not None:
            self._on_turn_row(self.answers.value())

    @Slot()
    def _on_keep_all(self) -> None:
        self._take.clear()
        self._refresh()

    @Slot()
    def _on_take_all(self) -> None:
        if self._seen is not None:
            self._take = {each.criterion for each in self._seen.of(Outcome.DIFFERENT)}
            self._refresh()

    @Slot()
    def _on_go(self) -> None:
        """Make the backup that undoes it, then import."""
        self.go.setEnabled(False)
        say(self.result, "Sauvegarde, puis import…", Tone.NEUTRAL)
        back_up(
            self._audit.writer,
            done=self._on_backed_up,
            failed=self._on_refused,
            reason=questionnaires.BEFORE,
        )

    def _on_backed_up(self, _backups: object) -> None:
        if self._seen is None:
            return
        work = partial(_accepted, self._audit.audit_id, self._seen, frozenset(self._take))
        self._audit.writer.submit(work, done=self._on_imported, failed=self._on_refused)

    @Slot(object)
    def _on_imported(self, changes: "Changes") -> None:
        done = changes.done or "Aucune réponse à importer"
        self.said.emit(f"{done}. Ctrl+Z l'annule ; une sauvegarde a été faite juste avant.")
        self.left.emit()

    def _on_refused(self, error: KnownError) -> None:
        self.go.setEnabled(True)
        say(self.result, error.sentence, Tone.BAD)

    @Slot(bool)
    def _on_interview(self, on: bool) -> None:
        if on and self.isVisible():  # answers and constats are not the agent's to see
            self.left.emit()


_WORDS = {
    Outcome.NEW: "à ajouter",
    Outcome.DIFFERENT: "qui diffèrent",
    Outcome.SAME: "identiques",
    Outcome.REWORDED: "à reprendre",
}


def _reworded(found: Comparison) -> list[str]:
    many = len(found.of(Outcome.REWORDED))
    changed = count(many, "question a", "questions ont")
    return [f"{changed} changé de texte depuis l'envoi : à reprendre dans la grille."] if many else []


def _number(shown: ComparedAnswer) -> str:
    return shown.number


def _question(shown: ComparedAnswer) -> str:
    return bound(shown.question)
