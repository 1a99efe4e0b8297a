"""The figures of one checklist put into words and rows, for reports."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import starmap

from ivaudit.domain.adapted import lightened_sentences, mark_words
from ivaudit.domain.checklist import Checklist, Point
from ivaudit.domain.report_adaptations import adaptation_rows
from ivaudit.domain.report_model import (
    BoundsRow,
    ChecklistReport,
    CountRow,
    CriticalRow,
    DomainRow,
    FigureRow,
    GridRow,
    LevelRow,
    ScaleRow,
)
from ivaudit.domain.scale import ScaleValue, Standing
from ivaudit.domain.scoring import Bounds, CriticalPoint, Figure, Result, domain_results, result
from ivaudit.domain.sources import RESTS_ON
from ivaudit.domain.standing import CriticalState, PointStanding, State

NO_LEVEL = "Sans niveau : cette grille, qui ne prend qu'une partie des points, n'en donne pas."
"""What is said where a level would mislead."""


def plural(count: int, noun: str) -> str:
    """Return a count with its noun, each word of it in the plural from two on («2 points critiques»)."""
    words = noun if count < 2 else " ".join(f"{word}s" for word in noun.split(" "))  # noqa: PLR2004
    return f"{count} {words}"


def decimal(value: Fraction) -> str:
    """Return a number as people write it, with at most two decimals («85,5»)."""
    hundredths = int(value * 100 + Fraction(1, 2))
    whole, rest = divmod(hundredths, 100)
    return f"{whole},{rest:02d}".rstrip("0") if rest else str(whole)


def checklist_report(
    checklist: Checklist, points: Sequence[PointStanding], *, sha256: str, mark: str, gaps: frozenset[str]
) -> ChecklistReport:
    """Return everything a report says of one checklist.

    Args:
        checklist: the frozen checklist.
        points: the standing of each of its points.
        sha256: fingerprint of its frozen definition.
        mark: what tells it apart from the other checklists of the audit.
        gaps: ids of the criteria whose answer calls for an improvement.
    """
    whole = result(checklist, points)
    states = Counter(point.state for point in points)
    return ChecklistReport(
        id=checklist.id,
        version=checklist.version,
        mark=mark,
        title=checklist.title,
        edition=checklist.edition,
        kind=checklist.kind.value,
        licence=checklist.licence,
        authors=checklist.authors,
        published=checklist.published,
        sha256=sha256,
        progress=_figure(whole.progress),
        coverage=_figure(whole.coverage),
        not_applicable=_figure(whole.not_applicable),
        fulfilled=_figure(whole.fulfilled),
        mean=_figure(whole.mean),
        threshold=whole.threshold,
        score=whole.score,
        bounds=_bounds(whole.bounds),
        level=whole.level.label if whole.level else None,
        capped_level=whole.capped_level.label if whole.capped_level else None,
        headline=_headline(whole),
        level_sentence=_level_sentence(whole),
        remaining_sentence=_remaining(whole),
        waiting=whole.waiting,
        broken=whole.broken,
        points=int(whole.progress.denominator),
        unanswered=states[State.UNANSWERED],
        review=whole.review,
        carried=whole.carried,
        carried_sentence=carried_sentence(whole.carried),
        not_concerned=whole.not_concerned,
        to_see=whole.to_see,
        critical_to_see=whole.critical_to_see,
        minutes_left=whole.minutes_left,
        critical_counts=tuple(
            CountRow(id=state.value, label=state.value.capitalize(), count=len(whole.critical_in(state)))
            for state in CriticalState
        ),
        critical=tuple(_critical(each) for each in whole.critical),
        domains=_domains(checklist, points, gaps),
        sources=_sources(checklist),
        levels=tuple(
            LevelRow(label=each.label, from_score=each.from_score, meaning=each.meaning)
            for each in (checklist.levels.values if checklist.levels else ())
        ),
        levels_chosen_by=checklist.levels.chosen_by if checklist.levels else "",
        scale=tuple(_scale(value) for value in checklist.scale.values),
        grid=tuple(_grid(checklist, each) for each in points),
        adaptations=adaptation_rows(checklist),
        lightened=tuple(lightened_sentences(checklist.adaptations)),
    )


def _figure(figure: Figure) -> FigureRow:
    return FigureRow(
        title=figure.title,
        rule=figure.rule,
        unit=figure.unit,
        numerator=str(figure.numerator),
        denominator=str(figure.denominator),
        shown=figure.shown,
        reading=f"{decimal(figure.numerator)} sur {decimal(figure.denominator)}",
        items=figure.items,
        others=figure.others,
    )


def _bounds(bounds: Bounds | None) -> BoundsRow | None:
    if bounds is None:
        return None
    return BoundsRow(
        low=bounds.low,
        high=bounds.high,
        low_level=bounds.low_level.label if bounds.low_level else "",
        high_level=bounds.high_level.label if bounds.high_level else "",
    )


def _headline(whole: Result) -> str:
    if whole.score is not None:
        return f"{whole.score} sur 100"
    if not whole.mean.denominator:
        return "Pas encore de score : aucun point n'est évalué."
    return f"Pas encore de score : couverture de {whole.coverage.shown} %, il en faut {whole.threshold} %."


def _level_sentence(whole: Result) -> str:
    if not whole.leveled:
        return NO_LEVEL
    if whole.waiting:
        return f"Niveau en attente de {plural(whole.waiting, 'point critique')}."
    if whole.level is None or whole.capped_level is None:
        return "Pas de niveau tant qu'il n'y a pas de score."
    if not whole.broken:
        return f"{whole.level.label}."
    broken = plural(whole.broken, "point critique") + " non " + ("tenu" if whole.broken == 1 else "tenus")
    if whole.capped_level == whole.level:
        return f"{whole.level.label}. {broken} : le plafond ne change pas ce niveau."
    return f"{whole.capped_level.label}, plafonné par {broken} ; {whole.level.label} sans ce plafond."


def _remaining(whole: Result) -> str:
    bounds = whole.bounds
    if bounds is None or whole.coverage.share == 1:
        return ""
    sentence = (
        f"Selon les points qui restent à évaluer, le résultat ira de {bounds.low} à {bounds.high} sur 100"
    )
    if bounds.low_level is None or bounds.high_level is None:
        return f"{sentence}."
    levels = f"de « {bounds.low_level.label} » à « {bounds.high_level.label} »"
    if bounds.low_level == bounds.high_level:
        levels = f"« {bounds.low_level.label} » dans tous les cas"
    return f"{sentence} ({levels})."


def carried_sentence(count: int) -> str:
    """Return how many answers were taken over and wait to be confirmed, empty when none does."""
    if not count:
        return ""
    many = plural(count, "réponse reprise")
    verb = "elle ne compte" if count == 1 else "elles ne comptent"
    return f"{many}, à reconfirmer : {verb} dans aucun résultat."


def _critical(each: CriticalPoint) -> CriticalRow:
    criterion = each.standing.criterion
    return CriticalRow(
        criterion=criterion.id,
        number=each.standing.point.number,
        state=each.state.value,
        reason=criterion.critical_reason or "",
        chosen_by=criterion.critical_chosen_by or "",
    )


def _domains(
    checklist: Checklist, points: Sequence[PointStanding], gaps: frozenset[str]
) -> tuple[DomainRow, ...]:
    rows = []
    for rank, each in enumerate(domain_results(checklist, points), 1):
        inside = [p for p in points if p.point.domain.id == each.domain.id]
        states = Counter(p.state for p in inside)
        whole = each.result
        rows.append(
            DomainRow(
                id=each.domain.id,
                number=str(rank),
                title=each.domain.title,
                points=int(whole.progress.denominator),
                rated=states[State.RATED],
                not_applicable=states[State.OUT],
                to_improve=sum(p.criterion.id in gaps and p.state is not State.NOT_CONCERNED for p in inside),
                progress=whole.progress.shown,
                coverage=whole.coverage.shown,
                score=whole.score,
                bounds=_bounds(whole.bounds),
                critical=len(whole.critical),
                critical_broken=whole.broken,
                critical_waiting=whole.waiting,
                note=_domain_note(whole),
            )
        )
    return tuple(rows)


def _domain_note(whole: Result) -> str:
    """Say in a few words why a domain has no score."""
    if whole.score is not None:
        return ""
    if not whole.progress.denominator:
        return "non concerné"
    if not whole.coverage.denominator:
        return "tout est sans objet"
    if whole.bounds is None:
        return "aucun point évalué"
    return f"entre {whole.bounds.low} et {whole.bounds.high}"


def _sources(checklist: Checklist) -> tuple[CountRow, ...]:
    counts = Counter(point.criterion.confidence for point in checklist.points())
    return tuple(
        CountRow(id=confidence.value, label=f"d'après {source}", count=counts[confidence])
        for confidence, source in RESTS_ON.items()
    )


def _scale(value: ScaleValue) -> ScaleRow:
    return ScaleRow(
        label=value.label,
        help=value.help,
        symbol=value.symbol.value,
        tone=value.tone.value,
        percent=value.percent,
        effect=_effect(value),
    )


def _effect(value: ScaleValue) -> str:
    match value.standing:
        case Standing.LEAVES:
            return "Sort du calcul"
        case Standing.STAYS:
            return "Reste dans le calcul sans être évalué"
        case Standing.RATED:
            return f"Compte pour {value.percent or 0} % du poids"


def _grid(checklist: Checklist, each: PointStanding) -> GridRow:
    point: Point = each.point
    return GridRow(
        criterion=point.criterion.id,
        number=point.number,
        domain=point.domain.title,
        section=point.section.title,
        weight=point.criterion.weight,
        weight_reason=point.criterion.weight_reason or "",
        critical=point.criterion.critical,
        state=each.state.value,
        earned=None if each.earned is None else str(each.earned),
        adapted="\n".join(starmap(mark_words, checklist.adapted(point.criterion.id))),
    )
