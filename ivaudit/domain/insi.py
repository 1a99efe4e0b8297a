"""Monthly INSi usage: which structures called the teleservice, by certificate or by CPx card."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from ivaudit.domain.sheet_problems import SheetProblem


class Channel(StrEnum):
    """How INSi was called: each way has its own monthly file."""

    CERTIFICATE = "certificat"
    CARD = "cpx"


CHANNEL_WORDS: Mapping[Channel, str] = {
    Channel.CERTIFICATE: "par certificat",
    Channel.CARD: "par carte CPx",
}
BOTH = frozenset(Channel)


class Usage(NamedTuple):
    """What one file says of one structure in one month; a figure that is not communicated is nothing.

    A named tuple: a file has 100,000 of them, and they are made, compared and sent four times as fast.
    `month` is «2026-09», `finess` nine characters; unique users hold for this month, file and structure only:
    they are never added.
    """

    month: str
    finess: str
    name: str
    department: str
    category: str
    calls: int | None
    retrievals: int | None
    checks: int | None
    users: int | None

    @property
    def key(self) -> tuple[str, str]:
        """Return what it is about."""
        return self.month, self.finess

    @property
    def figures(self) -> tuple[int | None, ...]:
        """Return its four figures: calls, retrievals, checks, unique users."""
        return self.calls, self.retrievals, self.checks, self.users


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageFile:
    """A file as it was read, before anything is stored.

    `channel` is what its name or its titles say, nothing when they do not; `ignored` are the titles of the
    columns that are not known, `repeated` how many identical rows were counted once, `subtotals` how many
    rows of totals were left out, `rejected` how many rows were refused; `problems` says where and why, as
    far as it goes, and what is only to be known.
    """

    name: str
    sha: str
    channel: Channel | None
    rows: tuple[Usage, ...]
    ignored: tuple[str, ...] = ()
    repeated: int = 0
    subtotals: int = 0
    rejected: int = 0
    problems: tuple[SheetProblem, ...] = ()

    @property
    def months(self) -> tuple[str, ...]:
        """Return the months it has rows of, in order."""
        return tuple(sorted({row.month for row in self.rows}))


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageChange:
    """One structure whose figures a reissued month gives otherwise; `after` is nothing when it is gone."""

    before: Usage
    after: Usage | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageComparison:
    """What storing a file would change: rows that are new, reissued otherwise, the same, or missing from it.

    `missing` are rows stored for the same months and channel that the file does not have: they stay unless
    the file replaces the whole month.
    """

    file: UsageFile
    channel: Channel
    added: tuple[Usage, ...]
    changed: tuple[UsageChange, ...]
    missing: tuple[Usage, ...]
    same: int

    @property
    def nothing(self) -> bool:
        """Tell whether storing the file changes nothing, rows missing from it apart."""
        return not self.added and not self.changed


def compare(file: UsageFile, channel: Channel, stored: Iterable[Usage]) -> UsageComparison:
    """Return what storing a file would change.

    Args:
        file: as it was read.
        channel: whose file it is.
        stored: the rows of that channel for the months of the file.
    """
    before = {row.key: row for row in stored}
    added, changed, same = [], [], 0
    for row in file.rows:
        was = before.pop(row.key, None)
        if was is None:
            added.append(row)
        elif was == row:
            same += 1
        else:
            changed.append(UsageChange(before=was, after=row))
    return UsageComparison(
        file=file,
        channel=channel,
        added=tuple(added),
        changed=tuple(changed),
        missing=tuple(sorted(before.values(), key=lambda row: row.key)),
        same=same,
    )


def complete(received: Mapping[str, Collection[Channel]]) -> tuple[str, ...]:
    """Return the months whose two files were received, in order: only these tell who did not call."""
    return tuple(sorted(month for month, channels in received.items() if frozenset(channels) >= BOTH))
