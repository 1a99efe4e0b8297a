"""The child process: what it is given, what it says, how it is stopped."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ivaudit.app import jobs
from ivaudit.domain.errors import BugError, Cancelled, CannotWriteExport, KnownError, TookTooLong

PROBE = """
import json, os, sys, tempfile, threading
sys.path.insert(0, os.environ["PYTHONPATH"].split(os.pathsep)[0])
from ivaudit.app import jobs
from ivaudit.domain.errors import CannotWriteExport

def told(request, progress):
    print("a stray print")
    progress(1, 2, "étape")
    return {"environment": dict(os.environ), "tempdir": tempfile.gettempdir(), "argv": sys.argv}

def known(request, progress):
    raise CannotWriteExport("Une phrase.")

def bug(request, progress):
    raise ValueError("Mme DUPONT")

def full(request, progress):
    raise OSError(28, "no space")

def forever(request, progress):
    progress(0, 1, "début")
    threading.Event().wait()

def gone(request, progress):
    os._exit(9)

import types
module = types.ModuleType("probe")
for each in (told, known, bug, full, forever, gone):
    setattr(module, each.__name__, each)
sys.modules["probe"] = module
jobs.JOBS = {name: ("probe", name) for name in ("told", "known", "bug", "full", "forever", "gone")}
sys.exit(jobs.child_main(sys.argv[1:]))
"""


@pytest.fixture
def probe(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Start, instead of the program, a child whose works are those of the probe."""
    monkeypatch.setattr(jobs, "command", lambda name: [sys.executable, "-c", PROBE, name])
    return tmp_path


def ask(folder: Path, **others: object) -> dict[str, Any]:
    return {"tempdir": str(folder), **others}


def test_a_child_knows_no_passphrase_and_keeps_its_files_where_told(
    probe: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IVAUDIT_PASSPHRASE", "secret")
    monkeypatch.setenv("IVAUDIT_PASSPHRASE_FILE", "secret")
    steps: list[tuple[int, int, str]] = []
    said = jobs.run("told", ask(probe), progress=lambda *step: steps.append(step))
    assert "secret" not in repr(said)
    assert said["tempdir"] == str(probe)
    assert steps == [(1, 2, "étape")]


def test_what_the_user_can_act_on_comes_back_as_such(probe: Path) -> None:
    with pytest.raises(CannotWriteExport) as caught:
        jobs.run("known", ask(probe))
    assert caught.value.sentence == "Une phrase."


def test_a_full_disk_is_said_in_a_sentence(probe: Path) -> None:
    with pytest.raises(CannotWriteExport, match="plus de place"):
        jobs.run("full", ask(probe))


def test_our_mistake_names_places_and_no_text(probe: Path) -> None:
    with pytest.raises(BugError, match="ValueError at <string>:") as caught:
        jobs.run("bug", ask(probe))
    assert "DUPONT" not in str(caught.value)


def test_a_child_that_dies_is_our_mistake(probe: Path) -> None:
    with pytest.raises(BugError, match="without a word"):
        jobs.run("gone", ask(probe, much="x" * 2_000_000))


def test_a_child_is_killed_when_asked_to_stop(probe: Path) -> None:
    begun: list[str] = []
    with pytest.raises(Cancelled):
        jobs.run(
            "forever",
            ask(probe),
            progress=lambda _done, _total, label: begun.append(label),
            cancelled=lambda: bool(begun),
        )
    assert begun == ["début"]


def test_a_progress_that_raises_kills_the_child(probe: Path) -> None:
    def stop(_done: int, _total: int, _label: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        jobs.run("forever", ask(probe), progress=stop)


def test_a_child_that_takes_too_long_is_killed_and_the_sentence_says_so(probe: Path) -> None:
    with pytest.raises(TookTooLong) as caught:
        jobs.run("forever", ask(probe), timeout=0.2)
    assert "trop long à lire" in caught.value.sentence
    assert jobs.run("told", ask(probe), timeout=60)["tempdir"] == str(probe)


def test_a_child_dies_with_a_parent_that_was_killed(probe: Path) -> None:
    child = subprocess.Popen(
        jobs.command("forever"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=jobs.environment()
    )
    assert child.stdin is not None
    assert child.stdout is not None
    jobs.ask(child.stdin, ask(probe))
    assert b"progress" in child.stdout.readline()
    child.stdin.close()  # as the system does for a dead process
    assert child.wait(timeout=30) == 130
    child.stdout.close()


def test_an_unknown_job_is_our_mistake(tmp_path: Path) -> None:
    with pytest.raises(BugError, match=r"BugError at jobs\.py"):
        jobs.run("inconnu", ask(tmp_path))


def test_a_frozen_program_is_its_own_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert jobs.command("rapport") == [sys.executable, "_job", "rapport"]


def test_errors_with_their_own_sentence_come_back_as_plain_ones() -> None:
    assert jobs.known("DiskFull") is KnownError
    assert jobs.known("os") is KnownError
    assert jobs.known("CannotWriteExport") is CannotWriteExport


def test_the_child_imports_nothing_heavy_before_its_request() -> None:
    heavy = "{'reportlab', 'openpyxl', 'PySide6', 'pypdfium2', 'yaml', 'sqlite_utils'}"
    code = f"import sys, ivaudit.app.jobs; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=jobs.environment(),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.strip() == "[]"
