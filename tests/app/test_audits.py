"""Facilities, audits, forms, synthesis, settings: through the use cases, on a real workspace."""

from dataclasses import replace
from pathlib import Path

import pytest
from support.bench import Bench

from ivaudit.app import (
    anomalies,
    answers,
    audits,
    checks,
    demo,
    facilities,
    forms,
    insi,
    settings,
    synthesis,
    workspaces,
)
from ivaudit.app.session import Session
from ivaudit.domain import trail_words
from ivaudit.domain.audit import AuditState, Highlight
from ivaudit.domain.errors import InvalidValue, NotAllowedNow, NotFound, WorkspaceExists
from ivaudit.domain.scoring import result
from ivaudit.domain.standing import standings
from ivaudit.store.keys import KdfCost


def test_a_facility_keeps_its_fields_and_warns_on_finess(session: Session) -> None:
    values = {"name": "CH d'Essai", "finess_et": "2B0000012", "finess_ej": "010000000", "setting": "es"}
    _, key = facilities.create(session, values)
    found = facilities.get(session, key)
    assert (found.name, found.finess_et, found.setting) == ("CH d'Essai", "2B0000012", "es")
    assert set(facilities.warnings(values)) == {"finess_ej"}
    facilities.edit(session, key, {"finess_ej": ""})
    assert facilities.get(session, key).finess_ej == ""


@pytest.mark.parametrize("values", [{}, {"name": "  "}, {"name": "X", "inconnu": 1}, {"name": 3}])
def test_a_facility_without_a_name_or_with_odd_fields_is_refused(
    session: Session, values: dict[str, object]
) -> None:
    with pytest.raises(InvalidValue):
        facilities.create(session, values)
    assert facilities.all_of(session) == ()


def test_a_facility_with_audits_is_not_removed(bench: Bench) -> None:
    with pytest.raises(NotAllowedNow):
        facilities.remove(bench.session, bench.facility)
    audits.remove(bench.session, bench.audit)
    facilities.remove(bench.session, bench.facility)
    assert facilities.all_of(bench.session) == ()
    facilities.restore(bench.session, bench.facility)
    audits.restore(bench.session, bench.audit)
    assert [each.audit.id for each in audits.all_of(bench.session)] == [bench.audit]


def test_what_never_existed_is_not_brought_back(bench: Bench) -> None:
    with pytest.raises(NotFound):
        audits.restore(bench.session, "000000000000")
    with pytest.raises(NotFound):
        facilities.restore(bench.session, "000000000000")
    assert [each.audit.id for each in audits.all_of(bench.session)] == [bench.audit]
    assert [each.id for each in facilities.all_of(bench.session)] == [bench.facility]


def test_choices_come_from_the_vocabulary_or_were_there_before(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [{"interlocutor": "inconnu", "function": "IDE"}]
    with pytest.raises(InvalidValue, match=r"parmi : .*insi"):
        facilities.edit(bench.session, bench.facility, {"profile": ["insi", "inconnue"]})
    with pytest.raises(InvalidValue):
        forms.set_field(bench.session, bench.audit, "visite", "people", people)
    assert facilities.get(bench.session, bench.facility).profile == ("insi",)
    terms = bench.session.library.vocabulary()
    later = replace(terms, profile=tuple(term for term in terms.profile if term.id != "insi"))
    monkeypatch.setattr(bench.session.library, "vocabulary", lambda: later)
    facilities.edit(bench.session, bench.facility, {"profile": ["insi", "urgences"]})
    assert facilities.get(bench.session, bench.facility).profile == ("insi", "urgences")


def test_titles_and_highlights_have_an_end(bench: Bench) -> None:
    with pytest.raises(InvalidValue):
        audits.edit(bench.session, bench.audit, title="x" * 201)
    with pytest.raises(InvalidValue):
        synthesis.write(bench.session, bench.audit, strengths=[Highlight(text="x" * 2_001)])
    audits.edit(bench.session, bench.audit, title=" Visite\nde novembre ")
    assert audits.sheet(bench.session, bench.audit).audit.title == "Visite de novembre"


def test_an_audit_keeps_the_definitions_it_was_created_with(bench: Bench) -> None:
    sheet = audits.sheet(bench.session, bench.audit)
    assert [grid.id for grid in sheet.checklists] == ["rniv-1-principes-communs"]
    assert len(sheet.audit.checklists[0][2]) == 64
    assert sheet.checklists[0] == bench.session.library.checklist("rniv-1-principes-communs")


@pytest.mark.parametrize(
    ("kind", "grids", "date", "error"),
    [
        ("externe", [], "2026-11-21", InvalidValue),
        ("externe", ["inconnue"], "2026-11-21", NotFound),
        ("concours", ["flash"], "2026-11-21", InvalidValue),
        ("externe", ["flash"], "21/11/2026", InvalidValue),
    ],
)
def test_impossible_audits_are_refused(
    bench: Bench, kind: str, grids: list[str], date: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        audits.create(bench.session, bench.facility, kind, grids, date)
    assert len(audits.all_of(bench.session)) == 1


def test_summaries_count_like_the_score(bench: Bench) -> None:
    answers.answer(bench.session, bench.audit, "rec-ant-02", "oui")
    answers.answer(bench.session, bench.audit, "rec-ant-01", "non_vu")
    summary = audits.all_of(bench.session)[0]
    sheet = audits.sheet(bench.session, bench.audit)
    figures = result(sheet.checklists[0], standings(sheet, sheet.checklists[0]))
    assert (summary.treated, summary.points) == (2, int(figures.progress.denominator))
    assert summary.minutes_left == figures.minutes_left


def test_state_date_and_position(bench: Bench) -> None:
    audits.edit(bench.session, bench.audit, state="en relecture", date="2026-12-01", title="Visite")
    found = audits.sheet(bench.session, bench.audit).audit
    assert (found.state, found.date, found.title) == (AuditState.REVIEW, "2026-12-01", "Visite")
    with pytest.raises(InvalidValue):
        audits.edit(bench.session, bench.audit, state="gagné")
    audits.remember_position(bench.session, bench.audit, "rec-ant-02")
    assert audits.position(bench.session, bench.audit) == "rec-ant-02"


def test_forms_are_checked_field_by_field(bench: Bench) -> None:
    forms.set_field(bench.session, bench.audit, "visite", "scope", "Accueil et infirmerie")
    assert audits.sheet(bench.session, bench.audit).forms["visite"]["scope"] == "Accueil et infirmerie"
    with pytest.raises(InvalidValue):
        forms.set_field(bench.session, bench.audit, "visite", "inconnu", "x")
    answers.undo(bench.session, bench.audit)
    assert not audits.sheet(bench.session, bench.audit).forms["visite"].get("scope")


def test_synthesis_is_bounded_and_linked(bench: Bench) -> None:
    strength = Highlight(text="Recherche bien faite.", criteria=("rec-ant-02",))
    synthesis.write(bench.session, bench.audit, appreciation="Bon travail.", strengths=[strength])
    found = synthesis.get(bench.session, bench.audit)
    assert (found.appreciation, found.strengths) == ("Bon travail.", (strength,))
    with pytest.raises(InvalidValue):
        synthesis.write(bench.session, bench.audit, priorities=[Highlight(text="x")] * 4)
    with pytest.raises(InvalidValue):
        synthesis.write(bench.session, bench.audit, strengths=[Highlight(text="x", criteria=("inconnu",))])
    answers.undo(bench.session, bench.audit)
    assert synthesis.get(bench.session, bench.audit).strengths == ()


def test_proposals_put_critical_points_first_and_are_never_set(bench: Bench) -> None:
    for criterion, value in (("rec-ant-03", "non"), ("rec-ant-01", "partiel"), ("rec-ant-02", "oui")):
        answers.answer(bench.session, bench.audit, criterion, value)
    sheet = audits.sheet(bench.session, bench.audit)
    found = [each for checklist in sheet.checklists for each in standings(sheet, checklist)]
    proposed = [each.criterion.id for each in synthesis.proposed_priorities(found)]
    assert proposed == ["rec-ant-01", "rec-ant-03"]
    assert [each.criterion.id for each in synthesis.proposed_strengths(found)] == ["rec-ant-02"]
    assert sheet.synthesis.priorities == ()


def test_settings_have_defaults_and_refuse_nonsense(session: Session) -> None:
    assert settings.get(session).author == "Cellule régionale"
    assert not settings.get(session).advance_after_answer
    settings.change(session, advance_after_answer=True, text_scale=150)
    assert settings.get(session).text_scale == 150
    for wrong in ({"text_scale": 1000}, {"author": " "}, {"inconnu": True}):
        with pytest.raises(InvalidValue):
            settings.change(session, **wrong)


@pytest.mark.parametrize(
    ("text", "strong"),
    [
        ("un deux trois quatre cinq six sept", True),
        ("un un un un un un un", False),
        ("Motdepasse123", False),
        ("Motdepasse12345", True),
        ("Court-1", False),
        ("Aa1-Aa1-Aa1-", True),
    ],
)
def test_passphrases_follow_the_rule_of_2022(text: str, strong: bool) -> None:
    assert (workspaces.passphrase_problem(text) is None) is strong


def test_a_workspace_is_never_overwritten(session: Session, passphrase: str, cheap_cost: KdfCost) -> None:
    with pytest.raises(WorkspaceExists):
        workspaces.create(session.workspace.folder, passphrase, "X", cost=cheap_cost)


@pytest.mark.parametrize("author", ["", "  ", "x" * 81])
def test_an_impossible_author_is_told_before_anything_is_made(
    tmp_path: Path, passphrase: str, cheap_cost: KdfCost, author: str
) -> None:
    with pytest.raises(InvalidValue, match="80 caractères"):
        workspaces.create(tmp_path / "dossier", passphrase, author, cost=cheap_cost)
    assert list(tmp_path.iterdir()) == []


def test_the_demonstration_is_a_whole_audit(session: Session) -> None:
    audit = demo.build(session)
    sheet = audits.sheet(session, audit)
    figures = result(sheet.checklists[0], standings(sheet, sheet.checklists[0]))
    assert figures.progress.shown == 100
    assert figures.score is not None
    assert figures.broken == 1
    assert figures.waiting == 0
    assert len(sheet.synthesis.strengths) == 3
    assert {each.state for each in anomalies.lines(session)} >= {
        "signalée",
        "en attente",
        "close",
        "non confirmée",
    }
    assert [each.name for each in insi.follow_up(session).to_call_back()] == ["EHPAD Le Vieux Moulin (essai)"]
    assert insi.evolution(session).months[3].whole is False
    assert checks.full_check(session).problems == ()
    assert _unnamed(session) == set()


_SAME_IN_FRENCH = {"date", "source", "version", "audit", "cause", "constat"}


def _unnamed(session: Session) -> set[tuple[str, str]]:
    """Return the fields that the journal shows under the name that the program gives them."""
    rows = session.workspace.db.execute("SELECT DISTINCT entity, field FROM change").fetchall()
    found = {(entity.partition(":")[0], field) for entity, field in rows}
    return {
        (kind, field)
        for kind, field in found
        if kind not in {"facility", "form"}
        and not field.startswith("item.")
        and field not in _SAME_IN_FRENCH
        and trail_words.field_label(kind, field) == field
    }


def test_the_parts_of_a_value_are_told_in_french() -> None:
    excluded = [{"finess": "990000077", "reason": "Fermée"}]
    assert trail_words.shown(excluded) == "FINESS : 990000077, motif : Fermée"
