"""What the previews of returned files share: their layout, their remarks on the file, their button."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QWidget

from ivaudit.domain.sheet_problems import SheetProblem
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.controls import called, card, column_in, label, row, say, scrolling
from ivaudit.ui.table import Column, Table
from ivaudit.ui.theme import Space

_LEAST_SIDE = 96


def lay_out(
    page: QWidget,
    name: str,
    *,
    head: tuple[QLabel, QPushButton],
    above: Sequence[QWidget],
    tables: Sequence[QWidget],
    least: int,
    below: Sequence[tuple[QWidget, int]],
    tools: Sequence[QWidget],
    result: QLabel,
) -> QStackedWidget:
    """Lay a preview out, from its title down to what came of it.

    Args:
        page: the preview.
        name: what the names of its parts start with.
        head: its title, and the button that goes back.
        above: what stands over the tables.
        tables: shown in turn.
        least: height of a table under which the page scrolls, in pixels.
        below: what tells of the current row, with how much of the room it takes.
        tools: the gestures.
        result: where it is said what came of them.

    Returns:
        The stack of the tables.
    """
    # At 200 % on a small screen all this is higher than the window: it is scrolled rather than squeezed.
    inside = QWidget()
    column_in(page).addWidget(scrolling(inside, f"{name}_scroll", page.accessibleName()))
    column = column_in(inside, 0, Space.SMALL)
    first = row(*head)
    first.setStretch(0, 1)
    column.addLayout(first)
    for part in above:
        column.addWidget(part)
    stack = QStackedWidget()
    stack.setObjectName(f"{name}_stack")
    for table in tables:
        table.setMinimumHeight(least)
        stack.addWidget(table)
    column.addWidget(stack, 3)
    for part, share in below:
        column.addWidget(part, share)
    gestures = called(Flow(spacing=Space.SMALL), f"{name}_tools", "Gestes")
    for tool in tools:
        gestures.add(tool)
    column.addWidget(gestures)
    column.addWidget(result)
    say(result, "")
    return stack


def beside(mine: tuple[str, QLabel], theirs: tuple[str, QLabel]) -> QWidget:
    """Return two texts side by side, each under its title, each scrolled where it is long."""
    made = QWidget()
    line = row(_side(*mine), _side(*theirs))
    line.setContentsMargins(0, 0, 0, 0)
    made.setLayout(line)
    return made


def reading(table: Table, text: tuple[str, QLabel]) -> QWidget:
    """Return a list beside the text of its current row, under its title."""
    made = QWidget()
    line = row(table, _side(*text))
    line.setContentsMargins(0, 0, 0, 0)
    line.setStretch(0, 3)
    line.setStretch(1, 2)
    made.setLayout(line)
    return made


def leave_by_escape(page: QWidget, left: Callable[[], None]) -> None:
    """Leave a preview by Échap, whatever part of it has the keys."""
    escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), page)
    escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    escape.activated.connect(left)


def repaint_rows(table: Table) -> None:
    """Show again every cell of a table whose rows are the same and say something else."""
    model = table.values
    if model.rows:
        last = model.index(model.rowCount() - 1, model.columnCount() - 1)
        model.dataChanged.emit(model.index(0, 0), last)


def offer(go: QPushButton, counted: str) -> None:
    """Say on the button how much it imports («3 réponses»), or that there is nothing to."""
    go.setText(f"Importer {counted}" if counted else "Rien à importer")
    go.setAccessibleName(go.text())
    go.setEnabled(bool(counted))


def remarks_columns(title: str) -> tuple[Column, ...]:
    """Return the columns of the remarks on a file: where, and what."""
    return (Column(title="Où", text=_place), Column(title=title, text=_message, stretch=True))


def _side(title: str, text: QLabel) -> QWidget:
    inside = QWidget()
    around = column_in(inside, 0, Space.TINY)
    around.addWidget(label(title, f"{text.objectName()}_title", "strong", wrap=False))
    around.addWidget(text)
    around.addStretch(1)
    frame, inner = card(f"{text.objectName()}_card")
    area = scrolling(inside, f"{text.objectName()}_scroll", title)
    area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    inner.setContentsMargins(Space.SMALL, Space.SMALL, Space.SMALL, Space.SMALL)
    inner.addWidget(area)
    frame.setMinimumHeight(_LEAST_SIDE)
    return frame


def _place(problem: SheetProblem) -> str:
    return problem.place


def _message(problem: SheetProblem) -> str:
    return bound(problem.message)
