"""The works on INSi files that a child process does: monthly files, lists of structures, rates, workbooks."""

import gc
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ivaudit import __version__
from ivaudit.domain.progress import Progress
from ivaudit.reports.plain import from_plain, to_plain

PROGRAM = f"ivaudit {__version__}"
_CHUNK = 1_000
"""Rows of a line of the result: whoever reads it is never held more than a few milliseconds."""


def read_usage(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Read the monthly file `path`; its rows go to the file `rows`, the rest is returned."""
    from ivaudit.exchange import insi  # noqa: PLC0415 - each job loads its own library
    from ivaudit.tables.foreign import read_table  # noqa: PLC0415 - idem

    gc.disable()  # a million small texts and no cycle: collecting garbage is a third of the time
    path = Path(request["path"])
    progress(0, 0, "lecture du fichier")
    book = read_table(path)
    with path.open("rb") as file:
        sha = hashlib.file_digest(file, "sha256").hexdigest()
    found = insi.read(book, path.name, sha, progress=progress)
    with Path(request["rows"]).open("w", encoding="utf-8", newline="\n") as out:
        starts = range(0, len(found.rows), _CHUNK)
        out.writelines(json.dumps(found.rows[start : start + _CHUNK]) + "\n" for start in starts)
    return {
        "channel": found.channel,
        "sha": sha,
        "rows": len(found.rows),
        "ignored": found.ignored,
        "repeated": found.repeated,
        "subtotals": found.subtotals,
        "rejected": found.rejected,
        "problems": to_plain(found.problems),
    }


def read_expected(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Read the list of structures `path`."""
    from ivaudit.exchange import insi_lists  # noqa: PLC0415 - each job loads its own library
    from ivaudit.tables.foreign import read_table  # noqa: PLC0415 - idem

    progress(0, 0, "lecture de la liste")
    return {"found": to_plain(insi_lists.read_expected(read_table(Path(request["path"]))))}


def read_rates(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Read the declared rates `path`."""
    from ivaudit.exchange import insi_lists  # noqa: PLC0415 - each job loads its own library
    from ivaudit.tables.foreign import read_table  # noqa: PLC0415 - idem

    progress(0, 0, "lecture des taux")
    return {"found": to_plain(insi_lists.read_rates(read_table(Path(request["path"]))))}


def write_book(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Write the follow-up in the file `target`, as its `format` wants."""
    from ivaudit.domain.insi_table import InsiBook  # noqa: PLC0415 - each job loads its own library
    from ivaudit.reports import insi_book  # noqa: PLC0415 - idem

    target = Path(request["target"])
    book = from_plain(InsiBook, request["book"])
    if request["format"] == "csv":
        insi_book.write_text(book, target, progress=progress)
    else:
        insi_book.write(book, target, program=PROGRAM, progress=progress)
    return {"bytes": target.stat().st_size}
