"""The page of an audit on a real workspace, as for the other steps."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.audit_desk import Desk, made_writer, new_audit, shown_desk
from support.photos import photo

from ivaudit.store.keys import KdfCost
from ivaudit.ui.writer import Writer


@pytest.fixture
def writer(tmp_path: Path, passphrase: str, cheap_cost: KdfCost, qtbot: QtBot) -> Iterator[Writer]:
    yield from made_writer(tmp_path / "dossier", passphrase, cheap_cost, qtbot)


@pytest.fixture
def desk(qtbot: QtBot, writer: Writer) -> Iterator[Desk]:
    yield from shown_desk(qtbot, writer, new_audit(writer, qtbot, "flash"))


@pytest.fixture
def shot(tmp_path: Path) -> Path:
    path = tmp_path / "bracelet.jpg"
    path.write_bytes(photo("JPEG", (1200, 800)))
    return path
