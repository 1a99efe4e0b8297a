"""Filling a campaign by keyboard."""

import pytest
from PySide6.QtCore import Qt
from support.audit_desk import Desk

from ivaudit.app import campaigns, observations
from ivaudit.app.campaigns import CampaignSheet
from ivaudit.domain.observation import ObservedValue
from ivaudit.ui.audit.observations.campaign_form import parsed_present
from ivaudit.ui.audit.observations.step import Observations
from ivaudit.ui.audit.step import Tab

YES, NO = ObservedValue.YES, ObservedValue.NO


@pytest.fixture
def step(desk: Desk) -> Observations:
    desk.page.show_tab(Tab.OBSERVATIONS)
    desk.drain()
    found = desk.page.stack.currentWidget()
    assert isinstance(found, Observations)
    return found


@pytest.fixture
def filled(desk: Desk, step: Observations) -> Observations:
    """A campaign made through its form, with one line."""
    step.new.click()
    desk.drain()
    step.form.grid.setCurrentIndex(step.form.grid.findData("obs-bracelet"))
    step.form.units.setText("Médecine, Chirurgie")
    step.form.present.setText("Médecine=4, Chirurgie=40")
    step.form.ok.click()
    desk.drain()
    step.add.click()
    desk.drain()
    return step


def _sheet(desk: Desk) -> CampaignSheet:
    (campaign,) = desk.ask(lambda s: campaigns.of_audit(s, desk.audit))  # type: ignore[misc]
    found = desk.ask(lambda s: campaigns.sheet(s, campaign.id))
    assert isinstance(found, CampaignSheet)
    return found


def test_an_audit_without_campaign_says_what_one_is(step: Observations) -> None:
    assert step.empty.isVisible()
    assert not step.split.isVisible()
    assert step.new.isVisible()


def test_a_form_makes_a_campaign_and_the_first_line_has_the_keys(desk: Desk, filled: Observations) -> None:
    sheet = _sheet(desk)
    assert (sheet.campaign.units, sheet.campaign.present) == (
        ("Médecine", "Chirurgie"),
        {"Médecine": 4, "Chirurgie": 40},
    )
    assert [row.number for row in sheet.rows] == [1]
    assert desk.focus() is filled.table
    assert filled.table.currentIndex().column() == filled.model.first_item()


def test_one_key_notes_a_fact_and_goes_to_the_next(desk: Desk, filled: Observations) -> None:
    first = filled.model.first_item()
    desk.press(Qt.Key.Key_O, "o")
    desk.press(Qt.Key.Key_Eacute, "é")  # the «2» of a French keyboard: the second answer of the fact
    desk.drain()
    items = [column.key for column in filled.model.columns[first : first + 2]]
    assert _sheet(desk).rows[0].values == {items[0]: YES, items[1]: NO}
    assert filled.table.currentIndex().column() == first + 2
    assert filled.model.index(0, first).data() == "O"
    desk.press(Qt.Key.Key_Return)
    desk.drain()
    assert [row.number for row in _sheet(desk).rows] == [1, 2]
    assert (filled.table.currentIndex().row(), filled.table.currentIndex().column()) == (1, first)


@pytest.mark.usefixtures("filled")
def test_keys_typed_before_the_next_line_is_on_disk_are_for_that_line(desk: Desk) -> None:
    for key, text in ((Qt.Key.Key_O, "o"), (Qt.Key.Key_Return, ""), (Qt.Key.Key_N, "n"), (Qt.Key.Key_N, "n")):
        desk.press(key, text)  # nothing is awaited: the disk is slower than the fingers
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_S, "s")
    desk.drain()
    noted = [list(row.values.values()) for row in _sheet(desk).rows]
    assert noted[:2] == [[YES], [NO, NO]]
    assert len(noted) == 3


@pytest.mark.usefixtures("filled")
def test_a_line_that_is_refused_leaves_the_keys_to_the_table(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(observations, "MAX_ROWS", 1)
    desk.press(Qt.Key.Key_Return)
    desk.drain()
    desk.press(Qt.Key.Key_O, "o")
    desk.drain()
    assert [list(row.values.values()) for row in _sheet(desk).rows] == [[YES]]


def test_taking_a_line_away_keeps_the_keys_where_they_were(desk: Desk, filled: Observations) -> None:
    for _ in range(2):
        desk.press(Qt.Key.Key_Return)
        desk.drain()
    filled.table.go_to(1)
    desk.press(Qt.Key.Key_Delete, held=Qt.KeyboardModifier.ControlModifier)
    desk.drain()
    desk.press(Qt.Key.Key_O, "o")
    desk.drain()
    assert [(row.number, len(row.values)) for row in _sheet(desk).rows] == [(1, 0), (3, 1)]


def test_a_key_shows_its_line_again_and_no_other(desk: Desk, filled: Observations) -> None:
    for _ in range(3):
        desk.press(Qt.Key.Key_Return)
        desk.drain()
    shown: list[tuple[int, int]] = []
    filled.model.dataChanged.connect(lambda first, last: shown.append((first.row(), last.row())))
    filled.table.go_to(2)
    desk.press(Qt.Key.Key_O, "o")
    desk.drain()
    assert shown == [(2, 2)]


def test_erase_undo_and_remove(desk: Desk, filled: Observations) -> None:
    desk.press(Qt.Key.Key_N, "n")
    desk.drain()
    filled.table.go_to(0)
    desk.press(Qt.Key.Key_Delete)
    desk.drain()
    assert _sheet(desk).rows[0].values == {}
    desk.shortcut(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.drain()
    assert list(_sheet(desk).rows[0].values.values()) == [NO]
    assert filled.model.index(0, filled.model.first_item()).data() == "N"
    desk.press(Qt.Key.Key_Delete, held=Qt.KeyboardModifier.ControlModifier)
    desk.drain()
    assert _sheet(desk).rows == ()
    desk.shortcut(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.drain()
    assert filled.model.rowCount() == 1


def test_words_are_typed_or_chosen(desk: Desk, filled: Observations) -> None:
    model = filled.model
    for title, typed in (("Unité", "Chirurgie"), ("Heure", "14:05"), ("Prof.", "p2"), ("Jour", "20/11/2026")):
        column = next(at for at, each in enumerate(model.columns) if each.title == title)
        model.setData(model.index(0, column), typed)
    desk.drain()
    row = _sheet(desk).rows[0]
    assert (row.unit, row.time, row.professional, row.date) == ("Chirurgie", "14:05", "P2", "2026-11-20")


def test_a_name_typed_for_a_professional_is_refused_with_a_sentence(desk: Desk, filled: Observations) -> None:
    column = next(at for at, each in enumerate(filled.model.columns) if each.title == "Prof.")
    filled.model.setData(filled.model.index(0, column), "Mme Durand")
    desk.drain()
    assert any("jamais un nom" in sentence for sentence in desk.said)
    assert _sheet(desk).rows[0].professional == ""


def test_results_follow_each_key_and_lead_to_the_criterion(desk: Desk, filled: Observations) -> None:
    first = filled.model.first_item()
    item = filled.model.columns[first].item
    assert item is not None
    for _ in range(5):
        filled.table.go_to(filled.model.rowCount() - 1)
        desk.press(Qt.Key.Key_O, "o")
        desk.drain()
        desk.press(Qt.Key.Key_Return)
        desk.drain()
    shown = filled.results.table.values
    assert shown.index(0, 6).data() == "100 %"
    proposed = filled.results.proposals.values.rows
    asked = [each for each in proposed if desk.page.audit.row(each.criterion) is not None]
    assert {each.value for each in proposed} == {"oui"}
    if asked:
        filled.results.criterion_wanted.emit(asked[0].criterion)
        assert desk.page.header.tabs.currentIndex() == Tab.GRID
        assert desk.key == asked[0].criterion


def test_a_rate_is_never_shown_without_its_interval(desk: Desk, filled: Observations) -> None:
    desk.page.resize(1080, 700)
    desk.press(Qt.Key.Key_O, "o")
    desk.drain()
    shown = filled.results.table
    at = [column.title for column in shown.values.columns].index("IC à 95 %")
    desk.qtbot.waitUntil(lambda: shown.isColumnHidden(at - 2))  # «Refus», one of those given up
    assert not shown.isColumnHidden(at)
    assert shown.values.index(0, at).data() == "21 – 100 %"  # one yes of one: 1 / (1 + 1.96²)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", {}),
        ("42", {"": 42}),
        ("Médecine=14, SSR : 3", {"Médecine": 14, "SSR": 3}),
        ("beaucoup", None),
        ("Médecine=", None),
    ],
)
def test_how_many_are_present_is_typed_plainly(typed: str, expected: dict[str, int] | None) -> None:
    assert parsed_present(typed) == expected
