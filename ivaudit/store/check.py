"""The full check of a workspace: its pages, its rows, its guards, its journal, its caches, its evidence."""

from dataclasses import dataclass

from ivaudit.store import caches, erasure, schema
from ivaudit.store.encryption import translated
from ivaudit.store.verification import Verification, verify
from ivaudit.store.workspace import Workspace

_MOST_LINES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What was found: French problems, none when everything is whole; and what the journal holds."""

    problems: tuple[str, ...]
    journal: Verification

    @property
    def whole(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.problems


def full_check(workspace: Workspace) -> CheckReport:
    """Check everything; some seconds for a large workspace.

    Raises:
        KnownError: the engine cannot even read the file.
    """
    erasure.scrub(workspace.db)
    with translated():
        journal = verify(workspace.db)
        problems = (
            *_engine_problems(workspace),
            *(
                f"La protection « {name} » du journal manque."
                for name in schema.missing_triggers(workspace.db)
            ),
            *journal.problems,
            *(
                f"La table « {name} » ne dit pas la même chose que le journal."
                for name in caches.differing(workspace.db)
            ),
            *workspace.evidence.problems(),
        )
    return CheckReport(problems=problems, journal=journal)


def _engine_problems(workspace: Workspace) -> tuple[str, ...]:
    db = workspace.db
    # The next line reads the main file alone: what is still in the write-ahead log would be a false alarm.
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    pages = db.execute("PRAGMA cipher_integrity_check").fetchmany(_MOST_LINES)
    rows = [row for row in db.execute(f"PRAGMA integrity_check({_MOST_LINES})") if row[0] != "ok"]
    orphans = db.execute("PRAGMA foreign_key_check").fetchmany(_MOST_LINES)
    return (
        *("Une page du fichier des données a été altérée." for _ in pages),
        *("Une ligne du fichier des données est endommagée." for _ in rows),
        *("Une ligne du journal n'est rattachée à rien." for _ in orphans),
    )
