"""`content rules` and `content codes`."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.found import code, fill, no_codes

from ivaudit.content.shapes import Family
from ivaudit.content.writing import to_yaml
from ivaudit.domain.codes_import import updated

Command = Callable[..., Any]


@pytest.fixture(autouse=True)
def folder() -> Iterator[Path]:
    with no_codes() as place:
        yield place


def test_the_cross_table_is_printed(cli: Command) -> None:
    found = cli("content", "rules", "--json", passphrase=None).json
    assert len(found["rules"]) > 130
    assert all(each["criteria"] for each in found["rules"])
    assert sum(each["rules"] for each in found["counts"]) == len(found["rules"])
    assert {"criterion", "checklist", "number", "question"} <= set(found["criteria_without_rule"][0])
    said = cli("content", "rules", passphrase=None).out
    assert "[EXI SI 07 v2.0 (déduite)] Le logiciel permet" in said
    assert "[EXI SI 10, numéro à vérifier]" in said
    assert "→ rniv-1-principes-communs 2.1" in said
    assert "AUCUN CRITÈRE" not in said
    assert cli("content", "rules", "--uncovered", "--json", passphrase=None).json["rules"] == []


def test_a_table_goes_out_and_its_codes_come_back(cli: Command, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "tableau.xlsx"
    assert cli("content", "rules", "--out", out, "--json", passphrase=None).json == {"file": str(out)}
    cells = {"Code relevé": "EXI SI 04", "Édition relevée": "2.0", "Date du relevé": "20/11/2026"}
    fill(out, "RNIV 1", {"r1-si-04": {**cells, "Vérifié par (fonction)": "référent régional"}})
    dry = cli("content", "codes", "import", out, "--dry-run", passphrase=None)
    assert (dry.code, "Rien n'a été écrit." in dry.out) == (0, True)
    assert not folder.exists()
    done = cli("content", "codes", "import", out, "--json", passphrase=None)
    assert [each["rule"] for each in done.json["new"]] == ["r1-si-04"]
    assert done.json["file"] == str(folder / "codes-releves.yaml")
    listed = cli("content", "codes", "list", passphrase=None).out
    assert "RNIV 1 v2.0, code EXI SI 04 relevé par référent régional le 20/11/2026" in listed
    assert "EXI SI 04 v2.0 relevé" in cli("content", "rules", passphrase=None).out
    given = tmp_path / "codes.yaml"
    assert cli("content", "codes", "export", "--out", given, passphrase=None).code == 0
    assert "kind: codes" in given.read_text(encoding="utf-8")


def test_refused_rows_are_listed_with_their_cell(cli: Command, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "tableau.xlsx"
    cli("content", "rules", "--out", out, passphrase=None)
    fill(out, "RNIV 3", {"r3-snh-02": {"Code relevé": "SNH 2"}})
    done = cli("content", "codes", "import", out, passphrase=None)
    assert done.code == 1
    assert "refusé : RNIV 3!E" in done.out
    assert not folder.exists()


def test_there_may_be_no_code_yet(cli: Command, tmp_path: Path) -> None:
    assert cli("content", "codes", "list", passphrase=None).out.strip() == "Aucun code relevé."
    assert cli("content", "codes", "list", "--json", passphrase=None).json == []
    assert cli("content", "codes", "export", "--out", tmp_path / "c.yaml", passphrase=None).code != 0
    assert cli("content", "codes", "import", tmp_path / "absent.xlsx", passphrase=None).code != 0


def test_a_received_file_says_what_it_changes(cli: Command, tmp_path: Path) -> None:
    path = tmp_path / "recu.yaml"
    path.write_text(to_yaml(updated(None, [code()]), Family.CODES), encoding="utf-8")
    assert cli("content", "codes", "import", path, passphrase=None).code == 0
    newer = code(code="EXI SI 05", date="2026-11-21")
    path.write_text(to_yaml(updated(None, [newer]), Family.CODES), encoding="utf-8")
    said = cli("content", "codes", "import", path, passphrase=None).out
    assert "changé : r1-si-04  v2.0  EXI SI 05 (remplace EXI SI 04)" in said
    path.write_text(to_yaml(updated(None, [code(date="2026-01-01")]), Family.CODES), encoding="utf-8")
    said = cli("content", "codes", "import", path, passphrase=None).out
    assert "laissé de côté, plus ancien que le code connu : r1-si-04" in said
