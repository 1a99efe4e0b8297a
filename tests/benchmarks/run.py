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
    """Measure what is asked, everything by default, each part in a folder of its own, and print one table."""
    parts: dict[str, Callable[[Path], list[Row]]] = {
        "start": start_rows,
        "answer": one_answer,
        "saving": saving_rows,
        "open": open_audit,
        "shared": open_shared,
        "filter": lambda _: filter_rows(),
        "checklist": lambda _: checklist_rows(),
        "library": lambda _: library_rows(),
        "local": local_rows,
        "questionnaires": questionnaire_rows,
        "sheets": sheet_rows,
        "insi": insi_rows,
        "directory": directory_rows,
        "pdf": pdf_rows,
        "evidence": evidence_rows,
        "log": log_rows,
        "register": register_rows,
        "anomalies": register_window_rows,
        "bundles": bundle_rows,
    }
    measure.head()
    for name in sys.argv[1:] or parts:
        with tempfile.TemporaryDirectory(prefix=f"ivaudit-mesure-{name}-") as folder:
            measure.show(parts[name](Path(folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
