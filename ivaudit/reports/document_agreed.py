"""What was agreed, and what others say of it: actions, earlier audits, comments, signatures."""

from collections.abc import Iterator

from ivaudit.domain.debrief import carrier
from ivaudit.domain.report_field_rows import ActionRow, ChangedRow, ColumnRow, CommentRow, ComparisonRow
from ivaudit.domain.report_form import long_date
from ivaudit.domain.report_outline import OutlineBlock
from ivaudit.reports.document import WIDTH, Cell, Column, Element, Group, Look, Table, Text, Title
from ivaudit.reports.document_source import Source, heading, silent_or

_OWNER, _DUE, _PRIORITY, _STATE = 104.0, 74.0, 50.0, 88.0
_SCORE, _DECISION = 58.0, 112.0
_PEN = 34.0
_LESS, _MORE = ("worsened", "seen_less"), ("improved", "seen_more")
"""How changes are called from one look to the same, or between two looks."""


def actions(source: Source, block: OutlineBlock) -> Iterator[Group]:
    """Yield the plan of actions: open ones first, the latest overdue on top."""
    rows, word = source.model.field.actions, source.word
    if not rows:
        yield from silent_or(block)
        return
    first = source.number_width
    rest = WIDTH - first - _OWNER - _DUE - _PRIORITY - _STATE
    widths = (first, rest, _OWNER, _DUE, _PRIORITY, _STATE)
    keys = ("number", "what", "owner", "due", "priority", "action_state")
    columns = tuple(Column(title=word(key), width=width) for key, width in zip(keys, widths, strict=True))
    body = Table(columns=columns, lines=tuple(_action(source, row) for row in rows))
    yield Group(heads=heading(block), body=(body,))


def _action(source: Source, row: ActionRow) -> tuple[Cell, ...]:
    what = [row.what]
    if row.measure:
        what.append(f"{source.word('measure')} : {row.measure}")
    if row.result:
        what.append(row.result)
    state = "\n".join(filter(None, (row.state.capitalize(), row.progress)))
    return (
        Cell(text=", ".join(row.numbers), look=Look.CELL_QUIET),
        Cell(text="\n".join(what)),
        Cell(text="\n".join(filter(None, (_first(carrier(row)), row.reference)))),
        Cell(text=long_date(row.due), under=source.word("late") if row.late else ""),
        Cell(text=row.priority.capitalize()),
        Cell(text=state),
    )


def _first(text: str) -> str:
    return text[:1].upper() + text[1:]


def comparison(source: Source, block: OutlineBlock) -> Iterator[Group]:
    """Yield what changed since earlier audits: counts first, then scores on the same points alone."""
    found = source.model.field.comparisons
    if not found:
        yield from silent_or(block)
    heads: tuple[Element, ...] = heading(block)
    for each in found:
        title = Title(text=_titled(source, each), level=3)
        yield Group(heads=(*heads, title), body=tuple(_counts(source, each)))
        heads = ()
        if each.improved or each.worsened:
            yield Group(body=(_changes(source, each),))


def _titled(source: Source, each: ComparisonRow) -> str:
    earlier = _named(source, each.columns[0])
    several = len({row.title for row in source.model.field.comparisons}) > 1
    return f"{each.title} – {earlier}" if several else f"{earlier[:1].upper()}{earlier[1:]}"


def _named(source: Source, column: ColumnRow) -> str:
    declared = f" ({source.word('declared')})" if column.declared else ""
    return f"{column.kind} du {long_date(column.date)}{declared}"


def _counts(source: Source, each: ComparisonRow) -> Iterator[Element]:
    common = f"{each.points} point{'s' if each.points > 1 else ''} en commun"
    out = f" ; {each.left_out} ne se comparent pas" if each.left_out else ""
    yield Text(text=f"{each.sentence}, sur {common}{out}.")
    scores = [column.score for column in each.columns]
    if all(score is not None for score in scores):
        names = [
            f"{score} sur 100 ({_named(source, column)})"
            for score, column in zip(scores, each.columns, strict=True)
        ]
        link = " et " if each.mixed else ", puis "
        yield Text(text=f"Sur ces seuls points : {link.join(names)}.", look=Look.QUIET)


def _changes(source: Source, each: ComparisonRow) -> Table:
    word, first = source.word, source.number_width
    columns = (
        Column(title=word("number"), width=first),
        Column(title=word("question"), width=WIDTH - first - 2 * _SCORE),
        *(Column(title=_look(source, each, rank), width=_SCORE, right=True) for rank in (0, 1)),
    )
    lines: list[tuple[Cell, ...]] = []
    titles: list[int] = []
    for key, rows in ((_LESS[each.mixed], each.worsened), (_MORE[each.mixed], each.improved)):
        if rows:
            titles.append(len(lines))
            named = Cell(text=f"{word(key)} ({len(rows)})", look=Look.CELL_STRONG)
            lines.append((named, *[Cell(text="")] * 3))
            lines += [_changed(source, row) for row in rows]
    return Table(columns=columns, lines=tuple(lines), titles=tuple(titles))


def _look(source: Source, each: ComparisonRow, rank: int) -> str:
    """Return what a column of figures is: a moment, or a look where one is declared and the other seen."""
    if each.mixed:
        return source.word("as_declared" if each.columns[rank].declared else "as_seen")
    return source.word("after" if rank else "before")


def _changed(source: Source, row: ChangedRow) -> tuple[Cell, ...]:
    return (
        Cell(text=row.number, look=Look.CELL_QUIET),
        Cell(text=row.question, under=source.word("critical") if row.critical else ""),
        Cell(text=f"{row.before} %", look=Look.CELL_RIGHT),
        Cell(text=f"{row.after} %", look=Look.CELL_RIGHT),
    )


def comments(source: Source, block: OutlineBlock) -> Iterator[Group]:
    """Yield what the structure said, beside what the auditor wrote and what came of it."""
    rows, word = source.model.field.comments, source.word
    if not rows:
        yield from silent_or(block)
        return
    first = source.number_width
    rest = WIDTH - first - _DECISION
    widths = (first, rest * 0.5, rest * 0.5, _DECISION)
    keys = ("number", "auditor", "comment", "decision")
    columns = tuple(Column(title=word(key), width=width) for key, width in zip(keys, widths, strict=True))
    body = Table(columns=columns, lines=tuple(_comment(source, row) for row in rows))
    yield Group(heads=heading(block), body=(body,))


def _comment(source: Source, row: CommentRow) -> tuple[Cell, ...]:
    by = ", ".join(filter(None, (row.by, long_date(row.date))))
    about = f"{_first(row.kind)}{f' ({by})' if by else ''}"
    decision = _first(row.decision) or source.word("undecided")
    return (
        Cell(text=row.number, look=Look.CELL_QUIET),
        Cell(text="\n".join(filter(None, (row.about, row.auditor)))),
        Cell(text=f"{about} : {row.text}"),
        Cell(text="\n".join(filter(None, (decision, row.answer)))),
    )


def signatures(source: Source, block: OutlineBlock) -> Iterator[Group]:
    """Yield the room where those that the outline names sign."""
    if not block.paragraphs:
        return
    word = source.word
    columns = (
        Column(title=word("role"), width=130.0),
        Column(title=word("function"), width=130.0),
        Column(title=word("signed_at"), width=80.0),
        Column(title=word("signature"), width=WIDTH - 340.0),
    )
    lines = tuple((Cell(text=role), Cell(text=""), Cell(text=""), Cell(text="")) for role in block.paragraphs)
    table = Table(columns=columns, lines=lines, named=True, room=_PEN)
    yield Group(heads=heading(block), body=(table, *_seal(source)))


def _seal(source: Source) -> tuple[Text, ...]:
    """Return what tells a sealed audit apart from every other, and what that is good for."""
    if not source.model.audit.seal:
        return ()
    said = f"{source.word('seal')} : {source.model.audit.seal}"
    return (Text(text=said, look=Look.STRONG), Text(text=source.word("seal_note")))
