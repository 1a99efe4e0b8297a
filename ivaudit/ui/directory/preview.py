"""What importing a directory would do: what it holds, what changes, department by department."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ivaudit.domain import directory_words as words
from ivaudit.domain.directory import DepartmentTally, DirectoryPreview
from ivaudit.domain.tone import Tone
from ivaudit.ui import french
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.controls import button, column_in, label, row, say, scrolling
from ivaudit.ui.table import Column, Table
from ivaudit.ui.theme import Space

_LEAST = 160


class DirectoryPreviewView(QWidget):
    """The preview; `accepted()` to import, `left()` to import nothing."""

    accepted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("directory_preview")
        self.title = label("", "directory_preview_title", "heading")
        self.held = label("", "directory_preview_held")
        self.changed = label("", "directory_preview_changed")
        self.cautions = label("", "directory_preview_cautions")
        self.departments = Table("directory_departments", "Par département", _COLUMNS, flat=True)
        self.departments.setMinimumHeight(_LEAST)
        self.go = button("Importer cet annuaire", "directory_accept", "primary")
        self.back = button("Ne rien importer", "directory_give_up", "quiet")
        inside = QWidget()
        column_in(self).addWidget(scrolling(inside, "directory_preview_scroll", "Aperçu de l'annuaire"))
        column = column_in(inside, spacing=Space.SMALL)
        for part in (self.title, self.held, self.changed, self.cautions):
            column.addWidget(part)
        column.addWidget(self.departments, 1)
        column.addLayout(row(self.go, self.back, None))
        self.go.clicked.connect(self.accepted)
        self.back.clicked.connect(self.left)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.left)

    def show_preview(self, preview: DirectoryPreview) -> None:
        """Show what a file holds; nothing is imported yet."""
        say(self.title, f"Aperçu de « {preview.state.source} »")
        say(self.held, bound(words.held(preview)))
        say(self.changed, bound(words.changed(preview)))
        lines = [*words.cautions(preview), *preview.problems]
        say(self.cautions, bound("\n".join(lines)), Tone.MIDDLE)
        self.departments.values.show_values(preview.departments)
        self.departments.choose(0)
        self.go.setVisible(not preview.same_file)
        (self.back if preview.same_file else self.go).setFocus(Qt.FocusReason.OtherFocusReason)


def _name(each: DepartmentTally) -> str:
    return " ".join(filter(None, (each.code or "Non indiqué", each.label)))


_COLUMNS = (
    Column(title="Département", text=_name, key=lambda each: each.code, stretch=True),
    Column(
        title="ET", text=lambda each: french.number(each.tally.sites), key=lambda e: e.tally.sites, right=True
    ),
    Column(
        title="EJ",
        text=lambda each: french.number(each.tally.entities),
        key=lambda e: e.tally.entities,
        right=True,
    ),
    Column(
        title="Fermés",
        text=lambda each: french.number(each.tally.closed),
        key=lambda e: e.tally.closed,
        right=True,
    ),
    Column(
        title="ET en place",
        text=lambda each: french.number(each.before.sites),
        key=lambda e: e.before.sites,
        right=True,
    ),
)
