"""The charts of a checklist, drawn beside the window once its figures are shown."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from ivaudit.domain.charts import Axis, BarChart, RadarChart, axes_of, radar_or_bars
from ivaudit.domain.progress import Progress
from ivaudit.domain.scoring import DomainResult
from ivaudit.ui import theme
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.job import Job
from ivaudit.ui.controls import called

_WIDTH = 520


def charts_of(axes: Sequence[Axis]) -> tuple[RadarChart | BarChart, ...]:
    """Return the charts worth drawing: a radar where it has a shape, and bars."""
    bars = BarChart(title="Score par domaine", axes=tuple(axes))
    radar = radar_or_bars("Radar des domaines", axes)
    return (radar, bars) if isinstance(radar, RadarChart) else (bars,)


class Chart(Flow):
    """Pictures of the domains of one checklist; the table above them says the same in words."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, name, "Graphiques par domaine")
        self._axes: tuple[Axis, ...] = ()
        self._drawn: tuple[object, ...] = ()
        self._job: Job | None = None
        self._pictures: list[QLabel] = []
        self.hide()

    def show_domains(self, title: str, domains: Sequence[DomainResult]) -> None:
        """Draw the scores of domains, if they changed since last drawn."""
        self.setAccessibleDescription(title)
        concerned = [each for each in domains if each.result.progress.denominator]
        self._axes = axes_of(concerned) if concerned else ()
        if not any(axis.value is not None for axis in self._axes):
            self.hide()
            return
        self._draw()

    def _draw(self) -> None:
        if self._job is not None and self._job.running:
            return  # its end looks again
        look = theme.current()
        dark, width = (
            look.dark,
            min(look.px(_WIDTH), max(self.width(), 300)) if self.isVisible() else look.px(_WIDTH),
        )
        wanted = (self._axes, dark, width)
        if wanted == self._drawn:
            return
        self._drawn = wanted
        charts = charts_of(self._axes)
        ratio = self.devicePixelRatioF()

        def work(_progress: Progress) -> list[bytes]:
            from ivaudit.app import reports  # noqa: PLC0415 - reportlab takes 0.3 s to import

            return [reports.chart_png(chart, round(width * ratio), dark=dark) for chart in charts]

        self._job = Job(self)
        self._job.done.connect(self._on_drawn)
        self._job.failed.connect(self._on_failed)
        self._job.start(work)

    @Slot(object)
    def _on_drawn(self, pictures: list[bytes]) -> None:
        self.take_all()
        self._pictures = []
        for chart, data in zip(charts_of(self._axes), pictures, strict=False):
            self._add(chart, data)
        self.show()
        self._draw()

    def _add(self, chart: RadarChart | BarChart, data: bytes) -> None:
        picture = QPixmap()
        picture.loadFromData(data)
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        shown = QLabel()
        values = ", ".join(f"{a.label} {a.note if a.value is None else a.value}" for a in chart.axes)
        called(shown, f"{self.objectName()}_{len(self._pictures)}", f"{chart.title} : {values}")
        shown.setPixmap(picture)
        shown.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._pictures.append(shown)
        self.add(shown)
        shown.show()

    @Slot(object)
    def _on_failed(self, _error: Exception) -> None:
        self.hide()  # the table says the same in words

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw again when the page became too narrow for the pictures."""
        super().resizeEvent(event)
        if self._pictures and self._pictures[0].sizeHint().width() > self.width():
            self._draw()
