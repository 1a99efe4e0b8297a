"""Checks beside the work, what they find, what is put right, and what is proposed when nothing can be."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ivaudit.domain.errors import Cancelled, CorruptFile
from ivaudit.domain.progress import Progress
from ivaudit.store import backup, check, layout, repair, schema, start_check
from ivaudit.store.check import Finding, Part
from ivaudit.store.evidence import Body
from ivaudit.store.journal import Edit
from ivaudit.store.workspace import Workspace

ANSWER = "answer:a1/structure/c1"


def record(workspace: Workspace, text: str) -> None:
    workspace.journal.record("audit:a1", [Edit(ANSWER, "constat", text)], author="Référente")


def damage(workspace: Workspace) -> None:
    """Change a value behind the journal's back, as somebody with the key could."""
    workspace.db.execute("DROP TRIGGER change_fixed")
    workspace.db.execute("""UPDATE change SET body = '[1,"autre"]' WHERE field = 'constat'""")
    schema.set_triggers(workspace.db)


def stop_after(most: int) -> Progress:
    left = iter(range(most))

    def progress(_done: int, _total: int, _label: str) -> None:
        if next(left, None) is None:
            raise Cancelled

    return progress


def test_a_check_beside_finds_what_the_other_does_while_answers_go_on(workspace: Workspace) -> None:
    record(workspace, "oui")
    seen: list[str] = []

    def meanwhile(_done: int, _total: int, label: str) -> None:
        seen.append(label)
        if len(seen) < 20:
            record(workspace, f"pendant {len(seen)}")

    report = check.check_beside(workspace, meanwhile)
    assert report.whole
    assert report.journal.ops == 1
    assert {part.value for part in Part} - {Part.EVIDENCE.value} <= set(seen)
    assert check.check_beside(workspace).journal.ops == len(workspace.journal.ops_of()) > 5
    workspace.db.execute("UPDATE answer SET constat = 'autre chose'")
    assert [finding.part for finding in check.check_beside(workspace).findings] == [Part.STATE]


def test_progress_grows_and_a_check_is_stopped_at_any_of_its_steps(workspace: Workspace) -> None:
    record(workspace, "oui")
    workspace.evidence.put([Body(body=b"image", media="image/jpeg")])
    told: list[float] = []
    assert check.full_check(workspace, lambda done, total, _label: told.append(done / total)).whole
    assert told == sorted(told)
    assert told[-1] == 1
    for most in range(len(told)):
        with pytest.raises(Cancelled):
            check.full_check(workspace, stop_after(most))
    record(workspace, "la connexion sert encore")


def test_guards_caches_and_indexes_are_put_right_after_a_backup(workspace: Workspace, folder: Path) -> None:
    record(workspace, "oui")
    workspace.db.execute("DROP TRIGGER op_kept")
    workspace.db.execute("UPDATE answer SET constat = 'autre chose'")
    workspace.db.execute("DROP TABLE form_value")
    report = check.full_check(workspace)
    assert {finding.part for finding in report.findings} == {Part.GUARDS, Part.STATE}
    assert report.lasting == ()
    repaired = repair.repair(workspace, report)
    assert repaired.report.whole
    assert len(repaired.done) == 2
    assert [info.reason for info in backup.backups(folder)] == [repair.BEFORE]


def test_an_index_that_lost_a_row_is_made_again_from_its_table(workspace: Workspace) -> None:
    record(workspace, "oui")
    db = workspace.db
    row = db.execute("SELECT * FROM sqlite_master WHERE name = 'change_by_field'").fetchone()
    db.execute("PRAGMA writable_schema = ON")
    db.execute("DELETE FROM sqlite_master WHERE name = 'change_by_field'")
    db.execute("PRAGMA writable_schema = RESET")
    workspace.journal.record("audit:a1", [Edit("answer:a1/structure/c2", "value", "non")], author="Référente")
    db.execute("PRAGMA writable_schema = ON")
    db.execute("INSERT INTO sqlite_master VALUES(?, ?, ?, ?, ?)", row)
    db.execute("PRAGMA writable_schema = RESET")
    report = check.full_check(workspace)
    assert [finding.part for finding in report.findings] == [Part.ROWS]
    assert repair.repair(workspace, report).report.whole


def test_what_moved_during_a_check_is_not_said_to_be_damaged(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(workspace, "oui")
    found = [Finding(part=Part.PAGES, sentence="Une page du fichier des données a été altérée.")]
    monkeypatch.setattr(check, "_pages", lambda _db: [found.pop()] if found else [])
    assert check.check_beside(workspace).whole
    monkeypatch.setattr(check, "_pages", lambda _db: [Finding(part=Part.PAGES, sentence="altérée")])
    assert not check.check_beside(workspace).whole


def test_a_damaged_journal_is_never_made_to_look_whole(workspace: Workspace) -> None:
    record(workspace, "vrai")
    damage(workspace)
    report = check.full_check(workspace)
    assert not report.mendable
    (found,) = report.damages
    assert (found.scope, found.fields, found.author) == ("audit:a1", ((ANSWER, "constat"),), "Référente")
    repaired = repair.repair(workspace, report)
    assert repaired.done == ()
    assert repaired.report.problems == report.problems


def test_the_best_copy_is_the_newest_whose_journal_is_whole(workspace: Workspace) -> None:
    record(workspace, "vrai")
    backup.back_up(workspace)
    sound = backup.back_up(workspace)
    damage(workspace)
    backup.back_up(workspace)
    assert repair.best_copy(workspace) == sound


def test_evidence_is_taken_back_from_a_backup(workspace: Workspace) -> None:
    (digest,) = workspace.evidence.put([Body(body=b"image", media="image/jpeg", thumbnail=b"petite")])
    edits = [Edit("evidence:a1/e1", "exists", True), Edit("evidence:a1/e1", "digest", digest)]
    workspace.journal.record("audit:a1", edits, author="Référente")
    workspace.evidence.settle([digest])
    backup.back_up(workspace)
    workspace.evidence.db.execute("UPDATE picture SET body = x'00'")
    workspace.evidence.db.execute("DELETE FROM thumbnail")
    report = check.full_check(workspace)
    assert [finding.part for finding in report.findings] == [Part.EVIDENCE]
    repaired = repair.repair(workspace, report)
    assert repaired.report.whole
    assert workspace.evidence.get(digest).body == b"image"
    assert workspace.evidence.thumbnails([digest]) == {digest: b"petite"}


def test_opening_sets_guards_anew_and_says_so(
    make: Callable[[], Workspace], reopen: Callable[[], Workspace]
) -> None:
    first = make()
    record(first, "oui")
    first.db.execute("DROP TRIGGER op_fixed")
    first.db.execute("DROP TABLE form_value")
    first.close()
    second = reopen()
    assert second.mended == (start_check.GUARDS, start_check.STATE)
    assert check.full_check(second).whole
    second.close()
    third = reopen()
    assert third.mended == ()
    third.close()


def test_after_a_sudden_stop_a_flipped_bit_anywhere_is_noticed(
    make: Callable[[], Workspace], reopen: Callable[[], Workspace], folder: Path
) -> None:
    opened = make()
    record(opened, "x" * 3000)
    opened.rest()
    stopped = (folder / layout.DATABASE).read_bytes()
    opened.close()
    for place in range(20, len(stopped), len(stopped) // 20):
        flipped = bytearray(stopped)
        flipped[place] ^= 8
        (folder / layout.DATABASE).write_bytes(flipped)
        with pytest.raises(CorruptFile):
            reopen()
