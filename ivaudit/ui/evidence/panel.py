"""The evidence of the current point, in the place of its answer: listed, added, looked at, taken off."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QProgressBar, QWidget

from ivaudit.app import pictures
from ivaudit.domain.evidence import Evidence, EvidenceKind
from ivaudit.domain.tone import Tone
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.audit.rows import Row
from ivaudit.ui.controls import Line, button, called, column_in, label, row, say, scrolling
from ivaudit.ui.evidence.book import EvidenceBook
from ivaudit.ui.evidence.document_form import DocumentForm
from ivaudit.ui.evidence.evidence_list import EvidenceList
from ivaudit.ui.evidence.incoming import Reception, Source, sources_of
from ivaudit.ui.french import count
from ivaudit.ui.theme import Space

_EMPTY = (
    "Aucune preuve pour ce point. Choisissez, collez (Ctrl+V) ou déposez ici une photographie ou un PDF ; ou "
    "inscrivez le document consulté."
)
_FILTER = f"Images et PDF ({' '.join(f'*{suffix}' for suffix in (*pictures.SUFFIXES, '.pdf'))})"
_ERASE = (
    "Effacer pour de bon ? L'image disparaît de ce dossier de travail ; le geste reste inscrit au journal."
)


class EvidencePanel(QFrame):
    """What the current point rests on. `left()` gives the place back; `opened(Evidence)` shows one large."""

    left = Signal()
    opened = Signal(object)

    def __init__(self, book: EvidenceBook, reception: Reception, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "evidence_panel", "Preuves du point")
        self._book, self._reception = book, reception
        self._row: Row | None = None
        self.setAcceptDrops(True)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.title = label("", "evidence_title", "heading")
        self.close_button = button("Fermer (Échap)", "evidence_close", "quiet")
        self.list = EvidenceList("evidence_list", "Preuves du point")
        self.empty = label(_EMPTY, "evidence_empty", "muted")
        self.choose = button("Photo ou PDF…", "evidence_choose", "primary")
        self.paste = button("Coller", "evidence_paste", "", "Coller une image (Ctrl+V)")
        self.document = button("Document consulté", "evidence_document")
        self.observed = button("Observation", "evidence_observation", "", "Observation datée")
        self.look = button("Voir", "evidence_look")
        self.caption = Line("evidence_caption", "Légende")
        self.caption.setPlaceholderText("Légende")
        self.remove = button("Retirer", "evidence_remove", "quiet")
        self.erase = button("Effacer pour de bon…", "evidence_erase", "danger")
        self.reason = Line("evidence_reason", "Motif de l'effacement")
        self.reason.setPlaceholderText("Motif, sans ce que l'image montrait (Entrée)")
        self.confirm = label(_ERASE, "evidence_erase_help", "muted")
        self.form = DocumentForm("evidence_document")
        self.progress = called(QProgressBar(), "evidence_progress", "Lecture du fichier")
        self.progress.setRange(0, 0)
        self.stop = button("Arrêter", "evidence_stop")
        self.said = label("", "evidence_said")
        self._lay_out()
        self._show_erase(on=False)
        self._on_working("")

    def _lay_out(self) -> None:
        inside = QWidget()
        column = column_in(inside, Space.MEDIUM)
        column.addLayout(row(self.title, self.close_button))
        add = Flow()
        for part in (self.choose, self.paste, self.document, self.observed):
            add.add(part)
        column.addWidget(add)
        column.addLayout(row(self.progress, self.stop))
        column.addWidget(self.said)
        column.addWidget(self.form)
        column.addWidget(self.empty)
        column.addWidget(self.list, 1)
        column.addWidget(self.caption)
        acts = Flow()
        for part in (self.look, self.remove, self.erase):
            acts.add(part)
        column.addWidget(acts)
        column.addWidget(self.confirm)
        column.addWidget(self.reason)
        column.addStretch(0)
        column_in(self, 1).addWidget(scrolling(inside, "evidence_scroll", "Preuves du point"))

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.left)
        self.choose.clicked.connect(self._on_choose)
        self.paste.clicked.connect(self.paste_clipboard)
        self.document.clicked.connect(self._on_document)
        self.observed.clicked.connect(self._on_observed)
        self.form.given.connect(self._on_given)
        self.form.left.connect(self._on_form_left)
        self.list.opened.connect(self._on_opened)
        self.list.removing.connect(self._on_remove)
        self.list.current_changed.connect(self._show_current)
        self.list.rows.thumbnails_wanted.connect(self._book.ask_thumbnails)
        self.look.clicked.connect(self._on_look)
        self.remove.clicked.connect(self._on_remove)
        self.erase.clicked.connect(self._on_erase)
        self.reason.returnPressed.connect(self._on_reason)
        self.caption.editingFinished.connect(self._on_caption)
        self.stop.clicked.connect(self._reception.stop)
        self._book.changed.connect(self._show)
        self._book.thumbnails_came.connect(self.list.rows.take_thumbnails)
        self._reception.working.connect(self._on_working)
        self._reception.refused.connect(self.refuse)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.paste_clipboard)

    # -- showing

    def show_row(self, shown: Row | None) -> None:
        """Show the evidence of another point."""
        self.settle()
        self._row = shown
        self.form.hide()
        self._show_erase(on=False)
        if not self._reception.left:
            say(self.said, "")
        self._show()

    def enter(self) -> None:
        """Take the keys."""
        first = self.list if self.list.isVisible() else self.choose
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def criterion(self) -> str:
        """Return the criterion that what is added is linked to."""
        return self._row.key if self._row is not None else ""

    def settle(self) -> None:
        """Hand over the caption being typed."""
        self._on_caption()

    @Slot()
    def _show(self) -> None:
        number = self._row.point.number if self._row is not None else ""
        found = self._book.of(self.criterion) if self._row is not None else ()
        say(self.title, f"{number}  {count(len(found), 'preuve', 'preuves')}")
        if self._row is not None:
            self.title.setToolTip(bound(self._row.criterion.question))
        self.list.show_rows(found)
        self.list.setVisible(bool(found))
        self.empty.setVisible(not found)
        self._show_current()

    @Slot()
    def _show_current(self) -> None:
        current = self.list.current()
        self.look.setVisible(current is not None and bool(current.pictures or _is_document(current)))
        self.look.setText("Modifier" if current is not None and _is_document(current) else "Voir")
        self.remove.setVisible(current is not None)
        self.erase.setVisible(current is not None and bool(current.digests) and not current.erased)
        self.caption.setVisible(current is not None and not _is_document(current))
        if current is not None and not self.caption.hasFocus():
            self.caption.setText(current.caption)
            self.caption.setProperty("evidence", current.id)
        if current is None:
            self._show_erase(on=False)

    def _show_erase(self, *, on: bool) -> None:
        self.confirm.setVisible(on)
        self.reason.setVisible(on)
        self.reason.clear()

    @Slot(str)
    def refuse(self, sentence: str) -> None:
        """Say why a file is not taken."""
        say(self.said, sentence, Tone.BAD)

    @Slot(str)
    def _on_working(self, said: str) -> None:
        self.progress.setVisible(bool(said))
        self.stop.setVisible(bool(said))
        self.progress.setAccessibleDescription(said)
        for part in (self.choose, self.paste):
            part.setEnabled(not said)
        if said:
            say(self.said, said, Tone.WAITING)
        elif self.said.text().endswith("…"):
            say(self.said, "")

    # -- adding

    @Slot()
    def _on_choose(self) -> None:
        dialog = QFileDialog(self, "Choisir des photographies ou un PDF", "", _FILTER)
        dialog.setObjectName("evidence_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._on_files)
        dialog.open()

    @Slot(list)
    def _on_files(self, files: list[str]) -> None:
        self.take_files(files)

    def take_files(self, files: list[str]) -> None:
        """Take files by their names."""
        from pathlib import Path  # noqa: PLC0415 - one use

        self._reception.take([Source(path=Path(file)) for file in files], self.criterion)

    @Slot()
    def paste_clipboard(self) -> None:
        """Take what was copied, a picture or files."""
        self._reception.take(sources_of(QGuiApplication.clipboard().mimeData()), self.criterion)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let files and pictures be dropped."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what is dropped."""
        event.acceptProposedAction()
        self._reception.take(sources_of(event.mimeData()), self.criterion)

    @Slot()
    def _on_document(self) -> None:
        self.form.show_document(None)

    @Slot()
    def _on_observed(self) -> None:
        self.form.show_observation()

    @Slot(str, object)
    def _on_given(self, identity: str, values: dict[str, str]) -> None:
        if identity:
            self._book.edit(identity, values, self.form.come_back)
        elif "title" in values:
            self._book.add_document(values, self.criterion, self.form.come_back)
        else:
            caption, date = values["caption"], values["date"]
            self._book.add_observation(caption, date, self.criterion, self.form.come_back)
        self._on_form_left()

    @Slot()
    def _on_form_left(self) -> None:
        self.form.hide()
        self.enter()

    # -- what is there

    @Slot()
    def _on_look(self) -> None:
        self._on_opened(self.list.current())

    @Slot(object)
    def _on_opened(self, found: Evidence | None) -> None:
        if found is None:
            return
        if _is_document(found):
            self.form.show_document(found)
        elif found.pictures:
            self.opened.emit(found)

    @Slot()
    def _on_remove(self) -> None:
        current = self.list.current()
        if current is not None:
            self._book.take_off(current, self.criterion)
            say(self.said, f"« {current.name} » est retirée. Ctrl+Z la remet.", Tone.NEUTRAL)

    @Slot()
    def _on_erase(self) -> None:
        self._show_erase(on=True)
        self.reason.setFocus()

    @Slot()
    def _on_reason(self) -> None:
        current, reason = self.list.current(), self.reason.text().strip()
        if current is None or not reason:
            say(self.said, "Un effacement demande un motif.", Tone.MIDDLE)
            return
        self._book.erase(current.id, reason)
        self._show_erase(on=False)
        say(self.said, "")
        self.enter()

    @Slot()
    def _on_caption(self) -> None:
        identity, text = self.caption.property("evidence"), self.caption.text().strip()
        known = next((each for each in self._book.found if each.id == identity), None)
        if known is not None and known.caption != text and self.caption.isVisible():
            self._book.edit(known.id, {"caption": text})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give the place back by Échap."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _is_document(found: Evidence) -> bool:
    return found.kind is EvidenceKind.DOCUMENT
