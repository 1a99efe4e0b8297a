"""«Adapter une grille…»: local adaptations made, changed, checked, saved and shared without writing YAML."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from ivaudit.app import adaptation_files
from ivaudit.app.adaptation_files import Opened, Removed
from ivaudit.app.adaptation_values import new_criterion
from ivaudit.app.adaptation_words import Verdict
from ivaudit.domain.adaptation import Adaptation
from ivaudit.domain.adaptation_edit import blank, without
from ivaudit.domain.checklist import Checklist
from ivaudit.domain.errors import ContentProblems, KnownError
from ivaudit.domain.tone import Tone
from ivaudit.ui import french, theme
from ivaudit.ui.controls import SearchLine, button, called, column_in, row, scrolling
from ivaudit.ui.library import adaptation_work as work
from ivaudit.ui.library.adaptation_bar import AdaptationBar
from ivaudit.ui.library.adaptation_history import History, remember
from ivaudit.ui.library.adaptation_panel import AdaptationPanel
from ivaudit.ui.library.adaptation_rows import ABOUT, EditRow, EditTable, rows_of
from ivaudit.ui.library.adaptation_start import AdaptationStart
from ivaudit.ui.library.adaptation_verdict import VerdictList
from ivaudit.ui.library.tools import ToolView
from ivaudit.ui.theme import Space

_NEW = "Nouvelle adaptation…"
_STACKED_UNDER = 820
_LIST, _FORM = 140, 240
"""The least heights of the list and of the form, in logical pixels: lower windows scroll."""
_PAUSE = 300
_HOW = "Tout est gardé en brouillon ; « Enregistrer » met en service."
_OURS = "Ce travail n'a pas abouti : l'erreur vient de nous. Ce qui était enregistré est intact."


class AdaptationView(ToolView):
    """The list of criteria and the form of the one chosen; below, what the content check says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "adaptation_view", "Adapter une grille")
        self._known: work.Known | None = None
        self._history: History | None = None
        self._panel: AdaptationPanel | None = None
        self._checklist: Checklist | None = None
        self._opened: dict[str, Opened] = {}
        self._key = ABOUT
        self._removed: Removed | None = None
        self._quiet = False
        self._wanted = self._after = ""
        self.works = work.Works(self)
        self._lay_out()
        self._later = QTimer(self, singleShot=True, interval=_PAUSE)
        self._connect()

    def enter(self) -> None:
        """Read the library again; what was being written is still there."""
        if self._history is None:
            self.bar.tell("Lecture des grilles…")
            self.works.ask("read", work.read)
        self.bar.which.setFocus()

    def leave(self) -> bool:
        """Take what is typed, and keep it as a draft."""
        if self._panel is not None and self._history is not None:
            self._panel.settle()
            if self._later.isActive():
                self._check()
            remember(self._opened, self._history.now)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the form under the list where there is little room."""
        super().resizeEvent(event)
        px = theme.current().px
        stacked = event.size().width() < px(_STACKED_UNDER)
        for part, least in ((self.left, _LIST), (self.right, _FORM)):
            part.setMinimumHeight(px(least))
        side = Qt.Orientation.Vertical if stacked else Qt.Orientation.Horizontal
        if side != self.split.orientation():
            self.split.setOrientation(side)
            self.split.setSizes([500, 500] if stacked else [460, 540])

    def _lay_out(self) -> None:
        self.bar = AdaptationBar()
        self.start = AdaptationStart()
        self.searched = self.search = SearchLine("adaptation_search", "Rechercher un critère")
        self.search.setPlaceholderText("Rechercher un critère  (Ctrl+F)")
        self.table = EditTable()
        self.add = button("Ajouter un critère", "adaptation_add")
        self.verdict = VerdictList()
        self.left, self.right = QWidget(), QWidget()
        left = column_in(self.left)
        left.addLayout(row(self.search, self.add))
        left.addWidget(self.table, 1)
        self._right = column_in(self.right)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setObjectName("adaptation_split")
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(Space.SMALL)
        self.split.addWidget(self.left)
        self.split.addWidget(self.right)
        self.split.setSizes([460, 540])
        inside = QWidget()
        column = column_in(inside)
        column.addWidget(self.split, 1)
        column.addWidget(self.verdict)
        self.work = scrolling(inside, "adaptation_work", "Adaptation de la grille")
        self.stack = QStackedWidget()
        self.stack.setObjectName("adaptation_stack")
        self.stack.addWidget(self.start)
        self.stack.addWidget(self.work)
        whole = column_in(self)
        whole.addWidget(self.bar)
        whole.addWidget(self.stack, 1)

    def _connect(self) -> None:
        bar = self.bar
        bar.back.clicked.connect(self.closed)
        bar.which.activated.connect(self._on_which)
        bar.save.clicked.connect(self._on_save)
        bar.undo.clicked.connect(self._on_undo)
        bar.redo.clicked.connect(self._on_redo)
        bar.delete.clicked.connect(self._on_delete)
        bar.restore.clicked.connect(self._on_restore)
        bar.import_wanted.connect(self._on_import)
        bar.export_wanted.connect(self._on_export)
        self.start.wanted.connect(self._on_wanted)
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self.table.setFocus)
        self.table.current_value.connect(self._on_line)
        self.add.clicked.connect(self._on_add)
        self.works.done.connect(self._on_done)
        self.works.failed.connect(self._on_failed)
        self._later.timeout.connect(self._check)
        for keys, slot in (("Ctrl+Z", self._on_undo), ("Ctrl+Y", self._on_redo), ("Ctrl+S", self._on_save)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        self._show_buttons()

    # -- what is worked on

    def _offer(self, known: work.Known, wanted: str = "") -> None:
        """Show the adaptations there are, and open one, or what begins another."""
        self._known = known
        self._opened = {each.adaptation.id: each for each in known.opened}
        self.start.offer(known.checklists)
        self.bar.which.clear()
        for key, each in self._opened.items():
            draft = " (brouillon)" if each.draft else f" ({each.saved})"
            self.bar.which.addItem(f"{each.adaptation.title}{draft}", key)
        self.bar.which.addItem(_NEW, "")
        key = wanted if wanted in self._opened else next(iter(self._opened), "")
        self.bar.which.setCurrentIndex(self.bar.which.findData(key))
        self.bar.tell(self._after or (_HOW if self._opened else "Aucune adaptation locale pour l'instant."))
        self._after = ""
        self._open(key)

    def _open(self, key: str) -> None:
        found = self._opened.get(key)
        checklists = {each.id: each for each in self._known.checklists} if self._known else {}
        checklist = checklists.get(found.adaptation.checklist) if found else None
        if found is None or checklist is None:
            if found is not None:
                self.bar.tell(f"La grille « {found.adaptation.checklist} » n'est pas ici.", Tone.BAD)
            self._history = None
            self.stack.setCurrentWidget(self.start)
            self._show_buttons()
            return
        self._edit(found.adaptation, checklist)

    def _edit(self, adaptation: Adaptation, checklist: Checklist) -> None:
        self._history = History(adaptation)
        if self._panel is None or self._checklist is not checklist:
            self._replace_panel(checklist)
        self._checklist = checklist
        self._key = ABOUT
        self.search.clear()
        self.stack.setCurrentWidget(self.work)
        self._show(focus=ABOUT)
        self._check()

    def _replace_panel(self, checklist: Checklist) -> None:
        if self._panel is not None:
            self._panel.hide()
            self._panel.deleteLater()
        if self._known is not None:
            self._panel = AdaptationPanel(checklist, self._known.vocabulary)
            self._right.addWidget(self._panel)
            self._panel.edited.connect(self._on_edited)
            self._panel.dropped.connect(self._on_dropped)

    def _show(self, focus: str | None = None) -> None:
        """Show the lines as they now are, and the form of the one chosen."""
        if self._history is None or self._checklist is None:
            return
        self._key = self._key if focus is None else focus
        self._quiet = True
        self.table.show_rows(rows_of(self._history.now, self._checklist), self._key)
        self._quiet = False
        if focus is not None and self._panel is not None:
            self._panel.show_line(self._history.now, self._key)
        self._show_buttons()

    def _show_buttons(self) -> None:
        history = self._history
        opened = self._opened.get(history.now.id) if history is not None else None
        self.bar.show_states(
            there=history is not None,
            saved=opened is not None and bool(opened.saved),
            undo=history is not None and history.can_undo,
            redo=history is not None and history.can_redo,
        )
        self.bar.name = f"{history.now.id}.yaml" if history is not None else ""
        self.add.setEnabled(history is not None)

    # -- gestures

    @Slot(int)
    def _on_which(self, _index: int) -> None:
        self.leave()
        key = str(self.bar.which.currentData() or "")
        self.bar.tell("")
        self.start.clear()
        self._open(key)
        if not key:
            self.start.checklist.setFocus()

    @Slot(str, str, str)
    def _on_wanted(self, checklist: str, title: str, author: str) -> None:
        known = self._known.checklists if self._known is not None else ()
        found = next((each for each in known if each.id == checklist), None)
        if found is None:
            return
        key = adaptation_files.proposed_id(title)
        made = blank(found, key, title=title, author=author, date=french.today())
        self._opened[key] = Opened(adaptation=made, saved="", draft=True)
        self.bar.which.insertItem(0, f"{title} (brouillon)", key)
        self.bar.which.setCurrentIndex(0)
        self.start.clear()
        self.bar.tell(_HOW)
        self._edit(made, found)
        self.table.setFocus()

    @Slot(object)
    def _on_line(self, line: EditRow | None) -> None:
        if self._quiet or line is None or self._panel is None or self._history is None:
            return
        self._panel.settle()
        self._key = line.key
        self._panel.show_line(self._history.now, line.key)

    @Slot(object)
    def _on_edited(self, adaptation: Adaptation) -> None:
        self._take(adaptation)
        self._show()

    @Slot(str)
    def _on_dropped(self, key: str) -> None:
        if self._history is None:
            return
        own = key in {each.id for each in self._history.now.added}
        self._take(without(self._history.now, key))
        self._show(focus=ABOUT if own else key)
        self.table.setFocus()

    @Slot()
    def _on_add(self) -> None:
        if self._history is None or self._checklist is None:
            return
        made, key = new_criterion(self._history.now, self._checklist, self._key)
        self._take(made)
        self.search.clear()
        self._show(focus=key)
        if self._panel is not None:
            self._panel.editor.focus_first()

    @Slot()
    def _on_undo(self) -> None:
        if self._history is not None and self._history.undo():
            self._moved("Changement annulé.")

    @Slot()
    def _on_redo(self) -> None:
        if self._history is not None and self._history.redo():
            self._moved("Changement rétabli.")

    def _moved(self, sentence: str) -> None:
        self.bar.tell(sentence)
        if self._history is not None and self._checklist is not None:
            keys = {row.key for row in rows_of(self._history.now, self._checklist)}
            self._show(focus=self._key if self._key in keys else ABOUT)
        self._later.start()

    def _take(self, adaptation: Adaptation) -> None:
        if self._history is not None and self._history.take(adaptation):
            self.bar.tell("Brouillon gardé. « Enregistrer » met l'adaptation en service.")
            self._later.start()

    @Slot(str)
    def _on_search(self, text: str) -> None:
        self._quiet = True
        self.table.values.search(text)
        self.table.choose_key(self._key)
        self._quiet = False

    # -- files

    @Slot()
    def _check(self) -> None:
        self._later.stop()
        if self._history is not None:
            self.works.ask(work.CHECK, work.check, self._history.now)

    @Slot()
    def _on_save(self) -> None:
        if self._history is None or self._panel is None:
            return
        self._panel.settle()
        self._later.stop()
        self.works.ask("save", work.save, self._history.now, french.today())

    @Slot()
    def _on_delete(self) -> None:
        if self._history is not None:
            self._later.stop()
            self.works.ask("remove", work.remove, self._history.now.id)

    @Slot()
    def _on_restore(self) -> None:
        if self._removed is not None:
            self.works.ask("put back", work.put_back, self._removed)

    @Slot(object)
    def _on_import(self, path: Path) -> None:
        self.works.ask("import", work.bring_in, path)

    @Slot(object)
    def _on_export(self, path: Path) -> None:
        if self._history is not None:
            self.works.ask("export", work.take_out, self._history.now.id, path)

    @Slot(str, object)
    def _on_done(self, name: str, result: object) -> None:
        match result:
            case work.Known():
                self._offer(result, self._wanted)
                self._wanted = ""
            case Verdict():
                self.verdict.show_verdict(result)
            case Adaptation():
                self._on_stored(name, result)
            case Removed():
                self._removed = result
                self._again("Adaptation retirée. Les audits gardent leur copie.")
                self.bar.restore.show()
            case Path():
                self.bar.tell(f"Écrit : {result.name}, dans {result.parent}", Tone.GOOD)
            case key:
                self._removed = None
                self.bar.restore.hide()
                self._again("Adaptation remise.", str(key))

    def _on_stored(self, name: str, adaptation: Adaptation) -> None:
        """Say that an adaptation is in use; a saved one goes on being edited where it is."""
        if name == "import" or self._history is None or self._history.now.id != adaptation.id:
            said = f"Adaptation importée : {adaptation.title}, version {adaptation.version}."
            self._again(said, adaptation.id)
            return
        key = adaptation.id
        self._history.saved_as(replace(self._history.now, version=adaptation.version, date=adaptation.date))
        self._opened[key] = Opened(adaptation=adaptation, saved=adaptation.version, draft=False)
        at = self.bar.which.findData(key)
        self.bar.which.setItemText(at, f"{adaptation.title} ({adaptation.version})")
        said = f"Enregistrée en version {adaptation.version} : elle sera proposée au prochain audit."
        self.bar.tell(said, Tone.GOOD)
        self._show_buttons()
        self.reloaded.emit()

    def _again(self, sentence: str, wanted: str = "") -> None:
        """Read everything again after files came or went."""
        self._after, self._wanted = sentence, wanted
        self._history = None
        self.works.ask("read", work.read)
        self.reloaded.emit()

    @Slot(str, object)
    def _on_failed(self, _name: str, error: object) -> None:
        if isinstance(error, ContentProblems):
            self.verdict.show_verdict(Verdict(blocking=error.problems))
        if isinstance(error, KnownError):
            self.bar.tell(error.sentence, Tone.BAD)
            return
        self.bar.tell(_OURS, Tone.BAD)
        self.unexpected.emit(error)
