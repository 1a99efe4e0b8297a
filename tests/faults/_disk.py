"""A disk that remembers everything asked of it, and that refuses one call when told to.

Two layers are watched, below one folder only: the files of SQLite (`_engine_calls`) and Python's own calls to
the system (`_python_calls`). Each call becomes an event of a log, in the order it was made; `_crash` makes
from the log what a power cut may leave. Nothing needs another program.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import _engine_calls
import _python_calls

IGNORED = ("-shm",)
"""Shared memory: made anew after a stop."""


@dataclass(frozen=True)
class Event:
    """One call.

    `what` is `create mkdir rename link unlink rmdir` for names, `write truncate` for contents, `sync syncdir`
    for what makes durable, and `ack` for what the program told its user.
    """

    what: str
    path: str = ""
    other: str = ""
    inode: int = 0
    offset: int = 0
    data: bytes = b""


@dataclass
class Log:
    """What was on the disk at first, and what was asked of it since."""

    names: dict[str, int] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)
    contents: dict[int, bytes] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)

    @property
    def acknowledged(self) -> list[str]:
        """Return all that the program told its user."""
        return [event.path for event in self.events if event.what == "ack"]


@dataclass(frozen=True)
class Failure:
    """The call that is refused, from 0, and the error of the system it gets."""

    at: int
    number: int


class Disk:
    """Watches a folder; used as a context, in one thread.

    Args:
        root: what is watched, everything below it included.
        failure: the one call that fails, or nothing.
        deaf: whether Python's calls that make durable are not believed: a control.
    """

    def __init__(self, root: Path, failure: Failure | None = None, *, deaf: bool = False) -> None:
        self.root = str(root)
        self.log = Log()
        self.calls = 0
        self._failure = failure
        self._deaf = deaf
        self._inodes = iter(range(1, 10**9))
        self._now: dict[str, int] = {}
        self._handles: dict[int, tuple[int, str]] = {}

    def __enter__(self) -> Self:
        for path in sorted(Path(self.root).rglob("*")):
            if path.is_dir():
                self.log.folders.add(str(path))
            elif not path.name.endswith(IGNORED):
                same = next((known for known in self._now if Path(known).samefile(path)), None)
                inode = self._now[same] if same else next(self._inodes)
                self._now[str(path)] = inode
                self.log.contents[inode] = path.read_bytes()
        self.log.names = dict(self._now)
        self._patches = [*_python_calls.patches(self), _engine_calls.Engine(self)]
        for patch in self._patches:
            patch.start()
        return self

    def __exit__(self, *_: object) -> None:
        for patch in reversed(self._patches):
            patch.stop()

    def ack(self, token: str) -> None:
        """Remember that the program told its user something."""
        self.log.events.append(Event("ack", path=token))

    def watches(self, path: object) -> str | None:
        """Return the path as the log writes it, nothing when it is not watched."""
        if not isinstance(path, str | bytes | os.PathLike):
            return None
        found = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 - links are left as they are
        inside = found.startswith(self.root + os.sep) or found == self.root
        return found if inside and not found.endswith(IGNORED) else None

    def inode(self, path: str) -> int:
        """Return the file of a name, made known if it is new."""
        if path not in self._now:
            self._now[path] = next(self._inodes)
            self.log.contents[self._now[path]] = b""
            self.log.events.append(Event("create", path=path, inode=self._now[path]))
        return self._now[path]

    def refused(self) -> int:
        """Count one call; return the error it gets, 0 for none."""
        self.calls += 1
        failure = self._failure
        return failure.number if failure is not None and self.calls - 1 == failure.at else 0

    def may(self) -> None:
        """Count one call of Python's, and raise when it is the one that fails."""
        if number := self.refused():
            raise OSError(number, os.strerror(number))

    def wrote(self, inode: int, offset: int, data: bytes) -> None:
        """Note what was written."""
        self.log.events.append(Event("write", inode=inode, offset=offset, data=data))

    def cut(self, inode: int, size: int) -> None:
        """Note the new size of a file."""
        self.log.events.append(Event("truncate", inode=inode, offset=size))

    def synced(self, inode: int) -> None:
        """Note that the content of a file is durable."""
        self.log.events.append(Event("sync", inode=inode))

    def synced_folder(self, path: str) -> None:
        """Note that the names in a folder are durable."""
        self.log.events.append(Event("syncdir", path=path))

    def named(self, what: str, path: str, other: str = "") -> None:
        """Note a change of names, and follow it."""
        self.log.events.append(Event(what, path=path, other=other, inode=self._now.get(path, 0)))
        match what:
            case "rename":
                moved = [name for name in self._now if name == path or name.startswith(path + os.sep)]
                for name in moved:
                    self._now[other + name[len(path) :]] = self._now.pop(name)
            case "link":
                self._now[other] = self._now[path]
            case "unlink":
                self._now.pop(path, None)

    def handle(self, number: int) -> tuple[int, str] | None:
        """Return the file behind a handle of Python's, 0 for a folder, nothing when it is not watched."""
        return self._handles.get(number)

    def opened(self, number: int, path: str) -> None:
        """Note a handle of Python's."""
        folder = os.path.isdir(path)  # noqa: PTH112 - the path is text here
        self._handles[number] = (0 if folder else self.inode(path), path)

    def closed(self, number: int) -> None:
        """Forget a handle."""
        self._handles.pop(number, None)

    def synced_by_python(self, inode: int) -> None:
        """Note that the content of a file of ours is durable, unless the disk is deaf to that."""
        if not self._deaf:
            self.synced(inode)


@contextmanager
def watched(root: Path, failure: Failure | None = None, *, deaf: bool = False) -> Iterator[Disk]:
    """Watch a folder for as long as the block lasts."""
    with Disk(root, failure, deaf=deaf) as disk:
        yield disk
