"""The two-sheet model: mapped to a checklist that can be used, what is missing and what is lost listed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from ivaudit.content.book_table import MOST_ROWS
from ivaudit.content.examining import Wanted, source_of
from ivaudit.content.library import Library
from ivaudit.content.parsing import parse_bytes
from ivaudit.content.shapes import ChecklistFile
from ivaudit.content.two_sheets import examine, is_one
from ivaudit.domain.checklist import Confidence, Criterion
from ivaudit.domain.checklist_import import Examined
from ivaudit.domain.sheet_problems import Severity
from ivaudit.tables.reading import read_book

CHAPTERS = (
    "code_chapitre", "libelle_chapitre", "code_chapitre_enfant", "libelle_chapitre_enfant",
    "titre_avant", "texte_avant", "texte_apres", "plan_action", "ordre_chapitre",
)  # fmt: skip
QUESTIONS = (
    "code_question", "ordre_question", "code_chapitre", "texte_avant", "libelle_question", "unite_reponse",
    "format_reponse", "items_reponse", "colorer_reponse", "infobulle_question", "ponderation_categories",
    "ponderation_chapitre",
)  # fmt: skip
YES_NO = "1::Oui\n0.5::Partiel\n0::Non"
SCALE = "0::Jamais\n1::Parfois\n2::Souvent\n3::Toujours\n-1::Non concerné"
LIBRARY = Library.find()


def chapter(**cells: object) -> list[object]:
    return [cells.get(key) for key in CHAPTERS]


def question(**cells: object) -> list[object]:
    usual = {"format_reponse": "radio", "items_reponse": YES_NO, "ponderation_chapitre": 1}
    return [{**usual, **cells}.get(key) for key in QUESTIONS]


DEFAULT_CHAPTERS = [
    chapter(code_chapitre="C1", libelle_chapitre="Gouvernance"),
    chapter(
        code_chapitre="C1",
        code_chapitre_enfant="C1.1",
        libelle_chapitre_enfant="Référent",
        plan_action="1::Nommer un référent.",
    ),
    chapter(code_chapitre="C2", libelle_chapitre="Accueil"),
]


@pytest.fixture
def looked_at(tmp_path: Path) -> Callable[..., Examined]:
    """Return a function: what is said of a workbook of these questions."""

    def look(*questions: list[object], chapters: list[list[object]] | None = None) -> Examined:
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.title = "chapitres"
        for row in (list(CHAPTERS), *(chapters or DEFAULT_CHAPTERS)):
            sheet.append(row)
        other = book.create_sheet("Questions")
        for row in (list(QUESTIONS), *questions):
            other.append(row)
        path = tmp_path / "modele.xlsx"
        book.save(path)
        cells = read_book(path)
        assert is_one(cells)
        return examine(cells, LIBRARY, Wanted(id="socle"))

    return look


def file_of(found: Examined) -> ChecklistFile:
    assert found.ready, [str(problem) for problem in found.problems]
    file = parse_bytes(source_of("socle"), found.files[-1].text.encode()).value
    assert isinstance(file, ChecklistFile)
    return file


def warnings(found: Examined) -> str:
    return "\n".join(str(each) for each in found.problems if each.severity is Severity.WARNING)


def errors(found: Examined) -> str:
    return "\n".join(str(each) for each in found.problems if each.severity is Severity.ERROR)


def test_chapters_become_domains_and_sections_in_their_order(looked_at: Callable[..., Examined]) -> None:
    found = looked_at(
        question(
            code_question="Q3",
            ordre_question=3,
            code_chapitre="C2",
            libelle_question="Le nom est-il demandé ?",
        ),
        question(
            code_question="Q1",
            ordre_question=2,
            code_chapitre="C1.1",
            libelle_question="Le référent est-il nommé ?",
        ),
        question(
            code_question="Q0",
            ordre_question=1,
            code_chapitre="C1",
            libelle_question="La charte est-elle écrite ?",
        ),
    )
    file = file_of(found)
    titles = [(domain.title, [section.title for section in domain.sections]) for domain in file.domains]
    assert titles == [("Gouvernance", ["Gouvernance", "Référent"]), ("Accueil", ["Accueil"])]
    criteria = [
        each for d in file.domains for s in d.sections for each in s.criteria if isinstance(each, Criterion)
    ]
    assert [each.id for each in criteria] == ["socle-q0", "socle-q1", "socle-q3"]
    assert {each.references[0].confidence for each in criteria} == {Confidence.TO_CHECK}
    assert criteria[0].scale is None, "Oui, Partiel, Non are those of our own scale"
    assert {each.why for each in criteria} == {"À compléter."}
    assert "Critères" not in warnings(found)
    assert warnings(found).count("à compléter : pourquoi") == 3


def test_a_library_takes_the_result_as_it_is(looked_at: Callable[..., Examined], tmp_path: Path) -> None:
    found = looked_at(
        question(
            code_question="Q1", code_chapitre="C1.1", libelle_question="Est-ce fait ?", items_reponse=SCALE
        )
    )
    for each in found.files:
        path = tmp_path / "contenu" / each.place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(each.text, encoding="utf-8")
    library = Library.find(tmp_path / "contenu")
    assert library.refused() == ()
    checklist = library.checklist("socle")
    (point,) = checklist.points()
    scale = checklist.scale_of(point.criterion)
    assert [(value.id, value.percent, value.to_improve) for value in scale.values] == [
        ("jamais", 0, True),
        ("parfois", 33, True),
        ("souvent", 67, False),
        ("toujours", 100, False),
        ("non-concerne", None, False),
        ("non_vu", None, False),
        ("a_verifier", None, False),
    ], "the action plan of the chapter is asked up to the value 1"
    assert point.criterion.recommendation == "Nommer un référent."
    assert point.criterion.na.value == "motif"


def test_weights_stay_in_proportion_and_whole(looked_at: Callable[..., Examined]) -> None:
    found = looked_at(
        question(code_question="Q1", code_chapitre="C2", libelle_question="Un ?", ponderation_chapitre="0,5"),
        question(code_question="Q2", code_chapitre="C2", libelle_question="Deux ?", ponderation_chapitre=3),
    )
    criteria = file_of(found).domains[0].sections[0].criteria
    assert [(each.weight, bool(each.weight_reason)) for each in criteria] == [(1, False), (6, True)]
    assert "multipliées par 2" in " ".join(found.notes)


def test_what_has_no_equivalent_is_listed(looked_at: Callable[..., Examined]) -> None:
    found = looked_at(
        question(
            code_question="Q1",
            code_chapitre="C2",
            libelle_question="Le nom est demandé",
            colorer_reponse=-1,
            unite_reponse="%",
            ponderation_categories="SI::2",
        ),
        question(code_question="Q2", code_chapitre="C2", libelle_question="Un ?", format_reponse="criticite"),
        question(code_question="Q3", code_chapitre="C2", libelle_question="Deux ?", format_reponse="texte"),
        chapters=[chapter(code_chapitre="C2", libelle_chapitre="Accueil", texte_avant="Bonjour")],
    )
    said = warnings(found)
    assert "occurrence × impact" in said
    assert "texte libre" in said
    assert "couleurs inversées" in said
    assert "pondération par catégorie : non reprise" in said
    assert "unité : non reprise" in said
    assert "texte de chapitre non repris" in said
    assert "« est-ce le cas ? » est ajouté" in said
    (criterion,) = file_of(found).domains[0].sections[0].criteria
    assert isinstance(criterion, Criterion)
    assert criterion.question == "Le nom est demandé : est-ce le cas ?"


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"code_chapitre": "C9"}, "« C9 » n'est pas dans la feuille chapitres"),
        ({"code_chapitre": None}, "à remplir"),
        ({"items_reponse": "oui"}, "« valeur::libellé » attendu"),
        ({"items_reponse": None}, "aucune réponse proposée"),
        ({"items_reponse": "1::Oui"}, "deux réponses de valeurs différentes"),
        ({"items_reponse": "1::Oui\n0::oui"}, "même libellé"),
        ({"items_reponse": "1e9999999::Oui\n0::Non"}, "« valeur::libellé » attendu"),
        ({"ponderation_chapitre": "lourd"}, "un nombre attendu, « lourd » trouvé"),
        ({"libelle_question": "mot " * 80 + "?"}, "220 caractères au plus"),
        ({"libelle_question": None}, "à remplir"),
    ],
)
def test_every_error_is_told_at_its_cell(
    looked_at: Callable[..., Examined], cells: dict[str, object], words: str
) -> None:
    usual = {"code_question": "Q1", "code_chapitre": "C2", "libelle_question": "Est-ce fait ?"}
    found = looked_at(question(**{**usual, **cells}))
    assert not found.ready
    assert words in errors(found)
    assert errors(found).startswith("Questions!")


def test_two_questions_of_the_same_code_are_refused(looked_at: Callable[..., Examined]) -> None:
    row = question(code_question="Q1", code_chapitre="C2", libelle_question="Est-ce fait ?")
    found = looked_at(row, row)
    assert not found.ready
    assert "plusieurs fois" in errors(found)


def test_a_missing_column_is_told(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].title = "chapitres"
    book.worksheets[0].append(["code_chapitre", "libelle_chapitre"])
    book.create_sheet("questions").append(["code_question", "code_chapitre", "libelle_question"])
    book.save(tmp_path / "a.xlsx")
    found = examine(read_book(tmp_path / "a.xlsx"), LIBRARY, Wanted())
    assert [str(each) for each in found.problems] == ["questions : la colonne « items_reponse » manque"]


def test_more_questions_than_anybody_asks_are_one_problem(looked_at: Callable[..., Examined]) -> None:
    rows = [question(code_question=f"Q{rank}", code_chapitre="C1") for rank in range(MOST_ROWS + 1)]
    (problem,) = looked_at(*rows).problems
    assert (problem.sheet, problem.message) == (
        "Questions",
        "2\u00a0501 lignes remplies, 2\u00a0500 au plus sont lues",
    )


def test_there_are_only_so_many_kinds_of_answers(looked_at: Callable[..., Examined]) -> None:
    rows = [
        question(
            code_question=f"Q{rank}",
            code_chapitre="C1",
            libelle_question="Un référent est nommé",
            items_reponse=f"0::Jamais\n1::{rank} fois",
        )
        for rank in range(50)
    ]
    found = looked_at(*rows)
    assert not found.ready
    assert sum("40 jeux de réponses" in each.message for each in found.problems) == 1


def test_a_long_text_is_not_quoted_whole(looked_at: Callable[..., Examined]) -> None:
    found = looked_at(question(code_question="Q1", code_chapitre="z" * 20_000, libelle_question="Un fait"))
    assert max(len(each.message) for each in found.problems) == 400
