"""What the library finds, resolves, sets aside and refuses."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ivaudit.content import library as library_module
from ivaudit.content.check import check
from ivaudit.content.library import Library
from ivaudit.content.reading import keys_of
from ivaudit.content.shapes import ChecklistFile, CriterionRef
from ivaudit.domain.checklist import Checklist
from ivaudit.domain.errors import ContentProblems, NotFound

CELL = ", ou critical_chosen_by"
IGNORED = " ; ce fichier est ignoré, le renommer"

OTHER = """\
id: autre
version: "1.0.0"
title: Autre grille
kind: visite
summary: Par renvoi.
edition: "1"
licence: etalab-2.0
authors: ["Une cellule"]
published: "2026-11-21"
scale: trois
levels: niveaux-ivaudit
coverage_threshold: 80
minutes_budget: 60
domains:
  - id: un
    title: Un
    sections:
      - id: un-un
        title: Un un
        criteria:
          - ref: essai-02
            weight: 2
            minutes: 5
          - ref: essai-01
            critical: true
            critical_reason: Sans règle, rien ne tient.
"""

SCALE = """\
kind: echelle
id: trois
version: "1.0.0"
title: Oui ou non
values:
  - {id: oui, label: Oui, help: Oui., standing: noté, symbol: plein, tone: bon, percent: 100}
  - {id: non, label: Non, help: Non., standing: noté, symbol: croix, tone: mauvais, percent: 0}
"""


@pytest.fixture
def local(tmp_path: Path, grid: str) -> Path:
    """A local content folder with two checklists and a scale, all right."""
    folder = tmp_path / "contenu"
    (folder / "checklists" / "echelles").mkdir(parents=True)
    (folder / "checklists" / "essai.yaml").write_text(grid, encoding="utf-8")
    (folder / "checklists" / "autre.yaml").write_text(OTHER, encoding="utf-8")
    (folder / "checklists" / "echelles" / "trois.yaml").write_text(SCALE, encoding="utf-8")
    return folder


def _said(library: Library) -> list[str]:
    return [str(problem) for problem in library.refused()]


def test_local_content_is_listed_after_the_shipped(local: Path) -> None:
    library = Library.find(local)
    shipped = [checklist.id for checklist in Library.find().checklists()]
    assert [checklist.id for checklist in library.checklists()] == [*shipped, "autre", "essai"]
    assert library.refused() == ()


def test_a_reference_takes_the_criterion_with_its_overrides_and_its_scale(local: Path) -> None:
    autre = Library.find(local).checklist("autre")
    essai = Library.find(local).checklist("essai")
    two, one = (point.criterion for point in autre.points())
    assert (two.id, two.weight, two.minutes, two.critical) == ("essai-02", 2, 5, False)
    assert (one.id, one.weight, one.critical, one.critical_reason) == (
        "essai-01",
        1,
        True,
        "Sans règle, rien ne tient.",
    )
    assert autre.scale.id == "trois"
    assert autre.scale_of(one).id == "conformite"
    assert essai.scale_of(next(essai.points()).criterion).id == "conformite"
    assert [scale.id for scale in autre.other_scales] == ["conformite"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "ref: essai-02",
            "ref: essai-03",
            "21:18: ref: critère « essai-03 » inconnu ; vouliez-vous dire « essai-02 » ?",
        ),
        ("weight: 2", "weight: 5", "22:21: weight: 1 ou 2 attendu, « 5 » trouvé sans weight_reason"),
        ("minutes: 5", "minutes: 50", "23:22: minutes: un nombre de 1 à 15 attendu, « 50 » trouvé"),
        ("ref: essai-02", "ref: essai-01", None),
        (
            "critical_reason: Sans",
            "critical_chosen_by: Sans",
            "25:23: critical: un point critique donne sa raison (critical_reason)",
        ),
        (
            "            weight: 2\n",
            "            why: Autre.\n",
            f"22:13: why: clé inconnue ; clés admises : {', '.join(keys_of(CriterionRef))}",
        ),
        (
            "minutes: 5",
            "critical: true\n            critical_reason: Grave.",
            f"23:23: critical: un point critique demande une référence « lu » ou « cité »{CELL}",
        ),
    ],
)
def test_a_reference_that_cannot_be_taken(local: Path, old: str, new: str, message: str | None) -> None:
    assert old in OTHER
    path = local / "checklists" / "autre.yaml"
    path.write_text(OTHER.replace(old, new, 1), encoding="utf-8")
    said = [each.split("autre.yaml:")[1] for each in _said(Library.find(local))]
    assert said == (
        [message]
        if message
        else [f"{line}:18: ref: « essai-01 » est déjà dans cette grille" for line in (21, 24)]
    )


def test_a_cell_may_choose_a_critical_point_by_its_name(local: Path) -> None:
    path = local / "checklists" / "autre.yaml"
    chosen = "critical: true\n            critical_reason: Grave.\n            critical_chosen_by: la cellule"
    path.write_text(OTHER.replace("minutes: 5", chosen), encoding="utf-8")
    library = Library.find(local)
    assert library.refused() == ()
    criterion = next(library.checklist("autre").points()).criterion
    assert (criterion.critical, criterion.critical_chosen_by) == (True, "la cellule")


def test_a_broken_local_file_is_set_aside_and_said(local: Path, grid: str) -> None:
    (local / "checklists" / "essai.yaml").write_text(
        grid.replace("weight: 1", "weight: un"), encoding="utf-8"
    )
    library = Library.find(local)
    assert [checklist.id for checklist in library.checklists()] == [
        each.id for each in Library.find().checklists()
    ]
    assert "contenu/checklists/essai.yaml:30:21: weight: 1 ou 2 attendu, « un » trouvé" in _said(library)
    with pytest.raises(ContentProblems) as raised:
        library.checklist("essai")
    assert raised.value.problems == (
        "contenu/checklists/essai.yaml:30:21: weight: 1 ou 2 attendu, « un » trouvé",
    )
    assert raised.value.sentence == (
        "Le contenu local « essai » comporte une erreur et n'a pas été chargé. "
        "Vos audits ne sont pas touchés. Corrigez-le, puis relancez."
    )


def test_a_local_file_never_replaces_a_shipped_one(local: Path) -> None:
    text = OTHER.replace("id: autre", "id: flash", 1)
    (local / "checklists" / "flash.yaml").write_text(text, encoding="utf-8")
    library = Library.find(local)
    assert library.checklist("flash") == Library.find().checklist("flash")
    assert _said(library) == [
        f"contenu/checklists/flash.yaml:1:5: id: « flash » est déjà celui de checklists/flash.yaml{IGNORED}"
    ]
    assert [checklist.id for checklist in library.checklists()].count("flash") == 1


def test_what_is_not_there_is_said(local: Path) -> None:
    library = Library.find(local)
    with pytest.raises(NotFound, match="Il n'y a pas de contenu « grille » nommé « rien »"):
        library.checklist("rien")
    with pytest.raises(NotFound, match="« fiche »"):
        library.form("rien")
    with pytest.raises(NotFound, match="« plan de rapport »"):
        library.outline("rien")


def test_a_folder_that_does_not_exist_changes_nothing(tmp_path: Path) -> None:
    assert Library.find(tmp_path / "rien").checklists() == Library.find().checklists()


def test_what_was_read_once_is_kept(local: Path) -> None:
    library = Library.find(local)
    first = library.checklist("essai")
    (local / "checklists" / "essai.yaml").unlink()
    assert library.checklist("essai") is first
    assert library.vocabulary() is library.vocabulary()


def test_check_walks_a_folder_and_sees_the_shipped_content(local: Path) -> None:
    assert check([local]) == ()
    assert check(None) == ()
    assert check([local / "checklists" / "essai.yaml"]) == ()


def test_nothing_is_read_before_it_is_asked_for() -> None:
    code = (
        "import sys; from ivaudit.content.library import Library; Library.find(); "
        "import ivaudit.content.check, ivaudit.content.compiled; "
        "print(sorted({'yaml', 'msgspec'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == "[]"


def test_what_was_made_of_the_former_files_meanwhile_is_not_kept(
    grid: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "checklists"
    folder.mkdir()
    (folder / "essai.yaml").write_text(grid, encoding="utf-8")
    found = Library.find(tmp_path)
    real = library_module.resolve

    def slow(file: ChecklistFile, *given: Any) -> Checklist:  # noqa: ANN401
        monkeypatch.setattr(library_module, "resolve", real)
        (folder / "essai.yaml").write_text(grid.replace("title: ", "title: Autre ", 1), encoding="utf-8")
        found.reread()
        return real(file, *given)

    monkeypatch.setattr(library_module, "resolve", slow)
    assert not found.checklist("essai").title.startswith("Autre")
    assert found.checklist("essai").title.startswith("Autre")
