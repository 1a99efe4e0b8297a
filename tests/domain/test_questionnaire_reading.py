"""Texts of a returned questionnaire, understood however they were typed; every doubt has its cell."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.audits import VOCABULARY, checklist, criterion, sheet, whole
from support.grids import SCALE

from ivaudit.domain.audit import Answer
from ivaudit.domain.checklist import Checklist, NaPolicy
from ivaudit.domain.questionnaire import (
    Cell,
    Returned,
    ReturnedField,
    ReturnedRow,
    choices,
    manifest,
    questions,
)
from ivaudit.domain.questionnaire_comparison import Outcome, compare, merged, outcome_of
from ivaudit.domain.questionnaire_reading import Declared, finess, unanswered, understood, value_of

GRID = checklist(12)
KEYS = [each.criterion.id for each in questions([GRID])]


def returned(
    rows: dict[str, dict[str, str]], fields: dict[str, str] | None = None, grid: Checklist = GRID
) -> Returned:
    return Returned(
        manifest=manifest([(grid, "sha")], VOCABULARY, questionnaire="q"),
        rows=tuple(
            ReturnedRow(
                criterion=key,
                **{
                    name: Cell(text=text, sheet="Questions", row=5 + rank, column="E")
                    for name, text in texts.items()
                },
            )
            for rank, (key, texts) in enumerate(rows.items())
        ),
        fields=tuple(
            ReturnedField(id=key, cell=Cell(text=text, sheet="Structure", row=4, column="B"))
            for key, text in (fields or {}).items()
        ),
        activities=(),
    )


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("Oui", "oui"),
        ("OUI", "oui"),
        (" oui. ", "oui"),
        ("PARTIEL", "partiel"),
        ("non", "non"),
        ("sans objet", "sans_objet"),
        ("sans_objet", "sans_objet"),
        ("N/A", "sans_objet"),
        ("A verifier", "a_verifier"),
        ("à vérifier auprès de...", "a_verifier"),
        ("oui mais", None),
        ("peut-être", None),
        ("", None),
        ("n", None),
    ],
)
def test_answers_typed_instead_of_chosen(typed: str, value: str | None) -> None:
    found = value_of(SCALE, typed)
    assert (found.id if found else None) == value


@given(st.text(max_size=40))
def test_any_text_is_a_value_or_is_not(text: str) -> None:
    found = value_of(SCALE, text)
    assert found is None or found in SCALE.values


@given(st.sampled_from(SCALE.values), st.sampled_from([str.upper, str.lower, str.title, str.strip]))
def test_a_label_is_known_in_any_case(value: object, change: object) -> None:
    assert value_of(SCALE, f"  {change(value.label)} ") == value  # type: ignore[operator,attr-defined]


def test_what_cannot_be_taken_is_said_with_its_cell() -> None:
    strict = criterion("strict", "Question ?")
    open_ = criterion("libre", "Autre question ?")
    grid = whole("g", [("Domaine", [strict, open_])])
    rows = {"strict": {"answer": "Sans objet"}, "libre": {"answer": "bof"}}
    found = understood(returned(rows, grid=grid), [grid], VOCABULARY)
    assert found.answers == {}
    assert ["motif" in found.problems[0].message, "bof" in found.problems[1].message] == [True, True]
    assert [problem.place for problem in found.problems] == ["Questions!E5", "Questions!E6"]


def test_reason_precision_and_document_all_find_a_place() -> None:
    rows = {
        KEYS[0]: {"answer": "Sans objet", "reason": "Activité absente", "document": "Charte v2"},
        KEYS[1]: {"answer": "À vérifier auprès de…", "reason": "Informatique du siège"},
        KEYS[2]: {"answer": "Oui", "reason": "depuis mars", "constat": "Vu au poste."},
        KEYS[3]: {"constat": "Pas encore répondu."},
    }
    found = understood(returned(rows), [GRID], VOCABULARY)
    first, second, third, fourth = (found.answers[key] for key in KEYS[:4])
    assert (first.value, first.na_reason, first.constat) == (
        "sans_objet",
        "Activité absente",
        "Document : Charte v2",
    )
    assert (second.value, second.awaiting) == ("a_verifier", "Informatique du siège")
    assert third.constat == "Vu au poste.\nPrécision : depuis mars"
    assert (fourth.value, fourth.constat) == (None, "Pas encore répondu.")
    assert found.problems == ()


def test_a_long_reason_is_kept_whole_in_the_constat() -> None:
    rows = {KEYS[0]: {"answer": "Sans objet", "reason": "motif " * 100}}
    answer = understood(returned(rows), [GRID], VOCABULARY).answers[KEYS[0]]
    assert len(answer.na_reason) <= 300
    assert ("motif " * 100).strip() in answer.constat


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-21", "2026-11-21"),
        ("21/11/2026", "2026-11-21"),
        ("21.11.26", "2026-11-21"),
        ("21 novembre 2026", "2026-11-21"),
        ("1er mars 2026", "2026-03-01"),
        ("2026-11-21 14:30:00", "2026-11-21"),
        ("31/02/2026", ""),
        ("hier", ""),
    ],
)
def test_dates_however_they_are_typed(typed: str, day: str) -> None:
    found = understood(returned({}, {"date": typed}), [GRID], VOCABULARY)
    assert found.declared.date == day
    assert bool(found.problems) == (not day)


def test_a_finess_number_gets_its_zero_back() -> None:
    assert finess("10 000 024") == "010000024"
    assert finess("01 0000 024") == "010000024"
    assert finess("12345") == "12345"
    assert finess("") == ""


def test_the_structure_is_understood() -> None:
    fields = {"name": "  EHPAD  Les Pins ", "setting": "ehpad", "respondent": "IDEC", "finess_et": "123"}
    found = understood(returned({}, fields), [GRID], VOCABULARY)
    assert found.declared == Declared(
        name="EHPAD Les Pins", setting="ehpad", respondent="IDEC", finess_et="123"
    )
    assert ["9 caractères" in problem.message for problem in found.problems] == [True]


def test_a_reworded_question_is_to_be_taken_up_again() -> None:
    other = whole("grille", [("Domaine", [criterion(KEYS[0], "Une autre question ?")])])
    found = understood(
        returned({KEYS[0]: {"answer": "Oui"}, KEYS[1]: {"answer": "Non"}}), [other], VOCABULARY
    )
    assert found.answers == {}
    assert found.reworded[KEYS[0]].value == "oui"
    assert found.gone == (KEYS[1],)


def test_what_is_missing_is_counted_among_what_concerns_the_structure() -> None:
    asked = returned({KEYS[0]: {"answer": "Oui"}, KEYS[1]: {"constat": "…"}})
    assert unanswered(understood(asked, [GRID], VOCABULARY), asked, [GRID]) == tuple(KEYS[1:])


def test_only_what_is_admitted_is_offered() -> None:
    point = criterion("p", "Question ?")  # its rating describes «oui» and «non» only
    grid = whole("g", [("Domaine", [point])])
    assert [v.id for v in choices(grid, point)] == ["oui", "non", "sans_objet", "non_vu", "a_verifier"]
    strict = replace(point, na=NaPolicy.FORBIDDEN, rating={"oui": "a", "partiel": "b", "non": "c"})
    assert [v.id for v in choices(grid, strict)] == ["oui", "partiel", "non", "non_vu", "a_verifier"]


# -- beside an audit ---------------------------------------------------------------------------------------

ANSWERS = st.builds(
    Answer,
    value=st.sampled_from([None, "oui", "non", "sans_objet"]),
    constat=st.sampled_from(["", "Vu.", "Non vu."]),
    na_reason=st.sampled_from(["", "Activité absente"]),
)


@given(ANSWERS, ANSWERS)
def test_taking_an_answer_then_comparing_again_finds_it_the_same(mine: Answer, theirs: Answer) -> None:
    after = mine._replace(**merged(mine, theirs))
    assert outcome_of(after, theirs) is Outcome.SAME


@given(ANSWERS, ANSWERS)
def test_what_is_new_never_replaces_anything(mine: Answer, theirs: Answer) -> None:
    if outcome_of(mine, theirs) is Outcome.NEW:
        changed = merged(mine, theirs)
        assert all(not getattr(mine, name) for name in changed if name in {"value", "constat"})
    if outcome_of(mine, theirs) is Outcome.SAME:
        assert not {"value", "constat"} & merged(mine, theirs).keys()


def test_a_comparison_lists_new_same_and_different() -> None:
    mine = {KEYS[0]: Answer(value="oui"), KEYS[1]: Answer(value="oui"), KEYS[2]: Answer(note="privé")}
    rows = {key: {"answer": text} for key, text in zip(KEYS, ("Oui", "Non", "Partiel"), strict=False)}
    audit = sheet([GRID], mine)
    asked = returned(rows, {"name": audit.facility.name})
    found = compare(audit, asked, understood(asked, [GRID], VOCABULARY))
    assert {row.criterion: row.outcome for row in found.rows} == {
        KEYS[0]: Outcome.SAME,
        KEYS[1]: Outcome.DIFFERENT,
        KEYS[2]: Outcome.NEW,
    }
    assert [row.criterion for row in found.to_write([])] == [KEYS[2]]
    assert [row.criterion for row in found.to_write([KEYS[1]])] == [KEYS[2], KEYS[1]]
    assert found.missing == len(KEYS) - 3


def test_another_structure_is_said_aloud() -> None:
    audit = sheet([GRID], {})
    asked = returned({}, {"name": "Une autre maison"})
    found = compare(audit, asked, understood(asked, [GRID], VOCABULARY))
    assert any("autre structure" in remark for remark in found.remarks)
