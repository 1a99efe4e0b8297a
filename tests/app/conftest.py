"""An open workspace with one facility and one audit of the shipped grid."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.bench import Bench

from ivaudit.app import audits, facilities, workspaces
from ivaudit.app.session import Session
from ivaudit.store.keys import KdfCost

GRID = "rniv-1-principes-communs"


@pytest.fixture
def session(tmp_path: Path, passphrase: str, cheap_cost: KdfCost) -> Iterator[Session]:
    opened, _ = workspaces.create(tmp_path / "dossier", passphrase, "Cellule régionale", cost=cheap_cost)
    yield opened
    opened.close()


@pytest.fixture
def bench(session: Session) -> Bench:
    _, facility = facilities.create(session, {"name": "EHPAD Les Tilleuls", "profile": ["insi"]})
    _, audit = audits.create(session, facility, "externe", [GRID], "2026-11-21")
    return Bench(session, facility, audit)


@pytest.fixture
def other(tmp_path: Path, passphrase: str, cheap_cost: KdfCost) -> Iterator[Session]:
    """Another workspace, empty."""
    opened, _ = workspaces.create(tmp_path / "ailleurs", passphrase, "Autre cellule", cost=cheap_cost)
    yield opened
    opened.close()
