"""Everything that is shipped as a printed document, by name."""

from collections.abc import Iterator

from ivaudit.content.library import Library
from ivaudit.domain.visit_papers import (
    AskedDocument,
    AskedPerson,
    DocumentRequest,
    Moment,
    PlannedPoint,
    Stop,
    VisitPlan,
)
from ivaudit.reports import (
    blank_cases,
    blank_fiche,
    blank_grid,
    blank_observation,
    recovery_sheet,
    visit_papers,
)
from ivaudit.reports.blank_grid import By

PROGRAM = "ivaudit 0"
CODE = "-".join(f"A{rank:02d}Z" for rank in range(13))


def blanks(library: Library) -> Iterator[tuple[str, bytes]]:
    """Yield every sheet to fill in by hand; of the checklists, which all print alike, the shortest."""
    words = library.vocabulary()
    for by in By:
        yield f"flash {by}", blank_grid.render(library.checklist("flash"), words, by, program=PROGRAM)
    for grid in library.observations():
        yield grid.id, blank_observation.render(grid, words, program=PROGRAM)
    for fiche in library.fiches():
        yield fiche.id, blank_fiche.render(fiche, words, program=PROGRAM)
    yield "cas", blank_cases.render(library.cases(), program=PROGRAM)


def sheet() -> bytes:
    """Return the sheet that opens a workspace."""
    return recovery_sheet.render(CODE, "ivaudit", "2026-11-21")


def papers() -> Iterator[tuple[str, bytes]]:
    """Yield what is printed before a visit."""
    about = {"facility": "EHPAD Les Tilleuls", "date": "2026-11-21", "kind": "Audit externe"}
    lists = ("Grille d'essai",)
    asked = tuple(
        AskedDocument(
            title=f"Procédure {rank}, avec son circuit de validation", criteria=("a",), numbers=("1.1",)
        )
        for rank in range(30)
    )
    people = (AskedPerson(interlocutor="Direction", documents=asked),)
    request = DocumentRequest(**about, checklists=lists, people=people)
    yield "demande", visit_papers.render_request(request, program=PROGRAM)
    point = PlannedPoint(
        number="1.1",
        question="La règle est-elle affichée ?",
        interlocutors="Accueil",
        minutes=3,
        critical=True,
    )
    stop = Stop(
        place="Accueil", planned="9:00", unit="", people=("Accueil",), minutes=90, points=(point,) * 30
    )
    moment = Moment(what="Transmissions", start="13:30", end="14:00", place="Infirmerie")
    plan = VisitPlan(**about, checklists=lists, stops=(stop,), moments=(moment,))
    yield "plan", visit_papers.render_plan(plan, program=PROGRAM)
