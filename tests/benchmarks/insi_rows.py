"""A monthly INSi file of 100,000 rows in, against python-calamine reading its cells."""

import os
import random
import sys
from pathlib import Path

import grown
from measure import Row, compared, seconds
from openpyxl import Workbook

from ivaudit.app import insi, insi_imports
from ivaudit.domain.insi import Channel

sys.path.append(str(Path(__file__).parents[1]))

from support.insi import TITLES

LINES = 100_000
PER_MONTH = 10_000
TIMES = 3
WORK = "INSi file, 100,000 rows in"


def insi_rows(folder: Path) -> list[Row]:
    """Read, preview and store a workbook of 100,000 rows; the bound needs python-calamine, not ours.

    Set IVAUDIT_CALAMINE to the folder where it was unpacked (`pip download python-calamine`, then unzip).
    """
    place = folder / "insi"
    place.mkdir()
    path = _book(place / "certificat.xlsx")
    session = grown.workspace(place / "dossier")
    work = insi_imports.work_folder(session)
    ours, bound, found = [], [], []
    calamine = _calamine()
    for _ in range(TIMES):
        ours.append(seconds(lambda: found.append(insi_imports.read(path, work))))
        bound.append(seconds(lambda: calamine(path)) if calamine else 0.0)
    seen = []
    previewing = seconds(lambda: seen.append(insi_imports.preview(session, found[0], Channel.CERTIFICATE)))
    storing = seconds(lambda: insi_imports.accept(session, seen[0]))
    following = seconds(lambda: insi.follow_up(session))
    assert len(found[0].rows) == LINES == len(seen[0].added)
    session.close()
    rest = (
        f"previewed {previewing:.2f} s, stored {storing:.2f} s, month of {PER_MONTH} shown {following:.2f} s"
    )
    what = f"{WORK}: understood, ready to preview ({rest})"
    if not calamine:
        return [Row(what, f"{min(ours):.2f} s", "python-calamine is not there", "", "≤ 3 ×")]
    return [compared(what, ours, bound, 3, "≤ 3 ×")]


def _calamine() -> object:
    """Return what reads every cell of the first sheet, nothing where python-calamine is not unpacked."""
    if place := os.environ.get("IVAUDIT_CALAMINE"):
        sys.path.append(place)
    try:
        from python_calamine import CalamineWorkbook  # noqa: PLC0415 - the bound only
    except ImportError:
        return None
    return lambda path: CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def _book(path: Path) -> Path:
    draw = random.Random(1)  # noqa: S311 - figures to read
    book = Workbook(write_only=True)
    sheet = book.create_sheet("INSi")
    sheet.append(TITLES)
    for rank in range(LINES):
        first, second = draw.randrange(3000), draw.randrange(500)
        number = 250_000_000 + rank % PER_MONTH
        texts = (202601 + rank // PER_MONTH, "25 - DOUBS", str(number), f"EHPAD {number}", "500 - EHPAD")
        sheet.append([*texts, first + second, first, second, draw.randrange(1, 40)])
    book.save(path)
    return path
