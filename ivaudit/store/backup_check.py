"""Whether the database of a copy is whole: every page authenticated, every table walked, a known version."""

from pathlib import Path

from ivaudit.domain.errors import CorruptFile
from ivaudit.store import migrations
from ivaudit.store.encryption import connect, database, translated


def check(file: Path, data_key: bytes) -> None:
    """Read all of a finished database.

    Raises:
        CorruptFile: something is not what it was.
        KnownError: another key, a newer version, what the engine answers.
    """
    connection = connect(file, data_key, read_only=True)
    try:
        with translated():
            pages = connection.execute("PRAGMA cipher_integrity_check").fetchone()
            answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        migrations.check_version(database(connection))
    finally:
        connection.close()
    if pages is not None or answer != "ok":
        raise CorruptFile("Cette sauvegarde est endommagée. Rien n'a été modifié : choisissez-en une autre.")
