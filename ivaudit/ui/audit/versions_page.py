"""«Nouvelle version de la grille»: what it changes, moving to it, confirming what was reworded."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QListView, QListWidget, QListWidgetItem, QToolButton, QWidget

from ivaudit.app import versions
from ivaudit.app.versions import Step
from ivaudit.domain.carrying import Fate, Match
from ivaudit.ui import theme
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.audit.rich_text import RichText
from ivaudit.ui.audit.version_text import counts_sentence, match_html, match_line, paragraph
from ivaudit.ui.controls import Combo, button, called, column_in, label, row, say, scrolling
from ivaudit.ui.french import count
from ivaudit.ui.theme import Space

_TITLES = {
    Fate.REWORDED: "Reformulés",
    Fate.NEW: "Nouveaux",
    Fate.WITHDRAWN: "Retirés",
    Fate.UNCHANGED: "Inchangés",
}
_BESIDE = 900
_LOW = 420
_LEAST = 180
_WIDE = 620
_NONE = {
    Fate.REWORDED: "Aucun point n'est reformulé.",
    Fate.NEW: "Aucun point n'est nouveau.",
    Fate.WITHDRAWN: "Aucun point n'est retiré.",
    Fate.UNCHANGED: "Aucun point n'est resté tel quel.",
}


class MatchList(QListWidget):
    """The criteria of a fate; `letter_pressed` carries «V» or «Maj+V»."""

    letter_pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "versions_list", "Points de ce groupe")
        self.setWordWrap(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Confirm by V; other letters search nothing."""
        if event.key() == Qt.Key.Key_V and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.letter_pressed.emit("Maj+V" if shifted else "V")
        elif not event.text().isalnum():
            super().keyPressEvent(event)


class VersionsPage(QWidget):
    """The page; `left` goes back to Préparation, `criterion_wanted` to a point of the grid."""

    left = Signal()
    criterion_wanted = Signal(str)

    def __init__(self, audit: OpenAudit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "versions_page", "Nouvelle version de la grille")
        self._audit = audit
        self._steps: tuple[Step, ...] = ()
        self._fate = Fate.REWORDED
        self.checklist = Combo("versions_checklist", "Grille")
        self.what = label("", "versions_what")
        self.counts = label("", "versions_counts", "muted")
        self.list = MatchList()
        self.empty = label("", "versions_empty", "muted")
        self.detail = RichText("versions_detail", "Le point, avant et maintenant")
        self.chips = called(Flow(spacing=Space.TINY), "versions_groups", "Groupes de points")
        self._group = QButtonGroup(self)
        self._chip: dict[Fate, QToolButton] = {}
        self.move_button = button("", "versions_move", "primary")
        self.confirm = button("Reconfirmer (V)", "versions_confirm", "primary")
        self.section = button("Reconfirmer la rubrique (Maj+V)", "versions_section")
        self.reveal = button("Voir dans la grille", "versions_reveal")
        self.back = button("Revenir à la préparation", "versions_back", "quiet")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = column_in(self, 0, Space.SMALL)
        title = label("Nouvelle version de la grille", "versions_title", "heading")
        head = row(title, self.back)
        head.setStretch(0, 1)
        column.addLayout(head)
        for part in (self.checklist, self.what, self.counts):
            column.addWidget(part)
        for fate in _TITLES:
            self._add_chip(fate)
        column.addWidget(self.chips)
        self.tools = called(Flow(spacing=Space.SMALL), "versions_tools", "Gestes")
        for tool in (self.move_button, self.confirm, self.section, self.reveal):
            self.tools.add(tool)
        inside = QWidget()
        around = column_in(inside, Space.SMALL)
        around.addWidget(self.detail)
        around.addStretch(1)
        self.area = scrolling(inside, "versions_scroll", "Le point, avant et maintenant")
        self.area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.beside = row(self.list, self.area)
        self.beside.setStretch(0, 2)
        self.beside.setStretch(1, 3)
        column.addWidget(self.empty)
        column.addLayout(self.beside, 1)
        column.addWidget(self.tools)

    def _add_chip(self, fate: Fate) -> None:
        chip = called(QToolButton(), f"versions_{fate.name.lower()}", _TITLES[fate])
        chip.setCheckable(True)
        chip.setChecked(fate is self._fate)
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._group.addButton(chip, list(_TITLES).index(fate))
        self._chip[fate] = chip
        self.chips.add(chip)

    def _connect(self) -> None:
        self._group.idClicked.connect(self._on_group)
        self.checklist.activated.connect(self._on_checklist)
        self.list.currentRowChanged.connect(self._on_current)
        self.list.letter_pressed.connect(self._on_letter)
        self.list.itemActivated.connect(self._on_reveal)
        self.move_button.clicked.connect(self._on_move)
        self.confirm.clicked.connect(self._on_confirm)
        self.section.clicked.connect(self._on_section)
        self.reveal.clicked.connect(self._on_reveal)
        self.back.clicked.connect(self.left)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.left)
        self._audit.opened.connect(self._on_changed)
        self._audit.answers_changed.connect(self._on_changed)
        self._audit.interview_changed.connect(self._on_interview)
        theme.notice().changed.connect(self._show_match)

    # -- showing

    def enter(self) -> None:
        """Be shown: read again what newer versions change."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._read()

    def settle(self) -> None:
        """Have nothing to hand over: every gesture here is whole."""

    def _read(self) -> None:
        audit = self._audit.audit_id
        self._audit.writer.submit(lambda session: versions.steps(session, audit), done=self._on_steps)

    @Slot()
    @Slot(object)
    def _on_changed(self, _what: object = None) -> None:
        if self.isVisible():
            self._read()

    @Slot(bool)
    def _on_interview(self, on: bool) -> None:
        if on and self.isVisible():  # answers and constats are not the agent's to see
            self.left.emit()

    @Slot(object)
    def _on_steps(self, found: tuple[Step, ...]) -> None:
        shown = self.step
        self._steps = found
        self.checklist.clear()
        for each in found:
            self.checklist.addItem(each.new.title, each.new.id)
        at = self.checklist.findData(shown.new.id) if shown is not None else 0
        self.checklist.setCurrentIndex(max(at, 0) if found else -1)
        self.checklist.setVisible(len(found) > 1)
        self._show_step()

    @property
    def step(self) -> Step | None:
        """Return what is shown, nothing when there is nothing to move to and nothing to confirm."""
        at = self.checklist.currentIndex()
        return self._steps[at] if 0 <= at < len(self._steps) else None

    def _show_step(self) -> None:
        step = self.step
        self.chips.setVisible(step is not None)
        for part in (self.move_button, self.confirm, self.section, self.reveal):
            part.setVisible(False)
        if step is None:
            say(self.what, "Cet audit utilise les versions de la bibliothèque, et rien n'est à reconfirmer.")
            say(self.counts, "")
            self.list.clear()
            self._show_list((), "")
            return
        say(self.what, bound(_what(step)))
        self.what.setVisible(self.height() >= theme.current().px(_LOW))
        say(self.counts, counts_sentence(step))
        for fate, chip in self._chip.items():
            many = len(step.of(fate))
            chip.setText(f"{_TITLES[fate]} ({many})")
            chip.setAccessibleName(f"{_TITLES[fate]}, {count(many, 'point', 'points')}")
        self.move_button.setText(f"Passer à la version {step.new.version}")
        self.move_button.setAccessibleName(self.move_button.text())
        self.move_button.setVisible(not step.moved)
        self._list(step)

    def _list(self, step: Step) -> None:
        place = self._key()
        self._show_list(step.of(self._fate), place)

    def _show_list(self, matches: tuple[Match, ...], place: str) -> None:
        step, at = self.step, 0
        self.list.blockSignals(True)  # one current row at the end, not one per row
        self.list.clear()
        for rank, match in enumerate(matches):
            text = match_line(step, match) if step is not None else ""
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, match)
            self.list.addItem(item)
            at = rank if match.point.criterion.id == place else at
        self.list.blockSignals(False)
        say(self.empty, "" if matches or step is None else _NONE[self._fate])
        if not matches and self.window().focusWidget() in {self.list, self.area, self.confirm, self.section}:
            self.back.setFocus(Qt.FocusReason.OtherFocusReason)  # what is hidden would send the keys anywhere
        self.list.setVisible(bool(matches))
        self.area.setVisible(bool(matches))
        self.list.setCurrentRow(at if matches else -1)
        self._show_match()

    def _current(self) -> Match | None:
        at = self.list.currentRow()
        found = self.list.item(at).data(Qt.ItemDataRole.UserRole) if at >= 0 else None
        return found if isinstance(found, Match) else None

    def _key(self) -> str:
        match = self._current()
        return match.point.criterion.id if match is not None else ""

    @Slot()
    def _show_match(self) -> None:
        step, match = self.step, self._current()
        if step is None or match is None:
            self.detail.show_html("")
            return
        wide = self.area.viewport().width() >= theme.current().px(_WIDE)
        html = match_html(step, match, self._audit.loaded.sheet, wide=wide)
        self.detail.show_html(html + (paragraph(_what(step)) if self.what.isHidden() else ""))
        waits = match.new is not None and match.new.criterion.id in step.waiting
        self.confirm.setVisible(step.moved and waits)
        self.section.setVisible(step.moved and bool(self._waiting_here()))
        self.reveal.setVisible(step.moved and match.new is not None)

    # -- gestures

    @Slot(int)
    def _on_group(self, at: int) -> None:
        self._fate = list(_TITLES)[at]
        if self.step is not None:
            self._list(self.step)

    @Slot(int)
    def _on_checklist(self, _at: int) -> None:
        self._show_step()

    @Slot(int)
    def _on_current(self, _at: int) -> None:
        self._show_match()
        self.area.verticalScrollBar().setValue(0)

    @Slot(str)
    def _on_letter(self, letter: str) -> None:
        if letter == "V":
            self._on_confirm()
        else:
            self._on_section()

    @Slot()
    def _on_move(self) -> None:
        step, audit = self.step, self._audit.audit_id
        if step is not None and not step.moved:
            key = step.new.id
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self._audit.perform(lambda session: versions.move(session, audit, key))

    @Slot()
    def _on_confirm(self) -> None:
        step, match = self.step, self._current()
        waits = step is not None and match is not None and match.new is not None
        if step is None or match is None or not waits or self._key() not in step.waiting:
            self._audit.said.emit("Rien à reconfirmer pour ce point.")
            return
        self._confirm((self._key(),))
        if self.list.currentRow() + 1 < self.list.count():
            self.list.setCurrentRow(self.list.currentRow() + 1)

    @Slot()
    def _on_section(self) -> None:
        keys = self._waiting_here()
        if keys:
            self._confirm(keys)
        else:
            self._audit.said.emit("Rien à reconfirmer dans cette rubrique.")

    def _waiting_here(self) -> tuple[str, ...]:
        """Return the criteria to confirm in the section of the current one."""
        step, match = self.step, self._current()
        if step is None or match is None or match.new is None:
            return ()
        section = match.new.section
        return tuple(each.id for each in section.criteria if each.id in step.waiting)

    def _confirm(self, keys: tuple[str, ...]) -> None:
        audit = self._audit.audit_id
        self._audit.perform(lambda session: versions.confirm(session, audit, keys))

    @Slot()
    def _on_reveal(self) -> None:
        match, step = self._current(), self.step
        if step is not None and step.moved and match is not None and match.new is not None:
            self.criterion_wanted.emit(match.new.criterion.id)

    def hasHeightForWidth(self) -> bool:
        """Take the height there is: the list and the point scroll."""
        return False

    def minimumSizeHint(self) -> QSize:
        """Let the window be small: wrapped texts would ask for their narrowest shape."""
        return QSize(320, theme.current().px(_LEAST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the list above the point where there is no room beside it."""
        super().resizeEvent(event)
        narrow = self.width() < theme.current().px(_BESIDE)
        direction = self.beside.Direction.TopToBottom if narrow else self.beside.Direction.LeftToRight
        if self.beside.direction() != direction:
            self.beside.setDirection(direction)
        if self.step is not None:  # on a low window the list and the point come first
            self.what.setVisible(self.height() >= theme.current().px(_LOW))
        self._show_match()


def _what(step: Step) -> str:
    """Return which versions are compared, and what is to be done."""
    old, new = step.old.version, step.new.version
    which = f"la version {new} au lieu de la {old}" if old != new else f"un nouveau texte de la version {new}"
    if not step.moved:
        return (
            f"« {step.new.title} » : la bibliothèque a {which}. Les réponses aux points inchangés restent "
            "telles quelles, celles aux points reformulés seront à reconfirmer, rien n'est effacé, et tout "
            "s'annule d'un geste (Ctrl+Z)."
        )
    left = count(len(step.waiting), "réponse à reconfirmer", "réponses à reconfirmer")
    return f"« {step.new.title} » : l'audit utilise {which}. {left}."
