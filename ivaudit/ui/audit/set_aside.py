"""«Sans objet» for the points of a section together: what it would do, one reason, one gesture."""

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from ivaudit.app import bulk
from ivaudit.app.bulk import Preview
from ivaudit.app.session import Session
from ivaudit.domain.checklist import Term
from ivaudit.domain.tone import Tone
from ivaudit.ui.audit.grid import Grid
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.audit.reason_list import ReasonList
from ivaudit.ui.audit.rows import Group
from ivaudit.ui.controls import Line, button, called, column_in, label, row, say, scrolling
from ivaudit.ui.french import count
from ivaudit.ui.theme import Space

_RULE = "Ne touche à aucune réponse déjà donnée. Un seul geste : Ctrl+Z le reprend en entier."
_NOTHING = "Aucun point de cette section ne peut être mis « sans objet » ensemble."


class SetAsidePanel(QFrame):
    """Says which points would be filled and which left. `given` carries the reason, `left` gives up."""

    given = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "aside_panel", "Sans objet pour une section")
        self.title = label("", "aside_title", "heading")
        self.told = label("", "aside_told")
        self.ask = label("Pourquoi ? Un chiffre choisit le motif.", "aside_ask", "strong")
        self.reasons = ReasonList()
        called(self.reasons, "aside_reasons", "Motif pour toute la section")
        self.other = Line("aside_other", "Autre motif")
        self.other.setPlaceholderText("Autre motif (Entrée)")
        self.close_button = button("Renoncer (Échap)", "aside_close", "quiet")
        inside = QWidget()
        column = column_in(inside, Space.MEDIUM)
        column.addLayout(row(self.title, self.close_button))
        column.addWidget(self.told)
        column.addWidget(label(bound(_RULE), "aside_rule", "muted"))
        for part in (self.ask, self.reasons, self.other):
            column.addWidget(part)
        column.addStretch(1)
        column_in(self, 1).addWidget(scrolling(inside, "aside_scroll", "Sans objet pour une section"))
        self.reasons.chosen.connect(self.given)
        self.reasons.cancelled.connect(self.left)
        self.close_button.clicked.connect(self.left)
        self.other.returnPressed.connect(self._on_other)

    def show_preview(self, title: str, about: str, found: Preview, reasons: tuple[Term, ...]) -> None:
        """Show what setting a section aside would do."""
        say(self.title, bound(f"Sans objet : « {title} »{about}"))
        say(self.told, bound(told(found)), None if found.filled else Tone.MIDDLE)
        self.reasons.show_terms(reasons)
        self.other.clear()
        for part in (self.ask, self.reasons, self.other):
            part.setVisible(bool(found.filled))
        (self.reasons if found.filled else self.close_button).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_other(self) -> None:
        if self.other.text().strip():
            self.given.emit(self.other.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up by Échap."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def told(found: Preview) -> str:
    """Return what would be filled and what is left, with why."""
    kept = [
        (found.answered, "déjà renseigné", "déjà renseignés"),
        (found.critical, "critique, à traiter un par un", "critiques, à traiter un par un"),
        (found.forbidden, "où « sans objet » est exclu", "où « sans objet » est exclu"),
    ]
    left = " ; ".join(
        f"{count(len(keys), 'point', 'points')} {one if len(keys) == 1 else many}"
        for keys, one, many in kept
        if keys
    )
    start = (
        f"{count(len(found.filled), 'point sans réponse sera rempli', 'points sans réponse seront remplis')}."
        if found.filled
        else _NOTHING
    )
    return f"{start} Laissés tels quels : {left}." if left else start


class SetAside(QObject):
    """Opens the panel for a section, in the place of the point."""

    def __init__(self, audit: OpenAudit, grid: Grid) -> None:
        super().__init__(grid)
        self._audit, self._grid = audit, grid
        self._asked: tuple[str, ...] = ()
        self.panel: SetAsidePanel | None = None
        grid.sections.aside_wanted.connect(self.open)
        grid.aside_wanted.connect(self._on_current)
        grid.letter_pressed.connect(self._on_letter)

    @Slot(str)
    def _on_letter(self, letter: str) -> None:
        if letter == "S":
            self._on_current()

    @Slot()
    def _on_current(self) -> None:
        position = self._grid.model.position_at(self._grid.list.currentIndex())
        group = self._grid.group_of(position)
        if group is not None:
            self.open(group)

    @Slot(object)
    def open(self, group: Group) -> None:
        """Ask for a reason, after saying what it would do."""
        rows, audit, about = self._audit.rows, self._audit.audit_id, self._audit.subject
        criteria = tuple(dict.fromkeys(rows[at].key for at in group.rows if rows[at].concerned))
        self._asked = criteria
        self._audit.writer.submit(
            partial(_preview, audit=audit, criteria=criteria, subject=about),
            done=partial(self._on_preview, group.title),
        )

    def _on_preview(self, title: str, found: Preview) -> None:
        panel = self._made()
        self._grid.panel.cover(panel)
        sheet = self._audit.loaded.sheet
        about = f" — {sheet.label(self._audit.subject)}" if self._audit.subjects else ""
        panel.show_preview(title, about, found, self._audit.loaded.vocabulary.na_reasons)

    def _made(self) -> SetAsidePanel:
        if self.panel is None:
            self.panel = SetAsidePanel()
            self.panel.given.connect(self._on_given)
            self.panel.left.connect(self._on_left)
        return self.panel

    @Slot(str)
    def _on_given(self, reason: str) -> None:
        self._audit.set_aside(self._asked, reason)
        self._on_left()

    @Slot()
    def _on_left(self) -> None:
        if self.panel is not None:
            self._grid.panel.uncover(self.panel)
        self._grid.focus_list()


def _preview(session: Session, *, audit: str, criteria: tuple[str, ...], subject: str) -> Preview:
    return bulk.preview(session, audit, criteria, subject=subject)
