"""What lists and screens read: facilities, audits, answers, forms, settings, drafts, definitions."""

import hashlib
from collections.abc import Mapping

import pytest

from ivaudit.domain.audit import Answer, AuditState, Highlight, Synthesis
from ivaudit.domain.errors import CorruptFile
from ivaudit.domain.journal import Json
from ivaudit.store import audits, definitions, facilities
from ivaudit.store.journal import Edit, Recorded
from ivaudit.store.workspace import Workspace


def record(workspace: Workspace, scope: str, entity: str, values: Mapping[str, Json]) -> Recorded:
    edits = [Edit(entity, field, value) for field, value in values.items()]
    return workspace.journal.record(scope, edits, author="Référente")


def facility(workspace: Workspace, key: str, **values: Json) -> Recorded:
    return record(workspace, f"structure:{key}", f"facility:{key}", {"exists": True, **values})


def audit(workspace: Workspace, key: str, **values: Json) -> Recorded:
    return record(workspace, f"audit:{key}", f"audit:{key}", {"exists": True, **values})


def answer(
    workspace: Workspace, key: str, criterion: str, subject: str = "structure", **values: Json
) -> None:
    record(workspace, f"audit:{key}", f"answer:{key}/{subject}/{criterion}", values)


def test_facilities_come_by_name_with_all_their_fields(workspace: Workspace) -> None:
    facility(workspace, "f2", name="résidence du Lac", city="Annecy", units=[{"name": "A"}], empty=None)
    facility(workspace, "f1", name="EHPAD Les Tilleuls", finess_et="630786754", profile=["insi", "mineurs"])
    found = facilities.facilities(workspace.db)
    assert [each.id for each in found] == ["f1", "f2"]
    assert (found[0].finess_et, found[0].profile) == ("630786754", ("insi", "mineurs"))
    assert found[1].values == {"name": "résidence du Lac", "city": "Annecy", "units": [{"name": "A"}]}


def test_a_removed_facility_leaves_the_list_and_keeps_its_name(workspace: Workspace) -> None:
    facility(workspace, "f1", name="Clinique")
    facility(workspace, "f1", exists=False)
    assert facilities.facilities(workspace.db) == ()
    found = facilities.facility(workspace.db, "f1")
    assert found is not None
    assert found.name == "Clinique"
    assert facilities.facility(workspace.db, "f2") is None


def test_an_audit_tells_its_facility_its_definitions_and_where_it_was_left(workspace: Workspace) -> None:
    facility(workspace, "f1", name="EHPAD Les Tilleuls")
    created = audit(
        workspace,
        "a1",
        facility="f1",
        kind="externe",
        title="Visite",
        date="2026-11-21",
        state="en cours",
        checklists=[["rniv-1", "2.0.1", "ab"]],
    )
    workspace.remember("position:a1", "pri-rech-01")
    found = audits.audit(workspace.db, "a1")
    assert found is not None
    assert found.facility_name == "EHPAD Les Tilleuls"
    assert found.checklists == (("rniv-1", "2.0.1", "ab"),)
    assert (found.state, found.created, found.position) == (AuditState.ONGOING, created.at, "pri-rech-01")


def test_audits_come_newest_first_without_those_removed(workspace: Workspace) -> None:
    for key in ("a1", "a2", "a3"):
        audit(workspace, key)
    audit(workspace, "a2", exists=False)
    assert [each.id for each in audits.audits(workspace.db)] == ["a3", "a1"]
    assert audits.audit(workspace.db, "a2") is None
    assert audits.audit(workspace.db, "a9") is None


def test_answers_come_by_subject_and_criterion(workspace: Workspace) -> None:
    answer(workspace, "a1", "c1", value="non", constat="absent", means=["dit", "vu"], review=True)
    answer(workspace, "a1", "c2", subject="unite-b", value="sans-objet", na_reason="pas de bloc")
    answer(workspace, "a2", "c1", value="oui")
    found = audits.answers(workspace.db, "a1")
    assert set(found) == {("structure", "c1"), ("unite-b", "c2")}
    assert found["structure", "c1"].means == ("dit", "vu")
    assert found["unite-b", "c2"].na_reason == "pas de bloc"
    assert set(audits.answers(workspace.db, "a1", "unite-b")) == {("unite-b", "c2")}
    assert audits.answers(workspace.db, "a9") == {}
    assert audits.answer(workspace.db, "a1", "structure", "c9") is None


def test_a_criterion_may_have_a_slash_in_its_name(workspace: Workspace) -> None:
    answer(workspace, "a1", "c/1", value="oui")
    assert ("structure", "c/1") in audits.answers(workspace.db, "a1")


def test_an_answer_cleared_field_by_field_is_empty_but_dated(workspace: Workspace) -> None:
    answer(workspace, "a1", "c1", value="oui", constat="x")
    answer(workspace, "a1", "c1", value=None, constat="")
    found = audits.answers(workspace.db, "a1")["structure", "c1"]
    assert found == Answer(author="Référente", at=found.at)
    assert found.at


def test_the_synthesis_is_what_was_written(workspace: Workspace) -> None:
    assert audits.synthesis(workspace.db, "a1") == Synthesis()
    rows: Json = [{"text": "Accueil", "criteria": ["c1", "c2"]}, {"text": "Bracelets"}, "malformé"]
    audit(workspace, "a1", appreciation="Bonne maîtrise.", strengths=rows)
    assert audits.synthesis(workspace.db, "a1") == Synthesis(
        appreciation="Bonne maîtrise.",
        strengths=(Highlight(text="Accueil", criteria=("c1", "c2")), Highlight(text="Bracelets")),
    )


def test_forms_and_settings_hold_what_is_not_empty(workspace: Workspace) -> None:
    record(workspace, "audit:a1", "form:a1/visite", {"lieu": "hall", "heures": 3.5, "rows": [], "rien": None})
    record(workspace, "workspace", "settings:workspace", {"author": "Claire", "advance_after_answer": False})
    assert audits.form_values(workspace.db, "form:a1/visite") == {"lieu": "hall", "heures": 3.5, "rows": []}
    assert audits.settings(workspace.db) == {"author": "Claire", "advance_after_answer": False}
    record(workspace, "audit:a1", "form:a1/visite", {"lieu": None})
    assert "lieu" not in audits.form_values(workspace.db, "form:a1/visite")
    assert workspace.journal.state_matches()


def test_values_that_do_not_fit_their_column_do_not_break_the_lists(workspace: Workspace) -> None:
    """Another copy, or another version, may have recorded them: they are shown empty, not fatal."""
    audit(workspace, "a1", title=3, state="inconnu", checklists="x", strengths={"a": 1}, facility=[1])
    audit(workspace, "a2", checklists=["x", [1, 2], ["a", "b", "c"]])
    answer(workspace, "a1", "c1", value=12, constat=["x"], review="oui", means="dit")
    facility(workspace, "f1", name=None, profile={"x": 1}, finess_ej=630)
    record(workspace, "audit:a1", "answer:court", {"value": "oui"})
    record(workspace, "audit:a1", "sans genre", {"x": 1})
    found = {each.id: each for each in audits.audits(workspace.db)}
    assert (found["a1"].title, found["a1"].state, found["a1"].checklists) == ("", AuditState.PREPARING, ())
    assert found["a2"].checklists == (("a", "b", "c"),)
    assert audits.answers(workspace.db, "a1")["structure", "c1"].value is None
    assert audits.synthesis(workspace.db, "a1").strengths == ()
    assert facilities.facilities(workspace.db)[0].profile == ()
    assert workspace.journal.state_matches()


def test_a_definition_is_kept_once_and_found_by_its_digest(workspace: Workspace) -> None:
    body = '{"id":"rniv-1"}'
    shas = {definitions.put(workspace.db, "checklist", "rniv-1", "2.0.1", body) for _ in range(2)}
    assert shas == {hashlib.sha256(body.encode()).hexdigest()}
    assert definitions.get(workspace.db, shas.pop()) == body
    with pytest.raises(CorruptFile, match="grille"):
        definitions.get(workspace.db, "00" * 32)


def test_drafts_are_put_replaced_taken_and_discarded(workspace: Workspace) -> None:
    drafts, entity = workspace.drafts, "answer:a1/structure/c1"
    for text in ("é", "éc", "écran \ud83d"):
        drafts.put(entity, "constat", "audit:a1", text)
    drafts.put(entity, "note", "audit:a1", "n")
    drafts.put(entity, "reste", "audit:a1", "M. D.", alert=True)
    assert drafts.get(entity, "constat") == "écran \ufffd"
    assert drafts.get(entity, "autre") is None
    drafts.discard(entity, "note")
    assert [draft.field for draft in drafts.all()] == ["constat", "reste"]
    assert [draft.text for draft in drafts.take_all()] == ["écran \ufffd"]
    assert [draft.field for draft in drafts.all()] == ["reste"]


def test_a_hundred_keystrokes_are_one_gesture(workspace: Workspace) -> None:
    entity = "answer:a1/structure/c1"
    for length in range(100):
        workspace.drafts.put(entity, "constat", "audit:a1", "x" * length)
    recovered = workspace.drafts.recover(workspace.journal, "Référente")
    assert [draft.text for draft in recovered] == ["x" * 99]
    assert len(workspace.journal.ops_of("audit:a1")) == 1
    assert workspace.drafts.all() == ()
