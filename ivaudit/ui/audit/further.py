"""«Pour aller plus loin»: what the library has on the current point, reached by keyboard."""

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ivaudit.ui import theme
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.audit.rich_text import RichText
from ivaudit.ui.library.markup import LINK, link, target
from ivaudit.ui.read_once import ReadOnce

if TYPE_CHECKING:
    from ivaudit.app.further import Further
    from ivaudit.app.library_items import Finder

_NAMES = {
    "Fiches réflexes": ("fiche réflexe", "fiches réflexes"),
    "Grilles d'observation": ("grille d'observation", "grilles d'observation"),
    "Cas pratiques": ("cas pratique", "cas pratiques"),
}


class _State:
    """The one reading of the library for the window."""

    def __init__(self) -> None:
        self.reading: ReadOnce | None = None


_state = _State()


def reading() -> ReadOnce:
    """Return who reads the library, and tells when it is there."""
    if _state.reading is None:
        _state.reading = ReadOnce(_read)
    return _state.reading


def _read() -> object:
    from ivaudit.app.library import finder  # noqa: PLC0415 - on the thread of the job

    found = finder()
    found.concerning("")  # indexed here, not on the thread of the window
    return found


def links(criterion: str) -> str:
    """Return the line of links of a criterion; nothing when there is none, or nothing is read yet."""
    from ivaudit.app.further import further  # noqa: PLC0415 - the library is read by now, if it is

    finder: Finder | None = reading().value
    if finder is None:
        return ""
    found = further(finder, criterion)
    groups = [_group(name, [each for each in found if each.shelf == name]) for name in _NAMES]
    told = " · ".join(filter(None, groups))
    return f"<p><b>Pour aller plus loin (L)</b><br>{told}</p>" if told else ""


def _group(name: str, found: "list[Further]") -> str:
    one, many = _NAMES[name]
    named = [link(each.item, each.anchor, bound(each.title)) for each in found]
    return f"{escape(one if len(found) == 1 else many)} : {', '.join(named)}" if named else ""


class FurtherLinks(RichText):
    """The links. `wanted(about)` goes to a part of the library («id» or «id/part»), `left()` to the list."""

    wanted = Signal(str)
    left = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("further", "Pour aller plus loin", parent)
        self.anchorClicked.connect(self._on_link)
        self._criterion = ""
        reading().changed.connect(self._on_changed)
        theme.notice().changed.connect(self._on_changed)

    def show_criterion(self, criterion: str) -> None:
        """Show the links of a criterion."""
        self._criterion = criterion
        self._on_changed()

    def enter(self) -> bool:
        """Take the keys, on the first link; tell whether there is one."""
        if self.isHidden():
            return False
        cursor = self.textCursor()
        cursor.movePosition(cursor.MoveOperation.Start)
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.focusNextPrevChild(True)  # on the first link
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Come into view."""
        super().focusInEvent(event)
        self.entered.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay in view: the ring of the focus wraps the line anew."""
        super().resizeEvent(event)
        if self.hasFocus():
            self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list on Échap."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    @Slot()
    def _on_changed(self) -> None:
        html = links(self._criterion) if self._criterion else ""
        self.show_html(html)
        self.setAccessibleDescription(self.toPlainText())

    @Slot(QUrl)
    def _on_link(self, url: QUrl) -> None:
        where = target(url.toString())
        if where is not None:
            self.wanted.emit(url.toString().removeprefix(LINK).removesuffix("/"))
