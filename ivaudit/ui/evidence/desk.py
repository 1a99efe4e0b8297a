"""Evidence beside the grid: opens the panel of a point, has files looked at before they are kept."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QStackedWidget

from ivaudit.app.pictures import Body, Prepared
from ivaudit.domain.errors import KnownError
from ivaudit.domain.evidence import Evidence
from ivaudit.ui.audit.grid import Grid
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.evidence.book import EvidenceBook
from ivaudit.ui.evidence.incoming import OURS, Incoming, Reception
from ivaudit.ui.evidence.panel import EvidencePanel
from ivaudit.ui.evidence.review import Review


class EvidenceDesk(QObject):
    """Made with the page of the audit; its widgets are made when first asked for. `said` is a sentence."""

    said = Signal(str)

    def __init__(self, audit: OpenAudit, grid: Grid, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._grid, self._stack = grid, stack
        self.book = EvidenceBook(audit, self)
        self.reception = Reception(self)
        self.panel: EvidencePanel | None = None
        self.review: Review | None = None
        self._shown: list[QImage | None] = []
        self._values: dict[str, str] = {}
        self.reception.came.connect(self._on_came)
        self.reception.prepared.connect(self._on_prepared)
        self.reception.refused.connect(self._on_refused)
        self.reception.unexpected.connect(audit.writer.failed)
        audit.writer.failed.connect(self._on_broken)
        self.book.changed.connect(self._on_counted)
        grid.panel.evidence_wanted.connect(self.toggle)
        grid.letter_pressed.connect(self._on_letter)
        grid.list.current_changed.connect(self._on_current)
        audit.opened.connect(self.book.load)

    # -- the panel

    @Slot(str)
    def _on_letter(self, letter: str) -> None:
        if letter == "P":
            self.toggle()

    @Slot()
    def toggle(self) -> None:
        """Show the evidence of the current point in the place of its answer, or its answer again."""
        if self.panel is not None and self.panel.isVisible():
            self._on_left()
        elif self._grid.current_row() is not None:
            panel = self._made()
            panel.show_row(self._grid.current_row())
            self._grid.panel.cover(panel)
            panel.enter()

    def resume(self) -> None:
        """Show again the file that waits to be kept or not, when the grid is come back to."""
        if self.review is not None and self.review.waiting:
            self._stack.setCurrentWidget(self.review)

    def settle(self) -> None:
        """Hand over what is being typed."""
        if self.panel is not None:
            self.panel.settle()

    def _made(self) -> EvidencePanel:
        if self.panel is None:
            self.panel = EvidencePanel(self.book, self.reception)
            self.panel.left.connect(self._on_left)
            self.panel.opened.connect(self._on_opened)
        return self.panel

    def _reviewing(self) -> Review:
        if self.review is None:
            self.review = Review()
            self.review.kept.connect(self._on_kept)
            self.review.given_up.connect(self._on_given_up)
            self.review.closed.connect(self._back)
            self._stack.addWidget(self.review)
        return self.review

    @Slot()
    def _on_left(self) -> None:
        self.settle()
        self._grid.panel.cover(None)
        self._grid.focus_list()

    @Slot()
    def _on_current(self) -> None:
        if self.panel is not None and not self.panel.isHidden():
            self.panel.show_row(self._grid.current_row())
        self._on_counted()

    @Slot()
    def _on_counted(self) -> None:
        shown = self._grid.current_row()
        self._grid.panel.show_evidence_count(len(self.book.of(shown.key)) if shown is not None else 0)

    # -- files that come in

    @Slot(object)
    def _on_came(self, incoming: Incoming) -> None:
        total, taken = self.reception.total, self.reception.taken
        review = self._reviewing()
        if self._stack.currentWidget() in {self._grid, review}:
            self._stack.setCurrentWidget(review)
        else:
            self.said.emit("Une image attend d'être relue dans Grille.")
        review.show_incoming(incoming, f" ({taken} sur {total})" if total > 1 else "")

    @Slot(object, object)
    def _on_kept(self, incoming: Incoming, values: dict[str, str]) -> None:
        self._values = values
        if values["original"]:
            self._reviewing().set_busy("Enregistrement du fichier…")
            name, about = incoming.name, incoming.about
            self.book.add_original(incoming.data, name, values, about, self._after, self._on_not_kept)
        elif incoming.masked:
            self._reviewing().set_busy("Masquage de l'image…")
            self.reception.mask(incoming)
        else:
            self._keep(incoming, incoming.pages)

    @Slot(object, object)
    def _on_prepared(self, incoming: Incoming, pages: tuple[Prepared, ...]) -> None:
        self._keep(incoming, pages)

    def _keep(self, incoming: Incoming, pages: tuple[Prepared, ...]) -> None:
        self._reviewing().set_busy("Enregistrement de l'image…")
        values, about = self._values, incoming.about
        if incoming.pdf:
            self.book.add_pages(pages, values, about, self._after, self._on_not_kept)
        else:
            self.book.add_photo(pages[0], values, about, self._after, self._on_not_kept)

    def _on_not_kept(self, error: KnownError) -> None:
        """Say why; the picture, its rectangles and its words are still there."""
        self._reviewing().say_problem(error.sentence)

    @Slot(object)
    def _on_broken(self, _error: Exception) -> None:
        if self.review is not None and self.review.busy:
            self.review.say_problem(OURS)

    @Slot()
    def _on_given_up(self) -> None:
        self._after()

    def _after(self) -> None:
        """Go on with the next file, or back to the grid."""
        self._reviewing().forget()
        if not self.reception.next():
            self._back()

    @Slot(str)
    def _on_refused(self, sentence: str) -> None:
        review = self.review
        if review is not None and review.busy:
            review.say_problem(sentence)  # the rectangles drawn are still there
            return
        self.said.emit(sentence)
        if not self.reception.next() and review is not None and self._stack.currentWidget() is review:
            self._back()

    @Slot()
    def _back(self) -> None:
        self._stack.setCurrentWidget(self._grid)
        if self.panel is not None and not self.panel.isHidden():
            self.panel.enter()

    # -- what is kept, looked at

    @Slot(object)
    def _on_opened(self, found: Evidence) -> None:
        self._shown = [None] * len(found.pictures)
        for rank, digest in enumerate(found.pictures):
            self.book.read(digest, self._taker(found, rank, self._shown), self._on_unread)

    def _taker(self, found: Evidence, rank: int, shown: list[QImage | None]) -> Callable[[Body], None]:
        return partial(self._on_read, found, rank, shown)

    def _on_read(self, found: Evidence, rank: int, shown: list[QImage | None], body: Body) -> None:
        if shown is not self._shown:
            return  # another one was opened since
        shown[rank] = QImage.fromData(body.body)
        if all(image is not None for image in shown):
            review = self._reviewing()
            self._stack.setCurrentWidget(review)
            review.show_kept(found.name, tuple(image for image in shown if image is not None))

    @Slot(object)
    def _on_unread(self, error: KnownError) -> None:
        self.said.emit(error.sentence)
