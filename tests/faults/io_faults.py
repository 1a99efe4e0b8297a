"""Refuses each call of a scenario once, «no room» then «input/output error», and looks at what is left.

    python tests/faults/io_faults.py [--scenario NAME] [--every N] [--first N]

The scenario is played once to count its calls, then again for each of them and each error. A refusal must be
told in words of ours, what had been acknowledged must be there, and nothing may be half done. What is refused
and yet does not matter (a temporary file that stays) may pass unsaid.
"""

import argparse
import errno
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parents[1])]

import _disk  # noqa: E402 - found from the line above
import _scenarios  # noqa: E402
from _catalogue import SCENARIOS  # noqa: E402
from _scenarios import Scenario  # noqa: E402
from power_cuts import _place  # noqa: E402

from ivaudit.domain.errors import KnownError  # noqa: E402

ERRORS = (errno.ENOSPC, errno.EIO)


@dataclass
class Report:
    """What was seen of a scenario."""

    name: str
    calls: int = 0
    refused: int = 0
    told: int = 0
    problems: list[str] = field(default_factory=list)

    def line(self) -> str:
        """Return the figures as one line."""
        return (
            f"{self.name}: {self.calls} calls, {self.refused} refusals, {self.told} told to the user, "
            f"{len(self.problems)} problems"
        )


def campaign(scenario: Scenario, *, every: int = 1, first: int = 0) -> Report:
    """Refuse each call of a scenario, or one in so many."""
    report = Report(scenario.name)
    with _place() as place, _scenarios.quick():
        prepared, root = place / "prepared", place / "watched"
        prepared.mkdir()
        scenario.prepare(prepared)
        shutil.copytree(prepared, root)
        with _disk.watched(root) as disk:
            scenario.play(root, disk.ack)
        report.calls = disk.calls
        for at in range(first, disk.calls, every):
            for number in ERRORS:
                shutil.rmtree(root)
                shutil.copytree(prepared, root)
                _refuse(scenario, root, _disk.Failure(at=at, number=number), report)
    return report


def _refuse(scenario: Scenario, root: Path, failure: _disk.Failure, report: Report) -> None:
    report.refused += 1
    found: list[str] = []
    told = False
    former = tempfile.tempdir
    with _disk.watched(root, failure) as disk:
        try:
            scenario.play(root, disk.ack)
        except KnownError:
            told = True
        except Exception as error:  # noqa: BLE001 - whatever is not told in our words is a finding
            found.append(f"not told: {type(error).__name__}: {error}")
    report.told += told
    acknowledged = disk.log.acknowledged
    if told:
        found += scenario.refused(root, acknowledged)
    found += _looked(scenario, root, acknowledged)
    tempfile.tempdir = former
    report.problems += [f"{report.name} {failure}: {problem}" for problem in found]


def _looked(scenario: Scenario, root: Path, acknowledged: Sequence[str]) -> list[str]:
    try:
        return list(scenario.look(root, acknowledged))
    except Exception as error:  # noqa: BLE001 - a state that nobody foresaw is a finding
        return [f"unforeseen: {type(error).__name__}: {error}"]


def main() -> int:
    """Run the scenarios, print the figures."""
    parser = argparse.ArgumentParser(
        description="Refuse each call to the disk once, and look at what is left."
    )
    parser.add_argument("--scenario", choices=SCENARIOS, action="append", help="default: all")
    parser.add_argument("--every", type=int, default=1, help="one call in so many")
    parser.add_argument("--first", type=int, default=0, help="from this call on")
    asked = parser.parse_args()
    refused = problems = 0
    for name in asked.scenario or SCENARIOS:
        report = campaign(SCENARIOS[name](), every=asked.every, first=asked.first)
        print("\n".join([*report.problems[:20], report.line()]), flush=True)
        refused, problems = refused + report.refused, problems + len(report.problems)
    print(f"{refused} refusals, {problems} problems")
    return int(bool(problems) or not refused)


if __name__ == "__main__":
    sys.exit(main())
