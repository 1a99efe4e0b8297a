"""Workspaces for the tests of the store: real ones, with the cheapest key derivation accepted."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ivaudit.store.keys import KdfCost
from ivaudit.store.workspace import Workspace

NOBODY = 65534


@pytest.fixture(autouse=True)
def _temporary_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put back the place of temporary files, whatever the test leaves open."""
    monkeypatch.setattr(tempfile, "tempdir", tempfile.tempdir)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the workspace of the test lives."""
    return tmp_path / "dossier de travail é"


@pytest.fixture
def make(folder: Path, passphrase: str, cheap_cost: KdfCost) -> Callable[[], Workspace]:
    """Make the workspace, open."""

    def made() -> Workspace:
        workspace, _ = Workspace.create(folder, passphrase, cost=cheap_cost, with_recovery=False)
        return workspace

    return made


@pytest.fixture
def reopen(folder: Path, passphrase: str) -> Callable[[], Workspace]:
    """Open the workspace again."""
    return lambda: Workspace.open(folder, passphrase=passphrase)


@pytest.fixture
def workspace(make: Callable[[], Workspace]) -> Iterator[Workspace]:
    """An open workspace, closed at the end."""
    opened = make()
    yield opened
    opened.close()


@pytest.fixture
def ordinary_place() -> Iterator[Path]:
    """A folder of a person whom file permissions stop: the superuser becomes nobody for the test."""
    place = Path(tempfile.mkdtemp())
    superuser = os.geteuid() == 0
    if superuser:
        os.chown(place, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    try:
        yield place
    finally:
        if superuser:
            os.seteuid(0)
        shutil.rmtree(place, ignore_errors=True)
