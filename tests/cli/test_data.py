"""Structures, audits, answers, synthesis, forms: what the window can do to data."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

Command = Callable[..., Any]

FINESS = "010000024"


def test_a_structure_is_added_listed_shown_edited_removed(on: Command) -> None:
    key = on("facilities", "add", "--name", "HAD du Lac", "--city", "Annecy", "--json").json["facility"]
    assert f"{key}  HAD du Lac\n" in on("facilities", "list").out
    assert on("facilities", "edit", key, "--name", "HAD du Grand Lac", "--finess-et", FINESS).code == 0
    shown = on("facilities", "show", key, "--json").json
    assert (shown["name"], shown["finess_et"], shown["city"]) == ("HAD du Grand Lac", FINESS, "Annecy")
    assert "city : Annecy" in on("facilities", "show", key).out
    assert on("facilities", "remove", key).code == 0
    assert key not in on("facilities", "list").out
    assert on("facilities", "restore", key).code == 0
    assert key in on("facilities", "list").out


def test_a_structure_without_name_is_refused(on: Command) -> None:
    done = on("facilities", "add", "--city", "Annecy")
    assert done.code == 2
    assert "besoin d'un nom" in done.err


def test_a_doubtful_finess_warns_and_is_kept(on: Command) -> None:
    done = on("facilities", "add", "--name", "X", "--finess-et", "010000025", "--json")
    assert done.code == 0
    assert "clé de contrôle" in done.err
    assert on("facilities", "show", done.json["facility"], "--json").json["finess_et"] == "010000025"


def test_a_structure_with_an_audit_stays(on: Command, place: SimpleNamespace) -> None:
    assert on("facilities", "remove", place.facility).code == 3


def test_fields_are_read_by_their_kind(on: Command) -> None:
    key = on(
        "facilities",
        "add",
        "--name",
        "X",
        "--profile",
        "urgences,bloc",
        "--field",
        f"finess_ej={FINESS}",
        "--json",
    ).json["facility"]
    shown = on("facilities", "show", key, "--json").json
    assert shown["profile"] == ["urgences", "bloc"]
    assert shown["finess_ej"] == FINESS
    assert on("facilities", "edit", key, "--field", "sans-valeur").code == 2


def test_an_audit_is_created_listed_shown_edited_removed(on: Command, place: SimpleNamespace) -> None:
    kind = on("audits", "list", "--json").json[0]["audit"]["kind"]
    key = on(
        *("audits", "create", place.facility, "--checklist", "flash", "--kind", kind),
        *("--date", "2026-12-01", "--title", "Suivi", "--json"),
    ).json["audit"]
    listed = {each["audit"]["id"]: each for each in on("audits", "list", "--json").json}
    assert listed[key]["audit"]["title"] == "Suivi"
    assert listed[key]["treated"] == 0
    assert 10 < listed[key]["points"] <= 15
    assert on("audits", "edit", key, "--date", "2026-12-02", "--state", "en relecture").code == 0
    shown = on("audits", "show", key, "--json").json
    assert (shown["audit"]["date"], shown["audit"]["state"]) == ("2026-12-02", "en relecture")
    assert shown["results"][0]["score"] is None
    assert on("audits", "remove", key).code == 0
    assert key not in on("audits", "list").out
    assert on("audits", "restore", key).code == 0
    assert key in on("audits", "list").out


@pytest.mark.parametrize(
    "words",
    [
        ("--checklist", "absente"),
        ("--checklist", "flash", "--date", "demain"),
        ("--checklist", "flash", "--kind", "x"),
    ],
)
def test_an_impossible_audit_is_2(on: Command, place: SimpleNamespace, words: tuple[str, ...]) -> None:
    assert on("audits", "create", place.facility, *words).code == 2


def test_an_answer_with_its_texts_is_one_line_away(on: Command, place: SimpleNamespace) -> None:
    done = on(
        *("answer", place.audit, "rec-ant-02", "partiel", "--constat", "Vu au poste", "--note", "Revoir"),
        *("--review", "oui", "--means", "vu", "--json"),
    )
    assert done.code == 0
    assert done.json["answers"] == [[place.audit, "structure", "rec-ant-02"]]
    assert done.json["done"].startswith("2.1 Partiel")
    (answer,) = on("audits", "show", place.audit, "--json", "--with-notes").json["answers"]
    assert {name: answer[name] for name in ("value", "constat", "note", "review", "means", "author")} == {
        "value": "partiel",
        "constat": "Vu au poste",
        "note": "Revoir",
        "review": True,
        "means": ["vu"],
        "author": "Référente",
    }
    assert "Revoir" not in on("audits", "show", place.audit, "--json").out
    assert "Revoir" not in on("audits", "show", place.audit).out
    assert "note interne : Revoir" in on("audits", "show", place.audit, "--with-notes").out


def test_a_dash_clears_an_answer(on: Command, place: SimpleNamespace) -> None:
    on("answer", place.audit, "rec-ant-02", "oui")
    assert on("answer", place.audit, "rec-ant-02", "-").code == 0
    (answer,) = on("audits", "show", place.audit, "--json").json["answers"]
    assert answer["value"] is None


def test_an_answer_may_be_about_a_unit(on: Command, place: SimpleNamespace) -> None:
    on("answer", place.audit, "rec-ant-02", "oui", "--subject", "accueil")
    (answer,) = on("audits", "show", place.audit, "--json").json["answers"]
    assert answer["subject"] == "accueil"


def test_nothing_to_answer_is_2(on: Command, place: SimpleNamespace) -> None:
    assert on("answer", place.audit, "rec-ant-02").code == 2


def test_undo_and_redo_reach_gestures_of_other_processes(on: Command, place: SimpleNamespace) -> None:
    def value() -> str | None:
        return on("audits", "show", place.audit, "--json").json["answers"][0]["value"]

    on("answer", place.audit, "rec-ant-02", "oui")
    on("answer", place.audit, "rec-ant-02", "non")
    assert on("undo", place.audit).out == "Annulé : 2.1 Non\n"
    assert value() == "oui"
    assert on("undo", place.audit).out == "Annulé : 2.1 Oui\n"
    assert value() is None
    assert on("redo", place.audit).out == "Rétabli : 2.1 Oui\n"
    assert on("redo", place.audit).out == "Rétabli : 2.1 Non\n"
    assert value() == "non"
    assert on("redo", place.audit).code == 3
    assert on("journal", "verify").code == 0


def test_undo_never_reaches_the_creation_of_the_audit(on: Command, place: SimpleNamespace) -> None:
    done = on("undo", place.audit)
    assert done.code == 3
    assert "rien à annuler" in done.err


def test_a_new_answer_forgets_what_could_be_redone(on: Command, place: SimpleNamespace) -> None:
    on("answer", place.audit, "rec-ant-02", "oui")
    on("undo", place.audit)
    on("answer", place.audit, "rec-ant-02", "non")
    assert on("redo", place.audit).code == 3


def test_texts_and_forms_are_undone_under_their_names(on: Command, place: SimpleNamespace) -> None:
    on("answer", place.audit, "rec-ant-02", "--constat", "Vu")
    on("synthesis", "set", place.audit, "--appreciation", "Bonne tenue.")
    assert on("undo", place.audit).out == "Annulé : Appréciation générale\n"
    assert on("undo", place.audit).out == "Annulé : 2.1 constat\n"


def test_the_synthesis_is_written_part_by_part(on: Command, place: SimpleNamespace) -> None:
    strength = '{"text": "Recherche maîtrisée", "criteria": ["rec-ant-02"]}'
    assert (
        on("synthesis", "set", place.audit, "--strength", strength, "--priority", "Former l'accueil").code
        == 0
    )
    assert on("synthesis", "set", place.audit, "--appreciation", "Bonne tenue.").code == 0
    found = on("synthesis", "show", place.audit, "--json").json
    assert found == {
        "appreciation": "Bonne tenue.",
        "strengths": [{"text": "Recherche maîtrisée", "criteria": ["rec-ant-02"]}],
        "priorities": [{"text": "Former l'accueil", "criteria": []}],
    }
    assert "- Recherche maîtrisée  (rec-ant-02)" in on("synthesis", "show", place.audit).out
    assert on("synthesis", "set", place.audit, "--strength", '{"txt": 1}').code == 2
    assert on("synthesis", "set", place.audit, *(["--priority", "x"] * 4)).code == 2
    assert on("synthesis", "set", place.audit, "--priority", "").code == 0
    assert on("synthesis", "show", place.audit, "--json").json["priorities"] == []


def test_a_form_is_filled_and_read(on: Command, place: SimpleNamespace) -> None:
    meetings = '[{"kind": "ouverture"}]'
    assert on("form", "set", place.audit, "visite", "scope", "Accueil et soins").code == 0
    assert on("form", "set", place.audit, "visite", "meetings", meetings).code == 0
    found = on("form", "show", place.audit, "visite", "--json").json
    assert found == {"scope": "Accueil et soins", "meetings": [{"kind": "ouverture"}]}
    assert "Accueil et soins\n" in on("form", "show", place.audit, "visite").out
    assert on("form", "set", place.audit, "visite", "scope", "").code == 0
    assert not on("form", "show", place.audit, "visite", "--json").json.get("scope")


@pytest.mark.parametrize(
    ("form", "field", "value"),
    [("visite", "absent", "x"), ("absente", "scope", "x"), ("visite", "meetings", "[oups")],
)
def test_an_impossible_field_is_2(
    on: Command, place: SimpleNamespace, form: str, field: str, value: str
) -> None:
    assert on("form", "set", place.audit, form, field, value).code == 2
