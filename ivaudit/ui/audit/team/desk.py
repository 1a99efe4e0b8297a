"""The team in the page of an audit: its card, what files would change, what is to be settled."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from ivaudit.ui.audit.open_audit import OpenAudit

if TYPE_CHECKING:
    from ivaudit.ui.audit.team.card import TeamCard
    from ivaudit.ui.audit.team.merge_page import MergePage
    from ivaudit.ui.exchange.preview import BundlePreviewView


class TeamDesk(QObject):
    """Its parts are made when first asked for.

    `left` goes back to Préparation, `said` is a sentence, `criterion_wanted` goes to a point.
    """

    left = Signal()
    said = Signal(str)
    criterion_wanted = Signal(str)

    def __init__(self, audit: OpenAudit, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._audit, self._stack = audit, stack
        self.preview: BundlePreviewView | None = None
        self.page: MergePage | None = None

    def card(self) -> "TeamCard":
        """Return the card of the team."""
        from ivaudit.ui.audit.team.card import TeamCard  # noqa: PLC0415 - made when looked at

        made = TeamCard(self._audit)
        made.read_wanted.connect(self._on_read)
        made.merge_wanted.connect(self.show)
        return made

    @Slot()
    def show(self) -> None:
        """Show what is to be settled."""
        if self.page is None:
            from ivaudit.ui.audit.team.merge_page import MergePage  # noqa: PLC0415 - made when looked at

            self.page = MergePage(self._audit, self._stack)
            self.page.left.connect(self.left)
            self.page.said.connect(self.said)
            self.page.criterion_wanted.connect(self.criterion_wanted)
            self._stack.addWidget(self.page)
        self._stack.setCurrentWidget(self.page)
        self.page.enter()

    @Slot(object)
    def _on_read(self, paths: Sequence[Path]) -> None:
        if self.preview is None:
            from ivaudit.ui.exchange.preview import BundlePreviewView  # noqa: PLC0415 - made when looked at

            self.preview = BundlePreviewView("team", self._audit.writer)
            self.preview.left.connect(self._on_done)
            self.preview.said.connect(self.said)
            self.preview.shown.connect(self._on_shown)
            self.preview.reader.imported.connect(self._on_imported)
            self._stack.addWidget(self.preview)
        self._several = 0
        self.preview.reader.read(list(paths))

    @Slot()
    def _on_shown(self) -> None:
        if self.preview is not None:
            self._stack.setCurrentWidget(self.preview)

    @Slot(object)
    def _on_imported(self, found: object) -> None:
        self._several += int(getattr(found, "several", 0))

    @Slot()
    def _on_done(self) -> None:
        """Go to what is to be settled when something is, back to Préparation otherwise."""
        if self._several:
            self.show()
        else:
            self.left.emit()
