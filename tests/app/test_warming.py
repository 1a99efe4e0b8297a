"""What is imported ahead of time must leave the workspace as usable as without it."""

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
from pathlib import Path
from ivaudit.app import warming, workspaces
from ivaudit.store.keys import FLOOR

assert "sqlite_utils" not in sys.modules
warming.warm_up()
assert "sqlite_utils" in sys.modules
session, code = workspaces.create(Path(sys.argv[1]), sys.argv[2], "Référente", cost=FLOOR)
session.close()
"""


def test_a_workspace_is_created_after_a_warm_up(tmp_path: Path, passphrase: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "espace"), passphrase],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
