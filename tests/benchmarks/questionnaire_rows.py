"""120 returned questionnaires, from the folder to the self-assessments and their summary."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import grown
from measure import Row, seconds

from ivaudit.app import questionnaire_folder, questionnaire_import
from ivaudit.app.library import library

sys.path.append(str(Path(__file__).parents[1]))

from support.questionnaires import SELF, STRUCTURE, blank, fill

if TYPE_CHECKING:
    from ivaudit.app.session import Session
    from ivaudit.domain.returns import SortedFile

FILES = 120
MOST = 60.0
_GRIDS = (SELF, "rniv-1-principes-communs")


def questionnaire_rows(folder: Path) -> list[Row]:
    """Import a folder for each grid, then import it again."""
    return [row for grid in _GRIDS for row in _rows(folder / f"retours-{grid}", grid)]


def _rows(folder: Path, grid: str) -> list[Row]:
    points = _write(folder, grid)
    session = grown.workspace(folder.with_name(f"{folder.name}-dossier"))
    read: list[tuple[SortedFile, ...]] = []
    reading = seconds(lambda: read.append(_read(session, folder)))
    importing = seconds(lambda: questionnaire_import.import_all(session, read[0]))
    again = seconds(lambda: questionnaire_import.import_all(session, read[0]))
    summing = seconds(lambda: _sum_up(session, read[0], folder))
    session.close()
    whole = reading + importing
    return [
        Row(
            f"{FILES} questionnaires of {points} points ({grid}), read and imported",
            f"{whole:.1f} s (read {reading:.1f}, backup and import {importing:.1f})",
            "–",
            f"{whole / MOST:.2f}",
            "≤ 60 s",
            whole <= MOST,
        ),
        Row("– the same folder again, summary and workbook", f"{again:.1f} s, {summing:.1f} s", "–", "", "–"),
    ]


def _write(folder: Path, grid: str) -> int:
    folder.mkdir()
    empty = blank(folder.with_suffix(".xlsx"), grid)
    keys = [point.criterion.id for point in library().checklist(grid).points()]
    for rank in range(FILES):
        answers = {
            key: {
                "Réponse": ("Oui", "Partiel", "Non")[(rank + at) % 3],
                "Constat": f"Constat {at} de la structure {rank}.",
                "Preuve ou document": "Procédure v2",
            }
            for at, key in enumerate(keys)
        }
        names = {**STRUCTURE, "Nom de la structure": f"EHPAD {rank}", "FINESS ET (site)": None}
        fill(empty, folder / f"{rank:03}.xlsx", answers, names)
    return len(keys)


def _read(session: "Session", folder: Path) -> "tuple[SortedFile, ...]":
    files = questionnaire_folder.read_folder(folder, questionnaire_folder.work_folder(session))
    return questionnaire_folder.sort(session.library, files)


def _sum_up(session: "Session", files: "tuple[SortedFile, ...]", folder: Path) -> None:
    found = questionnaire_folder.summaries(session.library, files)
    questionnaire_folder.write_summary(found, folder.with_name(f"{folder.name}-synthese.xlsx"))
