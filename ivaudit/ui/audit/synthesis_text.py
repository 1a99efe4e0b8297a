"""The tables of *Synthèse* as simple HTML: critical points, domains, «sans objet»."""

from collections.abc import Mapping, Sequence
from html import escape

from ivaudit.domain.audit import Answer
from ivaudit.domain.checklist import Point, Vocabulary
from ivaudit.domain.scale import Symbol
from ivaudit.domain.scoring import CriticalPoint, DomainResult, Result
from ivaudit.domain.standing import CriticalState, PointStanding, State
from ivaudit.domain.tone import Tone
from ivaudit.ui import theme
from ivaudit.ui.audit.phrases import bound

_SIGNS = {
    CriticalState.BROKEN: (Symbol.CROSS, Tone.BAD),
    CriticalState.NOT_RATED: (Symbol.EMPTY, Tone.WAITING),
    CriticalState.PARTLY: (Symbol.HALF, Tone.MIDDLE),
    CriticalState.KEPT: (Symbol.FULL, Tone.GOOD),
    CriticalState.NOT_APPLICABLE: (Symbol.DASH, Tone.NEUTRAL),
}


def critical_table(points: Sequence[CriticalPoint]) -> str:
    """Return the critical points, those that ask for something first."""
    order = list(_SIGNS)
    ordered = sorted(points, key=lambda each: order.index(each.state))
    rows = [
        _row(_state(each.state), _number(each.standing.point), _question(each.standing.point))
        for each in ordered
    ]
    return _table(("État", "N°", "Point critique"), rows) if rows else ""


def domain_table(domains: Sequence[DomainResult]) -> str:
    """Return the result of each domain in one line."""
    rows = [
        _row(
            f"{rank}. {_text(each.domain.title)}",
            f"{each.result.progress.numerator}/{each.result.progress.denominator}",
            _percent(each.result.coverage.shown),
            f"{_bar(each.result)} {_score(each.result)}",
            str(each.result.broken or "—"),
        )
        for rank, each in enumerate(domains, 1)
        if each.result.progress.denominator
    ]
    return _table(("Domaine", "Traités", "Couverture", "Score", "Critiques non tenus"), rows)


def not_applicable_table(
    standings: Sequence[PointStanding], answers: Mapping[str, Answer], vocabulary: Vocabulary
) -> str:
    """Return the points answered «sans objet» with their reasons."""
    rows = [
        _row(
            _number(each.point),
            _question(each.point),
            _text(_reason(answers.get(each.criterion.id), vocabulary)),
        )
        for each in standings
        if each.state is State.OUT
    ]
    return _table(("N°", "Point sans objet", "Motif"), rows) if rows else ""


def _reason(answer: Answer | None, vocabulary: Vocabulary) -> str:
    if answer is None or not answer.na_reason:
        return "sans motif"
    return vocabulary.label("na_reasons", answer.na_reason)


def _state(state: CriticalState) -> str:
    symbol, tone = _SIGNS[state]
    colour = theme.current().ink(tone).name()
    words = f'<span style="color:{colour}">{escape(state.value)}</span>'
    return f'<img src="sign:{symbol.name}/{tone.name}"> {words}'


def _bar(result: Result) -> str:
    """Return the score as a bar; the number beside it says the same."""
    return "" if result.score is None else f'<img src="bar:{result.score}">'


def _score(result: Result) -> str:
    if result.score is not None:
        return f"{result.score}"
    if result.bounds is not None:
        return f"{result.bounds.low} à {result.bounds.high}"
    return "—"


def _percent(value: int | None) -> str:
    return "—" if value is None else f"{value}&nbsp;%"


def _number(point: Point) -> str:
    colour = theme.current().palette.accent
    return f'<a style="color:{colour}" href="point:{escape(point.criterion.id)}">{point.number}</a>'


def _question(point: Point) -> str:
    return _text(point.criterion.question)


def _text(text: str) -> str:
    return escape(bound(text))


def _row(*cells: str) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _table(heads: Sequence[str], rows: Sequence[str]) -> str:
    muted = theme.current().palette.muted
    head = "".join(f'<th align="left"><span style="color:{muted}">{each}</span></th>' for each in heads)
    return f'<table width="100%" cellspacing="0" cellpadding="4"><tr>{head}</tr>{"".join(rows)}</table>'
