"""Gestures recorded, undone, erased and merged in an open workspace."""

from contextlib import suppress
from dataclasses import replace

import pytest
from support.clear_pages import clear_pages
from support.databases import in_memory

from ivaudit.domain.errors import BugError, CorruptFile, NewerFile, NotAllowedNow, NotFound
from ivaudit.domain.journal import Op, op_id
from ivaudit.store import audits, layout, schema
from ivaudit.store.encryption import engine
from ivaudit.store.journal import Edit, Journal, Recorded
from ivaudit.store.workspace import Workspace

ANSWER = "answer:a1/structure/c1"


def say(workspace: Workspace, value: object, field: str = "value") -> Recorded:
    edit = Edit(ANSWER, field, value)
    return workspace.journal.record("audit:a1", [edit], author="Référente")


def test_a_gesture_is_recorded_with_its_caches(workspace: Workspace) -> None:
    edits = [
        Edit(ANSWER, "value", "oui"),
        Edit(ANSWER, "constat", "écran visible"),
        Edit(ANSWER, "review", True),
    ]
    recorded = workspace.journal.record("audit:a1", edits, author="Référente")
    assert recorded.touched == ((ANSWER, "value"), (ANSWER, "constat"), (ANSWER, "review"))
    assert recorded.at.endswith("Z")
    answer = audits.answer(workspace.db, "a1", "structure", "c1")
    assert answer is not None
    assert (answer.value, answer.constat, answer.review) == ("oui", "écran visible", True)
    assert (answer.author, answer.at, answer.conflict) == ("Référente", recorded.at, False)
    assert workspace.journal.value(ANSWER, "value") == "oui"
    assert workspace.journal.value(ANSWER, "note") is None
    assert workspace.journal.state_matches()


def test_two_edits_of_one_field_in_one_gesture_are_the_last(workspace: Workspace) -> None:
    workspace.journal.record("audit:a1", [Edit(ANSWER, "value", v) for v in ("oui", "non")], author="a")
    assert workspace.journal.value(ANSWER, "value") == "non"
    assert len(workspace.journal.heads(ANSWER, "value")) == 1


def test_a_gesture_without_an_edit_is_our_bug(workspace: Workspace) -> None:
    with pytest.raises(BugError):
        workspace.journal.record("audit:a1", [], author="a")


def test_a_gesture_joins_the_transaction_around_it(workspace: Workspace) -> None:
    with suppress(KeyError), workspace.db.atomic():
        say(workspace, "oui")
        raise KeyError
    assert workspace.journal.value(ANSWER, "value") is None
    assert workspace.journal.ops_of() == ()
    assert workspace.journal.state_matches()


def test_any_text_survives(workspace: Workspace) -> None:
    for text in (
        "<b>&</b>",
        "=1+1",
        "'; DROP TABLE op; --",
        "a\x00b",
        "\U0001f9d1‍⚕️",
        "ligne\r\nligne",
        "é" * 20_000,
    ):
        say(workspace, text, "constat")
        assert workspace.journal.value(ANSWER, "constat") == text
        answer = audits.answer(workspace.db, "a1", "structure", "c1")
        assert answer is not None
        assert answer.constat == text


def test_half_a_character_is_replaced_not_lost(workspace: Workspace) -> None:
    workspace.journal.record("audit:a1", [Edit(ANSWER, "constat", "avant \ud83d après")], author="\udc00")
    assert workspace.journal.value(ANSWER, "constat") == "avant \ufffd après"
    assert workspace.journal.verify().problems == ()


def test_history_tells_each_value_once(workspace: Workspace) -> None:
    first, second = say(workspace, "oui"), say(workspace, "non")
    workspace.journal.undo(second.op, author="Adjoint")
    history = workspace.journal.history(ANSWER, "value")
    assert [(v.value, v.kind, v.author, v.current) for v in history] == [
        ("oui", "modifier", "Référente", False),
        ("non", "modifier", "Référente", False),
        ("oui", "annuler", "Adjoint", True),
    ]
    assert (history[0].op, history[0].index, history[0].at) == (first.op, 0, first.at)


def test_undo_gives_back_and_redo_gives_again(workspace: Workspace) -> None:
    ops = [say(workspace, value).op for value in ("oui", "non")]
    back = workspace.journal.undo(ops[1], author="a")
    assert workspace.journal.value(ANSWER, "value") == "oui"
    first = workspace.journal.undo(ops[0], author="a")
    assert workspace.journal.value(ANSWER, "value") is None
    workspace.journal.undo(first.op, author="a")
    workspace.journal.undo(back.op, author="a")
    assert workspace.journal.value(ANSWER, "value") == "non"


def test_undo_is_refused_once_something_newer_stands_there(workspace: Workspace) -> None:
    former = say(workspace, "oui")
    say(workspace, "non")
    with pytest.raises(NotAllowedNow, match="plus récente"):
        workspace.journal.undo(former.op, author="a")
    assert workspace.journal.value(ANSWER, "value") == "non"


def test_undo_is_whole_or_not_at_all(workspace: Workspace) -> None:
    both = workspace.journal.record(
        "audit:a1", [Edit(ANSWER, "value", "oui"), Edit(ANSWER, "note", "n")], author="a"
    )
    say(workspace, "autre", "note")
    with pytest.raises(NotAllowedNow):
        workspace.journal.undo(both.op, author="a")
    assert workspace.journal.value(ANSWER, "value") == "oui"


def test_undo_does_not_bring_back_what_was_erased(workspace: Workspace) -> None:
    first, second = say(workspace, "oui"), say(workspace, "non")
    erased = workspace.journal.erase(first.op, 0, author="a", reason="motif")
    for op, why in ((second.op, "effacée"), (erased.op, "ne s'annule pas")):
        with pytest.raises(NotAllowedNow, match=why):
            workspace.journal.undo(op, author="a")
    with pytest.raises(NotFound):
        workspace.journal.undo(bytes(32), author="a")


def test_a_conflict_shows_the_latest_and_is_settled_by_an_edit(workspace: Workspace) -> None:
    first = say(workspace, "oui")
    shared = workspace.journal.ops_of()
    mine = say(workspace, "non")
    theirs = _forked(shared, "partiel")
    report = workspace.journal.merge([*shared, theirs])
    assert (report.added, report.known, report.conflicts) == (1, 1, ((ANSWER, "value"),))
    assert {head.op for head in workspace.journal.heads(ANSWER, "value")} == {mine.op, theirs.id}
    assert workspace.journal.value(ANSWER, "value") == "partiel"
    answer = audits.answer(workspace.db, "a1", "structure", "c1")
    assert answer is not None
    assert answer.conflict
    settled = say(workspace, "oui")
    assert len(workspace.journal.heads(ANSWER, "value")) == 1
    with pytest.raises(NotAllowedNow, match="départagé"):
        workspace.journal.undo(settled.op, author="a")
    assert first.op != settled.op


def test_what_is_erased_is_gone_from_the_files_and_the_journal_verifies(workspace: Workspace) -> None:
    """The pages are read one by one: clearing the cells leaves copies behind, rewriting them does not."""
    canary = "CANARI-184027530004288"
    ops = []
    for rank in range(120):
        entity = f"answer:a1/structure/c{rank % 25}"
        text = f"{canary} {'x' * (rank * 37 % 900)}"
        ops.append(workspace.journal.record("audit:a1", [Edit(entity, "constat", text)], author="a").op)
    workspace.drafts.put("answer:a1/structure/c1", "constat", "audit:a1", f"{canary} encore")
    database = workspace.folder / layout.DATABASE
    assert canary.encode() in clear_pages(database, workspace.data_key)
    with workspace.db.atomic():
        for op in ops:
            workspace.journal.erase(op, 0, author="a", reason="matricule")
    assert canary.encode() in clear_pages(database, workspace.data_key)
    workspace.rest()
    assert canary.encode() not in clear_pages(database, workspace.data_key)
    verification = workspace.journal.verify()
    assert (verification.erased, verification.problems) == (120, ())
    assert workspace.journal.state_matches()
    assert workspace.drafts.all() == ()
    assert workspace.journal.value("answer:a1/structure/c1", "constat") is None
    assert workspace.journal.history("answer:a1/structure/c1", "constat")[0].erased


def test_one_erasure_reaches_every_copy_of_the_value_in_its_field(workspace: Workspace) -> None:
    typed, again = say(workspace, "secret", "constat"), say(workspace, "autre", "constat")
    workspace.journal.undo(again.op, author="a")
    say(workspace, "rien", "constat")
    say(workspace, "secret", "constat")
    workspace.journal.erase(typed.op, 0, author="a", reason="motif")
    values = [version.value for version in workspace.journal.history(ANSWER, "constat")]
    assert values == [None, "autre", None, "rien", None]
    assert b"secret" not in clear_pages(workspace.folder / layout.DATABASE, workspace.data_key)
    assert workspace.journal.verify().problems == ()


def test_an_erasure_of_nothing_is_refused(workspace: Workspace) -> None:
    recorded = say(workspace, "oui")
    for op, index in ((recorded.op, 1), (bytes(32), 0)):
        with pytest.raises(NotFound):
            workspace.journal.erase(op, index, author="a", reason="motif")
    assert workspace.journal.value(ANSWER, "value") == "oui"


def test_nobody_rewrites_the_journal_even_with_the_key(workspace: Workspace) -> None:
    say(workspace, "oui")
    forbidden = (
        "UPDATE op SET author = 'x'",
        "DELETE FROM op",
        "DELETE FROM change",
        "UPDATE change SET body = 'x'",
        "UPDATE change SET body = NULL",
        "UPDATE change SET body = NULL, salt = NULL, field = 'x'",
    )
    for statement in forbidden:
        with pytest.raises(engine.IntegrityError, match=r"immutable|erasure"):
            workspace.db.conn.execute(statement)
    assert workspace.journal.verify().problems == ()


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE op SET author = 'x'", "empreinte"),
        ("UPDATE op SET at = '2020-01-01T00:00:00Z' WHERE n = 2", "empreinte"),
        ("UPDATE change SET body = '[1,\"x\"]'", "valeur ne correspond pas"),
        ("UPDATE change SET body = NULL, salt = NULL", "sans avoir été effacée"),
        ("UPDATE change SET salt = NULL", "incomplète"),
        ("DELETE FROM op WHERE n = 1", "antérieure"),
    ],
)
def test_verification_sees_what_a_tamperer_without_guards_would_do(
    workspace: Workspace, statement: str, found: str
) -> None:
    say(workspace, "oui")
    say(workspace, "non")
    workspace.db.execute("PRAGMA foreign_keys = OFF")
    for name in schema.TRIGGERS:
        workspace.db.execute(f"DROP TRIGGER {name}")
    workspace.db.execute(statement)
    assert any(found in problem for problem in workspace.journal.verify().problems)


def test_the_caches_are_rebuilt_and_compared(workspace: Workspace) -> None:
    say(workspace, "oui")
    for statement in ("DELETE FROM answer", "UPDATE head SET body = '[1,\"x\"]'", "DELETE FROM tip"):
        workspace.db.execute(statement)
        assert not workspace.journal.state_matches()
        workspace.journal.rebuild()
        assert workspace.journal.state_matches()
    assert workspace.journal.value(ANSWER, "value") == "oui"


def test_nothing_of_a_doubtful_merge_is_added(workspace: Workspace) -> None:
    say(workspace, "oui")
    shared = workspace.journal.ops_of()
    welcome, sound = _forked(shared, "partiel"), _forked(shared, "non")
    value = sound.changes[0]
    doubtful = [
        replace(sound, author="autre"),
        replace(sound, changes=(replace(value, body='[1,"faux"]'),)),
        _named(replace(sound, prev=(bytes(32),))),
        _named(replace(sound, scope="audit:b")),
        _named(replace(sound, changes=(replace(value, field="note"),))),
        _named(replace(sound, changes=(replace(value, base=(bytes(36),)),))),
        _named(replace(sound, kind="effacer", about=b"x")),
        replace(sound, id=b"court"),
    ]
    for op in doubtful:
        with pytest.raises(CorruptFile, match="Rien n'a été ajouté"):
            workspace.journal.merge([*shared, welcome, op])
        assert workspace.journal.ops_of() == shared
    with pytest.raises(NewerFile):
        workspace.journal.merge([_named(replace(sound, version=2))])
    assert workspace.journal.state_matches()


def _forked(shared: tuple[Op, ...], value: str) -> Op:
    """Return an op that another copy of the workspace made after the shared ones."""
    db = in_memory()
    try:
        other = Journal(db, "autre", lambda: "2099-01-01T00:00:00.000000Z")
        other.merge(shared)
        other.record("audit:a1", [Edit(ANSWER, "value", value)], author="Collègue")
        return other.ops_of()[-1]
    finally:
        db.close()


def _named(op: Op) -> Op:
    return replace(op, id=op_id(op))
