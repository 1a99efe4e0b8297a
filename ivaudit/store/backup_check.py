"""Whether the database of a copy is whole: every page authenticated, every table walked, a known version."""

from pathlib import Path

from ivaudit.domain.errors import CorruptFile
from ivaudit.store import migrations
from ivaudit.store.encryption import connect, database, translated

DAMAGED = "Cette sauvegarde est endommagée. Rien n'a été modifié : choisissez-en une autre."
NOT_MADE = (
    "La sauvegarde n'a pas été faite : sa relecture montre que le fichier des données est endommagé. Rien "
    "n'a été modifié. Réglages, « Base de données », « Vérifier tout » dit ce qu'il en est et quoi faire."
)


def check(file: Path, data_key: bytes, sentence: str = DAMAGED) -> None:
    """Read all of a finished database.

    Args:
        file: the database.
        data_key: what it is encrypted with.
        sentence: what is said when it is not whole.

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
        raise CorruptFile(sentence)
