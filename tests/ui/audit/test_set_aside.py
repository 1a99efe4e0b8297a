"""«Sans objet» for a whole section, by keyboard: told before, one reason, one undo."""

import pytest
from PySide6.QtCore import Qt
from support.audit_desk import CTRL, Desk

from ivaudit.app.bulk import Preview
from ivaudit.domain.checklist import NaPolicy
from ivaudit.ui.audit.rows import Group, Row
from ivaudit.ui.audit.set_aside import SetAsidePanel, told


def fillable(row: Row) -> bool:
    return row.concerned and row.criterion.na is not NaPolicy.FORBIDDEN and not row.criterion.critical


@pytest.fixture
def group(desk: Desk) -> Group:
    """A section with points to fill; its first is answered, and it is the current one."""
    rows = desk.page.audit.rows
    found = next(g for g in desk.page.grid.groups if g.leaf and sum(fillable(rows[at]) for at in g.rows) > 1)
    first = next(at for at in found.rows if fillable(rows[at]))
    desk.page.grid.go_to(rows[first].key)
    desk.digit(1)
    desk.drain()
    return found


def panel(desk: Desk) -> SetAsidePanel:
    found = desk.page.set_aside.panel
    assert found is not None
    return found


def test_a_section_is_set_aside_with_one_reason_and_one_undo(desk: Desk, group: Group) -> None:
    rows = [desk.page.audit.rows[at] for at in group.rows if desk.page.audit.rows[at].concerned]
    wanted = [row.key for row in rows if fillable(row)][1:]
    desk.letter("s")
    desk.drain()
    told_now = panel(desk).told.text().replace("\u00a0", " ")
    assert told_now.startswith(f"{len(wanted)} point")
    assert "1 point déjà renseigné" in told_now
    assert desk.focus() is panel(desk).reasons
    desk.digit(2)
    desk.drain()
    recorded = desk.sheet()
    assert [recorded.answer(key).value for key in wanted] == ["sans_objet"] * len(wanted)
    assert {recorded.answer(key).na_reason for key in wanted} == {"population-absente"}
    left = {row.key: recorded.answer(row.key).value for row in rows if row.key not in wanted}
    assert left == {key: "oui" if key == desk.key else None for key in left}
    assert desk.focus() is desk.page.grid.list
    assert not panel(desk).isVisible()
    desk.shortcut(Qt.Key.Key_Z, CTRL)
    desk.drain()
    assert [desk.sheet().answer(key).value for key in wanted] == [None] * len(wanted)
    assert desk.answer(desk.key).value == "oui"


def test_the_tree_offers_it_too_and_escape_gives_up(desk: Desk, group: Group) -> None:
    tree = desk.page.grid.sections
    assert [action.objectName() for action in tree.tree.actions()] == ["section_aside"]
    tree.show_row(group.rows[0])
    tree.aside.trigger()
    desk.drain()
    assert group.title in panel(desk).title.text()
    desk.press(Qt.Key.Key_Escape)
    desk.drain()
    assert not panel(desk).isVisible()
    assert desk.focus() is desk.page.grid.list
    assert [each.value for each in desk.sheet().answers.values() if each.value] == ["oui"]


def test_another_reason_is_typed(desk: Desk, group: Group) -> None:
    assert group.leaf
    desk.letter("s")
    desk.drain()
    panel(desk).other.setFocus()
    desk.type("Pas d'hébergement dans la structure")
    desk.press(Qt.Key.Key_Return)
    desk.drain()
    reasons = {each.na_reason for each in desk.sheet().answers.values() if each.value == "sans_objet"}
    assert reasons == {"Pas d'hébergement dans la structure"}


def test_a_section_with_nothing_to_fill_says_so(desk: Desk) -> None:
    rows = desk.page.audit.rows
    closed = next(g for g in desk.page.grid.groups if g.leaf and not any(fillable(rows[at]) for at in g.rows))
    desk.page.grid.go_to(rows[closed.rows[0]].key)
    desk.letter("s")
    desk.drain()
    assert "Aucun point" in panel(desk).told.text()
    assert not panel(desk).reasons.isVisible()
    assert desk.focus() is panel(desk).close_button


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (
            Preview(filled=("a",), answered=(), critical=(), forbidden=()),
            "1 point sans réponse sera rempli.",
        ),
        (
            Preview(filled=("a", "b"), answered=("c",), critical=("d", "e"), forbidden=()),
            (
                "2 points sans réponse seront remplis. Laissés tels quels : 1 point déjà renseigné ; "
                "2 points critiques, à traiter un par un."
            ),
        ),
    ],
)
def test_what_would_be_done_is_told(found: Preview, sentence: str) -> None:
    assert told(found) == sentence
