"""Tables as CSV that spreadsheets open rightly in French: UTF-8 with its mark, «;», text that stays text."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from ivaudit.domain.printable import without_controls

SEPARATOR = ";"
_TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_csv(titles: Sequence[str], rows: Iterable[Sequence[str | int | date | None]], path: Path) -> None:
    """Write a table.

    A text that a spreadsheet would take for a formula is preceded by an apostrophe.

    Args:
        titles: of the columns.
        rows: their cells.
        path: the file to write.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=SEPARATOR, lineterminator="\r\n")
        writer.writerow([_safe(title) for title in titles])
        for row in rows:
            writer.writerow([_plain(value) for value in row])


def _plain(value: str | int | date | None) -> str:
    match value:
        case None:
            return ""
        case date():
            return value.strftime("%d/%m/%Y")
        case int():
            return str(value)
        case _:
            return _safe(value)


def _safe(text: str) -> str:
    kept = without_controls(text)
    return f"'{kept}" if kept.startswith(_TRIGGERS) else kept
