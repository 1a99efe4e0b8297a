"""An audit that starts from an earlier one: the same grids, or the points left to follow."""

from dataclasses import replace

import pytest
from support.bench import Bench
from support.versions import reworded, with_new_version

from ivaudit.app import answers, audits, facilities, follow_up, names, references, reports, trail, versions
from ivaudit.app.follow_up import Take
from ivaudit.domain.audit import AuditState, Carried
from ivaudit.domain.checklist import Kind
from ivaudit.domain.errors import InvalidValue, NotAllowedNow, NotFound
from ivaudit.domain.scoring import result
from ivaudit.domain.standing import State, standings

GRID = "rniv-1-principes-communs"
UNMET, MET, UNSEEN, CRITICAL = "rec-ant-02", "rec-ant-03", "rec-ant-05", "rec-ant-01"
DATE = "2027-05-21"


@pytest.fixture
def source(bench: Bench) -> Bench:
    """An audit with something to follow."""
    for criterion, value in ((UNMET, "non"), (MET, "oui"), (UNSEEN, "non_vu"), (CRITICAL, "a_verifier")):
        answers.answer(bench.session, bench.audit, criterion, value)
    answers.write(bench.session, bench.audit, UNMET, "constat", "Recherche par le nom.")
    answers.write(bench.session, bench.audit, UNMET, "note", "Pas devant l'agent.")
    return bench


def test_a_follow_up_asks_what_was_left_and_gives_no_level(source: Bench) -> None:
    session = source.session
    before = audits.sheet(session, source.audit)
    changes, key = follow_up.create_follow_up(session, source.audit, DATE)
    sheet = audits.sheet(session, key)
    assert changes.audits == {key}
    assert (sheet.audit.kind, sheet.audit.date, sheet.audit.source) == ("suivi", DATE, source.audit)
    assert (sheet.audit.facility, sheet.audit.state) == (source.facility, AuditState.PREPARING)
    assert sheet.audit.title == "Suivi ciblé de l'audit du 21/11/2026"
    (grid,) = sheet.checklists
    assert (grid.id, grid.kind, grid.levels) == ("suivi-cible", Kind.VISIT, None)
    asked = {point.criterion.id for point in grid.points()}
    critical = {point.criterion.id for point in before.checklists[0].points() if point.criterion.critical}
    concerned = {
        each.criterion.id
        for each in standings(before, before.checklists[0])
        if each.state is not State.NOT_CONCERNED
    }
    assert asked == {UNMET} | (critical & concerned)
    assert audits.sheet(session, source.audit) == before


def test_earlier_answers_wait_and_what_was_said_stands_beside(source: Bench) -> None:
    session = source.session
    given = answers.current(session, source.audit, UNMET)
    _, key = follow_up.create_follow_up(session, source.audit, DATE)
    sheet = audits.sheet(session, key)
    sha = audits.sheet(session, source.audit).audit.checklists[0][2]
    taken = sheet.answer(UNMET)
    assert (taken.value, taken.constat, taken.note) == ("non", "", "")
    assert taken.carried == Carried(audit=source.audit, sha=sha, criterion=UNMET, at=given.at)
    assert sheet.answer(CRITICAL).value is None
    (earlier,) = references.of(session, key).said[UNMET]
    assert (earlier.reference.date, earlier.words, earlier.constat) == (
        "2026-11-21",
        "Non",
        "Recherche par le nom.",
    )
    (grid,) = sheet.checklists
    shown = result(grid, standings(sheet, grid))
    assert (shown.carried, shown.score, shown.level) == (1, None, None)


def test_confirming_takes_the_constat_of_then_unless_there_is_a_new_one(source: Bench) -> None:
    session = source.session
    _, key = follow_up.create_follow_up(session, source.audit, DATE)
    versions.confirm(session, key, [UNMET])
    found = answers.current(session, key, UNMET)
    assert (found.value, found.constat, found.carried) == ("non", "Recherche par le nom.", None)
    assert audits.sheet(session, key).audit.state is AuditState.ONGOING
    _, other = follow_up.create_follow_up(session, source.audit, DATE)
    answers.write(session, other, UNMET, "constat", "Toujours par le nom, la nuit.")
    versions.confirm(session, other, [UNMET])
    assert answers.current(session, other, UNMET).constat == "Toujours par le nom, la nuit."


def test_answering_anew_leaves_the_earlier_words_beside(source: Bench) -> None:
    session = source.session
    _, key = follow_up.create_follow_up(session, source.audit, DATE)
    answers.answer(session, key, UNMET, "oui")
    sheet = audits.sheet(session, key)
    assert (sheet.answer(UNMET).constat, sheet.answer(UNMET).carried) == ("", None)
    assert [each.words for each in references.of(session, key).said[UNMET]] == ["Non"]


def test_what_is_erased_from_the_earlier_audit_is_not_shown_any_more(source: Bench) -> None:
    session = source.session
    _, key = follow_up.create_follow_up(session, source.audit, DATE)
    entity = names.answer(source.audit, "structure", UNMET)
    (written,) = session.workspace.journal.history(entity, "constat")
    session.workspace.journal.erase(written.op, written.index, author="Référente", reason="identité")
    assert [each.constat for each in references.of(session, key).said[UNMET]] == [""]


def test_an_earlier_audit_that_is_gone_is_passed_over(source: Bench) -> None:
    session = source.session
    _, key = follow_up.create_follow_up(session, source.audit, DATE)
    audits.remove(session, source.audit)
    assert references.of(session, key).said == {}
    assert versions.waiting(session, key) == (UNMET,)
    versions.confirm(session, key, [UNMET])
    assert versions.waiting(session, key) == ()


def test_its_creation_is_not_undone_by_ctrl_z(source: Bench) -> None:
    session = source.session
    _, key = follow_up.create_follow_up(session, source.audit, DATE)
    trail.recall(session, key)
    assert session.stack(key).undo_label == ""
    with pytest.raises(NotAllowedNow):
        answers.undo(session, key)


def test_the_report_says_what_waits_and_that_there_is_no_level(source: Bench) -> None:
    _, key = follow_up.create_follow_up(source.session, source.audit, DATE)
    (each,) = reports.prepare(source.session, key, "json").model.checklists
    assert each.carried_sentence.startswith("1 réponse reprise, à reconfirmer")
    assert each.level_sentence.startswith("Sans niveau")
    assert (each.levels, each.levels_chosen_by) == ((), "")


def test_the_same_grids_again_without_answers(source: Bench) -> None:
    session = source.session
    _, key = follow_up.create_from(session, source.audit, DATE, Take.NONE)
    sheet = audits.sheet(session, key)
    assert sheet.answers == {}
    assert (sheet.audit.kind, sheet.audit.source) == ("externe", source.audit)
    assert [each.words for each in references.of(session, key).said[UNMET]] == ["Non"]


def test_the_same_grids_again_in_today_s_version_with_answers_to_confirm(
    source: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = source.session
    new = reworded(session.library.checklist(GRID), told_anew=(MET,), renamed={UNMET: "rec-ant-20"})
    with_new_version(monkeypatch, session, new)
    _, key = follow_up.create_from(session, source.audit, DATE, Take.CONFIRM, kind="flash", title="Retour")
    sheet = audits.sheet(session, key)
    assert sheet.checklists == (new,)
    assert (sheet.audit.kind, sheet.audit.title) == ("flash", "Retour")
    assert set(versions.waiting(session, key)) == {MET, "rec-ant-20"}
    assert sheet.answer(UNSEEN).value is None
    assert [each.constat for each in references.of(session, key).said["rec-ant-20"]] == [
        "Recherche par le nom."
    ]
    assert versions.steps(session, key) == ()


def test_a_follow_up_may_itself_be_followed(source: Bench) -> None:
    session = source.session
    _, first = follow_up.create_follow_up(session, source.audit, DATE)
    assert versions.steps(session, first) == ()
    _, again = follow_up.create_from(session, first, DATE, Take.CONFIRM)
    assert audits.sheet(session, again).checklists == audits.sheet(session, first).checklists
    assert versions.waiting(session, again) == (UNMET,)
    _, second = follow_up.create_follow_up(session, first, DATE)
    assert versions.waiting(session, second) == (UNMET,)


def test_an_audit_that_leaves_nothing_is_not_followed(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    session = bench.session
    plain = reworded(
        session.library.checklist(GRID),
        change={
            point.criterion.id: lambda each: replace(each, critical=False)
            for point in session.library.checklist(GRID).points()
        },
    )
    with_new_version(monkeypatch, session, plain)
    _, facility = facilities.create(session, {"name": "Autre"})
    _, audit = audits.create(session, facility, "externe", [GRID], DATE)
    with pytest.raises(NotAllowedNow, match="rien à suivre"):
        follow_up.create_follow_up(session, audit, DATE)
    assert len(audits.all_of(session)) == 2


def test_impossible_starts_are_refused(source: Bench) -> None:
    with pytest.raises(NotFound):
        follow_up.create_follow_up(source.session, "000000000000", DATE)
    with pytest.raises(InvalidValue):
        follow_up.create_from(source.session, source.audit, "21/05/2027", Take.NONE)
    assert len(audits.all_of(source.session)) == 1
