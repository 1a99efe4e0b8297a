"""Erasing for good what a piece of evidence kept: the journal says so first, the bytes go after."""

from collections.abc import Sequence

from ivaudit.app import names, privacy
from ivaudit.app.session import Session
from ivaudit.domain import evidence_values
from ivaudit.domain.audit import Changes
from ivaudit.domain.errors import InvalidValue, NotFound
from ivaudit.store import evidence_rows as stored
from ivaudit.store.journal import Edit


def erase(session: Session, audit: str, key: str, reason: str) -> Changes:
    """Erase for good what was kept, here and wherever the same bytes serve; digests and texts stay.

    Args:
        session: the open workspace.
        audit: id of the audit.
        key: id of the evidence, removed or not.
        reason: why, without what it showed.

    Raises:
        NotFound: no such evidence, or nothing is kept for it.
        InvalidValue: no reason, or one that looks like an identity.
    """
    session.audit(audit)
    found = stored.one(session.workspace.db, audit, key)
    if found is None or not found.digests or found.erased:
        raise NotFound("Il n'y a ni image ni fichier à effacer pour cette preuve.")
    if not reason.strip():
        raise InvalidValue("Un effacement demande un motif, sans ce que l'image montrait.")
    privacy.check_reason(session, reason)
    shared = stored.sharing(session.workspace.db, found.digests)
    with session.workspace.gesture():
        at = [mark_erased(session, place, reason) for place in shared][-1]
    forget_bodies(session, shared)
    entities = {names.evidence(*place) for place in shared}
    return names.changes(entities, done="Image effacée pour de bon", at=at)


def mark_erased(session: Session, place: tuple[str, str], reason: str) -> str:
    """Say in the journal that what a piece of evidence, (audit, id), kept is erased; return when, UTC.

    `forget_bodies` follows.
    """
    recorded = session.workspace.journal.record(
        names.audit(place[0]),
        [Edit(names.evidence(*place), "erased", True)],
        author=session.author,
        reason=evidence_values.line(reason),
    )
    return recorded.at


def forget_bodies(session: Session, places: Sequence[tuple[str, str]]) -> None:
    """Erase what the pieces of evidence said to be erased kept, unless another one still needs it.

    A sudden stop before this leaves nothing behind: it is done when the workspace is opened again.
    """
    db = session.workspace.db
    each_one = (stored.one(db, *place) for place in places)
    bodies = {digest for each in each_one if each is not None and each.erased for digest in each.digests}
    needed = {digest for digest in bodies if stored.sharing(db, [digest])}
    if bodies - needed:
        session.workspace.evidence.erase(bodies - needed)
