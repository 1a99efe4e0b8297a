"""The pages of the printed report, drawn beside the window and scrolled."""

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ivaudit.app import reports
from ivaudit.domain.errors import KnownError
from ivaudit.domain.progress import Progress
from ivaudit.domain.tone import Tone
from ivaudit.ui import theme
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.controls import called, card, column_in, emptied, label, say, scrolling
from ivaudit.ui.job import Job
from ivaudit.ui.theme import Space

_DRAWN = 1100
"""Pixels across a page as drawn: sharp at 200 %, and scaled down to the room there is."""


class Preview(QWidget):
    """One picture per page; drawn again when another report is prepared."""

    def __init__(self, audit: OpenAudit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "preview", "Aperçu du rapport")
        self._audit = audit
        self._job: Job | None = None
        self._next: reports.Prepared | None = None
        self._pictures: list[QPixmap] = []
        self._shown: list[QLabel] = []
        self.state = label("", "preview_state", "muted")
        inside = QWidget()
        self._column: QVBoxLayout = column_in(inside, Space.SMALL, Space.MEDIUM)
        self._pages = QVBoxLayout()
        self._pages.setSpacing(Space.MEDIUM)
        self._column.addWidget(self.state)
        self._column.addLayout(self._pages)
        self._column.addStretch(1)
        frame, inner = card("preview_card")
        inner.setContentsMargins(1, 1, 1, 1)
        self.area = scrolling(inside, "preview_scroll", "Pages du rapport")
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        inner.addWidget(self.area)
        column_in(self).addWidget(frame)
        self._fit_timer = QTimer(self)
        self._fit_timer.setSingleShot(True)
        self._fit_timer.setInterval(60)
        self._fit_timer.timeout.connect(self._fit)

    @property
    def pages(self) -> int:
        """Return how many pages are shown."""
        return len(self._shown)

    @Slot(object)
    def show_prepared(self, prepared: reports.Prepared) -> None:
        """Draw the pages of a report; the one being drawn gives way."""
        self._next = prepared
        if self._job is not None and self._job.running:
            self._job.cancel()
            return
        self._draw()

    def _draw(self) -> None:
        prepared, self._next = self._next, None
        if prepared is None:
            return
        say(self.state, "Préparation de l'aperçu…")
        job = Job(self)

        def work(progress: Progress) -> tuple[bytes, ...]:
            return reports.pages(prepared, width=_DRAWN, progress=progress, cancelled=job.stopping)

        job.done.connect(self._on_pages)
        job.failed.connect(self._on_failed)
        job.cancelled.connect(self._on_cancelled)
        self._job = job
        job.start(work)

    @Slot(object)
    def _on_pages(self, pages: tuple[bytes, ...]) -> None:
        if self._next is not None:
            self._draw()
            return
        emptied(self._pages)
        self._shown, self._pictures = [], []
        for rank, data in enumerate(pages, 1):
            self._add(rank, len(pages), data)
        say(self.state, "")
        self._fit()

    def _add(self, rank: int, total: int, data: bytes) -> None:
        picture = QPixmap()
        picture.loadFromData(data)
        shown = called(QLabel(), f"preview_page_{rank}", f"Page {rank} sur {total}")
        shown.setProperty("look", "sheet")
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pictures.append(picture)
        self._shown.append(shown)
        self._pages.addWidget(shown, 0, Qt.AlignmentFlag.AlignHCenter)

    @Slot()
    def _fit(self) -> None:
        """Scale the pages to the room there is."""
        ratio = self.devicePixelRatioF()
        room = min(self.area.viewport().width() - 2 * Space.MEDIUM, theme.current().px(760))
        for picture, shown in zip(self._pictures, self._shown, strict=True):
            width = round(min(max(room, 200) * ratio, picture.width()))
            scaled = picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
            scaled.setDevicePixelRatio(ratio)
            shown.setPixmap(scaled)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        known = isinstance(error, KnownError)
        sentence = error.sentence if isinstance(error, KnownError) else "L'aperçu n'a pas pu être dessiné."
        say(self.state, sentence, Tone.MIDDLE)
        if not known:
            self._audit.writer.failed.emit(error)

    @Slot()
    def _on_cancelled(self) -> None:
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scale the pages again once the size rests."""
        super().resizeEvent(event)
        self._fit_timer.start()

    def minimumSizeHint(self) -> QSize:
        """Let the pages be narrow."""
        return QSize(240, 160)
