"""Decision sheets (fiches réflexes): steps and choices that lead to an outcome."""

from dataclasses import dataclass
from typing import Literal

from ivaudit.domain.checklist import Reference
from ivaudit.domain.tone import Tone

OutcomeTone = Literal[Tone.GOOD, Tone.WAITING, Tone.BAD]
"""How a path ends: settled, waiting for somebody, or stopped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepChoice:
    """One answer at a step; it leads to a step (`next`) or to an outcome, by id."""

    label: str
    next: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What to do or to look at; without choices, `next` or `outcome` tells what follows."""

    id: str
    title: str
    text: str
    choices: tuple[StepChoice, ...] = ()
    next: str | None = None
    outcome: str | None = None

    @property
    def ways(self) -> tuple[StepChoice, ...]:
        """Return what may follow: the choices, or the single way on, without a label."""
        return self.choices or (StepChoice(label="", next=self.next, outcome=self.outcome),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Where a path ends."""

    id: str
    title: str
    text: str
    tone: OutcomeTone


@dataclass(frozen=True, slots=True, kw_only=True)
class Fiche:
    """A published decision sheet.

    `when` is its situation in one sentence; `audience` are keys of the interlocutors of the vocabulary;
    `criteria` ids of the criteria it helps with; `never` what must never be done.
    """

    id: str
    version: str
    title: str
    summary: str
    licence: str
    authors: tuple[str, ...]
    published: str
    when: str
    audience: tuple[str, ...]
    criteria: tuple[str, ...]
    first: str
    steps: tuple[Step, ...]
    outcomes: tuple[Outcome, ...]
    never: tuple[str, ...]
    references: tuple[Reference, ...]

    def step(self, key: str) -> Step | None:
        """Return the step of that id, or nothing."""
        return next((step for step in self.steps if step.id == key), None)

    def outcome(self, key: str) -> Outcome | None:
        """Return the outcome of that id, or nothing."""
        return next((outcome for outcome in self.outcomes if outcome.id == key), None)
