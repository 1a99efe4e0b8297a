"""An interview by keyboard: who speaks, lines as they are said, attached by one key."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from support.audit_desk import CTRL, Desk

from ivaudit.app import notebook
from ivaudit.domain.errors import DiskFull
from ivaudit.domain.notebook import Line, Person
from ivaudit.ui.audit.notebook.panel import InterviewPanel
from ivaudit.ui.audit.rows import Filter, Order
from ivaudit.ui.audit.step import Tab
from ivaudit.ui.audit.synthesis import Synthesis
from ivaudit.ui.audit.text_entry import DRAFT_AFTER

if TYPE_CHECKING:
    from ivaudit.ui.writer import Doubt

ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def lines(desk: Desk) -> tuple[Line, ...]:
    return desk.ask(lambda s: notebook.lines(s, desk.audit))  # type: ignore[return-value]


def persons(desk: Desk) -> tuple[Person, ...]:
    return desk.ask(lambda s: notebook.persons(s, desk.audit))  # type: ignore[return-value]


@pytest.fixture
def panel(desk: Desk) -> InterviewPanel:
    """An interview with who the first point is asked to, met by function."""
    desk.letter("e")
    desk.drain()
    found = desk.page.notebook.panel
    assert found is not None
    found.form.function.setText("Cadre de nuit")
    desk.press(Qt.Key.Key_Return)
    desk.drain()
    return found


def test_the_interview_of_a_group_lists_its_points_and_names_a_function(desk: Desk) -> None:
    desk.page.grid.sections.order.setCurrentIndex(list(Order).index(Order.INTERLOCUTOR))
    assert desk.page.grid.sections.interview.isVisible()
    desk.page.grid.sections.interview.click()
    group = desk.page.grid.group_of(desk.page.audit.positions(desk.key)[0])
    assert group is not None
    model = desk.page.grid.model
    shown = [model.row_at(model.index(at, 0)) for at in range(model.rowCount())]
    assert shown
    assert all(row is not None and group.key in row.criterion.interlocutors for row in shown)
    panel = desk.page.notebook.panel
    assert panel is not None
    assert panel.interlocutor.currentData() == group.key
    assert desk.focus() is panel.form.function
    assert "jamais exporté" in panel.form.name.accessibleName()


def test_a_person_is_met_then_lines_are_typed_one_after_the_other(desk: Desk, panel: InterviewPanel) -> None:
    (person,) = persons(desk)
    assert person.function == "Cadre de nuit"
    assert person.interlocutor == panel.interlocutor.currentData()
    assert person.name == ""
    assert desk.focus() is panel.entry
    for text in ("La charte est affichée.", "Personne ne la relit."):
        desk.type(text)
        desk.press(Qt.Key.Key_Return)
    desk.drain()
    found = lines(desk)
    assert [line.text for line in found] == ["La charte est affichée.", "Personne ne la relit."]
    assert {(line.person, line.means) for line in found} == {(person.id, "dit")}
    assert all(len(line.at) == len("2026-11-21T14:05:00") for line in found)
    assert [each.line.text for each in panel.lines.lines.shown] == [line.text for line in found]
    assert panel.entry.text() == ""


def test_one_key_attaches_and_a_digit_says_what_it_amounts_to(desk: Desk, panel: InterviewPanel) -> None:
    key = desk.key
    desk.type("Toujours.")
    desk.press(*_alt(1), held=ALT)
    desk.type("Parfois.")
    desk.press(Qt.Key.Key_Return, held=CTRL)
    desk.type("À revoir.")
    desk.press(Qt.Key.Key_Return)
    desk.drain()
    assert [(line.criteria, line.value) for line in lines(desk)] == [((key,), "oui"), ((key,), ""), ((), "")]
    desk.press(Qt.Key.Key_Down)
    assert desk.key != key, "the arrows of the field move among the points"
    assert desk.focus() is panel.entry
    desk.press(*_alt(3), held=ALT)
    desk.drain()
    last = lines(desk)[-1]
    assert (last.criteria, last.value) == ((desk.key,), "non"), "with nothing typed, the last line"
    assert desk.answer(desk.key).value is None, "a line never answers"


def test_lines_are_attached_detached_edited_and_removed_in_their_list(
    desk: Desk, panel: InterviewPanel
) -> None:
    key = desk.key
    desk.type("Une phrase")
    desk.press(Qt.Key.Key_Return)
    desk.drain()
    panel.lines.setFocus()
    desk.letter("a")
    desk.drain()
    assert lines(desk)[0].criteria == (key,)
    desk.digit(3)
    desk.drain()
    assert lines(desk)[0].value == "non"
    desk.digit(0)
    desk.drain()
    assert (lines(desk)[0].criteria, lines(desk)[0].value) == ((), "")
    panel.lines.lines.setData(panel.lines.currentIndex(), "Une autre phrase")
    desk.drain()
    assert lines(desk)[0].text == "Une autre phrase"
    panel.lines.setFocus()
    desk.press(Qt.Key.Key_Delete)
    desk.drain()
    assert lines(desk) == ()
    desk.shortcut(Qt.Key.Key_Z, CTRL)
    desk.drain()
    assert [line.text for line in lines(desk)] == ["Une autre phrase"]
    assert len(panel.lines.lines.shown) == 1


def test_what_is_typed_is_a_draft_within_a_second_and_a_line_at_closing(
    desk: Desk, panel: InterviewPanel
) -> None:
    assert DRAFT_AFTER <= 1_000
    with desk.qtbot.waitSignal(panel.entry.drafted, timeout=3_000):
        desk.type("Une phrase en")
    desk.drain()
    kept = desk.ask(lambda s: {(d.field, d.text) for d in s.workspace.drafts.all()})
    assert ("text", "Une phrase en") in kept  # type: ignore[operator]
    desk.page.show_tab(Tab.SYNTHESIS)
    desk.drain()
    assert lines(desk) == (), "another tab ends no line"
    desk.page.settle()
    desk.drain()
    assert [line.text for line in lines(desk)] == ["Une phrase en"]
    assert desk.ask(lambda s: list(s.workspace.drafts.all())) == []


def test_a_refused_line_comes_back_to_its_field(
    desk: Desk, panel: InterviewPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_others: object) -> object:
        raise DiskFull

    with monkeypatch.context() as patched:
        patched.setattr(notebook, "note", full)
        desk.type("À garder.")
        desk.press(Qt.Key.Key_Return)
        desk.drain()
    assert panel.entry.text() == "À garder."
    assert any("disque est plein" in sentence for sentence in desk.said)
    desk.press(Qt.Key.Key_Return)
    desk.drain()
    assert [line.text for line in lines(desk)] == ["À garder."]


def test_what_looks_like_a_name_is_kept_in_its_field_until_the_user_decides(
    desk: Desk, panel: InterviewPanel
) -> None:
    doubts: list[Doubt] = []
    desk.writer.doubted.connect(doubts.append)
    desk.type("Mme Accueil le dit aussi.")
    desk.press(Qt.Key.Key_Return)
    desk.drain()
    assert panel.entry.text() == "Mme Accueil le dit aussi."
    assert lines(desk) == ()
    desk.writer.submit(doubts[0].work, done=doubts[0].done, failed=doubts[0].failed)
    desk.drain()
    assert [line.text for line in lines(desk)] == ["Mme Accueil le dit aussi."]
    assert panel.entry.text() == ""


def test_a_line_left_undecided_comes_back_with_the_next_interview(desk: Desk) -> None:
    key = notebook.new_key()
    desk.ask(lambda s: notebook.draft(s, desk.audit, key, "Mme Accueil le dit."))
    desk.letter("e")
    desk.drain()
    panel = desk.page.notebook.panel
    assert panel is not None
    assert (panel.entry.line, panel.entry.text()) == (key, "Mme Accueil le dit.")


def test_a_person_refused_comes_back_to_the_form_and_may_be_vouched_for(desk: Desk) -> None:
    doubts: list[Doubt] = []
    desk.writer.doubted.connect(doubts.append)
    desk.letter("e")
    desk.drain()
    panel = desk.page.notebook.panel
    assert panel is not None
    panel.form.function.setText("Remplaçante de Mme Accueil")
    desk.press(Qt.Key.Key_Return)
    desk.type("Oui.")  # at once: the form is not back yet
    desk.press(Qt.Key.Key_Return)
    desk.drain()
    assert panel.form.isVisible()
    assert panel.form.function.text() == "Remplaçante de Mme Accueil"
    desk.writer.submit(doubts[0].work, done=doubts[0].done, failed=doubts[0].failed)
    desk.drain()
    assert [person.function for person in persons(desk)] == ["Remplaçante de Mme Accueil"]
    assert not panel.form.isVisible()


def test_a_line_typed_before_the_person_is_on_disk_is_theirs(desk: Desk) -> None:
    desk.letter("e")
    desk.press(Qt.Key.Key_Return)
    desk.type("Oui.")
    desk.press(Qt.Key.Key_Return)
    desk.drain()
    assert [line.person for line in lines(desk)] == [person.id for person in persons(desk)]


def test_a_source_refused_comes_back_to_its_form(desk: Desk) -> None:
    sources = desk.page.notebook.sources
    sources.add.click()
    sources.form.source.setText("poste 2")
    desk.type("Mme Accueil le dit aussi.")
    desk.press(Qt.Key.Key_Return)
    desk.drain()
    assert lines(desk) == ()
    assert sources.form.isVisible()
    assert (sources.form.text.text(), sources.form.source.text()) == ("Mme Accueil le dit aussi.", "poste 2")


def test_answers_are_given_from_the_list_while_interviewing(desk: Desk, panel: InterviewPanel) -> None:
    key = desk.key
    desk.press(Qt.Key.Key_Escape)
    assert desk.focus() is desk.page.grid.list
    assert desk.page.notebook.interviewing
    desk.digit(1)
    desk.drain()
    assert desk.answer(key).value == "oui"
    assert panel.isAncestorOf(desk.page.grid.panel.choice)
    desk.letter("e")
    assert desk.focus() is panel.entry
    desk.press(Qt.Key.Key_Escape)
    desk.press(Qt.Key.Key_E, "E", held=SHIFT)
    assert not panel.isVisible()
    assert desk.page.grid.panel.choice.isVisible()
    assert desk.page.grid.model.only is None, "the whole list is back"


def test_writing_a_constat_gives_the_point_back(desk: Desk, panel: InterviewPanel) -> None:
    desk.press(Qt.Key.Key_Escape)
    desk.letter("n")
    assert desk.focus() is desk.page.grid.panel.constat.editor
    assert desk.page.grid.panel.constat.editor.isVisible()
    assert not panel.isVisible()


def test_the_notebook_stays_in_mode_entretien_and_sources_do_not(desk: Desk, panel: InterviewPanel) -> None:
    desk.type("Une phrase")
    desk.press(Qt.Key.Key_Return, held=CTRL)
    desk.shortcut(Qt.Key.Key_F8)
    desk.drain()
    assert panel.entry.isVisible()
    desk.type("Une autre")
    desk.press(Qt.Key.Key_Return)
    desk.drain()
    assert len(lines(desk)) == 2
    desk.page.notebook.close()
    assert not desk.page.notebook.sources.isVisible()
    assert not desk.page.grid.panel.note.isVisible()


def test_somebody_met_is_corrected_and_taken_away_without_their_lines(
    desk: Desk, panel: InterviewPanel
) -> None:
    desk.type("Une phrase")
    desk.press(Qt.Key.Key_Return)
    panel.change.click()
    panel.form.unit.setText("Médecine")
    panel.form.at.setText("9h30")
    panel.form.ok.click()
    desk.drain()
    assert (persons(desk)[0].unit, persons(desk)[0].at[10:]) == ("Médecine", "T09:30:00")
    assert "Médecine" in panel.people.currentText()
    panel.form.at.setText("plus tard")
    panel.change.click()
    panel.form.at.setText("plus tard")
    panel.form.ok.click()
    assert "14:05" in panel.form.problem.text()
    panel.form.drop.click()
    desk.drain()
    assert persons(desk) == ()
    assert [line.person for line in lines(desk)] == [""]


def test_sources_are_grouped_and_a_disagreement_is_marked_everywhere(desk: Desk) -> None:
    key, sources = desk.key, desk.page.notebook.sources
    for means, text, source, value in (
        ("dit", "Toujours.", "IDEC", "oui"),
        ("vu", "Deux fois sur trois.", "poste 2", "non"),
        ("ecrit", "Procédure, page 4.", "PR-03", ""),
    ):
        sources.add.click()
        sources.form.means.setCurrentIndex(sources.form.means.findData(means))
        sources.form.value.setCurrentIndex(sources.form.value.findData(value))
        sources.form.source.setText(source)
        assert desk.focus() is sources.form.text
        desk.type(text)
        desk.press(Qt.Key.Key_Return)
        desk.drain()
    assert [(line.means, line.source, line.value) for line in lines(desk)] == [
        ("dit", "IDEC", "oui"),
        ("vu", "poste 2", "non"),
        ("ecrit", "PR-03", ""),
    ]
    assert [each.heading for each in sources.lines.lines.shown] == ["Dit", "Écrit", "Vu"]
    assert "≠" in sources.disagreement.text()
    assert "Vu\u00a0: Non" in sources.disagreement.text()
    row = desk.page.audit.row(key)
    assert row is not None
    assert "≠ sources en désaccord" in desk.page.grid.model.spoken(row)
    desk.page.grid.filters.choose(Filter.DISPUTED)
    assert [desk.page.grid.model.row_at(desk.page.grid.model.index(0, 0))] == [row]
    desk.page.show_tab(Tab.SYNTHESIS)
    desk.drain()
    step = desk.page.stack.currentWidget()
    assert isinstance(step, Synthesis)
    assert row.point.number in step.debrief.disputed.toPlainText()
    assert step.debrief.sources.isVisible()


def test_lines_left_are_listed_before_the_debrief_and_attached_there(
    desk: Desk, panel: InterviewPanel
) -> None:
    desk.type("Deux homonymes le mois dernier.")
    desk.press(Qt.Key.Key_Return)
    desk.drain()
    desk.page.show_tab(Tab.SYNTHESIS)
    desk.drain()
    step = desk.page.stack.currentWidget()
    assert isinstance(step, Synthesis)
    assert step.debrief.count.text() == "1 ligne de carnet non rattachée"
    wanted = desk.page.audit.rows[4].key
    step.debrief.point.setCurrentIndex(step.debrief.point.findData(wanted))
    step.debrief.lines.setFocus()
    desk.digit(2)
    desk.drain()
    (line,) = lines(desk)
    assert line.criteria == (wanted,)
    assert not step.debrief.unattached.isVisible()
    assert panel.lines.lines.shown[0].line.id == line.id


def _alt(digit: int) -> tuple[Qt.Key, str]:
    return {1: (Qt.Key.Key_Ampersand, "&"), 3: (Qt.Key.Key_QuoteDbl, '"')}[digit]


def test_evidence_and_a_section_set_aside_come_over_an_interview_and_leave_it(
    desk: Desk, panel: InterviewPanel
) -> None:
    desk.press(Qt.Key.Key_Escape)
    for letter in ("p", "s"):
        desk.letter(letter)
        desk.drain()
        assert not panel.isVisible()
        desk.press(Qt.Key.Key_Escape)
        assert panel.isVisible(), letter
    desk.letter("p")
    desk.page.grid.focus_list()
    desk.letter("e")
    assert panel.isVisible()
    assert desk.focus() is panel.entry
    desk.page.notebook.close()
    assert desk.page.evidence.panel is not None
    assert desk.page.evidence.panel.isVisible(), "what lay below"
    desk.letter("p")
    assert desk.page.grid.panel.choice.isVisible()


def test_a_low_window_keeps_the_field_and_recalls_the_last_line(desk: Desk, panel: InterviewPanel) -> None:
    desk.page.resize(960, 560)
    desk.type("La charte est affichée.")
    desk.press(Qt.Key.Key_Return)
    desk.drain()
    assert panel.entry.isVisible()
    assert panel.last.isVisible()
    assert "La charte est affichée." in panel.last.accessibleName()
    assert desk.page.size().width() == 960, "nothing forces the window wider"
    assert desk.page.size().height() == 560


def test_a_narrow_window_offers_the_orders_and_the_ways_by_a_menu(desk: Desk) -> None:
    desk.page.resize(960, 560)
    desk.drain()
    grid = desk.page.grid
    assert grid.ways.isVisible()
    orders = grid.ways.menu().actions()[: len(list(Order))]
    orders[list(Order).index(Order.INTERLOCUTOR)].trigger()
    assert grid.order is Order.INTERLOCUTOR
    interview = next(each for each in grid.ways.menu().actions() if each.text().startswith("Entretien"))
    interview.trigger()
    assert desk.page.notebook.interviewing


def test_every_widget_that_takes_the_keys_has_names(desk: Desk, panel: InterviewPanel) -> None:
    desk.page.show_tab(Tab.SYNTHESIS)
    desk.drain()
    stops = [
        each
        for each in desk.page.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and not each.objectName().startswith("qt_")
    ]
    assert panel.entry in stops
    assert [type(each).__name__ for each in stops if not each.objectName()] == []
    assert [each.objectName() for each in stops if not each.accessibleName()] == []
