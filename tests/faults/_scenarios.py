"""What is done to a workspace while the power is cut or a call refused, and what must hold afterwards.

A scenario prepares a folder, plays in it while it is watched, telling what it acknowledges to its user, and
looks at what is left. To add one: write a subclass of `Scenario`, put it in `SCENARIOS`. `play` must close
what it opened, and may raise a `KnownError` where a call is refused. `look` is given the tokens acknowledged
by then; it yields nothing when all of that is there and nothing is half done. README.md tells more.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from ivaudit.domain.errors import KnownError, WrongPassphrase
from ivaudit.store import (
    backup,
    backup_copies,
    backup_list,
    check,
    encryption,
    key_slots,
    keys,
    layout,
    migrations,
    recipient,
    repair,
    restoring,
)
from ivaudit.store.evidence import Body
from ivaudit.store.journal import Edit
from ivaudit.store.keys import FLOOR
from ivaudit.store.workspace import Workspace

if TYPE_CHECKING:
    from sqlite_utils import Database

Ack = Callable[[str], None]

PASSPHRASE = "sept mots pour ouvrir un dossier fictif"
AUTHOR = "Référente"
FOLDER = "dossier"


class Scenario:
    """One thing that is done; `name` is how programs call it."""

    name = ""

    def prepare(self, root: Path) -> None:
        """Make what there is before, unwatched."""
        raise NotImplementedError

    def play(self, root: Path, ack: Ack) -> None:
        """Do it, telling what the user is told."""
        raise NotImplementedError

    def look(self, root: Path, acknowledged: Sequence[str]) -> Iterator[str]:
        """Say what is wrong with what is left."""
        raise NotImplementedError

    def refused(self, root: Path, acknowledged: Sequence[str]) -> Iterator[str]:
        """Say what more is wrong once the user was told that something was refused."""
        del root, acknowledged
        yield from ()


def create(root: Path, *, with_recovery: bool = False) -> Workspace:
    """Make the workspace of a scenario."""
    made, _ = Workspace.create(root / FOLDER, PASSPHRASE, cost=FLOOR, with_recovery=with_recovery)
    facility = [Edit("facility:f1", "exists", True), Edit("facility:f1", "name", "EHPAD Les Tilleuls")]
    made.journal.record("structure:f1", facility, author=AUTHOR)
    audit = [Edit("audit:a1", "exists", True), Edit("audit:a1", "facility", "f1")]
    made.journal.record("audit:a1", audit, author=AUTHOR)
    return made


def record(workspace: Workspace, token: str, criterion: str = "c1") -> None:
    """Record a constat that is a token."""
    edits = [Edit(f"answer:a1/structure/{criterion}", name, token) for name in ("value", "constat")]
    workspace.journal.record("audit:a1", edits, author=AUTHOR)


def keep(workspace: Workspace, content: bytes, key: str) -> None:
    """Keep a photograph as evidence, as use cases do: the body, then the gesture, then that it is named."""
    digests = workspace.evidence.put([Body(body=content, media="image/jpeg", thumbnail=content[:64])])
    edits = [Edit(f"evidence:a1/{key}", "exists", True), Edit(f"evidence:a1/{key}", "digest", digests[0])]
    workspace.journal.record("audit:a1", edits, author=AUTHOR)
    workspace.evidence.settle(digests)


def tokens(workspace: Workspace) -> set[str]:
    """Return the constats there are, replaced ones too, erased ones not."""
    rows = workspace.db.execute("SELECT body FROM change WHERE field = 'constat' AND body IS NOT NULL")
    return {body[4:-2] for (body,) in rows}


@contextmanager
def opened(root: Path, passphrase: str = PASSPHRASE) -> Iterator[Workspace]:
    """Open the workspace and close it whatever happens; a refusal to close is not the first one."""
    workspace = Workspace.open(root / FOLDER, passphrase=passphrase)
    try:
        yield workspace
    except BaseException:
        with suppress(KnownError):
            workspace.close()
        raise
    workspace.close()


def sound(root: Path, expected: set[str], most: int, passphrase: str = PASSPHRASE) -> Iterator[str]:
    """Say what is wrong with a workspace that must hold these constats and, unacknowledged, some more."""
    try:
        with opened(root, passphrase) as workspace:
            present = tokens(workspace)
            if lost := expected - present:
                yield f"lost: {sorted(lost)}"
            if len(present - expected) > most:
                yield f"more than was asked: {sorted(present - expected)}"
            yield from check.full_check(workspace).problems
    except KnownError as error:
        yield f"does not open: {error.sentence}"


def whole_copies(root: Path, data_key: bytes) -> Iterator[str]:
    """Say which listed backups are not whole."""
    for info in backup.backups(root / FOLDER):
        try:
            restoring.verify(info, data_key, root / FOLDER)
            keys.unlock(info.folder, passphrase=PASSPHRASE)
        except KnownError as error:
            yield f"listed and not whole: {info.folder.name}: {error.sentence}"


@contextmanager
def quick() -> Iterator[None]:
    """Derive keys at no cost: thousands of states are opened, and keys are not what is tried."""
    with mock.patch.object(key_slots, "_derived", _cheaply_derived):
        yield


def _cheaply_derived(secret: str, salt: bytes, _cost: key_slots.KdfCost) -> bytes:
    return hashlib.sha256(salt + secret.encode()).digest()


class Answer(Scenario):
    """Answers, texts being typed, photographs, the rest of an idle moment."""

    name = "answer"

    def prepare(self, root: Path) -> None:
        workspace = create(root)
        for rank in range(20):
            record(workspace, f"before {rank}", f"c{rank}")
        workspace.close()

    def play(self, root: Path, ack: Ack) -> None:
        with opened(root) as workspace:
            for rank in range(12):
                token = f"answer {rank} {'x' * 40 * rank}"
                if rank % 4 == 1:
                    entity = f"answer:a1/structure/d{rank}"
                    workspace.drafts.put(entity, "constat", "audit:a1", token)
                elif rank % 4 == 3:
                    with workspace.gesture():
                        record(workspace, token, f"c{rank}")
                        keep(workspace, token.encode() * 50, f"e{rank}")
                else:
                    record(workspace, token, f"c{rank}")
                ack(token)
                if rank == 6:
                    workspace.rest()

    def look(self, root: Path, acknowledged: Sequence[str]) -> Iterator[str]:
        yield from sound(root, {f"before {rank}" for rank in range(20)} | set(acknowledged), 1)


class Backup(Scenario):
    """Backups, answers in between, evidence that two of them share, a copy on another drive."""

    name = "backup"

    def prepare(self, root: Path) -> None:
        workspace = create(root)
        record(workspace, "before")
        keep(workspace, b"image" * 2000, "e1")
        backup.back_up(workspace)
        workspace.close()
        (root / "cle usb").mkdir()

    def play(self, root: Path, ack: Ack) -> None:
        with opened(root) as workspace:
            for rank in range(2):
                record(workspace, f"answer {rank}", f"c{rank}")
                ack(f"answer {rank}")
                backup.back_up(workspace)
                ack(f"backup {rank}")
            made = backup.backups(workspace.folder)[0]
            backup_copies.copy_to(workspace.folder, made, root / "cle usb", workspace.data_key)
            ack("copy")

    def look(self, root: Path, acknowledged: Sequence[str]) -> Iterator[str]:
        yield from sound(root, {"before", *(each for each in acknowledged if each.startswith("answer"))}, 1)
        data_key = keys.unlock(root / FOLDER, passphrase=PASSPHRASE).data_key
        yield from whole_copies(root, data_key)
        made = sum(each.startswith("backup") for each in acknowledged)
        if len(backup.backups(root / FOLDER)) < 1 + made:
            yield "an acknowledged backup is not there"
        copies = backup_list.copies_under(root / "cle usb")
        for copy in copies:
            try:
                restoring.verify(copy, data_key, root / FOLDER)
            except KnownError as error:
                yield f"a copy elsewhere is not whole: {error.sentence}"
        if "copy" in acknowledged and not copies:
            yield "an acknowledged copy is not there"


def _m_next(db: "Database") -> None:
    db.execute("CREATE TABLE seen(id BLOB PRIMARY KEY, at TEXT NOT NULL) STRICT")
    db.execute("INSERT INTO seen SELECT id, at FROM op")
    db.execute("CREATE INDEX seen_at ON seen(at)")


class Migration(Scenario):
    """A file of the version before is opened: a backup, then a step."""

    name = "migration"
    _steps = (*migrations.STEPS, _m_next)

    def prepare(self, root: Path) -> None:
        workspace = create(root)
        for rank in range(30):
            record(workspace, f"before {rank}", f"c{rank}")
        workspace.close()

    def play(self, root: Path, ack: Ack) -> None:
        with mock.patch.object(migrations, "STEPS", self._steps), opened(root) as workspace:
            ack("migrated")
            record(workspace, "after")
            ack("after")

    def look(self, root: Path, acknowledged: Sequence[str]) -> Iterator[str]:
        before = {f"before {rank}" for rank in range(30)}
        try:
            data_key = keys.unlock(root / FOLDER, passphrase=PASSPHRASE).data_key
            connection = encryption.connect(root / FOLDER / layout.DATABASE, data_key)
        except KnownError as error:
            yield f"does not open: {error.sentence}"
            return
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE name LIKE 'seen%'").fetchone()[
            0
        ]
        connection.close()
        if (version, tables) not in {(len(self._steps) - 1, 0), (len(self._steps), 2)}:
            yield f"between two versions: {version}, {tables}"
        if version < len(self._steps) and "migrated" in acknowledged:
            yield "an acknowledged migration is undone"
        made = [info.reason for info in backup.backups(root / FOLDER)]
        if version == len(self._steps) and backup.BEFORE_MIGRATION not in made:
            yield "migrated without a backup"
        yield from whole_copies(root, data_key)
        with mock.patch.object(migrations, "STEPS", self._steps):
            expected = before | ({"after"} & set(acknowledged))
            yield from sound(root, expected, 1)


class Passphrase(Scenario):
    """The passphrase is changed twice; the key of a facility is added in between."""

    name = "passphrase"
    _secrets = (PASSPHRASE, "une deuxieme phrase de passe bien longue", "une troisieme phrase encore autre")

    def prepare(self, root: Path) -> None:
        workspace = create(root)
        record(workspace, "before")
        workspace.close()

    def play(self, root: Path, ack: Ack) -> None:
        with opened(root) as workspace:
            workspace.change_passphrase(self._secrets[1])
            ack("1")
            workspace.add_facility(recipient.new_pair()[1])
            ack("facility")
            workspace.change_passphrase(self._secrets[2])
            ack("2")

    def look(self, root: Path, acknowledged: Sequence[str]) -> Iterator[str]:
        opening = [rank for rank, secret in enumerate(self._secrets) if self._opens(root, secret)]
        changed = sum(each in {"1", "2"} for each in acknowledged)
        if len(opening) != 1 or not changed <= opening[0] <= changed + 1:
            yield f"opened by {opening} once {changed} changes were acknowledged"
        if "facility" in acknowledged and keys.facility(root / FOLDER) is None:
            yield "an acknowledged key of a facility is not there"
        if opening:
            yield from sound(root, {"before"}, 0, self._secrets[opening[0]])
            files = [(root / FOLDER / name).read_bytes() for name in (layout.KEY, layout.KEY_TWIN)]
            if files[0] != files[1]:
                yield "the two copies of the key file still differ after an opening"

    def refused(self, root: Path, acknowledged: Sequence[str]) -> Iterator[str]:
        """Say when the passphrase that the user still trusts opens no more."""
        changed = sum(each in {"1", "2"} for each in acknowledged)
        if not self._opens(root, self._secrets[changed]):
            yield "refused, and yet the former passphrase opens no more"

    @staticmethod
    def _opens(root: Path, secret: str) -> bool:
        try:
            keys.unlock(root / FOLDER, passphrase=secret)
        except WrongPassphrase:
            return False
        except KnownError:
            return False
        return True


class Restore(Scenario):
    """A backup is put back in the place of a workspace that went on."""

    name = "restore"

    def prepare(self, root: Path) -> None:
        workspace = create(root)
        record(workspace, "yesterday")
        keep(workspace, b"first" * 900, "e1")
        backup.back_up(workspace)
        record(workspace, "today")
        keep(workspace, b"second" * 900, "e2")
        workspace.change_passphrase("la phrase venue apres la sauvegarde")
        workspace.close()

    def play(self, root: Path, ack: Ack) -> None:
        restoring.restore(root / FOLDER, backup.backups(root / FOLDER)[0], passphrase=PASSPHRASE)
        ack("restored")

    def look(self, root: Path, acknowledged: Sequence[str]) -> Iterator[str]:
        # What was decided is carried out by whichever opening comes next.
        with suppress(KnownError):
            Workspace.open(root / FOLDER, passphrase="aucune des deux phrases")
        new = Passphrase._opens(root, PASSPHRASE)
        if "restored" in acknowledged and not new:
            yield "an acknowledged restoration is undone"
        secret = PASSPHRASE if new else "la phrase venue apres la sauvegarde"
        expected = {"yesterday"} if new else {"yesterday", "today"}
        yield from sound(root, expected, 0, secret)
        aside = [info for info in backup.backups(root / FOLDER) if info.replaced]
        if new:
            if not aside:
                yield "what was replaced is not kept"
            else:
                yield from self._kept(root, aside[0])

    @staticmethod
    def _kept(root: Path, aside: backup_list.BackupInfo) -> Iterator[str]:
        place = root / "put aside"
        shutil.rmtree(place, ignore_errors=True)
        (place / FOLDER).mkdir(parents=True)
        for path in aside.folder.iterdir():
            shutil.copyfile(path, place / FOLDER / path.name)
        yield from sound(place, {"yesterday", "today"}, 0, "la phrase venue apres la sauvegarde")
        shutil.rmtree(place)


class Repair(Scenario):
    """Guards and caches that are missing are put right."""

    name = "repair"

    def prepare(self, root: Path) -> None:
        workspace = create(root)
        for rank in range(10):
            record(workspace, f"before {rank}", f"c{rank}")
        workspace.db.execute("UPDATE answer SET constat = 'autre chose'")
        workspace.close()

    def play(self, root: Path, ack: Ack) -> None:
        with opened(root) as workspace:
            repair.repair(workspace, check.full_check(workspace))
            ack("repaired")

    def look(self, root: Path, acknowledged: Sequence[str]) -> Iterator[str]:
        with opened(root) as workspace:
            lying = check.full_check(workspace)
            parts = {finding.part for finding in lying.findings}
            if parts - {check.Part.STATE} or ("repaired" in acknowledged and parts):
                yield from lying.problems
            if len(tokens(workspace)) != 10:
                yield "an answer is lost"


SCENARIOS: dict[str, type[Scenario]] = {
    each.name: each for each in (Answer, Backup, Migration, Passphrase, Restore, Repair)
}
"""Those of the store; `_catalogue` has all of them."""
