"""The library of checklists and forms, open without a workspace."""

from collections import Counter
from functools import cache
from pathlib import Path

from ivaudit.content.check import check
from ivaudit.content.library import Library
from ivaudit.content.problems import Problem
from ivaudit.domain.checklist import Checklist, Confidence
from ivaudit.store import place

__all__ = ["Problem", "check", "library", "local_folder", "minutes", "refused", "sources"]


@cache
def library() -> Library:
    """Return everything shipped, and what this person added, found once for the process."""
    return Library.find(local_folder())


def local_folder() -> Path:
    """Return where this person's own checklists, forms and exports are looked for."""
    return place.default_folder() / "contenu"


def refused() -> tuple[Problem, ...]:
    """Return why files of this person are set aside; empty when all are used."""
    return library().refused()


def sources(checklist: Checklist) -> dict[Confidence, int]:
    """Return how many points rest on a source read, quoted, summarised, or still to check."""
    counted = Counter(point.criterion.confidence for point in checklist.points())
    return {confidence: counted[confidence] for confidence in Confidence}


def minutes(checklist: Checklist) -> int:
    """Return the minutes that walking through every point takes."""
    return sum(point.criterion.minutes for point in checklist.points())
