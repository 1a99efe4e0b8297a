"""«Où ce mot est-il écrit ?»: every place a word is written, and erasing all of them in one gesture."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QProgressBar

from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import KnownError
from ivaudit.domain.tone import Tone
from ivaudit.ui import french
from ivaudit.ui.controls import Line, button, called, card, column_in, label, row, say
from ivaudit.ui.table import Column, Table
from ivaudit.ui.trail.erase_box import EraseBox
from ivaudit.ui.trail.shelf import Shelf
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.erasing import Occurrence, Searched, WordSearch
    from ivaudit.app.session import Session

_HINT = (
    "Un nom ou un numéro écrit par erreur : le programme le cherche dans les valeurs présentes et passées, "
    "les brouillons, les motifs et les textes publiés, sans tenir compte des majuscules ni des accents. Les "
    "fichiers et les photographies ne se lisent pas : ils s'effacent depuis leur preuve."
)
_NOTHING = "Ce mot n'est écrit nulle part dans ce dossier de travail, ni maintenant ni avant."
_STUCK = "ne s'efface pas"
_KEPT = (
    "Ne s'effacent pas : les motifs et les auteurs des gestes, les identifiants, les textes publiés. Ils "
    "font partie des empreintes qui prouvent que le journal est intact. Une valeur reçue en partie s'efface "
    "dans la copie d'où elle vient ; elle part d'ici avec le prochain fichier reçu de cette copie. Le "
    "nom d'une clé connue et le dossier des échanges se changent là où ils ont été choisis."
)


def _begin(text: str, session: "Session") -> "tuple[WordSearch, Searched]":
    from ivaudit.app.erasing import WordSearch  # noqa: PLC0415 - on the writer's thread

    search = WordSearch(session, text)
    return search, search.next()


def _next(search: "WordSearch", session: "Session") -> "tuple[WordSearch, Searched]":
    del session  # the search has it: it lives on that thread
    return search, search.next()


def _erase(word: str, found: "tuple[Occurrence, ...]", reason: str, session: "Session") -> Changes:
    from ivaudit.app import erasing  # noqa: PLC0415 - on the writer's thread

    return erasing.erase_found(session, word, found, reason)


def _may(found: "Occurrence") -> str:
    return found.found.kind.value if found.erasable else _STUCK


_COLUMNS = (
    Column(title="Où", text=lambda each: each.where, spare=True),
    Column(title="Quoi", text=lambda each: each.what),
    Column(title="Extrait", text=lambda each: each.extract, stretch=True),
    Column(title="Nature", text=_may),
)


class WordsCard(Shelf):
    """The search and what it found; `erased(str)` says what was done."""

    erased = Signal(str)

    def __init__(self, writer: Writer) -> None:
        super().__init__()
        self.setObjectName("words")
        self._writer = writer
        self._turn = 0
        self._word = ""
        self._found: list[Occurrence] = []
        frame, inner = card("words_card")
        self.line = Line("words_line", "Mot à chercher partout")
        self.line.setPlaceholderText("Nom, numéro, mot…")
        self.line.setClearButtonEnabled(True)
        self.go = button("Chercher", "words_go", "primary", "Chercher ce mot partout")
        self.stop = button("Arrêter", "words_stop", "quiet", "Arrêter la recherche")
        self.progress = called(QProgressBar(), "words_progress", "Recherche")
        self.progress.setTextVisible(False)
        self.note = label("", "words_note")
        self.list = Table("words_list", "Où ce mot est écrit", _COLUMNS)
        self.list.setMinimumHeight(160)
        self.kept = label(_KEPT, "words_kept", "muted")
        self.erase = button("Tout effacer…", "words_erase", "danger", "Effacer ce mot partout")
        self.box = EraseBox("words")
        inner.addWidget(label("Où ce mot est-il écrit ?", "words_title", "heading"))
        inner.addWidget(label(_HINT, "words_hint", "muted"))
        line = row(self.line, self.go, self.stop)
        line.setStretch(0, 1)
        inner.addLayout(line)
        for part in (self.progress, self.note, self.list, self.kept):
            inner.addWidget(part)
        inner.addLayout(row(self.erase, None))
        inner.addWidget(self.box)
        column_in(self).addWidget(frame)
        self.go.clicked.connect(self.search)
        self.line.returnPressed.connect(self.search)
        self.stop.clicked.connect(self.settle)
        self.erase.clicked.connect(self._on_erase)
        self.box.accepted.connect(self._on_accepted)
        self.box.left.connect(self._show)
        self._running(on=False)
        self._clear()

    @Slot()
    def search(self) -> None:
        """Look for the word that is typed."""
        self._turn += 1
        self._clear()
        self._word = self.line.text().strip()
        if self._word:
            self._running(on=True)
            self._submit(partial(_begin, self._word))

    @Slot()
    def settle(self) -> None:
        """Look no further; what was found stays."""
        self._turn += 1
        self._running(on=False)
        self.box.hide()

    def forget(self) -> None:
        """Show nothing of what was found: the word is one that should not be there."""
        self.settle()
        self.line.clear()
        self._clear()

    def _submit(self, work: object) -> None:
        done = partial(self._on_found, self._turn)
        self._writer.submit(work, done=done, failed=self._on_refused)  # type: ignore[arg-type]  # one of two works

    def _on_found(self, turn: int, result: "tuple[WordSearch, Searched]") -> None:
        if turn != self._turn:
            return
        search, found = result
        self._found += found.found
        self.progress.setRange(0, found.total)
        self.progress.setValue(found.done)
        if not search.over:
            self._submit(partial(_next, search))
            return
        self._running(on=False)
        self._show()

    @Slot()
    def _show(self) -> None:
        may = sum(each.erasable for each in self._found)
        amount = french.count(len(self._found), "emplacement", "emplacements")
        said = f"{amount}, dont {may} à effacer si vous le décidez." if self._found else _NOTHING
        say(self.note, said, Tone.NEUTRAL)
        self.list.values.show_values(self._found)
        self.list.setVisible(bool(self._found))
        self.kept.setVisible(may < len(self._found))
        self.erase.setVisible(bool(may))
        self.erase.setText(f"Tout effacer ({may})…")

    def _clear(self) -> None:
        self._found = []
        say(self.note, "")
        self.list.values.show_values([])
        for part in (self.list, self.kept, self.erase, self.box):
            part.hide()

    def _running(self, *, on: bool) -> None:
        self.progress.setVisible(on)
        self.stop.setVisible(on)
        self.go.setEnabled(not on)

    @Slot()
    def _on_erase(self) -> None:
        may = sum(each.erasable for each in self._found)
        values = french.count(may, "valeur entière, où ce mot est écrit, sera effacée",
                              "valeurs entières, où ce mot est écrit, seront effacées")  # fmt: skip
        self.erase.hide()
        self.box.ask(
            f"{values} du journal, de l'état courant et des brouillons : tout le texte du champ, pas "
            "seulement le mot. Cela ne s'annule pas. Les sauvegardes déjà faites sont à examiner ensuite, "
            "plus bas."
        )

    @Slot(str)
    def _on_accepted(self, reason: str) -> None:
        work = partial(_erase, self._word, tuple(self._found), reason)
        self._writer.submit(work, done=self._on_erased, failed=self._on_not_erased)

    @Slot(object)
    def _on_erased(self, changes: Changes) -> None:
        self.box.hide()
        self.erased.emit(f"{changes.done}. Les sauvegardes sont à examiner ci-dessous.")
        self.search()

    def _on_not_erased(self, error: KnownError) -> None:
        self.box.refuse(error.sentence)

    def _on_refused(self, error: KnownError) -> None:
        self._running(on=False)
        say(self.note, error.sentence, Tone.BAD)
