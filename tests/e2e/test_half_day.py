"""A half-day in an EHPAD with one auditor, from three weeks before to the report, through the real window."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView, QToolButton
from support import leaving, questionnaires, visits
from support.azerty import CTRL, Key
from support.visitor import Visitor
from support.visits import NO, NOT_SEEN, PARTLY, YES

NAME = "EHPAD Les Érables"
GRID = "visite-ehpad-demi-journee"
SELF = "Auto-évaluation d'une structure médico-sociale"
SHORT = ["1.10", "2.4", "2.5", "2.12", "3.7", "3.8", "4.2", "4.6"]
CONSTATS = {
    "2.4": "La recherche part du nom ; la date de naissance vient ensuite.",
    "2.12": "Trois dossiers validés sur la carte Vitale seule.",
    "3.8": "Deux piluliers sur dix ne portent que le nom d'usage.",
}
NOTE = "Formée hier, à rassurer."
SAID = "Le référent est nommé depuis mars ; tout le monde le connaît."
LOOSE = ("La salle du personnel sera refaite en janvier.", "Les remplaçants d'été n'ont pas eu de formation.")
APPRECIATION = "Une équipe attentive ; l'essentiel est su, il reste à l'écrire."
RECORD = "ooosoosoOosoooo"
"""Ten records, a letter a fact; the status shown (O) is wrong in three."""

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
    v.qtbot.waitUntil(lambda: any(SELF in row[0] for row in v.table("library_contents")))
    v.pick("library_contents", SELF)
    v.qtbot.waitUntil(lambda: v.reads("library_item_title").startswith(SELF))
    blank = folder / "questionnaire.xlsx"
    v.click("library_questionnaire")
    v.name_a_file(blank, dialog="library_job_dialog")
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
    asked = v.table("register_table")
    assert len(asked) > 25
    for row, state in enumerate(("received", "seen", "absent")):
        v.cell("register_table", row, 0)
        v.click(f"register_{state}")
        v.settled()
    assert [row[0] for row in v.table("register_table")] == [row[0] for row in asked], "lines stay in place"
    assert v.reads("register_counts").endswith(f"{len(asked) - 3} demandés, 1 reçu, 1 consulté, 1 absent")
    for paper in ("request", "plan"):
        v.click(f"register_{paper}")
        path = folder / f"{paper}.pdf"
        v.name_a_file(path, dialog="register_dialog")
        v.qtbot.waitUntil(path.is_file, timeout=20_000)
        v.until("register_said")


def open_the_visit(v: Visitor) -> None:
    """13 h 30: eight people around the table; the hours of what is to be seen."""
    v.put("input_scope", "Tout l'établissement ; huit personnes à la réunion d'ouverture.")
    v.put("input_arrival", "13:30")
    v.click("add_hours")
    v.settled()
    v.choose("cell_activity", "Distribution des médicaments")
    v.enter()
    v.settled()
    assert "Distribution des médicaments" in v.table("input_hours")[0]


def talk_to_the_direction(v: Visitor) -> None:
    """13 h 45: her points, wherever they stand in the grid, and what she says as she says it."""
    v.open("Grille")
    v.choose("walk_order", "Par interlocuteur")
    visits.to_list_by_click(v)
    visits.meet(v, "Directrice", name="Mme Durand")
    mine = visits.listed(v)
    assert mine == ["1.1", "1.2", "1.10", "1.11", "1.3"]
    visits.say(v, SAID, worth=YES)
    v.press(Key.Key_Down)
    visits.say(v, "La charte est affichée à l'entrée.", attached=True)
    for line in LOOSE:
        visits.say(v, line)
    v.escape()
    visits.answer_listed(v, {mine[2]: PARTLY})
    v.press(Key.Key_Home, held=CTRL)
    visits.end_interview(v)


def sit_beside_the_secretary(v: Visitor) -> None:
    """14 h 20: nobody is admitted today; she sees the screen, which hides what is not hers to see."""
    v.choose("walk_order", "Par lieu")
    visits.to_list_by_click(v)
    visits.go(v, "2.4")
    assert v.reads("earlier_answer").splitlines() == [
        "Audit externe du 20/11/2025 : Non",
        "Constat d'alors : La recherche commençait par le nom.",
        "Auto-évaluation du 20/11/2026 (déclaratif) : Oui",
    ]
    v.press(Key.Key_F8)
    for hidden in ("earlier_answer", "note", "filter_critical", "filter_critical_left", "broken_points"):
        assert not v.sees(hidden), hidden
    for number, digit in (("2.3", YES), ("2.4", NO), ("2.5", PARTLY), ("2.6", YES)):
        visits.go(v, number)
        v.digit(digit)
    v.press(Key.Key_F8)
    assert v.sees("note")
    visits.constat(v, "2.4", CONSTATS["2.4"], note=NOTE)
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
    assert v.reads("sources_disagreement") == "≠ Sources en désaccord — Dit : Oui · Vu : Non"
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
        for letter in RECORD if rank > 2 else RECORD.replace("O", "n"):
            v.letter(letter.lower())
        if rank < 9:
            v.enter()
        v.settled()
    assert v.reads("observation_count") == "10 lignes observées sur 10"
    (rate,) = (row for row in v.table("observation_rates") if row[0].startswith("Le statut affiché"))
    # 7 of 10, 78 present: n* = 11.3, hence Wilson's 41 to 89 %.
    assert rate[1:4] + rate[-2:] == ["10", "7", "3", "70 %", "41 – 89 %"]
    proposed = {row[0]: row[1] for row in v.table("observation_proposals")}
    assert proposed["2.14"] == "Non"
    assert set(proposed) == {"2.11", "2.12", "2.14", "3.5"}, "only what this audit asks"


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
    titles = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    v.cell("observation_rows", 0, titles.index("Non observé"))
    v.press(Key.Key_F2)
    v.choose("observation_cell", "Aucune distribution")
    v.settled()
    assert v.reads("observation_count") == "0 ligne observée sur 20 · 1 non observée"


def go_up_to_the_floors(v: Visitor, folder: Path) -> None:
    """15 h 10: the trolley; two photographs, one of them masked before it is kept."""
    v.open("Grille")
    visits.go(v, "3.8")
    v.digit(PARTLY)
    visits.constat(v, "3.8", CONSTATS["3.8"])
    visits.photograph(v, folder, {"Pilulier au nom d'usage seul.": True, "Tiroirs rangés par étage.": False})


def see_what_is_left(v: Visitor) -> None:
    """16 h 10: twenty minutes alone; the critical points first, then everything that was not said."""
    v.choose("walk_order", "Par domaine")
    visits.under(v, "critical_left")
    left = visits.listed(v)
    assert set(left) == {"2.8", "2.9", "2.10", "2.11", "2.12", "2.13", "2.14", "3.10", "4.1"}
    visits.answer_listed(v, {"3.10": NOT_SEEN, "2.12": NO})
    visits.under(v, "unanswered")
    visits.answer_listed(v, {"3.7": NO, "4.2": PARTLY, "4.6": NO})
    visits.under(v, "all")
    visits.constat(v, "2.12", CONSTATS["2.12"])
    assert v.reads("what_is_left") == "tous les points sont traités"


def settle_the_notebook(v: Visitor) -> None:
    """What nobody attached is listed before one speaks; the words of the first page."""
    v.open("Synthèse")
    assert v.reads("debrief_unattached") == "2 lignes de carnet non rattachées"
    assert v.sees("debrief_disputed")
    v.choose("debrief_point", "1.6")
    v.cell("debrief_lines", 1, 0)
    v.letter("a")
    v.settled()
    assert v.reads("debrief_unattached") == "1 ligne de carnet non rattachée"
    v.put("appreciation", APPRECIATION)
    v.settled()


def conclude(v: Visitor) -> None:
    """What the answers propose; one thing does not wait, and its action is agreed."""
    v.open("Constats et actions")
    assert [row[1] for row in v.table("finding_proposed")] == SHORT
    v.click("finding_take_all")
    v.settled()
    assert len(v.table("finding_list")) == len(SHORT)
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
    v.choose("action_priority", "Haute")


def say_it_before_leaving(v: Visitor) -> None:
    """16 h 30: full screen, no printer, no network, neither score nor level."""
    said = " ".join(visits.slides(v))
    assert "À traiter sans attendre" in said
    assert CONSTATS["2.12"].rstrip(".") in said
    for word in ("score", "Score", "Maîtrisé", "Satisfaisant", "À consolider", "À construire", "%"):
        assert word not in said, word


def file_the_report(v: Visitor, folder: Path) -> Path:
    """17 h: the report of the day, for paper and for Word, with the notebook asked for."""
    v.open("Rapport")
    v.click("with_notebook")
    assert visits.preview_drawn(v) > 5
    visits.export(v, folder / "rapport.docx", "rapport", "docx")
    return visits.export(v, folder / "rapport.pdf", "rapport", "pdf")


def check_the_report(path: Path) -> None:
    """Everything of the day is there, beside last year and what the facility said of itself."""
    assert leaving.failures(path) == []
    text = leaving.text_of(path)
    for said in (APPRECIATION, SAID, *LOOSE, *CONSTATS.values()):
        assert said in text, said
    assert "Dit à : Directrice et IDEC, le 21 novembre 2026 à 16:25" in text
    assert "7 3 0 0 0 70 % de 41 à 89 %" in text
    assert "Aucune distribution pendant la visite (1)" in text
    assert "20 novembre 2025" in text
    assert "déclarati" in text
    assert "La carte Vitale figure sur la liste affichée." in text
    assert NOTE not in text
    assert "Durand" not in text
    assert len(leaving.pictures_of(path)) == 2


def check_the_papers(folder: Path) -> None:
    """What was printed before the visit: who is asked for what, and where one goes."""
    for paper, said in (("request", "Charte d'identitovigilance"), ("plan", "Infirmerie")):
        assert leaving.failures(folder / f"{paper}.pdf") == []
        assert said in leaving.text_of(folder / f"{paper}.pdf")


def test_a_half_day_in_an_ehpad(visitor: Visitor, tmp_path: Path, passphrase: str) -> None:
    v = visitor
    visits.begin(v, passphrase)
    profile = ("hebergement", "insi", "pda", "biologie-externe")
    visits.describe(v, NAME, setting="EHPAD", city="Château-Gontier", finess="530000017", profile=profile)
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
    report = file_the_report(v, tmp_path)
    check_the_report(report)
    check_the_papers(tmp_path)
