"""Importer une grille: a workbook is chosen, looked at, and taken in once what it changes is accepted."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QTabBar, QWidget

from ivaudit.app import checklist_import
from ivaudit.app.checklist_import import Examined
from ivaudit.domain.printable import typeset
from ivaudit.domain.progress import Progress
from ivaudit.domain.tone import Tone
from ivaudit.ui import french, theme
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.controls import Line, button, called, card, column_in, label, row, say
from ivaudit.ui.job_bar import JobBar, Stopping
from ivaudit.ui.library.import_texts import columns, html, page_of, plain, summary, verdict
from ivaudit.ui.library.text_view import TextView
from ivaudit.ui.library.tools import ToolView, back_button
from ivaudit.ui.table import Table
from ivaudit.ui.theme import Space

_LINES = "Listes de problèmes (*.csv)"
_INVITATION = (
    "Choisissez un classeur exporté d'ici puis modifié, ou un modèle à deux feuilles « chapitres » et "
    "« questions ». Vous pouvez aussi déposer le fichier sur cette page.\n\n"
    "Le classeur est lu à part, sans exécuter ce qu'il contient. Ses problèmes sont listés avec "
    "la feuille, la ligne et la colonne, et rien n'est importé avant que vous ayez accepté l'aperçu. Une "
    "grille livrée avec le programme ne se remplace jamais : la vôtre s'ajoute à côté."
)
_CHANGES, _PROBLEMS = 0, 1
_LOW_UNDER = 330


class ImportView(ToolView):
    """An invitation, then what was found: changes and problems, each on its tab."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import_view")
        self.setAcceptDrops(True)
        self._path: Path | None = None
        self._found: Examined | None = None
        self._kept: frozenset[str] = frozenset()
        self.back = back_button()
        self.title = label("Importer une grille", "import_title", "heading", wrap=False)
        self.invitation, body = card("import_invitation")
        body.addWidget(label(typeset(_INVITATION), "import_how"))
        self.choose = button("Choisir un classeur…", "import_choose", "primary")
        self.bar = JobBar("import_job")
        self.summary = label("", "import_summary", "muted")
        self.id = Line("import_id", "Identifiant de la grille importée")
        self.version = Line("import_version", "Version de la grille importée")
        self.again = button("Vérifier de nouveau", "import_again", "quiet")
        self.tabs = called(QTabBar(), "import_tabs", "Changements ou problèmes")
        self.changes = called(TextView(), "import_changes", "Ce que le classeur change")
        self.problems = Table("import_problems", "Problèmes du classeur", columns())
        self.accept = button("Importer cette grille", "import_accept", "primary")
        self.refuse = button("Ne pas importer", "import_refuse")
        self.copy = button("Copier les problèmes", "import_copy", "quiet")
        self.export = button("Exporter les problèmes…", "import_export", "quiet")
        self._lay_out()
        self._connect()
        self._on_tab(_CHANGES)
        self._forget()

    def enter(self) -> None:
        """Take the focus where the next gesture is."""
        (self.tabs if self._found is not None else self.choose).setFocus()

    def leave(self) -> bool:
        """Stop what is being read; nothing is left half done."""
        self.bar.cancel()
        return True

    def look_at(self, path: Path) -> None:
        """Examine a workbook."""
        if self.bar.running:
            return
        self._forget()
        self._path = path
        self._examine()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the room to the list where there is little height."""
        super().resizeEvent(event)
        self._fit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome one file."""
        if _dropped(event) is not None and not self.bar.running:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Examine the file that is dropped."""
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.look_at(path)

    # -- made

    def _lay_out(self) -> None:
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.addTab("Changements")
        self.tabs.addTab("Problèmes")
        self.naming = Flow(spacing=Space.SMALL)
        for text, field in (("Identifiant", self.id), ("Version", self.version)):
            named = label(text, f"{field.objectName()}_label", wrap=False)
            named.setBuddy(field)
            self.naming.add(named)
            self.naming.add(field)
        self.naming.add(self.again)
        self.gestures = Flow(spacing=Space.SMALL)
        for made in (self.accept, self.refuse, self.copy, self.export):
            self.gestures.add(made)
        self.preview = QWidget()
        self.preview.setObjectName("import_preview")
        column = column_in(self.preview)
        column.addWidget(self.summary)
        column.addWidget(self.naming)
        column.addWidget(self.tabs)
        column.addWidget(self.changes, 1)
        column.addWidget(self.problems, 1)
        column.addWidget(self.gestures)
        whole = column_in(self)
        whole.addLayout(row(self.back, self.title, None, self.choose))
        whole.addWidget(self.bar)
        whole.addWidget(self.invitation)
        whole.addWidget(self.preview, 1)
        whole.addStretch(0)

    def _connect(self) -> None:
        self.back.clicked.connect(self.closed)
        self.choose.clicked.connect(self._on_choose)
        self.bar.busy.connect(self._on_busy)
        self.bar.failed.connect(self.choose.setFocus)
        self.bar.unexpected.connect(self.unexpected)
        self.again.clicked.connect(self._examine)
        for field in (self.id, self.version):
            field.returnPressed.connect(self._examine)
            field.textEdited.connect(self._on_edited)
        self.tabs.currentChanged.connect(self._on_tab)
        self.changes.link_wanted.connect(self._on_link)
        self.accept.clicked.connect(self._on_accept)
        self.refuse.clicked.connect(self._on_refuse)
        self.copy.clicked.connect(self._on_copy)
        self.export.clicked.connect(self._on_export)
        theme.notice().changed.connect(self._fit)

    @Slot(int)
    def _on_tab(self, at: int) -> None:
        self.changes.setVisible(at == _CHANGES)
        self.problems.setVisible(at == _PROBLEMS)

    @Slot(str)
    def _on_link(self, url: str) -> None:
        start = page_of(url)
        if start is not None and self._found is not None:
            self.changes.show_html(html(self._found, start), explained=False)
            self.changes.setFocus()

    # -- looking

    @Slot()
    def _on_choose(self) -> None:
        self.bar.ask_file("Quel classeur importer ?", self.look_at)

    @Slot()
    def _examine(self) -> None:
        """Look at the workbook, with the id and the version asked for, if they were changed."""
        if self._path is not None and not self.bar.running:
            self.bar.start(partial(_examine, self._path, self._asked()), self._on_examined)

    def _asked(self) -> dict[str, str]:
        found = self._found
        if found is None or not found.id:
            return {}
        said = {
            "id": (self.id.text().strip(), found.id),
            "version": (self.version.text().strip(), found.version),
        }
        wanted = {
            key: text
            for key, (text, before) in said.items()
            if text and (text != before or key in self._kept)
        }
        self._kept = frozenset(wanted)
        return wanted

    @Slot(object)
    def _on_examined(self, found: Examined) -> None:
        self._found = found
        self.bar.say(*verdict(found))
        self._fit()
        self.id.setText(found.id)
        self.version.setText(found.version)
        self.changes.show_html(html(found), explained=False)
        self.problems.values.show_values(found.problems)
        self.problems.choose()
        self.tabs.setTabText(
            _PROBLEMS, f"Problèmes ({len(found.problems)})" if found.problems else "Problèmes"
        )
        self.tabs.setTabEnabled(_PROBLEMS, bool(found.problems))
        self.tabs.setCurrentIndex(_PROBLEMS if found.problems and not found.ready else _CHANGES)
        self._show_found(found)
        (self.accept if found.ready else self.tabs).setFocus()

    def _show_found(self, found: Examined) -> None:
        self.invitation.hide()
        self._open_preview()
        self.choose.setText("Choisir un autre classeur…")
        theme.mark(self.choose, kind="")
        self.accept.setEnabled(found.ready)
        self.copy.setVisible(bool(found.problems))
        self.export.setVisible(bool(found.problems))
        for field in (self.id, self.version, self.again):
            field.setEnabled(bool(found.id))

    def _open_preview(self) -> None:
        """Show the preview, its lines at their width first: they would ask the window for too much height."""
        for flow in (self.naming, self.gestures):
            flow.resize(self.width(), flow.height())
        self.preview.show()

    @Slot()
    def _fit(self) -> None:
        self.id.setMaximumWidth(theme.current().px(320))
        self.version.setMaximumWidth(theme.current().px(110))
        low = self.height() < theme.current().px(_LOW_UNDER)
        named = self._found is not None and self._found.id and not low
        say(self.summary, summary(self._found) if self._found is not None and named else "")

    @Slot()
    def _on_edited(self) -> None:
        """Look again before accepting: the id and the version decide of much."""
        self.accept.setEnabled(False)

    # -- deciding

    @Slot()
    def _on_accept(self) -> None:
        if self._found is not None and self._found.ready:
            self.bar.start(partial(_accept, self._found), self._on_accepted)

    @Slot(object)
    def _on_accepted(self, id: str) -> None:  # noqa: A002 - ids are called ids here
        self._forget()
        self.bar.say(f"La grille « {id} » est importée.", Tone.GOOD)
        self.reloaded.emit()
        self.wanted.emit(id)

    @Slot()
    def _on_refuse(self) -> None:
        self._forget()
        self.bar.say("Rien n'a été importé.", Tone.WAITING)
        self.choose.setFocus()

    # -- passing problems on

    @Slot()
    def _on_copy(self) -> None:
        if self._found is not None:
            QGuiApplication.clipboard().setText(plain(self._found.problems))
            amount = french.count(len(self._found.problems), "problème copié", "problèmes copiés")
            self.bar.say(f"{amount} : collez-les dans un message ou un tableur.", Tone.GOOD)

    @Slot()
    def _on_export(self) -> None:
        self.bar.ask_where("problemes.csv", self._write, kinds=_LINES)

    def _write(self, path: Path) -> None:
        if self._found is not None:
            self.bar.start(partial(_export, self._found, path), self.bar.made)

    @Slot(bool)
    def _on_busy(self, on: bool) -> None:
        self.choose.setVisible(not on)
        self.preview.setEnabled(not on)

    def _forget(self) -> None:
        """Come back to the invitation."""
        self._found = self._path = None
        self._kept = frozenset()
        self.choose.setText("Choisir un classeur…")
        theme.mark(self.choose, kind="primary")
        self.preview.hide()
        self.invitation.show()
        self.bar.clear()


def _dropped(event: QDragEnterEvent | QDropEvent) -> Path | None:
    """Return the one file that is dropped, nothing for anything else."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


def _examine(path: Path, asked: dict[str, str], progress: Progress, stopping: Stopping) -> Examined:
    return checklist_import.examine(
        path, id=asked.get("id"), version=asked.get("version"), progress=progress, cancelled=stopping
    )


def _accept(found: Examined, _progress: Progress, _stopping: Stopping) -> str:
    checklist_import.accept(found)
    return found.id


def _export(found: Examined, path: Path, _progress: Progress, _stopping: Stopping) -> Path:
    return checklist_import.write_problems(found.problems, path)
