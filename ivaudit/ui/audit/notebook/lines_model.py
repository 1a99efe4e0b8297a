"""Lines of the notebook as a list: when, who, about what, what it amounts to, and the words."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ivaudit.domain.notebook import Line
from ivaudit.domain.scale import ScaleValue

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_NOWHERE = QModelIndex()


class Part(IntEnum):
    """What the delegate asks for."""

    SHOWN = _Role.UserRole
    HEADING = _Role.UserRole + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """A line with the words around it; `heading` is the title of the lines it stands among."""

    line: Line
    words: str
    value: ScaleValue | None = None
    heading: str = ""


class LinesModel(QAbstractTableModel):
    """Lines in the order they are given. `edited(line id, text)` when one was typed over."""

    edited = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown: tuple[ShownLine, ...] = ()

    def show_lines(self, shown: Sequence[ShownLine]) -> None:
        """Show other lines."""
        if tuple(shown) == self.shown:
            return
        self.beginResetModel()
        self.shown = tuple(shown)
        self.endResetModel()

    def place_of(self, line: str) -> int:
        """Return where a line stands, -1 when it does not."""
        return next((at for at, each in enumerate(self.shown) if each.line.id == line), -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return one: the delegate paints the whole line."""
        return 0 if parent.isValid() else 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every line be edited in place."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable if index.isValid() else Qt.ItemFlag(0)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Return the words of a line."""
        found = self.shown[index.row()]
        match role:
            case _Role.DisplayRole | _Role.EditRole:
                return found.line.text
            case _Role.AccessibleTextRole:
                value = f", vaut {found.value.label}" if found.value else ""
                return f"{found.line.text}. {found.words}{value}"
            case Part.SHOWN:
                return found
            case Part.HEADING:
                above = self.shown[index.row() - 1].heading if index.row() else ""
                return found.heading if found.heading != above else ""
            case _:
                return None

    def setData(self, index: Index, value: object, role: int = _Role.EditRole) -> bool:
        """Hand over what was typed; it shows once it is recorded."""
        found = self.shown[index.row()]
        text = str(value).strip()
        if role != _Role.EditRole or not text or text == found.line.text:
            return False
        self.edited.emit(found.line.id, text)
        return True
