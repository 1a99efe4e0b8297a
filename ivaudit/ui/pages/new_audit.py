"""A new audit: a structure, a kind, one or more checklists, a date — and the grid opens."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from ivaudit.domain.audit import Audit, Changes, Facility
from ivaudit.domain.checklist import Checklist, Kind, Vocabulary
from ivaudit.domain.directory import Entry
from ivaudit.domain.errors import ContentProblems, KnownError
from ivaudit.domain.forms import FieldKind, FormField
from ivaudit.domain.tone import Tone
from ivaudit.ui import french, tab_order, theme
from ivaudit.ui.controls import (
    Combo,
    Line,
    Readable,
    TickText,
    button,
    called,
    card,
    emptied,
    label,
    row,
    say,
    scrolling,
)
from ivaudit.ui.directory.search import DirectorySearch, Made, make
from ivaudit.ui.form_fields import ParsedField
from ivaudit.ui.page import Page
from ivaudit.ui.pages.audit_adaptations import AdaptationChoice, Offered
from ivaudit.ui.pages.new_structure import NewStructure
from ivaudit.ui.pages.start_from import Start, StartFrom
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.session import Session

_NEW = "Nouvelle structure…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What may be chosen; each checklist is (id, title, points, minutes, summary)."""

    facilities: tuple[Facility, ...]
    latest: Mapping[str, Audit]
    checklists: tuple[tuple[str, str, int, int, str], ...]
    vocabulary: Vocabulary
    adaptations: tuple[Offered, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was chosen; `structure` are the values of one to create when `facility` is empty."""

    facility: str
    structure: dict[str, object]
    kind: str
    checklists: tuple[str, ...]
    date: str
    title: str
    adaptations: tuple[str, ...] = ()
    start: Start = Start.NOTHING
    source: str = ""


def _unbroken(text: str) -> str:
    """Return an amount that stays on one line."""
    return text.replace(" ", "\u00a0")


def _read(session: "Session") -> Offer:
    from ivaudit.app import adaptations, facilities, follow_up, library  # noqa: PLC0415 - on the writer's thread

    local = session.library.local_ids()
    offered = tuple(
        (
            each.id,
            f"{each.title}  ·  local : {each.id} {each.version}" if each.id in local else each.title,
            sum(1 for _ in each.points()),
            each.minutes_budget or library.minutes(each),
            each.summary,
        )
        for each in sorted(session.library.checklists(), key=_shortest_visit_first)
    )
    return Offer(
        facilities=facilities.all_of(session),
        latest=follow_up.last_of(session),
        checklists=offered,
        vocabulary=session.library.vocabulary(),
        adaptations=tuple(
            Offered(adaptation=each, lightened=adaptations.lightened(session.library, each))
            for each in session.library.adaptations()
        ),
    )


def _read_facilities(session: "Session") -> tuple[Facility, ...]:
    from ivaudit.app import facilities  # noqa: PLC0415 - on the writer's thread

    return facilities.all_of(session)


def _shortest_visit_first(checklist: Checklist) -> tuple[bool, int, str]:
    return checklist.kind is not Kind.VISIT, checklist.minutes_budget or 0, checklist.id


def _create(wanted: Wanted, session: "Session") -> tuple[Changes, str]:
    from ivaudit.app import audits, facilities  # noqa: PLC0415 - on the writer's thread

    if wanted.source:
        return _create_from(wanted, session)
    facility = wanted.facility
    if not facility:
        _, facility = facilities.create(session, wanted.structure)
    return audits.create(
        session,
        facility,
        wanted.kind,
        wanted.checklists,
        wanted.date,
        title=wanted.title,
        adaptations=wanted.adaptations,
    )


def _create_from(wanted: Wanted, session: "Session") -> tuple[Changes, str]:
    from ivaudit.app import follow_up  # noqa: PLC0415 - on the writer's thread

    source, date, title = wanted.source, wanted.date, wanted.title
    if wanted.start is Start.FOLLOW_UP:
        return follow_up.create_follow_up(session, source, date, title=title)
    take = follow_up.Take.CONFIRM if wanted.start is Start.ANSWERS else follow_up.Take.NONE
    return follow_up.create_from(session, source, date, take, kind=wanted.kind, title=title)


class NewAuditPage(Page):
    """The panel; `asked("audit", id)` once it exists."""

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__("new_audit", "Nouvel audit", writer, parent)
        self.column.addWidget(label("Nouvel audit", "new_title", "title"))
        inner = Readable()
        body = inner.body
        self.column.addWidget(scrolling(inner, "new_scroll", "Nouvel audit"), 1)
        self._about = ""
        self._boxes: dict[str, QCheckBox] = {}
        self._amounts: dict[str, tuple[int, int]] = {}
        self._facilities: tuple[Facility, ...] = ()
        self._latest: Mapping[str, Audit] = {}
        body.addWidget(self._where())
        self.grids = self._what()
        body.addWidget(self.grids)
        body.addStretch(1)
        self.problem = label("", "new_problem")
        self.problem.hide()
        self.total = label("", "new_total", "muted")
        self.go = button("Créer l'audit et ouvrir la grille", "new_go", "primary")
        self.cancel = button("Renoncer", "new_cancel")
        self.column.addWidget(self.problem)
        line = row(self.go, self.cancel, self.total)
        line.setStretch(2, 1)
        self.column.addLayout(line)
        self.go.clicked.connect(self.proceed)
        self.cancel.clicked.connect(self._on_cancel)

    def enter(self, about: object = None) -> None:
        """Read what may be chosen; `about` is the id of a structure to start with."""
        self._about = str(about or "")
        say(self.problem, "")
        self.go.setEnabled(True)
        self.directory.enter()
        self.writer.submit(_read, done=self._on_offer, failed=self.refuse)
        self.facility.setFocus()

    @Slot()
    def proceed(self) -> None:
        """Create the audit."""
        wanted = self._wanted()
        if not wanted.facility and not wanted.structure["name"]:
            self._want("Indiquez la structure, ou le nom d'une nouvelle.", self.structure.name)
        elif not wanted.checklists and not wanted.source:
            self._want("Choisissez au moins une grille.", next(iter(self._boxes.values()), self.go))
        elif not wanted.date:
            self._want("Indiquez la date de la visite, par exemple 21/11/2026.", self.date.line)
        else:
            self.go.setEnabled(False)
            self.writer.submit(partial(_create, wanted), done=self._on_created, failed=self.refuse)

    def refuse(self, error: KnownError) -> None:
        """Say why it was not created."""
        self.go.setEnabled(True)
        details = error.problems if isinstance(error, ContentProblems) else ()
        say(self.problem, "\n".join((error.sentence, *details)), Tone.BAD)

    def _where(self) -> QWidget:
        frame, column = card("new_where")
        self.facility = Combo("new_facility", "Structure")
        self.structure = NewStructure()
        self.kind = Combo("new_kind", "Sorte d'audit")
        self.date = ParsedField(FormField(id="new_date", label="Date de la visite", kind=FieldKind.DATE))
        self.label = Line("new_label", "Intitulé, facultatif")
        self.label.setPlaceholderText("Facultatif, par exemple : visite de suivi à six mois")
        self._titled(column, "Structure", self.facility)
        self.directory = DirectorySearch("new", self.writer)
        self.directory.chosen.connect(self._on_entry)
        self.directory.refused.connect(self.refuse)
        column.addWidget(self.directory)
        column.addWidget(self.structure)
        self.start = StartFrom()
        column.addWidget(self.start)
        self._titled(column, "Sorte d'audit", self.kind)
        self._titled(column, "Date de la visite", self.date, self.date.line)
        self._titled(column, "Intitulé", self.label)
        self.facility.currentIndexChanged.connect(self._on_facility)
        self.kind.activated.connect(self._on_kind)
        self.start.chosen.connect(self._on_start)
        return frame

    def _what(self) -> QWidget:
        frame, column = card("new_what")
        column.addWidget(label("Grilles à parcourir", "new_what_title", "heading"))
        self._list = QVBoxLayout()
        self._list.addWidget(label("Chargement des grilles…", "new_loading", "muted"))
        column.addLayout(self._list)
        self.adaptations = AdaptationChoice()
        self.adaptations.changed.connect(self._on_ticked)
        column.addWidget(self.adaptations)
        return frame

    def _titled(self, column: QVBoxLayout, text: str, field: QWidget, buddy: QWidget | None = None) -> None:
        title = label(text, f"label_{field.objectName()}", "strong", wrap=False)
        title.setBuddy(buddy or field)
        column.addWidget(title)
        column.addWidget(field)

    @Slot(object)
    def _on_offer(self, offer: Offer) -> None:
        self._latest = offer.latest
        self.adaptations.offer(offer.adaptations)
        self._show_facilities(offer.facilities)
        self.structure.offer(offer.vocabulary)
        self._on_facility()
        if not offer.facilities and self.facility.hasFocus():
            self.structure.name.setFocus()
        self.kind.clear()
        for term in offer.vocabulary.audit_kinds:
            self.kind.addItem(term.label, term.id)
        self.date.show_value(french.today())
        self._show_checklists(offer)

    @Slot(object)
    def _show_facilities(self, facilities: tuple[Facility, ...]) -> None:
        self._facilities = facilities
        self.facility.clear()
        for facility in facilities:
            place = f" — {facility.city}" if facility.city else ""
            self.facility.addItem(f"{facility.name}{place}", facility.id)
        self.facility.addItem(_NEW, "")
        at = self.facility.findData(self._about) if self._about else 0
        self.facility.setCurrentIndex(max(at, 0))

    @Slot(object)
    def _on_entry(self, entry: Entry) -> None:
        work = partial(make, entry.finess, entry.kind)
        self.writer.submit(work, done=self._on_made, failed=self.refuse)

    @Slot(object)
    def _on_made(self, result: tuple[Changes, Made]) -> None:
        """Choose the structure that was taken from the directory."""
        self._about = result[1].facility
        self.directory.clear()
        self.said.emit(result[1].said())
        self.writer.submit(_read_facilities, done=self._show_facilities, failed=self.refuse)
        self.facility.setFocus()

    def _show_checklists(self, offer: Offer) -> None:
        ticked = {key for key, box in self._boxes.items() if box.isChecked()}
        emptied(self._list)
        self._boxes, self._amounts = {}, {}
        for key, title, points, minutes, summary in offer.checklists:
            text = f"{title}  ·  {_unbroken(french.count(points, 'point', 'points'))}, "
            text += _unbroken(french.duration(minutes))
            box = called(QCheckBox(), f"new_checklist_{key}", text)
            box.setAccessibleDescription(summary)
            box.setChecked(key in ticked)
            box.toggled.connect(self._on_ticked)
            words = called(TickText(text, box), f"new_checklist_text_{key}", text)
            words.setMinimumHeight(theme.TARGET)
            beside = QVBoxLayout()
            beside.setSpacing(0)
            beside.addWidget(words)
            beside.addWidget(label(summary, f"new_summary_{key}", "small"))
            line = QHBoxLayout()
            line.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
            line.addLayout(beside, 1)
            self._list.addLayout(line)
            self._boxes[key] = box
            self._amounts[key] = (points, minutes)
        tab_order.follow(self.label, self._boxes.values())  # before the buttons, made first
        self._on_ticked()

    def _wanted(self) -> Wanted:
        return Wanted(
            facility=self.facility.currentData() or "",
            structure=self.structure.values(),
            kind=self.kind.currentData() or "",
            checklists=tuple(key for key, box in self._boxes.items() if box.isChecked()),
            date=str(self.date.value() or ""),
            title=self.label.text().strip(),
            adaptations=self.adaptations.chosen(),
            start=self.start.start,
            source=self.start.source,
        )

    def _want(self, sentence: str, field: QWidget) -> None:
        say(self.problem, sentence, Tone.MIDDLE)
        field.setFocus()

    @Slot()
    def _on_facility(self) -> None:
        self.structure.setVisible(not self.facility.currentData())
        self.directory.offer(on=not self.facility.currentData())
        self.start.offer(self._latest.get(self.facility.currentData() or ""))
        self._show_adaptations()

    @Slot()
    def _on_start(self) -> None:
        """Ask for grids and a kind only where they do not come from the last audit."""
        start = self.start.start
        self.grids.setVisible(start is Start.NOTHING)
        self.kind.setEnabled(start is not Start.FOLLOW_UP)
        wanted = "suivi" if start is Start.FOLLOW_UP else ""
        if wanted and (at := self.kind.findData(wanted)) >= 0:
            self.kind.setCurrentIndex(at)
        self._on_ticked()

    def _show_adaptations(self) -> None:
        """Propose the adaptations of the grids that are ticked."""
        chosen = [key for key, box in self._boxes.items() if box.isChecked()]
        key = self.facility.currentData()
        numbers = next(((each.finess_ej, each.finess_et) for each in self._facilities if each.id == key), ())
        self.adaptations.show_for(chosen, numbers)
        tab_order.follow(next(reversed(self._boxes.values()), self.label), self.adaptations.boxes.values())

    @Slot()
    def _on_kind(self) -> None:
        """Tick the grid that bears the name of the kind, where nothing is ticked yet («flash»)."""
        box = self._boxes.get(self.kind.currentData() or "")
        if box is not None and not any(each.isChecked() for each in self._boxes.values()):
            box.setChecked(True)

    @Slot()
    def _on_ticked(self) -> None:
        chosen = [self._amounts[key] for key, box in self._boxes.items() if box.isChecked()]
        points, minutes = sum(p for p, _ in chosen), sum(m for _, m in chosen)
        text = f"{french.count(points, 'point', 'points')}, environ {french.duration(minutes)} sur place"
        self._show_adaptations()
        taken = "Les grilles viennent du dernier audit."
        grids = f"{text}{self.adaptations.said()}" if chosen else "Aucune grille choisie."
        say(self.total, taken if self.start.source else grids)

    @Slot(object)
    def _on_created(self, result: tuple[Changes, str]) -> None:
        self.structure.clear()
        self.label.clear()
        for box in self._boxes.values():
            box.setChecked(False)  # the next audit begins with nothing ticked
        self.asked.emit("audit", result[1])

    @Slot()
    def _on_cancel(self) -> None:
        self.asked.emit("home", None)
