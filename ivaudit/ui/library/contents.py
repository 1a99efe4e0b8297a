"""The list of everything published as a tree: groups, items, parts, passages; or what a search found."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ivaudit.app.library_items import Catalogue, Item, Passage, Shelf
from ivaudit.domain.checklist import Confidence
from ivaudit.ui import french, tool_tips

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_Role = Qt.ItemDataRole

CONFIDENCE_WORDS = {
    Confidence.READ: "texte lu",
    Confidence.QUOTED: "texte cité",
    Confidence.SUMMARISED: "d'après un résumé",
    Confidence.TO_CHECK: "à vérifier",
}
"""How sure a part is, in words."""


ONE = {
    Shelf.CHECKLIST: "Grille d'exigences",
    Shelf.VISIT: "Grille de visite",
    Shelf.OBSERVATION: "Grille d'observation",
    Shelf.FICHE: "Fiche réflexe",
    Shelf.CASES: "Cas pratiques",
    Shelf.GLOSSARY: "Glossaire",
    Shelf.RULES: "Règles des volets",
    Shelf.ADAPTATION: "Adaptation locale",
}
"""What one thing of a shelf is called."""


class Part(IntEnum):
    """What the delegate asks for."""

    NODE = _Role.UserRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A line of the tree; what it shows depends on what it holds. `above` is the position of its parent."""

    title: str
    above: int
    depth: int
    item: Item | None = None
    passage: Passage | None = None

    @property
    def is_item(self) -> bool:
        """Tell whether it is the line of a whole item."""
        return self.item is not None and self.passage is None

    @property
    def is_group(self) -> bool:
        """Tell whether it is a title only."""
        return self.item is None and self.passage is None


class ContentsModel(QAbstractItemModel):
    """The tree; `internalId` is the position of a node."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.nodes: list[Node] = []
        self._rows: list[int] = []
        self._children: dict[int, list[int]] = {}

    def show_all(self, catalogue: Catalogue) -> None:
        """List everything, group by group."""
        self.beginResetModel()
        self._clear()
        for shelf in Shelf:
            items = [item for item in catalogue.items if item.shelf is shelf]
            if not items:
                continue
            group = self._add(
                Node(title=f"{shelf} ({len(items)})" if len(items) > 1 else str(shelf), above=-1, depth=0)
            )
            for item in items:
                self._add_item(item, group)
        self.endResetModel()

    def show_hits(self, catalogue: Catalogue, hits: Sequence[Passage]) -> None:
        """List what a search found, item by item."""
        self.beginResetModel()
        self._clear()
        of: dict[str, list[Passage]] = {}
        for hit in hits:
            of.setdefault(hit.item, []).append(hit)
        for item in catalogue.items:
            found = of.get(item.id)
            if not found:
                continue
            node = self._add(Node(title=item.title, above=-1, depth=0, item=item))
            for hit in found:
                if hit.anchor:
                    self._add_passage(hit, node, item)
        self.endResetModel()

    def node_at(self, index: Index) -> Node | None:
        """Return the node under an index."""
        return self.nodes[index.internalId()] if index.isValid() else None

    def index_with(self, item: str, anchor: str) -> QModelIndex:
        """Return the index of a part of an item, of the item itself, or nothing."""
        for at, node in enumerate(self.nodes):
            if node.item is None or node.item.id != item:
                continue
            if anchor == (node.passage.anchor if node.passage is not None else ""):
                return self.index_of(at)
        return QModelIndex()

    def index_of(self, at: int) -> QModelIndex:
        """Return the index of a node by its position."""
        return self.createIndex(self._rows[at], 0, at)

    def _clear(self) -> None:
        self.nodes, self._rows, self._children = [], [], {}

    def _add(self, node: Node) -> int:
        at = len(self.nodes)
        self.nodes.append(node)
        beside = self._children.setdefault(node.above, [])
        self._rows.append(len(beside))
        beside.append(at)
        return at

    def _add_item(self, item: Item, group: int) -> None:
        at = self._add(Node(title=item.title, above=group, depth=1, item=item))
        part, under = "", at
        for passage in item.passages:
            if not passage.anchor:
                continue
            if passage.part != part:
                part = passage.part
                under = self._add(Node(title=part, above=at, depth=2)) if part else at
            self._add_passage(passage, under, item)

    def _add_passage(self, passage: Passage, above: int, item: Item) -> None:
        number = f"{passage.number}  " if passage.number else ""
        depth = self.nodes[above].depth + 1
        self._add(
            Node(
                title=f"{number}{passage.title}",
                above=above,
                depth=depth,
                item=item,
                passage=passage,
            )
        )

    # -- Qt

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        """Return the index of a child."""
        members = self._children.get(parent.internalId() if parent.isValid() else -1, [])
        if column or not 0 <= row < len(members):
            return QModelIndex()
        return self.createIndex(row, 0, members[row])

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        """Return the index of the node above."""
        above = self.nodes[index.internalId()].above if index.isValid() else -1
        return QModelIndex() if above < 0 else self.index_of(above)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many nodes there are below."""
        return len(self._children.get(parent.internalId() if parent.isValid() else -1, []))

    def columnCount(self, _parent: Index = _NOWHERE) -> int:
        """Return one."""
        return 1

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Return the title, the words of the tool tip, or what a screen reader says."""
        node = self.node_at(index)
        if node is None:
            return None
        match role:
            case _Role.DisplayRole:
                return node.title
            case _Role.ToolTipRole:
                return tool_tips.plain(said(node)) if node.is_item else None
            case _Role.AccessibleTextRole:
                return said(node)
            case Part.NODE:
                return node
            case _:
                return None


def facts(item: Item) -> str:
    """Return the edition and the date of an item, and that it is not a shipped one."""
    own = f"local : {item.id} {item.version}" if item.local and item.shelf is not Shelf.ADAPTATION else ""
    edition = item.edition or f"version {item.version}"
    return " · ".join(filter(None, (own, edition, french.short_date(item.published))))


def extent(item: Item) -> str:
    """Return how much an item holds."""
    critical = french.count(item.critical, "critique", "critiques") if item.critical else ""
    return " · ".join(filter(None, (item.extent, critical)))


def shares(item: Item) -> str:
    """Return how sure an item is, in words: «texte lu 80 % (12), à vérifier 20 % (3)»."""
    total = sum(item.sources.values())
    return ", ".join(
        f"{CONFIDENCE_WORDS[kind]} {round(100 * amount / total)} % ({amount})"
        for kind, amount in item.sources.items()
        if amount
    )


def said(node: Node) -> str:
    """Return everything the line of a node tells."""
    if node.item is not None and node.passage is None:
        sure = shares(node.item)
        parts = (node.title, facts(node.item), extent(node.item), f"Références : {sure}" if sure else "")
        return "\n".join(filter(None, parts))
    return node.title
