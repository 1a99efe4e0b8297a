"""A constat is in clear in no file but the exports asked for, even when the program dies while exporting."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivaudit.app import answers, audits, facilities, workspaces
from ivaudit.store.keys import FLOOR

CANARY = "Serin-jaune-au-poste-deux"
FORMS = [CANARY.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
PASSPHRASE = "sept mots pour ouvrir un dossier fictif"
TRIES = 2000


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home of the test's own, temporary files included: nothing may hide elsewhere."""
    for name in ("tmp", "data", "cache", "config", "exports"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.fixture
def audit(home: Path) -> str:
    """Return an audit whose every constat carries the canary."""
    session, _ = workspaces.create(home / "dossier", PASSPHRASE, "Référente", cost=FLOOR)
    _, facility = facilities.create(session, {"name": "EHPAD Les Tilleuls"})
    kind = session.library.vocabulary().audit_kinds[0].id
    _, key = audits.create(session, facility, kind, ["rniv-1-principes-communs"], "2026-11-21")
    for point in audits.sheet(session, key).checklists[0].points():
        answers.answer(session, key, point.criterion.id, "oui")
        answers.write(session, key, point.criterion.id, "constat", f"{CANARY} {point.number} " * 40)
        answers.draft(session, key, point.criterion.id, "note", f"{CANARY} en cours")
    session.close()
    return key


def started(home: Path, *words: str) -> "subprocess.Popen[bytes]":
    environment = os.environ | {
        "IVAUDIT_PASSPHRASE": PASSPHRASE,
        "TMPDIR": str(home / "tmp"),
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "ivaudit", "--workspace", str(home / "dossier"), *words],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def work_of(home: Path) -> list[Path]:
    return [path for path in (home / "dossier" / "travail").rglob("*") if path.is_file()]


def killed_while_writing(home: Path, *words: str) -> bool:
    """Kill the program and its child once the child writes; tell whether it was caught at it."""
    child = started(home, *words)
    for _ in range(TRIES):
        if work_of(home):
            break
        try:
            child.wait(timeout=0.005)
        except subprocess.TimeoutExpired:
            continue
        break
    caught = child.poll() is None
    if caught:
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    return caught


def singing(home: Path) -> Iterator[Path]:
    """Yield the files that carry the canary in clear."""
    for path in home.rglob("*"):
        if path.is_file() and any(form in path.read_bytes() for form in FORMS):
            yield path.relative_to(home)


@pytest.mark.parametrize("words", [("report", "--format", "xlsx"), ("review", "export")])
def test_nothing_in_clear_after_a_kill_in_the_middle_of_an_export(
    home: Path, audit: str, words: tuple[str, ...]
) -> None:
    target = home / "exports" / "classeur.xlsx"
    assert killed_while_writing(home, *words, audit, "--out", str(target))
    assert not target.exists()
    assert started(home, "audits", "list").wait() == 0
    assert work_of(home) == []
    assert list(singing(home)) == []


def test_only_the_export_asked_for_is_in_clear(home: Path, audit: str) -> None:
    target = home / "exports" / "rapport.json"
    assert started(home, "report", audit, "--format", "json", "--out", str(target)).wait() == 0
    assert list(singing(home)) == [Path("exports/rapport.json")]
