"""A checklist imported: judged in a child process, written once accepted, listed at once."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support import hostile_books

from ivaudit.app import checklist_import, jobs, library, library_exports
from ivaudit.domain.errors import Cancelled, NotAllowedNow, TookTooLong, UnreadableFile
from ivaudit.domain.sheet_problems import SheetProblem


@pytest.fixture
def book(tmp_path: Path, local: Path) -> Path:
    """The workbook of `flash`, one title changed."""
    path = library_exports.export_book(library.library(), "flash", tmp_path / "grille.xlsx")
    edited = load_workbook(path)
    edited["Grille"]["B4"] = "Flash du Nord"
    edited.save(path)
    assert not local.exists()
    return path


def test_a_checklist_is_looked_at_accepted_and_listed(book: Path, local: Path) -> None:
    steps: list[str] = []
    found = checklist_import.examine(book, progress=lambda _done, _total, what: steps.append(what))
    assert found.ready
    assert (found.id, found.compared) == ("flash-local", "flash 1.0.0")
    assert steps[0] == "lecture du classeur"
    assert not local.exists(), "nothing is written before it is accepted"
    (path,) = checklist_import.accept(found)
    assert path == local / "checklists" / "flash-local.yaml"
    assert library.library().checklist("flash-local").title == "Flash du Nord"
    assert library.library().checklist("flash").title != "Flash du Nord"
    assert library.refused() == ()
    again = checklist_import.examine(book)
    assert (again.identical, again.ready) == (True, False)


def test_what_has_errors_or_changes_nothing_is_not_written(book: Path, local: Path) -> None:
    edited = load_workbook(book)
    edited["Grille"]["B3"] = "premiere"
    edited.save(book)
    found = checklist_import.examine(book)
    assert not found.ready
    with pytest.raises(NotAllowedNow):
        checklist_import.accept(found)
    assert not local.exists()


@pytest.mark.parametrize(
    "make",
    [hostile_books.last_cell, hostile_books.huge_cell_hidden, hostile_books.macros, hostile_books.encrypted],
)
def test_a_hostile_workbook_is_refused_and_changes_nothing(
    make: Callable[[Path], Path], tmp_path: Path, local: Path
) -> None:
    with pytest.raises(UnreadableFile) as caught:
        checklist_import.examine(make(tmp_path / "piege.xlsx"))
    assert "Rien n'a été modifié." in caught.value.sentence
    assert not local.exists()


def test_another_workbook_lists_what_it_lacks(tmp_path: Path, local: Path) -> None:
    found = checklist_import.examine(hostile_books.half_filled(tmp_path / "a.xlsx"))
    assert not found.ready
    assert {problem.sheet for problem in found.problems} == {"Grille", "Critères", "Références"}
    assert not local.exists()


def test_reading_is_stopped_when_it_takes_too_long(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "READING", 0.0)
    with pytest.raises(TookTooLong):
        checklist_import.examine(book)


def test_an_examination_can_be_cancelled(book: Path) -> None:
    with pytest.raises(Cancelled):
        checklist_import.examine(book, cancelled=lambda: True)


def test_problems_are_passed_on_as_a_list_that_holds_no_formula(tmp_path: Path) -> None:
    problems = [
        SheetProblem(
            sheet="=cmd()", row=12, column="F", message="Poids : un nombre entier attendu ; « 1;2 » trouvé"
        ),
        SheetProblem(sheet="Références", message="cette feuille manque"),
    ]
    path = checklist_import.write_problems(problems, tmp_path / "problemes.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert rows[1] == ["erreur", "'=cmd()", "12", "F", "Poids : un nombre entier attendu ; « 1;2 » trouvé"]
    assert rows[2] == ["erreur", "Références", "", "", "cette feuille manque"]


def test_the_works_are_known_to_children() -> None:
    assert {"lire-classeur", "examiner-grille"} <= set(jobs.JOBS)
