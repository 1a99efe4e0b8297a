"""The rows that the child process gives of bundles, taken one after the other as they are needed."""

import base64
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ivaudit.app import job_stream, jobs
from ivaudit.domain.bundle import (
    BundleHead,
    ContentFile,
    Contents,
    Definition,
    Family,
    ScopeHead,
)
from ivaudit.domain.errors import BugError
from ivaudit.domain.journal import Change, Op
from ivaudit.store import layout
from ivaudit.store.encryption import translated
from ivaudit.store.evidence import Body

_SHOWN = 6


class BundleRows:
    """The bundles of some files, read by one child process.

    Args:
        folder: the workspace, where temporary files go.
        files: paths, each with the key of its envelope.
        cancelled: asked often whether to stop.
        patience: seconds that one row may take.

    Raises:
        KnownError: full or failing disk.
    """

    def __init__(
        self,
        folder: Path,
        files: Sequence[tuple[Path, bytes]],
        cancelled: Callable[[], bool],
        patience: float,
    ) -> None:
        with translated():
            self._work = tempfile.TemporaryDirectory(
                prefix="echange-", dir=folder / layout.WORK, ignore_cleanup_errors=True
            )
        request = {
            "tempdir": self._work.name,
            "files": [[str(path.absolute()), key.hex()] for path, key in files],
        }
        self._rows = job_stream.stream("lire-echanges", request, cancelled=cancelled, patience=patience)
        self._count = len(files)

    def bundles(self) -> Iterator["Incoming"]:
        """Return each bundle in turn; what is left unread of one is passed over."""
        for _ in range(self._count):
            incoming = Incoming(self._rows)
            yield incoming
            incoming.pass_over()

    def close(self) -> None:
        """End the child process."""
        close = getattr(self._rows, "close", None)
        if close is not None:
            close()
        self._work.cleanup()


class Incoming:
    """One bundle: its head, then its definitions, ops, pictures and files, then who signed it.

    Each part is to be read in this order; what is refused raises where it is met.
    """

    def __init__(self, rows: Iterator[Any]) -> None:
        self._rows = rows
        self._next: list[Any] | None = None
        self._ended = False
        self.files: tuple[ContentFile, ...] = ()
        self.signature = b""

    def head(self) -> BundleHead:
        """Return what the bundle says of itself.

        Raises:
            KnownError: it cannot be believed.
        """
        row = self._taken("bundle")
        if row is None:
            raise BugError("a bundle without its head")
        return _head(row[1])

    def definitions(self) -> Iterator[Definition]:
        """Return the definitions."""
        while row := self._taken("definition"):
            yield Definition(kind=row[1], id=row[2], version=row[3], body=row[4])

    def ops(self) -> Iterator[Op]:
        """Return the ops, parents first."""
        while row := self._taken("op"):
            yield _op(row)

    def pictures(self) -> Iterator[Body]:
        """Return the pictures and files kept as evidence."""
        while row := self._taken("picture"):
            _, media, width, height, body, thumbnail = row
            yield Body(
                body=base64.b64decode(body),
                media=media,
                width=width,
                height=height,
                thumbnail=base64.b64decode(thumbnail),
            )

    def finish(self) -> None:
        """Read the content files and the signature: before that, nothing is certain.

        Raises:
            KnownError: it cannot be believed.
        """
        files = []
        while row := self._taken("file"):
            files.append(ContentFile(family=Family(row[1]), id=row[2], text=row[3]))
        signed = self._taken("signature")
        if signed is None:
            raise BugError("a bundle without its signature")
        self.files = tuple(files)
        self.signature = bytes.fromhex(signed[1])
        self._ended = True

    def pass_over(self) -> None:
        """Go to the end of this bundle."""
        while not self._ended:
            row, self._next = self._next or next(self._rows, ["refused"]), None
            self._ended = row[0] in {"refused", "signature"}

    def _taken(self, kind: str) -> list[Any] | None:
        """Return the next row if it is of a kind, and leave it otherwise."""
        if self._next is None:
            self._next = next(self._rows, None)
        match self._next:
            case ["refused", error, sentence]:
                self._ended = True
                raise jobs.known(error)(sentence)
            case [found, *_] if found == kind:
                row, self._next = self._next, None
                return row
            case _:
                return None


def _head(said: dict[str, Any]) -> BundleHead:
    return BundleHead(
        format=(said["format"][0], said["format"][1]),
        id=said["id"],
        at=said["at"],
        program=said["program"],
        author=said["author"],
        device=said["device"],
        contents=Contents(said["contents"]),
        title=said["title"],
        scopes=tuple(
            ScopeHead(
                scope=each["scope"],
                title=each["title"],
                ops=each["ops"],
                tips=tuple(map(bytes.fromhex, each["tips"])),
            )
            for each in said["scopes"]
        ),
        definitions=tuple(said["definitions"]),
        evidence=tuple(said["evidence"]),
        files=tuple((Family(family), key) for family, key in said["files"]),
        left_out=tuple(said["left_out"]),
        seals=dict(said["seals"]),
    )


def _op(row: list[Any]) -> Op:
    _, identity, said, changes = row
    return Op(
        id=bytes.fromhex(identity),
        scope=said["scope"],
        prev=tuple(map(bytes.fromhex, said["prev"])),
        kind=said["kind"],
        author=said["author"],
        device=said["device"],
        at=said["at"],
        reason=said["reason"],
        about=None if said["about"] is None else bytes.fromhex(said["about"]),
        version=said["v"],
        changes=tuple(map(_change, changes)),
    )


def _change(row: list[Any]) -> Change:
    entity, name, base, digest, salt, body = row[:_SHOWN]
    return Change(
        entity=entity,
        field=name,
        base=tuple(map(bytes.fromhex, base)),
        digest=bytes.fromhex(digest),
        salt=None if salt is None else bytes.fromhex(salt),
        body=body,
        shown=row[_SHOWN] if len(row) > _SHOWN else None,
    )
