"""What is done with the library besides reading it: each tool takes the place of the list and the text."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QWidget

from ivaudit.ui.controls import button, called


class ToolView(QWidget):
    """A tool at work.

    `closed()` goes back to the library, `reloaded()` says that the content changed and is to be read again,
    `wanted(about)` goes to a part of the library («id» or «id/part»), `unexpected(error)` tells a mistake of
    ours.
    """

    closed = Signal()
    reloaded = Signal()
    wanted = Signal(str)
    unexpected = Signal(object)
    searched: QLineEdit | None = None
    """Where Ctrl+F goes; the library searches where there is none."""

    def enter(self) -> None:
        """Be shown: read again and take the focus."""

    def leave(self) -> bool:
        """Tell whether it may be left now; what it does is stopped, or it says why not."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the library on Échap."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A line of the menu, with where its view is made when first asked for."""

    id: str
    text: str
    tip: str
    module: str
    view: str

    def make(self, parent: QWidget) -> ToolView:
        """Return its view."""
        made: ToolView = getattr(import_module(self.module), self.view)(parent)
        return made


TOOLS: tuple[Tool, ...] = (
    Tool(
        id="rules",
        text="Tableau récapitulatif",
        tip="Les règles des volets en face des critères, et les codes à relever",
        module="ivaudit.ui.library.rules_view",
        view="RulesView",
    ),
    Tool(
        id="import",
        text="Importer une grille…",
        tip="D'un classeur modifié dans un tableur, avec un aperçu de ce qui change",
        module="ivaudit.ui.library.import_view",
        view="ImportView",
    ),
    Tool(
        id="adaptations",
        text="Adapter une grille…",
        tip="Ajouter, désactiver, peser autrement, sans toucher à la grille publiée",
        module="ivaudit.ui.library.adaptation_view",
        view="AdaptationView",
    ),
)
"""In the order of the menu."""


class ToolsButton(QPushButton):
    """Opens the menu of the tools. `chosen(id)` when one is wanted."""

    chosen = Signal(str)

    def __init__(self, tools: Sequence[Tool] = TOOLS, parent: QWidget | None = None) -> None:
        super().__init__("Outils", parent)
        called(self, "library_tools", "Outils de la bibliothèque")
        self.setToolTip("Tableau récapitulatif, import de grilles, adaptations locales…")
        self._menu = called(QMenu(self), "library_tools_menu", "Outils de la bibliothèque")
        self._menu.setToolTipsVisible(True)
        for tool in tools:
            action = QAction(tool.text, self._menu)
            action.setObjectName(f"library_tool_{tool.id}")
            action.setToolTip(tool.tip)
            action.setData(tool.id)
            self._menu.addAction(action)
        self._menu.triggered.connect(self._on_triggered)
        self.setMenu(self._menu)
        if not tools:
            self.hide()  # shown by what it is in: shown alone, it would be a window for an instant

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.chosen.emit(str(action.data()))


def back_button() -> QPushButton:
    """Return the button of a tool that goes back to the library."""
    return button("‹ Bibliothèque", "library_tool_back", "quiet", "Revenir à la bibliothèque")
