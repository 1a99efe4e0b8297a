"""The form that a facility reads back: what the auditor wrote, made into a workbook or a document."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ivaudit.app import audits, child_files, jobs, states
from ivaudit.app.library_exports import file_name
from ivaudit.app.review import rows_of
from ivaudit.app.session import Session
from ivaudit.domain.audit import AuditSheet, AuditState, Changes
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.report_figures import checklist_report
from ivaudit.domain.review_form import (
    ReviewForm,
    review_form,
)
from ivaudit.domain.standing import standings
from ivaudit.reports.plain import to_plain
from ivaudit.store import layout

FORMATS = {"xlsx": "classeur", "docx": "document"}
"""What a form may be, by the end of its name."""

_ID = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A form ready to be written: it needs no workspace any more, but a folder inside it to be made in.

    `work` is where temporary files go: what the auditor wrote is in clear only where it was asked.
    """

    form: ReviewForm
    work: Path


def prepare(session: Session, audit: str, *, with_scores: bool = False) -> Prepared:
    """Return the form to send: what the auditor wrote, without internal notes, names or scores.

    Args:
        session: the open workspace.
        audit: id of the audit.
        with_scores: also give the scores and levels.

    Raises:
        NotFound: no such audit.
        InvalidValue: there is nothing to read back yet.
    """
    sheet = audits.sheet(session, audit)
    rows = rows_of(session, sheet)
    if not rows:
        raise InvalidValue("Il n'y a encore rien à relire : ni réponse, ni constat.")
    kind = session.library.vocabulary().label("audit_kinds", sheet.audit.kind)
    form = review_form(
        audit,
        rows,
        form=secrets.token_hex(_ID),
        scores=_scores(sheet) if with_scores else (),
        facility=sheet.facility.name,
        title=sheet.audit.title or kind,
        date=sheet.audit.date,
    )
    return Prepared(form=form, work=session.workspace.folder / layout.WORK)


def make(
    prepared: Prepared,
    path: Path,
    *,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = jobs.never,
) -> Path:
    """Write a form, whole or not at all: a workbook, or a document for a word processor.

    Raises:
        InvalidValue: a name that ends otherwise.
        Cancelled: somebody asked to stop; nothing is written.
        CannotWriteExport: the place refuses the file.
    """
    request = {"form": to_plain(prepared.form), "format": format_of(path)}
    return child_files.written(
        "relecture", request, path, work=prepared.work, progress=progress, cancelled=cancelled
    )


def format_of(path: Path) -> str:
    """Return what a form is, from its name.

    Raises:
        InvalidValue: neither a workbook nor a document.
    """
    end = path.suffix.lower().removeprefix(".")
    if end not in FORMATS:
        raise InvalidValue("Un formulaire de relecture est un fichier .xlsx ou .docx.")
    return end


def name_of(prepared: Prepared, end: str) -> str:
    """Return the name of the file («2026-11-21_EHPAD-Les-Tilleuls_relecture.docx»), safe on every system."""
    form = prepared.form
    return f"{form.date}_{file_name(form.facility, end, 'relecture')}"


def sent(session: Session, audit: str) -> Changes:
    """Say that a form left: the audit is being read back; nothing when it already was, or is validated."""
    if session.audit(audit).state in {AuditState.REVIEW, AuditState.VALIDATED}:
        return Changes()
    return states.change(session, audit, AuditState.REVIEW)


def _scores(sheet: AuditSheet) -> tuple[str, ...]:
    """Return a sentence for each grid: a score never stands alone."""
    found = []
    for each in sheet.checklists:
        told = checklist_report(each, standings(sheet, each), sha256="", mark="", gaps=frozenset())
        parts = [told.headline, told.level_sentence, f"Couverture : {told.coverage.shown or 0} %."]
        parts += [f"Part de sans objet : {told.not_applicable.shown or 0} %."]
        found.append(
            f"{each.title} : {' '.join(part if part[-1] == '.' else f'{part}.' for part in parts if part)}"
        )
    return tuple(found)
