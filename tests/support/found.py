"""Rules, codes and tables made by hand, and a folder of codes that is emptied afterwards."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from ivaudit.app.library import local_folder, reload
from ivaudit.domain.checklist import Confidence
from ivaudit.domain.found_codes import FoundCode
from ivaudit.domain.rules import Rule, Rules, RuleType, Volume

VOLUMES = (
    Volume(id="rniv-1", title="RNIV 1", edition="2.0", note="Principes communs."),
    Volume(id="rniv-2", title="RNIV 2", edition="2.0", note="Établissements."),
)


def rule(key: str, **given: Any) -> Rule:  # noqa: ANN401 - any field
    wanted: dict[str, Any] = {
        "volume": "rniv-1",
        "rank": 1,
        "type": RuleType.REQUIREMENT,
        "theme": "Traits",
        "statement": "Une règle.",
        "confidence": Confidence.READ,
        "source": "https://exemple.fr",
        "criteria": ("rec-ant-01",),
    }
    return Rule(id=key, **wanted | given)


def rules(*each: Rule) -> Rules:
    return Rules(
        id="regles",
        version="1.0.0",
        title="Règles",
        summary="Pour les essais.",
        licence="etalab-2.0",
        authors=("Équipe ivaudit",),
        published="2026-11-22",
        volumes=VOLUMES,
        rules=each,
    )


def code(key: str = "r1-si-04", **given: Any) -> FoundCode:  # noqa: ANN401 - any field
    wanted: dict[str, Any] = {
        "edition": "2.0",
        "code": "EXI SI 04",
        "verified_by": "référent régional",
        "date": "2026-11-20",
    }
    return FoundCode(rule=key, **wanted | given)


@contextmanager
def no_codes() -> Iterator[Path]:
    """Give the folder of codes of this person, and empty it at the end."""
    folder = local_folder() / "codes"
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        reload()


def fill(path: Path, sheet: str, rows: dict[str, dict[str, str]], **shared: str) -> None:
    """Complete a table as somebody would: cells by rule and title of column, and above the table."""
    book = load_workbook(path)
    found = book[sheet]
    cells = [list(row) for row in found.iter_rows()]
    head = next(at for at, row in enumerate(cells) if row[1].value == "Identifiant")
    titles = {cell.value: at for at, cell in enumerate(cells[head])}
    for row in cells[head + 1 :]:
        for title, value in rows.get(str(row[1].value), {}).items():
            row[titles[title]].value = value
    for row in cells[:head]:
        for title, value in shared.items():
            if str(row[0].value).startswith(title):
                row[4].value = value
    book.save(path)
