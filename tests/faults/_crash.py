"""What a power cut may leave of a disk, from the log of what was asked of it.

Names go as journalling file systems keep them: in order, those that were made durable and some of those that
came after. Contents go as disks keep them: what was not made durable is dropped, or some of it is there, in
any order, or torn at the sectors.
"""

import itertools
import os
import random
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from _disk import Event, Log

SECTOR = 512
MODES = ("dropped", "reordered", "torn")
_NAMING = frozenset({"create", "mkdir", "rename", "link", "unlink", "rmdir"})


@dataclass(frozen=True)
class Cut:
    """A power cut: before which event, in which manner, with which luck."""

    at: int
    mode: str
    seed: int


def cuts(log: Log, wanted: int, *, seed: int) -> list[Cut]:
    """Return so many cuts, spread over all the events and all the manners."""
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    places = list(range(len(log.events) + 1))
    found = [
        Cut(at=places[rank % len(places)], mode=MODES[rank % len(MODES)], seed=chance.getrandbits(32))
        for rank in range(wanted)
    ]
    if wanted < len(places):
        found = [Cut(at=chance.choice(places), mode=cut.mode, seed=cut.seed) for cut in found]
    return found


def acknowledged(log: Log, cut: Cut) -> list[str]:
    """Return what the program had told its user by then."""
    return [event.path for event in log.events[: cut.at] if event.what == "ack"]


def lay(log: Log, cut: Cut, root: str, target: Path) -> None:
    """Write into an empty folder what the disk holds after the cut.

    Args:
        log: what was asked of the disk.
        cut: when and how.
        root: the folder that was watched.
        target: where its content goes; emptied first.
    """
    chance = random.Random(cut.seed)  # noqa: S311 - luck, not secrets
    before = log.events[: cut.at]
    names, folders = _names(log, before, cut.mode, chance)
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for folder in sorted(folders):
        (target / os.path.relpath(folder, root)).mkdir(parents=True, exist_ok=True)
    written: dict[int, Path] = {}
    for name, inode in sorted(names.items()):
        path = target / os.path.relpath(name, root)
        if not path.parent.is_dir():
            continue
        if inode in written:
            os.link(written[inode], path)
        else:
            path.write_bytes(_content(log, before, inode, cut.mode, chance))
            written[inode] = path


def whole(log: Log, root: str, target: Path) -> None:
    """Write into an empty folder what the disk holds when nothing is lost: the very folder watched."""
    everything = [*log.events, *(Event("sync", inode=inode) for inode in log.contents)]
    folders = {os.path.dirname(path) for event in log.events for path in (event.path, event.other) if path}  # noqa: PTH120
    everything += [Event("syncdir", path=folder) for folder in folders]
    complete = Log(names=log.names, folders=log.folders, contents=log.contents, events=everything)
    lay(complete, Cut(at=len(everything), mode="dropped", seed=0), root, target)


def _names(
    log: Log, before: Sequence[Event], mode: str, chance: random.Random
) -> tuple[dict[str, int], set[str]]:
    changes = [(at, event) for at, event in enumerate(before) if event.what in _NAMING]
    durable = 0
    for rank, (at, event) in enumerate(changes, 1):
        places = {os.path.dirname(path) for path in (event.path, event.other) if path}  # noqa: PTH120
        if any(later.what == "syncdir" and later.path in places for later in before[at + 1 :]):
            durable = rank
    kept = durable if mode == "dropped" else chance.randint(durable, len(changes))
    names, folders = dict(log.names), set(log.folders)
    for _, event in changes[:kept]:
        _apply(event, names, folders)
    return names, folders


def _apply(event: Event, names: dict[str, int], folders: set[str]) -> None:
    match event.what:
        case "create":
            names[event.path] = event.inode
        case "link":
            names[event.other] = event.inode
        case "unlink":
            names.pop(event.path, None)
        case "mkdir":
            folders.add(event.path)
        case "rmdir":
            folders.discard(event.path)
        case "rename":
            _move(event.path, event.other, names, folders)


def _move(path: str, other: str, names: dict[str, int], folders: set[str]) -> None:
    for name in [name for name in names if name == path or name.startswith(path + os.sep)]:
        names[other + name[len(path) :]] = names.pop(name)
    for folder in [each for each in folders if each == path or each.startswith(path + os.sep)]:
        folders.discard(folder)
        folders.add(other + folder[len(path) :])


def _content(log: Log, before: Sequence[Event], inode: int, mode: str, chance: random.Random) -> bytes:
    mine = [event for event in before if event.inode == inode and event.what in {"write", "truncate", "sync"}]
    last = max((at for at, event in enumerate(mine) if event.what == "sync"), default=-1)
    content = bytearray(log.contents[inode])
    for event in mine[: last + 1]:
        _change(content, event)
    left = list(mine[last + 1 :])
    match mode:
        case "reordered":
            left = [event for event in left if chance.random() < 0.5]
            chance.shuffle(left)
        case "torn":
            left = [piece for event in left for piece in _sectors(event) if chance.random() < 0.5]
            if chance.random() < 0.5:
                chance.shuffle(left)
        case _:
            left = []
    for event in left:
        _change(content, event)
    return bytes(content)


def _sectors(event: Event) -> list[Event]:
    if event.what != "write":
        return [event]
    first = SECTOR - event.offset % SECTOR
    bounds = [0, *range(first, len(event.data), SECTOR), len(event.data)]
    return [
        Event("write", inode=event.inode, offset=event.offset + start, data=event.data[start:end])
        for start, end in itertools.pairwise(bounds)
        if start < end
    ]


def _change(content: bytearray, event: Event) -> None:
    if event.what == "write":
        content.extend(bytes(max(0, event.offset - len(content))))
        content[event.offset : event.offset + len(event.data)] = event.data
    elif event.what == "truncate":
        del content[event.offset :]
        content.extend(bytes(event.offset - len(content)))
