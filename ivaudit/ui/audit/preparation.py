"""*Préparation*: what the audit is, its frozen grids and their newer versions, and the form of the visit."""

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFormLayout, QWidget

from ivaudit.app import versions
from ivaudit.app.versions import Step
from ivaudit.domain.audit import AuditState
from ivaudit.domain.forms import Form
from ivaudit.domain.tone import Tone
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.audit.questionnaire_card import QuestionnaireCard
from ivaudit.ui.audit.subjects.card import SubjectsCard
from ivaudit.ui.audit.team.desk import TeamDesk
from ivaudit.ui.audit.version_text import counts_sentence
from ivaudit.ui.controls import Combo, Line, button, card, column_in, label, row, say, scrolling
from ivaudit.ui.evidence.book import EvidenceBook
from ivaudit.ui.evidence.register import DocumentRegister
from ivaudit.ui.form_editor import FormEditor
from ivaudit.ui.french import count, short_date, typed_date
from ivaudit.ui.theme import Space

_BAD_DATE = "La date s'écrit comme 21/11/2026."


class Preparation(QWidget):
    """Fields of the audit first, then the form; each is recorded when it is left.

    `versions_wanted` asks for what newer versions of the grids change.
    """

    versions_wanted = Signal()

    def __init__(
        self, audit: OpenAudit, book: EvidenceBook, team: TeamDesk, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("preparation")
        self.setAccessibleName("Préparation")
        self._audit = audit
        loaded = audit.loaded
        self.title = Line("audit_title_field", "Titre de l'audit")
        self.title.setPlaceholderText("Facultatif : sinon, la sorte d'audit et sa date")
        self.date = Line("audit_date", "Date de la visite")
        self.date_problem = label("", "audit_date_problem", "muted")
        self.kind = Combo("audit_kind", "Sorte d'audit")
        for term in loaded.vocabulary.audit_kinds:
            self.kind.addItem(term.label, term.id)
        self.state = Combo("audit_state", "État de l'audit")
        for state in AuditState:
            self.state.addItem(state.value.capitalize(), state.value)
        self.subjects = SubjectsCard(audit)
        self.team = team.card()
        self.register = DocumentRegister(audit, book)
        self.form = FormEditor(_without_documents(loaded.form), loaded.vocabulary, gradual=True)
        self._lay_out()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        # From the outside in: a widget takes its style again each time one around it changes hands.
        inside = QWidget()
        column_in(self).addWidget(scrolling(inside, "preparation_scroll", "Préparation"))
        column = column_in(inside, 0, Space.MEDIUM)
        frame, inner = card("audit_fields")
        inner.addWidget(label("L'audit", "audit_fields_title", "heading"))
        fields = QFormLayout()
        fields.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        fields.setSpacing(Space.SMALL)
        for text, field in (
            ("Titre", self.title),
            ("Date de la visite", self.date),
            ("Sorte d'audit", self.kind),
            ("État", self.state),
        ):
            caption = label(text, f"{field.objectName()}_label", wrap=False)
            caption.setBuddy(field)
            fields.addRow(caption, field)
        inner.addLayout(fields)
        inner.addWidget(self.date_problem)
        self.trail = button(
            "Journal de cet audit…", "audit_trail", "quiet", "Qui a changé quoi dans cet audit"
        )
        inner.addLayout(row(self.trail, None))
        self.date_problem.hide()
        column.addWidget(frame)
        column.addWidget(self._versions())
        column.addWidget(self._checklists())
        column.addWidget(self.subjects)
        column.addWidget(self.team)
        column.addWidget(self.register)
        frame, inner = card("audit_questionnaire_card")
        self.questionnaire = QuestionnaireCard(self._audit)
        inner.addWidget(self.questionnaire)
        column.addWidget(frame)
        column.addWidget(self.form)
        column.addStretch(1)  # wrapped texts ask for more than they take: it goes here, not between them

    def _checklists(self) -> QWidget:
        frame, inner = card("audit_checklists")
        inner.addWidget(label("Grilles de cet audit", "checklists_title", "heading"))
        inner.addWidget(
            label(
                "L'audit garde la copie exacte de ses grilles : une version nouvelle n'y change rien.",
                "checklists_help",
                "muted",
            )
        )
        for checklist in self._audit.loaded.sheet.checklists:
            points = sum(1 for _ in checklist.points())
            text = (
                f"{checklist.title}\n{checklist.id}, version {checklist.version} · {checklist.edition}"
                f" · {count(points, 'point', 'points')}"
            )
            inner.addWidget(label(text, f"checklist_{checklist.id}"))
        return frame

    def _versions(self) -> QWidget:
        """Return the card that says that a grid has a newer version, hidden until one has."""
        self.versions_card, inner = card("audit_versions")
        inner.addWidget(label("Nouvelle version de la grille", "audit_versions_title", "heading"))
        self.versions_text = label("", "audit_versions_text")
        self.versions_open = button("Voir ce qui change…", "audit_versions_open")
        inner.addWidget(self.versions_text)
        inner.addLayout(row(self.versions_open, None))
        self.versions_card.hide()
        return self.versions_card

    def _connect(self) -> None:
        self.versions_open.clicked.connect(self.versions_wanted)
        self.title.editingFinished.connect(self._on_title)
        self.date.editingFinished.connect(self._on_date)
        self.kind.activated.connect(self._on_kind)
        self.state.activated.connect(self._on_state)
        self.form.field_changed.connect(self._on_field)
        self._audit.details_changed.connect(self._show)
        self._audit.refused.connect(self._on_refused)
        self._audit.opened.connect(self._show)

    def enter(self) -> None:
        """Be shown."""
        self._show()
        self.team.enter()
        self._read_versions()

    def _read_versions(self) -> None:
        audit = self._audit.audit_id
        self._audit.writer.submit(lambda session: versions.steps(session, audit), done=self._on_versions)

    @Slot(object)
    def _on_versions(self, found: tuple[Step, ...]) -> None:
        say(self.versions_text, bound("\n".join(map(_step_sentence, found))), Tone.NEUTRAL)
        self.versions_card.setVisible(bool(found))
        waits = all(step.moved for step in found)
        text = "Reconfirmer…" if waits else "Voir ce qui change…"
        self.versions_open.setText(text)
        self.versions_open.setAccessibleName(text)

    def settle(self) -> None:
        """Hand over what is being typed."""
        self._on_title()
        self._on_date()
        self.form.settle()
        self.team.settle()

    @Slot()
    def _show(self) -> None:
        sheet = self._audit.loaded.sheet
        audit = sheet.audit
        if not self.title.hasFocus():
            self.title.setText(audit.title)
        if not self.date.hasFocus():
            self.date.setText(short_date(audit.date))
        self.kind.setCurrentIndex(self.kind.findData(audit.kind))
        self.state.setCurrentIndex(self.state.findData(audit.state.value))
        if not self._audit.fields_under_way:  # what was read before them is shown when they are back
            self.form.set_values(sheet.forms.get(self.form.form.id, {}))

    @Slot()
    def _on_title(self) -> None:
        if self.title.text().strip() != self._audit.loaded.sheet.audit.title:
            self._audit.edit(title=self.title.text())

    @Slot()
    def _on_date(self) -> None:
        day = typed_date(self.date.text())
        say(self.date_problem, "" if day else _BAD_DATE)
        if day and day != self._audit.loaded.sheet.audit.date:
            self._audit.edit(date=day)

    @Slot(int)
    def _on_kind(self, at: int) -> None:
        self._audit.edit(kind=self.kind.itemData(at))

    @Slot(int)
    def _on_state(self, at: int) -> None:
        self._audit.edit(state=self.state.itemData(at))

    @Slot(str)
    def _on_refused(self, _sentence: str) -> None:
        """Show again what is recorded: what was chosen was not."""
        self._show()

    @Slot(str, object)
    def _on_field(self, name: str, value: object) -> None:
        self._audit.set_field(name, value)


def _without_documents(form: Form) -> Form:
    """Return the form of the visit without its list of documents: the register holds them."""
    return replace(form, sections=tuple(each for each in form.sections if each.id != "documents"))


def _step_sentence(step: Step) -> str:
    """Return what a newer version offers, or what the last one left to confirm."""
    if step.moved:
        left = count(len(step.waiting), "réponse reste", "réponses restent")
        return f"{step.new.title}, version {step.new.version} : {left} à reconfirmer."
    return (
        f"{step.new.title} : la version {step.new.version} est dans la bibliothèque, l'audit utilise la "
        f"{step.old.version}. {counts_sentence(step)}"
    )
