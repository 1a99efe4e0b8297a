"""Answers: what the scale and the policy allow, what is undone, what is never lost."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from support.bench import Bench

from ivaudit.app import answers, audits, checks, names
from ivaudit.domain.audit import EMPTY, AuditState, Changes
from ivaudit.domain.errors import DiskFull, InvalidValue, NotAllowedNow, NotFound
from ivaudit.store import erasure
from ivaudit.store.journal import Version

if TYPE_CHECKING:
    from sqlite_utils import Database

FORBIDDEN_NA = "rec-ant-02"
WITH_REASON = "ins-qua-03"


def _history(bench: Bench, field: str) -> tuple[Version, ...]:
    entity = names.answer(bench.audit, "structure", FORBIDDEN_NA)
    return bench.session.workspace.journal.history(entity, field)


def test_an_answer_is_recorded_and_says_what_changed(bench: Bench) -> None:
    changes = answers.answer(bench.session, bench.audit, FORBIDDEN_NA, "oui")
    assert changes.answers == {(bench.audit, "structure", FORBIDDEN_NA)}
    assert changes.done.endswith("Oui")
    assert changes.undo == changes.done
    assert changes.at
    found = answers.current(bench.session, bench.audit, FORBIDDEN_NA)
    assert (found.value, found.author) == ("oui", "Cellule régionale")


def test_the_same_answer_again_records_nothing(bench: Bench) -> None:
    answers.answer(bench.session, bench.audit, FORBIDDEN_NA, "oui")
    assert answers.answer(bench.session, bench.audit, FORBIDDEN_NA, "oui") == Changes()
    assert len(_history(bench, "value")) == 1


@pytest.mark.parametrize(
    ("criterion", "value", "reason", "error"),
    [
        (FORBIDDEN_NA, "peut-être", "", InvalidValue),
        (FORBIDDEN_NA, "sans_objet", "Activité absente", InvalidValue),
        (WITH_REASON, "sans_objet", "", InvalidValue),
        (WITH_REASON, "sans_objet", "x" * 400, InvalidValue),
        ("inconnu-01", "oui", "", NotFound),
    ],
)
def test_refused_answers_leave_nothing(
    bench: Bench, criterion: str, value: str, reason: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        answers.answer(bench.session, bench.audit, criterion, value, na_reason=reason)
    assert not audits.sheet(bench.session, bench.audit).answers


def test_sans_objet_keeps_its_reason_until_the_answer_changes(bench: Bench) -> None:
    answers.answer(bench.session, bench.audit, WITH_REASON, "sans_objet", na_reason="Activité absente")
    assert answers.current(bench.session, bench.audit, WITH_REASON).na_reason == "Activité absente"
    answers.answer(bench.session, bench.audit, WITH_REASON, "oui")
    found = answers.current(bench.session, bench.audit, WITH_REASON)
    assert (found.value, found.na_reason) == ("oui", "")


def test_the_first_answer_starts_the_audit(bench: Bench) -> None:
    assert audits.sheet(bench.session, bench.audit).audit.state is AuditState.PREPARING
    answers.answer(bench.session, bench.audit, FORBIDDEN_NA, "non_vu")
    assert audits.sheet(bench.session, bench.audit).audit.state is AuditState.ONGOING


def test_undo_and_redo_walk_the_gestures(bench: Bench) -> None:
    answers.answer(bench.session, bench.audit, FORBIDDEN_NA, "oui")
    answers.answer(bench.session, bench.audit, FORBIDDEN_NA, "non")
    answers.write(bench.session, bench.audit, FORBIDDEN_NA, "constat", "Vu deux fois.")
    undone = answers.undo(bench.session, bench.audit)
    assert undone.done.startswith("Annulé")
    assert undone.redo
    assert answers.current(bench.session, bench.audit, FORBIDDEN_NA).constat == ""
    answers.undo(bench.session, bench.audit)
    assert answers.current(bench.session, bench.audit, FORBIDDEN_NA).value == "oui"
    answers.undo(bench.session, bench.audit)
    assert answers.current(bench.session, bench.audit, FORBIDDEN_NA).value is None
    with pytest.raises(NotAllowedNow):
        answers.undo(bench.session, bench.audit)
    for _ in range(3):
        answers.redo(bench.session, bench.audit)
    found = answers.current(bench.session, bench.audit, FORBIDDEN_NA)
    assert (found.value, found.constat) == ("non", "Vu deux fois.")
    with pytest.raises(NotAllowedNow):
        answers.redo(bench.session, bench.audit)


def test_a_new_gesture_ends_what_could_be_redone(bench: Bench) -> None:
    answers.answer(bench.session, bench.audit, FORBIDDEN_NA, "oui")
    answers.undo(bench.session, bench.audit)
    changes = answers.answer(bench.session, bench.audit, WITH_REASON, "oui")
    assert changes.redo == ""
    with pytest.raises(NotAllowedNow):
        answers.redo(bench.session, bench.audit)


def test_drafts_become_one_gesture_each(bench: Bench) -> None:
    for text in ("D", "De", "Deux agents sur trois."):
        answers.draft(bench.session, bench.audit, FORBIDDEN_NA, "constat", text)
    assert answers.current(bench.session, bench.audit, FORBIDDEN_NA).constat == ""
    changes = answers.settle(bench.session)
    assert (bench.audit, "structure", FORBIDDEN_NA) in changes.answers
    assert answers.current(bench.session, bench.audit, FORBIDDEN_NA).constat == "Deux agents sur trois."
    assert len(_history(bench, "constat")) == 1
    assert answers.settle(bench.session) == Changes()


def test_flags_and_means(bench: Bench) -> None:
    answers.flag(bench.session, bench.audit, FORBIDDEN_NA, review=True)
    answers.means(bench.session, bench.audit, FORBIDDEN_NA, ["vu", "dit"])
    found = answers.current(bench.session, bench.audit, FORBIDDEN_NA)
    assert found.review
    assert set(found.means) == {"vu", "dit"}
    with pytest.raises(InvalidValue):
        answers.means(bench.session, bench.audit, FORBIDDEN_NA, ["deviné"])


def test_subjects_are_kept_apart(bench: Bench) -> None:
    answers.answer(bench.session, bench.audit, FORBIDDEN_NA, "oui", subject="unite-a")
    answers.answer(bench.session, bench.audit, FORBIDDEN_NA, "non", subject="unite-b")
    sheet = audits.sheet(bench.session, bench.audit)
    assert sheet.subjects == ("structure", "unite-a", "unite-b")
    assert sheet.answer(FORBIDDEN_NA, "unite-b").value == "non"
    assert sheet.answer(FORBIDDEN_NA) == EMPTY
    with pytest.raises(InvalidValue):
        answers.answer(bench.session, bench.audit, FORBIDDEN_NA, "oui", subject="unité/../b")


@pytest.mark.parametrize(
    "text", ["<b>gras</b> & fin", "=1+1", "émoji 🙂 et\ttabulation", "l'œuvre « citée »"]
)
def test_texts_come_back_as_typed(bench: Bench, text: str) -> None:
    answers.write(bench.session, bench.audit, FORBIDDEN_NA, "constat", text)
    assert answers.current(bench.session, bench.audit, FORBIDDEN_NA).constat == text


def test_an_erased_constat_is_gone_and_the_journal_verifies(bench: Bench) -> None:
    answers.write(bench.session, bench.audit, FORBIDDEN_NA, "constat", "à effacer")
    answers.write(bench.session, bench.audit, FORBIDDEN_NA, "constat", "à effacer aussi")
    entity = f"answer:{bench.audit}/structure/{FORBIDDEN_NA}"
    checks.erase(bench.session, entity, "constat", "texte nominatif")
    assert answers.current(bench.session, bench.audit, FORBIDDEN_NA).constat == ""
    found = checks.verify(bench.session)
    assert found.problems == ()
    assert found.erased == 2
    with pytest.raises(NotFound):
        checks.erase(bench.session, entity, "constat", "déjà fait")


def test_a_field_is_erased_whole_or_not_at_all(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    for text in ("un", "deux", "un", "trois"):
        answers.write(bench.session, bench.audit, FORBIDDEN_NA, "constat", text)
    entity = f"answer:{bench.audit}/structure/{FORBIDDEN_NA}"
    apply = erasure.apply

    def cut_short(db: "Database", scope: str, about: bytes) -> tuple[tuple[str, str], ...]:
        apply(db, scope, about)
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr(erasure, "apply", cut_short)
        with pytest.raises(DiskFull):
            checks.erase(bench.session, entity, "constat", "nom")
    assert checks.verify(bench.session).erased == 0
    before = len(bench.session.workspace.journal.ops_of())
    checks.erase(bench.session, entity, "constat", "nom")
    assert checks.verify(bench.session).erased == 4
    assert len(bench.session.workspace.journal.ops_of()) - before == 1
    assert checks.full_check(bench.session).problems == ()


@pytest.mark.parametrize(
    "gesture",
    [
        lambda b: answers.answer(b.session, b.audit, FORBIDDEN_NA, "oui"),
        lambda b: answers.write(b.session, b.audit, FORBIDDEN_NA, "note", "interne"),
        lambda b: answers.flag(b.session, b.audit, FORBIDDEN_NA, review=True),
    ],
)
def test_the_state_is_the_fold_of_the_journal_after_each_gesture(bench: Bench, gesture: Callable) -> None:
    gesture(bench)
    assert bench.session.workspace.journal.state_matches()
    answers.undo(bench.session, bench.audit)
    assert bench.session.workspace.journal.state_matches()


def test_an_undo_passes_over_what_was_erased(bench: Bench) -> None:
    answers.answer(bench.session, bench.audit, FORBIDDEN_NA, "oui")
    answers.write(bench.session, bench.audit, FORBIDDEN_NA, "constat", "à effacer")
    answers.write(bench.session, bench.audit, FORBIDDEN_NA, "constat", "la suite")
    checks.erase(bench.session, f"answer:{bench.audit}/structure/{FORBIDDEN_NA}", "constat", "nominatif")
    for _ in range(2):
        with pytest.raises(NotAllowedNow):
            answers.undo(bench.session, bench.audit)
    assert answers.undo(bench.session, bench.audit).done.endswith("Oui")
    assert answers.current(bench.session, bench.audit, FORBIDDEN_NA).value is None
