"""Searching the FINESS directory: a field and, under it, what was found; ↓ then Entrée takes a line."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from ivaudit.domain import directory_words as words
from ivaudit.domain.directory import DirectoryState, Entry, EntryKind
from ivaudit.domain.errors import KnownError
from ivaudit.ui.controls import SearchLine, column_in, label, say
from ivaudit.ui.french import count
from ivaudit.ui.page import Said
from ivaudit.ui.table import Column, Table
from ivaudit.ui.theme import Space
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.app.session import Session
    from ivaudit.domain.audit import Changes

SHOWN = 100
"""Lines shown at most: beyond, one more word finds faster than scrolling."""
_NOTHING = "Aucune ligne de l'annuaire ne correspond : essayez un mot de moins, ou le numéro."
_LINES = 190
_SHORT = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A structure taken from the directory: made now, or there already."""

    facility: str
    name: str
    created: bool

    def said(self) -> Said:
        """Return the sentence about it, with the way back where it was made now."""
        if not self.created:
            return Said(sentence=f"Cette structure existe déjà : {self.name}. Rien n'a été créé.")
        sentence = f"Structure créée depuis l'annuaire : {self.name}."
        return Said(sentence=sentence, back_label="Annuler", back=undo)


def read_state(session: "Session") -> DirectoryState | None:
    """Return the directory in use."""
    from ivaudit.app import directory  # noqa: PLC0415 - on the writer's thread

    return directory.state(session)


def make(finess: str, kind: EntryKind, session: "Session") -> "tuple[Changes, Made]":
    """Create the structure of a line, or find the one that has its number."""
    from ivaudit.app import directory, facilities  # noqa: PLC0415 - on the writer's thread

    changes, key = directory.create_from(session, finess, kind)
    return changes, Made(
        facility=key, name=facilities.get(session, key).name, created=bool(changes.facilities)
    )


def undo(session: "Session") -> "Changes":
    """Take back the last structure made from the directory."""
    from ivaudit.app import directory  # noqa: PLC0415 - on the writer's thread

    return directory.undo(session)


def redo(session: "Session") -> "Changes":
    """Make again the last one taken back."""
    from ivaudit.app import directory  # noqa: PLC0415 - on the writer's thread

    return directory.redo(session)


def _find(text: str, session: "Session") -> tuple[Entry, ...]:
    from ivaudit.app import directory  # noqa: PLC0415 - on the writer's thread

    return directory.find(session, text, SHOWN + 1)


class DirectorySearch(QWidget):
    """The field and the lines; `chosen(Entry)` on Return, a double click or a touch, `refused(KnownError)`.

    Without a directory it says `without`, and is not there at all when there is nothing to say.

    Only the last text typed is looked for: while one search is under way, others wait as one.
    """

    chosen = Signal(object)
    refused = Signal(object)

    def __init__(self, name: str, writer: Writer, *, without: str = "") -> None:
        super().__init__()
        self.setObjectName(f"{name}_directory")
        self._writer = writer
        self._wanted = self._asked = ""
        self._busy = False
        self._offered = True
        self.state: DirectoryState | None = None
        self.help = label(without, f"{name}_directory_help", "muted")
        self.dated = label("", f"{name}_directory_state", "muted")
        self.line = SearchLine(f"{name}_directory_search", "Chercher dans l'annuaire FINESS")
        self.line.setPlaceholderText("Annuaire FINESS : nom, commune, numéro, département")
        self.line.setToolTip("Plusieurs mots, dans n'importe quel ordre ; le début de chacun suffit.")
        self.lines = Table(f"{name}_directory_lines", "Annuaire FINESS", _COLUMNS, flat=True)
        self.lines.setMinimumHeight(_LINES)
        self.note = label("", f"{name}_directory_note", "small")
        column = column_in(self, spacing=Space.SMALL)
        for part in (self.dated, self.help, self.line, self.note):
            column.addWidget(part)
        column.addWidget(self.lines, 1)
        column.addStretch(0)
        self.line.textChanged.connect(self._on_typed)
        self.line.returnPressed.connect(self._on_down)
        self.lines.opened.connect(self.chosen)
        self._show_lines(())
        if not without:
            self.hide()

    def enter(self) -> None:
        """Read which directory there is, and search again."""
        self._writer.submit(read_state, done=self._on_state, failed=self.refused.emit)

    def offer(self, *, on: bool) -> None:
        """Be there, or not: where a structure begins, not where one is shown."""
        self._offered = on
        self.setVisible(on and (self.state is not None or bool(self.help.text())))

    def clear(self) -> None:
        """Forget what was looked for."""
        self.line.clear()

    def take_focus(self) -> bool:
        """Give the keys to the field; tell whether there is something to search."""
        if self.state is None:
            return False
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    @Slot(object)
    def _on_state(self, state: DirectoryState | None) -> None:
        self.state = state
        say(self.dated, f"{words.dated(state)}.")
        self.help.setVisible(state is None and bool(self.help.text()))
        self.line.setVisible(state is not None)
        if state is None:
            self.line.clear()
        self.offer(on=self._offered)
        self._ask()

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self._wanted = text.strip()
        self._ask()

    def _ask(self) -> None:
        if self._busy:
            return
        self._asked = self._wanted
        if not self._asked or self.state is None:
            self._show_lines(())
            return
        self._busy = True
        self._writer.submit(partial(_find, self._asked), done=self._on_found, failed=self._on_not_found)

    @Slot(object)
    def _on_found(self, found: tuple[Entry, ...]) -> None:
        self._busy = False
        if self._asked != self._wanted:
            self._ask()
            return
        self._show_lines(found)

    def _on_not_found(self, error: KnownError) -> None:
        self._busy = False
        self._show_lines(())
        self.refused.emit(error)

    def _show_lines(self, found: tuple[Entry, ...]) -> None:
        self.lines.values.show_values(found[:SHOWN])
        self.lines.setVisible(bool(found))
        searched = bool(self._asked) and self.state is not None
        say(self.note, _told(len(found)) if searched else "")

    @Slot()
    def _on_down(self) -> None:
        if self.lines.values.rows:
            self.lines.choose(0)
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)


def _told(found: int) -> str:
    if not found:
        return _NOTHING
    how = "↓ puis Entrée : créer la structure."
    if found > SHOWN:
        return f"Les {SHOWN} premières lignes : ajoutez un mot pour préciser. {how}"
    return f"{count(found, 'ligne', 'lignes')}. {how}"


def _title(entry: Entry) -> str:
    return f"{entry.title} — {words.standing(entry).lower()}" if entry.closed else entry.title


def _category(entry: Entry) -> str:
    text = " ".join(filter(None, (entry.category, entry.category_label)))
    return text if len(text) <= _SHORT else f"{text[:_SHORT].rstrip()}…"


_COLUMNS = (
    Column(title="Numéro", text=lambda each: f"{each.kind.value} {each.finess}"),
    Column(title="Nom", text=_title, stretch=True),
    Column(title="Commune", text=lambda each: " ".join(filter(None, (each.postcode, each.city))), spare=True),
    Column(title="Catégorie", text=_category, spare=True),
    Column(title="EJ", text=lambda each: each.ej if each.kind is EntryKind.ET else "", spare=True),
)
