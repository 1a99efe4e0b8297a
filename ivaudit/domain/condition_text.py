"""When a criterion concerns a facility, as a line that people read and write: a closed form, nothing more.

« activité : Téléservice INSi ; Urgences » (one of them), « réponse à gou-pol-01 : oui ; partiel » (one of
them), or conditions between brackets joined by « et » or by « ou », not both.
"""

import re
from collections.abc import Iterator, Mapping

from ivaudit.domain.checklist import Condition, Vocabulary
from ivaudit.domain.wording import folded

MAX_DEPTH = 10

_PROFILE = "activité"
_ANSWER = "réponse à"
_AND, _OR = "et", "ou"
_SPECIAL = re.compile(r"[();:]")
_JOINT = re.compile(r"\s*(et|ou)\s*(?=\()", re.IGNORECASE)
_HOW = (
    "attendu : « activité : Téléservice INSi ; Urgences », « réponse à gou-pol-01 : oui ; partiel », ou des "
    "conditions entre parenthèses réunies par « et » ou par « ou »"
)


class NotACondition(ValueError):  # noqa: N818 - told to a person
    """The text is not of that form; `message` says why, in French."""

    def __init__(self, message: str = _HOW) -> None:
        super().__init__(message)
        self.message = message


def condition_text(condition: Condition | None, vocabulary: Vocabulary) -> str:
    """Return a condition as a line; nothing for the one that always holds."""
    if condition is None:
        return ""
    if condition.profile:
        return f"{_PROFILE} : {' ; '.join(_label(key, vocabulary) for key in condition.profile)}"
    if condition.criterion is not None:
        return f"{_ANSWER} {condition.criterion} : {' ; '.join(condition.values)}"
    joint, inside = (_AND, condition.every) if condition.every else (_OR, condition.some)
    parts = [f"({condition_text(each, vocabulary)})" for each in inside]
    return f" {joint} ".join(parts) if len(parts) > 1 else f"{joint} {''.join(parts)}"


def read_condition(text: str, vocabulary: Vocabulary) -> Condition | None:
    """Return the condition that a line says; nothing for an empty one.

    Activities are labels or keys of the vocabulary; what is neither is kept, for the rules to refuse.

    Raises:
        NotACondition: it is not of that form.
    """
    keys = {folded(term.label): term.id for term in vocabulary.profile}
    return _read(text, keys, 0) if text.strip() else None


def _read(text: str, keys: Mapping[str, str], depth: int) -> Condition:
    if depth > MAX_DEPTH:
        raise NotACondition("trop de parenthèses les unes dans les autres")
    line = text.strip()
    lead = _JOINT.match(line)
    if line.startswith("(") or lead:
        return _joined(line[lead.end() :] if lead else line, lead.group(1) if lead else "", keys, depth)
    return _atom(line, keys)


def _joined(line: str, lead: str, keys: Mapping[str, str], depth: int) -> Condition:
    parts, joints = _parts(line)
    kinds = {folded(each) for each in (*joints, *([lead] if lead else []))}
    if len(kinds) > 1:
        raise NotACondition("« et » et « ou » à la fois : ajouter des parenthèses")
    inside = tuple(_read(part, keys, depth + 1) for part in parts)
    if not kinds:
        return inside[0]
    return Condition(every=inside) if kinds == {_AND} else Condition(some=inside)


def _parts(line: str) -> tuple[list[str], list[str]]:
    """Return what stands between the outer brackets, and the words between them."""
    parts: list[str] = []
    joints: list[str] = []
    at = 0
    while at < len(line):
        end = _closing(line, at)
        parts.append(line[at + 1 : end])
        at = end + 1
        if not line[at:].strip():
            return parts, joints
        joint = _JOINT.match(line, at)
        if joint is None:
            raise NotACondition
        joints.append(joint.group(1))
        at = joint.end()
    raise NotACondition


def _closing(line: str, start: int) -> int:
    """Return where the bracket that opens at `start` closes."""
    depth = 0
    for at in range(start, len(line)):
        depth += {"(": 1, ")": -1}.get(line[at], 0)
        if depth == 0:
            return at
    raise NotACondition("une parenthèse n'est pas refermée")


def _atom(line: str, keys: Mapping[str, str]) -> Condition:
    said, _, listed = line.partition(":")
    head, named = folded(said), tuple(_named(listed))
    if not named:
        raise NotACondition
    if head in {folded(_PROFILE), "activites", "profil"}:
        return Condition(profile=tuple(keys.get(folded(each), each) for each in named))
    start, _, criterion = said.strip().rpartition(" ")
    if folded(start) == folded(_ANSWER) and criterion:
        return Condition(criterion=criterion, values=named)
    raise NotACondition


def _named(text: str) -> Iterator[str]:
    yield from (each.strip() for each in text.split(";") if each.strip())


def _label(key: str, vocabulary: Vocabulary) -> str:
    label = vocabulary.label("profile", key)
    return key if _SPECIAL.search(label) else label
