"""How content is worded: what `content check` says, and what it does not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ivaudit.content.check import check
from ivaudit.content.library import Library

Said = Callable[..., list[str]]

SPACE = "une espace attendue avant « : ; ? ! % » et dans les guillemets"
YES = "tournure affirmative attendue : « Oui » est la bonne pratique"
QUESTION = "La règle est-elle écrite ?"
WHY = "Sans règle, chacun fait autrement."
RATING = "oui: écrite, non: absente"


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("La règle est-elle écrite ? Et lue ?", "une seule question à la fois"),
        ("La règle est-elle écrite et/ou affichée ?", "un seul fait à la fois, sans « et/ou »"),
        ("N'y a-t-il aucune règle ?", YES),
        ("Aucun agent ne devine-t-il ?", YES),
        ("La règle n'est-elle jamais oubliée ?", YES),
        ("La règle ne manque-t-elle pas ?", YES),
        ("La règle est-elle correctement écrite ?", "mot vague « correctement » : dire ce qui se constate"),
        ("Les règles sont-elles appropriées ?", "mot vague « appropriées » : dire ce qui se constate"),
        ("Les noms, prénoms, etc. sont-ils lus ?", "mot vague « etc. » : dire ce qui se constate"),
        (
            "La règle est-elle relue régulièrement ?",
            "« régulièrement » sans rythme dans l'aide ni dans la cotation",
        ),
        ("La règle est-elle écrite?", f"{SPACE} (« écrite? »)"),
    ],
)
def test_a_question_badly_put(grid: str, problems_of: Said, question: str, message: str) -> None:
    assert problems_of(grid.replace(QUESTION, f'"{question}"', 1)) == [f"21:23: question: {message}"]


@pytest.mark.parametrize(
    "question",
    [
        "L'agent sait-il que faire quand la personne ne parle pas ?",
        "Nul autre que le référent n'écrit-il la règle ?",
        "Les identités qui n'ont pas d'INS sont-elles suivies ?",
        "La règle est-elle affichée sans délai ?",
        "Un repas adapté est-il remis ?",
    ],
)
def test_a_question_well_put(grid: str, problems_of: Said, question: str) -> None:
    assert problems_of(grid.replace(QUESTION, question, 1)) == (
        [f"21:23: question: {YES}"] if question.startswith("Nul ") else []
    )


def test_a_rhythm_beside_the_question_makes_regularly_precise(grid: str, problems_of: Said) -> None:
    often = grid.replace(QUESTION, "La règle est-elle relue régulièrement ?", 1)
    assert problems_of(often.replace(RATING, "oui: relue chaque année, non: jamais")) == []


def test_a_rating_is_not_vague_either(grid: str, problems_of: Said) -> None:
    assert problems_of(grid.replace("oui: écrite,", "oui: suffisamment écrite,", 1)) == [
        "25:22: rating.oui: mot vague « suffisamment » : dire ce qui se constate"
    ]


@pytest.mark.parametrize(
    ("why", "message"),
    [
        ("Dire “non” suffit.", "guillemets « » attendus (« “non” »)"),
        ("Il manque ... une règle.", "points de suspension « … » attendus (« ... »)"),
        ("Un risque: l'erreur.", f"{SPACE} (« risque: »)"),
        ("Un risque; une erreur.", f"{SPACE} (« risque; »)"),
        ("Dire «oui » suffit.", f"{SPACE} (« «oui »)"),
        ("Dire « oui» suffit.", f"{SPACE} (« oui» »)"),
        ("Plus de 20% des cas.", f"{SPACE} (« 20% »)"),
        ("Un risque , une erreur.", "pas d'espace avant une virgule ou un point (« risque , »)"),
        ("M. Martin l'a écrit.", "pas de nom de personne (« M. Martin »)"),
        ("Demander à Mme DUPONT-NOM la règle.", "pas de nom de personne (« Mme DUPONT-NOM »)"),
        ("Le Dr Élan la connaît.", "pas de nom de personne (« Dr Élan »)"),
    ],
)
def test_a_text_badly_written(grid: str, problems_of: Said, why: str, message: str) -> None:
    assert problems_of(grid.replace(f"why: {WHY}", f"why: '{why.replace(chr(39), chr(39) * 2)}'", 1)) == [
        f"22:18: why: {message}"
    ]


@pytest.mark.parametrize(
    "why",
    [
        "« M. » ou « Mme » ne nomment personne ; M. X non plus.",
        "Voir https://exemple.fr/?a=1;b=2:3 et 12:30.",
        "Un risque\u202f: l'erreur\u00a0; 20 % des cas («\u00a0oui\u00a0»).",
        "Une liste (noms, prénoms…), puis la suite !",
    ],
)
def test_a_text_well_written(grid: str, problems_of: Said, why: str) -> None:
    assert problems_of(grid.replace(f"why: {WHY}", f"why: '{why.replace(chr(39), chr(39) * 2)}'", 1)) == []


def test_addresses_and_codes_have_their_own_typography(grid: str, problems_of: Said) -> None:
    assert problems_of(grid.replace("source: null", 'source: "https://exemple.fr/a?"', 1)) == []


GLOSSARY = """\
kind: glossaire
id: mots
version: "1.0.0"
title: Mots
terms:
  - id: mots-iv
    term: identitovigilance
    definition: La vigilance des identités, et non l'identito-vigilance.
    avoid: [identito-vigilance]
    confidence: à vérifier
"""


def test_the_words_of_the_glossary_are_used(grid: str, tmp_path: Path) -> None:
    folder = tmp_path / "checklists"
    (folder / "echelles").mkdir(parents=True)
    (folder / "echelles" / "mots.yaml").write_text(GLOSSARY, encoding="utf-8")
    wrong = grid.replace(WHY, "L'Identito-vigilance est une affaire de tous.", 1)
    (folder / "essai.yaml").write_text(wrong, encoding="utf-8")
    assert [str(each).rpartition("yaml:")[2] for each in check([folder])] == [
        "22:18: why: dire « identitovigilance », pas « Identito-vigilance »"
    ]


def test_a_local_file_is_used_however_it_is_worded(grid: str, tmp_path: Path) -> None:
    folder = tmp_path / "contenu" / "checklists"
    folder.mkdir(parents=True)
    (folder / "essai.yaml").write_text(grid.replace(WHY, "Sans règle ... rien."), encoding="utf-8")
    assert len(check([folder])) == 1
    library = Library.find(tmp_path / "contenu")
    assert library.refused() == ()
    assert library.checklist("essai").title == "Grille d'essai"
