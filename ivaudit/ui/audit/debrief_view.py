"""The «bilan à chaud» over the whole screen: nothing to print, no network, large letters, a few keys."""

from PySide6.QtCore import QRect, Qt, QTimer, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from ivaudit.domain.debrief import Debrief, DebriefLine
from ivaudit.domain.printable import typeset
from ivaudit.ui import theme
from ivaudit.ui.audit.debrief_slides import Slide, slides
from ivaudit.ui.controls import button, called, emptied, label

_TITLE, _TEXT, _UNDER, _HINT = 13, 17, 26, 40
"""Height of the screen for that of the letters: 10 mm letters on a laptop of 17 cm, read from 3 m."""

_MARGIN, _BETWEEN = 16, 36
_FORWARD = {Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_PageDown, Qt.Key.Key_Return}
_BACK = {Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Backspace, Qt.Key.Key_PageUp}
_REST = 60


class DebriefView(QWidget):
    """A window of its own; `Échap` closes it, arrows and space turn its screens."""

    def __init__(self, said: Debrief, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        called(self, "debrief_view", said.title)
        self.setWindowTitle(typeset(f"{said.title} – {said.facility}"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._said = said
        self._slides: tuple[Slide, ...] = ()
        self._at = 0
        self.title = label("", "debrief_title")
        self.place = label("", "debrief_place", "muted", wrap=False)
        self.before = button("Précédent", "debrief_before", "quiet")
        self.after = button("Suivant", "debrief_after", "quiet")
        self.leave = button("Quitter (Échap)", "debrief_leave", "quiet")
        self._lines = QVBoxLayout()
        self._column = QVBoxLayout(self)
        self._lay_out()
        self._fit_timer = QTimer(self)
        self._fit_timer.setSingleShot(True)
        self._fit_timer.setInterval(_REST)
        self._fit_timer.timeout.connect(self._fit)
        self.before.clicked.connect(self.go_back)
        self.after.clicked.connect(self.go_on)
        self.leave.clicked.connect(self.close)
        theme.notice().changed.connect(self._fit)

    def _lay_out(self) -> None:
        self.title.setProperty("look", "title")
        foot = QHBoxLayout()
        for part in (self.before, self.after):
            foot.addWidget(part)
        foot.addStretch(1)
        foot.addWidget(self.place)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        for part in (self.before, self.after, self.leave):
            part.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # The screen decides of the size: a text that did not hold would make the window larger than it.
        self._column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._column.addWidget(self.title)
        self._column.addLayout(self._lines, 1)
        self._column.addLayout(foot)

    # -- turning

    @property
    def slide(self) -> Slide:
        """Return what is shown."""
        return self._slides[self._at]

    @property
    def count(self) -> int:
        """Return how many screens there are."""
        return len(self._slides)

    @Slot()
    def go_on(self) -> None:
        """Show the next screen; the last one stays."""
        self._show(self._at + 1)

    @Slot()
    def go_back(self) -> None:
        """Show the screen before."""
        self._show(self._at - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn, or leave."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close()
        elif key in _FORWARD:
            self.go_on()
        elif key in _BACK:
            self.go_back()
        elif key == Qt.Key.Key_Home:
            self._show(0)
        elif key == Qt.Key.Key_End:
            self._show(len(self._slides) - 1)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go on at a click, as slides do."""
        super().mouseReleaseEvent(event)
        self.go_on()

    # -- showing

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the screens again once the size rests."""
        super().resizeEvent(event)
        if self._slides:
            self._fit_timer.start()
        else:
            self._fit()

    @Slot()
    def _fit(self) -> None:
        """Cut what is said into screens at the present size; what was shown stays as far as it can."""
        margin = self.height() // _MARGIN
        self._column.setContentsMargins(margin, margin, margin, margin // 2)
        self._column.setSpacing(self.height() // _BETWEEN)
        self._lines.setSpacing(self.height() // _BETWEEN)
        self.title.setFont(self._letters(_TITLE, bold=True))
        self.title.setStyleSheet(f"font-size: {self._pixels(_TITLE)}px")
        for part in (self.place, self.before, self.after, self.leave):
            part.setStyleSheet(f"font-size: {max(self._pixels(_HINT), 12)}px")
        self._slides = slides(self._said, self._height, self._room())
        self._show(min(self._at, len(self._slides) - 1))

    def _room(self) -> int:
        """Return how high all the lines of a screen may be: what the title and the foot leave."""
        margin, gap = self.height() // _MARGIN, self.height() // _BETWEEN
        titles = (f"{part.title} (suite)" for part in self._said.parts)
        title = max((self._measured(text, _TITLE, bold=True) for text in titles), default=0)
        return self.height() - margin - margin // 2 - title - self.leave.sizeHint().height() - 3 * gap

    def _show(self, at: int) -> None:
        self._at = min(max(at, 0), len(self._slides) - 1)
        slide = self.slide
        self.title.setText(typeset(slide.title + (" (suite)" if slide.again else "")))
        self.title.setAccessibleName(self.title.text())
        emptied(self._lines)
        for rank, line in enumerate(slide.lines, 1):
            self._lines.addWidget(self._line(line.text, f"debrief_line_{rank}", _TEXT))
            if line.under:
                self._lines.addWidget(self._line(line.under, f"debrief_under_{rank}", _UNDER, "muted"))
        self._lines.addStretch(1)
        self.place.setText(f"{self._at + 1} / {len(self._slides)}")
        self.place.setAccessibleName(f"Écran {self._at + 1} sur {len(self._slides)}")
        self.before.setEnabled(self._at > 0)
        self.after.setEnabled(self._at < len(self._slides) - 1)
        self.setAccessibleDescription(" ".join(line.text for line in slide.lines))
        if self.focusWidget() is None or not self.focusWidget().isEnabled():
            self.setFocus()

    def _line(self, text: str, name: str, share: int, look: str = "") -> QLabel:
        made = label(typeset(text), name, look)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        made.setStyleSheet(f"font-size: {self._pixels(share)}px")
        made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return made

    def _height(self, line: DebriefLine) -> int:
        gap = self.height() // _BETWEEN
        high = self._measured(line.text, _TEXT) + gap
        return high + (self._measured(line.under, _UNDER) + gap if line.under else 0)

    def _measured(self, text: str, share: int, *, bold: bool = False) -> int:
        room = QRect(0, 0, max(self.width() - 2 * (self.height() // _MARGIN), 100), 100_000)
        metrics = QFontMetrics(self._letters(share, bold=bold))
        return metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, typeset(text)).height()

    def _letters(self, share: int, *, bold: bool = False) -> QFont:
        font = QFont(theme.current().font())
        font.setPixelSize(self._pixels(share))
        font.setBold(bold)
        return font

    def _pixels(self, share: int) -> int:
        return max(self.height() // share, 8)
