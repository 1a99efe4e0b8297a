"""Reports: prepared from an audit at one moment, made in a child process, put where the user asked."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ivaudit import __version__
from ivaudit.app import audits, child_files, file_names, jobs, placing, report_sheet, seals
from ivaudit.app.session import Session
from ivaudit.content.library import Library
from ivaudit.domain import clock
from ivaudit.domain.audit import STRUCTURE, AuditSheet
from ivaudit.domain.charts import axes_of, radar_or_bars
from ivaudit.domain.debrief import Debrief, debrief
from ivaudit.domain.errors import CannotWriteExport, InvalidValue
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.report import build
from ivaudit.domain.report_anonymous import anonymous
from ivaudit.domain.report_copy import known_names, transmissible
from ivaudit.domain.report_model import ReportKind, ReportModel
from ivaudit.domain.report_outline import ReportOutline
from ivaudit.domain.scoring import domain_results
from ivaudit.domain.seal import SealState
from ivaudit.domain.standing import standings
from ivaudit.reports.plain import to_plain
from ivaudit.store import layout

FORMATS = ("pdf", "docx", "xlsx", "json")
"""What a report may be written in."""

_OUTLINES = {
    ReportKind.REPORT: "rapport",
    ReportKind.DEBRIEF: "bilan",
    ReportKind.COPY: "rapport",
    ReportKind.ANONYMOUS: "rapport",
}
_BOOK = "classeur"
_PRINTED = frozenset({"pdf", "docx"})

_POINTS_TO_PIXELS = 595.276


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which report: what it is for, and what is ticked.

    `notes` are the internal notes, `score` lets a debrief say scores and levels, `notebook` gives the lines
    of the notebook in an annex.
    """

    kind: ReportKind = ReportKind.REPORT
    notes: bool = False
    score: bool = False
    notebook: bool = False


WHOLE = Wanted()
"""The report itself, with nothing ticked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A report ready to be made: it no longer needs the workspace to be read.

    `pictures` are photographs by digest; `work` is the folder for temporary files, inside the workspace.
    """

    format: str
    model: ReportModel
    outline: ReportOutline
    pictures: tuple[tuple[str, bytes], ...]
    work: Path


def prepare(session: Session, audit: str, format: str, wanted: Wanted = WHOLE) -> Prepared:  # noqa: A002
    """Read what a report needs, on the thread of the session; making it may then happen elsewhere.

    Raises:
        NotFound: no such audit.
        InvalidValue: no such format, or something ticked that a copy meant for others never holds.
    """
    if format not in FORMATS:
        raise InvalidValue("Un rapport se fait en pdf, docx, xlsx ou json.")
    model = _model(session, audit, wanted)
    name = _BOOK if format == "xlsx" and wanted.kind is not ReportKind.DEBRIEF else _OUTLINES[wanted.kind]
    shown = format in _PRINTED and wanted.kind is not ReportKind.DEBRIEF
    return Prepared(
        format=format,
        model=model,
        outline=_with_logo(session.library, session.library.outline(name)),
        pictures=report_sheet.pictures(session, model) if shown else (),
        work=session.workspace.folder / layout.WORK,
    )


def debrief_of(session: Session, audit: str, *, score: bool = False) -> Debrief:
    """Return what is said at the end of a visit, for the screen.

    Raises:
        NotFound: no such audit.
    """
    wanted = Wanted(kind=ReportKind.DEBRIEF, score=score)
    outline = session.library.outline(_OUTLINES[ReportKind.DEBRIEF])
    return debrief(_model(session, audit, wanted), outline)


def _model(session: Session, audit: str, wanted: Wanted) -> ReportModel:
    copy = wanted.kind in {ReportKind.COPY, ReportKind.ANONYMOUS}
    if copy and (wanted.notes or wanted.notebook):
        raise InvalidValue("Une copie transmissible ne porte ni notes internes ni lignes du carnet.")
    sheet = audits.sheet(session, audit)
    field = report_sheet.field_sheet(session, audit, with_notebook=wanted.notebook)
    sealed = seals.verify(session, audit)
    # What is not, or no more, as it was sealed is not printed under the seal.
    seal = sealed.seal if sealed.state is SealState.INTACT else None
    model = build(
        sheet,
        session.library.vocabulary(),
        session.library.form(audits.VISIT_FORM),
        # The explanation of the method belongs to the printed report and is the same everywhere.
        session.library.outline(_OUTLINES[ReportKind.REPORT]),
        generated=clock.now().isoformat(timespec="seconds"),
        program=f"ivaudit {__version__}",
        kind=wanted.kind,
        field=field,
        with_notes=wanted.notes,
        with_score=wanted.score,
        seal=seal.printed if seal else "",
    )
    if not copy:
        return model
    known = known_names(sheet, field.persons)
    if wanted.kind is ReportKind.ANONYMOUS:
        return anonymous(model, {*known, session.author}, _places(sheet), _units(sheet))
    return transmissible(model, known)


def _places(sheet: AuditSheet) -> tuple[str, ...]:
    """Return the names of places that would tell which structure it is: its own, and those of its group."""
    found = sheet.facility.values
    named = (found.get(name) for name in ("name", "city", "headquarters", "ght", "contact"))
    return tuple(each for each in named if isinstance(each, str) and each)


def _units(sheet: AuditSheet) -> tuple[str, ...]:
    """Return the names of the units, of the structure and of the audit."""
    rows = sheet.facility.values.get("units")
    named = [row.get("name") for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    subjects = [sheet.labels[key] for key in sheet.subjects if key in sheet.labels and key != STRUCTURE]
    return tuple(dict.fromkeys([*(each for each in named if isinstance(each, str)), *subjects]))


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
    return child_files.written(
        "rapport",
        _request(prepared),
        path,
        payload=_payload(prepared),
        work=prepared.work,
        progress=progress,
        cancelled=cancelled,
    )


def export(
    session: Session,
    audit: str,
    format: str,  # noqa: A002 - the word of the command line
    path: Path,
    wanted: Wanted = WHOLE,
    *,
    progress: Progress = silent,
) -> Path:
    """Write the report of an audit; the file is in clear.

    Args:
        session: the open workspace.
        audit: its id.
        format: `pdf`, `docx`, `xlsx` or `json`.
        path: the file to write.
        wanted: which report.
        progress: told how far it is.
    """
    return make(prepare(session, audit, format, wanted), path, progress=progress)


def pages(
    prepared: Prepared,
    *,
    width: int = 900,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = jobs.never,
) -> tuple[bytes, ...]:
    """Return the pages of a prepared printed report as PNG pictures, `width` pixels wide."""
    with TemporaryDirectory(prefix="export-", dir=prepared.work, ignore_cleanup_errors=True) as folder:
        request = {**_request(prepared), "tempdir": folder, "scale": width / _POINTS_TO_PIXELS}
        payload = _payload(prepared)
        drawn = jobs.run("apercu", request, payload=payload, progress=progress, cancelled=cancelled)
    return tuple(base64.b64decode(page) for page in drawn["pages"])


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

    today = clock.today().isoformat()
    placing.put_bytes(render(code, session.workspace.folder.name, today), path)


def file_name(sheet: AuditSheet, format: str, version: int, wanted: Wanted = WHOLE) -> str:  # noqa: A002
    """Return the name of a report: «2026-11-21_EHPAD-Les-Tilleuls_rapport_v1.pdf», safe on every system."""
    if wanted.kind is ReportKind.ANONYMOUS:
        return f"{sheet.audit.date[:7]}_{_what(format, wanted)}_v{version}.{format}"
    name = file_names.part(sheet.facility.name, "structure")
    return f"{sheet.audit.date}_{name}_{_what(format, wanted)}_v{version}.{format}"


def _what(format: str, wanted: Wanted) -> str:  # noqa: A002
    match wanted.kind:
        case ReportKind.DEBRIEF:
            return "bilan-a-chaud"
        case ReportKind.COPY:
            return f"{_BOOK}-transmissible" if format == "xlsx" else "rapport-transmissible"
        case ReportKind.ANONYMOUS:
            return f"{_BOOK}-anonyme" if format == "xlsx" else "rapport-anonyme"
        case ReportKind.REPORT:
            what = _BOOK if format == "xlsx" else "rapport"
            return what + ("-avec-notes" if wanted.notes else "")


def next_path(folder: Path, sheet: AuditSheet, format: str, wanted: Wanted = WHOLE) -> Path:  # noqa: A002
    """Return the first free name for a report in a folder: nothing already there is written over."""
    version = 1
    while (path := folder / file_name(sheet, format, version, wanted)).exists():
        version += 1
    return path


def _request(prepared: Prepared) -> dict[str, Any]:
    return {
        "format": prepared.format,
        "model": to_plain(prepared.model),
        "outline": to_plain(prepared.outline),
        "pictures": [(digest, len(body)) for digest, body in prepared.pictures],
    }


def _payload(prepared: Prepared) -> bytes:
    """Return the photographs one after the other: they go through the pipe, and are never files."""
    return b"".join(body for _, body in prepared.pictures)


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
