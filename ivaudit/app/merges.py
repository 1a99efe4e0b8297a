"""After a merge: what copies say differently, settled field by field, and what a team still looks at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ivaudit.app import audits, names
from ivaudit.app.session import Session
from ivaudit.app.trail_names import Names
from ivaudit.app.trail_values import Values
from ivaudit.domain import scopes
from ivaudit.domain.audit import STRUCTURE, Changes
from ivaudit.domain.consensus import Consensus
from ivaudit.domain.consensus import consensus as build
from ivaudit.domain.entry_fold import DECLARED, REMOVED
from ivaudit.domain.errors import InvalidValue, NotFound
from ivaudit.domain.journal import Json
from ivaudit.domain.merging import Conflict, Kept, Settling, in_order, settled
from ivaudit.domain.scale import Standing
from ivaudit.store import audits as stored_audits
from ivaudit.store import campaigns, conflicts, findings
from ivaudit.store import subjects as stored_subjects
from ivaudit.store.journal import Edit

SETTLE = "départager"
"""The kind of gesture, in the journal."""

_SETTLED = "Il n'y a rien, ou plus rien, à trancher à cet endroit."
_ABSENT = "(valeur effacée ou non transmise)"
_EMPTY = "(vide)"
_FIELDS = {
    "value": "Réponse",
    "constat": "Constat",
    "note": "Note interne",
    "review": "À revoir",
    "na_reason": "Motif du sans objet",
    "awaiting": "À vérifier auprès de",
    "means": "Moyens de preuve",
    "carried": "Réponse reprise",
    "appreciation": "Appréciation générale",
    "strengths": "Points forts",
    "priorities": "Priorités",
    "text": "Texte",
    "recommendation": "Recommandation",
    "cause": "Cause",
    "criteria": "Points liés",
    "grade": "Sorte",
    "exists": "Présence",
    "title": "Titre",
    "date": "Date",
    "state": "État",
    "label": "Nom",
    "rank": "Place dans la liste",
    "caption": "Légende",
    "subject": "Sujet",
    "what": "Action",
    "owner": "Responsable",
    "due": "Échéance",
    "progress": "Avancement",
}
_KINDS = {
    "audit": "Audit",
    "form": "Fiche",
    "finding": "Constat formel",
    "evidence": "Preuve",
    "subject": "Sujet",
    "person": "Personne rencontrée",
    "line": "Ligne du carnet",
    "comment": "Remarque de la structure",
    "campaign": "Campagne d'observation",
    "row": "Ligne d'observation",
    "action": "Action",
    "facility": "Structure",
    "anomaly": "Anomalie",
}


_PRESENCE = {"oui": "Modifié, et gardé", "non": "Retiré"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A conflict in words.

    Attributes:
        conflict: the field and its values.
        place: where it stands («1.3 La recherche…»).
        about: the subject it is about, empty where it is no answer.
        field: what people call the field.
        values: each side in words, in the order of the sides.
        before: what both started from, in words.
    """

    conflict: Conflict
    place: str
    about: str
    field: str
    values: tuple[str, ...]
    before: str

    @property
    def id(self) -> str:
        """Return what tells it apart."""
        return self.conflict.id


# -- reading


def disagreements(session: Session, audit: str = "") -> tuple[Disagreement, ...]:
    """Return what copies say differently in an audit, or anywhere; answers for the structure first.

    What one removed while another changed it counts: one of the two gestures would otherwise be out of sight.

    Raises:
        NotFound: no such audit.
    """
    db = session.workspace.db
    fields = (conflicts.conflict(db, *place) for place in _places(session, audit))
    gone = conflicts.removals(db, wanted=lambda entity: _is_of(session, entity, audit))
    found = {each.id: each for each in (*gone, *filter(None, fields))}
    return tuple(described(session, each) for each in in_order(found.values()))


def described(session: Session, conflict: Conflict) -> Disagreement:
    """Return a conflict in words."""
    if conflict.entity.startswith("anomaly:"):
        return _of_the_register(session, conflict)
    place, about, words = _where(session, conflict.entity)
    said = words if conflict.field == "value" else {}
    if conflict.field == "exists":
        said = _PRESENCE
    return Disagreement(
        conflict=conflict,
        place=place,
        about=about,
        field=_FIELDS.get(conflict.field, conflict.field),
        values=tuple(_ABSENT if each.absent else _said(each.value, said) for each in conflict.sides),
        before=_said(conflict.base, said),
    )


def _of_the_register(session: Session, conflict: Conflict) -> Disagreement:
    """Return a conflict about an anomaly, under its number and in the words of its form."""
    found = Names(session)
    values = Values(session, found)
    before = conflict.base
    if before is None:
        # What was declared at once is one value; fields written since stand over it.
        declared = session.workspace.journal.value(conflict.entity, DECLARED)
        before = declared.get(conflict.field) if isinstance(declared, Mapping) else None

    def said(value: Json) -> str:
        if conflict.field == REMOVED:
            return _PRESENCE["non" if value else "oui"]
        return values.said(conflict.entity, conflict.field, value) or _EMPTY

    return Disagreement(
        conflict=conflict,
        place=found.thing(conflict.entity),
        about="",
        field=found.label(conflict.entity, conflict.field),
        values=tuple(_ABSENT if each.absent else said(each.value) for each in conflict.sides),
        before=said(before),
    )


def consensus(session: Session, audit: str) -> Consensus:
    """Return the critical points nobody saw and the «sans objet» to confirm.

    Raises:
        NotFound: no such audit.
    """
    return build(audits.sheet(session, audit))


# -- settling


def settle(session: Session, entity: str, field: str, choice: Settling, other: Json = None) -> Changes:
    """Settle what copies say differently of one field: an ordinary gesture over all its values.

    Args:
        session: the open workspace.
        entity: where it stands.
        field: its name.
        choice: what is kept: one of the values, named by its change, or a way to make one of them all.
        other: a text written instead, for `Choice.OTHER`.

    Raises:
        NotFound: nothing is to be settled there, or the value to keep is not one of them any more.
        InvalidValue: both cannot be kept, nor another text written.
        NotAllowedNow: the audit is validated.
        IdentityFound: a text looks like the identity of a person.
    """
    conflict = _found(session, entity, field)
    if conflict is None:
        raise NotFound(_SETTLED)
    try:
        value = settled(conflict, choice, other)
    except LookupError:
        raise NotFound(
            "Cette valeur n'est plus de celles à départager : quelque chose a changé entre-temps. Rien n'a "
            "été tranché. Relisez les valeurs, puis choisissez à nouveau."
        ) from None
    except ValueError:
        raise InvalidValue(
            "Ces valeurs ne sont pas des textes : choisissez l'une d'elles, ou celle d'avant."
        ) from None
    edits = [Edit(entity, field, value), *_companions(session, entity, field, value)]
    recorded = session.record(scopes.scope_of(entity), edits, kind=SETTLE)
    return names.changes((each.entity for each in edits), done="Désaccord tranché", at=recorded.at)


def value_marked(found: Disagreement, mark: str) -> Kept:
    """Return the value that a mark names, the beginning of its change in hexadecimal.

    Raises:
        NotFound: none of its values, or several, begin so.
    """
    named = [side.change for side in found.conflict.sides if mark and side.change.hex().startswith(mark)]
    if len(named) != 1:
        raise NotFound(
            "Aucune des valeurs à départager n'a cette marque, ou plusieurs l'ont : reprenez celle que donne "
            "« merge list »."
        )
    return Kept(named[0])


def disagreement(session: Session, entity: str, field: str) -> Disagreement:
    """Return what copies say differently of one field.

    Raises:
        NotFound: nothing is to be settled there.
    """
    conflict = _found(session, entity, field)
    if conflict is None:
        raise NotFound(_SETTLED)
    return described(session, conflict)


def _found(session: Session, entity: str, field: str) -> Conflict | None:
    db = session.workspace.db
    found = conflicts.conflict(db, entity, field)
    if found is None and field in {"exists", REMOVED}:
        found = next((each for each in conflicts.removals(db, entity) if each.entity == entity), None)
    return found


def _companions(session: Session, entity: str, field: str, value: Json) -> Iterator[Edit]:
    """Return the edits that go with an answer: a reason for «sans objet» means nothing beside «oui»."""
    kind, _, rest = entity.partition(":")
    if kind != "answer" or field != "value":
        return
    audit, _, criterion = rest.split("/", 2)
    found = session.frozen(session.audit(audit)).index.get(criterion)
    chosen = found[1].scale_of(found[2]).value(str(value or "")) if found else None
    standing = chosen.standing if chosen else None
    for name, meant in (("na_reason", Standing.LEAVES), ("awaiting", Standing.STAYS)):
        if standing is not meant and session.workspace.journal.value(entity, name):
            yield Edit(entity, name, "")


# -- words


def _places(session: Session, audit: str) -> Iterator[tuple[str, str]]:
    db = session.workspace.db
    if not audit:
        yield from conflicts.places(db)
        return
    session.audit(audit)
    yield from (place for place in conflicts.places(db) if names.audit_of(place[0]) == audit)
    for campaign in campaigns.campaigns(db):
        if campaign.audit == audit:
            yield from conflicts.places(db, names.campaign(campaign.id))
            yield from conflicts.places(db, f"row:{campaign.id}/")
    for action in findings.actions(db):
        if action.audit == audit:
            yield from conflicts.places(db, names.action(action.id))


def _is_of(session: Session, entity: str, audit: str) -> bool:
    """Tell whether an entity is a part of an audit, or whether any is asked for."""
    kind, _, rest = entity.partition(":")
    owner = rest.partition("/")[0]
    db = session.workspace.db
    if not audit:
        return True
    if kind in {"campaign", "row"}:
        found = campaigns.campaign(db, owner)
        return found is not None and found.audit == audit
    if kind == "action":
        return any(each.id == owner and each.audit == audit for each in findings.actions(db))
    return names.audit_of(entity) == audit


def where(session: Session, entity: str) -> tuple[str, str]:
    """Return the place of an entity in words, and the subject it is about, empty where it is no answer."""
    place, about, _ = _where(session, entity)
    return place, about


def _where(session: Session, entity: str) -> tuple[str, str, Mapping[str, str]]:
    """Return the place of an entity in words, the subject it is about, and what its answers are called."""
    kind, _, rest = entity.partition(":")
    if kind != "answer":
        return _KINDS.get(kind, kind), "", {}
    audit, subject, criterion = rest.split("/", 2)
    known = stored_audits.audit(session.workspace.db, audit)
    if known is None:
        return "Audit absent ou retiré", "", {}
    labels = {each.id: each.label for each in stored_subjects.subjects(session.workspace.db, audit)}
    about = "Toute la structure" if subject == STRUCTURE else labels.get(subject, subject)
    found = session.frozen(known).index.get(criterion)
    if found is None:
        return "Point retiré de la grille", about, {}
    number, checklist, asked = found
    words = {each.id: each.label for each in checklist.scale_of(asked).values}
    return f"{number} {asked.question}", about, words


def _said(value: Json, words: Mapping[str, str]) -> str:
    match value:
        case None | "" | []:
            return _EMPTY
        case bool(told):
            plain = "oui" if told else "non"
            return words.get(plain, plain)
        case str(text):
            return words.get(text, text)
        case [*each]:
            return ", ".join(_said(one, words) for one in each)
        case Mapping():
            return " ; ".join(f"{name} : {_said(each, words)}" for name, each in value.items())
        case _:
            return str(value)
