"""The delay of a batch of corrections: declared as a class, since nothing of it is timed.

A batch is one line that stands for counts: it weighs in a chart of delays for what it corrected.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeAlias

from ivaudit.domain.anomalies import Entry, EntryKind, EntryLine


class BatchDelay(NamedTuple):
    """What a batch declares: the rank of a class of delays, empty when not told; how many it corrected."""

    rank: str
    cases: int


Delays: TypeAlias = Mapping[str, BatchDelay]
"""What batches declare, by the id of the entry."""


def batch_delay(entry: Entry) -> BatchDelay:
    """Return what a batch declares; where it does not say how many were corrected, all it stands for."""
    corrected = entry.values.get("corrected")
    told = isinstance(corrected, int) and not isinstance(corrected, bool)
    return BatchDelay(entry.text("delay"), int(corrected) if told else entry.cases)  # type: ignore[arg-type]  # told


def batch_note(lines: Iterable[EntryLine], delays: Delays) -> str:
    """Return how the batches among some lines are counted in a chart of delays; empty without any."""
    found = [
        delays.get(each.id, BatchDelay("", each.cases)) for each in lines if each.kind == EntryKind.BATCH
    ]
    if not found:
        return ""
    untold = sum(each.cases for each in found if not each.rank)
    said = "Un lot compte pour ses corrections, dans la classe de délai qu'il déclare"
    if not untold:
        return f"{said}."
    many = f"{untold} corrections n'y sont pas" if untold > 1 else "une correction n'y est pas"
    return f"{said} ; sans classe déclarée, {many}."
