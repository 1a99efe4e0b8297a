"""The works on questionnaires that a child process does: written, read, summed up."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ivaudit import __version__
from ivaudit.domain.checklist import Checklist, Vocabulary
from ivaudit.domain.errors import KnownError
from ivaudit.domain.progress import Progress
from ivaudit.domain.questionnaire import Manifest, Returned
from ivaudit.domain.returns_summary import ReturnsSummary
from ivaudit.reports.plain import from_plain, to_plain

PROGRAM = f"ivaudit {__version__}"


def write_questionnaire(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Write a questionnaire in the file `target`."""
    from ivaudit.reports import questionnaire_book  # noqa: PLC0415 - each job loads its own library

    target = Path(request["target"])
    questionnaire_book.write(
        from_plain(Manifest, request["manifest"]),
        from_plain(tuple[Checklist, ...], request["checklists"]),
        from_plain(Vocabulary, request["vocabulary"]),
        target,
        program=PROGRAM,
        progress=progress,
    )
    return {"bytes": target.stat().st_size}


def read_questionnaire(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Return what the file `path` returns."""
    progress(0, 1, "lecture du questionnaire")
    return {"returned": to_plain(_read(Path(request["path"])))}


def read_questionnaires(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Read files in order, and add a line for each to the file `results`: what is read is never lost."""
    paths = [Path(path) for path in request["paths"]]
    with Path(request["results"]).open("a", encoding="utf-8") as results:
        for rank, path in enumerate(paths):
            progress(rank, len(paths), path.name)
            results.write(json.dumps(_result(path)) + "\n")
            results.flush()
    return {"read": len(paths)}


def write_summary(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Write the summary of returned questionnaires in the file `target`."""
    from ivaudit.reports import returns_book  # noqa: PLC0415 - each job loads its own library

    target = Path(request["target"])
    summaries = from_plain(tuple[ReturnsSummary, ...], request["summaries"])
    returns_book.write(summaries, target, program=PROGRAM, progress=progress)
    return {"bytes": target.stat().st_size}


def _result(path: Path) -> dict[str, Any]:
    try:
        return {"returned": to_plain(_read(path))}
    except KnownError as error:
        return {"sentence": error.sentence}


def _read(path: Path) -> Returned:
    from ivaudit.exchange import questionnaires  # noqa: PLC0415 - each job loads its own library
    from ivaudit.tables.reading import read_book  # noqa: PLC0415 - idem

    return questionnaires.read(read_book(path))
