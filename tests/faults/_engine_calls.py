"""The files of SQLite, watched: a copy of the methods its default VFS hands out, with ours in front."""

# ruff: noqa: ANN401 - functions of another language have no types of ours

import ctypes
import errno
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlcipher3._sqlite3 as extension

if TYPE_CHECKING:
    from _disk import Disk

OPEN_CREATE = 0x4
JOURNALS = 0x800 | 0x80000
"""Flags of the engine: a file it may make; a journal or a write-ahead log, whose name it makes durable."""

FULL, CANTOPEN = 13, 14
IOERR_WRITE, IOERR_FSYNC, IOERR_TRUNCATE, IOERR_DELETE = 778, 1034, 1546, 2570

_Pointer = ctypes.c_void_p
_OPEN = ctypes.CFUNCTYPE(
    ctypes.c_int, _Pointer, _Pointer, _Pointer, ctypes.c_int, ctypes.POINTER(ctypes.c_int)
)
"""Names are handed on as they come: the engine keeps the place, and reads what follows them there."""
_DELETE = ctypes.CFUNCTYPE(ctypes.c_int, _Pointer, ctypes.c_char_p, ctypes.c_int)
_WRITE = ctypes.CFUNCTYPE(ctypes.c_int, _Pointer, _Pointer, ctypes.c_int, ctypes.c_longlong)
_TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, _Pointer, ctypes.c_longlong)
_SYNC = ctypes.CFUNCTYPE(ctypes.c_int, _Pointer, ctypes.c_int)


class _Vfs(ctypes.Structure):
    _fields_ = (
        ("iVersion", ctypes.c_int),
        ("szOsFile", ctypes.c_int),
        ("mxPathname", ctypes.c_int),
        ("pNext", _Pointer),
        ("zName", ctypes.c_char_p),
        ("pAppData", _Pointer),
        ("xOpen", _Pointer),
        ("xDelete", _Pointer),
    )


class _Methods(ctypes.Structure):
    _fields_ = (
        ("iVersion", ctypes.c_int),
        ("xClose", _Pointer),
        ("xRead", _Pointer),
        ("xWrite", _Pointer),
        ("xTruncate", _Pointer),
        ("xSync", _Pointer),
        ("others", _Pointer * 13),
    )


class _File(ctypes.Structure):
    _fields_ = (("pMethods", ctypes.POINTER(_Methods)),)


@dataclass
class _Open:
    """A file of the engine: which one, and whether its name is still to be made durable."""

    inode: int
    path: str
    fresh_journal: bool


class Engine:
    """The default VFS of the engine with our methods in front, for as long as it is in place."""

    def __init__(self, disk: "Disk") -> None:
        library = ctypes.CDLL(extension.__file__)
        library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
        self._vfs = library.sqlite3_vfs_find(None).contents
        self._disk = disk
        self._files: dict[int, _Open] = {}
        self._dressed: dict[int, _Methods] = {}
        self._kept: list[Any] = []
        self._former = (self._vfs.xOpen, self._vfs.xDelete)

    def start(self) -> None:
        """Put our methods in front."""
        really_open, really_delete = _OPEN(self._former[0]), _DELETE(self._former[1])
        self._vfs.xOpen = self._pointer(_OPEN, self._opening(really_open))
        self._vfs.xDelete = self._pointer(_DELETE, self._deleting(really_delete))

    def stop(self) -> None:
        """Put the engine's own back; files that are still open keep ours until they close."""
        self._vfs.xOpen, self._vfs.xDelete = self._former
        _LEFT_OPEN.append(self)

    def _pointer(self, kind: Any, function: Callable[..., int]) -> int | None:
        made = kind(function)
        self._kept.append(made)
        return ctypes.cast(made, _Pointer).value

    def _opening(self, really: Any) -> Callable[..., int]:
        def x_open(vfs: int, name: int | None, file: int, flags: int, out: Any) -> int:
            path = self._disk.watches(ctypes.string_at(name)) if name else None
            fresh = path is not None and not os.path.exists(path)  # noqa: PTH110 - the path is text here
            if fresh and flags & OPEN_CREATE and self._disk.refused():
                ctypes.cast(file, ctypes.POINTER(_File)).contents.pMethods = None  # type: ignore[assignment]
                return CANTOPEN
            code = int(really(vfs, name, file, flags, out))
            if code == 0 and path is not None:
                journal = fresh and bool(flags & JOURNALS)
                self._files[file] = _Open(self._disk.inode(path), path, journal)
                self._dress(file)
            return code

        return x_open

    def _deleting(self, really: Any) -> Callable[..., int]:
        def x_delete(vfs: int, name: bytes, sync: int) -> int:
            path = self._disk.watches(name)
            if path and self._disk.refused():
                return IOERR_DELETE
            code = int(really(vfs, name, sync))
            if code == 0 and path:
                self._disk.named("unlink", path)
                if sync:
                    self._disk.synced_folder(os.path.dirname(path))  # noqa: PTH120 - idem
            return code

        return x_delete

    def _dress(self, file: int) -> None:
        opened = ctypes.cast(file, ctypes.POINTER(_File)).contents
        own = ctypes.addressof(opened.pMethods.contents)
        if own not in self._dressed:
            self._dressed[own] = self._methods(opened.pMethods.contents)
        opened.pMethods = ctypes.pointer(self._dressed[own])

    def _methods(self, own: _Methods) -> _Methods:
        made = _Methods()
        ctypes.memmove(ctypes.byref(made), ctypes.byref(own), ctypes.sizeof(_Methods))
        made.xWrite = self._pointer(_WRITE, self._writing(_WRITE(own.xWrite)))
        made.xTruncate = self._pointer(_TRUNCATE, self._cutting(_TRUNCATE(own.xTruncate)))
        made.xSync = self._pointer(_SYNC, self._syncing())
        return made

    def _writing(self, really: Any) -> Callable[..., int]:
        def x_write(file: int, data: int, amount: int, offset: int) -> int:
            if number := self._disk.refused():
                # Half of it may be there: the engine must not count on either.
                really(file, data, amount // 2, offset)
                self._disk.wrote(self._files[file].inode, offset, ctypes.string_at(data, amount // 2))
                return FULL if number == errno.ENOSPC else IOERR_WRITE
            code = int(really(file, data, amount, offset))
            if code == 0:
                self._disk.wrote(self._files[file].inode, offset, ctypes.string_at(data, amount))
            return code

        return x_write

    def _cutting(self, really: Any) -> Callable[..., int]:
        def x_truncate(file: int, size: int) -> int:
            if self._disk.refused():
                return IOERR_TRUNCATE
            code = int(really(file, size))
            if code == 0:
                self._disk.cut(self._files[file].inode, size)
            return code

        return x_truncate

    def _syncing(self) -> Callable[..., int]:
        # The real one would only cost time: what is durable here is what the log says.
        def x_sync(file: int, _flags: int) -> int:
            if self._disk.refused():
                return IOERR_FSYNC
            opened = self._files[file]
            self._disk.synced(opened.inode)
            if opened.fresh_journal:
                opened.fresh_journal = False
                self._disk.synced_folder(os.path.dirname(opened.path))  # noqa: PTH120 - idem
            return 0

        return x_sync


_LEFT_OPEN: list[Engine] = []
"""Kept alive: a file of the engine may outlive the watch, with our methods in front of its own."""
