"""The form editor: every kind of field, saved when left, by keyboard."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ivaudit.domain.forms import Choice, FieldKind, Form, FormField, FormSection
from ivaudit.ui.controls import Combo, scrolling
from ivaudit.ui.form_editor import FormEditor
from ivaudit.ui.form_fields import FinessField, ParsedField
from ivaudit.ui.rows_field import RowsField, RowsModel

CHOICES = (Choice(id="ehpad", label="EHPAD"), Choice(id="es", label="Établissement de santé"))


def _field(key: str, kind: FieldKind, **more: object) -> FormField:
    return FormField(id=key, label=f"Champ {key}", kind=kind, help=f"Aide de {key}", **more)


COLUMNS = (
    _field("unit", FieldKind.TEXT),
    _field("kind", FieldKind.CHOICE, choices=CHOICES),
    _field("since", FieldKind.DATE),
)
FORM = Form(
    id="essai",
    version="1.0.0",
    title="Essai",
    licence="etalab-2.0",
    sections=(
        FormSection(
            id="tout",
            title="Tout",
            fields=(
                _field("name", FieldKind.TEXT, required=True),
                _field("notes", FieldKind.LONG),
                _field("day", FieldKind.DATE),
                _field("hour", FieldKind.TIME),
                _field("beds", FieldKind.NUMBER),
                _field("sort", FieldKind.CHOICE, choices=CHOICES),
                _field("profile", FieldKind.CHOICES, choices=CHOICES),
                _field("finess_et", FieldKind.FINESS),
                _field("units", FieldKind.ROWS, columns=COLUMNS),
            ),
        ),
    ),
)

Told = list[tuple[str, object]]


@pytest.fixture
def told() -> Told:
    return []


@pytest.fixture
def editor(qtbot: QtBot, told: Told) -> FormEditor:
    editor = FormEditor(FORM)
    qtbot.addWidget(editor)
    editor.field_changed.connect(lambda key, value: told.append((key, value)))
    editor.show()
    editor.set_values({"name": "Les Tilleuls"})
    qtbot.waitExposed(editor)
    return editor


def _type(qtbot: QtBot, editor: FormEditor, key: str, text: str) -> None:
    widget = editor.editors[key].focus_widget()
    widget.setFocus()
    qtbot.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(widget, text)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("name", " Les Pins ", "Les Pins"),
        ("notes", "Trois unites", "Trois unites"),
        ("day", "21/11/26", "2026-11-21"),
        ("day", "21112026", "2026-11-21"),
        ("hour", "9h30", "09:30"),
        ("beds", "1 250", 1250),
        ("beds", "12,5", 12.5),
        ("finess_et", "750 000 001", "750000001"),
    ],
)
def test_a_text_is_saved_when_left(  # noqa: PLR0917 - fixtures and parameters
    qtbot: QtBot, editor: FormEditor, told: Told, key: str, text: str, value: object
) -> None:
    _type(qtbot, editor, key, text)
    assert told == [(key, value)]


def test_a_field_left_as_it_was_is_not_saved(qtbot: QtBot, editor: FormEditor, told: Told) -> None:
    _type(qtbot, editor, "name", "Les Tilleuls")
    assert told == []


def test_a_date_is_shown_in_french_and_may_be_emptied(qtbot: QtBot, editor: FormEditor, told: Told) -> None:
    editor.set_values({"day": "2026-11-21"})
    line = editor.findChild(QLineEdit, "input_day")
    assert line.text() == "21/11/2026"
    line.setFocus()
    line.clear()
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert told == [("day", None)]


def test_a_date_that_is_none_stays_with_a_sentence(qtbot: QtBot, editor: FormEditor, told: Told) -> None:
    _type(qtbot, editor, "day", "31/02/2026")
    field = editor.editors["day"]
    assert isinstance(field, ParsedField)
    assert told == []
    assert field.line.text() == "31/02/2026"
    assert "21/11/2026" in field.warning.text()
    editor.set_values({"day": None})
    assert field.line.text() == "31/02/2026"


def test_a_doubtful_finess_warns_and_is_saved(qtbot: QtBot, editor: FormEditor, told: Told) -> None:
    _type(qtbot, editor, "finess_et", "750000003")
    field = editor.editors["finess_et"]
    assert isinstance(field, FinessField)
    assert told == [("finess_et", "750000003")]
    assert "clé de contrôle" in field.warning.text()
    assert field.warning.isVisible()


def test_choices_are_saved_at_once_and_the_wheel_changes_nothing(
    qtbot: QtBot, editor: FormEditor, told: Told
) -> None:
    combo = editor.findChild(Combo, "input_sort")
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(combo, wheel)
    assert combo.currentData() is None
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert told == [("sort", "ehpad")]
    box = editor.findChild(QWidget, "input_profile_es")
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert told[-1] == ("profile", ["es"])


def test_a_key_that_the_list_no_longer_has_is_kept(editor: FormEditor) -> None:
    editor.set_values({"sort": "ancien", "profile": ["ancien", "es"]})
    assert editor.values()["sort"] == "ancien"
    assert editor.values()["profile"] == ["es", "ancien"]


def test_lines_are_added_filled_duplicated_removed_and_put_back_by_keyboard(
    qtbot: QtBot, editor: FormEditor, told: Told
) -> None:
    field = editor.editors["units"]
    assert isinstance(field, RowsField)
    field.view.setFocus()
    qtbot.keyClick(field.view, Qt.Key.Key_Insert)
    assert field.view.state() == QAbstractItemView.State.EditingState
    cell = QApplication.focusWidget()
    assert cell.accessibleName() == "Champ unit"
    qtbot.keyClicks(cell, "Medecine")
    qtbot.keyClick(cell, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(told))
    assert told[-1] == ("units", [{"unit": "Medecine"}])
    field.view.setFocus()
    qtbot.keyClick(field.view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert told[-1] == ("units", [{"unit": "Medecine"}, {"unit": "Medecine"}])
    qtbot.keyClick(field.view, Qt.Key.Key_Delete)
    assert told[-1] == ("units", [{"unit": "Medecine"}])
    qtbot.keyClick(editor.findChild(QPushButton, "back_units"), Qt.Key.Key_Space)
    assert told[-1] == ("units", [{"unit": "Medecine"}, {"unit": "Medecine"}])


def test_tab_leaves_the_table(qtbot: QtBot, editor: FormEditor) -> None:
    field = editor.editors["units"]
    editor.set_values({"units": [{"unit": "Medecine"}]})
    field.focus_widget().setFocus()
    qtbot.keyClick(field.focus_widget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget().objectName() == "add_units"


def test_what_a_cell_cannot_keep_is_said_and_what_it_cuts_is_on_hover(editor: FormEditor) -> None:
    field = next(each for each in editor.findChildren(RowsField))
    field.display([{"unit": "Accueil et admissions", "since": "2026-11-21"}])
    since = field.model.index(0, 2)
    assert not field.model.setData(since, "bientôt")
    assert field.said.text() == "« bientôt » n'est pas gardé : une date s'écrit comme 21/11/2026."
    assert field.model.setData(since, "22/11/2026")
    assert field.said.text() == ""
    assert field.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == "Accueil et admissions"


def test_the_model_of_lines_behaves(qtmodeltester: ModelTester, qtbot: QtBot) -> None:
    rows = FORM.field("units")
    assert rows is not None
    model = RowsModel(rows, lambda column: column.choices)
    qtmodeltester.check(model)
    with qtbot.waitSignals([model.rowsInserted, model.edited]):
        model.insert(0, {"unit": "Bloc", "kind": "es"})
    assert model.index(0, 1).data() == "Établissement de santé"
    with qtbot.waitSignals([model.dataChanged, model.edited]):
        assert model.setData(model.index(0, 2), "1/3/2027")
    assert model.rows == [{"unit": "Bloc", "kind": "es", "since": "2027-03-01"}]
    assert not model.setData(model.index(0, 2), "jamais")
    with qtbot.waitSignal(model.rowsRemoved):
        model.remove(0)


def test_labels_have_buddies_help_and_names(editor: FormEditor) -> None:
    for key, field in editor.editors.items():
        title = editor.findChild(QLabel, f"label_{key}")
        assert title.buddy() is field.focus_widget()
        assert field.focus_widget().accessibleName()
        assert editor.findChild(QLabel, f"help_{key}").text() == f"Aide de {key}"


def test_a_line_too_long_stays_with_a_sentence_and_is_not_told(editor: FormEditor, told: Told) -> None:
    field = next(each for each in editor.editors.values() if each.field.kind is FieldKind.TEXT)
    line = field.focus_widget()
    line.setFocus()
    line.setText("x" * 301)
    field.settle()
    assert told == []
    assert "300 caractères au plus, 301 ici" in field.warning.text()
    editor.set_values({field.field.id: "ailleurs"})
    assert line.text() == "x" * 301, "what was typed is not lost"
    line.setText("x" * 300)
    field.settle()
    assert told == [(field.field.id, "x" * 300)]
    assert field.warning.text() == ""


def test_settling_tells_what_was_not_left(qtbot: QtBot, editor: FormEditor, told: Told) -> None:
    widget = editor.editors["notes"].focus_widget()
    widget.setFocus()
    qtbot.keyClicks(widget, "en cours")
    editor.settle()
    assert told == [("notes", "en cours")]
    editor.set_values({"notes": "en cours"})
    editor.settle()
    assert told == [("notes", "en cours")]


def test_a_gradual_form_comes_section_by_section_with_its_values_and_its_place_in_the_tab_order(
    qtbot: QtBot,
) -> None:
    sections = tuple(
        FormSection(id=f"part_{key}", title=key, fields=(_field(key, FieldKind.TEXT),)) for key in "abc"
    )
    around = QWidget()
    qtbot.addWidget(around)
    column = QVBoxLayout(around)
    before, after = QLineEdit(), QLineEdit()
    editor = FormEditor(replace(FORM, sections=sections), gradual=True)
    for part in (before, editor, after):
        column.addWidget(part)
    editor.set_values({"a": "un", "c": "trois"})
    assert not editor.editors
    around.show()
    before.setFocus()
    qtbot.waitUntil(lambda: len(editor.editors) == 3)
    last = editor.editors["c"].focus_widget()
    qtbot.waitUntil(last.isVisible)  # a layout shows it at the next turn: Tab passes over it until then
    assert editor.values() == {"a": "un", "b": "", "c": "trois"}
    assert before.hasFocus()
    reached = []
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert reached == [editor.editors[key].focus_widget() for key in "abc"] + [after]


def test_a_gradual_form_asked_for_its_end_is_finished_at_once(qtbot: QtBot) -> None:
    editor = FormEditor(FORM, gradual=True)
    qtbot.addWidget(editor)
    assert editor.last_stop().objectName() == "back_units"
    assert len(editor.editors) == len(FORM.sections[0].fields)


@pytest.mark.parametrize("wide", [1100, 700, 360])
def test_a_form_made_narrower_takes_fewer_columns_and_never_scrolls_sideways(qtbot: QtBot, wide: int) -> None:
    long = tuple(Choice(id=f"c{n}", label=f"Une activité dont le nom est assez long {n}") for n in range(6))
    choices = _field("profil", FieldKind.CHOICES, choices=long)
    form = replace(FORM, sections=(*FORM.sections, FormSection(id="plus", title="Plus", fields=(choices,))))
    area = scrolling(FormEditor(form), "area", "Fiche")
    qtbot.addWidget(area)
    area.resize(1300, 600)
    area.show()
    qtbot.waitUntil(lambda: area.widget().width() > 1200)
    area.resize(wide, 600)
    qtbot.waitUntil(lambda: area.widget().width() <= wide)
    assert area.horizontalScrollBar().maximum() == 0
