"""Definitions that audits were made with: kept for ever, found by the SHA-256 of their body."""

import hashlib
from typing import TYPE_CHECKING

from ivaudit.domain.errors import CorruptFile
from ivaudit.store.encryption import transaction, translated

if TYPE_CHECKING:
    from sqlite_utils import Database


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
