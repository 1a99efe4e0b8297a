"""The register in the window: what is listed stays, what changes moves alone, everything by keyboard."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.anomaly_desk import settle
from support.azerty import CTRL, Azerty

from ivaudit.app import anomalies, anomaly_life, anomaly_links, workspaces
from ivaudit.app.session import Session
from ivaudit.domain.anomalies import Awaited, Entry, EntryKind, State
from ivaudit.store.keys import KdfCost
from ivaudit.ui import theme
from ivaudit.ui.desk import Desk
from ivaudit.ui.main_window import MainWindow
from ivaudit.ui.pages.anomalies import AnomaliesPage
from ivaudit.ui.pages.home import HomePage
from ivaudit.ui.start.unlock import Unlock

Ask = Callable[[Callable[[Session], object]], object]


def types(page: AnomaliesPage) -> list[str]:
    return [line.type for line in page.list.values.rows]


def whole(ask: Ask, key: str) -> Entry:
    found = ask(lambda session: anomalies.get(session, key))
    assert isinstance(found, Entry)
    return found


def event(session: Session) -> tuple[object, str]:
    facility = anomalies.lines(session)[0].facility
    values = {
        "type": "S08",
        "unit": "Unité Rose",
        "known_day": "2026-11-21",
        "known_time": "08:30",
        "severity": "3",
        "potential": "5",
        "unexpected": "oui",
        "vital": "oui",
        "propagation": [{"recipient": "efs"}],
    }
    return anomalies.declare(session, EntryKind.EVENT, values, facility=facility, at="2026-11-21T08:40")


@pytest.fixture
def told(page: AnomaliesPage, keys: Azerty, asked: Ask, desk: Desk) -> str:
    """An event to report, shown."""
    key = asked(event)[1]  # type: ignore[index]
    desk.go("anomalies", key)
    settle(keys)
    assert page.side.detail is not None
    assert page.side.detail.seen is not None
    assert page.side.detail.seen.entry.id == key
    return str(key)


# -- the list


def test_the_register_is_listed_the_last_found_first_with_its_counts(page: AnomaliesPage) -> None:
    assert types(page) == ["S03", "P06", "P01"]
    assert page.note.text() == "3 saisies sur 3"
    assert [chip.text() for chip in page.filters.views.chips] == [
        "À traiter 3", "En attente 0", "En retard 0", "Graves 0", "À signaler 0", "Toutes 3",
    ]  # fmt: skip
    assert page.side.detail is not None
    assert page.side.number == page.list.value().number


def test_reading_is_said_and_the_window_does_not_wait_for_it(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    desk.go("anomalies")
    page = desk.current()
    assert isinstance(page, AnomaliesPage)
    assert page.note.text() == "Lecture du registre…"
    assert not page.list.values.rows
    qtbot.waitUntil(lambda: len(page.list.values.rows) == 3, timeout=10_000)
    qtbot.waitUntil(lambda: window.writer.pending == 0 and not page.side._rest.isActive(), timeout=10_000)


def test_search_filter_and_selection_survive_leaving_the_page(
    page: AnomaliesPage, keys: Azerty, desk: Desk
) -> None:
    keys.letter("f", CTRL)
    keys.type("unité lilas")
    assert types(page) == ["S03", "P01"]
    keys.press(Qt.Key.Key_Down)
    assert keys.at == "anomalies_list"
    keys.press(Qt.Key.Key_Down)
    settle(keys)
    chosen = page.list.value().id
    keys.tab_to("view_to_do", back=True)
    keys.press(Qt.Key.Key_Right)
    assert (
        page.note.text()
        == "Aucune anomalie ici\u00a0: une autre vue, ou «\u00a0Tout voir\u00a0», en montre peut-être."
    )
    keys.press(Qt.Key.Key_Left)
    desk.go("home")
    desk.go("anomalies")
    settle(keys)
    assert page.filters.search.text() == "unité lilas"
    assert types(page) == ["S03", "P01"]
    assert page.list.value() is not None
    page.list.choose(1)
    settle(keys)
    assert page.list.value().id == chosen
    desk.go("actions")
    desk.go("anomalies")
    settle(keys)
    assert page.list.value().id == chosen
    assert page.side.number == page.list.value().number


def test_filters_narrow_by_form_type_unit_and_month(page: AnomaliesPage, keys: Azerty) -> None:
    keys.letter("f", CTRL)
    keys.tab_to("anomalies_more")
    keys.space()
    for combo, text, expected in (
        (page.filters.family, "Identification primaire", ["P06", "P01"]),
        (page.filters.unit, "Unité Rose", ["P06"]),
        (page.filters.month, "Novembre 2026", ["P06"]),
        (page.filters.kind, "Lots", []),
    ):
        assert combo.isVisible()
        combo.setCurrentIndex(combo.findText(text))
        combo.activated.emit(combo.currentIndex())
        assert types(page) == expected
    assert page.filters.more.text() == "Filtres (4)"
    page.filters.clear.click()
    assert types(page) == ["S03", "P06", "P01"]


def test_an_empty_register_says_how_to_begin(
    place: Path, passphrase: str, cheap_cost: KdfCost, open_window: Callable[[Path], MainWindow], qtbot: QtBot
) -> None:
    session, _ = workspaces.create(place, passphrase, "Référente", cost=cheap_cost)
    session.close()
    window = open_window(place)
    gate = window.gate
    assert isinstance(gate, Unlock)
    gate.passphrase.put(passphrase)
    gate.unlock()
    qtbot.waitUntil(lambda: window.desk is not None, timeout=10_000)
    assert window.desk is not None
    window.desk.go("anomalies")
    page = window.desk.current()
    assert isinstance(page, AnomaliesPage)
    qtbot.waitUntil(lambda: page.note.text().startswith("Aucune anomalie"), timeout=10_000)
    assert "Ctrl+N" in page.note.text()
    assert not page.side.isVisible()


def test_a_gesture_elsewhere_changes_its_row_and_nothing_else(
    page: AnomaliesPage, keys: Azerty, asked: Ask
) -> None:
    reset = QSignalSpy(page.list.lines.modelReset)
    changed = QSignalSpy(page.list.lines.dataChanged)
    other = page.list.values.rows[2].id
    asked(lambda session: anomaly_life.move(session, other, State.CONFIRMED, by="Cadre"))
    settle(keys)
    assert reset.count() == 0
    assert [changed.at(each)[0].row() for each in range(changed.count())] == [2]
    assert page.list.values.rows[2].state == State.CONFIRMED


# -- states


def test_a_digit_and_return_change_the_state_and_ctrl_z_gives_it_back(
    page: AnomaliesPage, keys: Azerty, asked: Ask
) -> None:
    key = page.list.value().id
    keys.digit(3)
    assert keys.at == "move_by"
    keys.replace("Cadre de santé")
    keys.enter()
    settle(keys)
    entry = whole(asked, key)
    assert (entry.state, entry.trail[-1].by) == (State.CONFIRMED, "Cadre de santé")
    assert page.list.value().id == key
    keys.letter("z", CTRL)
    settle(keys)
    assert whole(asked, key).state is State.REPORTED
    keys.letter("y", CTRL)
    settle(keys)
    assert whole(asked, key).state is State.CONFIRMED


def test_waiting_says_for_whom_and_its_time_is_told_apart(
    page: AnomaliesPage, keys: Azerty, asked: Ask
) -> None:
    key = page.list.value().id
    keys.digit(4)
    settle(keys)
    assert keys.at == "move_awaited"
    detail = page.side.detail
    assert detail is not None
    detail.moves.awaited.setCurrentIndex(detail.moves.awaited.findData(Awaited.FUND.value))
    keys.tab_to("move_at")
    keys.type("21/11/2026 9:30")
    keys.enter()
    settle(keys)
    entry = whole(asked, key)
    assert (entry.state, entry.trail[-1].awaited) == (State.WAITING, Awaited.FUND)
    assert entry.trail[-1].at == "2026-11-21T09:30"
    assert detail.state.text() == "En attente\u00a0: la caisse d'assurance maladie"
    assert "Attentes, comptées à part" in detail.delays.text()
    assert page.filters.views.chips[1].text() == "En attente 1"


def test_a_reason_that_is_missing_is_said_and_an_identity_is_held(
    page: AnomaliesPage, keys: Azerty, asked: Ask
) -> None:
    key = page.list.value().id
    asked(lambda session: anomaly_life.move(session, key, State.CONFIRMED, by="Cadre"))
    settle(keys)
    keys.digit(3)
    settle(keys)
    keys.enter()
    settle(keys)
    detail = page.side.detail
    assert detail is not None
    assert "demande un motif" in detail.moves.problem.text()
    keys.tab_to("move_reason")
    keys.type("Vu avec Mme Durand")
    keys.enter()
    assert detail.moves.reason.box.isVisible()
    assert whole(asked, key).state is State.CONFIRMED
    keys.tab_to("move_reason_identity_mask")
    keys.enter()
    keys.tab_to("move_go")
    keys.enter()
    settle(keys)
    assert whole(asked, key).trail[-1].reason == "Vu avec Mme [nom masqué]"
    keys.digit(1)
    keys.escape()
    assert detail.moves.panel.isHidden()


# -- the sheet


def test_the_sheet_opens_folded_and_records_what_is_left(
    page: AnomaliesPage, keys: Azerty, asked: Ask, qtbot: QtBot
) -> None:
    key = page.list.value().id
    keys.press(Qt.Key.Key_F2)
    settle(keys)
    sheet = page.side.sheet
    assert sheet is not None
    assert sheet.form is not None
    form = sheet.form
    qtbot.waitUntil(lambda: "analysis" in form.editors, timeout=10_000)
    assert sheet.isVisible()
    assert not page.list.isVisible(), "one who writes has the whole page"
    assert not form.editors["origin"].isVisible()
    keys.tab_to("fold_erreur")
    keys.space()
    settle(keys)
    keys.tab_to("input_origin")
    keys.type("Agent")
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Tab, "\t")
    settle(keys)
    assert whole(asked, key).text("origin") == "Agent d'accueil ou d'admission"
    keys.escape()
    settle(keys)
    assert not sheet.isVisible()
    assert keys.at == "detail_sheet"
    detail = page.side.detail
    assert detail is not None
    assert "Agent d'accueil" in detail.sheet.toPlainText()


def test_a_text_of_the_sheet_is_a_draft_before_it_is_left(
    page: AnomaliesPage, keys: Azerty, asked: Ask, qtbot: QtBot
) -> None:
    key = page.list.value().id
    page.side.open_sheet("description")
    sheet = page.side.sheet
    assert sheet is not None
    assert sheet.form is not None
    assert keys.at == "input_description"
    keys.type("Deux dossiers")
    qtbot.waitUntil(lambda: not sheet.form._later.isActive(), timeout=10_000)  # type: ignore[union-attr]
    kept = asked(lambda session: session.workspace.drafts.get(f"anomaly:{key}", "description"))
    assert kept == "Deux dossiers"
    assert whole(asked, key).description == ""
    keys.escape()
    settle(keys)
    assert whole(asked, key).description == "Deux dossiers"
    assert asked(lambda session: session.workspace.drafts.get(f"anomaly:{key}", "description")) is None


# -- reports, recipients, links


def test_circuits_are_proposed_by_answers_and_noted_when_done(
    page: AnomaliesPage, keys: Azerty, asked: Ask, told: str
) -> None:
    detail = page.side.detail
    assert detail is not None
    assert "2 questions sans réponse" in detail.reports.eigs.text()
    first = detail.reports.list.values.rows[0]
    assert (first.proposed.circuit.id, first.step.id) == ("eigs", "volet-1")
    assert "ARS" in detail.reports.about.text()
    assert "source lue" in detail.reports.about.text()
    keys.enter()
    keys.tab_to("reports_list")
    keys.enter()
    keys.settled()  # what opened is laid out
    assert keys.at == "report_day"
    keys.type("21/11/2026")
    keys.tab_to("report_number")
    keys.type("2026-114")
    keys.enter()
    settle(keys)
    (done,) = whole(asked, told).reported
    assert (done.circuit, done.step, done.done, done.number) == ("eigs", "volet-1", "2026-11-21", "2026-114")
    last = detail.reports.list.values.rows[-1]
    assert last.done == done


def test_recipients_are_told_then_confirm(page: AnomaliesPage, keys: Azerty, asked: Ask, told: str) -> None:
    del page
    keys.enter()
    keys.tab_to("told_list")
    keys.enter()
    settle(keys)
    (efs,) = whole(asked, told).propagation
    assert efs.informed
    assert not efs.confirmed
    keys.enter()
    settle(keys)
    assert whole(asked, told).propagation[0].confirmed
    keys.tab_to("told_day")
    keys.type("le 3")
    keys.tab_to("told_inform")
    keys.enter()
    assert len(whole(asked, told).propagation) == 1


def test_an_event_gives_birth_and_one_goes_from_one_to_the_other(
    page: AnomaliesPage, keys: Azerty, asked: Ask, told: str
) -> None:
    keys.enter()
    keys.tab_to("links_birth_anomaly")
    keys.enter()
    settle(keys)
    linked = asked(lambda session: anomaly_links.linked(session, told))
    (child,) = linked.children  # type: ignore[attr-defined]
    assert child.type == "S08"
    assert page.side.sheet is not None
    assert page.side.sheet.id == child.id
    keys.escape()
    settle(keys)
    keys.tab_to("links_list")
    keys.enter()
    settle(keys)
    assert page.side.detail is not None
    assert page.side.detail.seen is not None
    assert page.side.detail.seen.entry.id == told
    assert page.list.value().id == told


def test_an_entry_leads_to_an_action(
    page: AnomaliesPage, keys: Azerty, desk: Desk, asked: Ask, told: str
) -> None:
    assert page.side.detail is not None
    page.side.detail.links.new_action.click()
    settle(keys)
    assert desk.here[0] == "actions"
    assert whole(asked, told).action == desk.here[1]


def test_what_is_removed_is_put_back(page: AnomaliesPage, keys: Azerty, desk: Desk) -> None:
    number = page.list.value().number
    keys.press(Qt.Key.Key_Delete)
    settle(keys)
    assert types(page) == ["P06", "P01"]
    assert page.side.number != number
    assert desk.bar.sentence.text() == f"{number} est retirée du registre."
    desk.bar.back.click()
    settle(keys)
    assert types(page) == ["S03", "P06", "P01"]


# -- figures


def test_charts_count_what_filters_leave_and_are_copied_as_a_picture(
    page: AnomaliesPage, keys: Azerty, qtbot: QtBot
) -> None:
    page.filters.search.setText("lilas")
    keys.letter("g", CTRL)
    charts = page.charts
    qtbot.waitUntil(lambda: charts.table.values.total == 2, timeout=20_000)
    assert [(row.label, row.cases) for row in charts.table.values.rows] == [
        ("P01 – Doublon potentiel", 1),
        ("S03 – Bracelet absent, illisible, erroné ou d'un autre séjour", 1),
    ]
    assert charts.note.text() == "2 saisies\u00a0: filtres et recherche."
    assert "Doublon potentiel : 1" in charts.chart.accessibleDescription()
    qtbot.waitUntil(charts.chart.isVisible, timeout=20_000)
    QGuiApplication.clipboard().clear()
    keys.letter("c", CTRL)
    qtbot.waitUntil(lambda: not QGuiApplication.clipboard().pixmap().isNull(), timeout=20_000)
    charts.period.setCurrentIndex(charts.period.findText("L'année dernière"))
    charts.period.activated.emit(0)
    qtbot.waitUntil(lambda: charts.note.text().startswith("Aucune anomalie"), timeout=20_000)
    assert not charts.copy.isEnabled()
    keys.tab_to("charts_tally")
    keys.escape()
    assert keys.at == "anomalies_list"


# -- around


def test_what_is_to_report_is_on_accueil_and_opens_here(
    page: AnomaliesPage, keys: Azerty, desk: Desk, told: str
) -> None:
    desk.go("home")
    settle(keys)
    home = desk.current()
    assert isinstance(home, HomePage)
    assert "signalement" in home.due_title.text()
    keys.letter("t")
    assert keys.at == "home_due"
    keys.enter()
    settle(keys)
    assert desk.current() is page
    assert page.list.value().id == told


def test_where_there_is_little_room_the_list_and_the_entry_take_turns(
    page: AnomaliesPage, keys: Azerty, window: MainWindow, qapp: QApplication
) -> None:
    theme.apply(qapp, 2.0, dark=True)
    window.resize(1024, 600)
    settle(keys)
    assert page.list.isVisible()
    assert not page.side.isVisible()
    assert page.width() <= 1024
    keys.enter()
    settle(keys)
    assert page.side.isVisible()
    assert not page.list.isVisible()
    keys.escape()
    assert page.list.isVisible()
    assert not page.side.isVisible()
    assert keys.at == "anomalies_list"


def test_the_keys_are_listed(page: AnomaliesPage, keys: Azerty) -> None:
    keys.press(Qt.Key.Key_F1)
    assert page.keys.isVisible()
    keys.press(Qt.Key.Key_F1)
    assert not page.keys.isVisible()


def test_tab_goes_through_the_page_and_every_stop_has_a_name(page: AnomaliesPage, keys: Azerty) -> None:
    del page
    keys.enter()
    assert keys.at == "detail_sheet"
    keys.tab_to("detail_life")
