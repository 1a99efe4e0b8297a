"""Rows of INSi files: laid by a migration of a former workspace, written whole or not at all."""

from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as engine

from ivaudit.domain.insi import Channel, Usage
from ivaudit.store import insi, migrations
from ivaudit.store.journal import Edit
from ivaudit.store.keys import KdfCost
from ivaudit.store.workspace import Workspace

ROW = Usage("2026-09", "250000015", "EHPAD A", "25", "500", 3, 2, 1, None)


def _batch(workspace: Workspace, *rows: Usage, name: str = "lot") -> insi.Batch:
    recorded = workspace.journal.record("insi", [Edit(f"insi_import:{name}", "exists", True)], author="Moi")
    return insi.Batch(id=name, sha="00" * 32, recorded=recorded, channel=Channel.CARD, rows=rows)


def test_a_workspace_of_the_former_version_gets_the_table(
    tmp_path: Path, passphrase: str, cheap_cost: KdfCost, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", migrations.STEPS[:1])
        former, _ = Workspace.create(tmp_path / "d", passphrase, cost=cheap_cost, with_recovery=False)
        former.close()
    workspace = Workspace.open(tmp_path / "d", passphrase=passphrase)
    insi.write(workspace.db, _batch(workspace, ROW))
    assert insi.rows(workspace.db, Channel.CARD, ["2026-09"]) == (ROW,)
    workspace.close()


def test_a_batch_is_written_whole_or_not_at_all(workspace: Workspace) -> None:
    insi.write(workspace.db, _batch(workspace, ROW))
    wrong = ROW._replace(finess="250000023", calls="beaucoup")  # type: ignore[arg-type]
    with pytest.raises(engine.IntegrityError):
        insi.write(workspace.db, _batch(workspace, ROW._replace(calls=9), wrong, name="autre"))
    assert insi.rows(workspace.db, Channel.CARD, ["2026-09"]) == (ROW,)


def test_reading_uses_the_index(workspace: Workspace) -> None:
    select = (
        "EXPLAIN QUERY PLAN SELECT finess, MAX(month) FROM insi_row"
        " WHERE (calls IS NULL OR calls > 0) AND month <= ? GROUP BY finess"
    )
    plan = " ".join(str(row[-1]) for row in workspace.db.execute(select, ("2026-09",)))
    assert "insi_row_called" in plan
    assert insi.received(workspace.db) == {}


def test_a_number_not_communicated_counts_as_a_last_call(workspace: Workspace) -> None:
    rows = (ROW._replace(calls=None), ROW._replace(month="2026-10", calls=0), ROW._replace(month="2026-08"))
    insi.write(workspace.db, _batch(workspace, *rows))
    assert insi.last_calls(workspace.db, "2026-10") == {ROW.finess: "2026-09"}
    assert insi.last_calls(workspace.db, "2026-07") == {}
    assert insi.received(workspace.db) == dict.fromkeys(
        ("2026-08", "2026-09", "2026-10"), frozenset({Channel.CARD})
    )
    assert insi.callers(workspace.db, ["2026-08", "2026-09"]) == {
        "2026-08": frozenset({ROW.finess}),
        "2026-09": frozenset(),
    }
