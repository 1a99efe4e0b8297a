"""Rules of decision sheets: ids, ways, paths."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ivaudit.content.library import Library
from ivaudit.domain.tone import Tone

Said = Callable[..., list[str]]
NAME = "checklists/fiches/essai.yaml"

FICHE = """\
id: essai
version: "1.0.0"
title: Essai
kind: fiche
summary: Pour les essais.
licence: etalab-2.0
authors: [Équipe ivaudit]
published: "2026-11-22"
when: Vous essayez.
audience: [admissions]
criteria: [sec-moy-01]
first: e1
steps:
  - id: e1
    title: Quelle est la réponse ?
    text: Lire la réponse.
    choices:
      - {label: Une, next: e2}
      - {label: Aucune, outcome: o1}
  - id: e2
    title: Recommencer
    text: Une seule fois.
    choices:
      - {label: Encore, next: e1}
      - {label: Fini, next: e3}
  - {id: e3, title: Noter, text: Noter le résultat., outcome: o2}
outcomes:
  - {id: o1, title: Attendre, text: Attendre la réponse., tone: attente}
  - {id: o2, title: Terminé, text: Rien de plus., tone: bon}
never: [Deviner]
references:
  - {document: RNIV 1, confidence: à vérifier}
"""

RULES = [
    (
        "kind: fiche",
        "kind: fiches",
        "4:7: kind: « fiche » attendu, « fiches » trouvé ; vouliez-vous dire « fiche » ?",
    ),
    ("first: e1", "first: e9", "12:8: first: étape « e9 » inconnue"),
    (
        "tone: bon",
        "tone: neutre",
        "29:57: tone: « bon », « attente » ou « mauvais » attendu, « neutre » trouvé",
    ),
    ("[admissions]", "[accueil]", "10:12: audience: « accueil » n'est pas dans le vocabulaire"),
    ("[sec-moy-01]", "[inconnu]", "11:12: criteria: critère « inconnu » inconnu"),
    ("[sec-moy-01]", "[]", "11:11: criteria: au moins un élément attendu"),
    ("[Deviner]", "[]", "30:8: never: au moins un élément attendu"),
    ("[Équipe ivaudit]", "[]", "7:10: authors: au moins un auteur attendu"),
    ("title: Noter", f"title: {'x' * 91}", "26:21: title: 90 caractères au plus, 91 trouvés"),
    ("next: e2}", "next: e9}", "18:28: next: étape « e9 » inconnue"),
    ("outcome: o1}", "outcome: o9}", "19:34: outcome: issue « o9 » inconnue"),
    ("next: e2}", "next: e2, outcome: o1}", "18:9: next ou outcome attendu, et un seul"),
    ("{label: Une, next: e2}", "{label: Une}", "18:9: next ou outcome attendu, et un seul"),
    (", outcome: o2}", "}", "26:5: next, outcome ou choices attendu"),
    (", outcome: o2}", ", outcome: o2, next: e1}", "26:5: next ou outcome attendu, et un seul"),
    (
        "    text: Une seule fois.\n",
        "    text: Une seule fois.\n    next: e3\n",
        "20:5: choices: une étape à choix n'a ni next ni outcome",
    ),
    ("      - {label: Encore, next: e1}\n", "", "24:7: choices: de 2 à 5 choix attendus, 1 trouvés"),
    ("label: Encore", "label: Fini", "24:7: choices: « Fini » en double"),
    ("outcome: o1}", "outcome: o2}", "28:10: id: aucun chemin ne mène à l'issue « o1 »"),
    (
        "{document: RNIV 1,",
        '{document: RNIV 1, code: "1",',
        "32:30: code: pas de code quand la référence est « à vérifier »",
    ),
]


@pytest.mark.parametrize(("old", "new", "message"), RULES)
def test_a_broken_rule(problems_of: Said, old: str, new: str, message: str) -> None:
    assert old in FICHE
    assert problems_of(FICHE.replace(old, new, 1), NAME) == [message]


def test_a_sheet_that_is_right(problems_of: Said) -> None:
    assert problems_of(FICHE, NAME) == []


def test_ids_are_used_once_over_steps_and_outcomes(problems_of: Said) -> None:
    said = problems_of(FICHE.replace("o2", "e3"), NAME)
    assert said[:2] == [
        "26:10: id: « e3 » est employé plusieurs fois",
        "29:10: id: « e3 » est employé plusieurs fois",
    ]


def test_a_step_that_no_path_meets(problems_of: Said) -> None:
    assert problems_of(FICHE.replace("label: Fini, next: e3", "label: Fini, outcome: o1"), NAME) == [
        "26:10: id: aucun chemin ne mène à l'étape « e3 »",
        "29:10: id: aucun chemin ne mène à l'issue « o2 »",
    ]


def test_a_cycle_without_exit_is_said_of_each_of_its_steps(problems_of: Said) -> None:
    stuck = FICHE.replace("label: Fini, next: e3", "label: Fini, next: e4").replace(
        "{id: e3,",
        "{id: e4, title: Tourner, text: Encore., next: e5}\n"
        "  - {id: e5, title: Retourner, text: Encore., next: e4}\n"
        "  - {id: e3,",
    )
    assert problems_of(stuck, NAME) == [
        "26:10: id: depuis l'étape « e4 », aucun chemin ne finit",
        "27:10: id: depuis l'étape « e5 », aucun chemin ne finit",
        "28:10: id: aucun chemin ne mène à l'étape « e3 »",
        "31:10: id: aucun chemin ne mène à l'issue « o2 »",
    ]


def test_a_cycle_with_an_exit_is_a_way_to_try_again(problems_of: Said) -> None:
    assert "next: e1}" in FICHE
    assert problems_of(FICHE, NAME) == []


def test_a_sheet_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "contenu" / "checklists" / "fiches"
    folder.mkdir(parents=True)
    (folder / "essai.yaml").write_text(FICHE, encoding="utf-8")
    library = Library.find(tmp_path / "contenu")
    fiche = next(each for each in library.fiches() if each.id == "essai")
    assert library.item("essai") is fiche
    first, last = fiche.step("e1"), fiche.step("e3")
    assert first is not None
    assert last is not None
    assert [(way.label, way.next, way.outcome) for way in first.ways] == [
        ("Une", "e2", None),
        ("Aucune", None, "o1"),
    ]
    assert [(way.label, way.next, way.outcome) for way in last.ways] == [("", None, "o2")]
    outcome = fiche.outcome("o1")
    assert outcome is not None
    assert outcome.tone is Tone.WAITING
    assert (fiche.step("o1"), fiche.outcome("e1")) == (None, None)
