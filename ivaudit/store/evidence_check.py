"""Whether the bodies of the evidence are what the journal names; those that are not, taken from a backup."""

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ivaudit.domain.progress import Progress, silent
from ivaudit.store import evidence_rows
from ivaudit.store.encryption import transaction, translated

if TYPE_CHECKING:
    from sqlite_utils import Database

_TELL_EVERY = 20


def problems(bodies: "Database", journal: "Database", progress: Progress = silent) -> tuple[str, ...]:
    """Return what is wrong with the file, its bodies, and what the journal names, in French.

    Args:
        bodies: the database of evidence.
        journal: the database of the journal, read to know what is named.
        progress: told how many bodies were read.

    Raises:
        KnownError: what the engine answers.
        Cancelled: `progress` said so.
    """
    with translated():
        if not bodies.conn.in_transaction:
            bodies.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        pages = bodies.execute("PRAGMA cipher_integrity_check").fetchmany(1)
        rows = [row for row in bodies.execute("PRAGMA integrity_check(1)") if row[0] != "ok"]
        altered = len(altered_bodies(bodies, progress))
        missing = len(missing_bodies(bodies, journal))
    return (
        *("Une page du fichier des preuves a été altérée." for _ in pages),
        *("Une ligne du fichier des preuves est endommagée." for _ in rows),
        *(
            f"{altered} image(s) de preuve ne correspondent plus à leur empreinte."
            for _ in range(bool(altered))
        ),
        *(f"{missing} image(s) de preuve manquent sans avoir été effacées." for _ in range(bool(missing))),
    )


def altered_bodies(bodies: "Database", progress: Progress = silent) -> set[str]:
    """Return the digests, in hexadecimal, of the bodies that are not what their digest says."""
    total = bodies.execute("SELECT count(*) FROM picture").fetchone()[0]
    found = set()
    for rank, (sha, body) in enumerate(bodies.execute("SELECT sha, body FROM picture")):
        if rank % _TELL_EVERY == 0:
            progress(rank, total, "Preuves")
        if hashlib.sha256(body).digest() != sha:
            found.add(sha.hex())
    return found


def missing_bodies(bodies: "Database", journal: "Database") -> set[str]:
    """Return the digests of the bodies that the journal names and that are not there."""
    present = {sha.hex() for (sha,) in bodies.execute("SELECT sha FROM picture")}
    return evidence_rows.expected(journal) - present


def take_back(bodies: "Database", source: "Database", wanted: Iterable[str]) -> set[str]:
    """Put back bodies found in a backup, each only if it is what its digest says; return those put back.

    Raises:
        KnownError: what the disk answers; nothing was put back.
    """
    found = set()
    with transaction(bodies):
        for digest in wanted:
            sha = bytes.fromhex(digest)
            row = source.execute("SELECT * FROM picture WHERE sha = ?", (sha,)).fetchone()
            if row is None or hashlib.sha256(row[-1]).digest() != sha:
                continue
            bodies.execute("INSERT OR REPLACE INTO picture VALUES(?, ?, ?, ?, ?)", row)
            thumbnail = source.execute("SELECT * FROM thumbnail WHERE sha = ?", (sha,)).fetchone()
            if thumbnail is not None:
                bodies.execute("INSERT OR REPLACE INTO thumbnail VALUES(?, ?)", thumbnail)
            found.add(digest)
    return found
