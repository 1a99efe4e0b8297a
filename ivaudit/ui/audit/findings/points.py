"""The points a finding rests on, and which subject it is about: attached and detached by one button."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ivaudit.domain.audit import STRUCTURE
from ivaudit.domain.findings import Finding
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.audit.subjects.bar import WHOLE
from ivaudit.ui.controls import Combo, button, column_in, label, row, say
from ivaudit.ui.theme import Space

_NONE = "Sans point rattaché"


class FindingPoints(QWidget):
    """`criteria_changed(tuple of ids)`, `subject_changed(id)`, `point_wanted(id)` goes to the first point."""

    criteria_changed = Signal(object)
    subject_changed = Signal(str)
    point_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("finding_points_box")
        self._finding: Finding | None = None
        self._texts: Mapping[str, str] = {}
        self.points = label("", "finding_points", "muted")
        self.goto = button("Voir le point", "finding_goto", "quiet")
        self.choice = Combo("finding_point", "Point à rattacher")
        self.link = button("Rattacher", "finding_link", "quiet")
        self.subject_title = label("Sujet", "finding_subject_label", wrap=False)
        self.subject = Combo("finding_subject", "Sujet du constat")
        self.subject_title.setBuddy(self.subject)
        column = column_in(self, spacing=Space.TINY)
        first = row(self.points, self.goto)
        first.setStretch(0, 1)
        column.addLayout(first)
        second = row(self.choice, self.link)
        second.setStretch(0, 1)
        column.addLayout(second)
        third = row(self.subject_title, self.subject)
        third.setStretch(1, 1)
        column.addLayout(third)
        self.goto.clicked.connect(self._on_goto)
        self.choice.currentIndexChanged.connect(self._show_link)
        self.link.clicked.connect(self._on_link)
        self.subject.activated.connect(self._on_subject)

    def offer(
        self, points: Mapping[str, str], subjects: Sequence[tuple[str, str]], *, current: str = ""
    ) -> None:
        """Take what may be chosen.

        Args:
            points: «1.3  Question» by id of criterion, in order.
            subjects: (id, name) of the subjects beside the whole structure.
            current: the criterion to begin with.
        """
        self._texts = points
        chosen = self.choice.currentData() or current
        self.choice.clear()
        for key, text in points.items():
            self.choice.addItem(text, key)
        self.choice.setCurrentIndex(max(0, self.choice.findData(chosen)))
        self.subject.clear()
        for key, text in ((STRUCTURE, WHOLE), *subjects):
            self.subject.addItem(text, key)
        for part in (self.subject, self.subject_title):
            part.setVisible(bool(subjects))

    def show_finding(self, finding: Finding) -> None:
        """Show what a finding rests on."""
        self._finding = finding
        known = [self._texts[key] for key in finding.criteria if key in self._texts]
        say(self.points, bound("\n".join(known) or _NONE))
        self.goto.setVisible(bool(known))
        self.subject.setCurrentIndex(max(0, self.subject.findData(finding.subject)))
        self._show_link()

    def _attached(self) -> bool:
        return self._finding is not None and self.choice.currentData() in self._finding.criteria

    @Slot()
    def _show_link(self) -> None:
        text = "Détacher" if self._attached() else "Rattacher"
        self.link.setText(text)
        self.link.setAccessibleName(f"{text} ce point")
        self.link.setEnabled(bool(self.choice.count()))

    @Slot()
    def _on_link(self) -> None:
        key = self.choice.currentData()
        if self._finding is None or not key:
            return
        criteria = self._finding.criteria
        kept = tuple(each for each in criteria if each != key) if self._attached() else (*criteria, key)
        self.criteria_changed.emit(kept)

    @Slot(int)
    def _on_subject(self, at: int) -> None:
        self.subject_changed.emit(str(self.subject.itemData(at)))

    @Slot()
    def _on_goto(self) -> None:
        if self._finding is not None and self._finding.criteria:
            self.point_wanted.emit(self._finding.criteria[0])
