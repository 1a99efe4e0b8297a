"""A local adaptation of a shipped checklist, put among the contents of this person for the time of a test."""

from collections.abc import Iterator
from contextlib import contextmanager

from ivaudit.app import library

GRID = "rniv-1-principes-communs"


def text(key: str = "criv-essai", *, finess: str = "", scope: str = "région") -> str:
    """Return the file of an adaptation of a shipped grid: a point off, another adopted, one added."""
    grid = library.library().checklist(GRID)
    points = [point.criterion for point in grid.points()]
    plain = next(each for each in points if not each.critical)
    first = grid.domains[0]
    return f"""\
kind: adaptation
id: {key}
version: "1.0.0"
title: Choix de la région
author: CRIV Exemple
date: "2026-11-22"
reason: Harmoniser les audits de la région.
scope: {scope}
{f'finess: ["{finess}"]' if finess else "finess: []"}
checklist: {GRID}
checklist_version: "{grid.version}"
add:
  - domain: {first.id}
    section: {first.sections[0].id}
    criteria:
      - id: {key}-01
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
        na: motif
        recommendation: Afficher la fiche.
        minutes: 2
        references: [{{document: Pratique de terrain, confidence: à vérifier}}]
deactivate:
  - {{criterion: {off()}, reason: Vu en revue documentaire.}}
critical:
  - {{criterion: {plain.id}, reason: Trois accidents en 2025.}}
"""


def off() -> str:
    """Return the critical point that the adaptation deactivates."""
    points = (point.criterion for point in library.library().checklist(GRID).points())
    return next(each.id for each in points if each.critical)


@contextmanager
def installed(*texts: str) -> Iterator[None]:
    """Put adaptations in the local folder, and take everything out again."""
    home = library.local_folder() / "checklists" / "adaptations"
    home.mkdir(parents=True, exist_ok=True)
    for each in texts:
        key = next(line for line in each.splitlines() if line.startswith("id: ")).removeprefix("id: ")
        (home / f"{key}.yaml").write_text(each, encoding="utf-8")
    library.reload()
    try:
        yield
    finally:
        for folder in (home, library.local_folder() / "brouillons"):
            for path in folder.glob("*.yaml"):
                path.unlink()
        library.reload()
