"""What the editor of adaptations does beside the window, one work after the other."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from ivaudit.app import adaptation_files
from ivaudit.app.adaptation_files import Opened
from ivaudit.app.library import library
from ivaudit.domain.adaptation import Adaptation
from ivaudit.domain.checklist import Checklist, Vocabulary
from ivaudit.domain.progress import Progress
from ivaudit.ui.job import Job

CHECK = "check"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What can be adapted, and the adaptations there are."""

    opened: tuple[Opened, ...]
    checklists: tuple[Checklist, ...]
    vocabulary: Vocabulary


def read(_progress: Progress) -> Known:
    """Read the library and the adaptations of this person."""
    found = library()
    return Known(
        opened=adaptation_files.opened(),
        checklists=found.checklists(),
        vocabulary=found.vocabulary(),
    )


def check(adaptation: Adaptation, _progress: Progress) -> object:
    """Keep a draft, and say what is wrong with it."""
    return adaptation_files.keep(adaptation)


def save(adaptation: Adaptation, today: str, _progress: Progress) -> object:
    """Put an adaptation in use."""
    return adaptation_files.save(adaptation, today)


def remove(key: str, _progress: Progress) -> object:
    """Delete an adaptation."""
    return adaptation_files.remove(key)


def put_back(removed: adaptation_files.Removed, _progress: Progress) -> object:
    """Put a deleted adaptation back."""
    adaptation_files.put_back(removed)
    return removed.id


def bring_in(path: Path, _progress: Progress) -> object:
    """Import the file of an adaptation."""
    return adaptation_files.import_file(path)


def take_out(key: str, path: Path, _progress: Progress) -> object:
    """Export the file of an adaptation."""
    return adaptation_files.export_file(key, path)


class Works(QObject):
    """A queue of works. `done(name, result)`, `failed(name, error)`; a check gives way to a later one."""

    done = Signal(str, object)
    failed = Signal(str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[tuple[str, Callable[[Progress], object]]] = []
        self._now = ""
        self._job: Job | None = None

    @property
    def idle(self) -> bool:
        """Tell whether nothing is under way or waiting."""
        return self._job is None and not self._waiting

    def ask(self, name: str, work: Callable[..., object], *values: object) -> None:
        """Do a work after those that wait."""
        if name == CHECK:
            self._waiting = [each for each in self._waiting if each[0] != CHECK]
        self._waiting.append((name, partial(work, *values)))
        self._next()

    def _next(self) -> None:
        if self._job is not None or not self._waiting:
            return
        self._now, work = self._waiting.pop(0)
        self._job = Job(self)
        self._job.done.connect(self._on_done)
        self._job.failed.connect(self._on_failed)
        self._job.start(work)

    @Slot(object)
    def _on_done(self, result: object) -> None:
        name, self._job = self._now, None
        self.done.emit(name, result)
        self._next()

    @Slot(object)
    def _on_failed(self, error: object) -> None:
        name, self._job = self._now, None
        self.failed.emit(name, error)
        self._next()
