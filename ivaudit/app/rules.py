"""The cross table of rules and criteria, and the codes that somebody reads in the volumes; no workspace."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ivaudit.app import child_files, jobs, local_files, placing
from ivaudit.app.library import library, local_folder, reload
from ivaudit.content import volumes
from ivaudit.content.shapes import Family
from ivaudit.content.writing import to_yaml
from ivaudit.domain import clock, codes_import, rules_table
from ivaudit.domain.codes_import import LOCAL_ID, CodeChange, CodesPreview
from ivaudit.domain.errors import ContentProblems, InvalidValue, NotFound
from ivaudit.domain.found_codes import FoundCode, FoundCodes
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.rules import Rules
from ivaudit.domain.rules_table import RulesTable
from ivaudit.domain.sheet_problems import SheetProblem
from ivaudit.reports.plain import from_plain, to_plain

__all__ = [
    "CodeChange",
    "CodesPreview",
    "accept",
    "book_name",
    "codes",
    "export",
    "export_codes",
    "read_codes",
    "rules",
    "table",
]

CODES_NAME = f"{LOCAL_ID}.yaml"
_FILES = {".yaml", ".yml"}


def rules() -> Rules:
    """Return the rules of the official volumes."""
    return volumes.rules(library())


def codes() -> Mapping[str, Sequence[FoundCode]]:
    """Return the codes found that apply, by rule."""
    return volumes.codes(library())


def table() -> RulesTable:
    """Return the cross table; reads the library, and takes its time.

    Raises:
        ContentProblems: a shipped file has a problem.
    """
    known = library()
    homes = {criterion: each.checklist for criterion, each in known.known.items()}
    return rules_table.build(volumes.rules(known), known.checklists(), homes, volumes.codes(known))


def export(path: Path, *, progress: Progress = silent, cancelled: Callable[[], bool] = jobs.never) -> Path:
    """Write the cross table as a workbook to complete, whole or not at all.

    Raises:
        Cancelled: somebody asked to stop; nothing is written.
        CannotWriteExport: the place refuses the file.
    """
    request = {"table": to_plain(table())}
    return child_files.written("tableau", request, path, progress=progress, cancelled=cancelled)


def book_name() -> str:
    """Return the name of the workbook («2026-11-22_tableau-recapitulatif.xlsx»)."""
    return f"{clock.today().isoformat()}_tableau-recapitulatif.xlsx"


def read_codes(path: Path, *, cancelled: Callable[[], bool] = jobs.never) -> CodesPreview:
    """Return what accepting a completed workbook, or a file of codes, would change; nothing is done.

    Raises:
        UnreadableFile: it is neither, or cannot be read safely.
        ContentProblems: the file of codes breaks a rule.
        TookTooLong: reading it takes more than a few seconds.
        Cancelled: somebody asked to stop.
    """
    if not path.is_file():
        raise NotFound("Ce fichier n'existe pas ou n'est plus là. Rien n'a été modifié.")
    if path.suffix.casefold() in _FILES:
        said = _read("codes-fichier", path, cancelled)
        if said["file"] is None:
            raise ContentProblems(said["sentence"], tuple(said["problems"]))
        file = from_plain(FoundCodes, said["file"])
        return codes_import.compare(file.codes, codes())
    read = _read("codes-tableau", path, cancelled)["read"]
    found = from_plain(tuple[FoundCode, ...], read["codes"])
    problems = from_plain(tuple[SheetProblem, ...], read["problems"])
    return codes_import.compare(found, codes(), problems)


def accept(preview: CodesPreview) -> Path:
    """Keep the codes of a preview in the file of codes of this person, and read the library again.

    Returns:
        The file written.

    Raises:
        InvalidValue: there is nothing to keep.
        ContentProblems: the file that is there has a problem; it is left as it is.
        KnownError: the place refuses the file.
    """
    if not preview.changes:
        raise InvalidValue("Il n'y a aucun code à enregistrer.")
    file = codes_import.updated(_kept(), (change.code for change in preview.changes))
    path = local_folder() / "codes" / CODES_NAME
    local_files.write(path, to_yaml(file, Family.CODES).encode())
    reload()
    return path


def export_codes(path: Path) -> Path:
    """Write every code that applies in one file that travels alone.

    Raises:
        NotFound: no code was found yet.
        CannotWriteExport: the place refuses the file.
    """
    text = codes_text()
    if text is None:
        raise NotFound("Aucun code n'a encore été relevé : il n'y a rien à exporter.")
    return placing.put_bytes(text.encode(), path)


def codes_text() -> str | None:
    """Return every code that applies as one file, nothing when none was found yet."""
    found = [code for each in codes().values() for code in each]
    return to_yaml(codes_import.updated(None, found), Family.CODES) if found else None


def _kept() -> FoundCodes | None:
    try:
        return volumes.code_file(library(), LOCAL_ID)
    except NotFound:
        return None


def _read(job: str, path: Path, cancelled: Callable[[], bool]) -> dict[str, Any]:
    request = {"rules": [rule.id for rule in rules().rules], "today": clock.today().isoformat()}
    return child_files.read(job, path, request, cancelled=cancelled)
