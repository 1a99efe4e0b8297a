"""Files that are chosen, dropped or pasted: read and prepared beside the window, one after the other."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject, Signal, Slot
from PySide6.QtGui import QImage, QImageWriter

from ivaudit.app import pictures
from ivaudit.app.pictures import Mask, Prepared
from ivaudit.domain.errors import KnownError
from ivaudit.domain.progress import Progress
from ivaudit.ui.job import Job

_SMALL = 2_000_000
_QUALITY = 95
_NOTHING = (
    "Il n'y a ni image ni fichier à prendre ici. Copiez une image, ou faites glisser un fichier depuis son "
    "dossier."
)
OURS = "Ce fichier n'a pas pu être préparé : l'erreur vient de nous. Rien n'a été enregistré."


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a picture comes from: a file, or what was pasted; `about` is the criterion it is for."""

    path: Path | None = None
    image: QImage | None = None
    about: str = ""


@dataclass(slots=True, kw_only=True)
class Incoming:
    """A foreign file ready to be looked at: its bytes, and its pictures as they would be kept unmasked.

    `about` is the criterion that was on view when it was given.
    """

    data: bytes
    name: str
    pdf: bool
    pages: tuple[Prepared, ...]
    shown: tuple[QImage, ...]
    about: str = ""
    masks: dict[int, list[Mask]] = field(default_factory=dict)

    @property
    def masked(self) -> bool:
        """Tell whether something is to be hidden."""
        return any(self.masks.values())


class Reception(QObject):
    """Takes files in, one at a time.

    `came(Incoming)` when one is ready to be looked at; `prepared(Incoming, tuple[Prepared])` once masked;
    `refused(str)` with the sentence; `working(str)` with what is done, empty when nothing is;
    `unexpected(error)` for a mistake of ours.
    """

    came = Signal(object)
    prepared = Signal(object, object)
    refused = Signal(str)
    working = Signal(str)
    unexpected = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Source] = deque()
        self._job: Job | None = None
        self.taken = 0
        self.total = 0

    @property
    def left(self) -> int:
        """Return how many files still wait."""
        return len(self._waiting)

    def take(self, sources: Sequence[Source], about: str = "") -> None:
        """Take some files for a criterion, or for the audit alone, after those that wait."""
        if not sources:
            self.refused.emit(_NOTHING)
            return
        if not self._waiting and self._job is None:
            self.taken = self.total = 0
        self._waiting.extend(replace(each, about=about) for each in sources)
        self.total += len(sources)
        if self._job is None:
            self.next()

    def next(self) -> bool:
        """Go to the next file; tell whether there is one."""
        if not self._waiting or self._job is not None:
            return False
        source = self._waiting.popleft()
        self.taken += 1
        rank = f" {self.taken} sur {self.total}" if self.total > 1 else ""
        self._run(partial(_read, source), self._on_came, f"Lecture de l'image{rank}…")
        return True

    def mask(self, incoming: Incoming) -> None:
        """Prepare again what is to be kept, its rectangles hidden."""
        self._run(partial(_masked, incoming), partial(self._on_prepared, incoming), "Masquage de l'image…")

    @Slot()
    def stop(self) -> None:
        """Give up what is being read, and what waits."""
        self._waiting.clear()
        if self._job is not None:
            self._job.cancel()

    def _run(self, work: Callable[..., object], done: Callable[..., None], said: str) -> None:
        job = Job(self)
        self._job = job
        job.done.connect(done)
        job.failed.connect(self._on_failed)
        job.cancelled.connect(self._on_cancelled)
        self.working.emit(said)
        job.start(partial(_work, work, job.stopping))

    def _idle(self) -> None:
        self._job = None
        self.working.emit("")

    @Slot(object)
    def _on_came(self, incoming: Incoming) -> None:
        self._idle()
        self.came.emit(incoming)

    def _on_prepared(self, incoming: Incoming, pages: tuple[Prepared, ...]) -> None:
        self._idle()
        self.prepared.emit(incoming, pages)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._idle()
        if isinstance(error, KnownError):
            self.refused.emit(error.sentence)
        else:
            self.refused.emit(OURS)
            self.unexpected.emit(error)

    @Slot()
    def _on_cancelled(self) -> None:
        self._idle()
        self.refused.emit("Lecture arrêtée : rien n'a été enregistré.")


def sources_of(mime: QMimeData | None) -> list[Source]:
    """Return what of a drop or of a clipboard can be taken."""
    if mime is None:  # an empty clipboard, on some systems
        return []
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if paths:
        return [Source(path=path) for path in paths]
    if mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return [Source(image=image.copy())]
    return []


def _work(
    work: Callable[[Progress, Callable[[], bool]], object], stopping: Callable[[], bool], progress: Progress
) -> object:
    return work(progress, stopping)


def _read(source: Source, progress: Progress, stopping: Callable[[], bool]) -> Incoming:
    if source.path is not None:
        data, name = pictures.read_file(source.path), source.path.name
        pdf = pictures.kind_of(data, name) == "pdf"
    else:
        data, name, pdf = _bytes_of(source.image), "", False
    if pdf:
        pages = pictures.pages(data, name, progress=progress, cancelled=stopping)
    else:
        pages = (pictures.picture(data, name, progress=progress, cancelled=stopping),)
    shown = tuple(QImage.fromData(page.body.body) for page in pages)
    return Incoming(data=data, name=name, pdf=pdf, pages=pages, shown=shown, about=source.about)


def _masked(incoming: Incoming, progress: Progress, stopping: Callable[[], bool]) -> tuple[Prepared, ...]:
    if not incoming.masked:
        return incoming.pages
    data, name = incoming.data, incoming.name
    if incoming.pdf:
        return pictures.pages(data, name, incoming.masks, progress=progress, cancelled=stopping)
    masks = incoming.masks.get(0, [])
    return (pictures.picture(data, name, masks, progress=progress, cancelled=stopping),)


def _bytes_of(image: QImage | None) -> bytes:
    """Return a pasted picture as a file: without loss when it is small, as a screen copy is."""
    if image is None:
        return b""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    small = image.width() * image.height() <= _SMALL
    writer = QImageWriter(buffer, QByteArray(b"png" if small else b"jpg"))
    writer.setQuality(_QUALITY)
    writer.write(image)
    buffer.close()
    return bytes(data.data())
