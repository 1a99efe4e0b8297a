"""The JSON export: the model itself, whose schema is published in `docs/schema/rapport.schema.json`.

That of the end of a visit is what is said there, and nothing more: `docs/schema/bilan.schema.json`.
"""

from pathlib import Path

from ivaudit.domain.debrief import debrief
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.report_model import ReportKind, ReportModel
from ivaudit.domain.report_outline import ReportOutline
from ivaudit.reports.plain import as_json


def write(model: ReportModel, outline: ReportOutline, path: Path, progress: Progress = silent) -> None:
    """Write the export.

    Args:
        model: what to say.
        outline: the words of a debrief.
        path: the file to write.
        progress: told when it is done.
    """
    said = debrief(model, outline) if model.kind is ReportKind.DEBRIEF else model
    path.write_bytes(as_json(said))
    progress(1, 1, "export prêt")
