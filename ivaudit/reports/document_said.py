"""What a report rests on: documents, sources that disagree, answers of several subjects, the notebook."""

from collections.abc import Iterator

from ivaudit.domain.report_field_rows import DisagreementRow, DocumentRow, NotedRow
from ivaudit.domain.report_form import long_date
from ivaudit.domain.report_model import PointRow
from ivaudit.domain.report_outline import OutlineBlock
from ivaudit.reports.document import WIDTH, Cell, Column, Group, Look, Table
from ivaudit.reports.document_source import Source, heading, silent_or

_STATE, _WHO, _WHEN = 62.0, 96.0, 74.0


def _columns(source: Source, *wanted: tuple[str, float]) -> tuple[Column, ...]:
    """Return columns by word and width; those without one share the rest."""
    left = WIDTH - sum(width for _, width in wanted)
    share = left / max(1, sum(not width for _, width in wanted))
    return tuple(Column(title=source.word(key), width=width or share) for key, width in wanted)


def documents(source: Source, block: OutlineBlock) -> Iterator[Group]:
    """Yield the register of documents: what was asked for, received, consulted, or does not exist."""
    rows = source.model.field.documents
    if not rows:
        yield from silent_or(block)
        return
    columns = _columns(
        source,
        ("document", 0.0),
        ("document_version", 84.0),
        ("document_date", _WHEN),
        ("document_state", _STATE),
        ("shown_by", _WHO),
        ("about_points", 52.0),
    )
    body = Table(columns=columns, lines=tuple(map(_document, rows)))
    yield Group(heads=heading(block), body=(body,))


def _document(row: DocumentRow) -> tuple[Cell, ...]:
    version = ", ".join(filter(None, (row.reference, row.version)))
    return (
        Cell(text=row.title),
        Cell(text=version),
        Cell(text=long_date(row.date)),
        Cell(text=row.status.capitalize()),
        Cell(text=row.shown_by),
        Cell(text=", ".join(row.numbers), look=Look.CELL_QUIET),
    )


def disagreements(source: Source, block: OutlineBlock) -> Iterator[Group]:
    """Yield the points about which two sources do not say the same, and what the auditor kept."""
    rows = source.model.field.disagreements
    if not rows:
        yield from silent_or(block)
        return
    columns = _columns(
        source, ("number", source.number_width), ("question", 0.0), ("said", 0.0), ("kept", _STATE)
    )
    body = Table(columns=columns, lines=tuple(map(_disagreement, rows)))
    yield Group(heads=heading(block), body=(body,))


def _disagreement(row: DisagreementRow) -> tuple[Cell, ...]:
    said = "\n".join(
        f"{each.means or 'Noté'}{f' ({each.source})' if each.source else ''} : {each.value}"
        for each in row.said
    )
    return (
        Cell(text=row.number, look=Look.CELL_QUIET),
        Cell(text=row.question, under=row.subject),
        Cell(text=said),
        Cell(text=row.kept or "Pas de réponse"),
    )


def subjects(source: Source, block: OutlineBlock) -> Iterator[Group]:
    """Yield the points that several subjects answered, with the sentence that says how they make one."""
    points = [point for point in source.model.points if point.explained]
    if not points:
        yield from silent_or(block)
        return
    columns = _columns(
        source, ("number", source.number_width), ("question", 0.0), ("subjects", 0.0), ("explained", 0.0)
    )
    body = Table(columns=columns, lines=tuple(map(_subjects, points)))
    yield Group(heads=heading(block), body=(body,))


def _subjects(point: PointRow) -> tuple[Cell, ...]:
    given = "\n".join(f"{each.subject or 'Toute la structure'} : {each.label}" for each in point.answers)
    return (
        Cell(text=point.number, look=Look.CELL_QUIET),
        Cell(text=point.question),
        Cell(text=given),
        Cell(text=point.explained, look=Look.CELL_QUIET),
    )


def notebook(source: Source, block: OutlineBlock) -> Iterator[Group]:
    """Yield the lines of the notebook, where they were asked for."""
    rows = source.model.field.notes
    if not rows:
        yield from silent_or(block)
        return
    columns = _columns(source, ("when", _WHEN), ("who", _WHO), ("noted", 0.0), ("about_points", 62.0))
    body = Table(columns=columns, lines=tuple(map(_noted, rows)))
    yield Group(heads=heading(block), body=(body,))


def _noted(row: NotedRow) -> tuple[Cell, ...]:
    day, _, hour = row.at.partition("T")
    return (
        Cell(text=f"{long_date(day)}\n{hour[:5]}" if hour else long_date(day), look=Look.CELL_QUIET),
        Cell(text=" – ".join(filter(None, (row.who, row.means.lower())))),
        Cell(text=row.text),
        Cell(text=", ".join(row.numbers), look=Look.CELL_QUIET),
    )
