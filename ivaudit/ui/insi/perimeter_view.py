"""The perimeter of a month: its structures, which categories and departments count, who is set aside."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import KnownError
from ivaudit.domain.insi_perimeter import Expected, Outside, Perimeter, code_of
from ivaudit.domain.months import said
from ivaudit.domain.progress import Progress
from ivaudit.domain.tone import Tone
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.controls import Combo, Line, SearchLine, button, called, column_in, label, row, say
from ivaudit.ui.french import count
from ivaudit.ui.insi.being_typed import Place, Texts, Typing
from ivaudit.ui.job_bar import JobBar, Stopping
from ivaudit.ui.table import Column
from ivaudit.ui.theme import Space
from ivaudit.ui.turning_table import TurningTable
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.session import Session
    from ivaudit.exchange.insi_lists import ExpectedFile

_WHAT = (
    "Le périmètre dit quelles structures sont attendues : sans lui, personne n'est « silencieux ». Il est "
    "figé mois par mois, pour que la part qui appelle ne bouge pas quand le répertoire FINESS bouge."
)
_NONE = (
    "Aucun périmètre pour l'instant. Partez d'une liste (N° FINESS, structure, département, catégorie, "
    "ouverture, fermeture), des structures de ce dossier, ou de celles des fichiers reçus."
)
_REASON = "Donnez d'abord le motif : il paraît dans le suivi."
REASON = ("perimetre", "motif")
"""Where the reason of an exclusion is kept as a draft: that of one structure serves for the next."""
_KINDS = "Tableaux (*.xlsx *.csv *.txt)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A category or a department of the list, how many structures have it, and whether it counts."""

    text: str
    many: int
    kept: bool


def _freeze(month: str, source: str, session: "Session") -> object:
    from ivaudit.app import insi_perimeters  # noqa: PLC0415 - on the writer's thread

    match source:
        case "facilities":
            structures = insi_perimeters.from_facilities(session)
        case "files":
            structures = insi_perimeters.from_files(session)
        case "directory":
            structures = insi_perimeters.from_directory(session, month)
        case _:
            structures = ()
    return insi_perimeters.freeze(session, month, structures=structures)


def _freeze_list(month: str, structures: tuple[Expected, ...], session: "Session") -> object:
    from ivaudit.app import insi_perimeters  # noqa: PLC0415 - on the writer's thread

    return insi_perimeters.freeze(session, month, structures=structures)


def _keep(month: str, field: str, labels: tuple[str, ...], session: "Session") -> object:
    from ivaudit.app import insi_perimeters  # noqa: PLC0415 - on the writer's thread

    if field == "categories":
        return insi_perimeters.freeze(session, month, categories=labels)
    return insi_perimeters.freeze(session, month, departments=labels)


def _exclude(month: str, finess: str, reason: str, session: "Session") -> object:
    from ivaudit.app import insi_drafts, insi_perimeters  # noqa: PLC0415 - on the writer's thread

    def gesture(opened: "Session") -> Changes:
        return insi_perimeters.exclude(opened, month, finess, reason)

    return insi_drafts.record(session, REASON, {}, gesture)


def _include(month: str, finess: str, session: "Session") -> object:
    from ivaudit.app import insi_perimeters  # noqa: PLC0415 - on the writer's thread

    return insi_perimeters.include(session, month, finess)


def _read(path: Path, progress: Progress, stopping: Stopping) -> "ExpectedFile":
    from ivaudit.app import insi_perimeters  # noqa: PLC0415 - beside the window

    progress(0, 0, "Lecture de la liste")
    return insi_perimeters.read(path, cancelled=stopping)


class PerimeterView(QWidget):
    """What is changed is recorded at once, for the month that is shown and those after it."""

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("insi_perimeter")
        self._writer = writer
        self._month = ""
        self._found: Perimeter | None = None
        self.told = label("", "insi_perimeter_told")
        self.list = button(
            "Ajouter une liste…", "insi_perimeter_list", "primary", "Ajouter les structures d'une liste"
        )
        self.facilities = button("Ajouter celles du dossier", "insi_perimeter_facilities")
        self.files = button("Ajouter celles des fichiers reçus", "insi_perimeter_files")
        self.directory = button(
            "Ajouter depuis l'annuaire FINESS",
            "insi_perimeter_directory",
            "",
            "Sites de l'annuaire, mêmes départements et catégories",
        )
        self.directory.setToolTip("Les sites des départements et des catégories suivis")
        self.freeze = button("Figer pour ce mois", "insi_perimeter_freeze")
        self.bar = JobBar("insi_perimeter_job")
        self.view = Combo("insi_perimeter_view", "Ce qui est montré")
        self.view.addItems(["Structures", "Catégories", "Départements"])
        self.search = SearchLine("insi_perimeter_search", "Rechercher dans le périmètre")
        self.search.setPlaceholderText("Nom, FINESS, catégorie")
        structures = (
            Column(title="Structure", text=_name, stretch=True),
            Column(title="FINESS", text=lambda each: each.finess, spare=True),
            Column(title="Département", text=lambda each: each.department or "—", spare=True),
            Column(title="Catégorie", text=lambda each: each.category or "—", spare=True),
            Column(title="Compte ce mois", text=self._standing),
        )
        self.structures = TurningTable(
            "insi_perimeter_structures", "Structures du périmètre", structures, _searched, flat=True
        )
        self.labels = TurningTable("insi_perimeter_labels", "Catégories ou départements", _LABELS, flat=True)
        self.reason = Line("insi_perimeter_reason", "Motif de l'exclusion")
        self.reason.setPlaceholderText("Motif : pas d'usagers pris en charge, pas de logiciel…")
        self.typing = Typing(self)
        self.turn = button("Exclure (Espace)", "insi_perimeter_turn")
        self.result = label("", "insi_perimeter_result")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = column_in(self, spacing=Space.SMALL)
        column.addWidget(label(bound(_WHAT), "insi_perimeter_what", "muted"))
        column.addWidget(self.told)
        tools = called(Flow(spacing=Space.SMALL), "insi_perimeter_tools", "D'où viennent les structures")
        for each in (self.list, self.directory, self.facilities, self.files, self.freeze):
            tools.add(each)
        column.addWidget(tools)
        column.addWidget(self.bar)
        self._shown = QWidget()
        self._shown.setObjectName("insi_perimeter_shown")
        inside = column_in(self._shown, spacing=Space.SMALL)
        inside.addLayout(row(self.view, self.search))
        self.stack = QStackedWidget()
        self.stack.setObjectName("insi_perimeter_stack")
        for table in (self.structures, self.labels):
            table.setMinimumHeight(140)
            self.stack.addWidget(table)
        inside.addWidget(self.stack, 1)
        inside.addLayout(row(self.reason, self.turn))
        column.addWidget(self._shown, 1)
        column.addWidget(self.result)
        column.addStretch(0)
        say(self.result, "")

    def _connect(self) -> None:
        self.list.clicked.connect(self._on_list)
        self.facilities.clicked.connect(self._on_facilities)
        self.files.clicked.connect(self._on_files)
        self.directory.clicked.connect(self._on_directory)
        self.freeze.clicked.connect(self._on_freeze)
        self.view.activated.connect(self._show)
        self.search.textChanged.connect(self.structures.values.search)
        self.search.returnPressed.connect(self.structures.setFocus)
        self.structures.current_value.connect(self._on_current)
        self.structures.turned.connect(self._on_turned)
        self.structures.opened.connect(self._on_turned)
        self.labels.turned.connect(self._on_label)
        self.labels.opened.connect(self._on_label)
        self.turn.clicked.connect(self._on_turn)
        self.reason.returnPressed.connect(self._on_turn)
        self.reason.textEdited.connect(self._on_reason)
        self.bar.unexpected.connect(self._writer.failed)

    def resume(self, left: Mapping[Place, Texts]) -> None:
        """Take up the reason that a stop left."""
        self.typing.resume({REASON: left[REASON]} if REASON in left else {})
        self.reason.setText(self.typing.at(REASON).get("reason", ""))

    def show_perimeter(self, found: Perimeter | None, month: str) -> None:
        """Show the perimeter in force in a month."""
        self._found, self._month = found, month
        say(self.told, bound(_told(found, month)), Tone.NEUTRAL)
        self.freeze.setVisible(found is not None and found.month != month)
        self.freeze.setText(f"Figer pour {said(month)}")
        for each in (self.list, self.directory, self.facilities, self.files):
            each.setEnabled(bool(month))
        self._shown.setVisible(found is not None)
        now: Expected | None = self.structures.value()
        self.structures.values.show_values(found.structures if found is not None else ())
        ids = [each.finess for each in self.structures.values.rows]
        self.structures.choose(ids.index(now.finess) if now is not None and now.finess in ids else 0)
        self._show()

    @Slot()
    def _show(self) -> None:
        at = self.view.currentIndex()
        self.stack.setCurrentWidget(self.labels if at else self.structures)
        self.search.setVisible(not at)
        self.reason.setVisible(not at)
        if at and self._found is not None:
            self.labels.values.show_values(_labels(self._found, self._field))
            self.labels.choose(0)
            self.turn.setText("Compter ou non (Espace)")
        self._on_current(self.structures.value())

    @property
    def _field(self) -> str:
        return "categories" if self.view.currentIndex() == 1 else "departments"

    def _standing(self, structure: Expected) -> str:
        found = self._found
        outside = found.outside(structure, self._month) if found is not None else None
        if found is not None and outside is Outside.EXCLUDED:
            return bound(f"exclue : {found.exclusions[structure.finess]}")
        return "oui" if outside is None else outside.value

    # -- gestures

    @Slot(str)
    def _on_reason(self, text: str) -> None:
        self.typing.put(REASON, {"reason": text} if text.strip() else {})

    @Slot(object)
    def _on_current(self, structure: Expected | None) -> None:
        if self.view.currentIndex():
            return
        excluded = (
            self._found is not None and structure is not None and structure.finess in self._found.exclusions
        )
        self.turn.setText("Remettre (Espace)" if excluded else "Exclure (Espace)")
        self.turn.setAccessibleName(self.turn.text())
        self.reason.setVisible(not excluded)

    @Slot()
    def _on_turn(self) -> None:
        table, turned = (
            (self.labels, self._on_label) if self.view.currentIndex() else (self.structures, self._on_turned)
        )
        if table.value() is not None:
            turned(table.value())

    @Slot(object)
    def _on_turned(self, structure: Expected) -> None:
        if self._found is None:
            return
        if structure.finess in self._found.exclusions:
            self._submit(partial(_include, self._month, structure.finess))
            return
        reason = self.reason.text().strip()
        if not reason:
            say(self.result, bound(_REASON), Tone.WAITING)
            self.reason.setFocus()
            return
        self.typing.flush()
        self._submit(partial(_exclude, self._month, structure.finess, reason), self._on_excluded)

    def _on_excluded(self, _changes: object) -> None:
        self.typing.recorded(REASON, self.typing.at(REASON))  # on view still: it serves for the next one

    @Slot(object)
    def _on_label(self, turned: Label) -> None:
        """Count a category or a department, or no longer; all of them again when none is left out."""
        if self._found is None:
            return
        every = _labels(self._found, self._field)
        kept = tuple(each.text for each in every if each.kept is not (each.text == turned.text))
        if not kept:
            say(self.result, "Il en faut au moins un : un périmètre vide ne dit rien.", Tone.WAITING)
            return
        self._submit(partial(_keep, self._month, self._field, () if len(kept) == len(every) else kept))

    @Slot()
    def _on_freeze(self) -> None:
        self._submit(partial(_freeze, self._month, ""))

    @Slot()
    def _on_facilities(self) -> None:
        self._submit(partial(_freeze, self._month, "facilities"))

    @Slot()
    def _on_files(self) -> None:
        self._submit(partial(_freeze, self._month, "files"))

    @Slot()
    def _on_directory(self) -> None:
        self._submit(partial(_freeze, self._month, "directory"))

    @Slot()
    def _on_list(self) -> None:
        self.bar.ask_file("Quelle liste de structures ?", self.read, kinds=_KINDS)

    def read(self, path: Path) -> None:
        """Read a list, then add its structures to the perimeter of the month."""
        self.bar.start(partial(_read, path), self._on_read)

    @Slot(object)
    def _on_read(self, found: "ExpectedFile") -> None:
        many = count(len(found.structures), "structure lue", "structures lues")
        first = "\n".join(map(str, found.problems[:3]))
        remarks = (
            f" {count(len(found.problems), 'remarque', 'remarques')} :\n{first}" if found.problems else ""
        )
        self.bar.say(bound(f"{many}.{remarks}"), Tone.MIDDLE if found.problems else Tone.GOOD)
        if found.structures:
            self._submit(partial(_freeze_list, self._month, found.structures))

    def _submit(self, work: object, done: Callable[[object], None] | None = None) -> None:
        say(self.result, "")
        if callable(work):
            self._writer.submit(work, done=done, failed=self._on_refused)

    def _on_refused(self, error: KnownError) -> None:
        say(self.result, error.sentence, Tone.BAD)


def _told(found: Perimeter | None, month: str) -> str:
    if not month:
        return "Importez d'abord un fichier d'usage : un périmètre est celui d'un mois."
    if found is None:
        return _NONE
    counted = len(found.counted(month))
    own = f"figé pour {said(month)}"
    other = f"celui figé pour {said(found.month)} est repris"
    which = own if found.month == month else other
    both = " Deux versions de ce périmètre existent après une fusion." if found.conflict else ""
    listed = f"{counted} structures comptées sur {len(found.structures)} listées"
    return f"{said(month).capitalize()} : {listed} ; {which}.{both}"


def _labels(found: Perimeter, field: str) -> tuple[Label, ...]:
    """Return the categories or departments of the list, those with the same code once."""
    named: dict[str, tuple[str, int]] = {}
    for each in found.structures:
        text = each.category if field == "categories" else each.department
        code = code_of(text)
        best, many = named.get(code, ("", 0))
        named[code] = (max(best, text, key=len), many + 1)
    wanted = {code_of(each) for each in (found.categories if field == "categories" else found.departments)}
    rows = (
        Label(text=text or "non précisé", many=many, kept=not wanted or code in wanted)
        for code, (text, many) in named.items()
    )
    return tuple(sorted(rows, key=lambda each: each.text))


def _name(structure: Expected) -> str:
    return structure.name or f"FINESS {structure.finess}"


def _searched(structure: Expected) -> str:
    return f"{structure.name} {structure.finess} {structure.department} {structure.category}"


_LABELS = (
    Column(title="Compte", text=lambda each: "✓ oui" if each.kept else "non"),
    Column(title="Libellé", text=lambda each: each.text, stretch=True),
    Column(title="Structures", text=lambda each: str(each.many), key=lambda each: each.many, right=True),
)
