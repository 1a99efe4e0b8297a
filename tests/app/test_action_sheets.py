"""The action plan out to the tool of a facility, and its progress back."""

import csv
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.workbook.workbook import Workbook
from support.bench import Bench
from support.sheets import fill, ranks_of, written

from ivaudit.app import action_sheets, actions, backups, facilities, findings, sheets, trail
from ivaudit.app.library import library
from ivaudit.content.library import Library
from ivaudit.domain.actions import ActionState
from ivaudit.domain.errors import InvalidValue, UnreadableFile
from ivaudit.domain.findings import Grade
from ivaudit.domain.sheet_comparison import Outcome, SheetComparison

LOCAL = """kind: tableau
id: outil-qualite
version: "1.0.0"
title: Outil qualité de la structure
licence: etalab-2.0
columns:
  - {id: ref, title: Référence externe, width: 14, field: key}
  - {id: libelle, title: Libellé, width: 40, field: what}
  - {id: pilote, title: Pilote, width: 20, field: owner}
  - {id: statut, title: Statut, width: 14, field: state, words: {réalisée: Terminé, à faire: Planifié}}
  - {id: vide, title: Axe PAQSS, width: 14, field: empty}
"""


@pytest.fixture
def plan(bench: Bench) -> tuple[str, str]:
    _, finding = findings.create(
        bench.session, bench.audit, "La règle n'est pas affichée.", Grade.GAP, criteria=["gou-pol-01"]
    )
    _, first = actions.create(
        bench.session,
        bench.facility,
        "Afficher la règle.",
        audit=bench.audit,
        finding=finding,
        criteria=["gou-pol-01"],
        due="2026-12-31",
    )
    _, second = actions.create(bench.session, bench.facility, "=Former les arrivants.", owner="Cadre")
    return first, second


def _back(bench: Bench, path: Path) -> SheetComparison:
    return action_sheets.preview(bench.session, action_sheets.read(bench.session.library, path))


def _ops(bench: Bench) -> int:
    return sum(1 for _ in trail.log(bench.session))


def test_the_plan_says_where_each_action_comes_from(
    bench: Bench, plan: tuple[str, str], tmp_path: Path
) -> None:
    path = sheets.write(action_sheets.prepare(bench.session), tmp_path / "plan.xlsx")
    page = load_workbook(path).worksheets[0]
    head, ranks = ranks_of(page)
    rows = {page.cell(row, ranks["N° ivaudit"]).value: row for row in range(head + 1, head + 3)}
    assert set(rows) == set(plan)

    def cell(title: str) -> object:
        return page.cell(rows[plan[0]], ranks[title]).value

    number = bench.session.frozen(bench.session.audit(bench.audit)).index["gou-pol-01"][0]
    assert (cell("Constat"), cell("Gravité")) == ("La règle n'est pas affichée.", "Écart")
    assert (cell("Points de la grille"), cell("Origine")) == (number, "Audit externe (21/11/2026)")
    due = page.cell(rows[plan[0]], ranks["Échéance"]).value
    assert due is not None
    assert due.date() == date(2026, 12, 31)  # type: ignore[union-attr]
    what = page.cell(rows[plan[1]], ranks["Action"])
    assert (what.value, what.data_type) == ("=Former les arrivants.", "s")
    lists = [each.sqref for each in page.data_validations.dataValidation]
    assert len(lists) == 3


def test_the_plan_is_printed_one_page_wide_without_its_keys(
    bench: Bench, plan: tuple[str, str], tmp_path: Path
) -> None:
    page = load_workbook(
        sheets.write(action_sheets.prepare(bench.session), tmp_path / "plan.xlsx")
    ).worksheets[0]
    assert plan
    head, ranks = ranks_of(page)
    first, top, last, _ = range_boundaries(page.print_area.rpartition("!")[2].replace("$", ""))
    assert (first, top, page.print_title_rows) == (1, 1, f"${head}:${head}")
    assert (page.page_setup.fitToWidth, page.page_setup.orientation) == (1, "landscape")
    printed = {title for title, rank in ranks.items() if rank <= last}
    assert {"Action", "Responsable (fonction)", "Échéance", "État", "Avancement"} <= printed
    assert "N° ivaudit" not in printed
    key = page.column_dimensions[page.cell(head, ranks["N° ivaudit"]).column_letter]
    assert not key.hidden


def test_progress_comes_back_one_gesture_an_action(
    bench: Bench, plan: tuple[str, str], tmp_path: Path
) -> None:
    sent = written(action_sheets.prepare(bench.session), tmp_path / "plan.xlsx")
    path = fill(
        sent,
        tmp_path / "retour.xlsx",
        {
            plan[0]: {"État": "Réalisée", "Réalisée le": "15/12/2026", "Avancement": "Affichée à l'accueil."},
            plan[1]: {"Échéance": date(2027, 1, 31), "N° dans l'outil de la structure": "PAQ-12"},
        },
    )
    seen = _back(bench, path)
    assert {(each.title, each.mine, each.theirs) for each in seen.changes} == {
        ("État", "à faire", "réalisée"),
        ("Réalisée le", "", "2026-12-15"),
        ("Avancement", "", "Affichée à l'accueil."),
        ("Échéance", "", "2027-01-31"),
        ("N° dans l'outil de la structure", "", "PAQ-12"),
    }
    before = _ops(bench)
    changes = action_sheets.accept(bench.session, seen)
    assert _ops(bench) == before + 2
    assert changes.entities == {f"action:{plan[0]}", f"action:{plan[1]}"}
    first = actions.get(bench.session, plan[0])
    assert (first.state, first.done, first.progress) == (
        ActionState.DONE,
        "2026-12-15",
        "Affichée à l'accueil.",
    )
    assert {op.kind for op in list(trail.log(bench.session))[-2:]} == {"importer"}
    again = _back(bench, path)
    assert (again.changes, again.same) == ((), 2)
    assert action_sheets.accept(bench.session, again).at == ""
    assert _ops(bench) == before + 2


def test_closing_without_a_day_sets_today(bench: Bench, plan: tuple[str, str], tmp_path: Path) -> None:
    sent = written(action_sheets.prepare(bench.session), tmp_path / "plan.xlsx")
    path = fill(sent, tmp_path / "retour.xlsx", {plan[0]: {"État": "réalisée"}})
    action_sheets.accept(bench.session, _back(bench, path))
    assert actions.get(bench.session, plan[0]).done == date.today().isoformat()  # noqa: DTZ011


def test_what_changed_on_both_sides_is_kept_unless_taken(
    bench: Bench, plan: tuple[str, str], tmp_path: Path
) -> None:
    sent = written(action_sheets.prepare(bench.session), tmp_path / "plan.xlsx")
    path = fill(sent, tmp_path / "retour.xlsx", {plan[0]: {"État": "Abandonnée"}})
    actions.edit(bench.session, plan[0], state="en cours", due="2027-06-30")  # since it left
    seen = _back(bench, path)
    (change,) = seen.changes  # the due day of the file is the one that left: nobody changed it there
    assert (change.field, change.outcome) == ("state", Outcome.DIFFERENT)
    assert action_sheets.accept(bench.session, seen).at == ""
    action_sheets.accept(bench.session, seen, {change.id})
    now = actions.get(bench.session, plan[0])
    assert (now.state, now.due) == (ActionState.DROPPED, "2027-06-30")


def test_an_empty_cell_erases_nothing_and_wrong_ones_are_named(
    bench: Bench, plan: tuple[str, str], tmp_path: Path
) -> None:
    sent = written(action_sheets.prepare(bench.session), tmp_path / "plan.xlsx")

    def spoil(book: Workbook) -> None:
        page = book.worksheets[0]
        head, ranks = ranks_of(page)
        page.cell(head + 3, ranks["N° ivaudit"]).value = "abcabcabcabc"
        page.cell(head + 3, ranks["État"]).value = "Réalisée"
        page.cell(head + 4, ranks["Avancement"]).value = "Une ligne sans numéro."

    path = fill(
        sent,
        tmp_path / "retour.xlsx",
        {
            plan[0]: {"Échéance": None, "État": "Presque finie", "Réalisée le": "le mois dernier"},
            plan[1]: {"Responsable (fonction)": None, "Avancement": "x" * 2_001},
        },
        spoil=spoil,
    )
    seen = _back(bench, path)
    assert seen.changes == ()
    assert seen.unknown[0] == "abcabcabcabc"
    assert len(seen.unknown) == 2
    problems = [str(each) for each in seen.problems]
    assert any("pas dans la liste" in each and each.startswith("Plan d'actions!") for each in problems)
    assert any("pas une date" in each for each in problems)
    assert any("dépasse 2000 caractères" in each for each in problems)


def test_progress_that_looks_like_an_identity_is_taken_masked(
    bench: Bench, plan: tuple[str, str], tmp_path: Path
) -> None:
    sent = written(action_sheets.prepare(bench.session), tmp_path / "plan.xlsx")
    said = {"Avancement": "Dossier de 2 69 05 49 588 157 80 repris."}
    path = fill(sent, tmp_path / "retour.xlsx", {plan[0]: said, plan[1]: {"État": "Réalisée"}})
    seen = _back(bench, path)
    assert ["masqué" in each.message for each in seen.problems] == [True]
    action_sheets.accept(bench.session, seen)
    assert actions.get(bench.session, plan[0]).progress == "Dossier de [matricule masqué] repris."
    assert actions.get(bench.session, plan[1]).state is ActionState.DONE


def test_a_plan_saved_by_another_tool_is_matched_by_titles(
    bench: Bench, plan: tuple[str, str], tmp_path: Path
) -> None:
    """No hidden sheet, columns moved, others added: what differs is proposed all the same."""
    book = Workbook()
    page = book.worksheets[0]
    page.append(["Service", "état", "n° IVAUDIT", "Échéance"])
    page.append(["Accueil", "EN COURS", plan[1], None])
    path = tmp_path / "autre.xlsx"
    book.save(path)
    seen = _back(bench, path)
    assert [(each.field, each.theirs, each.outcome) for each in seen.changes] == [
        ("state", "en cours", Outcome.NEW)
    ]


def test_the_columns_of_the_tool_of_a_facility(bench: Bench, plan: tuple[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "contenu" / "exports"
    folder.mkdir(parents=True)
    (folder / "outil-qualite.yaml").write_text(LOCAL, encoding="utf-8")
    bench.session.library = Library.find(tmp_path / "contenu")
    assert [each.id for each in action_sheets.tables(bench.session.library)] == ["actions", "outil-qualite"]
    assert action_sheets.prepare(bench.session, table="actions").about == "actions"
    sheet = action_sheets.prepare(bench.session)
    assert [column.title for column in sheet.columns] == [
        "Référence externe",
        "Libellé",
        "Pilote",
        "Statut",
        "Axe PAQSS",
    ]
    sent = written(sheet, tmp_path / "plan.xlsx")
    path = fill(sent, tmp_path / "retour.xlsx", {plan[0]: {"Statut": "Terminé"}}, key="Référence externe")
    (change,) = _back(bench, path).changes
    assert (change.mine, change.theirs) == ("à faire", "réalisée")
    with pytest.raises(InvalidValue):
        action_sheets.prepare(bench.session, table="inconnu")


def test_csv_opens_right_and_runs_nothing(bench: Bench, plan: tuple[str, str], tmp_path: Path) -> None:
    path = sheets.write(action_sheets.prepare(bench.session), tmp_path / "plan.csv")
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines(), delimiter=";"))
    key, action = rows[0].index("N° ivaudit"), rows[0].index("Action")
    found = {row[key]: row for row in rows[1:]}
    assert found[plan[1]][action] == "'=Former les arrivants."
    assert found[plan[0]][rows[0].index("Échéance")] == "31/12/2026"
    with pytest.raises(InvalidValue):
        sheets.write(action_sheets.prepare(bench.session), tmp_path / "plan.pdf")


def test_a_backup_goes_before_and_nothing_is_exported_from_nothing(bench: Bench) -> None:
    with pytest.raises(InvalidValue):
        action_sheets.prepare(bench.session)
    action_sheets.back_up(bench.session)
    assert backups.backups(bench.session.workspace.folder)[0].reason == action_sheets.BEFORE


def test_a_file_that_is_no_plan_is_one_sentence(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["Une", "autre", "chose"])
    book.save(tmp_path / "autre.xlsx")
    with pytest.raises(UnreadableFile, match="N° ivaudit"):
        action_sheets.read(library(), tmp_path / "autre.xlsx")
    (tmp_path / "faux.xlsx").write_bytes(b"PK\x03\x04rien")
    with pytest.raises(UnreadableFile):
        action_sheets.read(library(), tmp_path / "faux.xlsx")


def test_the_name_of_the_file_says_whose_plan_it_is(bench: Bench, plan: tuple[str, str]) -> None:
    del plan
    today = date.today().isoformat()  # noqa: DTZ011
    sheet = action_sheets.prepare(bench.session)
    assert action_sheets.file_name(sheet) == f"{today}_EHPAD-Les-Tilleuls_plan-d-actions.xlsx"
    _, other = facilities.create(bench.session, {"name": "Clinique"})
    actions.create(bench.session, other, "Afficher.")
    both = action_sheets.prepare(bench.session)
    assert action_sheets.file_name(both, "csv") == f"{today}_plan-d-actions.csv"
