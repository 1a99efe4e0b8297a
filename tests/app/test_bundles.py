"""Files exchanged between two copies: what they bring, what they leave out, what they never do."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from support import photos
from support.bundles import GRID, PASSPHRASE, TEAM, Team, reopened, state, team

from ivaudit.app import (
    anomalies,
    answers,
    audits,
    bundle_choices,
    bundle_export,
    bundle_import,
    bundle_opening,
    bundle_plans,
    bundle_words,
    campaigns,
    checks,
    erasing,
    evidence,
    evidence_erasure,
    merges,
    names,
    own_keys,
    pictures,
    states,
    subjects,
    teams,
    workspaces,
)
from ivaudit.app.bundle_opening import NeedsPassphrase, WrongFilePassphrase
from ivaudit.app.bundle_plans import Wanted
from ivaudit.app.merges import Disagreement
from ivaudit.app.session import Session
from ivaudit.app.teams import PhraseUse
from ivaudit.domain.anomalies import EntryKind
from ivaudit.domain.audit import STRUCTURE, AuditState
from ivaudit.domain.errors import InvalidValue, NotAllowedNow, NotFound, UnreadableFile
from ivaudit.domain.merging import Choice, Kept
from ivaudit.store.journal import Edit
from ivaudit.store.keys import FLOOR


@pytest.fixture(scope="session")
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


def value(session: object, pair: Team, criterion: str, subject: str = STRUCTURE) -> str | None:
    return answers.current(session, pair.audit, criterion, subject).value  # type: ignore[arg-type]


# -- what is exchanged


def test_an_audit_arrives_whole_and_signed(pair: Team) -> None:
    assert audits.sheet(pair.two, pair.audit).audit.facility_name == "EHPAD Les Tilleuls"
    assert [value(pair.two, pair, each) for each in pair.criteria[:4]] == ["oui", "oui", "oui", None]
    assert state(pair.one) == state(pair.two)
    assert checks.full_check(pair.two).problems == ()
    again = pair.send(pair.one, pair.two)
    assert again.nothing
    assert again.signer.since
    assert again.signer.fingerprint == own_keys.own_keys(pair.one).fingerprint


def test_what_only_one_changed_is_taken_and_both_end_the_same(pair: Team) -> None:
    first, second = pair.criteria[:2]
    answers.answer(pair.one, pair.audit, first, "non")
    answers.answer(pair.two, pair.audit, second, "partiel")
    assert pair.send(pair.two, pair.one).several == 0
    assert pair.send(pair.one, pair.two).several == 0
    assert (value(pair.one, pair, first), value(pair.one, pair, second)) == ("non", "partiel")
    assert state(pair.one) == state(pair.two)


def test_a_preview_says_what_accepting_does_and_changes_nothing(pair: Team) -> None:
    answers.answer(pair.two, pair.audit, pair.criteria[0], "non")
    answers.answer(pair.one, pair.audit, pair.criteria[0], "partiel")
    answers.answer(pair.two, pair.audit, pair.criteria[5], "oui")
    opened = bundle_opening.open_file(pair.one, pair.file(pair.two))
    before = state(pair.one)
    seen = bundle_import.preview(pair.one, opened)
    assert state(pair.one) == before
    _, taken = bundle_import.accept(pair.one, opened)
    assert seen.scopes == taken.scopes
    assert [each.id for each in seen.conflicts] == [each.id for each in taken.conflicts]
    assert (seen.added, seen.several) == (taken.added, taken.several) == (2, 1)


def test_only_the_phrase_of_the_team_opens_it_and_it_is_asked_once(tmp_path: Path, pair: Team) -> None:
    path = pair.file(pair.one)
    teams.keep(pair.two, pair.audit, "")
    with pytest.raises(NeedsPassphrase):
        bundle_opening.open_file(pair.two, path)
    with pytest.raises(WrongFilePassphrase):
        bundle_opening.open_file(pair.two, path, "une tout autre phrase")
    opened = bundle_opening.open_file(pair.two, path, f" {TEAM} ")
    assert bundle_import.preview(pair.two, opened).phrase is PhraseUse.NEW
    bundle_import.accept(pair.two, opened)
    assert teams.of_audit(pair.two, pair.audit) is None
    taken = bundle_import.accept(pair.two, opened, keep_phrase=True)[1]
    assert taken.phrase is PhraseUse.AGREED
    assert bundle_opening.open_file(pair.two, path).passphrase == TEAM
    assert TEAM.encode() not in b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())


def test_a_phrase_that_opens_a_file_replaces_none_that_was_agreed_on(pair: Team) -> None:
    """Neither that of the team here, nor by one too weak to protect what is sent, nor unasked."""
    mine = "cinq autres mots convenus ici"
    teams.agree(pair.two, pair.audit, mine)
    opened = bundle_opening.open_file(pair.two, pair.file(pair.one), TEAM)
    found = bundle_import.accept(pair.two, opened, keep_phrase=True)[1]
    assert found.phrase is PhraseUse.OTHER
    assert "n'est pas remplacée" in bundle_words.phrase(found.phrase)
    agreed = teams.of_audit(pair.two, pair.audit)
    assert agreed is not None
    assert agreed[0] == mine
    teams.keep(pair.two, pair.audit, "")
    teams.keep(pair.one, pair.audit, "secret")
    weak = bundle_opening.open_file(pair.two, pair.file(pair.one), "secret")
    assert bundle_import.accept(pair.two, weak, keep_phrase=True)[1].phrase is PhraseUse.WEAK
    assert teams.of_audit(pair.two, pair.audit) is None


def test_several_files_at_once_keep_no_phrase_unasked_and_tell_of_identities(pair: Team) -> None:
    teams.keep(pair.two, pair.audit, "")
    entity = f"answer:{pair.audit}/{STRUCTURE}/{pair.criteria[0]}"
    edits = [Edit(entity, "constat", "Vu avec Mme DUPONTEL")]
    pair.one.workspace.journal.record(f"audit:{pair.audit}", edits, author="A")
    files = [bundle_opening.open_file(pair.two, pair.file(pair.one), TEAM) for _ in range(2)]
    _, results = bundle_import.accept_all(pair.two, files)
    assert [each.identities for each in results] == [1, 0]
    assert teams.of_audit(pair.two, pair.audit) is None
    bundle_import.accept_all(pair.two, files, keep_phrase=True)
    assert teams.of_audit(pair.two, pair.audit) is not None


def test_how_far_a_file_was_read_is_told(pair: Team) -> None:
    told: list[tuple[int, int]] = []
    opened = bundle_opening.open_file(pair.one, pair.file(pair.two))
    found = bundle_import.preview(
        pair.one, opened, progress=lambda done, total, _: told.append((done, total))
    )
    assert told[0] == (0, found.head.ops)
    assert all(done <= total for done, total in told)


def test_two_audits_of_a_structure_on_a_day_are_two_files(pair: Team) -> None:
    known = pair.one.audit(pair.audit)
    _, other = audits.create(pair.one, known.facility, known.kind, [GRID], known.date)
    names = set()
    for key in (pair.audit, other):
        lock = bundle_export.lock(pair.one, key, passphrase=TEAM)
        names.add(bundle_plans.file_name(bundle_plans.of_audits(pair.one, [key], lock)))
    assert len(names) == 2


def test_a_file_for_nobody_else_is_not_written(pair: Team) -> None:
    teams.keep(pair.one, pair.audit, "")
    with pytest.raises(InvalidValue, match="Personne d'autre"):
        bundle_export.lock(pair.one, pair.audit)
    with pytest.raises(InvalidValue, match="quatre mots"):
        bundle_export.lock(pair.one, pair.audit, passphrase="secret")


def test_a_file_for_a_key_opens_for_its_owner_alone(pair: Team) -> None:
    lock = bundle_export.lock(pair.one, readers=[own_keys.own_keys(pair.two).public_reading])
    plan = bundle_plans.of_audits(pair.one, [pair.audit], lock)
    path = bundle_export.write(plan, pair.place / "cle.ivaudit")
    assert bundle_opening.open_file(pair.two, path).passphrase == ""
    stranger = bundle_export.lock(pair.one, readers=[own_keys.own_keys(pair.one).public_reading])
    plan = bundle_plans.of_audits(pair.one, [pair.audit], stranger)
    other = bundle_export.write(plan, pair.place / "autre.ivaudit")
    with pytest.raises(UnreadableFile, match="pas destiné"):
        bundle_opening.open_file(pair.two, other)


def test_pictures_travel_and_those_erased_elsewhere_go(pair: Team) -> None:
    photo = pictures.picture(photos.photo(), "vue.jpg")
    _, key = evidence.add_photo(pair.one, pair.audit, photo, caption="Poste d'accueil")
    assert pair.send(pair.one, pair.two).pictures == 1
    held = evidence.get(pair.two, pair.audit, key)
    assert evidence.body(pair.two, held.digest).body == photo.body.body
    assert evidence.thumbnails(pair.two, [held.digest])
    evidence_erasure.erase(pair.one, pair.audit, key, "Un visage s'y voit")
    pair.send(pair.one, pair.two)
    assert evidence.get(pair.two, pair.audit, key).erased
    assert pair.send(pair.two, pair.one).pictures == 0
    assert checks.full_check(pair.one).problems == ()


def test_an_erasure_reaches_the_other_copy(pair: Team) -> None:
    criterion = pair.criteria[0]
    answers.write(pair.one, pair.audit, criterion, "constat", "Matricule recopié par erreur")
    pair.send(pair.one, pair.two)
    checks.erase(pair.one, f"answer:{pair.audit}/{STRUCTURE}/{criterion}", "constat", "Donnée nominative")
    assert pair.send(pair.one, pair.two).erased == 1
    assert answers.current(pair.two, pair.audit, criterion, STRUCTURE).constat == ""
    assert state(pair.one) == state(pair.two)
    assert checks.verify(pair.two).erased == 1


# -- what is left out


def test_a_part_brings_its_answers_alone_and_everything_verifies(pair: Team) -> None:
    _, unit = subjects.add(pair.one, pair.audit, "Unité protégée")
    kept, left = pair.criteria[0], pair.criteria[1]
    answers.answer(pair.one, pair.audit, kept, "non", subject=unit)
    answers.answer(pair.one, pair.audit, left, "non")
    answers.write(pair.one, pair.audit, kept, "note", "Entre nous", subject=unit)
    received = pair.send(pair.one, pair.two, Wanted(subjects=(unit,), notes=False))
    assert received.withheld == 2
    assert len(received.head.left_out) == 2
    assert value(pair.two, pair, kept, unit) == "non"
    assert answers.current(pair.two, pair.audit, kept, unit).note == ""
    verified = checks.full_check(pair.two)
    assert (verified.problems, verified.journal.withheld) == ((), 2)
    with pytest.raises(NotAllowedNow, match="pas dans le fichier"):
        answers.answer(pair.two, pair.audit, left, "oui")
    answers.answer(pair.two, pair.audit, kept, "partiel", subject=unit)
    assert pair.send(pair.two, pair.one).withheld == 0
    assert value(pair.one, pair, kept, unit) == "partiel"
    assert value(pair.one, pair, left) == "non"
    filled = pair.send(pair.one, pair.two)
    assert (filled.filled, checks.verify(pair.two).withheld) == (2, 0)
    assert state(pair.one) == state(pair.two)


def test_a_part_sent_on_says_what_it_never_had(pair: Team) -> None:
    answers.answer(pair.one, pair.audit, pair.criteria[8], "non")
    pair.send(pair.one, pair.two, Wanted(sections=(section_of(pair, pair.criteria[0]),)))
    again = pair.send(pair.two, pair.one)
    assert any("n'avait pas reçu" in each for each in again.head.left_out) == bool(again.head.left_out)
    assert checks.verify(pair.one).withheld == 0


def section_of(pair: Team, criterion: str) -> str:
    checklist = pair.one.frozen(pair.one.audit(pair.audit)).checklists[0]
    return next(point.section.id for point in checklist.points() if point.criterion.id == criterion)


def test_several_audits_go_under_a_phrase_only_where_it_is_that_of_each(pair: Team) -> None:
    """The team of the first is not the team of the others."""
    known = pair.one.audit(pair.audit)
    _, other = audits.create(pair.one, known.facility, known.kind, [GRID], known.date)
    both = (pair.audit, other)
    with pytest.raises(InvalidValue, match="Personne d'autre"):
        bundle_choices.plan(pair.one, both, Wanted(), reader="", passphrase="")
    teams.agree(pair.one, other, "une autre phrase pour cet audit")
    assert teams.shared(pair.one, both) == ""
    teams.agree(pair.one, other, TEAM)
    plan = bundle_choices.plan(pair.one, both, Wanted(), reader="", passphrase="")
    path = bundle_export.write(plan, pair.place / "deux.ivaudit")
    taken = bundle_import.accept(pair.two, bundle_opening.open_file(pair.two, path))[1]
    assert len(audits.all_of(pair.two)) == 2
    assert taken.phrase is PhraseUse.NONE


def test_the_register_goes_without_its_references_unless_asked(pair: Team) -> None:
    values = {
        "type": anomalies.terms(pair.one).types[0].id,
        "found": "2026-11-20",
        "description": "Deux dossiers ouverts.",
        "references": [{"role": "maître", "nature": "IPP", "value": "8004512"}],
    }
    _, key = anomalies.declare(pair.one, EntryKind.ANOMALY, values)
    readers = [own_keys.own_keys(pair.two).public_reading]
    lock = bundle_export.lock(pair.one, readers=readers)
    bare = bundle_export.write(bundle_plans.of_register(pair.one, lock), pair.place / "r.ivaudit")
    bundle_import.accept(pair.two, bundle_opening.open_file(pair.two, bare))
    received = anomalies.get(pair.two, key)
    assert (received.description, received.references) == ("Deux dossiers ouverts.", ())
    assert checks.full_check(pair.two).problems == ()
    pair.two.workspace.journal.rebuild()
    assert anomalies.get(pair.two, key).description == "Deux dossiers ouverts."
    plan = bundle_plans.of_register(pair.one, lock, references=True)
    whole = bundle_export.write(plan, pair.place / "e.ivaudit")
    bundle_import.accept(pair.two, bundle_opening.open_file(pair.two, whole))
    assert [each.value for each in anomalies.get(pair.two, key).references] == ["8004512"]
    assert checks.full_check(pair.two).problems == ()


def test_a_word_of_an_entry_that_came_without_its_references_is_found_and_goes_where_it_is_whole(
    pair: Team,
) -> None:
    values = {
        "type": anomalies.terms(pair.one).types[0].id,
        "found": "2026-11-20",
        "description": "Serin-jaune a ouvert deux dossiers.",
        "unit": "Accueil",
        "references": [{"role": "maître", "nature": "IPP", "value": "8004512"}],
    }
    _, key = anomalies.declare(pair.one, EntryKind.ANOMALY, values)
    lock = bundle_export.lock(pair.one, readers=[own_keys.own_keys(pair.two).public_reading])
    bare = bundle_export.write(bundle_plans.of_register(pair.one, lock), pair.place / "r.ivaudit")
    bundle_import.accept(pair.two, bundle_opening.open_file(pair.two, bare))
    (found,) = erasing.search(pair.two, "serin-jaune")
    assert (found.found.entity, found.erasable) == (names.anomaly(key), False)
    assert "Serin-jaune a ouvert" in found.extract
    here = erasing.search(pair.one, "serin-jaune")
    erasing.erase_found(pair.one, "serin-jaune", here, "nom tapé par erreur")
    after = bundle_export.write(bundle_plans.of_register(pair.one, lock), pair.place / "s.ivaudit")
    bundle_import.accept(pair.two, bundle_opening.open_file(pair.two, after))
    assert erasing.search(pair.two, "serin-jaune") == ()
    entry = anomalies.get(pair.two, key)
    assert (entry.description, entry.unit) == ("", "Accueil")
    assert checks.full_check(pair.two).problems == ()


def test_a_keeper_and_a_deputy_keep_one_register(pair: Team) -> None:
    def entry(what: str) -> dict[str, object]:
        return {"type": anomalies.terms(pair.one).types[0].id, "found": "2026-11-20", "description": what}

    _, first = anomalies.declare(pair.one, EntryKind.ANOMALY, entry("Vue par le référent"))
    pair.give_register(pair.one, pair.two)
    _, second = anomalies.declare(pair.two, EntryKind.ANOMALY, entry("Vue par la suppléante"))
    anomalies.edit(pair.two, first, {"description": "Vue par le référent, relue"})
    pair.give_register(pair.two, pair.one)
    pair.give_register(pair.one, pair.two)
    for session in (pair.one, pair.two):
        assert anomalies.get(session, first).description == "Vue par le référent, relue"
        assert anomalies.get(session, second).description == "Vue par la suppléante"
    numbers = {anomalies.get(pair.one, each).number for each in (first, second)}
    assert len(numbers) == 2
    assert state(pair.one) == state(pair.two)


def test_what_keepers_say_differently_is_named_by_its_number_in_the_words_of_the_form(pair: Team) -> None:
    """What both started from is what was declared, and going back to it gives it back."""
    values = {
        "type": anomalies.terms(pair.one).types[0].id,
        "found": "2026-11-20",
        "description": "Au départ",
    }
    _, key = anomalies.declare(pair.one, EntryKind.ANOMALY, values)

    pair.give_register(pair.one, pair.two)
    for session, said in ((pair.one, "Vu par l'une"), (pair.two, "Vu par l'autre")):
        anomalies.edit(session, key, {"description": said})
    pair.give_register(pair.two, pair.one)
    (found,) = merges.disagreements(pair.one)
    assert (found.place, found.field) == (anomalies.get(pair.one, key).number, "Faits")
    assert (found.before, set(found.values)) == ("Au départ", {"Vu par l'une", "Vu par l'autre"})
    merges.settle(pair.one, found.conflict.entity, "description", Choice.BASE)
    assert anomalies.get(pair.one, key).description == "Au départ"


def test_an_entry_that_one_keeper_took_off_while_the_other_changed_it_is_asked(pair: Team) -> None:
    values = {"type": anomalies.terms(pair.one).types[0].id, "found": "2026-11-20", "description": "Départ"}
    _, key = anomalies.declare(pair.one, EntryKind.ANOMALY, values)
    _, gone = anomalies.declare(pair.one, EntryKind.ANOMALY, values)
    pair.give_register(pair.one, pair.two)
    anomalies.edit(pair.one, gone, {"description": "Saisie deux fois"})
    anomalies.remove(pair.one, gone)
    anomalies.remove(pair.one, key)
    anomalies.edit(pair.two, key, {"description": "Précisé entre-temps"})
    pair.give_register(pair.two, pair.one)
    pair.give_register(pair.one, pair.two)
    (found,) = merges.disagreements(pair.one)
    assert merges.disagreements(pair.two) == (found,)
    assert (found.conflict.field, found.values) == ("removed", ("Retiré", "Modifié, et gardé"))
    merges.settle(pair.one, found.conflict.entity, "removed", Kept(found.conflict.sides[1].change))
    assert anomalies.get(pair.one, key).description == "Précisé entre-temps"
    pair.give_register(pair.one, pair.two)
    assert merges.disagreements(pair.two) == ()


# -- disagreements


def kept(found: Iterable[Disagreement], field: str, at: int) -> Kept:
    """Return what keeps the value at a place in the list, of the first field so called."""
    shown = next(each for each in found if each.conflict.field == field)
    return Kept(shown.conflict.sides[at].change)


def third(pair: Team) -> Session:
    """Return a third copy, made of the second before anything else."""
    folder = pair.place / "trois"
    pair.two.close()
    shutil.copytree(pair.place / "deux", folder)
    object.__setattr__(pair, "two", workspaces.open_with_passphrase(pair.place / "deux", PASSPHRASE))
    return workspaces.open_with_passphrase(folder, PASSPHRASE)


def test_of_three_values_each_is_kept_alone_whatever_their_order(pair: Team) -> None:
    """The middle one as well; and a value that is one no more is not taken for another."""
    entity = f"answer:{pair.audit}/{STRUCTURE}/{pair.criteria[0]}"
    with closing(third(pair)) as three:
        copies = {"non": pair.one, "partiel": pair.two, "sans_objet": three}
        for said, copy in copies.items():
            copy.workspace.journal.record(f"audit:{pair.audit}", [Edit(entity, "value", said)], author=said)
        for source in (pair.two, three):
            pair.send(source, pair.one)
        found = merges.disagreement(pair.one, entity, "value")
        assert len(found.values) == 3
        middle = found.conflict.sides[1]
        gone = kept([found], "value", 0)
        merges.settle(pair.one, entity, "value", Kept(middle.change))
        assert value(pair.one, pair, pair.criteria[0]) == middle.value
        # The third writes again what it holds alone, and the choice made before is no value of it.
        three.workspace.journal.record(f"audit:{pair.audit}", [Edit(entity, "value", "oui")], author="C")
        pair.send(three, pair.one)
        with pytest.raises(NotFound, match="entre-temps"):
            merges.settle(pair.one, entity, "value", gone)
        assert len(merges.disagreement(pair.one, entity, "value").values) == 2


def test_what_two_removed_and_a_third_changed_is_one_question(pair: Team) -> None:
    _, key = evidence.add_observation(pair.one, pair.audit, caption="Le poste est vide")
    pair.send(pair.one, pair.two)
    with closing(third(pair)) as three:
        evidence.remove(pair.one, pair.audit, key)
        evidence.remove(pair.two, pair.audit, key)
        evidence.edit(three, pair.audit, key, caption="Le poste est vide depuis midi")
        for source in (pair.two, three):
            pair.send(source, pair.one)
    (found,) = merges.disagreements(pair.one, pair.audit)
    merges.settle(pair.one, found.conflict.entity, "exists", kept([found], "exists", 1))
    assert evidence.get(pair.one, pair.audit, key).caption == "Le poste est vide depuis midi"
    assert merges.disagreements(pair.one, pair.audit) == ()


def test_what_both_changed_is_settled_once_for_both(pair: Team) -> None:
    first = pair.criteria[0]
    answers.answer(pair.one, pair.audit, first, "non")
    answers.answer(pair.two, pair.audit, first, "partiel")
    answers.write(pair.one, pair.audit, first, "constat", "Vu au poste.")
    answers.write(pair.two, pair.audit, first, "constat", "Dit par la cadre.")
    pair.send(pair.two, pair.one)
    pair.send(pair.one, pair.two)
    found = merges.disagreements(pair.one, pair.audit)
    assert found == merges.disagreements(pair.two, pair.audit)
    said = {each.field: (each.before, set(each.values)) for each in found}
    assert said["Réponse"] == ("Oui", {"Non", "Partiel"})
    assert said["Constat"] == ("(vide)", {"Vu au poste.", "Dit par la cadre."})
    entity = found[0].conflict.entity
    merges.settle(pair.one, entity, "constat", Choice.BOTH)
    merges.settle(pair.one, entity, "value", kept(found, "value", 0))
    assert merges.disagreements(pair.one, pair.audit) == ()
    pair.send(pair.one, pair.two)
    assert merges.disagreements(pair.two, pair.audit) == ()
    constat = answers.current(pair.two, pair.audit, first, STRUCTURE).constat
    assert constat == "Vu au poste.\n\nDit par la cadre."
    assert state(pair.one) == state(pair.two)


def test_answers_for_the_structure_come_first_and_the_consensus_lists_the_rest(pair: Team) -> None:
    _, unit = subjects.add(pair.one, pair.audit, "Accueil de jour")
    pair.send(pair.one, pair.two)
    for session, said in ((pair.one, "non"), (pair.two, "partiel")):
        for subject in (unit, STRUCTURE):
            answers.answer(session, pair.audit, pair.criteria[0], said, subject=subject)
    pair.send(pair.two, pair.one)
    assert [each.about for each in merges.disagreements(pair.one, pair.audit)] == [
        "Toute la structure",
        "Accueil de jour",
    ]
    index = pair.one.frozen(pair.one.audit(pair.audit)).index
    critical = {key for key, (_, _, criterion) in index.items() if criterion.critical}
    found = merges.consensus(pair.one, pair.audit)
    assert {each.criterion for each in found.unseen} == critical - set(pair.criteria[:3])
    free = next(key for key, (_, _, each) in index.items() if each.na.value in {"libre", "motif"})
    answers.answer(pair.one, pair.audit, free, "sans_objet", na_reason="Pas de bloc opératoire")
    assert [
        (each.criterion, each.said) for each in merges.consensus(pair.one, pair.audit).not_applicable
    ] == [(free, "Pas de bloc opératoire")]


def test_the_reason_of_a_sans_objet_goes_when_the_answer_is_another(pair: Team) -> None:
    index = pair.one.frozen(pair.one.audit(pair.audit)).index
    free = next(key for key, (_, _, each) in index.items() if each.na.value in {"libre", "motif"})
    answers.answer(pair.one, pair.audit, free, "sans_objet", na_reason="Pas de bloc opératoire")
    answers.answer(pair.two, pair.audit, free, "non")
    pair.send(pair.two, pair.one)
    chosen = next(each for each in merges.disagreements(pair.one, pair.audit) if each.field == "Réponse")
    choice = kept([chosen], "value", chosen.values.index("Non"))
    merges.settle(pair.one, chosen.conflict.entity, "value", choice)
    assert answers.current(pair.one, pair.audit, free, STRUCTURE)[:5] == ("non", "", "", False, "")


def test_what_one_removed_while_the_other_changed_it_is_asked(pair: Team) -> None:
    _, key = evidence.add_observation(pair.one, pair.audit, caption="Le poste est vide")
    _, other = evidence.add_observation(pair.one, pair.audit, caption="Une autre")
    evidence.edit(pair.one, pair.audit, other, caption="Une autre, relue")
    pair.send(pair.one, pair.two)
    evidence.remove(pair.one, pair.audit, other)
    evidence.remove(pair.one, pair.audit, key)
    evidence.edit(pair.two, pair.audit, key, caption="Le poste est vide depuis midi")
    pair.send(pair.two, pair.one)
    pair.send(pair.one, pair.two)
    (found,) = merges.disagreements(pair.one, pair.audit)
    assert merges.disagreements(pair.two, pair.audit) == (found,)
    assert found.values == ("Retiré", "Modifié, et gardé")
    merges.settle(pair.one, found.conflict.entity, "exists", kept([found], "exists", 1))
    assert evidence.get(pair.one, pair.audit, key).caption == "Le poste est vide depuis midi"
    pair.send(pair.one, pair.two)
    assert merges.disagreements(pair.two, pair.audit) == ()


def test_two_who_say_the_same_do_not_disagree(pair: Team) -> None:
    for session in (pair.one, pair.two):
        answers.answer(session, pair.audit, pair.criteria[5], "non")
    assert pair.send(pair.two, pair.one).several == 0
    assert merges.disagreements(pair.one, pair.audit) == ()
    assert not answers.current(pair.one, pair.audit, pair.criteria[5], STRUCTURE).conflict


def test_a_preview_tells_how_many_texts_look_like_an_identity(pair: Team) -> None:
    """Another copy may have let them through, or have been told that they are none."""
    entity = f"answer:{pair.audit}/{STRUCTURE}/{pair.criteria[0]}"
    edits = [Edit(entity, "constat", "Vu avec Mme DUPONTEL"), Edit(entity, "note", "Vu avec le cadre")]
    pair.two.workspace.journal.record(f"audit:{pair.audit}", edits, author="B")
    opened = bundle_opening.open_file(pair.one, pair.file(pair.two))
    found = bundle_import.preview(pair.one, opened)
    assert found.identities == 1
    assert any("1 texte ressemble à l'identité" in each for each in bundle_words.told(found))
    bundle_import.accept(pair.one, opened)
    again = bundle_import.preview(pair.one, opened)
    assert (again.identities, again.nothing) == (0, True)


# -- a validated audit


def test_a_validated_audit_takes_nothing_in_until_it_is_reopened(pair: Team) -> None:
    answers.answer(pair.two, pair.audit, pair.criteria[0], "non")
    late = pair.file(pair.two)
    for each in (AuditState.ONGOING, AuditState.REVIEW, AuditState.VALIDATED):
        states.change(pair.one, pair.audit, each)
    opened = bundle_opening.open_file(pair.one, late)
    before = state(pair.one)
    with pytest.raises(NotAllowedNow, match="rouvrez"):
        bundle_import.accept(pair.one, opened)
    assert state(pair.one) == before
    states.change(pair.one, pair.audit, AuditState.REVIEW, "Une réponse manquait")
    bundle_import.accept(pair.one, opened)
    assert value(pair.one, pair, pair.criteria[0]) == "non"


def test_a_campaign_begun_elsewhere_does_not_slip_into_a_validated_audit(pair: Team) -> None:
    """Its scope was unknown here when the audit was validated: it is a part of it all the same."""
    facility = pair.two.audit(pair.audit).facility
    campaigns.create(pair.two, facility, "obs-bracelet", audit=pair.audit)
    late = pair.file(pair.two)
    for each in (AuditState.ONGOING, AuditState.REVIEW, AuditState.VALIDATED):
        states.change(pair.one, pair.audit, each)
    before = state(pair.one)
    with pytest.raises(NotAllowedNow, match="rouvrez"):
        bundle_import.accept(pair.one, bundle_opening.open_file(pair.one, late))
    assert state(pair.one) == before
