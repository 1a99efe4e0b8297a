"""Reports: prepared from an audit at one moment, made in a child process, put where the user asked."""

import base64
import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from ivaudit import __version__
from ivaudit.app import audits, jobs, placing
from ivaudit.app.session import Session
from ivaudit.content.library import Library
from ivaudit.domain.audit import AuditSheet
from ivaudit.domain.charts import axes_of, radar_or_bars
from ivaudit.domain.errors import CannotWriteExport, InvalidValue
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.report import build
from ivaudit.domain.report_model import ReportModel
from ivaudit.domain.report_outline import ReportOutline
from ivaudit.domain.scoring import domain_results
from ivaudit.domain.standing import standings
from ivaudit.reports.plain import to_plain
from ivaudit.store import layout

OUTLINES: dict[str, str] = {"pdf": "rapport", "docx": "rapport", "xlsx": "classeur", "json": "rapport"}
"""The outline of `exports/` that each format follows."""

_NAME = 60
_POINTS_TO_PIXELS = 595.276


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A report ready to be made: it no longer needs the workspace to be read.

    `work` is the folder for temporary files, inside the workspace.
    """

    format: str
    model: ReportModel
    outline: ReportOutline
    work: Path


def prepare(session: Session, audit: str, format: str, *, with_notes: bool = False) -> Prepared:  # noqa: A002
    """Read what a report needs, on the thread of the session; making it may then happen elsewhere.

    Raises:
        NotFound: no such audit.
        InvalidValue: no such format.
    """
    if format not in OUTLINES:
        raise InvalidValue("Un rapport se fait en pdf, docx, xlsx ou json.")
    outline = session.library.outline(OUTLINES[format])
    # The explanation of the method belongs to the printed report and is the same everywhere.
    words = session.library.outline(OUTLINES["pdf"])
    model = build(
        audits.sheet(session, audit),
        session.library.vocabulary(),
        session.library.form(audits.VISIT_FORM),
        words,
        generated=datetime.now().astimezone().replace(tzinfo=None).isoformat(timespec="seconds"),
        program=f"ivaudit {__version__}",
        with_notes=with_notes,
    )
    work = session.workspace.folder / layout.WORK
    return Prepared(format=format, model=model, outline=_with_logo(session.library, outline), work=work)


def make(
    prepared: Prepared,
    path: Path,
    *,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = jobs.never,
) -> Path:
    """Make a prepared report in a child process and put it at `path`, whole or not at all.

    Raises:
        Cancelled: somebody asked to stop; nothing is written.
        CannotWriteExport: the place refuses the file.
    """
    with _work(prepared.work) as folder:
        made = Path(folder) / "rapport"
        jobs.run(
            "rapport", _request(prepared, folder, target=str(made)), progress=progress, cancelled=cancelled
        )
        return placing.put(made, path)


def export(
    session: Session,
    audit: str,
    format: str,  # noqa: A002 - the word of the command line
    path: Path,
    *,
    with_notes: bool = False,
    progress: Progress = silent,
) -> Path:
    """Write the report of an audit; the file is in clear.

    Args:
        session: the open workspace.
        audit: its id.
        format: `pdf`, `docx`, `xlsx` or `json`.
        path: the file to write.
        with_notes: also give the internal notes.
        progress: told how far it is.
    """
    return make(prepare(session, audit, format, with_notes=with_notes), path, progress=progress)


def pages(
    prepared: Prepared,
    *,
    width: int = 900,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = jobs.never,
) -> tuple[bytes, ...]:
    """Return the pages of a prepared printed report as PNG pictures, `width` pixels wide."""
    with _work(prepared.work) as folder:
        request = _request(prepared, folder, scale=width / _POINTS_TO_PIXELS)
        drawn = jobs.run("apercu", request, progress=progress, cancelled=cancelled)
    return tuple(base64.b64decode(page) for page in drawn["pages"])


def preview(
    session: Session,
    audit: str,
    *,
    with_notes: bool = False,
    width: int = 900,
    progress: Progress = silent,
) -> tuple[bytes, ...]:
    """Return the pages of the printed report of an audit as PNG pictures, `width` pixels wide."""
    return pages(prepare(session, audit, "pdf", with_notes=with_notes), width=width, progress=progress)


def chart_png(sheet: AuditSheet, checklist: str, *, width: int, dark: bool = False) -> bytes:
    """Return the results by domain of a checklist as a PNG picture, for the screen.

    Args:
        sheet: the audit.
        checklist: id of one of its checklists.
        width: width of the picture, in pixels.
        dark: draw for a dark window.
    """
    from ivaudit.reports import drawing, palette  # noqa: PLC0415 - reportlab is loaded for the first chart

    found = next(each for each in sheet.checklists if each.id == checklist)
    axes = axes_of(domain_results(found, standings(sheet, found)))
    inks = palette.DARK if dark else palette.LIGHT
    return drawing.png(drawing.draw(radar_or_bars(found.title, axes), 480, inks), width, inks)


def recovery_sheet(path: Path, code: str, session: Session) -> None:
    """Write the «feuille de secours» of a workspace: one page with its recovery code, and no passphrase.

    Raises:
        CannotWriteExport: the place refuses the file.
    """
    from ivaudit.reports.recovery_sheet import render  # noqa: PLC0415 - reportlab is loaded for this page only

    today = datetime.now().astimezone().date().isoformat()
    placing.put_bytes(render(code, session.workspace.folder.name, today), path)


def file_name(sheet: AuditSheet, format: str, version: int, *, with_notes: bool = False) -> str:  # noqa: A002
    """Return the name of a report: «2026-11-21_EHPAD-Les-Tilleuls_rapport_v1.pdf», safe on every system."""
    plain = unicodedata.normalize("NFC", sheet.facility.name)
    name = re.sub(r"[\W_]+", "-", plain)[:_NAME].strip("-") or "structure"
    what = OUTLINES.get(format, "rapport") + ("-avec-notes" if with_notes else "")
    return f"{sheet.audit.date}_{name}_{what}_v{version}.{format}"


def next_path(folder: Path, sheet: AuditSheet, format: str, *, with_notes: bool = False) -> Path:  # noqa: A002
    """Return the first free name for a report in a folder: nothing already there is written over."""
    version = 1
    while (path := folder / file_name(sheet, format, version, with_notes=with_notes)).exists():
        version += 1
    return path


def _request(prepared: Prepared, folder: str, **others: object) -> dict[str, Any]:
    return {
        "tempdir": folder,
        "format": prepared.format,
        "model": to_plain(prepared.model),
        "outline": to_plain(prepared.outline),
        **others,
    }


@contextmanager
def _work(work: Path) -> Iterator[str]:
    """Give a folder inside the workspace, emptied whatever happens: drafts of exports are texts in clear."""
    with tempfile.TemporaryDirectory(prefix="export-", dir=work, ignore_cleanup_errors=True) as folder:
        yield folder


def _with_logo(library: Library, outline: ReportOutline) -> ReportOutline:
    """Return the outline with the logo found beside its file."""
    if outline.logo is None:
        return outline
    beside = next(parsed.source.path.parent for parsed in library.files() if parsed.source.id == outline.id)
    logo = beside / Path(outline.logo).name
    if not logo.is_file():
        raise CannotWriteExport(
            "Le logo indiqué dans le plan du rapport est introuvable. Placez l'image à côté de ce fichier, "
            "ou retirez-la du plan."
        )
    return replace(outline, logo=str(logo))
