"""What a set of indicators must respect."""

from pathlib import Path

import pytest

from ivaudit.content.check import check
from ivaudit.content.library import Library
from ivaudit.content.shapes import Family
from ivaudit.domain.checklist import Confidence
from ivaudit.domain.indicators import Direction, Nature, gathered

GOOD = """kind: indicateurs
id: region
version: "1.0.0"
title: Indicateurs de la région
summary: Ceux que la cellule suit.
licence: etalab-2.0
authors: [Cellule]
published: "2026-11-22"
chosen_by: la cellule
small: 20
active_files:
  - {settings: [had], definition: Les patients pris en charge le dernier jour du mois.}
indicators:
  - id: appels-recus
    title: Appels reçus
    nature: flux
    measure: part
    unit: "%"
    rhythm: mensuelle
    direction: à surveiller
    numerator: Appels d'identitovigilance.
    denominator: Appels reçus.
    aim: Surveillé.
    report: Standard.
    computed: {counts: observations, facts: [{grid: obs-bracelet, items: [bra-present]}]}
    origin: cellule régionale
    confidence: à vérifier
"""

FACTS = "{counts: observations, facts: [{grid: obs-bracelet, items: [bra-present]}]}"


def _problems(folder: Path, text: str) -> list[str]:
    place = folder / "checklists" / "indicateurs"
    place.mkdir(parents=True)
    path = place / "region.yaml"
    path.write_text(text, encoding="utf-8")
    return [str(problem) for problem in check([path])]


def test_a_local_set_adds_to_ours(tmp_path: Path) -> None:
    assert _problems(tmp_path, GOOD) == []
    known = gathered(Library.find(tmp_path).every(Family.INDICATORS))
    assert known.indicators[-1].id == "appels-recus"
    assert known.small == 30
    assert "dernier jour du mois" in known.active_file("had")


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("id: appels-recus", "id: doublons-flux", "est déjà dans indicateurs"),
        ("settings: [had]", "settings: [hda]", "type de structure « hda » inconnu"),
        ('unit: "%"', "unit: jours", "« jours » pour une moyenne"),
        ("measure: part", "measure: moyenne", "« jours » pour une moyenne"),
        ("nature: flux", "nature: stock\n    rare: true\n    event: panne", "seul un flux"),
        ("nature: flux", "nature: flux\n    rare: true", "nomme un événement rare"),
        ("nature: flux", "nature: flux\n    rare: true\n    event: panne", "baisse favorable"),
        ("measure: part", "measure: rapport\n    excluded: certains", "seulement pour une part"),
        ("items: [bra-present]", "items: [bra-absent]", "n'est pas dans la grille"),
        ("counts: observations", "counts: actions échues", "pour « observations » et pour cela seul"),
        (FACTS, '{counts: "registre : cas"}', "les fiches comptées"),
        (FACTS, '{counts: "registre : cas", entries: [anomalie], types: [X1]}', "comme P02"),
        ("small: 20", "small: 0", "au moins 1"),
        ("nature: flux", "nature: flot", "flux"),
    ],
)
def test_a_wrong_set_is_said_with_its_place(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    found = _problems(tmp_path, GOOD.replace(right, wrong, 1))
    assert any(said in problem for problem in found), found
    assert all("region.yaml:" in problem for problem in found)


def test_an_unknown_column_of_indicators_is_said(tmp_path: Path) -> None:
    place = tmp_path / "exports"
    place.mkdir()
    text = (Path(__file__).parents[2] / "exports" / "indicateurs.yaml").read_text(encoding="utf-8")
    path = place / "local.yaml"
    path.write_text(
        text.replace("id: indicateurs", "id: local").replace("field: period", "field: periode"),
        encoding="utf-8",
    )
    (problem,) = [str(each) for each in check([path])]
    assert "vouliez-vous dire « period »" in problem


def test_what_is_shipped_is_ours_and_to_be_checked() -> None:
    known = gathered(Library.find().every(Family.INDICATORS)).indicators
    assert len(known) > 20
    assert {each.origin for each in known} == {"définition propre à l'outil"}
    assert {each.confidence for each in known} == {Confidence.TO_CHECK}
    assert {each.nature for each in known} == set(Nature)


def test_a_rise_of_declarations_has_no_good_or_bad_side() -> None:
    known = gathered(Library.find().every(Family.INDICATORS))
    declared = known.get("ei-declares")
    assert declared is not None
    assert declared.direction is Direction.NONE
    assert "jamais une cible basse" in declared.aim
