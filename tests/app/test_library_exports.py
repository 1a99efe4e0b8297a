"""What leaves the library goes through a child process, whole or not at all."""

from pathlib import Path

import pytest

from ivaudit.app import library_exports
from ivaudit.app.library import library
from ivaudit.content.shapes import Family
from ivaudit.domain.errors import Cancelled, CannotWriteExport, InvalidValue, NotFound


def test_paper_and_workbook_are_written(tmp_path: Path) -> None:
    told: list[str] = []
    paper = library_exports.print_blank(
        library(),
        "flash",
        tmp_path / "vierge.pdf",
        by="section",
        progress=lambda _d, _t, what: told.append(what),
    )
    book = library_exports.export_book(library(), "flash", tmp_path / "grille.xlsx")
    assert paper.read_bytes().startswith(b"%PDF")
    assert book.read_bytes().startswith(b"PK")
    assert told[-1] == "fichier prêt"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["grille.xlsx", "vierge.pdf"]


def test_each_kind_that_is_printed_is(tmp_path: Path) -> None:
    found = library()
    ids = (found.observations()[0].id, found.fiches()[0].id, found.cases().id, found.glossary().id)
    for id_ in ids:
        made = library_exports.print_blank(found, id_, tmp_path / f"{id_}.pdf", lines=4)
        assert made.read_bytes().startswith(b"%PDF")
        book = library_exports.export_book(found, id_, tmp_path / f"{id_}.xlsx")
        assert book.read_bytes().startswith(b"PK")


@pytest.mark.parametrize("lines", [0, 501])
def test_a_senseless_number_of_lines_is_refused(lines: int, tmp_path: Path) -> None:
    grid = library().observations()[0].id
    with pytest.raises(InvalidValue):
        library_exports.print_blank(library(), grid, tmp_path / "vierge.pdf", lines=lines)


def test_what_cannot_be_made_says_so(tmp_path: Path) -> None:
    rules = next(iter(library().every(Family.RULES))).id
    with pytest.raises(InvalidValue):
        library_exports.print_blank(library(), rules, tmp_path / "a.pdf")
    with pytest.raises(InvalidValue):
        library_exports.export_book(library(), rules, tmp_path / "a.xlsx")
    with pytest.raises(NotFound):
        library_exports.print_blank(library(), "absent", tmp_path / "a.pdf")
    with pytest.raises(CannotWriteExport):
        library_exports.print_blank(library(), "flash", tmp_path / "absent" / "a.pdf")
    assert list(tmp_path.iterdir()) == []


def test_stopping_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        library_exports.print_blank(library(), "flash", tmp_path / "a.pdf", cancelled=lambda: True)
    assert list(tmp_path.iterdir()) == []


def test_names_are_safe_everywhere() -> None:
    assert (
        library_exports.file_name("Bracelet d'identification", "pdf")
        == "Bracelet-d-identification_vierge.pdf"
    )
    assert library_exports.file_name("???", "xlsx") == "contenu_grille.xlsx"
    assert len(library_exports.file_name("é" * 300, "pdf")) < 80
