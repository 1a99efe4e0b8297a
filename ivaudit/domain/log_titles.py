"""Titles of columns that people chose, and the fields they most likely stand for."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from ivaudit.domain.log_fields import LogWords
from ivaudit.domain.log_intake import REFERENCE, HeaderWords, LogIntake, NominativeWords
from ivaudit.domain.log_table import COMPUTED, LogField, LogTable
from ivaudit.domain.wording import folded

LONG = frozenset(
    {LogField.DESCRIPTION, LogField.MEASURES, LogField.ANALYSIS, LogField.BARRIER, LogField.LESSON}
)
"""The fields that several columns may be taken for: their texts are put one after the other."""

_SIGNS = re.compile(r"[^a-z0-9]+")
_ALIKE = 0.86
_WHOLE, _WITHIN, _NEAR = 3.0, 2.0, 1.0
_MARK = 12


@lru_cache(maxsize=20_000)
def plain_title(text: str) -> str:
    """Return a title for comparing: no case, no accent, signs as spaces."""
    return _SIGNS.sub(" ", folded(text)).strip()


def mark_of(titles: Iterable[str]) -> str:
    """Return what tells a set of titles from others, whatever their order."""
    plain = sorted({plain_title(title) for title in titles} - {""})
    return hashlib.sha256("\x1f".join(plain).encode()).hexdigest()[:_MARK]


def known_titles(intake: LogIntake, tables: Sequence[LogTable], words: LogWords) -> tuple[HeaderWords, ...]:
    """Return every title that is known, ours first."""
    found: dict[str, list[str]] = {}
    for table in tables:
        for column in table.columns:
            if column.field not in COMPUTED or column.field is LogField.ENDED:
                found.setdefault(column.field.value, []).append(column.title)
    for each in words.fields:
        if each.field not in COMPUTED or each.field is LogField.ENDED:
            found.setdefault(each.field.value, []).append(each.title)
    ours = [HeaderWords(target=target, words=tuple(titles)) for target, titles in found.items()]
    return (*ours, *intake.headers)


def proposed(
    titles: Sequence[str], known: Sequence[HeaderWords], decided: Mapping[str, str], closed: Iterable[int]
) -> dict[int, str]:
    """Return what each column is most likely taken for, by its rank.

    Args:
        titles: of the columns.
        known: titles by target.
        decided: targets that somebody chose for such titles, by plain title; an empty one leaves it.
        closed: ranks of the columns that are never taken.
    """
    free = [rank for rank in range(len(titles)) if rank not in set(closed)]
    found = {rank: decided[key] for rank in free if (key := plain_title(titles[rank])) in decided}
    scored = sorted(
        (
            (-score, first, rank, target)
            for rank in free
            if rank not in found and titles[rank].strip()
            for first, (target, score) in enumerate(_scores(plain_title(titles[rank]), known).items())
        ),
    )
    used = {target for target in found.values() if not _shared(target)}
    for _, _, rank, target in scored:
        if rank not in found and target not in used:
            found[rank] = target
            used |= set() if _shared(target) else {target}
    return {rank: target for rank, target in found.items() if target}


def _shared(target: str) -> bool:
    return target in LONG or target.startswith(REFERENCE)


def _scores(title: str, known: Sequence[HeaderWords]) -> dict[str, float]:
    best: dict[str, float] = {}
    for each in known:
        if title and not has_words(title, each.none_of):
            score = max((_score(title, plain_title(word)) for word in each.words), default=0.0)
            if score:
                best[each.target] = max(score, best.get(each.target, 0.0))
    return best


def _score(title: str, word: str) -> float:
    """Return how well a title fits a known one: the same, holding it, or written nearly so."""
    if title == word:
        return _WHOLE
    if word and f" {word} " in f" {title} ":
        return _WITHIN + len(word) / (len(title) + 1)
    close = title[:1] == word[:1] and abs(len(title) - len(word)) < 4  # noqa: PLR2004 - letters more or less
    near = SequenceMatcher(None, title, word).ratio() if close else 0.0
    return _NEAR * near if near >= _ALIKE else 0.0


def has_words(title: str, words: Iterable[str]) -> bool:
    """Tell whether a plain title holds one of some words, as whole words."""
    return any(f" {plain_title(word)} " in f" {title} " for word in words)


def names_somebody(title: str, nominative: Sequence[NominativeWords], *, numbers: bool) -> str:
    """Return whom a title says that its column names, empty for nobody.

    Args:
        title: as it is written.
        nominative: what such titles are.
        numbers: whether the cells of the column are numbers.
    """
    plain = plain_title(title)
    for each in nominative:
        fits = has_words(plain, each.words) and not has_words(plain, each.none_of)
        if fits and not (numbers and each.unless_numbers):
            return each.label
    return ""
