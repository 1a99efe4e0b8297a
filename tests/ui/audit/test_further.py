"""What helps on the current point: its words explained, and the way to the library and back."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from support.audit_desk import Desk

from ivaudit.app.further import further
from ivaudit.app.library import finder
from ivaudit.app.library_items import Shelf
from ivaudit.ui import words
from ivaudit.ui.audit import further as links
from ivaudit.ui.audit.answer_panel import AnswerPanel


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot) -> AnswerPanel:
    qtbot.waitUntil(lambda: words.known() is not None and links.reading().value is not None, timeout=10_000)
    return desk.page.grid.panel


def concerned(desk: Desk, *shelves: Shelf) -> str:
    """Return a listed criterion that these shelves, and perhaps others, concern."""
    for row in desk.page.audit.rows:
        found = {each.shelf for each in further(finder(), row.key)}
        if row.concerned and found.issuperset(shelves):
            return row.key
    raise LookupError(shelves)


def test_a_grid_is_named_once_and_a_fact_alone_is_gone_to() -> None:
    found = further(finder(), "sec-moy-01")
    items = [each.item for each in found]
    assert len(items) == len(set(items))
    assert next(each.anchor for each in found if each.item == "obs-bracelet") == ""
    assert next(each.anchor for each in found if each.item == "obs-parcours-traceur") == "ptr-support"
    assert found[0].shelf is Shelf.FICHE
    assert further(finder(), "inconnu") == ()


def test_every_link_of_every_point_leads_to_something_published(desk: Desk, panel: AnswerPanel) -> None:
    catalogue = finder().catalogue
    for row in desk.page.audit.rows:
        for each in further(finder(), row.key):
            assert catalogue.passage(each.item, each.anchor) is not None
        panel.further.show_criterion(row.key)
        assert panel.further.isHidden() is (not further(finder(), row.key))


def test_l_reaches_the_links_entree_follows_one_and_echap_comes_back(
    desk: Desk, panel: AnswerPanel, qtbot: QtBot
) -> None:
    key = concerned(desk, Shelf.FICHE)
    desk.page.grid.go_to(key)
    assert "fiche" in panel.further.accessibleDescription()
    desk.letter("l")
    assert desk.focus() is panel.further
    with qtbot.waitSignal(desk.page.asked) as asked:
        desk.press(Qt.Key.Key_Return)
    name, about = asked.args
    assert name == "library"
    assert about == further(finder(), key)[0].item
    desk.press(Qt.Key.Key_Escape)
    assert desk.focus() is desk.page.grid.list
    assert desk.key == key


@pytest.mark.usefixtures("panel")
def test_a_point_without_links_says_so(desk: Desk) -> None:
    alone = next(row.key for row in desk.page.audit.rows if not further(finder(), row.key) and row.concerned)
    desk.page.grid.go_to(alone)
    desk.letter("l")
    assert desk.focus() is desk.page.grid.list
    assert desk.said[-1] == "Rien de plus dans la bibliothèque sur ce point."


def test_mode_entretien_keeps_the_links(desk: Desk, panel: AnswerPanel) -> None:
    desk.page.grid.go_to(concerned(desk, Shelf.CASES))
    desk.page.audit.set_interview(True)
    assert panel.further.isVisibleTo(panel)
    assert "cas pratique" in panel.further.toPlainText()


def test_d_explains_the_words_of_the_point_and_puts_them_away(desk: Desk, panel: AnswerPanel) -> None:
    row = next(r for r in desk.page.audit.rows if "INSi" in r.criterion.question)
    desk.page.grid.go_to(row.key)
    desk.letter("d")
    assert panel.words.isVisibleTo(panel)
    assert "INSi : Téléservice" in panel.words.accessibleDescription()
    assert "INSi : Téléservice" in panel.question.accessibleDescription()
    assert desk.focus() is desk.page.grid.list, "the keys of the list go on"
    desk.letter("d")
    assert not panel.words.isVisibleTo(panel)
    assert desk.answer(row.key).value is None


def test_a_word_of_the_question_is_not_explained_again_in_the_help(desk: Desk, panel: AnswerPanel) -> None:
    for row in desk.page.audit.rows[:40]:
        desk.page.grid.go_to(row.key)
        met = [term.id for term in (*panel.question.words, *panel.help.words)]
        assert len(met) == len(set(met))
    assert panel.question.accessibleName().endswith("?")
