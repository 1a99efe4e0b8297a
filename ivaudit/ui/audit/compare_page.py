"""Comparing the audit with others of its structure: which ones, what changed, and taking it away."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ivaudit.app import comparisons
from ivaudit.domain.comparison import FEWEST, MOST, SELF, Comparison
from ivaudit.domain.comparison_sheet import NOTICE
from ivaudit.domain.errors import KnownError
from ivaudit.domain.progress import Progress
from ivaudit.domain.tone import Tone
from ivaudit.ui import theme
from ivaudit.ui.audit.compare_block import CompareBlock, flowing
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.controls import button, called, column_in, emptied, label, row, say, scrolling
from ivaudit.ui.french import short_date
from ivaudit.ui.job_bar import JobBar, Stopping
from ivaudit.ui.theme import Space

if TYPE_CHECKING:
    from ivaudit.app.session import Session
    from ivaudit.domain.audit import Audit

_ALONE = (
    "Aucun autre audit de cette structure n'a de grille commune avec celui-ci : il n'y a rien à comparer "
    "pour l'instant."
)
_FEW = "Choisissez au moins un audit à comparer à celui-ci."
_NOTHING = "Ces audits n'ont aucune grille en commun."
_KINDS = "Classeur Excel (*.xlsx);;Liste CSV (*.csv);;Graphique (*.png)"

Candidates = tuple[tuple["Audit", ...], tuple["Audit", ...]]


def _candidates(audit: str, session: "Session") -> Candidates:
    return comparisons.candidates(session, audit), comparisons.beside(session, audit)


def _compared(keys: tuple[str, ...], session: "Session") -> tuple[Comparison, ...]:
    return comparisons.compare(session, keys)


def _written(found: tuple[Comparison, ...], path: Path, progress: Progress, stopping: Stopping) -> Path:
    return comparisons.write(found, path, progress=progress, cancelled=stopping)


class ComparePage(QWidget):
    """The page; `left` goes back to the synthesis, `criterion_wanted(id)` to a point of the grid."""

    left = Signal()
    criterion_wanted = Signal(str)

    def __init__(self, audit: OpenAudit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "compare_page", "Comparer des audits")
        self._audit = audit
        self._found: tuple[Comparison, ...] = ()
        self._asked: tuple[str, ...] = ()
        self.boxes: dict[str, QCheckBox] = {}
        self.blocks: list[CompareBlock] = []
        self.back = button("Revenir à la synthèse", "compare_back", "quiet")
        self.choices = called(Flow(), "compare_choices", "Audits à comparer")
        self.note = label("", "compare_note", "muted")
        self.export = button("Exporter la comparaison…", "compare_export")
        self.bar = JobBar("compare_job")
        self._results: QVBoxLayout
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        inside = QWidget()
        self.area = scrolling(inside, "compare_scroll", "Comparer des audits")
        column_in(self).addWidget(self.area)
        column = column_in(inside, 0, Space.SMALL)
        title = label("Comparer avec d'autres audits de la structure", "compare_heading", "heading")
        head = row(title, self.back)
        head.setStretch(0, 1)
        column.addLayout(head)
        column.addWidget(self.choices)
        column.addWidget(self.note)
        column.addLayout(row(self.export, None))
        column.addWidget(self.bar)
        results = QWidget()
        self._results = column_in(results, 0, Space.MEDIUM)
        column.addWidget(results)
        column.addWidget(flowing(label(bound(NOTICE), "compare_notice", "muted")))
        column.addStretch(1)

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.export.clicked.connect(self._on_export)
        self.bar.unexpected.connect(self._audit.writer.failed)
        self.bar.busy.connect(self.export.setDisabled)
        theme.notice().changed.connect(self._on_look)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.left)

    def enter(self) -> None:
        """Be shown: read which audits there are, and compare again."""
        self._audit.writer.submit(partial(_candidates, self._audit.audit_id), done=self._on_candidates)

    # -- choosing

    @Slot(object)
    def _on_candidates(self, found: Candidates) -> None:
        others, usual = found
        if list(self.boxes) != [each.id for each in others]:
            checked = {key for key, box in self.boxes.items() if box.isChecked()}
            wanted = checked or {each.id for each in usual}
            self.choices.take_all()
            self.boxes = {each.id: self._box(each, on=each.id in wanted) for each in others}
        first = next(iter(self.boxes.values()), self.back)
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._compare()

    def _box(self, audit: "Audit", *, on: bool) -> QCheckBox:
        kind = self._audit.loaded.vocabulary.label("audit_kinds", audit.kind)
        declared = " (déclaratif)" if audit.kind == SELF else ""
        text = f"{short_date(audit.date)} · {kind}{declared}"
        box = called(QCheckBox(text), f"compare_with_{audit.id}", text)
        box.setToolTip(audit.title)
        box.setChecked(on)
        box.clicked.connect(self._compare)
        self.choices.add(box)
        box.show()
        return box

    @Slot()
    def _compare(self) -> None:
        chosen = tuple(key for key, box in self.boxes.items() if box.isChecked())
        for box in self.boxes.values():
            box.setEnabled(box.isChecked() or len(chosen) < MOST - 1)
        self._asked = (self._audit.audit_id, *chosen)
        if len(self._asked) < FEWEST:
            self._show((), _FEW if self.boxes else _ALONE)
            return
        work = partial(_compared, self._asked)
        self._audit.writer.submit(work, done=partial(self._on_compared, self._asked), failed=self._on_refused)

    def _on_compared(self, asked: tuple[str, ...], found: tuple[Comparison, ...]) -> None:
        if asked == self._asked:
            day = short_date(self._audit.loaded.sheet.audit.date)
            self._show(
                found, f"Cet audit ({day}) et ceux qui sont cochés, {MOST} au plus." if found else _NOTHING
            )

    def _on_refused(self, error: KnownError) -> None:
        self._show((), error.sentence)
        theme.mark(self.note, tone=Tone.BAD.value)

    # -- showing

    def _show(self, found: tuple[Comparison, ...], sentence: str) -> None:
        say(self.note, bound(sentence), Tone.NEUTRAL)
        self.export.setVisible(bool(found))
        if found == self._found:
            return
        self._found = found
        self.bar.clear()
        emptied(self._results)
        self.blocks = [CompareBlock(each, rank) for rank, each in enumerate(found, 1)]
        for block in self.blocks:
            block.criterion_wanted.connect(self.criterion_wanted)
            block.said.connect(self._audit.said)
            self._results.addWidget(block)
            block.draw()

    @Slot()
    def _on_look(self) -> None:
        for block in self.blocks:
            block.draw()

    # -- taking away

    @Slot()
    def _on_export(self) -> None:
        day = self._audit.loaded.sheet.audit.date
        name = comparisons.file_name(day, self._audit.loaded.sheet.facility.name)
        self.bar.ask_where(name, self.write, kinds=_KINDS)

    def write(self, path: Path) -> None:
        """Write the comparison there: a workbook, CSV or the chart, as the name of the file says."""
        self.bar.start(partial(_written, self._found, path), self.bar.made)
