"""What the journal says in words, filtered, read a piece at a time, taken away; and what leaves it."""

import datetime as dt
import json
from pathlib import Path

import pytest
from support.bench import Bench
from support.clear_pages import clear_pages
from support.photos import photo

from ivaudit.app import (
    actions,
    anomalies,
    anomaly_log_reading,
    answers,
    backups,
    checks,
    erasing,
    evidence,
    evidence_erasure,
    facilities,
    insi_declared,
    names,
    pictures,
    settings,
    teams,
    trail_export,
    trail_reading,
    workspaces,
)
from ivaudit.app.trail_names import Names
from ivaudit.app.trail_reading import TrailReader
from ivaudit.app.trail_values import Values
from ivaudit.domain.anomalies import EntryKind
from ivaudit.domain.errors import DiskFull, InvalidValue, NotFound
from ivaudit.domain.trail import Gesture, TrailFilter, TrailLine
from ivaudit.store import erasure, layout, word_search
from ivaudit.store.word_search import Kind

POINT, OTHER = "rec-ant-02", "cas-sdp-01"
CANARY = "Serin-jaune"


def lines(bench: Bench, **wanted: str) -> list[TrailLine]:
    reader, found = TrailReader(bench.session, TrailFilter(**wanted)), []
    while not reader.over:
        found += reader.next(3, 1.0).lines
    return found


def constat(bench: Bench) -> TrailLine:
    return next(line for line in lines(bench) if line.field == "constat")


def number(bench: Bench, criterion: str) -> str:
    return bench.session.frozen(bench.session.audit(bench.audit)).index[criterion][0]


def test_a_change_is_told_with_its_number_its_place_and_both_values(bench: Bench) -> None:
    answers.answer(bench.session, bench.audit, POINT, "oui")
    answers.answer(bench.session, bench.audit, POINT, "non")
    line = lines(bench)[0]
    assert (line.what, line.old, line.new) == (f"{number(bench, POINT)} – réponse", "Oui", "Non")
    assert line.where == "EHPAD Les Tilleuls · Audit externe · 21/11/2026"
    assert (line.author, line.gesture) == ("Cellule régionale", "Modification")


def test_labels_of_forms_lists_and_links_stand_for_keys_and_ids(bench: Bench) -> None:
    session = bench.session
    facilities.edit(session, bench.facility, {"city": "Laval", "profile": ["insi", "had"]})
    actions.create(session, bench.facility, "Afficher la règle.", audit=bench.audit, criteria=[POINT])
    found = {line.what: line.new for line in reversed(lines(bench))}
    assert found["Structure – Commune"] == "Laval"
    terms = session.library.vocabulary()
    assert found["Structure – Profil d'activité"] == " · ".join(
        terms.label("profile", key) for key in ("insi", "had")
    )
    assert found["Action « Afficher la règle. » – points liés"] == number(bench, POINT)
    assert found["Action « Afficher la règle. » – structure"] == "EHPAD Les Tilleuls"


def test_technical_fields_stay_out_of_the_way_but_not_out_of_the_journal(bench: Bench) -> None:
    prepared = pictures.picture(photo(), "bracelet.jpeg")
    evidence.add_photo(bench.session, bench.audit, prepared, caption="Bracelet")
    fields = {line.field for line in lines(bench) if line.entity.startswith("evidence:")}
    assert "caption" in fields
    assert not fields & {"digest", "media", "size"}


def test_each_filter_keeps_what_it_names_and_nothing_else(bench: Bench) -> None:
    session = bench.session
    answers.write(session, bench.audit, POINT, "constat", "Vu au poste d'accueil.")
    session.author = "Suppléante"
    answers.write(session, bench.audit, OTHER, "note", "À revoir en équipe.")
    answers.undo(session, bench.audit)
    _, elsewhere = facilities.create(session, {"name": "Clinique du Parc"})
    anomalies.declare(session, EntryKind.ANOMALY, {"type": "P01"}, facility=elsewhere)
    settings.change(session, lock_after=5)
    assert {line.author for line in lines(bench, author="suppl")} == {"Suppléante"}
    assert {line.gesture for line in lines(bench, gesture=Gesture.UNDO)} == {"Annulation ou rétablissement"}
    assert {line.scope for line in lines(bench, place="register")} == {names.REGISTER}
    assert {line.scope for line in lines(bench, place="workspace")} == {names.WORKSPACE}
    audit = names.audit(bench.audit)
    assert {line.scope for line in lines(bench, place=audit)} == {audit}
    mine = {line.scope for line in lines(bench, place=names.structure(bench.facility))}
    assert mine == {names.structure(bench.facility), audit}
    entity = names.answer(bench.audit, "structure", POINT)
    assert {line.entity for line in lines(bench, entity=entity)} == {entity}
    assert [line.field for line in lines(bench, words="ACCUEIL poste")] == ["constat"]
    assert [line.new for line in lines(bench, words=f"{number(bench, POINT)} constat")] == [
        "Vu au poste d'accueil."
    ]


def test_a_period_has_its_first_day_and_not_the_day_after(bench: Bench) -> None:
    at = dt.datetime.now(dt.UTC)
    before, after = ((at + dt.timedelta(days=days)).isoformat() for days in (-1, 1))
    every = len(lines(bench))
    assert len(lines(bench, since=before, until=after)) == every
    assert lines(bench, since=after) == []
    assert lines(bench, until=before) == []


def test_a_gesture_of_thousands_of_changes_is_read_whole_once_and_in_order(bench: Bench) -> None:
    session = bench.session
    many = [names.row("c", f"r{rank:04}") for rank in range(700)]
    from ivaudit.store.journal import Edit  # noqa: PLC0415

    session.workspace.journal.record(
        names.REGISTER, [Edit(each, "number", rank) for rank, each in enumerate(many)], author="a"
    )
    answers.answer(session, bench.audit, POINT, "oui")
    found = lines(bench)
    assert "Oui" in [line.new for line in found[:3]]
    assert [line.entity for line in found if line.field == "number"] == many
    places = [(line.op, line.index) for line in found]
    assert len(places) == len(set(places))


def test_what_is_recorded_while_one_reads_moves_nothing(bench: Bench) -> None:
    for rank in range(130):
        answers.answer(bench.session, bench.audit, POINT, ("oui", "non")[rank % 2])
    reader = TrailReader(bench.session, TrailFilter())
    first = reader.next(50, 1.0).lines
    answers.answer(bench.session, bench.audit, OTHER, "oui")
    rest = list(first)
    while not reader.over:
        rest += reader.next(50, 1.0).lines
    places = [(line.op, line.index) for line in rest]
    assert len(places) == len(set(places))
    assert all(OTHER not in line.entity for line in rest)


def test_an_erased_value_says_who_when_and_why_and_the_erasure_is_a_line(bench: Bench) -> None:
    session = bench.session
    answers.write(session, bench.audit, POINT, "constat", f"{CANARY} au poste")
    line = constat(bench)
    session.author = "Déléguée"
    erasing.erase_value(session, line.op, line.index, "identité tapée par erreur")
    erasure, now = lines(bench)[0], constat(bench)
    assert now.new == ""
    assert now.erased is not None
    assert (now.erased.by, now.erased.reason) == ("Déléguée", "identité tapée par erreur")
    assert erasure.gesture == "Effacement"
    assert erasure.what == f"1 valeur : {number(bench, POINT)} – constat"
    assert (erasure.erasable, now.erasable) == (False, False)
    words = trail_export.erased_words(now.erased)
    assert words.startswith("effacé le ")
    assert words.endswith("par Déléguée, motif : identité tapée par erreur")
    assert checks.full_check(session).whole


def test_nothing_without_which_a_thing_is_no_more_is_erased(bench: Bench) -> None:
    created = next(line for line in lines(bench) if line.field == "exists")
    assert not created.erasable
    with pytest.raises(InvalidValue, match="se choisit"):
        erasing.erase_value(bench.session, created.op, created.index, "essai")


def test_a_reason_must_be_there_and_not_repeat_what_is_erased(bench: Bench) -> None:
    answers.write(bench.session, bench.audit, POINT, "constat", CANARY)
    line = constat(bench)
    for reason, why in ((" ", "motif"), (f"c'était {CANARY.upper()}", "répète"), ("x" * 301, "300")):
        with pytest.raises(InvalidValue, match=why):
            erasing.erase_value(bench.session, line.op, line.index, reason)
    with pytest.raises(NotFound):
        erasing.erase_value(bench.session, b"\0" * 32, 0, "essai")


def test_the_lines_go_out_as_a_workbook_and_as_csv(bench: Bench, tmp_path: Path) -> None:
    import openpyxl  # noqa: PLC0415

    answers.write(bench.session, bench.audit, POINT, "constat", "=1+1 vu au poste")
    wanted = TrailFilter(entity=names.answer(bench.audit, "structure", POINT))
    amount = trail_export.export(bench.session, wanted, tmp_path / "j.xlsx")
    assert trail_export.export(bench.session, wanted, tmp_path / "j.csv") == amount
    sheet = openpyxl.load_workbook(tmp_path / "j.xlsx")["Journal 1"]
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == amount + 1
    assert rows[0] == ("Date et heure", "Auteur", "Geste", "Où", "Quoi", "Avant", "Après", "Motif")
    assert (sheet["G2"].value, sheet["G2"].data_type) == ("=1+1 vu au poste", "s")
    text = (tmp_path / "j.csv").read_text(encoding="utf-8-sig")
    assert "'=1+1 vu au poste" in text
    with pytest.raises(InvalidValue):
        trail_export.export(bench.session, wanted, tmp_path / "j.pdf")


# -- a word everywhere


def test_a_word_is_found_wherever_it_is_written_whatever_its_case(bench: Bench) -> None:
    session = bench.session
    answers.write(session, bench.audit, POINT, "constat", f'dit "{CANARY}" au poste')
    answers.write(session, bench.audit, POINT, "constat", "rien")
    answers.draft(session, bench.audit, OTHER, "note", "Mme Serin-Jaune, née le 12/03/1950")
    session.workspace.journal.erase(constat(bench).op, 0, author="serin-jaune", reason="essai")
    found = erasing.search(session, "SERIN-JAUNE")
    assert {each.found.kind for each in found} == {Kind.VALUE, Kind.DRAFT, Kind.REASON}
    past = next(each for each in found if each.found.kind is Kind.VALUE)
    assert past.extract == f'dit "{CANARY}" au poste'
    assert [each.found.kind for each in found if not each.erasable] == [Kind.REASON]
    assert erasing.search(session, "zzyzx") == ()
    with pytest.raises(InvalidValue, match="3 caractères"):
        erasing.search(session, "ab")


def test_a_word_among_the_columns_kept_in_mind_of_an_imported_log_is_found_and_forgotten(
    bench: Bench,
) -> None:
    session = bench.session
    memory = {
        "a": {"name": "Journal", "targets": {"type": "type"}, "words": {"type": {CANARY: "P01"}}},
        "b": {"name": "Autre", "targets": {}, "words": {}},
    }
    session.workspace.remember(anomaly_log_reading.MEMO, json.dumps(memory))
    session.workspace.remember(teams.STICK, f"/media/{CANARY}")
    kinds = {each.found.kind: each for each in erasing.search(session, CANARY)}
    assert {kind: each.erasable for kind, each in kinds.items()} == {Kind.MEMORY: True, Kind.KNOWN: False}
    erasing.erase_found(session, CANARY, kinds.values(), "nom tapé par erreur")
    assert [each.found.kind for each in erasing.search(session, CANARY)] == [Kind.KNOWN]
    assert list(json.loads(session.workspace.recall(anomaly_log_reading.MEMO) or "")) == ["b"]


def test_every_value_is_in_one_slice(bench: Bench) -> None:
    answers.write(bench.session, bench.audit, POINT, "constat", CANARY)
    db = bench.session.workspace.db
    found = [each for rank in range(word_search.SLICES) for each in word_search.of_slice(db, rank, "a")]
    assert len(found) == len({(each.op, each.rank) for each in found})
    texts = db.execute("SELECT count(*) FROM change WHERE body LIKE '%a%' OR body LIKE '%à%'").fetchone()[0]
    assert len(found) >= texts > 0


def test_one_gesture_erases_a_word_everywhere_and_leaves_no_trace_in_the_files(bench: Bench) -> None:
    session = bench.session
    word = CANARY.casefold()
    for criterion in (POINT, OTHER):
        answers.write(session, bench.audit, criterion, "constat", f"{CANARY} vu au poste")
        answers.write(session, bench.audit, criterion, "constat", "corrigé")
    answers.draft(session, bench.audit, OTHER, "note", f"Mme {CANARY}, née le 12/03/1950")
    session.trusting = True
    reported = anomalies.declare(
        session,
        EntryKind.ANOMALY,
        {"type": "P01", "description": f"vu avec {CANARY}", "unit": "Accueil"},
        facility=bench.facility,
    )
    before = len(session.workspace.journal.ops_of())
    changes = erasing.erase_found(session, CANARY, erasing.search(session, CANARY), "nom tapé par erreur")
    assert "effacés" in changes.done
    assert erasing.search(session, CANARY) == ()
    assert (
        len(session.workspace.journal.ops_of()) - before <= 4
    )  # one a scope, and the rest of the entry again
    entry = anomalies.get(session, reported[1])
    assert (entry.description, entry.unit, entry.type) == ("", "Accueil", "P01")
    assert answers.current(session, bench.audit, POINT).constat == "corrigé"
    key = session.workspace.data_key
    pages = clear_pages(session.workspace.folder / layout.DATABASE, key)
    assert word.encode() not in pages.lower()
    assert checks.full_check(session).whole


def test_an_erasure_that_finds_no_room_to_rewrite_the_files_is_said_done_and_finished_later(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = bench.session
    answers.write(session, bench.audit, POINT, "constat", CANARY)
    folder, key = session.workspace.folder, session.workspace.data_key

    def full(_db: object) -> None:
        if not session.workspace.db.conn.in_transaction:
            raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr(erasure, "scrub", full)
        changes = erasing.erase_value(session, constat(bench).op, 0, "nom tapé par erreur")
    assert "libérez de la place" in changes.done
    assert lines(bench, gesture=Gesture.ERASE)
    workspaces.rest(session)
    assert CANARY.encode() not in clear_pages(folder / layout.DATABASE, key)


def test_a_reference_with_signs_that_json_writes_otherwise_is_erased_too(bench: Bench) -> None:
    session = bench.session
    values = {"type": "P01", "unit": "Accueil", "references": [{"nature": "IPP", "value": 'A"B\\12'}]}
    _, key = anomalies.declare(session, EntryKind.ANOMALY, values, facility=bench.facility)
    (found,) = erasing.search(session, 'a"b\\12')
    erasing.erase_found(session, 'a"b\\12', [found], "numéro complet")
    assert erasing.search(session, 'a"b\\12') == ()
    entry = anomalies.get(session, key)
    assert (entry.references, entry.unit) == ((), "Accueil")


def test_the_states_of_an_entry_stay_when_a_name_leaves_their_reason(bench: Bench) -> None:
    from ivaudit.app import anomaly_life  # noqa: PLC0415
    from ivaudit.domain.anomalies import State  # noqa: PLC0415

    session = bench.session
    _, key = anomalies.declare(session, EntryKind.ANOMALY, {"type": "P01"}, facility=bench.facility)
    anomaly_life.move(session, key, State.TO_CONFIRM, reason=f"demandé à {CANARY}")
    erasing.erase_found(session, CANARY, erasing.search(session, CANARY), "nom tapé par erreur")
    entry = anomalies.get(session, key)
    assert [turn.state for turn in entry.trail] == [State.REPORTED, State.TO_CONFIRM]
    assert entry.trail[-1].reason == ""
    assert erasing.search(session, CANARY) == ()


# -- backups


def test_backups_that_hold_an_erased_value_are_named_then_removed(bench: Bench) -> None:
    session = bench.session
    backups.back_up(session, "sans")
    answers.write(session, bench.audit, POINT, "constat", CANARY)
    answers.draft(session, bench.audit, OTHER, "note", f"Mme {CANARY}, née le 12/03/1950")
    prepared = pictures.picture(photo(), "bracelet.jpeg")
    _, piece = evidence.add_photo(session, bench.audit, prepared, caption="Bracelet")
    backups.back_up(session, "avec")
    assert erasing.holding_of(session) == ()
    erasing.erase_found(session, CANARY, erasing.search(session, CANARY), "essai")
    evidence_erasure.erase(session, bench.audit, piece, "essai")
    (held,) = erasing.holding_of(session)
    assert (held.backup.reason, held.amount, held.unreadable) == ("avec", 3, False)
    erasing.purge_backups(session, [held.backup])
    assert erasing.holding_of(session) == ()
    folder = session.workspace.folder
    reasons = [info.reason for info in backups.backups(folder)]
    assert reasons == ["avant la purge de sauvegardes", "sans"]
    key = session.workspace.data_key
    for info in backups.backups(folder):
        for name in (layout.DATABASE, layout.EVIDENCE):
            pages = clear_pages(info.folder / name, key)
            assert CANARY.encode() not in pages
            assert photo_bytes(prepared) not in pages


def test_a_backup_made_while_one_typed_is_named_once_the_value_is_erased(bench: Bench) -> None:
    session = bench.session
    answers.draft(session, bench.audit, POINT, "constat", f"{CANARY} au poste")
    backups.back_up(session, "en pleine saisie")
    answers.write(session, bench.audit, POINT, "constat", f"{CANARY} au poste")
    erasing.erase_value(session, constat(bench).op, 0, "nom tapé par erreur")
    answers.draft(session, bench.audit, POINT, "constat", "corrigé")
    backups.back_up(session, "après")
    (held,) = erasing.holding_of(session)
    assert (held.backup.reason, held.amount) == ("en pleine saisie", 1)


def photo_bytes(prepared: pictures.Prepared) -> bytes:
    return prepared.body.body[200:260]


def test_a_backup_that_does_not_open_is_told_as_concerned(bench: Bench) -> None:
    session = bench.session
    answers.write(session, bench.audit, POINT, "constat", CANARY)
    info = backups.back_up(session)
    (info.folder / layout.DATABASE).write_bytes(b"\0" * 8192)
    erasing.erase_found(session, CANARY, erasing.search(session, CANARY), "essai")
    (held,) = erasing.holding_of(session)
    assert held.unreadable


def test_places_are_the_register_the_settings_structures_and_their_audits(bench: Bench) -> None:
    labels = [each.label for each in trail_reading.places(bench.session)]
    assert labels[0] == "Registre des anomalies"
    assert labels[2:] == ["EHPAD Les Tilleuls", "EHPAD Les Tilleuls · Audit externe · 21/11/2026"]


def test_what_the_program_calls_otherwise_is_told_in_words(bench: Bench) -> None:
    finess = "990000010"
    insi_declared.link(bench.session, finess, "990000085")
    insi_declared.unlink(bench.session, finess)
    said = [(line.what.rpartition(" – ")[2], line.new) for line in lines(bench)]
    assert ("ajout ou retrait", "retrait") in said
    assert ("ajout ou retrait", "ajout") in said
    values = Values(bench.session, Names(bench.session))
    assert values.said("insi_import:1", "channel", "cpx") == "par carte CPx"
    assert values.said("insi_import:1", "months", ["2026-05", "2026-13"]) == "mai 2026 · 2026-13"
