"""Cuts the power of a simulated disk thousands of times in each scenario, and looks at what is left.

    python tests/faults/power_cuts.py [--cuts 1000] [--scenario NAME] [--seed N]

The scenario is played once on a disk that remembers every call; from its log come as many states of the disk
as wanted, each opened and checked whole. Two controls prove that the simulation bites: without
`synchronous=FULL` answers must be lost, and without our own calls to `fsync` a changed passphrase must.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parents[1])]

import _crash  # noqa: E402 - found from the line above
import _disk  # noqa: E402
import _scenarios  # noqa: E402
from _catalogue import SCENARIOS  # noqa: E402
from _scenarios import Scenario  # noqa: E402

from ivaudit.store import encryption  # noqa: E402

MEMORY = Path("/dev/shm")  # noqa: S108 - where states cost no disk, when it is there
ACKS = 20
"""Problems printed of one scenario: one explains, twenty convince."""


@dataclass
class Report:
    """What was seen of a scenario."""

    name: str
    states: int = 0
    calls: int = 0
    acknowledged: int = 0
    lost: int = 0
    broken: int = 0
    problems: list[str] = field(default_factory=list)

    def line(self) -> str:
        """Return the figures as one line."""
        return (
            f"{self.name}: {self.states} power cuts over {self.calls} calls, "
            f"{self.acknowledged} acknowledged, {self.lost} states with a loss, {self.broken} broken"
        )


def campaign(scenario: Scenario, states: int, *, seed: int, deaf: bool = False) -> Report:
    """Play a scenario once, then look at so many power cuts in it."""
    report = Report(scenario.name)
    with _place() as place, _scenarios.quick():
        root, state = place / "watched", place / "state"
        root.mkdir()
        scenario.prepare(root)
        with _disk.watched(root, deaf=deaf) as disk:
            scenario.play(root, disk.ack)
        report.calls, report.acknowledged = len(disk.log.events), len(disk.log.acknowledged)
        _check_log(disk, root, state)
        for cut in _crash.cuts(disk.log, states, seed=seed):
            _crash.lay(disk.log, cut, str(root), state)
            _note(report, cut, _problems(scenario, state, _crash.acknowledged(disk.log, cut)))
    return report


def _problems(scenario: Scenario, state: Path, acknowledged: list[str]) -> list[str]:
    former = tempfile.tempdir
    try:
        return list(scenario.look(state, acknowledged))
    except Exception as error:  # noqa: BLE001 - a state that nobody foresaw is a finding
        return [f"unforeseen: {type(error).__name__}: {error}"]
    finally:
        tempfile.tempdir = former


def _note(report: Report, cut: _crash.Cut, problems: list[str]) -> None:
    report.states += 1
    lost = any(problem.startswith(("lost", "an acknowledged", "opened by")) for problem in problems)
    report.lost += lost
    report.broken += bool(problems) and not lost
    report.problems += [f"{report.name} {cut}: {problem}" for problem in problems]


def _check_log(disk: _disk.Disk, root: Path, target: Path) -> None:
    """Fail when the log does not tell all that happened: its end must be the folder, byte for byte."""
    _crash.whole(disk.log, str(root), target)
    assert _files(target) == _files(root), "the log of the disk is not what happened to it"


def _files(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not path.name.endswith(_disk.IGNORED)
    }


@contextmanager
def _place() -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="ivaudit-cuts-", dir=MEMORY if MEMORY.is_dir() else None))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def without_full(states: int, *, seed: int) -> Report:
    """Return what is lost when the engine makes nothing durable: the control of the simulation."""
    off = tuple(each.replace("synchronous = FULL", "synchronous = OFF") for each in encryption.PRAGMAS)
    assert off != encryption.PRAGMAS
    with mock.patch.object(encryption, "PRAGMAS", off):
        return campaign(SCENARIOS["answer"](), states, seed=seed)


def without_fsync(states: int, *, seed: int) -> Report:
    """Return what is lost when our own files are not made durable: the control of the other layer."""
    return campaign(SCENARIOS["passphrase"](), states, seed=seed, deaf=True)


def main() -> int:
    """Run the scenarios and the controls, print the figures."""
    parser = argparse.ArgumentParser(
        description="Cut the power of a simulated disk, and look at what is left."
    )
    parser.add_argument("--cuts", type=int, default=1000, help="in each scenario")
    parser.add_argument("--scenario", choices=SCENARIOS, action="append", help="default: all")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    asked = parser.parse_args()
    total = Report("all")
    for name in asked.scenario or SCENARIOS:
        report = campaign(SCENARIOS[name](), asked.cuts, seed=asked.seed)
        print("\n".join([*report.problems[:ACKS], report.line()]), flush=True)
        total.states += report.states
        total.lost += report.lost
        total.broken += report.broken
    controls = (without_full(300, seed=asked.seed), without_fsync(300, seed=asked.seed))
    for control, what in zip(controls, ("synchronous=OFF", "without our fsync"), strict=True):
        print(f"control, {what}: {control.line()}")
    print(f"{total.states} power cuts, {total.lost} losses, {total.broken} broken (seed {asked.seed})")
    return int(bool(total.lost or total.broken) or not all(each.lost + each.broken for each in controls))


if __name__ == "__main__":
    sys.exit(main())
