"""Everything that is shipped as a printed document, by name."""

from collections.abc import Iterator

from ivaudit.content.library import Library
from ivaudit.reports import blank_cases, blank_fiche, blank_grid, blank_observation, recovery_sheet
from ivaudit.reports.blank_grid import By

PROGRAM = "ivaudit 0"
CODE = "-".join(f"A{rank:02d}Z" for rank in range(13))


def blanks(library: Library) -> Iterator[tuple[str, bytes]]:
    """Yield every sheet to fill in by hand; of the checklists, which all print alike, the shortest."""
    words = library.vocabulary()
    for by in By:
        yield f"flash {by}", blank_grid.render(library.checklist("flash"), words, by, program=PROGRAM)
    for grid in library.observations():
        yield grid.id, blank_observation.render(grid, words, program=PROGRAM)
    for fiche in library.fiches():
        yield fiche.id, blank_fiche.render(fiche, words, program=PROGRAM)
    yield "cas", blank_cases.render(library.cases(), program=PROGRAM)


def sheet() -> bytes:
    """Return the sheet that opens a workspace."""
    return recovery_sheet.render(CODE, "ivaudit", "2026-11-21")
