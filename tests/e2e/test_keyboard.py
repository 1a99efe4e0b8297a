"""A visit without a mouse: from the first start to an exported report, on a French keyboard.

Nothing here clicks, calls a slot or sets a text: keys go to what has the focus, and the rest is looking.
"""

from datetime import date
from pathlib import Path
from typing import TypeVar

import openpyxl
import pypdfium2
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QTabBar, QWidget
from support.azerty import CTRL, Azerty, Key

from ivaudit.app import audits, workspaces
from ivaudit.domain.audit import STRUCTURE, Answer, AuditSheet, Highlight
from ivaudit.ui.audit.criteria_model import CriteriaModel
from ivaudit.ui.audit.criteria_view import CriteriaView
from ivaudit.ui.audit.preview import Preview

W = TypeVar("W", bound=QWidget)

YES, PARTLY, NO, NOT_CONCERNED, NOT_SEEN, TO_CHECK = range(1, 7)
NAME = "EHPAD Les Érables"
CONSTATS = {
    "2.1": "La recherche commence par le nom : 3 agents sur 4 l'ont montré à l'écran.",
    "2.3": "La liste des pièces n'est pas affichée au guichet ; la carte Vitale y est parfois acceptée.",
    "2.7": "L'accueil connaît la fiche « doublon », pas l'équipe de nuit & de week-end.",
}
APPRECIATION = "Une équipe attentive : l'essentiel est su, il reste à l'écrire et à le montrer à l'arrivée."
STRENGTH = "Chaque soin commence par une question à la personne."


# -- looking


def seen(keys: Azerty, kind: type[W], name: str) -> W:
    """Return the widget of a name that is on screen."""
    found = [each for each in keys.window.findChildren(kind, name) if each.isVisible()]
    assert len(found) == 1, f"{name}: {len(found)} on screen"
    return found[0]


def reads(keys: Azerty, name: str) -> str:
    """Return what a label on screen says."""
    return seen(keys, QLabel, name).text()


def on_screen(keys: Azerty, name: str) -> bool:
    """Tell whether a widget can be seen."""
    return any(each.isVisible() for each in keys.window.findChildren(QWidget, name))


def listed(keys: Azerty) -> int:
    """Return how many points the list shows."""
    return seen(keys, CriteriaView, "criteria_list").model().rowCount()


def point(keys: Azerty) -> str:
    """Return the number of the current point."""
    view = seen(keys, CriteriaView, "criteria_list")
    model = view.model()
    assert isinstance(model, CriteriaModel)
    row = model.row_at(view.currentIndex())
    assert row is not None
    return row.point.number


def tab(keys: Azerty) -> str:
    """Return the step of the audit that is shown."""
    tabs = seen(keys, QTabBar, "audit_tabs")
    return tabs.tabText(tabs.currentIndex())


# -- the steps of the story


def start_for_the_first_time(keys: Azerty, passphrase: str, sheet: Path) -> str:
    """Say who one is, choose a passphrase, keep the recovery sheet; return its code."""
    assert keys.at == "first_author"
    keys.type("Référente identité")
    keys.enter()
    keys.type(passphrase)
    keys.enter()
    keys.type(passphrase)
    keys.enter()
    keys.qtbot.waitUntil(lambda: on_screen(keys, "sheet_code"), timeout=10_000)
    code = reads(keys, "sheet_code")
    keep_the_sheet(keys, sheet)
    keys.tab_to("sheet_kept")
    keys.enter()
    assert keys.at == "begin_blank"
    keys.enter()
    keys.qtbot.waitUntil(lambda: on_screen(keys, "home_empty_card"), timeout=10_000)
    keys.settled()
    return code


def keep_the_sheet(keys: Azerty, sheet: Path) -> None:
    """Save the recovery sheet where the file dialog proposes it."""
    assert keys.at == "sheet_save"
    keys.enter()
    keys.qtbot.waitUntil(lambda: keys.at == "fileNameEdit")
    keys.enter()
    keys.window.activateWindow()  # the window manager's part: there is none offscreen
    keys.qtbot.waitUntil(sheet.is_file, timeout=10_000)
    keys.settled()


def describe_the_structure(keys: Azerty) -> None:
    """Create the structure from its own page, reached by the rail; its profile asks for INSi."""
    keys.digit(6, CTRL)
    assert keys.window.windowTitle().startswith("Structures")
    keys.settled()
    keys.tab_to("facilities_new", back=True)
    keys.enter()
    assert keys.at == "input_name"
    keys.type(NAME)
    keys.tab_to("input_setting")
    setting = keys.focus
    keys.repeat(Key.Key_Down, lambda: setting.property("currentText").startswith("EHPAD"))
    keys.tab_to("input_finess_et")
    keys.type("530000001")
    keys.tab_to("input_city")
    keys.type("Château-Gontier")
    keys.tab_to("input_profile_insi")
    keys.space()
    keys.settled()


def prepare_the_visit(keys: Azerty) -> None:
    """Create an audit of this structure on the «flash» grid."""
    keys.tab_to("facilities_audit")
    keys.enter()
    assert keys.at == "new_facility"
    keys.settled()
    assert NAME in keys.focus.property("currentText")
    keys.tab_to("input_new_date")
    keys.replace("21/11/2026")
    keys.tab_to("new_checklist_flash")
    keys.space()
    assert "15 points" in reads(keys, "new_total")
    keys.tab_to("new_go")
    keys.enter()
    keys.qtbot.waitUntil(lambda: on_screen(keys, "criteria_list"), timeout=10_000)
    keys.settled()
    assert keys.at == "criteria_list"


def answer(keys: Azerty, number: str, digit: int) -> None:
    """Answer the current point, which is the one expected."""
    assert point(keys) == number
    keys.digit(digit)


def write_constat(keys: Azerty) -> None:
    """Write what was seen at the current point, and go back to the list."""
    text = CONSTATS[point(keys)]
    keys.letter("n")
    assert keys.at == "constat"
    keys.type(text)
    keys.escape()
    assert keys.at == "criteria_list"


def down(keys: Azerty) -> None:
    """Go to the next point."""
    keys.press(Key.Key_Down)


def walk_the_desk(keys: Azerty) -> None:
    """Answer at the desk: three constats, a point to be checked, one to be seen again."""
    answer(keys, "1.1", YES)
    keys.settled()
    keys.space()
    answer(keys, "2.1", NO)
    write_constat(keys)
    down(keys)
    answer(keys, "2.2", YES)
    down(keys)
    answer(keys, "2.3", PARTLY)
    write_constat(keys)
    down(keys)
    answer(keys, "2.4", TO_CHECK)
    assert keys.at == "awaiting"
    keys.type("DSI du groupement")
    keys.enter()
    assert keys.at == "criteria_list"
    down(keys)
    answer(keys, "2.5", YES)
    down(keys)
    answer(keys, "2.6", NOT_SEEN)
    keys.letter("r")
    keys.settled()
    assert seen(keys, QCheckBox, "review").isChecked()
    down(keys)
    answer(keys, "2.7", PARTLY)
    write_constat(keys)


def walk_the_unit(keys: Azerty) -> None:
    """Answer in the unit and at the end: «sans objet» is refused, then asked why, by digit and by arrow."""
    down(keys)
    answer(keys, "2.8", NOT_CONCERNED)
    assert "toutes les structures" in reads(keys, "answer_message")
    keys.digit(YES)
    down(keys)
    answer(keys, "2.9", YES)
    down(keys)
    answer(keys, "3.1", YES)
    down(keys)
    answer(keys, "3.2", NOT_CONCERNED)
    assert keys.at == "na_reasons"
    keys.digit(4)
    assert keys.at == "criteria_list"
    down(keys)
    answer(keys, "3.3", YES)
    down(keys)
    answer(keys, "4.1", NOT_CONCERNED)
    down(keys)
    keys.enter()
    assert keys.at == "criteria_list"
    keys.settled()
    keys.space()
    answer(keys, "4.2", YES)
    keys.settled()


def change_ones_mind(keys: Azerty) -> None:
    """Undo a wrong key, redo it, undo it again: each is announced."""
    answer(keys, "4.2", NO)
    keys.settled()
    for letter, announced in (("z", "Annul"), ("y", "Rétabli"), ("z", "Annul")):
        keys.letter(letter, CTRL)
        keys.settled()
        assert reads(keys, "notification_sentence").startswith(announced)
        assert "4.2" in reads(keys, "notification_sentence")
    assert keys.at == "criteria_list"


def find_again(keys: Azerty) -> None:
    """Search, give the search up, filter what is to be seen again, and list everything."""
    keys.letter("f", CTRL)
    assert keys.at == "search"
    keys.type("homonymes")
    keys.qtbot.waitUntil(lambda: 0 < listed(keys) < 15)
    keys.press(Key.Key_Down)
    assert keys.at == "criteria_list"
    keys.letter("f", CTRL)
    keys.escape()
    assert listed(keys) == 15
    keys.tab_to("filter_all", back=True)
    keys.repeat(Key.Key_Right, lambda: keys.at == "filter_review")
    assert listed(keys) == 1
    keys.tab_to("criteria_list")
    keys.tab_to("filter_review", back=True)
    keys.repeat(Key.Key_Left, lambda: keys.at == "filter_all")
    assert listed(keys) == 15
    keys.tab_to("criteria_list")


def look_at_the_keys(keys: Azerty) -> None:
    """Show the keys and hide them, without leaving the list."""
    for shown in (True, False):
        keys.press(Key.Key_F1)
        assert on_screen(keys, "keys_panel") is shown
        assert keys.at == "criteria_list"


def turn_the_screen_to_the_agent(keys: Azerty) -> None:
    """Hide what is not the agent's to see; the keys go on answering; then show it again."""
    for hidden in (True, False):
        keys.press(Key.Key_F8)
        assert on_screen(keys, "note") is not hidden
        assert on_screen(keys, "filter_critical") is not hidden
        assert keys.at == "criteria_list"


def conclude(keys: Azerty) -> None:
    """Pass by the observations, take the gravest finding that is proposed, and agree an action on it."""
    keys.press(Key.Key_Tab, "\t", CTRL)
    assert tab(keys) == "Observations"
    keys.press(Key.Key_Tab, "\t", CTRL)
    assert tab(keys) == "Constats et actions"
    keys.settled()
    keys.tab_to("finding_proposed")
    keys.enter()
    keys.settled()
    keys.tab_to("finding_action")
    keys.enter()
    keys.settled()
    assert keys.at == "action_due"
    keys.type("2027-01-31")
    keys.settled()


def write_the_summary(keys: Azerty) -> None:
    """Write the appreciation, a strength of one's own, and take a priority that is proposed."""
    keys.press(Key.Key_Tab, "\t", CTRL)
    assert tab(keys) == "Synthèse"
    keys.tab_to("appreciation")
    keys.type(APPRECIATION)
    keys.tab_to("strengths_add")
    keys.enter()
    assert keys.at == "strengths_1_text"
    keys.type(STRENGTH)
    keys.tab_to("priorities_add")
    keys.tab_to("priorities_propose_rec-ant-02")
    keys.enter()
    assert keys.at == "priorities_1_text"
    keys.settled()


def export_both(keys: Azerty, folder: Path) -> tuple[Path, Path]:
    """Write the report, then the workbook in the same folder under the name proposed."""
    keys.press(Key.Key_Tab, "\t", CTRL)
    assert tab(keys) == "Rapport"
    keys.qtbot.waitUntil(lambda: seen(keys, Preview, "preview").pages > 0, timeout=30_000)
    pdf = folder / "rapport de visite.pdf"
    keys.tab_to("export_place")
    keys.replace(str(pdf))
    export(keys, pdf)
    keys.tab_to("format_pdf", back=True)
    keys.press(Key.Key_Right)
    assert keys.at == "format_docx"
    keys.press(Key.Key_Right)
    assert keys.at == "format_xlsx"
    keys.tab_to("export_place")
    workbook = Path(seen(keys, QLineEdit, "export_place").text())
    assert workbook.parent == folder
    export(keys, workbook)
    return pdf, workbook


def export(keys: Azerty, path: Path) -> None:
    """Press «Exporter» and wait for the file."""
    keys.tab_to("export_start")
    keys.enter()
    button = seen(keys, QPushButton, "export_start")
    keys.qtbot.waitUntil(lambda: path.is_file() and button.isEnabled(), timeout=30_000)
    assert path.name in reads(keys, "export_result")


def send_to_be_read_back(keys: Azerty, folder: Path) -> None:
    """Write the form that the structure reads back where it is proposed, and come back to the report."""
    keys.tab_to("review_open")
    keys.enter()
    assert keys.at == "review_send"
    keys.enter()
    keys.qtbot.waitUntil(lambda: keys.at == "fileNameEdit")
    keys.enter()
    keys.window.activateWindow()  # the window manager's part: there is none offscreen
    keys.qtbot.waitUntil(lambda: on_screen(keys, "review_job_open"), timeout=30_000)
    keys.settled()
    assert [each.name for each in folder.glob("*_relecture.xlsx")] == [
        "2026-11-21_EHPAD-Les-Érables_relecture.xlsx"
    ]
    assert "en relecture" in reads(keys, "review_state")
    keys.escape()
    assert tab(keys) == "Rapport"


def lock_and_unlock(keys: Azerty, passphrase: str) -> None:
    """Lock, open again with the passphrase: one is back where one was."""
    keys.letter("l", CTRL)
    assert keys.at == "unlock_passphrase"
    assert not on_screen(keys, "desk")
    keys.type(passphrase)
    keys.enter()
    keys.qtbot.waitUntil(lambda: on_screen(keys, "criteria_list"), timeout=10_000)
    keys.settled()
    assert NAME in keys.window.windowTitle()
    assert listed(keys) == 15
    assert point(keys) == "2.6", "the point looked at last"


# -- what is left of the visit


def kept(place: Path, passphrase: str) -> AuditSheet:
    """Return the only audit of the workspace, read anew from the disk."""
    session = workspaces.open_with_passphrase(place, passphrase)
    try:
        (summary,) = audits.all_of(session)
        return audits.sheet(session, summary.audit.id)
    finally:
        session.close()


def by_number(sheet: AuditSheet) -> dict[str, Answer]:
    """Return the answers by the number of their point."""
    (flash,) = sheet.checklists
    return {each.number: sheet.answers[STRUCTURE, each.criterion.id] for each in flash.points()}


def check_the_audit(sheet: AuditSheet) -> None:
    """Everything typed is in the workspace, and nothing else."""
    answers = by_number(sheet)
    values = {number: each.value for number, each in answers.items() if each.value != "oui"}
    assert values == {
        "2.1": "non",
        "2.3": "partiel",
        "2.4": "a_verifier",
        "2.6": "non_vu",
        "2.7": "partiel",
        "3.2": "sans_objet",
        "4.1": "sans_objet",
    }
    assert {number: each.constat for number, each in answers.items() if each.constat} == CONSTATS
    assert [number for number, each in answers.items() if each.review] == ["2.6"]
    assert answers["2.4"].awaiting == "DSI du groupement"
    assert answers["3.2"].na_reason == "support-non-utilise"
    assert answers["4.1"].na_reason == "population-absente"
    assert sheet.synthesis.appreciation == APPRECIATION
    assert sheet.synthesis.strengths == (Highlight(text=STRENGTH),)
    (priority,) = sheet.synthesis.priorities
    assert priority.criteria == ("rec-ant-02",)


def check_the_structure(sheet: AuditSheet) -> None:
    """The structure is as it was described."""
    facility = sheet.facility
    assert (facility.name, facility.city, facility.setting) == (NAME, "Château-Gontier", "ehpad")
    assert facility.finess_et == "530000001"
    assert facility.profile == ("insi",)
    assert sheet.audit.date == date(2026, 11, 21).isoformat()


def pdf_text(path: Path) -> str:
    """Return the text of a PDF on one line, with plain spaces."""
    document = pypdfium2.PdfDocument(path)
    try:
        text = " ".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    return " ".join(text.split())


def cells(path: Path) -> set[str]:
    """Return every text of a workbook."""
    book = openpyxl.load_workbook(path, read_only=True)
    try:
        return {
            str(cell) for sheet in book for line in sheet.iter_rows(values_only=True) for cell in line if cell
        }
    finally:
        book.close()


def test_a_visit_from_first_start_to_report(
    keys: Azerty, place: Path, tmp_path: Path, passphrase: str
) -> None:
    code = start_for_the_first_time(keys, passphrase, tmp_path / "feuille-de-secours.pdf")
    describe_the_structure(keys)
    prepare_the_visit(keys)
    walk_the_desk(keys)
    walk_the_unit(keys)
    change_ones_mind(keys)
    find_again(keys)
    look_at_the_keys(keys)
    turn_the_screen_to_the_agent(keys)
    conclude(keys)
    write_the_summary(keys)
    report, workbook = export_both(keys, tmp_path)
    send_to_be_read_back(keys, tmp_path)
    lock_and_unlock(keys, passphrase)
    keys.letter("q", CTRL)
    keys.qtbot.waitUntil(lambda: not keys.window.isVisible())

    sheet = kept(place, passphrase)
    check_the_structure(sheet)
    check_the_audit(sheet)
    sheet_text = pdf_text(tmp_path / "feuille-de-secours.pdf")
    assert all(group in sheet_text for group in code.split("-"))
    printed = pdf_text(report)
    for text in (NAME, APPRECIATION, STRENGTH, *CONSTATS.values()):
        assert text in printed.replace("\xa0", " "), text
    assert set(CONSTATS.values()) <= cells(workbook)
