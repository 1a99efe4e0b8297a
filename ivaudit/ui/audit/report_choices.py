"""Which report, in which format, and what is ticked."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QWidget

from ivaudit.app.reports import Wanted
from ivaudit.domain.report_model import ReportKind
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.controls import button, called, column_in, label, row

KINDS: Mapping[ReportKind, str] = {
    ReportKind.REPORT: "Rapport d'audit",
    ReportKind.DEBRIEF: "Bilan à chaud, une page",
    ReportKind.COPY: "Copie transmissible",
    ReportKind.ANONYMOUS: "Export anonyme",
}
_ABOUT: Mapping[ReportKind, str] = {
    ReportKind.REPORT: "Tout ce qui a été vu, conclu et convenu.",
    ReportKind.DEBRIEF: "Ce qui se dit avant de partir, sans score ni niveau si rien n'est coché.",
    ReportKind.COPY: (
        "Sans notes internes, sans nom de personne, sans référence locale ni ligne d'observation. "
        "Relisez-la : un nom écrit autrement dans un texte ne peut pas être reconnu."
    ),
    ReportKind.ANONYMOUS: (
        "Sans nom de structure ni de personne, sans note, photographie ni référence, dates au mois. "
        "Relisez-le : ce qui est écrit autrement dans un texte ne peut pas être reconnu."
    ),
}
FORMATS: Mapping[str, tuple[str, str]] = {
    "pdf": ("PDF", "PDF, à lire et à remettre"),
    "docx": ("Word", "Word, à compléter"),
    "xlsx": ("Excel", "Excel, pour trier et filtrer"),
    "json": ("JSON", "JSON, toutes les données"),
}
"""The formats, in a word and in a few."""

_NOTES = "Joindre les notes internes, réservées à l'équipe d'audit"
_NOTES_HINT = "Elles sont réservées à l'équipe d'audit : ne remettez pas ce fichier à la structure."


class ReportChoices(QWidget):
    """The choices; `changed` when one does, `screen_wanted` to show the debrief over the whole screen."""

    changed = Signal()
    screen_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "report_choices", "Ce que vous exportez")
        self._kind_group, self._format_group = QButtonGroup(self), QButtonGroup(self)
        self.kinds = {
            kind: called(QRadioButton(text), f"kind_{kind.value}", text) for kind, text in KINDS.items()
        }
        self.formats = {
            key: called(QRadioButton(word), f"format_{key}", words) for key, (word, words) in FORMATS.items()
        }
        for key, choice in self.formats.items():
            choice.setToolTip(FORMATS[key][1])
        self.about = label("", "kind_about", "small")
        self.notes = _tick("Joindre les notes internes", "with_notes", _NOTES)
        self.notes_hint = label(_NOTES_HINT, "with_notes_hint", "small")
        self.notebook = _tick("Joindre les lignes du carnet, en annexe", "with_notebook")
        self.score = _tick("Dire le score et le niveau", "with_score")
        self.full_screen = button("Montrer en plein écran (F9)", "debrief_screen")
        self._lay_out()
        self._show()
        self._kind_group.buttonClicked.connect(self._on_choice)
        self._format_group.buttonClicked.connect(self._on_choice)
        for tick in (self.notes, self.notebook, self.score):
            tick.clicked.connect(self._on_choice)
        self.full_screen.clicked.connect(self.screen_wanted)

    def _lay_out(self) -> None:
        column = column_in(self)
        for kind in self.kinds.values():
            self._kind_group.addButton(kind)
            column.addWidget(kind)
        column.addWidget(self.about)
        column.addWidget(label("Format", "format_label", "strong", wrap=False))
        formats = called(Flow(), "formats", "Format")
        for choice in self.formats.values():
            self._format_group.addButton(choice)
            formats.add(choice)
        column.addWidget(formats)
        for part in (self.notes, self.notes_hint, self.notebook, self.score):
            column.addWidget(part)
        column.addLayout(row(self.full_screen, None))
        self.kinds[ReportKind.REPORT].setChecked(True)
        self.formats["pdf"].setChecked(True)

    @property
    def kind(self) -> ReportKind:
        """Return what is to leave."""
        return next(kind for kind, choice in self.kinds.items() if choice.isChecked())

    @property
    def format(self) -> str:
        """Return the format chosen."""
        return next(key for key, choice in self.formats.items() if choice.isChecked())

    @property
    def wanted(self) -> Wanted:
        """Return everything that is chosen; what is hidden is not ticked."""
        whole, debrief = self.kind is ReportKind.REPORT, self.kind is ReportKind.DEBRIEF
        return Wanted(
            kind=self.kind,
            notes=whole and self.notes.isChecked(),
            notebook=whole and self.notebook.isChecked(),
            score=debrief and self.score.isChecked(),
        )

    def _show(self) -> None:
        kind = self.kind
        self.about.setText(_ABOUT[kind])
        self.about.setAccessibleName(_ABOUT[kind])
        parts: tuple[tuple[QWidget, ReportKind], ...] = (
            (self.notes, ReportKind.REPORT),
            (self.notes_hint, ReportKind.REPORT),
            (self.notebook, ReportKind.REPORT),
            (self.score, ReportKind.DEBRIEF),
            (self.full_screen, ReportKind.DEBRIEF),
        )
        for part, shown in parts:
            part.setVisible(kind is shown)

    @Slot()
    def _on_choice(self) -> None:
        self._show()
        self.changed.emit()


def _tick(text: str, name: str, hint: str = "") -> QCheckBox:
    made = called(QCheckBox(text), name, hint or text)
    made.setToolTip(hint)
    return made
