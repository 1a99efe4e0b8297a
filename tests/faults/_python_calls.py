"""Python's own calls to the system, watched by names and by handles; its files, written by plain calls."""

# ruff: noqa: ANN401 - what is handed on is not looked at

import _pyio
import builtins
import io
import os
import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from unittest import mock

if TYPE_CHECKING:
    from _disk import Disk

_NAMES = {"remove": "unlink", "replace": "rename"}
_CHANGES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def patches(disk: "Disk") -> list[Any]:
    """Return what puts a disk behind Python's calls; each is started, and stopped in the other order."""
    calls = _Calls(disk)
    mine: dict[str, Any] = {
        "open": calls.open,
        "close": calls.close,
        "write": calls.write,
        "ftruncate": calls.ftruncate,
        "fsync": calls.fsync,
        "fdatasync": calls.fsync,
    }
    for name in ("mkdir", "rmdir", "unlink", "remove", "rename", "replace", "link"):
        mine[name] = _naming(disk, _NAMES.get(name, name), getattr(os, name))
    return [
        *(mock.patch.object(os, name, made) for name, made in mine.items()),
        mock.patch.object(io, "open", calls.open_file),
        mock.patch.object(builtins, "open", calls.open_file),
        # By names rather than by handles of folders; by plain writes rather than within the system.
        mock.patch.object(shutil, "_use_fd_functions", new=False),
        mock.patch.object(shutil, "_USE_CP_SENDFILE", new=False, create=True),
        mock.patch.object(shutil, "_USE_CP_COPY_FILE_RANGE", new=False, create=True),
    ]


class _Calls:
    """The calls on handles, and what opens them."""

    def __init__(self, disk: "Disk") -> None:
        self._disk = disk
        self._open, self._close, self._write = os.open, os.close, os.write
        self._ftruncate, self._lseek = os.ftruncate, os.lseek
        self._open_file: Callable[..., Any] = builtins.open

    def open(self, path: Any, flags: int, *rest: Any, **named: Any) -> int:
        watched = self._disk.watches(path) if named.get("dir_fd") is None else None
        if watched and flags & _CHANGES:
            self._disk.may()
        number = self._open(path, flags, *rest, **named)
        if watched:
            self._disk.opened(number, watched)
            if flags & os.O_TRUNC:
                self._disk.cut(self._disk.inode(watched), 0)
        return number

    def close(self, number: int) -> None:
        self._disk.closed(number)
        self._close(number)

    def write(self, number: int, data: Any) -> int:
        known = self._disk.handle(number)
        if known is None:
            return self._write(number, data)
        offset = self._lseek(number, 0, os.SEEK_CUR)
        self._disk.may()
        count = self._write(number, data)
        self._disk.wrote(known[0], offset, bytes(data[:count]))
        return count

    def ftruncate(self, number: int, size: int) -> None:
        known = self._disk.handle(number)
        if known is not None:
            self._disk.may()
            self._disk.cut(known[0], size)
        self._ftruncate(number, size)

    def fsync(self, number: int) -> None:
        # The real one would only cost time: what is durable here is what the log says.
        known = self._disk.handle(number)
        if known is None:
            return
        self._disk.may()
        if known[0]:
            self._disk.synced_by_python(known[0])
        else:
            self._disk.synced_folder(known[1])

    def open_file(self, file: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:
        watched = self._disk.handle(file) if isinstance(file, int) else self._disk.watches(file)
        changes = any(sign in mode for sign in "wax+")
        return (_pyio.open if watched and changes else self._open_file)(file, mode, *rest, **named)


def _naming(disk: "Disk", what: str, real: Callable[..., None]) -> Callable[..., None]:
    def call(path: Any, *rest: Any, **named: Any) -> None:
        watched = disk.watches(path)
        other = disk.watches(rest[0]) if what in {"rename", "link"} else None
        if watched is None and other is None:
            real(path, *rest, **named)
            return
        disk.may()
        real(path, *rest, **named)
        disk.named(what, watched or "", other or "")

    return call
