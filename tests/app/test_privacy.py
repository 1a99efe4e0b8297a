"""No identity reaches the journal unless somebody said that it is none."""

import pytest
from support.bench import Bench

from ivaudit.app import answers, audits, facilities, findings, notebook, privacy, settings, synthesis
from ivaudit.app.privacy import IdentityFound
from ivaudit.domain.audit import Highlight
from ivaudit.domain.findings import Grade

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
