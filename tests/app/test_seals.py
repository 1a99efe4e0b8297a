"""The seal of a validated audit: what it covers, what it forgives, what it reveals."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support import photos
from support.bundles import Team, reopened, team

from ivaudit.app import (
    actions,
    answers,
    audits,
    bundle_import,
    bundle_opening,
    campaigns,
    checks,
    evidence,
    pictures,
    reports,
    seal_words,
    seals,
    states,
)
from ivaudit.app.session import Session
from ivaudit.domain.audit import STRUCTURE, AuditState
from ivaudit.domain.errors import NotAllowedNow
from ivaudit.domain.journal import REOPEN
from ivaudit.domain.seal import SEAL, SealState
from ivaudit.store.journal import Edit
from ivaudit.store.keys import FLOOR


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Two copies made once."""
    place = tmp_path_factory.mktemp("equipe")
    made = team(place, FLOOR)
    made.close()
    return place, made.audit


@pytest.fixture
def pair(template: tuple[Path, str], tmp_path: Path) -> Iterator[Team]:
    made = reopened(*template, tmp_path)
    yield made
    made.close()


def validate(session: Session, audit: str) -> None:
    for each in (AuditState.ONGOING, AuditState.REVIEW, AuditState.VALIDATED):
        states.change(session, audit, each)


def test_an_audit_is_sealed_when_it_is_validated_and_not_before(pair: Team) -> None:
    assert seals.verify(pair.one, pair.audit).state is SealState.NONE
    validate(pair.one, pair.audit)
    found = seals.verify(pair.one, pair.audit)
    assert (found.state, found.changes) == (SealState.INTACT, ())
    assert found.seal is not None
    assert found.seal.manifest["counts"] == {"answers": 3, "findings": 0, "evidence": 0, "gestures": 6}
    assert len(found.seal.hash) == 64
    assert found.seal.by == "Auditrice A"
    with pytest.raises(NotAllowedNow):
        answers.answer(pair.one, pair.audit, pair.criteria[0], "non")


def test_the_hash_is_printed_on_the_report_and_travels(pair: Team) -> None:
    validate(pair.one, pair.audit)
    seal = seals.current(pair.one, pair.audit)
    assert seal is not None
    model = reports.prepare(pair.one, pair.audit, "json").model
    assert model.audit.seal.replace(" ", "") == seal.hash
    assert pair.send(pair.one, pair.two).head.seals == {pair.audit: seal.hash}
    assert seals.current(pair.two, pair.audit) == seal
    assert seals.verify(pair.two, pair.audit).state is SealState.INTACT
    opened = bundle_opening.open_file(pair.two, pair.file(pair.one))
    _, held = bundle_import.verify(pair.two, opened)
    assert held[pair.audit].state is SealState.INTACT


def test_reopening_takes_the_seal_off_and_leaves_a_trace(pair: Team) -> None:
    validate(pair.one, pair.audit)
    first = seals.current(pair.one, pair.audit)
    with pytest.raises(NotAllowedNow):
        states.change(pair.one, pair.audit, AuditState.REVIEW)
    states.change(pair.one, pair.audit, AuditState.REVIEW, "Une date était fausse")
    found = seals.verify(pair.one, pair.audit)
    assert (found.state, found.seal) == (SealState.REOPENED, first)
    assert "Une date était fausse" in found.notes[0]
    answers.answer(pair.one, pair.audit, pair.criteria[0], "non")
    states.change(pair.one, pair.audit, AuditState.VALIDATED)
    second = seals.current(pair.one, pair.audit)
    assert first is not None
    assert second is not None
    assert second.hash != first.hash
    assert seals.verify(pair.one, pair.audit).state is SealState.INTACT


def test_what_was_done_elsewhere_without_knowing_is_told_exactly(pair: Team) -> None:
    """The other had answered before the validation reached him: both are kept, and the seal says so."""
    answers.answer(pair.two, pair.audit, pair.criteria[4], "non")
    validate(pair.one, pair.audit)
    pair.send(pair.one, pair.two)
    found = seals.verify(pair.two, pair.audit)
    assert found.state is SealState.CHANGED
    number = pair.two.frozen(pair.two.audit(pair.audit)).index[pair.criteria[4]][0]
    assert len(found.changes) == 1
    assert f"{number} " in found.changes[0]
    assert "Auditeur B" in found.changes[0]


@pytest.mark.parametrize("kind", [SEAL, REOPEN])
def test_a_gesture_that_only_calls_itself_sealing_or_reopening_shows(pair: Team, kind: str) -> None:
    validate(pair.one, pair.audit)
    edits = [Edit(f"answer:{pair.audit}/{STRUCTURE}/{pair.criteria[0]}", "value", "non")]
    pair.one.workspace.journal.record(f"audit:{pair.audit}", edits, author="Quelqu'un", kind=kind)
    found = seals.verify(pair.one, pair.audit)
    assert found.state is SealState.CHANGED
    assert "Quelqu'un" in found.changes[0]


def test_a_campaign_that_came_after_the_seal_shows(pair: Team) -> None:
    """And such an audit is not printed under the seal."""
    _, key = campaigns.create(
        pair.one, pair.one.audit(pair.audit).facility, "obs-bracelet", title="Bracelets"
    )
    validate(pair.one, pair.audit)
    edits = [Edit(f"campaign:{key}", "audit", pair.audit)]
    pair.one.workspace.journal.record(f"campaign:{key}", edits, author="B")
    found = seals.verify(pair.one, pair.audit)
    assert found.state is SealState.CHANGED
    assert found.changes == ("Non couverte par le scellé : la campagne d'observation « Bracelets ».",)
    assert reports.prepare(pair.one, pair.audit, "json").model.audit.seal == ""


def test_a_lawful_erasure_shows_as_such_and_the_seal_holds(pair: Team) -> None:
    criterion = pair.criteria[0]
    answers.write(pair.one, pair.audit, criterion, "constat", "Matricule recopié par erreur")
    photo = pictures.picture(photos.photo(), "vue.jpg")
    _, key = evidence.add_photo(pair.one, pair.audit, photo)
    validate(pair.one, pair.audit)
    checks.erase(pair.one, f"answer:{pair.audit}/{STRUCTURE}/{criterion}", "constat", "Donnée nominative")
    evidence.erase(pair.one, pair.audit, key, "Un visage")
    found = seals.verify(pair.one, pair.audit)
    assert (found.state, found.changes) == (SealState.INTACT, ())
    assert [each.split()[0] for each in found.erasures] == ["Caviardé", "Purgé"]
    assert "Donnée nominative" in found.erasures[0]


def test_a_value_changed_under_the_program_shows(pair: Team) -> None:
    validate(pair.one, pair.audit)
    db = pair.one.workspace.db
    db.execute("DROP TRIGGER change_fixed")
    db.execute("UPDATE change SET body = '[1,\"non\"]' WHERE body = '[1,\"oui\"]' AND field = 'value'")
    found = seals.verify(pair.one, pair.audit)
    assert found.state is SealState.CHANGED
    assert all("n'est plus ce qu'il était" in each for each in found.changes)
    assert len(found.changes) == 3


def test_a_picture_that_went_without_an_erasure_shows(pair: Team) -> None:
    photo = pictures.picture(photos.photo(), "vue.jpg")
    evidence.add_photo(pair.one, pair.audit, photo)
    validate(pair.one, pair.audit)
    pair.one.workspace.evidence.erase([photo.body.digest])
    found = seals.verify(pair.one, pair.audit)
    assert found.state is SealState.CHANGED
    assert "sans avoir été effacés" in found.changes[0]


def test_a_forged_manifest_shows(pair: Team) -> None:
    validate(pair.one, pair.audit)
    db = pair.one.workspace.db
    db.execute("UPDATE head SET body = replace(body, 'Auditrice A', 'Quelqu un') WHERE field = 'seal'")
    found = seals.verify(pair.one, pair.audit)
    assert found.state is SealState.CHANGED
    assert "scellé lui-même" in found.changes[0]


def test_actions_live_on(pair: Team) -> None:
    facility = audits.sheet(pair.one, pair.audit).audit.facility
    _, action = actions.create(pair.one, facility, "Afficher la règle", audit=pair.audit)
    validate(pair.one, pair.audit)
    actions.edit(pair.one, action, progress="Affichée au bureau des entrées")
    found = seals.verify(pair.one, pair.audit)
    assert found.state is SealState.INTACT
    assert "1 action" in found.notes[0]


def test_what_is_said_tells_what_it_proves_and_what_it_does_not(pair: Team) -> None:
    validate(pair.one, pair.audit)
    said = " ".join(seal_words.told(seals.verify(pair.one, pair.audit)))
    assert "Ce que cela prouve" in said
    assert "ne prouve pas" in said


def test_a_text_that_was_being_typed_when_a_validated_copy_came_stays_a_draft(pair: Team) -> None:
    """Recorded at the next opening, it would be told as a change made after the seal."""
    criterion = next(iter(pair.two.frozen(pair.two.audit(pair.audit)).index))
    answers.draft(pair.two, pair.audit, criterion, "constat", "en cours")
    validate(pair.one, pair.audit)
    workspace = pair.two.workspace
    workspace.journal.merge(pair.one.workspace.journal.ops_of())
    assert workspace.drafts.recover(workspace.journal, "Référente") == ()
    assert seals.verify(pair.two, pair.audit).state is SealState.INTACT
    states.change(pair.two, pair.audit, AuditState.REVIEW, "Il manquait un constat")
    assert [each.text for each in workspace.drafts.recover(workspace.journal, "Référente")] == ["en cours"]
    assert answers.current(pair.two, pair.audit, criterion).constat == "en cours"
