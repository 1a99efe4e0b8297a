"""A real page on a real workspace: the writer, the session and the shipped grid are the true ones."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.audit_desk import Desk, made_writer, new_audit, shown_desk

from ivaudit.store.keys import KdfCost
from ivaudit.ui.writer import Writer

GRID = "rniv-1-principes-communs"


@pytest.fixture
def writer(tmp_path: Path, passphrase: str, cheap_cost: KdfCost, qtbot: QtBot) -> Iterator[Writer]:
    yield from made_writer(tmp_path / "dossier", passphrase, cheap_cost, qtbot)


@pytest.fixture
def audit(writer: Writer, qtbot: QtBot) -> str:
    return new_audit(writer, qtbot, GRID, profile=("insi",))


@pytest.fixture
def desk(qtbot: QtBot, writer: Writer, audit: str) -> Iterator[Desk]:
    yield from shown_desk(qtbot, writer, audit)
