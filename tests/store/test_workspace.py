"""Workspaces created, opened, closed, left behind by a sudden stop; and what their files let out."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ivaudit.domain.errors import (
    DiskFull,
    UnsafePlace,
    WorkspaceExists,
    WorkspaceInUse,
    WorkspaceMissing,
    WrongPassphrase,
)
from ivaudit.store import backup, check, erasure, layout
from ivaudit.store.journal import Edit
from ivaudit.store.keys import KdfCost
from ivaudit.store.place import workspace_exists
from ivaudit.store.workspace import Workspace

ANSWER = "answer:a1/structure/c1"
CANARY = "CANARI constat en clair"

HOLDER = """
import sys
from pathlib import Path
from ivaudit.store.lock import OwnerLock
lock = OwnerLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def record(workspace: Workspace, text: str) -> None:
    workspace.journal.record("audit:a1", [Edit(ANSWER, "constat", text)], author="Référente")


def abandon(workspace: Workspace) -> None:
    """Let go as a killed process does: nothing settled, nothing said."""
    workspace.db.close()
    workspace._lock.release()
    tempfile.tempdir = workspace._former_tempdir


def test_a_workspace_comes_back_as_it_was_left(
    make: Callable[[], Workspace], reopen: Callable[[], Workspace], folder: Path
) -> None:
    assert not workspace_exists(folder)
    first = make()
    record(first, "écran visible")
    first.remember("position:a1", "c1")
    device = first.device
    first.close()
    assert workspace_exists(folder)
    assert not (folder / "ivaudit.db-wal").exists()
    again = reopen()
    assert again.journal.value(ANSWER, "constat") == "écran visible"
    assert (again.recall("position:a1"), again.recall("autre")) == ("c1", None)
    assert (again.device, again.unclean, again.recovered_drafts) == (device, False, ())
    again.close()


def test_the_recovery_code_opens_and_the_passphrase_can_then_be_changed(
    folder: Path, passphrase: str, cheap_cost: KdfCost
) -> None:
    first, code = Workspace.create(folder, passphrase, cost=cheap_cost)
    first.close()
    lost = Workspace.open(folder, recovery_code=code)
    lost.change_passphrase("huit mots que personne ne connaît encore ici")
    renewed = lost.renew_recovery()
    lost.close()
    for secret in ({"passphrase": passphrase}, {"recovery_code": code}):
        with pytest.raises(WrongPassphrase):
            Workspace.open(folder, **secret)
    Workspace.open(folder, passphrase="huit mots que personne ne connaît encore ici").close()
    Workspace.open(folder, recovery_code=renewed).close()


def test_an_existing_workspace_is_not_overwritten(
    make: Callable[[], Workspace], reopen: Callable[[], Workspace]
) -> None:
    first = make()
    record(first, "précieux")
    first.close()
    with pytest.raises(WorkspaceExists):
        make()
    again = reopen()
    assert again.journal.value(ANSWER, "constat") == "précieux"
    again.close()


def test_nothing_is_made_where_there_is_no_workspace(reopen: Callable[[], Workspace], folder: Path) -> None:
    with pytest.raises(WorkspaceMissing):
        reopen()
    assert not folder.exists()


def test_a_synchronised_folder_is_refused(tmp_path: Path, passphrase: str, cheap_cost: KdfCost) -> None:
    place = tmp_path / "OneDrive - CH" / "audits"
    with pytest.raises(UnsafePlace, match="OneDrive"):
        Workspace.create(place, passphrase, cost=cheap_cost)
    with pytest.raises(UnsafePlace, match="OneDrive"):
        Workspace.open(place, passphrase=passphrase)
    assert not place.exists()


def test_another_process_keeps_us_out_and_the_sentence_says_which(
    make: Callable[[], Workspace], reopen: Callable[[], Workspace], folder: Path
) -> None:
    make().close()
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(WorkspaceInUse, match=r"déjà ouvert dans ivaudit \(poste .*, depuis \d\d:\d\d\)"):
            reopen()
        holder.communicate("")
    reopen().close()


def test_two_owners_in_one_process_are_refused_too(
    workspace: Workspace, reopen: Callable[[], Workspace]
) -> None:
    with pytest.raises(WorkspaceInUse):
        reopen()
    record(workspace, "toujours à moi")


def test_an_unreadable_note_of_the_owner_still_gives_a_sentence(
    workspace: Workspace, reopen: Callable[[], Workspace], folder: Path
) -> None:
    for note in ("", "{}", '{"machine": 1, "since": "hier"}'):
        (folder / layout.OWNER).write_text(note, encoding="utf-8")
        with pytest.raises(WorkspaceInUse, match=r"ivaudit\. Rien"):
            reopen()
    (folder / layout.OWNER).write_text(
        json.dumps({"machine": "PC-7", "since": "2020-01-02T03:04:05+00:00"}), encoding="utf-8"
    )
    with pytest.raises(WorkspaceInUse, match=r"poste PC-7, depuis le 0[12]/01/2020 à"):
        reopen()
    assert workspace.folder == folder


def test_a_failed_opening_lets_go_of_the_folder(
    make: Callable[[], Workspace], reopen: Callable[[], Workspace], folder: Path
) -> None:
    make().close()
    before = tempfile.tempdir
    with pytest.raises(WrongPassphrase):
        Workspace.open(folder, passphrase="une autre phrase")
    assert tempfile.tempdir == before
    reopen().close()


def test_a_sudden_stop_is_noticed_and_loses_nothing(
    make: Callable[[], Workspace], reopen: Callable[[], Workspace], folder: Path
) -> None:
    stopped = make()
    record(stopped, "dit")
    stopped.drafts.put(ANSWER, "note", "audit:a1", "en cours de sai")
    stopped.drafts.put(ANSWER, "constat", "audit:a1", "dit")
    stopped.drafts.put(ANSWER, "autre", "audit:a1", "M. Dupont", alert=True)
    (folder / layout.WORK / "restes").mkdir()
    (folder / layout.WORK / "openpyxl.x").write_text(CANARY, encoding="utf-8")
    (folder / ".tmp-abc").write_text("", encoding="utf-8")
    abandon(stopped)
    again = reopen()
    assert again.unclean
    assert again.journal.value(ANSWER, "constat") == "dit"
    assert again.journal.value(ANSWER, "note") == "en cours de sai"
    assert [(draft.field, draft.text) for draft in again.recovered_drafts] == [("note", "en cours de sai")]
    assert [(draft.field, draft.alert) for draft in again.drafts.all()] == [("autre", True)]
    assert again.journal.history(ANSWER, "note")[0].kind == "reprendre"
    assert list((folder / layout.WORK).iterdir()) == []
    assert not (folder / ".tmp-abc").exists()
    assert check.full_check(again).problems == ()
    again.close()
    calm = reopen()
    assert not calm.unclean
    calm.close()


def test_a_disk_too_full_to_rewrite_the_files_is_no_reason_not_to_open(
    tmp_path: Path, passphrase: str, cheap_cost: KdfCost, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace, _ = Workspace.create(tmp_path / "dossier", passphrase, cost=cheap_cost)
    workspace.close()

    def full(_db: object) -> None:
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr(erasure, "scrub", full)
        again = Workspace.open(tmp_path / "dossier", passphrase=passphrase)
    assert again.journal.verify().problems == ()
    again.close()


def test_what_was_erased_just_before_a_sudden_stop_is_cleared_at_the_next_opening(
    make: Callable[[], Workspace], reopen: Callable[[], Workspace]
) -> None:
    stopped = make()
    record(stopped, "secret")
    version = stopped.journal.history(ANSWER, "constat")[0]
    with stopped.db.atomic():
        stopped.journal.erase(version.op, version.index, author="a", reason="motif")
    abandon(stopped)
    again = reopen()
    assert again.db.execute("SELECT count(*) FROM meta WHERE key = 'scrub_due'").fetchone() == (0,)
    assert again.journal.verify().problems == ()
    again.close()


def test_a_folder_copied_while_open_keeps_what_was_recorded(
    workspace: Workspace, folder: Path, tmp_path: Path, passphrase: str
) -> None:
    """With its write-ahead log the copy has everything; without, an earlier state that still verifies."""
    for rank in range(20):
        record(workspace, f"constat {rank}")
    whole, partial = tmp_path / "copie", tmp_path / "sans journal"
    shutil.copytree(folder, whole)
    shutil.copytree(folder, partial, ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    for place, expected in ((whole, "constat 19"), (partial, None)):
        copy = Workspace.open(place, passphrase=passphrase)
        assert copy.unclean is (place == whole)
        assert copy.journal.value(ANSWER, "constat") == expected
        assert check.full_check(copy).problems == ()
        copy.close()


def test_two_copies_that_went_on_apart_are_merged(
    make: Callable[[], Workspace],
    reopen: Callable[[], Workspace],
    folder: Path,
    tmp_path: Path,
    passphrase: str,
) -> None:
    first = make()
    record(first, "commun")
    first.close()
    shutil.copytree(folder, tmp_path / "portable")
    mine, theirs = reopen(), Workspace.open(tmp_path / "portable", passphrase=passphrase)
    record(mine, "ici")
    record(theirs, "là-bas")
    ours, others = mine.journal.ops_of(), theirs.journal.ops_of()
    mine.journal.merge(others)
    theirs.journal.merge(ours)
    assert mine.journal.heads(ANSWER, "constat") == theirs.journal.heads(ANSWER, "constat")
    assert len(mine.journal.heads(ANSWER, "constat")) == 2
    theirs.close()
    mine.close()


def test_temporary_files_stay_in_the_workspace_while_it_is_open(
    make: Callable[[], Workspace], folder: Path
) -> None:
    before = tempfile.tempdir
    opened = make()
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(CANARY.encode())
    assert Path(file.name).parent == folder / layout.WORK
    assert (folder / layout.WORK).stat().st_mode & 0o077 == 0
    opened.close()
    assert not Path(file.name).exists()
    assert tempfile.tempdir == before


def test_no_file_of_the_folder_holds_a_text_in_clear(make: Callable[[], Workspace], folder: Path) -> None:
    opened = make()
    record(opened, CANARY)
    opened.drafts.put(ANSWER, "note", "audit:a1", CANARY)
    opened.remember("position:a1", CANARY)
    backup.back_up(opened)
    record(opened, f"{CANARY} encore")
    _assert_no_canary(folder)
    opened.close()
    _assert_no_canary(folder)


def _assert_no_canary(folder: Path) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {"ivaudit.db", "cle.json", "cle.bak.json", "sauvegarde.json"} <= {path.name for path in files}
    needles = {CANARY.encode(), CANARY.encode("utf-16-le"), b"SQLite format 3"}
    assert not [path for path in files if any(needle in path.read_bytes() for needle in needles)]
