"""The open workspace: rail, page and notification bar; pages are imported when first opened."""

import importlib
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import KnownError
from ivaudit.ui import theme
from ivaudit.ui.controls import column_in
from ivaudit.ui.keeping import Keeper
from ivaudit.ui.notification_bar import NotificationBar
from ivaudit.ui.page import Page, Said, Spot
from ivaudit.ui.rail import Rail
from ivaudit.ui.writer import Doubt, Writer

if TYPE_CHECKING:
    from collections.abc import Callable

    from ivaudit.app.backups import BackupInfo
    from ivaudit.ui.audit.page import AuditPage

ENTRIES = (
    ("home", "Accueil"),
    ("audits", "Audits"),
    ("anomalies", "Anomalies"),
    ("actions", "Actions"),
    ("indicators", "Indicateurs"),
    ("facilities", "Structures"),
    ("library", "Bibliothèque"),
    ("settings", "Réglages"),
)
PAGES = {
    "home": ("ivaudit.ui.pages.home", "HomePage"),
    "audits": ("ivaudit.ui.pages.audits", "AuditsPage"),
    "new_audit": ("ivaudit.ui.pages.new_audit", "NewAuditPage"),
    "anomalies": ("ivaudit.ui.pages.anomalies", "AnomaliesPage"),
    "actions": ("ivaudit.ui.pages.actions", "ActionsPage"),
    "indicators": ("ivaudit.ui.pages.indicators", "IndicatorsPage"),
    "questionnaires": ("ivaudit.ui.pages.questionnaires", "QuestionnairesPage"),
    "campaigns": ("ivaudit.ui.pages.campaigns", "CampaignsPage"),
    "facilities": ("ivaudit.ui.pages.facilities", "FacilitiesPage"),
    "insi": ("ivaudit.ui.insi.page", "InsiPage"),
    "directory": ("ivaudit.ui.pages.directory", "DirectoryPage"),
    "library": ("ivaudit.ui.pages.library", "LibraryPage"),
    "settings": ("ivaudit.ui.pages.settings", "SettingsPage"),
    "trail": ("ivaudit.ui.pages.trail", "TrailPage"),
    "privacy": ("ivaudit.ui.pages.privacy", "PrivacyPage"),
    "keys": ("ivaudit.ui.pages.keys", "KeysPage"),
    "database": ("ivaudit.ui.pages.database", "DatabasePage"),
    "exchanges": ("ivaudit.ui.pages.exchanges", "ExchangesPage"),
}
UNDER = {
    "audit": "audits",
    "new_audit": "audits",
    "questionnaires": "audits",
    "campaigns": "facilities",
    "insi": "indicators",
    "directory": "facilities",
    "trail": "settings",
    "privacy": "settings",
    "keys": "settings",
    "database": "settings",
    "exchanges": "settings",
}
"""The entry of the rail that a page without one of its own stands under."""
NARROW_UNDER = 1100
NARROW_SCALE = 2.0
_OURS = (
    "Une erreur inattendue est survenue : elle vient de nous. Ce qui était marqué « Enregistré » l'est. Le "
    "détail est gardé dans le journal technique et vous sera montré au prochain démarrage."
)


class Desk(QWidget):
    """Where one works once the workspace is open; `title_changed(str)`, `lock_asked()`, `restore_asked()`."""

    title_changed = Signal(str)
    lock_asked = Signal()
    restore_asked = Signal()

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("desk")
        self.writer = writer
        self.failures = 0
        self.rail = Rail(ENTRIES)
        self.bar = NotificationBar()
        self.stack = QStackedWidget()
        self.stack.setObjectName("pages")
        self._pages: dict[str, Page] = {}
        self.keeper = Keeper(writer, self)
        self.audit: AuditPage | None = None
        self._audit_id = self._audit_title = ""
        self.here: tuple[str, object] = ("home", None)
        column_widget = QWidget()
        column_widget.setObjectName("page_column")
        column = column_in(column_widget, spacing=0)
        column.addWidget(self.stack, 1)
        column.addWidget(self.bar)
        beside = QHBoxLayout(self)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self.rail)
        beside.addWidget(column_widget, 1)
        self._connect()

    @Slot(str)
    @Slot(str, object)
    def go(self, name: str, about: object = None) -> None:
        """Show a page of the rail, or an audit («audit», its id or a place in it)."""
        self._settle_current()
        if name == "restore":
            self.restore_asked.emit()
            return
        if name == "audit":
            spot = about if isinstance(about, Spot) else Spot(audit=str(about))
            self._open_audit(spot.audit)
            if self.audit is not None and about is spot:
                self.audit.go_to(spot)
            about = spot.audit
        else:
            page = self._page(name)
            self.stack.setCurrentWidget(page)
            page.enter(about)
            self.title_changed.emit(page.title)
        self.here = (name, about)
        self.bar.state.setVisible(name != "audit")  # the head of an audit says it itself
        self.rail.show_current(UNDER.get(name, name))

    def settle(self) -> None:
        """Submit whatever is typed and not left, on every page, and stop long work: one is about to leave."""
        self.keeper.stop()
        for page in self._pages.values():
            page.stop()
            page.settle()
        if self.audit is not None:
            self.audit.settle()

    def say_title(self) -> None:
        """Say the title of what is shown once more."""
        shown = self.stack.currentWidget()
        self.title_changed.emit(shown.title if isinstance(shown, Page) else self._audit_title)

    def notify(self, sentence: str) -> None:
        """Say a sentence in the bar."""
        self.bar.show_said(Said(sentence=sentence))

    def go_rank(self, rank: int) -> bool:
        """Go to the entry of the rail at a rank, from 1; tell whether there is one."""
        name = self.rail.name_at(rank)
        if name is not None:
            self.go(name)
        return name is not None

    def current(self) -> QWidget | None:
        """Return the page that is shown."""
        return self.stack.currentWidget()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the room to the page when there is little."""
        super().resizeEvent(event)
        self._fit()

    def _connect(self) -> None:
        self.rail.chosen.connect(self.go)
        self.rail.lock_asked.connect(self.lock_asked)
        self.bar.back_asked.connect(self._on_back_asked)
        self.writer.changed.connect(self._on_changed)
        self.writer.changed.connect(self.bar.on_changed)
        self.writer.saving.connect(self.bar.on_saving)
        self.writer.stalled.connect(self.bar.on_stalled)
        self.writer.failed.connect(self.on_failed)
        self.keeper.said.connect(self.bar.show_said)
        self.keeper.made.connect(self._on_backups)
        self.writer.doubted.connect(self._on_doubted)
        theme.notice().changed.connect(self._fit)

    def _page(self, name: str) -> Page:
        if name not in self._pages:
            module, kind = PAGES[name]
            make = cast("Callable[[Writer], Page]", getattr(importlib.import_module(module), kind))
            page = make(self.writer)
            page.asked.connect(self.go)
            page.said.connect(self._on_said)
            self._pages[name] = page
            self.stack.addWidget(page)
        return self._pages[name]

    def _open_audit(self, audit: str) -> None:
        from ivaudit.ui.audit.page import AuditPage  # noqa: PLC0415 - imported when first opened

        if self.audit is not None and self._audit_id == audit:
            self.stack.setCurrentWidget(self.audit)
            self.audit.come_back()
            self.title_changed.emit(self._audit_title)
            return
        self._close_audit()
        self._audit_id = audit
        self.audit = AuditPage(self.writer, audit, self.notify, self)
        self.audit.title_changed.connect(self._on_audit_title)
        self.audit.asked.connect(self._on_audit_asked)
        self.audit.audit.refused.connect(self._on_audit_refused)
        self.stack.addWidget(self.audit)
        self.stack.setCurrentWidget(self.audit)
        self.audit.setFocus()

    def _close_audit(self) -> None:
        if self.audit is not None:
            self.audit.settle()
            self.stack.removeWidget(self.audit)
            self.audit.deleteLater()
            self.audit = None

    def _settle_current(self) -> None:
        shown = self.stack.currentWidget()
        if isinstance(shown, Page):
            shown.settle()
        elif self.audit is not None:
            self.audit.settle()

    @Slot(str, object)
    def _on_audit_asked(self, name: str, about: object) -> None:
        """Go where the audit leads, with a way back to it."""
        self.go(name, about)
        self._page(name).offer_back("Revenir à l'audit", "audit", self._audit_id)

    @Slot(str)
    def _on_audit_title(self, title: str) -> None:
        self._audit_title = title
        self.title_changed.emit(title)

    @Slot(object)
    def _on_backups(self, found: object) -> None:
        for page in self._pages.values():
            page.show_backups(cast("tuple[BackupInfo, ...]", found))

    @Slot()
    def _fit(self) -> None:
        self.rail.set_narrow(self.width() < NARROW_UNDER or theme.current().scale >= NARROW_SCALE)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        for page in self._pages.values():
            page.refresh(changes)

    @Slot(object)
    def _on_said(self, said: Said) -> None:
        self.failures += said.error
        self.bar.show_said(said)

    @Slot(str)
    def _on_audit_refused(self, sentence: str) -> None:
        self.failures += 1
        self.bar.show_said(Said(sentence=sentence, error=True))

    @Slot(object)
    def on_failed(self, error: Exception) -> None:
        """Say what went wrong; a mistake of ours goes to the technical log as well."""
        self.failures += 1
        if isinstance(error, KnownError):
            self.bar.show_said(Said(sentence=error.sentence, error=True))
            return
        self.bar.show_said(Said(sentence=_OURS, error=True))
        import sys  # noqa: PLC0415 - whoever armed the hook decides

        sys.excepthook(type(error), error, error.__traceback__)

    @Slot(object)
    def _on_doubted(self, doubt: Doubt) -> None:
        """Say why a text was refused, and let the user say that it is nobody's identity."""
        said = Said(
            sentence=doubt.sentence,
            error=True,
            back_label="Ce n'est l'identité de personne",
            back=doubt.work,
            back_done=doubt.done,
            back_failed=doubt.failed,
        )
        self.bar.show_said(said)

    @Slot(object)
    def _on_back_asked(self, said: Said) -> None:
        if said.back is not None:
            self.writer.submit(said.back, done=said.back_done, failed=said.back_failed)
