"""Importing a checklist in the window: a file chosen or dropped, problems, preview, accept or refuse."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from support import hostile_books

from ivaudit.app import library, library_exports
from ivaudit.domain.checklist_import import ChangeKind, CriterionChange, Examined, Model
from ivaudit.domain.sheet_problems import SheetProblem
from ivaudit.ui.library.import_texts import columns
from ivaudit.ui.library.import_view import ImportView
from ivaudit.ui.pages.library import LibraryPage
from ivaudit.ui.table import TableModel

pytestmark = pytest.mark.usefixtures("local")


@pytest.fixture
def view(page: LibraryPage, qtbot: QtBot) -> ImportView:
    page.show_tool("import")
    shown = page.stack.currentWidget()
    assert isinstance(shown, ImportView)
    qtbot.waitUntil(lambda: page._finder is not None, timeout=20_000)
    return shown


def book(folder: Path, title: str, version: str = "1.0.0") -> Path:
    """Write the workbook of `flash` with another title."""
    path = library_exports.export_book(library.library(), "flash", folder / "grille.xlsx")
    edited = load_workbook(path)
    edited["Grille"]["B4"] = title
    edited["Grille"]["B3"] = version
    edited.save(path)
    return path


def shown(page: LibraryPage) -> str:
    """Return the id of what is chosen in the list."""
    node = page.contents.node()
    return node.item.id if node is not None and node.item is not None else ""


def settled(view: ImportView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not view.bar.running, timeout=20_000)


def test_the_model_of_problems_keeps_the_rules_of_qt(qtmodeltester: ModelTester) -> None:
    model = TableModel(columns())
    qtmodeltester.check(model)
    model.show_values([SheetProblem(sheet="Critères", row=2, column="F", message="Question : à remplir")])
    qtmodeltester.check(model)


def test_a_dropped_workbook_is_previewed_accepted_and_opened(
    view: ImportView, page: LibraryPage, local: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(book(tmp_path, "Flash du Nord")))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    view.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))
    settled(view, qtbot)
    assert "peut être importé" in view.bar.result.text()
    assert "Flash du Nord" in view.changes.toPlainText()
    assert "Avant : Flash — quinze points" in view.changes.toPlainText()
    assert not local.exists()
    view.accept.click()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.split, timeout=20_000)
    qtbot.waitUntil(lambda: shown(page) == "flash-local", timeout=20_000)
    assert (local / "checklists" / "flash-local.yaml").is_file()


def test_problems_are_listed_copied_and_exported(view: ImportView, qtbot: QtBot, tmp_path: Path) -> None:
    view.look_at(book(tmp_path, "Flash du Nord", version="une"))
    settled(view, qtbot)
    assert view.tabs.currentIndex() == 1
    assert view.problems.isVisible()
    assert not view.changes.isVisible()
    assert view.problems.values.rows[0].place == "Grille!B3"
    assert not view.accept.isEnabled()
    view.copy.click()
    assert QGuiApplication.clipboard().text().startswith("Erreur\tGrille!B3\tVersion")
    view.export.click()
    dialog = view.findChild(QFileDialog, "import_job_dialog")
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "problemes.csv"))
    dialog.close()
    settled(view, qtbot)
    assert "Grille" in (tmp_path / "problemes.csv").read_text(encoding="utf-8-sig")


def test_another_id_is_looked_at_again_before_it_can_be_accepted(
    view: ImportView, local: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    view.look_at(book(tmp_path, "Flash du Nord"))
    settled(view, qtbot)
    assert view.id.text() == "flash-local"
    view.id.setFocus()
    view.id.selectAll()
    qtbot.keyClicks(view.id, "flash-nord")
    assert not view.accept.isEnabled()
    qtbot.keyClick(view.id, Qt.Key.Key_Return)
    settled(view, qtbot)
    assert view.id.text() == "flash-nord"
    assert view.accept.isEnabled()
    view.refuse.click()
    assert view.bar.result.text() == "Rien n'a été importé."
    assert not view.preview.isVisible()
    assert not local.exists()


def test_a_hostile_workbook_is_one_sentence_over_the_invitation(
    view: ImportView, qtbot: QtBot, tmp_path: Path
) -> None:
    view.look_at(book(tmp_path, "Flash du Nord"))
    settled(view, qtbot)
    view.look_at(hostile_books.encrypted(tmp_path / "piege.xlsx"))
    settled(view, qtbot)
    assert "mot de passe" in view.bar.result.text()
    assert view.invitation.isVisible()
    assert not view.preview.isVisible()
    assert QApplication.focusWidget() is view.choose


def test_a_long_preview_is_read_page_by_page(view: ImportView) -> None:
    changes = tuple(
        CriterionChange(kind=ChangeKind.NEW, id=f"a-{rank}", question=f"Question {rank} ?")
        for rank in range(60)
    )
    found = Examined(model=Model.OURS, id="essai", version="1.0.0", title="Essai", points=60, changes=changes)
    view._on_examined(found)
    assert "Critères 1 à 15 sur 60" in view.changes.toPlainText()
    view.changes.link_wanted.emit("page:15")
    view.changes.link_wanted.emit("page:45")
    said = view.changes.toPlainText()
    assert "Critères 46 à 60 sur 60" in said
    assert "Question 59" in said
    assert "Suivants" not in said
    view.changes.link_wanted.emit("page:15")
    assert "Question 16" in view.changes.toPlainText()


def test_an_examination_is_stopped(view: ImportView, qtbot: QtBot, tmp_path: Path) -> None:
    view.look_at(book(tmp_path, "Flash du Nord"))
    view.bar.stop.click()
    settled(view, qtbot)
    assert view.bar.result.text() == "Arrêté : rien n'a été modifié."
    assert view._found is None


def test_every_widget_says_what_it_is(view: ImportView, qtbot: QtBot, tmp_path: Path) -> None:
    view.look_at(book(tmp_path, "Flash du Nord"))
    settled(view, qtbot)
    for widget in (view.choose, view.id, view.version, view.tabs, view.changes, view.problems, view.accept):
        assert isinstance(widget, QWidget)
        assert widget.objectName().startswith("import_")
        assert widget.accessibleName()
