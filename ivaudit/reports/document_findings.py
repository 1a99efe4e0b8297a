"""The findings of a report, urgent ones first, each with its photographs; then the other photographs."""

from collections.abc import Iterator

from ivaudit.domain.findings import Grade
from ivaudit.domain.report_field_rows import FindingRow, PhotoRow
from ivaudit.domain.report_form import long_date
from ivaudit.domain.report_outline import OutlineBlock
from ivaudit.reports.document import (
    WIDTH,
    Card,
    Element,
    Group,
    Label,
    Look,
    Picture,
    Pictures,
    Run,
    Sign,
    Text,
)
from ivaudit.reports.document_source import Source, heading, places, silent_or

_BESIDE = (WIDTH / 2 - 17, 186.0)
_SIGNS = {
    Grade.CRITICAL_GAP.value: Sign(symbol="croix", tone="mauvais"),
    Grade.GAP.value: Sign(symbol="croix", tone="mauvais"),
    Grade.IMPROVEMENT.value: Sign(symbol="demi", tone="moyen"),
    Grade.STRENGTH.value: Sign(symbol="plein", tone="bon"),
}


def findings(source: Source, block: OutlineBlock) -> Iterator[Group]:
    """Yield what was concluded, one card each: what does not wait first, then the gravest."""
    rows = source.model.field.findings
    if not rows:
        yield from silent_or(block)
    heads: tuple[Element, ...] = heading(block)
    for rank, row in enumerate(rows, 1):
        urgent_before = rank > 1 and rows[rank - 2].urgent
        if row.urgent and rank == 1:
            heads = (*heads, Label(text=source.word("urgent")))
        elif urgent_before and not row.urgent:
            heads = (Label(text=source.word("others")),)
        card = Card(
            title=f"C{rank}. {row.grade.capitalize()}{_where(row)}", sign=_SIGNS[row.grade], about=_about(row)
        )
        # Photographs may go over to the next page: kept with their text, they would leave half a page empty.
        yield Group(heads=(*heads, card), body=tuple(_finding(source, row)), whole=not row.photos)
        heads = ()


def _where(row: FindingRow) -> str:
    return f" – {row.subject}" if row.subject else ""


def _about(row: FindingRow) -> tuple[Run, ...]:
    urgent = (Run(text="à traiter sans attendre", strong=True),) if row.urgent else ()
    facts = (places(row.numbers), f"cause : {row.cause}" if row.cause else "")
    return (*urgent, *(Run(text=text) for text in facts if text)) or (Run(text="sans point rattaché"),)


def _finding(source: Source, row: FindingRow) -> Iterator[Element]:
    word = source.word
    yield Text(text=row.text, look=Look.UNDER, label=word("constat"))
    if row.recommendation:
        yield Text(text=row.recommendation, look=Look.UNDER, label=word("recommendation"))
    if row.told or row.told_at:
        when = _moment(row.told_at) if row.told_at else ""
        said = ", ".join(filter(None, (row.told, when)))
        yield Text(text=said, look=Look.UNDER, label=word("told"))
    if row.done:
        yield Text(text=row.done, look=Look.UNDER, label=word("done"))
    shown = [photo for photo in source.model.field.photos if photo.id in row.photos]
    above = [str(photo.number) for photo in shown if photo.finding != row.id]
    if above:
        title = word("photo") if len(above) == 1 else word("photos")
        yield Text(text=f"{title} {', '.join(above)} ({word('seen_above').lower()}).", look=Look.UNDER)
    if pictures := _pictures(source, [photo for photo in shown if photo.finding == row.id]):
        yield pictures


def _moment(at: str) -> str:
    """Return a local moment as people say it: «le 19 novembre 2026 à 15:40»."""
    day, _, hour = at.partition("T")
    return f"le {long_date(day)}" + (f" à {hour[:5]}" if hour else "")


def _pictures(source: Source, shown: list[PhotoRow]) -> Pictures | None:
    """Return pictures with their words; one that is no longer kept is left out."""
    found = tuple(
        Picture(
            file=source.beside.pictures[each.digest],
            alt=each.caption,
            room=_BESIDE,
            caption=_caption(source, each),
        )
        for each in shown
        if each.digest in source.beside.pictures
    )
    return Pictures(pictures=found) if found else None


def _caption(source: Source, photo: PhotoRow) -> str:
    facts = filter(None, (places(photo.numbers), long_date(photo.date) if photo.date else ""))
    about = f" ({', '.join(facts)})" if photo.numbers or photo.date else ""
    return f"{source.word('photo')} {photo.number} – {photo.caption}{about}"


def photos(source: Source, block: OutlineBlock) -> Iterator[Group]:
    """Yield the photographs and reviewed pages that stand beside no finding."""
    found = _pictures(source, [photo for photo in source.model.field.photos if not photo.finding])
    if found is None:
        yield from silent_or(block)
        return
    yield Group(heads=heading(block), body=(found,))
