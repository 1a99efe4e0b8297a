"""The reading-back by the facility: where it stands, and what is decided on its comments."""

from dataclasses import dataclass
from datetime import date

from ivaudit.app import audits, findings, gestures, names, states, texts
from ivaudit.app.session import Session
from ivaudit.domain import clock
from ivaudit.domain.audit import AuditSheet, AuditState, Changes
from ivaudit.domain.errors import NotFound
from ivaudit.domain.review import Comment, Decision, ReviewRow, arranged, review_rows
from ivaudit.store import reviews as stored
from ivaudit.store.journal import Edit


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Where the reading-back of an audit stands: its texts, and the comments in their order."""

    rows: tuple[ReviewRow, ...]
    comments: tuple[Comment, ...]
    state: AuditState
    since: date


def of_audit(session: Session, audit: str) -> Review:
    """Return where the reading-back of an audit stands.

    Raises:
        NotFound: no such audit.
    """
    sheet = audits.sheet(session, audit)
    rows = rows_of(session, sheet)
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


def rows_of(session: Session, sheet: AuditSheet) -> tuple[ReviewRow, ...]:
    """Return the texts of an audit that the facility reads back."""
    return review_rows(sheet, findings.of_audit(session, sheet.audit.id))
