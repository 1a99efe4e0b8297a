"""Rules of practical cases and of the glossary."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ivaudit.content.check import check
from ivaudit.content.library import Library
from ivaudit.content.shapes import Family
from ivaudit.content.sources import local_sources
from ivaudit.domain.checklist import Confidence

Said = Callable[..., list[str]]
CASES_FILE = "checklists/cas/essai.yaml"
GLOSSARY_FILE = "checklists/echelles/essai.yaml"

CASES = """\
id: essai
version: "1.0.0"
title: Essai
kind: cas
summary: Pour les essais.
licence: etalab-2.0
authors: [Équipe ivaudit]
published: "2026-11-22"
cases:
  - id: es-01
    title: Un prénom manque
    situation: Le document porte deux prénoms.
    question: Lequel saisir ?
    answer: Les deux.
    trap: Ne saisir que le premier.
    rule: La liste des prénoms se recopie entière.
    criteria: [sec-moy-01]
    references:
      - {document: RNIV 1, confidence: à vérifier}
      - {document: RNIV 1, confidence: lu, source: "https://exemple.fr"}
"""

GLOSSARY = """\
kind: glossaire
id: essai
version: "1.0.0"
title: Essai
terms:
  - {id: essai-un, term: Premier mot, definition: Le premier., see: [essai-deux], confidence: à vérifier}
  - id: essai-deux
    term: Deuxième mot
    definition: Le deuxième.
    also: [deuxièmes mots]
    avoid: [second mot]
    confidence: lu
    source: https://exemple.fr
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("kind: cas", "kind: fiche", "4:7: kind: « cas » attendu, « fiche » trouvé"),
        ("saisir ?", "saisir", "13:15: question: se termine par une espace et « ? »"),
        ("Les deux.", '""', "14:13: answer: texte vide"),
        ("[sec-moy-01]", "[inconnu]", "17:16: criteria: critère « inconnu » inconnu"),
        ("[sec-moy-01]", "[]", "17:15: criteria: au moins un élément attendu"),
        ("id: es-01", "id: es_01", "10:9: id: minuscules sans accent, chiffres et tirets seulement"),
        ('"2026-11-22"', '"2026"', "8:12: published: une date AAAA-MM-JJ attendue"),
        (
            "RNIV 1, confidence: à",
            "RNIV 1, code: EXI PP 01, confidence: à",
            "19:34: code: pas de code quand la référence est « à vérifier »",
        ),
    ],
)
def test_cases(problems_of: Said, old: str, new: str, message: str) -> None:
    assert problems_of(CASES, CASES_FILE) == []
    assert old in CASES
    assert problems_of(CASES.replace(old, new, 1), CASES_FILE) == [message]


@pytest.mark.parametrize(
    ("old", "new", "messages"),
    [
        (
            "[essai-deux]",
            "[essai-trois]",
            ["6:70: see: terme « essai-trois » inconnu"],
        ),
        ("[essai-deux]", "[essai-un]", ["6:70: see: terme « essai-un » inconnu"]),
        (
            "    source: https://exemple.fr\n",
            "",
            ["12:17: source: attendue quand le terme est « lu » ou « cité »"],
        ),
        (
            "[deuxièmes mots]",
            "[premier mot]",
            [
                "6:26: term: « Premier mot » est défini plusieurs fois",
                "8:11: term: « premier mot » est défini plusieurs fois",
            ],
        ),
        (
            "id: essai-deux",
            "id: essai-un",
            [
                "6:10: id: « essai-un » est employé plusieurs fois",
                "6:70: see: terme « essai-deux » inconnu",
                "7:9: id: « essai-un » est employé plusieurs fois",
            ],
        ),
        ("definition: Le premier.", 'definition: ""', ["6:51: definition: texte vide"]),
    ],
)
def test_a_glossary(problems_of: Said, old: str, new: str, messages: list[str]) -> None:
    assert problems_of(GLOSSARY, GLOSSARY_FILE) == []
    assert old in GLOSSARY
    said = [
        each.partition(" ; vouliez-vous")[0]
        for each in problems_of(GLOSSARY.replace(old, new, 1), GLOSSARY_FILE)
    ]
    assert said == messages


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A content folder with two sets of cases and a glossary."""
    for name, text in (
        ("cas/essai", CASES),
        ("cas/suite", CASES.replace("id: essai", "id: suite").replace("es-01", "su-01")),
        ("echelles/essai", GLOSSARY),
    ):
        path = tmp_path / "contenu" / "checklists" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "contenu"


def test_a_case_id_is_used_once_over_all_sets(folder: Path) -> None:
    path = folder / "checklists" / "cas" / "suite.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("su-01", "es-01"), encoding="utf-8")
    assert [str(each).rpartition("yaml:")[2] for each in check([folder])] == [
        "10:9: id: « es-01 » est déjà dans essai"
    ]


def test_sets_of_cases_and_glossaries_are_gathered(folder: Path) -> None:
    library = Library.find(folder)
    cases, glossary = library.cases(), library.glossary()
    assert [case.id for case in cases.cases][-2:] == ["es-01", "su-01"]
    assert [each.id for each in library.every(Family.CASES)][-2:] == ["essai", "suite"]
    assert library.item("suite").cases == cases.cases[-1:]
    case = cases.case("su-01")
    assert case is not None
    assert {each.confidence for each in case.references} == {Confidence.READ, Confidence.TO_CHECK}
    assert case.confidence is Confidence.TO_CHECK, "a rule is not surer than what it stands on"
    assert cases.case("rien") is None
    term = glossary.term("essai-deux")
    assert term is not None
    assert (term.also, term.avoid) == (("deuxièmes mots",), ("second mot",))
    assert glossary.term("rien") is None


def test_a_missing_folder_is_an_empty_family(tmp_path: Path) -> None:
    library = Library(local_sources(tmp_path))
    assert (library.observations(), library.fiches()) == ((), ())
    assert (library.cases().cases, library.glossary().terms) == ((), ())
    assert (library.cases().id, library.glossary().id) == ("cas-pratiques", "glossaire")
