"""Rules that several families share: header, ids, keys of the vocabulary, criteria named, references."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from ivaudit.content.parsing import Parsed
from ivaudit.content.problems import Problem, repeated
from ivaudit.content.reading import near
from ivaudit.content.resolving import Holder
from ivaudit.domain.checklist import Confidence, Reference, Term

FIELD_PRACTICE = "Pratique de terrain"

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def dated(parsed: Parsed, value: Any) -> Iterator[Problem]:  # noqa: ANN401 - a published value
    """Yield what is wrong with who published a file, and when."""
    if not value.authors:
        yield parsed.problem(value, "authors", "authors: au moins un auteur attendu")
    try:
        date.fromisoformat(value.published)
    except ValueError:
        yield parsed.problem(value, "published", "published: une date AAAA-MM-JJ attendue")


def ids(parsed: Parsed, parts: Sequence[Any]) -> Iterator[Problem]:
    """Yield the ids that are badly written, or used twice among these parts."""
    twice = repeated(part.id for part in parts)
    for part in parts:
        if not _ID.fullmatch(part.id):
            yield parsed.problem(part, "id", "id: minuscules sans accent, chiffres et tirets seulement")
        if part.id in twice:
            yield parsed.problem(part, "id", f"id: « {part.id} » est employé plusieurs fois")


def taken(parsed: Parsed, parts: Iterable[Any], holders: Mapping[str, Holder]) -> Iterator[Problem]:
    """Yield the ids of parts that another file of the family already uses."""
    for part in parts:
        holder = holders.get(part.id)
        if holder and holder.file != parsed.value.id:
            yield parsed.problem(part, "id", f"id: « {part.id} » est déjà dans {holder.file}")


def in_vocabulary(parsed: Parsed, owner: object, key: str, terms: Sequence[Term]) -> Iterator[Problem]:
    """Yield the keys of a list that are not in the vocabulary."""
    allowed = [term.id for term in terms]
    for rank, each in enumerate(getattr(owner, key)):
        if each not in allowed:
            sentence = f"{key}: « {each} » n'est pas dans le vocabulaire{near(each, allowed)}"
            yield parsed.problem(owner, key, sentence, rank)


def criteria(parsed: Parsed, owner: Any, known: Collection[str]) -> Iterator[Problem]:  # noqa: ANN401
    """Yield the criteria named that no checklist publishes, or that are named twice."""
    twice = repeated(owner.criteria)
    for rank, each in enumerate(owner.criteria):
        if each not in known:
            sentence = f"criteria: critère « {each} » inconnu{near(each, known)}"
            yield parsed.problem(owner, "criteria", sentence, rank)
        if each in twice:
            yield parsed.problem(owner, "criteria", f"criteria: « {each} » en double", rank)


def references(parsed: Parsed, given: Iterable[Reference]) -> Iterator[Problem]:
    """Yield the references that claim more than their confidence allows."""
    for each in given:
        to_check = each.confidence is Confidence.TO_CHECK
        if each.code and to_check:
            yield parsed.problem(each, "code", "code: pas de code quand la référence est « à vérifier »")
        if each.document.startswith(FIELD_PRACTICE) and not to_check:
            sentence = f"confidence: « à vérifier » attendu pour « {FIELD_PRACTICE} »"
            yield parsed.problem(each, "confidence", sentence)
