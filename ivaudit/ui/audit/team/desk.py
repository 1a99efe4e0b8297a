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
    from ivaudit.ui.exchange.send_view import SendView


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
        self.send: SendView | None = None

    def card(self) -> "TeamCard":
        """Return the card of the team."""
        from ivaudit.ui.audit.team.card import TeamCard  # noqa: PLC0415 - made when looked at

        made = TeamCard(self._audit)
        made.read_wanted.connect(self._on_read)
        made.merge_wanted.connect(self.show)
        made.part_wanted.connect(self.choose_part)
        return made

    def settle(self) -> None:
        """Show no passphrase any more."""
        if self.send is not None:
            self.send.settle()
        if self.preview is not None:
            self.preview.phrase.put("")

    @Slot()
    def show(self) -> None:
        """Show what is to be settled."""
        if self.page is None:
            from ivaudit.ui.audit.team.merge_page import MergePage  # noqa: PLC0415 - made when looked at

            self.page = MergePage(self._audit, self._stack)
            self.page.left.connect(self.left)
            self.page.criterion_wanted.connect(self.criterion_wanted)
            self._stack.addWidget(self.page)
        self._stack.setCurrentWidget(self.page)
        self.page.enter()

    @Slot()
    def choose_part(self) -> None:
        """Choose what of the audit is sent."""
        if self.send is None:
            from ivaudit.ui.exchange.send_view import SendView, part_of  # noqa: PLC0415 - when looked at

            self.send = SendView("send_part", self._audit.writer, part_of(self._audit.audit_id))
            self.send.left.connect(self.left)
            self._stack.addWidget(self.send)
        self._stack.setCurrentWidget(self.send)
        self.send.enter()

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
