"""The sentences beside an indicator: why limits or none, what a signal is, how little a small number says."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from statistics import median

from ivaudit.domain.control_chart import (
    LEAST_EXPECTED,
    LEAST_POINTS,
    Control,
    NoLimits,
    Refusal,
    Signal,
    SignalKind,
)
from ivaudit.domain.indicator_model import Remark
from ivaudit.domain.indicators import Direction, Indicator, Measure, Nature, Unit
from ivaudit.domain.months import period
from ivaudit.domain.readings import Counts, decimal, number, shown, value_without
from ivaudit.domain.report_form import long_date
from ivaudit.domain.sampling import Counts as Sampled
from ivaudit.domain.sampling import interval
from ivaudit.domain.tone import Tone

_STOCK = (
    "Pas de limites de contrôle : c'est un stock. Ce sont les mêmes personnes d'un mois à l'autre, et les "
    "limites supposent des tirages indépendants. Lisez la courbe et la cible."
)
_NOT_A_SHARE = (
    "Pas de limites de contrôle : le numérateur n'est pas une partie du dénominateur, et ces limites ne "
    "valent que pour une proportion. Lisez la courbe."
)
_READ = (
    "Entre les limites, une variation peut venir du seul hasard : elle ne demande pas d'explication. "
    "Au-delà, une cause particulière est à rechercher."
)
_RARE = " Les événements rares se lisent mieux par le nombre de jours depuis le dernier."
_DECLARED = " Une hausse des déclarations n'est pas un mauvais signe : elle peut dire que l'on déclare mieux."
_CALLED = {
    SignalKind.ABOVE: "au-dessus de la limite haute",
    SignalKind.BELOW: "au-dessous de la limite basse",
    SignalKind.HIGH_SIDE: "relevés de suite au-dessus de la moyenne",
    SignalKind.LOW_SIDE: "relevés de suite au-dessous de la moyenne",
    SignalKind.RISING: "relevés de suite en hausse",
    SignalKind.FALLING: "relevés de suite en baisse",
}


def counts(found: Counts) -> str:
    """Return «38 sur 1 800», «3», or nothing."""
    if found.numerator is None:
        return ""
    if found.denominator is None:
        return number(found.numerator)
    return f"{number(found.numerator)} sur {number(found.denominator)}"


def target(indicator: Indicator, value: Fraction) -> str:
    """Return «98,0 % ou plus»."""
    side = "plus" if indicator.direction is Direction.UP else "moins"
    return f"{shown(indicator.unit, value)} ou {side}"


def limits(indicator: Indicator, found: Control | Refusal, points: int) -> str:
    """Return where limits come from, or why there are none.

    Args:
        indicator: its definition.
        found: the limits, or why there are none.
        points: how many periods have a value.
    """
    if isinstance(found, Refusal):
        return _refused(indicator, found, points)
    middle = shown(indicator.unit, found.centre * indicator.unit.scale)
    return (
        f"Moyenne des {points} relevés, pondérée par leurs effectifs : p̄ = {middle}. À chaque relevé, "
        f"limites p̄ ± 3 × √(p̄ × (1 − p̄) / n), ramenées entre 0 et {indicator.unit.scale} "
        f"{indicator.unit}. {_READ}"
    )


def _refused(indicator: Indicator, found: Refusal, points: int) -> str:
    rare = _RARE if indicator.rare else ""
    match found.why:
        case NoLimits.STOCK:
            return _STOCK
        case NoLimits.NOT_A_SHARE:
            return _NOT_A_SHARE
        case NoLimits.FEW_POINTS:
            known = "1 relevé" if points == 1 else f"{points} relevés"
            return f"Pas de limites de contrôle : {known}, il en faut {LEAST_POINTS}.{rare}"
        case NoLimits.OVER_WHOLE:
            when = period(found.month, indicator.rhythm)
            return f"Pas de limites de contrôle : plus de cas que le dénominateur ({when}). Vérifiez-le."
        case NoLimits.FEW_CASES:
            expected = decimal(found.expected or Fraction(0))
            when = period(found.month, indicator.rhythm)
            return (
                "Pas de limites de contrôle : l'effectif attendu est trop petit "
                f"({expected} pour {when}, il en faut {LEAST_EXPECTED} à chaque relevé).{rare}"
            )


def signal(indicator: Indicator, found: Signal) -> Remark:
    """Return a signal in plain words; a rise of what is only watched, or declared, is never a bad sign."""
    first, last = (period(month, indicator.rhythm) for month in (found.months[0], found.months[-1]))
    called = _CALLED[found.kind]
    if found.kind in {SignalKind.ABOVE, SignalKind.BELOW}:
        text = f"{first.capitalize()} : {called}. Une cause particulière est à rechercher."
    else:
        text = (
            f"{len(found.months)} {called}, de {first} à {last} : ce n'est sans doute pas le hasard, quelque "
            "chose a changé."
        )
    if indicator.direction is Direction.NONE and found.kind.high:
        text += _DECLARED
    return Remark(text=text, tone=_tone(indicator.direction, high=found.kind.high))


def _tone(direction: Direction, *, high: bool) -> Tone:
    if not direction.aims:
        return Tone.NEUTRAL
    return Tone.GOOD if (direction is Direction.UP) is high else Tone.MIDDLE


def remarks(indicator: Indicator, latest: Counts, small: int) -> tuple[str, ...]:
    """Return what keeps the latest value from being overread."""
    return tuple(_remarks(indicator, latest, small))


def _remarks(indicator: Indicator, latest: Counts, small: int) -> Iterator[str]:
    numerator, denominator = latest.numerator, latest.denominator
    if numerator is None or not denominator or indicator.measure is not Measure.SHARE:
        return
    if numerator > denominator:
        yield (
            f"Plus de cas ({number(numerator)}) que le dénominateur ({number(denominator)}) : cette valeur "
            "n'est pas une part. Vérifiez le dénominateur."
        )
        return
    if denominator < small:
        step = _points(indicator, Fraction(indicator.unit.scale, denominator))
        yield (
            f"Petit effectif ({number(denominator)}) : un seul cas de plus ou de moins change la valeur de "
            f"{step}. Parlez en nombres plutôt qu'en taux."
        )
    if indicator.nature is Nature.SAMPLE:
        found = interval(Sampled(yes=numerator, no=denominator - numerator))
        if found is not None:
            bounds = (Fraction(each) * indicator.unit.scale for each in (found.low, found.high))
            low, high = (shown(indicator.unit, each) for each in bounds)
            yield (
                f"Échantillon : l'intervalle à 95 % va de {low} à {high} (Wilson). Il suppose des "
                "observations tirées au hasard."
            )
    if indicator.excluded:
        without = value_without(indicator, latest)
        said = "leur nombre n'est pas relevé" if without is None else shown(indicator.unit, without)
        yield f"À publier aussi sans les {indicator.excluded} : {said}."


def _points(indicator: Indicator, step: Fraction) -> str:
    """Return a difference between two values: of percentages, it is said in points."""
    return f"{decimal(step)} points" if indicator.unit is Unit.PERCENT else shown(indicator.unit, step)


def since(indicator: Indicator, days: Sequence[str], intervals: Sequence[int], elapsed: int | None) -> str:
    """Return how long ago the last rare event was, and how that compares with the intervals before it."""
    if elapsed is None:
        return (
            f"Aucune date notée ({indicator.event}). Notez celles que vous connaissez pour suivre les écarts."
        )
    last = f"{_days(elapsed)} depuis le dernier événement ({indicator.event}), le {long_date(days[-1])}."
    if not intervals:
        return last
    middle = Fraction(median(Fraction(each) for each in intervals))
    return f"{last} Écart médian entre deux événements : {_days(int(middle + Fraction(1, 2)))}."


def _days(count: int) -> str:
    return f"{number(count)} {'jours' if count > 1 else 'jour'}"
