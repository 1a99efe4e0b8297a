"""The reading-back in the page of an audit: remarks beside the texts, and its two pages."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from ivaudit.domain.review import row_of_finding, row_of_point
from ivaudit.ui.audit.grid import Grid
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.audit.review.book import ReviewBook
from ivaudit.ui.audit.review.comment_box import CommentBox

if TYPE_CHECKING:
    from ivaudit.domain.review_form import ReviewComparison
    from ivaudit.ui.audit.findings.step import Findings
    from ivaudit.ui.audit.review.card import ReviewCard
    from ivaudit.ui.audit.review.page import ReviewPage
    from ivaudit.ui.audit.review.preview_page import ReviewPreview


class ReviewDesk(QObject):
    """Made with the page of the audit; its pages are made when first asked for.

    `left` goes back to Rapport, `said` is a sentence, `criterion_wanted` and `finding_wanted` go to a text.
    """

    left = Signal()
    said = Signal(str)
    criterion_wanted = Signal(str)
    finding_wanted = Signal(str)

    def __init__(self, audit: OpenAudit, grid: Grid, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._audit, self._grid, self._stack = audit, grid, stack
        self.book = ReviewBook(audit, self)
        self.page: ReviewPage | None = None
        self.preview: ReviewPreview | None = None
        self._box = CommentBox("point_comments", self.book)
        grid.panel.add_below_constat(self._box, *self._box.stops)
        grid.list.current_changed.connect(self._on_point)
        self.book.changed.connect(self._on_changed)

    def beside_findings(self, step: "Findings") -> None:
        """Show remarks beside the findings of a step."""
        step.editor.show_comments(CommentBox("finding_comments", self.book))

    def card(self) -> "ReviewCard":
        """Return a card that says where the reading-back stands, and opens its page."""
        from ivaudit.ui.audit.review.card import ReviewCard  # noqa: PLC0415 - made when looked at

        made = ReviewCard(self.book)
        made.wanted.connect(self.show)
        return made

    def settle(self) -> None:
        """Hand over what is being typed."""
        self._box.settle()
        if self.page is not None:
            self.page.settle()

    @Slot()
    def show(self) -> None:
        """Show the page of the reading-back."""
        if self.page is None:
            from ivaudit.ui.audit.review.page import ReviewPage  # noqa: PLC0415 - made when looked at

            self.page = ReviewPage(self.book, self._stack)
            self.page.left.connect(self.left)
            self.page.said.connect(self.said)
            self.page.previewed.connect(self._on_previewed)
            self.page.row_wanted.connect(self._on_row_wanted)
            self._stack.addWidget(self.page)
        self._stack.setCurrentWidget(self.page)
        self.page.enter()

    @Slot(object, str)
    def _on_previewed(self, found: "ReviewComparison", name: str) -> None:
        if self.preview is None:
            from ivaudit.ui.audit.review.preview_page import ReviewPreview  # noqa: PLC0415 - made when looked at

            self.preview = ReviewPreview(self._audit, self._stack)
            self.preview.left.connect(self.show)
            self.preview.said.connect(self.said)
            self._stack.addWidget(self.preview)
        self._stack.setCurrentWidget(self.preview)
        self.preview.show_comparison(found, name)
        self.preview.enter()

    @Slot(str)
    def _on_row_wanted(self, row: str) -> None:
        key = row.partition(":")[2]
        (self.finding_wanted if row == row_of_finding(key) else self.criterion_wanted).emit(key)

    @Slot()
    def _on_point(self) -> None:
        row = self._grid.current_row()
        self._box.show_row(row_of_point(row.key) if row is not None else "")

    @Slot()
    def _on_changed(self) -> None:
        """Tell the panels whether anything may still be written."""
        self._grid.panel.set_locked(self.book.locked)
