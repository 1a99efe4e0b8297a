"""Entries that look like another one: why, and a way to open them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame

from ivaudit.domain.anomalies import EntryLine
from ivaudit.domain.similar import Resemblance
from ivaudit.domain.tone import Tone
from ivaudit.ui import french
from ivaudit.ui.anomalies.columns import Words
from ivaudit.ui.anomalies.fitted_table import FittedTable
from ivaudit.ui.controls import called, column_in, label, say
from ivaudit.ui.table import Column
from ivaudit.ui.theme import Space

Found = tuple[EntryLine, Resemblance]


class SimilarList(QFrame):
    """Hidden where nothing looks alike; `opened(id)` on Entrée."""

    opened = Signal(str)

    def __init__(self, name: str, words: Words) -> None:
        super().__init__()
        called(self, name, "Saisies qui se ressemblent")
        self.title = label("", f"{name}_title")
        columns = (
            Column(title="N°", text=lambda found: found[0].number),
            Column(title="Type", text=lambda found: words.type(found[0]), stretch=True),
            Column(title="Découverte", text=lambda found: french.short_date(found[0].found)),
            Column(title="Pourquoi", text=_why, spare=True),
        )
        accessible = "Saisies qui se ressemblent : Entrée ouvre"
        self.list = FittedTable(f"{name}_list", accessible, columns, flat=True)
        column = column_in(self, spacing=Space.TINY)
        column.addWidget(self.title)
        column.addWidget(self.list)
        self.list.opened.connect(self._on_opened)
        self.hide()

    def show_found(self, found: Sequence[Found]) -> None:
        """Show these, or nothing."""
        self.list.show_rows(found)
        many = len(found)
        said = f"{many} saisies ressemblent à celle-ci." if many > 1 else "Une saisie ressemble à celle-ci."
        say(self.title, said if found else "", Tone.MIDDLE)
        self.setVisible(bool(found))

    @Slot(object)
    def _on_opened(self, found: Found) -> None:
        self.opened.emit(found[0].id)


def _why(found: Found) -> str:
    return ", ".join(reason.value for reason in found[1].reasons)
