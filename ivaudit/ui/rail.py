"""The rail on the left: where one can go, and the lock."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QPushButton, QWidget

from ivaudit.ui import icons, theme
from ivaudit.ui.controls import button, column_in, label

WIDE, NARROW = 176, 56
"""Widths in logical pixels at 100 %."""


class Rail(QFrame):
    """Entries by name; `chosen(name)` when one is taken, `lock_asked()` by the last button."""

    chosen = Signal(str)
    lock_asked = Signal()

    def __init__(self, entries: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName("Navigation")
        self.entries = tuple(entries)
        self._narrow: bool | None = None
        self._texts: dict[QPushButton, str] = {}
        self._group = QButtonGroup(self)
        column = column_in(self, theme.Space.SMALL, theme.Space.TINY)
        self.name = label("ivaudit", "rail_name", wrap=False)
        column.addWidget(self.name)
        column.addSpacing(theme.Space.SMALL)
        self.buttons: dict[str, QPushButton] = {}
        for rank, (name, text) in enumerate(self.entries, 1):
            made = self._entry(name, text, f"{text} (Ctrl+{rank})")
            made.setCheckable(True)
            self._group.addButton(made)
            self.buttons[name] = made
            column.addWidget(made)
        column.addStretch(1)
        self.lock = self._entry("lock", "Verrouiller", "Verrouiller (Ctrl+L)")
        column.addWidget(self.lock)
        self.foot = label("Hors ligne · chiffré", "rail_foot", "rail_foot")
        column.addWidget(self.foot)
        self._group.buttonClicked.connect(self._on_clicked)
        self.lock.clicked.connect(self.lock_asked)
        theme.notice().changed.connect(self._dress)
        self.set_narrow(False)
        self._dress()

    def show_current(self, name: str) -> None:
        """Show where one is."""
        if name in self.buttons:
            self.buttons[name].setChecked(True)

    def show_author(self, author: str) -> None:
        """Show who is recording."""
        text = f"Hors ligne · chiffré\n{author}" if author else "Hors ligne · chiffré"
        self.foot.setText(text)
        self.foot.setAccessibleName(text)

    def set_narrow(self, narrow: bool) -> None:
        """Show icons only, or icons with words."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for made, text in self._texts.items():
            made.setText("" if narrow else text)
        self.name.setVisible(not narrow)
        self.foot.setVisible(not narrow)
        theme.mark(self, narrow="true" if narrow else "false")
        for made in self._texts:
            theme.mark(made)  # their style depends on the rail's property
        self._fit()

    def name_at(self, rank: int) -> str | None:
        """Return the entry at a rank, from 1."""
        return self.entries[rank - 1][0] if 1 <= rank <= len(self.entries) else None

    def _entry(self, name: str, text: str, hint: str) -> QPushButton:
        made = button(text, f"rail_{name}", accessible=text)
        made.setToolTip(hint)
        made.setProperty("pictogram", name)
        self._texts[made] = text
        return made

    def _fit(self) -> None:
        look = theme.current()
        self.setFixedWidth(look.px(NARROW) if self._narrow else look.px(WIDE))

    @Slot(QAbstractButton)
    def _on_clicked(self, clicked: QAbstractButton) -> None:
        self.chosen.emit(clicked.property("pictogram"))

    @Slot()
    def _dress(self) -> None:
        look = theme.current()
        size = look.px(20)
        for made in self._texts:
            drawn = icons.icon(
                made.property("pictogram"), look.colour("rail_text"), look.colour("rail_on_current"), size
            )
            made.setIcon(drawn)
            made.setIconSize(QSize(size, size))
        self._fit()
