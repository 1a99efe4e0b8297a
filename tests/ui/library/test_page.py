"""The page: what is listed, searched, followed, printed, with little room and large text."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ivaudit.app.library_items import Finder, Shelf
from ivaudit.ui import theme
from ivaudit.ui.library.contents import ContentsModel, facts, said, shares
from ivaudit.ui.library.export_bar import Paper, _exported, _printed
from ivaudit.ui.library.markup import link, target
from ivaudit.ui.library.rules_view import RulesView
from ivaudit.ui.pages.library import LibraryPage

RNIV = "rniv-1-principes-communs"


def test_the_model_keeps_the_rules_of_qt(qtmodeltester: ModelTester, found: Finder) -> None:
    model = ContentsModel()
    qtmodeltester.check(model)
    model.show_all(found.catalogue)
    qtmodeltester.check(model)
    model.show_hits(found.catalogue, found.find("bracelet"))
    qtmodeltester.check(model)
    assert model.rowCount() > 0


def test_everything_is_listed_under_its_kind(page: LibraryPage, found: Finder) -> None:
    titles = [page.model.data(page.model.index(row, 0)) for row in range(page.model.rowCount())]
    shelves = [str(shelf) for shelf in Shelf if shelf is not Shelf.ADAPTATION]  # none is shipped
    assert [title.split(" (")[0] for title in titles] == shelves
    items = [node.item.id for node in page.model.nodes if node.is_item and node.item is not None]
    assert items == [item.id for item in found.catalogue.items]


def test_a_line_says_edition_date_amounts_and_sources(page: LibraryPage, found: Finder) -> None:
    index = page.model.index_with(RNIV, "")
    spoken = page.model.data(index, Qt.ItemDataRole.AccessibleTextRole)
    item = found.catalogue.item(RNIV)
    assert item is not None
    for words in (item.title, item.edition, item.extent, f"{item.critical} critique", "Références : ", " %"):
        assert words in spoken
    assert spoken == said(page.model.nodes[index.internalId()])
    assert page.model.data(index, Qt.ItemDataRole.ToolTipRole) == spoken
    assert shares(item).count("%") == sum(1 for amount in item.sources.values() if amount)


def test_what_this_person_added_is_told_from_what_is_shipped(found: Finder) -> None:
    item = found.catalogue.item(RNIV)
    assert item is not None
    assert not item.local
    assert facts(replace(item, local=True)) == f"local : {RNIV} {item.version} · {facts(item)}"


def test_a_search_lists_passages_and_underlines_them(page: LibraryPage, qtbot: QtBot) -> None:
    page.search.setFocus()
    qtbot.keyClicks(page.search, "carte vitale")
    qtbot.waitUntil(lambda: "trouvé" in page.note.text(), timeout=5_000)
    node = page.contents.node()
    assert node is not None
    assert node.passage is not None
    qtbot.waitUntil(lambda: bool(page.reader.text.extraSelections()), timeout=5_000)
    assert page.reader.stack.currentWidget() is page.reader.text
    seen = {each.cursor.selectedText().casefold() for each in page.reader.text.extraSelections()}
    assert seen == {"carte", "vitale"}
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.contents.hasFocus()
    page.search.setFocus()
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    assert page.contents.hasFocus()
    page.search.clear()
    qtbot.waitUntil(lambda: "documents" in page.note.text(), timeout=5_000)
    qtbot.waitUntil(lambda: page.reader.text.extraSelections() == [], timeout=5_000)
    again = page.contents.node()
    assert again is not None
    assert again.passage == node.passage


def test_files_set_aside_are_said(page: LibraryPage, found: Finder) -> None:
    assert not page.refused.isVisible()
    page._on_loaded(Finder(replace(found.catalogue, refused=("mienne.yaml:3:1: poids attendu",))))
    assert page.refused.isVisible()
    assert "1 erreur dans vos fichiers" in page.refused.text()
    assert page.refused.toolTip() == "mienne.yaml:3:1: poids attendu"


def test_nothing_found_says_so(page: LibraryPage) -> None:
    page.search.setText("zyxwv")
    page._search()
    assert "Aucun passage" in page.note.text()
    assert page.model.rowCount() == 0


def test_a_hit_in_a_fiche_is_shown_in_its_text(page: LibraryPage) -> None:
    page.search.setText("doublon")
    page._search()
    fiche = next(n for n in page.model.nodes if n.item and n.item.shelf is Shelf.FICHE)
    page.contents.choose(page.model.index_of(page.model.nodes.index(fiche)))
    assert page.reader.stack.currentWidget() is page.reader.text
    assert page.reader.text.extraSelections()
    page.reader.mode.click()
    assert page.reader.stack.currentWidget() is page.reader.fiche


def test_links_go_from_a_criterion_to_what_concerns_it_and_back(page: LibraryPage, found: Finder) -> None:
    fiche = next(item for item in found.catalogue.items if item.shelf is Shelf.FICHE)
    criterion = fiche.value.criteria[0]
    asked = found.asked(criterion)[0]
    assert page.go(asked.item, criterion)
    assert fiche.title in page.reader.text.toPlainText()
    assert f"item:{fiche.id}/" in page.reader.text.toHtml()
    page.reader.link_wanted.emit(f"item:{fiche.id}/")
    node = page.contents.node()
    assert node is not None
    assert node.item == fiche
    assert page.reader.fiche.hasFocus()
    page.reader.mode.click()
    assert f"item:{asked.item}/{criterion}" in page.reader.text.toHtml()
    page.reader.link_wanted.emit(f"item:{asked.item}/{criterion}")
    node = page.contents.node()
    assert node is not None
    assert node.passage is not None
    assert node.passage.anchor == criterion


def test_followed_links_are_gone_back_one_by_one(page: LibraryPage, qtbot: QtBot) -> None:
    assert page.go(RNIV, "rec-ant-02")
    page.reader.link_wanted.emit("item:fiche-doublon/")
    page.reader.link_wanted.emit(f"item:{RNIV}/rec-ant-03")
    assert page.way_back.isVisible()
    read = []
    for _ in range(2):
        qtbot.keyClick(page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        node = page.contents.node()
        assert node is not None
        assert node.item is not None
        read.append((node.item.id, node.passage.anchor if node.passage is not None else ""))
    assert read == [("fiche-doublon", ""), (RNIV, "rec-ant-02")]
    assert not page.way_back.isVisible()


def test_a_tool_has_its_own_search_and_is_gone_back_to(page: LibraryPage, qtbot: QtBot) -> None:
    page.show_tool("rules")
    tool = page.stack.currentWidget()
    assert isinstance(tool, RulesView)
    qtbot.waitUntil(lambda: tool.list.isEnabled() and "règles" in tool.note.text(), timeout=20_000)
    tool.list.setFocus()
    qtbot.keyClick(tool.list, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert tool.search.hasFocus()
    tool.wanted.emit(f"{RNIV}/rec-ant-02")
    assert page.stack.currentWidget() is page.split
    qtbot.keyClick(page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page.stack.currentWidget() is tool
    assert not page.way_back.isVisible()
    qtbot.waitUntil(lambda: "règles" in tool.note.text(), timeout=20_000)


def test_a_text_opened_from_a_narrow_list_begins_where_it_was_found(page: LibraryPage, qtbot: QtBot) -> None:
    page.resize(640, 480)
    page.search.setText("doublon")
    page._search()
    qtbot.waitUntil(lambda: bool(page.reader.text.extraSelections()), timeout=5_000)
    assert not page.reader.isVisible()
    node = page.contents.node()
    assert node is not None
    page._on_opened(node)
    cursor = QTextCursor(page.reader.text.document())
    cursor.setPosition(page.reader.text._begins[1])

    def on_show() -> bool:
        return page.reader.text.viewport().rect().contains(page.reader.text.cursorRect(cursor).center())

    qtbot.waitUntil(on_show)


def test_an_observation_grid_says_how_to_observe(page: LibraryPage, found: Finder) -> None:
    item = next(item for item in found.catalogue.items if item.shelf is Shelf.OBSERVATION)
    page.go(item.id)
    text = page.reader.text.toPlainText()
    for words in ("Combien", "Inclure", "Comment se tenir", "À dire d'abord", "Motifs de non-observation"):
        assert words in text
    one = next(each for each in item.value.items if each.criteria)
    page.go(item.id, one.id)
    assert one.question in page.reader.text.toPlainText().replace("\n", " ")
    assert "Critères concernés" in page.reader.text.toPlainText()


def test_every_part_of_everything_is_written(page: LibraryPage, found: Finder) -> None:
    texts = page._texts
    assert texts is not None
    for item in found.catalogue.items:
        for passage in item.passages:
            html = texts.html(item, passage.anchor)
            assert len(html) > 100, (item.id, passage.anchor)
            assert ">None<" not in html


@pytest.mark.parametrize("about", ["fiche-insi-reponses", f"{RNIV}/rec-ant-02"])
def test_the_page_is_entered_at_a_place(page: LibraryPage, about: str) -> None:
    page.enter(about)
    node = page.contents.node()
    assert node is not None
    assert node.item is not None
    assert node.item.id == about.split("/", maxsplit=1)[0]


def test_a_link_that_leads_nowhere_changes_nothing(page: LibraryPage) -> None:
    before = page.contents.currentIndex()
    page.reader.link_wanted.emit("https://exemple.fr")
    page.reader.link_wanted.emit("item:absent/rien")
    assert page.contents.currentIndex() == before
    assert target('item:a/"b') == ("a", '"b')
    assert "&quot;" in link("a", '"b', "texte")


@pytest.mark.parametrize(("size", "scale"), [((960, 560), 1.0), ((960, 560), 2.0), ((640, 480), 1.0)])
def test_little_room_and_large_text(
    page: LibraryPage, size: tuple[int, int], scale: float, qapp: QApplication, qtbot: QtBot
) -> None:
    theme.apply(qapp, scale, dark=True)
    page.resize(*size)
    qtbot.wait(1)
    assert page.minimumSizeHint().width() <= size[0]
    page.contents.setFocus()
    page.contents.choose(page.model.index_with("fiche-insi-reponses", ""))
    qtbot.keyClick(page.contents, Qt.Key.Key_Return)
    assert page.reader.isVisible()
    assert page.reader.fiche.hasFocus()
    narrow = size[0] < 820 * scale
    assert page.left.isVisible() != narrow
    qtbot.keyClick(page.reader.fiche, Qt.Key.Key_Escape)
    assert page.left.isVisible()
    assert page.contents.hasFocus()


def test_paper_and_workbook_are_made_beside_the_window(
    page: LibraryPage, tmp_path: Path, qtbot: QtBot
) -> None:
    page.go("flash")
    bar = page.reader.exports
    texts = [action.text() for action in bar.menu.actions()]
    assert texts == ["Grille vierge, une page par lieu", "Grille vierge, une page par section"]
    bar.write(_printed("flash", Paper(by="section")), tmp_path / "vierge.pdf")
    assert not bar.print.isEnabled()
    qtbot.waitUntil(lambda: "vierge.pdf" in bar.bar.result.text(), timeout=20_000)
    assert (tmp_path / "vierge.pdf").read_bytes().startswith(b"%PDF")
    bar.write(_exported("flash"), tmp_path / "grille.xlsx")
    qtbot.waitUntil(lambda: "grille.xlsx" in bar.bar.result.text(), timeout=20_000)
    assert bar.print.isEnabled()
    page.go("glossaire")
    assert [action.text() for action in bar.menu.actions()] == ["Le glossaire, par ordre alphabétique"]
    assert bar.book.isVisible()


def test_stopping_or_a_place_that_refuses_is_said(page: LibraryPage, tmp_path: Path, qtbot: QtBot) -> None:
    page.go(RNIV)
    bar = page.reader.exports
    bar.write(_printed(RNIV, Paper()), tmp_path / "vierge.pdf")
    bar.bar.stop.click()
    qtbot.waitUntil(lambda: "Arrêté" in bar.bar.result.text(), timeout=20_000)
    assert list(tmp_path.iterdir()) == []
    bar.write(_printed("flash", Paper()), tmp_path / "absent" / "vierge.pdf")
    qtbot.waitUntil(lambda: "n'existe pas" in bar.bar.result.text(), timeout=20_000)
    assert bar.print.isEnabled()
