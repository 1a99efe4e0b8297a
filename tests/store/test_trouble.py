"""Damaged, newer, foreign or read-only files, full disks: each its sentence, and the data as before."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ivaudit.domain.errors import (
    BugError,
    CorruptFile,
    DiskFull,
    KnownError,
    NewerFile,
    ReadOnlyPlace,
    StorageFailing,
)
from ivaudit.store import atomic_file, check, encryption, erasure, layout, migrations, schema
from ivaudit.store.encryption import connect, engine, known, open_database, translated
from ivaudit.store.evidence import Body
from ivaudit.store.journal import Edit
from ivaudit.store.keys import KdfCost
from ivaudit.store.workspace import Workspace

ANSWER = "answer:a1/structure/c1"


def record(workspace: Workspace, text: str, criterion: str = "c1") -> None:
    edit = Edit(f"answer:a1/structure/{criterion}", "constat", text)
    workspace.journal.record("audit:a1", [edit], author="Référente")


@pytest.fixture
def closed(make: Callable[[], Workspace], folder: Path) -> bytes:
    """The bytes of the database of a closed workspace with some answers."""
    opened = make()
    for rank in range(60):
        record(opened, "x" * 500, f"c{rank}")
    opened.close()
    return (folder / layout.DATABASE).read_bytes()


@pytest.mark.parametrize("kept", [0, 10, 4096, 20_000, -4096, -1])
def test_a_truncated_file_is_told_and_left_alone(
    closed: bytes, reopen: Callable[[], Workspace], folder: Path, kept: int
) -> None:
    (folder / layout.DATABASE).write_bytes(closed[:kept])
    with pytest.raises(CorruptFile, match="sauvegarde"):
        reopen()
    assert (folder / layout.DATABASE).read_bytes() == closed[:kept]


def test_an_absent_database_is_told_and_not_replaced(
    closed: bytes, reopen: Callable[[], Workspace], folder: Path
) -> None:
    (folder / layout.DATABASE).unlink()
    with pytest.raises(CorruptFile, match="manque"):
        reopen()
    assert closed
    assert not (folder / layout.DATABASE).exists()


def test_a_flipped_bit_is_seen_at_opening_or_by_the_full_check(
    closed: bytes, reopen: Callable[[], Workspace], folder: Path
) -> None:
    for place in range(5, len(closed), len(closed) // 25):
        flipped = bytearray(closed)
        flipped[place] ^= 4
        (folder / layout.DATABASE).write_bytes(flipped)
        assert _seen(reopen), f"byte {place}"


def _seen(reopen: Callable[[], Workspace]) -> bool:
    try:
        workspace = reopen()
    except CorruptFile:
        return True
    try:
        return bool(check.full_check(workspace).problems)
    except CorruptFile:
        return True
    finally:
        with pytest.MonkeyPatch.context() as patch:
            # A damaged page may keep the closing from saying that it was clean.
            patch.setattr("ivaudit.store.meta.remember", lambda *_: None)
            workspace.close()


def test_after_a_sudden_stop_a_damaged_file_does_not_open(
    make: Callable[[], Workspace], reopen: Callable[[], Workspace], folder: Path
) -> None:
    stopped = make()
    for rank in range(200):
        record(stopped, "x" * 900, f"c{rank}")
    stopped.rest()
    stopped.db.close()
    stopped._lock.release()
    raw = bytearray((folder / layout.DATABASE).read_bytes())
    raw[len(raw) // 2] ^= 1
    (folder / layout.DATABASE).write_bytes(raw)
    with pytest.raises(CorruptFile):
        reopen()
    shutil.rmtree(folder)


def test_a_file_of_a_newer_version_is_refused_and_left_alone(
    closed: bytes, reopen: Callable[[], Workspace], folder: Path, passphrase: str
) -> None:
    key = _key(folder, passphrase)
    db = open_database(folder / layout.DATABASE, key)
    db.execute(f"PRAGMA user_version = {len(migrations.STEPS) + 1}")
    db.close()
    before = (folder / layout.DATABASE).read_bytes()
    with pytest.raises(NewerFile, match="plus récente"):
        reopen()
    assert (folder / layout.DATABASE).read_bytes() == before != closed


def test_another_programs_file_is_refused(
    closed: bytes, reopen: Callable[[], Workspace], folder: Path, passphrase: str
) -> None:
    db = open_database(folder / layout.DATABASE, _key(folder, passphrase))
    db.execute("PRAGMA application_id = 7")
    db.close()
    with pytest.raises(CorruptFile, match="n'est pas un dossier de travail"):
        reopen()
    assert closed


def test_an_older_file_is_backed_up_then_brought_to_date(
    closed: bytes,
    reopen: Callable[[], Workspace],
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
) -> None:
    def m9999_more(db: object) -> None:
        db.execute("CREATE TABLE more(x TEXT) STRICT")
        db.execute("DROP TRIGGER op_kept")

    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, m9999_more))
    monkeypatch.setattr(schema, "CACHE_VERSION", "une autre")
    workspace = reopen()
    assert workspace.db.execute("PRAGMA user_version").fetchone() == (len(migrations.STEPS),)
    assert workspace.db.execute("SELECT count(*) FROM more").fetchone() == (0,)
    assert schema.missing_triggers(workspace.db) == ()
    assert workspace.journal.state_matches()
    workspace.close()
    notes = [path.read_text(encoding="utf-8") for path in folder.glob("sauvegardes/*/sauvegarde.json")]
    assert len(notes) == 1
    assert "avant mise à niveau" in notes[0]
    assert closed


def test_a_failing_migration_leaves_the_former_file(
    closed: bytes, reopen: Callable[[], Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    def m9999_wrong(db: object) -> None:
        db.execute("CREATE TABLE half(x TEXT) STRICT")
        db.execute("INSERT INTO nowhere VALUES(1)")

    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", (*migrations.STEPS, m9999_wrong))
        with pytest.raises(engine.OperationalError):
            reopen()
    workspace = reopen()
    assert workspace.db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone() == (0,)
    assert check.full_check(workspace).problems == ()
    workspace.close()
    assert closed


def test_a_full_disk_is_told_and_what_was_recorded_stays(workspace: Workspace) -> None:
    record(workspace, "intact")
    pages = workspace.db.execute("PRAGMA page_count").fetchone()[0]
    workspace.db.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(DiskFull, match="disque est plein"):
        record(workspace, "y" * 30_000)
    assert not workspace.db.conn.in_transaction
    assert workspace.journal.value(ANSWER, "constat") == "intact"
    assert check.full_check(workspace).problems == ()
    workspace.db.execute("PRAGMA max_page_count = 1000000")
    record(workspace, "la place est revenue")
    assert workspace.journal.value(ANSWER, "constat") == "la place est revenue"


def test_a_read_only_folder_is_told(ordinary_place: Path, passphrase: str, cheap_cost: KdfCost) -> None:
    folder = ordinary_place / "dossier"
    workspace, _ = Workspace.create(folder, passphrase, cost=cheap_cost, with_recovery=False)
    record(workspace, "intact")
    workspace.close()
    before = (folder / layout.DATABASE).read_bytes()
    folder.chmod(0o500)
    with pytest.raises(ReadOnlyPlace, match="lecture seule"):
        Workspace.create(folder / "autre", passphrase, cost=cheap_cost)
    with pytest.raises(ReadOnlyPlace, match="lecture seule"):
        Workspace.open(folder, passphrase=passphrase)
    folder.chmod(0o700)
    (folder / layout.DATABASE).chmod(0o400)
    with pytest.raises(ReadOnlyPlace, match="lecture seule"):
        Workspace.open(folder, passphrase=passphrase)
    (folder / layout.DATABASE).chmod(0o600)
    assert (folder / layout.DATABASE).read_bytes() == before


def test_a_file_held_by_another_connection_is_told(workspace: Workspace, folder: Path) -> None:
    workspace.db.execute("PRAGMA busy_timeout = 0")
    other = connect(folder / layout.DATABASE, workspace.data_key)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageFailing, match="retient le fichier"):
        record(workspace, "attendra")
    other.execute("ROLLBACK")
    other.close()
    record(workspace, "passe")


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EROFS, ReadOnlyPlace),
        (errno.EACCES, ReadOnlyPlace),
        (errno.EIO, StorageFailing),
    ],
)
def test_errors_of_the_system_are_translated(number: int, expected: type[KnownError]) -> None:
    with pytest.raises(expected), translated():
        raise OSError(number, os.strerror(number))


def test_errors_that_are_our_fault_stay_what_they_are(workspace: Workspace) -> None:
    with pytest.raises(engine.OperationalError), translated():
        workspace.db.conn.execute("SELECT nothing")
    with pytest.raises(FileNotFoundError), translated():
        Path("absent").read_bytes()
    assert known(engine.OperationalError("without a code")) is None


def test_a_key_of_the_wrong_length_never_reaches_the_engine(tmp_path: Path) -> None:
    with pytest.raises(BugError):
        connect(tmp_path / "x.db", b"court", create=True)
    assert not (tmp_path / "x.db").exists()


def test_the_engine_is_chosen_before_sqlite_utils_is_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(encryption.sys.modules, "pysqlite3", None)
    with pytest.raises(BugError):
        encryption._alias()


def test_connections_are_as_safe_as_they_can_be(workspace: Workspace) -> None:
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "secure_delete": 1,
        "busy_timeout": 5000,
        "temp_store": 2,
        "application_id": schema.APPLICATION_ID,
    }
    found = {name: workspace.db.execute(f"PRAGMA {name}").fetchone()[0] for name in expected}
    assert found == expected
    tables = workspace.db.execute(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main'"
    ).fetchall()
    assert not [name for name, strict in tables if not strict and not name.startswith(("sqlite_", "_sqlite"))]


def _key(folder: Path, passphrase: str) -> bytes:
    workspace = Workspace.open(folder, passphrase=passphrase)
    workspace.close()
    return workspace.data_key


@pytest.mark.parametrize(
    ("code", "kind", "said"),
    [(32, StorageFailing, "retient"), (1117, StorageFailing, "répond par une erreur")],
)
def test_what_windows_says_of_a_held_file_or_a_failing_drive_is_told_as_that(
    code: int, kind: type[KnownError], said: str
) -> None:
    """Windows says «access denied» for the first and «invalid argument» for the second."""
    error = OSError(errno.EACCES if code == 32 else errno.EINVAL, "refused")
    error.winerror = code  # type: ignore[attr-defined]  # Windows only
    found = known(error)
    assert type(found) is kind
    assert said in found.sentence


def test_a_folder_that_an_antivirus_reads_is_renamed_a_moment_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    really = Path.replace

    def held(source: Path, target: Path) -> Path:
        if len(waited) < 2:
            raise PermissionError(errno.EACCES, "held")
        return really(source, target)

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr(atomic_file, "WINDOWS", True)
    monkeypatch.setattr(atomic_file.time, "sleep", waited.append)
    (tmp_path / "prepared").mkdir()
    (tmp_path / "prepared" / "ivaudit.db").touch()
    atomic_file.move(tmp_path / "prepared", tmp_path / "installed")
    assert (tmp_path / "installed" / "ivaudit.db").exists()
    assert waited == [0.05, 0.15]


def test_a_temporary_file_that_is_held_does_not_keep_the_workspace_closed(
    closed: bytes, reopen: Callable[[], Workspace], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert closed
    left = folder / f"{layout.TEMPORARY}abc"
    left.touch()
    really = Path.unlink

    def held(path: Path, missing_ok: bool = False) -> None:
        if path == left:
            raise PermissionError(errno.EACCES, "held")
        really(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", held)
    reopen().close()
    assert left.exists()


@pytest.mark.parametrize("error", [DiskFull(), StorageFailing("Le disque répond par une erreur.")])
def test_an_erasure_still_due_does_not_keep_the_workspace_closed(
    closed: bytes, reopen: Callable[[], Workspace], monkeypatch: pytest.MonkeyPatch, error: KnownError
) -> None:
    """What can be read can be backed up, the more so when the disk is failing."""
    assert closed

    def refuse(_db: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(erasure, "scrub", refuse)
        opened = reopen()
    opened.close()


def test_evidence_that_cannot_be_finished_does_not_keep_the_workspace_closed(
    make: Callable[[], Workspace], reopen: Callable[[], Workspace], folder: Path
) -> None:
    opened = make()
    opened.evidence.put([Body(body=b"x" * 500, media="image/jpeg")])
    edits = [Edit("evidence:a1/e1", "exists", True), Edit("evidence:a1/e1", "erased", True)]
    opened.journal.record("audit:a1", [*edits, Edit("evidence:a1/e1", "digest", "00")], author="Référente")
    opened.close()
    (folder / layout.EVIDENCE).write_bytes(b"\0" * 8192)
    again = reopen()
    with pytest.raises(CorruptFile):
        again.evidence.digests()
    again.close()
