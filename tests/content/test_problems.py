"""Each kind of error says where it is and what was expected, exactly."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ivaudit.content.check import check
from ivaudit.content.library import Library

Said = Callable[..., list[str]]

LONG = "x" * 219

SHAPES = [
    ("weight: 1", "weight: beaucoup", "30:21: weight: 1 ou 2 attendu, « beaucoup » trouvé"),
    ("weight: 1", "weight: [1]", "30:21: weight: 1 ou 2 attendu, une liste trouvée"),
    ("minutes: 2", "minutes: 2.5", "35:22: minutes: un nombre de minutes de 1 à 15 attendu, « 2.5 » trouvé"),
    ("minutes: 2", "minutes:", "35:21: minutes: un nombre de minutes de 1 à 15 attendu, rien trouvé"),
    ('"1.0.0"', "1.10", "2:10: version: un texte attendu, « 1.10 » trouvé : le mettre entre guillemets"),
    ("[direction]", "direction", "28:28: interlocutors: une liste attendue, « direction » trouvé"),
    (
        "[direction]",
        "[12]",
        "28:29: interlocutors: un texte attendu, « 12 » trouvé : le mettre entre guillemets",
    ),
    ("critical: false", "critical: no", "32:23: critical: « true » ou « false » attendu, « no » trouvé"),
    (
        "na: interdit",
        "na: interdits",
        (
            "33:17: na: « interdit », « motif » ou « libre » attendu, « interdits » trouvé ; "
            "vouliez-vous dire « interdit » ?"
        ),
    ),
    (
        "force: exigence",
        "force: impératif",
        "31:20: force: « exigence », « recommandation » ou « bonne pratique » attendu, « impératif » trouvé",
    ),
    ("kind: exigences", "kind: autre", "4:7: kind: « exigences » ou « visite » attendu, « autre » trouvé"),
    ("{oui: écrite, non: absente}", "[oui]", "25:21: rating: un bloc de clés attendu, une liste trouvée"),
    (
        "{oui: écrite, non: absente}",
        "{oui: écrite, non: 3}",
        "25:40: rating.non: un texte attendu, « 3 » trouvé : le mettre entre guillemets",
    ),
    ("            why: Sans règle, chacun fait autrement.\n", "", "20:13: why: clé obligatoire absente"),
    ("id: essai\n", "id: autre\n", "1:5: id: « essai » attendu (le nom du fichier), « autre » trouvé"),
]


@pytest.mark.parametrize(("old", "new", "message"), SHAPES, ids=[each[2][:24] for each in SHAPES])
def test_a_wrong_shape(grid: str, problems_of: Said, old: str, new: str, message: str) -> None:
    assert old in grid
    assert problems_of(grid.replace(old, new, 1)) == [message]


def test_a_misspelt_key_is_both_unknown_and_missing(grid: str, problems_of: Said) -> None:
    assert problems_of(grid.replace("weight: 1", "wieght: 1")) == [
        "20:13: weight: clé obligatoire absente",
        "30:13: wieght: clé inconnue ; vouliez-vous dire « weight » ?",
    ]


def test_a_strange_key_is_told_the_ones_allowed(grid: str, problems_of: Said) -> None:
    assert problems_of(grid.replace("confidence: lu,", "confidence: lu, humeur: bonne,", 1)) == [
        "37:80: humeur: clé inconnue ; clés admises : document, edition, code, section, confidence, source"
    ]


def test_every_problem_of_a_file_is_said_at_once(grid: str, problems_of: Said) -> None:
    wrong = grid.replace("weight: 1", "weight: un").replace("minutes: 3", "minutes: trois")
    assert [said.split(":")[:2] for said in problems_of(wrong)] == [["30", "21"], ["52", "22"]]


def test_yaml_problems_have_their_place(grid: str, problems_of: Said) -> None:
    assert problems_of(grid.replace("title: Un\n", "title: Un: deux\n", 1)) == [
        "15:14: « : » inattendu : texte à mettre entre guillemets, ou indentation"
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "1:1: fichier vide"),
        ("- essai\n", "1:1: document: un bloc de clés attendu, une liste trouvée"),
        ("essai\n", "1:1: document: un bloc de clés attendu, « essai » trouvé"),
    ],
)
def test_a_file_that_is_no_checklist(problems_of: Said, content: str, message: str) -> None:
    assert problems_of(content) == [message]


def test_a_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "checklists" / "rien.yaml"
    assert [str(problem) for problem in check([path])] == [f"{path}:1:1: fichier introuvable ou illisible"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("id: essai\n", "1:1: kind: clé obligatoire absente"),
        (
            "kind: echele\nid: essai\n",
            (
                "1:7: kind: « echelle », « niveaux », « vocabulaire », « glossaire », « regles », "
                "« seuils » ou « categories » attendu, « echele » trouvé ; vouliez-vous dire « echelle » ?"
            ),
        ),
    ],
)
def test_a_scale_says_what_it_is(problems_of: Said, content: str, message: str) -> None:
    assert problems_of(content, "checklists/echelles/essai.yaml") == [message]


RULES = [
    ("écrite ?", "écrite", "21:23: question: se termine par une espace et « ? »"),
    ("La règle est-elle écrite ?", f"{LONG} ?", "21:23: question: 220 caractères au plus, 221 trouvés"),
    ("Sans règle, chacun", "Sans règle,  chacun", "22:18: why: deux espaces de suite"),
    (
        "Écrire la règle.",
        '"Écrire la règle. "',
        "34:29: recommendation: espace au début ou à la fin du texte",
    ),
    ("Écrire la règle.", '""', "34:29: recommendation: texte vide"),
    ("default: Lire la règle.", 'default: ""', "24:15: guidance.default: texte vide"),
    ("default: Lire", "ehpad: Lire", "24:15: guidance: clé obligatoire absente : default"),
    (
        "default: Lire la règle.",
        "default: Lire.\n              ehpads: Lire.",
        (
            "25:15: guidance.ehpads: « default », « es », « ehpad », « esms », « had », « labo »,"
            " « imagerie » ou « ville » attendu ; vouliez-vous dire « ehpad » ?"
        ),
    ),
    ("[règle]", "[]", "26:23: evidence: de 1 à 4 preuves attendues"),
    ("weight: 1", "weight: 3", "30:21: weight: 1 ou 2 attendu, « 3 » trouvé sans weight_reason"),
    ("weight: 1", "weight: 0", "30:21: weight: 1 ou 2 attendu, « 0 » trouvé"),
    ("minutes: 2", "minutes: 16", "35:22: minutes: un nombre de 1 à 15 attendu, « 16 » trouvé"),
    ("minutes: 2", "minutes: 0", "35:22: minutes: un nombre de 1 à 15 attendu, « 0 » trouvé"),
    (
        "critical: false",
        "critical: true",
        "32:23: critical: un point critique donne sa raison (critical_reason)",
    ),
    ("critical: false", "critical_reason: grave", "32:30: critical_reason: réservé aux points critiques"),
    (
        "na: motif",
        "na: motif\n            critical: true\n            critical_reason: grave",
        "50:23: critical: un point critique demande une référence « lu » ou « cité », ou critical_chosen_by",
    ),
    (
        "{document: RNIV 1, confidence: à vérifier}",
        "{document: RNIV 1, code: EXI PP 01, confidence: à vérifier}",
        "54:42: code: pas de code quand la référence est « à vérifier »",
    ),
    ("{oui: écrite, non: absente}", "{oui: écrite}", "25:21: rating: il manque ce qui vaut « non »"),
    (
        "{oui: écrite, non: absente}",
        "{oui: écrite, non: absente, non_vu: jamais}",
        "25:49: rating.non_vu: « oui », « partiel » ou « non » attendu",
    ),
    (
        "methods: [document]",
        "methods: [documents]",
        "27:23: methods: « documents » n'est pas dans le vocabulaire ; vouliez-vous dire « document » ?",
    ),
    ("[soignant]", "[]", "45:28: interlocutors: au moins une clé attendue"),
    (
        "profile: [hebergement]",
        "profile: [hebergment]",
        "50:46: profile: « hebergment » n'est pas dans le vocabulaire ; vouliez-vous dire « hebergement » ?",
    ),
    (
        "criterion: essai-01,",
        "criterion: inconnu,",
        "50:73: criterion: critère « inconnu » inconnu",
    ),
    (
        "in: [oui, partiel]",
        "in: [oui, autre]",
        "50:93: in: « autre » n'est pas une valeur de l'échelle « conformite »",
    ),
    (
        "{profile: [hebergement]}",
        "{profile: [hebergement], any: [{profile: [bloc]}]}",
        "50:35: applicability: une seule clé à la fois parmi profile, criterion (avec in), all, any",
    ),
    (", in: [oui, partiel]", "", "50:61: applicability: criterion et in vont ensemble"),
    (
        "{any: [{profile: [hebergement]}, {criterion: essai-01, in: [oui, partiel]}]}",
        "{criterion: essai-02, in: [oui]}",
        "50:28: applicability: cette condition revient à son propre critère",
    ),
    (
        "- {document: RNIV 1, confidence: à vérifier}",
        "[]",
        "54:15: references: au moins une référence attendue",
    ),
    (
        "scale: conformite",
        "scale: conformité",
        "10:8: scale: échelle « conformité » inconnue ; vouliez-vous dire « conformite » ?",
    ),
    ("levels: niveaux-ivaudit", "levels: autres", "11:9: levels: niveaux « autres » inconnus"),
    (
        "coverage_threshold: 80",
        "coverage_threshold: 101",
        "12:21: coverage_threshold: un pourcentage entier de 0 à 100 attendu",
    ),
    ("2026-11-21", "21/11/2026", "9:12: published: une date AAAA-MM-JJ attendue"),
    ('"1.0.0"', '"1.0"', "2:10: version: trois nombres attendus, comme « 1.0.0 »"),
    ('["Équipe ivaudit"]', "[]", "8:10: authors: au moins un auteur attendu"),
    ("id: un-un", "id: Un_un", "17:13: id: minuscules sans accent, chiffres et tirets seulement"),
]


@pytest.mark.parametrize(("old", "new", "message"), RULES, ids=[each[2][:24] for each in RULES])
def test_a_broken_rule(grid: str, problems_of: Said, old: str, new: str, message: str) -> None:
    assert old in grid
    assert problems_of(grid.replace(old, new, 1)) == [message]


def test_the_small_checklist_is_right(grid: str, problems_of: Said) -> None:
    assert problems_of(grid) == []
    assert problems_of(grid.encode("utf-8-sig").replace(b"\n", b"\r\n")) == []


def test_an_id_used_twice_in_a_checklist(grid: str, problems_of: Said) -> None:
    assert problems_of(grid.replace("id: un-un", "id: un")) == []
    twice = problems_of(grid.replace("id: essai-02", "id: essai-01"))
    assert "20:17: id: « essai-01 » est employé plusieurs fois dans cette grille" in twice
    assert "38:17: id: « essai-01 » est employé plusieurs fois dans cette grille" in twice
    assert "38:17: id: « essai-01 » est déjà un critère de essai" in twice


def test_a_criterion_id_is_taken_by_another_checklist(grid: str, problems_of: Said) -> None:
    taken = Library.find().checklist("rniv-1-principes-communs")
    id_taken = next(taken.points()).criterion.id
    assert problems_of(grid.replace("id: essai-02", f"id: {id_taken}")) == [
        f"38:17: id: « {id_taken} » est déjà un critère de rniv-1-principes-communs"
    ]


def test_a_cycle_through_two_criteria_is_said_of_both(grid: str, problems_of: Said) -> None:
    both = grid.replace(
        "na: interdit", "na: interdit\n            applicability: {criterion: essai-02, in: [oui]}"
    )
    assert problems_of(both) == [
        "34:28: applicability: cette condition revient à son propre critère",
        "51:28: applicability: cette condition revient à son propre critère",
    ]
