"""Audits: all of them, sorted, searched, opened, taken off the list and brought back."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ivaudit.domain.audit import Changes
from ivaudit.domain.checklist import Vocabulary
from ivaudit.ui import audit_columns, french, theme
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.controls import SearchLine, button, called, label, row, say
from ivaudit.ui.page import Page, Said
from ivaudit.ui.table import Table
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.audits import AuditSummary
    from ivaudit.app.session import Session


def _read(session: "Session") -> "tuple[tuple[AuditSummary, ...], Vocabulary]":
    from ivaudit.app import audits  # noqa: PLC0415 - on the writer's thread

    return audits.all_of(session), session.library.vocabulary()


def _remove(audit: str, session: "Session") -> Changes:
    from ivaudit.app import audits  # noqa: PLC0415 - on the writer's thread

    return audits.remove(session, audit)


def _restore(audit: str, session: "Session") -> Changes:
    from ivaudit.app import audits  # noqa: PLC0415 - on the writer's thread

    return audits.restore(session, audit)


def _follow(audit: str, date: str, session: "Session") -> tuple[Changes, str]:
    from ivaudit.app import follow_up  # noqa: PLC0415 - on the writer's thread

    return follow_up.create_follow_up(session, audit, date)


class AuditsPage(Page):
    """The list of every audit."""

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__("audits", "Audits", writer, parent)
        self._known: Vocabulary | None = None
        self.new = button("Nouvel audit", "audits_new", "primary")
        self.returns = button("Importer des questionnaires…", "audits_questionnaires")
        self.exchange = button("Recevoir un audit…", "audits_exchange")
        self.exchange.setToolTip("Importer le fichier d'échange qu'un collègue vous a envoyé")
        title = label("Audits", "audits_title", "title", wrap=False)
        gestures = called(Flow(spacing=theme.Space.SMALL), "audits_gestures", "Créer ou recevoir un audit")
        for each in (self.new, self.returns, self.exchange):
            gestures.add(each)
        self.column.addWidget(title)
        self.column.addWidget(gestures)
        self.search = SearchLine("audits_search", "Rechercher un audit")
        self.search.setPlaceholderText("Rechercher une structure, une date, un état  (Ctrl+F)")
        self.column.addWidget(self.search)
        self.list = Table("audits_list", "Tous les audits", audit_columns.columns(self._vocabulary))
        self.column.addWidget(self.list, 1)
        self.note = label("", "audits_note", "muted")
        self.open = button("Ouvrir", "audits_open")
        self.follow = button("Suivi ciblé", "audits_follow", "", "Créer le suivi ciblé de cet audit")
        self.follow.setToolTip("Créer un audit des points à améliorer et des points critiques non évalués")
        self.remove = button("Retirer de la liste", "audits_remove", "danger")
        line = row(self.note, self.open, self.follow, self.remove)
        line.setStretch(0, 1)
        self.column.addLayout(line)
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self.list.setFocus)
        self.list.opened.connect(self._on_opened)
        self.list.current_value.connect(self._on_current)
        self.new.clicked.connect(self._on_new)
        self.returns.clicked.connect(self._on_returns)
        self.exchange.clicked.connect(self._on_exchange)
        self.open.clicked.connect(self._on_open)
        self.follow.clicked.connect(self._on_follow)
        self.remove.clicked.connect(self._on_remove)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.activated.connect(self.search.setFocus)
        self._on_current(None)

    @Slot()
    def _on_exchange(self) -> None:
        self.asked.emit("exchanges", None)

    def enter(self, about: object = None) -> None:
        """Read again."""
        del about
        self.writer.submit(_read, done=self._on_read, failed=self.on_known_error)
        self.list.setFocus()

    def refresh(self, changes: Changes) -> None:
        """Read again what a gesture changed, if it is seen."""
        if self.isVisible() and (changes.audits or changes.facilities):
            self.writer.submit(_read, done=self._on_read, failed=self.on_known_error)

    def _vocabulary(self) -> Vocabulary | None:
        return self._known

    @Slot(object)
    def _on_read(self, result: "tuple[tuple[AuditSummary, ...], Vocabulary]") -> None:
        found, self._known = result
        now = self.list.value()
        self.list.values.show_values(found)
        ids = [summary.audit.id for summary in self.list.values.rows]
        self.list.choose(ids.index(now.audit.id) if now is not None and now.audit.id in ids else 0)
        self._on_current(self.list.value())
        self._count()

    def _count(self) -> None:
        shown, total = len(self.list.values.rows), self.list.values.total
        if not total:
            say(self.note, "Aucun audit pour l'instant : « Nouvel audit » en prépare un en une minute.")
        elif shown == total:
            say(self.note, french.count(total, "audit", "audits"))
        else:
            say(self.note, f"{french.count(shown, 'audit', 'audits')} sur {total}")

    @Slot(str)
    def _on_search(self, text: str) -> None:
        self.list.values.search(text)
        self.list.choose(0)
        self._on_current(self.list.value())
        self._count()

    @Slot(object)
    def _on_current(self, summary: "AuditSummary | None") -> None:
        self.open.setEnabled(summary is not None)
        self.follow.setEnabled(summary is not None)
        self.remove.setEnabled(summary is not None)

    @Slot(object)
    def _on_opened(self, summary: "AuditSummary") -> None:
        self.asked.emit("audit", summary.audit.id)

    @Slot()
    def _on_open(self) -> None:
        if self.list.value() is not None:
            self._on_opened(self.list.value())

    @Slot()
    def _on_follow(self) -> None:
        summary: AuditSummary | None = self.list.value()
        if summary is not None:
            work = partial(_follow, summary.audit.id, french.today())
            self.writer.submit(work, done=self._on_followed, failed=self.on_known_error)

    @Slot(object)
    def _on_followed(self, result: tuple[Changes, str]) -> None:
        self.asked.emit("audit", result[1])

    @Slot()
    def _on_remove(self) -> None:
        summary: AuditSummary | None = self.list.value()
        if summary is not None:
            audit = summary.audit.id
            self.writer.submit(
                partial(_remove, audit), done=partial(self._said_removed, audit), failed=self.on_known_error
            )

    def _said_removed(self, audit: str, _changes: Changes) -> None:
        sentence = "L'audit est retiré de la liste ; rien n'est effacé."
        self.said.emit(Said(sentence=sentence, back_label="Remettre", back=partial(_restore, audit)))

    @Slot()
    def _on_new(self) -> None:
        self.asked.emit("new_audit", None)

    @Slot()
    def _on_returns(self) -> None:
        self.asked.emit("questionnaires", None)
