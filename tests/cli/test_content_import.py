"""`content import` and `content format`: a preview first, files only when asked."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from support import hostile_books

from ivaudit.app import library

Command = Callable[..., Any]


pytestmark = pytest.mark.usefixtures("local")


@pytest.fixture
def book(cli: Command, tmp_path: Path) -> Path:
    path = tmp_path / "grille.xlsx"
    cli("content", "export", "flash", "--out", path, passphrase=None)
    return path


def edit(path: Path, cell: str, text: str) -> None:
    book = load_workbook(path)
    book["Grille"][cell] = text
    book.save(path)


def test_a_preview_writes_nothing_and_yes_accepts_it(cli: Command, book: Path, local: Path) -> None:
    edit(book, "B4", "Flash du Nord")
    shown = cli("content", "import", book, passphrase=None)
    assert shown.code == 0
    assert "  Titre : « Flash — quinze points d'une visite d'une heure » → « Flash du Nord »" in shown.out
    assert "Relancez avec --yes" in shown.out
    assert not local.exists()
    done = cli("content", "import", book, "--yes", "--id", "flash-nord", "--json", passphrase=None).json
    assert done["written"] == [str(local / "checklists" / "flash-nord.yaml")]
    listed = {each["id"]: each for each in cli("content", "list", "--json", passphrase=None).json}
    assert listed["flash-nord"]["title"] == "Flash du Nord"
    assert cli("content", "check", local, passphrase=None).code == 0


def test_problems_are_listed_by_cell_and_the_code_says_so(cli: Command, book: Path, local: Path) -> None:
    edit(book, "B3", "premiere")
    done = cli("content", "import", book, "--yes", passphrase=None)
    assert done.code == 1
    assert "erreur · Grille!B3 : Version : trois nombres attendus" in done.out
    assert not local.exists()


def test_nothing_to_import_is_said(cli: Command, book: Path) -> None:
    done = cli("content", "import", book, "--dry-run", passphrase=None)
    assert done.code == 0
    assert "Aucun changement : rien à importer." in done.out


def test_a_hostile_workbook_is_one_sentence(cli: Command, tmp_path: Path, local: Path) -> None:
    done = cli("content", "import", hostile_books.macros(tmp_path / "piege.xlsx"), "--yes", passphrase=None)
    assert done.code == 3
    assert "contient des macros" in done.err
    assert not local.exists()


def test_files_are_put_in_their_layout(cli: Command, tmp_path: Path) -> None:
    shipped = next(each.source.path for each in library.library().files() if each.source.id == "flash")
    path = tmp_path / "flash.yaml"
    path.write_text(shipped.read_text(encoding="utf-8") + "# fin\n", encoding="utf-8")
    seen = cli("content", "format", path, "--dry-run", passphrase=None)
    assert (seen.code, "à mettre en forme" in seen.out) == (1, True)
    done = cli("content", "format", path, passphrase=None)
    assert done.code == 0
    assert "les commentaires ne sont pas conservés" in done.err
    assert path.read_bytes() == shipped.read_bytes()
    assert cli("content", "format", path, passphrase=None).out == "Rien à changer.\n"
