"""What a step of an audit is: a tab, shown, and settled before it is left."""

from typing import Protocol


class Step(Protocol):
    """A tab: shown, and settled before it is left."""

    def enter(self) -> None:
        """Be shown."""

    def settle(self) -> None:
        """Hand over what is being typed."""
