"""The seals that the journal of a bundle carries, beside those that its head announces."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from ivaudit.domain import seal
from ivaudit.domain.journal import Op, change_id, decode

_AUDIT = "audit:"


class CarriedSeals:
    """Follows the seal of each audit through the gestures of a bundle, parents first."""

    def __init__(self) -> None:
        self._heads: dict[str, dict[bytes, str | None]] = defaultdict(dict)

    def meet(self, op: Op) -> None:
        """Take note of what a gesture does to the seal of its audit."""
        for index, change in enumerate(op.changes):
            if change.field == seal.FIELD and change.entity == op.scope and op.scope.startswith(_AUDIT):
                heads = self._heads[op.scope.removeprefix(_AUDIT)]
                for base in change.base:
                    heads.pop(base, None)
                heads[change_id(op.id, index)] = change.body

    def bears(self, announced: Mapping[str, str]) -> bool:
        """Tell whether the journal carries the seals that are announced, as far as it is told."""
        return all(mark in self._marks(audit) or self._untold(audit) for audit, mark in announced.items())

    def _untold(self, audit: str) -> bool:
        return None in self._heads.get(audit, {}).values()

    def _marks(self, audit: str) -> Iterator[str]:
        for body in self._heads.get(audit, {}).values():
            found = seal.read(decode(body))
            if found is not None:
                yield found.hash
