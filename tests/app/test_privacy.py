"""No identity reaches the journal unless somebody said that it is none."""

from collections.abc import Callable

import pytest
from support.bench import Bench

from ivaudit.app import (
    answers,
    audits,
    checks,
    erasing,
    evidence,
    evidence_erasure,
    facilities,
    findings,
    notebook,
    pictures,
    privacy,
    settings,
    states,
    synthesis,
)
from ivaudit.app.privacy import IdentityFound
from ivaudit.domain.audit import AuditState, Highlight
from ivaudit.domain.findings import Grade
from ivaudit.store.evidence import Body

NAMED = "Mme DUPONT attend depuis une heure."


def _criterion(bench: Bench) -> str:
    return next(audits.sheet(bench.session, bench.audit).checklists[0].points()).criterion.id


def test_a_constat_that_names_somebody_is_refused_and_stays_a_draft(bench: Bench) -> None:
    criterion = _criterion(bench)
    answers.draft(bench.session, bench.audit, criterion, "constat", NAMED)
    with pytest.raises(IdentityFound) as refused:
        answers.write(bench.session, bench.audit, criterion, "constat", NAMED)
    assert "DUPONT" not in str(refused.value)
    assert answers.current(bench.session, bench.audit, criterion).constat == ""
    (draft,) = bench.session.workspace.drafts.all()
    assert (draft.text, draft.alert) == (NAMED, True)
    answers.settle(bench.session)
    assert answers.current(bench.session, bench.audit, criterion).constat == ""
    assert len(bench.session.workspace.drafts.all()) == 1


def test_what_is_said_to_be_nobody_is_kept_and_asked_no_more(bench: Bench) -> None:
    criterion = _criterion(bench)
    text = "Le poste « Monsieur Propre » est à l'accueil."
    with pytest.raises(IdentityFound):
        answers.write(bench.session, bench.audit, criterion, "constat", text)
    privacy.keep(bench.session, text)
    answers.write(bench.session, bench.audit, criterion, "constat", text)
    bench.session.kept.clear()
    answers.write(bench.session, bench.audit, criterion, "constat", f"{text} Vu deux fois.")
    assert answers.current(bench.session, bench.audit, criterion).constat.endswith("Vu deux fois.")
    with pytest.raises(IdentityFound):
        answers.write(bench.session, bench.audit, criterion, "constat", f"{text} {NAMED}")


def test_every_free_text_is_guarded(bench: Bench) -> None:
    session, audit, criterion = bench.session, bench.audit, _criterion(bench)
    attempts = (
        lambda: answers.write(session, audit, criterion, "note", NAMED),
        lambda: answers.answer(session, audit, criterion, "a_verifier", awaiting=NAMED),
        lambda: synthesis.write(session, audit, appreciation=NAMED),
        lambda: synthesis.write(session, audit, strengths=[Highlight(text=NAMED)]),
        lambda: findings.create(session, audit, NAMED, Grade.GAP),
        lambda: notebook.note(session, audit, NAMED),
        lambda: notebook.meet(session, audit, "IDEC", unit="chambre 12 : LEGRAND Paul"),
    )
    before = session.workspace.journal.verify().ops
    for attempt in attempts:
        with pytest.raises(IdentityFound):
            attempt()
    assert session.workspace.journal.verify().ops == before


def test_places_and_agreed_names_are_no_alarm(bench: Bench) -> None:
    facilities.create(bench.session, {"name": "Clinique du Docteur Martin"})
    settings.change(bench.session, author="Mme Durand")
    notebook.meet(bench.session, bench.audit, "IDEC", name="Mme Durand")
    with pytest.raises(IdentityFound):
        facilities.create(bench.session, {"name": "284058832102532"})


IDENTITY = "Concernait Mme DUPONT née le 12/03/1950"


def _reopened(bench: Bench, reason: str) -> None:
    states.change(bench.session, bench.audit, AuditState.REVIEW, reason)


def _value_erased(bench: Bench, reason: str) -> None:
    op, index = bench.session.workspace.db.execute("SELECT op, i FROM change WHERE field = 'note'").fetchone()
    erasing.erase_value(bench.session, op, index, reason)


def _word_erased(bench: Bench, reason: str) -> None:
    erasing.erase_found(bench.session, "canari", erasing.search(bench.session, "canari"), reason)


def _field_erased(bench: Bench, reason: str) -> None:
    checks.erase(bench.session, f"answer:{bench.audit}/structure/rec-ant-02", "note", reason)


def _picture_erased(bench: Bench, reason: str) -> None:
    kept = evidence.all_of(bench.session, bench.audit)[0]
    evidence_erasure.erase(bench.session, bench.audit, kept.id, reason)


@pytest.mark.parametrize("gesture", [_reopened, _value_erased, _word_erased, _field_erased, _picture_erased])
def test_no_reason_lets_an_identity_in_since_none_is_ever_erased(
    bench: Bench, gesture: Callable[[Bench, str], None]
) -> None:
    body = Body(body=b"affiche" * 90, media="image/jpeg", width=4, height=3, thumbnail=b"a")
    answers.write(bench.session, bench.audit, "rec-ant-02", "note", "un canari")
    evidence.add_photo(bench.session, bench.audit, pictures.Prepared(body=body, given=(4, 3)))
    for state in (AuditState.ONGOING, AuditState.REVIEW, AuditState.VALIDATED):
        states.change(bench.session, bench.audit, state)
    with pytest.raises(IdentityFound):
        gesture(bench, IDENTITY)
    assert _reasons(bench) == set()
    bench.session.trusting = True
    gesture(bench, IDENTITY)
    assert _reasons(bench) == {IDENTITY}


def _reasons(bench: Bench) -> set[str]:
    return {reason for (reason,) in bench.session.workspace.db.execute("SELECT reason FROM op") if reason}
