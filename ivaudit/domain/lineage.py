"""Which operations came before which, in a history that is mostly one line and forks where copies part.

A walk back from each removal of a register would cross 100,000 operations each time. Here each operation has
a place on a line; what came before one is then, for each line, the place up to which it knows it.
"""

from collections.abc import Iterable, Mapping

_Place = tuple[int, int]


class Lineage:
    """The history of a scope."""

    def __init__(self, history: Iterable[tuple[bytes, tuple[bytes, ...]]]) -> None:
        """Lay a history out on lines.

        Args:
            history: each operation with those it follows, parents before children; what is not there is
                passed over.
        """
        self._places: dict[bytes, _Place] = {}
        self._ends: list[bytes] = []
        self._joined: list[list[tuple[int, _Place]]] = []
        for op, parents in history:
            self._lay(op, [parent for parent in parents if parent in self._places])

    def before(self, op: bytes) -> Mapping[int, int]:
        """Return, for each line, the last place of it that an operation knows, its own included."""
        known: dict[int, int] = {}
        waiting = [self._places[op]] if op in self._places else []
        while waiting:
            line, place = waiting.pop()
            if place <= known.get(line, -1):
                continue
            known[line] = place
            waiting += [parent for at, parent in self._joined[line] if at <= place]
        return known

    def holds(self, known: Mapping[int, int], op: bytes) -> bool:
        """Tell whether an operation is among what `before` returned."""
        line, place = self._places.get(op, (-1, 0))
        return place <= known.get(line, -1)

    def _lay(self, op: bytes, parents: list[bytes]) -> None:
        """Put an operation at the end of the line of a parent, or on a new one."""
        continued = next((each for each in parents if self._ends[self._places[each][0]] == each), None)
        if continued is None:
            self._places[op] = (len(self._ends), 0)
            self._ends.append(op)
            self._joined.append([])
        else:
            line, place = self._places[continued]
            self._places[op] = (line, place + 1)
            self._ends[line] = op
        line, place = self._places[op]
        self._joined[line] += [(place, self._places[each]) for each in parents if each != continued]
