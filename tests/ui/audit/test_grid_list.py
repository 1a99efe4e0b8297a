"""Filters, search, order and parts of the walk on the real grid."""

import pytest
from PySide6.QtCore import Qt
from support.audit_desk import CTRL, Desk

from ivaudit.ui.audit.rows import Filter, Order, counts, passes


def listed(desk: Desk) -> list[str]:
    model = desk.page.grid.model
    return [row.key for at in range(model.rowCount()) if (row := model.row_at(model.index(at, 0)))]


@pytest.mark.parametrize("wanted", list(Filter))
def test_a_filter_lists_what_its_count_says(desk: Desk, wanted: Filter) -> None:
    for digit in (1, 3, 5, 2):
        desk.digit(digit)
        desk.press(Qt.Key.Key_Down)
    desk.letter("r")
    desk.letter("n")
    desk.type("un fait")
    desk.press(Qt.Key.Key_Escape)
    desk.drain()
    desk.page.grid.filters.choose(wanted)
    found = listed(desk)
    assert len(found) == counts(desk.page.audit.rows)[wanted]
    assert all(passes(row, wanted) for row in desk.page.audit.rows if row.key in found)


def test_what_was_just_answered_stays_in_view(desk: Desk) -> None:
    desk.page.grid.filters.choose(Filter.UNANSWERED)
    before, key = listed(desk), desk.key
    desk.digit(1)
    desk.drain()
    assert listed(desk) == before, "nothing vanishes from under the eyes"
    desk.page.grid.filters.choose(Filter.UNANSWERED)
    assert key not in listed(desk)


def test_ctrl_f_searches_without_accents_or_case(desk: Desk) -> None:
    desk.shortcut(Qt.Key.Key_F, CTRL)
    assert desk.focus() is desk.page.grid.search
    desk.type("IDENTITE")
    found = listed(desk)
    assert found
    desk.type(" date naissance")
    assert set(listed(desk)) < set(found), "every word must be there"
    desk.press(Qt.Key.Key_Escape)
    assert desk.focus() is desk.page.grid.list
    assert len(listed(desk)) == counts(desk.page.audit.rows)[Filter.ALL]


def test_a_search_finds_what_the_auditor_wrote(desk: Desk) -> None:
    key = desk.key
    desk.letter("i")
    desk.type("zébrure")
    desk.press(Qt.Key.Key_Escape)
    desk.drain()
    desk.page.grid.search.setText("zebrure")
    assert listed(desk) == [key]
    desk.shortcut(Qt.Key.Key_F8)
    desk.page.grid.search.setText("zebrur")
    assert listed(desk) == [], "an internal note is not found while the agent sees the screen"


def test_an_empty_list_says_so_and_gives_a_way_back(desk: Desk) -> None:
    desk.page.grid.search.setText("xyzxyz")
    assert desk.page.grid.stack.currentWidget() is desk.page.grid.empty
    assert "xyzxyz" in desk.page.grid.empty_text.text()
    desk.page.grid.show_all.click()
    assert desk.page.grid.stack.currentWidget() is desk.page.grid.list
    assert listed(desk)


@pytest.mark.parametrize("order", list(Order))
def test_each_order_walks_through_every_point_once(desk: Desk, order: Order) -> None:
    grid = desk.page.grid
    kept = desk.key
    grid.sections.order.setCurrentIndex(list(Order).index(order))
    found = listed(desk)
    assert len(found) == len(set(found)) == counts(desk.page.audit.rows)[Filter.ALL]
    assert desk.key == kept, "the current point stays current"


def test_a_part_of_the_walk_goes_to_its_first_point(desk: Desk) -> None:
    tree = desk.page.grid.sections
    index = tree.model.index(1, 0)
    group = tree.model.group_at(index)
    assert group is not None
    tree.tree.clicked.emit(index)
    first = next(at for at in group.rows if desk.page.audit.rows[at].concerned)
    assert desk.key == desk.page.audit.rows[first].key


def test_progress_follows_the_answers(desk: Desk) -> None:
    model = desk.page.grid.sections.model
    index = model.index(0, 0)
    before = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    with desk.qtbot.waitSignal(model.dataChanged):
        desk.digit(1)
    after = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert ", 0 points" in before
    assert ", 1 points" in after


def test_one_resumes_where_one_left(desk: Desk) -> None:
    for _ in range(4):
        desk.press(Qt.Key.Key_Down)
    key = desk.key
    desk.page.settle()
    desk.drain()
    desk.page.audit.reload()
    desk.drain()
    assert desk.page.audit.loaded.position == key


@pytest.mark.parametrize(("width", "narrow"), [(960, True), (1216, False)])
def test_a_narrow_window_gets_one_column(desk: Desk, width: int, narrow: bool) -> None:
    desk.page.resize(width, 560)
    desk.drain()
    grid = desk.page.grid
    assert grid.sections.isHidden() is narrow
    assert grid.picker.isHidden() is not narrow
    assert (grid.inner.orientation() is Qt.Orientation.Vertical) is narrow
    assert desk.page.width() == width, "nothing forces the window wider"
    assert desk.page.height() == 560
