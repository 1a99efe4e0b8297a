"""Print the work that has a budget as measured/bound ratios; run it on an idle machine.

python tests/benchmarks/run.py [start] [answer] [saving] [open] [shared] [filter] [checklist] [library]
    [local] [pdf] [evidence] [questionnaires] [sheets] [insi] [directory] [register] [log] [anomalies]
    [bundles]
"""

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import measure
from bundle_rows import bundle_rows
from content_rows import checklist_rows
from directory_rows import directory_rows
from evidence_rows import evidence_rows
from insi_rows import insi_rows
from library_rows import library_rows
from local_rows import local_rows
from log_rows import log_rows
from measure import Row
from questionnaire_rows import questionnaire_rows
from register_rows import register_rows
from register_window_rows import register_window_rows
from report_rows import pdf_rows
from saving_rows import saving_rows
from sheet_rows import sheet_rows
from store_rows import one_answer, open_audit, open_shared
from window_rows import filter_rows, start_rows

if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> int:
    """Measure what is asked, everything by default, and print one table."""
    with tempfile.TemporaryDirectory(prefix="ivaudit-mesure-") as place:
        folder = Path(place)
        parts: dict[str, Callable[[], list[Row]]] = {
            "start": lambda: start_rows(folder),
            "answer": lambda: one_answer(folder),
            "saving": lambda: saving_rows(folder),
            "open": lambda: open_audit(folder),
            "shared": lambda: open_shared(folder),
            "filter": filter_rows,
            "checklist": checklist_rows,
            "library": library_rows,
            "local": lambda: local_rows(folder),
            "questionnaires": lambda: questionnaire_rows(folder),
            "sheets": lambda: sheet_rows(folder),
            "insi": lambda: insi_rows(folder),
            "directory": lambda: directory_rows(folder),
            "pdf": lambda: pdf_rows(folder),
            "evidence": lambda: evidence_rows(folder),
            "log": lambda: log_rows(folder),
            "register": lambda: register_rows(folder),
            "anomalies": lambda: register_window_rows(folder),
            "bundles": lambda: bundle_rows(folder),
        }
        asked = sys.argv[1:] or list(parts)
        rows = [row for name in asked for row in parts[name]()]
    print(measure.machine(), end="\n\n")
    measure.show(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
