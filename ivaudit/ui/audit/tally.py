"""Where every point stands and what each checklist comes to, kept up point by point. No Qt here."""

from collections.abc import Iterable, Mapping, Sequence

from ivaudit.domain.audit import AuditSheet
from ivaudit.domain.scoring import Result, result
from ivaudit.domain.standing import PointStanding, asked_of, standing_of


class Tally:
    """Standings by checklist in order of its points, and results; only what an answer touches is redone.

    Args:
        standings: of every point, by checklist id, as read with the audit.
        results: by checklist id, as read with the audit.
    """

    def __init__(
        self, standings: Mapping[str, Sequence[PointStanding]], results: Mapping[str, Result]
    ) -> None:
        self.standings = {key: list(found) for key, found in standings.items()}
        self.results = dict(results)
        self._places: dict[str, list[tuple[str, int]]] = {}
        for key, found in standings.items():
            for at, each in enumerate(found):
                for asked in {each.criterion.id, *asked_of(each.criterion.applicability)}:
                    self._places.setdefault(asked, []).append((key, at))

    def update(self, sheet: AuditSheet, criteria: Iterable[str]) -> list[tuple[str, int]]:
        """Follow the answers to some criteria; return the places, by checklist, that were looked at again."""
        places = sorted({place for key in criteria for place in self._places.get(key, ())})
        checklists = {each.id: each for each in sheet.checklists}
        for key, at in places:
            point = self.standings[key][at].point
            self.standings[key][at] = standing_of(sheet, checklists[key], point)
        for key in {key for key, _ in places}:
            self.results[key] = result(checklists[key], self.standings[key])
        return places
