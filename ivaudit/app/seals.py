"""Sealing an audit that is validated, and telling afterwards whether it is what was sealed."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from ivaudit.app import names
from ivaudit.app.session import Session
from ivaudit.domain.audit import Audit, AuditState
from ivaudit.domain.bundle import BundleHead
from ivaudit.domain.errors import CorruptFile
from ivaudit.domain.journal import ERASE, REOPEN, Op
from ivaudit.domain.seal import (
    FIELD,
    Coverage,
    Manifest,
    Seal,
    SealReport,
    SealState,
    coverage,
    kept,
    read,
    sealed,
)
from ivaudit.store import audits as stored
from ivaudit.store import campaigns, definitions, evidence_rows, findings, scope_rows, withheld
from ivaudit.store.journal import Edit

_MOST_LINES = 200


def edit(session: Session, audit: Audit) -> Edit:
    """Return the edit that seals an audit as it stands."""
    return Edit(names.audit(audit.id), FIELD, kept(sealed(_manifest(session, audit))))


def opening(audit: str) -> Edit:
    """Return the edit that takes the seal off an audit that is reopened; the journal keeps it."""
    return Edit(names.audit(audit), FIELD, None)


def current(session: Session, audit: str) -> Seal | None:
    """Return the seal of an audit, nothing while it is not validated."""
    return read(session.workspace.journal.value(names.audit(audit), FIELD))


def verify(session: Session, audit: str, *, only: BundleHead | None = None) -> SealReport:
    """Tell whether an audit is what was sealed, or exactly what changed.

    Args:
        session: the workspace where it is.
        audit: its id.
        only: the file that this workspace holds, where it holds nothing else: what the file says that it
            left out, or pictures that it does not bring, are told and are no change.

    Raises:
        NotFound: no such audit.
    """
    found = session.audit(audit)
    seal = current(session, audit)
    if seal is None:
        return _unsealed(session, found)
    scopes = {scope: coverage(session.workspace.journal.ops_of(scope), t) for scope, t in seal.tips.items()}
    unsent = _unsent(scopes, only)
    scopes = {scope: each for scope, each in scopes.items() if scope not in unsent}
    changes = [
        *_of_the_seal(seal),
        *(line for each in scopes.values() for line in _of_a_scope(session, each)),
        *_of_campaigns(session, audit, seal),
        *_of_definitions(session, seal),
        *(_of_pictures(session, seal, lawful=False) if only is None else ()),
    ]
    erasures = [
        *(line for each in scopes.values() for line in _erased(session, each)),
        *_of_pictures(session, seal, lawful=True),
    ]
    return SealReport(
        seal=seal,
        state=SealState.CHANGED if changes else SealState.INTACT,
        changes=tuple(changes[:_MOST_LINES]),
        erasures=tuple(erasures),
        notes=(*_notes(session, seal, scopes), *_not_brought(session, seal, unsent, only)),
    )


# -- sealing


def _manifest(session: Session, audit: Audit) -> Manifest:
    db = session.workspace.db
    held = [each for each in campaigns.campaigns(db) if each.audit == audit.id]
    scopes = [names.audit(audit.id), *sorted(names.campaign(each.id) for each in held)]
    proofs = evidence_rows.evidence_of(db, audit.id)
    grids = [each.grid for each in held]
    listed = dict.fromkeys((*audit.checklists, *grids))
    quoted = [each for each in findings.actions(db) if each.audit == audit.id]
    answers = stored.answers(db, audit.id)
    return Manifest(
        audit=audit.id,
        facility=audit.facility_name,
        definitions=tuple(each for each in listed if each[2]),
        tips={scope: _tips(session, scope) for scope in scopes},
        evidence=tuple(sorted({d for each in proofs if not each.erased for d in each.digests})),
        actions={each.id: _state_of(session, names.action(each.id)) for each in quoted},
        counts={
            "answers": sum(not each.empty for each in answers.values()),
            "findings": len(findings.findings(db, audit.id)),
            "evidence": len(proofs),
            "gestures": sum(scope_rows.gestures(db, scope) for scope in scopes),
        },
        by=session.author,
        at=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
    )


def _tips(session: Session, scope: str) -> tuple[str, ...]:
    return tuple(tip.hex() for tip in scope_rows.tips(session.workspace.db, scope))


def _state_of(session: Session, scope: str) -> str:
    """Return what stands for an action as it is: a digest of its last gestures."""
    return hashlib.sha256("".join(_tips(session, scope)).encode()).hexdigest()


# -- verifying


def _unsealed(session: Session, audit: Audit) -> SealReport:
    versions = session.workspace.journal.history(names.audit(audit.id), FIELD)
    before = [seal for each in versions if (seal := read(each.value)) is not None]
    if not before:
        note = (
            "Cet audit a été validé avant que les audits soient scellés : rouvrez-le et validez-le pour le "
            "sceller."
            if audit.state is AuditState.VALIDATED
            else "Cet audit n'est pas validé : il n'est pas scellé."
        )
        return SealReport(seal=None, state=SealState.NONE, notes=(note,))
    return SealReport(
        seal=before[-1],
        state=SealState.REOPENED,
        notes=tuple(_reopenings(session, audit.id)),
    )


def _reopenings(session: Session, audit: str) -> Iterator[str]:
    for op in session.workspace.journal.ops_of(names.audit(audit)):
        if op.kind == REOPEN:
            yield f"Rouvert le {_moment(op.at)} par {op.author or 'sans nom'} : {op.reason or 'sans motif'}"


def _of_the_seal(seal: Seal) -> Iterator[str]:
    if not seal.holds:
        yield "Le scellé lui-même a été modifié : son empreinte n'est pas celle de ce qu'il énonce."


def _of_a_scope(session: Session, found: Coverage) -> Iterator[str]:
    if found.missing:
        yield "Des gestes que le scellé couvre manquent dans cette copie."
    for op in found.damaged:
        yield f"Un geste du {_moment(op.at)} ({op.author or 'sans nom'}) n'est plus ce qu'il était."
    for op in found.later:
        yield from _changed(session, op)
    lost = _lost(session, found)
    if lost:
        yield f"{lost} valeur(s) manquent sans avoir été effacées ni laissées de côté par qui les a envoyées."


def _of_campaigns(session: Session, audit: str, seal: Seal) -> Iterator[str]:
    """Return the campaigns of an audit that came after its seal: they are in its report."""
    for each in campaigns.campaigns(session.workspace.db):
        if each.audit == audit and names.campaign(each.id) not in seal.tips:
            yield f"Non couverte par le scellé : la campagne d'observation « {each.title} »."


def _unsent(scopes: Mapping[str, Coverage], only: BundleHead | None) -> frozenset[str]:
    """Return the parts of a seal that a file of a part of an audit does not bring."""
    if only is None or not only.partial:
        return frozenset()
    sent = {each.scope for each in only.scopes}
    return frozenset(scope for scope in scopes if scope not in sent)


def _not_brought(
    session: Session, seal: Seal, unsent: frozenset[str], only: BundleHead | None
) -> Iterator[str]:
    """Return what a file that is verified alone does not bring of what is sealed."""
    if unsent:
        yield f"Non vérifié : {len(unsent)} campagne(s) d'observation scellées ne sont pas dans ce fichier."
    if only is None:
        return
    held = session.workspace.evidence.digests() | evidence_rows.erased(session.workspace.db)
    if absent := len(set(seal.evidence) - held):
        yield f"Non vérifié : {absent} image(s) ou fichier(s) de preuve scellés ne sont pas dans ce fichier."


def _changed(session: Session, op: Op) -> Iterator[str]:
    who = f"le {_moment(op.at)} par {op.author or 'sans nom'}"
    for change in op.changes:
        yield f"Non couvert par le scellé : {place(session, change.entity)}, champ « {change.field} », {who}."


def place(session: Session, entity: str) -> str:
    """Return where an entity stands, in words («point 1.3, Toute la structure»)."""
    from ivaudit.app import merges  # noqa: PLC0415 - it records gestures, whose states come from here

    where, about = merges.where(session, entity)
    return f"{where} ({about})" if about else where


def _lost(session: Session, found: Coverage) -> int:
    erased = _erased_digests(session)
    left_out = withheld.changes(session.workspace.db)
    return sum(
        change.body is None and change.digest not in erased and op.id + i.to_bytes(4, "big") not in left_out
        for op in found.covered
        for i, change in enumerate(op.changes)
    )


def _erased(session: Session, found: Coverage) -> Iterator[str]:
    """Return what was erased of what a seal covers, with when, by whom and why."""
    gone = {
        op.id + i.to_bytes(4, "big")
        for op in found.covered
        for i, c in enumerate(op.changes)
        if c.body is None
    }
    scope = found.covered[0].scope if found.covered else ""
    for op in session.workspace.journal.ops_of(scope) if gone else ():
        if op.kind == ERASE and any(
            (op.about or b"")[s : s + 36] in gone for s in range(0, len(op.about or b""), 36)
        ):
            yield f"Caviardé le {_moment(op.at)} par {op.author or 'sans nom'} : {op.reason or 'sans motif'}."


def _erased_digests(session: Session) -> set[bytes]:
    from ivaudit.store import erasure  # noqa: PLC0415 - one use

    return erasure.erased_digests(session.workspace.db)


def _of_definitions(session: Session, seal: Seal) -> Iterator[str]:
    for key, version, sha in seal.definitions:
        try:
            body = definitions.get(session.workspace.db, sha)
        except (CorruptFile, ValueError):
            yield f"La grille « {key} » (version {version}) manque."
            continue
        if hashlib.sha256(body.encode()).hexdigest() != sha:
            yield f"La grille « {key} » (version {version}) n'est plus celle qui a été scellée."


def _of_pictures(session: Session, seal: Seal, *, lawful: bool) -> Iterator[str]:
    """Return the pictures that are there no more: erased lawfully, or not."""
    absent = set(seal.evidence) - session.workspace.evidence.digests() if seal.evidence else set()
    erased = evidence_rows.erased(session.workspace.db) if absent else set()
    count = len(absent & erased) if lawful else len(absent - erased)
    if count and lawful:
        yield f"Purgé : {count} image(s) ou fichier(s) de preuve ont été effacés, leurs empreintes restent."
    elif count:
        yield f"{count} image(s) ou fichier(s) de preuve manquent ici sans avoir été effacés."


def _notes(session: Session, seal: Seal, scopes: dict[str, Coverage]) -> Iterator[str]:
    actions = seal.manifest.get("actions")
    listed = actions.items() if isinstance(actions, dict) else ()
    here = [(scope, said) for key, said in listed if _tips(session, scope := names.action(key))]
    moved = sum(_state_of(session, scope) != said for scope, said in here)
    if moved:
        yield f"{moved} action(s) ont été suivies depuis : elles vivent après la validation, c'est leur rôle."
    left_out = withheld.changes(session.workspace.db)
    several = sum(
        op.id + i.to_bytes(4, "big") in left_out
        for each in scopes.values()
        for op in each.covered
        for i, _ in enumerate(op.changes)
    )
    if several:
        yield f"{several} valeur(s) n'ont pas été transmises à cette copie : leurs empreintes sont vérifiées."


def _moment(at: str) -> str:
    return f"{datetime.fromisoformat(at).astimezone():%d/%m/%Y à %H:%M}"
