"""What an indicator means, in words: what is counted, over what, where the definition comes from."""

from PySide6.QtWidgets import QWidget

from ivaudit.domain.indicators import Direction, Indicator, Nature
from ivaudit.ui.audit.compare_block import flowing
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.controls import card, column_in, label, say

_NATURES = {
    Nature.STOCK: "Stock : les mêmes personnes sont comptées à chaque relevé.",
    Nature.FLOW: "Flux : ce qui s'est produit dans la période.",
    Nature.SAMPLE: "Échantillon : une partie de ce qu'il y avait à voir.",
}
_DIRECTIONS = {
    Direction.UP: "Une hausse est favorable.",
    Direction.DOWN: "Une baisse est favorable.",
    Direction.WATCHED: "À surveiller : ni hausse ni baisse n'est bonne en soi.",
    Direction.NONE: "Une hausse n'est pas un mauvais signe.",
}


class Definition(QWidget):
    """The definition of the current indicator."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("indicator_definition")
        frame, column = card("indicator_definition_card")
        column_in(self).addWidget(frame)
        column.addWidget(label("Définition", "indicator_definition_title", "strong"))
        self.lines = flowing(label("", "indicator_definition_lines"))
        self.origin = flowing(label("", "indicator_definition_origin", "muted"))
        column.addWidget(self.lines)
        column.addWidget(self.origin)

    def show_indicator(self, indicator: Indicator, active_file: str) -> None:
        """Show a definition, with what «file active» means in this structure."""
        lines = [
            f"Numérateur : {indicator.numerator}",
            f"Dénominateur : {indicator.denominator}",
            active_file if indicator.active_file else "",
            f"{_NATURES[indicator.nature]} Périodicité : {indicator.rhythm}.",
            _DIRECTIONS[indicator.direction],
            f"Visée : {indicator.aim}",
            indicator.note,
            f"Rapport source : {indicator.report}",
        ]
        say(self.lines, bound("\n".join(filter(None, lines))))
        origin = f"{indicator.origin[:1].upper()}{indicator.origin[1:]} ; confiance : {indicator.confidence}."
        say(self.origin, bound(origin))
