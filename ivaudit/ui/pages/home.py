"""Accueil: take up where one left, see what is in progress, know that backups are made."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ivaudit.domain.audit import Changes
from ivaudit.domain.checklist import Vocabulary
from ivaudit.domain.due import DueItem, Matter
from ivaudit.domain.errors import KnownError
from ivaudit.domain.tone import Tone
from ivaudit.ui import audit_columns, french, theme
from ivaudit.ui.backing_up import back_up
from ivaudit.ui.controls import Bar, button, card, column_in, label, row, say, scrolling
from ivaudit.ui.page import Page, Spot
from ivaudit.ui.table import Column, Table
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.audits import AuditSummary
    from ivaudit.app.backups import BackupInfo
    from ivaudit.app.session import Session

_DUE_HEIGHT = 140
_DUE_KEYS = "T va à cette liste, Entrée ouvre la ligne."
_WORDS = {
    Matter.REPORT: ("signalement à faire", "signalements à faire"),
    Matter.URGENT: ("constat sans attendre", "constats sans attendre"),
    Matter.LATE: ("action en retard", "actions en retard"),
    Matter.REVIEW: ("relecture de plus de trois semaines", "relectures de plus de trois semaines"),
}
_LATE = (
    "Aucune copie récente sur un autre disque : un poste volé ou en panne emporterait ses sauvegardes. "
    "Branchez une clé ou un disque, et copiez."
)
_WELCOME = (
    "Un audit se prépare en une minute : une structure, une grille, une date. Vous répondez au clavier, "
    "une touche par réponse ; tout est enregistré au fur et à mesure. "
    "À la fin, le rapport sort en PDF et en Excel."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What the page shows, read at one moment."""

    audits: tuple["AuditSummary", ...]
    backups: tuple["BackupInfo", ...]
    vocabulary: Vocabulary
    due: tuple[DueItem, ...] = ()
    copy_late: bool = False


def _read(session: "Session") -> Overview:
    from ivaudit.app import audits, backups, due  # noqa: PLC0415 - on the writer's thread

    return Overview(
        audits=audits.all_of(session),
        backups=backups.backups(session.workspace.folder),
        vocabulary=session.library.vocabulary(),
        due=due.of_workspace(session),
        copy_late=backups.copy_late(session),
    )


class HomePage(Page):
    """The first page of an open workspace."""

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__("home", "Accueil", writer, parent)
        self._overview: Overview | None = None
        self._resumed = ""
        self.new = button("Nouvel audit", "home_new_audit", "primary")
        head = row(label("Accueil", "home_title", "title", wrap=False), None, self.new)
        self.column.addLayout(head)
        inner = QWidget()
        self.body = column_in(inner, spacing=theme.Space.MEDIUM)
        self.column.addWidget(scrolling(inner, "home_scroll", "Accueil"), 1)
        self.body.addWidget(self._resume_card())
        self.body.addWidget(self._due_card())
        self.body.addWidget(self._empty_card())
        self.body.addWidget(self._list_card(), 1)
        self.body.addWidget(self._backup_card())
        self.body.addStretch(0)
        self.new.clicked.connect(self._on_new)

    def enter(self, about: object = None) -> None:
        """Read again."""
        del about
        self.writer.submit(_read, done=self._on_read, failed=self.on_known_error)
        self.first_focus().setFocus()

    def refresh(self, changes: Changes) -> None:
        """Read again what a gesture elsewhere changed, if it is seen."""
        if self.isVisible() and _concerned(changes):
            self.writer.submit(_read, done=self._on_read, failed=self.on_known_error)

    def first_focus(self) -> QWidget:
        """Return what one most likely wants."""
        return self.resume if self._resumed else self.new

    def _resume_card(self) -> QWidget:
        self.resume_card, column = card("home_resume_card")
        self.resume_title = label("", "home_resume_title", "heading")
        self.resume_more = label("", "home_resume_more", "muted")
        self.bar = Bar("home_resume_bar")
        self.resume = button("Reprendre où j'en étais", "home_resume", "primary")
        for part in (self.resume_title, self.resume_more, self.bar):
            column.addWidget(part)
        column.addLayout(row(self.resume, None))
        self.resume.clicked.connect(self._on_resume)
        self.resume_card.hide()
        return self.resume_card

    def _due_card(self) -> QWidget:
        self.due_card, column = card("home_due_card")
        self.due_title = label("", "home_due_title", "heading")
        self.due = Table("home_due", "À traiter", _DUE, flat=True)
        self.due.setMinimumHeight(_DUE_HEIGHT)
        column.addWidget(self.due_title)
        column.addWidget(label(_DUE_KEYS, "home_due_keys", "muted"))
        column.addWidget(self.due)
        self.due.opened.connect(self._on_due)
        shortcut = QShortcut(QKeySequence("T"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._on_due_wanted)
        self.due_card.hide()
        return self.due_card

    def _empty_card(self) -> QWidget:
        self.empty_card, column = card("home_empty_card")
        column.addWidget(label("Aucun audit pour l'instant", "home_empty_title", "heading"))
        column.addWidget(label(_WELCOME, "home_empty_text"))
        self.start = button("Préparer un premier audit", "home_empty_start")
        self.read = button("Lire les grilles", "home_empty_read", "quiet")
        column.addLayout(row(self.start, self.read, None))
        self.start.clicked.connect(self._on_new)
        self.read.clicked.connect(self._on_library)
        self.empty_card.hide()
        return self.empty_card

    def _list_card(self) -> QWidget:
        self.list_card, column = card("home_list_card")
        column.addWidget(label("Audits en cours", "home_list_title", "heading"))
        self.list = Table("home_audits", "Audits en cours", audit_columns.columns(self._vocabulary))
        self.list.setMinimumHeight(180)
        column.addWidget(self.list, 1)
        self.list.opened.connect(self._on_opened)
        self.list_card.hide()
        return self.list_card

    def _backup_card(self) -> QWidget:
        frame, column = card("home_backup_card")
        self.backup = label("", "home_backup_text")
        self.back_up = button("Sauvegarder maintenant", "home_back_up")
        column.addWidget(label("Sauvegardes", "home_backup_title", "heading"))
        line = row(self.backup, self.back_up)
        line.setStretch(0, 1)
        column.addLayout(line)
        self.late = label(_LATE, "home_copy_late")
        theme.mark(self.late, tone=Tone.MIDDLE.value)
        self.copy = button("Copier sur un autre disque…", "home_copy")
        column.addWidget(self.late)
        column.addLayout(row(self.copy, None))
        for part in (self.late, self.copy):
            part.hide()
        self.copy.clicked.connect(self._on_copy)
        self.back_up.clicked.connect(self._on_back_up)
        return frame

    def _vocabulary(self) -> Vocabulary | None:
        return self._overview.vocabulary if self._overview is not None else None

    @Slot(object)
    def _on_read(self, overview: Overview) -> None:
        first = self._overview is None
        self._overview = overview
        ongoing = [each for each in overview.audits if each.treated < each.points] or list(overview.audits)
        self.empty_card.setVisible(not overview.audits)
        self.resume_card.setVisible(bool(ongoing))
        self.list_card.setVisible(len(ongoing) > 1)
        if ongoing:
            self._show_resume(ongoing[0], overview.vocabulary)
        self.list.values.show_values(ongoing[1:])
        self._show_due(overview.due)
        self.show_backups(overview.backups)
        for part in (self.late, self.copy):
            part.setVisible(overview.copy_late)
        if first and self.new.hasFocus():
            self.first_focus().setFocus()

    def _show_due(self, found: tuple[DueItem, ...]) -> None:
        at = self.due.currentIndex().row()
        self.due.values.show_values(found)
        self.due.choose(max(0, min(at, len(found) - 1)))
        self.due_card.setVisible(bool(found))
        counts = [(matter, sum(each.matter is matter for each in found)) for matter in Matter]
        said = [french.count(number, *_WORDS[matter]) for matter, number in counts if number]
        say(self.due_title, f"À traiter : {', '.join(said)}" if said else "")

    def _show_resume(self, summary: "AuditSummary", vocabulary: Vocabulary) -> None:
        audit = summary.audit
        self._resumed = audit.id
        name = audit_columns.called(summary, vocabulary)
        joined = f"{name}," if audit.title else f"{name} du"
        title = f"{audit.facility_name} — {joined} {french.long_date(audit.date)}"
        say(self.resume_title, title)
        parts = (audit_columns.progress(summary), audit_columns.left(summary))
        say(self.resume_more, f"{' · '.join(parts)} · dernière saisie {french.when(summary.last)}")
        self.bar.show_share(summary.treated, summary.points)
        self.resume.setAccessibleDescription(title)

    def show_backups(self, found: "tuple[BackupInfo, ...]") -> None:
        """Say when the last backup was made."""
        if not self.back_up.isEnabled():
            return  # one is being made, and will be shown
        last = next((info for info in found if not info.replaced), None)
        if last:
            copies = french.count(len(found), "copie chiffrée", "copies chiffrées")
            say(self.backup, f"La dernière a été faite {french.when(last.at)}. {copies} sur ce poste.")
        else:
            say(self.backup, "La première sera faite dans la journée, sans rien vous demander.")

    @Slot()
    def _on_copy(self) -> None:
        self.asked.emit("database", None)

    @Slot()
    def _on_back_up(self) -> None:
        self.back_up.setEnabled(False)
        say(self.backup, "Sauvegarde en cours…")
        back_up(self.writer, done=self._on_backed_up, failed=self._on_not_backed_up)

    @Slot(object)
    def _on_backed_up(self, found: "tuple[BackupInfo, ...]") -> None:
        self.back_up.setEnabled(True)
        self.show_backups(found)

    def _on_not_backed_up(self, error: KnownError) -> None:
        self._on_backed_up(self._overview.backups if self._overview is not None else ())
        self.on_known_error(error)

    @Slot()
    def _on_resume(self) -> None:
        self.asked.emit("audit", self._resumed)

    @Slot(object)
    def _on_opened(self, summary: "AuditSummary") -> None:
        self.asked.emit("audit", summary.audit.id)

    @Slot()
    def _on_due_wanted(self) -> None:
        """Go to what is due: Return then opens it."""
        if self.due_card.isVisible():
            self.due.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(object)
    def _on_due(self, item: DueItem) -> None:
        match item.matter:
            case Matter.LATE:
                self.asked.emit("actions", item.target)
            case Matter.URGENT:
                self.asked.emit("audit", Spot(audit=item.audit, finding=item.target))
            case Matter.REPORT:
                self.asked.emit("anomalies", item.target)
            case Matter.REVIEW:
                self.asked.emit("audit", Spot(audit=item.audit, review=True))

    @Slot()
    def _on_new(self) -> None:
        self.asked.emit("new_audit", None)

    @Slot()
    def _on_library(self) -> None:
        self.asked.emit("library", None)


def _concerned(changes: Changes) -> bool:
    """Tell whether a gesture changes what the page shows."""
    followed = any(name.startswith(("action:", "finding:", "anomaly:")) for name in changes.entities)
    return bool(changes.audits or changes.facilities or changes.answers or followed)


def _matter(item: DueItem) -> str:
    return item.matter.value.capitalize()


def _what(item: DueItem) -> str:
    return " ".join(item.what.split())


def _facility(item: DueItem) -> str:
    return item.facility


def _since(item: DueItem) -> str:
    return french.short_date(item.since)


_DUE = (
    Column(title="Pourquoi", text=_matter),
    Column(title="Quoi", text=_what, stretch=True),
    Column(title="Structure", text=_facility, spare=True),
    Column(title="Depuis", text=_since, key=lambda item: item.since),
)
