"""What this program counts by itself for indicators, from what was recorded: lines observed, actions due."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ivaudit.domain.actions import Action, ActionState
from ivaudit.domain.campaign import ObservedRow
from ivaudit.domain.indicators import ObservedFacts
from ivaudit.domain.months import Rhythm, bounds, closes, month_of, shifted
from ivaudit.domain.observation import ObservedValue
from ivaudit.domain.readings import Computed, Counts
from ivaudit.domain.report_figures import plural

_DONE = frozenset({ActionState.DONE, ActionState.CHECKED})


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenRow:
    """A line of a campaign; `day` is when it was observed, or when its campaign began."""

    grid: str
    campaign: str
    day: date
    row: ObservedRow


def observed(rows: Iterable[SeenRow], facts: Sequence[ObservedFacts]) -> Mapping[str, Computed]:
    """Return, by month, how many lines have every fact « Oui » among those that could be judged.

    A line counts when one of its facts at least says « Oui » or « Non »; a traced refusal, a line not
    observed, and facts « sans objet » or « non vu » leave the count.

    Args:
        rows: lines of the campaigns of one structure.
        facts: which facts must all be « Oui », by grid.
    """
    wanted = {each.grid: each.items for each in facts}
    months: dict[str, list[SeenRow]] = {}
    for each in rows:
        if each.grid in wanted and not each.row.empty:
            months.setdefault(month_of(each.day), []).append(each)
    found = {month: _month(seen, wanted) for month, seen in sorted(months.items())}
    return {month: computed for month, computed in found.items() if computed.counts.denominator}


def _month(seen: Sequence[SeenRow], wanted: Mapping[str, Sequence[str]]) -> Computed:
    tally = Counter(_judged(each.row, wanted[each.grid]) for each in seen)
    rated = tally[ObservedValue.YES] + tally[ObservedValue.NO]
    campaigns = len({each.campaign for each in seen})
    left = [
        f"{count} {words}"
        for value, words in (
            (ObservedValue.REFUSED, "avec refus tracé"),
            (ObservedValue.NOT_OBSERVED, "sans fait observable"),
        )
        if (count := tally[value])
    ]
    aside = f" Hors du compte : {', '.join(left)}." if left else ""
    said = (
        f"{plural(rated, 'ligne')} de {plural(campaigns, 'campagne')} d'observation, dont "
        f"{tally[ObservedValue.YES]} où tous les faits suivis sont « Oui ».{aside} Cumul des observations, "
        "non pondéré par la taille des unités."
    )
    return Computed(counts=Counts(numerator=tally[ObservedValue.YES], denominator=rated), explanation=said)


def _judged(row: ObservedRow, items: Sequence[str]) -> ObservedValue:
    """Return what a line says of all the facts together."""
    noted = {row.values.get(item) for item in items}
    if row.reason:
        return ObservedValue.NOT_OBSERVED
    if ObservedValue.REFUSED in noted:
        return ObservedValue.REFUSED
    if ObservedValue.NO in noted:
        return ObservedValue.NO
    return ObservedValue.YES if ObservedValue.YES in noted else ObservedValue.NOT_OBSERVED


def on_time(actions: Iterable[Action], rhythm: Rhythm, today: date) -> Mapping[str, Computed]:
    """Return, by closing month, how many of the actions that fell due were closed by their day.

    A period counts once it is over. Actions given up, and those done on a day nobody noted, are left out
    and said.

    Args:
        actions: those of one structure.
        rhythm: how long a period is.
        today: the local day.
    """
    dated = [each for each in actions if each.due]
    found = {month: _due(dated, month, rhythm) for month in sorted(_closing(dated, rhythm, today))}
    return {month: computed for month, computed in found.items() if computed.counts.denominator}


def _closing(actions: Iterable[Action], rhythm: Rhythm, today: date) -> set[str]:
    """Return the months that close the periods in which something fell due, those over only."""
    return {
        month
        for each in actions
        for month in _closes_after(month_of(date.fromisoformat(each.due)), rhythm)
        if bounds(month, rhythm)[1] < today
    }


def _closes_after(month: str, rhythm: Rhythm) -> Iterator[str]:
    yield next(each for by in range(rhythm.months) if closes(each := shifted(month, by), rhythm))


def _due(actions: Sequence[Action], month: str, rhythm: Rhythm) -> Computed:
    first, last = (day.isoformat() for day in bounds(month, rhythm))
    due = [each for each in actions if first <= each.due <= last]
    dropped = [each for each in due if each.state is ActionState.DROPPED]
    unknown = [each for each in due if each.state in _DONE and not each.done]
    kept = [each for each in due if each not in dropped and each not in unknown]
    timely = [each for each in kept if each.state in _DONE and each.done <= each.due]
    aside = [
        f"{plural(len(found), words)}{more}"
        for found, words, more in (
            (dropped, "action abandonnée", ""),
            (unknown, "action faite", " à une date non notée"),
        )
        if found
    ]
    left = f" Hors du compte : {', '.join(aside)}." if aside else ""
    said = (
        f"{plural(len(kept), 'action')} dont l'échéance tombe dans la période, "
        f"dont {plural(len(timely), 'close')} au plus tard ce jour-là.{left}"
    )
    return Computed(counts=Counts(numerator=len(timely), denominator=len(kept)), explanation=said)
