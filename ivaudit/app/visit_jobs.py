"""The works on the papers of a visit that a child process does."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ivaudit import __version__
from ivaudit.domain.progress import Progress
from ivaudit.domain.visit_papers import DocumentRequest, VisitPlan
from ivaudit.reports.plain import from_plain

PROGRAM = f"ivaudit {__version__}"


def write_request(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Write the «demande documentaire» in the file `target`."""
    from ivaudit.reports import visit_papers  # noqa: PLC0415 - reportlab is loaded for this work only

    asked = from_plain(DocumentRequest, request["value"])
    return _written(visit_papers.render_request(asked, program=PROGRAM, progress=progress), request)


def write_plan(request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Write the «plan de visite» in the file `target`."""
    from ivaudit.reports import visit_papers  # noqa: PLC0415 - idem

    plan = from_plain(VisitPlan, request["value"])
    return _written(visit_papers.render_plan(plan, program=PROGRAM, progress=progress), request)


def _written(data: bytes, request: Mapping[str, Any]) -> dict[str, Any]:
    Path(request["target"]).write_bytes(data)
    return {"bytes": len(data)}
