"""One line of the journal whole: before, after, why; opening what it is about, erasing what it holds."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QWidget

from ivaudit.domain.tone import Tone
from ivaudit.domain.trail import TrailLine
from ivaudit.ui import french
from ivaudit.ui.controls import button, called, card, column_in, label, row, say
from ivaudit.ui.theme import Space
from ivaudit.ui.trail.erase_box import EraseBox
from ivaudit.ui.trail.words import after

_ERASE = (
    "Cette valeur sera effacée du journal, de l'état courant et des brouillons ; les preuves d'intégrité "
    "restent. Cela ne s'annule pas. Les sauvegardes déjà faites la gardent : la page Confidentialité dit "
    "lesquelles."
)
_ERASE_ENTRY = (
    "Tout ce qui a été déclaré de cette fiche sera effacé, sauf ce sans quoi elle n'existe pas (numéro, "
    "nature, structure, type, dates, états). Pour n'effacer qu'un champ, cherchez le mot dans "
    "Confidentialité."
)


class TrailDetails(QWidget):
    """Shows a line; `open_wanted(line)`, `erase_wanted(line, reason)`, `field_wanted(line)`."""

    open_wanted = Signal(object)
    field_wanted = Signal(object)
    erase_wanted = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        called(self, "trail_details", "Ligne du journal")
        self._line: TrailLine | None = None
        frame, inner = card("trail_card")
        self.what = label("", "trail_what", "heading")
        self.where = label("", "trail_where", "muted")
        self.who = label("", "trail_who")
        self.reason = label("", "trail_reason")
        self.old_title = label("Avant", "trail_old_title", "strong", wrap=False)
        self.old = _selectable(label("", "trail_old"))
        self.new_title = label("Après", "trail_new_title", "strong", wrap=False)
        self.new = _selectable(label("", "trail_new"))
        self.open = button("Ouvrir", "trail_open", "primary", "Ouvrir ce dont parle cette ligne")
        self.field = button("Voir tout l'historique", "trail_field", "", "Tout l'historique de cet élément")
        self.erase = button("Effacer cette valeur…", "trail_erase", "danger")
        self.box = EraseBox("trail")
        self.tools = QWidget()
        tools = row(self.open, self.field, None)
        tools.setContentsMargins(0, 0, 0, 0)
        self.tools.setLayout(tools)
        for part in (
            self.what, self.where, self.who, self.reason, self.old_title, self.old, self.new_title, self.new,
            self.tools,
        ):  # fmt: skip
            inner.addWidget(part)
        inner.addLayout(row(self.erase, None))
        inner.addWidget(self.box)
        column = column_in(self, spacing=Space.SMALL)
        column.addWidget(frame)
        column.addStretch(1)
        self.open.clicked.connect(self._on_open)
        self.field.clicked.connect(self._on_field)
        self.erase.clicked.connect(self._on_erase)
        self.box.accepted.connect(self._on_accepted)
        self.box.left.connect(self._on_left)

    def show_line(self, line: TrailLine | None, *, openable: bool = False) -> None:
        """Show a line, or nothing."""
        self._line = line
        self.setVisible(line is not None)
        if line is None:
            return
        say(self.what, line.what)
        say(self.where, line.where)
        say(self.who, f"{line.gesture} par {line.author}, {french.when(line.at)}")
        say(self.reason, f"Motif : {line.reason}" if line.reason else "")
        old = "effacé" if line.old_erased and not line.old else line.old
        say(self.old, old)
        self.old_title.setVisible(bool(old))
        say(self.new, after(line) or "(vide)", Tone.BAD if line.erased else Tone.NEUTRAL)
        self.new_title.setVisible(line.index >= 0)
        self.new.setVisible(line.index >= 0)
        self.open.setVisible(openable)
        self.field.setVisible(bool(line.entity))
        self.erase.setVisible(line.erasable)
        self.box.hide()

    def settle(self) -> None:
        """Ask for nothing any more."""
        self.box.hide()

    @Slot()
    def _on_open(self) -> None:
        self.open_wanted.emit(self._line)

    @Slot()
    def _on_field(self) -> None:
        self.field_wanted.emit(self._line)

    @Slot()
    def _on_erase(self) -> None:
        if self._line is not None:
            self.erase.hide()
            self.box.ask(_ERASE_ENTRY if self._line.field == "entry" else _ERASE)

    @Slot()
    def _on_left(self) -> None:
        self.erase.setVisible(self._line is not None and self._line.erasable)

    @Slot(str)
    def _on_accepted(self, reason: str) -> None:
        self.erase_wanted.emit(self._line, reason)


def _selectable(made: QLabel) -> QLabel:
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return made
