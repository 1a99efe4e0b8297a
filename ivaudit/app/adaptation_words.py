"""What is wrong with an adaptation, in the words of who edits it: no file, no line, no key."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ivaudit.content.drafting import with_draft
from ivaudit.content.library import Library
from ivaudit.content.parsing import Parsed
from ivaudit.content.problems import Problem
from ivaudit.content.rules import problems_of, wording_of

_NAMES = {
    "title": "Intitulé",
    "author": "Auteur",
    "date": "Date",
    "reason": "Motif",
    "scope": "Portée",
    "finess": "FINESS",
    "checklist": "Grille",
    "checklist_version": "Version de la grille",
    "weight": "Poids",
    "minutes": "Minutes",
    "na": "Sans objet",
    "guidance": "Consigne",
    "evidence": "Preuves",
    "references": "Références",
    "question": "Question",
    "why": "Pourquoi",
    "rating": "Cotation",
    "recommendation": "Recommandation",
    "methods": "Méthodes",
    "interlocutors": "Interlocuteurs",
    "places": "Lieux",
    "critical": "Point critique",
    "critical_reason": "Raison du point critique",
    "document": "Document de la référence",
    "section_title": "Nouvelle rubrique",
    "domain_title": "Nouveau domaine",
    "code": "Code de la référence",
    "confidence": "Confiance de la référence",
    "criterion": "",
    "id": "Identifiant",
}
_KEY = re.compile(r"(?P<key>[a-z_]+)(?:\.(?P<part>[\w-]+))?: ")
_ABOUT = re.compile(r"\s*(?:-\s+)?\{?(?:criterion|id): \"?(?P<id>[a-z0-9-]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What forbids the use of an adaptation, and what is only advice."""

    blocking: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()


def verdict(library: Library, read: Parsed, raw: bytes) -> Verdict:
    """Return what is said of an adaptation, as if it were in the library.

    Args:
        library: where it would be.
        read: the adaptation.
        raw: the text it was read in.
    """
    text = raw.decode(errors="replace").splitlines()
    if read.value is None:
        return Verdict(blocking=_words(read.problems, text))
    context = with_draft(library, read)
    blocking = _words(sorted(problems_of(read, context)), text)
    return Verdict(blocking=blocking, advice=_words(sorted(wording_of(read, context)), text))


def _words(problems: Iterable[Problem], text: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_sentence(each, text) for each in problems))


def _sentence(problem: Problem, text: list[str]) -> str:
    found = _KEY.match(problem.message)
    message = problem.message[found.end() :] if found else problem.message
    name = _NAMES.get(found["key"], found["key"]) if found else ""
    said = f"{name} : {message}" if name else f"{message[:1].upper()}{message[1:]}"
    return " · ".join(filter(None, (_about(problem.line, text), f"{said.rstrip('.')}.")))


def _about(line: int, text: list[str]) -> str:
    """Return the criterion that a line is about: the last one named above it, at the head of an entry."""
    for rank in range(min(line, len(text)) - 1, -1, -1):
        row = text[rank]
        if not row.startswith((" ", "-")):
            return ""
        if found := _ABOUT.match(row):
            return found["id"]
    return ""
