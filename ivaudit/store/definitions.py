"""Definitions that audits were made with: kept for ever, found by the SHA-256 of their body."""

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ivaudit.domain.errors import CorruptFile
from ivaudit.domain.journal import Json, decode
from ivaudit.store.encryption import transaction, translated

if TYPE_CHECKING:
    from sqlite_utils import Database

_NAMED = 3
"""Id, version and SHA-256: how an audit names a definition."""


def put(db: "Database", kind: str, id: str, version: str, body: str) -> str:  # noqa: A002 - its name everywhere
    """Keep a definition, once; return its SHA-256 in hexadecimal.

    Args:
        db: the open workspace.
        kind: «checklist», «form»…
        id: its id in the library.
        version: its version.
        body: its canonical text.
    """
    sha = hashlib.sha256(body.encode())
    with transaction(db):
        db.execute(
            "INSERT OR IGNORE INTO definition VALUES(?, ?, ?, ?, ?)", (sha.digest(), kind, id, version, body)
        )
    return sha.hexdigest()


def get(db: "Database", sha: str) -> str:
    """Return the body of a definition.

    Raises:
        CorruptFile: an audit names it and it is not there.
    """
    with translated():
        row = db.execute("SELECT body FROM definition WHERE sha = ?", (bytes.fromhex(sha),)).fetchone()
    if row is None:
        raise CorruptFile(
            "La grille de cet audit manque dans le dossier de travail. Les réponses n'ont pas été touchées. "
            "Reprenez la dernière sauvegarde depuis l'écran d'ouverture."
        )
    return str(row[0])


@translated()
def kind_of(db: "Database", sha: str) -> str:
    """Return the kind of a definition (`checklist`, `observation`), empty when it is not there."""
    try:
        wanted = bytes.fromhex(sha)
    except ValueError:
        return ""
    row = db.execute("SELECT kind FROM definition WHERE sha = ?", (wanted,)).fetchone()
    return str(row[0]) if row else ""


@translated()
def named_by(db: "Database", audit: str) -> tuple[str, ...]:
    """Return the SHA-256 of the definitions that an audit names, or ever named, its answers included."""
    bounds = (f"answer:{audit}/", f"answer:{audit}0")
    rows = db.execute(
        "SELECT body FROM change WHERE entity = ? AND field = 'checklists' AND body IS NOT NULL"
        " UNION SELECT body FROM change WHERE entity >= ? AND entity < ? AND field = 'carried'"
        " AND body IS NOT NULL",
        (f"audit:{audit}", *bounds),
    )
    found: dict[str, None] = {}
    for (body,) in rows:
        found.update(dict.fromkeys(_shas(decode(body))))
    return tuple(found)


def _shas(value: Json) -> Iterator[str]:
    match value:
        case [*listed]:
            yield from (str(each[2]) for each in listed if isinstance(each, list) and len(each) == _NAMED)
        case {"sha": str(sha)} if sha:
            yield sha
