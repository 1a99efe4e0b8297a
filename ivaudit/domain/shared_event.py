"""The anonymous page of an event that may be shared: what others can learn, and nothing that identifies.

No reference, no number, no structure, no unit, no software by its name, no date finer than the month. Texts
were written by people: the names that the register knows, and dates, are taken out of them; the page must
still be read again before it leaves.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ivaudit.domain.anomalies import Entry, EntryKind, Said
from ivaudit.domain.errors import NotAllowedNow
from ivaudit.domain.identity import alerts, masked
from ivaudit.domain.months import said
from ivaudit.domain.register_terms import RegisterTerms

READ_AGAIN = (
    "Relisez cette page avant de la diffuser : un récit peut désigner quelqu'un sans aucun nom, par un fait "
    "rare ou par un lieu."
)
_SHORTEST = 3
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_THE = r"(?P<the>\ble\s+)?(?<!\d)"
_DATES = (
    re.compile(rf"{_THE}(?P<year>\d{{4}})-(?P<month>\d{{2}})-\d{{2}}(?!\d)", re.IGNORECASE),
    re.compile(
        rf"{_THE}\d{{1,2}}\s?[/.-]\s?(?P<month>\d{{1,2}})\s?[/.-]\s?(?P<year>\d{{4}}|\d{{2}})(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(rf"{_THE}\d{{2}}/(?P<month>\d{{2}})(?![\d/])(?P<year>)", re.IGNORECASE),
    re.compile(rf"{_THE}(?:\d{{1,2}}|1er)\s+(?P<month>{_MONTHS})\b(?P<year>)", re.IGNORECASE),
)
_TIME = re.compile(r"(?<!\d)(?:[01]?\d|2[0-3])\s?[h:]\s?[0-5]\d(?!\d)", re.IGNORECASE)
_SPELT = _MONTHS.split("|")


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedBlock:
    """A titled text of the page."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedEvent:
    """One page: a title, short facts as (label, value), texts, and what to do before it leaves."""

    title: str
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[SharedBlock, ...]
    warning: str = READ_AGAIN


def shared_event(entry: Entry, terms: RegisterTerms, names: Collection[str], today: date) -> SharedEvent:
    """Return the page of an entry that was marked as one to share.

    Args:
        entry: the entry.
        terms: the words of the register.
        names: what must not appear: names of structures, of their units and software.
        today: the local day, against which dates of birth are old.

    Raises:
        NotAllowedNow: it was not marked as one to share, or it is a batch.
    """
    if entry.kind is EntryKind.BATCH or entry.said("shareable") is not Said.YES:
        raise NotAllowedNow(
            "Cette fiche n'est pas marquée « partageable » : répondez « Oui » à cette question pour en tirer "
            "une page anonyme."
        )
    hidden = {*names, entry.unit, entry.application, entry.text("editor"), entry.number}
    hidden |= {entry.text("event_number"), *(each.value for each in entry.references)}
    blocks = (
        SharedBlock(title=title, text=without(entry.text(name), hidden, today))
        for name, title in _TEXTS.items()
        if entry.text(name).strip()
    )
    return SharedEvent(
        title=terms.type_label(entry.type), facts=tuple(_facts(entry, terms)), blocks=tuple(blocks)
    )


_TEXTS = {
    "description": "Ce qui s'est passé",
    "barrier": "Ce qui a arrêté l'erreur, ou aurait pu l'arrêter",
    "measures": "Ce qui a été fait",
    "analysis": "Pourquoi",
    "lesson": "Ce que l'on en retient",
}


def _facts(entry: Entry, terms: RegisterTerms) -> Iterator[tuple[str, str]]:
    day = entry.text("happened") or entry.found
    if day:
        yield "Période", said(day[:7])
    if entry.step:
        yield "Étape du parcours", terms.label("steps", entry.step)
    if entry.severity is not None:
        yield "Gravité constatée", terms.label("harms", str(entry.severity))
    if entry.potential is not None:
        yield "Gravité potentielle", terms.label("potentials", str(entry.potential))
    if error := entry.text("error"):
        yield "Genre d'erreur", terms.label("errors", error)
    for name, label in (("traits", "Traits concernés"), ("causes", "Causes")):
        if keys := entry.texts(name):
            yield label, ", ".join(terms.label(name, key) for key in keys)


def without(text: str, hidden: Iterable[str], today: date) -> str:
    """Return a text without identities, names that are hidden, times, nor dates finer than the month."""
    bare = masked(text, alerts(text, today))
    for name in sorted((each for each in hidden if len(each.strip()) >= _SHORTEST), key=len, reverse=True):
        bare = re.sub(rf"(?<!\w){re.escape(name.strip())}(?!\w)", "[…]", bare, flags=re.IGNORECASE)
    for pattern in _DATES:
        bare = pattern.sub(_month, bare)
    return _TIME.sub("[heure]", bare).strip()


def _month(found: re.Match[str]) -> str:
    """Return the month of a date, as one says it: «le 12/03/2026» is «en mars 2026»."""
    month, year = found["month"].lower(), found["year"]
    if month.isdecimal():
        if not 1 <= int(month) <= len(_SPELT):
            return "[date]"
        month = _SPELT[int(month) - 1]
    century = f"20{year}" if len(year) == 2 else year  # noqa: PLR2004 - two figures of a year
    return f"{'en ' if found['the'] else ''}{month} {century}".strip()
