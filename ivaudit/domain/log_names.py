"""Columns that name somebody, recognised by what their cells hold whatever their title."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.identity import IdentityKind, alerts
from ivaudit.domain.log_fields import day_in
from ivaudit.domain.log_intake import LogIntake
from ivaudit.domain.wording import folded

MASKED_NAME = "[nom masqué]"
MASKED_DAY = "[date masquée]"

_LOOKED_AT = 400
_LEAST = 2
_MATRICULES, _DATES, _OLD, _NAMES, _DISTINCT = 0.3, 0.6, 0.5, 0.6, 0.5
_AGE = 15
_CIVILITY = re.compile(r"\A(?:M|Mr|Mme|Mlle|Monsieur|Madame|Mademoiselle|Dr|Pr)\.?\s+(?=\S)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SPLIT = re.compile(r"[\s,/-]+")
_MOST_WORDS = 6
_SHORTEST = 3
_DIGIT = re.compile(r"\d")


def numbers_mostly(cells: Sequence[str]) -> bool:
    """Tell whether the filled cells of a column are numbers of records, not words."""
    filled = [cell for cell in cells[:_LOOKED_AT] if cell.strip()]
    if not filled:
        return False
    # A number of a record is figures, maybe with a letter or a sign; a date has two separators.
    numbers = [cell for cell in filled if _is_number(cell.strip())]
    return len(numbers) >= len(filled) * 0.8


def _is_number(text: str) -> bool:
    figures = sum(each.isdecimal() for each in text)
    return figures >= len(text) / 2 and not _is_day(text) and len(text) <= 20  # noqa: PLR2004 - of a record


def _is_day(text: str) -> bool:
    try:
        return bool(day_in(text)) and not text.isdecimal()
    except InvalidValue:
        return False


class NameFinder:
    """Recognises cells that are names; made once for a file."""

    def __init__(self, intake: LogIntake) -> None:
        self._first = frozenset(map(folded, intake.first_names))
        self._common = frozenset(map(folded, intake.common))

    def sure(self, text: str) -> bool:
        """Tell whether a cell is a name without doubt: a civility, or a known first name beside a name."""
        bare = _CIVILITY.sub("", text.strip(), count=1)
        words = self._words(bare)
        if words is None:
            return False
        if bare != text.strip() and words and words[0][:1].isupper() and not self._holds_common(words):
            return True
        return (
            len(words) >= _LEAST
            and any(folded(word) in self._first for word in words)
            and all(word[:1].isupper() for word in words)
            and not self._holds_common(words)
        )

    def likely(self, text: str) -> bool:
        """Tell whether a cell looks like a name: «NOM Prénom», or one that is sure."""
        if self.sure(text):
            return True
        words = self._words(text.strip())
        if words is None or len(words) < _LEAST or self._holds_common(words):
            return False
        capitals = [word for word in words if word.isupper() and len(word) > 1]
        others = [word for word in words if word.istitle()]
        return bool(capitals) and len(capitals) + len(others) == len(words) and bool(others)

    def _words(self, text: str) -> list[str] | None:
        """Return the words of a text that holds nothing else, nothing for another text."""
        words = [word for word in _SPLIT.split(text) if word]
        if not words or len(words) > _MOST_WORDS or not all(_WORD.fullmatch(word) for word in words):
            return None
        return words

    def _holds_common(self, words: Sequence[str]) -> bool:
        return any(folded(word) in self._common for word in words)


def names_by_content(cells: Sequence[str], finder: NameFinder, today: date, *, known: bool) -> str:
    """Return whom the cells of a column name, empty for nobody.

    Args:
        cells: of the column.
        finder: of names.
        today: the local day, against which dates are old.
        known: whether its title is that of a field that may be taken: names must then be sure.
    """
    filled = [cell.strip() for cell in cells if cell.strip()][:_LOOKED_AT]
    if not filled:
        return ""
    kinds = [{each.kind for each in alerts(cell, today)} for cell in filled]
    matricules = sum(bool(found & {IdentityKind.MATRICULE, IdentityKind.ADDRESS}) for found in kinds)
    # One matricule in a short column is enough; in a long text it is masked where it stands.
    short = sum(map(len, filled)) / len(filled) < 60  # noqa: PLR2004 - characters of a cell that is no text
    if short and matricules >= max(1, len(filled) * _MATRICULES):
        return "matricules"
    if _births(filled, today):
        return "dates de naissance"
    if len(filled) < _LEAST or not short:
        return ""
    sure = sum(map(finder.sure, filled))
    likely = sum(map(finder.likely, filled))
    distinct = len(set(filled)) / len(filled)
    named = sure >= len(filled) * _NAMES or (
        likely >= len(filled) * _NAMES and distinct >= _DISTINCT and (not known or sure >= len(filled) * 0.3)
    )
    return "noms de personnes" if named else ""


def _births(filled: Sequence[str], today: date) -> bool:
    days = list(_days(filled))
    old = sum(day.year <= today.year - _AGE for day in days)
    return len(days) >= max(_LEAST, len(filled) * _DATES) and old >= len(days) * _OLD


def _days(filled: Sequence[str]) -> Iterator[date]:
    for cell in filled:
        try:
            yield date.fromisoformat(day_in(cell))
        except InvalidValue:
            continue


def hidden_words(cells: Sequence[str], common: frozenset[str]) -> tuple[str, ...]:
    """Return what must not stand in the texts of a row: the words of its cells that name somebody."""
    found: list[str] = []
    for cell in cells:
        if _DIGIT.search(cell):
            found.append(cell.strip())
        else:
            found += (word for word in _WORD.findall(cell) if _kept_out(word, common))
    return tuple(dict.fromkeys(each for each in found if len(each) >= _SHORTEST))


def _kept_out(word: str, common: frozenset[str]) -> bool:
    return len(word) >= _SHORTEST and folded(word) not in common and folded(word) not in _ARTICLES


_ARTICLES = frozenset({"des", "les", "née", "nee", "mme", "monsieur", "madame", "van", "von", "ben"})


def without_words(text: str, hidden: Sequence[str]) -> str:
    """Return a text without words that name somebody, whatever their case."""
    for each in sorted(hidden, key=len, reverse=True):
        instead = MASKED_DAY if _DIGIT.search(each) else MASKED_NAME
        text = re.sub(rf"(?<!\w){re.escape(each)}(?!\w)", instead, text, flags=re.IGNORECASE)
    return text
