"""The indicators that a structure follows, on a printed page: latest value, target, what to know."""

from reportlab.platypus import Flowable, Spacer

from ivaudit.domain.indicator_model import IndicatorReport, IndicatorView
from ivaudit.domain.indicator_words import counts
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.report_form import long_date
from ivaudit.domain.report_outline import ReportOutline
from ivaudit.reports import document as doc
from ivaudit.reports.blank_page import Paper
from ivaudit.reports.palette import LIGHT, with_accent
from ivaudit.reports.pdf_elements import Elements
from ivaudit.reports.pdf_page import prepare
from ivaudit.reports.pdf_styles import styles

_SHARES = (
    ("Indicateur", 0.31),
    ("Dernière période", 0.15),
    ("Valeur", 0.16),
    ("Cible", 0.13),
    ("Lecture", 0.25),
)
_WIDE = 515.0
"""What is printed across a page, in points."""


def render(
    report: IndicatorReport, outline: ReportOutline, *, program: str, progress: Progress = silent
) -> bytes:
    """Return the page as the bytes of a PDF, tagged; the same report gives the same bytes.

    Args:
        report: the indicators of one structure.
        outline: its title, notice and foot.
        program: what made the file.
        progress: told of pages.
    """
    prepare()
    inks = with_accent(LIGHT, outline.accent)
    paper = Paper(
        title=f"{outline.title} – {report.facility}",
        foot=f"{outline.footer} · {report.facility} · {long_date(report.made)}",
        program=program,
        warning="",
        subject="Indicateurs d'une structure",
        inks=inks,
    )
    elements = Elements(styles(inks), inks)
    followed = [each for each in report.views if each.last is not None or (each.rare and each.rare.days)]
    story: list[Flowable] = [
        paper.text(outline.title, "first"),
        paper.text(f"{report.facility} · relevés connus au {long_date(report.made)}", "strong"),
        paper.text(outline.notice, "quiet"),
        paper.text(report.active_file, "quiet"),
        Spacer(0, 6),
        *elements.flowables(_table(followed)),
    ]
    return paper.render(story, progress)


def _table(views: list[IndicatorView]) -> doc.Table:
    columns = tuple(doc.Column(title=title, width=_WIDE * share) for title, share in _SHARES)
    return doc.Table(columns=columns, lines=tuple(map(_line, views)), named=True)


def _line(view: IndicatorView) -> tuple[doc.Cell, ...]:
    last = view.last
    shown = last.shown if last else "–"
    counted = f"{counts(last.counts)}, {last.origin}" if last and last.value is not None else ""
    said = [view.rare.said] if view.rare and view.rare.days else []
    said += [each.text for each in view.signals[-1:]]
    said += view.remarks
    return (
        doc.Cell(text=view.indicator.title, look=doc.Look.CELL_STRONG),
        doc.Cell(text=last.label if last else "–"),
        doc.Cell(text=f"{shown} ({counted})" if counted else shown),
        doc.Cell(text=view.target_shown or "–"),
        doc.Cell(text=" ".join(said) or "–", look=doc.Look.CELL_QUIET),
    )
