"""Preparing a campaign: which grid, where, how many there are to observe, how they are chosen."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFormLayout, QWidget

from ivaudit.app.campaigns import CampaignSheet
from ivaudit.domain.campaign import Draw
from ivaudit.domain.observation import ObservationGrid
from ivaudit.domain.tone import Tone
from ivaudit.ui import french
from ivaudit.ui.controls import Combo, Line, button, card, column_in, label, row, say
from ivaudit.ui.theme import Space

_DRAWS = {
    Draw.EXHAUSTIVE: "Tous ceux qui sont présents",
    Draw.RANDOM: "Tirés au hasard",
    Draw.CONVENIENCE: "Ceux que l'on rencontre (échantillon de convenance)",
}
_COUNT = re.compile(r"(?:(.+?)\s*[=:]\s*)?(\d{1,6})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a campaign is to be; `grid` is empty when an existing one is changed."""

    grid: str
    title: str
    start: str
    end: str
    units: tuple[str, ...]
    observers: tuple[str, ...]
    present: Mapping[str, int] = field(default_factory=dict)
    draw: Draw = Draw.CONVENIENCE


class CampaignForm(QWidget):
    """The form. `wanted(Asked)` when it is complete, `dropped()` when it is given up."""

    wanted = Signal(object)
    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("campaign_form")
        self._changing = False
        self.heading = label("Nouvelle campagne d'observation", "campaign_heading", "heading")
        self.grid = Combo("campaign_grid", "Grille d'observation")
        self.title = _line("campaign_title", "Intitulé", "Facultatif : sinon, le titre de la grille")
        self.units = _line("campaign_units", "Unités", "Médecine, Chirurgie… (facultatif)")
        self.present = _line(
            "campaign_present", "Nombre de présents", "42, ou par unité : Médecine=14, Chirurgie=18"
        )
        self.draw = Combo("campaign_draw", "Façon de choisir")
        for draw, text in _DRAWS.items():
            self.draw.addItem(text, draw)
        self.draw.setCurrentIndex(self.draw.findData(Draw.CONVENIENCE))
        self.start = _line("campaign_start", "Premier jour", "21/11/2026 (facultatif)")
        self.end = _line("campaign_end", "Dernier jour", "Facultatif")
        self.observers = _line(
            "campaign_observers", "Observateurs, par fonction", "IDE hygiéniste, qualiticienne…"
        )
        self.problem = label("", "campaign_problem")
        self.ok = button("Créer la campagne", "campaign_ok", "primary")
        self.cancel = button("Renoncer", "campaign_cancel", "quiet")
        self._lay_out()
        self.ok.clicked.connect(self._on_ok)
        self.cancel.clicked.connect(self.dropped)

    def _lay_out(self) -> None:
        frame, inner = card("campaign_card")
        column_in(self).addWidget(frame)
        inner.addWidget(self.heading)
        fields = QFormLayout()
        fields.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        fields.setSpacing(Space.SMALL)
        for each in (
            self.grid,
            self.title,
            self.units,
            self.present,
            self.draw,
            self.start,
            self.end,
            self.observers,
        ):
            caption = label(each.accessibleName(), f"{each.objectName()}_label", wrap=False)
            caption.setBuddy(each)
            fields.addRow(caption, each)
        inner.addLayout(fields)
        inner.addWidget(self.problem)
        say(self.problem, "")
        inner.addLayout(row(self.ok, self.cancel, None))
        inner.addStretch(1)

    def prepare(self, grids: Sequence[ObservationGrid]) -> None:
        """Be empty, for a new campaign."""
        self._changing = False
        self.heading.setText("Nouvelle campagne d'observation")
        self.ok.setText("Créer la campagne")
        self.grid.clear()
        for each in grids:
            self.grid.addItem(each.title, each.id)
        self.grid.setEnabled(True)
        for line in (self.title, self.units, self.present, self.start, self.end, self.observers):
            line.clear()
        self.draw.setCurrentIndex(self.draw.findData(Draw.CONVENIENCE))
        say(self.problem, "")
        self.grid.setFocus()

    def change(self, sheet: CampaignSheet) -> None:
        """Show an existing campaign."""
        campaign = sheet.campaign
        self._changing = True
        self.heading.setText("Modifier la campagne")
        self.ok.setText("Enregistrer")
        self.grid.clear()
        self.grid.addItem(sheet.grid.title, sheet.grid.id)
        self.grid.setEnabled(False)
        self.title.setText(campaign.title)
        self.units.setText(", ".join(campaign.units))
        self.present.setText(_shown(campaign.present))
        self.draw.setCurrentIndex(self.draw.findData(campaign.draw))
        self.start.setText(french.short_date(campaign.start) if campaign.start else "")
        self.end.setText(french.short_date(campaign.end) if campaign.end else "")
        self.observers.setText(", ".join(campaign.observers))
        say(self.problem, "")
        self.title.setFocus()

    @Slot()
    def _on_ok(self) -> None:
        days = [french.typed_date(line.text()) for line in (self.start, self.end)]
        typed = [line.text().strip() for line in (self.start, self.end)]
        present = parsed_present(self.present.text())
        if any(text and not day for text, day in zip(typed, days, strict=True)):
            say(self.problem, "La date s'écrit comme 21/11/2026.", Tone.BAD)
            return
        if present is None:
            say(self.problem, "Le nombre de présents s'écrit 42, ou Médecine=14, Chirurgie=18.", Tone.BAD)
            return
        self.wanted.emit(
            Asked(
                grid="" if self._changing else str(self.grid.currentData() or ""),
                title=self.title.text(),
                start=days[0] or "",
                end=days[1] or "",
                units=_parts(self.units.text()),
                observers=_parts(self.observers.text()),
                present=present,
                draw=Draw(self.draw.currentData()),
            )
        )


def parsed_present(text: str) -> dict[str, int] | None:
    """Return how many are present by unit, under the empty name for all, nothing when it cannot be read."""
    found: dict[str, int] = {}
    for part in _parts(text):
        match = _COUNT.fullmatch(part)
        if match is None:
            return None
        found[match[1] or ""] = int(match[2])
    return found


def _shown(present: Mapping[str, int]) -> str:
    return ", ".join(f"{unit}={count}" if unit else str(count) for unit, count in present.items())


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in (each.strip() for each in re.split(r"[,;]", text)) if part)


def _line(name: str, accessible: str, hint: str) -> Line:
    made = Line(name, accessible)
    made.setPlaceholderText(hint)
    return made
