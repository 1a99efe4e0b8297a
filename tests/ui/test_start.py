"""Before the workspace: what is imported, first start by keyboard, unlocking, recovery, restoring."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from support.printed import sheet

from ivaudit.app import audits, backups, passphrases, workspaces
from ivaudit.store.keys import KdfCost
from ivaudit.ui.main_window import MainWindow
from ivaudit.ui.start import first_start
from ivaudit.ui.start.first_start import FirstStart
from ivaudit.ui.start.open_library import OpenLibrary
from ivaudit.ui.start.recovery import Recovery
from ivaudit.ui.start.recovery_sheet import Begin, RecoverySheet
from ivaudit.ui.start.restore import Restore
from ivaudit.ui.start.unlock import Unlock

Opening = Callable[[Path], MainWindow]
HEAVY = ("sqlite_utils", "openpyxl", "reportlab", "docx", "pikepdf", "pypdfium2", "PIL", "yaml")

PROBE = """
import sys
from pathlib import Path
from ivaudit.ui.app import application_for
from ivaudit.ui.main_window import MainWindow
application = application_for([])
window = MainWindow(Path(sys.argv[1]))
window.show()
application.processEvents()
assert window.gate is not None
print(" ".join(sorted(name for name in sys.argv[2].split() if name in sys.modules)))
window.close()
"""


def _focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def _key(qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(_focused(), key)


@pytest.mark.parametrize("made_first", [False, True], ids=["first start", "unlock"])
def test_the_first_window_is_painted_without_anything_heavy(
    made_first: bool, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    folder = request.getfixturevalue("made") if made_first else tmp_path / "rien"
    run = subprocess.run(
        [sys.executable, "-c", PROBE, str(folder), " ".join(HEAVY)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == ""


def test_first_start_to_home_by_keyboard(
    open_window: Opening, place: Path, passphrase: str, cheap: None, qtbot: QtBot
) -> None:
    del cheap
    window = open_window(place)
    assert isinstance(window.gate, FirstStart)
    qtbot.keyClicks(_focused(), "Referente")
    _key(qtbot, Qt.Key.Key_Return)
    qtbot.keyClicks(_focused(), passphrase)
    _key(qtbot, Qt.Key.Key_Return)
    qtbot.keyClicks(_focused(), passphrase)
    assert "convient" in window.gate.passphrase.advice.text()
    _key(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(window.gate, RecoverySheet), timeout=10_000)
    assert _focused().objectName() == "sheet_save"
    while _focused().objectName() != "sheet_waived":
        _key(qtbot, Qt.Key.Key_Tab)
    _key(qtbot, Qt.Key.Key_Space)
    assert isinstance(window.gate, Begin)
    _key(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.desk is not None, timeout=10_000)
    qtbot.waitUntil(lambda: window.writer.pending == 0, timeout=10_000)
    assert window.desk is not None
    assert window.desk.here[0] == "home"
    home = window.desk.current()
    assert home is not None
    assert home.findChild(QWidget, "home_empty_card").isVisible()


def test_the_demonstration_opens_on_an_audit_to_resume(
    open_window: Opening, place: Path, passphrase: str, cheap: None, qtbot: QtBot
) -> None:
    del cheap
    window = open_window(place)
    gate = window.gate
    assert isinstance(gate, FirstStart)
    gate.author.setText("Référente")
    gate.passphrase.first.put(passphrase)
    gate.passphrase.again.put(passphrase)
    gate.proceed()
    qtbot.waitUntil(lambda: isinstance(window.gate, RecoverySheet), timeout=10_000)
    window.show_gate("begin")
    window.gate.demo.click()
    qtbot.waitUntil(lambda: window.desk is not None, timeout=60_000)
    qtbot.waitUntil(lambda: window.writer.pending == 0, timeout=10_000)
    resume = window.desk.current().findChild(QPushButton, "home_resume")
    assert resume.isVisible()
    assert resume.hasFocus()


@pytest.mark.parametrize(
    ("author", "first", "again", "sentence"),
    [
        ("", "", "", "nom ou votre fonction"),
        ("Moi", "court", "court", "sept mots"),
        ("Moi", "{}", "{} autre", "diffèrent"),
    ],
)
def test_what_is_missing_is_said(  # noqa: PLR0917 - fixtures and parameters
    open_window: Opening, place: Path, passphrase: str, author: str, first: str, again: str, sentence: str
) -> None:
    window = open_window(place)
    gate = window.gate
    assert isinstance(gate, FirstStart)
    gate.author.setText(author)
    gate.passphrase.first.put(first.format(passphrase))
    gate.passphrase.again.put(again.format(passphrase))
    gate.go.click()
    assert sentence in gate.problem.text()
    assert not place.exists()


def test_a_mistake_of_ours_is_said_and_lets_one_try_again(
    open_window: Opening, place: Path, passphrase: str, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def failing(*_asked: object) -> object:
        raise LookupError("ours")

    logged: list[type[BaseException]] = []
    monkeypatch.setattr(first_start, "_create", failing)
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_rest: logged.append(kind))
    gate = open_window(place).gate
    assert isinstance(gate, FirstStart)
    gate.author.setText("Référente")
    gate.passphrase.first.put(passphrase)
    gate.passphrase.again.put(passphrase)
    gate.proceed()
    qtbot.waitUntil(lambda: "vient de nous" in gate.problem.text())
    assert gate.frame.isEnabled()
    assert logged == [LookupError]


def test_a_synchronised_folder_is_refused_with_an_explanation(
    open_window: Opening, place: Path, tmp_path: Path
) -> None:
    window = open_window(place)
    gate = window.gate
    assert isinstance(gate, FirstStart)
    gate.take_folder(str(tmp_path / "OneDrive" / "audits"))
    assert "OneDrive" in gate.problem.text()
    assert gate.folder == place
    gate.take_folder(str(tmp_path / "ailleurs"))
    assert gate.folder == tmp_path / "ailleurs"
    assert str(tmp_path / "ailleurs") in gate.place.text()


def test_a_proposal_is_seven_words_that_are_accepted(open_window: Opening, place: Path) -> None:
    assert workspaces.passphrase_problem(passphrases.proposed_passphrase()) is None
    gate = open_window(place).gate
    assert isinstance(gate, FirstStart)
    gate.passphrase.propose.click()
    assert gate.passphrase.problem() == ""
    assert gate.passphrase.first.line.echoMode() == gate.passphrase.first.line.EchoMode.Normal


def test_a_wrong_passphrase_has_its_sentence_and_another_try(
    open_window: Opening, made: Path, passphrase: str, qtbot: QtBot
) -> None:
    window = open_window(made)
    gate = window.gate
    assert isinstance(gate, Unlock)
    gate.passphrase.put("pas la bonne")
    gate.unlock()
    qtbot.waitUntil(lambda: gate.frame.isEnabled() and "n'ouvre pas" in gate.problem.text(), timeout=10_000)
    assert gate.passphrase.line.hasFocus()
    gate.passphrase.put(passphrase)
    gate.unlock()
    qtbot.waitUntil(lambda: window.desk is not None, timeout=10_000)


def test_capitals_without_shift_are_noticed(open_window: Opening, made: Path) -> None:
    gate = open_window(made).gate
    assert isinstance(gate, Unlock)
    shift, none = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
    for text, modifier, noticed in (
        ("a", none, False),
        ("A", none, True),
        ("A", shift, False),
        ("a", shift, True),
    ):
        QApplication.sendEvent(
            gate.passphrase.line, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, modifier, text)
        )
        assert gate.passphrase._caps.isVisible() is noticed
    assert gate.passphrase.text() == "aAAa"


def test_a_second_window_on_the_same_workspace_says_so(
    window: MainWindow, open_window: Opening, made: Path, passphrase: str, qtbot: QtBot
) -> None:
    assert window.desk is not None
    other = open_window(made)
    gate = other.gate
    assert isinstance(gate, Unlock)
    gate.passphrase.put(passphrase)
    gate.unlock()
    qtbot.waitUntil(gate.frame.isEnabled, timeout=10_000)
    assert "déjà" in gate.problem.text()


def test_the_recovery_code_leads_to_a_new_passphrase(
    open_window: Opening, place: Path, passphrase: str, cheap_cost: KdfCost, qtbot: QtBot
) -> None:
    session, code = workspaces.create(place, passphrase, "Référente", cost=cheap_cost)
    session.close()
    window = open_window(place)
    window.show_gate("recovery")
    gate = window.gate
    assert isinstance(gate, Recovery)
    assert code is not None
    gate.code.setText(code)
    gate.proceed()
    qtbot.waitUntil(gate.new.isVisible, timeout=10_000)
    gate.new.first.put("huit mots tout neufs pour rouvrir ce dossier")
    gate.new.again.put("huit mots tout neufs pour rouvrir ce dossier")
    gate.proceed()
    qtbot.waitUntil(lambda: window.desk is not None, timeout=10_000)
    window.lock()
    gate = window.gate
    assert isinstance(gate, Unlock)
    gate.passphrase.put("huit mots tout neufs pour rouvrir ce dossier")
    gate.unlock()
    qtbot.waitUntil(lambda: window.desk is not None, timeout=10_000)


def test_a_backup_is_restored_from_the_start_screen(
    open_window: Opening, made: Path, passphrase: str, qtbot: QtBot
) -> None:
    session = workspaces.open_with_passphrase(made, passphrase)
    backups.back_up(session)
    for summary in audits.all_of(session):
        audits.remove(session, summary.audit.id)
    session.close()
    window = open_window(made)
    window.show_gate("restore")
    gate = window.gate
    assert isinstance(gate, Restore)
    assert len(gate.list.values.rows) == 1
    gate.secret.put(passphrase)
    gate.proceed()
    qtbot.waitUntil(lambda: gate.go.text() == "Restaurer quand même", timeout=10_000)
    assert "Ce que le dossier de travail contient" in gate.details.lost.text()
    gate.proceed()
    qtbot.waitUntil(lambda: window.desk is not None, timeout=10_000)
    found: list[tuple[audits.AuditSummary, ...]] = []
    window.writer.submit(audits.all_of, done=found.append)
    assert window.writer.drain(10)
    assert len(found[0]) == 1
    window.show_gate("restore")
    gate = window.gate
    assert isinstance(gate, Restore)
    assert [row.info.replaced for row in gate.list.values.rows] == [True, False]
    assert gate.list.values.index(0, 1).data() == "remplacée lors d'une restauration"
    assert gate.list.value() == gate.list.values.rows[1]


def test_a_workspace_that_a_code_opened_is_closed_when_nobody_chooses_a_passphrase(
    open_window: Opening, place: Path, passphrase: str, cheap_cost: KdfCost, qtbot: QtBot
) -> None:
    session, code = workspaces.create(place, passphrase, "Référente", cost=cheap_cost)
    session.close()
    window = open_window(place)
    window.show_gate("recovery")
    gate = window.gate
    assert isinstance(gate, Recovery)
    gate.code.setText(code or "")
    gate.proceed()
    qtbot.waitUntil(gate.new.isVisible, timeout=10_000)
    assert gate._watch is not None
    gate._watch._touched -= 3600
    gate._watch.tick()
    assert isinstance(window.gate, Unlock)
    workspaces.open_with_passphrase(place, passphrase).close()  # nothing holds it any more
    window.gate.passphrase.put(passphrase)
    window.gate.unlock()
    qtbot.waitUntil(lambda: window.desk is not None, timeout=10_000)


def test_the_recovery_sheet_names_the_button_that_opens_with_it(
    made: Path, open_window: Callable[[Path], MainWindow]
) -> None:
    gate = open_window(made).gate
    assert gate is not None
    lost = gate.findChild(QPushButton, "unlock_lost")
    assert lost is not None
    with pypdfium2.PdfDocument(sheet()) as document:
        said = " ".join(document[0].get_textpage().get_text_range().split())
    assert f"choisissez « {lost.text()} »" in said


def test_the_recovery_sheet_is_written_as_a_pdf(
    open_window: Opening, made: Path, passphrase: str, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_window(made)
    window.writer.open(lambda: workspaces.open_with_passphrase(made, passphrase))
    window.show_gate("recovery_sheet", "ABCD-EFGH-JKLM")
    gate = window.gate
    assert isinstance(gate, RecoverySheet)
    gate.saver.write_to(str(tmp_path / "feuille.pdf"))
    qtbot.waitUntil(lambda: "est enregistrée" in gate.saver.message.text(), timeout=20_000)
    assert (tmp_path / "feuille.pdf").read_bytes().startswith(b"%PDF")
    assert gate.kept.hasFocus()


def test_the_library_is_read_without_a_passphrase(open_window: Opening, made: Path, qtbot: QtBot) -> None:
    window = open_window(made)
    window.show_gate("library")
    gate = window.gate
    assert isinstance(gate, OpenLibrary)
    qtbot.waitUntil(lambda: bool(gate.page.model.nodes), timeout=10_000)
    assert window.desk is None
    gate.back.click()
    assert isinstance(window.gate, Unlock)
