"""The chart of a checklist, drawn beside the window once its figures are shown."""

from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ivaudit.domain.audit import AuditSheet
from ivaudit.domain.progress import Progress
from ivaudit.domain.scoring import DomainResult
from ivaudit.ui import theme
from ivaudit.ui.controls import called
from ivaudit.ui.job import Job

_WIDTH = 560


class Chart(QLabel):
    """The scores of the domains of one checklist, as in the report; a table says the same in words."""

    def __init__(self, checklist: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, f"chart_{checklist}", "Graphique des scores par domaine")
        self._checklist = checklist
        self._wanted: tuple[object, ...] = ()
        self._drawn: tuple[object, ...] = ()
        self._sheet: AuditSheet | None = None
        self._job: Job | None = None
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_domains(self, sheet: AuditSheet, domains: tuple[DomainResult, ...]) -> None:
        """Draw the scores of the domains, if they changed since last drawn."""
        scores = tuple((each.domain.title, each.result.score) for each in domains)
        if not any(score is not None for _, score in scores):
            self.hide()
            return
        words = ", ".join(f"{title} {'pas de score' if score is None else score}" for title, score in scores)
        self.setAccessibleDescription(words)
        # A copy: the answers of the open audit change while the chart is drawn beside.
        self._sheet = replace(sheet, answers=dict(sheet.answers))
        look = theme.current()
        self._wanted = (scores, look.dark, look.px(_WIDTH))
        self._draw()

    def _draw(self) -> None:
        sheet = self._sheet
        if (self._job is not None and self._job.running) or self._wanted == self._drawn or sheet is None:
            return  # the end of a running job looks again
        self._drawn = self._wanted
        look, checklist = theme.current(), self._checklist
        dark, width = look.dark, round(look.px(_WIDTH) * self.devicePixelRatioF())

        def work(_progress: Progress) -> bytes:
            from ivaudit.app import reports  # noqa: PLC0415 - reportlab takes 0.3 s to import

            return reports.chart_png(sheet, checklist, width=width, dark=dark)

        self._job = Job(self)
        self._job.done.connect(self._on_drawn)
        self._job.failed.connect(self._on_failed)
        self._job.start(work)

    @Slot(object)
    def _on_drawn(self, data: bytes) -> None:
        picture = QPixmap()
        picture.loadFromData(data)
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self.setPixmap(picture)
        self.show()
        self._draw()

    @Slot(object)
    def _on_failed(self, _error: Exception) -> None:
        self.hide()  # the table says the same in words
