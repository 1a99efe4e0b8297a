"""The published files of the directory: both formats, the encodings they are met in, what is refused."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from support.directories import (
    BASTIA,
    BOURG,
    HEADER,
    LAVAL,
    OWNER,
    entity,
    etalab,
    finess_plus,
    line,
    number,
    site,
)

from ivaudit.domain.directory import DirectoryFormat, Entry, EntryKind
from ivaudit.domain.errors import KnownError, NotFound, UnreadableFile
from ivaudit.exchange import directory, directory_finess_plus, directory_source
from ivaudit.exchange.directory import DirectorySource


def read(path: Path) -> tuple[DirectorySource, list[Entry]]:
    source = directory.open_source(path)
    return source, list(source.entries())


# -- etalab


def test_a_line_of_etalab_gives_what_is_needed_and_nothing_else(tmp_path: Path) -> None:
    path = etalab(
        tmp_path / "x.csv", [line(long_name="EHPAD RESIDENCE LES PINS", place="53013 LAVAL CEDEX 9")]
    )
    source, (entry,) = read(path)
    assert (source.format, source.date) == (DirectoryFormat.ETALAB, "2026-05-04")
    assert entry == Entry(
        kind=EntryKind.ET,
        finess=LAVAL,
        ej=OWNER,
        name="EHPAD LES PINS",
        long_name="EHPAD RESIDENCE LES PINS",
        category="500",
        category_label="Etablissement d'hébergement pour personnes âgées dépendantes",
        department="53",
        department_label="MAYENNE",
        city="LAVAL",
        postcode="53013",
        phone="0243000000",
        opened="1979-02-13",
    )


@pytest.mark.parametrize(
    ("encoding", "name", "shown"),
    [
        ("utf-8", "L'ÉTÉ œuvré", "L'ÉTÉ œuvré"),
        ("utf-8-sig", "L'ÉTÉ œuvré", "L'ÉTÉ œuvré"),
        ("cp1252", "L'ÉTÉ œuvré", "L'ÉTÉ œuvré"),
        ("latin-1", "L'ÉTÉ \x81", "L'ÉTÉ [U+0081]"),
    ],
)
def test_every_usual_encoding_is_told_from_the_bytes(
    tmp_path: Path, encoding: str, name: str, shown: str
) -> None:
    _, (entry,) = read(etalab(tmp_path / "x.csv", [line(name=name)], encoding=encoding))
    assert entry.name == shown


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ('EHPAD ""LES PINS""', 'EHPAD "LES PINS"'),
        ('"EHPAD ""LES PINS"""', 'EHPAD "LES PINS"'),
        ('"EHPAD ; LES PINS"', "EHPAD ; LES PINS"),
        ('"EHPAD LES PINS', "EHPAD LES PINS"),
        ('EHPAD "LES PINS', 'EHPAD "LES PINS'),
    ],
)
def test_quotes_are_read_as_they_come_and_never_swallow_a_line(
    tmp_path: Path, written: str, read_as: str
) -> None:
    _, entries = read(etalab(tmp_path / "x.csv", [line(name=written), line(BOURG)]))
    assert [each.name for each in entries] == [read_as, "EHPAD LES PINS"]


def test_what_a_spreadsheet_lost_is_given_back(tmp_path: Path) -> None:
    spoilt = line(
        BOURG.lstrip("0"), ej=BOURG.lstrip("0"), department="1", place="1000 BOURG", phone="474000000"
    )
    _, (entry,) = read(etalab(tmp_path / "x.csv", [spoilt]))
    assert (entry.finess, entry.ej, entry.department) == (BOURG, BOURG, "01")
    assert (entry.postcode, entry.phone) == ("01000", "0474000000")


def test_corsica_and_overseas_have_the_codes_that_people_use(tmp_path: Path) -> None:
    overseas = number("97000001")
    lines = [line(BASTIA, department="2B"), line(overseas, department="9D", place="97400 SAINT DENIS")]
    _, entries = read(etalab(tmp_path / "x.csv", lines))
    assert [(each.finess, each.department) for each in entries] == [(BASTIA, "2B"), (overseas, "974")]


def test_places_on_the_map_are_passed_over(tmp_path: Path) -> None:
    _, entries = read(etalab(tmp_path / "x.csv", [line(), f"geolocalisation;{LAVAL};1.0;2.0;BAN;2020-01-01"]))
    assert len(entries) == 1


def test_a_line_that_cannot_be_one_is_left_out_and_said(tmp_path: Path) -> None:
    lines = [line(), "structureet;530000099;x", line("PAS UN NUMERO"), line(BOURG)]
    source, entries = read(etalab(tmp_path / "x.csv", lines))
    assert [each.finess for each in entries] == [LAVAL, BOURG]
    assert source.rejected == 2
    assert source.problems == [
        "ligne 3 : 3 champs au lieu de 32 ; elle est laissée de côté.",
        "ligne 4 : le numéro FINESS ET n'a pas la forme attendue ; elle est laissée de côté.",
    ]


@pytest.mark.parametrize(
    ("header", "name", "date"),
    [
        ("finess;etalab;75;20260504", "x.csv", "2026-05-04"),
        ("finess;etalab;75;04/05/2026", "x.csv", "2026-05-04"),
        ("finess;etalab;75;", "etalab-cs1100502-stock-20260504-0334.csv", "2026-05-04"),
        ("", "etalab-cs1100502-stock-20260504-0334.csv", "2026-05-04"),
        ("finess;etalab;75;", "annuaire.csv", ""),
    ],
)
def test_the_date_comes_from_the_first_line_or_from_the_name(
    tmp_path: Path, header: str, name: str, date: str
) -> None:
    source, entries = read(etalab(tmp_path / name, [line()], header=header))
    assert (source.date, len(entries)) == (date, 1)


def test_another_separator_is_read_too(tmp_path: Path) -> None:
    path = etalab(tmp_path / "x.csv", [line().replace(";", ",")], header=HEADER.replace(";", ","))
    assert [each.city for each in read(path)[1]] == ["LAVAL"]


# -- FINESS+


def test_an_entity_and_its_sites_are_two_kinds_of_number(tmp_path: Path) -> None:
    path = finess_plus(tmp_path / "x.json", [entity(sites=[site()])])
    source, (owner, home) = read(path)
    assert (source.format, source.date) == (DirectoryFormat.FINESS_PLUS, "2026-06-01")
    assert (owner.kind, owner.finess, owner.ej) == (EntryKind.EJ, OWNER, OWNER)
    assert (owner.name, owner.long_name) == ("ASSOCIATION DU LAC", "ASSOCIATION DU LAC")
    assert home == Entry(
        kind=EntryKind.ET,
        finess=LAVAL,
        ej=OWNER,
        name="EHPAD LES PINS",
        category="500",
        department="53",
        city="LAVAL",
        postcode="53000",
        phone="0243000000",
        opened="1979-02-13",
    )


@pytest.mark.parametrize(
    ("more", "closed", "day"),
    [
        ({"closed": "2019-03-03"}, True, "2019-03-03"),
        ({"closed": "2999-01-01"}, False, "2999-01-01"),
        ({"state": "I"}, True, ""),
        ({}, False, ""),
    ],
)
def test_what_is_closed_says_so(tmp_path: Path, more: dict[str, str], closed: bool, day: str) -> None:
    _, (_, home) = read(finess_plus(tmp_path / "x.json", [entity(sites=[site(**more)])]))
    assert (home.closed, home.closed_on) == (closed, day)


def test_numbers_written_as_numbers_keep_their_digits(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(
        json.dumps(
            {"pmej": [{"informationsGeneralesPMEJ": {"numFinessPm": int(BOURG), "denominationPm": "A"}}]}
        ),
        encoding="utf-8",
    )
    assert [each.finess for each in read(path)[1]] == [BOURG]


def test_wrong_types_are_left_empty_and_wrong_entities_left_out(tmp_path: Path) -> None:
    odd = entity(OWNER, sites=[site()])
    odd["adresse"], odd["contact"], odd["etatObjet"] = "rue des Lilas", {"telecom": 1}, ["A"]
    odd["ege"] = [{"informationsGeneralesEGE": "rien"}, 7, site(), None]
    path = finess_plus(tmp_path / "x.json", [odd, "rien", {"ege": {"a": 1}}])  # type: ignore[list-item]
    source, entries = read(path)
    assert [(each.kind.value, each.finess, each.city) for each in entries] == [
        ("EJ", OWNER, ""),
        ("ET", LAVAL, "LAVAL"),
    ]
    assert source.rejected == 5
    assert "établissement n° 1 de l'entité n° 1" in source.problems[0]


# -- what is refused


def _deep(path: Path) -> None:
    path.write_text('{"pmej": [' + "[" * 200_000, encoding="utf-8")


def _cut(path: Path) -> None:
    whole = finess_plus(path, [entity(sites=[site()])]).read_text(encoding="utf-8")
    path.write_text(whole[:-40], encoding="utf-8")


def _huge(path: Path) -> None:
    path.write_text('{"pmej": [{"a": "' + "x" * 3_000_000, encoding="utf-8")


HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty": (lambda path: path.write_bytes(b"  \n"), "vide"),
    "zip": (lambda path: path.write_bytes(b"PK\x03\x04rien"), "compressé (zip)"),
    "gzip": (lambda path: path.write_bytes(b"\x1f\x8b\x08rien"), "compressé (gzip)"),
    "text": (lambda path: path.write_bytes(b"bonjour"), "pas un annuaire"),
    "utf-16": (lambda path: path.write_bytes("finess;etalab".encode("utf-16-le")), "pas un annuaire"),
    "nul": (lambda path: etalab(path, [line(name="A\0B")]), "pas un texte lisible"),
    "entities only": (lambda path: etalab(path, ["structureej;530000900;x"]), "aucune ligne d'établissement"),
    "endless line": (lambda path: etalab(path, [line(name="x" * 30_000)]), "ligne démesurée"),
    "array": (lambda path: path.write_text("[1, 2]", encoding="utf-8"), "pas un annuaire"),
    "no entity": (lambda path: path.write_text('{"gcc": [1]}', encoding="utf-8"), "pas de collection"),
    "latin json": (lambda path: path.write_bytes('{"pmej": ["é"]}'.encode("latin-1")), "UTF-8"),
    "cut": (_cut, "abîmé ou incomplet"),
    "no comma": (lambda path: path.write_text('{"pmej": [1 2]}', encoding="utf-8"), "abîmé"),
    "deep": (_deep, "imbrique"),
    "huge": (_huge, "démesuré"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_foreign_file_is_refused_with_a_sentence(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ivaudit.exchange.json_stream.ELEMENT", 1_500_000)
    path = tmp_path / "x"
    make, said = HOSTILE[kind]
    make(path)
    with pytest.raises(UnreadableFile) as refused:
        read(path)
    assert said in refused.value.sentence
    assert "Rien n'a été modifié" in refused.value.sentence


def test_a_file_that_is_too_large_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directory_source, "LARGEST_CSV", 1_000_000)
    path = etalab(tmp_path / "x.csv", [line()] * 5_000)
    with pytest.raises(KnownError, match="dépasse 1 Mo"):
        read(path)
    monkeypatch.setattr(directory_finess_plus.source, "LARGEST_JSON", 100)
    with pytest.raises(KnownError, match="n'est pas lu"):
        read(finess_plus(tmp_path / "x.json", [entity()]))


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        directory.open_source(tmp_path / "absent.csv")
