"""The body of a report: results, critical points, what to improve, what is left, what is out."""

from collections.abc import Iterator

from ivaudit.domain.checklist import Confidence
from ivaudit.domain.report_model import ChecklistReport, CriticalRow, DomainRow, PointRow, ReferenceRow
from ivaudit.domain.report_outline import OutlineBlock
from ivaudit.domain.standing import CriticalState
from ivaudit.reports.document import (
    WIDTH,
    Card,
    Cell,
    Column,
    Element,
    Group,
    Label,
    Look,
    Run,
    Sign,
    Table,
    Text,
    Title,
)
from ivaudit.reports.document_source import (
    Source,
    heading,
    marked,
    nothing,
    point_columns,
    point_line,
    sign_of,
)

_STATE = 92.0
_CRITICAL_SIGNS = {
    CriticalState.KEPT.value: Sign(symbol="plein", tone="bon"),
    CriticalState.PARTLY.value: Sign(symbol="demi", tone="moyen"),
    CriticalState.BROKEN.value: Sign(symbol="croix", tone="mauvais"),
    CriticalState.NOT_RATED.value: Sign(symbol="vide", tone="attente"),
    CriticalState.NOT_APPLICABLE.value: Sign(symbol="tiret", tone="neutre"),
}
_FIGURES = (
    ("Points", 38.0),
    ("Évalués", 42.0),
    ("Sans objet", 38.0),
    ("À améliorer", 48.0),
    ("Critiques non tenus", 48.0),
    ("Couverture", 50.0),
)
_DOMAIN = 150.0


def results(source: Source, block: OutlineBlock) -> Iterator[Group]:
    """Yield the results by domain of each checklist."""
    for rank, each in enumerate(source.model.checklists):
        heads: list[Element] = [] if rank else list(heading(block))
        if each.mark:
            heads.append(Title(text=marked(each, each.title), level=3))
        yield Group(heads=tuple(heads), body=(_domains(source, each),))


def _domains(source: Source, each: ChecklistReport) -> Table:
    last = WIDTH - _DOMAIN - sum(width for _, width in _FIGURES)
    return Table(
        columns=(
            Column(title=source.word("domain"), width=_DOMAIN),
            *(Column(title=title, width=width, right=True) for title, width in _FIGURES),
            Column(title=source.word("score"), width=last),
        ),
        lines=tuple(_domain(row) for row in each.domains),
        named=True,
    )


def _domain(row: DomainRow) -> tuple[Cell, ...]:
    critical = f"{row.critical_broken} sur {row.critical}" if row.critical else "–"
    coverage = "–" if row.coverage is None else f"{row.coverage} %"
    figures = (str(row.points), str(row.rated), str(row.not_applicable), str(row.to_improve))
    shown = Cell(text=row.note, look=Look.CELL_QUIET) if row.score is None else Cell(text="", score=row.score)
    return (
        Cell(text=f"{row.number}. {row.title}"),
        *(Cell(text=text, look=Look.CELL_RIGHT) for text in (*figures, critical, coverage)),
        shown,
    )


def critical(source: Source, block: OutlineBlock) -> Iterator[Group]:
    """Yield the critical points with their states, the most pressing first."""
    rows, word = source.model.critical, source.word
    if not rows:
        yield nothing(block)
        return
    first = source.number_width
    room = WIDTH - first - _STATE
    columns = (
        Column(title=word("number"), width=first),
        Column(title=word("question"), width=room * 0.52),
        Column(title=word("state"), width=_STATE),
        Column(title="Pourquoi il est critique", width=room * 0.48),
    )
    body = Table(columns=columns, lines=tuple(_critical(source, row) for row in rows))
    yield Group(heads=(*heading(block), *_critical_counts(source)), body=(body,))


def _critical_counts(source: Source) -> Iterator[Element]:
    """Yield how many critical points are in each state, checklist by checklist."""
    for each in source.model.checklists:
        counts = " · ".join(f"{count.label} : {count.count}" for count in each.critical_counts)
        yield Text(text=marked(each, counts))


def _critical(source: Source, row: CriticalRow) -> tuple[Cell, ...]:
    chosen = f"{source.word('chosen_by')} {row.chosen_by}." if row.chosen_by else ""
    why = "\n".join(part for part in (row.reason, chosen) if part)
    return (
        Cell(text=row.number, look=Look.CELL_QUIET),
        Cell(text=source.point(row.criterion).question),
        Cell(text=row.state.capitalize(), sign=_CRITICAL_SIGNS[row.state]),
        Cell(text=why, look=Look.CELL_QUIET),
    )


def gaps(source: Source, block: OutlineBlock) -> Iterator[Group]:
    """Yield what to improve, one card per point: constat, then recommendation."""
    found = [source.point(key) for key in source.model.to_improve]
    if not found:
        yield nothing(block)
    for rank, point in enumerate(found):
        title = Card(
            title=f"{point.number}  {point.question}", sign=sign_of(point), about=tuple(_about(point))
        )
        heads = (title,) if rank else (*heading(block), title)
        yield Group(heads=heads, body=tuple(_card(source, point)))


def _about(point: PointRow) -> Iterator[Run]:
    yield Run(text=point.label, strong=True)
    if point.critical:
        yield Run(text="point critique", strong=True)
    for text in (point.force, *sources_of(point)):
        yield Run(text=text)


def sources_of(point: PointRow) -> list[str]:
    """Return where a point comes from: for each document, the place with a code, else the surest."""
    best: dict[str, ReferenceRow] = {}
    for each in point.references:
        kept = best.setdefault(each.document, each)
        if _rank(each) < _rank(kept):
            best[each.document] = each
    return [each.shown for each in best.values()]


def _rank(reference: ReferenceRow) -> tuple[bool, int]:
    return reference.code is None, list(Confidence).index(Confidence(reference.confidence))


def _card(source: Source, point: PointRow) -> Iterator[Text]:
    word = source.word
    for answer in point.answers:
        label = word("constat") + (f" ({answer.subject}, {answer.label})" if answer.subject else "")
        means = f" ({', '.join(answer.means).lower()})" if answer.means else ""
        if answer.constat:
            yield Text(text=answer.constat + means, look=Look.UNDER, label=label)
        if answer.note:
            yield Text(text=answer.note, look=Look.UNDER, label=word("note"))
    silent = [each for each in point.answers if each.subject and not each.constat]
    if silent:
        said = ", ".join(f"{each.subject} : {each.label}" for each in silent)
        yield Text(text=said, look=Look.UNDER, label=word("by_subject"))
    yield Text(text=point.recommendation, look=Look.UNDER, label=word("recommendation"))


def to_see(source: Source, block: OutlineBlock) -> Iterator[Group]:
    """Yield the points that are not rated, then those nobody answered, by number."""
    model = source.model
    if not model.to_see and not model.unanswered:
        yield nothing(block)
        return
    heads = heading(block)
    if model.to_see:
        lines = tuple(point_line(source, source.point(key)) for key in model.to_see)
        yield Group(heads=heads, body=(Table(columns=point_columns(source), lines=lines),))
        heads = ()
    if model.unanswered:
        texts = tuple(
            Text(text=", ".join(row.numbers), label=f"{row.domain} ({len(row.numbers)})")
            for row in model.unanswered
        )
        yield Group(heads=(*heads, Label(text=source.word("unanswered"))), body=texts)


def out(source: Source, block: OutlineBlock) -> Iterator[Group]:
    """Yield the points that leave the calculation with their reasons, then those that are not concerned."""
    model, word = source.model, source.word
    if not model.not_applicable and not model.not_concerned:
        yield nothing(block)
        return
    heads = heading(block)
    if model.not_applicable:
        first = source.number_width
        widths = (first, (WIDTH - first) * 0.56, (WIDTH - first) * 0.44)
        keys = ("number", "question", "reason")
        columns = tuple(Column(title=word(key), width=w) for key, w in zip(keys, widths, strict=True))
        lines = tuple(_out(source, source.point(key)) for key in model.not_applicable)
        yield Group(heads=heads, body=(Table(columns=columns, lines=lines),))
        heads = ()
    if model.not_concerned:
        numbers = ", ".join(source.point(key).number for key in model.not_concerned)
        label = f"{word('not_concerned')} ({len(model.not_concerned)})"
        yield Group(heads=heads, body=(Text(text=numbers, label=label),))


def _out(source: Source, point: PointRow) -> tuple[Cell, ...]:
    reasons = []
    for answer in point.answers:
        reason = answer.na_reason or source.word("no_reason")
        reasons += [f"{answer.subject} : {reason}" if answer.subject else reason, answer.constat]
    return (
        Cell(text=point.number, look=Look.CELL_QUIET),
        Cell(text=point.question),
        Cell(text="\n".join(text for text in reasons if text)),
    )
