"""The full check: silent on what is whole, precise on what is not."""

from ivaudit.store import check, schema
from ivaudit.store.journal import Edit
from ivaudit.store.workspace import Workspace


def record(workspace: Workspace) -> None:
    edit = Edit("answer:a1/structure/c1", "value", "oui")
    workspace.journal.record("audit:a1", [edit], author="Référente")


def test_a_whole_workspace_has_no_problem_and_its_figures(workspace: Workspace) -> None:
    record(workspace)
    report = check.full_check(workspace)
    assert report.whole
    assert (report.problems, report.journal.ops, report.journal.changes) == ((), 1, 1)


def test_a_guard_that_is_missing_or_rewritten_is_named(workspace: Workspace) -> None:
    assert schema.missing_triggers(workspace.db) == ()
    workspace.db.execute("DROP TRIGGER op_kept")
    workspace.db.execute("DROP TRIGGER op_fixed")
    workspace.db.execute("CREATE TRIGGER op_fixed BEFORE UPDATE ON op BEGIN SELECT 1; END")
    assert set(schema.missing_triggers(workspace.db)) == {"op_fixed", "op_kept"}
    assert [problem for problem in check.full_check(workspace).problems if "op_kept" in problem]


def test_sqlite_utils_transform_drops_the_guards_and_the_check_sees_it(workspace: Workspace) -> None:
    """The reason why they are set again after each migration."""
    record(workspace)
    workspace.db.execute("PRAGMA foreign_keys = OFF")
    workspace.db.table("op").transform(column_order=["id"])
    assert {"op_fixed", "op_kept"} <= set(schema.missing_triggers(workspace.db))
    schema.set_triggers(workspace.db)
    assert schema.missing_triggers(workspace.db) == ()


def test_a_cache_that_lies_is_named(workspace: Workspace) -> None:
    record(workspace)
    workspace.db.execute("UPDATE answer SET value = 'non'")
    report = check.full_check(workspace)
    assert not report.whole
    assert report.problems == ("La table « answer » ne dit pas la même chose que le journal.",)


def test_a_row_of_the_journal_attached_to_nothing_is_seen(workspace: Workspace) -> None:
    record(workspace)
    workspace.db.execute("PRAGMA foreign_keys = OFF")
    workspace.db.execute("DROP TRIGGER op_kept")
    workspace.db.execute("DELETE FROM op")
    schema.set_triggers(workspace.db)
    problems = check.full_check(workspace).problems
    assert "Une ligne du journal n'est rattachée à rien." in problems
