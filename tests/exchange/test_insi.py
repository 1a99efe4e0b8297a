"""Monthly INSi files as they arrive: the rows by hand, and the list of what is refused."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from support.insi import TITLES, A, B, C, E, row, text

from ivaudit.domain.errors import UnreadableFile
from ivaudit.domain.insi import Channel, UsageFile
from ivaudit.domain.sheet_problems import Severity
from ivaudit.exchange import insi, insi_lists
from ivaudit.tables.foreign import read_table


def _read(path: Path) -> UsageFile:
    return insi.read(read_table(path), path.name, "00")


def _csv(folder: Path, content: str, name: str = "usage.csv") -> UsageFile:
    path = folder / name
    path.write_text(content, encoding="cp1252", newline="")
    return _read(path)


def _kept(file: UsageFile) -> list[tuple[object, ...]]:
    return [(row.month, row.finess, *row.figures) for row in file.rows]


def _said(file: UsageFile, severity: Severity) -> list[tuple[str, str]]:
    return [(each.place, each.message.split(" : ")[0]) for each in file.problems if each.severity is severity]


def test_a_nasty_text_gives_the_right_rows_and_a_clear_reject_list(tmp_path: Path) -> None:
    titles = (*TITLES[:5], "Observations", *TITLES[5:])
    rows = [
        ["202609", "25 - DOUBS", A, "EHPAD A", "500", "vu", "1\u00a0234", "1 200", "34", "20"],
        ["2026-09", "01 - AIN", "10000011", "EHPAD E", "500", "", "5", "5", "0", "nc"],
        ["09/2026", "25", B, "EHPAD B", "500", "", "nc", "", "", ""],
        ["202609", "39", C, "EHPAD C", "500", "", "10", "4", "5", "3"],
        ["202609", "25 - DOUBS", A, "EHPAD A", "500", "", "1234", "1200", "34", "20"],
        ["202609", "39", "2,5E+08", "Perdu", "500", "", "1", "1", "0", "1"],
        ["202613", "39", C, "EHPAD C", "500", "", "1", "1", "0", "1"],
        ["202608", "39", C, "EHPAD C", "500", "", "douze", "1", "-2", "1"],
        ["202608", "39", B, "EHPAD B", "500", "", "7", "7", "0", "1"],
        ["202608", "39", B, "EHPAD B", "500", "", "8", "8", "0", "1"],
        ["Total 39", "", "", "", "", "", "99", "", "", ""],
        ["", "", "", "Sous-total", "", "", "99", "", "", ""],
        ["", "", "", "", "", "", "", "", "", ""],
    ]
    content = "Usage d'INSi par certificat de personne morale;;;\r\n;;\r\n" + text(rows, titles=titles)
    file = _csv(tmp_path, content)
    assert file.channel is Channel.CERTIFICATE
    assert file.ignored == ("Observations",)
    assert (file.repeated, file.subtotals, file.rejected) == (1, 2, 5)
    assert _kept(file) == [
        ("2026-09", A, 1234, 1200, 34, 20),
        ("2026-09", E, 5, 5, 0, None),
        ("2026-09", B, None, None, None, None),
        ("2026-09", C, 10, 4, 5, 3),
    ]
    assert _said(file, Severity.ERROR) == [
        ("fichier!C9", "numéro FINESS en notation scientifique"),
        ("fichier!A10", "mois hors du calendrier"),
        ("fichier!G11", "nombre entier attendu"),
        ("fichier!I11", "nombre négatif"),
        ("fichier, ligne 12", f"chiffres différents pour {B} en 2026-08, lignes 12 et 13"),
        ("fichier, ligne 13", f"chiffres différents pour {B} en 2026-08, lignes 12 et 13"),
    ]
    assert _said(file, Severity.WARNING) == [
        ("fichier!C5", "zéro de tête remis devant le numéro FINESS"),
        ("fichier!G7", "10 sollicitations, alors que récupération et vérification en font 9"),
        ("fichier, ligne 8", "même ligne que la ligne 4"),
    ]
    assert {each.title for each in file.problems if each.column == "I"} == {TITLES[7]}


def test_a_workbook_whose_months_are_days_and_numbers_lost_their_zero(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Cartes CPx"
    sheet.append(["Suivi régional"])
    sheet.append(["MOIS", "N° Finess", "DEPARTEMENTS", "structures", *(each.upper() for each in TITLES[5:])])
    sheet.append([date(2026, 9, 1), 10000011, "01 - AIN", "EHPAD\u00a0E", 3, 2, 1, 2])
    sheet.append([202608, 250000015, "25 - DOUBS", "EHPAD A", 7, 7, 0, 5])
    other = book.create_sheet("Cachée")
    other.append(["Mois", "FINESS", "Appels"])
    other.append([202601, A, 1])
    other.sheet_state = "hidden"
    path = tmp_path / "usage.xlsx"
    book.save(path)
    file = _read(path)
    assert file.channel is Channel.CARD
    assert _kept(file) == [("2026-09", E, 3, 2, 1, 2), ("2026-08", A, 7, 7, 0, 5)]
    assert (file.rows[0].name, file.months) == ("EHPAD E", ("2026-08", "2026-09"))


def test_a_third_row_of_a_contradiction_is_refused_too(tmp_path: Path) -> None:
    rows = [row("202609", A, each, each, 0) for each in (1, 2, 1)]
    file = _csv(tmp_path, text(rows))
    assert (file.rows, file.rejected, file.repeated) == ((), 3, 0)


@pytest.mark.parametrize(
    ("name", "channel"),
    [
        ("2026-09 certificats.csv", Channel.CERTIFICATE),
        ("INSI_CPx_202609.csv", Channel.CARD),
        ("appels carte CPS.csv", Channel.CARD),
        ("certificat et CPx.csv", None),
        ("usage.csv", None),
    ],
)
def test_the_name_tells_certificate_from_card_or_nothing(
    tmp_path: Path, name: str, channel: Channel | None
) -> None:
    assert _csv(tmp_path, text([row("202609", A, 1, 1, 0)]), name).channel is channel


def test_without_the_total_it_is_what_it_is_made_of(tmp_path: Path) -> None:
    titles = [each for each in TITLES if each != TITLES[5]]
    content = ";".join(titles) + f"\r\n202609;25;{A};EHPAD A;500;4;3;2\r\n"
    assert _kept(_csv(tmp_path, content)) == [("2026-09", A, 7, 4, 3, 2)]


def test_another_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="n'est pas un fichier d'usage INSi"):
        _csv(tmp_path, "Nom;Prénom\r\nx;y\r\n")
    book = Workbook()
    for sheet, name in ((book.worksheets[0], "Certificat"), (book.create_sheet(), "CPx")):
        sheet.title = name
        sheet.append(["Mois", "FINESS", "Appels"])
        sheet.append([202609, A, 1])
    book.save(tmp_path / "deux.xlsx")
    with pytest.raises(UnreadableFile, match="sur deux feuilles"):
        _read(tmp_path / "deux.xlsx")


def test_a_list_of_structures(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(
        "FINESS EJ;N° FINESS;Raison sociale;Département;Catégorie;Date d'ouverture;Fermeture\n"
        f"{D_EJ};10000011;EHPAD E;01;500;01/03/2026;\n{D_EJ};{A};EHPAD A;25;500;;31/08/2026\n"
        f"{D_EJ};{A};encore;25;500;;\n{D_EJ};12;court;25;500;;\n{D_EJ};{B};EHPAD B;25;500;jadis;\n",
        encoding="utf-8",
    )
    found = insi_lists.read_expected(read_table(path))
    assert [(each.finess, each.name, each.opened, each.closed) for each in found.structures] == [
        (E, "EHPAD E", "2026-03-01", ""),
        (A, "EHPAD A", "", "2026-08-31"),
    ]
    assert [each.place for each in found.problems] == ["fichier!B4", "fichier!B5", "fichier!F6"]
    assert found.ignored == ("FINESS EJ",)


D_EJ = "250000999"


def test_declared_rates(tmp_path: Path) -> None:
    path = tmp_path / "taux.csv"
    path.write_text(
        "N° FINESS;Mois;Identités qualifiées;File active;Taux;Date du relevé;Définition\n"
        f"{A};202609;70;80;;30/09/2026;Résidents présents\n{B};09/2026;;;87,5 %;;\n{C};202609;90;80;;;\n"
        f"{C};202609;;;;;\n{A};202608;;;130;;\n{B};09/2026;;;80;;\n",
        encoding="utf-8",
    )
    found = insi_lists.read_rates(read_table(path))
    assert [(each.finess, each.month, each.share) for each in found.rates] == [
        (A, "2026-09", 875),
        (B, "2026-09", 875),
    ]
    assert found.rates[0].definition == "Résidents présents"
    assert [each.row for each in found.problems] == [4, 5, 6, 7]


def test_an_identity_in_a_definition_is_masked(tmp_path: Path) -> None:
    path = tmp_path / "taux.csv"
    path.write_text(f"FINESS;Mois;Taux;Définition\n{A};202609;90;vu avec Mme Martin\n", encoding="utf-8")
    found = insi_lists.read_rates(read_table(path))
    assert "Martin" not in found.rates[0].definition
    assert "identité" in found.problems[0].message


@pytest.mark.parametrize(
    ("said", "share"),
    [("87,5 %", 875), ("87.5", 875), ("0,875", 875), ("100", 1000), ("1", 10), ("0", 0), ("", None)],
)
def test_a_rate_however_it_is_written(said: str, share: int | None) -> None:
    assert insi_lists.share_in(said) == share
