"""A checklist on paper: one page per place or per section, boxes to tick, room for what was seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from reportlab.platypus import Flowable, KeepTogether, PageBreak, Spacer, TableStyle

from ivaudit.domain.adapted import lightened_sentences, mark_words
from ivaudit.domain.checklist import Checklist, NaPolicy, Point, Vocabulary
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.report_form import long_date
from ivaudit.domain.scale import ScaleValue, Standing
from ivaudit.reports.blank_page import Boxes, Fields, Paper, Ruled
from ivaudit.reports.pdf_page import prepare
from ivaudit.reports.structure_tables import Table

_NUMBER = 34.0
_HOUR = 60


class By(StrEnum):
    """What a page holds."""

    PLACE = "place"
    SECTION = "section"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The points of one page, or of several when they do not fit in one."""

    title: str
    above: str
    points: tuple[Point, ...]


def groups(checklist: Checklist, vocabulary: Vocabulary, by: By) -> tuple[Group, ...]:
    """Return the points by place, in the order they are first met, or by section.

    A point that may be seen in several places stands at the first of them.
    """
    found: dict[tuple[str, str], list[Point]] = {}
    for point in checklist.points():
        if by is By.SECTION:
            key = (point.section.title, point.domain.title)
        else:
            places = point.criterion.places
            key = (vocabulary.label("places", places[0]) if places else "Sans lieu précis", "")
        found.setdefault(key, []).append(point)
    return tuple(
        Group(title=title, above=above, points=tuple(points)) for (title, above), points in found.items()
    )


def render(
    checklist: Checklist, vocabulary: Vocabulary, by: By, *, program: str, progress: Progress = silent
) -> bytes:
    """Return the blank grid as the bytes of a PDF.

    Args:
        checklist: what to print.
        vocabulary: the labels of places and people.
        by: what starts a new page.
        program: what made the file.
        progress: told of pages.
    """
    prepare()
    local = ", adaptée localement" if checklist.adaptations else ""
    paper = Paper(
        title=f"{checklist.title} – grille vierge",
        foot=f"{checklist.title} · version {checklist.version} du {long_date(checklist.published)}{local}",
        program=program,
    )
    story = _head(paper, checklist)
    for rank, group in enumerate(groups(checklist, vocabulary, by)):
        if rank:
            story.append(PageBreak())
        story += _group_head(paper, group, rank)
        for point in group.points:
            story.append(_point(paper, point, checklist, vocabulary, by))
    return paper.render(story, progress)


def _head(paper: Paper, checklist: Checklist) -> list[Flowable]:
    values = " · ".join(f"{value.label} : {value.help}" for value in checklist.scale.values)
    return [
        paper.text(checklist.title, "first"),
        paper.text(f"Grille vierge, à reporter ensuite dans ivaudit. Suit {checklist.edition}.", "quiet"),
        Fields((("Structure", 3), ("Date", 1)), paper.inks),
        Fields((("Auditeurs", 2), ("Rencontrés (fonctions)", 2)), paper.inks),
        Spacer(0, 4),
        paper.text(values, "quiet"),
        *_adaptations(paper, checklist),
        Spacer(0, 8),
    ]


def _adaptations(paper: Paper, checklist: Checklist) -> list[Flowable]:
    """Return who adapted the grid and why, with what they ask less of."""
    said: list[Flowable] = []
    for each in checklist.adaptations:
        what = f"{each.title}, par {each.author} (version {each.version}). {each.reason}"
        said.append(paper.text(what, "text", label="Adaptation locale"))
        said += [paper.text(aside.why, "quiet", label=aside.criterion) for aside in each.set_aside]
    lightened = lightened_sentences(checklist.adaptations)
    return [*said, *(paper.text(sentence, "strong") for sentence in lightened)]


def _group_head(paper: Paper, group: Group, rank: int) -> list[Flowable]:
    points = group.points
    critical = sum(point.criterion.critical for point in points)
    parts = [
        group.above,
        f"{len(points)} point{'s' if len(points) > 1 else ''}",
        f"{critical} critique{'s' if critical > 1 else ''}" if critical else "",
        f"environ {_duration(sum(point.criterion.minutes for point in points))}",
    ]
    return [
        paper.heading(group.title, rank),
        paper.text(" · ".join(filter(None, parts)), "quiet"),
        Fields((("Lieu exact", 2), ("Avec (fonction)", 2), ("Heure", 1)), paper.inks),
        Spacer(0, 4),
    ]


def _point(paper: Paper, point: Point, checklist: Checklist, vocabulary: Vocabulary, by: By) -> Flowable:
    criterion = point.criterion
    body: list[Flowable] = [paper.text(criterion.question, "strong")]
    if criterion.critical:
        body.append(paper.text(criterion.critical_reason or "", "quiet", label="Point critique"))
    for adaptation, change in checklist.adapted(criterion.id):
        body.append(paper.text(mark_words(adaptation, change), "quiet"))
    guidance = criterion.guidance.get("default", "")
    if guidance:
        body.append(paper.text(guidance, "quiet"))
    body.append(paper.text(_ways(point, vocabulary, by), "quiet"))
    body.append(Boxes(_labels(point, checklist), paper.inks))
    body.append(Ruled("Constat", paper.inks, lines=3 if criterion.critical else 2))
    number = paper.text(f"{point.number}{' !' if criterion.critical else ''}", "strong")
    table = Table([[number, body]], colWidths=[_NUMBER, paper.width - _NUMBER])
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
                ("LINEABOVE", (0, 0), (-1, 0), 0.6, paper.inks.line),
            ]
        )
    )
    return KeepTogether([table])


def _ways(point: Point, vocabulary: Vocabulary, by: By) -> str:
    criterion = point.criterion
    places = criterion.places[1:] if by is By.PLACE else criterion.places
    people = ", ".join(vocabulary.label("interlocutors", key) for key in criterion.interlocutors)
    where = ", ".join(vocabulary.label("places", key) for key in places)
    also = "Aussi : " if by is By.PLACE else "Lieux : "
    parts = (f"Avec : {people}" if people else "", f"{also}{where}" if where else "")
    return " · ".join(filter(None, parts))


def _labels(point: Point, checklist: Checklist) -> Sequence[str]:
    criterion = point.criterion
    return [
        _label(value, criterion.na)
        for value in checklist.scale_of(criterion).values
        if _asked(value, criterion.na)
    ]


def _asked(value: ScaleValue, na: NaPolicy) -> bool:
    """Tell whether the answer is admitted: a point that allows no «sans objet» has no box for it."""
    return value.standing is not Standing.LEAVES or na is not NaPolicy.FORBIDDEN


def _label(value: ScaleValue, na: NaPolicy) -> str:
    needs_reason = value.standing is Standing.LEAVES and na is NaPolicy.REASON
    return f"{value.label} (motif)" if needs_reason else value.label


def _duration(minutes: int) -> str:
    hours, rest = divmod(minutes, _HOUR)
    return f"{rest} min" if not hours else f"{hours} h {rest:02d}" if rest else f"{hours} h"
