"""The possible answers as buttons, each with the key that gives it."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ivaudit.domain.scale import Scale, ScaleValue
from ivaudit.ui import theme
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.symbols import paint_symbol
from ivaudit.ui.theme import Look, Size, Space

_AZERTY = dict(enumerate("&é\"'(-è_ç", 1))
_KEY = "Touche {digit} : rangée des chiffres sans Maj (« {printed} » en AZERTY) ou pavé numérique."


class AnswerButton(QAbstractButton):
    """One answer: key cap, sign, word. It never checks itself: what is chosen is what is recorded."""

    def __init__(self, value: ScaleValue, digit: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.value = value
        self.digit = digit
        self.chosen = False
        self.allowed = True
        self.setObjectName(f"answer_{value.id}")
        self.setText(value.label)
        # A click answers and leaves the focus where it is: the keys of the list go on working.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._name()

    def show_state(self, *, chosen: bool, allowed: bool) -> None:
        """Show whether this is the recorded answer, and whether the point allows it."""
        self.chosen, self.allowed = chosen, allowed
        self._name()
        self.update()

    def _name(self) -> None:
        state = (
            ", réponse enregistrée" if self.chosen else "" if self.allowed else ", pas possible pour ce point"
        )
        self.setAccessibleName(f"{self.value.label}, touche {self.digit}{state}")
        self.setToolTip(
            f"{self.value.help}\n{_KEY.format(digit=self.digit, printed=_AZERTY.get(self.digit, self.digit))}"
        )

    def sizeHint(self) -> QSize:
        """Return the room for key cap, sign and word, at least a target high."""
        look = theme.current()
        metrics = QFontMetrics(look.font(bold=True))
        side = metrics.height()
        words = metrics.horizontalAdvance(self.text())
        return QSize(
            words + 2 * side + 2 * look.px(Space.SMALL) + Space.SMALL,
            max(theme.TARGET + 4, side + look.px(Space.MEDIUM)),
        )

    def minimumSizeHint(self) -> QSize:
        """Return the same: a word is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the button."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.current()
        painter.setFont(look.font(bold=True))
        self._paint_box(painter, look)
        side = painter.fontMetrics().height()
        left = look.px(Space.SMALL)
        self._paint_cap(painter, look, QRect(left, (self.height() - side) // 2, side, side))
        left += side + Space.SMALL
        ink = look.ink(self.value.tone) if self.allowed else look.colour("muted")
        sign = QRectF(left, (self.height() - side) / 2 + 2, side - 4, side - 4)
        paint_symbol(painter, sign, self.value.symbol, ink)
        painter.setPen(ink)
        painter.drawText(
            self.rect().adjusted(left + side, 0, 0, 0),
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft),
            self.text(),
        )

    def _paint_box(self, painter: QPainter, look: Look) -> None:
        edge = look.ink(self.value.tone) if self.chosen else look.colour("edge")
        pen = QPen(
            look.colour("focus") if self.hasFocus() else edge, 2 if self.chosen or self.hasFocus() else 1
        )
        if not self.allowed:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        hover = self.underMouse() and self.allowed
        role = "accent_soft" if hover else "surface"
        painter.setBrush(look.fill(self.value.tone) if self.chosen or self.isDown() else look.colour(role))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        if self.chosen and self.hasFocus():
            painter.setPen(QPen(edge, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), 4, 4)

    def _paint_cap(self, painter: QPainter, look: Look, box: QRect) -> None:
        painter.save()
        painter.setPen(QPen(look.colour("edge"), 1))
        painter.setBrush(look.colour("sunken"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(look.font(Size.SMALL, bold=True))
        painter.setPen(look.colour("muted"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(self.digit))
        painter.restore()


class AnswerButtons(Flow):
    """The values of a scale in order. `chosen` carries the key of the value pressed."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, spacing=Space.SMALL, stretch=True, even=True)
        self.setObjectName("answer_buttons")
        self.setAccessibleName("Réponses possibles")
        self._scale: Scale | None = None
        self._buttons: list[AnswerButton] = []
        theme.notice().changed.connect(self._on_look)

    @property
    def buttons(self) -> tuple[AnswerButton, ...]:
        """Return the buttons in order of their keys."""
        return tuple(self._buttons)

    def show_scale(self, scale: Scale) -> None:
        """Show the values of a scale."""
        if scale == self._scale:
            return
        self._scale = scale
        self.take_all()
        self._buttons = [AnswerButton(value, digit, self) for digit, value in enumerate(scale.values, 1)]
        for button in self._buttons:
            button.clicked.connect(self._on_clicked)
            self.add(button)
            button.show()

    def show_answer(self, value: str | None, forbidden: frozenset[str]) -> None:
        """Show the recorded answer, and which values the point does not allow."""
        for button in self._buttons:
            button.show_state(chosen=button.value.id == value, allowed=button.value.id not in forbidden)

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, AnswerButton):
            self.chosen.emit(button.value.id)

    @Slot()
    def _on_look(self) -> None:
        for button in self._buttons:
            button.updateGeometry()
            button.update()
