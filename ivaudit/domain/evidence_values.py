"""What the fields of a piece of evidence may hold, as they go into the journal."""

import datetime as dt

from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.evidence import DocumentStatus, EvidenceKind

MAX_LINE = 300
MAX_TEXT = 2_000
_LINES = frozenset({"reference", "version", "shown_by"})


def checked(kind: EvidenceKind, name: str, value: str) -> str:
    """Return the value a field takes.

    Raises:
        InvalidValue: no such field, a text too long, an impossible date or status, no title.
    """
    match name:
        case "date":
            return date(value)
        case "status" if kind is EvidenceKind.DOCUMENT:
            return status(value)
        case "caption":
            return text(value)
        case "title":
            return named(value)
        case _ if name in _LINES:
            return line(value)
        case _:
            raise InvalidValue("Une preuve n'a pas ce champ.")


def text(value: str) -> str:
    """Return a text of some lines."""
    return _bounded(value.strip(), MAX_TEXT)


def line(value: str) -> str:
    """Return a text of one line."""
    return _bounded(" ".join(value.split()), MAX_LINE)


def named(value: str) -> str:
    """Return a title, which a document or a file always has."""
    kept = line(value)
    if not kept:
        raise InvalidValue("Un document a besoin d'un titre.")
    return kept


def status(value: str) -> str:
    """Return where a document stands."""
    try:
        return DocumentStatus(value).value
    except ValueError:
        raise InvalidValue("Un document est demandé, reçu, consulté ou absent.") from None


def date(value: str) -> str:
    """Return a day as `AAAA-MM-JJ`, or nothing."""
    if not value:
        return ""
    try:
        return dt.date.fromisoformat(value).isoformat()
    except ValueError:
        raise InvalidValue("La date s'écrit comme 2026-11-21.") from None


def _bounded(value: str, most: int) -> str:
    if len(value) > most:
        raise InvalidValue(f"Ce texte dépasse {most} caractères : raccourcissez-le pour l'enregistrer.")
    return value
