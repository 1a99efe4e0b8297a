"""The INSi follow-up and the list to call back, as a workbook or as CSV."""

from collections.abc import Callable
from pathlib import Path

from ivaudit.app import child_files, directory, insi, jobs, sheets
from ivaudit.app.session import Session
from ivaudit.content.shapes import Family
from ivaudit.domain import clock
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.insi_table import InsiBook, InsiList, InsiTable, book, call_back_book
from ivaudit.domain.progress import Progress, silent
from ivaudit.reports.plain import to_plain


def prepare(session: Session, month: str = "") -> InsiBook:
    """Return the follow-up of a month as a workbook, the last one received unless told.

    Raises:
        InvalidValue: no such month, or nothing was imported yet.
    """
    follow = insi.follow_up(session, month)
    evolution = insi.evolution(session, follow.month)
    return book(follow, evolution, _columns(session, InsiList.FOLLOW_UP), _phones(session))


def prepare_call_back(session: Session, month: str = "", silent_months: int = 1) -> InsiBook:
    """Return the structures to call back as a workbook.

    Args:
        session: the open workspace.
        month: the last one received unless told.
        silent_months: for how many complete months a structure has not called.

    Raises:
        InvalidValue: no such month, nothing was imported yet, a file of the month is missing, no perimeter.
    """
    follow = insi.follow_up(session, month)
    if not follow.frozen:
        raise InvalidValue(
            "Sans périmètre, on ne sait pas quelles structures étaient attendues : définissez-le d'abord."
        )
    if not follow.whole:
        raise InvalidValue(
            "Un seul des deux fichiers de ce mois est reçu : on ne peut pas dire qui n'a pas appelé. "
            "Importez l'autre, ou choisissez un autre mois."
        )
    many = max(1, silent_months)
    phones = _phones(session)
    for line in follow.to_call_back(many):
        if line.finess not in phones and (entry := directory.by_number(session, line.finess)) is not None:
            phones[line.finess] = entry.phone
    return call_back_book(follow, many, _columns(session, InsiList.CALL_BACK), phones)


def write(
    found: InsiBook,
    path: Path,
    *,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = jobs.never,
) -> Path:
    """Write a workbook, or its first sheet as CSV where the name of the file says so; whole or not at all.

    Raises:
        Cancelled: somebody asked to stop; nothing is written.
        CannotWriteExport: the place refuses the file.
        InvalidValue: the name of the file asks for another format.
    """
    request = {"book": to_plain(found), "format": sheets.format_of(path)}
    return child_files.written("suivi-insi", request, path, progress=progress, cancelled=cancelled)


def file_name(month: str, *, call_back: bool = False, suffix: str = "xlsx") -> str:
    """Return the name of the file («2026-11-22_suivi-insi-2026-09.xlsx»)."""
    what = "insi-a-rappeler" if call_back else "suivi-insi"
    return sheets.file_name(clock.today().isoformat(), "", f"{what}-{month}", suffix)


def _columns(session: Session, wanted: InsiList) -> InsiTable:
    """Return the columns of a list: ours, unless a local file has others."""
    found: tuple[InsiTable, ...] = session.library.every(Family.INSI_TABLE)
    return next(each for each in reversed(found) if each.what is wanted)


def _phones(session: Session) -> dict[str, str]:
    return {finess: each.phone for finess, each in insi.contacts(session).items() if each.phone}
