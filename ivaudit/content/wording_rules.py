"""How content is worded: plain questions, French typography, nobody's name, the words of the field.

`content check` says it and shipped files follow it; a local file is used all the same. A rule stays here only
while no shipped file breaks it for a good reason: a false alarm costs a writer more than a miss.
"""

import re
from collections.abc import Iterable, Iterator

from ivaudit.content.parsing import Parsed
from ivaudit.content.problems import Problem
from ivaudit.content.shapes import Family
from ivaudit.content.text_rules import Text, texts_of
from ivaudit.domain.checklist import Criterion
from ivaudit.domain.glossary import GlossaryTerm
from ivaudit.domain.observation import ObservedItem
from ivaudit.domain.wording import named

_ADDRESSES = {"source", "code"}
_TYPOGRAPHY: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile('["“”]'), "guillemets « » attendus"),
    (re.compile(r"\.\.\."), "points de suspension « … » attendus"),
    (
        re.compile(r"[\w»)\]][:;?!»](?=\s|$|[,.)])|«(?=\S)|\d%"),
        "une espace attendue avant « : ; ? ! % » et dans les guillemets",
    ),
    (re.compile(r"\s[,.](?=\s|$)"), "pas d'espace avant une virgule ou un point"),
)
_NEGATIVE = re.compile(
    r"(?:n['’e]\b|aucune?\b|nul(?:le)?\b|rien n|personne n|jamais\b|pas\b).*"
    r"|.*\b(?:n['’]|ne )\S+-(?:t-)?(?:ils?|elles?|on|ce) (?:pas|plus|jamais|aucune?|rien)\b.*",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:correctement|convenablement|suffisamment|globalement|efficacement|dûment|au mieux|si possible"
    r"|dans la mesure du possible|adéquate?s?|appropriée?s?|optimale?s?|satisfaisante?s?|etc\b\.?)",
    re.IGNORECASE,
)
_OFTEN = re.compile(r"\b(?:régulièrement|périodiquement|fréquemment|souvent)\b", re.IGNORECASE)
_RHYTHM = re.compile(
    r"\b(?:rythme|fréquence|jours?|semaines?|mois|trimestres?|années?|ans?|mensuel|annuel|hebdomadaire)",
    re.IGNORECASE,
)


def problems(parsed: Parsed, terms: Iterable[GlossaryTerm]) -> Iterator[Problem]:
    """Yield what is badly worded in a file, whatever its family."""
    avoided = [] if parsed.family is Family.GLOSSARY else [*_avoided(terms)]
    for each in texts_of(parsed.value):
        if each.key in _ADDRESSES:
            continue
        yield from _typography(parsed, each)
        for wrong, right in avoided:
            if found := wrong.search(each.text):
                yield each.problem(parsed, f"dire « {right} », pas « {found.group()} »")
        match each:
            case Text(owner=Criterion() | ObservedItem(), key="question"):
                yield from _question(parsed, each)
            case Text(owner=Criterion(), key="rating"):
                yield from _vague(parsed, each)
            case _:
                pass


def _question(parsed: Parsed, each: Text) -> Iterator[Problem]:
    """Yield why a question is not answered by « Oui » for the good practice, alike by two auditors."""
    if each.text.count("?") > 1:
        yield each.problem(parsed, "une seule question à la fois")
    if "et/ou" in each.text:
        yield each.problem(parsed, "un seul fait à la fois, sans « et/ou »")
    if _NEGATIVE.fullmatch(each.text):
        yield each.problem(parsed, "tournure affirmative attendue : « Oui » est la bonne pratique")
    yield from _vague(parsed, each)
    often = _OFTEN.search(each.text)
    if often and not any(map(_RHYTHM.search, _beside(each.owner))):
        yield each.problem(parsed, f"« {often.group()} » sans rythme dans l'aide ni dans la cotation")


def _beside(owner: Criterion | ObservedItem) -> tuple[str, ...]:
    """Return the texts beside a question, where a rhythm may be told."""
    if isinstance(owner, ObservedItem):
        return (owner.help,)
    return (*owner.guidance.values(), *owner.rating.values())


def _vague(parsed: Parsed, each: Text) -> Iterator[Problem]:
    if vague := _VAGUE.search(each.text):
        yield each.problem(parsed, f"mot vague « {vague.group()} » : dire ce qui se constate")


def _avoided(terms: Iterable[GlossaryTerm]) -> Iterator[tuple[re.Pattern[str], str]]:
    for term in terms:
        for wrong in term.avoid:
            yield re.compile(rf"(?<!\w){re.escape(wrong)}(?!\w)", re.IGNORECASE), term.term


def _typography(parsed: Parsed, each: Text) -> Iterator[Problem]:
    for wrong, sentence in _TYPOGRAPHY:
        if found := wrong.search(each.text):
            yield each.problem(parsed, f"{sentence} (« {_around(each.text, found)} »)")
    if somebody := named(each.text):
        yield each.problem(parsed, f"pas de nom de personne (« {somebody} »)")


def _around(text: str, found: re.Match[str]) -> str:
    """Return the found characters with the words that they touch."""
    before = text[: found.start()].rpartition(" ")[2]
    after = text[found.end() :].partition(" ")[0]
    return f"{before}{found.group()}{after}".strip()
