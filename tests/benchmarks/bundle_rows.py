"""A folder of 1,000 bundles of 300 answers taken in, as a region receives them, beside reading them alone."""

import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

import grown
from measure import Row, seconds

from ivaudit.app import audits, bundle_export, bundle_import, bundle_opening, bundle_plans, names, own_keys
from ivaudit.app.session import Session
from ivaudit.app.workspaces import open_with_passphrase
from ivaudit.domain.audit import STRUCTURE
from ivaudit.store.journal import Edit

BUNDLES = 1_000
ANSWERS = 300
BUDGET = 60.0
_FEW = 400
"""Enough that the pages which a long import keeps at hand, a fixed amount, are all taken."""
_GROWTH = 1.35
_PEAK = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import bundle_rows
bundle_rows.take_in(Path(sys.argv[2]), int(sys.argv[3]))
print(Path("/proc/self/status").read_text(encoding="utf-8").split("VmHWM:")[1].split()[0])
"""


def bundle_rows(folder: Path) -> list[Row]:
    """Measure 1,000 bundles taken in, the memory that takes, and what reading them alone takes."""
    folder = folder / "echanges"
    sent = folder / "recus"
    sent.mkdir(parents=True)
    with_region(folder)
    facility_sends(folder, sent)
    few = _peak(folder / "peu", folder, _FEW)
    start, before = time.perf_counter(), _processor()
    many = _peak(folder / "tout", folder, BUNDLES)
    taken, processor = time.perf_counter() - start, _processor() - before
    session = open_with_passphrase(folder / "region", grown.PASSPHRASE)
    alone = seconds(lambda: _read(session, sent))
    session.close()
    size = sum(each.stat().st_size for each in sent.iterdir()) / 1e6
    return [
        Row(
            f"import of {BUNDLES:,} bundles of {ANSWERS} answers ({size:.0f} MB)",
            f"{taken:.1f} s ({processor:.0f} s of processor, both processes)",
            f"read and verified alone {alone:.1f} s",
            f"{taken / alone:.2f}",
            f"≤ {BUDGET:.0f} s",
            taken <= BUDGET,
        ),
        Row(
            "– peak memory of the program",
            f"{many:.0f} MB",
            f"{_FEW} of them: {few:.0f} MB",
            f"{many / few:.2f}",
            f"≤ {_GROWTH} ×",
            many <= _GROWTH * few,
        ),
    ]


def with_region(folder: Path) -> None:
    """Make the workspace that receives."""
    session = grown.workspace(folder / "region")
    own_keys.own_keys(session)
    session.close()


def facility_sends(folder: Path, sent: Path) -> None:
    """Write the bundles, each an audit of its own: as many facilities would, one copy makes them here."""
    region = open_with_passphrase(folder / "region", grown.PASSPHRASE)
    reader = own_keys.own_keys(region).public_reading
    region.close()
    session = grown.workspace(folder / "structure")
    session.library = grown.Grown(grown.checklist(ANSWERS))
    lock = bundle_export.lock(session, readers=[reader])
    for rank in range(BUNDLES):
        plan = bundle_plans.of_audits(session, [_answered(session)], lock)
        bundle_export.write(plan, sent / f"{rank:04}.ivaudit")
    session.close()


def take_in(folder: Path, count: int) -> None:
    """Take the first bundles in, in a workspace like that of the region; what a child process measures."""
    session = open_with_passphrase(folder, grown.PASSPHRASE)
    paths = bundle_opening.in_folder(folder.parent / "recus")[:count]
    opened = [bundle_opening.open_file(session, path) for path in paths]
    _, results = bundle_import.accept_all(session, opened)
    assert not [each for each in results if each.refused]
    assert len(audits.all_of(session)) == count
    session.close()


def _answered(session: Session) -> str:
    """Return a new audit whose points are all answered, each by a gesture of its own."""
    audit = grown.audit_of(session, ["mesure"])
    with session.workspace.gesture():
        for rank, criterion in enumerate(session.frozen(session.audit(audit)).index):
            edits = [
                Edit(f"answer:{audit}/{STRUCTURE}/{criterion}", "value", ("oui", "partiel", "non")[rank % 3])
            ]
            session.record(names.audit(audit), edits)
    return audit


def _peak(place: Path, folder: Path, count: int) -> float:
    """Return the most memory that taking bundles in ever takes, in megabytes, in a process of its own."""
    shutil.copytree(folder / "region", folder / place.name)
    command = [sys.executable, "-c", _PEAK, str(Path(__file__).parent), str(place), str(count)]
    said = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    return int(said.split()[-1]) / 1e3


def _processor() -> float:
    """Return the seconds of processor that child processes took, whatever else the machine does."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _read(session: Session, sent: Path) -> None:
    """Read and verify every bundle in the child process, and merge nothing."""
    opened = [bundle_opening.open_file(session, path) for path in bundle_opening.in_folder(sent)]
    with bundle_import.reading(session, opened, lambda: False) as bundles:
        for incoming in bundles:
            incoming.pass_over()
