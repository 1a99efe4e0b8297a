"""Lists of any length, and of texts that come from elsewhere."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ivaudit.ui import tool_tips
from ivaudit.ui.table import Column, Table, level

COLUMNS = (Column(title="Où", text=lambda each: each[0]), Column(title="Remarque", text=lambda each: each[1]))


def made(qtbot: QtBot, rows: int, text: str = "une remarque") -> Table:
    table = Table("lines", "Remarques", COLUMNS)
    qtbot.addWidget(table)
    table.resize(400, 300)
    table.show()
    table.values.show_values([(f"F{rank}", text) for rank in range(rows)])
    return table


def test_a_long_list_measures_its_first_rows_only(qtbot: QtBot) -> None:
    table = made(qtbot, 5_000)
    asked = []
    measure = table.sizeHintForRow
    table.sizeHintForRow = lambda at: (asked.append(at), measure(at))[1]  # type: ignore[method-assign,func-returns-value]
    table._fit()
    assert max(asked) < 50
    assert {table.rowHeight(at) for at in (0, 2_000, 4_999)} == {measure(0)}


def test_a_short_list_gives_each_row_its_height(qtbot: QtBot) -> None:
    table = made(qtbot, 2)
    table.values.show_values([("A", "court"), ("B", "ligne\n" * 6)])
    qtbot.waitUntil(lambda: table.rowHeight(1) > 2 * table.rowHeight(0))


def test_a_tool_tip_is_never_mark_up(qtbot: QtBot) -> None:
    text = '<img src="//serveur/partage/a.png">\nsuite'
    table = made(qtbot, 1, text)
    shown = table.values.data(table.values.index(0, 1), Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in str(shown)
    assert "&lt;img" in str(shown)
    assert tool_tips.plain("un < deux") == "un < deux"


def test_narrow_columns_keep_the_room_they_can_and_their_titles(qtbot: QtBot) -> None:
    columns = (
        Column(title="Fichier", text=lambda each: each[0], stretch=True),
        Column(title="Avancement constaté", text=lambda each: each[1]),
        Column(title="Mois", text=lambda each: each[2]),
    )
    table = Table("lines", "Fichiers", columns, flat=True)
    qtbot.addWidget(table)
    table.resize(520, 200)
    table.show()
    table.values.show_values([("un fichier", "1", "05/2026, 06/2026, 07/2026, 08/2026, 09/2026, 10/2026")])
    header = table.horizontalHeader()
    qtbot.waitUntil(lambda: header.length() <= table.viewport().width())
    assert header.sectionSize(1) >= header.sectionSizeHint(1)
    assert header.sectionSize(2) > table.CAP
    assert table.horizontalScrollBar().maximum() == 0


@given(st.lists(st.tuples(st.integers(20, 900), st.integers(20, 200)), max_size=8), st.integers(0, 2000))
def test_columns_are_narrowed_no_more_than_they_must(columns: list[tuple[int, int]], room: int) -> None:
    def total(most: int) -> int:
        return sum(min(wanted, max(most, title)) for wanted, title in columns)

    most = level(columns, room, 96)
    assert most == 96 or total(most) <= room
    widest = max((wanted for wanted, _ in columns), default=96)
    assert most >= widest or most + 4 > widest or total(most + 4) > room
