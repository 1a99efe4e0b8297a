"""How a call ends: its exit code, one French sentence, and nothing left in the environment."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ivaudit.app import audits, workspaces
from ivaudit.app.session import Session
from ivaudit.domain.errors import DiskFull, ReadOnlyPlace

Command = Callable[..., Any]

PROJECT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "il manque : COMMANDE"),
        (("bogus",), "« bogus » n'est pas un de"),
        (("answer",), "il manque : AUDIT"),
        (("audits", "create", "x"), "il manque l'un de : --checklist --from"),
        (("report", "x", "--format", "odt", "--out", "f"), "« odt » n'est pas un de"),
        (("anomalies", "state", "1", "close ?"), "« close ? » n'est pas un de : signalée, à confirmer"),
        (("audits", "list", "--js"), "arguments inconnus : --js"),
    ],
)
def test_a_wrong_call_is_2_in_french(cli: Command, words: tuple[str, ...], sentence: str) -> None:
    done = cli(*words)
    assert (done.code, done.out) == (2, "")
    assert sentence in done.err
    assert "--help" in done.err


def test_help_and_version_are_0(cli: Command) -> None:
    assert "usage : ivaudit-cli" in cli("--help").out
    assert cli("--version").out.startswith("ivaudit 0.")


def test_a_wrong_passphrase_is_3(on: Command) -> None:
    done = on("audits", "list", passphrase="une autre phrase")
    assert (done.code, done.out) == (3, "")
    assert "n'ouvre pas le dossier de travail" in done.err


def test_no_workspace_is_3(cli: Command, tmp_path: Path) -> None:
    done = cli("--workspace", tmp_path / "absent", "audits", "list")
    assert done.code == 3
    assert "Il n'y a pas de dossier de travail" in done.err
    assert not (tmp_path / "absent").exists()


def test_a_workspace_open_elsewhere_is_3(on: Command, place: SimpleNamespace, passphrase: str) -> None:
    session = workspaces.open_with_passphrase(place.folder, passphrase)
    try:
        done = on("audits", "list")
    finally:
        session.close()
    assert done.code == 3
    assert "déjà ouvert" in done.err
    assert on("audits", "list").code == 0


def test_a_full_disk_is_3(on: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskFull

    monkeypatch.setattr(audits, "all_of", full)
    done = on("audits", "list")
    assert done.code == 3
    assert "Le disque est plein" in done.err


def test_what_went_wrong_first_is_told(on: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    close = Session.close

    def full(*_: object, **__: object) -> None:
        raise DiskFull

    def refused(session: Session) -> None:
        close(session)
        raise ReadOnlyPlace("Rien ne s'écrit.")

    monkeypatch.setattr(Session, "close", refused)
    assert "Rien ne s'écrit." in on("audits", "list").err
    monkeypatch.setattr(audits, "all_of", full)
    assert "Le disque est plein" in on("audits", "list").err


def test_an_unknown_audit_or_value_is_2(on: Command, place: SimpleNamespace) -> None:
    assert on("audits", "show", "000000000000").code == 2
    assert on("answer", place.audit, "absent", "oui").code == 2
    done = on("answer", place.audit, "rec-ant-02", "peut-être")
    assert done.code == 2
    assert "Les réponses possibles sont" in done.err


def test_a_reason_without_its_answer_is_2(on: Command, place: SimpleNamespace) -> None:
    done = on("answer", place.audit, "rec-ant-02", "--constat", "Vu.", "--reason", "Pas de bloc")
    assert done.code == 2
    assert "accompagne" in done.err


def test_our_bug_is_4_and_its_log_has_no_user_text(
    on: Command, place: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        typed = {"Jeanne Martin": 1}
        raise KeyError(next(iter(typed)))

    monkeypatch.setattr(audits, "all_of", broken)
    done = on("audits", "list")
    assert done.code == 4
    (log,) = (place.folder / "journal-technique").glob("ivaudit-arret-*.txt")
    assert str(log) in done.err
    text = log.read_text(encoding="utf-8")
    assert "builtins.KeyError\n" in text
    assert "test_calls.py" in text
    assert "raise KeyError(next(iter(typed)))" in text
    assert str(PROJECT) not in text
    assert "'Jeanne Martin'" not in text


def test_ctrl_c_is_130(on: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(audits, "all_of", interrupted)
    done = on("audits", "list")
    assert done.code == 130
    assert "Interrompu" in done.err


def test_the_variable_leaves_the_environment(on: Command) -> None:
    assert on("audits", "list").code == 0
    assert "IVAUDIT_PASSPHRASE" not in os.environ


def test_a_passphrase_file_opens_and_warns_when_others_may_read_it(
    on: Command, tmp_path: Path, passphrase: str
) -> None:
    file = tmp_path / "secret"
    file.write_text(passphrase + "\n", encoding="utf-8")
    file.chmod(0o600)
    done = on("audits", "list", "--passphrase-file", file, passphrase=None)
    assert (done.code, done.err) == (0, "")
    file.chmod(0o644)
    done = on("--passphrase-file", file, "audits", "list", passphrase=None)
    assert done.code == 0
    assert "chmod 600" in done.err


def test_a_file_too_long_for_a_secret_is_refused_unread(on: Command, tmp_path: Path, passphrase: str) -> None:
    file = tmp_path / "secret"
    file.write_text(passphrase + "\n" + "x" * 5_000, encoding="utf-8")
    file.chmod(0o600)
    done = on("audits", "list", "--passphrase-file", file, passphrase=None)
    assert done.code == 3
    assert "trop long : 4096 octets au plus" in done.err
    assert passphrase not in done.err


def test_the_recovery_code_opens(on: Command, place: SimpleNamespace, tmp_path: Path) -> None:
    file = tmp_path / "code"
    file.write_text(place.recovery, encoding="utf-8")
    file.chmod(0o600)
    assert on("audits", "list", "--recovery-code-file", file, passphrase=None).code == 0


def test_a_prompt_asks_and_its_absence_is_said(
    on: Command, monkeypatch: pytest.MonkeyPatch, passphrase: str
) -> None:
    monkeypatch.setattr("getpass.getpass", lambda _prompt: passphrase)
    assert on("audits", "list", passphrase=None).code == 0

    def nobody(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("getpass.getpass", nobody)
    done = on("audits", "list", passphrase=None)
    assert done.code == 3
    assert "--passphrase-file" in done.err


def test_what_a_terminal_would_obey_is_shown(on: Command, place: SimpleNamespace) -> None:
    on("answer", place.audit, "rec-ant-02", "oui", "--constat", "rouge \x1b[31m ici")
    done = on("audits", "show", place.audit)
    assert "rouge �[31m ici" in done.out


def test_only_the_module_of_the_word_is_loaded(cli: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "ivaudit.cli.backup", raising=False)
    assert cli("content", "list").code == 0
    assert "ivaudit.cli.backup" not in sys.modules
