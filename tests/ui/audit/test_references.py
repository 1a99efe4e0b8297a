"""Earlier audits beside each point, and the points that recur."""

import pytest
from PySide6.QtCore import Qt
from support.audit_desk import Desk

from ivaudit.app import actions, answers, audits
from ivaudit.app.session import Session
from ivaudit.domain.references import References
from ivaudit.ui.audit.page import AuditPage
from ivaudit.ui.audit.rows import AGAIN, Filter

GRID = "rniv-1-principes-communs"
UNMET, OTHER = "rec-ant-02", "rec-ant-03"


@pytest.fixture
def years(desk: Desk) -> list[str]:
    """Two audits before the one that is open, which found a point to improve in 2025 only."""

    def work(session: Session) -> list[str]:
        facility = session.audit(desk.audit).facility
        made = []
        for kind, date, value in (
            ("externe", "2025-11-20", "non"),
            ("auto-evaluation", "2026-10-01", "oui"),
            ("externe", "2024-11-20", "oui"),
        ):
            made.append(audits.create(session, facility, kind, [GRID], date)[1])
            answers.answer(session, made[-1], UNMET, value)
        answers.write(session, made[0], UNMET, "constat", "Recherche par le nom.")
        return made

    made = desk.ask(work)
    desk.page.audit.reload()
    desk.drain()
    desk.drain()
    assert isinstance(made, list)
    return made


def _marks(desk: Desk) -> str:
    grid = desk.page.grid
    return str(grid.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))


@pytest.mark.usefixtures("years")
def test_two_audits_stand_beside_the_point(desk: Desk) -> None:
    desk.page.grid.go_to(UNMET)
    assert desk.page.grid.beside.earlier.text().replace("\u00a0", " ") == (
        "Audit externe du 20/11/2025 : Non\n"
        "Constat d'alors : Recherche par le nom.\n"
        "Auto-évaluation du 01/10/2026 (déclaratif) : Oui"
    )
    desk.page.grid.go_to(OTHER)
    assert desk.page.grid.beside.earlier.text() == ""


@pytest.mark.usefixtures("years")
def test_a_point_unmet_again_is_marked_and_listed(desk: Desk) -> None:
    grid = desk.page.grid
    assert grid.filters._chips[Filter.RECURRENT].isHidden()
    for key in (UNMET, OTHER):
        grid.go_to(key)
        desk.digit(3)  # «Non»
        desk.drain()
    desk.qtbot.waitUntil(lambda: not grid.filters._chips[Filter.RECURRENT].isHidden())
    assert grid.filters._chips[Filter.RECURRENT].text() == "Récurrents 1"
    grid.filters.choose(Filter.RECURRENT)
    assert desk.key == UNMET
    assert grid.model.rowCount() == 1
    assert AGAIN in _marks(desk)
    assert grid.beside.again.text() == f"{AGAIN}, déjà à améliorer le 20/11/2025"
    desk.digit(1)
    desk.drain()
    assert AGAIN not in _marks(desk)
    assert grid.beside.again.isHidden()


@pytest.mark.usefixtures("years")
def test_interview_mode_hides_all_of_it(desk: Desk) -> None:
    grid = desk.page.grid
    grid.go_to(UNMET)
    desk.digit(3)
    desk.drain()
    desk.qtbot.waitUntil(lambda: not grid.filters._chips[Filter.RECURRENT].isHidden())
    desk.page.audit.set_interview(True)
    assert grid.beside.isHidden()
    assert AGAIN not in _marks(desk)
    assert grid.filters._chips[Filter.RECURRENT].isHidden()
    desk.letter("a")
    assert grid.beside.choices.isHidden()
    desk.page.audit.set_interview(False)
    assert not grid.beside.isHidden()


def test_others_are_chosen_by_keyboard_and_kept(desk: Desk, years: list[str]) -> None:
    grid = desk.page.grid
    grid.go_to(UNMET)
    grid.focus_list()
    desk.letter("a")
    boxes = grid.beside._boxes
    assert desk.focus() is next(iter(boxes.values()))
    assert not boxes[years[2]].isEnabled()  # two at most
    boxes[years[0]].click()
    desk.drain()
    boxes[years[2]].click()
    desk.drain()
    assert "20/11/2024" in grid.beside.earlier.text()
    assert "20/11/2025" not in grid.beside.earlier.text()
    for box in boxes.values():
        if box.isChecked():
            box.click()
            desk.drain()
    assert grid.beside.earlier.text() == ""
    again = AuditPage(desk.writer, desk.audit, desk.said.append)
    desk.qtbot.addWidget(again)
    desk.qtbot.waitUntil(lambda: again.audit.is_open)
    desk.drain()
    desk.drain()
    assert again.grid.beside.found.shown == ()
    again.settle()
    desk.drain()


def test_without_an_earlier_audit_there_is_nothing(desk: Desk) -> None:
    desk.letter("a")
    assert desk.page.grid.beside.isHidden()
    assert desk.page.grid.beside.found == References()
    assert desk.said[-1].startswith("Aucun audit précédent")


def test_an_open_action_stands_beside_its_point(desk: Desk) -> None:
    def work(session: Session) -> None:
        facility = session.audit(desk.audit).facility
        actions.create(session, facility, "Former les arrivants.", criteria=[UNMET], due="2020-01-31")

    desk.ask(work)
    desk.page.audit.reload()
    desk.drain()
    desk.drain()
    desk.page.grid.go_to(UNMET)
    said = desk.page.grid.beside.underway.text().replace("\u00a0", " ")
    assert said == "Action : Former les arrivants — à faire, échéance 31/01/2020, en retard"
