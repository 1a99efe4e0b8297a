"""A bundle going out: planned on the thread of the workspace, its place asked, written beside the window."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ivaudit.app import bundle_export, bundle_plans
from ivaudit.domain.bundle import SUFFIX
from ivaudit.domain.errors import KnownError
from ivaudit.domain.progress import Progress
from ivaudit.domain.tone import Tone
from ivaudit.ui.job_bar import JobBar, Stopping
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable

    from ivaudit.app.bundle_export import Plan
    from ivaudit.app.session import Session

FILES = f"Fichiers d'échange (*{SUFFIX})"


def write(plan: "Plan", target: Path, progress: Progress, stopping: Stopping) -> Path:
    """Write a bundle; run beside the window."""
    return bundle_export.write(plan, target, progress=progress, cancelled=stopping)


class OutBar(JobBar):
    """`written()` once a bundle is on the disk; what is refused is said here."""

    written = Signal()

    def __init__(self, name: str, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._writer = writer
        self._prepared: Plan | None = None
        self.unexpected.connect(writer.failed)

    def plan(self, work: "Callable[[Session], Plan]") -> None:
        """Plan a bundle, then ask where it goes."""
        self._writer.submit(work, done=self._on_planned, failed=self._on_refused)

    def write_file(self, path: Path) -> None:
        """Write what was planned."""
        if self._prepared is not None:
            self.start(partial(write, self._prepared, path), self._on_written)

    @Slot(object)
    def _on_planned(self, plan: "Plan") -> None:
        self.clear()
        self._prepared = plan
        self.ask_where(bundle_plans.file_name(plan), self.write_file, kinds=FILES)

    @Slot(object)
    def _on_written(self, path: Path) -> None:
        self._prepared = None
        self.written.emit()
        self.say(f"Écrit : {path.name}, dans {path.parent}", Tone.GOOD)

    def _on_refused(self, error: KnownError) -> None:
        self.say(error.sentence, Tone.BAD)
