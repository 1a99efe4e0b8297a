"""Lists of any length, and of texts that come from elsewhere."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ivaudit.ui import tool_tips
from ivaudit.ui.table import Column, Table

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
