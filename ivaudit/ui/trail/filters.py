"""What to show of the journal: words, period, author, place, kind of gesture."""

from datetime import UTC, date, datetime, time, timedelta

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from ivaudit.domain import clock
from ivaudit.domain.trail import GESTURE_LABELS, TrailFilter, TrailPlace
from ivaudit.ui import french, theme
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.controls import Combo, Line, SearchLine, called, column_in

_DELAY = 300
_PERIODS = (
    ("Toute la période", None),
    ("Aujourd'hui", 0),
    ("7 derniers jours", 6),
    ("30 derniers jours", 29),
    ("12 derniers mois", 364),
)
_BETWEEN = "Du … au …"


class TrailFilters(QWidget):
    """The fields; `changed()` a moment after the last key, `down()` on the way to the list."""

    changed = Signal()
    down = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("trail_filters")
        self.entity = ""
        self.search = SearchLine("trail_search", "Rechercher dans le journal")
        self.search.setPlaceholderText("Rechercher dans le journal  (Ctrl+F)")
        self.period = Combo("trail_period", "Période")
        for text, days in _PERIODS:
            self.period.addItem(text, days)
        self.period.addItem(_BETWEEN, -1)
        self.since = _date("trail_since", "Du", "du 01/11/2026")
        self.until = _date("trail_until", "Au", "au 30/11/2026")
        self.place = Combo("trail_place", "Structure, audit ou registre")
        self.place.addItem("Partout", "")
        self.gesture = Combo("trail_gesture", "Sorte de geste")
        self.gesture.addItem("Tous les gestes", "")
        for kind, text in GESTURE_LABELS.items():
            self.gesture.addItem(text, kind.value)
        self.author = Line("trail_author", "Auteur")
        self.author.setPlaceholderText("Auteur")
        self.author.setClearButtonEnabled(True)
        flow = called(Flow(), "trail_choices", "Filtres du journal")
        for part in (self.period, self.since, self.until, self.place, self.gesture, self.author):
            flow.add(part)
        column = column_in(self, spacing=theme.Space.SMALL)
        column.addWidget(self.search)
        column.addWidget(flow)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_DELAY)
        self._later.timeout.connect(self.changed)
        self._connect()
        self._fit()

    def wanted(self) -> TrailFilter:
        """Return what the fields ask for."""
        since, until = self._days()
        return TrailFilter(
            since=_utc(since) if since else "",
            until=_utc(until + timedelta(days=1)) if until else "",
            author=self.author.text().strip(),
            gesture=str(self.gesture.currentData() or ""),
            place=str(self.place.currentData() or ""),
            entity=self.entity,
            words=self.search.text().strip(),
        )

    def show_places(self, places: tuple[TrailPlace, ...]) -> None:
        """Show the places there are, keeping the one chosen."""
        now = self.place.currentData()
        self.place.clear()
        self.place.addItem("Partout", "")
        for each in places:
            self.place.addItem(each.label, each.id)
        self.choose_place(str(now or ""))

    def choose_place(self, place: str) -> None:
        """Choose a place, everywhere when it is not known."""
        self.place.setCurrentIndex(max(0, self.place.findData(place)))

    def _connect(self) -> None:
        self.search.textChanged.connect(self._later.start)
        self.search.returnPressed.connect(self.down)
        for line in (self.since, self.until, self.author):
            line.textChanged.connect(self._later.start)
            line.returnPressed.connect(self.down)
        for choice in (self.period, self.place, self.gesture):
            choice.activated.connect(self._on_chosen)

    @Slot()
    def _on_chosen(self) -> None:
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        between = self.period.currentData() == -1
        self.since.setVisible(between)
        self.until.setVisible(between)

    def _days(self) -> tuple[date | None, date | None]:
        days = self.period.currentData()
        if days is None:
            return None, None
        today = clock.today()
        if days >= 0:
            return today - timedelta(days=days), None
        return _typed(self.since), _typed(self.until)


def _date(name: str, accessible: str, hint: str) -> Line:
    made = Line(name, accessible)
    made.setPlaceholderText(hint)
    made.setMaximumWidth(theme.current().px(150))
    return made


def _typed(line: Line) -> date | None:
    found = french.typed_date(line.text())
    return date.fromisoformat(found) if found else None


def _utc(day: date) -> str:
    """Return the instant a local day begins, as the journal writes instants."""
    at = datetime.combine(day, time()).astimezone().astimezone(UTC)
    return at.isoformat(timespec="microseconds").replace("+00:00", "Z")
