"""Rules of forms, scales, levels, the vocabulary and outlines."""

from collections.abc import Callable

import pytest

from ivaudit.content.reading import enumeration
from ivaudit.domain.forms import FieldKind
from ivaudit.resources import shipped

Said = Callable[..., list[str]]

FORM = """\
id: essai
version: "1.0.0"
title: Fiche
licence: etalab-2.0
sections:
  - id: un
    title: Un
    fields:
      - {id: name, label: Nom, kind: texte}
      - {id: kind, label: Nature, kind: choix, vocabulary: unit_kinds}
      - id: rows
        label: Lignes
        kind: lignes
        columns:
          - {id: name, label: Nom, kind: texte}
"""

OUTLINE = """\
id: essai
version: "1.0.0"
title: Rapport
licence: etalab-2.0
accent: "#1c56b0"
blocks:
  - {kind: couverture, title: Couverture}
  - {kind: méthode, title: Méthode}
words: {score: Score}
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            ", vocabulary: unit_kinds",
            "",
            "10:41: choices: une liste attendue, ici ou par vocabulary, et une seule",
        ),
        (
            "label: Nom, kind: texte}\n      -",
            "label: Nom, kind: texte, vocabulary: places}\n      -",
            "9:38: kind: pas de liste de choix pour un champ « texte »",
        ),
        (
            "kind: lignes",
            "kind: texte",
            "13:15: columns: des colonnes pour les champs « lignes », et pour eux seuls",
        ),
        ("{id: name", "{id: Nom", "9:14: id: minuscules sans accent, chiffres et tirets seulement"),
    ],
)
def test_a_form(problems_of: Said, old: str, new: str, message: str) -> None:
    assert problems_of(FORM, "forms/essai.yaml") == []
    assert problems_of(FORM.replace(old, new, 1), "forms/essai.yaml") == [message]


def test_a_form_names_the_kinds_of_fields(problems_of: Said) -> None:
    listed = enumeration(kind.value for kind in FieldKind)
    assert problems_of(FORM.replace("kind: choix", "kind: liste"), "forms/essai.yaml") == [
        f"10:41: kind: {listed} attendu, « liste » trouvé"
    ]


def test_a_form_names_a_family_of_the_vocabulary(problems_of: Said) -> None:
    assert problems_of(FORM.replace("unit_kinds", "unit_kind"), "forms/essai.yaml") == [
        "10:60: vocabulary: famille « unit_kind » inconnue ; vouliez-vous dire « unit_kinds » ?"
    ]


def test_a_form_has_each_field_once(problems_of: Said) -> None:
    assert problems_of(FORM.replace("id: kind", "id: name"), "forms/essai.yaml") == [
        "9:14: id: champ « name » en double",
        "10:14: id: champ « name » en double",
    ]


def _altered(name: str, old: str, new: str) -> str:
    text = (shipped("checklists") / "echelles" / f"{name}.yaml").read_text(encoding="utf-8")
    assert old in text
    return text.replace(f"id: {name}", "id: essai", 1).replace(old, new, 1)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("conformite", "percent: 100", "percent: 110", "12:14: percent: de 0 à 100 attendu"),
        (
            "conformite",
            "    percent: 100\n",
            "",
            "6:5: percent: pour les valeurs « noté », et pour elles seules",
        ),
        (
            "niveaux-ivaudit",
            "critical_cap: a-con",
            "critical_cap: z",
            "6:15: critical_cap: niveau « zsolider » inconnu",
        ),
        (
            "niveaux-ivaudit",
            "from_score: 75",
            "from_score: 90",
            "8:3: values: from_score décroît d'un niveau à l'autre, jusqu'à 0",
        ),
    ],
)
def test_scales_and_levels(problems_of: Said, name: str, old: str, new: str, message: str) -> None:
    assert problems_of(_altered(name, old, new), "checklists/echelles/essai.yaml") == [message]


def test_the_vocabulary_has_each_term_once_and_the_states_of_an_audit(problems_of: Said) -> None:
    twice = _altered("vocabulaire", "{id: entretien,", "{id: document,")
    said = problems_of(twice, "checklists/echelles/essai.yaml")
    assert said == [
        "5:10: id: « document » en double dans methods",
        "6:10: id: « document » en double dans methods",
    ]
    said = problems_of(
        _altered("vocabulaire", "{id: en cours,", "{id: fini,"), "checklists/echelles/essai.yaml"
    )
    assert [each.partition(": ")[2] for each in said] == [
        "audit_states: dans l'ordre, préparation, en cours, en relecture, validé"
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"#1c56b0"', "bleu", "5:9: accent: une couleur « #rrggbb » en minuscules attendue"),
        (
            "blocks:",
            "logo: ../../etc/logo.png\nblocks:",
            "6:7: logo: un nom de fichier .png, .svg ou .jpg, sans dossier, attendu",
        ),
        ("score: Score", "scores: Score", "9:9: words.scores: mot inconnu ; vouliez-vous dire « score » ?"),
    ],
)
def test_an_outline(problems_of: Said, old: str, new: str, message: str) -> None:
    assert problems_of(OUTLINE, "exports/essai.yaml") == []
    assert problems_of(OUTLINE.replace(old, new, 1), "exports/essai.yaml") == [message]


def test_an_outline_has_each_part_once(problems_of: Said) -> None:
    assert problems_of(OUTLINE.replace("kind: méthode", "kind: couverture"), "exports/essai.yaml") == [
        "7:12: kind: la partie « couverture » est en double",
        "8:12: kind: la partie « couverture » est en double",
    ]
