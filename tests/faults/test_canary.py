"""A constat is in clear in no file but the exports asked for, even when the program dies while exporting."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.clear_pages import clear_pages
from support.photos import photo

from ivaudit.app import (
    actions,
    anomalies,
    answers,
    audits,
    backups,
    erasing,
    evidence,
    evidence_erasure,
    facilities,
    pictures,
    workspaces,
)
from ivaudit.app.session import Session
from ivaudit.domain.anomalies import EntryKind
from ivaudit.store import layout
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
    for _ in range(30):
        actions.create(session, facility, f"{CANARY} " * 40, audit=key)
        values = {"type": "P01", "description": f"{CANARY} " * 40}
        anomalies.declare(session, EntryKind.ANOMALY, values, facility=facility)
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


@pytest.mark.parametrize(
    "words",
    [
        ("report", "AUDIT", "--format", "xlsx"),
        ("review", "export", "AUDIT"),
        ("actions", "export"),
        ("anomalies", "export"),
    ],
)
def test_nothing_in_clear_after_a_kill_in_the_middle_of_an_export(
    home: Path, audit: str, words: tuple[str, ...]
) -> None:
    target = home / "exports" / "classeur.xlsx"
    asked = [audit if word == "AUDIT" else word for word in words]
    assert killed_while_writing(home, *asked, "--out", str(target))
    assert not target.exists()
    assert started(home, "audits", "list").wait() == 0
    assert work_of(home) == []
    assert list(singing(home)) == []


def test_only_the_export_asked_for_is_in_clear(home: Path, audit: str) -> None:
    target = home / "exports" / "rapport.json"
    assert started(home, "report", audit, "--format", "json", "--out", str(target)).wait() == 0
    assert list(singing(home)) == [Path("exports/rapport.json")]


def written_everywhere(session: Session, audit: str) -> tuple[str, bytes]:
    """Write the canary in each kind of place there is; return the id of a photograph, and a piece of it."""
    points = [point.criterion.id for point in audits.sheet(session, audit).checklists[0].points()][:6]
    for criterion in points:
        for field in ("constat", "note"):
            answers.write(session, audit, criterion, field, f"{CANARY} vu {criterion}")
        answers.write(session, audit, criterion, "constat", "corrigé")
        answers.draft(session, audit, criterion, "note", f"{CANARY} encore")
    values = {
        "type": "P01",
        "description": f"signalé par {CANARY}",
        "references": [{"nature": "IPP", "value": CANARY}],
    }
    _, entry = anomalies.declare(session, EntryKind.ANOMALY, values, facility="")
    anomalies.edit(session, entry, {"measures": f"{CANARY} prévenu"})
    evidence.add_document(session, audit, title="Procédure", shown_by=CANARY)
    prepared = pictures.picture(photo(), "bracelet.jpeg")
    _, piece = evidence.add_photo(session, audit, prepared, caption="Bracelet")
    return piece, prepared.body.body[200:280]


def held_in(folder: Path, key: bytes, piece: bytes) -> list[str]:
    """Return the databases of a folder and its backups whose deciphered pages hold the canary or a photo."""
    files = [path for name in (layout.DATABASE, layout.EVIDENCE) for path in folder.rglob(name)]
    pages = {path: clear_pages(path, key) for path in files}
    words = [*FORMS, CANARY.casefold().encode(), piece]
    return [str(path.relative_to(folder)) for path in files if any(word in pages[path] for word in words)]


def test_after_an_erasure_nothing_is_left_in_the_files_nor_in_the_backups_it_purged(home: Path) -> None:
    folder = home / "dossier"
    session, _ = workspaces.create(folder, PASSPHRASE, "Référente", cost=FLOOR)
    session.trusting = True
    _, facility = facilities.create(session, {"name": "EHPAD Les Tilleuls", "city": CANARY})
    _, audit = audits.create(session, facility, "flash", ["flash"], "2026-11-21", title=CANARY)
    photograph, piece = written_everywhere(session, audit)
    backups.back_up(session)
    key = session.workspace.data_key
    assert len(held_in(folder, key, piece)) == 4  # both files, here and in the backup: the test can fail
    erasing.erase_found(session, CANARY, erasing.search(session, CANARY), "nom écrit par erreur")
    evidence_erasure.erase(session, audit, photograph, "visage visible")
    left = held_in(folder, key, piece)
    assert len(left) == 2
    assert all(path.startswith(layout.BACKUPS) for path in left)
    held = erasing.holding_of(session)
    assert [str(each.backup.folder / layout.DATABASE) for each in held] == [
        str(folder / path) for path in left if path.endswith(layout.DATABASE)
    ]
    erasing.purge_backups(session, [each.backup for each in held])
    assert held_in(folder, key, piece) == []
    session.close()
    assert held_in(folder, key, piece) == []
    assert list(singing(home)) == []


def test_a_kill_after_an_erasure_leaves_nothing_once_opened_again(home: Path) -> None:
    folder = home / "dossier"
    session, _ = workspaces.create(folder, PASSPHRASE, "Référente", cost=FLOOR)
    session.trusting = True
    _, facility = facilities.create(session, {"name": "EHPAD Les Tilleuls"})
    _, audit = audits.create(session, facility, "flash", ["flash"], "2026-11-21")
    written_everywhere(session, audit)
    key = session.workspace.data_key
    session.close()
    # Killed once the erasure is on disk, its pages not rewritten yet.
    script = """
import os, sys
from pathlib import Path
from ivaudit.app import erasing, workspaces
from ivaudit.store import erasure
s = workspaces.open_with_passphrase(Path(sys.argv[1]), sys.argv[2])
erasure.scrub = lambda db: None if db.conn.in_transaction else os._exit(9)
erasing.erase_found(s, sys.argv[3], erasing.search(s, sys.argv[3]), "nom tapé par erreur")
"""
    killed = subprocess.run(
        [sys.executable, "-c", script, str(folder), PASSPHRASE, CANARY],
        check=False,
        stderr=subprocess.DEVNULL,
    )
    assert killed.returncode == 9
    workspaces.open_with_passphrase(folder, PASSPHRASE).close()
    assert [path for path in held_in(folder, key, b"\0nothing\0") if path == layout.DATABASE] == []
