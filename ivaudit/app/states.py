"""The state of an audit: prepared, under way, read back, validated; reopened with a reason."""

from datetime import date, datetime

from ivaudit.app import names, seals, texts
from ivaudit.app.session import Session
from ivaudit.domain.audit import Audit, AuditState, Changes
from ivaudit.domain.errors import InvalidValue, NotAllowedNow
from ivaudit.domain.journal import MODIFY, REOPEN
from ivaudit.domain.review import state_problem, to_treat
from ivaudit.domain.seal import SEAL
from ivaudit.store import reviews
from ivaudit.store.journal import Edit

MAX_REASON = 300
_SAID = {
    AuditState.PREPARING: "Audit en préparation",
    AuditState.ONGOING: "Audit en cours",
    AuditState.REVIEW: "Audit en relecture",
    AuditState.VALIDATED: "Audit validé et scellé : il ne se modifie plus",
}


def change(session: Session, key: str, state: AuditState, reason: str = "") -> Changes:
    """Take an audit to another state; nothing when it is there already.

    Args:
        session: the open workspace.
        key: id of the audit.
        state: where it goes.
        reason: why, which reopening a validated audit asks for; it stays in the journal.

    Raises:
        NotFound: no such audit.
        NotAllowedNow: it cannot go there from where it is, or comments are still to be treated.
        InvalidValue: the reason is too long.
    """
    audit = session.audit(key)
    if audit.state is state:
        return Changes()
    if state is AuditState.VALIDATED:
        texts.settle(session)
    waiting = len(to_treat(reviews.comments(session.workspace.db, key)))
    if problem := state_problem(audit.state, state, waiting, reason):
        raise NotAllowedNow(problem)
    why = " ".join(reason.split())
    if len(why) > MAX_REASON:
        raise InvalidValue(f"Le motif tient en {MAX_REASON} caractères.")
    reopened = audit.state is AuditState.VALIDATED
    kind = REOPEN if reopened else SEAL if state is AuditState.VALIDATED else MODIFY
    edits = [Edit(names.audit(key), "state", state.value)]
    if reopened:
        edits.append(seals.opening(key))
    elif state is AuditState.VALIDATED:
        edits.append(seals.edit(session, audit))
    recorded = session.record(names.audit(key), edits, kind=kind, reason=why if reopened else None)
    done = "Audit rouvert" if reopened else _SAID[state]
    return Changes(audits=frozenset({key}), done=done, at=recorded.at)


def since(session: Session, audit: Audit) -> date:
    """Return the local day since which an audit is in its state."""
    versions = session.workspace.journal.history(names.audit(audit.id), "state")
    at = max((each.at for each in versions), default=audit.created)
    return datetime.fromisoformat(at).astimezone().date()
