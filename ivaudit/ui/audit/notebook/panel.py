"""An interview: who is met, the point asked about with its answers, and the lines as they are said."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from ivaudit.app.notebook import new_key
from ivaudit.domain.checklist import Term
from ivaudit.domain.errors import KnownError
from ivaudit.domain.notebook import Line
from ivaudit.ui import theme
from ivaudit.ui.audit.answer_choice import AnswerChoice
from ivaudit.ui.audit.notebook.book import NotebookBook
from ivaudit.ui.audit.notebook.entry import LineEntry
from ivaudit.ui.audit.notebook.line_actions import LineActions
from ivaudit.ui.audit.notebook.lines_model import ShownLine
from ivaudit.ui.audit.notebook.lines_view import LinesView
from ivaudit.ui.audit.notebook.person_form import PersonForm
from ivaudit.ui.audit.notebook.words import line_words, person_words, value_of
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.audit.rows import Row
from ivaudit.ui.controls import Brief, Combo, button, called, column_in, label, row, say, scrolling
from ivaudit.ui.theme import Space

_KEYS = "Entrée : noter · Ctrl+Entrée : noter et rattacher · Alt+1…6 : et ce que cela vaut · ↑ ↓ : point"
_EMPTY = "Aucune ligne encore : tapez dans le champ du bas, Entrée note avec l'heure."
_NOBODY = "Sans préciser qui parle"
_WIDE, _LOW = 600, 380
_MOST = 400
"""Lines listed at once, the newest: measuring more would be felt."""
_TALK, _LOOSE = "entretien", "libres"
_WHICH = {_TALK: "Cet entretien", "carnet": "Tout le carnet", _LOOSE: "Lignes non rattachées"}


class InterviewPanel(QFrame):
    """Shown in the place of the point. `left` gives the keys to the list, `closed` ends the interview.

    `interlocutor_chosen` carries a key of the vocabulary; `stepped` moves among the points.
    """

    left = Signal()
    closed = Signal()
    interlocutor_chosen = Signal(str)
    stepped = Signal(int)

    def __init__(self, book: NotebookBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "interview_panel", "Entretien")
        self._book = book
        self._row: Row | None = None
        self._person = ""
        self._seen: set[str] = set()
        self.interlocutor = Combo("interview_interlocutor", "Interlocuteur")
        self.close_button = button("Fermer", "interview_close", "quiet", "Fermer l'entretien, Maj+E")
        self.close_button.setToolTip("Maj+E")
        self.people = Combo("interview_person", "Personne rencontrée")
        self.change = button(
            "Modifier", "interview_person_change", "quiet", "Modifier la personne rencontrée"
        )
        self.form = PersonForm()
        self.form.hide()
        self.question = label("", "interview_question", "strong")
        self.which = Combo("interview_lines_which", "Lignes montrées")
        for key, text in _WHICH.items():
            self.which.addItem(text, key)
        self.lines = LinesView("interview_lines", "Lignes du carnet")
        self.which.setMinimumContentsLength(9)
        self.actions_row = LineActions("interview_line", self.lines, self.which)
        self.empty = label(_EMPTY, "interview_empty", "muted")
        self.last = Brief("interview_last", "small")
        self.entry = LineEntry()
        self.keys = label(_KEYS, "interview_keys", "small")
        self._lay_out()
        self._connect()

    # -- building

    def _lay_out(self) -> None:
        inside = QWidget()
        column = self._column = column_in(inside, Space.SMALL, Space.SMALL)
        for combo in (self.interlocutor, self.people):
            combo.setMinimumContentsLength(6)
        self._heads = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._heads.setSpacing(Space.SMALL)
        for line in (row(self.interlocutor, self.close_button), row(self.people, self.change)):
            line.setStretch(0, 1)
            self._heads.addLayout(line)
        column.addLayout(self._heads)
        column.addWidget(self.form)
        column.addWidget(self.question)
        column.addWidget(self.empty)
        column.addWidget(self.lines, 1)
        column.addWidget(self.actions_row)
        foot = QWidget()
        typing = column_in(foot, Space.SMALL, Space.TINY)
        typing.addWidget(self.last)
        typing.addWidget(self.entry)
        typing.addWidget(self.keys)
        outer = column_in(self, 1, 0)
        area = scrolling(inside, "interview_scroll", "Entretien")
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(area, 1)
        outer.addWidget(foot)

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.closed)
        self.interlocutor.activated.connect(self._on_interlocutor)
        self.people.activated.connect(self._on_person)
        self.change.clicked.connect(self._on_change)
        self.form.removed.connect(self._on_forget)
        self.form.given.connect(self._on_given)
        self.form.left.connect(self._on_form_left)
        self.which.activated.connect(self._on_which)
        self.entry.finished.connect(self._on_finished)
        self.entry.drafted.connect(self._on_drafted)
        self.entry.stepped.connect(self.stepped)
        self.entry.left.connect(self.left)
        self.lines.escaped.connect(self.left)
        self.lines.attach_wanted.connect(self._on_attach)
        self.lines.valued.connect(self._on_valued)
        self.lines.detach_wanted.connect(self._on_detach)
        self.lines.removed.connect(self._book.remove)
        self.lines.opened.connect(self.lines.edit_current)
        self.lines.lines.edited.connect(self._book.rewrite)
        self._book.changed.connect(self.show_book)

    def hold(self, choice: AnswerChoice) -> None:
        """Show the answer buttons of the point while it is asked about."""
        self._column.insertWidget(self._column.indexOf(self.question) + 1, choice)
        choice.show()

    # -- showing

    def start(self, terms: tuple[Term, ...], interlocutor: str) -> None:
        """Begin with an interlocutor: somebody of theirs met already, or somebody new."""
        self.interlocutor.clear()
        for term in terms:
            self.interlocutor.addItem(term.label, term.id)
        self.interlocutor.setCurrentIndex(max(0, self.interlocutor.findData(interlocutor)))
        known = [each for each in self._book.persons if each.interlocutor == interlocutor]
        current = self._book.person(self._person)
        if current is None or current.interlocutor != interlocutor:
            self._person = known[-1].id if known else ""
        self.show_book()
        if self._person:
            self.enter()
        else:
            self.form.prepare(self.interlocutor.currentText())
        self._book.read_unfinished(self._on_unfinished)

    @Slot(object)
    def _on_unfinished(self, found: tuple[Line, ...]) -> None:
        """Give back a line left undecided, where nothing else is being typed."""
        if found and not self.entry.typed:
            self.entry.give_back(found[0].id, found[0].text, found[0].at)

    def enter(self) -> None:
        """Take the keys."""
        self.form.hide()
        self.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_row(self, shown: Row | None) -> None:
        """Follow the point of the list."""
        self._row = shown
        text = f"{shown.point.number}  {bound(shown.criterion.question)}" if shown is not None else ""
        say(self.question, text)

    @Slot()
    def show_book(self) -> None:
        """Show the people and the lines as last recorded."""
        self._show_people()
        self._show_lines()

    def _show_people(self) -> None:
        known = {each.id for each in self._book.persons}
        if self._person in self._seen - known:  # taken away; one just met is not read back yet
            self._person = ""
        self._seen = known
        self.people.clear()
        self.people.addItem("Nouvelle personne…", None)
        self.people.addItem(_NOBODY, "")
        for each in self._book.persons:
            self.people.addItem(person_words(each), each.id)
        self.people.setCurrentIndex(self.people.findData(self._person))
        self.change.setVisible(bool(self._person))

    def _show_lines(self) -> None:
        wanted, current = self.which.currentData(), self.lines.current()
        last = self.lines.lines.shown[-1].line.id if self.lines.lines.shown else ""
        listed = [line for line in self._book.lines if self._listed(line, wanted)]
        shown = [self._shown(line) for line in listed[-_MOST:]]
        self.lines.lines.show_lines(shown)
        newest = shown[-1].line.id if shown else ""
        self.lines.go_to(newest if newest != last else current)
        self.lines.setVisible(bool(shown))
        self.actions_row.show_current()
        self.empty.setVisible(not shown)
        self._show_last()

    def _show_last(self) -> None:
        """Recall the last line where the list itself is out of view."""
        shown = self.lines.lines.shown
        self.last.setVisible(bool(shown) and self.height() < theme.current().px(_LOW))
        if shown:
            self.last.show_text(f"Noté à {shown[-1].line.at[11:16]} : {shown[-1].line.text}")

    def _listed(self, line: Line, wanted: str) -> bool:
        if wanted == _TALK:
            return line.person == self._person
        return not line.criteria if wanted == _LOOSE else True

    def _shown(self, line: Line) -> ShownLine:
        audit = self._book.audit
        return ShownLine(
            line=line,
            words=line_words(line, self._book.person(line.person), audit),
            value=value_of(line, audit),
        )

    # -- who

    @Slot(int)
    def _on_interlocutor(self, at: int) -> None:
        self.interlocutor_chosen.emit(str(self.interlocutor.itemData(at)))

    @Slot(int)
    def _on_person(self, at: int) -> None:
        chosen = self.people.itemData(at)
        if chosen is None:
            self._person = ""
            self._show_people()
            self.form.prepare(self.interlocutor.currentText())
        else:
            self._person = str(chosen)
            self.show_book()
            self.enter()

    @Slot()
    def _on_change(self) -> None:
        person = self._book.person(self._person)
        if person is not None:
            self.form.change(person)

    @Slot()
    def _on_forget(self) -> None:
        if self._person:
            self._book.forget(self._person)
            self.enter()

    @Slot(object)
    def _on_given(self, values: dict[str, str]) -> None:
        if self._book.person(self._person) is not None:
            self._book.correct(self._person, values)
        else:
            self._person = new_key()  # what is typed at once is already theirs
            met = {**values, "interlocutor": str(self.interlocutor.currentData() or ""), "key": self._person}
            self._book.meet(met, self._on_met, partial(self._on_unmet, values))
        self.enter()

    def _on_met(self, result: tuple[object, str]) -> None:
        self._person = result[1]
        self.show_book()
        if not self.form.isHidden():  # refused first, then vouched for
            self.enter()

    def _on_unmet(self, values: dict[str, str], _error: KnownError) -> None:
        """Give the form back as it was filled."""
        self._person = ""
        self.show_book()
        self.form.give_back(values)

    @Slot()
    def _on_form_left(self) -> None:
        self.enter()

    # -- the line being typed

    @Slot(str)
    def _on_drafted(self, text: str) -> None:
        self._book.draft(self.entry.line, text, person=self._person, at=self.entry.begun)

    @Slot(bool, int)
    def _on_finished(self, attached: bool, digit: int) -> None:
        """Record what is typed; with nothing typed, attach the current line, the last one at first."""
        criterion = self._row.key if attached and self._row is not None else ""
        value = self._value(digit)
        if digit and not value:
            return
        if self.entry.typed:
            self._record(criterion, value)
        elif criterion and self.lines.current():
            self._book.attach(self.lines.current(), criterion, value)

    def _record(self, criterion: str, value: str) -> None:
        line, text, begun = self.entry.take()

        def done(_result: object) -> None:
            self.entry.forget(line, text)

        def failed(_error: object) -> None:
            self.entry.give_back(line, text, begun)

        values = {"person": self._person, "value": value, "at": begun}
        self._book.note(line, text, done=done, failed=failed, criterion=criterion, values=values)

    def _value(self, digit: int) -> str:
        if not digit or self._row is None:
            return ""
        values = self._row.checklist.scale_of(self._row.criterion).values
        return values[digit - 1].id if digit <= len(values) else ""

    def settle(self) -> None:
        """Record what is being typed: the window closes, or locks."""
        if self.entry.typed:
            self._record("", "")

    # -- the lines

    @Slot(int)
    def _on_which(self, _at: int) -> None:
        self._show_lines()

    @Slot(str)
    def _on_attach(self, line: str) -> None:
        if self._row is not None:
            self._book.attach(line, self._row.key)

    @Slot(str, int)
    def _on_valued(self, line: str, digit: int) -> None:
        value = self._value(digit)
        if self._row is not None and value:
            self._book.attach(line, self._row.key, value)

    @Slot(str)
    def _on_detach(self, line: str) -> None:
        self._book.detach(line, self._row.key if self._row is not None else "")

    # -- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put who is met on one line where it is wide: height is dear there."""
        super().resizeEvent(event)
        wide = self.width() >= theme.current().px(_WIDE)
        way = QBoxLayout.Direction
        self._heads.setDirection(way.RightToLeft if wide else way.TopToBottom)
        self._show_last()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give the keys to the list by Échap."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
