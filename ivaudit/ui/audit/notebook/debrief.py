"""Before the debrief, in *Synthèse*: lines nobody attached, sources that differ, answers made of several."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ivaudit.domain.notebook import unattached
from ivaudit.domain.standing import PointStanding, State
from ivaudit.domain.subjects import explained
from ivaudit.domain.tone import Tone
from ivaudit.ui import theme
from ivaudit.ui.audit.notebook.book import NotebookBook
from ivaudit.ui.audit.notebook.line_actions import LineActions
from ivaudit.ui.audit.notebook.lines_model import ShownLine
from ivaudit.ui.audit.notebook.lines_view import LinesView
from ivaudit.ui.audit.notebook.words import disagreement_words, line_words
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.audit.rich_text import RichText
from ivaudit.ui.controls import Combo, button, called, card, column_in, label, row, say
from ivaudit.ui.french import count
from ivaudit.ui.theme import Space

_HELP = (
    "Choisissez le point, puis A sur la ligne ; un chiffre dit aussi ce qu'elle vaut. Une ligne peut "
    "rester sans point."
)
_LINES = 400
_MOST = 40
"""Explanations listed: those that ask for something come first."""


class Debrief(QWidget):
    """What is worth a look before speaking. `criterion_wanted` goes to a point of the grid."""

    criterion_wanted = Signal(str)

    def __init__(self, book: NotebookBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "debrief", "Avant le débriefing")
        self._book = book
        self.count = label("", "debrief_unattached", "heading")
        self.lines = LinesView("debrief_lines", "Lignes de carnet non rattachées", fitted=True)
        self.point = Combo("debrief_point", "Point auquel rattacher")
        self.actions_row = LineActions("debrief_line", self.lines)
        self.actions_row.detach.hide()
        self.disputed_title = label("≠ Sources en désaccord", "debrief_disputed_title", "heading")
        self.disputed = RichText("debrief_disputed", "Sources en désaccord")
        self.several_title = label("Réponses de plusieurs sujets", "debrief_several_title", "heading")
        self.several_open = button("Expliquer", "debrief_several_open", "quiet", "Expliquer ces réponses")
        self.several_open.setCheckable(True)
        self.several_open.toggled.connect(self._on_several)
        self.several = RichText("debrief_several", "Réponses de plusieurs sujets")
        self._lay_out()
        self.lines.attach_wanted.connect(self._on_attach)
        self.lines.valued.connect(self._on_valued)
        self.lines.removed.connect(book.remove)
        self.lines.opened.connect(self.lines.edit_current)
        self.lines.lines.edited.connect(book.rewrite)
        for part in (self.disputed, self.several):
            part.criterion_wanted.connect(self.criterion_wanted)
        book.changed.connect(self.show_book)

    def _lay_out(self) -> None:
        column = column_in(self, spacing=Space.MEDIUM)
        self.unattached, inner = card("debrief_lines_card")
        inner.addWidget(self.count)
        inner.addWidget(label(bound(_HELP), "debrief_help", "muted"))
        inner.addWidget(self.lines)
        inner.addLayout(_stretched(self.point, self.actions_row))
        column.addWidget(self.unattached)
        self.sources = self._framed("debrief_disputed_card", self.disputed_title, self.disputed)
        self.made, several = card("debrief_several_card")
        several.addLayout(row(self.several_title, self.several_open))
        several.addWidget(self.several)
        column.addWidget(self.sources)
        column.addWidget(self.made)

    @staticmethod
    def _framed(name: str, title: QWidget, content: QWidget) -> QFrame:
        frame, inner = card(name)
        inner.addWidget(title)
        inner.addWidget(content)
        return frame

    # -- showing

    def show_standings(self, found: Sequence[PointStanding]) -> None:
        """Show how the answers of several subjects made one."""
        sheet = self._book.audit.loaded.sheet
        concerned = [each for each in found if each.state is not State.NOT_CONCERNED]
        several = [each for each in concerned if len(sheet.subjects) > 1 and explained(sheet, each)]
        several.sort(key=lambda each: (each.state is State.RATED and each.earned == 1, each.earned or 0))
        lines = [
            _line(_link(each.point.number, each.criterion.id), explained(sheet, each))
            for each in several[:_MOST]
        ]
        left = len(several) - _MOST
        more = f"<p>… et {count(left, 'autre point', 'autres points')}.</p>" if left > 0 else ""
        self.several.show_html("".join(lines) + more)
        self.several.setVisible(self.several_open.isChecked())
        points = count(len(several), "point répondu", "points répondus")
        say(self.several_title, f"{points} par plusieurs sujets, ou par le siège" if several else "")
        self.made.setVisible(bool(lines))
        self.show_book()

    @Slot(bool)
    def _on_several(self, on: bool) -> None:
        self.several.setVisible(on)

    @Slot()
    def show_book(self) -> None:
        """Show the notebook as last recorded."""
        audit = self._book.audit
        if not audit.is_open:
            return
        loose = unattached(self._book.lines)
        shown = [
            ShownLine(line=line, words=line_words(line, self._book.person(line.person), audit))
            for line in loose[:_LINES]
        ]
        self.lines.lines.show_lines(shown)
        if not self.lines.current():
            self.lines.go_to(shown[0].line.id if shown else "")
        self.actions_row.show_current()
        many = count(len(loose), "ligne de carnet non rattachée", "lignes de carnet non rattachées")
        say(self.count, many if loose else "")
        self.unattached.setVisible(bool(loose))
        if loose and not self.point.count():
            self._fill_points()
        self._show_disputed()

    def _fill_points(self) -> None:
        audit = self._book.audit
        for at, each in enumerate(audit.rows):
            if audit.positions(each.key)[0] == at:
                self.point.addItem(f"{each.point.number}  {bound(each.criterion.question)}", each.key)
        self.point.setCurrentIndex(max(0, self.point.findData(audit.loaded.position)))

    def _show_disputed(self) -> None:
        audit = self._book.audit
        lines = []
        for each in self._book.disagreements:
            row = audit.row(each.criterion)
            if row is not None:
                words = disagreement_words(each, audit, with_subject=True)
                lines.append(_line(_link(row.point.number, row.key), row.criterion.question, words))
        self.disputed.show_html("".join(lines))
        self.sources.setVisible(bool(lines))

    # -- gestures

    @Slot(str)
    def _on_attach(self, line: str) -> None:
        if self.point.currentData():
            self._book.attach(line, str(self.point.currentData()))

    @Slot(str, int)
    def _on_valued(self, line: str, digit: int) -> None:
        row = self._book.audit.row(str(self.point.currentData() or ""))
        values = row.checklist.scale_of(row.criterion).values if row is not None else ()
        if row is not None and digit <= len(values):
            self._book.attach(line, row.key, values[digit - 1].id)


def _stretched(point: QWidget, actions: QWidget) -> QHBoxLayout:
    made = row(point, actions)
    made.setStretch(0, 1)
    made.setStretch(1, 1)
    return made


def _link(number: str, criterion: str) -> str:
    colour = theme.current().palette.accent
    return f'<a style="color:{colour}" href="point:{escape(criterion)}">{escape(number)}</a>'


def _line(link: str, text: str, marked: str = "") -> str:
    ink = theme.current().ink(Tone.MIDDLE).name()
    after = f'<br><span style="color:{ink}">≠ {escape(bound(marked))}</span>' if marked else ""
    return f'<p style="margin:4px 0">{link}&nbsp; {escape(bound(text))}{after}</p>'
