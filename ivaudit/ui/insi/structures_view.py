"""The structures of a month: filtered, searched, and the one that is chosen beside."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from ivaudit.domain.insi_follow_up import FollowUp, Line, Standing
from ivaudit.domain.insi_perimeter import code_of
from ivaudit.domain.insi_table import said
from ivaudit.domain.months import said as month_said
from ivaudit.ui import theme
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.controls import Combo, SearchLine, called, column_in, label, say, scrolling
from ivaudit.ui.french import count
from ivaudit.ui.insi.structure_card import StructureCard
from ivaudit.ui.insi.words import figure, percent
from ivaudit.ui.table import Column, Table
from ivaudit.ui.theme import Space

_EVERY, _CALL_BACK, _OUTSIDE = "Toutes les structures", "À rappeler", "Hors du périmètre"
_BY_STANDING = {
    "Au moins un appel ce mois": (Standing.CALLED,),
    "Appellent sous un autre FINESS": (Standing.VIA,),
    "Sans appel ce mois": (Standing.SILENT, Standing.ZERO),
    "Aucun appel dans les fichiers reçus": (Standing.NEVER,),
    "Nombre non communiqué": (Standing.UNKNOWN,),
}
_SILENCES = (1, 2, 3, 6, 12)
_STACKED_UNDER = 900
_LEAST = 160
_NOBODY = "Aucune structure ne répond à ces filtres."


class StructuresView(QWidget):
    """The card beside has signals of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("insi_structures")
        self._follow: FollowUp | None = None
        self.search = SearchLine("insi_search", "Rechercher une structure")
        self.search.setPlaceholderText("Nom, FINESS, département  (Ctrl+F)")
        self.standing = Combo("insi_standing", "Situation du mois")
        self.standing.addItems([_EVERY, *_BY_STANDING, _CALL_BACK, _OUTSIDE])
        self.standing.setMinimumContentsLength(24)
        self.silence = Combo("insi_silence", "Sans appel depuis au moins")
        for many in _SILENCES:
            self.silence.addItem(f"depuis {many} mois ou plus", many)
        self.department = Combo("insi_department", "Département")
        self.category = Combo("insi_category", "Catégorie")
        for each in (self.department, self.category):
            each.setMinimumContentsLength(20)
        self.note = label("", "insi_note", "muted")
        self.table = Table("insi_table", "Structures du mois", _COLUMNS, _searched, flat=True)
        self.table.setMinimumHeight(_LEAST)
        self.empty = label(_NOBODY, "insi_nobody", "muted")
        self.card = StructureCard()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = column_in(self)
        column.addWidget(self.search)
        filters = called(Flow(spacing=Space.SMALL), "insi_filters", "Filtres")
        for each in (self.standing, self.silence, self.department, self.category):
            filters.add(each)
        column.addWidget(filters)
        column.addWidget(self.note)
        self.stack = QStackedWidget()
        self.stack.setObjectName("insi_structures_stack")
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.split = QSplitter()
        self.split.setObjectName("insi_split")
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(theme.Space.SMALL)
        self.split.addWidget(self.stack)
        self.split.addWidget(scrolling(self.card, "insi_card_scroll", "Structure choisie"))
        self.split.setSizes([720, 320])
        column.addWidget(self.split, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self._on_found)
        for each in (self.standing, self.silence, self.department, self.category):
            each.activated.connect(self._show)
        self.table.current_value.connect(self._on_current)
        self.table.opened.connect(self._on_opened)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.search.setFocus)

    def show_follow_up(self, follow: FollowUp | None) -> None:
        """Show the structures of a month."""
        self._follow = follow
        lines = follow.lines if follow is not None else ()
        _fill(self.department, "Tous les départements", [line.department for line in lines])
        _fill(self.category, "Toutes les catégories", [line.category for line in lines])
        self._show()

    @property
    def silent_months(self) -> int:
        """Return for how many months a structure to call back has not called."""
        return int(self.silence.currentData() or 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the card under the list where there is little room."""
        super().resizeEvent(event)
        stacked = event.size().width() < _STACKED_UNDER * theme.current().scale
        side = Qt.Orientation.Vertical if stacked else Qt.Orientation.Horizontal
        if side != self.split.orientation():
            self.split.setOrientation(side)
            self.split.setSizes([400, 300] if stacked else [720, 320])

    @Slot()
    def _show(self) -> None:
        follow = self._follow
        lines = self._kept(follow) if follow is not None else []
        self.silence.setVisible(self.standing.currentText() == _CALL_BACK)
        now: Line | None = self.table.value()
        blocked = self.table.blockSignals(True)
        self.table.values.show_values(lines)
        ids = [line.finess for line in self.table.values.rows]
        self.table.choose(ids.index(now.finess) if now is not None and now.finess in ids else 0)
        self.table.blockSignals(blocked)
        self._told()
        self._on_current(self.table.value())

    def _kept(self, follow: FollowUp) -> list[Line]:
        wanted = self.standing.currentText()
        match wanted:
            case "Hors du périmètre":
                lines: tuple[Line, ...] = tuple(line for line in follow.lines if not line.inside)
            case "À rappeler":
                lines = follow.to_call_back(self.silent_months)
            case _ if wanted in _BY_STANDING:
                lines = follow.of(*_BY_STANDING[wanted]) if follow.frozen else _without(follow, wanted)
            case _:
                lines = follow.lines
        chosen = ((self.department.currentData(), "department"), (self.category.currentData(), "category"))
        return [
            line
            for line in lines
            if all(not code or code_of(getattr(line, field)) == code for code, field in chosen)
        ]

    def _told(self) -> None:
        shown, total = len(self.table.values.rows), len(self._follow.lines) if self._follow else 0
        self.stack.setCurrentWidget(self.table if shown else self.empty)
        half = self.standing.currentText() == _CALL_BACK and self._follow and not self._follow.whole
        say(
            self.empty,
            "Un seul des deux fichiers de ce mois est reçu : on ne peut pas dire qui n'a pas appelé."
            if half
            else _NOBODY,
        )
        say(self.note, f"{count(shown, 'structure', 'structures')} sur {total}" if total else "")

    @Slot(str)
    def _on_search(self, text: str) -> None:
        self.table.values.search(text)
        self._told()
        self.table.choose(0)
        self._on_current(self.table.value())

    @Slot()
    def _on_found(self) -> None:
        if self.table.values.rows:
            self.table.setFocus()

    @Slot(object)
    def _on_current(self, line: Line | None) -> None:
        self.card.show_line(line, self._follow.month if self._follow is not None else "")

    @Slot(object)
    def _on_opened(self, _line: Line) -> None:
        self.card.first_focus().setFocus()


def _without(follow: FollowUp, wanted: str) -> tuple[Line, ...]:
    """Return the lines of a standing where no perimeter is defined."""
    return tuple(line for line in follow.lines if line.standing in _BY_STANDING[wanted])


def _fill(combo: Combo, every: str, labels: list[str]) -> None:
    """List the labels of a column, those with the same code once, and keep what is chosen."""
    now = combo.currentData()
    named: dict[str, str] = {}
    for each in labels:
        code = code_of(each)
        named[code] = max(named.get(code, ""), each, key=len)
    combo.clear()
    combo.addItem(every, "")
    for code, text in sorted(named.items(), key=lambda item: item[1]):
        if code:
            combo.addItem(text, code)
    combo.setCurrentIndex(max(0, combo.findData(now)))


def _searched(line: Line) -> str:
    return f"{line.name} {line.finess} {line.department} {line.category} {line.via}"


def _name(line: Line) -> str:
    return line.name or f"FINESS {line.finess}"


def _standing(line: Line) -> str:
    return bound(said(line))


def _rate(line: Line) -> str:
    return percent(line.rate.share) if line.rate is not None else "—"


def _of_rate(line: Line) -> int:
    return -1 if line.rate is None or line.rate.share is None else line.rate.share


_COLUMNS = (
    Column(title="Structure", text=_name, stretch=True),
    Column(title="FINESS", text=lambda line: line.finess, spare=True),
    Column(title="Département", text=lambda line: line.department or "—", spare=True),
    Column(title="Situation", text=_standing),
    Column(
        title="Appels", text=lambda line: figure(line.calls), key=lambda line: line.calls or 0, right=True
    ),
    Column(
        title="Récup.",
        text=lambda line: figure(line.retrievals),
        key=lambda line: line.retrievals or 0,
        right=True,
        spare=True,
    ),
    Column(
        title="Vérif.",
        text=lambda line: figure(line.checks),
        key=lambda line: line.checks or 0,
        right=True,
        spare=True,
    ),
    Column(
        title="Dernier appel",
        text=lambda line: month_said(line.last) or "—",
        key=lambda line: line.last,
        spare=True,
    ),
    Column(title="Identités qualifiées", text=_rate, key=_of_rate, right=True, spare=True),
)
