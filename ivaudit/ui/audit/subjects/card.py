"""*Préparation*: the units and subjects of the audit, added, renamed, arranged and taken away."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from ivaudit.app import subjects
from ivaudit.domain.subjects import Subject, SubjectKind
from ivaudit.ui import theme
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.controls import Combo, Line, button, called, column_in, label, row
from ivaudit.ui.table import Column, Table
from ivaudit.ui.theme import Space

_HELP = (
    "Plusieurs unités, personnes ou dossiers répondent à la même grille : chacun a ses réponses, et un point "
    "ne compte qu'une fois. Le siège ou le GHT répond pour tous tant que personne d'autre ne répond."
)
_EMPTY = "Aucun : l'audit porte sur toute la structure. C'est le cas le plus simple, et le plus fréquent."
_WORDS = {
    SubjectKind.UNIT: "Unité",
    SubjectKind.PERSON: "Personne rencontrée",
    SubjectKind.RECORD: "Dossier",
    SubjectKind.BEARER: "Siège ou GHT",
}
_LINES, _LINE = 8, 44


class SubjectLine(Line):
    """The name of a subject: Échap gives a change up."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up by Échap where something is changed."""
        card = self.parentWidget()
        if event.key() == Qt.Key.Key_Escape and isinstance(card, SubjectsCard) and card.changing:
            card.give_up()
        else:
            super().keyPressEvent(event)


class SubjectsCard(QFrame):
    """One row each; Entrée changes one, Suppr takes it away, Alt+↑ and Alt+↓ move it."""

    def __init__(self, audit: OpenAudit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "subjects", "Unités et sujets")
        self.setProperty("card", True)
        self._audit = audit
        self.changing = ""
        self._wanted = ""
        self.table = Table(
            "subjects_table",
            "Unités et sujets",
            (
                Column(title="Nom", text=_name, stretch=True),
                Column(title="Sorte", text=_kind),
                Column(title="Réponses", text=self._answers, right=True),
            ),
        )
        self.table.setSortingEnabled(False)
        self.name = SubjectLine("subject_name", "Nom du sujet")
        self.name.setPlaceholderText("Médecine, Urgences de nuit, Dossier 4… jamais une identité")
        self.name.setMaxLength(subjects.MAX_LABEL)
        self.kind = Combo("subject_kind", "Sorte de sujet")
        for kind, text in _WORDS.items():
            self.kind.addItem(text, kind)
        self.add = button("Ajouter", "subject_add", "primary")
        self.stop = button("Renoncer", "subject_stop", "quiet")
        self.empty = label(bound(_EMPTY), "subjects_empty", "muted")
        self.change = button("Renommer", "subject_change", "", "Renommer ou changer la sorte")
        self.up = button("Monter", "subject_up", "", "Monter, Alt+Flèche haut")
        self.down = button("Descendre", "subject_down", "", "Descendre, Alt+Flèche bas")
        self.remove = button("Retirer", "subject_remove", "quiet", "Retirer, touche Suppr")
        self._lay_out()
        self._connect()
        self.give_up()
        self.show_subjects()

    def _lay_out(self) -> None:
        column = column_in(self, Space.MEDIUM)
        column.addWidget(label("Unités et sujets", "subjects_title", "heading"))
        column.addWidget(label(bound(_HELP), "subjects_help", "muted"))
        line = row(self.name, self.kind)
        line.setStretch(0, 3)
        line.setStretch(1, 2)
        column.addLayout(line)
        column.addLayout(row(self.add, self.stop, None))
        column.addWidget(self.empty)
        column.addWidget(self.table)
        self.acts = Flow()
        for part in (self.change, self.up, self.down, self.remove):
            self.acts.add(part)
        column.addWidget(self.acts)

    def _connect(self) -> None:
        self.add.clicked.connect(self._on_add)
        self.name.returnPressed.connect(self._on_add)
        self.stop.clicked.connect(self.give_up)
        self.change.clicked.connect(self._on_change)
        self.table.opened.connect(self._on_change)
        self.up.clicked.connect(self._on_up)
        self.down.clicked.connect(self._on_down)
        self.remove.clicked.connect(self._on_remove)
        for keys, slot in (
            ("Del", self._on_remove),
            ("F2", self._on_change),
            ("Alt+Up", self._on_up),
            ("Alt+Down", self._on_down),
        ):
            shortcut = QShortcut(QKeySequence(keys), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)
        self._audit.opened.connect(self.show_subjects)
        theme.notice().changed.connect(self._fit)

    # -- showing

    @Slot()
    def show_subjects(self) -> None:
        """Show the subjects as last recorded."""
        current = self.table.value()
        wanted = self._wanted or (current.id if current is not None else "")
        self._wanted = ""
        found = self._audit.subjects
        self.table.values.show_values(found)
        self.table.setVisible(bool(found))
        self.acts.setVisible(bool(found))
        self.empty.setVisible(not found)
        self._fit()
        at = next((rank for rank, each in enumerate(found) if each.id == wanted), 0)
        self.table.choose(at)

    @Slot()
    def _fit(self) -> None:
        shown = min(max(len(self._audit.subjects), 1), _LINES)
        line = max(theme.TARGET, theme.current().px(_LINE))
        self.table.setFixedHeight((shown + 1) * line + 2 * self.table.frameWidth() + Space.SMALL)

    def _answers(self, subject: Subject) -> str:
        answers = self._audit.loaded.sheet.answers
        return str(sum(1 for (about, _), each in answers.items() if about == subject.id and each.value))

    # -- gestures

    @Slot()
    def _on_add(self) -> None:
        audit, name = self._audit.audit_id, self.name.text()
        kind = SubjectKind(self.kind.currentData())
        if not name.strip():
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.changing:
            key = self._wanted = self.changing
            self._audit.do(lambda s: subjects.edit(s, audit, key, label=name, kind=kind), self._on_done)
        else:
            self._audit.do(lambda s: subjects.add(s, audit, name, kind), self._on_done)

    def _on_done(self, result: object) -> None:
        """Be ready for the next one: units are typed one after the other."""
        if isinstance(result, tuple):
            self._wanted = str(result[1])
        kind = self.kind.currentIndex()
        self.give_up()
        self.kind.setCurrentIndex(kind)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_change(self) -> None:
        chosen: Subject | None = self.table.value()
        if chosen is None:
            return
        self.changing = chosen.id
        self.name.setText(chosen.label)
        self.kind.setCurrentIndex(self.kind.findData(chosen.kind))
        self._name_add("Enregistrer")
        self.stop.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    @Slot()
    def give_up(self) -> None:
        """Change nothing, and be ready to add."""
        self.changing = ""
        self.name.clear()
        self.kind.setCurrentIndex(0)
        self._name_add("Ajouter")
        self.stop.hide()

    def _name_add(self, text: str) -> None:
        self.add.setText(text)
        self.add.setAccessibleName(text)

    @Slot()
    def _on_up(self) -> None:
        self._move(-1)

    @Slot()
    def _on_down(self) -> None:
        self._move(1)

    def _move(self, steps: int) -> None:
        chosen: Subject | None = self.table.value()
        if chosen is not None:
            audit, key = self._audit.audit_id, chosen.id
            self._wanted = key
            self._audit.do(lambda s: subjects.move(s, audit, key, steps))

    @Slot()
    def _on_remove(self) -> None:
        chosen: Subject | None = self.table.value()
        if chosen is not None:
            audit, key = self._audit.audit_id, chosen.id
            self._audit.do(lambda s: subjects.remove(s, audit, key))


def _name(subject: Subject) -> str:
    return subject.label


def _kind(subject: Subject) -> str:
    return _WORDS[subject.kind]
