"""Dates, hours, numbers and sizes as they are written and typed in French."""

import datetime as dt
import re

from ivaudit.domain import clock

_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_CENTURY = 2000
_SHORT_YEAR = 100
_UNITS = ("ko", "Mo", "Go", "To")
_STEP = 1024
_HOUR = 60
_ROUND = 5


def short_date(iso: str) -> str:
    """Return «21/11/2026» for `2026-11-21…`, or the text itself when it is no date."""
    day = _day(iso)
    return day.strftime("%d/%m/%Y") if day else iso


def short_moment(iso: str) -> str:
    """Return «21/11/2026 14:05» for the local `2026-11-21T14:05`, or the text itself when it is none."""
    return f"{short_date(iso)} {iso[11:16]}".strip() if _day(iso) else iso


def long_date(iso: str) -> str:
    """Return «21 novembre 2026», «1er mars 2026», or the text itself when it is no date."""
    day = _day(iso)
    if day is None:
        return iso
    return f"{'1er' if day.day == 1 else day.day} {_MONTHS[day.month - 1]} {day.year}"


def local_moment(at: str) -> dt.datetime | None:
    """Return the local time of a UTC ISO 8601 instant."""
    try:
        return dt.datetime.fromisoformat(at).astimezone()
    except ValueError:
        return None


def hour_at(at: str) -> str:
    """Return the local «14:32» of a UTC ISO 8601 instant, or nothing."""
    moment = local_moment(at)
    return moment.strftime("%H:%M") if moment else ""


def when(at: str) -> str:
    """Return «aujourd'hui à 14:32», «hier à 9:05» or «le 21 novembre 2026 à 14:32» for a UTC instant."""
    moment = local_moment(at)
    if moment is None:
        return ""
    days = (clock.today() - moment.date()).days
    hour = moment.strftime("%H:%M")
    match days:
        case 0:
            return f"aujourd'hui à {hour}"
        case 1:
            return f"hier à {hour}"
        case _:
            return f"le {long_date(moment.date().isoformat())} à {hour}"


def today() -> str:
    """Return the local day, `AAAA-MM-JJ`."""
    return clock.today().isoformat()


def typed_date(text: str) -> str | None:
    """Return `AAAA-MM-JJ` for «21/11/2026», «21-11-26», «21.11.2026», «21112026», or as is; else nothing."""
    text = text.strip()
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        text = "/".join(reversed(text.split("-")))
    found = re.fullmatch(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4}|\d{2})", text)
    found = found or re.fullmatch(r"(\d{2})(\d{2})(\d{4})", text)
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return dt.date(year + _CENTURY if year < _SHORT_YEAR else year, month, day).isoformat()
    except ValueError:
        return None


def typed_time(text: str) -> str | None:
    """Return `HH:MM` for «9:30», «9h30», «9h», «0930»; nothing if it is no time."""
    found = re.fullmatch(r"(\d{1,2})\s*[:hH]\s*(\d{2})?", text.strip()) or re.fullmatch(
        r"(\d{1,2})(\d{2})", text.strip()
    )
    if found is None:
        return None
    try:
        return dt.time(int(found[1]), int(found[2] or 0)).strftime("%H:%M")
    except ValueError:
        return None


def typed_moment(text: str, day: str = "") -> str | None:
    """Return `AAAA-MM-JJTHH:MM` for «21/11/2026 14:05», «21/11/26 à 14h05», «14:05», or none.

    Args:
        text: what was typed.
        day: that of an hour alone, `AAAA-MM-JJ`; today unless told.
    """
    typed, _, hour = " ".join(text.replace("à", " ").split()).rpartition(" ")
    date, time = typed_date(typed) if typed else day or today(), typed_time(hour)
    return f"{date}T{time}" if date and time else None


def typed_number(text: str) -> int | float | None:
    """Return the number of «1 250», «12,5» or «12.5»; nothing if it is none."""
    plain = re.sub(r"\s", "", text).replace(",", ".")
    if re.fullmatch(r"[+-]?\d+", plain):
        return int(plain)
    return float(plain) if re.fullmatch(r"[+-]?\d+\.\d+", plain) else None


def number(value: float) -> str:
    """Return «1 250» or «12,5», with narrow no-break spaces between thousands."""
    text = f"{value:,}".replace(",", "\u202f")
    return text.replace(".", ",")


def size(octets: int) -> str:
    """Return «1,4 Mo»."""
    if octets < _STEP:
        return count(octets, "octet", "octets")
    amount, unit = octets / _STEP, 0
    while amount >= _STEP and unit < len(_UNITS) - 1:
        amount, unit = amount / _STEP, unit + 1
    return f"{number(round(amount, 1))} {_UNITS[unit]}"


def duration(minutes: int) -> str:
    """Return «45 min», «1 h» or «1 h 10»: an estimate, to five minutes beyond an hour."""
    if minutes > _HOUR:
        minutes = round(minutes / _ROUND) * _ROUND
    hours, rest = divmod(minutes, _HOUR)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"


def count(amount: int, one: str, many: str) -> str:
    """Return «1 point» or «12 points»: in French, zero and one are singular."""
    return f"{number(amount)} {one if amount in {0, 1} else many}"


def _day(iso: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(iso[:10])
    except ValueError:
        return None
