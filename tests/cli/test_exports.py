"""`report`, `demo`, `self-test`: files that leave, and the program tried whole."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

Command = Callable[..., Any]
NOTE = "NOTE-DE-L-EQUIPE"


@pytest.mark.parametrize(
    ("form", "start"), [("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK"), ("json", b"{")]
)
def test_a_report_is_written_where_it_was_asked(
    on: Command, place: SimpleNamespace, tmp_path: Path, form: str, start: bytes
) -> None:
    on("answer", place.audit, "rec-ant-02", "non", "--constat", "Vu au poste")
    out = tmp_path / f"rapport.{form}"
    done = on("report", place.audit, "--format", form, "--out", out, "--json")
    assert done.code == 0, done.err
    assert done.json == {"file": str(out)}
    assert out.read_bytes().startswith(start)


def test_notes_leave_only_when_asked(on: Command, place: SimpleNamespace, tmp_path: Path) -> None:
    on("answer", place.audit, "rec-ant-02", "non", "--constat", "Vu", "--note", NOTE)
    out = tmp_path / "rapport.json"
    on("report", place.audit, "--format", "json", "--out", out)
    assert NOTE not in out.read_text(encoding="utf-8")
    on("report", place.audit, "--format", "json", "--out", out, "--with-notes")
    assert NOTE in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["rapport", "bilan", "transmissible"])
@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx", "json"])
def test_every_kind_is_written_in_every_format(
    on: Command, place: SimpleNamespace, tmp_path: Path, kind: str, form: str
) -> None:
    out = tmp_path / f"{kind}.{form}"
    done = on("report", place.audit, "--kind", kind, "--format", form, "--out", out)
    assert done.code == 0, done.err
    assert out.stat().st_size > 200


def test_what_a_copy_never_holds_is_refused(on: Command, place: SimpleNamespace, tmp_path: Path) -> None:
    out = tmp_path / "copie.pdf"
    done = on(
        "report", place.audit, "--kind", "transmissible", "--format", "pdf", "--out", out, "--with-notes"
    )
    assert done.code != 0
    assert "copie transmissible" in done.err
    assert not out.exists()


def test_a_debrief_says_scores_only_when_asked(on: Command, place: SimpleNamespace, tmp_path: Path) -> None:
    out = tmp_path / "bilan.json"
    on("report", place.audit, "--kind", "bilan", "--format", "json", "--out", out)
    kinds = [part["kind"] for part in json.loads(out.read_text(encoding="utf-8"))["parts"]]
    assert "chiffres" not in kinds
    on("report", place.audit, "--kind", "bilan", "--format", "json", "--out", out, "--with-score")
    kinds = [part["kind"] for part in json.loads(out.read_text(encoding="utf-8"))["parts"]]
    assert "chiffres" in kinds


def test_a_place_that_cannot_be_written_is_3(on: Command, place: SimpleNamespace, tmp_path: Path) -> None:
    done = on("report", place.audit, "--format", "json", "--out", tmp_path / "absent" / "rapport.json")
    assert done.code == 3
    assert done.err.count("\n") == 1


def test_the_demonstration_is_made_once(cli: Command, tmp_path: Path) -> None:
    out = tmp_path / "démo"
    done = cli("demo", "--out", out, "--json", passphrase=None)
    assert done.code == 0, done.err
    made = done.json
    suffixes = [Path(file).suffix for file in made["files"]]
    assert sorted(suffixes) == [".docx", ".json", ".pdf", ".pdf", ".pdf", ".xlsx"]
    assert all(Path(file).parent == out for file in made["files"])
    shown = cli(
        "--workspace",
        made["workspace"],
        "audits",
        "show",
        made["audit"],
        "--json",
        passphrase=made["passphrase"],
    )
    (result,) = shown.json["results"]
    assert result["score"] is not None
    assert len(shown.json["answers"]) > 50
    report = next(Path(file) for file in made["files"] if file.endswith(".json"))
    assert json.loads(report.read_text(encoding="utf-8"))
    assert zipfile.is_zipfile(next(file for file in made["files"] if file.endswith(".xlsx")))
    again = cli("demo", "--out", out, passphrase=None)
    assert again.code == 3
    assert "existe déjà" in again.err


def test_the_program_tries_itself(cli: Command) -> None:
    done = cli("self-test", "--json", passphrase=None)
    assert done.code == 0, done.out
    assert done.json["ok"]
    assert [step["problem"] for step in done.json["steps"]] == [""] * 6


def test_a_failed_try_is_1(cli: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    from ivaudit.app import selftest  # noqa: PLC0415

    steps = (selftest.Step(title="Sauvegarde", problem="OSError : essai"),)
    monkeypatch.setattr(selftest, "run", lambda _progress: steps)
    done = cli("self-test", passphrase=None)
    assert done.code == 1
    assert "ÉCHEC Sauvegarde  OSError : essai" in done.out
