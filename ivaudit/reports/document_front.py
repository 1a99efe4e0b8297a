"""The front of a report: cover, how the audit went, and the page for the director."""

from collections.abc import Iterator, Sequence

from ivaudit.domain.charts import Axis, radar_or_bars
from ivaudit.domain.report_form import long_date
from ivaudit.domain.report_model import ChecklistReport, FormBlock, FormTable, HighlightRow, ReportKind
from ivaudit.domain.report_outline import OutlineBlock
from ivaudit.reports.document import (
    WIDTH,
    Bullets,
    Callout,
    Cell,
    Chart,
    Column,
    Element,
    Gap,
    Group,
    Label,
    Look,
    Picture,
    Rule,
    Table,
    Text,
    Tile,
    Tiles,
    Title,
)
from ivaudit.reports.document_adaptations import lightened
from ivaudit.reports.document_source import Source, facts, heading, marked, nothing

_NOTES = "Cet exemplaire contient les notes internes de l'équipe d'audit : ne pas le diffuser."
_LOGO_ROOM = (150.0, 46.0)


def cover(source: Source, block: OutlineBlock) -> Iterator[Group]:
    """Yield the title of the report, what it is about, and what it is not."""
    model, outline = source.model, source.outline
    said: list[Element] = []
    if outline.logo:
        said += [Picture(file=outline.logo, alt="Logo", room=_LOGO_ROOM), Gap(height=12)]
    said += [
        Title(text=block.title, level=1),
        Text(text=model.facility.name or "Structure sans nom", look=Look.SUBTITLE),
        Text(text=" – ".join(part for part in (model.audit.title, source.what()) if part)),
        Rule(),
        facts(_cover_facts(source)),
        Gap(height=8),
    ]
    if not model.complete and outline.provisional:
        said.append(Callout(text=outline.provisional))
    if model.with_notes:
        said.append(Callout(text=_NOTES))
    if model.kind is ReportKind.COPY:
        said.append(Callout(text=outline.word("copy")))
    if model.kind is ReportKind.ANONYMOUS:
        said.append(Callout(text=outline.word("anonymous")))
    yield Group(body=(*said, Text(text=outline.notice, look=Look.QUIET)))


def _cover_facts(source: Source) -> list[tuple[str, str]]:
    model, word = source.model, source.word
    facility = model.facility
    made = model.generated[:7] if model.kind is ReportKind.ANONYMOUS else model.generated  # no day in it
    pairs = [
        (word("finess_ej"), facility.finess_ej),
        (word("finess_et"), facility.finess_et),
        (word("category"), facility.category),
        (word("city"), facility.city),
        (word("profile"), ", ".join(facility.profile)),
        (word("state"), model.audit.state),
        (word("checklists"), "\n".join(_checklist(each) for each in model.checklists)),
        (word("generated"), f"{long_date(made)}, {model.program}"),
    ]
    return [(label, text) for label, text in pairs if text]


def _checklist(each: ChecklistReport) -> str:
    local = ", adaptée localement" if each.adaptations else ""
    return marked(each, f"{each.title} (version {each.version}{local})")


def identity(source: Source, block: OutlineBlock) -> Iterator[Group]:
    """Yield how the audit went: dates, people met by function, documents."""
    if not source.model.visit:
        if block.empty:
            yield nothing(block)
        return
    for rank, section in enumerate(source.model.visit):
        label = Label(text=section.title)
        heads = (label,) if rank else (*heading(block), label)
        yield Group(heads=heads, body=tuple(_section(section)))


def _section(section: FormBlock) -> Iterator[Element]:
    if section.lines:
        yield facts([(line.label, line.text) for line in section.lines])
    for each in section.tables:
        if section.lines or len(section.tables) > 1:
            yield Text(text=each.title, look=Look.FORM_TITLE)
        yield _form_table(each)


def _form_table(each: FormTable) -> Table:
    texts = [(title, *(row[rank] for row in each.rows)) for rank, title in enumerate(each.columns)]
    widths = _shares(texts)
    return Table(
        columns=tuple(
            Column(title=title, width=width) for title, width in zip(each.columns, widths, strict=True)
        ),
        lines=tuple(tuple(Cell(text=text) for text in row) for row in each.rows),
    )


def _shares(columns: Sequence[Sequence[str]]) -> list[float]:
    """Return the widths of columns: room for their longest words first, the rest by the length of texts."""
    words = [max(len(word) for text in column for word in [*text.split(), ""]) for column in columns]
    least = [min(24, word) * 5.2 + 10 for word in words]
    wanted = [max(min(len(text), 60) for text in column) for column in columns]
    left = max(0.0, WIDTH - sum(least))
    widths = [low + left * length / max(1, sum(wanted)) for low, length in zip(least, wanted, strict=True)]
    return [WIDTH * width / sum(widths) for width in widths]


def director(source: Source, block: OutlineBlock) -> Iterator[Group]:
    """Yield what a director reads: the auditor's words first, then the figures of each checklist."""
    model, word = source.model, source.word
    said = (
        Callout(text=model.appreciation)
        if model.appreciation
        else Text(text=word("no_appreciation"), look=Look.QUIET)
    )
    yield Group(body=(*heading(block), Label(text=word("appreciation")), said))
    yield _highlights(source, model.strengths, "strengths", numbered=False)
    yield _highlights(source, model.priorities, "priorities", numbered=True)
    for each in model.checklists:
        yield from _figures(source, each)


def _highlights(source: Source, written: Sequence[HighlightRow], family: str, *, numbered: bool) -> Group:
    body: Element = Text(text=source.word(f"no_{family}"), look=Look.QUIET)
    if written:
        body = Bullets(texts=tuple(_placed(each) for each in written), numbered=numbered)
    return Group(heads=(Label(text=source.word(family)),), body=(body,))


def _placed(each: HighlightRow) -> str:
    """Return a text with the numbers of the points it rests on."""
    places = f" ({'point' if len(each.numbers) == 1 else 'points'} {', '.join(each.numbers)})"
    return each.text + (places if each.numbers else "")


def _figures(source: Source, each: ChecklistReport) -> Iterator[Group]:
    title = source.word("figures") + (f" – {_checklist(each)}" if each.mark else "")
    body: list[Element] = [
        Tiles(tiles=tuple(_tiles(source, each))),
        Gap(height=4),
        Text(text=each.level_sentence, label=source.word("level") if each.level else ""),
        *lightened(each),
    ]
    if each.score is None:
        body.append(Text(text=each.headline))
    if each.remaining_sentence:
        body.append(Text(text=each.remaining_sentence))
    if each.carried_sentence:
        body.append(Text(text=each.carried_sentence, look=Look.STRONG))
    if each.levels:
        landmarks = f"Niveaux : repères choisis par {each.levels_chosen_by}, sans valeur nationale."
        body.append(Text(text=landmarks, look=Look.QUIET))
    yield Group(heads=(Label(text=title),), body=tuple(body))
    axes = [Axis(label=f"{row.number}. {row.title}", value=row.score) for row in each.domains]
    yield Group(body=(Chart(chart=radar_or_bars(title, axes)),))


def _tiles(source: Source, each: ChecklistReport) -> Iterator[Tile]:
    word = source.word
    yield Tile(
        label=word("score"), value="–" if each.score is None else str(each.score), under=_under_score(each)
    )
    for key, figure, unit in (
        ("coverage", each.coverage, ", en poids"),
        ("progress", each.progress, " points"),
        ("not_applicable", each.not_applicable, " points"),
    ):
        yield Tile(label=word(key), value=_percent(figure.shown), under=f"{figure.reading}{unit}")
    yield Tile(label="Critiques non tenus", value=str(each.broken), under=_under_critical(each))


def _under_score(each: ChecklistReport) -> str:
    if each.score is not None:
        return "sur 100"
    return f"entre {each.bounds.low} et {each.bounds.high}" if each.bounds else "rien n'est évalué"


def _under_critical(each: ChecklistReport) -> str:
    if not each.critical:
        return "pas de point critique"
    waiting = f", {each.waiting} non évalué{'s' if each.waiting > 1 else ''}" if each.waiting else ""
    return f"sur {len(each.critical)}{waiting}"


def _percent(shown: int | None) -> str:
    return "–" if shown is None else f"{shown} %"
