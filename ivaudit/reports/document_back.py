"""The back of a report: how to read the results, the checklists used, and the whole grid."""

from collections.abc import Iterator

from ivaudit.domain.report_form import long_date
from ivaudit.domain.report_model import ChecklistReport, GridRow
from ivaudit.domain.report_outline import OutlineBlock
from ivaudit.reports.document import (
    WIDTH,
    Cell,
    Column,
    Element,
    Group,
    Look,
    Sign,
    Table,
    Text,
    Title,
)
from ivaudit.reports.document_source import (
    Source,
    facts,
    heading,
    marked,
    nothing,
    point_columns,
    point_line,
)

_SOURCE_LABEL = 110.0
_EFFECT = 130.0
_ANSWER = 108.0


def method(source: Source, block: OutlineBlock) -> Iterator[Group]:
    """Yield how results are made, in plain words, with the answers and the levels of each scale."""
    texts = tuple(Text(text=text) for text in source.model.method)
    yield Group(heads=heading(block), body=texts) if texts else nothing(block)
    seen: set[object] = set()
    for each in source.model.checklists:
        scale = (each.scale, each.levels)
        if scale in seen:
            continue
        seen.add(scale)
        yield Group(heads=(_caption(source, "answers"),), body=(_answers(each),))
        if each.levels:
            yield Group(heads=(_caption(source, "levels"),), body=(_levels(each),))


def _caption(source: Source, key: str) -> Text:
    return Text(text=source.word(key), look=Look.FORM_TITLE)


def _columns(*titles: str) -> tuple[Column, ...]:
    widths = (_ANSWER, WIDTH - _ANSWER - _EFFECT, _EFFECT)
    return tuple(Column(title=title, width=width) for title, width in zip(titles, widths, strict=True))


def _answers(each: ChecklistReport) -> Table:
    lines = tuple(
        (
            Cell(text=row.label, sign=Sign(symbol=row.symbol, tone=row.tone)),
            Cell(text=row.help),
            Cell(text=row.effect),
        )
        for row in each.scale
    )
    return Table(columns=_columns("Réponse", "Ce qu'elle veut dire", "Effet"), lines=lines)


def _levels(each: ChecklistReport) -> Table:
    lines = tuple(
        (
            Cell(text=row.label, look=Look.CELL_STRONG),
            Cell(text=row.meaning),
            Cell(text=f"{row.from_score} sur 100"),
        )
        for row in each.levels
    )
    return Table(columns=_columns("Niveau", "Ce qu'il veut dire", "À partir de"), lines=lines)


def sources(source: Source, block: OutlineBlock) -> Iterator[Group]:
    """Yield the editions, versions and fingerprints of the checklists, and what their points rest on."""
    for rank, each in enumerate(source.model.checklists):
        title = Text(text=marked(each, each.title), look=Look.STRONG)
        heads = (title,) if rank else (*heading(block), title)
        yield Group(heads=heads, body=(_source(source, each),))


def _source(source: Source, each: ChecklistReport) -> Table:
    word = source.word
    rests = "\n".join(f"{row.count} {row.label}" for row in each.sources if row.count)
    pairs = (
        (word("version"), f"{each.version} ({each.id}), publiée le {long_date(each.published)}"),
        (word("adaptations"), "\n".join(f"{a.title} ({a.author}, {a.version})" for a in each.adaptations)),
        (word("edition"), each.edition),
        (word("authors"), f"{', '.join(each.authors)} (licence {each.licence})"),
        (word("sources"), rests),
        (word("sha256"), each.sha256),
        (word("program"), source.model.program),
    )
    return facts([(label, text) for label, text in pairs if text], _SOURCE_LABEL)


def grid(source: Source, block: OutlineBlock) -> Iterator[Group]:
    """Yield every point of every checklist, in order, domain by domain."""
    heads: list[Element] = list(heading(block))
    for each in source.model.checklists:
        if each.mark:
            heads.append(Title(text=marked(each, each.title), level=3))
        for domain in each.domains:
            inside = [row for row in each.grid if row.domain == domain.title]
            title = Title(text=f"{domain.number}. {domain.title}", level=3)
            yield Group(heads=(*heads, title), body=(_domain_grid(source, each, inside),))
            heads = []


def _domain_grid(source: Source, each: ChecklistReport, inside: list[GridRow]) -> Table:
    lines: list[tuple[Cell, ...]] = []
    titles: list[int] = []
    section = ""
    for row in inside:
        if row.section != section:
            section = row.section
            titles.append(len(lines))
            lines.append((Cell(text=section, look=Look.CELL_STRONG), *[Cell(text="")] * 3))
        number = f"{each.mark}-{row.number}" if each.mark else row.number
        lines.append(point_line(source, source.point(row.criterion), number, row.adapted))
    return Table(columns=point_columns(source), lines=tuple(lines), titles=tuple(titles))
