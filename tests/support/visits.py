"""The gestures of a visit as a person makes them: keys for what is done often, a click elsewhere."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from ivaudit.ui.audit.criteria_model import CriteriaModel
from ivaudit.ui.audit.criteria_view import CriteriaView
from ivaudit.ui.audit.preview import Preview
from support.azerty import CTRL, SHIFT, Key
from support.photos import photo
from support.visitor import Visitor

ALT = Qt.KeyboardModifier.AltModifier
_BARE = 2
"""A screen of the debrief says more than its title and its number."""

YES, PARTLY, NO, NOT_CONCERNED, NOT_SEEN, TO_CHECK = range(1, 7)

# -- before the visit


def begin(v: Visitor, passphrase: str) -> None:
    """Make a workspace, do without the recovery sheet, begin blank."""
    v.type("Référente identitovigilance")
    v.enter()
    v.type(passphrase)
    v.enter()
    v.type(passphrase)
    v.enter()
    v.until("sheet_waived")
    v.click("sheet_waived")
    v.click("begin_blank")
    v.until("home_empty_card")
    v.settled()


def describe(v: Visitor, name: str, *, setting: str, city: str, finess: str, profile: Iterable[str]) -> None:
    """Create a structure on its page, with its activity profile."""
    v.click("rail_facilities")
    v.settled()
    v.click("facilities_new")
    v.put("input_name", name)
    v.choose("input_setting", setting)
    v.put("input_finess_et", finess)
    v.put("input_city", city)
    for each in profile:
        v.click(f"input_profile_{each}")
    v.settled()


def prepare(v: Visitor, structure: str, checklist: str, date: str, kind: str = "Audit externe") -> None:
    """Create an audit and come to its grid."""
    v.click("rail_audits")
    v.settled()
    v.click("audits_new")
    v.settled()
    v.choose("new_facility", structure)
    v.choose("new_kind", kind)
    v.put("input_new_date", date)
    v.click(f"new_checklist_{checklist}")
    v.click("new_go")
    v.until("criteria_list")
    v.settled()


# -- in the grid


def point(v: Visitor) -> str:
    """Return the number of the current point."""
    view = v.find(CriteriaView, "criteria_list")
    model = view.model()
    assert isinstance(model, CriteriaModel)
    row = model.row_at(view.currentIndex())
    assert row is not None
    return row.point.number


def listed(v: Visitor) -> list[str]:
    """Return the numbers of the points that the list shows."""
    model = v.find(CriteriaView, "criteria_list").model()
    assert isinstance(model, CriteriaModel)
    rows = [model.row_at(model.index(at, 0)) for at in range(model.rowCount())]
    return [row.point.number for row in rows if row is not None]


def go(v: Visitor, number: str) -> None:
    """Go to a point of the list by the arrows."""
    numbers = listed(v)
    assert number in numbers, f"{number} is not listed: {numbers}"
    steps = numbers.index(number) - numbers.index(point(v))
    for _ in range(abs(steps)):
        v.press(Key.Key_Down if steps > 0 else Key.Key_Up)
    assert point(v) == number


def answer_listed(v: Visitor, otherwise: Mapping[str, int] | None = None, usual: int = YES) -> None:
    """Answer every point that is listed, from the first: the usual answer, or another one."""
    v.press(Key.Key_Home, held=CTRL)
    for number in listed(v):
        assert point(v) == number
        v.digit((otherwise or {}).get(number, usual))
        assert v.at == "criteria_list", f"{number} asks for more: {v.at}"
        v.press(Key.Key_Down)
    v.settled()


def constat(v: Visitor, number: str, text: str, *, note: str = "") -> None:
    """Write what was seen at a point, and a note for the team."""
    go(v, number)
    for letter, name, words in (("n", "constat", text), ("i", "note", note)):
        if words:
            v.letter(letter)
            assert v.at == name
            v.type(words)
            v.escape()
            assert v.at == "criteria_list"
    v.settled()


def under(v: Visitor, name: str) -> None:
    """List the points of a filter."""
    v.click(f"filter_{name}")
    v.settled()
    to_list_by_click(v)


def to_list_by_click(v: Visitor) -> None:
    """Give the keys to the list by a click on its first line."""
    if v.find(CriteriaView, "criteria_list").model().rowCount():
        v.cell("criteria_list", 0, 0)
        assert v.at == "criteria_list"


# -- interviews


def meet(v: Visitor, function: str, *, name: str = "", unit: str = "") -> None:
    """Begin the interview of the current point with somebody, by function."""
    v.letter("e")
    v.until("person_function")
    v.put("person_function", function)
    if unit:
        v.put("person_unit", unit)
    if name:
        v.put("person_name", name)
    v.enter()
    v.settled()
    assert v.at == "notebook_entry"


def say(v: Visitor, text: str, *, attached: bool = False, worth: int = 0) -> None:
    """Type a line while somebody speaks: alone, attached to the point, or with what it is worth."""
    v.type(text)
    if worth:
        v.digit(worth, ALT)
    else:
        v.press(Key.Key_Return, "\r", CTRL) if attached else v.enter()
    v.settled()
    assert v.find(QLineEdit, "notebook_entry").text() == ""


def end_interview(v: Visitor) -> None:
    """Give the keys to the list, and close the interview."""
    v.escape()
    assert v.at == "criteria_list"
    v.press(Key.Key_E, "E", SHIFT)
    v.settled()
    assert not v.sees("interview_panel")


# -- evidence


def photograph(v: Visitor, folder: Path, captions: Mapping[str, bool]) -> None:
    """Take photographs in by the current point: copied among the files of a telephone, pasted, looked at.

    Args:
        v: who does it.
        folder: where they come from.
        captions: what each shows, and whether a part of it is masked before it is kept.
    """
    taken = len(list(folder.glob("IMG_*.jpg")))
    files = [folder / f"IMG_{rank:04d}.jpg" for rank in range(taken, taken + len(captions))]
    for rank, file in enumerate(files, taken):
        file.write_bytes(photo("JPEG", (320 + 16 * rank, 240)))
    copied = QMimeData()
    copied.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    QGuiApplication.clipboard().setMimeData(copied)
    v.letter("p")
    v.letter("v", CTRL)
    QGuiApplication.clipboard().clear()
    for rank, (caption, masked) in enumerate(captions.items(), 1):
        shown = f"({rank} sur {len(captions)})"
        v.qtbot.waitUntil(
            lambda shown=shown: v.sees("review_title") and shown in v.reads("review_title"), timeout=20_000
        )
        if masked:
            mask(v)
        v.put("review_caption", caption)
        v.click("review_keep")
    v.until("evidence_list")
    v.qtbot.waitUntil(lambda: v.find(QAbstractItemView, "evidence_list").model().rowCount() == len(captions))
    v.settled()
    v.escape()
    assert v.at == "criteria_list"


def mask(v: Visitor) -> None:
    """Draw a rectangle over the middle of the picture."""
    view = v.find(QWidget, "review_picture")
    middle, half = view.rect().center(), QPoint(30, 20)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=middle - half)
    QTest.mouseMove(view, middle + half)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=middle + half)
    assert v.reads("review_masks") == "1 rectangle"


# -- what leaves


def export(v: Visitor, path: Path, kind: str, form: str) -> Path:
    """Write one report from the tab *Rapport* and return where it is."""
    for name in (f"kind_{kind}", f"format_{form}"):
        if not v.find(QRadioButton, name).isChecked():
            v.click(name)
    v.put("export_place", str(path))
    v.click("export_start")
    button = v.find(QPushButton, "export_start")
    v.qtbot.waitUntil(lambda: path.is_file() and button.isEnabled(), timeout=60_000)
    assert path.name in v.reads("export_result")
    return path


def preview_drawn(v: Visitor) -> int:
    """Wait for the pages of the report, and return how many there are."""
    preview = v.find(Preview, "preview")
    v.qtbot.waitUntil(lambda: preview.pages > 0 and not preview.state.text(), timeout=60_000)
    return preview.pages


def slides(v: Visitor) -> list[str]:
    """Show the debrief over the whole screen, turn every screen of it, leave; return what was said."""
    v.press(Key.Key_F9)
    v.until("debrief_view")
    shown = v.find(QWidget, "debrief_view")
    said: list[str] = []
    while True:
        v.qtbot.waitUntil(lambda: all(map(_whole, _texts(shown))) and len(_texts(shown)) > _BARE)
        texts = (each.text() for each in _texts(shown))
        said.append(" ".join(texts).replace("\xa0", " ").replace("\u202f", " "))
        if not v.find(QPushButton, "debrief_after").isEnabled():
            break
        v.space()
    v.escape()
    v.window.activateWindow()
    v.qtbot.waitUntil(lambda: not v.sees("debrief_view"))
    return said


def _texts(shown: QWidget) -> list[QLabel]:
    return [each for each in shown.findChildren(QLabel) if each.isVisible()]


def _whole(text: QLabel) -> bool:
    """Tell whether a text is on the screen from its first to its last line."""
    top = text.window()
    low = text.mapTo(top, text.rect().bottomLeft()).y()
    return low <= top.height() and text.heightForWidth(text.width()) <= text.height() + 1
