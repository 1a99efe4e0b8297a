"""What YAML files were found to say, kept on the disk: reading it again takes a fraction of reading YAML.

An entry is found by the SHA-256 of its file, and begins with its own: a file that changed has another entry,
an entry that is damaged is no entry. Nothing here is needed: without it, files are read again.
"""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from ivaudit.content.sources import Source
from ivaudit.content.yaml_nodes import Composed, Node, compose

FORMAT = b"1"
MOST = 1_000
"""Entries kept; the oldest go first."""

_SUFFIX = ".nodes"
_SMALL = 2_000
_DECODER = msgspec.msgpack.Decoder(Node)


class KeptNodes:
    """A folder of entries."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def compose(self, raw: bytes) -> Composed:
        """Return the nodes of a file's bytes, from its entry if there is one."""
        if len(raw) < _SMALL:
            return compose(raw)
        path = self._folder / f"{hashlib.sha256(raw).hexdigest()}{_SUFFIX}"
        found = _read(path)
        if found is not None:
            return Composed(found, [])
        composed = compose(raw)
        if composed.root is not None and not composed.problems:
            self._keep(path, composed.root)
        return composed

    def _keep(self, path: Path, root: Node) -> None:
        body = msgspec.msgpack.encode(root)
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._make_room()
            handle, name = tempfile.mkstemp(prefix="ivaudit-", dir=self._folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_seal(body) + b"\n" + body)
                Path(name).replace(path)
            except OSError:
                Path(name).unlink(missing_ok=True)

    def _make_room(self) -> None:
        """Take away the oldest entries, a quarter at once, when there are too many."""
        kept = list(self._folder.iterdir())
        if len(kept) < MOST:
            return
        for path in sorted(kept, key=lambda each: each.stat().st_mtime)[: MOST // 4]:
            path.unlink(missing_ok=True)


def _seal(body: bytes) -> bytes:
    return hashlib.sha256(FORMAT + body).hexdigest().encode()


def _read(path: Path) -> Node | None:
    """Return the root of an entry; nothing when there is none, or it is not whole."""
    try:
        seal, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if seal != _seal(body):
        return None
    with contextlib.suppress(msgspec.MsgspecError, RecursionError):
        found: Node = _DECODER.decode(body)
        return found
    return None


def composing(source: Source, cache: Path | None) -> Callable[[bytes], Composed]:
    """Return how a file is composed: a local one through what was kept of it, where there is a cache."""
    return compose if source.shipped or cache is None else KeptNodes(cache).compose
