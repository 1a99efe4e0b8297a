"""Under a text that looks like the identity of a person: why, and what to do of it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from ivaudit.domain.identity import WHY, IdentityAlert
from ivaudit.domain.tone import Tone
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.controls import button, called, column_in, label, say
from ivaudit.ui.theme import Space

_MOST = 60


class IdentityBox(QFrame):
    """Two ways out: `mask_wanted()` or `none_wanted()` («this is nobody»)."""

    mask_wanted = Signal()
    none_wanted = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, f"{name}_identity", "Identité possible")
        self.words = label("", f"{name}_identity_words")
        self.masking = button("Masquer", f"{name}_identity_mask", "primary", "Masquer l'identité possible")
        self.nobody = button("Ce n'est l'identité de personne", f"{name}_identity_none")
        tools = called(Flow(), f"{name}_identity_tools", "Que faire de ce passage")
        tools.add(self.masking)
        tools.add(self.nobody)
        column = column_in(self, spacing=Space.TINY)
        column.addWidget(self.words)
        column.addWidget(tools)
        self.masking.clicked.connect(self.mask_wanted)
        self.nobody.clicked.connect(self.none_wanted)
        self.hide()

    def show_alerts(self, text: str, found: Sequence[IdentityAlert]) -> None:
        """Show the passages with why they are pointed out, or nothing."""
        self.setVisible(bool(found))
        if not found:
            return
        passages = ", ".join(f"« {text[each.start : each.end][:_MOST]} »" for each in found[:3])
        why = " ".join(dict.fromkeys(WHY[each.kind] for each in found))
        say(self.words, f"{passages} : {why} Pas encore enregistré.", Tone.MIDDLE)
        self.setAccessibleDescription(self.words.text())
