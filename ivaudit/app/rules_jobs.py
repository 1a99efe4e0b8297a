"""The works on the cross table that a child process does."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ivaudit import __version__
from ivaudit.domain.errors import ContentProblems
from ivaudit.domain.progress import Progress
from ivaudit.domain.rules_table import RulesTable
from ivaudit.reports.plain import from_plain, to_plain

PROGRAM = f"ivaudit {__version__}"


def write_table(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Write the cross table in the file `target`."""
    from ivaudit.reports import rules_book  # noqa: PLC0415 - each job loads its own library

    target = Path(request["target"])
    table = from_plain(RulesTable, request["table"])
    rules_book.write(table, target, program=PROGRAM, progress=progress)
    return {"bytes": target.stat().st_size}


def read_table(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Return the codes that the completed table `path` holds, and its problems."""
    from ivaudit.exchange import codes  # noqa: PLC0415 - each job loads its own library
    from ivaudit.tables.reading import read_book  # noqa: PLC0415 - idem

    progress(0, 1, "lecture du classeur")
    book = read_book(Path(request["path"]))
    today = date.fromisoformat(request["today"])
    return {"read": to_plain(codes.read(book, frozenset(request["rules"]), today))}


def read_file(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Return what the file of codes `path`, written elsewhere, holds, or else its problems."""
    from ivaudit.content import codes_file  # noqa: PLC0415 - each job loads its own library

    progress(0, 1, "lecture du fichier de codes")
    try:
        file = codes_file.read(Path(request["path"]), Path(request["tempdir"]))
    except ContentProblems as error:
        return {"file": None, "sentence": error.sentence, "problems": list(error.problems)}
    return {"file": to_plain(file)}
