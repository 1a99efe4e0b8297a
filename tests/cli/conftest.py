"""A workspace made once at low cost, copied for each test, and the command line called in this process."""

import io
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ivaudit.app import audits, facilities, workspaces
from ivaudit.cli.main import run
from ivaudit.store.keys import FLOOR

PASSPHRASE = "sept mots pour ouvrir un dossier fictif"
CRITERIA = ("rec-ant-02", "cas-sdp-01", "val-doc-02")


@dataclass(frozen=True)
class Done:
    """What a command left: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - a JSON document
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Cli = Callable[..., Done]


class Place(SimpleNamespace):
    """A workspace (`folder`, `recovery` code) with one `facility` and one `audit` of the flash checklist."""


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("cli") / "dossier"
    session, code = workspaces.create(folder, PASSPHRASE, "Référente", cost=FLOOR)
    _, facility = facilities.create(session, {"name": "EHPAD Les Tilleuls"})
    kind = session.library.vocabulary().audit_kinds[0].id
    _, audit = audits.create(session, facility, kind, ["flash"], "2026-11-21")
    session.close()
    return Place(folder=folder, recovery=code or "", facility=facility, audit=audit)


@pytest.fixture
def place(template: Place, tmp_path: Path) -> Place:
    folder = tmp_path / "dossier"
    shutil.copytree(template.folder, folder)
    return Place(folder=folder, recovery=template.recovery, facility=template.facility, audit=template.audit)


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Call the command line; the passphrase comes from the environment unless it is None."""

    def call(*words: object, stdin: str = "", passphrase: str | None = PASSPHRASE) -> Done:
        if passphrase is None:
            monkeypatch.delenv("IVAUDIT_PASSPHRASE", raising=False)
        else:
            monkeypatch.setenv("IVAUDIT_PASSPHRASE", passphrase)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        code = run([str(word) for word in words])
        captured = capsys.readouterr()
        return Done(code, captured.out, captured.err)

    return call


@pytest.fixture
def on(cli: Cli, place: Place) -> Cli:
    """Call the command line on the workspace of the test."""

    def call(*words: object, **settings: Any) -> Done:  # noqa: ANN401 - handed on
        return cli("--workspace", place.folder, *words, **settings)

    return call
