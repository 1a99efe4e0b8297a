"""What is looked at, and put right, while a workspace opens: little on an ordinary day, more after a stop."""

from pathlib import Path
from typing import TYPE_CHECKING

from ivaudit.domain.errors import CorruptFile
from ivaudit.store import caches, layout, migrations, schema
from ivaudit.store.encryption import PAGE, transaction, translated

if TYPE_CHECKING:
    from sqlite_utils import Database

GUARDS = (
    "Une protection du journal manquait : elle a été remise. Le journal n'a pas été modifié à l'ouverture ; "
    "une vérification complète dira s'il est intact."
)
STATE = (
    "Une table de lecture manquait ou n'avait pas sa forme : elle a été reconstruite à partir du journal, "
    "sans rien perdre."
)

_RESTORE = (
    "Il n'a pas été modifié. Reprenez la dernière sauvegarde depuis l'écran d'ouverture : elle dit ce "
    "qu'elle contient et ce qui serait perdu."
)


def file_is_whole(file: Path) -> None:
    """Refuse what the engine would take for a new database (absent, empty), or for whole (cut in a page).

    A page half written by a sudden stop is whole in the write-ahead log, which is then still there.

    Raises:
        CorruptFile: the file is not one that can be opened.
    """
    sizes = [
        path.stat().st_size if path.exists() else 0 for path in (file, file.with_name(layout.SIDE_FILES[0]))
    ]
    if not sizes[0] or (sizes[0] % PAGE and not sizes[1]):
        raise CorruptFile(
            "Le fichier des données manque, est vide ou a été coupé. Rien n'a été modifié. "
            "Reprenez la dernière sauvegarde depuis l'écran d'ouverture."
        )


def fold_log(db: "Database") -> None:
    """Fold the write-ahead log into the database: closing does it too, and never says that it failed."""
    with translated():
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def after_sudden_stop(db: "Database") -> None:
    """Read every page with its authentication code, every table, every link between rows.

    Raises:
        CorruptFile: something is not what it was; the file was not modified.
    """
    # In this order: the check of pages reads the main file alone.
    fold_log(db)
    with translated():
        pages = db.execute("PRAGMA cipher_integrity_check").fetchone()
        if pages is not None:
            raise CorruptFile(f"Une page du fichier des données a été altérée. {_RESTORE}")
        if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise CorruptFile(f"Le fichier des données est endommagé. {_RESTORE}")
        if db.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise CorruptFile(f"Une ligne du journal n'est rattachée à rien. {_RESTORE}")


def mend(db: "Database") -> tuple[str, ...]:
    """Put right what may be without asking, in a file of this version, and say it in French.

    Guards are set anew, tables that are read are folded again from the journal; the journal itself, never.

    Raises:
        KnownError: what the disk answers.
    """
    done = []
    with translated():
        guards, tables = schema.missing_triggers(db), schema.misshapen_caches(db)
        of_today = migrations.caches_of_today(db)
    if guards:
        with transaction(db):
            schema.set_triggers(db)
        done.append(GUARDS)
    if tables and of_today:
        with transaction(db):
            schema.create_caches(db)
            caches.rebuild(db)
        done.append(STATE)
    return tuple(done)
