"""A person at the window: a French keyboard, and a mouse that reaches only what can be seen."""

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QWidget,
)
from shiboken6 import isValid

from support.azerty import Azerty

W = TypeVar("W", bound=QWidget)
_LEFT = Qt.MouseButton.LeftButton
_TICKS = (QCheckBox, QRadioButton)


class Visitor(Azerty):
    """Looks, presses keys and clicks. What is clicked must be on screen, enabled, and under nothing else."""

    # -- looking

    def find(self, kind: type[W], name: str) -> W:
        """Return the widget of a name that is on screen."""
        found = [each for each in self.window.findChildren(kind, name) if each.isVisible()]
        assert len(found) == 1, f"{name}: {len(found)} on screen"
        return found[0]

    def sees(self, name: str) -> bool:
        """Tell whether a widget can be seen."""
        return any(each.isVisible() for each in self.window.findChildren(QWidget, name))

    def reads(self, name: str) -> str:
        """Return what a label on screen says, with plain spaces."""
        return self.find(QLabel, name).text().replace("\u202f", " ").replace("\xa0", " ")

    def table(self, name: str) -> list[list[str]]:
        """Return the texts of a table on screen, row by row."""
        model = self.find(QAbstractItemView, name).model()
        rows, columns = range(model.rowCount()), range(model.columnCount())
        return [[str(model.index(row, column).data() or "") for column in columns] for row in rows]

    def until(self, name: str, timeout: int = 20_000) -> None:
        """Wait until a widget is seen."""
        self.qtbot.waitUntil(lambda: self.sees(name), timeout=timeout)

    # -- clicking

    def click(self, name: str) -> None:
        """Click on a widget, after scrolling to it."""
        widget = self.find(QWidget, name)
        assert widget.isEnabled(), f"{name} is greyed out"
        self._press_at(widget, self._place(widget))

    def open(self, tab: str) -> None:
        """Click on a step of the audit by its title, and wait for it."""
        tabs = self.find(QTabBar, "audit_tabs")
        at = next(at for at in range(tabs.count()) if tabs.tabText(at) == tab)
        QTest.mouseClick(tabs, _LEFT, pos=tabs.tabRect(at).center())
        self.settled()
        assert tabs.tabText(tabs.currentIndex()) == tab

    def put(self, name: str, text: str) -> None:
        """Click into a field and type over what it holds."""
        self.click(name)
        assert self.at == name, f"{self.at} has the keys instead of {name}"
        self.replace(text)

    def choose(self, name: str, text: str) -> None:
        """Open a list and click on the line that begins with a text."""
        combo = self.find(QComboBox, name)
        view = combo.view()
        QApplication.processEvents()
        if not view.isVisible():  # some open by themselves
            self.click(name)
        self.qtbot.waitUntil(view.isVisible)
        texts = [combo.itemText(at) for at in range(combo.count())]
        at = next((at for at, each in enumerate(texts) if each.strip().startswith(text)), -1)
        assert at >= 0, f"{text!r} is not in {texts}"
        index = view.model().index(at, combo.modelColumn())
        view.scrollTo(index)
        line = view.visualRect(index)
        assert line.width() <= view.viewport().width(), f"{texts[at]!r} is cut in its list"
        spot = line.center()
        for way in (QPoint(1, 1), view.viewport().rect().bottomRight(), spot):
            QTest.mouseMove(
                view.viewport(), way
            )  # Qt takes a click where the list was opened for its opening
        QTest.mouseClick(view.viewport(), _LEFT, pos=spot)
        self.qtbot.waitUntil(lambda: not isValid(view) or not view.isVisible())
        assert not isValid(combo) or combo.currentText() == texts[at]
        self.settled()

    def pick(self, name: str, text: str) -> None:
        """Click on the first line of a table or list with a text in one of its cells."""
        rows = self.table(name)
        row = next((at for at, cells in enumerate(rows) if any(text in cell for cell in cells)), -1)
        assert row >= 0, f"{text!r} is not in {rows}"
        self.cell(name, row, 0)

    def cell(self, name: str, row: int, column: int) -> None:
        """Click on a cell."""
        view = self.find(QAbstractItemView, name)
        self._place(view)
        index = view.model().index(row, column)
        view.scrollTo(index)
        QTest.mouseClick(view.viewport(), _LEFT, pos=view.visualRect(index).center())
        self.settled()

    def name_a_file(self, path: Path, *, dialog: str) -> None:
        """Type a place into the file dialog that opens, and leave it."""
        self.until(dialog)
        self.qtbot.waitUntil(lambda: self.at == "fileNameEdit")
        self.replace(str(path))
        self.enter()
        self.qtbot.waitUntil(lambda: not self.sees(dialog))
        self.window.activateWindow()  # the window manager's part: there is none offscreen
        self.qtbot.waitUntil(self.window.isActiveWindow)

    def _place(self, widget: QWidget) -> QPoint:
        """Return where to click on a widget, scrolling to it as one would, once what moves stands still."""

        def in_sight() -> bool:
            above = widget.parentWidget()
            while above is not None:
                if isinstance(above, QScrollArea):
                    above.ensureWidgetVisible(widget, 8, 8)
                above = above.parentWidget()
            QApplication.processEvents()
            return not widget.visibleRegion().isEmpty()

        self.qtbot.waitUntil(in_sight)
        seen = widget.visibleRegion().boundingRect()
        return seen.center() if not isinstance(widget, _TICKS) else QPoint(10, seen.center().y())

    @staticmethod
    def _press_at(widget: QWidget, spot: QPoint) -> None:
        top = widget.window()
        hit = top.childAt(widget.mapTo(top, spot))
        assert hit is not None, f"{widget.objectName()} is out of the window"
        over = hit is not widget and not widget.isAncestorOf(hit)
        assert not over, f"{hit.objectName()} lies over {widget.objectName()}"
        QTest.mouseClick(widget, _LEFT, pos=spot)
