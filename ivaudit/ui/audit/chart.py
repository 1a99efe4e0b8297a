"""The chart of a checklist, drawn beside the window once its figures are shown."""

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from ivaudit.domain.audit import AuditSheet
from ivaudit.domain.scoring import DomainResult
from ivaudit.ui.audit.drawn import Drawn


class Chart(Drawn):
    """The scores of the domains of one checklist, as in the report; a table says the same in words."""

    def __init__(self, checklist: str, parent: QWidget | None = None) -> None:
        super().__init__(f"chart_{checklist}", "Graphique des scores par domaine", parent)
        self._checklist = checklist

    def show_domains(self, sheet: AuditSheet, domains: tuple[DomainResult, ...]) -> None:
        """Draw the scores of the domains, if they changed since last drawn."""
        scores = tuple((each.domain.title, each.result.score) for each in domains)
        if not any(score is not None for _, score in scores):
            self.hide()
            return
        words = ", ".join(f"{title} {'pas de score' if score is None else score}" for title, score in scores)
        # A copy: the answers of the open audit change while the chart is drawn beside.
        copied = replace(sheet, answers=dict(sheet.answers))
        self.show_drawing(scores, words, partial(_drawn, copied, self._checklist))


def _drawn(sheet: AuditSheet, checklist: str, width: int, dark: bool) -> bytes:
    from ivaudit.app import reports  # noqa: PLC0415 - reportlab takes 0.3 s to import

    return reports.chart_png(sheet, checklist, width=width, dark=dark)
