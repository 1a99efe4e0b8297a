"""Rules of observation grids, each said at its place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ivaudit.content.check import check
from ivaudit.content.library import Library
from ivaudit.domain.observation import ObservedValue, Row

Said = Callable[..., list[str]]
NAME = "checklists/observations/essai.yaml"

GRID = """\
id: essai
version: "1.0.0"
title: Essai
kind: observation
summary: Pour les essais.
licence: etalab-2.0
authors: [Équipe ivaudit]
published: "2026-11-22"
row: acte
target: 30
target_note: Pour toute la structure.
period: Le matin.
places: [unite-soins]
interlocutors: [soignant]
inclusion: [Tous les actes]
exclusion: [Urgence vitale]
stance: En retrait.
words: Bonjour.
not_observed:
  - {id: dort, label: Dort}
context:
  - {id: acte, label: Type d'acte, choices: [Prélèvement, Perfusion]}
items:
  - id: es-un
    question: Le premier fait est-il vu ?
    help: Regarder.
    values: [oui, non, refus]
    stops: true
    criteria: [sec-moy-01]
  - {id: es-deux, question: Le deuxième fait est-il vu ?, help: Regarder., values: [oui, non]}
  - {id: es-trois, question: Le troisième fait est-il vu ?, help: Regarder., values: [oui, non]}
  - {id: es-quatre, question: Le quatrième fait est-il vu ?, help: Regarder., values: [oui, non]}
  - {id: es-cinq, question: Le cinquième fait est-il vu ?, help: Regarder., values: [oui, non]}
  - {id: es-six, question: Le sixième fait est-il vu ?, help: Regarder., values: [oui, non]}
references:
  - {document: Pratique de terrain, confidence: à vérifier}
"""

ROWS = "« personne », « acte », « dossier », « document » ou « entretien »"
ORDER = "values: dans l'ordre et une fois chacune, parmi oui, non, sans_objet, refus, non_observe"
SIX = "  - {id: es-six, question: Le sixième fait est-il vu ?, help: Regarder., values: [oui, non]}\n"

RULES = [
    ("row: acte", "row: actes", f"9:6: row: {ROWS} attendu, « actes » trouvé ; vouliez-vous dire « acte » ?"),
    ("kind: observation", "kind: cas", "4:7: kind: « observation » attendu, « cas » trouvé"),
    ("kind: observation\n", "", "1:1: kind: clé obligatoire absente"),
    ("target: 30", "target: 0", "10:9: target: un nombre de lignes positif attendu"),
    ('"2026-11-22"', '"22/11/2026"', "8:12: published: une date AAAA-MM-JJ attendue"),
    ("period: Le matin.", 'period: ""', "12:9: period: texte vide"),
    ("[Urgence vitale]", "[]", "16:12: exclusion: au moins un élément attendu"),
    ("[unite-soins]", "[chambre]", "13:10: places: « chambre » n'est pas dans le vocabulaire"),
    (
        "[soignant]",
        "[soignants]",
        (
            "14:17: interlocutors: « soignants » n'est pas dans le vocabulaire ;"
            " vouliez-vous dire « soignant » ?"
        ),
    ),
    ("{id: dort,", "{id: Dort,", "20:10: id: minuscules sans accent, chiffres et tirets seulement"),
    ("[Prélèvement, Perfusion]", "[Prélèvement]", "22:45: choices: au moins 2 choix attendus"),
    ("Prélèvement, Perf", "Perfusion, Perf", "22:45: choices: « Perfusion » en double"),
    (SIX, "", "24:3: items: de 6 à 15 points attendus, 5 trouvés"),
    ("[sec-moy-01]", "[inconnu]", "29:16: criteria: critère « inconnu » inconnu"),
    ("[oui, non, refus]", "[non, oui, refus]", f"27:13: {ORDER}"),
    ("[oui, non, refus]", "[oui, non, oui]", f"27:13: {ORDER}"),
    ("[oui, non, refus]", "[oui, sans_objet]", "27:13: values: il manque « non »"),
    ("fait est-il vu ?\n", "fait est vu\n", "25:15: question: se termine par une espace et « ? »"),
    (
        "{document: Pratique de terrain, confidence: à vérifier}",
        "{document: Pratique de terrain, confidence: lu}",
        "36:49: confidence: « à vérifier » attendu pour « Pratique de terrain »",
    ),
    (
        "terrain, confidence",
        "terrain, code: EXI PP 01, confidence",
        "36:43: code: pas de code quand la référence est « à vérifier »",
    ),
]


@pytest.mark.parametrize(("old", "new", "message"), RULES)
def test_a_broken_rule(problems_of: Said, old: str, new: str, message: str) -> None:
    assert old in GRID
    assert problems_of(GRID.replace(old, new, 1), NAME) == [message]


def test_a_grid_that_is_right(problems_of: Said) -> None:
    assert problems_of(GRID, NAME) == []


def test_a_criterion_that_nobody_publishes_and_one_named_twice(problems_of: Said) -> None:
    unknown, *more = problems_of(GRID.replace("[sec-moy-01]", "[sec-moy-99]"), NAME)
    assert unknown.startswith(
        "29:16: criteria: critère « sec-moy-99 » inconnu ; vouliez-vous dire « sec-moy-"
    )
    assert more == []
    assert problems_of(GRID.replace("[sec-moy-01]", "[sec-moy-01, sec-moy-01]"), NAME) == [
        "29:16: criteria: « sec-moy-01 » en double",
        "29:28: criteria: « sec-moy-01 » en double",
    ]


def test_sixteen_items_are_too_many(problems_of: Said) -> None:
    more = "".join(SIX.replace("es-six", f"es-plus-{rank}") for rank in range(10))
    assert problems_of(GRID.replace(SIX, SIX + more), NAME) == [
        "24:3: items: de 6 à 15 points attendus, 16 trouvés"
    ]


def test_an_item_id_is_used_once_in_a_grid(problems_of: Said) -> None:
    assert problems_of(GRID.replace("es-cinq", "es-six"), NAME) == [
        "33:10: id: « es-six » est employé plusieurs fois",
        "34:10: id: « es-six » est employé plusieurs fois",
    ]


def test_an_item_id_is_used_once_over_all_grids(tmp_path: Path) -> None:
    folder = tmp_path / "checklists" / "observations"
    folder.mkdir(parents=True)
    (folder / "essai.yaml").write_text(GRID, encoding="utf-8")
    (folder / "suite.yaml").write_text(GRID.replace("id: essai", "id: suite"), encoding="utf-8")
    assert [str(problem).rpartition("yaml:")[2] for problem in check([tmp_path])] == [
        f"{line}:{column}: id: « es-{rank} » est déjà dans essai"
        for line, column, rank in (
            (24, 9, "un"),
            (30, 10, "deux"),
            (31, 10, "trois"),
            (32, 10, "quatre"),
            (33, 10, "cinq"),
            (34, 10, "six"),
        )
    ]


def test_a_grid_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "contenu" / "checklists" / "observations"
    folder.mkdir(parents=True)
    (folder / "essai.yaml").write_text(GRID, encoding="utf-8")
    library = Library.find(tmp_path / "contenu")
    grid = library.observation("essai")
    assert grid in library.observations()
    assert (grid.row, grid.target, len(grid.items)) == (Row.ACT, 30, 6)
    assert grid.items[0].values == (ObservedValue.YES, ObservedValue.NO, ObservedValue.REFUSED)
    assert (grid.items[0].stops, grid.items[1].stops) == (True, False)
    assert grid.criteria == {"sec-moy-01"}
    assert library.item("essai") is grid
