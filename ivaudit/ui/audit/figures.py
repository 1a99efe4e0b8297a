"""The figures of one checklist: each a button that explains itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QListWidget, QListWidgetItem, QWidget

from ivaudit.domain.checklist import Checklist, Point
from ivaudit.domain.report_figures import NO_LEVEL
from ivaudit.domain.scoring import Figure, Result
from ivaudit.ui import tab_order, theme
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.phrases import bound, quantity
from ivaudit.ui.controls import called, column_in, label, say
from ivaudit.ui.french import count
from ivaudit.ui.theme import Size, Space

_LIST_ROWS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A figure as it is shown: its title, what is read, a word under it, and what explains it."""

    key: str
    title: str
    value: str
    under: str
    figure: Figure


def shown_figures(result: Result) -> tuple[Shown, ...]:
    """Return the figures of a result in reading order; the same as in the report, from the same domain."""
    parts = [
        ("progress", result.progress, "points traités"),
        ("coverage", result.coverage, f"en poids ; score à partir de {result.threshold} %"),
        ("not_applicable", result.not_applicable, "des points de la grille"),
        ("fulfilled", result.fulfilled, "des points évalués"),
    ]
    found = [
        Shown(key=key, title=f.title, value=_percent(f.shown), under=under, figure=f)
        for key, f, under in parts
    ]
    return (*found, _score(result))


def _percent(value: int | None) -> str:
    return "—" if value is None else f"{value} %"


def _score(result: Result) -> Shown:
    if result.score is not None:
        value, under = f"{result.score} / 100", "moyenne pondérée des points évalués"
    elif result.bounds is not None:
        value = f"{result.bounds.low} à {result.bounds.high}"
        under = f"bornes : la couverture n'atteint pas {result.threshold} %"
    else:
        value, under = "—", "rien n'est encore évalué"
    return Shown(key="score", title="Score", value=value, under=under, figure=result.mean)


def level_sentence(checklist: Checklist, result: Result) -> str:
    """Return what may be said of the level, capped or not, or why there is none."""
    if checklist.levels is None:
        return NO_LEVEL
    origin = f"Repères choisis par {checklist.levels.chosen_by}, sans valeur nationale."
    broken = count(result.broken, "point critique non tenu", "points critiques non tenus")
    if result.level is not None and result.capped_level is not None:
        if result.capped_level == result.level:
            return f"Niveau : {result.level.label}. {result.level.meaning} {origin}"
        return (
            f"Niveau : {result.capped_level.label}, plafonné par {broken} ; "
            f"{result.level.label} sans ce plafond. {result.capped_level.meaning} {origin}"
        )
    if result.score is not None and result.waiting:
        waiting = count(result.waiting, "point critique", "points critiques")
        return f"Niveau en attente de {waiting}. {origin}"
    bounds = result.bounds
    if bounds is not None and bounds.low_level is not None and bounds.high_level is not None:
        low, high = bounds.low_level.label, bounds.high_level.label
        between = f"{low} dans tous les cas" if low == high else f"entre {low} et {high}"
        return f"Pas encore de niveau : {between}, selon les points qui restent. {origin}"
    return "Pas de niveau tant que rien n'est évalué."


class FigureButton(QAbstractButton):
    """One figure; a press shows where it comes from."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.shown: Shown | None = None

    def show_figure(self, shown: Shown) -> None:
        """Show another value."""
        self.shown = shown
        self.setText(f"{shown.title} {shown.value}")
        self.setAccessibleName(f"{shown.title} : {shown.value}, {shown.under}")
        self.setToolTip("D'où vient ce chiffre ? (Entrée)")
        self.updateGeometry()
        self.update()

    def _wide(self) -> int:
        if self.shown is None:
            return 0
        look = theme.current()
        return max(
            QFontMetrics(look.font(size, bold=size is Size.TITLE)).horizontalAdvance(text)
            for size, text in (
                (Size.SMALL, self.shown.title),
                (Size.TITLE, self.shown.value),
                (Size.SMALL, self.shown.under),
            )
        )

    def sizeHint(self) -> QSize:
        """Return the room for three lines."""
        look = theme.current()
        high = 2 * QFontMetrics(look.font(Size.SMALL)).height()
        high += QFontMetrics(look.font(Size.TITLE, bold=True)).height()
        return QSize(self._wide() + 3 * Space.SMALL, high + 2 * Space.SMALL)

    def minimumSizeHint(self) -> QSize:
        """Return the same: no figure is cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Explain by Entrée as by Espace."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the three lines."""
        if self.shown is None:
            return
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong = self.hasFocus() or self.isChecked()
        painter.setPen(QPen(look.colour("focus" if strong else "border"), 2 if strong else 1))
        painter.setBrush(look.colour("accent_soft" if self.isChecked() or self.underMouse() else "surface"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        top = int(Space.SMALL)
        for size, text, role in (
            (Size.SMALL, self.shown.title, "muted"),
            (Size.TITLE, self.shown.value, "text"),
            (Size.SMALL, self.shown.under, "muted"),
        ):
            painter.setFont(look.font(size, bold=size is Size.TITLE))
            painter.setPen(look.colour(role))
            high = painter.fontMetrics().height()
            painter.drawText(Space.SMALL + Space.TINY, top + painter.fontMetrics().ascent(), text)
            top += high


class Figures(QWidget):
    """The figures in a row and, under them, the explanation of the one that was pressed."""

    criterion_wanted = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, f"figures_{name}", "Chiffres")
        self._points: dict[str, Point] = {}
        self._open = ""
        self.buttons: dict[str, FigureButton] = {}
        self.flow = Flow(spacing=Space.SMALL, stretch=True)
        self.rule = label("", f"figure_rule_{name}")
        self.items = called(QListWidget(), f"figure_items_{name}", "Points qui font ce chiffre")
        self.items.setWordWrap(True)
        self.items.itemActivated.connect(self._on_item)
        self.items.itemClicked.connect(self._on_item)
        column = column_in(self)
        for part in (self.flow, self.rule, self.items):
            column.addWidget(part)
        self._explain("")

    def show_result(self, result: Result, points: Sequence[Point]) -> None:
        """Show the figures of a result."""
        self._points = {point.criterion.id: point for point in points}
        for shown in shown_figures(result):
            if shown.key not in self.buttons:
                made = FigureButton(f"figure_{shown.key}")
                made.clicked.connect(self._on_pressed)
                self.buttons[shown.key] = made
                self.flow.add(made)
                made.show()
            self.buttons[shown.key].show_figure(shown)
        tab_order.follow(self.flow, (*self.buttons.values(), self.items))
        self._explain(self._open)

    @Slot()
    def _on_pressed(self) -> None:
        pressed = next((key for key, each in self.buttons.items() if each is self.sender()), "")
        self._explain("" if pressed == self._open else pressed)

    def _explain(self, key: str) -> None:
        self._open = key
        for name, each in self.buttons.items():
            each.setChecked(name == key)
        shown = self.buttons[key].shown if key else None
        say(self.rule, explanation(shown.figure) if shown else "")
        self.items.setVisible(shown is not None)
        if shown is not None:
            self._list(shown.figure)

    def _list(self, figure: Figure) -> None:
        self.items.clear()
        for mark, keys in (("compte", figure.items), ("ne compte pas", figure.others)):
            for key in keys:
                point = self._points.get(key)
                if point is not None:
                    item = QListWidgetItem(f"{point.number}  {bound(point.criterion.question)} — {mark}")
                    item.setData(Qt.ItemDataRole.UserRole, key)
                    self.items.addItem(item)
        row = max(self.items.sizeHintForRow(0), theme.TARGET)
        self.items.setFixedHeight(min(self.items.count(), _LIST_ROWS) * row + Space.MEDIUM)

    @Slot(QListWidgetItem)
    def _on_item(self, item: QListWidgetItem) -> None:
        self.criterion_wanted.emit(item.data(Qt.ItemDataRole.UserRole))


def explanation(figure: Figure) -> str:
    """Return the rule of a figure with its numerator and denominator."""
    share = "" if figure.shown is None else f" = {figure.shown} %"
    ratio = f"{quantity(figure.numerator)} / {quantity(figure.denominator)} ({figure.unit}){share}"
    return bound(f"{figure.title} : {ratio}. {figure.rule} Choisissez un point pour y aller.")
