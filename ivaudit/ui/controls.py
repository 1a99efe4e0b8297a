"""The few widgets that every page is made of, named for tests and for screen readers."""

from typing import TypeVar

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ivaudit.domain.tone import Tone
from ivaudit.ui import theme, tool_tips
from ivaudit.ui.scrolled import ScrolledArea

W = TypeVar("W", bound=QWidget)
B = TypeVar("B", bound=QBoxLayout)


class Combo(QComboBox):
    """A list to choose from that the wheel never changes by accident, with a painted arrow."""

    def __init__(self, name: str, accessible: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, name, accessible)
        called(self.view(), f"{name}_choices", accessible)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, not the choice."""
        event.ignore()

    def showPopup(self) -> None:
        """Open the list as wide as its longest line, within the window: a narrow cell would cut them."""
        view = self.view()
        longest = view.sizeHintForColumn(self.modelColumn()) + view.verticalScrollBar().sizeHint().width()
        view.setMinimumWidth(min(longest + 2 * view.frameWidth(), self.window().width() * 3 // 4))
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Ctrl and a key to the window: a list would look for what begins with it."""
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shorten the text with an ellipsis, and add the arrow that the style sheet leaves out."""
        from PySide6.QtWidgets import (  # noqa: PLC0415 - 5 ms that the first window, without lists, spares
            QStyle,
            QStyleOptionComboBox,
            QStylePainter,
        )

        del event
        look = theme.current()
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        control = QStyle.ComplexControl.CC_ComboBox
        painter.drawComplexControl(control, option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(control, option, part, self).width() - theme.Space.TINY
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("text" if self.isEnabled() else "muted"), 1.5))
        half = look.px(4)
        middle = QPointF(self.width() - look.px(14), self.height() / 2)
        painter.drawLine(middle + QPointF(-half, -half / 2), middle + QPointF(0, half / 2))
        painter.drawLine(middle + QPointF(0, half / 2), middle + QPointF(half, -half / 2))
        painter.end()


class Prose(QPlainTextEdit):
    """Several lines of text; Tab leaves it, it tells when it is left, and it grows with what is written."""

    left = Signal()

    def __init__(self, name: str, accessible: str, lines: int = 4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, name, accessible)
        self._lines = lines
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self.fit)
        self.fit()
        theme.notice().changed.connect(self.fit)

    @Slot()
    def fit(self) -> None:
        """Grow with the text, up to three times the first height."""
        lines = max(self._lines, min(round(self.document().size().height()), 3 * self._lines))
        margins = 2 * (self.document().documentMargin() + theme.Space.SMALL)
        self.setFixedHeight(round(lines * self.fontMetrics().lineSpacing() + margins))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take more lines where they became shorter."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the text is left, unless a menu of its own opened."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class Line(QLineEdit):
    """One line of text; Escape gives back what it held when entered."""

    def __init__(self, name: str, accessible: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, name, accessible)
        self._entered = ""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember what it holds."""
        super().focusInEvent(event)
        self._entered = self.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give back the text on Escape, once; a second Escape goes to the page."""
        if event.key() == Qt.Key.Key_Escape and self.text() != self._entered:
            self.setText(self._entered)
            return
        super().keyPressEvent(event)


class SearchLine(Line):
    """Where to search a list: ↓ goes to the list, as Entrée does."""

    def __init__(self, name: str, accessible: str, parent: QWidget | None = None) -> None:
        super().__init__(name, accessible, parent)
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the list on ↓."""
        if event.key() == Qt.Key.Key_Down:
            self.returnPressed.emit()
            return
        super().keyPressEvent(event)


def called(widget: W, name: str, accessible: str) -> W:
    """Give a widget its object name and what a screen reader says."""
    widget.setObjectName(name)
    widget.setAccessibleName(accessible)
    return widget


class Text(QLabel):
    """A label that wraps: as narrow as it must, and no higher than its text at that width."""

    def minimumSizeHint(self) -> QSize:
        """Ask for one line: Qt would ask for the height of the narrowest column, and scroll in vain."""
        return QSize(40, self.fontMetrics().lineSpacing())


class Brief(QLabel):
    """One line that ends with an ellipsis where there is no room; all of it is in the tool tip."""

    def __init__(self, name: str, look: str = "") -> None:
        super().__init__()
        called(self, name, "")
        self.setProperty("look", look)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._whole = ""

    def show_text(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setAccessibleName(text)
        self.setToolTip(tool_tips.plain(text))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten at the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))


class TickText(Text):
    """The words of a box to tick, which wrap where the box's own would not; a click ticks."""

    def __init__(self, text: str, box: QCheckBox) -> None:
        super().__init__(text)
        self._box = box
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setBuddy(box)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick, or clear."""
        super().mouseReleaseEvent(event)
        if self.rect().contains(event.position().toPoint()):
            self._box.setFocus()
            self._box.click()


def label(text: str, name: str, look: str = "", *, wrap: bool = True) -> QLabel:
    """Return a plain text label; `look` is a hook of the style sheet («title», «muted»…)."""
    made = called(Text(text) if wrap else QLabel(text), name, text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if wrap:
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    if look:
        made.setProperty("look", look)
    return made


def say(target: QLabel, text: str, tone: Tone | None = None) -> None:
    """Change a label, for the eye and for the ear, and hide it when there is nothing to say."""
    target.setText(text)
    target.setAccessibleName(text)
    if tone is not None:
        theme.mark(target, tone=tone.value)
    target.setVisible(bool(text))


def button(text: str, name: str, kind: str = "", accessible: str = "") -> QPushButton:
    """Return a push button; `kind` is «primary», «quiet», «danger» or nothing."""
    made = called(QPushButton(text), name, accessible or text)
    made.setAutoDefault(True)  # Return, too, presses the button that has the focus
    if kind:
        made.setProperty("kind", kind)
    return made


def card(name: str) -> tuple[QFrame, QVBoxLayout]:
    """Return a framed surface and its column."""
    frame = QFrame()
    frame.setObjectName(name)
    frame.setProperty("card", True)
    column = column_in(frame, theme.Space.MEDIUM)
    return frame, column


def column_in(widget: QWidget, margin: int = 0, spacing: int = theme.Space.SMALL) -> QVBoxLayout:
    """Return a column laid in a widget."""
    return _spaced(QVBoxLayout(widget), margin, spacing)


def row(*parts: QWidget | None, spacing: int = theme.Space.SMALL) -> QHBoxLayout:
    """Return a row of widgets; nothing stands for a stretch."""
    made = QHBoxLayout()
    made.setSpacing(spacing)
    for part in parts:
        if part is None:
            made.addStretch(1)
        else:
            made.addWidget(part)
    return made


def scrolling(content: QWidget, name: str, accessible: str) -> QScrollArea:
    """Return a vertical scroll area around a content, without a frame, out of the Tab order."""
    area = called(ScrolledArea(), name, accessible)
    content.setObjectName("contents")
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


class Readable(QWidget):
    """A content to scroll whose column is no wider than what reads well."""

    WIDTH = 860

    def __init__(self) -> None:
        super().__init__()
        beside = _spaced(QHBoxLayout(self), 0, 0)
        self._middle = QWidget()
        self._middle.setObjectName("readable")
        beside.addWidget(self._middle, 1)
        beside.addStretch(0)
        self.body = column_in(self._middle, spacing=theme.Space.MEDIUM)
        theme.notice().changed.connect(self._fit)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        self._middle.setMaximumWidth(theme.current().px(self.WIDTH))


def emptied(layout: QLayout) -> None:
    """Take every widget out of a layout and let Qt delete it."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            emptied(inner)


def _spaced(made: B, margin: int, spacing: int) -> B:
    made.setContentsMargins(margin, margin, margin, margin)
    made.setSpacing(spacing)
    return made


class Bar(QWidget):
    """A painted share of a whole: the same bar in lists and cards."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._share = 0.0
        self.setFixedHeight(theme.Space.SMALL)

    def show_share(self, done: int, total: int) -> None:
        """Show `done` of `total`."""
        self._share = done / total if total else 0.0
        self.setAccessibleName(f"{done} sur {total}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the share."""
        del event
        painter = QPainter(self)
        paint_bar(painter, QRectF(self.rect()), self._share)
        painter.end()


def paint_bar(painter: QPainter, rect: QRectF, share: float) -> None:
    """Paint a share of a whole in a rectangle."""
    look = theme.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    radius = rect.height() / 2
    painter.setBrush(look.colour("border"))
    painter.drawRoundedRect(rect, radius, radius)
    if share > 0:
        painter.setBrush(look.colour("accent"))
        width = max(rect.height(), rect.width() * min(share, 1.0))
        painter.drawRoundedRect(QRectF(rect.left(), rect.top(), width, rect.height()), radius, radius)
    painter.restore()
