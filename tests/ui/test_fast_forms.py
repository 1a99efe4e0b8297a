"""Fields given faster than the disk answers: what was read before the last of them never undoes it."""

from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from ivaudit.app import facilities
from ivaudit.ui.desk import Desk
from ivaudit.ui.form_editor import FormEditor
from ivaudit.ui.main_window import MainWindow
from ivaudit.ui.pages.facilities import FacilitiesPage


class Hasty(QObject):
    """Ticks one more box each time a gesture comes back: before what it makes one read arrives."""

    def __init__(self, boxes: list[QAbstractButton]) -> None:
        super().__init__()
        self._left = list(boxes)
        self.undone: list[str] = []
        for each in boxes:
            each.toggled.connect(self._on_toggled)

    @Slot(object)
    def tick(self, _changes: object) -> None:
        if self._left:
            self._left.pop(0).click()

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        if not on:
            sender = self.sender()
            self.undone.append(sender.objectName() if sender is not None else "")


def boxes_of(editor: FormEditor, field: str) -> list[QAbstractButton]:
    found: Any = editor.editors[field]
    return list(found.boxes.values())[:6]


def test_boxes_ticked_one_after_the_other_all_stay(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.go("facilities")
    qtbot.waitUntil(lambda: window.writer.pending == 0)
    page = desk.current()
    assert isinstance(page, FacilitiesPage)
    assert page.editor is not None
    boxes = boxes_of(page.editor, "profile")
    hasty = Hasty(boxes)
    window.writer.changed.connect(hasty.tick)
    hasty.tick(None)
    qtbot.waitUntil(lambda: window.writer.pending == 0 and not hasty._left)
    QApplication.processEvents()
    assert hasty.undone == []
    assert [each.isChecked() for each in boxes] == [True] * 6
    found: list[Any] = []
    window.writer.submit(facilities.all_of, done=found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert len(found[0][0].profile) == 6


def test_a_field_that_is_refused_shows_again_what_is_recorded(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    desk.go("facilities")
    qtbot.waitUntil(lambda: window.writer.pending == 0)
    page = desk.current()
    assert isinstance(page, FacilitiesPage)
    page._on_field("name", "")
    qtbot.waitUntil(lambda: window.writer.pending == 0)
    assert desk.bar.sentence.text()
    assert page.editor is not None
    assert page.editor.editors["name"].value() == "EHPAD Les Pins"
