"""Words of the glossary explained where they stand: on hover, by key, and to a screen reader."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from ivaudit.domain.checklist import Confidence
from ivaudit.domain.forms import FieldKind, Form, FormField, FormSection
from ivaudit.domain.glossary import GlossaryTerm
from ivaudit.domain.terms_in import Terms
from ivaudit.ui import theme, words
from ivaudit.ui.audit.rich_text import RichText
from ivaudit.ui.form_editor import FormEditor
from ivaudit.ui.library.text_view import TextView
from ivaudit.ui.read_once import ReadOnce
from ivaudit.ui.words_box import NONE, WordedLabel, WordsBox

HOSTILE = "<img src='file:///etc/passwd'><script>x</script> & « l'INS »"


def term(key: str, word: str, definition: str, confidence: Confidence = Confidence.READ) -> GlossaryTerm:
    return GlossaryTerm(id=key, term=word, definition=definition, confidence=confidence)


TERMS = Terms(
    [
        term("ins", "INS", "Identité nationale de santé."),
        term("matricule", "matricule INS", "Numéro de l'INS", Confidence.TO_CHECK),
        term("mauvais", "piège", HOSTILE),
        term("long", "très long", "mot " * 2_000),
    ]
)


@pytest.fixture(autouse=True)
def _read() -> Iterator[None]:
    before = words.reading().value
    words.reading().value = TERMS
    yield
    words.reading().value = before


def underlined(document: QTextDocument) -> list[str]:
    found, block = [], document.begin()
    while block.isValid():
        at = block.begin()
        while not at.atEnd():
            form = at.fragment().charFormat()
            if form.underlineStyle() is form.UnderlineStyle.DotLine:
                found.append(at.fragment().text())
            at += 1
        block = block.next()
    return found


def press(target: QWidget, key: Qt.Key, text: str = "") -> None:
    QApplication.sendEvent(target, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text))


def test_the_first_place_of_each_word_is_underlined_and_says_its_definition() -> None:
    document = QTextDocument()
    document.setHtml("<p>L'INS 😀, le matricule&nbsp;INS.</p><ul><li>INS encore</li></ul>")
    found = words.mark(document)
    assert [each.id for each in found] == ["ins", "matricule"]
    assert underlined(document) == ["INS", "matricule\u00a0INS"]
    cursor = QTextCursor(document)
    cursor.setPosition(4)
    assert "Identité nationale de santé." in cursor.charFormat().toolTip()
    assert cursor.charFormat().anchorHref() == "terme:ins"


def test_a_link_stays_the_link_it_is_and_the_next_place_is_explained() -> None:
    document = QTextDocument()
    document.setHtml('<p><a href="item:grille/x">INS</a> puis INS</p>')
    assert [each.id for each in words.mark(document)] == ["ins"]
    cursor = QTextCursor(document)
    cursor.setPosition(2)
    assert cursor.charFormat().anchorHref() == "item:grille/x"
    cursor.setPosition(10)
    assert cursor.charFormat().anchorHref() == "terme:ins"


def test_nothing_is_taken_for_markup() -> None:
    html, found = words.marked(f"{HOSTILE}\npiège", set(), "#000000")
    assert "<img" not in html.replace(words.tip(TERMS.terms[2]), "")
    assert "<script" not in html
    document = QTextDocument()
    document.setHtml(html)
    assert document.toPlainText() == f"{HOSTILE}\npiège"
    assert underlined(document) == ["INS", "piège"]
    tip = QTextDocument()
    tip.setHtml(words.tip(TERMS.terms[2]))
    assert HOSTILE in tip.toPlainText()
    assert [each.id for each in found] == ["ins", "mauvais"]


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_tool_tip_is_as_wide_as_a_short_line_and_bounded(qapp: QApplication, scale: float) -> None:
    theme.apply(qapp, scale, dark=False)
    label = WordedLabel("question")
    label.show()
    QToolTip.showText(QPoint(10, 10), words.tip(TERMS.terms[3]), label)
    shown = next(each for each in qapp.topLevelWidgets() if each.inherits("QTipLabel") and each.isVisible())
    assert shown.width() < theme.current().px(400)
    assert shown.height() < theme.current().px(450)
    assert "…" in QToolTip.text()
    QToolTip.hideText()
    label.deleteLater()


def test_hovering_shows_the_definition_in_texts_and_labels(qtbot: QtBot) -> None:
    text = RichText("aide", "Aide")
    label = WordedLabel("question")
    for widget in (text, label):
        qtbot.addWidget(widget)
        widget.resize(400, 60)
    text.show_html("<p>INS partout</p>", set())
    label.show_text("INS partout")
    for widget, target in ((text, text.viewport()), (label, label)):
        widget.show()
        QToolTip.hideText()
        place = target.rect().topLeft() + target.rect().center() / 8
        place.setY(target.fontMetrics().height() // 2 if widget is text else target.height() // 2)
        place.setX(6)
        QApplication.sendEvent(target, QHelpEvent(QEvent.Type.ToolTip, place, target.mapToGlobal(place)))
        assert "Identité nationale de santé." in QToolTip.text()
    QToolTip.hideText()


def test_a_label_tells_its_words_to_a_screen_reader(qtbot: QtBot) -> None:
    label = WordedLabel("question", "heading")
    qtbot.addWidget(label)
    label.show_text("Le matricule INS est-il <b>caché</b> ?")
    assert label.accessibleName() == "Le matricule INS est-il <b>caché</b> ?"
    assert label.accessibleDescription() == (
        "Mots expliqués. matricule INS : Numéro de l'INS. (définition à vérifier)"
    )
    with qtbot.waitSignal(label.word_wanted) as wanted:
        label.linkActivated.emit("terme:matricule")
    assert wanted.args[0].id == "matricule"


def test_a_text_explains_by_key_one_word_or_all(qtbot: QtBot) -> None:
    view = TextView()
    qtbot.addWidget(view)
    view.show_html("<p>INS et matricule INS</p>")
    view.show()
    view.setFocus()
    with qtbot.waitSignal(view.words_wanted) as every:
        press(view, Qt.Key.Key_D, "d")
    assert [each.id for each in every.args[0]] == ["ins", "matricule"]
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    with qtbot.waitSignal(view.words_wanted) as one:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert [each.id for each in one.args[0]] == ["matricule"]
    view.show_html("<p>INS</p>", explained=False)
    assert view.terms == ()


def test_the_card_explains_and_goes_away(qtbot: QtBot) -> None:
    box = WordsBox()
    qtbot.addWidget(box)
    box.show_words(TERMS.terms[:2])
    assert "Identité nationale de santé." in box.accessibleDescription()
    assert box.isVisible()
    with qtbot.waitSignal(box.closed):
        press(box, Qt.Key.Key_Escape)
    assert not box.isVisible()
    box.show_words(())
    assert box.accessibleDescription() == NONE
    box.show_words(())
    assert not box.isVisible(), "the same words again put it away"


def test_the_label_of_a_field_is_explained_by_its_key(qtbot: QtBot) -> None:
    field = FormField(id="numero", label="Matricule INS lu", kind=FieldKind.TEXT, help="Jamais d'un usager.")
    other = FormField(id="autre", label="Autre", kind=FieldKind.TEXT)
    sections = (FormSection(id="s", title="Section", fields=(field, other)),)
    form = Form(id="f", version="1.0.0", title="Fiche", licence="etalab-2.0", sections=sections)
    editor = FormEditor(form)
    qtbot.addWidget(editor)
    editor.show()
    editor.activateWindow()
    qtbot.waitUntil(editor.isActiveWindow)
    line = editor.editors["numero"].focus_widget()
    assert line.accessibleDescription().startswith("Jamais d'un usager. Mots expliqués. matricule INS")
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert editor.words is not None
    assert "Numéro de l'INS" in editor.words.accessibleDescription()
    cell = editor.words.parentWidget()
    assert cell is not None
    assert cell.objectName() == "cell_of_numero"
    editor.editors["autre"].focus_widget().setFocus()
    qtbot.keyClick(editor.editors["autre"].focus_widget(), Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert editor.words.accessibleDescription() == NONE


def test_what_is_read_once_is_read_when_wanted_and_again_when_it_changed(qtbot: QtBot) -> None:
    read: list[int] = []

    def reading() -> object:
        read.append(1)
        return len(read)

    once = ReadOnce(reading)
    once.forget()
    assert read == []
    with qtbot.waitSignal(once.changed):
        once.want()
    once.want()
    assert (once.value, read) == (1, [1])
    with qtbot.waitSignal(once.changed):
        once.forget()
    assert once.value == 2


def test_what_cannot_be_read_leaves_texts_plain(qtbot: QtBot) -> None:
    def broken() -> object:
        raise OSError

    once = ReadOnce(broken)
    once.want()
    qtbot.waitUntil(lambda: once._job is None and not once._later.isActive())
    assert once.value is None
    words.reading().value = None
    assert words.marked("INS", set(), "#000000") == ("INS", ())
    assert words.mark(QTextDocument("INS")) == ()
