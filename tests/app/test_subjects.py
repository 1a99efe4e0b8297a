"""Units of an audit, and points set aside together."""

import pytest
from support.bench import Bench

from ivaudit.app import answers, audits, bulk, subjects
from ivaudit.domain.checklist import Criterion, NaPolicy
from ivaudit.domain.errors import InvalidValue, NotAllowedNow
from ivaudit.domain.subjects import SubjectKind


def _criteria(bench: Bench) -> list[Criterion]:
    checklist = audits.sheet(bench.session, bench.audit).checklists[0]
    return [point.criterion for point in checklist.points()]


def test_two_auditors_who_name_a_unit_the_same_mean_the_same(bench: Bench) -> None:
    _, key = subjects.add(bench.session, bench.audit, "Médecine  gériatrique")
    assert key == "medecine-geriatrique"
    with pytest.raises(InvalidValue):
        subjects.add(bench.session, bench.audit, "médecine gériatrique")


def test_a_name_without_letters_of_ours_has_an_id_too(bench: Bench) -> None:
    _, key = subjects.add(bench.session, bench.audit, "№ 7 – 病棟")
    found = audits.sheet(bench.session, bench.audit)
    assert found.label(key) == "№ 7 – 病棟"
    assert subjects.add(bench.session, bench.audit, "Structure")[1] != "structure"


def test_subjects_are_arranged_and_renamed(bench: Bench) -> None:
    _, first = subjects.add(bench.session, bench.audit, "Chirurgie")
    _, second = subjects.add(bench.session, bench.audit, "Siège", SubjectKind.BEARER)
    subjects.move(bench.session, bench.audit, second, -1)
    subjects.edit(bench.session, bench.audit, first, label="Chirurgie ambulatoire")
    found = audits.sheet(bench.session, bench.audit)
    assert found.subjects == ("structure", second, first)
    assert (found.bearers, found.label(first)) == ({second}, "Chirurgie ambulatoire")


def test_a_subject_with_answers_stays(bench: Bench) -> None:
    _, key = subjects.add(bench.session, bench.audit, "Chirurgie")
    criterion = _criteria(bench)[0].id
    answers.answer(bench.session, bench.audit, criterion, "oui", subject=key)
    with pytest.raises(NotAllowedNow):
        subjects.remove(bench.session, bench.audit, key)
    answers.answer(bench.session, bench.audit, criterion, None, subject=key)
    subjects.remove(bench.session, bench.audit, key)
    assert subjects.of_audit(bench.session, bench.audit) == ()


def test_points_set_aside_together_leave_what_is_answered(bench: Bench) -> None:
    free = [each.id for each in _criteria(bench) if each.na is not NaPolicy.FORBIDDEN and not each.critical][
        :3
    ]
    kept = [each.id for each in _criteria(bench) if each.na is NaPolicy.FORBIDDEN or each.critical][:2]
    answers.answer(bench.session, bench.audit, free[0], "oui")
    changes, left = bulk.not_applicable(
        bench.session, bench.audit, [*free, *kept], "Pas d'hébergement dans la structure."
    )
    found = audits.sheet(bench.session, bench.audit)
    assert set(left) == {free[0], *kept}
    assert [found.answer(each).value for each in free] == ["oui", "sans_objet", "sans_objet"]
    assert found.answer(free[1]).na_reason == "Pas d'hébergement dans la structure."
    assert changes.undo == "2 points sans objet"
    answers.undo(bench.session, bench.audit)
    found = audits.sheet(bench.session, bench.audit)
    assert [found.answer(each).value for each in free] == ["oui", None, None]


def test_setting_points_aside_needs_a_reason_and_something_to_fill(bench: Bench) -> None:
    free = next(each.id for each in _criteria(bench) if each.na is not NaPolicy.FORBIDDEN)
    forbidden = next(each.id for each in _criteria(bench) if each.na is NaPolicy.FORBIDDEN)
    with pytest.raises(InvalidValue):
        bulk.not_applicable(bench.session, bench.audit, [free], " ")
    with pytest.raises(InvalidValue):
        bulk.not_applicable(bench.session, bench.audit, [forbidden], "Motif.")


def test_a_subject_is_moved_by_one_gesture(bench: Bench) -> None:
    keys = [subjects.add(bench.session, bench.audit, name)[1] for name in ("Médecine", "Chirurgie", "SSR")]
    subjects.move(bench.session, bench.audit, keys[2], -2)
    assert [each.id for each in subjects.of_audit(bench.session, bench.audit)] == [keys[2], keys[0], keys[1]]
    answers.undo(bench.session, bench.audit)
    assert [each.id for each in subjects.of_audit(bench.session, bench.audit)] == keys
    subjects.move(bench.session, bench.audit, keys[0], -1)
    assert [each.id for each in subjects.of_audit(bench.session, bench.audit)] == keys


def test_setting_points_aside_is_told_beforehand(bench: Bench) -> None:
    criteria = _criteria(bench)
    free = [each.id for each in criteria if each.na is not NaPolicy.FORBIDDEN and not each.critical][:2]
    forbidden = next(e.id for e in criteria if e.na is NaPolicy.FORBIDDEN and not e.critical)
    critical = next(each.id for each in criteria if each.critical)
    answers.answer(bench.session, bench.audit, free[0], "oui")
    found = bulk.preview(bench.session, bench.audit, [*free, forbidden, critical])
    assert (found.filled, found.answered) == ((free[1],), (free[0],))
    assert (found.critical, found.forbidden) == ((critical,), (forbidden,))
    _, left = bulk.not_applicable(bench.session, bench.audit, [*free, forbidden, critical], "Motif.")
    assert left == found.left
