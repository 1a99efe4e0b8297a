"""Durations of retention, the copy to train on, the report that names nobody, the security file."""

import datetime as dt
import importlib.metadata
import json
import tempfile
import tomllib
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.bench import Bench
from support.clear_pages import clear_pages
from support.photos import photo
from support.tagged import read

from ivaudit.app import (
    anomalies,
    anomaly_life,
    answers,
    audits,
    checks,
    dossier,
    evidence,
    facilities,
    forms,
    names,
    notebook,
    pictures,
    reports,
    retention,
    seals,
    states,
    subjects,
    training_copy,
    workspaces,
)
from ivaudit.app.library import library
from ivaudit.domain.anomalies import EntryKind, State
from ivaudit.domain.audit import AuditState
from ivaudit.domain.errors import Cancelled, InvalidValue, NotAllowedNow
from ivaudit.domain.report_model import ReportKind
from ivaudit.domain.retention import Held, months_before, over
from ivaudit.reports import dossier_files
from ivaudit.store import layout
from ivaudit.store.keys import KdfCost

POINT, OTHER = "rec-ant-02", "cas-sdp-01"
SET_ASIDE = "rec-ant-04"
CANARY = "Serin-jaune"
PHRASE = "sept autres mots pour une copie de demonstration"
TODAY = dt.datetime.now().astimezone().date()
LATER = TODAY + dt.timedelta(days=400)


def validated(bench: Bench) -> None:
    for state in (AuditState.ONGOING, AuditState.REVIEW, AuditState.VALIDATED):
        if audits.sheet(bench.session, bench.audit).audit.state is not state:
            states.change(bench.session, bench.audit, state)


@pytest.fixture
def filled(bench: Bench) -> Bench:
    """An audit with a note, a line, a person, a photograph; a closed entry with two references."""
    session = bench.session
    session.trusting = True
    answers.answer(session, bench.audit, POINT, "non")
    answers.write(session, bench.audit, POINT, "constat", "Vu au poste.")
    answers.write(session, bench.audit, POINT, "note", f"{CANARY} hésite")
    _, person = notebook.meet(session, bench.audit, "Aide-soignante", name=f"Mme {CANARY}")
    notebook.note(session, bench.audit, f"{CANARY} dit que oui", person=person)
    prepared = pictures.picture(photo(), "bracelet.jpeg")
    evidence.add_photo(session, bench.audit, prepared, caption="Bracelet")
    values = {
        "type": "P01",
        "references": [{"nature": "IPP", "value": f"{CANARY}-1"}, {"nature": "IPP", "value": "77"}],
    }
    _, entry = anomalies.declare(session, EntryKind.ANOMALY, values, facility=bench.facility)
    anomaly_life.move(session, entry, State.UNCONFIRMED, reason="homonymes vrais")
    validated(bench)
    return bench


def test_nothing_is_purged_unless_a_duration_was_chosen(filled: Bench) -> None:
    assert set(retention.durations(filled.session).values()) == {0}
    assert retention.plan(filled.session, LATER).due == ()
    with pytest.raises(NotAllowedNow):
        retention.purge(filled.session, retention.plan(filled.session, LATER))
    with pytest.raises(InvalidValue):
        retention.choose(filled.session, Held.NOTES, -1)


def test_a_dry_run_lists_what_would_go_and_changes_nothing(filled: Bench) -> None:
    session = filled.session
    for held in Held:
        retention.choose(session, held, 12)
    before = len(session.workspace.journal.ops_of())
    planned = retention.plan(session, LATER)
    assert {each.held for each in planned.due} == {
        Held.REFERENCES, Held.NOTES, Held.PERSONS, Held.EVIDENCE,
    }  # fmt: skip
    assert {held: planned.amount(held) for held in Held} == {
        Held.REFERENCES: 2, Held.NOTES: 2, Held.PERSONS: 1, Held.EVIDENCE: 1, Held.DRAFTS: 0,
    }  # fmt: skip
    assert len(session.workspace.journal.ops_of()) == before
    assert retention.plan(session, TODAY).due == ()


def test_a_purge_takes_it_away_for_good_and_keeps_the_counts(filled: Bench) -> None:
    session = filled.session
    for held in Held:
        retention.choose(session, held, 12)
    done = retention.purge(session, retention.plan(session, LATER))
    assert done.done == "Purge faite : 6 valeurs"
    assert retention.plan(session, LATER).due == ()
    now = answers.current(session, filled.audit, POINT)
    assert (now.value, now.constat, now.note) == ("non", "Vu au poste.", "")
    (line,) = anomalies.lines(session)
    assert (line.state, line.cases) == (State.UNCONFIRMED, 1)
    (piece,) = evidence.all_of(session, filled.audit)
    assert (piece.erased, piece.caption) == (True, "Bracelet")
    (person,) = notebook.persons(session, filled.audit)
    assert (person.function, person.name) == ("Aide-soignante", "")
    found = session.workspace.db.execute("SELECT entity FROM head WHERE entity LIKE 'purge:%'").fetchall()
    report = session.workspace.journal.value(found[0][0], "report")
    assert isinstance(report, dict)
    assert report["valeurs purgées"] == {"references": 2, "notes": 2, "personnes": 1, "preuves": 1}
    folder, key = session.workspace.folder, session.workspace.data_key
    assert CANARY.encode() not in clear_pages(folder / layout.DATABASE, key)
    assert checks.full_check(session).whole


def test_the_seal_of_an_audit_holds_after_a_purge_and_says_what_went(filled: Bench) -> None:
    session = filled.session
    for held in Held:
        retention.choose(session, held, 12)
    retention.purge(session, retention.plan(session, LATER))
    found = seals.verify(session, filled.audit)
    assert found.changes == ()
    assert found.erasures


def test_a_purge_that_is_stopped_leaves_everything(filled: Bench) -> None:
    session = filled.session
    retention.choose(session, Held.NOTES, 12)

    def stop(done: int, _total: int, _label: str) -> None:
        if done == 0:
            raise Cancelled

    with pytest.raises(Cancelled):
        retention.purge(session, retention.plan(session, LATER), stop)
    assert answers.current(session, filled.audit, POINT).note == f"{CANARY} hésite"


@given(
    st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2100, 1, 1)),
    st.integers(0, 240),
    st.integers(0, 60),
)
def test_months_add_up_and_never_go_past_the_day(day: dt.date, some: int, more: int) -> None:
    first = months_before(day, some)
    assert first <= day
    assert (day.year * 12 + day.month) - (first.year * 12 + first.month) == some
    assert months_before(day, some + more) <= first
    assert over(first.isoformat(), day, some) == bool(some)


def test_months_by_hand() -> None:
    assert months_before(dt.date(2026, 3, 31), 1) == dt.date(2026, 2, 28)
    assert months_before(dt.date(2026, 1, 15), 1) == dt.date(2025, 12, 15)
    assert over("2025-11-22", dt.date(2026, 11, 22), 12)
    assert not over("2025-11-23", dt.date(2026, 11, 22), 12)
    assert not over("", dt.date(2026, 11, 22), 12)


# -- the copy to train on


def test_the_copy_to_train_on_has_the_answers_and_no_typed_text(
    filled: Bench, tmp_path: Path, cheap_cost: KdfCost
) -> None:
    session = filled.session
    facilities.edit(session, filled.facility, {"city": CANARY})
    before = len(session.workspace.journal.ops_of())
    place = training_copy.make(session, tmp_path / "copie", PHRASE, cost=cheap_cost)
    assert len(session.workspace.journal.ops_of()) == before
    copy = workspaces.open_with_passphrase(place, PHRASE)
    try:
        assert checks.full_check(copy).whole
        (facility,) = facilities.all_of(copy)
        assert (facility.name, facility.city, facility.profile) == ("Établissement 1", "", ("insi",))
        now = answers.current(copy, filled.audit, POINT)
        assert (now.value, now.constat) == ("non", "Constat de démonstration.")
        sheet = audits.sheet(copy, filled.audit)
        assert (sheet.audit.state, sheet.audit.date) == (AuditState.VALIDATED, "2026-11-01")
        (line,) = anomalies.lines(copy)
        assert (line.type, line.state) == ("P01", State.UNCONFIRMED)
        assert line.number not in {each.number for each in anomalies.lines(session)}
        assert anomalies.get(copy, line.id).references == ()
        rows = copy.workspace.db.execute("SELECT entity || field || coalesce(body, '') FROM change")
        everything = " ".join(row[0] for row in rows)
        for word in (CANARY, "Tilleuls", "Cellule régionale", "homonymes", "Vu au poste"):
            assert word not in everything
    finally:
        copy.close()
    with pytest.raises(InvalidValue):
        training_copy.make(session, tmp_path / "faible", "court", cost=cheap_cost)
    assert not (tmp_path / "faible").exists()


def test_a_copy_that_is_stopped_leaves_nothing_and_one_made_beside_files_touches_none(
    bench: Bench, tmp_path: Path, cheap_cost: KdfCost
) -> None:
    place, before = tmp_path / "copie", tempfile.gettempdir()

    def stop(done: int, _total: int, _label: str) -> None:
        if done == 1:
            assert tempfile.gettempdir() == before
            assert (place / layout.DATABASE).exists()
            raise Cancelled

    with pytest.raises(Cancelled):
        training_copy.make(bench.session, place, PHRASE, progress=stop, cost=cheap_cost)
    assert not place.exists()
    place.mkdir()
    (place / "photo.txt").write_text("à quelqu'un", encoding="utf-8")
    with pytest.raises(InvalidValue, match="déjà quelque chose"):
        training_copy.make(bench.session, place, PHRASE, cost=cheap_cost)
    assert [each.name for each in place.iterdir()] == ["photo.txt"]


def test_the_reason_of_a_point_set_aside_stays_behind(
    bench: Bench, tmp_path: Path, cheap_cost: KdfCost
) -> None:
    answers.answer(
        bench.session, bench.audit, SET_ASIDE, "sans_objet", na_reason=f"{CANARY} dit qu'il n'y en a pas"
    )
    place = training_copy.make(bench.session, tmp_path / "copie", PHRASE, cost=cheap_cost)
    copy = workspaces.open_with_passphrase(place, PHRASE)
    try:
        now = answers.current(copy, bench.audit, SET_ASIDE)
        assert (now.value, now.na_reason) == ("sans_objet", "Motif de démonstration.")
    finally:
        copy.close()


def test_ids_made_of_the_name_of_a_unit_are_replaced_too(
    bench: Bench, tmp_path: Path, cheap_cost: KdfCost
) -> None:
    _, unit = subjects.add(bench.session, bench.audit, CANARY)
    answers.answer(bench.session, bench.audit, POINT, "oui", subject=unit)
    place = training_copy.make(bench.session, tmp_path / "copie", PHRASE, cost=cheap_cost)
    copy = workspaces.open_with_passphrase(place, PHRASE)
    try:
        (made,) = [each for each in subjects.of_audit(copy, bench.audit) if each.id != "structure"]
        assert (made.id, made.label) == ("unite-1", "Unité 1")
        assert answers.current(copy, bench.audit, POINT, subject=made.id).value == "oui"
    finally:
        copy.close()


# -- the report that names nobody


@pytest.mark.parametrize("form", ["json", "pdf", "xlsx", "docx"])
def test_the_anonymous_report_names_no_structure_nobody_and_no_day(
    bench: Bench, tmp_path: Path, form: str
) -> None:
    import pypdfium2  # noqa: PLC0415

    session = bench.session
    session.trusting = True
    facilities.edit(session, bench.facility, {"city": "Laval", "finess_et": "530000371"})
    text = "Aux Tilleuls, à LAVAL, le 3 novembre 2026, Mme Vasseur montre la procédure du 12/10/2026."
    answers.answer(session, bench.audit, POINT, "non")
    answers.write(session, bench.audit, POINT, "constat", text)
    answers.write(session, bench.audit, POINT, "note", CANARY)
    forms.set_field(session, bench.audit, audits.VISIT_FORM, "scope", "EHPAD Les Tilleuls, 530000371")
    wanted = reports.Wanted(kind=ReportKind.ANONYMOUS)
    path = reports.export(session, bench.audit, form, tmp_path / f"r.{form}", wanted)
    match form:
        case "json":
            said = path.read_text(encoding="utf-8")
            model = json.loads(said)
            assert model["facility"]["name"] == "Structure anonyme"
        case "pdf":
            with pypdfium2.PdfDocument(path) as document:
                said = "".join(page.get_textpage().get_text_range() for page in document)
        case _:
            import zipfile  # noqa: PLC0415

            with zipfile.ZipFile(path) as parts:
                said = "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    for word in ("Tilleuls", "Laval", "LAVAL", "530000371", "Vasseur", CANARY, "21/11/2026", "2026-11-21"):
        assert word not in said, word
    assert "montre" in said
    name = reports.file_name(audits.sheet(session, bench.audit), form, 1, wanted)
    assert name.startswith("2026-11_")
    assert "Tilleuls" not in name


def test_published_texts_keep_the_days_of_decrees(bench: Bench, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("whole.json", "anonymous.json")]
    for path, kind in zip(paths, (ReportKind.REPORT, ReportKind.ANONYMOUS), strict=True):
        reports.export(bench.session, bench.audit, "json", path, reports.Wanted(kind=kind))
    whole, bare = (json.loads(path.read_text(encoding="utf-8")) for path in paths)
    assert [each["question"] for each in bare["points"]] == [each["question"] for each in whole["points"]]
    assert [each["references"] for each in bare["points"]] == [each["references"] for each in whole["points"]]


# -- the security file


def test_the_security_file_is_four_tagged_pages_with_the_real_facts(bench: Bench, tmp_path: Path) -> None:
    retention.choose(bench.session, Held.NOTES, 6)
    path = dossier.write(library(), tmp_path / "d.pdf", bench.session)
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 4
    tree, _ = read(path.read_bytes())
    said = tree.whole
    assert f"SQLCipher {dossier.encryption.engine_versions().cipher}" in said
    assert importlib.metadata.version("sqlcipher3") in said
    assert "6 mois après la validation de l'audit" in said
    assert "aucune durée choisie" in said
    assert [part.role for part in tree.every("H1", "H2")] == ["H1", "H2", "H2", "H2", "H2"]


def test_every_library_of_the_program_is_named_with_its_version() -> None:
    project = Path(__file__).parents[2] / "pyproject.toml"
    wanted = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["dependencies"]
    found = {each.name.casefold().replace("_", "-"): each for each in dossier.dependencies()}
    assert len(found) == len(wanted)
    for each in found.values():
        assert each.version == importlib.metadata.version(each.name)
    assert found["pikepdf"].licence == "MPL-2.0"


def test_the_security_file_also_opens_in_a_word_processor(tmp_path: Path) -> None:
    import docx  # noqa: PLC0415

    told = dossier.facts(library())
    dossier_files.write(dossier.text(library()), told, tmp_path / "d.docx", format="docx", program="ivaudit")
    document = docx.Document(str(tmp_path / "d.docx"))
    cells = " ".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "sqlcipher3" in cells
    assert document.core_properties.language == "fr-FR"
    with pytest.raises(InvalidValue):
        dossier.write_told(dossier.text(library()), told, tmp_path / "d.odt")


def test_no_words_of_an_audit_reach_the_security_file(filled: Bench, tmp_path: Path) -> None:
    path = dossier.write(library(), tmp_path / "d.pdf", filled.session)
    said = read(path.read_bytes())[0].whole
    assert CANARY not in said
    assert names.audit(filled.audit) not in said
