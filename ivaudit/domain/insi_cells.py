"""Cells that a spreadsheet has damaged: FINESS numbers, months and figures, or why they are refused."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from ivaudit.domain.wording import folded

_LENGTH = 9
_SHORTEST = 8
_MOST = 999_999_999
"""No structure calls as often in a month: beyond it, the cell holds something else."""
_FINESS = re.compile(r"(?:\d{2}|\d[A-Z])\d{7}")
_SCIENTIFIC = re.compile(r"\d{1,15}(?:[.,]\d{1,15})?E[+-]?\d{1,2}", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d{2})(?:[.,]0+)?")
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})(?:[-/. ](\d{1,2}))?(?:[T ].*)?")
_MONTH_FIRST = re.compile(r"(?:(\d{1,2})[-/. ])?(\d{1,2})[-/. ](\d{4})")
_NAMED = re.compile(r"([a-z]+)\.? ?[-/]? ?(\d{4}|\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_EPOCH = date(1899, 12, 30)
_FIRST_YEAR, _LAST_YEAR = 2019, 2099
"""No call to INSi before its opening."""
_MONTHS = ("janv", "fevr", "mars", "avr", "mai", "juin", "juil", "aout", "sept", "oct", "nov", "dec")
_UNKNOWN = frozenset(
    {"nc", "n.c.", "n.c", "n/c", "nd", "n.d.", "na", "n/a", "-", "–", "—", "...", "…", "s", "ns", "*"}
)
_SPACES = re.compile(r"[\s\u00a0\u202f\u2007\u2009]+")
_FIGURE = re.compile(r"\d{1,15}(?:[.,]\d{1,15})?")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a cell cannot be taken: a French clause."""

    reason: str


def finess_of(text: str) -> str | Refused:
    """Return a FINESS number as nine characters, its leading zero given back where a spreadsheet ate it."""
    number = _SPACES.sub("", text).lstrip("'").upper()
    if not number:
        return Refused("numéro FINESS absent")
    if _SCIENTIFIC.fullmatch(number):
        return Refused(
            "numéro FINESS en notation scientifique : ses chiffres sont perdus, reprenez le fichier d'origine"
        )
    if re.fullmatch(r"\d+[.,]0+", number):
        number = re.split(r"[.,]", number)[0]
    if number.isdecimal() and len(number) == _SHORTEST:
        number = number.zfill(_LENGTH)
    if len(number) != _LENGTH:
        return Refused(f"numéro FINESS de {len(number)} caractères au lieu de 9")
    return (
        number
        if _FINESS.fullmatch(number)
        else Refused("numéro FINESS fait d'autres signes que des chiffres")
    )


def repadded(text: str, number: str) -> bool:
    """Tell whether a leading zero was given back."""
    return len(_SPACES.sub("", text).lstrip("'").split(".")[0].split(",")[0]) == len(number) - 1


def month_in(text: str) -> str | Refused:
    """Return a month as «2026-09», from any usual way of writing it, days of a spreadsheet included."""
    plain = folded(text.strip().lstrip("'"))
    if not plain:
        return Refused("mois absent")
    found = _numbered(plain) or _named(plain)
    if found is None:
        return Refused("mois illisible : AAAAMM attendu (202609)")
    year, month = found
    if not _FIRST_YEAR <= year <= _LAST_YEAR or not 1 <= month <= 12:  # noqa: PLR2004 - months of a year
        return Refused("mois hors du calendrier : AAAAMM attendu (202609)")
    return f"{year:04d}-{month:02d}"


def count_in(text: str) -> int | Refused | None:
    """Return a number of calls, nothing where it is empty, hidden or not communicated («nc», «< 11»)."""
    plain = _SPACES.sub("", text).lstrip("'")
    if not plain or plain.casefold() in _UNKNOWN or plain.startswith("<"):
        return None
    if plain.startswith(("-", "−")):
        return Refused("nombre négatif")
    if _GROUPED.fullmatch(plain):
        plain = re.sub(r"[.,]", "", plain)
    if not (_FIGURE.fullmatch(plain) or _SCIENTIFIC.fullmatch(plain)):
        return Refused("nombre entier attendu")
    value = float(plain.replace(",", "."))
    if value > _MOST:
        return Refused("nombre démesuré")
    return int(value) if value.is_integer() else Refused("nombre entier attendu")


def day_in(text: str) -> str | Refused:
    """Return a day in ISO 8601, empty when there is none."""
    plain = text.strip().lstrip("'")
    if not plain:
        return ""
    serial = _SERIAL.fullmatch(plain)
    if serial:
        return (_EPOCH + timedelta(days=int(serial[1]))).isoformat()
    iso = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?", plain)
    french = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", plain)
    parts = iso.groups() if iso else french.groups()[::-1] if french else ()
    try:
        return date(*map(int, parts)).isoformat() if parts else Refused("date illisible : JJ/MM/AAAA attendu")
    except ValueError:
        return Refused("date hors du calendrier")


def _numbered(plain: str) -> tuple[int, int] | None:
    if found := _COMPACT.fullmatch(plain):
        return int(found[1]), int(found[2])
    if found := _YEAR_FIRST.fullmatch(plain):
        return int(found[1]), int(found[2])
    if found := _MONTH_FIRST.fullmatch(plain):
        return int(found[3]), int(found[2])
    if found := _SERIAL.fullmatch(plain):
        day = _EPOCH + timedelta(days=int(found[1]))
        return day.year, day.month
    return None


def _named(plain: str) -> tuple[int, int] | None:
    """Return the month of «septembre 2026», «sept. 2026», «sept-26»."""
    found = _NAMED.fullmatch(plain)
    if not found or len(found[1]) < 3:  # noqa: PLR2004 - «ma» may be two months
        return None
    for rank, start in enumerate(_MONTHS, 1):
        if found[1].startswith(start) or (len(found[1]) == 3 and start.startswith(found[1])):  # noqa: PLR2004 - idem
            return int(found[2]) + (2000 if len(found[2]) == 2 else 0), rank  # noqa: PLR2004 - «26»
    return None
