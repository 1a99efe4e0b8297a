"""A half-day in an EHPAD with one auditor, from three weeks before to the report, through the real window."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView, QToolButton
from support import questionnaires, visits
from support.azerty import CTRL, Key
from support.photos import photo
from support.visitor import Visitor
from support.visits import NO, NOT_SEEN, PARTLY, YES

NAME = "EHPAD Les Érables"
GRID = "visite-ehpad-demi-journee"
SELF = "Auto-évaluation d'une structure médico-sociale"
LAST_YEAR = {"1.3": NO, "2.4": NO, "2.7": PARTLY, "3.7": NO, "4.5": PARTLY}


def last_year(v: Visitor) -> None:
    visits.prepare(v, NAME, GRID, "20/11/2025")
    visits.answer_listed(v, LAST_YEAR)
    visits.constat(v, "2.4", "La recherche commençait par le nom.")


def have_the_facility_assess_itself(v: Visitor, folder: Path) -> None:
    """Send the questionnaire, have it filled in elsewhere, and import the folder it comes back in."""
    v.click("rail_library")
    v.until("library_contents")
    v.put("library_search", "auto-évaluation")
    v.qtbot.waitUntil(lambda: len(v.table("library_contents")) < 20 and any(SELF in row[0] for row in v.table("library_contents")))
    v.pick("library_contents", SELF)
    v.qtbot.waitUntil(lambda: v.reads("library_item_title").startswith(SELF))
    blank = folder / "questionnaire.xlsx"
    v.click("library_questionnaire")
    v.name_a_file(blank, dialog="library_file_dialog")
    v.qtbot.waitUntil(blank.is_file, timeout=20_000)
    came = folder / "retours"
    came.mkdir()
    structure = {**questionnaires.STRUCTURE, "Nom de la structure": NAME, "FINESS ET (site)": "530000017"}
    questionnaires.fill(blank, came / "EHPAD.xlsx", "Oui", structure)
    v.click("rail_audits")
    v.click("audits_questionnaires")
    v.click("folder_choose")
    v.name_a_file(came, dialog="folder_job_dialog")
    v.until("folder_files")
    v.settled()
    v.click("folder_import")
    v.until("folder_job_result")
    assert v.reads("folder_job_result").startswith("1 auto-évaluation créée, 0 structure nouvelle")


def ask_for_documents(v: Visitor, folder: Path) -> None:
    """Three weeks before: the documents to ask for and the plan of the visit, on paper."""
    v.open("Préparation")
    v.click("register_expected")
    v.settled()
    asked = len(v.table("register_table"))
    print("asked", asked, v.table("register_table")[:3])
    for row, state in enumerate(("received", "seen", "absent")):
        v.cell("register_table", row, 0)
        v.click(f"register_{state}")
        v.settled()
    print(v.reads("register_counts"))
    for paper in ("request", "plan"):
        v.click(f"register_{paper}")
        path = folder / f"{paper}.pdf"
        v.name_a_file(path, dialog="register_dialog")
        v.qtbot.waitUntil(path.is_file, timeout=20_000)
        v.until("register_said")


def open_the_visit(v: Visitor) -> None:
    """13 h 30: eight people, by function; hours that matter."""
    v.click("add_hours")
    v.settled()


def talk_to_the_direction(v: Visitor) -> None:
    """13 h 45: her points, wherever they stand in the grid, and what she says as she says it."""
    v.open("Grille")
    v.choose("walk_order", "Par interlocuteur")
    visits.to_list_by_click(v)
    print(visits.listed(v)[:12])
    visits.meet(v, "Directrice", name="Mme Durand")
    mine = visits.listed(v)
    print("directrice", mine)
    visits.say(v, "Le référent est nommé depuis mars ; tout le monde le connaît.", worth=YES)
    v.press(Key.Key_Down)
    visits.say(v, "La charte est affichée à l'entrée.", attached=True)
    visits.say(v, "La salle du personnel sera refaite en janvier.")
    visits.say(v, "Les remplaçants d'été n'ont pas eu de formation.")
    v.escape()
    visits.answer_listed(v, {mine[2]: PARTLY})
    v.press(Key.Key_Home, held=CTRL)
    visits.end_interview(v)


def sit_beside_the_secretary(v: Visitor) -> None:
    """14 h 20: nobody is admitted today; she sees the screen, which hides what is not hers to see."""
    v.choose("walk_order", "Par lieu")
    visits.to_list_by_click(v)
    visits.go(v, "2.4")
    assert "Non" in v.reads("earlier_answer")
    print(v.reads("earlier_answer"))
    v.press(Key.Key_F8)
    for hidden in ("earlier_answer", "note", "filter_critical", "filter_critical_left", "broken_points"):
        assert not v.sees(hidden), hidden
    for number, digit in (("2.3", YES), ("2.4", NO), ("2.5", PARTLY), ("2.6", YES)):
        visits.go(v, number)
        v.digit(digit)
    v.press(Key.Key_F8)
    assert v.sees("note")
    visits.constat(v, "2.4", "La recherche part du nom ; la date de naissance vient ensuite.", note="Formée hier, à rassurer.")
    assert "récurrent" in v.reads("earlier_again")


def hear_one_thing_and_see_another(v: Visitor) -> None:
    """What is said and what is seen differ: it is marked, and found again."""
    visits.go(v, "2.5")
    for means, text, source, worth in (
        ("Dit", "« Carte d'identité ou passeport, rien d'autre. »", "Secrétaire", "Oui"),
        ("Vu", "La carte Vitale figure sur la liste affichée.", "Affiche du guichet", "Non"),
    ):
        v.click("sources_add")
        v.choose("source_means", means)
        v.choose("source_value", worth)
        v.put("source_source", source)
        v.put("source_text", text)
        v.click("source_ok")
        v.settled()
    print(v.reads("sources_disagreement"))
    assert "1" in v.find(QToolButton, "filter_disputed").text()


def review_ten_records(v: Visitor) -> None:
    """The centre of a visit in an EHPAD: ten records, a line each, no name."""
    v.open("Observations")
    v.click("observation_new")
    v.settled()
    v.choose("campaign_grid", "Revue de dossiers")
    v.put("campaign_present", "78")
    v.choose("campaign_draw", "Tirés au hasard")
    v.put("campaign_observers", "Référente identitovigilance")
    v.click("campaign_ok")
    v.settled()
    v.click("observation_add")
    v.settled()
    for rank in range(10):
        assert v.at == "observation_rows"
        for key in "ooosoosonosooo"[:13] + "oo":
            v.letter("n" if rank < 3 and key == "n" else "o" if key == "n" else key)
        v.settled()
        if rank < 9:
            v.enter()
            v.settled()
    print(v.reads("observation_count"))
    print(v.table("observation_rows")[0], v.table("observation_rows")[9])
    print(v.table("observation_rates")[8])
    print(v.table("observation_proposals"))


def see_no_distribution(v: Visitor) -> None:
    """15 h 50: medicines are given at noon and at 18 h; the line says why nothing was seen."""
    v.click("observation_new")
    v.settled()
    v.choose("campaign_grid", "Distribution des médicaments")
    v.click("campaign_ok")
    v.settled()
    v.click("observation_add")
    v.settled()
    model = v.find(QTableView, "observation_rows").model()
    column = next(at for at in range(model.columnCount()) if model.headerData(at, Qt.Orientation.Horizontal) == "Non observé")
    v.cell("observation_rows", 0, column)
    v.press(Key.Key_F2)
    v.choose("observation_cell", "Aucune distribution")
    v.enter()
    v.settled()
    print(v.reads("observation_count"))


def go_up_to_the_floors(v: Visitor, folder: Path) -> None:
    """15 h 10: the trolley; two photographs, one of them masked before it is kept."""
    v.open("Grille")
    visits.go(v, "3.8")
    v.digit(PARTLY)
    visits.constat(v, "3.8", "Deux piluliers sur dix ne portent que le nom d'usage.")
    visits.photograph(v, folder, {"Pilulier au nom d'usage seul.": True, "Tiroirs rangés par étage.": False})


def see_what_is_left(v: Visitor) -> None:
    """16 h 10: twenty minutes alone; the critical points first, then everything that was not said."""
    v.choose("walk_order", "Par domaine")
    visits.under(v, "critical_left")
    left = visits.listed(v)
    print("critical left", left)
    visits.answer_listed(v, {"3.10": NOT_SEEN, "2.12": NO})
    v.until("filter_all")
    visits.under(v, "unanswered")
    visits.answer_listed(v, {"3.7": NO, "4.2": PARTLY, "4.6": NO})
    visits.under(v, "all")
    visits.constat(v, "2.12", "Trois dossiers validés sur la carte Vitale seule.")


def settle_the_notebook(v: Visitor) -> None:
    v.open("Synthèse")
    print(v.reads("debrief_unattached"), v.sees("debrief_disputed"))
    v.pick("debrief_lines", "remplaçants")
    v.choose("debrief_point", "1.6")
    v.cell("debrief_lines", 1, 0)
    v.letter("a")
    v.settled()
    print(v.reads("debrief_unattached"))
    v.put("appreciation", "Une équipe attentive ; l'essentiel est su, il reste à l'écrire.")


def conclude(v: Visitor) -> None:
    v.open("Constats et actions")
    print(v.table("finding_proposed"))
    v.click("finding_take_all")
    v.settled()
    print(len(v.table("finding_list")))
    v.pick("finding_list", "carte Vitale seule")
    v.click("finding_urgent")
    v.settled()
    v.put("finding_told", "Directrice et IDEC")
    v.put("finding_told_at", "16:25")
    v.put("finding_done", "Les trois identités sont revenues au statut provisoire.")
    v.settled()
    v.click("finding_action")
    v.settled()
    assert v.at == "action_due"
    v.type("15/12/2026")
    v.settled()


def say_it_before_leaving(v: Visitor) -> None:
    said = visits.slides(v)
    print(said)


def file_the_report(v: Visitor, folder: Path) -> None:
    v.open("Rapport")
    print(visits.preview_drawn(v))
    for form in ("pdf", "docx"):
        visits.export(v, folder / f"rapport.{form}", "rapport", form)
    visits.export(v, folder / "bilan.pdf", "bilan", "pdf")


def test_a_half_day_in_an_ehpad(visitor: Visitor, tmp_path: Path, passphrase: str) -> None:
    v = visitor
    visits.begin(v, passphrase)
    profile = ("hebergement", "insi", "pda", "biologie-externe")
    visits.describe(v, NAME, "EHPAD", "Château-Gontier", "530000017", profile)
    last_year(v)
    have_the_facility_assess_itself(v, tmp_path)
    visits.prepare(v, NAME, GRID, "21/11/2026")
    ask_for_documents(v, tmp_path)
    open_the_visit(v)
    talk_to_the_direction(v)
    sit_beside_the_secretary(v)
    hear_one_thing_and_see_another(v)
    review_ten_records(v)
    see_no_distribution(v)
    go_up_to_the_floors(v, tmp_path)
    see_what_is_left(v)
    settle_the_notebook(v)
    conclude(v)
    say_it_before_leaving(v)
    file_the_report(v, tmp_path)
