"""The seal of a validated audit: what it covers, what it forgives, what it reveals."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support import photos
from support.bundles import Forger, Team, line, reopened, state, team

from ivaudit.app import (
    actions,
    answers,
    audits,
    bundle_checks,
    bundle_export,
    bundle_import,
    bundle_opening,
    bundle_plans,
    campaigns,
    checks,
    evidence,
    evidence_erasure,
    pictures,
    reports,
    seal_words,
    seals,
    states,
)
from ivaudit.app.bundle_plans import Wanted
from ivaudit.app.session import Session
from ivaudit.domain.audit import STRUCTURE, AuditState
from ivaudit.domain.errors import NotAllowedNow, UnreadableFile
from ivaudit.domain.journal import REOPEN
from ivaudit.domain.seal import SEAL, SealState
from ivaudit.exchange import age_file, age_header
from ivaudit.store import layout
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
    held = bundle_checks.verify(pair.two, opened)
    assert (held.holds, held.seals[pair.audit].state) == (True, SealState.INTACT)
    assert "même scellé, et elle est intacte" in held.here[0]


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
    evidence_erasure.erase(pair.one, pair.audit, key, "Un visage")
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


# -- a file, alone and then beside the copy that is here


def rewritten(pair: Team, path: Path, change: Callable[[list[bytes]], list[bytes]]) -> bundle_opening.Opened:
    """Return a file of the first copy made again by somebody else: other lines, a signature that holds."""
    opened = bundle_opening.open_file(pair.one, path)
    with path.open("rb") as source:
        age_header.read_header(source)
        lines = b"".join(age_file.payload(source, opened.key)).splitlines(keepends=True)[:-1]
    made = Forger.of(pair.two).file(path.with_name("faux.ivaudit"), change(lines))
    return bundle_opening.open_file(pair.two, made)


def headed(change: Callable[[dict[str, Any]], None]) -> Callable[[list[bytes]], list[bytes]]:
    """Return what rewrites the head of a file."""

    def rewriting(lines: list[bytes]) -> list[bytes]:
        said = json.loads(lines[0])["bundle"]
        change(said)
        return [line("bundle", said), *lines[1:]]

    return rewriting


def test_what_a_file_lacks_is_not_borrowed_from_the_copy_that_is_here(pair: Team) -> None:
    """Merged first, the campaign that was taken out of the file would be found here, and nobody told."""
    facility = pair.one.audit(pair.audit).facility
    _, key = campaigns.create(pair.one, facility, "obs-bracelet", title="Bracelets", audit=pair.audit)
    validate(pair.one, pair.audit)
    honest = pair.file(pair.one)
    pair.send(pair.one, pair.two)

    def without(lines: list[bytes]) -> list[bytes]:
        def change(said: dict[str, Any]) -> None:
            said["scopes"] = [each for each in said["scopes"] if each["scope"] != f"campaign:{key}"]

        return [
            each for each in headed(change)(lines) if f'"scope":"campaign:{key}"'.encode() not in each[:80]
        ]

    found = bundle_checks.verify(pair.two, rewritten(pair, honest, without))
    assert (found.holds, found.seals[pair.audit].state) == (False, SealState.CHANGED)
    assert found.seals[pair.audit].changes == ("Des gestes que le scellé couvre manquent dans cette copie.",)
    assert bundle_checks.verify(pair.two, bundle_opening.open_file(pair.two, honest)).holds


def test_what_was_changed_here_is_not_blamed_on_the_file(pair: Team) -> None:
    answers.answer(pair.two, pair.audit, pair.criteria[4], "non")
    validate(pair.one, pair.audit)
    pair.send(pair.one, pair.two)
    found = bundle_checks.verify(pair.two, bundle_opening.open_file(pair.two, pair.file(pair.one)))
    assert (found.holds, found.seals[pair.audit].state) == (True, SealState.INTACT)
    assert "le fichier n'en est pas la cause" in found.here[0]


def test_a_file_that_was_changed_is_told_even_where_importing_it_is_refused(pair: Team) -> None:
    validate(pair.one, pair.audit)
    edits = [Edit(f"answer:{pair.audit}/{STRUCTURE}/{pair.criteria[0]}", "value", "non")]
    pair.send(pair.one, pair.two)
    pair.two.workspace.journal.record(f"audit:{pair.audit}", edits, author="Quelqu'un")
    before = state(pair.one)
    found = bundle_checks.verify(pair.one, bundle_opening.open_file(pair.one, pair.file(pair.two)))
    assert (found.holds, found.seals[pair.audit].state) == (False, SealState.CHANGED)
    assert "Quelqu'un" in found.seals[pair.audit].changes[0]
    assert "serait refusé" in found.here[-1]
    assert state(pair.one) == before
    assert not list((pair.one.workspace.folder / layout.WORK).iterdir())


def test_pictures_that_a_file_does_not_bring_are_told_and_are_no_change(pair: Team) -> None:
    evidence.add_photo(pair.one, pair.audit, pictures.picture(photos.photo(), "vue.jpg"))
    validate(pair.one, pair.audit)
    for wanted, told in ((Wanted(evidence=False), 1), (Wanted(), 0)):
        opened = bundle_opening.open_file(pair.two, pair.file(pair.one, wanted))
        found = bundle_checks.verify(pair.two, opened).seals[pair.audit]
        assert found.state is SealState.INTACT
        assert sum("ne sont pas dans ce fichier" in each for each in found.notes) == told


def test_a_file_that_announces_a_seal_it_does_not_carry_is_refused(pair: Team) -> None:
    """Its head is read by people: the seal it shows is that of its journal."""
    path = pair.file(pair.one)

    def lie(said: dict[str, Any]) -> None:
        said["seals"] = {pair.audit: "ab" * 32}

    opened = rewritten(pair, path, headed(lie))
    for reading in (bundle_checks.verify, bundle_import.preview):
        with pytest.raises(UnreadableFile, match="annonce un scellé"):
            reading(pair.two, opened)


def test_the_seal_announced_is_that_of_the_moment_the_file_is_written(pair: Team) -> None:
    """An audit may be validated between the question where to save it and the answer."""
    lock = bundle_export.lock(pair.one, pair.audit)
    plan = bundle_plans.of_audits(pair.one, [pair.audit], lock)
    validate(pair.one, pair.audit)
    made = bundle_export.write(plan, pair.place / "tard.ivaudit")
    found = bundle_checks.verify(pair.two, bundle_opening.open_file(pair.two, made))
    seal = seals.current(pair.one, pair.audit)
    assert seal is not None
    assert (found.holds, found.head.seals) == (True, {pair.audit: seal.hash})


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
