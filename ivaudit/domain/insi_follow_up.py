"""Who called INSi and who did not, against the perimeter: the figures of one month, each computed once."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ivaudit.domain.insi import BOTH, Channel, Usage, complete
from ivaudit.domain.insi_perimeter import Expected, Perimeter, code_of


class Standing(StrEnum):
    """What a month says of a structure."""

    CALLED = "au moins un appel"
    VIA = "sous un autre FINESS"
    UNKNOWN = "nombre non communiqué"
    ZERO = "listée, aucun appel"
    SILENT = "silencieuse"
    NEVER = "aucun appel dans les fichiers reçus"
    OPEN = "on ne sait pas"


SILENCE = frozenset({Standing.ZERO, Standing.SILENT, Standing.NEVER})
"""The standings of a structure that did not call in a month whose two files were received."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A structure calls under the FINESS number of another, from a month to another, included or open."""

    finess: str
    target: str
    since: str = ""
    until: str = ""
    note: str = ""
    conflict: bool = False

    def holds(self, month: str) -> bool:
        """Tell whether it holds in a month."""
        return self.since <= month and (not self.until or month <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredRate:
    """Qualified identities that a structure declares, for a month.

    `qualified` of `active` users, or only `permille` of them when the counts are not known; `date` is the
    day of the reading, `definition` what the structure calls its *file active*.
    """

    finess: str
    month: str
    qualified: int | None = None
    active: int | None = None
    permille: int | None = None
    date: str = ""
    definition: str = ""
    conflict: bool = False

    @property
    def share(self) -> int | None:
        """Return the rate in thousandths, rounded half up; nothing when it is not known."""
        if self.qualified is not None and self.active:
            return (2000 * self.qualified + self.active) // (2 * self.active)
        return self.permille


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One structure in one month.

    Figures are nothing where no file names it or where they are not communicated; calls of the two files are
    added, unique users never. `silent` counts the complete months since the last call; `last` is the month of
    the last call, `via` the FINESS number it calls under, `covers` how many structures of the perimeter call
    under its own.
    """

    finess: str
    name: str
    department: str
    category: str
    standing: Standing
    inside: bool = True
    by_certificate: Usage | None = None
    by_card: Usage | None = None
    last: str = ""
    silent: int = 0
    via: str = ""
    covers: int = 0
    rate: DeclaredRate | None = None

    @property
    def usages(self) -> tuple[Usage, ...]:
        """Return what the files say of it."""
        return tuple(each for each in (self.by_certificate, self.by_card) if each is not None)

    @property
    def calls(self) -> int | None:
        """Return the calls of both files."""
        return added(each.calls for each in self.usages)

    @property
    def retrievals(self) -> int | None:
        """Return the retrievals of both files."""
        return added(each.retrievals for each in self.usages)

    @property
    def checks(self) -> int | None:
        """Return the checks of both files."""
        return added(each.checks for each in self.usages)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What a department or a category amounts to, over the structures of the perimeter."""

    label: str
    expected: int
    called: int
    via: int
    silent: int
    never: int
    unsure: int
    calls: int
    retrievals: int
    checks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """The follow-up of a month; `frozen` is the month the perimeter was frozen for, empty without one."""

    month: str
    channels: frozenset[Channel]
    frozen: str
    lines: tuple[Line, ...]
    set_aside: tuple[tuple[str, int], ...] = ()
    departments: tuple[Group, ...] = ()
    categories: tuple[Group, ...] = ()

    @property
    def whole(self) -> bool:
        """Tell whether both files of the month were received: only then can one say who did not call."""
        return self.channels >= BOTH

    def inside(self) -> tuple[Line, ...]:
        """Return the lines of the perimeter."""
        return tuple(line for line in self.lines if line.inside)

    def of(self, *standings: Standing) -> tuple[Line, ...]:
        """Return the lines of the perimeter with one of these standings."""
        return tuple(line for line in self.inside() if line.standing in standings)

    def to_call_back(self, silent: int = 1) -> tuple[Line, ...]:
        """Return the structures to call back: silent for so many complete months, or that never called.

        Those that call under another FINESS number are not: the structure they call under is, once for all of
        them. Nobody is for a month half received.
        """
        return tuple(
            line
            for line in self.lines
            if (line.inside or line.covers)
            and line.standing in SILENCE
            and not line.via
            and (line.standing is Standing.NEVER or line.silent >= silent)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known beside the rows of the month.

    `last` gives the last month in which each FINESS number called, up to the month; `received` every month
    received with its channels.
    """

    received: Mapping[str, Collection[Channel]]
    last: Mapping[str, str]
    links: Sequence[Link] = ()
    rates: Sequence[DeclaredRate] = ()


def build(
    month: str, rows: Mapping[Channel, Iterable[Usage]], perimeter: Perimeter | None, known: Known
) -> FollowUp:
    """Return the follow-up of a month.

    Args:
        month: «2026-09».
        rows: the rows of the month, by channel.
        perimeter: the one in force; without one, the structures of the files are shown and none is expected.
        known: links, rates, earlier months.
    """
    by = {channel: {row.finess: row for row in rows.get(channel, ())} for channel in Channel}
    channels = frozenset(known.received.get(month, ()))
    expected = perimeter.counted(month) if perimeter is not None else ()
    reading = _Reading(month, by, channels, known, {each.finess for each in expected})
    listed = {each.finess: each for each in perimeter.structures} if perimeter is not None else {}
    others = {*by[Channel.CERTIFICATE], *by[Channel.CARD], *reading.covers} - reading.inside
    named = (listed.get(finess) or _named(finess, by) for finess in sorted(others))
    lines = [*map(reading.line, expected), *map(reading.line, named)]
    ordered = tuple(sorted(lines, key=lambda line: (line.department, line.name.casefold(), line.finess)))
    counted = [line for line in ordered if line.inside]
    return FollowUp(
        month=month,
        channels=channels,
        frozen=perimeter.month if perimeter is not None else "",
        lines=ordered,
        set_aside=_set_aside(perimeter, month),
        departments=groups(counted, lambda line: line.department),
        categories=groups(counted, lambda line: line.category),
    )


class _Reading:
    """The lines of one month."""

    def __init__(
        self,
        month: str,
        by: Mapping[Channel, Mapping[str, Usage]],
        channels: frozenset[Channel],
        known: Known,
        inside: set[str],
    ) -> None:
        self.inside = inside
        self._month = month
        self._by = by
        self._whole = channels >= BOTH
        self._known = known
        self._complete = [each for each in complete(known.received) if each <= month]
        self._links = {link.finess: link for link in known.links if link.holds(month)}
        self._rates = _latest(known.rates, month)
        self.covers = Counter(link.target for link in self._links.values() if link.finess in inside)

    def line(self, structure: Expected) -> Line:
        """Return the line of a structure."""
        certificate = self._by[Channel.CERTIFICATE].get(structure.finess)
        card = self._by[Channel.CARD].get(structure.finess)
        link = self._links.get(structure.finess)
        last = self._last(structure.finess, link)
        usages = [each for each in (certificate, card) if each is not None]
        return Line(
            finess=structure.finess,
            name=structure.name or next((each.name for each in usages), ""),
            department=structure.department,
            category=structure.category,
            standing=self._standing(usages, link, last),
            inside=structure.finess in self.inside,
            by_certificate=certificate,
            by_card=card,
            last=last,
            silent=sum(each > last for each in self._complete),
            via=link.target if link is not None else "",
            covers=self.covers[structure.finess],
            rate=self._rates.get(structure.finess),
        )

    def _last(self, finess: str, link: Link | None) -> str:
        own = self._known.last.get(finess, "")
        other = self._known.last.get(link.target, "") if link is not None else ""
        return max(own, other if link is not None and other >= link.since else "")

    def _standing(self, usages: Sequence[Usage], link: Link | None, last: str) -> Standing:
        if any(each.calls for each in usages):
            return Standing.CALLED
        if link is not None and any(
            each[link.target].calls for each in self._by.values() if link.target in each
        ):
            return Standing.VIA
        if any(each.calls is None for each in usages):
            return Standing.UNKNOWN
        if not self._whole:
            return Standing.OPEN
        if usages:
            return Standing.ZERO
        return Standing.SILENT if last else Standing.NEVER


def groups(lines: Iterable[Line], label: Callable[[Line], str]) -> tuple[Group, ...]:
    """Return what lines amount to by a label; labels with the same code are one."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(code_of(label(line)), []).append(line)
    made = [_group(max((label(line) for line in each), key=len), each) for each in found.values()]
    return tuple(sorted(made, key=lambda group: group.label))


def _group(label: str, lines: Sequence[Line]) -> Group:
    many = Counter(line.standing for line in lines)
    return Group(
        label=label,
        expected=len(lines),
        called=many[Standing.CALLED],
        via=many[Standing.VIA],
        silent=many[Standing.SILENT] + many[Standing.ZERO],
        never=many[Standing.NEVER],
        unsure=many[Standing.OPEN] + many[Standing.UNKNOWN],
        calls=sum(line.calls or 0 for line in lines),
        retrievals=sum(line.retrievals or 0 for line in lines),
        checks=sum(line.checks or 0 for line in lines),
    )


def added(figures: Iterable[int | None]) -> int | None:
    """Return the sum of the figures that are known, nothing when none is."""
    known = [each for each in figures if each is not None]
    return sum(known) if known else None


def _named(finess: str, by: Mapping[Channel, Mapping[str, Usage]]) -> Expected:
    row = by[Channel.CERTIFICATE].get(finess) or by[Channel.CARD].get(finess)
    if row is None:
        return Expected(finess=finess, name="")  # others call under it, and no file of the month names it
    return Expected(finess=finess, name=row.name, department=row.department, category=row.category)


def _latest(rates: Iterable[DeclaredRate], month: str) -> dict[str, DeclaredRate]:
    """Return the last rate each structure declared, up to a month."""
    found: dict[str, DeclaredRate] = {}
    for rate in sorted(rates, key=lambda each: each.month):
        if rate.month <= month:
            found[rate.finess] = rate
    return found


def _set_aside(perimeter: Perimeter | None, month: str) -> tuple[tuple[str, int], ...]:
    """Return how many structures of the list do not count, by reason."""
    if perimeter is None:
        return ()
    reasons = Counter(
        reason.value
        for each in perimeter.structures
        if (reason := perimeter.outside(each, month)) is not None
    )
    return tuple(sorted(reasons.items()))
