"""Monthly files: one chosen, read beside the window, previewed, stored; those received are listed."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from ivaudit.domain.errors import KnownError
from ivaudit.domain.insi import CHANNEL_WORDS, Channel, UsageComparison, UsageFile
from ivaudit.domain.months import said
from ivaudit.domain.progress import Progress
from ivaudit.domain.tone import Tone
from ivaudit.ui import french
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.backing_up import back_up
from ivaudit.ui.controls import button, column_in, label, row, say
from ivaudit.ui.french import count
from ivaudit.ui.insi.import_preview import ImportPreview
from ivaudit.ui.insi.rates_bar import RatesBar
from ivaudit.ui.job_bar import JobBar, Stopping
from ivaudit.ui.table import Column, Table
from ivaudit.ui.theme import Space
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.insi_imports import Imported
    from ivaudit.app.session import Session

_KINDS = "Tableaux (*.xlsx *.csv *.txt)"
_WHAT = (
    "Chaque mois, deux fichiers : les appels par certificat et les appels par carte CPx, en .xlsx ou .csv. "
    "Chacun est lu et montré avant d'être enregistré ; réimporter le même ne change rien, un mois réédité "
    "montre les anciens chiffres et les nouveaux."
)
_NONE = "Aucun fichier reçu pour l'instant."
BEFORE = "avant l'import d'un fichier INSi"


def _work(session: "Session") -> Path:
    from ivaudit.app import insi_imports  # noqa: PLC0415 - on the writer's thread

    return insi_imports.work_folder(session)


def _read(path: Path, work: Path, progress: Progress, stopping: Stopping) -> UsageFile:
    from ivaudit.app import insi_imports  # noqa: PLC0415 - beside the window

    return insi_imports.read(path, work, progress=progress, cancelled=stopping)


def _previewed(file: UsageFile, channel: Channel, session: "Session") -> UsageComparison:
    from ivaudit.app import insi_imports  # noqa: PLC0415 - on the writer's thread

    return insi_imports.preview(session, file, channel)


def _accept(seen: UsageComparison, whole_month: bool, session: "Session") -> object:
    from ivaudit.app import insi_imports  # noqa: PLC0415 - on the writer's thread

    return insi_imports.accept(session, seen, whole_month=whole_month)


class ImportView(QWidget):
    """`stored(sentence, month)` tells what was imported, and the last month of the file."""

    stored = Signal(str, str)

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("insi_import")
        self._writer = writer
        self._path: Path | None = None
        self._file: UsageFile | None = None
        self.choose = button("Importer un fichier…", "insi_choose", "primary")
        self.bar = JobBar("insi_job")
        self.rates = RatesBar(writer)
        self.table = Table("insi_imports", "Fichiers reçus", _COLUMNS, flat=True)
        self.empty = label(_NONE, "insi_imports_empty", "muted")
        self.preview = ImportPreview()
        first = QWidget()
        column = column_in(first, spacing=Space.SMALL)
        column.addWidget(label(bound(_WHAT), "insi_import_what", "muted"))
        column.addLayout(row(self.choose, None))
        for part in (self.bar, self.empty):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addWidget(self.rates)
        column.addStretch(0)
        self.stack = QStackedWidget()
        self.stack.setObjectName("insi_import_stack")
        self.stack.addWidget(first)
        self.stack.addWidget(self.preview)
        column_in(self).addWidget(self.stack)
        self.choose.clicked.connect(self._on_choose)
        self.preview.channel_chosen.connect(self._on_channel)
        self.preview.left.connect(self._on_left)
        self.preview.accepted.connect(self._on_accepted)
        self.bar.unexpected.connect(writer.failed)
        self.bar.busy.connect(self.choose.setDisabled)

    def show_imports(self, found: "tuple[Imported, ...]") -> None:
        """List the files received."""
        self.table.values.show_values(found)
        self.table.setVisible(bool(found))
        say(self.empty, "" if found else _NONE)

    @Slot()
    def _on_choose(self) -> None:
        self.bar.ask_file("Quel fichier d'usage INSi ?", self.read, kinds=_KINDS)

    def read(self, path: Path) -> None:
        """Read a file, then show what storing it would change."""
        self._path = path
        self._writer.submit(_work, done=self._on_work, failed=self._on_refused)

    @Slot(object)
    def _on_work(self, work: Path) -> None:
        if self._path is not None:
            self.bar.start(partial(_read, self._path, work), self._on_read)

    @Slot(object)
    def _on_read(self, file: UsageFile) -> None:
        self._file = file
        self.stack.setCurrentWidget(self.preview)
        self.preview.show_file(file)
        if file.channel is not None:
            self._on_channel(file.channel)

    @Slot(object)
    def _on_channel(self, channel: Channel) -> None:
        if self._file is not None:
            work = partial(_previewed, self._file, channel)
            self._writer.submit(work, done=self.preview.show_comparison, failed=self.preview.refuse)

    @Slot()
    def _on_left(self) -> None:
        self._file = None
        self.stack.setCurrentIndex(0)
        self.choose.setFocus()

    @Slot(object, bool)
    def _on_accepted(self, seen: UsageComparison, whole_month: bool) -> None:
        """Make the backup that undoes it, then store."""
        self._pending = partial(_accept, seen, whole_month)
        back_up(self._writer, done=self._on_backed_up, failed=self.preview.refuse, reason=BEFORE)

    def _on_backed_up(self, _backups: object) -> None:
        self._writer.submit(self._pending, done=self._on_stored, failed=self.preview.refuse)

    @Slot(object)
    def _on_stored(self, changes: object) -> None:
        done = getattr(changes, "done", "") or "Rien de nouveau à importer"
        months = self._file.months if self._file is not None else ()
        self.stored.emit(f"{done}. Une sauvegarde a été faite juste avant.", max(months, default=""))
        self._on_left()

    def _on_refused(self, error: KnownError) -> None:
        self.bar.say(error.sentence, Tone.BAD)


def _months(found: "Imported") -> str:
    return ", ".join(map(said, found.months))


def _effect(found: "Imported") -> str:
    parts = [count(found.added, "ligne nouvelle", "lignes nouvelles")]
    parts += [count(found.changed, "modifiée", "modifiées")] if found.changed else []
    parts += [count(found.removed, "retirée", "retirées")] if found.removed else []
    parts += [count(found.rejected, "rejetée", "rejetées")] if found.rejected else []
    return ", ".join(parts)


_COLUMNS = (
    Column(title="Reçu", text=lambda each: french.when(each.at), key=lambda each: each.at),
    Column(title="Appels", text=lambda each: CHANNEL_WORDS[each.channel]),
    Column(title="Mois", text=_months, key=lambda each: each.months),
    Column(title="Fichier", text=lambda each: each.name, stretch=True),
    Column(title="Effet", text=_effect, spare=True),
)
