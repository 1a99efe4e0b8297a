"""The list of the editor of adaptations: the adaptation itself, then every criterion with its change."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHeaderView

from ivaudit.domain.adaptation import Adaptation
from ivaudit.domain.checklist import Checklist
from ivaudit.ui import theme
from ivaudit.ui.table import Column, Table
from ivaudit.ui.theme import Space

ABOUT = ""
_LINES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class EditRow:
    """A line: what is edited when it is chosen (`key` is the id of a criterion, empty for the whole)."""

    key: str
    number: str
    title: str
    state: str
    words: str = ""


def rows_of(adaptation: Adaptation, checklist: Checklist) -> list[EditRow]:
    """Return the lines of an adaptation: itself, what it adds, then the published criteria in order."""
    states = _states(adaptation)
    about = EditRow(key=ABOUT, number="—", title="L'adaptation : intitulé, auteur, motif", state="")
    added = [
        EditRow(key=each.id, number="+", title=each.question or "Nouveau critère", state="Ajouté")
        for each in adaptation.added
    ]
    published = [
        EditRow(
            key=point.criterion.id,
            number=point.number,
            title=point.criterion.question,
            state=states.get(point.criterion.id, "Critique" if point.criterion.critical else ""),
            words=f"{point.domain.title} {point.section.title} {point.criterion.id}",
        )
        for point in checklist.points()
    ]
    return [about, *added, *published]


def _states(adaptation: Adaptation) -> dict[str, str]:
    states = {each.criterion: "Modifié" for each in adaptation.change if not each.empty}
    states |= {each.criterion: "Désactivé" for each in adaptation.deactivate}
    for each in adaptation.critical:
        before = states.get(each.criterion)
        states[each.criterion] = "Adopté critique" + (", modifié" if before else "")
    return states


def _number(row: EditRow) -> str:
    return row.number


def _title(row: EditRow) -> str:
    return row.title


def _state(row: EditRow) -> str:
    return row.state


def _words(row: EditRow) -> str:
    return f"{row.number} {row.title} {row.state} {row.words}"


class EditTable(Table):
    """The lines, all of the same height: a grid of 2,000 criteria is shown at once."""

    def __init__(self) -> None:
        columns = (
            Column(title="N°", text=_number),
            Column(title="Critère", text=_title, stretch=True),
            Column(title="Adaptation", text=_state),
        )
        super().__init__("adaptation_criteria", "Critères de la grille", columns, _words)
        self.setSortingEnabled(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._fit()

    def show_rows(self, rows: Sequence[EditRow], key: str) -> None:
        """Show other lines, the one of a key chosen."""
        self.values.show_values(rows)
        self.choose_key(key)

    def choose_key(self, key: str) -> bool:
        """Choose the line of a key; tell whether it is shown."""
        found = next((at for at, row in enumerate(self.values.rows) if row.key == key), -1)
        self.choose(found)
        return found >= 0

    @Slot()
    def _fit(self) -> None:
        """Give every line the height of two lines of text, and the columns their width."""
        look = theme.current()
        line = self.fontMetrics().lineSpacing() * _LINES + Space.MEDIUM
        self.verticalHeader().setDefaultSectionSize(max(line, theme.TARGET))
        header = self.horizontalHeader()
        for at, width in ((0, 56), (2, 112)):
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(at, look.px(width))
