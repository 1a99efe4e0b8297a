"""Answers that wait to be confirmed, and audits started from another, in the journal and the caches."""

from collections.abc import Callable

from support.databases import in_memory, with_caches_1

from ivaudit.domain.audit import Carried
from ivaudit.store import audits, migrations
from ivaudit.store.journal import Edit, Journal
from ivaudit.store.workspace import Workspace

ENTITY = "answer:a1/structure/c1"
FROM = {"audit": "a0", "sha": "ab" * 32, "criterion": "c0", "at": "2026-03-12T08:00:00.000000Z"}


def fill(journal: Journal) -> None:
    edits = [Edit("audit:a1", "exists", True), Edit("audit:a1", "source", "a0"), Edit(ENTITY, "value", "oui")]
    journal.record("audit:a1", [*edits, Edit(ENTITY, "carried", dict(FROM))], author="Référente")


def test_an_answer_says_where_it_was_taken_over_from_until_it_is_confirmed(workspace: Workspace) -> None:
    fill(workspace.journal)
    found = audits.answer(workspace.db, "a1", "structure", "c1")
    assert found is not None
    assert found.carried == Carried(**FROM)
    taken = audits.audit(workspace.db, "a1")
    assert taken is not None
    assert taken.source == "a0"
    done = workspace.journal.record("audit:a1", [Edit(ENTITY, "carried", None)], author="Référente")
    confirmed = audits.answer(workspace.db, "a1", "structure", "c1")
    assert confirmed is not None
    assert (confirmed.value, confirmed.carried) == ("oui", None)
    workspace.journal.undo(done.op, author="Référente")
    assert audits.answer(workspace.db, "a1", "structure", "c1").carried == Carried(**FROM)  # type: ignore[union-attr]
    assert workspace.journal.state_matches()


def test_what_a_later_program_wrote_there_does_not_break_the_reading(workspace: Workspace) -> None:
    fill(workspace.journal)
    edits = [Edit(ENTITY, "carried", {"audit": "a0", "more": 1})]
    workspace.journal.record("audit:a1", edits, author="Référente")
    found = audits.answer(workspace.db, "a1", "structure", "c1")
    assert found is not None
    assert found.carried == Carried(audit="a0", sha="", criterion="", at="")


def test_a_workspace_of_before_is_folded_again_when_opened(
    make: Callable[[], Workspace], reopen: Callable[[], Workspace]
) -> None:
    first = make()
    fill(first.journal)
    with_caches_1(first.db)
    assert "carried" not in {column.name for column in first.db["answer"].columns}
    first.close()
    later = reopen()
    found = audits.answer(later.db, "a1", "structure", "c1")
    assert found is not None
    assert found.carried == Carried(**FROM)
    assert later.journal.state_matches()
    later.close()


def test_the_caches_are_renewed_without_touching_the_journal() -> None:
    db = in_memory()
    journal = Journal(db, "essai")
    fill(journal)
    ops = journal.ops_of()
    with_caches_1(db)
    migrations.apply(db)
    assert journal.ops_of() == ops
    assert journal.state_matches()
