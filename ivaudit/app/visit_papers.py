"""Papers of a visit: the documents asked for, put in the register and printed; the walk, printed."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from ivaudit.app import audits, child_files, evidence, file_names, gestures, jobs, names, sheets
from ivaudit.app.session import Session
from ivaudit.domain.audit import STRUCTURE, Changes
from ivaudit.domain.evidence import DocumentStatus, EvidenceKind
from ivaudit.domain.evidence_values import line
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.visit_papers import DocumentRequest, VisitPlan, document_request, visit_plan
from ivaudit.domain.wording import folded
from ivaudit.reports.plain import to_plain
from ivaudit.store import layout
from ivaudit.store.journal import Edit

What: TypeAlias = Literal["demande", "plan"]

_FORMER = "documents"
_FORMER_STATES = {
    "demande": DocumentStatus.ASKED,
    "recu": DocumentStatus.RECEIVED,
    "consulte": DocumentStatus.SEEN,
    "absent": DocumentStatus.ABSENT,
}
_FILES: dict[What, str] = {"demande": "demande-documentaire", "plan": "plan-de-visite"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A paper ready to be made: it no longer needs the workspace to be read."""

    what: What
    value: DocumentRequest | VisitPlan
    work: Path


def request(session: Session, audit: str) -> DocumentRequest:
    """Return the documents that the grids of an audit expect, each once, under whom to ask.

    Raises:
        NotFound: no such audit.
    """
    sheet = audits.sheet(session, audit)
    return document_request(sheet, session.library.vocabulary(), evidence.all_of(session, audit))


def plan(session: Session, audit: str) -> VisitPlan:
    """Return the walk of an audit.

    Raises:
        NotFound: no such audit.
    """
    hours = session.library.form(audits.VISIT_FORM).field("hours")
    choices = (choice for column in (hours.columns if hours else ()) for choice in column.choices)
    moments = {choice.id: choice.label for choice in choices}
    return visit_plan(audits.sheet(session, audit), session.library.vocabulary(), moments)


def ask(session: Session, audit: str) -> Changes:
    """Put every document that the grids expect in the register as «demandé», in one gesture.

    What the register already has, under the same title, is left as it is.
    """
    known = {folded(each.title) for each in evidence.documents(session, audit)}
    wanted = [each for person in request(session, audit).people for each in person.documents]
    edits = [
        edit
        for each in wanted
        if folded(each.title) not in known
        for edit in _asked(audit, line(each.title), each.criteria)
    ]
    if not edits:
        return Changes()
    return gestures.gesture(session, audit, edits, "Documents demandés")


def former_documents(session: Session, audit: str) -> tuple[dict[str, str], ...]:
    """Return the documents listed in the form of the visit before there was a register."""
    rows = session.workspace.journal.value(names.form(audit, audits.VISIT_FORM), _FORMER)
    listed = rows if isinstance(rows, list) else []
    return tuple(
        {name: line(str(value)) for name, value in row.items() if isinstance(value, str)}
        for row in listed
        if isinstance(row, dict) and str(row.get("title") or "").strip()
    )


def adopt_former(session: Session, audit: str) -> Changes:
    """Move the documents of the form of the visit to the register, in one gesture."""
    rows = former_documents(session, audit)
    if not rows:
        return Changes()
    edits = [edit for row in rows for edit in _adopted(audit, row)]
    edits.append(Edit(names.form(audit, audits.VISIT_FORM), _FORMER, None))
    return gestures.gesture(session, audit, edits, "Documents repris au registre")


def prepare(session: Session, audit: str, what: What) -> Prepared:
    """Read what a paper needs, on the thread of the session; making it may then happen elsewhere."""
    value = request(session, audit) if what == "demande" else plan(session, audit)
    return Prepared(what=what, value=value, work=session.workspace.folder / layout.WORK)


def make(
    prepared: Prepared,
    path: Path,
    *,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = jobs.never,
) -> Path:
    """Make a prepared paper in a child process and put it at `path`, whole or not at all.

    Raises:
        Cancelled: somebody asked to stop; nothing is written.
        CannotWriteExport: the place refuses the file.
    """
    request = {"value": to_plain(prepared.value)}
    return child_files.written(
        prepared.what, request, path, work=prepared.work, progress=progress, cancelled=cancelled
    )


def file_name(prepared: Prepared) -> str:
    """Return the name of the file: «2026-11-21_EHPAD-Les-Tilleuls_plan-de-visite.pdf», safe everywhere."""
    who = file_names.part(prepared.value.facility, "structure")
    return sheets.file_name(prepared.value.date, who, _FILES[prepared.what], "pdf")


def _adopted(audit: str, row: dict[str, str]) -> list[Edit]:
    status = _FORMER_STATES.get(row.get("state", ""), DocumentStatus.ASKED)
    texts = {name: row[name] for name in ("reference", "version", "date", "shown_by") if row.get(name)}
    entity = names.evidence(audit, secrets.token_hex(6))
    values = {"kind": EvidenceKind.DOCUMENT.value, "title": row["title"], "status": status.value, **texts}
    edits = [Edit(entity, name, value) for name, value in values.items()]
    return [Edit(entity, "exists", True), *edits, Edit(entity, "subject", STRUCTURE)]


def _asked(audit: str, title: str, criteria: tuple[str, ...]) -> list[Edit]:
    entity = names.evidence(audit, secrets.token_hex(6))
    return [
        Edit(entity, "exists", True),
        Edit(entity, "kind", EvidenceKind.DOCUMENT.value),
        Edit(entity, "title", title),
        Edit(entity, "status", DocumentStatus.ASKED.value),
        Edit(entity, "criteria", list(criteria)),
        Edit(entity, "subject", STRUCTURE),
    ]
