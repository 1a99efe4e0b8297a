"""The one register of the documents of an audit, and the papers of its visit, in *Préparation*."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QFrame, QProgressBar, QWidget

from ivaudit.app import visit_papers
from ivaudit.app.session import Session
from ivaudit.domain.errors import KnownError
from ivaudit.domain.evidence import DocumentStatus, Evidence
from ivaudit.domain.progress import Progress
from ivaudit.domain.tone import Tone
from ivaudit.domain.wording import folded
from ivaudit.ui import theme
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.open_audit import OpenAudit
from ivaudit.ui.controls import button, called, column_in, label, row, say
from ivaudit.ui.evidence.book import EvidenceBook
from ivaudit.ui.evidence.document_form import DocumentForm
from ivaudit.ui.french import count, short_date
from ivaudit.ui.job import Job
from ivaudit.ui.table import Column, Table
from ivaudit.ui.theme import Space

_HELP = (
    "Demandez environ trois semaines avant. Un document absent est une information, pas un reproche. Aucun "
    "fichier n'est gardé ici."
)
_EMPTY = "Aucun document au registre. « Documents attendus » y inscrit ceux que les grilles demandent."
_STATES = {
    DocumentStatus.ASKED: ("Demandé", "register_asked"),
    DocumentStatus.RECEIVED: ("Reçu", "register_received"),
    DocumentStatus.SEEN: ("Consulté", "register_seen"),
    DocumentStatus.ABSENT: ("Absent", "register_absent"),
}
_LINES = 8
_LINE = 44


def _title(found: Evidence) -> str:
    return found.title


def _folded_title(found: Evidence) -> tuple[str, str]:
    return folded(found.title), found.id


def _reference(found: Evidence) -> str:
    return found.reference


def _version(found: Evidence) -> str:
    return found.version


def _date(found: Evidence) -> str:
    return short_date(found.date) if found.date else ""


def _day(found: Evidence) -> str:
    return found.date


def _shown_by(found: Evidence) -> str:
    return found.shown_by


def _state(found: Evidence) -> str:
    return found.status.value.capitalize() if found.status else ""


COLUMNS = (
    Column(title="Document", text=_title, stretch=True),
    Column(title="État", text=_state),
    Column(title="Version", text=_version, spare=True),
    Column(title="Date", text=_date, key=_day, spare=True),
    Column(title="Montré par", text=_shown_by, spare=True),
    Column(title="Référence", text=_reference, spare=True),
)


class DocumentRegister(QFrame):
    """Asked for, received, consulted, absent: one row each; Entrée changes one, Suppr takes it off."""

    def __init__(self, audit: OpenAudit, book: EvidenceBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "register", "Registre des documents")
        self.setProperty("card", True)
        self._audit, self._book = audit, book
        self._job: Job | None = None
        self._prepared: visit_papers.Prepared | None = None
        self._folder = Path(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home()
        )
        self._build()
        self._connect()
        self._on_working(on=False)
        self._show()

    def _build(self) -> None:
        self.counts = label("", "register_counts", "muted")
        self.expected = button("Inscrire les documents attendus", "register_expected")
        self.add = button("Ajouter un document", "register_add")
        self.request = button("Écrire la demande (PDF)…", "register_request")
        self.plan = button("Écrire le plan de visite (PDF)…", "register_plan")
        self.adopt = button("", "register_adopt", "", "Reprendre les documents de l'ancienne fiche")
        self.progress = called(QProgressBar(), "register_progress", "Avancement de l'impression")
        self.progress.setRange(0, 0)
        self.stop = button("Arrêter", "register_stop")
        self.said = label("", "register_said")
        self.empty = label(_EMPTY, "register_empty", "muted")
        self.table = Table("register_table", "Registre des documents", COLUMNS)
        self.states = {
            status: button(text, name, "", f"Document {status.value}")
            for status, (text, name) in _STATES.items()
        }
        self.change = button("Modifier", "register_change")
        self.remove = button("Retirer", "register_remove", "quiet")
        self.form = DocumentForm("register_document")
        column = column_in(self, Space.MEDIUM)
        column.addWidget(label("Registre des documents", "register_title", "heading"))
        column.addWidget(label(_HELP, "register_help", "muted"))
        column.addWidget(_flow(self.add, self.expected, self.adopt, self.request, self.plan))
        column.addLayout(row(self.progress, self.stop))
        for part in (self.said, self.form, self.counts, self.empty, self.table):
            column.addWidget(part)
        self.acts = _flow(*self.states.values(), self.change, self.remove)
        column.addWidget(self.acts)
        column.addStretch(1)

    def _connect(self) -> None:
        self.add.clicked.connect(self._on_add)
        self.expected.clicked.connect(self._book.ask_documents)
        self.adopt.clicked.connect(self._book.adopt_documents)
        self.request.clicked.connect(self._on_request)
        self.plan.clicked.connect(self._on_plan)
        self.stop.clicked.connect(self._on_stop)
        self.table.opened.connect(self._on_open)
        self.table.current_value.connect(self._on_current)
        self.change.clicked.connect(self._on_change)
        self.remove.clicked.connect(self._on_remove)
        for status, press in self.states.items():
            press.clicked.connect(partial(self._on_state, status))
        self.form.given.connect(self._on_given)
        self.form.left.connect(self._on_form_left)
        self._book.changed.connect(self._show)
        theme.notice().changed.connect(self._fit)

    # -- showing

    @Slot()
    def _show(self) -> None:
        found = self._book.documents
        current = self.table.value()
        # By title whatever their state: a line that moved at each state given would be run after.
        self.table.values.show_values(sorted(found, key=_folded_title))
        keys = [each.id for each in self.table.values.rows]
        if keys:
            self.table.choose(keys.index(current.id) if current is not None and current.id in keys else 0)
        self._fit()
        former = count(self._book.former, "document", "documents")
        self.adopt.setText(f"Reprendre {former} de l'ancienne fiche")
        self.adopt.setVisible(bool(self._book.former))
        self.table.setVisible(bool(found))
        self.empty.setVisible(not found)
        self.acts.setVisible(bool(found))
        say(self.counts, _counts(found))

    @Slot()
    def _fit(self) -> None:
        """Make the table as high as its lines, within reason."""
        shown = min(max(len(self.table.values.rows), 1), _LINES)
        self.table.setFixedHeight((shown + 1) * theme.current().px(_LINE))

    @Slot(object)
    def _on_current(self, value: object) -> None:
        found = value if isinstance(value, Evidence) else None
        for status, press in self.states.items():
            press.setEnabled(found is not None and found.status is not status)

    # -- gestures

    @Slot()
    def _on_add(self) -> None:
        self.form.show_document(None, DocumentStatus.ASKED)

    @Slot()
    def _on_change(self) -> None:
        self._on_open(self.table.value())

    @Slot(object)
    def _on_open(self, found: object) -> None:
        if isinstance(found, Evidence):
            self.form.show_document(found)

    @Slot()
    def _on_remove(self) -> None:
        found = self.table.value()
        if isinstance(found, Evidence):
            self._book.take_off(found, "")
            say(self.said, f"« {found.title} » est retiré. Ctrl+Z le remet.", Tone.NEUTRAL)

    def _on_state(self, status: DocumentStatus) -> None:
        found = self.table.value()
        if isinstance(found, Evidence):
            self._book.edit(found.id, {"status": status.value})
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str, object)
    def _on_given(self, identity: str, values: dict[str, str]) -> None:
        if identity:
            self._book.edit(identity, values, self.form.come_back)
        else:
            self._book.add_document(values, failed=self.form.come_back)
        self._on_form_left()

    @Slot()
    def _on_form_left(self) -> None:
        self.form.hide()
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- papers

    @Slot()
    def _on_request(self) -> None:
        self._prepare("demande")

    @Slot()
    def _on_plan(self) -> None:
        self._prepare("plan")

    def _prepare(self, what: visit_papers.What) -> None:
        work = partial(_prepared, audit=self._audit.audit_id, what=what)
        self._audit.writer.submit(work, done=self._on_prepared, failed=self._on_known)

    @Slot(object)
    def _on_prepared(self, prepared: visit_papers.Prepared) -> None:
        self._prepared = prepared
        dialog = QFileDialog(self, "Où enregistrer le fichier ?", str(self._folder), "Fichiers PDF (*.pdf)")
        dialog.setObjectName("register_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(visit_papers.file_name(prepared))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.write)
        dialog.open()

    @Slot(str)
    def write(self, file: str) -> None:
        """Write the paper that was prepared."""
        prepared, self._prepared = self._prepared, None
        if prepared is None or not file or self._job is not None:
            return
        self._folder = Path(file).parent
        job = Job(self)
        self._job = job
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        job.cancelled.connect(self._on_cancelled)
        self._on_working(on=True)
        say(self.said, "")
        job.start(partial(_make, prepared, Path(file), job))

    @Slot()
    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_working(self, *, on: bool) -> None:
        self.progress.setVisible(on)
        self.stop.setVisible(on)
        self.request.setEnabled(not on)
        self.plan.setEnabled(not on)
        if not on:
            self._job = None

    @Slot(object)
    def _on_done(self, path: Path) -> None:
        self._on_working(on=False)
        say(self.said, f"Écrit, en clair : {path.name}, dans {path.parent}", Tone.GOOD)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, KnownError):
            self._on_known(error)
            return
        self._on_working(on=False)
        say(self.said, "Le fichier n'a pas pu être préparé : l'erreur vient de nous.", Tone.BAD)
        self._audit.writer.failed.emit(error)

    @Slot(object)
    def _on_known(self, error: KnownError) -> None:
        self._on_working(on=False)
        say(self.said, error.sentence, Tone.BAD)

    @Slot()
    def _on_cancelled(self) -> None:
        self._on_working(on=False)
        say(self.said, "Arrêté : aucun fichier n'a été écrit.", Tone.WAITING)


def _flow(*parts: QWidget) -> Flow:
    made = Flow()
    for part in parts:
        made.add(part)
    return made


def _counts(found: tuple[Evidence, ...]) -> str:
    """Return «12 documents : 3 demandés, 9 consultés»."""
    if not found:
        return ""
    many = {status: sum(each.status is status for each in found) for status in DocumentStatus}
    parts = [
        f"{number} {status.value}{'s' if number > 1 else ''}" for status, number in many.items() if number
    ]
    return f"{count(len(found), 'document', 'documents')} : {', '.join(parts)}"


def _prepared(session: Session, *, audit: str, what: visit_papers.What) -> visit_papers.Prepared:
    return visit_papers.prepare(session, audit, what)


def _make(prepared: visit_papers.Prepared, path: Path, job: Job, progress: Progress) -> Path:
    return visit_papers.make(prepared, path, progress=progress, cancelled=job.stopping)
