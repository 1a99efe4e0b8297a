"""`init`, `passphrase`, `settings`, `backup`."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

Command = Callable[..., Any]

NEW = "Une-Autre-Phrase-2026"


def test_init_makes_a_workspace_and_says_its_recovery_code(cli: Command, tmp_path: Path) -> None:
    folder = tmp_path / "neuf"
    done = cli("--workspace", folder, "init", "--author", "Référente", "--json")
    assert done.code == 0
    assert done.json["author"] == "Référente"
    assert len(done.json["recovery_code"]) > 20
    assert cli("--workspace", folder, "audits", "list").out == "Aucun audit.\n"


def test_init_twice_touches_nothing(on: Command, place: SimpleNamespace) -> None:
    before = (place.folder / "cle.json").read_bytes()
    done = on("init", "--no-recovery")
    assert done.code == 3
    assert "existe déjà" in done.err
    assert (place.folder / "cle.json").read_bytes() == before


def test_init_refuses_a_weak_passphrase(cli: Command, tmp_path: Path) -> None:
    done = cli("--workspace", tmp_path / "neuf", "init", "--no-recovery", passphrase="azerty")
    assert done.code == 2
    assert "sept mots" in done.err
    assert not (tmp_path / "neuf").exists()


def test_init_without_recovery_says_what_it_means(cli: Command, tmp_path: Path) -> None:
    done = cli("--workspace", tmp_path / "neuf", "init", "--no-recovery")
    assert done.code == 0
    assert "illisible pour toujours" in done.out


def test_init_writes_the_recovery_sheet(cli: Command, tmp_path: Path) -> None:
    sheet = tmp_path / "secours.pdf"
    done = cli("--workspace", tmp_path / "neuf", "init", "--recovery-sheet", sheet, "--json")
    assert done.code == 0
    assert done.json["recovery_code"] is None
    assert sheet.read_bytes().startswith(b"%PDF")


def test_a_code_whose_sheet_cannot_be_written_is_shown(cli: Command, tmp_path: Path) -> None:
    folder, sheet = tmp_path / "neuf", tmp_path / "absent" / "secours.pdf"
    done = cli("--workspace", folder, "init", "--recovery-sheet", sheet, "--json")
    assert done.code == 3
    assert done.err
    file = tmp_path / "code"
    file.write_text(done.json["recovery_code"], encoding="utf-8")
    file.chmod(0o600)
    opened = cli("--workspace", folder, "audits", "list", "--recovery-code-file", file, passphrase=None)
    assert opened.code == 0


def test_a_changed_passphrase_replaces_the_former(on: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IVAUDIT_NEW_PASSPHRASE", NEW)
    assert on("passphrase", "change").code == 0
    assert on("audits", "list").code == 3
    assert on("audits", "list", passphrase=NEW).code == 0


def test_two_different_entries_change_nothing(on: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter([NEW, NEW + "x"])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(typed))
    done = on("passphrase", "change")
    assert done.code == 3
    assert "diffèrent" in done.err
    assert on("audits", "list").code == 0


def test_a_new_recovery_code_replaces_the_former(on: Command, place: SimpleNamespace, tmp_path: Path) -> None:
    code = on("passphrase", "recovery", "--json").json["recovery_code"]
    former, present = tmp_path / "former", tmp_path / "present"
    for file, text in ((former, place.recovery), (present, code)):
        file.write_text(text, encoding="utf-8")
        file.chmod(0o600)
    assert on("audits", "list", "--recovery-code-file", former, passphrase=None).code == 3
    assert on("audits", "list", "--recovery-code-file", present, passphrase=None).code == 0


def test_settings_are_read_and_changed_by_their_kind(on: Command) -> None:
    assert on("settings", "set", "advance_after_answer", "oui").code == 0
    assert on("settings", "set", "text_scale", "150").code == 0
    found = on("settings", "show", "--json").json
    assert (found["advance_after_answer"], found["text_scale"]) == (True, 150)
    assert "advance_after_answer : oui" in on("settings", "show").out
    assert on("settings", "set", "text_scale", "grand").code == 2
    assert on("settings", "set", "advance_after_answer", "1").code == 2


def test_a_backup_is_made_listed_and_put_back(on: Command, place: SimpleNamespace) -> None:
    assert on("backup", "list").out == "Aucune sauvegarde.\n"
    on("answer", place.audit, "rec-ant-02", "oui")
    made = on("backup", "create", "--json").json
    on("answer", place.audit, "rec-ant-02", "non")
    (listed,) = on("backup", "list", "--json", passphrase=None).json
    assert listed["name"] == made["name"]
    done = on("backup", "restore", made["name"], "--json")
    assert done.code == 0
    assert Path(done.json["replaced"]).exists()
    (answer,) = on("audits", "show", place.audit, "--json").json["answers"]
    assert answer["value"] == "oui"
    kept, _ = on("backup", "list", "--json", passphrase=None).json
    assert (kept["name"], kept["replaced"]) == (Path(done.json["replaced"]).name, True)
    assert "remplacée lors d'une restauration" in on("backup", "list").out
    assert on("backup", "restore", kept["name"]).code == 0
    (answer,) = on("audits", "show", place.audit, "--json").json["answers"]
    assert answer["value"] == "non"


def test_an_unknown_backup_is_2(on: Command) -> None:
    assert on("backup", "restore", "absente").code == 2
