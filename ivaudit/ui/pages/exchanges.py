"""Échanges: files that come in, what goes out beside audits, and the keys of this copy."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QWidget

from ivaudit.app import bundle_export, bundle_opening, bundle_plans, own_keys
from ivaudit.domain.bundle import SUFFIX
from ivaudit.domain.errors import KnownError
from ivaudit.domain.tone import Tone
from ivaudit.ui.audit.flow import Flow
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.controls import Line, Readable, button, called, card, label, row, scrolling
from ivaudit.ui.exchange.out_bar import FILES, OutBar
from ivaudit.ui.exchange.preview import BundlePreviewView
from ivaudit.ui.exchange.send_view import WHOLE_AUDITS, SendView
from ivaudit.ui.job_bar import JobBar
from ivaudit.ui.page import Page, Said
from ivaudit.ui.start.passphrase_line import PassphraseLine
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.bundle_export import Plan
    from ivaudit.app.own_keys import OwnKeys
    from ivaudit.app.session import Session

_IN = (
    "Un fichier d'échange apporte un audit, le registre ou des contenus. Il est chiffré et signé ; vous "
    "voyez qui l'a signé et ce qu'il change avant d'importer, et une sauvegarde est faite juste avant."
)
_OUT = (
    "Un audit, ou une partie, s'envoie depuis son onglet Préparation. D'ici partent plusieurs audits "
    "ensemble, le registre des anomalies, pour un suppléant, et les contenus locaux. Indiquez la clé de "
    "réception du destinataire, ou une phrase convenue."
)
_KEYS = (
    "Donnez la clé de réception à qui doit vous écrire : elle n'a rien de secret. Lisez l'empreinte au "
    "téléphone à qui reçoit votre premier fichier : elle lui dit que c'est bien vous."
)


def _own(session: "Session") -> "OwnKeys":
    return own_keys.own_keys(session)


def _listed(folder: Path, _session: "Session") -> tuple[Path, ...]:
    return bundle_opening.in_folder(folder)


def _plan(register: bool, references: bool, reader: str, passphrase: str, session: "Session") -> "Plan":
    from ivaudit.exchange import age_keys  # noqa: PLC0415 - on the writer's thread

    readers = [age_keys.understood(reader)] if reader else []
    lock = bundle_export.lock(session, readers=readers, passphrase=passphrase)
    if register:
        return bundle_plans.of_register(session, lock, references=references)
    return bundle_plans.of_content(session, lock)


class ExchangesPage(Page):
    """Cards, or what a file would change."""

    def __init__(self, writer: Writer, parent: QWidget | None = None) -> None:
        super().__init__("exchanges", "Échanges", writer, parent)
        self._keys: OwnKeys | None = None
        self.send: SendView | None = None
        self.back = button("‹ Réglages", "exchanges_back", "quiet", "Revenir aux réglages")
        head = row(label("Échanges", "exchanges_title", "title"), self.back)
        head.setStretch(0, 1)
        self.column.addLayout(head)
        self.stack = QStackedWidget()
        self.stack.setObjectName("exchanges_stack")
        self.column.addWidget(self.stack, 1)
        inner = Readable()
        self.cards = scrolling(inner, "exchanges_scroll", "Échanges")
        self.preview = BundlePreviewView("exchanges", writer)
        for made in (self._incoming(), self._outgoing(), self._own_card()):
            inner.body.addWidget(made)
        inner.body.addStretch(1)
        self.stack.addWidget(self.cards)
        self.stack.addWidget(self.preview)
        self._connect()

    def enter(self, about: object = None) -> None:
        """Read the keys of this copy."""
        del about
        self.writer.submit(_own, done=self._on_own, failed=self.on_known_error)
        self.take.setFocus()

    def settle(self) -> None:
        """Show no passphrase any more."""
        self.phrase.put("")
        if self.send is not None:
            self.send.settle()

    def stop(self) -> None:
        """Stop reading and writing."""
        self.preview.reader.stop()

    def _incoming(self) -> QWidget:
        frame, column = card("exchanges_in")
        column.addWidget(label("Recevoir", "exchanges_in_title", "heading"))
        column.addWidget(label(bound(_IN), "exchanges_in_hint", "muted"))
        self.take = button("Importer un fichier…", "exchanges_import", "primary")
        self.folder = button("Importer les fichiers d'un dossier…", "exchanges_import_folder")
        tools = called(Flow(), "exchanges_in_tools", "Recevoir")
        for tool in (self.take, self.folder):
            tools.add(tool)
        column.addWidget(tools)
        self.bar = JobBar("exchanges_job")
        column.addWidget(self.bar)
        return frame

    def _outgoing(self) -> QWidget:
        frame, column = card("exchanges_out")
        column.addWidget(label("Envoyer", "exchanges_out_title", "heading"))
        column.addWidget(label(bound(_OUT), "exchanges_out_hint", "muted"))
        self.reader = Line("exchanges_reader", "Clé de réception du destinataire")
        self.reader.setPlaceholderText("age1…")
        self.phrase = PassphraseLine("exchanges_phrase", "Ou phrase convenue avec lui")
        self.references = called(
            QCheckBox("Joindre les références locales des usagers au registre"),
            "exchanges_references",
            "Joindre les références locales des usagers au registre",
        )
        for text, field in (
            ("Clé de réception du destinataire", self.reader),
            ("Ou phrase convenue avec lui (quatre mots au moins)", self.phrase),
        ):
            caption = label(text, f"{field.objectName()}_label", "strong")
            caption.setBuddy(field if isinstance(field, Line) else field.line)
            column.addWidget(caption)
            column.addWidget(field)
        column.addWidget(self.references)
        self.register = button("Exporter le registre…", "exchanges_register")
        self.content = button("Exporter les contenus locaux…", "exchanges_content")
        self.audits = button("Exporter plusieurs audits…", "exchanges_audits")
        self.audits.setToolTip("Choisir les audits à réunir dans un seul fichier")
        tools = called(Flow(), "exchanges_out_tools", "Envoyer")
        for tool in (self.register, self.content, self.audits):
            tools.add(tool)
        column.addWidget(tools)
        self.out = OutBar("exchanges_out_job", self.writer)
        column.addWidget(self.out)
        return frame

    def _own_card(self) -> QWidget:
        frame, column = card("exchanges_keys")
        column.addWidget(label("Clés de ce poste", "exchanges_keys_title", "heading"))
        column.addWidget(label(bound(_KEYS), "exchanges_keys_hint", "muted"))
        self.address = label("", "exchanges_address")
        self.mark = label("", "exchanges_fingerprint")
        self.copy = button("Copier la clé de réception", "exchanges_copy")
        column.addWidget(self.address)
        column.addWidget(self.mark)
        column.addLayout(row(self.copy, None))
        return frame

    def _connect(self) -> None:
        self.back.clicked.connect(self._on_back)
        self.take.clicked.connect(self._on_take)
        self.folder.clicked.connect(self._on_folder)
        self.register.clicked.connect(self._on_register)
        self.audits.clicked.connect(self._on_audits)
        self.content.clicked.connect(self._on_content)
        self.copy.clicked.connect(self._on_copy)
        self.preview.shown.connect(self._on_shown)
        self.preview.left.connect(self._on_left)
        self.preview.said.connect(self._on_said)
        self.bar.unexpected.connect(self.writer.failed)
        self.out.written.connect(self._on_written)

    @Slot()
    def _on_back(self) -> None:
        self.asked.emit("settings", None)

    @Slot(object)
    def _on_own(self, keys: "OwnKeys") -> None:
        self._keys = keys
        self.address.setText(f"Clé de réception : {keys.address}")
        self.mark.setText(f"Empreinte de signature : {keys.fingerprint}")

    @Slot()
    def _on_copy(self) -> None:
        if self._keys is not None:
            QGuiApplication.clipboard().setText(self._keys.address)
            self.said.emit(Said(sentence="La clé de réception est copiée."))

    # -- coming in

    @Slot()
    def _on_take(self) -> None:
        self.bar.ask_file("Quel fichier importer ?", self.read_file, kinds=FILES)

    @Slot()
    def _on_folder(self) -> None:
        self.bar.ask_folder("De quel dossier importer les fichiers ?", self.read_folder)

    def read_file(self, path: Path) -> None:
        """Read one file, for its preview."""
        self.preview.reader.read([path])

    def read_folder(self, folder: Path) -> None:
        """Read every file of a folder, one after the other."""
        self.writer.submit(partial(_listed, folder), done=self._on_listed, failed=self._on_unlisted)

    @Slot(object)
    def _on_listed(self, found: tuple[Path, ...]) -> None:
        if found:
            self.preview.reader.read(found)
        else:
            self.bar.say(f"Ce dossier ne contient aucun fichier « {SUFFIX} ».", Tone.MIDDLE)

    def _on_unlisted(self, error: KnownError) -> None:
        self.bar.say(error.sentence, Tone.BAD)

    @Slot()
    def _on_shown(self) -> None:
        self.stack.setCurrentWidget(self.preview)

    @Slot()
    def _on_left(self) -> None:
        self.stack.setCurrentWidget(self.cards)
        self.take.setFocus()

    @Slot(str)
    def _on_said(self, sentence: str) -> None:
        self.said.emit(Said(sentence=sentence))

    # -- going out

    @Slot()
    def _on_register(self) -> None:
        self._ask(register=True)

    @Slot()
    def _on_content(self) -> None:
        self._ask(register=False)

    @Slot()
    def _on_audits(self) -> None:
        """Choose several audits."""
        if self.send is None:
            self.send = SendView("send_audits", self.writer, WHOLE_AUDITS)
            self.send.left.connect(self._on_sent)
            self.stack.addWidget(self.send)
        self.stack.setCurrentWidget(self.send)
        self.send.enter()

    @Slot()
    def _on_sent(self) -> None:
        self.stack.setCurrentWidget(self.cards)
        self.audits.setFocus()

    def _ask(self, *, register: bool) -> None:
        reader, passphrase = self.reader.text().strip(), self.phrase.text()
        work = partial(_plan, register, self.references.isChecked(), reader, passphrase)
        self.out.plan(work)

    @Slot()
    def _on_written(self) -> None:
        self.phrase.put("")
