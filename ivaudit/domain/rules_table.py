"""The cross table: each rule of the official volumes beside the criteria that check it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ivaudit.domain.checklist import Checklist, Confidence
from ivaudit.domain.found_codes import Found, FoundCode
from ivaudit.domain.rules import Rule, Rules, RuleType, Volume


class CodeState(StrEnum):
    """What is known of the code of a rule, in the words that people read."""

    FOUND = "code relevé"
    QUOTED = "code cité"
    TO_VERIFY = "numéro à vérifier"
    MISSING = "code à relever"
    SUPPOSED = "règle supposée, à vérifier"
    NONE = "sans code"


WAITED_FOR = frozenset({CodeState.TO_VERIFY, CodeState.MISSING, CodeState.SUPPOSED})
"""What somebody who holds the volumes can still settle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """A criterion at the place where it is published; `elsewhere` are its other places."""

    criterion: str
    checklist: str
    number: str
    question: str
    elsewhere: tuple[tuple[str, str], ...] = ()

    @property
    def about(self) -> str:
        """Return where it is read: «checklist/criterion»."""
        return f"{self.checklist}/{self.criterion}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """A rule with what covers it and the codes found for it."""

    rule: Rule
    volume: Volume
    covers: tuple[Cover, ...]
    codes: tuple[FoundCode, ...] = ()

    @property
    def uncovered(self) -> bool:
        """Tell whether no criterion checks it."""
        return not self.covers

    @property
    def state(self) -> CodeState:
        """Return what is known of its code."""
        if self.codes:
            return CodeState.FOUND
        if self.rule.supposed:
            return CodeState.SUPPOSED
        if self.rule.code is not None:
            sure = self.rule.confidence in {Confidence.READ, Confidence.QUOTED}
            return CodeState.QUOTED if sure else CodeState.TO_VERIFY
        coded = self.volume.coded and self.rule.type is not RuleType.LANDMARK
        return CodeState.MISSING if coded else CodeState.NONE

    @property
    def waited_for(self) -> bool:
        """Tell whether its code is still to be verified in the volume."""
        return self.state in WAITED_FOR


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionCounts:
    """How much is known of one edition of a volume; `edition` is empty where sources do not tell it."""

    volume: str
    edition: str
    rules: int
    uncovered: int
    waited_for: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesTable:
    """The whole table; `loose` are the criteria that no rule leads to."""

    volumes: tuple[Volume, ...]
    rows: tuple[RuleRow, ...]
    loose: tuple[Cover, ...]

    @property
    def uncovered(self) -> tuple[RuleRow, ...]:
        """Return the rules that no criterion checks."""
        return tuple(row for row in self.rows if row.uncovered)

    @property
    def waited_for(self) -> tuple[RuleRow, ...]:
        """Return the rules whose code is still to be verified."""
        return tuple(row for row in self.rows if row.waited_for)

    def of(self, volume: str) -> tuple[RuleRow, ...]:
        """Return the rules of a volume, in its order."""
        return tuple(row for row in self.rows if row.volume.id == volume)

    def counts(self) -> tuple[EditionCounts, ...]:
        """Return what is known of each edition of each volume, in the order of the volumes."""
        keys = dict.fromkeys((row.volume.id, row.rule.edition or "") for row in self.rows)
        return tuple(_counted(key, self.rows) for key in keys)


def build(
    rules: Rules, checklists: Sequence[Checklist], homes: Mapping[str, str], found: Found
) -> RulesTable:
    """Return the cross table.

    Args:
        rules: what the volumes ask.
        checklists: where criteria are asked.
        homes: the id of the checklist that publishes each criterion, by criterion.
        found: the codes read by somebody who holds the volumes.
    """
    covers = _covers(checklists, homes)
    volumes = {volume.id: volume for volume in rules.volumes}
    rows = tuple(
        RuleRow(
            rule=rule,
            volume=volumes[rule.volume],
            covers=tuple(covers[each] for each in rule.criteria if each in covers),
            codes=tuple(found.get(rule.id, ())),
        )
        for rule in rules.ordered()
    )
    led_to = {criterion for rule in rules.rules for criterion in rule.criteria}
    loose = tuple(cover for criterion, cover in covers.items() if criterion not in led_to)
    return RulesTable(volumes=rules.volumes, rows=rows, loose=loose)


def _covers(checklists: Iterable[Checklist], homes: Mapping[str, str]) -> dict[str, Cover]:
    """Return where each criterion is asked, first of all where it is published."""
    asked: dict[str, list[tuple[str, str]]] = {}
    questions: dict[str, str] = {}
    for checklist in checklists:
        for point in checklist.points():
            asked.setdefault(point.criterion.id, []).append((checklist.id, point.number))
            questions.setdefault(point.criterion.id, point.criterion.question)
    found = {}
    for criterion, places in asked.items():
        first = next((place for place in places if place[0] == homes.get(criterion)), places[0])
        found[criterion] = Cover(
            criterion=criterion,
            checklist=first[0],
            number=first[1],
            question=questions[criterion],
            elsewhere=tuple(place for place in places if place != first),
        )
    return found


def _counted(key: tuple[str, str], rows: Iterable[RuleRow]) -> EditionCounts:
    among = [row for row in rows if (row.volume.id, row.rule.edition or "") == key]
    return EditionCounts(
        volume=key[0],
        edition=key[1],
        rules=len(among),
        uncovered=sum(row.uncovered for row in among),
        waited_for=sum(row.waited_for for row in among),
    )
