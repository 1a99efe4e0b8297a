"""What earlier audits and open actions say beside the points of another audit."""

import pytest
from support.bench import Bench
from support.versions import reworded, with_new_version

from ivaudit.app import actions, answers, audits, findings, follow_up, references
from ivaudit.domain.errors import NotFound
from ivaudit.domain.findings import Grade

GRID = "rniv-1-principes-communs"
UNMET, MET, OTHER = "rec-ant-02", "rec-ant-03", "rec-ant-04"


@pytest.fixture
def years(bench: Bench) -> tuple[str, str, str]:
    """Two external audits before this one, and a self-assessment of the same year."""
    made = []
    for kind, date in (
        ("externe", "2024-11-20"),
        ("externe", "2025-11-20"),
        ("auto-evaluation", "2026-10-01"),
    ):
        made.append(audits.create(bench.session, bench.facility, kind, [GRID], date)[1])
    for audit, value in zip(made, ("oui", "non", "oui"), strict=True):
        answers.answer(bench.session, audit, UNMET, value)
    answers.write(bench.session, made[1], UNMET, "constat", "Recherche par le nom.")
    return made[0], made[1], made[2]


def test_the_last_external_and_the_self_assessment_stand_beside(
    bench: Bench, years: tuple[str, str, str]
) -> None:
    found = references.of(bench.session, bench.audit)
    assert [each.audit for each in found.choices] == [years[2], years[1], years[0]]
    assert [(each.audit, each.declared) for each in found.shown] == [(years[1], False), (years[2], True)]
    external, own = found.said[UNMET]
    assert (external.words, external.constat, external.unmet) == ("Non", "Recherche par le nom.", True)
    assert (own.words, own.unmet) == ("Oui", False)
    assert [each.audit for each in found.unmet(UNMET)] == [years[1]]
    assert MET not in found.said


def test_a_self_assessment_on_another_grid_stands_beside_the_points_they_share(bench: Bench) -> None:
    session, own_grid = bench.session, "auto-evaluation-esms"
    _, own = audits.create(session, bench.facility, "auto-evaluation", [own_grid], "2026-10-01")
    _, flash = audits.create(session, bench.facility, "flash", ["flash"], "2026-11-01")
    _, whole = audits.create(session, bench.facility, "externe", [GRID], "2025-11-20")
    for audit, value in ((own, "oui"), (flash, "partiel"), (whole, "non")):
        answers.answer(session, audit, UNMET, value)
    found = references.of(session, bench.audit)
    assert [each.audit for each in found.choices] == [flash, own, whole]
    assert [each.audit for each in found.shown] == [whole, own], "the same grid first, then the latest"
    assert [each.words for each in found.said[UNMET]] == ["Non", "Oui"]


def test_others_are_chosen_two_at_most_or_none_and_it_is_kept(
    bench: Bench, years: tuple[str, str, str]
) -> None:
    found = references.choose(bench.session, bench.audit, [years[0]])
    assert [each.audit for each in found.shown] == [years[0]]
    assert found.unmet(UNMET) == ()
    assert references.of(bench.session, bench.audit).shown == found.shown
    assert len(references.choose(bench.session, bench.audit, [*years, "absent"]).shown) == 2
    none = references.choose(bench.session, bench.audit, [])
    assert (none.shown, dict(none.said)) == ((), {})
    assert references.of(bench.session, bench.audit).shown == ()


def test_a_question_worded_otherwise_is_shown_and_is_no_recurrence(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = bench.session
    answers.answer(session, bench.audit, UNMET, "non")
    with_new_version(monkeypatch, session, reworded(session.library.checklist(GRID), told_anew=(UNMET,)))
    _, key = audits.create(session, bench.facility, "externe", [GRID], "2027-11-21")
    (said,) = references.of(session, key).said[UNMET]
    assert (said.words, said.reworded, said.unmet) == ("Non", True, False)


def test_an_answer_that_nobody_confirmed_is_not_what_an_audit_said(bench: Bench) -> None:
    session = bench.session
    answers.answer(session, bench.audit, UNMET, "non")
    _, follow = follow_up.create_follow_up(session, bench.audit, "2027-05-21")
    _, later = audits.create(session, bench.facility, "externe", [GRID], "2027-11-21")
    references.choose(session, later, [follow])
    assert UNMET not in references.of(session, later).said


def test_a_follow_up_takes_the_points_of_open_actions_and_shows_them(bench: Bench) -> None:
    session = bench.session
    for key in (UNMET, MET, OTHER):
        answers.answer(session, bench.audit, key, "oui" if key != UNMET else "non")
    _, finding = findings.create(session, bench.audit, "À tenir.", Grade.IMPROVEMENT, criteria=[MET])
    _, open_one = actions.create(session, bench.facility, "Former.", audit=bench.audit, finding=finding)
    actions.create(session, bench.facility, "Fait.", criteria=[OTHER], state="efficacité vérifiée")
    _, follow = follow_up.create_follow_up(session, bench.audit, "2027-05-21")
    asked = {point.criterion.id for point in audits.sheet(session, follow).checklists[0].points()}
    unseen = {  # critical ones that nobody saw come with them
        point.criterion.id
        for point in session.frozen(session.audit(bench.audit)).checklists[0].points()
        if point.criterion.critical
    } - {MET, OTHER}
    assert asked == {UNMET, MET} | unseen
    found = references.of(session, follow)
    assert [each.id for each in found.actions[MET]] == [open_one]
    assert [each.audit for each in found.shown] == [bench.audit]
    assert references.of(session, bench.audit).actions == {}  # its own actions stand with its findings


def test_a_point_with_an_action_alone_is_enough_to_follow(bench: Bench) -> None:
    session = bench.session
    index = session.frozen(session.audit(bench.audit)).index
    for key in index:
        answers.answer(session, bench.audit, key, "oui")
    actions.create(session, bench.facility, "Former.", criteria=[MET])
    _, follow = follow_up.create_follow_up(session, bench.audit, "2027-05-21")
    assert [p.criterion.id for p in audits.sheet(session, follow).checklists[0].points()] == [MET]


def test_there_must_be_an_audit(bench: Bench) -> None:
    with pytest.raises(NotFound):
        references.of(bench.session, "absent")
    with pytest.raises(NotFound):
        references.choose(bench.session, "absent", [])
