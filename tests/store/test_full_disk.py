"""A disk that refuses for real, in a process that may not make its files any longer."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from ivaudit.store import check
from ivaudit.store.workspace import Workspace

CHILD = """
import os, resource, sys
from pathlib import Path
from ivaudit.domain.errors import KnownError
from ivaudit.store import backup
from ivaudit.store.journal import Edit
from ivaudit.store.workspace import Workspace

def fails(gesture):
    try:
        gesture()
    except KnownError as error:
        print(type(error).__name__, error.sentence, flush=True)
        return True
    return False

workspace = Workspace.open(Path(sys.argv[1]), passphrase=sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, resource.RLIM_INFINITY))
for rank in range(1000):
    edit = Edit(f"answer:a1/structure/c{rank}", "constat", "x" * 1000)
    if fails(lambda: workspace.journal.record("audit:a1", [edit], author="a")):
        break
    recorded = rank + 1
fails(lambda: workspace.drafts.put("answer:a1/structure/c0", "note", "audit:a1", "y" * 2_500_000))
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
fails(lambda: backup.back_up(workspace))
print(recorded, flush=True)
os._exit(0)
"""


def test_what_was_recorded_before_the_disk_refused_is_intact(
    make: Callable[[], Workspace], reopen: Callable[[], Workspace], folder: Path, passphrase: str
) -> None:
    make().close()
    done = subprocess.run(
        [sys.executable, "-c", CHILD, folder, passphrase], capture_output=True, encoding="utf-8", check=True
    )
    *sentences, recorded = done.stdout.splitlines()
    assert len(sentences) == 3
    assert all(each.startswith(("DiskFull Le disque", "StorageFailing Le disque")) for each in sentences)
    assert done.stderr == ""
    workspace = reopen()
    assert workspace.unclean
    assert int(recorded) == len(workspace.journal.ops_of()) > 20
    assert check.full_check(workspace).problems == ()
    assert not list(folder.glob(".tmp-*"))
    workspace.close()
