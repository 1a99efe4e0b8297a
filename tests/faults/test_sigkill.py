"""A few kills at each run; `make faults` does two hundred."""

import sys
from pathlib import Path

import pytest
from faults import sigkill


@pytest.mark.parametrize("way", sigkill.WAYS)
def test_what_was_acknowledged_before_a_kill_is_there_after(tmp_path: Path, way: str) -> None:
    report = sigkill.campaign(tmp_path / "dossier", 5, sigkill.WAYS[way](), seed=7)
    assert report.problems == []
    assert report.kills == 5
    assert len(report.acknowledged) > 5


def test_the_campaign_notices_a_loss(tmp_path: Path) -> None:
    """The control: a child that acknowledges without recording must be caught."""
    liar = (
        "import sys, json\n"
        "for number, line in enumerate(sys.stdin, 1):\n"
        "    print(json.dumps({'line': number, 'ok': True}), flush=True)\n"
    )
    honest = sigkill.store()
    lying = sigkill.Through(
        prepare=honest.prepare,
        command=lambda _folder: [sys.executable, "-c", liar],
        line=honest.line,
    )
    report = sigkill.campaign(tmp_path / "dossier", 1, lying, seed=3)
    assert any("acknowledged and lost" in problem for problem in report.problems)
