"""The completed table that comes back: rows put back with their rules, each problem at its cell."""

from datetime import date

import pytest

from ivaudit.domain.errors import UnreadableFile
from ivaudit.exchange import codes
from ivaudit.tables.reading import BookCells, SheetCells

RULES = frozenset({"r1-un", "r1-deux"})
TODAY = date(2026, 11, 22)
HEAD = (
    "Rang",
    "Identifiant",
    "Code relevé",
    "Édition relevée",
    "Vérifié par (fonction)",
    "Date du relevé",
    "Remarque",
)
GOOD = ("1", "r1-un", "exi si 04", "v2.0", "référent", "2026-11-20", "page 11")


def _book(*rows: tuple[str, ...], name: str = "RNIV 1") -> BookCells:
    return BookCells(sheets=(SheetCells(name=name, rows=rows),))


def _read(*rows: tuple[str, ...]) -> codes.ReadCodes:
    return codes.read(_book(("Titre",), HEAD, *rows), RULES, TODAY)


def test_a_complete_row_gives_a_code() -> None:
    (found,) = _read(GOOD).codes
    assert (found.rule, found.code, found.edition, found.date) == ("r1-un", "EXI SI 04", "2.0", "2026-11-20")
    assert (found.verified_by, found.note) == ("référent", "page 11")


def test_what_is_left_empty_is_left_aside() -> None:
    remark = ("2", "r1-deux", "", "", "", "", "introuvable")
    read = _read(("1", "r1-un"), remark, ())
    assert read == codes.ReadCodes(codes=(), problems=())


def test_what_is_written_above_holds_for_the_sheet() -> None:
    above = (
        ("Édition relevée pour toute la feuille", "", "", "", "2"),
        ("Vérifié par (fonction) pour toute la feuille", "", "", "", "référent régional"),
        ("Date du relevé pour toute la feuille", "", "", "", "20/11/2026"),
    )
    rows = (("1", "r1-un", "EXI SI 04"), ("2", "r1-deux", "EXI PP 15", "1.x", "", "", ""))
    read = codes.read(_book(*above, (), HEAD, *rows), RULES, TODAY)
    assert read.problems == ()
    assert [(each.edition, each.verified_by, each.date) for each in read.codes] == [
        ("2.0", "référent régional", "2026-11-20"),
        ("1.x", "référent régional", "2026-11-20"),
    ]


def test_what_is_wrong_above_is_told_once_where_it_is_written() -> None:
    above = (("Édition relevée pour toute la feuille", "", "", "", "décembre"),)
    rows = (("1", "r1-un", "EXI SI 04", "", *GOOD[4:]), ("2", "r1-deux", "EXI PP 15", "", *GOOD[4:]))
    (problem,) = codes.read(_book(*above, (), HEAD, *rows), RULES, TODAY).problems
    assert (problem.row, problem.column) == (1, "E")


def test_columns_may_be_moved_and_the_sheet_renamed() -> None:
    moved = (
        "code RELEVÉ",
        "Remarque",
        "identifiant",
        "Date du releve",
        "Vérifié par (fonction)",
        "Édition relevée",
    )
    row = ("EXI SI 04", "", "r1-un", "2026-11-20", "référent", "2.0")
    assert len(codes.read(_book(moved, row, name="autre"), RULES, TODAY).codes) == 1


@pytest.mark.parametrize(
    ("at", "text", "place", "words"),
    [
        (1, "r1-trois", "RNIV 1!B3", "règle « r1-trois » inconnue"),
        (1, "", "RNIV 1!B3", "l'identifiant de la règle a disparu"),
        (2, "SI 04", "RNIV 1!C3", "« SI 04 » trouvé"),
        (2, "", "RNIV 1!C3", "rien trouvé"),
        (3, "décembre", "RNIV 1!D3", "un numéro d'édition comme « 2.0 » est attendu, « décembre » trouvé"),
        (4, "Mme Durand", "RNIV 1!E3", "pas un nom de personne (« Mme Durand »)"),
        (4, "", "RNIV 1!E3", "la fonction"),
        (5, "demain", "RNIV 1!F3", "« demain » trouvé"),
        (5, "2027-01-01", "RNIV 1!F3", "avenir"),
        (6, "vu par Dr Martin", "RNIV 1!G3", "pas de nom de personne"),
    ],
)
def test_a_problem_says_its_cell_and_refuses_the_row(at: int, text: str, place: str, words: str) -> None:
    row = (*GOOD[:at], text, *GOOD[at + 1 :])
    read = _read(row, ("2", "r1-deux", "EXI PP 15", "2.0", "référent", "2026-11-20", ""))
    (problem,) = read.problems
    assert problem.place == place
    assert words in str(problem)
    assert [each.rule for each in read.codes] == ["r1-deux"]


def test_a_rule_comes_once_in_an_edition() -> None:
    read = _read(GOOD, GOOD)
    assert len(read.codes) == 1
    assert [str(each) for each in read.problems] == [
        "RNIV 1!B4 : Identifiant : cette règle est déjà relevée plus haut pour cette édition"
    ]


def test_a_lost_column_is_told_at_its_rows() -> None:
    without = tuple(title for title in HEAD if title != "Date du relevé")
    read = codes.read(_book(without, ("1", "r1-un", "EXI SI 04", "2.0", "référent", "")), RULES, TODAY)
    assert [(each.place, each.title) for each in read.problems] == [("RNIV 1, ligne 2", "Date du relevé")]


def test_another_workbook_is_refused_in_one_sentence() -> None:
    with pytest.raises(UnreadableFile, match="n'est pas un tableau récapitulatif"):
        codes.read(_book(("Nom", "Prénom"), ("a", "b")), RULES, TODAY)
