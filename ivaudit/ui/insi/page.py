"""Suivi INSi: a month of usage, structure by structure, by group, over time; its files and its perimeter."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from ivaudit.domain.audit import Changes
from ivaudit.domain.insi_evolution import Evolution
from ivaudit.domain.insi_follow_up import DeclaredRate, FollowUp, Line
from ivaudit.domain.insi_perimeter import Perimeter
from ivaudit.domain.insi_table import headline
from ivaudit.domain.months import said
from ivaudit.domain.progress import Progress
from ivaudit.domain.tone import Tone
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.controls import Combo, button, called, label, say, scrolling
from ivaudit.ui.insi.being_typed import Place, Texts
from ivaudit.ui.insi.evolution_view import EvolutionView
from ivaudit.ui.insi.groups_view import GroupsView
from ivaudit.ui.insi.import_view import ImportView
from ivaudit.ui.insi.perimeter_view import PerimeterView
from ivaudit.ui.insi.structure_card import LINK, RATE
from ivaudit.ui.insi.structures_view import StructuresView
from ivaudit.ui.job_bar import JobBar, Stopping
from ivaudit.ui.page import Page, Said
from ivaudit.ui.theme import Space
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable

    from ivaudit.app.insi import Contact
    from ivaudit.app.insi_imports import Imported
    from ivaudit.app.session import Session
    from ivaudit.domain.insi_table import InsiBook

STRUCTURES, GROUPS, EVOLUTION, FILES, PERIMETER = range(5)
_TABS = ("Structures", "Départements et catégories", "Évolution", "Fichiers reçus", "Périmètre")
_NAMES = ("structures", "groups", "evolution", "files", "perimeter")
_KINDS = "Classeur Excel (*.xlsx);;Liste CSV (*.csv)"
_NOTHING = (
    "Aucun fichier d'usage INSi n'est encore importé. Commencez par « Fichiers reçus » : le fichier par "
    "certificat et celui par carte CPx d'un même mois."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the page shows; `follow` is nothing until a file is imported."""

    months: tuple[str, ...]
    follow: FollowUp | None
    evolution: Evolution
    perimeter: Perimeter | None
    imports: "tuple[Imported, ...]"
    contacts: "dict[str, Contact]"
    definitions: tuple[str, ...]
    typed: dict[Place, Texts]


def _read(month: str, session: "Session") -> Known:
    from ivaudit.app import (  # noqa: PLC0415 - on the writer's thread
        insi,
        insi_declared,
        insi_drafts,
        insi_imports,
        insi_perimeters,
    )

    months = tuple(insi.months(session))
    chosen = month if month in months else max(months, default="")
    return Known(
        months=months,
        follow=insi.follow_up(session, chosen) if chosen else None,
        evolution=insi.evolution(session, chosen),
        perimeter=insi_perimeters.of_month(session, chosen) if chosen else None,
        imports=insi_imports.all_of(session),
        contacts=insi.contacts(session),
        definitions=insi_declared.DEFINITIONS,
        typed=insi_drafts.left(session),
    )


def _link(finess: str, target: str, session: "Session") -> Changes:
    from ivaudit.app import insi_declared  # noqa: PLC0415 - on the writer's thread

    return insi_declared.link(session, finess, target) if target else insi_declared.unlink(session, finess)


def _declare(rate: DeclaredRate, session: "Session") -> Changes:
    from ivaudit.app import insi_declared  # noqa: PLC0415 - on the writer's thread

    return insi_declared.declare(session, rate)


def _withdraw(finess: str, month: str, session: "Session") -> Changes:
    from ivaudit.app import insi_declared  # noqa: PLC0415 - on the writer's thread

    return insi_declared.withdraw(session, finess, month)


def _drafted(place: Place, texts: Texts, session: "Session") -> None:
    from ivaudit.app import insi_drafts  # noqa: PLC0415 - on the writer's thread

    insi_drafts.keep(session, *place, texts)


def _recorded(
    place: Place, still: Texts, gesture: "Callable[[Session], Changes]", session: "Session"
) -> Changes:
    from ivaudit.app import insi_drafts  # noqa: PLC0415 - on the writer's thread

    return insi_drafts.record(session, place, still, gesture)


def _turned(verb: str, session: "Session") -> Changes:
    from ivaudit.app import gestures, names  # noqa: PLC0415 - on the writer's thread

    return (gestures.undo if verb == "undo" else gestures.redo)(session, names.INSI)


def _prepared(month: str, silent: int, session: "Session") -> "tuple[InsiBook, str]":
    from ivaudit.app import insi_exports  # noqa: PLC0415 - on the writer's thread

    if silent:
        book = insi_exports.prepare_call_back(session, month, silent)
    else:
        book = insi_exports.prepare(session, month)
    return book, insi_exports.file_name(month, call_back=bool(silent))


def _written(book: "InsiBook", path: Path, progress: Progress, stopping: Stopping) -> Path:
    from ivaudit.app import insi_exports  # noqa: PLC0415 - beside the window

    return insi_exports.write(book, path, progress=progress, cancelled=stopping)


class InsiPage(Page):
    """One month at a time, in five tabs."""

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__("insi", "Suivi INSi", writer, parent)
        self._known: Known | None = None
        self._book: InsiBook | None = None
        self._month = ""
        self.back = button("‹ Indicateurs", "insi_back", "quiet", "Revenir aux indicateurs")
        self.month = Combo("insi_month", "Mois")
        self.month.setMinimumContentsLength(12)
        self.export = button("Exporter le suivi…", "insi_export", "", "Exporter le suivi du mois")
        self.call_back = button(
            "Exporter les rappels…", "insi_call_back", "", "Exporter les structures à rappeler"
        )
        title = label("Suivi INSi", "insi_title", "title", wrap=False)
        head = called(Flow(spacing=Space.SMALL), "insi_head", "Suivi INSi")
        for part in (title, self.month, self.export, self.call_back, self.back):
            head.add(part)
        self.column.addWidget(head)
        self.told = label("", "insi_told")
        self.column.addWidget(self.told)
        self.bar = JobBar("insi_export_job")
        self.column.addWidget(self.bar)
        self.tabs = called(QTabBar(), "insi_tabs", "Vues du suivi INSi")
        self.tabs.setExpanding(False)
        for each in _TABS:
            self.tabs.addTab(each)
        self.column.addWidget(self.tabs)
        self.structures = StructuresView()
        self.groups = GroupsView()
        self.evolution = EvolutionView()
        self.files = ImportView(writer)
        self.perimeter = PerimeterView(writer)
        self.stack = QStackedWidget()
        self.stack.setObjectName("insi_stack")
        # At 200 % on a small screen a view is higher than the window: it is scrolled rather than squeezed.
        views = (self.structures, self.groups, self.evolution, self.files, self.perimeter)
        for name, title_of, view in zip(_NAMES, _TABS, views, strict=True):
            self.stack.addWidget(scrolling(view, f"insi_{name}_scroll", title_of))
        self.column.addWidget(self.stack, 1)
        self._connect()

    def _connect(self) -> None:
        self.back.clicked.connect(self._on_back)
        self.month.activated.connect(self._on_month)
        self.tabs.currentChanged.connect(self._on_tab)
        self.export.clicked.connect(self._on_export)
        self.call_back.clicked.connect(self._on_call_back)
        self.files.stored.connect(self._on_stored)
        self.structures.table.current_value.connect(self._on_current)
        card = self.structures.card
        card.link_wanted.connect(self._on_link)
        card.rate_wanted.connect(self._on_rate)
        card.rate_unwanted.connect(self._on_rate_unwanted)
        for typing in (card.typing, self.perimeter.typing):
            typing.drafted.connect(self._on_drafted)
        card.facility_wanted.connect(self._on_facility)
        self.evolution.said.connect(self._on_said)
        self.bar.unexpected.connect(self.writer.failed)
        for keys, slot in (("Ctrl+Z", self._on_undo), ("Ctrl+Y", self._on_redo)):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def enter(self, about: object = None) -> None:
        """Be shown; `about` is a month."""
        self._month = str(about or self._month)
        self._again()

    def refresh(self, changes: Changes) -> None:
        """Read again what a gesture changed, if it is seen."""
        ours = any(each.startswith("insi_") for each in changes.entities)
        if self.isVisible() and (ours or changes.facilities):
            self._again()

    def settle(self) -> None:
        """Hand over what is being typed."""
        self.structures.card.settle()
        self.perimeter.typing.flush()

    def _again(self) -> None:
        self.writer.submit(partial(_read, self._month), done=self._on_read, failed=self.on_known_error)

    @Slot(object)
    def _on_read(self, known: Known) -> None:
        fresh, self._known = self._known is None, known
        if fresh:
            self.structures.card.typing.resume(known.typed)
            self.perimeter.resume(known.typed)
        self._month = known.follow.month if known.follow is not None else ""
        self.month.clear()
        for each in reversed(known.months):
            self.month.addItem(said(each).capitalize(), each)
        self.month.setCurrentIndex(max(0, self.month.findData(self._month)))
        for part in (self.month, self.export, self.call_back):
            part.setVisible(bool(known.months))
        say(self.told, bound(headline(known.follow) if known.follow is not None else _NOTHING), Tone.NEUTRAL)
        self.structures.card.set_definitions(known.definitions)
        self.structures.show_follow_up(known.follow)
        self.groups.show_follow_up(known.follow)
        self.evolution.show_evolution(known.evolution)
        self.files.show_imports(known.imports)
        self.perimeter.show_perimeter(known.perimeter, self._month)
        self._on_current(self.structures.table.value())
        if fresh:
            self.tabs.setCurrentIndex(STRUCTURES if known.months else FILES)
            self._first_focus().setFocus()

    def _first_focus(self) -> QWidget:
        return self.structures.table if self.tabs.currentIndex() == STRUCTURES else self.files.choose

    # -- gestures

    @Slot(int)
    def _on_tab(self, at: int) -> None:
        self.settle()
        self.stack.setCurrentIndex(at)

    @Slot()
    def _on_back(self) -> None:
        self.asked.emit("indicators", None)

    @Slot(int)
    def _on_month(self, _at: int) -> None:
        self.settle()
        self._month = str(self.month.currentData() or "")
        self._again()

    @Slot(object)
    def _on_current(self, line: Line | None) -> None:
        contact = (
            self._known.contacts.get(line.finess) if self._known is not None and line is not None else None
        )
        self.structures.card.show_contact(
            contact.phone if contact is not None else "", known=contact is not None
        )

    @Slot(str, str)
    def _on_link(self, finess: str, target: str) -> None:
        self._record((finess, self._month), LINK, partial(_link, finess, target))

    @Slot(object)
    def _on_rate(self, rate: DeclaredRate) -> None:
        self._record((rate.finess, rate.month), RATE, partial(_declare, rate))

    @Slot(str, str)
    def _on_rate_unwanted(self, finess: str, month: str) -> None:
        self._record((finess, month), RATE, partial(_withdraw, finess, month))

    def _record(self, place: Place, fields: frozenset[str], gesture: "Callable[[Session], Changes]") -> None:
        """Do a gesture with what is typed in some fields; where it is refused they stay a draft."""
        typing = self.structures.card.typing
        typing.flush()
        typed = typing.at(place)
        still = {field: text for field, text in typed.items() if field not in fields}
        sent = {field: text for field, text in typed.items() if field in fields}
        self.writer.submit(
            partial(_recorded, place, still, gesture),
            done=partial(self._on_recorded, place, sent),
            failed=self.on_known_error,
        )

    def _on_recorded(self, place: Place, sent: Texts, _changes: Changes) -> None:
        self.structures.card.typing.recorded(place, sent)

    @Slot(object, object)
    def _on_drafted(self, place: Place, texts: Texts) -> None:
        self.writer.submit(partial(_drafted, place, texts), failed=self.on_known_error)

    @Slot(str)
    def _on_facility(self, finess: str) -> None:
        contact = self._known.contacts.get(finess) if self._known is not None else None
        if contact is not None:
            self.settle()
            self.asked.emit("facilities", contact.facility)

    @Slot(str, str)
    def _on_stored(self, sentence: str, month: str) -> None:
        self.said.emit(Said(sentence=sentence))
        self._month = month or self._month
        self._again()
        self.tabs.setCurrentIndex(STRUCTURES)

    @Slot(str)
    def _on_said(self, sentence: str) -> None:
        self.said.emit(Said(sentence=sentence))

    @Slot()
    def _on_export(self) -> None:
        self._prepare(0)

    @Slot()
    def _on_call_back(self) -> None:
        self._prepare(self.structures.silent_months)

    def _prepare(self, silent: int) -> None:
        self.settle()
        work = partial(_prepared, self._month, silent)
        self.writer.submit(work, done=self._on_prepared, failed=self.on_known_error)

    @Slot(object)
    def _on_prepared(self, found: "tuple[InsiBook, str]") -> None:
        self._book, name = found
        self.bar.ask_where(name, self.write, kinds=_KINDS)

    def write(self, path: Path) -> None:
        """Write what was prepared there."""
        if self._book is not None:
            self.bar.start(partial(_written, self._book, path), self.bar.made)

    @Slot()
    def _on_undo(self) -> None:
        self._turn("undo")

    @Slot()
    def _on_redo(self) -> None:
        self._turn("redo")

    def _turn(self, verb: str) -> None:
        self.settle()
        self.writer.submit(partial(_turned, verb), failed=self.on_known_error)
