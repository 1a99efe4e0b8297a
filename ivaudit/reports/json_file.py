"""The JSON export: the model itself, whose schema is published in `docs/schema/rapport.schema.json`."""

from pathlib import Path

from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.report_model import ReportModel
from ivaudit.reports.plain import as_json


def write(model: ReportModel, path: Path, progress: Progress = silent) -> None:
    """Write the export.

    Args:
        model: what to say.
        path: the file to write.
        progress: told when it is done.
    """
    path.write_bytes(as_json(model))
    progress(1, 1, "export prêt")
