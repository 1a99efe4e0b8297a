"""The works on logs and papers of the register that a child process does."""

import gc
import json
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ivaudit import __version__
from ivaudit.domain.progress import Progress
from ivaudit.reports.plain import from_plain, to_plain

if TYPE_CHECKING:
    from ivaudit.exchange.logs import Knowledge

PROGRAM = f"ivaudit {__version__}"
_CHUNK = 500


def write_log(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Write the rows of the file `rows` in the file `target`, as its `format` wants."""
    from ivaudit.domain.log_sheet import LogSheet  # noqa: PLC0415 - each job loads its own library
    from ivaudit.reports import log_book  # noqa: PLC0415 - idem

    target, order = Path(request["target"]), request["order"]
    sheet = from_plain(LogSheet, request["sheet"])
    rows = _in_order(Path(request["rows"]), order)
    match request["format"]:
        case "csv":
            log_book.write_text(sheet, rows, len(order), target, progress=progress)
        case "json":
            about = {"title": sheet.title, "subtitle": sheet.subtitle, "program": PROGRAM}
            log_book.write_json(
                {**about, "warning": sheet.warning}, rows, len(order), target, progress=progress
            )
        case _:
            log_book.write(sheet, rows, len(order), target, program=PROGRAM, progress=progress)
    return {"bytes": target.stat().st_size}


def _in_order(path: Path, order: list[int]) -> Iterator[Any]:
    """Yield the rows that stand at places of a file, in that order."""
    with path.open("rb") as file:
        for at in order:
            file.seek(at)
            yield json.loads(file.readline())


def read_log(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Read the log `path`; its rows go to the file `rows`, the rest is returned."""
    from ivaudit.exchange import log_files, log_reading, logs  # noqa: PLC0415 - each job loads its own library

    gc.disable()  # a million small texts and no cycle: collecting garbage is a third of the time
    knowledge = _knowledge(request)
    progress(0, 0, "lecture du fichier")
    book, what = log_files.read(Path(request["path"]))
    memory, also = request["memory"], request["also"]
    known = {mark: each["targets"] for mark, each in memory.items()}
    found = logs.find(book, knowledge, date.fromisoformat(request["today"]), known)
    remembered = memory.get(found.look.mark, {}).get("words", {})
    targets = logs.targets_of(found.look, request["chosen"])
    reading = log_reading.Reading(
        found=found,
        targets=targets,
        knowledge=knowledge,
        also=log_reading.all_words(knowledge, remembered if also is None else also),
        text_table=what is log_files.LogFile.TEXT,
    )
    rows = ([row.row, row.number, row.source, row.values, row.rest] for row in reading.rows(progress))
    count = _put_rows(rows, Path(request["rows"]))
    return {
        "look": to_plain(found.look),
        "declared": what is log_files.LogFile.DECLARATION,
        "targets": {str(rank): target for rank, target in targets.items()},
        "rows": count,
        "masked": reading.masked,
        "skipped": reading.skipped,
        "strange": to_plain(reading.strange()),
        "problems": to_plain(tuple(reading.problems)),
    }


def _knowledge(request: Mapping[str, Any]) -> "Knowledge":
    from ivaudit.domain.log_fields import LogWords  # noqa: PLC0415 - each job loads its own library
    from ivaudit.domain.log_intake import LogIntake  # noqa: PLC0415 - idem
    from ivaudit.domain.log_table import LogTable  # noqa: PLC0415 - idem
    from ivaudit.exchange.logs import Knowledge  # noqa: PLC0415 - idem

    return Knowledge(
        words=from_plain(LogWords, request["words"]),
        tables=from_plain(tuple[LogTable, ...], request["tables"]),
        intake=from_plain(LogIntake, request["intake"]),
    )


def _put_rows(rows: Iterator[object], path: Path) -> int:
    """Write rows, some hundreds a line, and return how many there are: what follows is known after them."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n", errors="backslashreplace") as out:
        while some := list(islice(rows, _CHUNK)):
            out.write(json.dumps(some) + "\n")
            count += len(some)
    return count


def write_leaflet(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Write a paper in the file `target`, as its `format` wants."""
    from ivaudit.domain.leaflet import Leaflet  # noqa: PLC0415 - each job loads its own library
    from ivaudit.reports import leaflet_pages  # noqa: PLC0415 - idem

    target = Path(request["target"])
    leaflet = from_plain(Leaflet, request["leaflet"])
    leaflet_pages.write(leaflet, target, format=request["format"], program=PROGRAM, progress=progress)
    return {"bytes": target.stat().st_size}


def write_declaration(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Write the workbook that a service declares with in the file `target`."""
    from ivaudit.domain.declaration_sheet import DeclarationSheet  # noqa: PLC0415 - each job loads its own
    from ivaudit.reports import declaration_book  # noqa: PLC0415 - idem

    target = Path(request["target"])
    sheet = from_plain(DeclarationSheet, request["sheet"])
    declaration_book.write(sheet, target, program=PROGRAM, progress=progress)
    return {"bytes": target.stat().st_size}
