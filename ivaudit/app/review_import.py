"""A form that comes back from the facility: read, compared with the audit, its comments taken in."""

from collections.abc import Callable, Collection
from pathlib import Path

from ivaudit.app import audits, backups, child_files, gestures, jobs, names
from ivaudit.app.review import rows_of
from ivaudit.app.session import Session
from ivaudit.domain import clock
from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.journal import IMPORT
from ivaudit.domain.review import Comment
from ivaudit.domain.review_form import (
    Outcome,
    ReturnedReview,
    ReviewComparison,
    compare_review,
)
from ivaudit.reports.plain import from_plain
from ivaudit.store import reviews as stored
from ivaudit.store.journal import Edit

PATIENCE = 5.0
"""Seconds that reading one file may take."""

BEFORE = "avant l'import d'une relecture"
"""Why the backup before an import is made."""

_OTHER_AUDIT = (
    "Ce formulaire vient d'un autre audit, qui n'est pas celui-ci. Rien n'a été modifié : ouvrez l'audit "
    "dont il vient, puis recommencez."
)


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
        audit, returned, rows_of(session, audits.sheet(session, audit)), known, clock.today().isoformat()
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
