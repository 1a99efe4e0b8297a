"""Campagnes d'observation: those of a structure, in an audit or on their own, filled in the same view."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ivaudit.domain.audit import Changes
from ivaudit.ui.audit.observations.bench import CampaignBench
from ivaudit.ui.audit.observations.step import Observations
from ivaudit.ui.controls import Combo, button, label, row, say
from ivaudit.ui.page import Page, Said
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.session import Session

_NO_STRUCTURE = "Aucune structure pour l'instant : une campagne se fait dans une structure (page Structures)."


def _read(session: "Session") -> tuple[tuple[tuple[str, str], ...], dict[str, int]]:
    from ivaudit.app import campaigns, facilities  # noqa: PLC0415 - on the writer's thread

    counts: dict[str, int] = {}
    for each in campaigns.all_of(session):
        counts[each.facility] = counts.get(each.facility, 0) + 1
    return tuple((each.id, each.name) for each in facilities.all_of(session)), counts


def _undo(key: str, session: "Session") -> Changes:
    from ivaudit.app import campaigns  # noqa: PLC0415 - on the writer's thread

    return campaigns.undo(session, campaigns.stack_of(session, key))


def _redo(key: str, session: "Session") -> Changes:
    from ivaudit.app import campaigns  # noqa: PLC0415 - on the writer's thread

    return campaigns.redo(session, campaigns.stack_of(session, key))


class CampaignsPage(Page):
    """The campaigns of one structure at a time."""

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__("campaigns", "Campagnes d'observation", writer, parent)
        self.back = button("‹ Structures", "campaigns_back", "quiet", "Revenir aux structures")
        title = label("Campagnes d'observation", "campaigns_title", "title")
        head = row(title, self.back)
        head.setStretch(0, 1)
        self.column.addLayout(head)
        self.facility = Combo("campaigns_facility", "Structure")
        self.column.addWidget(self.facility)
        self.none = label(_NO_STRUCTURE, "campaigns_none", "muted")
        self.column.addWidget(self.none)
        self.bench = CampaignBench(writer, self)
        self.view = Observations(self.bench, self)
        self.column.addWidget(self.view, 1)
        self._wanted = ""
        self._connect()

    def _connect(self) -> None:
        self.back.clicked.connect(self._on_back)
        self.facility.activated.connect(self._on_facility)
        self.bench.refused.connect(self._on_refused)
        self.bench.said.connect(self._on_said)
        for keys, slot in (("Ctrl+Z", self._on_undo), ("Ctrl+Y", self._on_redo)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(slot)

    def enter(self, about: object = None) -> None:
        """Be shown; `about` is the id of a structure."""
        self._wanted = str(about or "")
        self.writer.submit(_read, done=self._on_read, failed=self.on_known_error)

    def refresh(self, changes: Changes) -> None:
        """Read again which structures there are."""
        if self.isVisible() and changes.facilities:
            self.enter(self.bench.facility)

    def settle(self) -> None:
        """Hand over what is being typed."""
        self.view.settle()

    @Slot(object)
    def _on_read(self, found: tuple[tuple[tuple[str, str], ...], dict[str, int]]) -> None:
        structures, counts = found
        now = self._wanted or self.bench.facility
        self.facility.clear()
        for key, name in structures:
            many = counts.get(key, 0)
            self.facility.addItem(f"{name} ({many})" if many else name, key)
        busiest = max(structures, key=lambda each: counts.get(each[0], 0), default=("", ""))[0]
        at = self.facility.findData(now)
        self.facility.setCurrentIndex(at if at >= 0 else max(0, self.facility.findData(busiest)))
        say(self.none, "" if structures else _NO_STRUCTURE)
        for part in (self.facility, self.view):
            part.setVisible(bool(structures))
        if structures:
            self._on_facility(0)
            self.view.new.setFocus()

    @Slot(int)
    def _on_facility(self, _at: int) -> None:
        self.view.settle()
        self.bench.facility = str(self.facility.currentData() or "")
        self.view.enter()

    @Slot()
    def _on_back(self) -> None:
        self.asked.emit("facilities", self.bench.facility or None)

    @Slot(str)
    def _on_refused(self, sentence: str) -> None:
        self.said.emit(Said(sentence=sentence, error=True))

    @Slot(str)
    def _on_said(self, sentence: str) -> None:
        self.said.emit(Said(sentence=sentence))

    @Slot()
    def _on_undo(self) -> None:
        self._turn(_undo)

    @Slot()
    def _on_redo(self) -> None:
        self._turn(_redo)

    def _turn(self, work: object) -> None:
        self.view.settle()
        key = self.view.campaigns.currentData()
        if key and callable(work):
            self.writer.submit(partial(work, key), failed=self.on_known_error)
