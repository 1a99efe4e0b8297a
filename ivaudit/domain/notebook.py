"""What people say, what documents say, what is seen: lines noted as they come, attached to criteria."""

from collections.abc import Iterable
from dataclasses import dataclass

from ivaudit.domain.audit import STRUCTURE


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody met, by function; a name is optional and leaves with no copy meant for others.

    `interlocutor` is a key of the vocabulary; `at` the local moment of the talk, `AAAA-MM-JJTHH:MM`.
    """

    id: str
    function: str
    interlocutor: str = ""
    unit: str = ""
    at: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the notebook.

    `means` is a key of the vocabulary (dit, ecrit, vu…); `value` a key of the scale when the line amounts to
    an answer, else empty; `source` says where from when it is no person met (a document, a screen); `at` is
    the local moment it was noted, `AAAA-MM-JJTHH:MM:SS`.
    """

    id: str
    text: str
    at: str
    person: str = ""
    means: str = ""
    value: str = ""
    source: str = ""
    subject: str = STRUCTURE
    criteria: tuple[str, ...] = ()
    created: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Sources that do not say the same of a criterion: (means, value) of each, as they came."""

    criterion: str
    subject: str
    said: tuple[tuple[str, str], ...]


def unattached(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines that no criterion has taken up yet, as they came."""
    return tuple(line for line in lines if not line.criteria)


def lines_of(lines: Iterable[Line], criterion: str, subject: str | None = None) -> tuple[Line, ...]:
    """Return the lines attached to a criterion, for one subject or for all."""
    return tuple(line for line in lines if criterion in line.criteria and subject in {None, line.subject})


def disagreements(lines: Iterable[Line]) -> tuple[Disagreement, ...]:
    """Return the criteria about which two sources say different things, in the order they were noted.

    Only lines that amount to an answer are compared; what is said of two subjects is not.
    """
    said: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for line in lines:
        if line.value:
            for criterion in line.criteria:
                said.setdefault((criterion, line.subject), []).append((line.means, line.value))
    return tuple(
        Disagreement(criterion=criterion, subject=subject, said=tuple(found))
        for (criterion, subject), found in said.items()
        if len({value for _, value in found}) > 1
    )
