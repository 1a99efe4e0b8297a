"""Lists that go out as a workbook or as CSV, and workbooks of lines that come back."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal, TypeAlias

from ivaudit.app import backups, child_files, file_names, jobs
from ivaudit.app.session import Session
from ivaudit.domain.errors import InvalidValue, KnownError
from ivaudit.domain.exchange_sheet import ExchangeSheet, ReturnedSheet
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.sheet_comparison import Change, SheetComparison
from ivaudit.domain.sheet_problems import Severity, SheetProblem
from ivaudit.exchange.identities import MASKED, masked_text
from ivaudit.reports.plain import from_plain, to_plain

Format: TypeAlias = Literal["xlsx", "csv"]

PATIENCE = 5.0
"""Seconds that reading one file may take."""


def write(
    sheet: ExchangeSheet,
    path: Path,
    *,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = jobs.never,
) -> Path:
    """Write a list, whole or not at all: CSV where the name of the file says so, a workbook otherwise.

    Raises:
        Cancelled: somebody asked to stop; nothing is written.
        CannotWriteExport: the place refuses the file.
        InvalidValue: the name of the file asks for another format.
    """
    request = {"sheet": to_plain(sheet), "format": format_of(path)}
    return child_files.written("lignes", request, path, progress=progress, cancelled=cancelled)


def read(
    path: Path, titles: Mapping[str, str], *, cancelled: Callable[[], bool] = jobs.never
) -> ReturnedSheet:
    """Return what a workbook of lines says; nothing is recorded.

    Args:
        path: the file, whatever its name.
        titles: fields by the titles that are known beforehand.
        cancelled: asked often whether to stop.

    Raises:
        UnreadableFile: it is not a workbook of lines, or not one that can be read safely.
        TookTooLong: reading it takes more than a few seconds.
        Cancelled: somebody asked to stop.
    """
    found = child_files.read(
        "lire-lignes", path, {"titles": dict(titles)}, cancelled=cancelled, timeout=PATIENCE
    )
    return from_plain(ReturnedSheet, found["returned"])


def without_impossible(found: SheetComparison, checked: Callable[[str, str], str]) -> SheetComparison:
    """Set aside the values that cannot be, and mask what looks like an identity, each with its place.

    Args:
        found: what a sheet would change.
        checked: returns the value of a field as it is kept, or raises what a user is told.
    """
    kept: list[Change] = []
    problems = list(found.problems)
    for change in found.changes:
        try:
            theirs = checked(change.field, change.theirs)
        except KnownError as error:
            problems.append(_problem(change, error.sentence))
            continue
        safe = masked_text(theirs, known=change.mine)
        if safe != theirs:
            problems.append(_problem(change, MASKED, Severity.WARNING))
        kept += [replace(change, theirs=safe)] if safe != change.mine else []
    return replace(found, changes=tuple(kept), problems=tuple(problems))


def _problem(change: Change, message: str, severity: Severity = Severity.ERROR) -> SheetProblem:
    return SheetProblem(sheet=change.place, message=message, severity=severity, title=change.title)


def back_up(session: Session, reason: str) -> None:
    """Make the backup that undoes an import.

    Raises:
        KnownError: full or failing disk; nothing was imported.
    """
    backups.back_up(session, reason)


def format_of(path: Path) -> Format:
    """Return the format that the name of a file asks for, a workbook when it has none.

    Raises:
        InvalidValue: it asks for another one.
    """
    suffix = path.suffix.lower().lstrip(".")
    if suffix == "csv":
        return "csv"
    if suffix not in {"", "xlsx"}:
        raise InvalidValue("Une liste s'exporte en .xlsx (qui se relit) ou en .csv.")
    return "xlsx"


def file_name(day: str, who: str, what: str, suffix: str = "xlsx") -> str:
    """Return the name of a file: «2026-11-21_EHPAD-Les-Tilleuls_plan-d-actions.xlsx», safe everywhere."""
    return "_".join(filter(None, (day, file_names.part(who), what))) + f".{suffix}"
