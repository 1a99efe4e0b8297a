"""Flips single bits, one at a time, in the files of a workspace and of a backup: each must be noticed.

    python tests/faults/bit_flips.py [--flips 200] [--seed N]

The files are those of the data and of the evidence, in the workspace and in its backup, and one that is
exchanged; noticed means refused at the opening, or named by the full check (by the reading of the whole copy
for a backup).
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parents[1])]

import _exchange_scenarios  # noqa: E402 - found from the line above
import _scenarios  # noqa: E402
from _scenarios import FOLDER, create, keep, record  # noqa: E402
from power_cuts import _place  # noqa: E402

from ivaudit.app import own_keys  # noqa: E402
from ivaudit.domain.errors import KnownError, UnreadableFile  # noqa: E402
from ivaudit.exchange import age_file, age_header, age_recipients, bundle_reading  # noqa: E402
from ivaudit.store import backup, check, keys, layout, restoring  # noqa: E402


@dataclass
class Report:
    """What was seen of a file."""

    name: str
    flips: int = 0
    noticed: int = 0

    def line(self) -> str:
        """Return the figures as one line."""
        return f"{self.name}: {self.flips} flips, {self.noticed} noticed"


def campaign(flips: int, *, seed: int) -> list[Report]:
    """Flip so many bits in each file and return what was noticed."""
    chance = random.Random(seed)  # noqa: S311 - places, not secrets
    with _place() as root, _scenarios.quick():
        workspace = create(root)
        for rank in range(60):
            record(workspace, f"constat {rank} {'x' * 300}", f"c{rank}")
        keep(workspace, bytes(chance.randrange(256) for _ in range(40_000)), "e1")
        info = backup.back_up(workspace)
        data_key = workspace.data_key
        private = own_keys.own_keys(_exchange_scenarios.session(workspace))
        workspace.close()
        _exchange_scenarios.send(root, [private.public_reading], ["envoi"])
        bundle = root / _exchange_scenarios.FILE

        def in_backup() -> bool:
            return _raises(lambda: restoring.verify(info, data_key, root / FOLDER))

        return [
            _flipped(root / FOLDER / layout.DATABASE, flips, chance, lambda: _in_workspace(root)),
            _flipped(root / FOLDER / layout.EVIDENCE, flips, chance, lambda: _in_workspace(root)),
            _flipped(info.folder / layout.DATABASE, flips, chance, in_backup),
            _flipped(info.folder / layout.EVIDENCE, flips, chance, in_backup),
            _flipped(root / FOLDER / layout.KEY, flips, chance, lambda: _key_is_healed(root, data_key)),
            _flipped(bundle, flips, chance, lambda: _raises(lambda: _read_bundle(bundle, private.reading))),
        ]


def _flipped(file: Path, flips: int, chance: random.Random, noticed: Callable[[], bool]) -> Report:
    report = Report(f"{file.parent.name}/{file.name}")
    sound = file.read_bytes()
    assert not noticed() or file.name == layout.KEY, f"{report.name} is not whole to begin with"
    for _ in range(flips):
        place, bit = chance.randrange(len(sound)), chance.randrange(8)
        file.write_bytes(sound[:place] + bytes([sound[place] ^ 1 << bit]) + sound[place + 1 :])
        report.flips += 1
        report.noticed += noticed()
    file.write_bytes(sound)
    return report


def _in_workspace(root: Path) -> bool:
    former = tempfile.tempdir
    before = _files(root / FOLDER)
    try:
        with _scenarios.opened(root) as workspace:
            return bool(check.full_check(workspace).problems)
    except KnownError:
        return True
    finally:
        tempfile.tempdir = former
        for path, raw in before.items():
            path.write_bytes(raw)


def _files(folder: Path) -> dict[Path, bytes]:
    return {folder / name: (folder / name).read_bytes() for name in (layout.DATABASE, layout.EVIDENCE)}


def _key_is_healed(root: Path, data_key: bytes) -> bool:
    """Tell whether the twin stood in, and the copy that was flipped is the same as it again."""
    found = keys.unlock(root / FOLDER, passphrase=_scenarios.PASSPHRASE)
    keys.mend(root / FOLDER)
    copies = [(root / FOLDER / name).read_bytes() for name in (layout.KEY, layout.KEY_TWIN)]
    return found.data_key == data_key and copies[0] == copies[1]


def _read_bundle(path: Path, private: bytes) -> None:
    """Read a file of an exchange to its end, as the child process does."""
    with path.open("rb") as source:
        key = age_recipients.file_key_by_key(age_header.read_header(source), private)
        if key is None:
            raise UnreadableFile(age_header.ALTERED)
        for _ in bundle_reading.read(age_file.payload(source, key)):
            continue


def _raises(work: Callable[[], None]) -> bool:
    try:
        work()
    except KnownError:
        return True
    return False


def main() -> int:
    """Flip the bits, print the figures."""
    parser = argparse.ArgumentParser(description="Flip single bits, and look whether each is noticed.")
    parser.add_argument("--flips", type=int, default=200, help="in each file")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    asked = parser.parse_args()
    reports = campaign(asked.flips, seed=asked.seed)
    for report in reports:
        print(report.line())
    return int(any(report.noticed != report.flips for report in reports) or not asked.flips)


if __name__ == "__main__":
    sys.exit(main())
