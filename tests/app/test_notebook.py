"""Lines noted while people speak."""

import pytest
from support.bench import Bench

from ivaudit.app import answers, audits, notebook
from ivaudit.domain.errors import InvalidValue, NotFound
from ivaudit.domain.notebook import disagreements, lines_of, unattached


def _criterion(bench: Bench) -> str:
    return next(audits.sheet(bench.session, bench.audit).checklists[0].points()).criterion.id


def _met(bench: Bench) -> str:
    return notebook.meet(bench.session, bench.audit, "IDEC", interlocutor="cadre", at="2026-11-21T13:45")[1]


def test_a_line_is_noted_then_attached_by_one_gesture(bench: Bench) -> None:
    criterion, person = _criterion(bench), _met(bench)
    _, key = notebook.note(bench.session, bench.audit, "La charte est dans le classeur.", person=person)
    (line,) = unattached(notebook.lines(bench.session, bench.audit))
    assert (line.id, line.person, line.means) == (key, person, "dit")
    notebook.attach(bench.session, bench.audit, key, [criterion], "oui")
    assert unattached(notebook.lines(bench.session, bench.audit)) == ()
    assert [each.id for each in lines_of(notebook.lines(bench.session, bench.audit), criterion)] == [key]
    answers.undo(bench.session, bench.audit)
    assert [each.id for each in unattached(notebook.lines(bench.session, bench.audit))] == [key]


def test_said_and_seen_that_differ_are_told(bench: Bench) -> None:
    criterion = _criterion(bench)
    common = {"criteria": [criterion]}
    notebook.note(bench.session, bench.audit, "Oui, toujours.", means="dit", value="oui", **common)
    notebook.note(bench.session, bench.audit, "Trois dossiers sans.", means="vu", value="non", **common)
    notebook.note(bench.session, bench.audit, "À rediscuter.", means="dit", **common)
    (found,) = disagreements(notebook.lines(bench.session, bench.audit))
    assert (found.criterion, found.said) == (criterion, (("dit", "oui"), ("vu", "non")))


def test_what_is_said_of_two_units_is_no_disagreement(bench: Bench) -> None:
    criterion = _criterion(bench)
    for subject, value in (("unite-a", "oui"), ("unite-b", "non")):
        notebook.note(
            bench.session, bench.audit, "…", means="vu", value=value, criteria=[criterion], subject=subject
        )
    assert disagreements(notebook.lines(bench.session, bench.audit)) == ()


def test_somebody_taken_away_leaves_their_lines(bench: Bench) -> None:
    person = _met(bench)
    notebook.note(bench.session, bench.audit, "Une phrase.", person=person)
    notebook.forget(bench.session, bench.audit, person)
    assert notebook.persons(bench.session, bench.audit) == ()
    assert [line.person for line in notebook.lines(bench.session, bench.audit)] == [""]
    answers.undo(bench.session, bench.audit)
    assert [line.person for line in notebook.lines(bench.session, bench.audit)] == [person]


def test_lines_and_people_are_corrected(bench: Bench) -> None:
    person = _met(bench)
    notebook.correct(bench.session, bench.audit, person, function="Cadre de santé", unit="Médecine")
    assert notebook.persons(bench.session, bench.audit)[0].function == "Cadre de santé"
    _, key = notebook.note(bench.session, bench.audit, "brouillon", source="affiche au mur", means="ecrit")
    notebook.rewrite(bench.session, bench.audit, key, text="Affiche de 2019.")
    (line,) = notebook.lines(bench.session, bench.audit)
    assert (line.text, line.source, line.means) == ("Affiche de 2019.", "affiche au mur", "ecrit")
    notebook.remove(bench.session, bench.audit, key)
    with pytest.raises(NotFound):
        notebook.rewrite(bench.session, bench.audit, key, text="trop tard")


def test_what_cannot_be_is_refused(bench: Bench) -> None:
    with pytest.raises(InvalidValue):
        notebook.meet(bench.session, bench.audit, " ")
    with pytest.raises(InvalidValue):
        notebook.meet(bench.session, bench.audit, "IDEC", interlocutor="inconnu")
    with pytest.raises(InvalidValue):
        notebook.note(bench.session, bench.audit, " ")
    with pytest.raises(InvalidValue):
        notebook.note(bench.session, bench.audit, "x", value="oui")
    with pytest.raises(InvalidValue):
        notebook.note(bench.session, bench.audit, "x", criteria=[_criterion(bench)], value="vert")
    with pytest.raises(NotFound):
        notebook.note(bench.session, bench.audit, "x", person="absent")


def test_a_line_being_typed_survives_a_sudden_stop(bench: Bench) -> None:
    person, key = _met(bench), notebook.new_key()
    notebook.draft(
        bench.session, bench.audit, key, "La charte date de", person=person, at="2026-11-21T14:05:00"
    )
    assert notebook.lines(bench.session, bench.audit) == ()
    workspace = bench.session.workspace
    workspace.drafts.recover(workspace.journal, bench.session.author)
    (line,) = notebook.lines(bench.session, bench.audit)
    assert (line.id, line.text, line.person, line.means, line.at) == (
        key,
        "La charte date de",
        person,
        "dit",
        "2026-11-21T14:05:00",
    )


def test_a_line_settled_then_finished_is_one_line(bench: Bench) -> None:
    key = notebook.new_key()
    notebook.draft(bench.session, bench.audit, key, "La charte")
    answers.settle(bench.session)
    assert [line.text for line in notebook.lines(bench.session, bench.audit)] == ["La charte"]
    notebook.note(bench.session, bench.audit, "La charte date de 2019.", key=key)
    assert [line.text for line in notebook.lines(bench.session, bench.audit)] == ["La charte date de 2019."]
    assert bench.session.workspace.drafts.all() == ()


def test_a_line_given_up_leaves_nothing(bench: Bench) -> None:
    key = notebook.new_key()
    notebook.draft(bench.session, bench.audit, key, "La")
    notebook.draft(bench.session, bench.audit, key, " ")
    answers.settle(bench.session)
    assert notebook.lines(bench.session, bench.audit) == ()


def test_a_line_that_looks_like_an_identity_is_never_recorded_by_itself(bench: Bench) -> None:
    key, workspace = notebook.new_key(), bench.session.workspace
    notebook.draft(
        bench.session, bench.audit, key, "Mme Durand Jeanne n'a pas de bracelet", at="2026-11-21T14:05:00"
    )
    workspace.drafts.recover(workspace.journal, bench.session.author)
    assert notebook.lines(bench.session, bench.audit) == ()
    (waiting,) = notebook.unfinished(bench.session, bench.audit)
    assert (waiting.id, waiting.at) == (key, "2026-11-21T14:05:00")
    assert waiting.text.startswith("Mme Durand")
