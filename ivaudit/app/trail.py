"""What was done, as the journal tells it; and the undo stack of an audit, found again by another process."""

from collections.abc import Iterator

from ivaudit.app import names
from ivaudit.app.session import Session
from ivaudit.app.undo import Gesture, UndoStack
from ivaudit.domain.journal import CONFIRM, ERASE, IMPORT, MOVE, UNDO, Change, Op, decode
from ivaudit.store.journal_rows import read_ops

_OF_THE_AUDIT = frozenset({"exists", "facility", "kind", "title", "date", "state", "checklists", "source"})
_TEXTS = {
    "constat": "constat",
    "note": "note interne",
    "means": "moyens de preuve",
    "review": "à revoir",
    "appreciation": "Appréciation générale",
    "strengths": "Points forts",
    "priorities": "Priorités",
}


def log(session: Session, scope: str | None = None) -> Iterator[Op]:
    """Return the gestures of a scope, or all of them, in the order they were recorded."""
    return read_ops(session.workspace.db, scope)


def recall(session: Session, audit: str) -> None:
    """Fill the undo stack of an audit from its journal, when this session has none: a new process does.

    Raises:
        NotFound: no such audit.
    """
    session.audit(audit)
    stack = session.stack(audit)
    if stack.done or stack.undone:
        return
    for op in log(session, names.audit(audit)):
        if op.kind == UNDO and op.about is not None:
            _turn(stack, op.about, op.id)
        elif op.kind == MOVE or (op.kind != ERASE and not _about_the_audit(op) and not _erases_a_picture(op)):
            stack.push(op.id, label(session, audit, op))


def label(session: Session, audit: str, op: Op) -> str:
    """Return what people call a gesture of an audit («1.3 Oui»)."""
    if op.kind == MOVE:
        return "nouvelle version de la grille"
    if op.kind == IMPORT:
        return "questionnaire importé"
    confirmed = len({change.entity for change in op.changes})
    if op.kind == CONFIRM and confirmed > 1:
        return f"{confirmed} réponses reconfirmées"
    return next((_label(session, audit, change) for change in op.changes), op.kind)


def _turn(stack: UndoStack, about: bytes, op: bytes) -> None:
    """Follow an undo, or the undo of an undo, from one pile to the other."""
    for source, target in ((stack.done, stack.undone), (stack.undone, stack.done)):
        if source and source[-1].op == about:
            target.append(Gesture(op, source.pop().label))
            return


def _about_the_audit(op: Op) -> bool:
    """Tell whether an op is about the audit as a whole: creation and state are not on the stack."""
    if any(c.entity.startswith("audit:") and c.field == "exists" for c in op.changes):
        return True
    return all(c.entity.startswith("audit:") and c.field in _OF_THE_AUDIT for c in op.changes)


def _erases_a_picture(op: Op) -> bool:
    """Tell whether an op erased what evidence kept: that is for good, and never on the stack."""
    return bool(op.changes) and all(
        c.entity.startswith("evidence:") and c.field == "erased" for c in op.changes
    )


def _label(session: Session, audit: str, change: Change) -> str:
    kind, _, rest = change.entity.partition(":")
    if kind == "evidence":
        return (
            "Preuve"
            if change.field != "exists"
            else "Preuve ajoutée"
            if decode(change.body)
            else "Preuve retirée"
        )
    if kind != "answer":
        return _TEXTS.get(change.field, change.field)
    found = session.frozen(session.audit(audit)).index.get(rest.split("/", 2)[2])
    if found is None:
        return "réponse à un point retiré de la grille"
    number, checklist, criterion = found
    if change.field == "carried":
        return f"{number} reconfirmé"
    if change.field in _TEXTS:
        return f"{number} {_TEXTS[change.field]}"
    value = checklist.scale_of(criterion).value(str(decode(change.body)))
    return f"{number} {value.label if value else 'réponse retirée'}"
