"""Foreign logs: titles found, columns recognised, blocks filled down, hostile files refused in time."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from support import hostile_books
from support.register import terms

from ivaudit.app.anomaly_words import intake, logs
from ivaudit.app.library import library
from ivaudit.domain.anomalies import FORMS, EntryKind
from ivaudit.domain.errors import InvalidValue, UnreadableFile
from ivaudit.domain.log_fields import day_in, log_words, references_in, time_in
from ivaudit.domain.log_names import NameFinder, names_by_content, without_words
from ivaudit.domain.log_titles import known_titles, names_somebody, proposed
from ivaudit.exchange import log_files
from ivaudit.exchange.logs import Knowledge, find

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    content = library()
    words = log_words(terms(), {kind: content.form(FORMS[kind]) for kind in EntryKind}, {})
    return Knowledge(words=words, tables=logs(content), intake=intake(content))


@pytest.mark.parametrize(
    ("title", "target"),
    [
        ("N°", "number"),
        ("Date de découverte", "found"),
        ("DATE", "found"),
        ("Type d'anomalie", "type"),
        ("Typologie de l’anomalie", "type"),
        ("Service / UF", "unit"),
        ("Descriptif des faits", "description"),
        ("Action corrective", "measures"),
        ("Date de clôture", "ended"),
        ("Etat d'avancement", "state"),
        ("IPP conservé", "reference/maître/IPP"),
        ("IPP à fusionner", "reference/doublon/IPP"),
        ("N° IPP", "reference/concerné/IPP"),
        ("Gravitée", "severity"),
        ("Couleur préférée", None),
    ],
)
def test_titles_are_matched_whatever_their_accents_and_capitals(
    knowledge: Knowledge, title: str, target: str | None
) -> None:
    known = known_titles(knowledge.intake, knowledge.tables, knowledge.words)
    assert proposed([title], known, {}, ()).get(0) == target


@pytest.mark.parametrize(
    "title", ["NOM", "Prénom", "Né(e) le", "DDN", "Nom du patient", "N° Sécu", "INS", "Usager", "Tél."]
)
def test_titles_that_name_somebody(knowledge: Knowledge, title: str) -> None:
    assert names_somebody(title, knowledge.intake.nominative, numbers=False)


@pytest.mark.parametrize(
    "title",
    [
        "Nom du logiciel",
        "Statut de l'identité",
        "Appel INSi",
        "Type d'anomalie",
        "Conséquence pour le patient",
    ],
)
def test_titles_that_name_nobody(knowledge: Knowledge, title: str) -> None:
    assert not names_somebody(title, knowledge.intake.nominative, numbers=False)


@pytest.mark.parametrize(
    ("cells", "whom"),
    [
        (["DURAND Marie", "LEROY Paul", "PETIT Anne"], "noms de personnes"),
        (["M. Dupont", "Mme Roux"], "noms de personnes"),
        (["1 39 07 64 445 123 08", "vide", ""], "matricules"),
        (["12/03/1941", "04/07/1939", "30/09/1962"], "dates de naissance"),
        (["SERVICE Accueil", "Unité Lilas", "UNITÉ Rose"], ""),
        (["Doublon", "Collision", "Doublon"], ""),
        (["03/02/2026", "04/02/2026"], ""),
        (["8000001", "8000002"], ""),
        (["Nom de naissance", "Nom de naissance", "Sexe"], ""),
    ],
)
def test_columns_that_name_somebody_by_what_they_hold(
    knowledge: Knowledge, cells: list[str], whom: str
) -> None:
    finder = NameFinder(knowledge.intake)
    assert names_by_content(cells, finder, TODAY, known=False) == whom


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("46056", "2026-02-03"),
        ("46056.5", "2026-02-03"),
        ("3/2/26", "2026-02-03"),
        ("2026-02-03 00:00:00", "2026-02-03"),
        ("1er mars 2026", "2026-03-01"),
        ("03.02.2026 14h30", "2026-02-03"),
    ],
)
def test_days_as_people_and_spreadsheets_write_them(text: str, day: str) -> None:
    assert day_in(text) == day


@pytest.mark.parametrize("text", ["février 2026", "31/02/2026", "hier", "12/2026", "123"])
def test_what_is_no_day_is_said(text: str) -> None:
    with pytest.raises(InvalidValue):
        day_in(text)


def test_times() -> None:
    assert [time_in(text) for text in ("9h05", "14:30", "8 h", "0.5")] == ["09:05", "14:30", "08:00", "12:00"]


def test_references_by_role_and_nature(knowledge: Knowledge) -> None:
    text = "Dossier maître : IPP 8000001 ; doublon : N° de DUI AB 12\n77"
    assert [tuple(each.values()) for each in references_in(knowledge.words, text)] == [
        ("maître", "IPP", "8000001"),
        ("doublon", "n° DUI", "AB 12"),
        ("concerné", "n° de dossier", "77"),
    ]


def test_words_are_taken_out_whole() -> None:
    assert (
        without_words("Mme Roux, rousse, a vu ROUX", ["Roux"])
        == "Mme [nom masqué], rousse, a vu [nom masqué]"
    )


def test_titles_over_two_rows_and_blocks_over_several(tmp_path: Path, knowledge: Knowledge) -> None:
    book = Workbook()
    sheet: Any = book.active
    for row in (
        ("Journal",),
        ("Date", "Type", "IPP", None, "Commentaire"),
        (None, None, "maître", "doublon", None),
        ("03/02/2026", "Doublon", 1001, 1002, "a"),
        (None, "Doublon", 1003, 1004, "b"),
    ):
        sheet.append(row)
    sheet.merge_cells("C2:D2")
    sheet.merge_cells("A4:A5")
    path = tmp_path / "a.xlsx"
    book.save(path)
    read, what = log_files.read(path)
    found = find(read, knowledge, TODAY, {})
    assert (what, found.look.head, found.first) == (log_files.LogFile.BOOK, 2, 4)
    assert [each.target for each in found.look.columns] == [
        "found", "type", "reference/maître/IPP", "reference/doublon/IPP", "description",
    ]  # fmt: skip
    assert found.sheet.at(5, 1) == "03/02/2026"


@pytest.mark.parametrize(
    "make",
    [
        hostile_books.last_cell,
        hostile_books.huge_cell,
        hostile_books.billion_laughs,
        hostile_books.external_entity,
        hostile_books.macros,
        hostile_books.encrypted,
        hostile_books.truncated,
        hostile_books.many_members,
        hostile_books.noise,
    ],
    ids=lambda make: make.__name__,
)
def test_hostile_workbooks_are_refused_or_hold_no_log(
    make: Callable[[Path], Path], tmp_path: Path, knowledge: Knowledge
) -> None:
    with pytest.raises(UnreadableFile, match=r"modifié|ouvert"):
        find(log_files.read(make(tmp_path / "a.xlsx"))[0], knowledge, TODAY, {})
