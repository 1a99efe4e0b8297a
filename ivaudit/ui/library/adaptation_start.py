"""Where an adaptation begins: a grid, a title, an author; what is said while there is none."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ivaudit.domain.checklist import Checklist
from ivaudit.domain.tone import Tone
from ivaudit.ui.controls import (
    Combo,
    Line,
    Readable,
    button,
    called,
    card,
    column_in,
    label,
    row,
    say,
    scrolling,
)

_ABOUT = (
    "Une adaptation change une grille publiée sans y toucher : elle ajoute des critères, désactive avec un "
    "motif, change un poids ou une consigne, adopte un point comme critique, ajoute une référence. C'est un "
    "fichier à part, qui se partage. Chaque rapport l'imprime, et dit ce qu'elle demande de moins."
)


class AdaptationStart(QWidget):
    """The panel. `wanted(checklist id, title, author)` when one is to be begun."""

    wanted = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "adaptation_start", "Nouvelle adaptation")
        inner = Readable()
        column_in(self).addWidget(scrolling(inner, "adaptation_start_scroll", "Nouvelle adaptation"))
        frame, column = card("adaptation_start_card")
        column.addWidget(label("Nouvelle adaptation", "adaptation_start_title", "heading"))
        column.addWidget(label(_ABOUT, "adaptation_start_about", "muted"))
        self.checklist = Combo("adaptation_start_checklist", "Grille à adapter")
        self.title = Line("adaptation_start_name", "Intitulé de l'adaptation")
        self.title.setPlaceholderText("Par exemple : Choix de la région")
        self.author = Line("adaptation_start_author", "Auteur : une fonction ou un organisme")
        self.author.setPlaceholderText("Une fonction ou un organisme, jamais un nom")
        for text, field in (
            ("Grille à adapter", self.checklist),
            ("Intitulé", self.title),
            ("Auteur", self.author),
        ):
            title = label(text, f"label_{field.objectName()}", "strong", wrap=False)
            title.setBuddy(field)
            column.addWidget(title)
            column.addWidget(field)
        self.problem = label("", "adaptation_start_problem")
        self.problem.hide()
        self.go = button("Commencer", "adaptation_start_go", "primary")
        column.addWidget(self.problem)
        column.addLayout(row(self.go, None))
        inner.body.addWidget(frame)
        inner.body.addStretch(1)
        self.go.clicked.connect(self._on_go)
        self.author.returnPressed.connect(self._on_go)

    def offer(self, checklists: Sequence[Checklist]) -> None:
        """Show the grids that can be adapted."""
        chosen = self.checklist.currentData()
        self.checklist.clear()
        for each in checklists:
            self.checklist.addItem(f"{each.title}, version {each.version}", each.id)
        self.checklist.setCurrentIndex(max(self.checklist.findData(chosen), 0))

    def clear(self) -> None:
        """Be ready for another."""
        self.title.clear()
        say(self.problem, "")

    @Slot()
    def _on_go(self) -> None:
        title, author = self.title.text().strip(), self.author.text().strip()
        if not title or not author:
            say(self.problem, "Donnez un intitulé et un auteur.", Tone.MIDDLE)
            (self.author if title else self.title).setFocus()
            return
        say(self.problem, "")
        self.wanted.emit(str(self.checklist.currentData() or ""), title, author)
