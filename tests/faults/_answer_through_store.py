"""The child of the SIGKILL campaign: answers what comes line by line, and says so once it is on the disk."""

import json
import os
import sys
from pathlib import Path

from ivaudit.store.journal import Edit
from ivaudit.store.workspace import Workspace


def main() -> None:
    """Serve the lines of the standard input until killed."""
    workspace = Workspace.open(Path(sys.argv[1]), passphrase=os.environ["IVAUDIT_PASSPHRASE"])
    for number, line in enumerate(sys.stdin, 1):
        asked = json.loads(line)
        entity = f"answer:{sys.argv[2]}/structure/{asked['criterion']}"
        scope = f"audit:{sys.argv[2]}"
        if "draft" in asked:
            workspace.drafts.put(entity, "constat", scope, asked["draft"])
        else:
            edits = [Edit(entity, field, asked[field]) for field in ("value", "constat")]
            workspace.journal.record(scope, edits, author="Référente")
        sys.stdout.write(json.dumps({"line": number, "ok": True}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
