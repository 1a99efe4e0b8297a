"""The page Suivi INSi: empty, a file read and previewed, filters, a link, a rate, the perimeter, exports."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from support.insi import A, B, C, D, csv_file, row

from ivaudit.app import facilities, insi_declared, insi_drafts, insi_imports, insi_perimeters, workspaces
from ivaudit.app.session import Session
from ivaudit.domain.insi import Channel
from ivaudit.domain.insi_follow_up import DeclaredRate
from ivaudit.domain.insi_perimeter import Expected
from ivaudit.store.keys import KdfCost
from ivaudit.ui import theme
from ivaudit.ui.desk import Desk
from ivaudit.ui.insi.page import EVOLUTION, FILES, GROUPS, PERIMETER, STRUCTURES, InsiPage
from ivaudit.ui.pages.indicators import IndicatorsPage
from ivaudit.ui.writer import Writer

if TYPE_CHECKING:
    from ivaudit.ui.page import Said


@pytest.fixture
def page(tmp_path: Path, passphrase: str, cheap_cost: KdfCost, qtbot: QtBot) -> Iterator[InsiPage]:
    writer = Writer()
    writer.open(lambda: workspaces.create(tmp_path / "d", passphrase, "Moi", cost=cheap_cost))
    made = InsiPage(writer)
    qtbot.addWidget(made)
    writer.changed.connect(made.refresh)  # as the desk does
    made.resize(1150, 700)
    made.show()
    yield made
    writer.close()


def _ask(page: InsiPage, work: Callable[[Session], object]) -> object:
    found: list[object] = []
    page.writer.submit(work, done=found.append)
    page.writer.drain()
    return found[0]


def _drain(page: InsiPage) -> None:
    for _ in range(3):
        page.writer.drain()


def _rows(page: InsiPage) -> list[str]:
    return [line.finess for line in page.structures.table.values.rows]


@pytest.fixture
def filled(page: InsiPage, tmp_path: Path) -> InsiPage:
    """August and September; A calls, B stopped in August, C and D never did; C has a form."""

    def fill(session: Session) -> None:
        files = (
            ("certificat 08.csv", [row("202608", A, 9, 9, 0), row("202608", B, 2, 2, 0)]),
            ("CPx 08.csv", [row("202608", A, 1, 0, 1)]),
            ("certificat 09.csv", [row("202609", A, 4, 2, 2, 3)]),
            ("CPx 09.csv", [row("202609", A, 3, 1, 2, 2)]),
        )
        for name, rows in files:
            file = insi_imports.read(csv_file(tmp_path / name, rows), insi_imports.work_folder(session))
            insi_imports.accept(session, insi_imports.preview(session, file))
        departments = {A: "25 - DOUBS", B: "25 - DOUBS", C: "39 - JURA", D: "39 - JURA"}
        insi_perimeters.freeze(
            session,
            "2026-08",
            structures=[
                Expected(finess=f, name=f"EHPAD {f[-3:]}", department=d, category="500")
                for f, d in departments.items()
            ],
        )
        facilities.create(session, {"name": "EHPAD C", "finess_et": C, "contact": "03 81 00 00 00"})

    _ask(page, fill)
    page.enter()
    _drain(page)
    return page


def test_without_a_file_the_page_says_where_to_begin(page: InsiPage) -> None:
    page.enter()
    _drain(page)
    assert "Aucun fichier" in page.told.text()
    assert page.tabs.currentIndex() == FILES
    assert page.files.empty.isVisible()
    assert not page.export.isVisible()
    page.tabs.setCurrentIndex(PERIMETER)
    assert "Importez d'abord" in page.perimeter.told.text()
    assert not page.perimeter.list.isEnabled()


def test_a_file_is_read_previewed_and_stored(page: InsiPage, tmp_path: Path, qtbot: QtBot) -> None:
    page.enter()
    _drain(page)
    said: list[Said] = []
    page.said.connect(said.append)
    path = csv_file(tmp_path / "usage.csv", [row("202609", A, 9, 8, 2), row("202609", "2,5E+08", 1, 1, 0)])
    page.files.read(path)
    preview = page.files.preview
    qtbot.waitUntil(lambda: page.files.stack.currentWidget() is preview, timeout=20_000)
    assert "choisissez-le" in preview.counts.text()
    assert not preview.go.isEnabled()
    preview.channel.setCurrentIndex(preview.channel.findData(Channel.CARD))
    preview.channel.activated.emit(preview.channel.currentIndex())
    _drain(page)
    assert preview.counts.text() == "1 ligne nouvelle · 0 ligne modifiée · 0 inchangée · 1 rejetée"
    preview.view.setCurrentIndex(preview.view.findText("Rejets et remarques (2)"))
    preview.view.activated.emit(0)
    assert [each.place for each in preview.tables[3].values.rows] == ["fichier!F2", "fichier!C3"]
    qtbot.keyClick(preview.go, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    _drain(page)
    assert "importé (1 ligne)" in said[0].sentence
    assert (page.month.currentData(), _rows(page)) == ("2026-09", [A])
    assert page.tabs.currentIndex() == STRUCTURES
    page.files.read(path)
    qtbot.waitUntil(lambda: page.files.stack.currentWidget() is preview, timeout=20_000)
    page.tabs.setCurrentIndex(FILES)
    preview.back.setFocus()
    qtbot.keyClick(preview.back, Qt.Key.Key_Escape)
    assert page.files.stack.currentIndex() == 0


def test_filters_and_search_leave_what_is_asked(filled: InsiPage, qtbot: QtBot) -> None:
    view = filled.structures
    assert set(_rows(filled)) == {A, B, C, D}
    wanted = {
        "Au moins un appel ce mois": [A],
        "Sans appel ce mois": [B],
        "Aucun appel dans les fichiers reçus": [C, D],
        "À rappeler": [B, C, D],
        "Hors du périmètre": [],
    }
    for text, found in wanted.items():
        view.standing.setCurrentText(text)
        view.standing.activated.emit(0)
        assert sorted(_rows(filled)) == sorted(found), text
    assert view.empty.isVisible()
    view.standing.setCurrentText("À rappeler")
    view.silence.setCurrentIndex(view.silence.findData(2))
    view.silence.activated.emit(0)
    assert sorted(_rows(filled)) == sorted([C, D])
    view.standing.setCurrentIndex(0)
    view.department.setCurrentIndex(view.department.findData("39"))
    view.department.activated.emit(0)
    assert sorted(_rows(filled)) == sorted([C, D])
    qtbot.keyClicks(view.search, C[-3:])
    assert _rows(filled) == [C]
    qtbot.keyClick(view.search, Qt.Key.Key_Down)
    assert view.card.name.text() == f"EHPAD {C[-3:]}"
    assert "03 81" in view.card.contact.text()


def test_users_are_shown_by_file_and_never_added(filled: InsiPage) -> None:
    assert filled.structures.card.users.text().endswith("3 par certificat, 2 par carte CPx")
    assert "7 sollicitations" in filled.structures.card.what.text()


def test_a_link_is_kept_when_left_and_undone(filled: InsiPage, qtbot: QtBot) -> None:
    table, card = filled.structures.table, filled.structures.card
    table.choose(_rows(filled).index(B))
    card.target.setFocus()
    qtbot.keyClicks(card.target, A)
    qtbot.keyClick(card.target, Qt.Key.Key_Return)
    _drain(filled)
    assert [(each.finess, each.target) for each in _links(filled)] == [(B, A)]
    assert "1 sous un autre FINESS" in filled.told.text()
    qtbot.keyClick(filled, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    _drain(filled)
    assert _links(filled) == ()


def _links(page: InsiPage) -> tuple[insi_declared.Link, ...]:
    found = _ask(page, insi_declared.links)
    assert isinstance(found, tuple)
    return found


def test_a_rate_waits_until_it_is_whole_then_is_kept(filled: InsiPage, qtbot: QtBot) -> None:
    card = filled.structures.card
    filled.structures.table.choose(_rows(filled).index(A))
    qtbot.keyClicks(card.qualified, "70")
    qtbot.keyClick(card.qualified, Qt.Key.Key_Return)
    assert "pas encore enregistré" in card.rate_note.text()
    assert _ask(filled, insi_declared.rates) == ()
    qtbot.keyClicks(card.active, "80")
    qtbot.keyClicks(card.day, "30/09/2026")
    filled.settle()
    _drain(filled)
    rate = DeclaredRate(finess=A, month="2026-09", qualified=70, active=80, date="2026-09-30")
    assert _ask(filled, insi_declared.rates) == (rate,)
    assert "87,5" in card.rate_note.text()
    card.drop.click()
    _drain(filled)
    assert _ask(filled, insi_declared.rates) == ()


def _another(page: InsiPage, qtbot: QtBot) -> InsiPage:
    """Return the page as it is after a stop: made again on what the disk holds."""
    made = InsiPage(page.writer)
    qtbot.addWidget(made)
    page.writer.changed.connect(made.refresh)
    made.show()
    made.enter()
    _drain(made)
    return made


def _drafts(page: InsiPage) -> object:
    return _ask(page, insi_drafts.left)


def test_what_is_typed_is_a_draft_within_a_second_and_is_there_after_a_stop(
    filled: InsiPage, qtbot: QtBot
) -> None:
    card = filled.structures.card
    filled.structures.table.choose(_rows(filled).index(A))
    qtbot.keyClicks(card.qualified, "70")
    qtbot.keyClicks(card.target, B[:4])
    wanted = {(A, "2026-09"): {"qualified": "70", "target": B[:4]}}
    qtbot.waitUntil(lambda: _drafts(filled) == wanted, timeout=3_000)
    again = _another(filled, qtbot)
    shown = again.structures
    shown.table.choose(_rows(again).index(B))
    assert (shown.card.qualified.text(), shown.card.target.text()) == ("", "")
    shown.table.choose(_rows(again).index(A))
    assert (shown.card.qualified.text(), shown.card.target.text()) == ("70", B[:4])
    assert "pas encore enregistré" in shown.card.rate_note.text()
    assert "pas encore enregistré" in shown.card.link_note.text()
    qtbot.keyClicks(shown.card.active, "80")
    qtbot.keyClick(shown.card.active, Qt.Key.Key_Return)
    _drain(again)
    rate = DeclaredRate(finess=A, month="2026-09", qualified=70, active=80)
    assert _ask(again, insi_declared.rates) == (rate,)
    assert _drafts(again) == {(A, "2026-09"): {"target": B[:4]}}
    assert "87,5" in shown.card.rate_note.text()


def test_a_lock_keeps_what_is_not_whole_and_emptying_it_forgets_it(filled: InsiPage, qtbot: QtBot) -> None:
    card = filled.structures.card
    filled.structures.table.choose(_rows(filled).index(A))
    qtbot.keyClicks(card.rate, "beaucoup")
    filled.settle()  # at once: nothing waits for the timer
    _drain(filled)
    assert _drafts(filled) == {(A, "2026-09"): {"rate": "beaucoup"}}
    card.rate.selectAll()
    qtbot.keyClick(card.rate, Qt.Key.Key_Delete)
    filled.settle()
    _drain(filled)
    assert _drafts(filled) == {}


def test_a_link_that_is_refused_stays_typed(filled: InsiPage, qtbot: QtBot) -> None:
    card = filled.structures.card
    filled.structures.table.choose(_rows(filled).index(A))
    qtbot.keyClicks(card.target, A)  # its own number
    qtbot.keyClick(card.target, Qt.Key.Key_Return)
    _drain(filled)
    assert _links(filled) == ()
    assert _drafts(filled) == {(A, "2026-09"): {"target": A}}
    assert _another(filled, qtbot).structures.card.typing.at((A, "2026-09")) == {"target": A}


def test_what_is_typed_survives_what_others_change(filled: InsiPage, qtbot: QtBot) -> None:
    card = filled.structures.card
    filled.structures.table.choose(_rows(filled).index(A))
    qtbot.keyClicks(card.qualified, "70")
    _ask(filled, lambda session: insi_declared.link(session, B, C))
    _drain(filled)
    assert card.qualified.text() == "70"
    assert card.typing.at((A, "2026-09")) == {"qualified": "70"}


def test_the_chart_is_copied_as_a_picture(filled: InsiPage, qtbot: QtBot) -> None:
    told: list[Said] = []
    filled.said.connect(told.append)
    filled.tabs.setCurrentIndex(EVOLUTION)
    assert filled.evolution.copy.isVisible()
    assert "Ctrl+C" in filled.evolution.copy.toolTip()
    QGuiApplication.clipboard().clear()
    filled.evolution.table.setFocus()
    qtbot.keyClick(filled.evolution.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert QGuiApplication.clipboard().image().width() == 1600
    assert told[0].sentence.startswith("Le graphique est copié")


def test_rates_of_a_file_are_told_before_they_are_kept(
    filled: InsiPage, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "taux.csv"
    path.write_text(f"FINESS;Mois;Taux\n{A};2026-09;90\n{B};2026-09;beaucoup\n", encoding="utf-8")
    filled.tabs.setCurrentIndex(FILES)
    rates = filled.files.rates
    rates.read(path)
    qtbot.waitUntil(rates.keep.isVisible, timeout=20_000)
    assert "1 taux lu, dont 1 à enregistrer" in rates.bar.result.text()
    assert "fichier!C3" in rates.bar.result.text()
    assert _ask(filled, insi_declared.rates) == ()
    rates.keep.click()
    _drain(filled)
    assert _ask(filled, insi_declared.rates) == (DeclaredRate(finess=A, month="2026-09", permille=900),)


def test_the_perimeter_sets_aside_with_a_reason_only(filled: InsiPage, qtbot: QtBot) -> None:
    filled.tabs.setCurrentIndex(PERIMETER)
    view = filled.perimeter
    assert "celui figé pour août 2026 est repris" in view.told.text()
    view.structures.choose(0)
    qtbot.keyClick(view.structures, Qt.Key.Key_Space)
    assert "motif" in view.result.text()
    qtbot.keyClicks(view.reason, "Pas d'usagers")
    qtbot.keyClick(view.reason, Qt.Key.Key_Return)
    _drain(filled)
    assert "3 structures comptées sur 4" in view.told.text()
    assert "figé pour septembre 2026" in view.told.text()
    qtbot.keyClick(view.structures, Qt.Key.Key_Space)
    _drain(filled)
    assert "4 structures comptées sur 4" in view.told.text()
    view.view.setCurrentText("Départements")
    view.view.activated.emit(2)
    qtbot.keyClick(view.labels, Qt.Key.Key_Space)
    _drain(filled)
    assert "2 structures comptées sur 4" in view.told.text()


def test_the_reason_of_an_exclusion_is_a_draft_until_it_is_given(filled: InsiPage, qtbot: QtBot) -> None:
    filled.tabs.setCurrentIndex(PERIMETER)
    view = filled.perimeter
    view.structures.choose(0)
    qtbot.keyClicks(view.reason, "Pas d'usagers")
    filled.settle()
    again = _another(filled, qtbot)
    assert again.perimeter.reason.text() == "Pas d'usagers"
    qtbot.keyClick(view.reason, Qt.Key.Key_Return)
    _drain(filled)
    assert "3 structures comptées sur 4" in view.told.text()
    assert _drafts(filled) == {}


def test_a_list_of_structures_makes_the_perimeter(filled: InsiPage, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("N° FINESS;Structure\n010000011;EHPAD E\n12;court\n", encoding="utf-8")
    filled.tabs.setCurrentIndex(PERIMETER)
    filled.perimeter.read(path)
    qtbot.waitUntil(lambda: "sur 5 listées" in filled.perimeter.told.text(), timeout=20_000)
    assert "1 remarque" in filled.perimeter.bar.result.text()


def test_groups_and_evolution_say_the_same_figures(filled: InsiPage, qtbot: QtBot) -> None:
    filled.tabs.setCurrentIndex(GROUPS)
    groups = filled.groups.table.values.rows
    assert [(each.label, each.called, each.expected) for each in groups] == [
        ("25 - DOUBS", 1, 2),
        ("39 - JURA", 0, 2),
    ]
    filled.tabs.setCurrentIndex(EVOLUTION)
    months = filled.evolution.table.values.rows
    assert [(each.month, each.called, each.percent) for each in months] == [
        ("2026-09", 1, 25),
        ("2026-08", 2, 50),
    ]
    assert "elle n'est pas un échec" in filled.evolution.reading.text()
    qtbot.waitUntil(lambda: not filled.evolution.chart.pixmap().isNull(), timeout=20_000)
    assert "août 2026 : 11 récupérations" in filled.evolution.chart.accessibleDescription()


def test_the_follow_up_and_the_calls_back_are_written(filled: InsiPage, tmp_path: Path, qtbot: QtBot) -> None:
    for button, name in ((filled.export, "suivi.csv"), (filled.call_back, "rappels.csv")):
        button.click()
        _drain(filled)
        filled.write(tmp_path / name)
        qtbot.waitUntil(lambda: not filled.bar.running, timeout=20_000)
    assert "03 81 00 00 00" in (tmp_path / "rappels.csv").read_text(encoding="utf-8-sig")
    assert (tmp_path / "suivi.csv").read_text(encoding="utf-8-sig").count("\n") == 5


def test_another_month_is_shown_and_the_way_to_the_form_is_open(filled: InsiPage) -> None:
    filled.month.setCurrentIndex(filled.month.findData("2026-08"))
    filled.month.activated.emit(0)
    _drain(filled)
    assert "2 structures sur 4" in filled.told.text()
    asked: list[tuple[str, object]] = []
    filled.asked.connect(lambda name, about: asked.append((name, about)))
    filled.structures.table.choose(_rows(filled).index(C))
    filled.structures.card.open.click()
    filled.back.click()
    assert [name for name, _ in asked] == ["facilities", "indicators"]
    assert asked[0][1]


@pytest.mark.parametrize(("scale", "width", "height"), [(1.0, 968, 560), (2.0, 1224, 660)])
def test_it_fits_a_small_screen_and_large_text(
    filled: InsiPage, qapp: object, scale: float, width: int, height: int
) -> None:
    theme.apply(qapp, scale, dark=False)  # type: ignore[arg-type]
    filled.resize(width, height)
    for tab in range(5):
        filled.tabs.setCurrentIndex(tab)
        assert filled.minimumSizeHint().width() <= width
        assert filled.minimumSizeHint().height() <= height


def test_the_indicators_lead_to_it_and_back(desk: Desk) -> None:
    desk.go("indicators")
    entered = desk.current()
    assert isinstance(entered, IndicatorsPage)
    entered.insi.click()
    shown = desk.current()
    assert isinstance(shown, InsiPage)
    assert desk.rail.buttons["indicators"].isChecked()
    shown.back.click()
    assert desk.current() is entered
    desk.writer.drain()
