"""The cross table out, completed, previewed and kept: texts, grids and reports then say who found a code."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import range_boundaries
from support import hostile_books
from support.bench import Bench
from support.found import code, fill, no_codes

from ivaudit.app import audits, reports, rules
from ivaudit.app.library import finder, local_folder, refused, reload
from ivaudit.app.session import Session
from ivaudit.content.shapes import Family
from ivaudit.content.writing import to_yaml
from ivaudit.domain.codes_import import CodesPreview, updated
from ivaudit.domain.errors import (
    Cancelled,
    CannotWriteExport,
    ContentProblems,
    InvalidValue,
    NotFound,
    UnreadableFile,
)
from ivaudit.domain.rules_table import CodeState

WORDS = "RNIV 1 v2.0, code EXI SI 04 relevé par référent régional le 20/11/2026"


@pytest.fixture
def folder() -> Iterator[Path]:
    with no_codes() as place:
        yield place


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rules.export(tmp_path_factory.mktemp("tableau") / "tableau.xlsx")


@pytest.fixture
def filled(blank: Path, tmp_path: Path) -> Path:
    path = tmp_path / "complete.xlsx"
    path.write_bytes(blank.read_bytes())
    rows = {"r1-si-04": {"Code relevé": "Exi SI 04"}, "r1-recherche-date": {"Code relevé": "EXI PP 02"}}
    shared = {"Édition": "2.0", "Vérifié": "référent régional", "Date": "2026-11-20"}
    fill(path, "RNIV 1", rows, **shared)
    return path


def test_a_workbook_has_a_sheet_per_volume_in_its_order(blank: Path) -> None:
    table = rules.table()
    book = openpyxl.load_workbook(blank)
    shown = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert shown == ["Mode d'emploi", *(volume.title for volume in table.volumes), "Critères sans règle"]
    cells = list(book["RNIV 1"].iter_rows(values_only=True))
    head = next(at for at, row in enumerate(cells) if row[1] == "Identifiant")
    ids = [row[1] for row in cells[head + 1 :]]
    assert ids == [row.rule.id for row in table.of("rniv-1")]
    known = [row[cells[head].index("Code connu")] for row in cells[head + 1 :]]
    assert {"EXI SI 07", "EXI SI 04 (numéro à vérifier)"} <= set(known)
    assert not {"EXI SI 04", "EXI PP 19"} & set(known)
    covered = [row[cells[head].index("Critères qui la vérifient")] for row in cells[head + 1 :]]
    assert "rniv-1-principes-communs 2.1 (rec-ant-01)" in str(covered[0])
    assert "aucun critère" not in covered


def test_only_the_cells_to_complete_are_open(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    assert all(sheet.protection.sheet for sheet in book.worksheets)
    sheet = book["RNIV 4"]
    cells = list(sheet.iter_rows())
    head = next(at for at, row in enumerate(cells) if row[1].value == "Identifiant")
    titles = [cell.value for cell in cells[head]]
    asked = {"Code relevé", "Édition relevée", "Vérifié par (fonction)", "Date du relevé", "Remarque"}
    for row in cells[head + 1 :]:
        opened = {titles[at] for at, cell in enumerate(row) if not cell.protection.locked}
        assert opened == asked
    assert not sheet.cell(row=3, column=3).protection.locked
    last = range_boundaries(sheet.print_area.rpartition("!")[2].replace("$", ""))[2]
    assert set(titles[:last]) == {"Rang", "Identifiant", "Énoncé (nos mots)", "Code connu", *asked}


def test_a_blank_workbook_changes_nothing(blank: Path, folder: Path) -> None:
    assert rules.read_codes(blank) == CodesPreview()
    with pytest.raises(InvalidValue):
        rules.accept(CodesPreview())
    assert not folder.exists()


def test_nothing_is_kept_before_the_preview_is_accepted(filled: Path, folder: Path) -> None:
    preview = rules.read_codes(filled)
    assert [(change.code.rule, change.code.code) for change in preview.new] == [
        ("r1-recherche-date", "EXI PP 02"),
        ("r1-si-04", "EXI SI 04"),
    ]
    assert preview.problems == ()
    assert not folder.exists()
    written = rules.accept(preview)
    assert written.parent == folder
    assert rules.read_codes(filled).same == 2


@pytest.mark.usefixtures("folder")
def test_a_code_applies_where_a_criterion_is_read_answered_and_reported(
    session: Session, bench: Bench, tmp_path: Path
) -> None:
    before = audits.sheet(session, bench.audit)
    assert before.codes == {}
    rules.accept(rules.CodesPreview(changes=(rules.CodeChange(code=code()),)))
    assert finder().catalogue.codes["cre-tra-02"][0].words == WORDS
    assert "EXI SI 04" in " ".join(passage.words.upper() for passage in finder().find("exi si 04"))
    session.library.reread()
    sheet = audits.sheet(session, bench.audit)
    assert [each.words for each in sheet.codes["cre-tra-02"]] == [WORDS]
    assert sheet.checklists == before.checklists
    assert sheet.answers == before.answers
    path = reports.export(session, bench.audit, "json", tmp_path / "rapport.json")
    assert WORDS in json.dumps(json.loads(path.read_text(encoding="utf-8")), ensure_ascii=False)
    row = next(each for each in rules.table().rows if each.rule.id == "r1-si-04")
    assert (row.state, row.codes) == (CodeState.FOUND, (code(),))


def test_a_file_of_codes_travels_alone(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        rules.export_codes(tmp_path / "rien.yaml")
    rules.accept(rules.CodesPreview(changes=(rules.CodeChange(code=code()),)))
    given = rules.export_codes(tmp_path / "pour la région.yaml")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pour la région.yaml"]
    (folder / rules.CODES_NAME).unlink()
    reload()
    assert rules.codes() == {}
    preview = rules.read_codes(given)
    assert [change.code for change in preview.new] == [code()]
    rules.accept(preview)
    assert rules.codes() == {"r1-si-04": (code(),)}


def test_a_changed_code_replaces_the_former_in_the_file(folder: Path) -> None:
    rules.accept(rules.CodesPreview(changes=(rules.CodeChange(code=code()),)))
    new = code(code="EXI SI 05", date="2026-11-21", note='page 12 : « tous les "prénoms" »')
    rules.accept(rules.CodesPreview(changes=(rules.CodeChange(code=new, former=code()),)))
    assert rules.codes() == {"r1-si-04": (new,)}
    assert 'version: "1.0.1"' in (folder / rules.CODES_NAME).read_text(encoding="utf-8")
    assert refused() == ()


def test_a_broken_file_of_codes_is_set_aside_and_never_overwritten(folder: Path) -> None:
    folder.mkdir(parents=True)
    broken = to_yaml(updated(None, [code(code="N'IMPORTE QUOI")]), Family.CODES)
    (folder / rules.CODES_NAME).write_text(broken, encoding="utf-8")
    reload()
    assert rules.codes() == {}
    assert [problem.file for problem in refused()] == [f"{local_folder().name}/codes/{rules.CODES_NAME}"]
    with pytest.raises(ContentProblems):
        rules.accept(rules.CodesPreview(changes=(rules.CodeChange(code=code()),)))
    assert (folder / rules.CODES_NAME).read_text(encoding="utf-8") == broken


def test_rows_that_are_refused_do_not_prevent_the_others(filled: Path, folder: Path) -> None:
    fill(filled, "RNIV 2", {"r2-es-02": {"Code relevé": "EXI ES 02", "Vérifié par (fonction)": "M. Durand"}})
    preview = rules.read_codes(filled)
    assert len(preview.new) == 2
    places = [problem.place for problem in preview.problems]
    assert all(place.startswith("RNIV 2!") for place in places)
    assert any("M. Durand" in str(problem) for problem in preview.problems)
    rules.accept(preview)
    assert set(rules.codes()) == {"r1-si-04", "r1-recherche-date"}
    assert "Durand" not in (folder / rules.CODES_NAME).read_text(encoding="utf-8")


@pytest.mark.usefixtures("folder")
def test_what_is_no_table_is_refused_in_one_sentence(tmp_path: Path) -> None:
    plain = tmp_path / "autre.xlsx"
    book = openpyxl.Workbook()
    book.save(plain)
    text = tmp_path / "texte.yaml"
    text.write_text("bonjour", encoding="utf-8")
    rough = tmp_path / "faux.xlsx"
    rough.write_bytes(b"PK\x03\x04 rien")
    for path in (plain, text, rough):
        with pytest.raises(UnreadableFile) as told:
            rules.read_codes(path)
        assert "Rien n'a été modifié" in told.value.sentence
    with pytest.raises(NotFound):
        rules.read_codes(tmp_path / "absent.xlsx")
    wrong = tmp_path / "codes.yaml"
    wrong.write_text(to_yaml(updated(None, [code(edition="neuve")]), Family.CODES), encoding="utf-8")
    with pytest.raises(ContentProblems) as problems:
        rules.read_codes(wrong)
    assert "codes.yaml:" in problems.value.problems[0]


def test_the_place_may_refuse_and_somebody_may_stop(tmp_path: Path) -> None:
    with pytest.raises(CannotWriteExport):
        rules.export(tmp_path / "absent" / "tableau.xlsx")
    with pytest.raises(Cancelled):
        rules.export(tmp_path / "tableau.xlsx", cancelled=lambda: True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "make",
    [
        hostile_books.last_cell,
        hostile_books.huge_cell,
        hostile_books.macros,
        hostile_books.encrypted,
        hostile_books.truncated,
        hostile_books.billion_laughs,
    ],
)
def test_a_harmful_workbook_changes_nothing(
    make: Callable[[Path], Path], folder: Path, tmp_path: Path
) -> None:
    with pytest.raises(UnreadableFile):
        rules.read_codes(make(tmp_path / "tableau.xlsx"))
    assert not folder.exists()
