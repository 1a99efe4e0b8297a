"""The team in the window: a phrase agreed, a stick in three actions, disagreements settled by keys."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from support.audit_desk import FRENCH, Desk
from support.bundles import PASSPHRASE, TEAM

from ivaudit.app import (
    answers,
    bundle_export,
    bundle_import,
    bundle_opening,
    bundle_plans,
    merges,
    own_keys,
    states,
    teams,
    workspaces,
)
from ivaudit.app.bundle_choices import ChoiceKind
from ivaudit.app.session import Session
from ivaudit.domain.audit import AuditState
from ivaudit.domain.journal import Change, Op, digest, encode, op_id
from ivaudit.store.keys import FLOOR
from ivaudit.ui.audit.preparation import Preparation
from ivaudit.ui.audit.step import Tab
from ivaudit.ui.audit.team.card import TeamCard
from ivaudit.ui.audit.team.merge_page import MergePage


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "cle"
    made.mkdir()
    return made


@pytest.fixture
def card(desk: Desk) -> TeamCard:
    desk.page.show_tab(Tab.PREPARATION)
    desk.drain()
    found = desk.page.stack.currentWidget()
    assert isinstance(found, Preparation)
    return found.team


@pytest.fixture
def colleague(tmp_path: Path) -> Iterator[Session]:
    session, _ = workspaces.create(
        tmp_path / "autre", PASSPHRASE, "Auditeur B", cost=FLOOR, with_recovery=False
    )
    yield session
    session.close()


def agreed(card: TeamCard, desk: Desk) -> None:
    card.phrase.put(TEAM)
    card.agree.click()
    desk.drain()


def exported(card: TeamCard, desk: Desk, stick: Path) -> Path:
    card.export.click()
    card.use(stick)
    desk.qtbot.waitUntil(lambda: "Exporté" in card.bar.result.text(), timeout=10_000)
    (made,) = stick.glob("*.ivaudit")
    return made


def answered_elsewhere(colleague: Session, desk: Desk, file: Path, stick: Path) -> None:
    """A colleague takes the file in, answers otherwise, and puts his own on the stick."""
    bundle_import.accept(colleague, bundle_opening.open_file(colleague, file, TEAM), keep_phrase=True)
    first = desk.page.audit.rows[0].key
    answers.answer(colleague, desk.audit, first, "partiel")
    answers.write(colleague, desk.audit, first, "constat", "Dit par la cadre.")
    lock = bundle_export.lock(colleague, desk.audit)
    plan = bundle_plans.of_audits(colleague, [desk.audit], lock)
    bundle_export.write(plan, stick / bundle_plans.file_name(plan))


def test_a_phrase_is_proposed_shown_and_kept(card: TeamCard, desk: Desk) -> None:
    assert "Aucune phrase" in card.state.text()
    card.phrase.put("secret")
    card.agree.click()
    desk.drain()
    assert "quatre mots" in card.message.text()
    card.propose.click()
    proposed = card.phrase.text()
    assert len(proposed.split()) >= teams.LEAST_WORDS
    card.agree.click()
    desk.drain()
    assert "est convenue" in card.state.text()
    assert card.phrase.text() == ""
    kept = desk.ask(lambda s: teams.of_audit(s, desk.audit))
    assert kept is not None
    assert kept[0] == proposed  # type: ignore[index]


def test_without_a_phrase_the_export_says_what_to_do(card: TeamCard, desk: Desk, stick: Path) -> None:
    card.export.click()
    card.use(stick)
    desk.drain()
    assert "Convenez d'une phrase" in card.message.text()
    assert list(stick.iterdir()) == []


def test_three_actions_and_no_key_to_find(
    card: TeamCard, desk: Desk, stick: Path, colleague: Session, qtbot: QtBot
) -> None:
    first = desk.page.audit.rows[0].key
    agreed(card, desk)
    file = exported(card, desk, stick)
    answered_elsewhere(colleague, desk, file, stick)
    desk.ask(lambda s: answers.answer(s, desk.audit, first, "non"))
    desk.ask(lambda s: answers.write(s, desk.audit, first, "constat", "Vu au poste."))
    desk.drain()
    card.take.click()  # one: the folder is known
    qtbot.waitUntil(lambda: desk.page.team.preview is not None, timeout=10_000)
    preview = desk.page.team.preview
    assert preview is not None
    qtbot.waitUntil(lambda: preview.isVisible() and preview.go.isEnabled(), timeout=10_000)
    assert "jamais vue ici" in preview.signer.text()
    assert "2 désaccords à trancher" in preview.changed.text()
    preview.go.click()  # two
    qtbot.waitUntil(lambda: isinstance(desk.page.stack.currentWidget(), MergePage), timeout=10_000)
    page = desk.page.stack.currentWidget()
    assert isinstance(page, MergePage)
    qtbot.waitUntil(lambda: len(page.list.values.rows) == 2)
    assert "2 désaccords" in desk.said[-1]
    constat = next(each for each in page.list.values.rows if each.field == "Constat")
    page.list.choose(page.list.values.rows.index(constat))
    page.list.setFocus()
    desk.press(*FRENCH[3])
    qtbot.waitUntil(lambda: len(page.list.values.rows) == 1)
    desk.press(*FRENCH[3])
    assert len(page.list.values.rows) == 1
    desk.press(*FRENCH[1])
    qtbot.waitUntil(lambda: not page.list.values.rows)
    assert "Aucun désaccord" in page.empty.text()
    assert "Vu au poste." in desk.answer(first).constat
    assert "Dit par la cadre." in desk.answer(first).constat
    assert page.view.itemText(0) == "Désaccords (0)"
    page.view.setCurrentIndex(1)
    page.view.activated.emit(1)
    assert page.unseen.values.rows
    page.goto.click()
    assert desk.key == page.unseen.values.rows[0].criterion


def test_a_stick_without_a_file_of_the_others_says_so(card: TeamCard, desk: Desk, stick: Path) -> None:
    agreed(card, desk)
    exported(card, desk, stick)
    card.take.click()
    desk.drain()
    assert "pas de fichier d'un autre membre" in card.bar.result.text()


def test_a_file_of_another_team_asks_for_its_phrase(
    card: TeamCard, desk: Desk, stick: Path, colleague: Session, qtbot: QtBot
) -> None:
    agreed(card, desk)
    file = exported(card, desk, stick)
    answered_elsewhere(colleague, desk, file, stick)
    desk.ask(lambda s: teams.keep(s, desk.audit, ""))
    card.take.click()
    qtbot.waitUntil(lambda: desk.page.team.preview is not None, timeout=10_000)
    preview = desk.page.team.preview
    assert preview is not None
    qtbot.waitUntil(preview.ask.isVisible, timeout=10_000)
    preview.phrase.put("une autre phrase que la bonne")
    preview.open.click()
    qtbot.waitUntil(lambda: "n'ouvre pas" in preview.asked.text(), timeout=10_000)
    preview.phrase.put(TEAM)
    preview.open.click()
    qtbot.waitUntil(preview.go.isVisible, timeout=10_000)
    assert preview.phrase.text() == ""
    preview.back.click()
    desk.drain()
    assert isinstance(desk.page.stack.currentWidget(), Preparation)
    assert desk.ask(lambda s: merges.disagreements(s, desk.audit)) == ()
    assert desk.ask(lambda s: teams.of_audit(s, desk.audit)) is None


@pytest.mark.parametrize("ticked", [True, False])
def test_a_new_phrase_is_kept_only_where_the_box_says_so(
    card: TeamCard, desk: Desk, stick: Path, colleague: Session, qtbot: QtBot, *, ticked: bool
) -> None:
    agreed(card, desk)
    file = exported(card, desk, stick)
    answered_elsewhere(colleague, desk, file, stick)
    desk.ask(lambda s: teams.keep(s, desk.audit, ""))
    card.take.click()
    qtbot.waitUntil(lambda: desk.page.team.preview is not None, timeout=10_000)
    preview = desk.page.team.preview
    assert preview is not None
    qtbot.waitUntil(preview.ask.isVisible, timeout=10_000)
    preview.phrase.put(TEAM)
    preview.open.click()
    qtbot.waitUntil(preview.go.isVisible, timeout=10_000)
    assert (preview.keep.isVisible(), preview.keep.isChecked()) == (True, True)
    assert "que si c'est celle de l'équipe" in preview.about_phrase.text()
    preview.keep.setChecked(ticked)
    preview.go.click()
    qtbot.waitUntil(lambda: bool(desk.said), timeout=10_000)
    desk.drain()
    assert (desk.ask(lambda s: teams.of_audit(s, desk.audit)) is not None) == ticked


def test_a_part_is_chosen_by_keys_and_sent_to_a_key(
    card: TeamCard, desk: Desk, stick: Path, colleague: Session, qtbot: QtBot
) -> None:
    """Only what was ticked arrives, and the file says what was left out."""
    checklist = desk.ask(lambda s: s.frozen(s.audit(desk.audit)).checklists[0])
    points = list(checklist.points())  # type: ignore[attr-defined]
    kept = points[0]
    other = next(point for point in points if point.section.id != kept.section.id)
    for point in (kept, other):
        desk.ask(lambda s, key=point.criterion.id: answers.answer(s, desk.audit, key, "oui"))
    desk.drain()
    card.part.click()
    desk.drain()
    view = desk.page.team.send
    assert view is not None
    qtbot.keyClick(view.list, Qt.Key.Key_Escape)
    assert isinstance(desk.page.stack.currentWidget(), Preparation)
    card.part.click()
    desk.drain()
    assert (view.isVisible(), view.chosen.text()) == (True, "Rien n'est coché : l'audit part en entier.")
    qtbot.keyClick(view.list, Qt.Key.Key_Space)
    assert view.chosen.text() == "Part : 1 section."
    assert view.list.values.index(0, 0).data() == "✓ oui"
    view.search.setText("interlocuteur")
    assert {row.kind for row in view.list.values.rows} == {ChoiceKind.INTERLOCUTOR}
    assert view.chosen.text() == "Part : 1 section."
    view.go.click()
    desk.drain()
    assert "Personne d'autre" in view.out.result.text()
    view.reader.setText(own_keys.own_keys(colleague).address)
    view.notes.setChecked(False)
    view.go.click()
    desk.drain()
    view.out.write_file(stick / "partie.ivaudit")
    qtbot.waitUntil(lambda: "Écrit" in view.out.result.text(), timeout=10_000)
    opened = bundle_opening.open_file(colleague, stick / "partie.ivaudit")
    _, taken = bundle_import.accept(colleague, opened)
    assert kept.section.title in taken.head.left_out[0]
    assert len(taken.head.left_out) == 2
    got = [answers.current(colleague, desk.audit, each.criterion.id).value for each in (kept, other)]
    assert got == ["oui", None]
    view.phrase.put("une phrase tapée pour rien")
    view.back.click()
    assert view.phrase.text() == ""


def test_the_seal_is_verified_where_the_audit_is_validated(desk: Desk, qtbot: QtBot) -> None:
    for state in (AuditState.ONGOING, AuditState.REVIEW, AuditState.VALIDATED):
        desk.ask(lambda s, to=state: states.change(s, desk.audit, to))
    desk.drain()
    desk.page.show_review()
    desk.drain()
    page = desk.page.review.page
    assert page is not None
    qtbot.waitUntil(page.seal.isVisible)
    page.seal.verify.click()
    qtbot.waitUntil(lambda: "Intact" in page.seal.found.text())
    assert "Ce que cela prouve" in page.seal.found.text()


def test_the_exchange_of_a_workspace_has_its_own_keys(desk: Desk) -> None:
    first = desk.ask(own_keys.own_keys)
    assert first == desk.ask(own_keys.own_keys)


def given(desk: Desk, entity: str, field: str, said: dict[str, str]) -> Callable[[Session], None]:
    """Return what gives a field a value of each of some authors, none of whom knew of the others."""

    def work(session: Session) -> None:
        ops = []
        for author, text in said.items():
            salt, body = b"s" * 16, encode(text)
            change = Change(
                entity=entity, field=field, base=(), digest=digest(salt, body), salt=salt, body=body
            )
            bare = Op(
                id=b"",
                scope=f"audit:{desk.audit}",
                prev=(),
                kind="modifier",
                author=author,
                device=author,
                at=f"2026-11-2{len(ops)}T10:00:00.000000Z",
                changes=(change,),
            )
            ops.append(replace(bare, id=op_id(bare)))
        session.workspace.journal.merge(ops)

    return work


def test_of_three_values_each_is_kept_by_its_digit_or_by_choosing_it(desk: Desk, qtbot: QtBot) -> None:
    keys = [row.key for row in desk.page.audit.rows[:2]]
    said = {"A": "vu au poste", "B": "dit par la cadre", "C": "lu dans le classeur"}
    for key in keys:
        desk.ask(given(desk, f"answer:{desk.audit}/structure/{key}", "constat", said))
    desk.page.team.show()
    page = desk.page.team.page
    assert page is not None
    qtbot.waitUntil(lambda: len(page.list.values.rows) == 2)
    assert [value.said for value in page.detail.list.values.rows] == list(said.values())
    assert page.keep_both.text() == "Garder tous les textes (4)"
    assert (page.keep_first.text(), page.keep_last.isVisible()) == ("Garder la valeur choisie", False)
    page.list.setFocus()
    desk.press(*FRENCH[2])
    qtbot.waitUntil(lambda: len(page.list.values.rows) == 1)
    page.detail.list.choose(1)
    assert "dit par la cadre" in page.detail.read.text()
    page.keep_first.click()
    qtbot.waitUntil(lambda: not page.list.values.rows)
    assert [desk.answer(key).constat for key in keys] == ["dit par la cadre"] * 2
