"""`backup show|verify|copy`, `restore`, `verify`, `passphrase key-…`."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ivaudit.app import workspaces
from ivaudit.store import layout

Command = Callable[..., Any]


def test_a_copy_is_described_with_what_putting_it_back_would_lose(
    on: Command, place: SimpleNamespace
) -> None:
    on("answer", place.audit, "rec-ant-02", "oui")
    made = on("backup", "create", "--json").json
    on("answer", place.audit, "cas-sdp-01", "non")
    (found,) = on("backup", "show", made["name"], "--json").json
    assert found["contents"]["answers"] == 1
    assert "1 geste" in found["lost"][0]
    assert "EHPAD Les Tilleuls" in found["lost"][1]
    said = on("backup", "show").out
    assert "1 réponses" in said
    assert "n'a pas" in said
    assert on("restore", made["name"], "--dry-run").out.startswith(made["name"])
    (answer, other) = on("audits", "show", place.audit, "--json").json["answers"]
    assert {answer["value"], other["value"]} == {"oui", "non"}


def test_nothing_to_lose_is_said(on: Command) -> None:
    made = on("backup", "create", "--json").json
    (found,) = on("backup", "show", made["name"], "--json").json
    assert found["lost"][0].startswith("Rien ne serait perdu")


def test_a_copy_is_verified_and_a_damaged_one_is_1(on: Command, place: SimpleNamespace) -> None:
    assert on("backup", "verify").code == 2
    made = on("backup", "create", "--json").json
    assert on("backup", "verify").code == 0
    file = place.folder / layout.BACKUPS / made["name"] / layout.DATABASE
    raw = bytearray(file.read_bytes())
    raw[9000] ^= 1
    file.write_bytes(raw)
    done = on("backup", "verify", made["name"])
    assert (done.code, "endommag" in done.out) == (1, True)


def test_a_copy_elsewhere_is_put_back_by_its_place(
    on: Command, place: SimpleNamespace, tmp_path: Path
) -> None:
    on("answer", place.audit, "rec-ant-02", "oui")
    (tmp_path / "clé").mkdir()
    done = on("backup", "copy", "--to", tmp_path / "clé", "--json")
    assert done.code == 0
    assert "même disque" in done.err
    on("answer", place.audit, "rec-ant-02", "non")
    assert on("restore", done.json["folder"]).code == 0
    (answer,) = on("audits", "show", place.audit, "--json").json["answers"]
    assert answer["value"] == "oui"
    assert on("backup", "copy", "--to", tmp_path / "absente").code == 2


def test_everything_is_verified_and_put_right(on: Command, place: SimpleNamespace) -> None:
    on("answer", place.audit, "rec-ant-02", "oui")
    assert on("verify").out.startswith("Tout est intact : ")
    _behind(place, "UPDATE answer SET value = 'non'")
    done = on("verify")
    assert done.code == 1
    assert "verify --repair" in done.out
    repaired = on("verify", "--repair", "--json")
    assert (repaired.code, len(repaired.json["repaired"])) == (0, 1)


def test_what_cannot_be_put_right_is_said_with_the_best_copy(on: Command, place: SimpleNamespace) -> None:
    on("answer", place.audit, "rec-ant-02", "oui", "--constat", "Vu au poste d'accueil.")
    made = on("backup", "create", "--json").json
    _behind(
        place,
        "DROP TRIGGER change_fixed",
        """UPDATE change SET body = '[1,"autre"]' WHERE field = 'constat'""",
    )
    done = on("verify", "--repair", "--json")
    assert done.code == 1
    assert "EHPAD Les Tilleuls · Audit externe · 21/11/2026, 2.1 – constat" in done.json["damaged"][0]
    assert done.json["best_copy"] == made["name"]
    assert done.json["lost"][0].startswith("Rien ne serait perdu")


def _behind(place: SimpleNamespace, *statements: str) -> None:
    session = workspaces.open_with_passphrase(place.folder, "sept mots pour ouvrir un dossier fictif")
    for statement in statements:
        session.workspace.db.execute(statement)
    session.close()


def test_the_key_of_a_facility_is_made_added_used_and_removed(on: Command, tmp_path: Path) -> None:
    private, public = tmp_path / "privée.txt", tmp_path / "publique.txt"
    made = on("passphrase", "key-create", "--private", private, "--public", public, "--json", passphrase=None)
    assert made.code == 0
    assert private.stat().st_mode & 0o077 == 0
    refused = on("passphrase", "key-add", private)
    assert (refused.code, "partie privée" in refused.err) == (2, True)
    added = on("passphrase", "key-add", public, "--holder", "DSI", "--json").json
    assert added["fingerprint"] == made.json["fingerprint"]
    assert "gardée par DSI" in on("passphrase", "key-show").out
    opened = on("audits", "list", "--recovery-code-file", private, passphrase=None)
    assert (opened.code, "EHPAD" in opened.out) == (0, True)
    assert on("passphrase", "key-remove").code == 0
    assert on("audits", "list", "--recovery-code-file", private, passphrase=None).code == 3
    assert "Aucune clé" in on("passphrase", "key-show").out


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"a" * 100_000, b"Code : ABCD-EFGH"])
def test_what_is_no_key_is_refused(on: Command, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "clé.txt"
    file.write_bytes(content)
    assert on("passphrase", "key-add", file).code == 2
