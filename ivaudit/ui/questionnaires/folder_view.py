"""A folder of returned questionnaires: what each file is worth, which are taken, what came of them."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ivaudit.app import questionnaire_folder
from ivaudit.app.library import library
from ivaudit.domain.progress import Progress
from ivaudit.domain.returns import FileState, Ids, ReadFile, SortedFile, counts, families
from ivaudit.domain.tone import Tone
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.controls import Combo, button, called, column_in, label, say, scrolling
from ivaudit.ui.french import count
from ivaudit.ui.job_bar import JobBar, Stopping
from ivaudit.ui.table import Column, Table
from ivaudit.ui.theme import Space

if TYPE_CHECKING:
    from ivaudit.app.questionnaire_import import Imported

_WHAT = (
    "Rassemblez dans un dossier les questionnaires remplis par les structures. Chacun est lu et trié ; rien "
    "n'est enregistré avant « Importer ». L'import crée les structures qui manquent et leurs "
    "auto-évaluations ; il ne remplace aucune réponse, et refait sur le même dossier il ne change rien."
)
_WORDS = {
    FileState.COMPLETE: ("complet", "complets"),
    FileState.INCOMPLETE: ("incomplet", "incomplets"),
    FileState.NAMELESS: ("sans structure", "sans structure"),
    FileState.DUPLICATE: ("doublon", "doublons"),
    FileState.OTHER: ("d'une autre grille", "d'une autre grille"),
    FileState.UNREADABLE: ("illisible", "illisibles"),
}
_MOST_PROBLEMS = 5
_LEAST_TABLE = 180


class FilesTable(Table):
    """The files; `turned(file)` on Space, to take it or leave it."""

    turned = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take or leave the current file on Space."""
        if event.key() == Qt.Key.Key_Space and self.value() is not None:
            self.turned.emit(self.value())
            return
        super().keyPressEvent(event)


class _Sorted:
    """What was read of a folder, and what each file is worth for one campaign."""

    def __init__(self, read: tuple[ReadFile, ...], files: tuple[SortedFile, ...]) -> None:
        self.read = read
        self.files = files
        self.campaigns = families(read)


def _read(folder: Path, work: Path, progress: Progress, stopping: Stopping) -> _Sorted:
    read = questionnaire_folder.read_folder(folder, work, progress=progress, cancelled=stopping)
    return _Sorted(read, questionnaire_folder.sort(library(), read))


def _resort(
    read: tuple[ReadFile, ...],
    wanted: Ids | None,
    preferred: frozenset[str],
    _progress: Progress,
    _stopping: Stopping,
) -> _Sorted:
    return _Sorted(read, questionnaire_folder.sort(library(), read, wanted=wanted, preferred=preferred))


class FolderView(QWidget):
    """`import_wanted(files)`, `stop_wanted()`, `summary_wanted(files)`."""

    import_wanted = Signal(object)
    stop_wanted = Signal()
    summary_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("folder_view")
        self._work: Path | None = None
        self._sorted: _Sorted | None = None
        self._preferred: set[str] = set()
        self._left: set[str] = set()
        self._outcomes: dict[str, Imported] = {}
        self._importing = False
        self.choose = button("Choisir un dossier…", "folder_choose", "primary")
        self.place = label("", "folder_place", "muted")
        self.campaign = Combo("folder_campaign", "Grilles de cette campagne")
        self.bar = JobBar("folder_job")
        self.counts = label("", "folder_counts")
        self.table = FilesTable("folder_files", "Questionnaires du dossier", self._columns(), flat=True)
        self.detail = label("", "folder_detail", "muted")
        self.go = button("Importer", "folder_import", "primary")
        self.stop = button("Arrêter l'import", "folder_stop")
        self.turn = button("Ne pas prendre (Espace)", "folder_turn")
        self.prefer = button("Préférer ce fichier", "folder_prefer")
        self.summary = button("Voir la synthèse", "folder_summary")
        self.campaign.setMinimumContentsLength(28)
        self.table.setMinimumHeight(_LEAST_TABLE)
        inside = QWidget()
        column_in(self).addWidget(scrolling(inside, "folder_scroll", "Questionnaires du dossier"))
        column = column_in(inside)
        column.addWidget(label(_WHAT, "folder_what", "muted"))
        head = called(Flow(spacing=Space.SMALL), "folder_head", "Dossier")
        for part in (self.choose, self.campaign):
            head.add(part)
        for widget in (head, self.place, self.bar, self.counts):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)
        tools = called(Flow(spacing=Space.SMALL), "folder_tools", "Gestes")
        for part in (self.go, self.stop, self.turn, self.prefer, self.summary):
            tools.add(part)
        column.addWidget(tools)
        column.addStretch(0)
        self._connect()
        self._show()

    def _connect(self) -> None:
        self.choose.clicked.connect(self._on_choose)
        self.campaign.activated.connect(self._on_campaign)
        self.table.current_value.connect(self._on_current)
        self.table.turned.connect(self._on_turn_file)
        self.table.opened.connect(self._on_turn_file)
        self.turn.clicked.connect(self._on_turn)
        self.prefer.clicked.connect(self._on_prefer)
        self.go.clicked.connect(self._on_go)
        self.stop.clicked.connect(self.stop_wanted)
        self.summary.clicked.connect(self._on_summary)
        self.bar.busy.connect(self._on_busy)

    def set_work(self, folder: Path) -> None:
        """Know where temporary files go."""
        self._work = folder

    def first_focus(self) -> QWidget:
        """Return what one most likely wants."""
        return self.table if self._sorted is not None else self.choose

    @property
    def taken(self) -> tuple[SortedFile, ...]:
        """Return the files that an import would take."""
        files = self._sorted.files if self._sorted is not None else ()
        return tuple(file for file in files if file.usable and file.name not in self._left)

    # -- reading

    @Slot()
    def _on_choose(self) -> None:
        self.bar.ask_folder("Quel dossier de questionnaires ?", self.read)

    def read(self, folder: Path) -> None:
        """Read a folder."""
        if self._work is None:
            return
        say(self.place, f"Dossier : {folder}")
        self._sorted = None
        self._preferred.clear()
        self._left.clear()
        self._outcomes.clear()
        self._show()
        self.bar.start(partial(_read, folder, self._work), self._on_sorted)

    @Slot(object)
    def _on_sorted(self, found: _Sorted) -> None:
        fresh = self._sorted is None or self._sorted.read is not found.read
        kept = self.table.value()
        self._sorted = found
        if fresh:
            self.campaign.clear()
            for ids in found.campaigns:
                self.campaign.addItem(f"Grille : {', '.join(ids)}", ids)
        self._show()
        names = [file.name for file in self.table.values.rows]
        self.table.choose(names.index(kept.name) if kept is not None and kept.name in names else 0)
        if fresh:
            self.table.setFocus()

    def _again(self) -> None:
        """Sort the same files again, for another campaign or another preference."""
        if self._sorted is not None:
            wanted = self.campaign.currentData()
            ids = tuple(wanted) if wanted is not None else None
            work = partial(_resort, self._sorted.read, ids, frozenset(self._preferred))
            self.bar.start(work, self._on_sorted)

    @Slot(int)
    def _on_campaign(self, _at: int) -> None:
        self._again()

    # -- showing

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(title="Fichier", text=_name, stretch=True),
            Column(title="Structure", text=_structure),
            Column(title="Retour", text=_state),
            Column(title="Import", text=self._taken),
        )

    def _taken(self, file: SortedFile) -> str:
        done = self._outcomes.get(file.name)
        if done is not None:
            return _outcome(done)
        if not file.usable:
            return "non"
        return "laissé" if file.name in self._left else "oui"

    def _show(self) -> None:
        found = self._sorted
        files = found.files if found is not None else ()
        self.table.values.show_values(files)
        there = bool(files)
        for part in (self.table, self.go, self.turn, self.prefer, self.summary):
            part.setVisible(there)
        self.stop.setVisible(self._importing)
        self.campaign.setVisible(found is not None and len(found.campaigns) > 1)
        parts = [f"{many} {_WORDS[state][many > 1]}" for state, many in counts(files).items()]
        text = f"{count(len(files), 'fichier', 'fichiers')} : {', '.join(parts)}." if there else ""
        say(self.counts, text)
        say(self.detail, "")
        self._show_go()

    def _show_go(self) -> None:
        many = len(self.taken)
        self.go.setText(f"Importer {count(many, 'questionnaire', 'questionnaires')}")
        self.go.setAccessibleName(self.go.text())
        free = not self._importing and not self.bar.running
        self.go.setEnabled(many > 0 and free)
        self.summary.setEnabled(many > 0 and free)
        self.choose.setEnabled(free)
        self.campaign.setEnabled(free)
        self._on_current(self.table.value())

    def _repaint(self) -> None:
        model = self.table.values
        if model.rows:
            last = model.index(model.rowCount() - 1, model.columnCount() - 1)
            model.dataChanged.emit(model.index(0, 0), last)
        self._show_go()

    @Slot(object)
    def _on_current(self, file: SortedFile | None) -> None:
        free = not self._importing and not self.bar.running
        self.turn.setEnabled(file is not None and file.usable and free)
        self.prefer.setEnabled(file is not None and file.state is FileState.DUPLICATE and free)
        taken = file is None or file.name not in self._left
        self.turn.setText("Ne pas prendre (Espace)" if taken else "Prendre (Espace)")
        self.turn.setAccessibleName(self.turn.text())
        say(self.detail, _details(file, self._outcomes.get(file.name)) if file is not None else "")

    @Slot(bool)
    def _on_busy(self, _on: bool) -> None:
        self._show_go()

    # -- gestures

    @Slot(object)
    def _on_turn_file(self, file: SortedFile) -> None:
        if file.usable and not self._importing:
            self._left.symmetric_difference_update({file.name})
            self._repaint()

    @Slot()
    def _on_turn(self) -> None:
        if self.table.value() is not None:
            self._on_turn_file(self.table.value())

    @Slot()
    def _on_prefer(self) -> None:
        """Take the current file rather than the one of the same structure."""
        file: SortedFile | None = self.table.value()
        if file is not None and file.state is FileState.DUPLICATE:
            self._preferred.discard(file.twin)
            self._preferred.add(file.name)
            self._again()

    @Slot()
    def _on_go(self) -> None:
        self.import_wanted.emit(self.taken)

    @Slot()
    def _on_summary(self) -> None:
        self.summary_wanted.emit(self.taken)

    def show_importing(self, done: int, total: int, what: str) -> None:
        """Show how far the import has come."""
        self.bar.clear()
        self.bar.show_progress(done, total, what)
        self.stop.show()
        if not self._importing and self.window().focusWidget() is self.go:
            self.stop.setFocus()  # a disabled button would send the keys anywhere
        self._importing = True
        self._show_go()

    def add_outcome(self, done: "Imported") -> None:
        """Show what came of one file."""
        self._outcomes[done.file] = done
        self._repaint()

    def show_imported(self, *, left: int, sentence: str = "") -> None:
        """Say what the import did.

        Args:
            left: how many files were not imported.
            sentence: why it stopped, if it did.
        """
        self._importing = False
        waited = self.window().focusWidget() is self.stop
        self.bar.show_bar(on=False)
        done = self._outcomes.values()
        made = sum(each.created for each in done)
        parts = [
            count(made, "auto-évaluation créée", "auto-évaluations créées"),
            count(sum(each.new_structure for each in done), "structure nouvelle", "structures nouvelles"),
            count(sum(each.written for each in done), "réponse enregistrée", "réponses enregistrées"),
        ]
        parts += [f"{left} non importés"] if left else []
        refused = sum(bool(each.refused) for each in done)
        parts += [f"{refused} refusés, voir leur détail"] if refused else []
        whole = f"{', '.join(parts)}. Pour revenir en arrière : la sauvegarde faite juste avant."
        self.bar.say(f"{sentence} {whole}".strip(), Tone.BAD if sentence else Tone.GOOD)
        self._repaint()
        if waited:
            (self.go if sentence or left else self.summary).setFocus()
        self.stop.hide()


def _details(file: SortedFile, done: "Imported | None") -> str:
    problems = file.found.problems if file.found is not None else ()
    shown = [file.sentence, *map(str, problems[:_MOST_PROBLEMS])]
    more = len(problems) - _MOST_PROBLEMS
    shown += [f"… et {more} autres"] if more > 0 else []
    if done is not None and done.refused:
        shown.insert(0, done.refused)
    if done is not None and done.kept:
        kept = count(done.kept, "réponse différente", "réponses différentes")
        shown.insert(0, f"{kept} : celles de l'audit sont gardées.")
    return "\n".join(shown)


def _outcome(done: "Imported") -> str:
    if done.refused:
        return "refusé"
    if done.created:
        return "importé"
    return "complété" if done.written else "déjà importé"


def _name(file: SortedFile) -> str:
    return file.name


def _structure(file: SortedFile) -> str:
    return file.structure or "—"


def _state(file: SortedFile) -> str:
    return f"{file.state.value} ({file.missing} sans réponse)" if file.missing else file.state.value
