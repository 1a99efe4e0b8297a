"""The INSi follow-up of the demonstration: six months of files, a perimeter, a link."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from ivaudit.app import insi_declared, insi_imports, insi_perimeters
from ivaudit.app.session import Session
from ivaudit.content.packaged import packaged
from ivaudit.domain import clock
from ivaudit.domain.insi import Channel, Usage, UsageFile
from ivaudit.domain.insi_perimeter import Expected
from ivaudit.domain.months import month_of, shifted

_SCRIPT = "demonstration/insi-essai.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedStructure:
    """Calls of successive months, the last one being the month before today; below zero, it is not named."""

    finess: str
    name: str
    category: str
    certificate: tuple[int, ...]
    card: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InsiScript:
    """What a made-up region received; `without_card_file` is the rank of a month whose file never came."""

    department: str
    without_card_file: int
    structures: tuple[ScriptedStructure, ...]
    excluded: str
    reason: str
    link: dict[str, str]


def build(session: Session) -> None:
    """Import the files, freeze the perimeter, exclude one structure and link another."""
    found: InsiScript = packaged(_SCRIPT, InsiScript)
    now = month_of(clock.today())
    for channel in Channel:
        file = _file(found, channel, now)
        insi_imports.accept(session, insi_imports.preview(session, file))
    first = shifted(now, -len(found.structures[0].certificate))
    listed = [
        Expected(finess=each.finess, name=each.name, department=found.department, category=each.category)
        for each in found.structures
    ]
    insi_perimeters.freeze(session, first, structures=listed)
    insi_perimeters.exclude(session, first, found.excluded, found.reason)
    insi_declared.link(session, found.link["finess"], found.link["target"])


def _file(found: InsiScript, channel: Channel, now: str) -> UsageFile:
    rows = tuple(_rows(found, channel, now))
    return UsageFile(
        name=f"Usage INSi {channel.value} (démonstration).csv",
        sha=sha256(repr(rows).encode()).hexdigest(),
        channel=channel,
        rows=rows,
    )


def _rows(found: InsiScript, channel: Channel, now: str) -> Iterator[Usage]:
    by_card = channel is Channel.CARD
    for each in found.structures:
        figures = each.card if by_card else each.certificate
        for at, calls in enumerate(figures):
            if calls < 0 or (by_card and at == found.without_card_file):
                continue
            checks = calls // 3
            yield Usage(
                month=shifted(now, at - len(figures)),
                finess=each.finess,
                name=each.name,
                department=found.department,
                category=each.category,
                calls=calls,
                retrievals=calls - checks,
                checks=checks,
                users=min(calls, 3) if by_card else 1,
            )
