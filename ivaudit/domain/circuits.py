"""Where an event is reported, by when: circuits are content, facts are answers, nothing is inferred.

A circuit is proposed when the facts it names were told: all of `every`, and one of `some` where there are
some. No level of severity triggers anything. Delays run from the moment the facility *knew*.
"""

from calendar import monthrange
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from ivaudit.domain.checklist import Confidence, Reference

SOCIAL_CARE = "esms"
"""The fact that the structure is a social-care one: it comes from the structure, not from a question."""

REQUIRED = "obligatoire"
"""The fact that a national circuit is proposed."""

FACTS: frozenset[str] = frozenset(
    {
        "unexpected", "death", "vital", "disability", "damage", "care_defect", "breach", "sent_outside",
        "legal", "shareable", "hemovigilance", "radioprotection", "pharmacovigilance", "materiovigilance",
        "reactovigilance", "biovigilance", "amp-vigilance", SOCIAL_CARE, REQUIRED,
    }
)  # fmt: skip
"""What a circuit may be triggered by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CircuitStep:
    """What is to be done, and by when after the facility knew.

    `delay` is what people read; it is computed from `hours` or `months` (0 hours: without delay) only where
    `confidence` is more than « à vérifier ».
    """

    id: str
    title: str
    delay: str
    hours: int | None = None
    months: int | None = None
    confidence: Confidence

    @property
    def computed(self) -> bool:
        """Tell whether its day and hour may be told."""
        return self.confidence is not Confidence.TO_CHECK and (self.hours, self.months) != (None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circuit:
    """A circuit: `trigger` says in words what `every` and `some` say in facts."""

    id: str
    title: str
    trigger: str
    every: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    addressee: str
    by: str
    steps: tuple[CircuitStep, ...]
    note: str = ""
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Circuits:
    """A published set of circuits; that of a `region` applies only where it was chosen."""

    id: str
    version: str
    title: str
    licence: str
    authors: tuple[str, ...]
    published: str
    region: str = ""
    circuits: tuple[Circuit, ...]


class Certainty(StrEnum):
    """How sure it is that a circuit concerns an event."""

    YES = "à signaler"
    MAYBE = "à vérifier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A circuit that the facts propose."""

    circuit: Circuit
    certainty: Certainty
    region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDue:
    """A step of a circuit that is still to be done.

    `at` is the moment it is due, aware of its offset; nothing where the delay is to be checked or the moment
    of knowledge was not noted: `why` then says so, in French.
    """

    proposed: Proposed
    step: CircuitStep
    at: datetime | None
    why: str = ""

    @property
    def key(self) -> str:
        """Return the name of the step among all circuits: `circuit/step`."""
        return f"{self.proposed.circuit.id}/{self.step.id}"


UNKNOWN_DELAY = "Délai à vérifier."
NOT_NOTED = "Notez le jour et l'heure où la structure l'a su : le délai court de là."


def proposed(sets: Iterable[Circuits], facts: Collection[str]) -> tuple[Proposed, ...]:
    """Return the circuits that facts propose, national ones first.

    Args:
        sets: the circuits that apply.
        facts: keys of the answers «oui»; followed by «?» where the answer is «à vérifier».
    """
    found: list[Proposed] = []
    for each in sorted(sets, key=lambda one: (bool(one.region), one.id)):
        told = {*facts, *({REQUIRED} if any(not one.region for one in found) else ())}
        for circuit in each.circuits:
            certainty = _certainty(circuit, told)
            if certainty is not None:
                found.append(Proposed(circuit=circuit, certainty=certainty, region=each.region))
    return tuple(found)


def _certainty(circuit: Circuit, facts: Collection[str]) -> Certainty | None:
    if _met(circuit, facts):
        return Certainty.YES
    return Certainty.MAYBE if _met(circuit, {each.removesuffix("?") for each in facts}) else None


def _met(circuit: Circuit, facts: Collection[str]) -> bool:
    some = not circuit.some or any(each in facts for each in circuit.some)
    return some and all(each in facts for each in circuit.every)


def reports_due(
    found: Sequence[Proposed], done: Collection[str], known: datetime | None
) -> tuple[ReportDue, ...]:
    """Return the steps that are still to be done, the most pressing first.

    Args:
        found: the circuits proposed.
        done: the steps done, as `circuit/step`.
        known: when the facility knew, aware of its offset; nothing when it was not noted.
    """
    waiting = [
        _due(each, step, known)
        for each in found
        for step in each.circuit.steps
        if f"{each.circuit.id}/{step.id}" not in done
    ]
    return tuple(
        sorted(waiting, key=lambda each: (each.at is None, each.at or datetime.max.replace(tzinfo=UTC)))
    )


def _due(each: Proposed, step: CircuitStep, known: datetime | None) -> ReportDue:
    if not step.computed:
        return ReportDue(proposed=each, step=step, at=None, why=UNKNOWN_DELAY)
    if known is None:
        return ReportDue(proposed=each, step=step, at=None, why=NOT_NOTED)
    return ReportDue(proposed=each, step=step, at=deadline(known, step))


def deadline(known: datetime, step: CircuitStep) -> datetime:
    """Return when a step is due, in the time zone of the moment given.

    Hours are hours that pass, whatever the clocks do; months are those of the calendar, at the same hour, on
    the last day of a month that is too short.
    """
    if step.months is not None:
        return _months_later(known, step.months)
    later = known.astimezone(UTC) + timedelta(hours=step.hours or 0)
    return later.astimezone(known.tzinfo)


def _months_later(known: datetime, months: int) -> datetime:
    year, month = divmod(known.year * 12 + known.month - 1 + months, 12)
    day = min(known.day, monthrange(year, month + 1)[1])
    return known.replace(year=year, month=month + 1, day=day)
