"""The journal and the page of privacy, by keyboard and by button."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ivaudit.app import answers, audits, backups, erasing, facilities, names, retention, states, workspaces
from ivaudit.app.session import Session
from ivaudit.domain.audit import AuditState, Changes
from ivaudit.domain.progress import Progress
from ivaudit.domain.retention import Due, Held, PurgePlan
from ivaudit.store.keys import KdfCost
from ivaudit.ui.audit.page import AuditPage
from ivaudit.ui.page import Spot, TrailSpot
from ivaudit.ui.pages.privacy import PrivacyPage
from ivaudit.ui.pages.trail import TrailPage
from ivaudit.ui.trail import copies_card
from ivaudit.ui.writer import Writer

CANARY = "Serin-jaune"
POINT, OTHER = "rec-ant-02", "cas-sdp-01"


@pytest.fixture
def writer(tmp_path: Path, passphrase: str, cheap_cost: KdfCost, qapp: QObject) -> Iterator[Writer]:
    made = Writer(qapp)
    made.open(lambda: _filled(tmp_path / "d", passphrase, cheap_cost))
    assert made.drain(20)
    yield made
    made.close()


def _filled(folder: Path, passphrase: str, cost: KdfCost) -> Session:
    session, _ = workspaces.create(folder, passphrase, "Référente", cost=cost)
    _, facility = facilities.create(session, {"name": "EHPAD Les Pins"})
    _, audit = audits.create(session, facility, "flash", ["flash"], "2026-11-21")
    answers.answer(session, audit, POINT, "oui")
    answers.write(session, audit, POINT, "constat", f"{CANARY} au poste")
    answers.write(session, audit, POINT, "constat", "corrigé")
    answers.write(session, audit, POINT, "note", "à voir")
    return session


def ask(writer: Writer, work: Any) -> Any:  # noqa: ANN401 - whatever a use case returns
    found: list[Any] = []
    writer.submit(work, done=found.append)
    assert writer.drain(20)
    return found[0]


def audit_of(session: Session) -> str:
    return audits.all_of(session)[0].audit.id


@pytest.fixture
def page(writer: Writer, qtbot: QtBot) -> TrailPage:
    made = TrailPage(writer)
    qtbot.addWidget(made)
    made.resize(1250, 760)
    made.show()
    made.enter()
    settled(made, qtbot)
    return made


@pytest.fixture
def privacy(writer: Writer, qtbot: QtBot) -> PrivacyPage:
    made = PrivacyPage(writer)
    qtbot.addWidget(made)
    made.resize(1000, 760)
    made.show()
    made.enter()
    qtbot.waitUntil(lambda: writer.pending == 0, timeout=20_000)
    return made


def settled(page: TrailPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.writer.pending == 0 and page.progress.isHidden(), timeout=20_000)


def choose(page: TrailPage, field: str, new: str = "") -> None:
    rows = page.list.values.rows
    at = next(at for at, row in enumerate(rows) if row.field == field and new in row.new)
    page.list.choose(at)


def test_every_field_of_the_pages_has_a_name(page: TrailPage, privacy: PrivacyPage) -> None:
    for top in (page, privacy):
        for part in top.findChildren(QWidget):
            focusable = part.focusPolicy() != Qt.FocusPolicy.NoFocus and part.isVisibleTo(top)
            if focusable and not isinstance(part.parent(), QLineEdit):
                assert part.objectName(), part
                assert part.accessibleName(), part.objectName()


def test_words_and_choices_filter_the_list(page: TrailPage, qtbot: QtBot) -> None:
    every = page.list.values.rowCount()
    page.filters.search.setText("corrigé")
    qtbot.waitUntil(lambda: page.list.values.rowCount() == 1, timeout=5_000)
    assert page.details.new.text() == "corrigé"
    assert page.details.old.text() == f"{CANARY} au poste"
    page.filters.search.setText("zzyzx")
    qtbot.waitUntil(lambda: "Aucune modification" in page.note.text(), timeout=5_000)
    assert page.side.isHidden()
    page.filters.search.clear()
    qtbot.waitUntil(lambda: page.list.values.rowCount() == every, timeout=5_000)
    page.filters.place.setCurrentIndex(page.filters.place.findData("workspace"))
    page.filters.place.activated.emit(0)
    settled(page, qtbot)
    assert {row.scope for row in page.list.values.rows} == {"workspace"}


def test_days_are_asked_for_where_the_period_is_between_two(page: TrailPage, qtbot: QtBot) -> None:
    assert page.filters.since.isHidden()
    page.filters.period.setCurrentIndex(page.filters.period.findData(-1))
    page.filters.period.activated.emit(0)
    assert page.filters.since.isVisible()
    page.filters.since.setText("01/01/2100")
    qtbot.waitUntil(lambda: page.list.values.rowCount() == 0, timeout=5_000)


def test_a_line_opens_what_it_is_about(page: TrailPage, qtbot: QtBot) -> None:
    choose(page, "constat")
    audit = ask(page.writer, audit_of)
    with qtbot.waitSignal(page.asked) as told:
        qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert told.args == ["audit", Spot(audit=audit, criterion=POINT)]


def test_more_is_read_when_the_list_is_scrolled_to_its_end(page: TrailPage, qtbot: QtBot) -> None:
    def many(session: Session) -> None:
        audit = audit_of(session)
        for rank in range(330):
            answers.answer(session, audit, OTHER, ("oui", "non")[rank % 2])

    ask(page.writer, many)
    page.enter()
    settled(page, qtbot)
    assert 0 < page.list.values.rowCount() < 330  # how many come at once is a matter of time
    assert "les plus récentes" in page.note.text()

    def read_on() -> bool:
        page.list.scrollToBottom()
        return page.reading.over

    qtbot.waitUntil(read_on, timeout=10_000)
    assert page.list.values.rowCount() > 330


def test_a_value_is_erased_with_a_reason_and_says_so(page: TrailPage, qtbot: QtBot) -> None:
    choose(page, "constat", CANARY)
    page.details.erase.click()
    page.details.box.go.click()
    assert "motif" in page.details.box.result.text()
    page.details.box.reason.setText(f"c'était {CANARY} au poste")
    page.details.box.go.click()
    qtbot.waitUntil(lambda: "répète" in page.details.box.result.text(), timeout=5_000)
    page.details.box.reason.setText("identité tapée par erreur")
    with qtbot.waitSignal(page.said) as told:
        qtbot.keyClick(page.details.box.reason, Qt.Key.Key_Return)
    assert "effacée" in told.args[0].sentence
    settled(page, qtbot)
    choose(page, "constat", "corrigé")
    assert page.details.old.text() == "effacé"
    gone = next(row for row in page.list.values.rows if row.erased is not None)
    page.list.choose(page.list.values.rows.index(gone))
    assert page.details.new.text().endswith("motif : identité tapée par erreur")
    assert page.details.erase.isHidden()


def test_the_history_of_a_point_is_all_and_only_its_own(page: TrailPage, qtbot: QtBot) -> None:
    audit = ask(page.writer, audit_of)
    entity = names.answer(audit, "structure", POINT)
    page.enter(TrailSpot(place=names.audit(audit), entity=entity, words="Point 1.3"))
    page.offer_back("Revenir à l'audit", "audit", audit)
    settled(page, qtbot)
    assert {row.entity for row in page.list.values.rows} == {entity}
    assert page.about.text() == "Point 1.3"
    with qtbot.waitSignal(page.asked) as told:
        page.back.click()
    assert told.args == ["audit", audit]
    page.all.click()
    settled(page, qtbot)
    assert len({row.entity for row in page.list.values.rows}) > 1


def test_the_point_and_the_audit_lead_to_the_journal(writer: Writer, qtbot: QtBot) -> None:
    audit = ask(writer, audit_of)
    said: list[str] = []
    made = AuditPage(writer, audit, said.append)
    qtbot.addWidget(made)
    made.resize(1250, 760)
    made.show()
    qtbot.waitUntil(lambda: made.audit.is_open, timeout=20_000)
    made.show_tab(1)
    made.reveal(POINT)
    with qtbot.waitSignal(made.asked) as told:
        qtbot.keyClick(made.grid.list, Qt.Key.Key_H)
    assert told.args[0] == "trail"
    assert told.args[1].entity == names.answer(audit, "structure", POINT)
    made.audit.set_interview(True)
    with qtbot.assertNotEmitted(made.asked):
        qtbot.keyClick(made.grid.list, Qt.Key.Key_H)
    assert "entretien" in said[-1]
    made.audit.set_interview(False)
    made.show_tab(0)
    with qtbot.waitSignal(made.asked) as told:
        made.trail.show_audit()
    assert told.args == ["trail", TrailSpot(place=names.audit(audit))]
    made.settle()


def test_what_the_filters_retain_is_written(page: TrailPage, tmp_path: Path, qtbot: QtBot) -> None:
    page.filters.search.setText("constat")
    qtbot.waitUntil(lambda: page.list.values.rowCount() == 2, timeout=5_000)
    settled(page, qtbot)
    page.export.write(tmp_path / "j.csv")
    qtbot.waitUntil(lambda: (tmp_path / "j.csv").exists() and not page.export.bar.running, timeout=20_000)
    assert len((tmp_path / "j.csv").read_text(encoding="utf-8-sig").splitlines()) == 3


def test_a_word_is_found_erased_everywhere_then_gone_from_backups(privacy: PrivacyPage, qtbot: QtBot) -> None:
    ask(privacy.writer, backups.back_up)
    words = privacy.words
    words.line.setText("ab")
    words.search()
    qtbot.waitUntil(lambda: "3 caractères" in words.note.text(), timeout=5_000)
    words.line.setText(CANARY.upper())
    qtbot.keyClick(words.line, Qt.Key.Key_Return)
    qtbot.waitUntil(words.erase.isVisible, timeout=20_000)
    assert words.list.values.rowCount() == 1
    words.erase.click()
    words.box.reason.setText("nom tapé par erreur")
    words.box.go.click()
    qtbot.waitUntil(lambda: "nulle part" in words.note.text(), timeout=20_000)
    held = privacy.backups
    qtbot.waitUntil(lambda: held.list.values.rowCount() == 1, timeout=20_000)
    held.purge.click()
    assert "supprimées de ce poste" in held.note.text()
    held.cancel.click()
    assert len(ask(privacy.writer, erasing.holding_of)) == 1
    held.purge.click()
    held.purge.click()
    qtbot.waitUntil(lambda: "Aucune sauvegarde" in held.note.text(), timeout=20_000)
    assert ask(privacy.writer, erasing.holding_of) == ()
    privacy.settle()
    assert words.line.text() == ""


def test_durations_are_chosen_looked_through_then_applied(privacy: PrivacyPage, qtbot: QtBot) -> None:
    card = privacy.retention

    def old(session: Session) -> None:
        audit = audit_of(session)
        for state in (AuditState.REVIEW, AuditState.VALIDATED):
            states.change(session, audit, state)

    ask(privacy.writer, old)
    assert "DPO" in card.notice.text()
    choice = card.choices[Held.NOTES]
    assert choice.currentText() == "Garder (aucune durée)"
    choice.setCurrentIndex(choice.findData(1))
    choice.activated.emit(0)
    card.look.click()
    qtbot.waitUntil(lambda: "Rien ne serait purgé" in card.note.text(), timeout=5_000)
    assert ask(privacy.writer, retention.durations)[Held.NOTES] == 1
    assert card.purge.isHidden()


def test_the_security_file_is_written_from_the_page(
    privacy: PrivacyPage, tmp_path: Path, qtbot: QtBot
) -> None:
    privacy.copies.write(tmp_path / "d.pdf")
    qtbot.waitUntil(lambda: (tmp_path / "d.pdf").exists() and not privacy.copies.bar.running, timeout=30_000)
    assert (tmp_path / "d.pdf").read_bytes().startswith(b"%PDF")


def test_the_copy_asks_for_a_passphrase_of_its_own(
    privacy: PrivacyPage, tmp_path: Path, qtbot: QtBot
) -> None:
    copies = privacy.copies
    copies.copy.click()
    assert copies.new.isVisible()
    copies.copy.click()
    assert copies.bar.result.text()
    for line in (copies.new.first, copies.new.again):
        line.put("sept autres mots pour une copie de demonstration")
    copies.copy_to(tmp_path)
    qtbot.waitUntil(lambda: "est faite" in copies.bar.result.text(), timeout=30_000)
    assert (tmp_path / "demonstration-ivaudit" / "ivaudit.db").is_file()
    assert copies.new.isHidden()


def test_a_copy_shows_how_far_it_is_stops_when_asked_and_gestures_do_not_wait(
    privacy: PrivacyPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    copies, never = privacy.copies, threading.Event()

    def slow(_session: Session, folder: Path, _passphrase: str, progress: Progress) -> Path:
        while not never.wait(0.01):
            progress(3, 12, "Copie de démonstration")
        return folder

    monkeypatch.setattr(copies_card, "_copied", slow)
    copies.copy.click()
    for line in (copies.new.first, copies.new.again):
        line.put("sept autres mots pour une copie de demonstration")
    copies.copy_to(tmp_path)
    qtbot.waitUntil(lambda: copies.bar.progress.value() == 3, timeout=5_000)
    assert copies.bar.stop.isVisible()
    assert not copies.copy.isEnabled()
    answered: list[int] = []
    privacy.writer.submit(lambda _session: 1, done=answered.append)
    qtbot.waitUntil(lambda: answered == [1], timeout=5_000)
    copies.bar.stop.click()
    qtbot.waitUntil(lambda: "arrêtée" in copies.bar.result.text(), timeout=5_000)
    assert copies.copy.isEnabled()
    assert copies.new.text()


def test_a_purge_shows_how_far_it_is_and_stopped_in_time_takes_nothing(
    privacy: PrivacyPage, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    card, go_on = privacy.retention, threading.Event()
    due = Due(
        held=Held.NOTES, where="EHPAD", what="Notes", closed="2025-01-01", amount=1, places=(("a", "b"),)
    )
    monkeypatch.setattr(
        retention, "plan", lambda _session: PurgePlan(day="2026-11-21", months=(), due=(due,))
    )

    def slow(_session: Session, _planned: PurgePlan, progress: Progress) -> Changes:
        while not go_on.wait(0.01):
            progress(3, 12, "Purge")
        progress(12, 12, "Réécriture des fichiers")
        return Changes(done="Purge faite : 1 valeur")

    monkeypatch.setattr(retention, "purge", slow)
    card.look.click()
    qtbot.waitUntil(card.purge.isVisible, timeout=5_000)
    card.purge.click()
    card.purge.click()
    qtbot.waitUntil(lambda: card.progress.value() == 3, timeout=5_000)
    assert not card.purge.isEnabled()
    card.halt.click()
    qtbot.waitUntil(lambda: "rien n'est parti" in card.note.text(), timeout=5_000)
    assert card.purge.isEnabled()
    card.purge.click()
    with qtbot.waitSignal(card.done, timeout=5_000) as done:
        card.purge.click()
        go_on.set()
    assert done.args[0].startswith("Purge faite")
    assert card.progress.isHidden()
