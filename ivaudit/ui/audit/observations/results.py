"""What the lines of a campaign say together, and the answers they suggest."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ivaudit.app.campaigns import CampaignSheet
from ivaudit.domain.campaign import CampaignResult, ItemResult
from ivaudit.domain.proposals import Proposal
from ivaudit.domain.scoring import displayed
from ivaudit.ui import french
from ivaudit.ui.controls import Combo, column_in, label, row, say
from ivaudit.ui.table import Column, Table
from ivaudit.ui.theme import Space

_ALL = "Toutes les unités"


class Results(QWidget):
    """Rates and intervals by fact. `criterion_wanted(id)` when a proposed answer is looked at.

    With `in_words`, points are said by their question too, and have the room for it.
    """

    criterion_wanted = Signal(str)

    def __init__(
        self, number_of: Callable[[str], str], parent: QWidget | None = None, *, in_words: bool = False
    ) -> None:
        super().__init__(parent)
        self.setObjectName("observation_results")
        self._number_of = number_of
        self._result: CampaignResult | None = None
        self.unit = Combo("observation_unit", "Unité des résultats")
        self.unit.activated.connect(self._show_items)
        self.heading = label("Résultats", "observation_results_title", "strong", wrap=False)
        self.remarks = label("", "observation_remarks", "muted")
        self.table = Table(
            "observation_rates",
            "Taux par fait observé",
            (
                Column(title="Fait", text=lambda each: each.item.question, stretch=True),
                Column(title="n", text=lambda each: str(each.counts.rated), right=True),
                Column(title="Oui", text=lambda each: str(each.counts.yes), right=True, spare=True),
                Column(title="Non", text=lambda each: str(each.counts.no), right=True, spare=True),
                Column(
                    title="S. o.", text=lambda each: str(each.counts.not_applicable), right=True, spare=True
                ),
                Column(title="Refus", text=lambda each: str(each.counts.refused), right=True, spare=True),
                Column(title="Taux", text=rate, share=share, right=True),
                Column(title="IC à 95 %", text=between, right=True),
            ),
        )
        self.proposals = Table(
            "observation_proposals",
            "Réponses proposées par les observations",
            (
                Column(title="Point", text=self._point, stretch=in_words),
                Column(title="Proposé", text=lambda each: each.value.capitalize()),
                Column(title="Pourquoi", text=lambda each: each.because, stretch=True),
            ),
        )
        self.note = label("", "observation_proposals_note", "muted")
        self.proposals.opened.connect(self._on_opened)
        column = column_in(self, spacing=Space.SMALL)
        column.addLayout(row(self.heading, None, self.unit))
        column.addWidget(self.remarks)
        column.addWidget(self.table, 3)
        column.addWidget(self.note)
        column.addWidget(self.proposals, 1)

    def show_sheet(self, sheet: CampaignSheet, proposed: tuple[Proposal, ...]) -> None:
        """Show what a campaign says."""
        result = sheet.result
        self._result = result
        say(self.remarks, " ".join(result.remarks))
        chosen = self.unit.currentText()
        self.unit.clear()
        self.unit.addItems([_ALL, *(each.unit or "Sans unité" for each in result.units)])
        self.unit.setCurrentIndex(max(0, self.unit.findText(chosen)))
        self.unit.setVisible(bool(result.units))
        self._show_items()
        asked = tuple(each for each in proposed if self._number_of(each.criterion))
        if asked != tuple(self.proposals.values.rows):
            self.proposals.values.show_values(asked)
        self.proposals.setVisible(bool(asked))
        say(self.note, _note(len(asked), len(proposed) - len(asked)))

    @Slot()
    def _show_items(self) -> None:
        if self._result is None:
            return
        at = self.unit.currentIndex()
        units = self._result.units
        items = units[at - 1].items if 0 < at <= len(units) else self._result.items
        self.table.values.show_values(items)

    def _point(self, proposal: Proposal) -> str:
        return self._number_of(proposal.criterion)

    @Slot(object)
    def _on_opened(self, proposal: Proposal) -> None:
        self.criterion_wanted.emit(proposal.criterion)


def _note(asked: int, beyond: int) -> str:
    """Say what the answers proposed are, and how many are about points that this audit does not ask."""
    parts = ["Réponses proposées, jamais posées d'office : Entrée ouvre le critère."] if asked else []
    if beyond:
        points = french.count(beyond, "point absent", "points absents")
        parts.append(f"Ces observations éclairent aussi {points} de cet audit.")
    return " ".join(parts)


def summary(result: CampaignResult) -> str:
    """Return «12 lignes observées sur 30 visées · 2 non observées · 4 professionnels»."""
    parts = [f"{french.count(result.observed, 'ligne observée', 'lignes observées')} sur {result.wanted}"]
    out = sum(result.reasons.values())
    if out:
        parts.append(french.count(out, "non observée", "non observées"))
    if result.professionals:
        parts.append(french.count(result.professionals, "professionnel", "professionnels"))
    return " · ".join(parts)


def rate(found: ItemResult) -> str:
    """Return «67 %», or a dash when nothing was rated."""
    return "—" if found.counts.rate is None else f"{displayed(found.counts.rate)} %"


def share(found: ItemResult) -> float:
    """Return the rate as a part of one, for its bar."""
    return float(found.counts.rate or 0)


def between(found: ItemResult) -> str:
    """Return the interval in whole points, or why there is none."""
    if found.counts.rate is None:
        return "—"
    if found.interval is None:
        return "tous observés"
    return f"{found.interval.low * 100:.0f} – {found.interval.high * 100:.0f} %"
