"""Taking the action plan to the tool of the facility, and its progress back."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ivaudit.domain.actions import Action
from ivaudit.domain.errors import KnownError
from ivaudit.domain.exchange_sheet import ExchangeSheet, ReturnedSheet
from ivaudit.domain.progress import Progress
from ivaudit.domain.sheet_comparison import SheetComparison
from ivaudit.domain.tone import Tone
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.controls import Combo, button, called, column_in
from ivaudit.ui.job_bar import JobBar, Stopping
from ivaudit.ui.theme import Space
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.session import Session
    from ivaudit.content.library import Library
    from ivaudit.domain.action_table import ActionTable

_KINDS = "Classeur Excel (*.xlsx);;Liste CSV (*.csv)"


def _tables(session: "Session") -> "tuple[Library, tuple[ActionTable, ...]]":
    from ivaudit.app import action_sheets  # noqa: PLC0415 - on the writer's thread

    return session.library, action_sheets.tables(session.library)


def _prepared(keys: tuple[str, ...], table: str, session: "Session") -> ExchangeSheet:
    from ivaudit.app import action_sheets  # noqa: PLC0415 - on the writer's thread

    return action_sheets.prepare(session, keys, table=table)


def _written(sheet: ExchangeSheet, path: Path, progress: Progress, stopping: Stopping) -> Path:
    from ivaudit.app import sheets  # noqa: PLC0415 - beside the window

    return sheets.write(sheet, path, progress=progress, cancelled=stopping)


def _read(library: "Library", path: Path, progress: Progress, stopping: Stopping) -> ReturnedSheet:
    from ivaudit.app import action_sheets  # noqa: PLC0415 - beside the window

    progress(0, 0, "Lecture du classeur")
    return action_sheets.read(library, path, cancelled=stopping)


def _compared(returned: ReturnedSheet, session: "Session") -> SheetComparison:
    from ivaudit.app import action_sheets  # noqa: PLC0415 - on the writer's thread

    return action_sheets.preview(session, returned)


class PlanBar(QWidget):
    """The buttons; `previewed(SheetComparison, file name)` once a plan that came back was read."""

    previewed = Signal(object, str)

    def __init__(self, name: str, writer: Writer, listed: Callable[[], Sequence[Action]]) -> None:
        super().__init__()
        self.setObjectName(f"{name}_plan")
        self._writer = writer
        self._listed = listed
        self._library: Library | None = None
        self._sheet: ExchangeSheet | None = None
        self._file = ""
        self.table = Combo(f"{name}_columns", "Colonnes du plan d'actions")
        self.export = button("Exporter le plan…", f"{name}_export", "", "Exporter le plan d'actions")
        self.take = button("Importer l'avancement…", f"{name}_import", "quiet")
        self.bar = JobBar(f"{name}_plan_job")
        tools = called(Flow(spacing=Space.SMALL), f"{name}_plan_tools", "Plan d'actions")
        for tool in (self.export, self.table, self.take):
            tools.add(tool)
        column = column_in(self, spacing=Space.TINY)
        column.addWidget(tools)
        column.addWidget(self.bar)
        self.table.hide()
        self.export.clicked.connect(self._on_export)
        self.take.clicked.connect(self._on_take)
        self.bar.busy.connect(self._on_busy)
        self.bar.unexpected.connect(writer.failed)

    def read_tables(self) -> None:
        """Read which sets of columns there are."""
        self._writer.submit(_tables, done=self._on_tables, failed=self._on_refused)

    def show_amount(self, amount: int) -> None:
        """Say how many actions would go out."""
        self.export.setEnabled(bool(amount) and not self.bar.running)
        self.export.setText(f"Exporter le plan ({amount})…" if amount else "Exporter le plan…")

    @Slot(object)
    def _on_tables(self, found: "tuple[Library, tuple[ActionTable, ...]]") -> None:
        self._library, tables = found
        now = self.table.currentData()
        self.table.clear()
        for each in tables:
            self.table.addItem(f"Colonnes : {each.title}", each.id)
        at = self.table.findData(now)
        self.table.setCurrentIndex(at if at >= 0 else self.table.count() - 1)
        self.table.setVisible(len(tables) > 1)

    @Slot()
    def _on_export(self) -> None:
        keys = tuple(each.id for each in self._listed())
        work = partial(_prepared, keys, str(self.table.currentData() or ""))
        self._writer.submit(work, done=self._on_prepared, failed=self._on_refused)

    @Slot(object)
    def _on_prepared(self, sheet: ExchangeSheet) -> None:
        from ivaudit.app import action_sheets  # noqa: PLC0415 - the workspace is open by now

        self._sheet = sheet
        self.bar.ask_where(action_sheets.file_name(sheet), self.write, kinds=_KINDS)

    def write(self, path: Path) -> None:
        """Write the plan there."""
        if self._sheet is not None:
            self.bar.start(partial(_written, self._sheet, path), self.bar.made)

    @Slot()
    def _on_take(self) -> None:
        self.bar.ask_file("Quel plan d'actions importer ?", self.read)

    def read(self, path: Path) -> None:
        """Read a plan that came back, and show what it would change."""
        self._file = path.name
        if self._library is not None:
            self.bar.start(partial(_read, self._library, path), self._on_read)

    @Slot(object)
    def _on_read(self, returned: ReturnedSheet) -> None:
        self._writer.submit(partial(_compared, returned), done=self._on_compared, failed=self._on_refused)

    @Slot(object)
    def _on_compared(self, found: SheetComparison) -> None:
        self.previewed.emit(found, self._file)

    def _on_refused(self, error: KnownError) -> None:
        self.bar.say(error.sentence, Tone.BAD)

    @Slot(bool)
    def _on_busy(self, on: bool) -> None:
        self.export.setEnabled(not on)
        self.take.setEnabled(not on)
