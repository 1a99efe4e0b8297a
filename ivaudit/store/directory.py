"""The FINESS directory of a workspace: a finished, encrypted file that is searched and never edited.

It lives beside the journal, not in it: what it holds is public and can be imported again, so that no backup
has to carry its 30 MB. Its key is derived from that of the workspace: the child that builds the file is given
that key, which opens nothing else.
"""

import hashlib
import hmac
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as engine

from ivaudit.domain.directory import DirectoryFormat, DirectoryState, Entry, EntryKind, Tally
from ivaudit.domain.errors import CorruptFile, KnownError
from ivaudit.store import layout
from ivaudit.store.atomic_file import replace_whole
from ivaudit.store.encryption import connect, translated

VERSION = 1
"""Raised with any change of the tables: a file of another version is imported again."""

TABLES = """
CREATE TABLE entry(
  rank INTEGER PRIMARY KEY, kind TEXT NOT NULL, finess TEXT NOT NULL, ej TEXT NOT NULL, name TEXT NOT NULL,
  long_name TEXT NOT NULL, category TEXT NOT NULL, department TEXT NOT NULL, city TEXT NOT NULL,
  postcode TEXT NOT NULL, phone TEXT NOT NULL, opened TEXT NOT NULL, closed INTEGER NOT NULL,
  closed_on TEXT NOT NULL
) STRICT;
CREATE TABLE label(
  family TEXT NOT NULL, code TEXT NOT NULL, label TEXT NOT NULL, PRIMARY KEY(family, code)
) STRICT, WITHOUT ROWID;
CREATE TABLE about(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(
  folded, content='', detail=none, columnsize=0, tokenize='ascii', prefix='1 2 3'
);
"""
"""`words` is told words that are folded already: everything that is no ASCII space belongs to one."""

FIELDS = (
    *("kind", "finess", "ej", "name", "long_name", "category", "department", "city", "postcode", "phone"),
    *("opened", "closed", "closed_on"),
)
"""Columns of an entry, apart from its rank."""

_SELECT = (
    f"SELECT {', '.join(f'entry.{field}' for field in FIELDS)}, coalesce(c.label, ''), coalesce(d.label, '')"  # noqa: S608 - names of ours
    " FROM {0} LEFT JOIN label c ON c.family = 'category' AND c.code = entry.category"
    " LEFT JOIN label d ON d.family = 'department' AND d.code = entry.department"
)
_FOUND = (
    f"{_SELECT.format('words JOIN entry ON entry.rank = words.rowid')}"
    " WHERE words MATCH ? ORDER BY words.rowid LIMIT ?"
)
_NUMBERED = f"{_SELECT.format('entry')} WHERE entry.finess = ? ORDER BY entry.kind DESC"
_AMONG = (
    f"{_SELECT.format('entry')} WHERE entry.kind = 'ET'"  # noqa: S608 - names of ours
    " AND entry.department IN (SELECT value FROM json_each(?))"
    " AND entry.category IN (SELECT value FROM json_each(?)) ORDER BY entry.finess"
)
_UNUSABLE = (
    "L'annuaire FINESS de ce dossier ne se lit pas. Vos données sont intactes : importez l'annuaire de "
    "nouveau (page Structures, « Annuaire FINESS… »)."
)


def key_of(data_key: bytes) -> bytes:
    """Return the key of the directory of a workspace, which tells nothing of that of the workspace."""
    return hmac.new(data_key, b"ivaudit annuaire", hashlib.sha256).digest()


class Directory:
    """The directory of one open workspace; on the thread that first asks it something.

    Attributes:
        file: where it is, or would be.
        key: what it is encrypted with.
    """

    def __init__(self, folder: Path, data_key: bytes) -> None:
        self.file = folder / layout.DIRECTORY
        self.key = key_of(data_key)
        self._connection: engine.Connection | None = None

    def state(self) -> DirectoryState | None:
        """Return what directory there is, nothing when there is none that can be used."""
        try:
            connection = self._opened()
            return None if connection is None else state_of(connection)
        except CorruptFile:
            return None

    def find(self, words: Sequence[str], limit: int) -> tuple[Entry, ...]:
        """Return the first entries where every word begins a word, open ones first, then by name.

        Raises:
            CorruptFile: the file cannot be read; it is to be imported again.
        """
        if not words:
            return ()
        # Words are letters and digits: no quote can be among them.
        return self._entries(_FOUND, " ".join(f'"{word}"*' for word in words), limit)

    def numbered(self, finess: str) -> tuple[Entry, ...]:
        """Return the entries whose own number this is: a site before a legal entity."""
        return self._entries(_NUMBERED, finess)

    def sites_among(self, departments: Sequence[str], categories: Sequence[str]) -> tuple[Entry, ...]:
        """Return the sites of some departments and categories, by their codes."""
        return self._entries(_AMONG, json.dumps(list(departments)), json.dumps(list(categories)))

    def install(self, built: Path) -> None:
        """Put a file that was built in the place of the present one, whole or not at all.

        Raises:
            KnownError: the disk refuses; the present one stays.
        """
        self.close()
        replace_whole(built, self.file)

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _entries(self, query: str, *values: str | int) -> tuple[Entry, ...]:
        connection = self._opened()
        if connection is None:
            return ()
        try:
            with translated():
                return tuple(_entry(row) for row in connection.execute(query, values))
        except CorruptFile:
            raise CorruptFile(_UNUSABLE) from None

    def _opened(self) -> engine.Connection | None:
        if self._connection is None and self.file.is_file():
            self._connection = opened(self.file, self.key)
        return self._connection


def opened(file: Path, key: bytes) -> engine.Connection:
    """Open a finished directory.

    Raises:
        CorruptFile: damaged, of another workspace or of another version.
    """
    try:
        connection = connect(file, key, read_only=True)
        with translated():
            version = connection.execute("PRAGMA user_version").fetchone()[0]
    except KnownError as error:
        raise CorruptFile(_UNUSABLE) from error
    if version != VERSION:
        connection.close()
        raise CorruptFile(_UNUSABLE)
    return connection


@translated()
def state_of(connection: engine.Connection) -> DirectoryState:
    """Return what a directory says of itself."""
    about: dict[str, Any] = json.loads(
        connection.execute("SELECT value FROM about WHERE key = 'state'").fetchone()[0]
    )
    return DirectoryState(
        format=DirectoryFormat(about["format"]),
        date=about["date"],
        source=about["source"],
        digest=about["digest"],
        imported=about["imported"],
        tally=Tally(**about["tally"]),
    )


def _entry(row: tuple[Any, ...]) -> Entry:
    values = dict(zip(FIELDS, row, strict=False))
    values["kind"] = EntryKind(values["kind"])
    values["closed"] = bool(values["closed"])
    return Entry(**values, category_label=row[-2], department_label=row[-1])
