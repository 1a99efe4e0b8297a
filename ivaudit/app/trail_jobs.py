"""The works on the journal and on the security file that a child process does."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ivaudit import __version__
from ivaudit.domain.dossier import Dossier, Facts
from ivaudit.domain.progress import Progress
from ivaudit.reports.plain import from_plain

PROGRAM = f"ivaudit {__version__}"
_EVERY = 2_000
_WIDTHS = {
    "Date et heure": 18, "Auteur": 20, "Geste": 18, "Où": 40, "Quoi": 40, "Avant": 50, "Après": 50,
    "Motif": 30,
}  # fmt: skip


def write_trail(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Write the lines of the payload, one JSON list each, in the file `target`, as its `format` wants."""
    rows = _rows(request.get("payload", b""), int(request["amount"]), progress)
    target = Path(request["target"])
    if request["format"] == "csv":
        from ivaudit.tables.csv_file import write_csv  # noqa: PLC0415 - each job loads its own library

        write_csv(list(_WIDTHS), list(rows), target)
    else:
        from ivaudit.reports.palette import LIGHT  # noqa: PLC0415 - idem
        from ivaudit.tables.book import Column  # noqa: PLC0415 - idem
        from ivaudit.tables.long_list import write_list  # noqa: PLC0415 - idem

        columns = [Column(title=title, width=width) for title, width in _WIDTHS.items()]
        accent = f"#{LIGHT.accent.hexval()[2:]}"
        write_list("Journal", columns, rows, target, program=PROGRAM, accent=accent)
    return {"bytes": target.stat().st_size}


def write_dossier(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Write the security file in the file `target`, as its `format` wants."""
    from ivaudit.reports import dossier_files  # noqa: PLC0415 - each job loads its own library

    target = Path(request["target"])
    dossier_files.write(
        from_plain(Dossier, request["dossier"]),
        from_plain(Facts, request["facts"]),
        target,
        format=request["format"],
        program=PROGRAM,
        progress=progress,
    )
    return {"bytes": target.stat().st_size}


def _rows(payload: bytes, amount: int, progress: Progress) -> Iterator[list[str]]:
    for rank, line in enumerate(payload.splitlines()):
        if rank % _EVERY == 0:
            progress(rank, amount, "lignes du journal")
        yield json.loads(line)
