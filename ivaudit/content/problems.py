"""What is wrong in a content file, and where."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

Place = tuple[int, int]
"""Line and column, both from 1."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One problem: file as people know it, line and column from 1, one French sentence."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


def repeated(ids: Iterable[str]) -> set[str]:
    """Return the ids that come more than once."""
    return {each for each, count in Counter(ids).items() if count > 1}
