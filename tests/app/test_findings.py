"""Findings proposed, taken, graded, undone; actions that outlive their audit."""

import pytest
from support.bench import Bench

from ivaudit.app import actions, answers, audits, findings, subjects
from ivaudit.domain.actions import ActionState, OwnerKind
from ivaudit.domain.audit import STRUCTURE
from ivaudit.domain.checklist import Criterion
from ivaudit.domain.errors import InvalidValue, NotFound
from ivaudit.domain.findings import Cause, Grade, Urgency
from ivaudit.domain.subjects import SubjectKind


def _criteria(bench: Bench, critical: bool, number: int = 1) -> list[str]:
    checklist = audits.sheet(bench.session, bench.audit).checklists[0]
    found = [
        point.criterion.id
        for point in checklist.points()
        if point.criterion.critical is critical and point.criterion.applicability is None
    ]
    return found[:number]


def _asked(bench: Bench) -> dict[str, Criterion]:
    checklist = audits.sheet(bench.session, bench.audit).checklists[0]
    return {point.criterion.id: point.criterion for point in checklist.points()}


def _answer(bench: Bench, criterion: str, value: str, constat: str = "") -> None:
    answers.answer(bench.session, bench.audit, criterion, value)
    if constat:
        answers.write(bench.session, bench.audit, criterion, "constat", constat)


def test_answers_suggest_findings_graded_by_what_they_break(bench: Bench) -> None:
    (critical,), (plain, half, kept) = _criteria(bench, True), _criteria(bench, False, 3)
    _answer(bench, critical, "non", "Aucun contrôle au poste.")
    _answer(bench, plain, "non")
    _answer(bench, half, "partiel")
    _answer(bench, kept, "oui")
    found = {each.criterion: each for each in findings.proposed(bench.session, bench.audit)}
    assert {key: each.grade for key, each in found.items()} == {
        critical: Grade.CRITICAL_GAP,
        plain: Grade.GAP,
        half: Grade.IMPROVEMENT,
    }
    assert found[critical].text == "Aucun contrôle au poste."
    asked = _asked(bench)
    assert found[plain].text == f"{asked[plain].question} Non."
    assert found[half].text == f"{asked[half].question} Partiel."
    assert all(each.recommendation for each in found.values())


def test_a_finding_says_which_units_fall_short(bench: Bench) -> None:
    everywhere, once, written = _criteria(bench, False, 3)
    units = {
        name: subjects.add(bench.session, bench.audit, name, SubjectKind.UNIT)[1]
        for name in ("Médecine", "Urgences", "Bloc")
    }

    def answer(criterion: str, **values: str) -> None:
        for name, value in values.items():
            answers.answer(bench.session, bench.audit, criterion, value, subject=units[name])

    answer(everywhere, Médecine="partiel", Urgences="non", Bloc="non")
    answer(once, Médecine="oui", Urgences="non", Bloc="oui")
    answer(written, Médecine="oui", Urgences="non", Bloc="partiel")
    for name, text in (("Urgences", "Aucune liste."), ("Bloc", "Liste de 2019.")):
        answers.write(bench.session, bench.audit, written, "constat", text, subject=units[name])
    found = {each.criterion: each for each in findings.proposed(bench.session, bench.audit)}
    asked = _asked(bench)
    assert found[everywhere].text == f"{asked[everywhere].question} Partiel : Médecine. Non : Urgences, Bloc."
    assert found[everywhere].subject == STRUCTURE
    assert (found[once].text, found[once].subject) == (f"{asked[once].question} Non.", units["Urgences"])
    assert found[written].text == "Urgences : Aucune liste.\nBloc : Liste de 2019."


def test_what_is_taken_is_not_proposed_again_until_undone(bench: Bench) -> None:
    (plain,) = _criteria(bench, False)
    _answer(bench, plain, "non")
    done = findings.take(bench.session, bench.audit, findings.proposed(bench.session, bench.audit))
    assert done.undo == "1 constat repris"
    assert findings.proposed(bench.session, bench.audit) == ()
    answers.undo(bench.session, bench.audit)
    assert [each.criterion for each in findings.proposed(bench.session, bench.audit)] == [plain]


def test_what_is_taken_together_stays_in_the_order_of_the_grid(bench: Bench) -> None:
    keys = _criteria(bench, False, 8)
    for key in keys:
        _answer(bench, key, "non")
    findings.create(bench.session, bench.audit, "Vu ailleurs.", Grade.GAP)
    findings.take(bench.session, bench.audit, findings.proposed(bench.session, bench.audit))
    found = findings.of_audit(bench.session, bench.audit)
    assert [each.criteria for each in found] == [(), *((key,) for key in keys)]


def test_several_findings_rest_on_one_criterion(bench: Bench) -> None:
    (plain,) = _criteria(bench, False)
    for text in ("Le mode d'emploi manque.", "L'affichage date de 2019."):
        findings.create(bench.session, bench.audit, text, Grade.GAP, criteria=[plain], cause=Cause.TRAINING)
    found = findings.of_audit(bench.session, bench.audit)
    assert [each.text for each in found] == ["Le mode d'emploi manque.", "L'affichage date de 2019."]
    assert {each.cause for each in found} == {Cause.TRAINING}


def test_what_does_not_wait_comes_first(bench: Bench) -> None:
    _, first = findings.create(bench.session, bench.audit, "Écart critique.", Grade.CRITICAL_GAP)
    _, second = findings.create(bench.session, bench.audit, "À améliorer.", Grade.IMPROVEMENT)
    urgency = Urgency(told="cadre de santé", at="2026-11-21T15:10", done="bracelet refait")
    findings.urgent(bench.session, bench.audit, second, urgency)
    assert [each.id for each in findings.of_audit(bench.session, bench.audit)] == [second, first]
    assert findings.get(bench.session, bench.audit, second).urgency == urgency
    findings.urgent(bench.session, bench.audit, second, None)
    assert findings.get(bench.session, bench.audit, second).urgency is None


def test_a_finding_is_rewritten_regraded_and_removed(bench: Bench) -> None:
    _, key = findings.create(bench.session, bench.audit, "Premier jet.", Grade.GAP)
    findings.draft(bench.session, bench.audit, key, "text", "Deuxième")
    findings.write(bench.session, bench.audit, key, "text", "Deuxième jet.")
    findings.edit(bench.session, bench.audit, key, grade=Grade.STRENGTH, cause=Cause.SOFTWARE, rank=3)
    found = findings.get(bench.session, bench.audit, key)
    assert (found.text, found.grade, found.cause, found.rank) == (
        "Deuxième jet.",
        Grade.STRENGTH,
        Cause.SOFTWARE,
        3,
    )
    findings.edit(bench.session, bench.audit, key, cause="")
    assert findings.get(bench.session, bench.audit, key).cause is None
    findings.remove(bench.session, bench.audit, key)
    with pytest.raises(NotFound):
        findings.get(bench.session, bench.audit, key)


def test_a_finding_needs_words_and_criteria_of_the_audit(bench: Bench) -> None:
    with pytest.raises(InvalidValue):
        findings.create(bench.session, bench.audit, "  ", Grade.GAP)
    with pytest.raises(InvalidValue):
        findings.create(bench.session, bench.audit, "Texte.", Grade.GAP, criteria=["inconnu"])
    _, key = findings.create(bench.session, bench.audit, "Texte.", Grade.GAP)
    with pytest.raises(InvalidValue):
        findings.write(bench.session, bench.audit, key, "text", " ")
    with pytest.raises(InvalidValue):
        findings.take(bench.session, bench.audit, [])


def test_an_action_of_an_audit_is_undone_with_it(bench: Bench) -> None:
    _, key = actions.create(
        bench.session,
        bench.facility,
        "Afficher la règle.",
        audit=bench.audit,
        owner_kind="éditeur",
        editor="DUI Plus",
        due="2026-12-15",
        priority="haute",
    )
    found = actions.get(bench.session, key)
    assert (found.owner_kind, found.editor, found.due) == (OwnerKind.EDITOR, "DUI Plus", "2026-12-15")
    assert [each.id for each in actions.of_audit(bench.session, bench.audit)] == [key]
    answers.undo(bench.session, bench.audit)
    assert actions.all_of(bench.session) == ()


def test_an_action_outlives_its_audit(bench: Bench) -> None:
    _, key = actions.create(bench.session, bench.facility, "Former.", audit=bench.audit)
    audits.remove(bench.session, bench.audit)
    actions.edit(bench.session, key, state="réalisée")
    assert actions.get(bench.session, key).state is ActionState.DONE
    assert actions.get(bench.session, key).done != ""


def test_an_action_alone_is_undone_in_its_own_list(bench: Bench) -> None:
    _, key = actions.create(bench.session, bench.facility, "Former.", source="réunion de service")
    actions.edit(bench.session, key, progress="Deux séances tenues.")
    actions.undo(bench.session)
    assert actions.get(bench.session, key).progress == ""
    actions.redo(bench.session)
    assert actions.get(bench.session, key).progress == "Deux séances tenues."
    actions.remove(bench.session, key)
    with pytest.raises(NotFound):
        actions.get(bench.session, key)


@pytest.mark.parametrize(
    "wrong", [{"what": " "}, {"state": "finie"}, {"due": "demain"}, {"owner": "x" * 301}, {"colour": "red"}]
)
def test_an_impossible_action_is_refused(bench: Bench, wrong: dict[str, str]) -> None:
    with pytest.raises(InvalidValue):
        actions.create(bench.session, bench.facility, **{"what": "Former.", **wrong})
