"""The directory without a window."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from support.directories import BOURG, LAVAL, OWNER, etalab, line

Cli = Callable[..., Any]


def test_the_directory_is_looked_at_imported_searched_and_made_into_a_structure(
    on: Cli, tmp_path: Path
) -> None:
    path = etalab(tmp_path / "a.csv", [line(), line(BOURG, name="HAD DU LAC", department="01")])
    dry = on("facilities", "import", path, "--dry-run")
    assert "Annuaire etalab daté du 4 mai 2026 : 2 établissements (ET)." in dry.out
    assert "53 MAYENNE : 1 ET, 0 EJ, 0 fermés (en place : 0 ET, 0 EJ)" in dry.out
    assert dry.out.endswith("Rien n'a été importé.\n")
    assert on("facilities", "search", "pins", "--json").json == {"directory": None, "entries": []}
    nothing = on("facilities", "search", "pins").out
    assert nothing == "Aucun annuaire FINESS n'est importé : « ivaudit-cli facilities import FICHIER ».\n"
    done = on("facilities", "import", path, "--json").json
    assert (done["state"]["tally"]["sites"], done["changes"]["added"]) == (2, 2)
    found = on("facilities", "search", "LAV", "pins", "--json").json
    assert found["directory"]["date"] == "2026-05-04"
    assert [(each["kind"], each["finess"], each["ej"]) for each in found["entries"]] == [("ET", LAVAL, OWNER)]
    told = on("facilities", "search", "pins")
    assert told.out.startswith("Annuaire FINESS du 4 mai 2026, 2 établissements.\nET " + LAVAL)
    made = on("facilities", "create-from", LAVAL, "--json").json
    assert made["created"]
    assert on("facilities", "show", made["facility"], "--json").json["finess_et"] == LAVAL
    again = on("facilities", "create-from", LAVAL)
    assert "existe déjà" in again.out
    assert again.err == ""


def test_what_cannot_be_done_is_said(on: Cli, tmp_path: Path) -> None:
    assert on("facilities", "import", tmp_path / "absent.csv").code == 2
    path = tmp_path / "a.csv"
    path.write_text("nom;ville\nA;B\n", encoding="utf-8")
    refused = on("facilities", "import", path)
    assert refused.code == 3
    assert "n'est pas un annuaire FINESS" in refused.err
    assert on("facilities", "create-from", LAVAL).code == 2
    assert on("facilities", "search", "x", "--limit", "0").code == 2
