"""What the list of the register shows of a line, and what it sorts by."""

from collections.abc import Callable, Mapping

from ivaudit.domain import clock
from ivaudit.domain.anomalies import EntryLine, State
from ivaudit.domain.register_terms import RegisterTerms
from ivaudit.domain.wording import folded
from ivaudit.ui import french
from ivaudit.ui.anomalies.listing import Sorting
from ivaudit.ui.table import Column

NONE = "—"
_ORDER = {state.value: rank for rank, state in enumerate(State)}


class Words:
    """The words of the content for the values of lines, looked up once each."""

    def __init__(self, terms: RegisterTerms, names: Mapping[str, str]) -> None:
        self._types = {each.id: terms.type_label(each.id) for each in terms.types}
        self._states = {each.id: each.label for each in terms.states}
        self._awaited = {each.id: each.label for each in terms.awaited}
        self.names = names

    def type(self, line: EntryLine) -> str:
        """Return «P01 – Doublon potentiel», with how many where a line stands for several."""
        text = self._types.get(line.type, line.type)
        return f"{text} ({french.number(line.cases)})" if line.cases > 1 else text

    def state(self, line: EntryLine) -> str:
        """Return where it stands, and whom it waits for."""
        text = self._states.get(line.state, line.state)
        if line.awaited:
            text = f"{text} : {self._awaited.get(line.awaited, line.awaited).lower()}"
        return f"{text} · deux versions à départager" if line.conflict else text

    def severity(self, line: EntryLine) -> str:
        """Return the severity that was seen, and the worst that could be, in short."""
        if line.severity < 0 and line.potential < 0:
            return NONE
        seen = "?" if line.severity < 0 else "sans atteinte" if not line.severity else str(line.severity)
        return seen if line.potential < 0 else f"{seen} (pot. {line.potential})"

    def facility(self, line: EntryLine) -> str:
        """Return the name of the structure."""
        return self.names.get(line.facility, "")

    def due(self, line: EntryLine) -> str:
        """Return its day, and whether it has passed."""
        if not line.due:
            return NONE
        late = line.late(clock.today().isoformat())
        return f"{french.short_date(line.due)} — en retard" if late else french.short_date(line.due)


def columns(words: Callable[[], Words]) -> tuple[Column, ...]:
    """Return the columns of the list; `words` is asked again each time: the content may change."""
    return (
        Column(title="N°", text=lambda line: line.number),
        Column(title="Découverte", text=_found, spare=True),
        Column(title="Type", text=lambda line: words().type(line), stretch=True),
        Column(title="État", text=lambda line: words().state(line)),
        Column(title="Gravité", text=lambda line: words().severity(line), spare=True),
        Column(title="À traiter avant", text=lambda line: words().due(line), spare=True),
        Column(title="Unité", text=lambda line: line.unit or NONE, spare=True),
        Column(title="Logiciel", text=lambda line: line.application or NONE, spare=True),
        Column(title="Structure", text=lambda line: words().facility(line) or NONE, spare=True),
    )


def _found(line: EntryLine) -> str:
    return french.short_date(line.found) if line.found else NONE


def sortings(words: Callable[[], Words]) -> tuple[Sorting, ...]:
    """Return what each column sorts by."""
    return (
        Sorting(fields=("number",)),
        Sorting(fields=("found",), order=str),
        Sorting(fields=("type",), order=str),
        Sorting(fields=("state",), order=lambda state: _ORDER.get(state, len(_ORDER))),
        Sorting(fields=("severity", "potential"), order=tuple),
        Sorting(fields=("due",), order=lambda day: day or "9999"),
        Sorting(fields=("unit",), order=folded),
        Sorting(fields=("application",), order=folded),
        Sorting(fields=("facility",), order=lambda key: folded(words().names.get(key, ""))),
    )
