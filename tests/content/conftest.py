"""A small checklist that is right, to be made wrong in one place at a time."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ivaudit.content.check import check

GRID = """\
id: essai
version: "1.0.0"
title: Grille d'essai
kind: exigences
summary: Pour les essais.
edition: "1"
licence: etalab-2.0
authors: ["Équipe ivaudit"]
published: "2026-11-21"
scale: conformite
levels: niveaux-ivaudit
coverage_threshold: 80
domains:
  - id: un
    title: Un
    sections:
      - id: un-un
        title: Un un
        criteria:
          - id: essai-01
            question: La règle est-elle écrite ?
            why: Sans règle, chacun fait autrement.
            guidance:
              default: Lire la règle.
            rating: {oui: écrite, non: absente}
            evidence: [règle]
            methods: [document]
            interlocutors: [direction]
            places: [accueil]
            weight: 1
            force: exigence
            critical: false
            na: interdit
            recommendation: Écrire la règle.
            minutes: 2
            references:
              - {document: RNIV 1, edition: "2.0", code: null, confidence: lu, source: null}
          - id: essai-02
            question: La règle est-elle connue ?
            why: Une règle inconnue ne sert pas.
            guidance: {default: Demander., ehpad: Demander à l'IDEC.}
            rating: {oui: connue, partiel: de certains, non: inconnue}
            evidence: [entretien]
            methods: [entretien]
            interlocutors: [soignant]
            places: [infirmerie]
            weight: 2
            force: bonne pratique
            na: motif
            applicability: {any: [{profile: [hebergement]}, {criterion: essai-01, in: [oui, partiel]}]}
            recommendation: Expliquer la règle.
            minutes: 3
            references:
              - {document: RNIV 1, confidence: à vérifier}
"""


@pytest.fixture
def grid() -> str:
    """The text of a checklist without any problem."""
    return GRID


@pytest.fixture
def problems_of(tmp_path: Path) -> Callable[..., list[str]]:
    """Return a function: what `check` says of one file, by lines that begin after its path."""

    def said(content: str | bytes, name: str = "checklists/essai.yaml") -> list[str]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return [str(problem).removeprefix(f"{path}:") for problem in check([path])]

    return said
