"""An answer taken over that nobody confirmed yet."""

from collections.abc import Iterable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from ivaudit.app import versions
from ivaudit.domain.tone import Tone
from ivaudit.ui import theme
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.audit.rows import Row
from ivaudit.ui.controls import button, called, column_in, label, row, say
from ivaudit.ui.theme import Space

_NOTHING = "Aucune réponse à reconfirmer ici."


class CarriedBox(QFrame):
    """Says that an answer waits; hidden while the agent looks at the screen.

    `confirmed` says that the answer was confirmed (the list may move on).
    """

    confirmed = Signal()

    def __init__(self, audit: OpenAudit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "carried_box", "Réponse reprise")
        self._audit = audit
        self._row: Row | None = None
        self.mark = label("", "carried_mark", "strong")
        theme.mark(self.mark, tone=Tone.WAITING.value)
        self.button = button("Reconfirmer (V)", "carried_confirm", "", "Reconfirmer cette réponse, touche V")
        column = column_in(self, 0, Space.TINY)
        column.addWidget(self.mark)
        column.addLayout(row(self.button, None))
        self.button.clicked.connect(self.confirm)
        audit.interview_changed.connect(self._on_interview)
        self.hide()

    def show_row(self, shown: Row | None) -> None:
        """Show whether the answer of a point waits; nothing where it does not."""
        self._row = shown
        hidden = shown is None or self._audit.interview
        value = shown.value if shown is not None and shown.carried else None
        source = shown.answer.carried if shown is not None else None
        mark = f"À reconfirmer : {value.label}" if value and not hidden else ""
        if mark and source is not None and source.audit == self._audit.audit_id:
            mark += ", réponse donnée sur la version précédente de la grille"
        say(self.mark, bound(mark))
        self.button.setVisible(bool(mark))
        self.setVisible(bool(mark))

    @Slot()
    def confirm(self) -> None:
        """Confirm the answer of the point."""
        if self._row is None or not self._row.carried:
            self._audit.said.emit(_NOTHING)
            return
        self._confirm((self._row.key,))
        self.confirmed.emit()

    def confirm_section(self) -> None:
        """Confirm the answers of the section of the point."""
        if self._row is not None:
            here = self._row
            self._confirm(each.key for each in self._audit.rows if _together(each, here))

    def _confirm(self, keys: Iterable[str]) -> None:
        wanted, audit = tuple(keys), self._audit.audit_id
        if wanted:
            self._audit.perform(lambda session: versions.confirm(session, audit, wanted))
        else:
            self._audit.said.emit(_NOTHING)

    @Slot(bool)
    def _on_interview(self, _on: bool) -> None:
        self.show_row(self._row)


def _together(each: Row, here: Row) -> bool:
    same = each.point.section.id == here.point.section.id and each.checklist.id == here.checklist.id
    return same and each.carried
