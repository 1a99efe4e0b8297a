"""Every shipped file follows its schema and every rule."""

import pytest

from ivaudit.content.library import Library
from ivaudit.content.shapes import FOLDERS, Family
from ivaudit.content.sources import Source, shipped_sources
from ivaudit.domain.audit import AuditState
from ivaudit.domain.forms import FieldKind

SOURCES = shipped_sources()
LIBRARY = Library(SOURCES)
LOCAL = {"codes", "checklists/adaptations"}
"""What only the folder of a person holds."""


@pytest.mark.parametrize("source", SOURCES, ids=[source.label for source in SOURCES])
def test_a_shipped_file_has_no_problem(source: Source) -> None:
    parsed = next(each for each in LIBRARY.files() if each.source == source)
    assert [str(problem) for problem in LIBRARY.problems(parsed)] == []


def test_every_shipped_yaml_is_walked() -> None:
    from ivaudit.resources import CONTENT, shipped  # noqa: PLC0415 - the list under test comes from it

    found = {path.resolve() for kind in CONTENT for path in shipped(kind).rglob("*.y*ml")}
    assert found == {source.path.resolve() for source in SOURCES}
    assert {source.folder for source in SOURCES} >= set(FOLDERS) - LOCAL
    assert {parsed.family for parsed in LIBRARY.files()} >= set(Family) - {Family.ADAPTATION, Family.CODES}


def test_the_scale_has_six_values_on_six_keys() -> None:
    scale = LIBRARY.scales["conformite"]
    assert [value.id for value in scale.values] == [
        "oui",
        "partiel",
        "non",
        "sans_objet",
        "non_vu",
        "a_verifier",
    ]
    assert [value.percent for value in scale.values] == [100, 50, 0, None, None, None]


def test_the_levels_are_words_and_say_who_chose_them() -> None:
    levels = LIBRARY.levels["niveaux-ivaudit"]
    assert [(level.label, level.from_score) for level in levels.values] == [
        ("Maîtrisé", 90),
        ("Satisfaisant", 75),
        ("À consolider", 50),
        ("À construire", 0),
    ]
    assert "sans valeur nationale" in levels.title
    assert levels.chosen_by == "l'équipe d'ivaudit"
    assert levels.capped(levels.at(95)).id == "a-consolider"


def test_states_of_an_audit_have_their_label() -> None:
    vocabulary = LIBRARY.vocabulary()
    assert [vocabulary.label("audit_states", state) for state in AuditState] == [
        "Préparation",
        "En cours",
        "En relecture",
        "Validé",
    ]


def test_what_is_given_to_a_third_party_is_no_reason_for_not_applicable() -> None:
    reasons = {term.id: term for term in LIBRARY.vocabulary().na_reasons}
    assert {"activite-absente", "population-absente", "porte-par-siege"} <= set(reasons)
    assert "confiée à un tiers n'est pas « sans objet »" in reasons["activite-absente"].help


def test_the_form_structure_has_the_fields_the_program_uses() -> None:
    form = LIBRARY.form("structure")
    used = ("name", "finess_ej", "finess_et", "category", "setting", "profile", "city", "units", "software")
    kinds = {key: field.kind for key in used if (field := form.field(key))}
    assert set(kinds) == set(used)
    assert kinds["finess_ej"] is kinds["finess_et"] is FieldKind.FINESS
    assert kinds["units"] is kinds["software"] is FieldKind.ROWS


def test_names_of_people_met_are_optional_and_never_printed() -> None:
    people = LIBRARY.form("visite").field("people")
    assert people is not None
    columns = {column.id: column for column in people.columns}
    assert (columns["name"].printed, columns["name"].required) == (False, False)
    assert columns["function"].printed


def test_every_checklist_is_resolved() -> None:
    for checklist in LIBRARY.checklists():
        points = list(checklist.points())
        assert points
        assert all(checklist.scale_of(point.criterion).values for point in points)
