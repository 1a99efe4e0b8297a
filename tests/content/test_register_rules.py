"""Rules of the lists of the register and of the circuits: wrong in one place at a time."""

from collections.abc import Callable

import pytest

from ivaudit.resources import shipped

Said = Callable[..., list[str]]

TERMS = (shipped("checklists") / "registre" / "registre.yaml").read_text(encoding="utf-8")
CIRCUITS = (shipped("checklists") / "registre" / "circuits-nationaux.yaml").read_text(encoding="utf-8")


def _terms(old: str, new: str) -> str:
    assert old in TERMS
    return TERMS.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("step: base}", "step: bases}", "step: étape « bases » inconnue ; vouliez-vous dire « base » ?"),
        ("{id: P02,", "{id: P01,", "id: « P01 » en double dans types"),
        (
            "{id: close, label: Close}",
            "{id: fermée, label: Fermée}",
            "states: dans l'ordre, signalée, à confirmer",
        ),
        ("{id: mère, label: Mère}\n  - ", "", "roles: dans l'ordre, maître, doublon"),
        ("{rank: 2, start: 2,", "{rank: 2, start: 0,", "frequency: start croît d'une classe à l'autre"),
        ("{rank: 2, start: 6,", "{rank: 3, start: 6,", "criticality: rangs 1, 2, 3… dans l'ordre"),
        ("serious_from: 3", "serious_from: 0", "serious_from: un niveau de 1 à 5 attendu"),
        ("similar_days: 3", "similar_days: -1", "similar_days: un nombre de jours positif attendu"),
        ("{id: radioprotection,", "{id: radioprotecton,", "vigilances: « radioprotecton » n'est pas connu"),
        ("family: primaire", "family: tertiaire", "family: « primaire » ou « secondaire » attendu"),
    ],
)
def test_lists_of_the_register(problems_of: Said, old: str, new: str, message: str) -> None:
    found = problems_of(_terms(old, new), "checklists/registre/registre.yaml")
    assert any(message in each for each in found), found


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("all: [unexpected]", "all: [unexpectd]", "all: fait « unexpectd » inconnu ; vouliez-vous dire"),
        ("all: [damage]", "all: []", "all ou any: au moins un fait déclencheur attendu"),
        ("months: 3,", "months: 3, hours: 2,", "hours: des heures ou des mois, pas les deux"),
        ("hours: 72,", "hours: -72,", "delay: un délai positif attendu"),
        (
            'delay: "Délai à vérifier (quinze jours cités)", confidence: à vérifier',
            "delay: Quinze jours, hours: 360, confidence: lu",
            "confidence: un délai n'est pas plus sûr que les sources de son circuit",
        ),
        ("id: volet-2", "id: volet-1", "id: « volet-1 » est employé plusieurs fois"),
    ],
)
def test_circuits(problems_of: Said, old: str, new: str, message: str) -> None:
    assert old in CIRCUITS
    text = CIRCUITS.replace(old, new, 1)
    found = problems_of(text, "checklists/registre/circuits-nationaux.yaml")
    assert any(message in each for each in found), found
