"""A workbook of lines that came back: what each cell would change, old beside new, and what to take."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from ivaudit.domain.errors import KnownError
from ivaudit.domain.sheet_comparison import Change, Outcome, SheetComparison
from ivaudit.domain.sheet_problems import SheetProblem
from ivaudit.domain.tone import Tone
from ivaudit.ui import import_preview
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.backing_up import back_up
from ivaudit.ui.controls import Combo, button, called, label, say
from ivaudit.ui.french import count, short_date
from ivaudit.ui.table import Column, Table
from ivaudit.ui.turning_table import TurningTable
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.session import Session

_NOTHING = "Rien à importer : ce que dit ce classeur est déjà enregistré."
_BOTH = (
    "« Modifié des deux côtés » : la valeur a changé ici et dans le classeur depuis l'envoi. La vôtre est "
    "gardée, sauf si vous prenez celle du classeur."
)
_LEAST = 140
Accept = Callable[[SheetComparison, frozenset[str], "Session"], object]


class SheetPreview(QWidget):
    """The preview; `left()` goes back, `said(str)` tells what was imported."""

    left = Signal()
    said = Signal(str)

    def __init__(self, name: str, writer: Writer, reason: str, accept: Accept) -> None:
        super().__init__()
        called(self, f"{name}_preview", "Ce que le classeur changerait")
        self._writer = writer
        self._reason = reason
        self._accept = accept
        self._seen: SheetComparison | None = None
        self._take: set[str] = set()
        self._said_of: Callable[[str, str], str] = _plain
        self.title = label("", f"{name}_preview_title", "heading")
        self.counts = label("", f"{name}_preview_counts", "muted")
        self.both = label("", f"{name}_preview_both")
        self.view = Combo(f"{name}_preview_view", "Ce qui est montré")
        self.changes = TurningTable(f"{name}_changes", "Valeurs changées", self._columns(), flat=True)
        self.problems = Table(
            f"{name}_problems", "Remarques sur le fichier", import_preview.remarks_columns("Remarque")
        )
        self.empty = label(_NOTHING, f"{name}_preview_empty", "muted")
        self.current = label("", f"{name}_preview_current")
        self.go = button("Importer", f"{name}_import_go", "primary")
        self.turn = button("Prendre ou laisser (Espace)", f"{name}_turn")
        self.all = button("Tout prendre", f"{name}_take_all", "quiet")
        self.none = button("Ne rien prendre", f"{name}_take_none", "quiet")
        self.back = button("Renoncer", f"{name}_preview_back", "quiet")
        self.result = label("", f"{name}_preview_result")
        self._lay_out(name)
        self._connect()

    def _lay_out(self, name: str) -> None:
        self.stack = import_preview.lay_out(
            self,
            f"{name}_preview",
            head=(self.title, self.back),
            above=(self.counts, self.both, self.view),
            tables=(self.changes, self.problems, self.empty),
            least=_LEAST,
            below=((self.current, 0),),
            tools=(self.go, self.turn, self.all, self.none),
            result=self.result,
        )

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.view.activated.connect(self._on_view)
        self.changes.current_value.connect(self._on_current)
        self.changes.turned.connect(self._on_turned)
        self.changes.opened.connect(self._on_turned)
        self.turn.clicked.connect(self._on_turn)
        self.all.clicked.connect(self._on_all)
        self.none.clicked.connect(self._on_none)
        self.go.clicked.connect(self._on_go)
        import_preview.leave_by_escape(self, self.left.emit)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(title="Pris", text=self._mark),
            Column(title="Ligne", text=lambda each: bound(each.line), stretch=True),
            Column(title="Rubrique", text=lambda each: each.title[:40]),
            Column(title="Ici", text=lambda each: self._value(each, each.mine)),
            Column(title="Classeur", text=lambda each: self._value(each, each.theirs)),
            Column(title="Effet", text=_effect, spare=True),
            Column(title="Case", text=lambda each: each.place, spare=True),
        )

    def show_comparison(
        self, found: SheetComparison, name: str, said_of: Callable[[str, str], str] | None = None
    ) -> None:
        """Show what a file would change.

        Args:
            found: the comparison.
            name: of the file.
            said_of: says a value in words, from its field.
        """
        self._seen = found
        self._said_of = said_of or _plain
        self._take = set(found.proposed)
        self.title.setText(f"Classeur « {name} »")
        self.title.setAccessibleName(self.title.text())
        remarks = [*found.problems, *map(_unknown, found.unknown)]
        both = any(each.outcome is Outcome.DIFFERENT for each in found.changes)
        say(self.both, bound(_BOTH) if both else "", Tone.MIDDLE)
        self.changes.values.show_values(found.changes)
        self.problems.values.show_values(remarks)
        self.view.clear()
        self.view.addItem(f"Valeurs changées ({len(found.changes)})")
        self.view.addItem(f"Remarques sur le fichier ({len(remarks)})")
        self.view.setVisible(bool(remarks))
        say(self.result, "")
        self.changes.choose(0)
        self._on_view(0)
        self._refresh()
        (self.changes if found.changes else self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    def _value(self, shown: Change, value: str) -> str:
        return bound(self._said_of(shown.field, value)) if value else "—"

    def _mark(self, shown: Change) -> str:
        return "✓ oui" if shown.id in self._take else "non"

    def _refresh(self) -> None:
        if self._seen is None:
            return
        seen = self._seen
        import_preview.repaint_rows(self.changes)
        parts = [count(len(seen.changes), "valeur change", "valeurs changent")]
        parts += [count(len(seen.added), "ligne nouvelle", "lignes nouvelles")] if seen.added else []
        parts += [count(seen.same, "ligne sans changement", "lignes sans changement")] if seen.same else []
        parts += [count(len(seen.unknown), "ligne inconnue", "lignes inconnues")] if seen.unknown else []
        say(self.counts, " · ".join(parts))
        many = len(self._take)
        import_preview.offer(self.go, count(many, "valeur", "valeurs") if many else "")
        for tool in (self.turn, self.all, self.none):
            tool.setVisible(bool(seen.changes))
        self._on_current(self.changes.value())

    @Slot(int)
    def _on_view(self, at: int) -> None:
        listed = self.changes if self.changes.values.rows else self.empty
        self.stack.setCurrentWidget(self.problems if at else listed)
        self.current.setVisible(not at and bool(self.changes.values.rows))

    @Slot(object)
    def _on_current(self, shown: Change | None) -> None:
        if shown is None:
            say(self.current, "")
            return
        mine, theirs = self._value(shown, shown.mine), self._value(shown, shown.theirs)
        say(self.current, bound(f"{shown.line}\n{shown.title} : {mine} → {theirs}"))

    # -- gestures

    @Slot(object)
    def _on_turned(self, shown: Change) -> None:
        self._take.symmetric_difference_update({shown.id})
        self._refresh()

    @Slot()
    def _on_turn(self) -> None:
        if self.changes.value() is not None:
            self._on_turned(self.changes.value())

    @Slot()
    def _on_all(self) -> None:
        if self._seen is not None:
            self._take = {each.id for each in self._seen.changes}
            self._refresh()

    @Slot()
    def _on_none(self) -> None:
        self._take.clear()
        self._refresh()

    @Slot()
    def _on_go(self) -> None:
        """Make the backup that undoes it, then import."""
        self.go.setEnabled(False)
        say(self.result, "Sauvegarde, puis import…", Tone.NEUTRAL)
        back_up(self._writer, done=self._on_backed_up, failed=self._on_refused, reason=self._reason)

    def _on_backed_up(self, _backups: object) -> None:
        seen, taken, accept = self._seen, frozenset(self._take), self._accept
        if seen is not None:
            self._writer.submit(
                lambda session: accept(seen, taken, session), done=self._on_imported, failed=self._on_refused
            )

    @Slot(object)
    def _on_imported(self, changes: object) -> None:
        done = getattr(changes, "done", "") or "Rien de nouveau à importer"
        self.said.emit(f"{done}. Une sauvegarde a été faite juste avant.")
        self.left.emit()

    def _on_refused(self, error: KnownError) -> None:
        self.go.setEnabled(bool(self._take))
        say(self.result, error.sentence, Tone.BAD)


def _plain(_field: str, value: str) -> str:
    return short_date(value)


def _effect(shown: Change) -> str:
    if shown.added:
        return "nouvelle ligne"
    return "modifié des deux côtés" if shown.outcome is Outcome.DIFFERENT else "à reprendre"


def _unknown(line: str) -> SheetProblem:
    return SheetProblem(sheet=line, message="cette ligne n'est pas, ou plus, enregistrée ici : non reprise.")
