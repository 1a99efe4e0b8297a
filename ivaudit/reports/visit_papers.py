"""The papers sent and carried before a visit: documents asked for, and the walk."""

from collections.abc import Iterator, Sequence

from reportlab.platypus import CondPageBreak, Flowable, Spacer, TableStyle

from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.report_form import long_date
from ivaudit.domain.visit_papers import AskedPerson, DocumentRequest, Stop, VisitPlan
from ivaudit.reports.blank_page import Paper
from ivaudit.reports.pdf_page import prepare
from ivaudit.reports.structure_tables import Shape, Table

_HOUR = 60
_ROOM = 96.0
"""A title is not left at the foot of a page without the first lines below it."""
_NO_NAMES = "Merci d'ôter ou de masquer toute donnée nominative d'usager avant l'envoi."


def render_request(request: DocumentRequest, *, program: str, progress: Progress = silent) -> bytes:
    """Return the «demande documentaire» as the bytes of a PDF."""
    prepare()
    paper = Paper(
        title=f"Demande documentaire – {request.facility}",
        foot=f"Demande documentaire · {request.facility} · visite du {long_date(request.date)}",
        program=program,
        warning=_NO_NAMES,
    )
    story: list[Flowable] = [
        paper.text("Demande documentaire", "first"),
        *_about(paper, request.facility, request.kind, request.date, request.checklists),
        paper.text(
            "Ces documents aident à préparer la visite. Un document qui n'existe pas est une information, "
            "pas un reproche : il suffit de le dire. Ce qui se voit sur place n'est pas demandé ici.",
        ),
        Spacer(0, 4),
    ]
    if not request.people:
        story.append(paper.text("Les grilles de cet audit ne demandent aucun document à l'avance.", "quiet"))
    for rank, person in enumerate(request.people):
        story += _person(paper, person, rank)
    return paper.render(story, progress)


def render_plan(plan: VisitPlan, *, program: str, progress: Progress = silent) -> bytes:
    """Return the «plan de visite» as the bytes of a PDF."""
    prepare()
    paper = Paper(
        title=f"Plan de visite – {plan.facility}",
        foot=f"Plan de visite · {plan.facility} · {long_date(plan.date)}",
        program=program,
    )
    story: list[Flowable] = [
        paper.text("Plan de visite", "first"),
        *_about(paper, plan.facility, plan.kind, plan.date, plan.checklists),
        paper.text(f"En tout environ {_duration(plan.minutes)}, hors trajets et réunions.", "strong"),
        paper.text("« ! » signale un point critique.", "quiet"),
        Spacer(0, 4),
    ]
    if plan.moments:
        story += _moments(paper, plan)
    for rank, stop in enumerate(plan.stops, 1):
        story += _stop(paper, stop, rank)
    return paper.render(story, progress)


def _about(
    paper: Paper, facility: str, kind: str, date: str, checklists: Sequence[str]
) -> Iterator[Flowable]:
    yield paper.text(f"{facility} · {kind} · visite du {long_date(date)}", "strong")
    numbered = [f"{rank} : {title}" for rank, title in enumerate(checklists, 1)]
    yield paper.text(" · ".join(numbered if len(checklists) > 1 else checklists), "quiet")
    yield Spacer(0, 6)


def _person(paper: Paper, person: AskedPerson, rank: int) -> list[Flowable]:
    head = ["Document", "Points", "État", "Remarque"]
    rows: list[list[Flowable | str]] = [[paper.text(each, "quiet") for each in head]]
    rows += [
        [
            paper.text(each.title, "text"),
            paper.text(_few(each.numbers), "quiet"),
            paper.text(each.status or "à demander", "quiet"),
            "",
        ]
        for each in person.documents
    ]
    widths = [paper.width * share for share in (0.52, 0.16, 0.14, 0.18)]
    return [
        CondPageBreak(_ROOM),
        paper.heading(person.interlocutor, rank),
        _table(paper, rows, widths),
        Spacer(0, 8),
    ]


def _moments(paper: Paper, plan: VisitPlan) -> list[Flowable]:
    rows: list[list[Flowable | str]] = [
        [paper.text(each, "quiet") for each in ("Moment utile", "De", "À", "Lieu")]
    ]
    rows += [
        [paper.text(each, "text") for each in (moment.what, moment.start, moment.end, moment.place)]
        for moment in plan.moments
    ]
    widths = [paper.width * share for share in (0.4, 0.12, 0.12, 0.36)]
    return [paper.heading("Horaires utiles", 0), _table(paper, rows, widths), Spacer(0, 8)]


def _stop(paper: Paper, stop: Stop, rank: int) -> list[Flowable]:
    critical = sum(point.critical for point in stop.points)
    count = len(stop.points)
    facts = (
        stop.unit,
        f"{count} point{'s' if count > 1 else ''}" if count else "aucun point de la grille à voir ici",
        f"{critical} critique{'s' if critical > 1 else ''}" if critical else "",
        f"environ {_duration(stop.minutes)}" if stop.minutes else "",
    )
    when = f"{stop.planned} – " if stop.planned else ""
    story = [
        CondPageBreak(_ROOM),
        paper.heading(f"{when}{stop.place}", rank),
        paper.text(" · ".join(filter(None, facts)), "quiet"),
    ]
    if stop.people:
        story.append(paper.text(", ".join(stop.people), "text", label="Rencontrer"))
    if stop.points:
        story.append(_points(paper, stop))
    return [*story, Spacer(0, 8)]


def _points(paper: Paper, stop: Stop) -> Flowable:
    rows: list[list[Flowable | str]] = [
        [paper.text(each, "quiet") for each in ("N°", "Point à voir", "Avec", "Minutes", "Vu")]
    ]
    rows += [
        [
            paper.text(f"{point.number}{' !' if point.critical else ''}", "strong"),
            paper.text(point.question, "text"),
            paper.text(point.interlocutors, "quiet"),
            paper.text(str(point.minutes), "quiet"),
            "",
        ]
        for point in stop.points
    ]
    widths = [paper.width * share for share in (0.1, 0.53, 0.21, 0.09, 0.07)]
    return _table(paper, rows, widths)


def _table(paper: Paper, rows: list[list[Flowable | str]], widths: list[float]) -> Table:
    table = Table(rows, colWidths=widths, repeatRows=1, shape=Shape(heads=1))
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 2),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
                ("TOPPADDING", (0, 0), (-1, -1), 4),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, paper.inks.line),
                ("LINEBEFORE", (-1, 1), (-1, -1), 0.4, paper.inks.line),
            ]
        )
    )
    return table


def _few(numbers: Sequence[str], most: int = 6) -> str:
    more = len(numbers) - most
    return ", ".join(numbers[:most]) + (f" et {more} autre{'s' if more > 1 else ''}" if more > 0 else "")


def _duration(minutes: int) -> str:
    hours, rest = divmod(minutes, _HOUR)
    return f"{rest} min" if not hours else f"{hours} h {rest:02d}" if rest else f"{hours} h"
