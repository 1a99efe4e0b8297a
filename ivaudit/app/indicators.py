"""Indicators of a structure: read, written cell by cell or pasted, kept as computed, aimed at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ivaudit.app import facilities, gestures, indicator_sources, names, texts
from ivaudit.app.indicator_sources import Computations
from ivaudit.app.session import Session
from ivaudit.content.library import Library
from ivaudit.content.shapes import Family
from ivaudit.domain import clock
from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import InvalidValue, NotFound
from ivaudit.domain.indicator_model import IndicatorReport
from ivaudit.domain.indicator_view import view
from ivaudit.domain.indicators import Catalogue, Indicator, gathered
from ivaudit.domain.journal import Json
from ivaudit.domain.months import month_of, period, shifted, span
from ivaudit.domain.readings import (
    Counts,
    History,
    Reading,
    checked_counts,
    checked_place,
    shown,
    typed_target,
)
from ivaudit.store import readings as stored
from ivaudit.store.journal import Edit

_NOT_HERE = "Cette date n'est pas notée ici : si elle vient du registre des anomalies, modifiez-la là."

MAX_SOURCE = 300
MOST_CELLS = 600
"""How many cells one paste may fill."""

SHOWN = 12
"""How many months a table shows unless told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What one cell is to hold: counts, and where they come from; a text that is nothing stays as it is."""

    indicator: str
    month: str
    counts: Counts
    source: str | None = None
    date: str | None = None


# -- reading -----------------------------------------------------------------------------------------------


def catalogue(library: Library) -> Catalogue:
    """Return every indicator on offer: ours first, then those of local files."""
    return gathered(library.every(Family.INDICATORS))


def computations(session: Session, facility: str) -> Computations:
    """Return all that this program counts of a structure; a large register takes it a second.

    Raises:
        NotFound: no such structure.
    """
    facilities.get(session, facility)
    known = catalogue(session.library)
    return indicator_sources.all_of(session, facility, known.indicators, clock.today())


def report(
    session: Session,
    facility: str,
    *,
    last: str = "",
    months: int = SHOWN,
    counted: Computations | None = None,
) -> IndicatorReport:
    """Return the indicators of a structure as they are read, in the order of their definitions.

    Args:
        session: the open workspace.
        facility: id of the structure.
        last: the last month, `AAAA-MM`; the present one unless told.
        months: how many months the table shows.
        counted: what this program counts, when nothing of it changed since; counted anew unless told.

    Raises:
        NotFound: no such structure.
    """
    place = facilities.get(session, facility)
    known = catalogue(session.library)
    today = clock.today()
    end = last or month_of(today)
    found = counted or indicator_sources.all_of(session, facility, known.indicators, today)
    return IndicatorReport(
        facility=place.name,
        setting=place.setting,
        active_file=known.active_file(place.setting),
        months=span(shifted(end, 1 - months), end),
        made=today.isoformat(),
        views=tuple(
            view(indicator, history, today=today, small=known.small, last=end)
            for indicator, history in _histories(session, facility, known, found)
        ),
    )


def get(session: Session, indicator: str) -> Indicator:
    """Return an indicator by its id.

    Raises:
        NotFound: there is none with this id.
    """
    found = catalogue(session.library).get(indicator)
    if found is None:
        raise NotFound(
            "Cet indicateur n'existe pas. « ivaudit-cli indicators list » donne ceux qui existent."
        )
    return found


def reading(session: Session, facility: str, indicator: str, month: str) -> Reading:
    """Return what was written for an indicator and a month, empty when nothing was."""
    found = stored.reading(session.workspace.db, facility, indicator, month)
    return found or Reading(indicator=indicator, month=month, counts=Counts())


def _histories(
    session: Session, facility: str, known: Catalogue, counted: Computations
) -> Iterator[tuple[Indicator, History]]:
    db = session.workspace.db
    read, aimed = stored.readings(db, facility), stored.targets(db, facility)
    noted = stored.occurrences(db, facility)
    for each in known.indicators:
        days = {*noted.get(each.id, ()), *counted.days.get(each.id, ())}
        yield (
            each,
            History(
                readings=read.get(each.id, {}),
                computed=counted.counts.get(each.id, {}),
                target=aimed.get(each.id),
                occurrences=tuple(sorted(days)),
            ),
        )


# -- writing -----------------------------------------------------------------------------------------------


def write(session: Session, facility: str, cells: Sequence[Written]) -> Changes:
    """Write readings as one gesture, all of them or none; empty counts clear a cell.

    Args:
        session: the open workspace.
        facility: id of the structure.
        cells: what each is to hold.

    Raises:
        NotFound: no such structure or indicator.
        InvalidValue: a cell that cannot be, told by its indicator and period; nothing is written.
    """
    facilities.get(session, facility)
    if len(cells) > MOST_CELLS:
        raise InvalidValue(f"On remplit au plus {MOST_CELLS} cases à la fois.")
    edits = [edit for each in cells for edit in _edits(session, facility, each)]
    if not edits:
        return Changes()
    return _gesture(session, facility, edits, _label(session, cells))


def keep(session: Session, facility: str, indicator: str, month: str) -> Changes:
    """Write what this program counted as the reading of a month, with what was counted as its source.

    Raises:
        NotFound: no such structure or indicator, or nothing was counted.
    """
    found = get(session, indicator)
    counted = indicator_sources.computed(session, facility, found, clock.today()).get(month)
    if counted is None:
        raise NotFound("Rien n'a été calculé pour cette période : il n'y a pas de valeur à retenir.")
    typed = reading(session, facility, indicator, month).counts
    counts = counted.counts
    if counts.denominator is None:
        counts = replace(typed, numerator=counts.numerator)
    source = f"Calculé par ivaudit. {counted.explanation}"[:MAX_SOURCE]
    cell = Written(
        indicator=indicator, month=month, counts=counts, source=source, date=clock.today().isoformat()
    )
    return write(session, facility, [cell])


def aim(session: Session, facility: str, indicator: str, text: str) -> Changes:
    """Set what a structure aims at, or nothing any more where the text is empty.

    Raises:
        NotFound: no such structure or indicator.
        InvalidValue: it is no target, or the indicator takes none.
    """
    facilities.get(session, facility)
    found = get(session, indicator)
    value = typed_target(found, text) if text.strip() else None
    now = stored.targets(session.workspace.db, facility).get(indicator)
    if (now.value if now else None) == value:
        return Changes()
    entity = names.target(facility, indicator)
    if value is None:
        return _gesture(session, facility, [Edit(entity, "exists", False)], "Cible retirée")
    whole, tenth = divmod(int(value * 10), 10)
    edits = [Edit(entity, "exists", True), Edit(entity, "value", f"{whole}.{tenth}")]
    return _gesture(session, facility, edits, f"Cible : {shown(found.unit, value)}")


def note_event(session: Session, facility: str, indicator: str, day: str, *, there: bool = True) -> Changes:
    """Note that a rare event happened on a local day, or take the day away.

    Raises:
        NotFound: no such structure or indicator.
        InvalidValue: no day, a day to come, or the events of this indicator are not rare.
    """
    facilities.get(session, facility)
    found = get(session, indicator)
    if not found.rare:
        raise InvalidValue("Seuls les événements rares se notent par leur date.")
    kept = _day(day)
    known = kept in stored.occurrences(session.workspace.db, facility).get(indicator, ())
    if not known and not there:
        raise NotFound(_NOT_HERE)
    if known == there:
        return Changes()
    edits = [Edit(names.occurrence(facility, indicator, kept), "exists", there)]
    return _gesture(session, facility, edits, f"{found.event.capitalize()} : {kept}")


def undo(session: Session, facility: str) -> Changes:
    """Undo the last gesture on the indicators of a structure."""
    return gestures.undo(session, names.indicators(facility))


def redo(session: Session, facility: str) -> Changes:
    """Redo the last gesture undone on the indicators of a structure."""
    return gestures.redo(session, names.indicators(facility))


# -- parts -------------------------------------------------------------------------------------------------


def _edits(session: Session, facility: str, cell: Written) -> list[Edit]:
    indicator = get(session, cell.indicator)
    month = checked_place(indicator, cell.month, clock.today())
    now = reading(session, facility, cell.indicator, month)
    wanted = _wanted(indicator, now, cell)
    known = _fields(now)
    entity = names.reading(facility, cell.indicator, month)
    edits = [Edit(entity, name, value) for name, value in wanted.items() if value != known[name]]
    if edits:
        edits.append(Edit(entity, "exists", any(value is not None for value in wanted.values())))
    return edits


def _wanted(indicator: Indicator, now: Reading, cell: Written) -> Mapping[str, Json]:
    """Return what a reading becomes; counts that change are dated today unless a day is given."""
    counts = checked_counts(indicator, now.month, cell.counts)
    source = now.source if cell.source is None else " ".join(cell.source.split())
    day = now.date if cell.date is None else _day(cell.date) if cell.date else ""
    if cell.date is None and counts != now.counts:
        day = "" if counts.empty else clock.today().isoformat()
    kept = texts.bounded(source, MAX_SOURCE)
    return _fields(replace(now, counts=counts, source=kept, date=day))


def _fields(found: Reading) -> Mapping[str, Json]:
    return {
        "numerator": found.counts.numerator,
        "denominator": found.counts.denominator,
        "excluded": found.counts.excluded,
        "source": found.source or None,
        "date": found.date or None,
    }


def _label(session: Session, cells: Sequence[Written]) -> str:
    if len(cells) > 1:
        return f"{len(cells)} relevés"
    (cell,) = cells
    indicator = get(session, cell.indicator)
    return f"{indicator.title}, {period(cell.month, indicator.rhythm)}"


def _gesture(session: Session, facility: str, edits: Sequence[Edit], label: str) -> Changes:
    return gestures.gesture_in(session, names.indicators(facility), edits, label)


def _day(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise InvalidValue("La date s'écrit comme 2026-11-21.") from None
    if day > clock.today():
        raise InvalidValue("Cette date est à venir.")
    return day.isoformat()
