"""What a step of an audit is: a tab, shown, and settled before it is left."""

from enum import IntEnum
from typing import Protocol


class Tab(IntEnum):
    """The steps of a visit, at their places in the bar of tabs."""

    PREPARATION = 0
    GRID = 1
    OBSERVATIONS = 2
    FINDINGS = 3
    SYNTHESIS = 4
    REPORT = 5


class Step(Protocol):
    """A tab: shown, and settled before it is left."""

    def enter(self) -> None:
        """Be shown."""

    def settle(self) -> None:
        """Hand over what is being typed."""
