"""Rules of the log, of the intake of foreign logs and of short papers: wrong in one place at a time."""

from collections.abc import Callable

import pytest

from ivaudit.resources import shipped

Said = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("journal-anomalies", "field: number}", "field: empty}", "columns: une colonne « field: number »"),
        (
            "journal-anomalies",
            "title: Nature,",
            "title: Structure,",
            "title: le titre « Structure » est en double",
        ),
        (
            "journal-anomalies",
            "field: kind,",
            "field: found,",
            "field: « found » est déjà dans une autre colonne",
        ),
        ("journal-anomalies", "width: 14,", "width: 140,", "width: un nombre de caractères de 4 à 120"),
        ("journal-anomalies", ", hidden: true}", "}", "field: « rest » ne sert qu'à la machine"),
        ("journal-anomalies", '"#f1f7e1"', '"vert"', "colours.1: une couleur comme"),
        ("journal-anomalies", "sheet: Anomalies", f"sheet: {'A' * 40}", "sheet: 31 caractères au plus"),
        (
            "reprise-journal",
            "target: unit,",
            "target: units,",
            "target: « units » inconnu ; vouliez-vous dire « unit »",
        ),
        (
            "reprise-journal",
            "reference/maître/IPP",
            "reference/chef/IPP",
            "target: « reference/chef/IPP » inconnu",
        ),
        (
            "reprise-journal",
            "words: [collision,",
            "words: [doublon,",
            "words: « doublon » est donné à deux valeurs",
        ),
        ("accuse-reception", "{day}", "{jour}", "texts.text: valeur « {jour} » inconnue"),
        ("accuse-reception", "  next:", "  suite:", "texts: « next » est attendu"),
    ],
)
def test_each_rule(problems_of: Said, file: str, old: str, new: str, message: str) -> None:
    text = (shipped("exports") / f"{file}.yaml").read_text(encoding="utf-8")
    assert old in text
    found = problems_of(text.replace(old, new, 1), f"exports/{file}.yaml")
    assert any(message in each for each in found), found
