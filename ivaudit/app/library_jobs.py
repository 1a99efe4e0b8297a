"""The works on published content that a child process does."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ivaudit import __version__
from ivaudit.domain.cases import Cases
from ivaudit.domain.checklist import Checklist, Vocabulary
from ivaudit.domain.checklist_sheet import ChecklistRows
from ivaudit.domain.fiche import Fiche
from ivaudit.domain.glossary import Glossary
from ivaudit.domain.observation import ObservationGrid
from ivaudit.domain.progress import Progress
from ivaudit.reports.plain import from_plain

PROGRAM = f"ivaudit {__version__}"


def write_blank(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Write the paper version of what is asked for (`kind`) in the file `target`."""
    target = Path(request["target"])
    data = _blank(request, progress)
    target.write_bytes(data)
    return {"bytes": len(data)}


def write_book(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Write a checklist as a workbook in the file `target`."""
    from ivaudit.reports import checklist_book  # noqa: PLC0415 - each format loads its own library

    target = Path(request["target"])
    rows = from_plain(ChecklistRows, request["value"])
    checklist_book.write(rows, target, program=PROGRAM, progress=progress)
    return {"bytes": target.stat().st_size}


def write_published(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Write a grid of observation, a fiche, cases or a glossary (`kind`) in the workbook `target`."""
    from ivaudit.reports import published_book  # noqa: PLC0415 - each format loads its own library

    target = Path(request["target"])
    value = from_plain(_SHAPES[request["kind"]], request["value"])
    published_book.write(value, _vocabulary(request), target, program=PROGRAM, progress=progress)
    return {"bytes": target.stat().st_size}


_SHAPES: Mapping[str, type[ObservationGrid | Fiche | Cases | Glossary]] = {
    "ObservationGrid": ObservationGrid,
    "Fiche": Fiche,
    "Cases": Cases,
    "Glossary": Glossary,
}


def _blank(request: Mapping[str, Any], progress: Progress) -> bytes:
    from ivaudit.reports import (  # noqa: PLC0415 - idem
        blank_cases,
        blank_fiche,
        blank_grid,
        blank_observation,
        glossary_pages,
    )

    value, vocabulary = request["value"], _vocabulary(request)
    match request["kind"]:
        case "Checklist":
            checklist, by = from_plain(Checklist, value), blank_grid.By(request["by"])
            return blank_grid.render(checklist, vocabulary, by, program=PROGRAM, progress=progress)
        case "ObservationGrid":
            grid = from_plain(ObservationGrid, value)
            return blank_observation.render(
                grid, vocabulary, program=PROGRAM, lines=request["lines"], progress=progress
            )
        case "Fiche":
            return blank_fiche.render(
                from_plain(Fiche, value), vocabulary, program=PROGRAM, progress=progress
            )
        case "Cases":
            return blank_cases.render(from_plain(Cases, value), program=PROGRAM, progress=progress)
        case "Glossary":
            return glossary_pages.render(from_plain(Glossary, value), program=PROGRAM, progress=progress)
        case other:
            raise ValueError(other)


def _vocabulary(request: Mapping[str, Any]) -> Vocabulary:
    return from_plain(Vocabulary, request["vocabulary"])
