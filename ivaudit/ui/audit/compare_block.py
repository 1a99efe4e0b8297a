"""One checklist compared over several dates: counts, scores, chart, points, and what is left out."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ivaudit.domain.charts import described
from ivaudit.domain.comparison import (
    Comparison,
    Row,
    chart_of,
    divergence,
    evolution,
    headed,
    moved,
    named,
    obtained,
)
from ivaudit.domain.comparison_sheet import DECLARED, comparison_sheet, left_out, sentences
from ivaudit.ui.audit.drawn import Drawn
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.controls import Combo, button, called, card, column_in, label, row, say
from ivaudit.ui.french import count
from ivaudit.ui.table import Column, Table

_LEAST = 220
_VIEW = 26


class CompareBlock(QWidget):
    """`criterion_wanted(id)` goes to a point of the grid, `said(str)` tells that something was copied."""

    criterion_wanted = Signal(str)
    said = Signal(str)

    def __init__(self, found: Comparison, rank: int) -> None:
        super().__init__()
        self.found = found
        called(self, f"compare_block_{rank}", found.title)
        self.counts = flowing(label("", f"compare_counts_{rank}", "strong"))
        self.scores = flowing(label("", f"compare_scores_{rank}"))
        self.declared = flowing(label("", f"compare_declared_{rank}", "muted"))
        self.chart = Drawn(f"compare_chart_{rank}", "Graphique des scores sur les points communs")
        self.view = Combo(f"compare_view_{rank}", "Points montrés")
        self.view.setMinimumContentsLength(_VIEW)
        self.copy = button("Copier le tableau", f"compare_copy_{rank}", "quiet")
        self.table = Table(f"compare_points_{rank}", "Points comparés", self._columns(), flat=True)
        self.left_out = flowing(label("", f"compare_left_out_{rank}", "muted"))
        frame, inner = card(f"compare_card_{rank}")
        inner.addWidget(label(bound(found.title), f"compare_title_{rank}", "heading"))
        for part in (self.counts, self.scores, self.declared, self.chart):
            inner.addWidget(part)
        inner.addLayout(row(self.view, None, self.copy))
        self.table.setMinimumHeight(_LEAST)
        inner.addWidget(self.table)
        inner.addWidget(self.left_out)
        column_in(self).addWidget(frame)
        self.view.activated.connect(self._on_view)
        self.copy.clicked.connect(self._on_copy)
        self.table.opened.connect(self._on_opened)
        self._show()

    def draw(self) -> None:
        """Draw the chart, for the present look of the window."""
        if any(score is not None for score in self.found.scores):
            chart = chart_of(self.found)
            self.chart.show_drawing(chart, described(chart), partial(_drawn, self.found))

    def _columns(self) -> tuple[Column, ...]:
        found = self.found
        columns = [
            Column(title="N°", text=lambda each: each.number),
            Column(title="Point", text=_question, stretch=True),
        ]
        for at, each in enumerate(found.columns):
            columns.append(Column(title=headed(each), text=partial(_earned, at)))
        if found.steps:
            columns.append(Column(title="Évolution", text=partial(evolution, found)))
        if found.gap is not None:
            columns.append(Column(title="Déclaré / vu", text=partial(divergence, found)))
        return tuple(columns)

    def _show(self) -> None:
        found = self.found
        say(self.counts, bound("\n".join(sentences(found))))
        scores = ", ".join(
            f"{named(column)} : {'pas de score' if score is None else f'{score} sur 100'}"
            for column, score in zip(found.columns, found.scores, strict=True)
        )
        common = count(len(found.rows), "point commun", "points communs")
        say(self.scores, bound(f"Score sur {common}. {scores}.") if found.rows else "")
        say(self.declared, bound(DECLARED) if found.mixed else "")
        lines = list(left_out(found))
        say(self.left_out, bound("Laissés de côté\n" + "\n".join(lines)) if lines else "")
        changed = moved(found)
        self.view.addItem(f"Points qui diffèrent ({len(changed)})")
        self.view.addItem(f"Tous les points communs ({len(found.rows)})")
        for part in (self.view, self.copy, self.table):
            part.setVisible(bool(found.rows))
        self.table.values.show_values(changed)

    @Slot(int)
    def _on_view(self, at: int) -> None:
        self.table.values.show_values(self.found.rows if at else moved(self.found))
        self.table.choose(0)

    @Slot()
    def _on_copy(self) -> None:
        """Copy the points that are listed, as a spreadsheet takes them."""
        sheet = comparison_sheet(self.found)
        listed = {each.number for each in self.table.values.rows}
        rows = [sheet.heads, *(each for each in sheet.rows if each[0] in listed)]
        text = "\n".join(
            "\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in line) for line in rows
        )
        QGuiApplication.clipboard().setText(text)
        self.said.emit(f"Tableau copié : {count(len(rows) - 1, 'point', 'points')}.")

    @Slot(object)
    def _on_opened(self, shown: Row) -> None:
        self.criterion_wanted.emit(shown.criterion)


def flowing(text: QLabel) -> QLabel:
    """Let a long text in a page that scrolls ask for its height at the width it has, and no more."""
    policy = text.sizePolicy()
    policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
    text.setSizePolicy(policy)
    return text


def _question(shown: Row) -> str:
    return bound(f"▲ {shown.question}" if shown.critical else shown.question)


def _earned(at: int, shown: Row) -> str:
    return obtained(shown.earned[at])


def _drawn(found: Comparison, width: int, dark: bool) -> bytes:
    from ivaudit.app import comparisons  # noqa: PLC0415 - reportlab takes 0.3 s to import

    return comparisons.chart_png(found, width=width, dark=dark)
