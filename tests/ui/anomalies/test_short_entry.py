"""An anomaly typed in half a minute, by keyboard alone, and never a name with it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from support.anomaly_desk import settle
from support.azerty import CTRL, SHIFT, Azerty

from ivaudit.app import anomalies, anomaly_drafts
from ivaudit.app.session import Session
from ivaudit.domain.anomalies import EntryKind, EntryLine, State
from ivaudit.ui.desk import Desk
from ivaudit.ui.pages.anomalies import AnomaliesPage

Ask = Callable[[Callable[[Session], object]], object]


def newest(ask: Ask) -> EntryLine:
    lines = ask(anomalies.lines)
    assert isinstance(lines, tuple)
    found = max(lines, key=lambda line: line.created)
    assert isinstance(found, EntryLine)
    return found


def open_short(keys: Azerty, held: Qt.KeyboardModifier = CTRL) -> None:
    keys.letter("n", held)
    settle(keys)
    assert keys.at == "input_type"


def save(keys: Azerty) -> None:
    keys.press(Qt.Key.Key_Return, "\r", CTRL)
    settle(keys)


def test_a_type_a_unit_and_it_has_a_number_that_one_key_copies(
    page: AnomaliesPage, keys: Azerty, asked: Ask
) -> None:
    said: list[str] = []
    page.said.connect(lambda each: said.append(each.sentence))
    open_short(keys)
    keys.type("doub av")
    keys.press(Qt.Key.Key_Tab, "\t")
    assert keys.at == "input_unit"
    keys.type("Accueil")
    save(keys)
    line = newest(asked)
    assert (line.type, line.unit, line.state) == ("P02", "Accueil", State.REPORTED)
    assert page.side.detail is not None
    assert page.side.detail.place.text().startswith("EHPAD Les Pins")
    assert page.side.number == line.number
    assert keys.at == "anomalies_list"
    assert said[-1].startswith(f"{line.number} est enregistrée. Ctrl+C copie ce numéro")
    keys.letter("c", CTRL)
    assert QGuiApplication.clipboard().text() == line.number
    assert "DPI ou DUI" in said[-1]


def test_a_code_is_enough_and_a_word_that_is_no_type_is_said(page: AnomaliesPage, keys: Azerty) -> None:
    open_short(keys)
    keys.type("zzz")
    keys.press(Qt.Key.Key_Tab, "\t")
    short = page.side.short
    assert short is not None
    field = short.form.editors["type"]
    assert "ne correspond à aucun choix" in field.warning.text()  # type: ignore[attr-defined]
    assert field.value() is None
    save(keys)
    assert "Choisissez le type" in short.problem.text()
    assert keys.at == "input_type"
    keys.replace("s13")
    keys.press(Qt.Key.Key_Tab, "\t")
    assert field.value() == "S13"


def test_arrows_choose_among_what_is_proposed(page: AnomaliesPage, keys: Azerty) -> None:
    open_short(keys)
    keys.type("collision")
    keys.press(Qt.Key.Key_Down)
    keys.enter()
    assert page.side.short is not None
    assert page.side.short.form.editors["type"].value() == "P04"


def test_an_event_and_a_batch_have_their_keys(page: AnomaliesPage, keys: Azerty, asked: Ask) -> None:
    open_short(keys, CTRL | SHIFT)
    assert page.side.short is not None
    assert page.side.short.kind is EntryKind.EVENT
    keys.escape()
    settle(keys)
    keys.letter("l", CTRL | SHIFT)
    settle(keys)
    keys.type("p01")
    keys.tab_to("input_detected")
    keys.type("64")
    save(keys)
    line = newest(asked)
    assert (line.kind, line.cases) == ("lot", 64)


def test_entries_that_look_alike_are_pointed_out_while_typing(page: AnomaliesPage, keys: Azerty) -> None:
    open_short(keys)
    keys.type("s03")
    keys.press(Qt.Key.Key_Tab, "\t")
    keys.type("unité lilas")
    keys.press(Qt.Key.Key_Tab, "\t")
    keys.type("netsoins")
    keys.press(Qt.Key.Key_Tab, "\t")
    keys.replace("21/11/2026")
    keys.press(Qt.Key.Key_Tab, "\t")
    settle(keys)
    short = page.side.short
    assert short is not None
    assert short.similar.isVisible()
    assert short.similar.title.text() == "Une saisie ressemble à celle-ci."
    (found,) = short.similar.list.values.rows
    assert found[0].type == "S03"
    keys.tab_to("short_similar_list")
    keys.enter()
    settle(keys)
    assert page.side.number == found[0].number


def test_an_identity_is_masked_before_anything_is_kept(page: AnomaliesPage, keys: Azerty, asked: Ask) -> None:
    open_short(keys)
    keys.type("p06")
    keys.tab_to("input_description")
    keys.type("Matricule 1 84 12 76 451 089 46 recopié.")
    save(keys)
    short = page.side.short
    assert short is not None
    assert short.form.holds("description")
    assert len(anomalies_of(asked)) == 3
    keys.tab_to("anomalie_courte_description_identity_mask")
    keys.enter()
    assert keys.at == "input_description"
    save(keys)
    line = newest(asked)
    entry = asked(lambda session: anomalies.get(session, line.id))
    assert entry.description == "Matricule [matricule masqué] recopié."  # type: ignore[attr-defined]


def test_what_is_nobody_s_passes_once_it_is_said(page: AnomaliesPage, keys: Azerty, asked: Ask) -> None:
    del page
    open_short(keys)
    keys.type("p06")
    keys.tab_to("input_description")
    keys.type("Vu avec Mme Pilulier.")
    save(keys)
    keys.tab_to("anomalie_courte_description_identity_none")
    keys.enter()
    save(keys)
    line = newest(asked)
    entry = asked(lambda session: anomalies.get(session, line.id))
    assert entry.description == "Vu avec Mme Pilulier."  # type: ignore[attr-defined]


def test_a_room_alone_is_refused_with_a_sentence(page: AnomaliesPage, keys: Azerty, asked: Ask) -> None:
    open_short(keys)
    keys.type("p06")
    keys.press(Qt.Key.Key_Tab, "\t")
    short = page.side.short
    assert short is not None
    rows = short.form.editors["references"]
    rows.model.insert(0, {"role": "concerné", "nature": "chambre", "value": "12"})  # type: ignore[attr-defined]
    save(keys)
    assert short.problem.text().startswith("Une chambre ne suffit pas")
    assert len(anomalies_of(asked)) == 3


def test_what_was_begun_is_on_the_disk_and_comes_back(
    page: AnomaliesPage, keys: Azerty, desk: Desk, asked: Ask
) -> None:
    open_short(keys)
    keys.type("p11")
    keys.tab_to("input_description")
    keys.type("Identité restée provisoire")
    page.side.short.form._later.timeout.emit()  # type: ignore[union-attr]
    kept = asked(anomaly_drafts.new)
    assert kept == {
        EntryKind.ANOMALY: {**_today(), "type": "P11", "description": "Identité restée provisoire"}
    }
    keys.escape()
    settle(keys)
    desk.go("home")
    desk.go("anomalies")
    settle(keys)
    assert len(anomalies_of(asked)) == 3
    open_short(keys)
    short = page.side.short
    assert short is not None
    assert short.form.editors["type"].value() == "P11"
    assert short.form.editors["description"].value() == "Identité restée provisoire"
    save(keys)
    assert asked(anomaly_drafts.new) == {}
    assert newest(asked).type == "P11"


def test_one_goes_on_with_the_whole_sheet(page: AnomaliesPage, keys: Azerty, asked: Ask) -> None:
    open_short(keys)
    keys.type("p03")
    keys.tab_to("short_complete")
    keys.enter()
    settle(keys)
    assert page.side.sheet is not None
    assert page.side.sheet.isVisible()
    assert page.side.sheet.id == newest(asked).id


def anomalies_of(ask: Ask) -> tuple[EntryLine, ...]:
    found = ask(anomalies.lines)
    assert isinstance(found, tuple)
    return found


def _today() -> dict[str, object]:
    from ivaudit.ui import french  # noqa: PLC0415 - what the form proposes

    return {"found": french.today()}
