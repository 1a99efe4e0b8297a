"""What a report says of an audit, rule by rule."""

from collections.abc import Mapping, Sequence

import pytest
from support import audits

from ivaudit.domain.audit import Answer, AuditSheet, Highlight, Synthesis
from ivaudit.domain.charts import Axis, BarChart, RadarChart, radar_or_bars
from ivaudit.domain.checklist import Checklist, Condition
from ivaudit.domain.report import build
from ivaudit.domain.report_model import ReportModel
from ivaudit.domain.report_outline import BlockKind, OutlineBlock, ReportOutline

OUTLINE = ReportOutline(
    id="rapport",
    version="1.0.0",
    title="Rapport",
    licence="etalab-2.0",
    blocks=(
        OutlineBlock(
            kind=BlockKind.METHOD,
            title="Méthode",
            paragraphs=("Sous {seuil}, par {choisi_par}, {programme}.",),
        ),
    ),
)


def built(sheet: AuditSheet, *, with_notes: bool = False) -> ReportModel:
    return build(
        sheet,
        audits.VOCABULARY,
        audits.VISIT,
        OUTLINE,
        generated="2026-11-21T17:40:00",
        program="ivaudit 0.0.0",
        with_notes=with_notes,
    )


def grid(*keys: str, critical: Sequence[str] = (), threshold: int = 0) -> Checklist:
    criteria = [audits.criterion(key, f"La règle {key} ?", critical=key in critical) for key in keys]
    return audits.whole("grille", [("Domaine", criteria)], threshold)


def model_of(checklist: Checklist, values: Mapping[str, str | Answer]) -> ReportModel:
    answers = {k: v if isinstance(v, Answer) else Answer(value=v) for k, v in values.items()}
    return built(audits.sheet([checklist], answers))


def test_an_empty_audit_has_no_score_and_says_so() -> None:
    (each,) = built(audits.sheet([audits.checklist()], {})).checklists
    assert each.score is None
    assert each.bounds is None
    assert each.headline == "Pas encore de score : aucun point n'est évalué."
    assert each.level_sentence == "Niveau en attente de 11 points critiques."
    assert each.unanswered == each.points == 72


def test_what_to_improve_comes_critical_first_then_least_acquired() -> None:
    checklist = grid("a", "b", "c", "d", "e", critical=("d", "e"))
    model = model_of(checklist, {"a": "partiel", "b": "oui", "c": "non", "d": "partiel", "e": "non"})
    assert model.to_improve == ("e", "d", "c", "a")


def test_an_answer_to_review_is_not_something_to_improve() -> None:
    model = model_of(grid("a", "b"), {"a": Answer(value="non", review=True), "b": "oui"})
    assert model.to_improve == ()
    assert model.to_see == ("a",)
    assert model.points[0].label == "À revoir (Non)"
    assert not model.complete


def test_a_point_left_to_verify_makes_the_report_provisional() -> None:
    assert not model_of(grid("a", "b"), {"a": "oui", "b": "non_vu"}).complete
    assert model_of(grid("a", "b"), {"a": "oui", "b": "sans_objet"}).complete


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("oui", "tenu"),
        ("partiel", "partiellement tenu"),
        ("non", "non tenu"),
        ("non_vu", "non évalué"),
        ("sans_objet", "sans objet motivé"),
    ],
)
def test_a_critical_point_is_in_one_of_five_states(value: str, state: str) -> None:
    (row,) = model_of(grid("a", critical=("a",)), {"a": value}).critical
    assert row.state == state


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"a": "oui", "b": "oui"}, "Maîtrisé."),
        ({"a": "partiel", "b": "oui"}, "Satisfaisant."),
        ({"a": "non_vu", "b": "oui"}, "Niveau en attente de 1 point critique."),
        (
            {"a": "non", "b": "oui", "c": "oui", "d": "oui", "e": "oui", "f": "oui"},
            "À consolider, plafonné par 1 point critique non tenu ; Satisfaisant sans ce plafond.",
        ),
        (
            {"a": "non", "b": "oui"},
            "À consolider. 1 point critique non tenu : le plafond ne change pas ce niveau.",
        ),
    ],
)
def test_the_level_is_said_with_what_caps_it(values: dict[str, str], sentence: str) -> None:
    (each,) = model_of(grid(*values, critical=("a",)), values).checklists
    assert each.level_sentence == sentence


def test_an_unfinished_audit_says_how_far_it_can_still_go() -> None:
    (each,) = model_of(grid("a", "b", "c", "d"), {"a": "oui", "b": "non", "c": "oui"}).checklists
    assert each.remaining_sentence == (
        "Selon les points qui restent à évaluer, le résultat ira de 50 à 75 sur 100 "
        "(de « À consolider » à « Satisfaisant »)."
    )


def test_a_criterion_of_two_checklists_is_listed_once_and_never_scored_across() -> None:
    shared = audits.criterion("x", "Partagée ?", critical=True)
    first = audits.whole("une", [("Un", [shared, audits.criterion("y", "Autre ?")])], 0)
    second = audits.whole("deux", [("Deux", [shared])], 0)
    model = built(audits.sheet([first, second], {"x": Answer(value="non"), "y": Answer(value="oui")}))
    assert [point.criterion for point in model.points] == ["x", "y"]
    assert model.points[0].number == "I-1.1 · II-1.1"
    assert [row.criterion for row in model.critical] == ["x"]
    assert model.to_improve == ("x",)
    assert [each.score for each in model.checklists] == [50, 0]


def test_a_point_the_profile_does_not_concern_is_counted_apart() -> None:
    concerned = audits.criterion("a", "Toujours ?")
    not_concerned = audits.criterion("b", "Au bloc ?", applicability=Condition(profile=("bloc",)))
    checklist = audits.whole("g", [("Domaine", [concerned, not_concerned])])
    model = model_of(checklist, {"a": "sans_objet", "b": "non"})
    assert model.not_applicable == ("a",)
    assert model.not_concerned == ("b",)
    assert model.to_improve == ()
    assert model.points[1].label == "Non concerné"
    assert model.checklists[0].domains[0].note == "tout est sans objet"


def test_the_worst_unit_is_the_state_of_a_critical_point() -> None:
    checklist = grid("a", "b", critical=("a",))
    units = {("urgences", "a"): Answer(value="non", constat="Vu."), ("bloc", "a"): Answer(value="oui")}
    model = built(audits.sheet([checklist], {"b": Answer(value="oui")}, subjects=units))
    assert model.critical[0].state == "non tenu"
    assert model.points[0].label == "Non (1), Oui (1)"
    assert [answer.subject for answer in model.points[0].answers] == ["urgences", "bloc"]
    assert model.to_improve == ("a",)


def test_an_answer_that_was_undone_has_no_line() -> None:
    undone = {("bloc", "a"): Answer(at="2026-11-21T10:00:00Z")}
    model = built(audits.sheet([grid("a")], {"a": Answer(value="oui")}, subjects=undone))
    assert [(answer.subject, answer.label) for answer in model.points[0].answers] == [("", "Oui")]


def test_internal_notes_come_only_when_asked() -> None:
    sheet = audits.sheet([grid("a")], {"a": Answer(value="non", note="Entre nous.")})
    assert "Entre nous." not in repr(built(sheet))
    assert "Entre nous." in repr(built(sheet, with_notes=True))


def test_names_and_private_fields_are_never_printed() -> None:
    said = repr(built(audits.sheet([grid("a")], audits.walked(grid("a")))))
    assert "Nommée" not in said
    assert "portail" not in said
    assert "Auditrice" not in said
    assert "Directrice" in said


def test_the_reason_of_another_answer_is_not_shown() -> None:
    model = model_of(grid("a"), {"a": Answer(value="oui", na_reason="activite-absente", awaiting="dsi")})
    assert (model.points[0].answers[0].na_reason, model.points[0].answers[0].awaiting) == ("", "")


def test_the_method_is_filled_in() -> None:
    model = model_of(grid("a", threshold=70), {})
    assert model.method == ("Sous 70 %, par l'équipe d'ivaudit, ivaudit 0.0.0.",)


def test_highlights_name_the_places_they_rest_on() -> None:
    synthesis = Synthesis(
        strengths=(Highlight(text=" Bien. ", criteria=("b", "absent")), Highlight(text=" "))
    )
    model = built(audits.sheet([grid("a", "b")], {}, synthesis=synthesis))
    assert [(each.text, each.numbers) for each in model.strengths] == [("Bien.", ("1.2",))]


def test_every_point_is_in_one_list_of_the_report_or_acquired() -> None:
    checklist = audits.checklist()
    model = built(audits.sheet([checklist], audits.walked(checklist)))
    lists = (model.to_improve, model.to_see, model.not_applicable, model.not_concerned)
    listed = [key for keys in lists for key in keys]
    acquired = [point.criterion for point in model.points if point.label == "Oui"]
    assert sorted(listed + acquired) == sorted(point.criterion for point in model.points)


def test_sources_are_counted_by_confidence() -> None:
    (each,) = built(audits.sheet([audits.checklist()], {})).checklists
    assert sum(row.count for row in each.sources) == 72
    assert [row.id for row in each.sources] == ["lu", "cité", "résumé", "à vérifier"]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ((50, 60, 70), RadarChart),
        ((50, 60), BarChart),
        ((50, 60, 70, None), RadarChart),
        ((50, 60, 70, None, None), BarChart),
        ((), BarChart),
    ],
)
def test_a_radar_needs_a_shape(values: tuple[int | None, ...], kind: type) -> None:
    assert isinstance(radar_or_bars("", [Axis(label="A", value=value) for value in values]), kind)
