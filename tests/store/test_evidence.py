"""Bodies of evidence: once each, durable before they are named, erased to the last page, backed up."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.clear_pages import clear_pages

from ivaudit.domain.errors import CorruptFile, NewerFile, NotFound
from ivaudit.store import backup, check, evidence_rows, layout
from ivaudit.store.evidence import Body
from ivaudit.store.journal import Edit
from ivaudit.store.workspace import Workspace

WITNESS = b"TEMOIN-DE-LA-PHOTOGRAPHIE-" * 40
SMALL = b"TEMOIN-DE-LA-VIGNETTE-" * 20


def photo(seed: int = 0, size: int = 30_000) -> Body:
    body = WITNESS + seed.to_bytes(4, "big") + bytes(size)
    return Body(body=body, media="image/jpeg", width=40, height=30, thumbnail=SMALL + seed.to_bytes(4, "big"))


def name(workspace: Workspace, digest: str, key: str = "e1", audit: str = "a1", **others: object) -> bytes:
    entity = f"evidence:{audit}/{key}"
    values = {"exists": True, "kind": "photo", "digest": digest, "size": 3, **others}
    edits = [Edit(entity, field, value) for field, value in values.items()]  # type: ignore[arg-type]
    return workspace.journal.record(f"audit:{audit}", edits, author="Référente").op


def keep(workspace: Workspace, seed: int = 0, **others: object) -> str:
    (digest,) = workspace.evidence.put([photo(seed)])
    name(workspace, digest, **others)  # type: ignore[arg-type]
    workspace.evidence.settle([digest])
    return digest


def test_a_body_comes_back_as_it_was_and_is_kept_once(workspace: Workspace) -> None:
    first = keep(workspace)
    assert workspace.evidence.put([photo(), photo()]) == (first, first)
    assert workspace.evidence.digests() == {first}
    found = workspace.evidence.get(first)
    assert (found.body, found.media, found.width, found.height) == (photo().body, "image/jpeg", 40, 30)
    assert workspace.evidence.thumbnails([first, "00" * 32]) == {first: photo().thumbnail}
    with pytest.raises(NotFound):
        workspace.evidence.get("00" * 32)


def test_nothing_of_a_body_is_in_the_clear_in_any_file(workspace: Workspace, folder: Path) -> None:
    keep(workspace)
    backup.back_up(workspace)
    workspace.rest()
    for path in folder.rglob("*"):
        if path.is_file():
            assert b"TEMOIN" not in path.read_bytes(), path
    assert WITNESS in clear_pages(folder / layout.EVIDENCE, workspace.data_key) or b"TEMOIN" in clear_pages(
        folder / layout.EVIDENCE, workspace.data_key
    )


def test_the_journal_says_what_is_kept(workspace: Workspace) -> None:
    digest = keep(workspace, criteria=["c1", "c2"], caption="Bracelet", status="consulté", date="2026-11-21")
    (found,) = evidence_rows.evidence_of(workspace.db, "a1")
    assert (found.digest, found.criteria, found.caption) == (digest, ("c1", "c2"), "Bracelet")
    assert (found.date, found.status, found.present) == ("2026-11-21", "consulté", True)
    workspace.journal.rebuild()
    assert evidence_rows.evidence_of(workspace.db, "a1") == (found,)
    assert workspace.journal.state_matches()


def test_what_was_undone_comes_back_with_its_picture(
    make: Callable[[], Workspace], reopen: Callable[[], Workspace]
) -> None:
    first = make()
    (digest,) = first.evidence.put([photo()])
    op = name(first, digest)
    undone = first.journal.undo(op, author="a").op
    assert evidence_rows.evidence_of(first.db, "a1") == ()
    first.close()
    again = reopen()
    assert again.evidence.digests() == {digest}
    again.journal.undo(undone, author="a")
    (found,) = evidence_rows.evidence_of(again.db, "a1")
    assert again.evidence.get(found.digest).body == photo().body
    assert check.full_check(again).problems == ()
    again.close()


# -- sudden stops

STOP = """
import os, sys
from pathlib import Path
from ivaudit.store.evidence import Body
from ivaudit.store.journal import Edit
from ivaudit.store.workspace import Workspace

workspace = Workspace.open(Path(sys.argv[1]), passphrase=sys.argv[2])
(digest,) = workspace.evidence.put([Body(body=b"x" * 50_000, media="image/jpeg", thumbnail=b"y")])
if sys.argv[3] == "named":
    values = {"exists": True, "kind": "photo", "digest": digest}
    edits = [Edit("evidence:a1/e1", field, value) for field, value in values.items()]
    workspace.journal.record("audit:a1", edits, author="a")
print(digest, flush=True)
os._exit(9)
"""


@pytest.mark.parametrize("when", ["kept", "named"])
def test_a_stop_between_the_body_and_its_gesture_leaves_both_or_none(
    make: Callable[[], Workspace], reopen: Callable[[], Workspace], folder: Path, passphrase: str, when: str
) -> None:
    make().close()
    done = subprocess.run(
        [sys.executable, "-c", STOP, folder, passphrase, when],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (9, "")
    workspace = reopen()
    assert workspace.unclean
    named = when == "named"
    assert workspace.evidence.digests() == ({done.stdout.strip()} if named else frozenset())
    assert len(evidence_rows.evidence_of(workspace.db, "a1")) == named
    assert check.full_check(workspace).problems == ()
    workspace.close()
    again = reopen()
    assert len(again.evidence.digests()) == named
    again.close()


def test_a_stop_in_the_middle_of_an_erasure_is_finished_at_the_next_opening(
    make: Callable[[], Workspace], reopen: Callable[[], Workspace], folder: Path
) -> None:
    first = make()
    digest, other = keep(first), keep(first, 1, key="e2")
    first.journal.record("audit:a1", [Edit("evidence:a1/e1", "erased", True)], author="a", reason="identité")
    first.close()
    again = reopen()
    assert again.evidence.digests() == {other}
    assert check.full_check(again).problems == ()
    pages = clear_pages(folder / layout.EVIDENCE, again.data_key)
    assert photo(1).thumbnail in pages
    assert photo().thumbnail not in pages
    assert digest not in again.evidence.digests()
    again.close()


# -- erasing


def test_an_erased_body_is_on_no_page_and_its_digest_stays(workspace: Workspace, folder: Path) -> None:
    for seed in range(1, 9):
        keep(workspace, seed, key=f"autre{seed}")
    body = Body(body=b"A-EFFACER-" * 9_000, media="image/jpeg", thumbnail=b"VIGNETTE-A-EFFACER" * 30)
    (digest,) = workspace.evidence.put([body])
    name(workspace, digest)
    workspace.evidence.settle([digest])
    file = folder / layout.EVIDENCE
    assert b"A-EFFACER" in clear_pages(file, workspace.data_key)
    workspace.journal.record("audit:a1", [Edit("evidence:a1/e1", "erased", True)], author="a")
    workspace.evidence.erase([digest])
    assert b"A-EFFACER" not in clear_pages(file, workspace.data_key)
    assert workspace.journal.value("evidence:a1/e1", "digest") == digest
    assert len(workspace.evidence.digests()) == 8
    assert check.full_check(workspace).problems == ()


def test_a_body_erased_once_may_be_kept_again(
    make: Callable[[], Workspace], reopen: Callable[[], Workspace]
) -> None:
    first = make()
    digest = keep(first)
    first.journal.record("audit:a1", [Edit("evidence:a1/e1", "erased", True)], author="a")
    first.evidence.erase([digest])
    assert keep(first, key="e2") == digest
    first.close()
    again = reopen()
    assert again.evidence.digests() == {digest}
    again.close()


# -- checks


def test_what_is_missing_altered_or_emptied_is_said(workspace: Workspace) -> None:
    digest = keep(workspace)
    assert check.full_check(workspace).problems == ()
    workspace.evidence.db.execute("UPDATE picture SET body = x'00'")
    assert any("empreinte" in problem for problem in check.full_check(workspace).problems)
    workspace.evidence.db.execute("DELETE FROM picture")
    assert any("manquent" in problem for problem in check.full_check(workspace).problems)
    assert workspace.journal.value("evidence:a1/e1", "digest") == digest


def test_another_file_and_a_newer_one_are_refused_and_not_touched(
    make: Callable[[], Workspace], reopen: Callable[[], Workspace], folder: Path
) -> None:
    first = make()
    keep(first)
    first.evidence.db.execute("PRAGMA user_version = 99")
    first.close()
    again = reopen()
    with pytest.raises(NewerFile):
        _ = again.evidence
    again.close()
    shutil.copyfile(folder / layout.DATABASE, folder / layout.EVIDENCE)
    again = reopen()
    with pytest.raises(CorruptFile):
        _ = again.evidence
    again.close()
    (folder / layout.EVIDENCE).write_bytes(os.urandom(9000))
    again = reopen()
    with pytest.raises(CorruptFile):
        _ = again.evidence
    assert again.journal.value("evidence:a1/e1", "kind") == "photo"
    again.close()


# -- backups


def test_a_backup_brings_the_pictures_back(
    make: Callable[[], Workspace], reopen: Callable[[], Workspace], folder: Path, passphrase: str
) -> None:
    first = make()
    digest = keep(first)
    info = backup.back_up(first)
    first.journal.record("audit:a1", [Edit("evidence:a1/e1", "erased", True)], author="a")
    first.evidence.erase([digest])
    other = keep(first, 7, key="e2")
    first.close()
    aside = backup.restore(folder, info, passphrase=passphrase)
    restored = reopen()
    assert restored.evidence.get(digest).body == photo().body
    assert restored.evidence.digests() == {digest}
    assert check.full_check(restored).problems == ()
    restored.close()
    assert (aside / layout.EVIDENCE).exists()
    kept = next(each for each in backup.backups(folder) if each.replaced)
    backup.restore(folder, kept, passphrase=passphrase)
    back = reopen()
    assert back.evidence.digests() == {other}
    assert check.full_check(back).problems == ()
    back.close()


def test_a_backup_from_before_there_was_evidence_puts_the_present_one_aside(
    make: Callable[[], Workspace], reopen: Callable[[], Workspace], folder: Path, passphrase: str
) -> None:
    first = make()
    info = backup.back_up(first)
    (info.folder / layout.EVIDENCE).unlink()
    keep(first)
    first.close()
    aside = backup.restore(folder, info, passphrase=passphrase)
    restored = reopen()
    assert restored.evidence.digests() == frozenset()
    assert check.full_check(restored).problems == ()
    restored.close()
    assert (aside / layout.EVIDENCE).exists()


def test_backups_without_a_new_photograph_share_one_file(workspace: Workspace) -> None:
    keep(workspace)
    made = [backup.back_up(workspace) for _ in range(3)]
    numbers = {(info.folder / layout.EVIDENCE).stat().st_ino for info in made}
    assert len(numbers) == 1
    keep(workspace, 2, key="e2")
    last = backup.back_up(workspace)
    assert (last.folder / layout.EVIDENCE).stat().st_ino not in numbers


def test_a_damaged_backup_of_evidence_is_refused_and_changes_nothing(
    make: Callable[[], Workspace], reopen: Callable[[], Workspace], folder: Path, passphrase: str
) -> None:
    first = make()
    keep(first)
    info = backup.back_up(first)
    first.close()
    file = info.folder / layout.EVIDENCE
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 2] ^= 1
    file.write_bytes(raw)
    before = (folder / layout.EVIDENCE).read_bytes()
    with pytest.raises(CorruptFile):
        backup.restore(folder, info, passphrase=passphrase)
    assert (folder / layout.EVIDENCE).read_bytes() == before
    reopen().close()


# -- full disk

FULL = """
import os, resource, sys
from pathlib import Path
from ivaudit.domain.errors import KnownError
from ivaudit.store.evidence import Body
from ivaudit.store.journal import Edit
from ivaudit.store.workspace import Workspace

workspace = Workspace.open(Path(sys.argv[1]), passphrase=sys.argv[2])
kept = 0
workspace.evidence
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, resource.RLIM_INFINITY))
for rank in range(100):
    try:
        (digest,) = workspace.evidence.put([Body(body=rank.to_bytes(4, "big") * 25_000, media="image/jpeg")])
    except KnownError as error:
        print(type(error).__name__, flush=True)
        break
    values = {"exists": True, "kind": "photo", "digest": digest}
    edits = [Edit(f"evidence:a1/e{rank}", field, value) for field, value in values.items()]
    workspace.journal.record("audit:a1", edits, author="a")
    workspace.evidence.settle([digest])
    kept += 1
print(kept, flush=True)
os._exit(0)
"""


def test_a_full_disk_refuses_the_photograph_and_keeps_the_others(
    make: Callable[[], Workspace], reopen: Callable[[], Workspace], folder: Path, passphrase: str
) -> None:
    make().close()
    done = subprocess.run(
        [sys.executable, "-c", FULL, folder, passphrase], capture_output=True, encoding="utf-8", check=True
    )
    error, kept = done.stdout.split()
    assert error in {"DiskFull", "StorageFailing"}
    workspace = reopen()
    assert len(workspace.evidence.digests()) == int(kept) > 3
    assert check.full_check(workspace).problems == ()
    workspace.close()
