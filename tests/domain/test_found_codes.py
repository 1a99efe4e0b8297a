"""Codes found in the volumes: which applies, what is said, what comes in."""

from datetime import date

import pytest
from support.found import code, rule, rules

from ivaudit.domain.codes_import import (
    Column,
    compare,
    plain_code,
    plain_day,
    plain_edition,
    updated,
    wrong,
)
from ivaudit.domain.found_codes import FoundCodes, by_criterion, found_words, in_force

TODAY = date(2026, 11, 22)


def _file(name: str, *codes: object) -> FoundCodes:
    return FoundCodes(id=name, version="1.0.0", title="Codes", codes=tuple(codes))  # type: ignore[arg-type]


def test_the_last_verified_code_of_an_edition_applies() -> None:
    old, new = code(code="EXI SI 03", date="2026-11-01"), code(code="EXI SI 04", date="2026-11-02")
    other = code(edition="1.x", date="2026-01-01")
    assert in_force([_file("b", new, other), _file("a", old)]) == {"r1-si-04": (new, other)}


def test_a_code_says_who_found_it_and_when() -> None:
    words = "RNIV 1 v2.0, code EXI SI 04 relevé par référent régional le 20/11/2026"
    assert found_words(code(), "RNIV 1") == words
    made = rules(rule("r1-si-04", criteria=("a", "b")), rule("autre", rank=2, criteria=("b",)))
    found = {"r1-si-04": (code(),), "autre": (code("autre"),)}
    said = by_criterion(made, found)
    assert {key: [each.words for each in codes] for key, codes in said.items()} == {
        "a": [words],
        "b": [words],
    }


@pytest.mark.parametrize(
    ("given", "plain"),
    [("Exi  SI\u00a004", "EXI SI 04"), (" reco pp 03 ", "RECO PP 03"), ("", "")],
)
def test_a_code_is_written_as_in_the_volumes(given: str, plain: str) -> None:
    assert plain_code(given) == plain


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("v2.0", "2.0"),
        ("2", "2.0"),
        ("2,0", "2.0"),
        ("1.x", "1.x"),
        ("RNIV 1 v2.0", "2.0"),
        ("RNIV 3 - v1", "- v1"),
        ("Version 2.0", "2.0"),
        ("édition 2", "2.0"),
    ],
)
def test_an_edition_is_a_number(given: str, plain: str) -> None:
    assert plain_edition(given) == plain


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("2026-11-22", "2026-11-22"),
        ("2026-11-22 00:00:00", "2026-11-22"),
        ("5/1/2026", "2026-01-05"),
        ("31/02/2026", ""),
        ("hier", ""),
    ],
)
def test_a_day_is_read_as_spreadsheets_and_people_write_it(given: str, plain: str) -> None:
    assert plain_day(given) == plain


@pytest.mark.parametrize(
    ("column", "text", "why"),
    [
        (Column.CODE, "EXI SI 4", "EXI SI 04"),
        (Column.CODE, "SI 04", "EXI SI 04"),
        (Column.CODE, "", "attendu"),
        (Column.EDITION, "décembre", "2.0"),
        (Column.DATE, "", "22/11/2026"),
        (Column.DATE, "2026-11-23", "avenir"),
        (Column.VERIFIED_BY, "", "fonction"),
        (Column.VERIFIED_BY, "Dr Martin", "pas un nom de personne"),
        (Column.VERIFIED_BY, "x" * 81, "80 caractères"),
        (Column.REMARK, "vu avec Mme Durand", "nom de personne"),
        (Column.REMARK, "x" * 501, "500 caractères"),
    ],
)
def test_what_cannot_be_kept_says_why(column: Column, text: str, why: str) -> None:
    assert why in wrong(column, text, TODAY)


@pytest.mark.parametrize(
    ("column", "text"),
    [
        (Column.CODE, "EXI SNH 02"),
        (Column.EDITION, "1.x"),
        (Column.DATE, "2026-11-22"),
        (Column.VERIFIED_BY, "référent en identitovigilance"),
        (Column.REMARK, ""),
    ],
)
def test_what_can_be_kept_is(column: Column, text: str) -> None:
    assert wrong(column, text, TODAY) == ""


def test_a_preview_tells_new_from_changed_known_and_older() -> None:
    known = {"r1-si-04": (code(),)}
    changed = code(code="EXI SI 05", date="2026-11-21")
    older = code(code="EXI SI 06", date="2026-01-01")
    fresh = code("r1-pp-15", code="EXI PP 15")
    preview = compare([changed, fresh], known)
    assert [change.code for change in preview.new] == [fresh]
    assert [(change.code, change.former) for change in preview.changed] == [(changed, code())]
    assert compare([older], known).older == (older,)
    assert compare([code()], known).same == 1
    assert compare([older, code()], known).changes == ()


def test_a_file_is_completed_without_losing_what_it_holds() -> None:
    first = updated(None, [code(), code("r1-pp-15", code="EXI PP 15")])
    second = updated(first, [code(code="EXI SI 05", date="2026-11-21")])
    assert (first.version, second.version) == ("1.0.0", "1.0.1")
    assert [each.code for each in second.codes] == ["EXI SI 05", "EXI PP 15"]
