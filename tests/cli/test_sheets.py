"""Lists out to a spreadsheet and back, without a window."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from support.sheets import fill, ranks_of

Cli = Callable[..., Any]


def _actions(on: Cli, place: Any) -> tuple[str, str]:  # noqa: ANN401 - the fixture's namespace
    made = [
        on("actions", "add", place.facility, what, "--due", due, "--json").json["action"]
        for what, due in (("Former les arrivants.", "2020-01-31"), ("Afficher la règle.", "2099-01-31"))
    ]
    return made[0], made[1]


def test_a_plan_goes_out_filtered_and_its_progress_comes_back(on: Cli, place: Any, tmp_path: Path) -> None:  # noqa: ANN401
    late, _ = _actions(on, place)
    only = on("actions", "export", "--out", tmp_path / "retard.csv", "--due", "en retard", "--json")
    assert only.json["actions"] == [late]
    assert (tmp_path / "retard.csv").read_text("utf-8-sig").count("\n") == 2
    sent = tmp_path / "plan.xlsx"
    assert "2 actions" in on("actions", "export", "--out", sent).out
    back = fill(sent, tmp_path / "retour.xlsx", {late: {"État": "Réalisée", "Réalisée le": "12/12/2026"}})
    dry = on("actions", "import", back, "--dry-run", "--json").json
    assert (dry["written"], len(dry["changes"]), dry["same"]) == (0, 2, 1)
    assert on("actions", "list", "--due", "en retard", "--json").json != []
    done = on("actions", "import", back)
    assert "à faire → réalisée" in done.out
    assert done.out.endswith("2 valeurs enregistrées.\n")
    assert on("actions", "list", "--due", "en retard", "--json").json == []
    assert on("actions", "import", back, "--json").json["written"] == 0
    assert "avant l'import" in on("backup", "list").out


def test_both_sides_changed_is_kept_unless_told(on: Cli, place: Any, tmp_path: Path) -> None:  # noqa: ANN401
    late, _ = _actions(on, place)
    on("actions", "export", "--out", tmp_path / "plan.xlsx")
    back = fill(tmp_path / "plan.xlsx", tmp_path / "retour.xlsx", {late: {"État": "Réalisée"}})
    on("actions", "edit", late, "--state", "abandonnée")
    kept = on("actions", "import", back)
    assert "gardé : modifié des deux côtés" in kept.out
    assert on("actions", "import", back, "--take-theirs", "--json").json["written"] == 1


def test_lines_of_a_campaign_go_out_and_back(on: Cli, place: Any, tmp_path: Path) -> None:  # noqa: ANN401
    campaign = on("observations", "create", place.facility, "obs-bracelet", "--json").json["campaign"]
    sent = tmp_path / "lignes.xlsx"
    out = on("observations", "export", campaign, "--out", sent, "--blank", "4", "--json").json
    assert out["lines"] == 4
    from openpyxl import load_workbook  # noqa: PLC0415 - one test

    _, ranks = ranks_of(load_workbook(sent).worksheets[0])
    fact = next(title for title in ranks if title.startswith("1. "))
    back = fill(sent, tmp_path / "rempli.xlsx", {1: {fact: "Oui"}, 2: {fact: "Non", "Heure": "9h30"}})
    assert on("observations", "import", campaign, back, "--dry-run", "--json").json["written"] == 0
    assert len(on("observations", "import", campaign, back, "--json").json["added"]) == 2
    rows = on("observations", "show", campaign, "--json").json["rows"]
    assert [(row["number"], row["time"]) for row in rows] == [(1, ""), (2, "09:30")]
    assert on("observations", "import", campaign, back, "--json").json["written"] == 0
    refused = on("observations", "import", campaign, tmp_path / "absent.xlsx")
    assert refused.code == 3


def test_a_comparison_is_written_too(on: Cli, place: Any, tmp_path: Path) -> None:  # noqa: ANN401
    second = on(
        "audits", "create", place.facility, "--from", place.audit, "--date", "2027-01-01", "--json"
    ).json["audit"]
    for audit, value in ((place.audit, "non"), (second, "oui")):
        on("answer", audit, "rec-ant-02", value)
    done = on("compare", place.audit, second, "--out", tmp_path / "c.xlsx")
    assert "1 point amélioré, 0 dégradé, 0 inchangé" in done.out
    assert (tmp_path / "c.xlsx").read_bytes().startswith(b"PK")
    assert on("compare", place.audit, second, "--out", tmp_path / "c.png").code == 0
    assert on("compare", place.audit, second, "--out", tmp_path / "c.doc").code == 2
