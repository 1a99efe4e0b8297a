"""Days and instants as the journal writes them: what comes from another copy may be no day at all."""

from datetime import date, datetime

_FIRST, _LAST = 1900, 2999
"""Years between which a day is one: those beyond overflow where days are added or turned into local time."""


def day(value: object) -> str:
    """Return a local day, `AAAA-MM-JJ`, empty for anything that is none."""
    try:
        found = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return ""
    right = found is not None and _FIRST <= found.year <= _LAST and found.isoformat() == value
    return str(value) if right else ""


def is_instant(text: str) -> bool:
    """Tell whether a text is an instant with its offset from UTC, ISO 8601."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return False
    return found.tzinfo is not None and _FIRST < found.year < _LAST
