"""The reading-back by the facility: a form sent, read when it comes back, its comments decided on."""

import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ivaudit.app import audits, backups, child_files, findings, gestures, jobs, names, states, texts
from ivaudit.app.library_exports import file_name
from ivaudit.app.session import Session
from ivaudit.domain import clock
from ivaudit.domain.audit import AuditSheet, AuditState, Changes
from ivaudit.domain.errors import InvalidValue, NotFound
from ivaudit.domain.journal import IMPORT
from ivaudit.domain.progress import Progress, silent
from ivaudit.domain.report_figures import checklist_report
from ivaudit.domain.review import Comment, Decision, ReviewRow, arranged, review_rows
from ivaudit.domain.review_form import (
    Outcome,
    ReturnedReview,
    ReviewComparison,
    ReviewForm,
    compare_review,
    review_form,
)
from ivaudit.domain.standing import standings
from ivaudit.reports.plain import from_plain, to_plain
from ivaudit.store import layout
from ivaudit.store import reviews as stored
from ivaudit.store.journal import Edit

FORMATS = {"xlsx": "classeur", "docx": "document"}
"""What a form may be, by the end of its name."""

PATIENCE = 5.0
"""Seconds that reading one file may take."""

BEFORE = "avant l'import d'une relecture"
"""Why the backup before an import is made."""

_ID = 8
_OTHER_AUDIT = (
    "Ce formulaire vient d'un autre audit, qui n'est pas celui-ci. Rien n'a été modifié : ouvrez l'audit "
    "dont il vient, puis recommencez."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Where the reading-back of an audit stands: its texts, and the comments in their order."""

    rows: tuple[ReviewRow, ...]
    comments: tuple[Comment, ...]
    state: AuditState
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A form ready to be written: it needs no workspace any more, but a folder inside it to be made in.

    `work` is where temporary files go: what the auditor wrote is in clear only where it was asked.
    """

    form: ReviewForm
    work: Path


# -- out ---------------------------------------------------------------------------------------------------


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
    rows = review_rows(sheet, findings.of_audit(session, audit))
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


# -- back in -----------------------------------------------------------------------------------------------


def read(path: Path, *, cancelled: Callable[[], bool] = jobs.never) -> ReturnedReview:
    """Return what a form says; nothing is recorded.

    Raises:
        UnreadableFile: it is not a form of ours, or not one that can be read safely.
        TookTooLong: reading it takes more than a few seconds.
        Cancelled: somebody asked to stop.
    """
    found = child_files.read("lire-relecture", path, cancelled=cancelled, timeout=PATIENCE)
    return from_plain(ReturnedReview, found["returned"])


def compare(session: Session, audit: str, returned: ReturnedReview) -> ReviewComparison:
    """Return what importing a form would do to an audit; nothing is recorded.

    Raises:
        NotFound: no such audit.
        InvalidValue: the form was made for another audit.
    """
    if returned.manifest.audit != session.audit(audit).id:
        raise InvalidValue(_OTHER_AUDIT)
    known = stored.comments(session.workspace.db, audit)
    return compare_review(
        audit, returned, _rows(session, audits.sheet(session, audit)), known, clock.today().isoformat()
    )


def accept(
    session: Session,
    audit: str,
    seen: ReviewComparison,
    *,
    take: Collection[str],
    leave: Collection[str] = (),
) -> Changes:
    """Record what was previewed, as one gesture of the audit; nothing where there is nothing to write.

    Args:
        session: the open workspace.
        audit: id of the audit.
        seen: what was shown; a comment that changed since stays as it is.
        take: ids of comments that changed in the form, and replace those of the audit.
        leave: ids of new comments that are not wanted.

    Raises:
        NotFound: no such audit.
        NotAllowedNow: the audit is validated.
    """
    edits: list[Edit] = []
    written = 0
    for row in seen.rows:
        new = row.outcome is Outcome.NEW and row.comment.id not in leave
        changed = row.outcome is Outcome.CHANGED and row.comment.id in take
        if not (new or changed) or stored.comment(session.workspace.db, audit, row.comment.id) != row.before:
            continue
        edits += _edits(session, row.comment, again=changed)
        written += 1
    if not edits:
        return Changes()
    label = "1 remarque importée" if written == 1 else f"{written} remarques importées"
    return gestures.gesture(session, audit, edits, label, kind=IMPORT)


def back_up(session: Session) -> None:
    """Make the backup that undoes an import; from any thread.

    Raises:
        KnownError: full or failing disk; nothing was imported.
    """
    backups.back_up(session, BEFORE)


# -- treating ----------------------------------------------------------------------------------------------


def of_audit(session: Session, audit: str) -> Review:
    """Return where the reading-back of an audit stands.

    Raises:
        NotFound: no such audit.
    """
    sheet = audits.sheet(session, audit)
    rows = _rows(session, sheet)
    return Review(
        rows=rows,
        comments=arranged(stored.comments(session.workspace.db, audit), rows),
        state=sheet.audit.state,
        since=states.since(session, sheet.audit),
    )


def comments(session: Session, audit: str) -> tuple[Comment, ...]:
    """Return the comments on an audit, in the order they came."""
    return stored.comments(session.workspace.db, audit)


def get(session: Session, audit: str, key: str) -> Comment:
    """Return a comment.

    Raises:
        NotFound: there is none with this id.
    """
    found = stored.comment(session.workspace.db, audit, key)
    if found is None:
        raise NotFound("Cette remarque n'existe pas, ou plus, dans cet audit.")
    return found


def decide(
    session: Session, audit: str, key: str, decision: Decision | None, *, answer: str | None = None
) -> Changes:
    """Decide on a comment, or on nothing any more; the answer stays as it is unless given.

    Raises:
        NotFound: no such comment.
        NotAllowedNow: the audit is validated.
        InvalidValue: the answer is too long.
    """
    now = get(session, audit, key)
    entity = names.comment(audit, key)
    edits: list[Edit] = []
    if decision is not now.decision:
        edits.append(Edit(entity, "decision", decision.value if decision else ""))
        edits.append(Edit(entity, "decided", clock.today().isoformat() if decision else ""))
    if answer is not None and answer.strip() != now.answer:
        edits.append(Edit(entity, "answer", texts.bounded(answer.strip())))
    if not edits:
        return Changes()
    said = decision.value if decision else "à traiter"
    return gestures.gesture(session, audit, edits, f"Remarque {now.number} : {said}")


def write(session: Session, audit: str, key: str, text: str) -> Changes:
    """Record the answer to a comment, and drop its draft.

    Raises:
        NotFound: no such comment.
        NotAllowedNow: the audit is validated.
        InvalidValue: it is too long.
    """
    return texts.write(session, _place(session, audit, key), text)


def draft(session: Session, audit: str, key: str, text: str) -> None:
    """Keep an answer being typed."""
    texts.draft(session, _place(session, audit, key), text)


def _place(session: Session, audit: str, key: str) -> texts.Place:
    now = get(session, audit, key)
    label = f"Réponse à la remarque {now.number}"
    return texts.Place(audit=audit, entity=names.comment(audit, key), field="answer", label=label)


def _edits(session: Session, comment: Comment, *, again: bool) -> list[Edit]:
    """Return what records a comment; one that changed is to be decided on anew."""
    entity = names.comment(comment.audit, comment.id)
    values: dict[str, str | bool] = {
        "exists": True,
        "row": comment.row,
        "number": comment.number,
        "text": comment.text,
        "kind": comment.kind.value,
        "by": comment.by,
        "date": comment.date,
        "digest": comment.digest,
        "form": comment.form,
    }
    if again or session.workspace.journal.value(entity, "decision"):
        values |= {"decision": "", "decided": ""}
    return [Edit(entity, name, value) for name, value in values.items()]


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


def _rows(session: Session, sheet: AuditSheet) -> tuple[ReviewRow, ...]:
    return review_rows(sheet, findings.of_audit(session, sheet.audit.id))
