"""One finding: its grade, its cause, its texts, and what does not wait."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFormLayout, QWidget

from ivaudit.domain.findings import Cause, Finding, Grade, Urgency
from ivaudit.domain.review import row_of_finding
from ivaudit.domain.tone import Tone
from ivaudit.ui import french, tab_order
from ivaudit.ui.audit.findings.points import FindingPoints
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.review.comment_box import CommentBox
from ivaudit.ui.audit.text_entry import TextEntry
from ivaudit.ui.controls import Combo, Line, button, called, column_in, label, say
from ivaudit.ui.theme import Space

_BAD_MOMENT = "Le moment s'écrit comme 14:05, ou 21/11/2026 14:05."


class FindingEditor(QWidget):
    """One finding.

    `edited(dict)` carries changed fields, `urgency_changed(Urgency | None)`, `drafted(field, text)` and
    `written(field, text)` its texts, `cleared(text)` what is said to be nobody's identity, `removed()` takes
    it away, `action_wanted()` adds an action to it, `point_wanted(criterion)` goes to a point.
    """

    edited = Signal(object)
    urgency_changed = Signal(object)
    drafted = Signal(str, str)
    written = Signal(str, str)
    cleared = Signal(str)
    removed = Signal()
    action_wanted = Signal()
    point_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("finding_editor")
        self.finding: Finding | None = None
        self._comments: CommentBox | None = None
        self.day = ""
        """The day of the visit, `AAAA-MM-JJ`: that of a moment typed without one."""
        self.points = FindingPoints()
        self.grade = Combo("finding_grade", "Gravité")
        for grade in Grade:
            self.grade.addItem(grade.value.capitalize(), grade.value)
        self.cause = Combo("finding_cause", "Cause")
        self.cause.addItem("—", "")
        for cause in Cause:
            self.cause.addItem(cause.value.capitalize(), cause.value)
        self.text = TextEntry("finding_text", "Constat", "Ce qui a été vu, factuel, repris dans le rapport.")
        self.recommendation = TextEntry(
            "finding_recommendation", "Recommandation", "Ce qui est proposé ; celle du critère par défaut."
        )
        self.urgent = called(
            QCheckBox("À traiter sans attendre"), "finding_urgent", "À traiter sans attendre"
        )
        self.told = Line("finding_told", "Qui a été prévenu, par fonction")
        self.told_at = Line("finding_told_at", "Quand")
        self.done = Line("finding_done", "Ce qui a été fait")
        self.problem = label("", "finding_urgency_problem")
        self.action = button("Ajouter une action", "finding_action")
        self.remove = button("Retirer le constat", "finding_remove", "quiet")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        fields = QFormLayout()
        fields.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        fields.setSpacing(Space.SMALL)
        for widget in (self.grade, self.cause):
            caption = label(widget.accessibleName(), f"{widget.objectName()}_label", wrap=False)
            caption.setBuddy(widget)
            fields.addRow(caption, widget)
        self.urgency = QWidget()
        self.urgency.setObjectName("finding_urgency")
        urgent = QFormLayout(self.urgency)
        urgent.setContentsMargins(0, 0, 0, 0)
        urgent.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for line in (self.told, self.told_at, self.done):
            caption = label(line.accessibleName(), f"{line.objectName()}_label", wrap=False)
            caption.setBuddy(line)
            urgent.addRow(caption, line)
        urgent.addRow(self.problem)
        say(self.problem, "")
        self.told_at.setPlaceholderText("14:05, ou 21/11/2026 14:05")
        column = column_in(self, spacing=Space.SMALL)
        column.addLayout(fields)
        column.addWidget(self.points)
        texts = QWidget()
        self._texts = column_in(texts, spacing=Space.SMALL)
        self._texts.addWidget(self.text)
        self._texts.addWidget(self.recommendation)
        column.addWidget(texts)
        column.addWidget(self.urgent)
        column.addWidget(self.urgency)
        tools = called(Flow(), "finding_tools", "Ce constat")
        for tool in (self.action, self.remove):
            tools.add(tool)
        column.addWidget(tools)
        column.addStretch(1)

    def _connect(self) -> None:
        self.grade.activated.connect(self._on_fields)
        self.cause.activated.connect(self._on_fields)
        self.urgent.clicked.connect(self._on_urgency)
        for line in (self.told, self.told_at, self.done):
            line.editingFinished.connect(self._on_urgency)
        self.text.drafted.connect(self._on_text_drafted)
        self.text.settled.connect(self._on_text)
        self.text.cleared.connect(self.cleared)
        self.recommendation.cleared.connect(self.cleared)
        self.recommendation.drafted.connect(self._on_recommendation_drafted)
        self.recommendation.settled.connect(self._on_recommendation)
        self.remove.clicked.connect(self.removed)
        self.action.clicked.connect(self.action_wanted)
        self.points.criteria_changed.connect(self._on_criteria)
        self.points.subject_changed.connect(self._on_subject)
        self.points.point_wanted.connect(self.point_wanted)

    def show_finding(self, finding: Finding | None) -> None:
        """Show a finding, or nothing."""
        same = finding is not None and self.finding is not None and finding.id == self.finding.id
        if not same:
            self.settle()
        self.finding = finding
        self.setVisible(finding is not None)
        if self._comments is not None:
            self._comments.show_row(row_of_finding(finding.id) if finding is not None else "")
        if finding is None:
            return
        self.points.show_finding(finding)
        self.grade.setCurrentIndex(self.grade.findData(finding.grade.value))
        self.cause.setCurrentIndex(max(0, self.cause.findData(str(finding.cause or ""))))
        for entry, text in ((self.text, finding.text), (self.recommendation, finding.recommendation)):
            if same:
                entry.refresh(text)
            else:
                entry.load(text)
        self._show_urgency(finding.urgency, same=same)

    def _show_urgency(self, urgency: Urgency | None, *, same: bool) -> None:
        self.urgent.setChecked(urgency is not None)
        self.urgency.setVisible(urgency is not None)
        shown = urgency or Urgency()
        values = (
            (self.told, shown.told),
            (self.told_at, french.short_moment(shown.at)),
            (self.done, shown.done),
        )
        for line, text in values:
            if not (same and line.hasFocus()):
                line.setText(text)
                line.setCursorPosition(0)  # its beginning is read first

    def show_comments(self, box: CommentBox) -> None:
        """Show the remarks of the facility below the texts."""
        self._comments = box
        self._texts.addWidget(box)
        tab_order.follow(self.recommendation.editor, box.stops)
        if self.finding is not None:
            box.show_row(row_of_finding(self.finding.id))

    def settle(self) -> None:
        """Hand over what is being typed."""
        if self.finding is None:
            return
        self.text.settle()
        self.recommendation.settle()
        if self._comments is not None:
            self._comments.settle()
        if self.finding.urgency is not None:
            self._on_urgency()

    @Slot()
    def _on_fields(self) -> None:
        self.edited.emit({"grade": Grade(self.grade.currentData()), "cause": str(self.cause.currentData())})

    @Slot()
    def _on_urgency(self) -> None:
        if self.finding is None:
            return
        wanted = None
        if self.urgent.isChecked():
            typed = self.told_at.text().strip()
            at = french.typed_moment(typed, self.day) if typed else ""
            say(self.problem, "" if at is not None else _BAD_MOMENT, Tone.MIDDLE)
            kept = self.finding.urgency or Urgency()
            moment = kept.at if at is None else at
            wanted = Urgency(told=self.told.text().strip(), at=moment, done=self.done.text().strip())
        if wanted != self.finding.urgency:
            self.urgency_changed.emit(wanted)

    @Slot(str)
    def _on_text_drafted(self, text: str) -> None:
        self.drafted.emit("text", text)

    @Slot(str)
    def _on_text(self, text: str) -> None:
        self.written.emit("text", text)

    @Slot(str)
    def _on_recommendation_drafted(self, text: str) -> None:
        self.drafted.emit("recommendation", text)

    @Slot(str)
    def _on_recommendation(self, text: str) -> None:
        self.written.emit("recommendation", text)

    @Slot(object)
    def _on_criteria(self, criteria: tuple[str, ...]) -> None:
        self.edited.emit({"criteria": criteria})

    @Slot(str)
    def _on_subject(self, subject: str) -> None:
        self.edited.emit({"subject": subject})
