"""Practical cases as a quiz on paper: four or five a page, the answers apart."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, KeepTogether, PageBreak, Spacer

from ivaudit.domain.cases import Case, Cases
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.report_form import long_date
from ivaudit.domain.sources import reference_words
from ivaudit.reports.blank_page import Fields, Paper, Ruled, height_of
from ivaudit.reports.pdf_page import prepare

MOST_A_PAGE = 5
_ANSWER_LINES = 3
_HEAD_ROOM = 74.0


def render(cases: Cases, *, program: str, progress: Progress = silent) -> bytes:
    """Return the quiz, then its answers, as the bytes of a PDF.

    Args:
        cases: what to print.
        program: what made the file.
        progress: told of pages.
    """
    prepare()
    paper = Paper(
        title=f"{cases.title} – quiz",
        foot=f"{cases.title} · version {cases.version} du {long_date(cases.published)}",
        program=program,
        warning="",
    )
    story: list[Flowable] = []
    numbered = list(enumerate(cases.cases, 1))
    pages = _pages(paper, numbered)
    for rank, page in enumerate(pages, 1):
        story += _quiz(paper, cases, page, rank, len(pages))
        story.append(PageBreak())
    story.append(paper.heading("Réponses", 0))
    story.append(paper.text("À remettre après le quiz. Chaque règle dit sur quoi elle repose.", "quiet"))
    story += [_answer(paper, number, case) for number, case in numbered]
    return paper.render(story, progress)


def _pages(paper: Paper, numbered: Sequence[tuple[int, Case]]) -> list[list[tuple[int, Case]]]:
    """Share the cases between pages: as many as fit, five at most."""
    pages: list[list[tuple[int, Case]]] = []
    left = 0.0
    for number, case in numbered:
        height = height_of(_question(paper, number, case), paper)
        if not pages or len(pages[-1]) == MOST_A_PAGE or height > left:
            pages.append([])
            left = paper.height - _HEAD_ROOM
        pages[-1].append((number, case))
        left -= height
    return pages


def _quiz(
    paper: Paper, cases: Cases, page: Sequence[tuple[int, Case]], rank: int, total: int
) -> list[Flowable]:
    parts: list[Flowable] = [
        paper.heading(f"{cases.title} – feuille {rank} sur {total}", rank),
        Fields((("Fonction", 2), ("Service", 2), ("Date", 1)), paper.inks),
        Spacer(0, 4),
    ]
    for number, case in page:
        parts.append(KeepTogether(_question(paper, number, case)))
    return parts


def _question(paper: Paper, number: int, case: Case) -> list[Flowable]:
    return [
        paper.text(f"{number}. {case.title}", "subheading"),
        paper.text(case.situation),
        paper.text(case.question, "strong"),
        Ruled("", paper.inks, lines=_ANSWER_LINES),
    ]


def _answer(paper: Paper, number: int, case: Case) -> Flowable:
    sources = [paper.text(reference_words(each), "quiet") for each in case.references]
    trap = [paper.text(case.trap, label="Piège")] if case.trap else []
    rule = [paper.text(case.rule, label="Règle")] if case.rule else []
    parts: list[Flowable] = [
        paper.text(f"{number}. {case.title}", "subheading"),
        paper.text(case.answer, label="Réponse attendue"),
    ]
    return KeepTogether([*parts, *trap, *rule, *sources])
