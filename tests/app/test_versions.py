"""Moving an audit to a newer version of its grid: one gesture, nothing lost, confirmed by hand."""

from dataclasses import replace

import pytest
from support.bench import Bench
from support.versions import reworded, with_new_version

from ivaudit.app import answers, audits, trail, versions
from ivaudit.app.session import Session
from ivaudit.domain.audit import Carried
from ivaudit.domain.carrying import Fate
from ivaudit.domain.checklist import Checklist, NaPolicy
from ivaudit.domain.errors import InvalidValue, NotAllowedNow, NotFound
from ivaudit.domain.standing import State, standings

GRID = "rniv-1-principes-communs"
SAME, TOLD_ANEW, OLD_NAME, NEW_NAME, GONE = (
    "rec-ant-01",
    "rec-ant-02",
    "rec-ant-03",
    "rec-ant-30",
    "rec-ant-04",
)


@pytest.fixture
def newer(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Checklist:
    """Answer the grid, then let the library have a newer version of it."""
    for criterion, value in ((SAME, "oui"), (TOLD_ANEW, "non"), (OLD_NAME, "partiel"), (GONE, "non")):
        answers.answer(bench.session, bench.audit, criterion, value)
        answers.write(bench.session, bench.audit, criterion, "constat", f"Constat de {criterion}.")
    answers.write(bench.session, bench.audit, OLD_NAME, "note", "Note de l'équipe.")
    new = reworded(
        bench.session.library.checklist(GRID),
        told_anew=(TOLD_ANEW,),
        renamed={OLD_NAME: NEW_NAME},
        withdrawn=(GONE,),
        added=("rec-ant-99",),
    )
    with_new_version(monkeypatch, bench.session, new)
    return new


def test_an_audit_on_today_s_version_has_nothing_to_move_to(bench: Bench) -> None:
    assert versions.steps(bench.session, bench.audit) == ()
    with pytest.raises(NotAllowedNow):
        versions.move(bench.session, bench.audit, GRID)


def test_a_newer_version_is_offered_and_previewed_without_touching_anything(
    bench: Bench, newer: Checklist
) -> None:
    before = audits.sheet(bench.session, bench.audit)
    (step,) = versions.steps(bench.session, bench.audit)
    assert (step.old.version, step.new) == (before.checklists[0].version, newer)
    assert [match.point.criterion.id for match in step.of(Fate.REWORDED)] == [TOLD_ANEW, NEW_NAME]
    assert [match.point.criterion.id for match in step.of(Fate.NEW)] == ["rec-ant-99"]
    assert [match.point.criterion.id for match in step.of(Fate.WITHDRAWN)] == [GONE]
    assert step.waiting == frozenset()
    assert not step.moved
    assert audits.sheet(bench.session, bench.audit) == before


def test_moving_keeps_marks_and_takes_over(bench: Bench, newer: Checklist) -> None:
    session, audit = bench.session, bench.audit
    before = audits.sheet(session, audit)
    sha = before.audit.checklists[0][2]
    changes = versions.move(session, audit, GRID)
    after = audits.sheet(session, audit)
    assert after.checklists == (newer,)
    assert changes.done == f"passage à la version {newer.version}"
    assert after.answer(SAME) == before.answer(SAME)
    told = after.answer(TOLD_ANEW)
    at = before.answer(TOLD_ANEW).at
    assert told.carried == Carried(audit=audit, sha=sha, criterion=TOLD_ANEW, at=at)
    assert (told.value, told.constat) == ("non", f"Constat de {TOLD_ANEW}.")
    renamed = after.answer(NEW_NAME)
    assert (renamed.value, renamed.constat, renamed.note) == (
        "partiel",
        f"Constat de {OLD_NAME}.",
        "Note de l'équipe.",
    )
    assert renamed.carried is not None
    assert renamed.carried.criterion == OLD_NAME
    assert after.answer(GONE) == before.answer(GONE)
    assert versions.waiting(session, audit) == (TOLD_ANEW, NEW_NAME)
    states = {each.criterion.id: each.state for each in standings(after, newer)}
    assert (states[SAME], states[TOLD_ANEW], states[NEW_NAME]) == (State.RATED, State.CARRIED, State.CARRIED)
    assert states["rec-ant-99"] is State.UNANSWERED
    assert all(step.moved for step in versions.steps(session, audit))


def test_moving_is_undone_and_redone_whole(bench: Bench, newer: Checklist) -> None:
    session, audit = bench.session, bench.audit
    before = audits.sheet(session, audit)
    versions.move(session, audit, GRID)
    moved = audits.sheet(session, audit)
    changes = answers.undo(session, audit)
    assert changes.audits == {audit}
    assert audits.sheet(session, audit).checklists == before.checklists
    back = audits.sheet(session, audit).answers
    assert {key: (a.value, a.constat, a.carried) for key, a in back.items() if not a.empty} == {
        key: (a.value, a.constat, a.carried) for key, a in before.answers.items()
    }
    answers.redo(session, audit)
    again = audits.sheet(session, audit)
    assert again.checklists == (newer,)
    assert {key: a.carried for key, a in again.answers.items()} == {
        key: a.carried for key, a in moved.answers.items()
    }
    assert session.workspace.journal.state_matches()


@pytest.mark.usefixtures("newer")
def test_another_process_undoes_what_was_moved_and_confirmed(bench: Bench) -> None:
    versions.move(bench.session, bench.audit, GRID)
    versions.confirm(bench.session, bench.audit, [TOLD_ANEW])
    session = bench.session
    later = Session(workspace=session.workspace, library=session.library, author=session.author)
    trail.recall(later, bench.audit)
    assert later.stack(bench.audit).undo_label.endswith("reconfirmé")
    answers.undo(later, bench.audit)
    assert later.stack(bench.audit).undo_label == "nouvelle version de la grille"
    answers.undo(later, bench.audit)
    assert [step.moved for step in versions.steps(later, bench.audit)] == [False]


def test_confirming_counts_the_answer_again(bench: Bench, newer: Checklist) -> None:
    session, audit = bench.session, bench.audit
    versions.move(session, audit, GRID)
    changes = versions.confirm(session, audit, [TOLD_ANEW])
    assert changes.done.endswith(" reconfirmé")
    assert answers.current(session, audit, TOLD_ANEW).carried is None
    assert versions.waiting(session, audit) == (NEW_NAME,)
    answers.undo(session, audit)
    assert versions.waiting(session, audit) == (TOLD_ANEW, NEW_NAME)
    everything = [point.criterion.id for point in newer.points()]
    assert versions.confirm(session, audit, everything).done == "2 réponses reconfirmées"
    assert versions.waiting(session, audit) == ()
    assert versions.steps(session, audit) == ()
    assert versions.confirm(session, audit, everything).at == ""


@pytest.mark.parametrize("value", ["non", "oui", None])
@pytest.mark.usefixtures("newer")
def test_any_new_answer_settles_it(bench: Bench, value: str | None) -> None:
    versions.move(bench.session, bench.audit, GRID)
    answers.answer(bench.session, bench.audit, TOLD_ANEW, value)
    found = answers.current(bench.session, bench.audit, TOLD_ANEW)
    assert (found.value, found.carried) == (value, None)
    answers.undo(bench.session, bench.audit)
    assert answers.current(bench.session, bench.audit, TOLD_ANEW).carried is not None


def test_what_was_moved_is_found_again_until_all_is_confirmed(bench: Bench, newer: Checklist) -> None:
    (offered,) = versions.steps(bench.session, bench.audit)
    versions.move(bench.session, bench.audit, GRID)
    (step,) = versions.steps(bench.session, bench.audit)
    assert (step.moved, step.new) == (True, newer)
    assert step.waiting == {TOLD_ANEW, NEW_NAME}
    assert step.old == offered.old
    assert [match.fate for match in step.matches if match.point.criterion.id == TOLD_ANEW] == [Fate.REWORDED]


def test_a_value_the_new_version_refuses_has_to_be_answered_anew(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, audit = bench.session, bench.audit
    free = next(
        point.criterion
        for point in session.library.checklist(GRID).points()
        if point.criterion.na is not NaPolicy.FORBIDDEN and point.criterion.applicability is None
    )
    answers.answer(session, audit, free.id, "sans_objet", na_reason="activite-absente")
    answers.answer(session, audit, SAME, "oui")
    told = reworded(session.library.checklist(GRID), told_anew=(free.id, SAME))
    forbidden = reworded(told, change={free.id: lambda each: replace(each, na=NaPolicy.FORBIDDEN)})
    with_new_version(monkeypatch, session, forbidden)
    versions.move(session, audit, GRID)
    with pytest.raises(InvalidValue, match="sans objet"):
        versions.confirm(session, audit, [free.id])
    versions.confirm(session, audit, [free.id, SAME])
    assert versions.waiting(session, audit) == (free.id,)


def test_an_older_version_in_the_library_is_not_offered(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    grid = bench.session.library.checklist(GRID)
    with_new_version(monkeypatch, bench.session, replace(grid, version="0.9.0", summary="Autre."))
    assert versions.steps(bench.session, bench.audit) == ()


def test_what_does_not_exist_is_refused(bench: Bench) -> None:
    with pytest.raises(NotFound):
        versions.move(bench.session, bench.audit, "inconnue")
    with pytest.raises(NotFound):
        versions.confirm(bench.session, bench.audit, ["inconnu"])
    with pytest.raises(NotFound):
        versions.steps(bench.session, "000000000000")
