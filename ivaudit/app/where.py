"""Where a field of the journal is, in the words people have for it: for who reads of a damage."""

from ivaudit.app import names
from ivaudit.app.session import Session
from ivaudit.domain.report_form import long_date

_FIELDS = {
    "value": "réponse",
    "constat": "constat",
    "note": "note interne",
    "means": "moyens de preuve",
    "review": "à revoir",
    "na_reason": "motif de « sans objet »",
    "appreciation": "appréciation générale",
    "strengths": "points forts",
    "priorities": "priorités",
    "name": "nom",
    "title": "titre",
    "state": "état",
}
_KINDS = {
    "facility": "une structure",
    "action": "une action",
    "settings": "les réglages",
    "campaign": "une campagne d'observation",
    "row": "une ligne d'observation",
    "form": "une fiche",
    "evidence": "une preuve",
    "finding": "un constat formel",
    "person": "une personne rencontrée",
    "line": "une ligne du carnet",
    "subject": "un sujet",
    "comment": "une remarque de la structure",
    "audit": "l'audit",
    "anomaly": "une fiche du registre",
    "reading": "un relevé d'indicateur",
    "target": "une cible d'indicateur",
    "occurrence": "un événement compté par un indicateur",
}


def said(session: Session, entity: str, field: str) -> str:
    """Return where a field is: «EHPAD Les Pins, 21 novembre 2026, point 1.3, constat».

    Raises:
        KnownError: what it belongs to cannot be read.
    """
    kind, _, rest = entity.partition(":")
    audit = names.audit_of(entity)
    what = _point(session, rest) if kind == "answer" else _KINDS.get(kind, kind)
    parts = [_audit(session, audit)] if audit else []
    return ", ".join((*parts, what, _FIELDS.get(field, field)))


def _audit(session: Session, key: str) -> str:
    audit = session.audit(key)
    return f"{audit.facility_name}, {long_date(audit.date)}"


def _point(session: Session, rest: str) -> str:
    audit, _, criterion = rest.split("/", 2)
    found = session.frozen(session.audit(audit)).index.get(criterion)
    return f"point {found[0]}" if found else "point retiré de la grille"
