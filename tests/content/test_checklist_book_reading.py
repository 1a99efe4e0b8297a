"""A checklist goes out as a workbook and comes back: the same bytes, or every problem at its cell."""

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from ivaudit.content.book_reading import Lists, read_checklist
from ivaudit.content.book_rows import cells_of, rows_of
from ivaudit.content.book_table import Notes
from ivaudit.content.examining import Wanted, examine, source_of
from ivaudit.content.library import Library
from ivaudit.content.parsing import parse_bytes, read_nodes
from ivaudit.content.shapes import ChecklistFile, CriterionRef, DomainFile, Family, SectionFile
from ivaudit.content.sources import shipped_sources
from ivaudit.content.writing import to_yaml
from ivaudit.domain.checklist import Condition, Confidence, Criterion, Force, NaPolicy, Reference
from ivaudit.domain.checklist_import import ChangeKind, Examined
from ivaudit.domain.checklist_sheet import ChecklistRows
from ivaudit.reports import checklist_book
from ivaudit.tables.reading import BookCells, SheetCells, read_book

CHECKLISTS = [source.id for source in shipped_sources() if source.folder == "checklists"]
LIBRARY = Library.find()


def file_of(name: str) -> ChecklistFile:
    file: ChecklistFile = LIBRARY.one(Family.CHECKLIST, name)
    return file


def read_back(book: BookCells) -> ChecklistFile:
    """Return the checklist that a workbook says."""
    notes = Notes(book)
    lists = Lists(LIBRARY.vocabulary(), LIBRARY.scales, LIBRARY.known)
    root = read_checklist(book, lists, notes)
    assert root is not None
    assert list(notes.problems) == []
    parsed = read_nodes(source_of(getattr(root.values["id"], "text", "")), root)
    assert parsed.problems == ()
    file: ChecklistFile = parsed.value
    return file


@pytest.mark.parametrize("name", CHECKLISTS)
def test_a_shipped_checklist_comes_back_from_its_workbook_to_the_same_bytes(
    name: str, tmp_path: Path
) -> None:
    path = tmp_path / "grille.xlsx"
    checklist_book.write(rows_of(file_of(name), LIBRARY), path, program="ivaudit 0")
    source = next(each for each in shipped_sources() if (each.folder, each.id) == ("checklists", name))
    assert to_yaml(read_back(read_book(path))).encode() == source.path.read_bytes()


def test_every_field_of_a_criterion_has_a_column() -> None:
    rows = rows_of(file_of("rniv-1-principes-communs"), LIBRARY)
    columns = {each.key.partition(".")[0] for each in rows.columns}
    assert {field.name for field in fields(Criterion)} - {"references"} <= columns
    written = {
        key.partition(".")[0]
        for key in cells_of(next(iter(LIBRARY.known.values())).criterion, LIBRARY.vocabulary())
    }
    assert {field.name for field in fields(Criterion)} - {"references"} - written <= {"weight"}


# -- generated checklists ----------------------------------------------------------------------------------

VOCABULARY = LIBRARY.vocabulary()
WORDS = (
    st.text(
        st.one_of(
            st.characters(codec="utf-8", categories=("L", "N", "P", "S"), exclude_characters="\x7f"),
            st.just(" "),
        ),
        min_size=1,
        max_size=30,
    )
    .map(lambda text: " ".join(text.split()) or "x")
    .filter(lambda text: not (text.startswith("(") and text.endswith(")")))
)
LINES = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
ITEMS = st.lists(WORDS, min_size=1, max_size=4).map(tuple)
MAYBE = st.none() | WORDS


def keys(family: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(VOCABULARY.keys(family)), min_size=1, max_size=4).map(tuple)


REFERENCES = st.builds(
    Reference,
    document=WORDS,
    edition=MAYBE,
    code=MAYBE,
    section=MAYBE,
    source=MAYBE,
    confidence=st.sampled_from(Confidence),
)
CONDITIONS = st.one_of(
    st.builds(Condition, profile=keys("profile")),
    st.builds(
        Condition,
        every=st.lists(st.builds(Condition, profile=keys("profile")), min_size=1, max_size=3).map(tuple),
    ),
)
GUIDANCE = st.dictionaries(st.sampled_from(VOCABULARY.keys("settings")), LINES, max_size=3)
RATING = st.fixed_dictionaries({"oui": LINES, "non": LINES}, optional={"partiel": LINES})


@st.composite
def checklists(draw: st.DrawFn) -> ChecklistFile:
    ids = (f"gen-{rank}" for rank in range(99))

    def criterion() -> Criterion:
        return Criterion(
            id=next(ids),
            question=draw(WORDS),
            why=draw(LINES),
            guidance={"default": draw(LINES), **draw(GUIDANCE)},
            rating=dict(
                sorted(draw(RATING).items(), key=lambda item: ["oui", "partiel", "non"].index(item[0]))
            ),
            evidence=draw(ITEMS),
            methods=draw(keys("methods")),
            interlocutors=draw(keys("interlocutors")),
            places=draw(keys("places")),
            weight=draw(st.integers(1, 20)),
            weight_reason=draw(MAYBE),
            force=draw(st.sampled_from(Force)),
            critical=draw(st.booleans()),
            critical_reason=draw(MAYBE),
            critical_chosen_by=draw(MAYBE),
            na=draw(st.sampled_from(NaPolicy)),
            applicability=draw(st.none() | CONDITIONS),
            recommendation=draw(LINES),
            minutes=draw(st.integers(1, 15)),
            references=tuple(draw(st.lists(REFERENCES, max_size=3))),
        )

    def reference(key: str) -> CriterionRef:
        return CriterionRef(
            ref=key,
            weight=draw(st.none() | st.integers(1, 9)),
            weight_reason=draw(MAYBE),
            critical=draw(st.none() | st.booleans()),
            critical_reason=draw(MAYBE),
            critical_chosen_by=draw(MAYBE),
            minutes=draw(st.none() | st.integers(1, 15)),
        )

    taken = iter(draw(st.permutations(list(LIBRARY.known)[:10])))
    sections = (f"sec-{rank}" for rank in range(99))
    domains = []
    for rank in range(draw(st.integers(1, 2))):
        made = [
            SectionFile(
                id=next(sections),
                title=draw(WORDS),
                criteria=tuple(
                    reference(next(taken)) if draw(st.booleans()) else criterion()
                    for _ in range(draw(st.integers(1, 3)))
                ),
            )
            for _ in range(draw(st.integers(1, 2)))
        ]
        domains.append(DomainFile(id=f"dom-{rank}", title=draw(WORDS), sections=tuple(made)))
    return replace(
        file_of("flash"),
        id="essai",
        title=draw(WORDS),
        summary=draw(LINES),
        authors=draw(ITEMS),
        levels=draw(st.sampled_from([None, "niveaux-ivaudit"])),
        minutes_budget=draw(st.none() | st.integers(1, 999)),
        domains=tuple(domains),
    )


def as_cells(rows: ChecklistRows) -> BookCells:
    """Return what a workbook of these rows holds, without writing it."""
    from ivaudit.domain.checklist_sheet import REFERENCE_COLUMNS  # noqa: PLC0415 - only here

    return BookCells(
        sheets=(
            SheetCells(
                name="Grille", rows=tuple((each.title, each.value, each.help) for each in rows.header)
            ),
            SheetCells(name="Critères", rows=(tuple(each.title for each in rows.columns), *rows.criteria)),
            SheetCells(name="Références", rows=(tuple(c.title for c in REFERENCE_COLUMNS), *rows.references)),
        )
    )


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(file=checklists())
def test_any_checklist_comes_back_from_its_cells(file: ChecklistFile) -> None:
    assert read_back(as_cells(rows_of(file, LIBRARY))) == file


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=10,
    deadline=None,
)
@given(file=checklists())
def test_any_checklist_comes_back_from_its_workbook(file: ChecklistFile, tmp_path: Path) -> None:
    path = tmp_path / "grille.xlsx"
    checklist_book.write(rows_of(file, LIBRARY), path, program="ivaudit 0")
    assert to_yaml(read_back(read_book(path))) == to_yaml(file)


# -- what an expert does -----------------------------------------------------------------------------------

Edit = Callable[[Workbook, dict[str, int]], None]


@pytest.fixture
def edited(tmp_path: Path) -> Callable[..., Examined]:
    """Return a function: what is said of the workbook of `flash` after an edit."""

    def look(edit: Edit, name: str = "flash", library: Library = LIBRARY, **wanted: str) -> Examined:
        path = tmp_path / "grille.xlsx"
        checklist_book.write(rows_of(file_of(name), LIBRARY), path, program="ivaudit 0")
        book = load_workbook(path)
        titles = {str(cell.value): cell.column for cell in book["Critères"][1]}
        edit(book, titles)
        book.save(path)
        return examine(read_book(path), library, Wanted(**wanted))

    return look


def nothing(_book: Workbook, _titles: dict[str, int]) -> None:
    """Leave it as it is."""


def said(examined: Examined) -> list[str]:
    return [str(problem) for problem in examined.problems]


def test_a_workbook_that_was_not_changed_brings_nothing(edited: Callable[..., Examined]) -> None:
    found = edited(nothing)
    assert (found.identical, found.ready, found.problems) == (True, False, ())
    assert (found.id, found.compared) == ("flash-local", "flash 1.0.0")


def test_a_copy_under_another_id_takes_every_criterion_over(edited: Callable[..., Examined]) -> None:
    found = edited(nothing, id="flash-nord")
    assert found.ready
    assert (found.id, found.points, found.shared) == ("flash-nord", 15, 15)
    parsed = parse_bytes(source_of("flash-nord"), found.files[0].text.encode())
    assert isinstance(parsed.value, ChecklistFile)
    assert found.files[0].place == "checklists/flash-nord.yaml"


def test_a_shipped_id_is_never_replaced(edited: Callable[..., Examined]) -> None:
    found = edited(nothing, id="rniv-1-principes-communs")
    assert not found.ready
    assert "livré avec le programme" in said(found)[0]


def test_changes_are_told_field_by_field(edited: Callable[..., Examined]) -> None:
    def edit(book: Workbook, titles: dict[str, int]) -> None:
        sheet = book["Critères"]
        sheet.cell(2, titles["Question"]).value = "Le référent est-il connu de tous ?"
        sheet.cell(2, titles["Minutes"]).value = 5
        sheet.cell(3, titles["Poids"]).value = 1
        sheet.delete_rows(4)
        book["Grille"]["B4"] = "Ma grille flash"

    found = edited(edit)
    assert found.ready, said(found)
    assert [(each.title, each.new) for each in found.header] == [("Titre", "Ma grille flash")]
    kinds = {each.id: each for each in found.changes}
    reworded = kinds["fla-ref-01-local"]
    assert (reworded.kind, reworded.was) == (ChangeKind.CHANGED, "fla-ref-01")
    assert [(each.title, each.new) for each in reworded.fields] == [
        ("Question", "Le référent est-il connu de tous ?"),
        ("Minutes", "5"),
    ]
    assert [(each.title, each.old, each.new) for each in kinds["rec-ant-02"].fields] == [("Poids", "2", "1")]
    assert found.count(ChangeKind.REMOVED) == 1
    assert found.count(ChangeKind.NEW) == 0


def test_a_new_row_finds_its_section_by_its_title(edited: Callable[..., Examined]) -> None:
    def edit(book: Workbook, titles: dict[str, int]) -> None:
        sheet = book["Critères"]
        row = sheet.max_row + 1
        for column in titles.values():
            sheet.cell(row, column).value = sheet.cell(2, column).value
        for title, text in (
            ("Identifiant", "nor-01"),
            ("Code du domaine", None),
            ("Code de la section", None),
        ):
            sheet.cell(row, titles[title]).value = text
        sheet.cell(row, titles["Question"]).value = "La règle du Nord est-elle connue ?"
        book["Références"].append(["nor-01", "Pratique de terrain", None, None, None, "à vérifier", None])

    found = edited(edit)
    assert found.ready, said(found)
    assert [(each.kind, each.id) for each in found.changes] == [(ChangeKind.NEW, "nor-01")]
    value = parse_bytes(source_of("flash-local"), found.files[0].text.encode()).value
    assert [each.id for each in value.domains[0].sections[0].criteria if isinstance(each, Criterion)] == [
        "nor-01"
    ]


def test_every_problem_is_told_at_its_cell(edited: Callable[..., Examined]) -> None:
    def edit(book: Workbook, titles: dict[str, int]) -> None:
        sheet = book["Critères"]
        sheet.cell(2, titles["Question"]).value = "Le référent est connu"
        sheet.cell(2, titles["Lieux"]).value = "Accueil\nJardin"
        sheet.cell(2, titles["Portée"]).value = None
        sheet.cell(2, titles["Concerne"]).value = "toujours"
        sheet.cell(2, titles["Sans objet"]).value = "jamais"
        sheet.cell(2, titles["Ce qui vaut « Non »"]).value = None
        sheet.cell(3, titles["Poids"]).value = "beaucoup"
        sheet.cell(4, titles["Identifiant"]).value = "inconnu-99"
        sheet.cell(5, titles["Identifiant"]).value = sheet.cell(6, titles["Identifiant"]).value
        book["Grille"]["B3"] = "un"
        book["Références"]["F2"] = "sûr"
        book["Références"].append(["absent", "Document", None, None, None, "lu"])

    found = edited(edit)
    assert not found.ready
    assert found.files == ()
    letters = {each.place: each.message for each in found.problems}
    assert "trois nombres" in letters["Grille!B3"]
    assert letters["Critères!F2"] == "Question : se termine par une espace et « ? »"
    assert "Jardin" in letters["Critères!O2"]
    assert any(message == "Portée : à remplir" for message in letters.values())
    assert any(message.startswith("Concerne : attendu") for message in letters.values())
    assert any("Sans objet : « interdit », « motif » ou « libre » attendu" in m for m in letters.values())
    assert any("il manque ce qui vaut « non »" in message for message in letters.values())
    assert any("Poids : un nombre entier attendu, « beaucoup » trouvé" in m for m in letters.values())
    assert any("inconnu-99" in message for message in letters.values())
    assert any("est déjà dans cette grille" in message for message in letters.values())
    assert "Confiance" in letters["Références!F2"]
    assert "n'est pas dans la feuille Critères" in " ".join(said(found))


def test_a_text_changed_on_a_shared_row_is_told_and_not_taken(edited: Callable[..., Examined]) -> None:
    def edit(book: Workbook, titles: dict[str, int]) -> None:
        book["Critères"].cell(3, titles["Pourquoi"]).value = "Autre chose."

    found = edited(edit)
    assert found.identical
    assert ["rniv-1-principes-communs" in message for message in said(found)] == [True]


def test_columns_may_move_and_a_missing_sheet_is_told(edited: Callable[..., Examined]) -> None:
    def move(book: Workbook, _titles: dict[str, int]) -> None:
        book["Critères"].insert_cols(1)
        book["Critères"].insert_rows(1, 3)
        book["Références"].title = " RÉFÉRENCES "

    assert edited(move).identical

    def remove(book: Workbook, _titles: dict[str, int]) -> None:
        del book["Références"]
        book["Critères"].delete_rows(1)

    assert said(edited(remove)) == [
        "Critères : la ligne des titres de colonnes est introuvable",
        "Références : cette feuille manque",
    ]


def test_a_day_may_be_typed_in_french(edited: Callable[..., Examined]) -> None:
    def edit(book: Workbook, _titles: dict[str, int]) -> None:
        book["Grille"]["B10"] = "1/2/2027"

    assert [(each.title, each.new) for each in edited(edit).header] == [("Date de publication", "2027-02-01")]


def test_a_local_checklist_gives_way_to_a_greater_version_only(
    edited: Callable[..., Examined], tmp_path: Path
) -> None:
    def edit(book: Workbook, titles: dict[str, int]) -> None:
        book["Critères"].cell(2, titles["Minutes"]).value = 5

    local = tmp_path / "contenu"
    (local / "checklists").mkdir(parents=True)
    first = edited(nothing, id="flash-nord")
    (local / first.files[0].place).write_text(first.files[0].text, encoding="utf-8")
    library = Library.find(local)
    same = edited(edit, library=library, id="flash-nord")
    assert [each.message.partition(" :")[0] for each in same.problems] == ["Version"]
    assert "1.0.1" in same.problems[0].message
    later = edited(edit, library=library, id="flash-nord", version="1.0.1")
    assert (later.ready, later.replaces, later.compared) == (True, True, "flash-nord 1.0.0")


def test_conditions_follow_the_criteria_that_take_a_new_id() -> None:
    from ivaudit.content.localising import localised  # noqa: PLC0415 - only here

    name, key = next(
        (known.checklist, known.criterion.id)
        for known in LIBRARY.known.values()
        if known.criterion.applicability is not None
    )
    file = file_of(name)

    def reword(each: Any) -> Any:  # noqa: ANN401 - an entry
        if isinstance(each, Criterion) and each.id == key:
            first = next(iter(LIBRARY.known))
            return replace(each, applicability=Condition(criterion=first, values=("oui",)))
        return each

    domains = tuple(
        replace(d, sections=tuple(replace(s, criteria=tuple(map(reword, s.criteria))) for s in d.sections))
        for d in file.domains
    )
    made = localised(replace(file, id="autre", domains=domains), LIBRARY.known)
    assert made.renamed == {key: f"{key}-local"}


def test_no_code_is_plainer_in_the_workbook_than_its_source_allows() -> None:
    references = [
        (cells[3], cells[5])
        for name in CHECKLISTS
        for cells in rows_of(file_of(name), LIBRARY).references
        if cells[3]
    ]
    assert references
    for code, confidence in references:
        assert code.endswith("(numéro à vérifier)") == (confidence not in {"lu", "cité"})
