"""How copies are listed and described, on the start screen and on the page of the database."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ivaudit.domain.tone import Tone
from ivaudit.ui import french
from ivaudit.ui.controls import column_in, label, say
from ivaudit.ui.table import Column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ivaudit.app.backups import BackupInfo
    from ivaudit.app.copies import Contents, Look

_UNREAD = "Choisissez une copie et saisissez ce qui l'ouvre : ce qu'elle contient se lira ici."
_WAITING = "Lecture de ce que contient cette copie…"
_LOST = "Ce que le dossier de travail contient et que cette copie n'a pas :"
_GAINED = "Ce que cette copie contient et que le dossier de travail n'a pas :"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A copy, and what is in it once it was looked into."""

    info: "BackupInfo"
    look: "Look | None" = None


def rows(infos: "Sequence[BackupInfo]", looks: "Sequence[Look]" = ()) -> tuple[Row, ...]:
    """Return the rows of copies, with what is known of each."""
    known = {look.info.folder: look for look in looks}
    return tuple(Row(info=info, look=known.get(info.folder)) for info in infos)


class CopyDetails(QWidget):
    """What a copy contains, and what putting it back would lose."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.contents = label("", f"{name}_contents")
        self.lost = label("", f"{name}_lost")
        column = column_in(self)
        column.addWidget(self.contents)
        column.addWidget(self.lost)

    def show_row(self, row: Row | None, *, locked: bool = False) -> None:
        """Show what is known of a copy.

        Args:
            row: the copy, nothing when none is chosen.
            locked: whether a secret is needed before more is known.
        """
        if row is None or row.look is None:
            say(self.contents, "" if row is None else _UNREAD if locked else _WAITING, Tone.NEUTRAL)
            say(self.lost, "")
            return
        look = row.look
        if look.contents is None:
            say(self.contents, look.problem, Tone.BAD)
        else:
            text = f"{described(look.contents)}\nTaille : {french.size(look.info.size)}."
            say(self.contents, text, Tone.NEUTRAL)
        say(self.lost, lost(look), Tone.MIDDLE if look.loses else Tone.GOOD)


def described(held: "Contents") -> str:
    """Return what a copy contains, as lines."""
    from ivaudit.app.copies import audits_of  # noqa: PLC0415 - after the first paint

    counts = ", ".join(
        (
            french.count(len(held.audits), "audit", "audits"),
            french.count(held.facilities, "structure", "structures"),
            french.count(held.answers, "réponse", "réponses"),
            french.count(held.anomalies, "fiche du registre", "fiches du registre"),
            french.count(held.evidence, "photo ou fichier", "photos ou fichiers"),
            french.count(held.gestures, "geste", "gestes"),
        )
    )
    last = f"Dernière saisie {french.when(held.last)}, par {held.author}." if held.last else "Rien de saisi."
    return "\n".join((f"{counts}.", last, *(f"– {line}" for line in audits_of(held))))


def lost(look: "Look") -> str:
    """Return what putting a copy back would lose, then what it would bring back, as lines."""
    head = (_LOST,) if look.loses and look.contents is not None else ()
    more = (_GAINED, *look.gained) if look.gained else ()
    return "\n".join((*head, *look.lost, *more))


def _held(row: Row) -> "Contents | None":
    return row.look.contents if row.look is not None else None


def _made(row: Row) -> str:
    return french.when(row.info.at)


def _at(row: Row) -> str:
    return row.info.at


def _reason(row: Row) -> str:
    return row.info.reason


def _audits(row: Row) -> str:
    held = _held(row)
    return french.number(len(held.audits)) if held is not None else ""


def _answers(row: Row) -> str:
    held = _held(row)
    return french.number(held.answers) if held is not None else ""


def _answer_count(row: Row) -> int:
    held = _held(row)
    return held.answers if held is not None else -1


def _author(row: Row) -> str:
    held = _held(row)
    return held.author if held is not None else ""


def _size(row: Row) -> str:
    return french.size(row.info.size)


def _octets(row: Row) -> int:
    return row.info.size


COLUMNS = (
    Column(title="Faite", text=_made, key=_at, stretch=True),
    Column(title="Raison", text=_reason),
    Column(title="Audits", text=_audits, right=True),
    Column(title="Réponses", text=_answers, key=_answer_count, right=True),
    Column(title="Dernier auteur", text=_author, spare=True),
    Column(title="Taille", text=_size, key=_octets, right=True, spare=True),
)
