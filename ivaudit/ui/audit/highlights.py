"""Strengths and priorities: written by the auditor, linked to points, proposed but never set."""

from collections.abc import Sequence
from dataclasses import replace
from textwrap import shorten

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from ivaudit.domain.audit import Highlight
from ivaudit.domain.checklist import Point
from ivaudit.ui import tab_order, theme, tool_tips
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.audit.text_entry import Editor
from ivaudit.ui.controls import button, called, column_in, label, row, say
from ivaudit.ui.theme import Space

_PICKER_ROWS = 6
_PROPOSED = 6
_WORDS = 50
"""Signs of a question that are enough to know it by."""


class PointPicker(QListWidget):
    """The answered points with a tick each. `picked` carries the ids ticked, in order."""

    picked = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        called(self, name, "Points liés")
        self.setWordWrap(True)
        self.itemChanged.connect(self._on_changed)

    def show_points(self, points: Sequence[Point], ticked: Sequence[str]) -> None:
        """List the points, those ticked marked so."""
        self.blockSignals(True)
        self.clear()
        for point in points:
            item = QListWidgetItem(f"{point.number}  {bound(point.criterion.question)}")
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = point.criterion.id in ticked
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            item.setData(Qt.ItemDataRole.UserRole, point.criterion.id)
            self.addItem(item)
        self.blockSignals(False)
        self.setFixedHeight(_PICKER_ROWS * theme.TARGET)

    @Slot(QListWidgetItem)
    def _on_changed(self, _item: QListWidgetItem) -> None:
        items = (self.item(at) for at in range(self.count()))
        ticked = [i.data(Qt.ItemDataRole.UserRole) for i in items if i.checkState() == Qt.CheckState.Checked]
        self.picked.emit(tuple(ticked))


class HighlightEntry(QFrame):
    """One strength or priority: its text and its points. `changed` tells of either, `removed` drops it."""

    changed = Signal()
    removed = Signal()

    def __init__(self, name: str, title: str, shown: Highlight, points: Sequence[Point]) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._kept = shown
        self._points = points
        self.editor = Editor(f"{name}_text", title, 2)
        self.editor.setPlaceholderText("Une phrase que la direction comprend sans la grille.")
        self.editor.setPlainText(shown.text)
        self.links = button("", f"{name}_links", "quiet")
        self.links.setCheckable(True)
        self.drop = button("Retirer", f"{name}_remove", "quiet", f"Retirer : {title}")
        self.picker = PointPicker(f"{name}_points")
        self.picker.hide()
        column = column_in(self, spacing=Space.TINY)
        column.addWidget(self.editor)
        column.addLayout(row(self.links, None, self.drop))
        column.addWidget(self.picker)
        self._show_links()
        self.editor.left.connect(self.settle)
        self.links.clicked.connect(self._on_links)
        self.drop.clicked.connect(self.removed)
        self.picker.picked.connect(self._on_picked)

    def show_points(self, points: Sequence[Point]) -> None:
        """Take the points that may be linked to."""
        self._points = points
        self._show_links()

    @property
    def highlight(self) -> Highlight:
        """Return what it says now."""
        return replace(self._kept, text=self.editor.toPlainText().strip())

    @Slot()
    def settle(self) -> None:
        """Hand the text over."""
        if self.highlight != self._kept:
            self._kept = self.highlight
            self.changed.emit()

    def _show_links(self) -> None:
        numbers = [p.number for p in self._points if p.criterion.id in self._kept.criteria]
        self.links.setText(f"Points liés : {', '.join(numbers)}" if numbers else "Lier à des points…")

    @Slot()
    def _on_links(self) -> None:
        self.picker.setVisible(self.links.isChecked())
        if self.links.isChecked():
            self.picker.show_points(self._points, self._kept.criteria)

    @Slot(object)
    def _on_picked(self, ticked: tuple[str, ...]) -> None:
        self._kept = replace(self.highlight, criteria=ticked)
        self._show_links()
        self.changed.emit()


class Highlights(QWidget):
    """Up to a few entries, and what might be proposed. `changed` carries them all."""

    changed = Signal(object)

    def __init__(self, name: str, title: str, one: str, limit: int) -> None:
        super().__init__()
        called(self, name, title)
        self._name, self._one, self._limit = name, one, limit
        self._kept: tuple[Highlight, ...] | None = None
        self._points: Sequence[Point] = ()
        self._entries: list[HighlightEntry] = []
        self._proposals: dict[str, tuple[Point, str]] = {}
        column = column_in(self)
        column.addWidget(label(f"{title} ({limit} au plus)", f"{name}_title", "heading"))
        inside = called(QWidget(self), f"{name}_entries", title)
        self._column = column_in(inside)
        column.addWidget(inside)
        self.add = button(f"Ajouter {one}", f"{name}_add")
        column.addLayout(row(self.add, None))
        self.proposed = label("", f"{name}_proposed", "muted")
        column.addWidget(self.proposed)
        self.flow = called(Flow(spacing=Space.TINY), f"{name}_proposals", "Propositions")
        column.addWidget(self.flow)
        self.add.clicked.connect(self._on_add)

    def show_points(self, points: Sequence[Point]) -> None:
        """Take the points that may be linked to."""
        self._points = points
        for entry in self._entries:
            entry.show_points(points)

    def show_highlights(self, kept: tuple[Highlight, ...]) -> None:
        """Show what is recorded, unless it is what stands here already."""
        if self._kept == kept:
            return
        self._kept = kept
        for entry in self._entries:
            entry.hide()
            entry.deleteLater()
        self._entries = []
        for shown in kept:
            self._append(shown)
        self._show_room()

    def show_proposals(self, proposals: Sequence[tuple[Point, str]]) -> None:
        """Show points that might be cited, with the words that would start the text."""
        cited = {key for entry in self._entries for key in entry.highlight.criteria}
        left = [each for each in proposals if each[0].criterion.id not in cited][:_PROPOSED]
        if [p.criterion.id for p, _ in left] == list(self._proposals):
            return
        self.flow.take_all()
        self._proposals = {point.criterion.id: (point, text) for point, text in left}
        for key, (point, _text) in self._proposals.items():
            words = shorten(point.criterion.question, _WORDS, placeholder="…")
            made = button(f"+ {point.number} {bound(words)}", f"{self._name}_propose_{key}")
            made.setToolTip(tool_tips.plain(point.criterion.question))
            made.setAccessibleName(f"Proposer {point.number} {point.criterion.question}")
            made.setProperty("criterion", key)
            made.clicked.connect(self._on_proposed)
            self.flow.add(made)
            made.show()
        tab_order.follow(self.add, self.flow.parts)
        self._show_room()

    def settle(self) -> None:
        """Hand over what is being typed."""
        for entry in self._entries:
            entry.settle()

    def _append(self, shown: Highlight) -> HighlightEntry:
        rank = len(self._entries) + 1
        entry = HighlightEntry(f"{self._name}_{rank}", f"{self._one} {rank}", shown, self._points)
        entry.changed.connect(self._on_changed)
        entry.removed.connect(self._on_removed)
        self._entries.append(entry)
        before = tab_order.before(self.add)
        self._column.addWidget(entry)
        tab_order.follow(before, (entry.editor, entry.links, entry.drop, entry.picker))
        return entry

    def _show_room(self) -> None:
        room = len(self._entries) < self._limit
        self.add.setVisible(room)
        self.flow.setVisible(room and bool(self._proposals))
        say(self.proposed, "Points de la grille qui s'y prêtent :" if room and self._proposals else "")

    def _tell(self) -> None:
        self._kept = tuple(entry.highlight for entry in self._entries)
        self.changed.emit(self._kept)
        self._show_room()

    @Slot()
    def _on_add(self) -> None:
        entry = self._append(Highlight(text=""))
        self._show_room()
        entry.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_proposed(self) -> None:
        pressed = self.sender()
        found = self._proposals.get(str(pressed.property("criterion")))
        if found is None:
            return
        point, text = found
        entry = self._append(Highlight(text=text, criteria=(point.criterion.id,)))
        self._tell()
        entry.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_changed(self) -> None:
        self._tell()

    @Slot()
    def _on_removed(self) -> None:
        entry = self.sender()
        if isinstance(entry, HighlightEntry):
            self._entries.remove(entry)
            entry.hide()
            entry.deleteLater()
            self._tell()
