"""What copies hold, what putting one back would lose, and copies on another drive."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ivaudit.domain.errors import Cancelled, CorruptFile, DiskFull, InvalidValue, NotFound, WrongPassphrase
from ivaudit.store import (
    backup,
    backup_contents,
    backup_copies,
    backup_list,
    backup_rotation,
    layout,
    restoring,
)
from ivaudit.store.evidence import Body
from ivaudit.store.journal import Edit
from ivaudit.store.workspace import Workspace

ANSWER = "answer:a1/structure/c1"


def record(workspace: Workspace, text: str, criterion: str = "c1") -> bytes:
    edits = [Edit(f"answer:a1/structure/{criterion}", name, text) for name in ("value", "constat")]
    return workspace.journal.record("audit:a1", edits, author="Référente").op


@pytest.fixture
def audited(workspace: Workspace) -> Workspace:
    edits = [Edit("facility:f1", "exists", True), Edit("facility:f1", "name", "EHPAD Les Pins")]
    workspace.journal.record("structure:f1", edits, author="Référente")
    fields = {"exists": True, "facility": "f1", "kind": "flash", "title": "", "date": "2026-11-21"}
    edits = [Edit("audit:a1", name, value) for name, value in fields.items()]
    workspace.journal.record("audit:a1", edits, author="Référente")
    return workspace


def test_a_copy_says_what_it_holds(audited: Workspace, folder: Path) -> None:
    record(audited, "oui")
    audited.drafts.put(ANSWER, "note", "audit:a1", "en cours")
    audited.evidence.put([Body(body=b"image", media="image/jpeg")])
    info = backup.back_up(audited)
    with backup_contents.finished(info.folder, audited.data_key, folder) as copy:
        found = copy.contents()
    (audit,) = found.audits
    assert (audit.facility, audit.kind, audit.date, audit.answers) == (
        "EHPAD Les Pins",
        "flash",
        "2026-11-21",
        1,
    )
    assert (found.gestures, found.facilities, found.answers, found.evidence, found.drafts) == (3, 1, 1, 1, 1)
    assert found.author == "Référente"
    assert found.first < found.last


def test_what_is_lost_is_what_the_present_holds_and_the_copy_does_not(
    audited: Workspace, folder: Path
) -> None:
    record(audited, "oui")
    info = backup.back_up(audited)
    op = record(audited, "non")
    audited.journal.record("action:x", [Edit("action:x", "exists", True)], author="Référente")
    audited.journal.erase(op, 1, author="Référente", reason="nom saisi")
    audited.evidence.put([Body(body=b"image", media="image/jpeg")])
    with (
        backup_contents.finished(info.folder, audited.data_key, folder) as copy,
        backup_contents.in_use(folder, audited.data_key) as present,
    ):
        lost, gained = present.missing_in(copy), copy.missing_in(present)
    assert (lost.gestures, lost.erased, lost.evidence) == (3, 1, 1)
    assert lost.scopes == {"audit:a1": 2, "action:x": 1}
    assert lost.since > info.at
    assert gained.nothing


def test_what_was_put_aside_with_its_log_is_read_without_being_touched(
    make: Callable[[], Workspace], folder: Path, passphrase: str
) -> None:
    audited = make()
    record(audited, "dans le journal des écritures")
    names = (layout.DATABASE, layout.SIDE_FILES[0])
    stopped = {name: (folder / name).read_bytes() for name in names}
    info, data_key = backup.back_up(audited), audited.data_key
    audited.close()
    for name, raw in stopped.items():
        (folder / name).write_bytes(raw)
    aside = backup.restore(folder, info, passphrase=passphrase)
    with backup_contents.finished(aside, data_key, folder) as copy:
        assert copy.contents().gestures == 1
    assert {name: (aside / name).read_bytes() for name in names} == stopped
    assert not list(folder.glob(f"{layout.TEMPORARY}*"))
    Workspace.open(folder, passphrase=passphrase).close()


def test_the_present_passphrase_restores_a_copy_of_before_it_was_changed(
    make: Callable[[], Workspace], folder: Path, passphrase: str
) -> None:
    opened = make()
    record(opened, "hier")
    info = backup.back_up(opened)
    opened.change_passphrase("une phrase venue après la sauvegarde")
    opened.close()
    with pytest.raises(WrongPassphrase):
        backup.restore(folder, info, passphrase="aucune des deux")
    backup.restore(folder, info, passphrase="une phrase venue après la sauvegarde")
    with pytest.raises(WrongPassphrase):
        Workspace.open(folder, passphrase=passphrase)
    Workspace.open(folder, passphrase="une phrase venue après la sauvegarde").close()


def test_a_copy_elsewhere_makes_a_workspace_on_another_machine(
    audited: Workspace, folder: Path, tmp_path: Path, passphrase: str
) -> None:
    record(audited, "oui")
    audited.evidence.settle(audited.evidence.put([Body(body=b"image", media="image/jpeg")]))
    (tmp_path / "clé usb").mkdir()
    told: list[int] = []
    copied = backup_copies.copy_to(
        folder,
        backup.back_up(audited),
        tmp_path / "clé usb",
        audited.data_key,
        lambda done, _total, _label: told.append(done),
    )
    assert told == sorted(told)
    assert backup_list.copies_under(tmp_path / "clé usb") == (copied,)
    assert backup_list.copies_under(copied.folder) == (copied,)
    assert not any(b"Les Pins" in path.read_bytes() for path in copied.folder.iterdir())
    restoring.verify(copied, audited.data_key, folder)
    new = tmp_path / "autre poste" / "dossier"
    assert not backup.restore(new, copied, passphrase=passphrase).exists()
    there = Workspace.open(new, passphrase=passphrase)
    assert there.journal.value(ANSWER, "value") == "oui"
    assert len(there.evidence.digests()) == 1
    there.close()


def test_a_copy_is_refused_where_it_would_be_lost(audited: Workspace, folder: Path, tmp_path: Path) -> None:
    info = backup.back_up(audited)
    with pytest.raises(InvalidValue):
        backup_copies.copy_to(folder, info, folder / layout.BACKUPS, audited.data_key)
    with pytest.raises(NotFound):
        backup_copies.copy_to(folder, info, tmp_path / "débranchée", audited.data_key)
    assert backup_copies.same_drive(folder, tmp_path)


def test_a_copy_that_fails_or_is_cancelled_leaves_nothing(
    audited: Workspace, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info, target = backup.back_up(audited), tmp_path / "clé"
    target.mkdir()

    def stop(done: int, _total: int, _label: str) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        backup_copies.copy_to(folder, info, target, audited.data_key, stop)

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(DiskFull):
            backup_copies.copy_to(folder, info, target, audited.data_key)
    assert list(target.iterdir()) == []


def test_a_flipped_bit_of_a_copy_is_noticed(audited: Workspace, folder: Path) -> None:
    record(audited, "x" * 5000)
    info = backup.back_up(audited)
    file = info.folder / layout.DATABASE
    sound = file.read_bytes()
    for place in range(20, len(sound), len(sound) // 12):
        flipped = bytearray(sound)
        flipped[place] ^= 1
        file.write_bytes(flipped)
        with pytest.raises(CorruptFile):
            restoring.verify(info, audited.data_key, folder)
    file.write_bytes(sound)
    restoring.verify(info, audited.data_key, folder)


def test_backups_take_a_quarter_of_the_free_disk_at_most(
    audited: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [backup.back_up(audited) for _ in range(4)]
    one = backup_rotation.room_taken(folder) // 4
    usage = type("Usage", (), {"free": 4 * one})
    monkeypatch.setattr(backup_rotation.shutil, "disk_usage", lambda _folder: usage)
    backup_rotation.make_room(folder)  # a quarter of 4 free and 4 taken: two stay
    assert backup.backups(folder) == (made[3], made[2])
    usage.free = 0
    backup_rotation.make_room(folder)
    assert backup.backups(folder) == (made[3],)


def test_evidence_that_backups_share_counts_once(audited: Workspace, folder: Path) -> None:
    audited.evidence.put([Body(body=bytes(2_000_000), media="image/jpeg")])
    backup.back_up(audited)
    once = backup_rotation.room_taken(folder)
    backup.back_up(audited)
    assert backup_rotation.room_taken(folder) - once < 1_000_000
