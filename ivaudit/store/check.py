"""The full check of a workspace: its pages, its rows, its guards, its journal, its caches, its evidence."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Self

from ivaudit.domain.errors import Cancelled, KnownError
from ivaudit.domain.progress import Progress, silent
from ivaudit.store import caches, erasure, evidence_check, layout, schema
from ivaudit.store.encryption import connect, database, translated
from ivaudit.store.verification import Damage, Verification, verify
from ivaudit.store.workspace import Workspace

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2 as engine
    from sqlite_utils import Database

_MOST_LINES = 20
_SHARE = 1000
"""What each part of the check counts for in its progress."""
_STEPS = 20_000
"""Instructions of the engine between two looks at whether to go on."""


class Part(Enum):
    """What was checked, as people call it."""

    PAGES = "Pages du fichier"
    ROWS = "Tables et index"
    LINKS = "Liens entre les lignes"
    GUARDS = "Protections du journal"
    JOURNAL = "Journal"
    STATE = "État tiré du journal"
    EVIDENCE = "Preuves"


_MOVING = frozenset({Part.PAGES, Part.EVIDENCE})
"""What a commit or an erasure made at the very moment of a check beside the work could make look wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, in French, and whether it can be put right without losing anything."""

    part: Part
    sentence: str
    mendable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What was found, nothing when everything is whole; and what the journal holds."""

    findings: tuple[Finding, ...]
    journal: Verification

    @property
    def whole(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.findings

    @property
    def problems(self) -> tuple[str, ...]:
        """Return what is wrong, a French sentence each."""
        return tuple(finding.sentence for finding in self.findings)

    @property
    def mendable(self) -> bool:
        """Tell whether something can be put right."""
        return any(finding.mendable for finding in self.findings)

    @property
    def lasting(self) -> tuple[Finding, ...]:
        """Return what no repair puts right."""
        return tuple(finding for finding in self.findings if not finding.mendable)

    @property
    def damages(self) -> tuple[Damage, ...]:
        """Return the ops of the journal that are not what they were."""
        return self.journal.damages


def full_check(workspace: Workspace, progress: Progress = silent) -> CheckReport:
    """Check everything on the connection of the workspace; some seconds for a large one.

    Raises:
        KnownError: the engine cannot even read the file.
        Cancelled: `progress` said so.
    """
    erasure.scrub(workspace.db)
    return _checked(workspace.db, workspace.evidence.db, progress)


def check_beside(workspace: Workspace, progress: Progress = silent) -> CheckReport:
    """Check everything through connections of its own, from any thread, while the workspace is used.

    Raises:
        KnownError: the engine cannot even read a file.
        Cancelled: `progress` said so.
    """
    report = _beside(workspace, progress)
    if any(finding.part in _MOVING for finding in report.findings):
        # What moved between two looks is not damage; damage is still there the second time.
        report = _beside(workspace, progress)
    return report


def _beside(workspace: Workspace, progress: Progress) -> CheckReport:
    folder, key = workspace.folder, workspace.data_key
    with _frozen(connect(folder / layout.DATABASE, key)) as db:
        if not (folder / layout.EVIDENCE).exists():
            return _checked(db, None, progress)
        with _frozen(connect(folder / layout.EVIDENCE, key)) as bodies:
            return _checked(db, bodies, progress)


@contextmanager
def _frozen(connection: "engine.Connection") -> "Iterator[Database]":
    """Hold a file as it is: read before anything is in the log, it is not folded into until this ends."""
    try:
        with translated():
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        yield database(connection)
    finally:
        connection.close()


def _checked(db: "Database", bodies: "Database | None", progress: Progress) -> CheckReport:
    with _Steps((db, bodies), progress) as steps, translated():
        findings: list[Finding] = []
        for part, work in (
            (Part.PAGES, _pages),
            (Part.ROWS, _rows),
            (Part.LINKS, _links),
            (Part.GUARDS, _guards),
        ):
            steps.tell(part)
            findings += work(db)
        if any(finding.part is Part.ROWS and not finding.mendable for finding in findings):
            # What is read of tables that are broken means nothing.
            return CheckReport(findings=tuple(findings), journal=Verification())
        journal = verify(db, steps.progress(Part.JOURNAL))
        findings += [Finding(part=Part.JOURNAL, sentence=each) for each in journal.problems]
        steps.tell(Part.STATE)
        findings += _state(db, sound=not journal.problems)
        if bodies is not None:
            found = evidence_check.problems(bodies, db, steps.progress(Part.EVIDENCE))
            findings += [Finding(part=Part.EVIDENCE, sentence=each) for each in found]
        progress(1, 1, "Vérification terminée")
    return CheckReport(findings=tuple(findings), journal=journal)


class _Steps:
    """Tells how far the check has come, and lets the engine be stopped in the middle of a long statement."""

    def __init__(self, databases: "tuple[Database | None, ...]", progress: Progress) -> None:
        self._databases = [each for each in databases if each is not None]
        self._progress = progress
        self._stopped = False
        self._said = (0, len(Part) * _SHARE, "")

    def __enter__(self) -> Self:
        for each in self._databases:
            each.conn.set_progress_handler(self._go_on, _STEPS)
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        for each in self._databases:
            each.conn.set_progress_handler(None, 0)
        if self._stopped:
            raise Cancelled from None

    def tell(self, part: Part, done: int = 0, total: int = 0) -> None:
        """Say that a part of the check began, or how far it has come."""
        reached = list(Part).index(part) * _SHARE + (_SHARE * done // total if total else 0)
        self._said = (reached, self._said[1], part.value)
        self._progress(*self._said)

    def progress(self, part: Part) -> Progress:
        """Return the progress of one part."""

        def told(done: int, total: int, label: str) -> None:
            del label
            self.tell(part, done, total)

        return told

    def _go_on(self) -> int:
        try:
            self._progress(*self._said)
        except Cancelled:
            self._stopped = True
        return int(self._stopped)


def _pages(db: "Database") -> Iterator[Finding]:
    # The next line reads the main file alone: what is still in the write-ahead log would be a false alarm.
    if not db.conn.in_transaction:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    for _ in db.execute("PRAGMA cipher_integrity_check").fetchmany(_MOST_LINES):
        yield Finding(part=Part.PAGES, sentence="Une page du fichier des données a été altérée.")


def _rows(db: "Database") -> Iterator[Finding]:
    lines = [row[0] for row in db.execute(f"PRAGMA integrity_check({_MOST_LINES})") if row[0] != "ok"]
    indexes = [line for line in lines if "index" in line]
    if indexes:
        sentence = "Un index ne correspond pas à sa table : il peut être refait à partir d'elle."
        yield Finding(part=Part.ROWS, sentence=sentence, mendable=True)
    for _ in range(len(lines) - len(indexes)):
        yield Finding(part=Part.ROWS, sentence="Une ligne du fichier des données est endommagée.")
    for name in schema.missing_tables(db):
        yield Finding(part=Part.ROWS, sentence=f"La table « {name} » du journal manque.")


def _links(db: "Database") -> Iterator[Finding]:
    for _ in db.execute("PRAGMA foreign_key_check").fetchmany(_MOST_LINES):
        yield Finding(part=Part.LINKS, sentence="Une ligne du journal n'est rattachée à rien.")


def _guards(db: "Database") -> Iterator[Finding]:
    for name in schema.missing_triggers(db):
        sentence = f"La protection « {name} » du journal manque."
        yield Finding(part=Part.GUARDS, sentence=sentence, mendable=True)


def _state(db: "Database", *, sound: bool) -> Iterator[Finding]:
    """Compare the caches with the journal; from one that is damaged nothing may be made anew."""
    misshapen = schema.misshapen_caches(db)
    for name in misshapen:
        sentence = f"La table « {name} » manque ou n'a pas sa forme."
        yield Finding(part=Part.STATE, sentence=sentence, mendable=sound)
    if misshapen:
        return
    try:
        names = caches.differing(db)
    except (KnownError, ValueError):
        if sound:
            raise
        sentence = "L'état affiché n'a pas pu être comparé au journal, dont une valeur est illisible."
        yield Finding(part=Part.STATE, sentence=sentence)
        return
    for name in names:
        sentence = f"La table « {name} » ne dit pas la même chose que le journal."
        yield Finding(part=Part.STATE, sentence=sentence, mendable=sound)
