"""What answers are about besides the whole structure: units, people met, records, and who answers for all."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from ivaudit.domain.audit import AuditSheet
from ivaudit.domain.checklist import Criterion
from ivaudit.domain.scoring import displayed
from ivaudit.domain.standing import PointStanding, State, answering, inherited


class SubjectKind(StrEnum):
    """What a subject is; a bearer (siège, GHT) answers for the structure until it answers itself."""

    UNIT = "unité"
    PERSON = "personne rencontrée"
    RECORD = "dossier"
    BEARER = "siège ou GHT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A subject of an audit; `rank` is its place in the lists."""

    id: str
    label: str
    kind: SubjectKind = SubjectKind.UNIT
    rank: int = 0
    created: str = ""


def explained(sheet: AuditSheet, point: PointStanding) -> str:
    """Return the sentence that says how the answers of several subjects made one, empty for a single one."""
    criterion = point.criterion
    answered = answering(sheet, criterion)
    if inherited(sheet, criterion):
        return f"Réponse de « {sheet.label(answered[0])} », reprise tant que la structure ne répond pas."
    if len(answered) < 2:  # noqa: PLR2004 - one subject explains itself
        return ""
    names = ", ".join(map(sheet.label, answered))
    return f"{_outcome(criterion, point)} {len(answered)} sujets : {names}. Le point compte une seule fois."


def _outcome(criterion: Criterion, point: PointStanding) -> str:
    if point.state is not State.RATED or point.earned is None:
        return "Une réponse au moins reste à établir, le point n'est pas évalué."
    if criterion.critical:
        return "Point critique : la réponse la moins bonne l'emporte."
    return f"Moyenne des points obtenus : {_share(point.earned)}."


def _share(earned: Fraction) -> str:
    return f"{displayed(earned)} %"
