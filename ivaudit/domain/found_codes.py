"""Codes read in the official volumes by somebody who holds them: who, when, in which edition."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ivaudit.domain.rules import Rules
from ivaudit.domain.sources import edition_words

CODE = re.compile(r"(?:EXI|RECO) [A-Z]{2,3} \d{2}")
"""What a code of the official volumes looks like."""

EDITION = re.compile(r"\d+\.(?:\d+|x)(?:\.\d+)?")
"""What an edition looks like: «2.0», «1.x»."""

MAX_FUNCTION = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCode:
    """The code of a rule in an edition; `verified_by` is a function, never a name; `date` AAAA-MM-JJ."""

    rule: str
    edition: str
    code: str
    verified_by: str
    date: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCodes:
    """A file of codes: it travels alone and changes neither a checklist nor an answer."""

    id: str
    version: str
    title: str
    codes: tuple[FoundCode, ...]


Found = Mapping[str, Sequence[FoundCode]]
"""The codes that apply, by rule: one for each edition, the latest edition first."""


def in_force(files: Iterable[FoundCodes]) -> dict[str, tuple[FoundCode, ...]]:
    """Return the codes that apply, by rule; for one rule and edition the last verified wins."""
    latest: dict[tuple[str, str], FoundCode] = {}
    for code in (code for file in files for code in file.codes):
        key = (code.rule, code.edition)
        if key not in latest or latest[key].date <= code.date:
            latest[key] = code
    found: dict[str, tuple[FoundCode, ...]] = {}
    for code in sorted(latest.values(), key=lambda each: _rank(each.edition), reverse=True):
        found[code.rule] = (*found.get(code.rule, ()), code)
    return found


def found_words(code: FoundCode, document: str) -> str:
    """Return «RNIV 1 v2.0, code EXI SI 04 relevé par le référent régional le 22/11/2026»."""
    day = date.fromisoformat(code.date)
    when = f"{day.day:02d}/{day.month:02d}/{day.year}"
    edition = edition_words(document, code.edition)
    return f"{edition}, code {code.code} relevé par {code.verified_by} le {when}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCode:
    """A code found, with the title of its volume."""

    document: str
    found: FoundCode

    @property
    def words(self) -> str:
        """Return where it was found, by whom and when."""
        return found_words(self.found, self.document)


def by_criterion(rules: Rules, found: Found) -> dict[str, tuple[PlacedCode, ...]]:
    """Return the codes found for the rules that each criterion checks; one said of two rules comes once."""
    placed: dict[str, dict[str, PlacedCode]] = {}
    for rule in rules.ordered():
        volume = rules.volume(rule.volume)
        for code in found.get(rule.id, ()):
            made = PlacedCode(document=volume.title if volume else rule.volume, found=code)
            for criterion in rule.criteria:
                placed.setdefault(criterion, {}).setdefault(made.words, made)
    return {criterion: tuple(codes.values()) for criterion, codes in placed.items()}


def _rank(edition: str) -> tuple[int, ...]:
    """Return what editions are ordered by; «1.x» comes before «1.0»."""
    return tuple(int(part) if part.isdigit() else -1 for part in edition.split("."))
