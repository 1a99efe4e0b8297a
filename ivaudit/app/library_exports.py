"""What leaves the library: paper to fill in by hand, and checklists as workbooks; no workspace is needed."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal, TypeAlias

from ivaudit.app import child_files, file_names, jobs
from ivaudit.content.book_rows import rows_of
from ivaudit.content.library import Library
from ivaudit.content.shapes import Family
from ivaudit.domain.adaptation import Adaptation
from ivaudit.domain.cases import Cases
from ivaudit.domain.checklist import Checklist
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.fiche import Fiche
from ivaudit.domain.glossary import Glossary
from ivaudit.domain.observation import ObservationGrid
from ivaudit.domain.progress import Progress, silent
from ivaudit.reports.plain import to_plain

By: TypeAlias = Literal["place", "section"]

_MOST_LINES = 500
_SUFFIXES = {"pdf": "vierge", "xlsx": "grille"}


def print_blank(
    library: Library,
    id: str,  # noqa: A002 - ids are called ids here
    path: Path,
    *,
    by: By = "place",
    lines: int | None = None,
    adaptations: Sequence[str] = (),
    progress: Progress = silent,
    cancelled: Callable[[], bool] = jobs.never,
) -> Path:
    """Write the paper version of a checklist, an observation grid, a fiche or cases, whole or not at all.

    The paper of an adaptation is that of the checklist it adapts.

    Args:
        library: where it is found.
        id: its id.
        path: the file to write.
        by: what starts a new page of a checklist.
        lines: how many lines an observation sheet has, its target unless told.
        adaptations: what makes a checklist the one that is asked, by ids.
        progress: told how far it is.
        cancelled: asked often whether to stop.

    Raises:
        NotFound: nothing of that id.
        InvalidValue: it has no paper version, no such number of lines, an adaptation is of another.
        ContentProblems: these adaptations do not go together.
        Cancelled: somebody asked to stop; nothing is written.
        CannotWriteExport: the place refuses the file.
    """
    value = _to_print(library, id, adaptations)
    if not isinstance(value, Checklist | ObservationGrid | Fiche | Cases | Glossary):
        raise InvalidValue("Ce contenu se lit à l'écran : il n'a pas de version à imprimer.")
    if lines is not None and not 1 <= lines <= _MOST_LINES:
        raise InvalidValue(f"Une feuille d'observation a de 1 à {_MOST_LINES} lignes.")
    request = _request(library, value) | {"kind": type(value).__name__, "by": by, "lines": lines}
    return child_files.written("vierge", request, path, progress=progress, cancelled=cancelled)


def export_book(
    library: Library,
    id: str,  # noqa: A002
    path: Path,
    *,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = jobs.never,
) -> Path:
    """Write something published as a workbook, whole or not at all; that of a checklist can be imported.

    Raises:
        NotFound: nothing of that id.
        InvalidValue: it leaves the library in another way.
        Cancelled: somebody asked to stop; nothing is written.
        CannotWriteExport: the place refuses the file.
    """
    value = library.item(id)
    if isinstance(value, ObservationGrid | Fiche | Cases | Glossary):
        request = _request(library, value) | {"kind": type(value).__name__}
        return child_files.written("classeur-lecture", request, path, progress=progress, cancelled=cancelled)
    if not isinstance(value, Checklist):
        raise InvalidValue("Ce contenu a son propre export, dans les outils de la bibliothèque.")
    rows = rows_of(library.one(Family.CHECKLIST, id), library)
    return child_files.written(
        "classeur", {"value": to_plain(rows)}, path, progress=progress, cancelled=cancelled
    )


def file_name(title: str, format: str, what: str = "") -> str:  # noqa: A002
    """Return the name of a file («Bracelet-d-identification_vierge.pdf»), safe on every system."""
    return f"{file_names.part(title, 'contenu')}_{what or _SUFFIXES[format]}.{format}"


def _to_print(library: Library, id: str, adaptations: Sequence[str]) -> object:  # noqa: A002
    """Return what is printed: a checklist as adaptations make it, or anything else as it is."""
    if adaptations:
        return library.effective(id, adaptations)
    value = library.item(id)
    return library.effective(value.checklist, [id]) if isinstance(value, Adaptation) else value


def _request(library: Library, value: object) -> dict[str, Any]:
    return {"value": to_plain(value), "vocabulary": to_plain(library.vocabulary())}
