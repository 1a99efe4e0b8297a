"""What copies say differently, settled field by field; then what the team goes through together."""

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from ivaudit.app import merges
from ivaudit.app.merges import Disagreement
from ivaudit.domain.consensus import Consensus, ToConfirm
from ivaudit.domain.errors import KnownError
from ivaudit.domain.merging import Choice, Kept, Settling
from ivaudit.domain.tone import Tone
from ivaudit.ui import import_preview
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.audit.team.values_view import SIDES, Settled, ValuesView
from ivaudit.ui.controls import Combo, button, called, label, say
from ivaudit.ui.table import Column, Table

if TYPE_CHECKING:
    from ivaudit.app.session import Session
    from ivaudit.domain.audit import Changes

_HELP = (
    "Les réponses pour toute la structure viennent d'abord. En attendant, la plus récente est montrée ; "
    "aucune n'est perdue, et celle que vous ne gardez pas reste dans l'historique."
)
_LEAST = 150
_KEYS = 9
_LEFT, _RIGHT = "Garder celle de gauche (1)", "Garder celle de droite (2)"
_CHOSEN = "Garder la valeur choisie"
_BOTH, _EVERY = "Garder les deux textes (3)", "Garder tous les textes"
_ALL = "Aucun désaccord : tout ce qui a été changé de part et d'autre est réuni."
_SEEN = "Tous les points critiques sont évalués."
_NONE = "Aucune réponse « sans objet »."


class Found(NamedTuple):
    """What is left to do together."""

    disagreements: tuple[Disagreement, ...]
    consensus: Consensus


def _read(audit: str, session: "Session") -> Found:
    return Found(merges.disagreements(session, audit), merges.consensus(session, audit))


def _settle(entity: str, field: str, choice: Settling, session: "Session") -> "Changes":
    return merges.settle(session, entity, field, choice)


class MergePage(QWidget):
    """`left` goes back to Préparation, `criterion_wanted(str)` shows a point of the grid."""

    left = Signal()
    criterion_wanted = Signal(str)

    def __init__(self, audit: OpenAudit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "merge_page", "Désaccords et consensus")
        self._audit = audit
        self.title = label("Désaccords et consensus", "merge_title", "heading")
        self.back = button("Revenir à la préparation", "merge_back", "quiet")
        self.help = label(bound(_HELP), "merge_help", "muted")
        self.view = Combo("merge_view", "Ce qui est montré")
        self.list = Settled("merge_list", "Désaccords", _COLUMNS, flat=True)
        self.unseen = Table("merge_unseen", "Points critiques non évalués", _POINTS, flat=True)
        self.out = Table("merge_out", "« Sans objet » à confirmer", _REASONS, flat=True)
        self.empty = label("", "merge_empty", "muted")
        self.about = label("", "merge_about", "strong")
        self.detail = ValuesView()
        self.keep_first = button(_LEFT, "merge_keep_first", "primary")
        self.keep_last = button(_RIGHT, "merge_keep_last", "primary")
        self.keep_both = button(_BOTH, "merge_keep_both")
        self.keep_before = button("Revenir à celle d'avant", "merge_keep_before", "quiet")
        self.goto = button("Voir dans la grille", "merge_goto", "quiet")
        self.result = label("", "merge_result")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.stack: QStackedWidget = import_preview.lay_out(
            self,
            "merge",
            head=(self.title, self.back),
            above=(self.help, self.view),
            tables=(self.list, self.unseen, self.out, self.empty),
            least=_LEAST,
            below=((self.about, 0), (self.detail, 2)),
            tools=(self.keep_first, self.keep_last, self.keep_both, self.keep_before, self.goto),
            result=self.result,
        )

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.view.activated.connect(self._on_view)
        self.list.current_value.connect(self._on_current)
        for table in (self.unseen, self.out):
            table.opened.connect(self._on_opened)
        self.keep_first.clicked.connect(self._on_first)
        self.keep_last.clicked.connect(self._on_last)
        self.keep_both.clicked.connect(self._on_both)
        self.keep_before.clicked.connect(self._on_before)
        self.goto.clicked.connect(self._on_goto)
        self.list.chosen.connect(self._on_digit)
        self.detail.chosen.connect(self._on_digit)
        import_preview.leave_by_escape(self, self.left.emit)

    def enter(self) -> None:
        """Read again."""
        work = partial(_read, self._audit.audit_id)
        self._audit.writer.submit(work, done=self._on_found, failed=self._on_refused)

    def settle(self) -> None:
        """Have nothing to hand over: a choice is recorded when it is made."""

    @Slot(object)
    def _on_found(self, found: Found) -> None:
        at = max(self.view.currentIndex(), 0)
        self.list.values.show_values(found.disagreements)
        self.unseen.values.show_values(found.consensus.unseen)
        self.out.values.show_values(found.consensus.not_applicable)
        self.view.clear()
        self.view.addItem(f"Désaccords ({len(found.disagreements)})")
        self.view.addItem(f"Points critiques non évalués ({len(found.consensus.unseen)})")
        self.view.addItem(f"« Sans objet » à confirmer ({len(found.consensus.not_applicable)})")
        self.view.setCurrentIndex(at)
        for table in (self.list, self.unseen, self.out):
            table.choose(0)
        self._on_view(at)
        (self.list if found.disagreements and not at else self.view).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int)
    def _on_view(self, at: int) -> None:
        table = (self.list, self.unseen, self.out)[at]
        filled = bool(table.values.rows)
        self.empty.setText((_ALL, _SEEN, _NONE)[at])
        self.stack.setCurrentWidget(table if filled else self.empty)
        settling = not at and filled
        for part in (self.help, self.about, self.detail):
            part.setVisible(settling)
        for tool in (self.keep_first, self.keep_last, self.keep_both, self.keep_before):
            tool.setVisible(settling)
        self.goto.setVisible(filled)
        self._on_current(self.list.value())

    @Slot(object)
    def _on_current(self, shown: Disagreement | None) -> None:
        if shown is None or self.view.currentIndex() > 0:
            return
        about = f" ({shown.about})" if shown.about else ""
        say(self.about, bound(f"{shown.place}{about}\n{shown.field}, avant : {shown.before}"))
        self.detail.show_values(shown)
        self._name_tools(len(shown.values))
        self.keep_both.setVisible(shown.conflict.texts)
        self.goto.setEnabled(shown.conflict.entity.startswith("answer:"))

    def _name_tools(self, values: int) -> None:
        """Say which value each button keeps: of several, the one chosen in their list."""
        two = values == len(SIDES)
        every = f"{_EVERY} ({values + 1})" if values < _KEYS else _EVERY
        names = (_LEFT, _RIGHT, _BOTH) if two else (_CHOSEN, "", every)
        for tool, text in zip((self.keep_first, self.keep_last, self.keep_both), names, strict=True):
            if text:
                tool.setText(text)
                tool.setAccessibleName(text)
        self.keep_last.setVisible(two)

    # -- settling

    @Slot(int)
    def _on_digit(self, digit: int) -> None:
        """Keep the value that a digit stands beside; the digit after the last keeps all texts."""
        shown = self.list.value()
        if shown is None:
            return
        if digit <= len(shown.values):
            self._settle(Kept(shown.conflict.sides[digit - 1].change))
        elif digit == len(shown.values) + 1 and shown.conflict.texts:
            self._settle(Choice.BOTH)

    @Slot()
    def _on_first(self) -> None:
        shown = self.list.value()
        if shown is not None and len(shown.values) == len(SIDES):
            self._on_digit(1)
        elif shown is not None and (kept := self.detail.kept()) is not None:
            self._settle(kept)

    @Slot()
    def _on_last(self) -> None:
        self._on_digit(len(SIDES))

    @Slot()
    def _on_both(self) -> None:
        self._settle(Choice.BOTH)

    @Slot()
    def _on_before(self) -> None:
        self._settle(Choice.BASE)

    def _settle(self, choice: Settling) -> None:
        shown = self.list.value()
        if shown is not None:
            work = partial(_settle, shown.conflict.entity, shown.conflict.field, choice)
            self._audit.writer.submit(work, done=self._on_settled, failed=self._on_refused)

    @Slot(object)
    def _on_settled(self, changes: "Changes") -> None:
        say(self.result, f"{changes.done}." if changes.done else "", Tone.GOOD)
        self.enter()

    def _on_refused(self, error: KnownError) -> None:
        say(self.result, error.sentence, Tone.BAD)

    # -- going to a point

    @Slot()
    def _on_goto(self) -> None:
        table = self.stack.currentWidget()
        shown = table.value() if isinstance(table, Table) else None
        if isinstance(shown, Disagreement):
            self.criterion_wanted.emit(shown.conflict.entity.split("/", 2)[-1])
        else:
            self._on_opened(shown)

    @Slot(object)
    def _on_opened(self, shown: ToConfirm | None) -> None:
        if shown is not None:
            self.criterion_wanted.emit(shown.criterion)


def _who(shown: Disagreement) -> str:
    names = dict.fromkeys(side.author or "Sans nom" for side in shown.conflict.sides)
    return " / ".join(names)


_COLUMNS = (
    Column(title="Où", text=lambda each: bound(each.place), stretch=True),
    Column(title="Sujet", text=lambda each: each.about or "–", spare=True),
    Column(title="Rubrique", text=lambda each: each.field),
    Column(title="Qui", text=_who, spare=True),
)
_POINTS = (
    Column(title="N°", text=lambda each: each.number),
    Column(title="Point critique", text=lambda each: bound(each.question), stretch=True),
    Column(title="État", text=lambda each: each.said.capitalize()),
)
_REASONS = (
    Column(title="N°", text=lambda each: each.number),
    Column(title="Point", text=lambda each: bound(each.question), stretch=True),
    Column(title="Sujet", text=lambda each: each.about, spare=True),
    Column(title="Motif", text=lambda each: bound(each.said)),
    Column(title="Par", text=lambda each: each.by, spare=True),
)
