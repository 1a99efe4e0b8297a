"""Backups made, thinned out, restored; and what a disk that fails in the middle leaves."""

import json
import shutil
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivaudit.domain.errors import (
    CorruptFile,
    DiskFull,
    NotFound,
    WorkspaceInUse,
    WrongPassphrase,
)
from ivaudit.store import backup, backup_list, backup_rotation, check, installation, keys, layout
from ivaudit.store.journal import Edit
from ivaudit.store.workspace import Workspace

ANSWER = "answer:a1/structure/c1"
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def record(workspace: Workspace, text: str) -> None:
    workspace.journal.record("audit:a1", [Edit(ANSWER, "constat", text)], author="Référente")


def test_a_backup_opens_with_the_secrets_of_its_time(
    workspace: Workspace, folder: Path, tmp_path: Path, passphrase: str
) -> None:
    record(workspace, "hier")
    info = backup.back_up(workspace, "à la demande")
    record(workspace, "aujourd'hui")
    workspace.change_passphrase("une phrase venue après la sauvegarde")
    assert backup.backups(folder) == (info,)
    assert (info.reason, info.size > 4096) == ("à la demande", True)
    shutil.copytree(info.folder, tmp_path / "ailleurs")
    copy = Workspace.open(tmp_path / "ailleurs", passphrase=passphrase)
    assert copy.journal.value(ANSWER, "constat") == "hier"
    assert check.full_check(copy).problems == ()
    copy.close()
    assert workspace.journal.value(ANSWER, "constat") == "aujourd'hui"


def test_restoring_puts_back_and_keeps_what_was_replaced(
    make: Callable[[], Workspace],
    reopen: Callable[[], Workspace],
    folder: Path,
    tmp_path: Path,
    passphrase: str,
) -> None:
    first = make()
    record(first, "hier")
    info = backup.back_up(first)
    record(first, "aujourd'hui")
    first.close()
    aside = backup.restore(folder, info, passphrase=passphrase)
    restored = reopen()
    assert restored.journal.value(ANSWER, "constat") == "hier"
    assert check.full_check(restored).problems == ()
    restored.close()
    assert sorted(path.name for path in aside.iterdir()) == ["cle.bak.json", "cle.json", "ivaudit.db"]
    shutil.copytree(aside, tmp_path / "remplacé")
    replaced = Workspace.open(tmp_path / "remplacé", passphrase=passphrase)
    assert replaced.journal.value(ANSWER, "constat") == "aujourd'hui"
    replaced.close()
    kept, made = backup.backups(folder)
    assert made == info
    assert (kept.folder, kept.reason, kept.replaced) == (aside, backup_list.REPLACED, True)
    assert made.at < kept.at <= datetime.now(UTC).isoformat()


@pytest.mark.parametrize("sudden", [False, True])
def test_what_was_replaced_is_restored_in_its_turn(
    make: Callable[[], Workspace],
    reopen: Callable[[], Workspace],
    folder: Path,
    passphrase: str,
    *,
    sudden: bool,
) -> None:
    first = make()
    info = backup.back_up(first)
    record(first, "aujourd'hui")
    if sudden:
        stopped = {name: (folder / name).read_bytes() for name in (layout.DATABASE, layout.SIDE_FILES[0])}
    first.close()
    if sudden:
        for name, raw in stopped.items():
            (folder / name).write_bytes(raw)
    aside = backup.restore(folder, info, passphrase=passphrase)
    assert (aside / layout.SIDE_FILES[0]).exists() is sudden
    before = {path.name: path.read_bytes() for path in aside.iterdir()}
    (kept, *_) = backup.backups(folder)
    backup.restore(folder, kept, passphrase=passphrase)
    assert {path.name: path.read_bytes() for path in aside.iterdir()} == before
    restored = reopen()
    assert restored.journal.value(ANSWER, "constat") == "aujourd'hui"
    assert check.full_check(restored).problems == ()
    restored.close()
    assert [each.replaced for each in backup.backups(folder)] == [True, True, False]


def test_an_empty_file_put_aside_is_never_put_back(
    make: Callable[[], Workspace], reopen: Callable[[], Workspace], folder: Path, passphrase: str
) -> None:
    first = make()
    info = backup.back_up(first)
    first.close()
    (folder / layout.DATABASE).write_bytes(b"")
    backup.restore(folder, info, passphrase=passphrase)
    (kept, _) = backup.backups(folder)
    with pytest.raises(CorruptFile):
        backup.restore(folder, kept, passphrase=passphrase)
    reopen().close()


def test_what_was_replaced_is_thinned_out_and_never_displaces_a_backup(folder: Path) -> None:
    made = [_shelved(folder, NOON - timedelta(days=days)) for days in range(400)]
    aside = [_put_aside(folder, NOON - timedelta(days=days, hours=-1)) for days in (1, 5, 300)]
    backup_rotation.rotate(folder, now=NOON)
    found = backup.backups(folder)
    kept = backup_rotation.kept_times((NOON - timedelta(days=days) for days in range(400)), NOON)
    assert {info.folder for info in found if not info.replaced} == {
        place for days, place in enumerate(made) if NOON - timedelta(days=days) in kept
    }
    assert [info.folder for info in found if info.replaced] == aside[:2]
    assert not aside[2].exists()


def test_keys_alone_and_other_names_are_not_listed(folder: Path) -> None:
    place = _put_aside(folder, NOON)
    (place / layout.DATABASE).rename(place / layout.KEY)
    other = folder / layout.BACKUPS / f"autre{installation.REPLACED}"
    other.mkdir()
    (other / layout.DATABASE).touch()
    assert backup.backups(folder) == ()


def test_what_was_replaced_does_not_put_the_next_backup_off(workspace: Workspace, folder: Path) -> None:
    _put_aside(folder, datetime.now(UTC))
    record(workspace, "un")
    assert backup.due(workspace)


def test_databases_are_for_their_owner_only(
    make: Callable[[], Workspace], folder: Path, passphrase: str
) -> None:
    opened = make()
    record(opened, "un")
    info = backup.back_up(opened)
    names = (layout.DATABASE, *layout.SIDE_FILES)
    assert [_mode(folder / name) for name in names] == [0o600] * 3
    opened.close()
    (folder / layout.DATABASE).chmod(0o644)
    backup.restore(folder, info, passphrase=passphrase)
    assert [_mode(place / layout.DATABASE) for place in (info.folder, folder)] == [0o600] * 2


def test_restoring_heals_a_workspace_whose_files_are_lost(
    make: Callable[[], Workspace], reopen: Callable[[], Workspace], folder: Path, passphrase: str
) -> None:
    first = make()
    record(first, "hier")
    info = backup.back_up(first)
    first.close()
    for name in (layout.DATABASE, layout.KEY, layout.KEY_TWIN):
        (folder / name).unlink()
    aside = backup.restore(folder, info, passphrase=passphrase)
    assert not aside.exists()
    restored = reopen()
    assert restored.journal.value(ANSWER, "constat") == "hier"
    restored.close()


def test_a_restoration_refused_changes_nothing(
    make: Callable[[], Workspace], reopen: Callable[[], Workspace], folder: Path, passphrase: str
) -> None:
    opened = make()
    record(opened, "aujourd'hui")
    info = backup.back_up(opened)
    with pytest.raises(WorkspaceInUse):
        backup.restore(folder, info, passphrase=passphrase)
    opened.close()
    before = _files(folder)
    with pytest.raises(WrongPassphrase):
        backup.restore(folder, info, passphrase="une autre phrase")
    raw = (info.folder / layout.DATABASE).read_bytes()
    (info.folder / layout.DATABASE).write_bytes(raw[: len(raw) // 2])
    with pytest.raises(CorruptFile):
        backup.restore(folder, info, passphrase=passphrase)
    shutil.rmtree(info.folder)
    with pytest.raises(NotFound):
        backup.restore(folder, info, passphrase=passphrase)
    assert _files(folder) == before
    reopen().close()


@pytest.mark.parametrize("stop", range(9))
def test_a_restoration_stopped_anywhere_is_old_or_new_never_a_mix(
    make: Callable[[], Workspace],
    reopen: Callable[[], Workspace],
    folder: Path,
    passphrase: str,
    stop: int,
) -> None:
    first = make()
    record(first, "hier")
    info = backup.back_up(first)
    record(first, "aujourd'hui")
    first.change_passphrase(passphrase + " et demi")
    first.close()
    settled: list[Path] = []

    def stop_there(place: Path) -> None:
        settled.append(place)
        if len(settled) > stop:
            raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(installation, "settle_folder", stop_there)
        with pytest.raises(KeyboardInterrupt):
            backup.restore(folder, info, passphrase=passphrase)
    try:
        opened = reopen()
    except WrongPassphrase:
        opened = Workspace.open(folder, passphrase=passphrase + " et demi")
        assert opened.journal.value(ANSWER, "constat") == "aujourd'hui"
    else:
        assert opened.journal.value(ANSWER, "constat") == "hier"
    assert check.full_check(opened).problems == ()
    opened.close()
    assert not list(folder.glob(f"{layout.INSTALLATION}*"))


def test_a_backup_that_fails_leaves_neither_half_nor_harm(
    workspace: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(workspace, "intact")

    def fail(*_: object) -> None:
        raise DiskFull

    for step in ("_copy", "check", "_shelve"):
        with monkeypatch.context() as patch:
            patch.setattr(backup, step, fail)
            with pytest.raises(DiskFull):
                backup.back_up(workspace)
        assert backup.backups(folder) == ()
        assert not list(folder.glob(f"{layout.TEMPORARY}*"))
    assert check.full_check(workspace).problems == ()


def test_notes_that_cannot_be_read_are_not_backups(workspace: Workspace, folder: Path) -> None:
    for name, note in (("a", ""), ("b", "{}"), ("c", '{"at": "hier", "reason": "x", "size": 1}')):
        (folder / layout.BACKUPS / name).mkdir()
        (folder / layout.BACKUPS / name / layout.BACKUP_NOTE).write_text(note, encoding="utf-8")
    assert backup.backups(workspace.folder) == ()


def test_a_backup_is_due_half_an_hour_after_the_last_when_something_was_done(workspace: Workspace) -> None:
    now = datetime.now(UTC)
    assert not backup.due(workspace)
    record(workspace, "un")
    assert backup.due(workspace)
    backup.back_up(workspace)
    later = now + timedelta(minutes=31)
    assert not backup.due(workspace, now=later)
    record(workspace, "deux")
    assert not backup.due(workspace, now=now + timedelta(minutes=20))
    assert backup.due(workspace, now=later)


def test_old_backups_are_thinned_out_and_the_newest_always_stays(workspace: Workspace, folder: Path) -> None:
    record(workspace, "un")
    made = [backup.back_up(workspace) for _ in range(3)]
    backup_rotation.rotate(folder, now=datetime.now(UTC) + timedelta(days=900))
    assert backup.backups(folder) == (made[-1],)
    assert keys.unlock(made[-1].folder, passphrase="sept mots pour ouvrir un dossier fictif").data_key


@given(st.lists(st.integers(0, 400 * 24 * 60), max_size=60))
def test_what_is_kept_covers_days_weeks_and_months(ages: list[int]) -> None:
    times = [NOON - timedelta(minutes=age) for age in ages]
    kept = backup_rotation.kept_times(times, NOON)
    assert kept <= set(times)
    assert {time for time in times if NOON - time < backup_rotation.KEEP_ALL} <= kept
    assert (max(times) in kept) if times else not kept
    assert len(kept - {t for t in times if NOON - t < backup_rotation.KEEP_ALL}) <= 12 + 10 + 9
    assert backup_rotation.kept_times(kept, NOON) == kept


def test_a_year_of_daily_backups_becomes_some_thirty() -> None:
    times = [NOON - timedelta(days=days) for days in range(365)]
    kept = backup_rotation.kept_times(times, NOON)
    assert {NOON - timedelta(days=days) for days in range(12)} <= kept
    assert 20 < len(kept) <= 31
    assert NOON - min(kept) > timedelta(days=200)


def _files(folder: Path) -> dict[str, bytes]:
    names = (layout.DATABASE, layout.KEY, layout.KEY_TWIN)
    return {name: (folder / name).read_bytes() for name in names}


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _shelved(folder: Path, at: datetime) -> Path:
    place = folder / layout.BACKUPS / at.strftime(installation.STAMP)
    place.mkdir(parents=True)
    note = {"at": at.isoformat(), "reason": backup.REGULAR, "size": 1}
    (place / layout.BACKUP_NOTE).write_text(json.dumps(note), encoding="utf-8")
    return place


def _put_aside(folder: Path, at: datetime) -> Path:
    place = folder / layout.BACKUPS / f"{at.strftime(installation.STAMP)}{installation.REPLACED}"
    place.mkdir(parents=True)
    (place / layout.DATABASE).touch()
    return place
