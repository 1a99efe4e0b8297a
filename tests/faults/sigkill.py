"""Kills a process that answers in a loop, again and again, and looks for what it had acknowledged.

    python tests/faults/sigkill.py [--kills 200] [--through store|cli] [--seed N]

After each kill the workspace is opened again: every acknowledged answer must be there, at most the one under
way may be there unacknowledged, the journal must verify, the state be its fold, and the database be sound.
Ends with a line of figures for each way of answering, and with 1 if anything was lost.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from ivaudit.store.check import full_check  # noqa: E402 - found from the line above
from ivaudit.store.journal import Edit  # noqa: E402
from ivaudit.store.keys import FLOOR  # noqa: E402
from ivaudit.store.workspace import Workspace  # noqa: E402

PASSPHRASE = "sept mots pour ouvrir un dossier fictif"
AUDIT = "a1"
LINES = 400
MOST_ACKNOWLEDGED = 60
EARLY = 0.1
"""Share of the kills that come while the child is still opening the workspace."""

Line = dict[str, str]


@dataclass(frozen=True)
class Through:
    """One way of answering: the child's command, and the line that makes it record a token."""

    prepare: Callable[[Path], None]
    command: Callable[[Path], list[str]]
    line: Callable[[int, str], Line]


@dataclass
class Report:
    """What the campaign saw."""

    kills: int = 0
    acknowledged: set[str] = field(default_factory=set)
    unacknowledged: int = 0
    drafts_recovered: int = 0
    problems: list[str] = field(default_factory=list)


def campaign(folder: Path, kills: int, through: Through, *, seed: int) -> Report:
    """Kill the child so many times and return what was seen."""
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    report = Report()
    through.prepare(folder)
    for _ in range(kills):
        present_before = len(report.acknowledged) + report.unacknowledged
        report.acknowledged |= _one_kill(folder, through, report.kills, chance)
        report.kills += 1
        _look(folder, report, present_before)
    return report


def _one_kill(folder: Path, through: Through, round_: int, chance: random.Random) -> set[str]:
    tokens = [f"constat {round_}-{number}." for number in range(LINES)]
    lines = [through.line(number, token) for number, token in enumerate(tokens)]
    # Its errors go nowhere: a child killed while it opens may complain of a pipe that is gone.
    with subprocess.Popen(
        through.command(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "IVAUDIT_PASSPHRASE": PASSPHRASE, "PYTHONPATH": str(PROJECT)},
        cwd=PROJECT,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        feeder = threading.Thread(target=_feed, args=(child.stdin, lines))
        feeder.start()
        said = 0
        if chance.random() < EARLY:
            with suppress(subprocess.TimeoutExpired):
                child.wait(timeout=chance.uniform(0, 0.5))
        else:
            said = _read_some(child.stdout, chance.randint(1, MOST_ACKNOWLEDGED))
            _let_it_work(chance.uniform(0, 0.002))
        child.kill()
        feeder.join()
        # What it had said before it died counts too: it is still in the pipe.
        said += sum(_accepted(line) for line in child.stdout)
    return set(tokens[:said])


def _read_some(stream: IO[bytes], count: int) -> int:
    """Return how many acknowledgements were read: those asked for, or fewer if the child ended."""
    said = 0
    for line in stream:
        said += _accepted(line)
        if said >= count:
            break
    return said


def _accepted(line: bytes) -> int:
    """Count an acknowledgement; a line cut by the kill is none."""
    try:
        return int(json.loads(line)["ok"])
    except ValueError:
        return 0


def _feed(stream: IO[bytes], lines: Sequence[Line]) -> None:
    with suppress(OSError):
        for line in lines:
            stream.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        stream.flush()


def _let_it_work(seconds: float) -> None:
    """Let the child get to anywhere in a commit; sleeping is too coarse for that."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass


def _look(folder: Path, report: Report, present_before: int) -> None:
    workspace = Workspace.open(folder, passphrase=PASSPHRASE)
    try:
        report.drafts_recovered += len(workspace.recovered_drafts)
        present = set(_tokens(workspace))
        lost = report.acknowledged - present
        more = len(present) - len(report.acknowledged) - report.unacknowledged
        report.unacknowledged += more
        where = f"kill {report.kills}"
        if lost:
            report.problems.append(f"{where}: {len(lost)} acknowledged and lost, {min(lost)} among them")
        if not 0 <= more <= 1 or len(present) < present_before:
            report.problems.append(f"{where}: {more} answers there without an acknowledgement")
        report.problems += [f"{where}: {problem}" for problem in full_check(workspace).problems]
    finally:
        workspace.close()


def _tokens(workspace: Workspace) -> Iterator[str]:
    rows = workspace.db.execute("SELECT body FROM change WHERE field = 'constat'")
    return (str(json.loads(row[0])[1]) for row in rows)


# -- ways of answering -------------------------------------------------------------------------------------


def _prepare_store(folder: Path) -> None:
    workspace, _ = Workspace.create(folder, PASSPHRASE, cost=FLOOR, with_recovery=False)
    workspace.journal.record(f"audit:{AUDIT}", [Edit(f"audit:{AUDIT}", "exists", True)], author="Référente")
    workspace.close()


def _store_line(number: int, token: str) -> Line:
    """One in four is text still being typed: a draft, which the next opening must record."""
    if number % 4 == 0:
        return {"criterion": f"d{number}", "draft": token}
    return {"criterion": f"c{number % 70}", "value": ("oui", "non", "partiel")[number % 3], "constat": token}


def store() -> Through:
    """Return the way straight through the store."""
    child = str(Path(__file__).with_name("_answer_through_store.py"))
    return Through(
        prepare=_prepare_store,
        command=lambda folder: [sys.executable, child, str(folder), AUDIT],
        line=_store_line,
    )


def command_line() -> Through:
    """Return the way through `ivaudit-cli answer --stdin`: the same use cases as the window."""
    audit: list[str] = []
    criteria: list[str] = []

    def prepare(folder: Path) -> None:
        from ivaudit.app import audits, facilities, workspaces  # noqa: PLC0415 - for this way only

        session, _ = workspaces.create(folder, PASSPHRASE, "Référente", with_recovery=False, cost=FLOOR)
        _, facility = facilities.create(session, {"name": "EHPAD Les Tilleuls"})
        kind = session.library.vocabulary().audit_kinds[0].id
        _, key = audits.create(session, facility, kind, ["flash"], "2026-11-21")
        audit.append(key)
        criteria.extend(session.frozen(session.audit(key)).index)
        session.close()

    def command(folder: Path) -> list[str]:
        words = ["-m", "ivaudit", "--workspace", str(folder), "answer", audit[0], "--stdin"]
        return [sys.executable, *words]

    def line(number: int, token: str) -> Line:
        value = ("oui", "non")[number // len(criteria) % 2]
        return {"criterion": criteria[number % len(criteria)], "value": value, "constat": token}

    return Through(prepare=prepare, command=command, line=line)


WAYS: dict[str, Callable[[], Through]] = {"store": store, "cli": command_line}


def main() -> int:
    """Run the campaign and print what it saw."""
    parser = argparse.ArgumentParser(
        description="Kill a process that answers, and look for what it had said."
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--through", choices=WAYS, action="append", help="default: both, one after the other")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    asked = parser.parse_args()
    failed = False
    for name in asked.through or WAYS:
        with tempfile.TemporaryDirectory() as place:
            report = campaign(Path(place) / "dossier", asked.kills, WAYS[name](), seed=asked.seed)
        for problem in report.problems:
            print(problem)
        print(
            f"{name}: {report.kills} kills, {len(report.acknowledged)} answers acknowledged, "
            f"{report.unacknowledged} there without having been (legal, one a kill at most), "
            f"{report.drafts_recovered} drafts recovered, {len(report.problems)} problems (seed {asked.seed})"
        )
        failed = failed or bool(report.problems) or not report.acknowledged
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
