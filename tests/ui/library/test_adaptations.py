"""The editor of adaptations: made, changed, checked, taken back, saved, shared, deleted, by keyboard too."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from support import adaptations as given

from ivaudit.app import adaptation_files as files
from ivaudit.app import library
from ivaudit.ui import theme
from ivaudit.ui.library.adaptation_rows import ABOUT
from ivaudit.ui.library.adaptation_view import AdaptationView

KEY = "criv-essai"


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[AdaptationView]:
    with given.installed(given.text()):
        made = AdaptationView()
        qtbot.addWidget(made)
        made.resize(1200, 720)
        made.show()
        made.activateWindow()
        made.enter()
        _idle(qtbot, made)
        yield made
        _idle(qtbot, made)


def _idle(qtbot: QtBot, view: AdaptationView) -> None:
    """Wait until every work is done, the one that starts after a pause too."""
    qtbot.waitUntil(lambda: not view._later.isActive() and view.works.idle, timeout=20_000)


def _field(view: AdaptationView, name: str) -> QLineEdit:
    assert view._panel is not None
    found = view._panel.editor.findChild(QLineEdit, f"input_adapt_{name}")
    assert isinstance(found, QLineEdit)
    return found


def _type(qtbot: QtBot, view: AdaptationView, name: str, text: str) -> None:
    field = _field(view, name)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def _weighty() -> str:
    points = (point.criterion for point in library.library().checklist(given.GRID).points())
    return next(each.id for each in points if each.weight == 2 and not each.critical)


def test_the_adaptation_opens_with_its_criteria_and_their_states(
    view: AdaptationView, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(view.table.values)
    states = {row.key: row.state for row in view.table.values.rows}
    assert states[given.off()] == "Désactivé"
    assert states[f"{KEY}-01"] == "Ajouté"
    assert view.verdict.said.text() == "Rien à corriger."
    assert view.bar.which.currentText() == "Choix de la région (1.0.0)"
    assert not files.opened()[0].draft


def test_a_weight_is_changed_checked_undone_and_saved(view: AdaptationView, qtbot: QtBot) -> None:
    key = _weighty()
    view.table.choose_key(key)
    _type(qtbot, view, "weight", "1")
    _idle(qtbot, view)
    assert "reason: " not in view.verdict.said.text()
    assert f"{key} · " in view.verdict.said.text()
    assert files.opened()[0].draft
    _type(qtbot, view, "reason", "Un serveur commun.")
    _idle(qtbot, view)
    assert view.verdict.said.text() == "Rien à corriger."
    view.bar.undo.click()
    view.bar.undo.click()
    _idle(qtbot, view)
    assert _field(view, "weight").text() == ""
    assert not view.bar.undo.isEnabled()
    assert not files.opened()[0].draft
    view.bar.redo.click()
    view.bar.redo.click()
    with qtbot.waitSignal(view.reloaded, timeout=20_000):
        view.bar.save.click()
    _idle(qtbot, view)
    saved = library.library().adaptation(KEY)
    assert saved.version == "1.0.1"
    assert [(each.criterion, each.weight) for each in saved.change] == [(key, 1)]
    assert "1.0.1" in view.bar.note.text()


def test_what_cannot_be_used_is_not_saved_and_says_why(view: AdaptationView, qtbot: QtBot) -> None:
    view.table.choose_key(given.off())
    _type(qtbot, view, "state_reason", " ")
    view.bar.save.click()
    _idle(qtbot, view)
    assert "n'est pas encore utilisable" in view.bar.note.text()
    assert "À corriger – " in view.verdict.said.text()
    assert library.library().adaptation(KEY).version == "1.0.0"


def test_a_criterion_is_added_and_withdrawn(view: AdaptationView, qtbot: QtBot) -> None:
    before = len(view.table.values.rows)
    view.table.choose_key(given.off())
    view.add.click()
    assert len(view.table.values.rows) == before + 1
    assert view.table.value().key == f"{KEY}-02"
    _idle(qtbot, view)
    assert f"{KEY}-02 · Question : texte vide." in view.verdict.said.text()
    assert view._panel is not None
    view._panel.drop.click()
    assert len(view.table.values.rows) == before
    _idle(qtbot, view)
    assert view.verdict.said.text() == "Rien à corriger."


def test_a_published_criterion_goes_back_as_it_was(view: AdaptationView, qtbot: QtBot) -> None:
    view.table.choose_key(given.off())
    assert view._panel is not None
    assert "désactiv" in view._panel.drop.text().lower() or "publié" in view._panel.drop.text()
    view._panel.drop.click()
    _idle(qtbot, view)
    states = {row.key: row.state for row in view.table.values.rows}
    assert states[given.off()] == "Critique"
    assert view.table.value().key == given.off()


def test_another_is_begun_by_keyboard(view: AdaptationView, qtbot: QtBot) -> None:
    view.bar.which.setFocus()
    qtbot.keyClick(view.bar.which, Qt.Key.Key_End)
    view._on_which(view.bar.which.currentIndex())
    assert view.stack.currentWidget() is view.start
    view.start.go.click()
    assert view.start.problem.isVisible()
    view.start.title.setFocus()
    qtbot.keyClicks(view.start.title, "Choix de l'EHPAD")
    qtbot.keyClicks(view.start.author, "Cellule d'identitovigilance")
    qtbot.keyClick(view.start.author, Qt.Key.Key_Return)
    assert view.stack.currentWidget() is view.work
    assert view.table.value().key == ABOUT
    _idle(qtbot, view)
    assert "Motif : texte vide." in view.verdict.said.text()
    assert {each.adaptation.id for each in files.opened()} == {KEY, "choix-de-l-ehpad"}


def test_deleting_can_be_taken_back(view: AdaptationView, qtbot: QtBot) -> None:
    view.bar.delete.click()
    _idle(qtbot, view)
    assert library.library().adaptations() == ()
    assert view.stack.currentWidget() is view.start
    assert view.bar.restore.isVisible()
    view.bar.restore.click()
    _idle(qtbot, view)
    assert library.library().adaptation(KEY).version == "1.0.0"
    assert view.stack.currentWidget() is view.work


def test_a_file_goes_out_and_comes_back(view: AdaptationView, qtbot: QtBot, tmp_path: Path) -> None:
    view.bar.export_wanted.emit(tmp_path / "copie.yaml")
    _idle(qtbot, view)
    assert "copie.yaml" in view.bar.note.text()
    view.bar.delete.click()
    _idle(qtbot, view)
    view.bar.import_wanted.emit(tmp_path / "copie.yaml")
    _idle(qtbot, view)
    assert "importée" in view.bar.note.text()
    assert library.library().adaptation(KEY).version == "1.0.0"
    view.bar.import_wanted.emit(tmp_path / "absente.yaml")
    _idle(qtbot, view)
    assert "introuvable" in view.bar.note.text()


def test_what_was_being_written_is_found_again(view: AdaptationView, qtbot: QtBot) -> None:
    _type(qtbot, view, "title", "Un autre titre")
    assert view.leave()
    _idle(qtbot, view)
    again = AdaptationView()
    qtbot.addWidget(again)
    again.enter()
    _idle(qtbot, again)
    assert again.bar.which.currentText() == "Un autre titre (brouillon)"
    assert library.library().adaptation(KEY).title == "Choix de la région"


def test_another_adaptation_and_back_loses_nothing(qtbot: QtBot) -> None:
    with given.installed(given.text(), given.text("criv-zautre")):
        view = AdaptationView()
        qtbot.addWidget(view)
        view.show()
        view.enter()
        _idle(qtbot, view)
        for key, title in ((KEY, "Un autre titre"), ("criv-zautre", ""), (KEY, "")):
            view.bar.which.setCurrentIndex(view.bar.which.findData(key))
            view.bar.which.activated.emit(view.bar.which.currentIndex())
            _idle(qtbot, view)
            if title:
                _type(qtbot, view, "title", title)
        _idle(qtbot, view)
        assert _field(view, "title").text() == "Un autre titre"
        drafts = {each.adaptation.id: each for each in files.opened()}
        assert (drafts[KEY].draft, drafts[KEY].adaptation.title) == (True, "Un autre titre")


def test_searching_keeps_the_line_that_is_edited(view: AdaptationView, qtbot: QtBot) -> None:
    view.table.choose_key(given.off())
    whole = len(view.table.values.rows)
    qtbot.keyClicks(view.search, "naissance")
    assert 0 < len(view.table.values.rows) < whole
    assert view._panel is not None
    assert view._key == given.off()
    view.search.clear()
    assert view.table.value().key == given.off()


def test_large_text_and_little_room_keep_everything_reachable(view: AdaptationView, qtbot: QtBot) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    before = theme.current()
    theme.apply(application, 2.0, before.dark)
    try:
        view.resize(1366, 700)
        qtbot.waitUntil(lambda: view.split.orientation() == Qt.Orientation.Vertical)
        assert view.table.isVisible()
        assert view._panel is not None
        assert view._panel.isVisible()
    finally:
        theme.apply(application, before.scale, before.dark)


def test_with_no_adaptation_it_says_what_one_is(qtbot: QtBot) -> None:
    with given.installed():
        empty = AdaptationView()
        qtbot.addWidget(empty)
        empty.show()
        empty.enter()
        _idle(qtbot, empty)
        assert empty.stack.currentWidget() is empty.start
        assert "Aucune adaptation locale" in empty.bar.note.text()
        assert not empty.bar.save.isEnabled()
        assert empty.start.checklist.count() == len(library.library().checklists())
