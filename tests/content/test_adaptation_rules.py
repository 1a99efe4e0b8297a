"""What is said of an adaptation file, where, and what the library makes of several."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ivaudit.content.library import Library
from ivaudit.domain.errors import ContentProblems, InvalidValue, NotFound

RNIV = "rniv-1-principes-communs"
VERSION = Library.find().checklist(RNIV).version
TEXT = f"""\
id: criv-essai
version: "1.0.0"
title: Adaptation d'essai
kind: adaptation
author: CRIV Exemple
date: "2026-11-22"
reason: Harmoniser les audits de la région.
scope: région
finess: ["2B0000012"]
checklist: {RNIV}
checklist_version: "{VERSION}"
add:
  - domain: gouvernance
    section: gouv-criv
    section_title: Demandes de la CRIV
    criteria:
      - id: criv-01
        question: La fiche régionale est-elle connue ?
        why: Une fiche inconnue ne sert pas.
        guidance: {{default: Demander à l'accueil.}}
        rating: {{oui: connue, non: inconnue}}
        evidence: [fiche]
        methods: [entretien]
        interlocutors: [admissions]
        places: [accueil]
        weight: 1
        force: bonne pratique
        critical: true
        critical_reason: Trois accidents en 2025.
        na: motif
        recommendation: Afficher la fiche.
        minutes: 2
        references: [{{document: Pratique de terrain, confidence: à vérifier}}]
change:
  - criterion: rec-ant-02
    weight: 1
    reason: Toutes les structures partagent un serveur.
    guidance: {{default: Demander la fiche régionale.}}
deactivate:
  - {{criterion: gou-pol-02, reason: Vu en revue documentaire.}}
critical:
  - {{criterion: gou-pro-01, reason: Trois accidents en 2025.}}
"""
NAME = "checklists/adaptations/criv-essai.yaml"


def test_a_right_adaptation_has_no_problem(problems_of: Callable[..., list[str]]) -> None:
    assert problems_of(TEXT, NAME) == []


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("scope: région", "scope: pays", "scope: « région », « groupement » ou « structure » attendu"),
        (f"checklist: {RNIV}", "checklist: inconnue", "checklist: grille « inconnue » inconnue"),
        ('date: "2026-11-22"', 'date: "2026-22-11"', "date: une date AAAA-MM-JJ attendue"),
        ('"2B0000012"', '"2B0000013"', "finess: « 2B0000013 » n'est pas un numéro FINESS"),
        ("domain: gouvernance", "domain: autre", "domain: « autre » n'est pas dans la grille"),
        ("    section_title: Demandes de la CRIV\n", "", "section: « gouv-criv » n'est pas dans la grille"),
        (
            "section: gouv-criv",
            "section: rech-geste",
            "section: « rech-geste » est dans le domaine recherche",
        ),
        ("id: criv-01", "id: gou-pol-01", "id: « gou-pol-01 » est déjà un critère de"),
        ("est-elle connue ?", "est-elle connue", "question: se termine par une espace et « ? »"),
        ("        critical_reason: Trois accidents en 2025.\n", "", "critical: un point critique donne"),
        ("rating: {oui: connue, non: inconnue}", "rating: {oui: connue}", "rating: il manque"),
        ("    weight: 1\n    reason", "    weight: 0\n    reason", "weight: 1 ou plus attendu, 0 trouvé"),
        ("    reason: Toutes les structures partagent un serveur.\n", "", "reason: un autre poids"),
        ("{default: Demander la", "{ville-: Demander la", "guidance.ville-:"),
        ("criterion: rec-ant-02", "criterion: rec-ant-99", "criterion: « rec-ant-99 » n'est pas dans la"),
        ("criterion: rec-ant-02", "criterion: gou-pol-02", "« gou-pol-02 » est aussi désactivé ici"),
        ("criterion: gou-pro-01", "criterion: rec-ant-01", "est déjà un point critique"),
        ("critical:\n  - ", "critical:\n  - {criterion: gou-pro-01, reason: Deux.}\n  - ", "deux fois"),
        ("    reason: Toutes", "    rating: {oui: tout}\n    reason: Toutes", "rating: clé inconnue"),
        ("author: CRIV Exemple", "author: Dr Dupont", "pas de nom de personne"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    right: str, wrong: str, said: str, problems_of: Callable[..., list[str]]
) -> None:
    assert right in TEXT
    found = problems_of(TEXT.replace(right, wrong, 1), NAME)
    assert any(said in each for each in found), found
    assert all(each.split(":")[0].isdigit() for each in found)


def test_a_condition_must_not_wait_for_a_point_that_is_not_asked(
    problems_of: Callable[..., list[str]],
) -> None:
    waiting = "na: motif\n        applicability: {criterion: gou-pol-02, in: [oui]}"
    found = problems_of(TEXT.replace("na: motif", waiting, 1), NAME)
    assert any("la réponse à « gou-pol-02 » décide si « criv-01 »" in each for each in found), found


def _library(folder: Path, **texts: str) -> Library:
    home = folder / "checklists" / "adaptations"
    home.mkdir(parents=True)
    for name, text in texts.items():
        (home / f"{name}.yaml").write_text(text, encoding="utf-8")
    return Library.find(folder)


def test_the_library_applies_them_and_keeps_the_published_one(tmp_path: Path) -> None:
    library = _library(tmp_path, **{"criv-essai": TEXT})
    before = library.checklist(RNIV)
    after = library.effective(RNIV, ["criv-essai"])
    assert [each.id for each in library.adaptations()] == ["criv-essai"]
    assert library.refused() == ()
    assert library.checklist(RNIV) is before
    assert library.effective(RNIV, []) is before
    asked = {point.criterion.id for point in after.points()}
    assert "criv-01" in asked
    assert "gou-pol-02" not in asked


def test_a_file_with_a_problem_is_set_aside(tmp_path: Path) -> None:
    library = _library(tmp_path, **{"criv-essai": TEXT.replace("rec-ant-02", "rec-ant-99")})
    assert library.adaptations() == ()
    assert [problem.line for problem in library.refused()] == [35]
    with pytest.raises(ContentProblems):
        library.effective(RNIV, ["criv-essai"])


def test_those_that_disagree_are_refused_together_with_the_place(tmp_path: Path) -> None:
    other = TEXT.split("add:", maxsplit=1)[0].replace("criv-essai", "criv-z")
    other += "change:\n  - {criterion: rec-ant-02, weight: 3, reason: Autre avis.}\n"
    library = _library(tmp_path, **{"criv-essai": TEXT, "criv-z": other})
    assert library.refused() == ()
    with pytest.raises(ContentProblems) as refused:
        library.effective(RNIV, ["criv-z", "criv-essai"])
    assert "ne vont pas ensemble" in refused.value.sentence
    assert refused.value.problems[0].split("criv-z.yaml:")[1].startswith("13:")


def test_an_adaptation_of_another_checklist_or_of_none_is_refused(tmp_path: Path) -> None:
    library = _library(tmp_path, **{"criv-essai": TEXT})
    with pytest.raises(InvalidValue):
        library.effective("flash", ["criv-essai"])
    with pytest.raises(NotFound):
        library.effective(RNIV, ["absente"])


def test_another_version_is_said_and_does_not_forbid(tmp_path: Path) -> None:
    text = TEXT.replace(f'checklist_version: "{VERSION}"', 'checklist_version: "0.9.0"')
    library = _library(tmp_path, **{"criv-essai": text})
    assert library.refused() == ()
    (parsed,) = (each for each in library.files() if each.source.id == "criv-essai")
    said = [str(problem) for problem in library.problems(parsed)]
    assert any(f"la grille est en version {VERSION}" in each for each in said)
    assert any("« rec-ant-02 » n'est pas appliqué" in each for each in said)


def test_two_files_may_not_add_the_same_id(tmp_path: Path) -> None:
    other = TEXT.replace("id: criv-essai", "id: criv-z")
    library = _library(tmp_path, **{"criv-essai": TEXT, "criv-z": other})
    assert [each.id for each in library.adaptations()] == ["criv-essai"]
    assert any("« criv-01 » est déjà dans criv-essai" in each.message for each in library.refused())
