"""Building the file of a new directory, in a child process: nothing of the workspace is touched."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from ivaudit.domain.directory import (
    DepartmentTally,
    DirectoryChanges,
    DirectoryState,
    Entry,
    Tally,
    index_words,
)
from ivaudit.domain.errors import CorruptFile
from ivaudit.domain.wording import folded
from ivaudit.store.directory import FIELDS, TABLES, VERSION, opened, state_of
from ivaudit.store.encryption import connect, translated

PIECE = 2_000
"""Entries written between two reports of progress."""

_SCRATCH = """
CREATE TABLE scratch.incoming(
  kind TEXT NOT NULL, finess TEXT NOT NULL, ej TEXT NOT NULL, name TEXT NOT NULL, long_name TEXT NOT NULL,
  category TEXT NOT NULL, department TEXT NOT NULL, city TEXT NOT NULL, postcode TEXT NOT NULL,
  phone TEXT NOT NULL, opened TEXT NOT NULL, closed INTEGER NOT NULL, closed_on TEXT NOT NULL,
  shown TEXT NOT NULL, words TEXT NOT NULL, PRIMARY KEY(finess, kind)
) STRICT;
"""
_NAMES = ", ".join(FIELDS)
_ORDER = "closed, shown, kind DESC, finess"
_TALLY = (
    "count(*) FILTER (WHERE kind = 'EJ'), count(*) FILTER (WHERE kind = 'ET'), count(*) FILTER (WHERE closed)"
)
_SAME = " AND ".join(f"n.{field} = f.{field}" for field in FIELDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What was built: how many entries, by department, what changes against the former one."""

    tally: Tally
    departments: tuple[DepartmentTally, ...]
    changes: DirectoryChanges
    repeated: int
    former: DirectoryState | None


class Builder:
    """A new directory being built; `add` everything, then `finish`.

    Args:
        file: to be made; nothing is there.
        key: what it is to be encrypted with.
        former: the directory in use, under the same key; it may be missing or unusable.
        known: further words of a category, by code: what people call it.

    Attributes:
        count: how many entries were taken in, those that come again included.
    """

    def __init__(self, file: Path, key: bytes, former: Path, known: dict[str, str]) -> None:
        self._known = known
        self._former = former if _usable(former, key) else None
        self._key = key
        self.count = 0
        self._labels: dict[tuple[str, str], str] = {}
        self._scratch = file.with_name(f"{file.name}-brouillon")
        self.db = connect(file, key, create=True)
        # Whole or thrown away: no log is needed, and it is settled on the disk when it is installed.
        for pragma in ("journal_mode = OFF", "synchronous = OFF"):
            self.db.execute(f"PRAGMA {pragma}")
        self._attach(self._scratch.as_posix(), "scratch")
        self.db.execute("PRAGMA scratch.journal_mode = OFF")
        self.db.execute("PRAGMA scratch.synchronous = OFF")
        self.db.executescript(TABLES)
        self.db.executescript(_SCRATCH)
        if self._former is not None:
            self._attach(f"{self._former.as_uri()}?mode=ro&immutable=1", "former")
            rows = self.db.execute("SELECT family, code, label FROM former.label")
            self._labels = {(family, code): label for family, code, label in rows}

    def close(self) -> None:
        """Let go of the files; what was not finished is of no use."""
        self.db.close()
        self._scratch.unlink(missing_ok=True)

    @translated()
    def add(self, entries: Iterable[Entry]) -> None:
        """Take some entries in; the last one of a number and kind counts."""
        rows = list(map(self._row, entries))
        self.count += len(rows)
        marks = ", ".join("?" * (len(FIELDS) + 2))
        self.db.execute("BEGIN")
        self.db.executemany(f"INSERT OR REPLACE INTO scratch.incoming VALUES({marks})", rows)
        self.db.execute("COMMIT")

    @translated()
    def arrange(self, tick: Callable[[int], None]) -> None:
        """Put the entries in the order they are shown in, with the words they are found by.

        Args:
            tick: told how many entries are arranged; may raise `Cancelled`.
        """
        self.db.execute("BEGIN")
        self.db.execute(f"CREATE INDEX scratch.in_order ON incoming({_ORDER})")
        self.db.execute(
            f"INSERT INTO entry({_NAMES}) SELECT {_NAMES} FROM scratch.incoming ORDER BY {_ORDER}"  # noqa: S608
        )
        rows = self.db.execute(f"SELECT words FROM scratch.incoming ORDER BY {_ORDER}")  # noqa: S608
        done = 0
        while piece := list(islice(rows, PIECE)):
            self.db.executemany(
                "INSERT INTO words(rowid, folded) VALUES(?, ?)", _ranked(piece, first=done + 1)
            )
            done += len(piece)
            tick(done)
        self.db.execute("INSERT INTO words(words) VALUES('optimize')")
        labels = ((*key, label) for key, label in self._labels.items())
        self.db.executemany("INSERT INTO label VALUES(?, ?, ?)", labels)
        self.db.execute("CREATE INDEX entry_number ON entry(finess, kind)")
        self.db.execute("COMMIT")

    @translated()
    def summary(self) -> Built:
        """Return what was built, once it is arranged."""
        tally = _tally(self.db.execute(f"SELECT {_TALLY} FROM entry").fetchone())  # noqa: S608
        return Built(
            tally=tally,
            departments=tuple(self._departments()),
            changes=self._changes(tally),
            repeated=self.count - tally.entities - tally.sites,
            former=self._state_of_former(),
        )

    @translated()
    def finish(self, state: DirectoryState) -> None:
        """Write what the directory says of itself: it is then complete."""
        text = json.dumps({**asdict(state), "format": state.format.value})
        self.db.execute("INSERT INTO about VALUES('state', ?)", (text,))
        self.db.execute(f"PRAGMA user_version = {VERSION}")

    def _attach(self, place: str, name: str) -> None:
        self.db.execute(f"ATTACH DATABASE ? AS {name} KEY ?", (place, f"x'{self._key.hex()}'"))

    def _row(self, entry: Entry) -> tuple[Any, ...]:
        texts = self._labels_of(entry)
        numbers = dict.fromkeys((entry.finess, entry.ej))
        words = index_words((entry.name, entry.long_name, entry.city, *texts))
        more = (*numbers, entry.department.lower(), entry.postcode)
        return (
            *(getattr(entry, field) for field in FIELDS),
            folded(entry.title),
            " ".join((*words, *(each.lower() for each in more if each))),
        )

    def _labels_of(self, entry: Entry) -> tuple[str, ...]:
        """Return the labels of an entry, those of its own file kept, those of the former one otherwise."""
        found = []
        for family in ("category", "department"):
            code = getattr(entry, family)
            own = getattr(entry, f"{family}_label")
            if own and code:
                self._labels[family, code] = own
            found.append(own or self._labels.get((family, code), ""))
        return (*found, self._known.get(entry.category, ""))

    def _departments(self) -> Iterator[DepartmentTally]:
        now = self._tallies("main")
        before = self._tallies("former") if self._former is not None else {}
        for code in sorted({*now, *before}):
            yield DepartmentTally(
                code=code,
                label=self._labels.get(("department", code), ""),
                tally=now.get(code, Tally()),
                before=before.get(code, Tally()),
            )

    def _tallies(self, schema: str) -> dict[str, Tally]:
        rows = self.db.execute(f"SELECT department, {_TALLY} FROM {schema}.entry GROUP BY department")  # noqa: S608
        return {code: _tally(counts) for code, *counts in rows}

    def _changes(self, tally: Tally) -> DirectoryChanges:
        whole = tally.entities + tally.sites
        if self._former is None:
            return DirectoryChanges(added=whole)
        common, changed, closed = self.db.execute(
            f"SELECT count(*), sum(NOT ({_SAME})), sum(n.closed AND NOT f.closed) FROM main.entry n"  # noqa: S608
            " JOIN former.entry f ON f.finess = n.finess AND f.kind = n.kind"
        ).fetchone()
        before = self.db.execute("SELECT count(*) FROM former.entry").fetchone()[0]
        return DirectoryChanges(
            added=whole - common, removed=before - common, changed=changed or 0, closed=closed or 0
        )

    def _state_of_former(self) -> DirectoryState | None:
        if self._former is None:
            return None
        with closing(opened(self._former, self._key)) as connection:
            return state_of(connection)


def _tally(counts: Sequence[int]) -> Tally:
    entities, sites, closed = counts
    return Tally(entities=entities, sites=sites, closed=closed)


def _usable(former: Path, key: bytes) -> bool:
    if not former.is_file():
        return False
    try:
        opened(former, key).close()
    except CorruptFile:
        return False
    return True


def _ranked(piece: list[tuple[str]], *, first: int) -> Iterator[tuple[int, str]]:
    return ((first + at, words) for at, (words,) in enumerate(piece))
