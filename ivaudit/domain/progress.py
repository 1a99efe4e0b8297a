"""The one thing a long work knows about whoever waits for it."""

from typing import Protocol


class Progress(Protocol):
    """Told how far a work has come; raises `Cancelled` when asked to stop."""

    def __call__(self, done: int, total: int, label: str) -> None:
        """Report `done` of `total` steps; `label` is a French noun phrase."""


def silent(done: int, total: int, label: str) -> None:
    """Ignore the progress: for whoever does not wait."""
