"""What a file of an exchange would change: who signed it, part by part, and the disagreements it brings."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from ivaudit.app import bundle_words as words
from ivaudit.app.teams import PhraseUse
from ivaudit.domain.tone import Tone
from ivaudit.ui import french
from ivaudit.ui.audit.phrases import bound
from ivaudit.ui.controls import button, called, card, column_in, label, row, say, scrolling
from ivaudit.ui.exchange.reading import READING, BundleReader
from ivaudit.ui.import_preview import leave_by_escape
from ivaudit.ui.job_bar import JobBar
from ivaudit.ui.start.passphrase_line import PassphraseLine
from ivaudit.ui.table import Column, Table
from ivaudit.ui.theme import Space
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.bundle_taking import BundlePreview, ScopeNews

_LEAST = 140
_KEEP = "Garder cette phrase comme phrase d'équipe de cet audit"


class BundlePreviewView(QWidget):
    """The preview and the passphrase it may need; `left()` once there is nothing more to look at.

    `shown()` when there is something to look at; `said(str)` tells what was done.
    """

    shown = Signal()
    left = Signal()
    said = Signal(str)

    def __init__(self, name: str, writer: Writer) -> None:
        super().__init__()
        called(self, f"{name}_bundle", "Ce que le fichier apporte")
        self.reader = BundleReader(writer, self)
        self._path = Path()
        self._working = False
        self.title = label("", f"{name}_bundle_title", "heading")
        self.signer = label("", f"{name}_bundle_signer")
        self.left_out = label("", f"{name}_bundle_left_out")
        self.doubts = label("", f"{name}_bundle_doubts")
        self.changed = label("", f"{name}_bundle_changed", "strong")
        self.proof = label(bound(words.PROOF), f"{name}_bundle_proof", "small")
        self.scopes = Table(f"{name}_bundle_scopes", "Ce qui change", _COLUMNS, flat=True)
        self.scopes.setMinimumHeight(_LEAST)
        self.keep = QCheckBox(_KEEP)
        called(self.keep, f"{name}_bundle_keep", _KEEP)
        self.keep.setToolTip("Décochez si cette phrase ne vaut que pour ce fichier")
        self.about_phrase = label("", f"{name}_bundle_about_phrase")
        self.bar = JobBar(f"{name}_bundle_job")
        self.ask, inner = card(f"{name}_bundle_ask")
        self.phrase = PassphraseLine(f"{name}_bundle_phrase", "Phrase qui ouvre ce fichier")
        self.asked = label("", f"{name}_bundle_asked")
        self.open = button("Ouvrir", f"{name}_bundle_open", "primary")
        inner.addWidget(self.asked)
        inner.addWidget(self.phrase)
        inner.addLayout(row(self.open, None))
        self.go = button("Importer", f"{name}_bundle_go", "primary")
        self.back = button("Ne rien importer", f"{name}_bundle_back", "quiet")
        self.result = label("", f"{name}_bundle_result")
        self._lay_out(name)
        self._connect()

    def _lay_out(self, name: str) -> None:
        inside = QWidget()
        column_in(self).addWidget(scrolling(inside, f"{name}_bundle_scroll", self.accessibleName()))
        column = column_in(inside, 0, Space.SMALL)
        for part in (self.title, self.signer, self.left_out, self.doubts, self.changed, self.ask):
            column.addWidget(part)
        column.addWidget(self.scopes, 1)
        column.addWidget(self.proof)
        column.addWidget(self.about_phrase)
        column.addWidget(self.keep)
        column.addWidget(self.bar)
        column.addLayout(row(self.go, self.back, None))
        column.addWidget(self.result)
        say(self.result, "")

    def _connect(self) -> None:
        self.go.clicked.connect(self._on_go)
        self.back.clicked.connect(self._on_back)
        self.open.clicked.connect(self._on_open)
        self.phrase.entered.connect(self._on_open)
        self.reader.working.connect(self._on_working)
        self.reader.progressed.connect(self._on_progressed)
        self.reader.previewed.connect(self._on_previewed)
        self.reader.passphrase_wanted.connect(self._on_wanted)
        self.reader.refused.connect(self._on_refused)
        self.reader.imported.connect(self._on_imported)
        self.reader.finished.connect(self.left)
        leave_by_escape(self, self._on_back)

    @Slot(object, object)
    def _on_previewed(self, found: "BundlePreview", path: Path) -> None:
        self._path = path
        self._name(path)
        doubtful = found.signer.other_key or not (found.signer.since or found.signer.own)
        say(self.signer, bound(words.signed(found.signer)), Tone.MIDDLE if doubtful else Tone.NEUTRAL)
        say(self.left_out, bound("\n".join(words.left_out(found.head))))
        say(self.doubts, bound("\n".join(words.doubts(found))), Tone.MIDDLE)
        say(self.changed, bound("\n".join([found.head.title, words.changed(found), *found.files])))
        new = found.phrase is PhraseUse.NEW
        say(self.about_phrase, bound(words.phrase(found.phrase)), Tone.MIDDLE if new else Tone.NEUTRAL)
        self.keep.setChecked(new)
        self.scopes.values.show_values([each for each in found.scopes if _moves(each)])
        self._show(asking=False)
        self.go.setVisible(not found.nothing)
        self.scopes.setVisible(not found.nothing and bool(found.scopes))
        self.keep.setVisible(new and not found.nothing)
        self.about_phrase.setVisible(bool(self.about_phrase.text()) and not found.nothing)
        self._name_back("Continuer" if found.nothing else "Ne rien importer")
        self.shown.emit()
        (self.back if found.nothing else self.go).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str, object)
    def _on_wanted(self, sentence: str, path: Path) -> None:
        self._path = path
        self._name(path)
        say(self.asked, sentence, Tone.MIDDLE)
        self._show(asking=True)
        self.shown.emit()
        self.phrase.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_refused(self, sentence: str) -> None:
        self.said.emit(sentence)
        say(self.result, sentence, Tone.BAD)
        self._name_back("Continuer")
        self.go.setEnabled(False)
        self.shown.emit()
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_imported(self, found: "BundlePreview") -> None:
        several = french.count(found.several, "désaccord à trancher", "désaccords à trancher")
        tail = f" {several}." if found.several else ""
        self.said.emit(f"Échange importé.{tail} Une sauvegarde a été faite juste avant.")

    @Slot(str)
    def _on_working(self, what: str) -> None:
        """Say what goes on, with a way to stop it."""
        self._working = bool(what)
        self.bar.show_bar(on=False)
        self.go.setEnabled(not what)
        self.open.setEnabled(not what)
        say(self.result, f"{what}…" if what else "", Tone.NEUTRAL)
        self._name_back("Arrêter" if what else "Ne rien importer")
        if what.startswith(READING):
            self._show_nothing()
            self.title.setText(what)
            self.shown.emit()

    @Slot(int, int, str)
    def _on_progressed(self, done: int, total: int, what: str) -> None:
        """Show how far a file was read; what was still on its way when it was stopped says nothing."""
        if self._working:
            self.bar.show_progress(done, total, what)

    @Slot()
    def _on_go(self) -> None:
        self.reader.accept(keep_phrase=not self.keep.isHidden() and self.keep.isChecked())

    @Slot()
    def _on_open(self) -> None:
        text = self.phrase.text()
        self.phrase.put("")
        if text.strip():
            self.reader.open(self._path, text)

    @Slot()
    def _on_back(self) -> None:
        self.phrase.put("")
        if self._working:
            self.reader.stop()
        else:
            self.reader.go_on()

    def _name_back(self, text: str) -> None:
        self.back.setText(text)
        self.back.setAccessibleName(text)

    def _name(self, path: Path) -> None:
        self.title.setText(f"Fichier « {path.name} »")
        self.title.setAccessibleName(self.title.text())

    def _show_nothing(self) -> None:
        """Show nothing of a former file while another is read."""
        shown: tuple[QWidget, ...] = (
            self.signer,
            self.left_out,
            self.doubts,
            self.changed,
            self.scopes,
            self.proof,
        )
        for part in (*shown, self.ask, self.about_phrase, self.keep, self.go):
            part.hide()

    def _show(self, *, asking: bool) -> None:
        self.ask.setVisible(asking)
        for part in (self.signer, self.changed, self.scopes, self.proof, self.go):
            part.setVisible(not asking)
        if asking:
            for told in (self.left_out, self.doubts, self.about_phrase, self.keep):
                told.hide()


def _moves(each: "ScopeNews") -> bool:
    return bool(each.new or each.replaced or each.conflicts)


def _number(count: int) -> str:
    return french.number(count) if count else "–"


_COLUMNS = (
    Column(title="Partie", text=lambda each: bound(each.title), stretch=True),
    Column(title="Nouveaux", text=lambda each: _number(each.new), key=lambda e: e.new, right=True),
    Column(
        title="Mis à jour", text=lambda each: _number(each.replaced), key=lambda e: e.replaced, right=True
    ),
    Column(
        title="Désaccords", text=lambda each: _number(each.conflicts), key=lambda e: e.conflicts, right=True
    ),
)
