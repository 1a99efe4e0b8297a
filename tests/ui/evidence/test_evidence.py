"""Evidence through the real window: opened by a key, masked before it is kept, looked at, taken off."""

import io
import time
from pathlib import Path
from typing import cast

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from support.audit_desk import CTRL, Desk
from support.photos import bomb, photo

from ivaudit.app import evidence, pictures
from ivaudit.domain.evidence import Evidence
from ivaudit.ui.audit.step import Tab
from ivaudit.ui.evidence.panel import EvidencePanel
from ivaudit.ui.evidence.review import Review


def found_of(desk: Desk) -> tuple[Evidence, ...]:
    return cast("tuple[Evidence, ...]", desk.ask(lambda s: evidence.all_of(s, desk.audit)))


def kept_picture(desk: Desk, found: Evidence) -> Image.Image:
    body = desk.ask(lambda s: evidence.body(s, found.pictures[0]).body)
    assert isinstance(body, bytes)
    return Image.open(io.BytesIO(body)).convert("RGB")


def opened(desk: Desk) -> EvidencePanel:
    desk.page.grid.focus_list()
    desk.letter("p")
    panel = desk.page.evidence.panel
    assert panel is not None
    assert panel.isVisible()
    return panel


def reviewing(desk: Desk) -> Review:
    desk.qtbot.waitUntil(
        lambda: desk.page.evidence.review is not None and desk.page.evidence.review.isVisible(),
        timeout=15_000,
    )
    assert desk.page.evidence.review is not None
    return desk.page.evidence.review


def came_back(desk: Desk, many: int) -> tuple[Evidence, ...]:
    desk.qtbot.waitUntil(lambda: len(desk.page.evidence.book.found) == many, timeout=15_000)
    desk.qtbot.waitUntil(desk.page.grid.isVisible)
    desk.drain()
    return found_of(desk)


def test_p_opens_the_evidence_of_the_point_and_escape_gives_the_answer_back(desk: Desk) -> None:
    panel = opened(desk)
    assert "0 preuve" in panel.title.text()
    assert panel.empty.isVisible()
    assert not desk.page.grid.panel._area.isVisible()
    desk.press(Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert desk.page.grid.panel._area.isVisible()
    assert desk.focus() is desk.page.grid.list


def test_a_photograph_is_masked_by_keyboard_before_it_is_kept(desk: Desk, shot: Path) -> None:
    panel = opened(desk)
    panel.take_files([str(shot)])
    review = reviewing(desk)
    assert desk.focus() is review.view
    for _ in range(30):
        desk.press(Qt.Key.Key_Left)
        desk.press(Qt.Key.Key_Up)
    desk.press(Qt.Key.Key_Space, " ")
    for _ in range(20):
        desk.press(Qt.Key.Key_Right)
        desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Space, " ")
    assert review.view.masks == [(0, 0, 480, 480)]
    assert "1 rectangle" in review.masks.text()
    review.caption.setText("Bracelet lisible")
    review.keep.click()
    (found,) = came_back(desk, 1)
    assert (found.caption, found.criteria) == ("Bracelet lisible", (desk.key,))
    kept = kept_picture(desk, found)
    black, seen = kept.getpixel((200, 200)), kept.getpixel((900, 600))
    assert isinstance(black, tuple)
    assert isinstance(seen, tuple)
    assert max(black) < 8
    assert max(seen) > 60
    assert panel.list.current() is not None
    assert desk.page.grid.panel.evidence.text() == "Preuves : 1 (P)"


def test_rectangles_are_drawn_by_mouse_and_taken_off_one_by_one(desk: Desk, shot: Path) -> None:
    opened(desk).take_files([str(shot)])
    view = reviewing(desk).view
    place = view._shown()
    for share in (0.1, 0.5):
        start = place.topLeft() + QPoint(round(place.width() * share), round(place.height() * share))
        QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(view, start + QPoint(60, 40))
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 40))
    assert len(view.masks) == 2
    left, top, width, height = view.masks[0]
    assert (abs(left - 120) < 4, abs(top - 80) < 4) == (True, True)
    assert abs(width / height - 1.5) < 0.1
    view.setFocus()
    desk.shortcut(Qt.Key.Key_Z, CTRL)
    assert len(view.masks) == 1
    desk.page.evidence.review.undo.click()  # type: ignore[union-attr]
    assert view.masks == []
    desk.page.evidence.review.cancel.click()  # type: ignore[union-attr]
    assert came_back(desk, 0) == ()


def test_a_file_left_for_another_step_waits_there(desk: Desk, shot: Path) -> None:
    opened(desk).take_files([str(shot)])
    review = reviewing(desk)
    desk.page.show_tab(Tab.SYNTHESIS)
    assert not review.isVisible()
    desk.page.show_tab(Tab.GRID)
    assert review.isVisible()
    review.keep.click()
    assert len(came_back(desk, 1)) == 1
    desk.page.show_tab(Tab.SYNTHESIS)
    desk.page.show_tab(Tab.GRID)
    assert desk.page.grid.isVisible()


def test_a_click_without_a_move_masks_nothing(desk: Desk, shot: Path) -> None:
    opened(desk).take_files([str(shot)])
    view = reviewing(desk).view
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.rect().center())
    assert view.masks == []


def test_several_files_come_one_after_the_other_and_a_bad_one_does_not_stop_them(
    desk: Desk, shot: Path, tmp_path: Path
) -> None:
    bad, other = tmp_path / "abîmée.jpg", tmp_path / "autre.jpg"
    bad.write_bytes(photo()[:500])
    other.write_bytes(photo("JPEG", (640, 480)))
    panel = opened(desk)
    panel.take_files([str(shot), str(bad), str(other)])
    review = reviewing(desk)
    assert "(1 sur 3)" in review.title.text()
    review.keep.click()
    desk.qtbot.waitUntil(lambda: "(3 sur 3)" in review.title.text(), timeout=15_000)
    assert any("abîmée" in sentence for sentence in desk.said)
    review.keep.click()
    assert len(came_back(desk, 2)) == 2


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.png", bomb(50_000, 50_000), "millions de points"),
        ("a.docx", b"PK\x03\x04" + bytes(60), "Exportez-le en PDF"),
        ("a.txt", b"bonjour", "ni une image ni un PDF"),
    ],
)
def test_what_is_refused_is_said_where_it_was_asked(
    desk: Desk, tmp_path: Path, name: str, data: bytes, sentence: str
) -> None:
    (tmp_path / name).write_bytes(data)
    panel = opened(desk)
    panel.take_files([str(tmp_path / name)])
    desk.qtbot.waitUntil(lambda: sentence in panel.said.text(), timeout=15_000)
    assert panel.isVisible()
    assert not panel.progress.isVisible()
    assert panel.choose.isEnabled()


def test_a_picture_is_pasted_and_an_empty_clipboard_says_so(desk: Desk) -> None:
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    panel = opened(desk)
    panel.choose.setFocus()
    desk.shortcut(Qt.Key.Key_V, CTRL)
    reviewing(desk).keep.click()
    (found,) = came_back(desk, 1)
    assert kept_picture(desk, found).getpixel((150, 100)) == (255, 0, 0)
    QGuiApplication.clipboard().clear()
    panel.paste.click()
    assert "ni image ni fichier" in panel.said.text()


def test_a_file_is_dropped(desk: Desk, shot: Path) -> None:
    panel = opened(desk)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(shot))])
    event = QDropEvent(
        QPointF(20, 20),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    panel.dropEvent(event)
    reviewing(desk).keep.click()
    assert len(came_back(desk, 1)) == 1


def test_a_pdf_is_reviewed_page_by_page(desk: Desk, tmp_path: Path) -> None:
    pdf = tmp_path / "procedure.pdf"
    white = Image.new("RGB", (300, 400), (255, 255, 255))
    white.save(pdf, "PDF", save_all=True, append_images=[white])
    opened(desk).take_files([str(pdf)])
    review = reviewing(desk)
    review.after.click()
    assert "Page 2 sur 2" in review.page.text()
    review.view._masks = []
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Space):
        review.view.setFocus()
        desk.press(key, " " if key == Qt.Key.Key_Space else "")
    review.keep.click()
    assert "titre" in review.problem.text()
    review.name.setText("Procédure d'accueil")
    review.date.setText("12/03/2025")
    review.keep.click()
    (found,) = came_back(desk, 1)
    assert (found.title, found.date, len(found.pages)) == ("Procédure d'accueil", "2025-03-12", 2)
    first, second = (desk.ask(lambda s, d=d: evidence.body(s, d).body) for d in found.pages)
    assert min(Image.open(io.BytesIO(cast("bytes", first))).convert("L").tobytes()) == 255
    assert min(Image.open(io.BytesIO(cast("bytes", second))).convert("L").tobytes()) == 0


def test_a_document_is_inscribed_changed_removed_and_undone(desk: Desk) -> None:
    panel = opened(desk)
    panel.document.click()
    panel.form.keep.click()
    assert "titre" in panel.form.problem.text()
    panel.form.title.setText("Charte d'identitovigilance")
    panel.form.version.setText("3")
    panel.form.date.setText("12/03/2025")
    panel.form.shown_by.setText("cadre de santé")
    panel.form.keep.click()
    (found,) = came_back(desk, 1)
    assert (found.title, found.date, found.shown_by, found.status) == (
        "Charte d'identitovigilance",
        "2025-03-12",
        "cadre de santé",
        "consulté",
    )
    panel.look.click()
    panel.form.version.setText("4")
    panel.form.keep.click()
    desk.drain()
    assert found_of(desk)[0].version == "4"
    panel.list.setFocus()
    desk.press(Qt.Key.Key_Delete)
    assert came_back(desk, 0) == ()
    desk.page.grid.focus_list()
    desk.shortcut(Qt.Key.Key_Z, CTRL)
    desk.drain()
    assert len(came_back(desk, 1)) == 1


def test_a_photograph_is_looked_at_and_erased_for_good(desk: Desk) -> None:
    prepared = pictures.picture(photo("JPEG", (500, 300)))
    desk.ask(lambda s: evidence.add_photo(s, desk.audit, prepared, caption="Bracelet", criteria=[desk.key]))
    panel = opened(desk)
    came_back(desk, 1)
    panel.list.setFocus()
    desk.press(Qt.Key.Key_Return)
    review = reviewing(desk)
    assert not review.keep.isVisible()
    assert review.title.text() == "Bracelet"
    review.cancel.click()
    panel.erase.click()
    panel.reason.setText("un nom se lit")
    desk.qtbot.keyClick(panel.reason, Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: desk.page.evidence.book.found[0].erased, timeout=5_000)
    assert not panel.erase.isVisible()
    assert "image effacée" in str(
        panel.list.rows.data(panel.list.currentIndex(), Qt.ItemDataRole.AccessibleTextRole)
    )


def test_the_panel_follows_the_point(desk: Desk) -> None:
    desk.ask(lambda s: evidence.add_document(s, desk.audit, title="Charte", criteria=[desk.key]))
    panel = opened(desk)
    came_back(desk, 1)
    assert panel.list.isVisible()
    desk.page.grid.focus_list()
    desk.press(Qt.Key.Key_Down)
    assert panel.isVisible()
    assert not panel.list.isVisible()
    assert desk.page.grid.panel.evidence.text() == "Preuves (P)"


def test_forty_photographs_never_hold_the_window(desk: Desk) -> None:
    """Thumbnails come a few at a time: the loop of events is never away for long."""
    bodies = [
        pictures.Body(
            body=photo("JPEG", (64 + n, 48)),
            media="image/jpeg",
            width=64,
            height=48,
            thumbnail=photo("JPEG", (64, 48)),
        )
        for n in range(40)
    ]
    for each in bodies:
        prepared = pictures.Prepared(body=each, given=(64, 48))
        desk.ask(lambda s, p=prepared: evidence.add_photo(s, desk.audit, p, criteria=[desk.key]))
    panel = opened(desk)
    came_back(desk, 40)
    longest, last = 0.0, time.monotonic()
    for step in range(30):
        panel.list.verticalScrollBar().setValue(step * 60)
        QGuiApplication.processEvents()
        longest, last = max(longest, time.monotonic() - last), time.monotonic()
    desk.drain()
    assert len(panel.list.rows._pictures) > 20
    assert longest < 0.5


def test_every_control_has_a_name(desk: Desk, shot: Path) -> None:
    panel = opened(desk)
    panel.take_files([str(shot)])
    review = reviewing(desk)
    for root in (panel, review):
        for widget in root.findChildren(QWidget):
            if isinstance(widget, QAbstractButton | QLineEdit) and not widget.objectName().startswith("qt_"):
                assert widget.objectName(), widget
                assert widget.accessibleName(), widget.objectName()
    review.cancel.click()


def test_a_photograph_whose_caption_is_refused_is_still_there_with_its_rectangles(
    desk: Desk, shot: Path
) -> None:
    opened(desk).take_files([str(shot)])
    review = reviewing(desk)
    review.view._masks = [QRect(10, 10, 400, 300)]
    review.view.changed.emit()
    review.caption.setText("Bracelet de Mme Durand")
    review.keep.click()
    desk.qtbot.waitUntil(lambda: "nom d'une personne" in review.problem.text(), timeout=15_000)
    assert found_of(desk) == ()
    assert review.isVisible()
    assert review.keep.isEnabled()
    assert review.view.masks == [(10, 10, 400, 300)]
    review.caption.setText("Bracelet lisible")
    review.keep.click()
    assert [each.caption for each in came_back(desk, 1)] == ["Bracelet lisible"]


def test_a_picture_is_for_the_point_it_was_given_to(desk: Desk, shot: Path) -> None:
    given = desk.key
    opened(desk).take_files([str(shot)])
    desk.press(Qt.Key.Key_Escape)
    desk.press(Qt.Key.Key_Down)  # on to the next point while the file is read
    assert desk.key != given
    reviewing(desk).keep.click()
    assert [each.criteria for each in came_back(desk, 1)] == [(given,)]


def test_a_document_refused_comes_back_to_its_form(desk: Desk) -> None:
    panel = opened(desk)
    panel.document.click()
    panel.form.title.setText("Courrier")
    panel.form.reference.setText("de Mme Durand")
    panel.form.keep.click()
    desk.drain()
    assert panel.form.isVisible()
    assert panel.form.reference.text() == "de Mme Durand"
    assert "nom d'une personne" in panel.form.problem.text()
