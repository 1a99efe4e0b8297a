"""What a table of columns must respect."""

from pathlib import Path

import pytest

from ivaudit.content.check import check

GOOD = """kind: tableau
id: outil
version: "1.0.0"
title: Outil qualité
licence: etalab-2.0
columns:
  - {id: ref, title: Référence, width: 14, field: key}
  - {id: statut, title: Statut, width: 14, field: state, words: {réalisée: Terminé}}
  - {id: axe, title: Axe, width: 14, field: empty}
"""


def _problems(folder: Path, text: str) -> list[str]:
    place = folder / "exports"
    place.mkdir()
    path = place / "outil.yaml"
    path.write_text(text, encoding="utf-8")
    return [str(problem) for problem in check([path])]


def test_a_local_table_is_content(tmp_path: Path) -> None:
    assert _problems(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("field: key", "field: empty", "« field: key » attendue, 0 trouvées"),
        ("id: axe", "id: ref", "la colonne « ref » est en double"),
        ("title: Axe", "title: référence", "est en double"),
        ("field: empty", "field: state", "est déjà dans une autre colonne"),
        ("width: 14, field: empty", "width: 2, field: empty", "de 4 à 120"),
        ("réalisée: Terminé", "realisee: Terminé", "mot inconnu ; vouliez-vous dire « réalisée »"),
        ("{réalisée: Terminé}", "{réalisée: Fini, abandonnée: fini}", "traduit déjà un autre mot"),
        ("field: empty", "field: what, words: {a: b}", "words: seulement pour"),
        ("field: empty", "field: wath", "vouliez-vous dire « what »"),
        ("field: key", "field: key, printed: false", "vient après celles qui s'impriment"),
    ],
)
def test_a_wrong_table_is_said_with_its_place(tmp_path: Path, wrong: str, right: str, said: str) -> None:
    found = _problems(tmp_path, GOOD.replace(wrong, right))
    assert any(said in problem for problem in found), found
    assert all("outil.yaml:" in problem for problem in found)


INSI = """kind: tableau-insi
id: outil
version: "1.0.0"
title: Suivi de la région
licence: etalab-2.0
what: suivi
columns:
  - {id: numero, title: FINESS, width: 12, field: finess}
  - {id: suite, title: Suite, width: 20, field: empty}
  - {id: avis, title: Avis, width: 20, field: empty}
"""


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("field: finess", "field: name", "« field: finess » attendue"),
        ("title: Avis", "title: suite", "est en double"),
        ("width: 12", "width: 200", "de 4 à 120"),
        ("field: finess", "field: finesse", "vouliez-vous dire « finess »"),
        ("what: suivi", "what: autre", "what:"),
    ],
)
def test_columns_of_the_insi_follow_up_are_content(tmp_path: Path, wrong: str, right: str, said: str) -> None:
    good = tmp_path / "bon"
    good.mkdir()
    assert _problems(good, INSI) == []
    found = _problems(tmp_path, INSI.replace(wrong, right))
    assert any(said in problem for problem in found), found
