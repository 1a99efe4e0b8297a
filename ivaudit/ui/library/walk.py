"""The way through a decision sheet: where one is, how one came there, and back."""

from dataclasses import dataclass

from ivaudit.domain.fiche import Fiche, Outcome, Step, StepChoice


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that is behind, with the answer given there (empty where there was no choice)."""

    step: Step
    answer: str


class Walk:
    """A walk: `here` is a step or the outcome it ended in, `path` what is behind."""

    def __init__(self, fiche: Fiche) -> None:
        self.fiche = fiche
        self.path: list[Taken] = []
        self.here: Step | Outcome = self._step(fiche.first)

    @property
    def ways(self) -> tuple[StepChoice, ...]:
        """Return what may follow; nothing after an outcome."""
        return self.here.ways if isinstance(self.here, Step) else ()

    def take(self, rank: int) -> bool:
        """Take a way by its rank, from 1; tell whether there is one."""
        if not isinstance(self.here, Step) or not 1 <= rank <= len(self.ways):
            return False
        way = self.ways[rank - 1]
        self.path.append(Taken(self.here, way.label))
        self.here = self._end(way)
        return True

    def back(self) -> bool:
        """Go back one step; tell whether there was one."""
        if not self.path:
            return False
        self.here = self.path.pop().step
        return True

    def start(self, step: str = "") -> None:
        """Begin anew, at a step if one is named."""
        self.path.clear()
        self.here = self.fiche.step(step) or self._step(self.fiche.first)

    def _step(self, key: str) -> Step:
        return self.fiche.step(key) or self.fiche.steps[0]

    def _end(self, way: StepChoice) -> Step | Outcome:
        if way.outcome is not None:
            return self.fiche.outcome(way.outcome) or self.fiche.outcomes[0]
        return self._step(way.next or "")
