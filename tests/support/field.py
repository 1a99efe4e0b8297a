"""Field work for the reports: findings with photographs, a campaign, documents, actions, an earlier audit."""

import io
from collections.abc import Sequence
from dataclasses import replace

from PIL import Image

from ivaudit.domain.actions import Action, ActionState, OwnerKind, Priority
from ivaudit.domain.audit import Answer, AuditSheet
from ivaudit.domain.campaign import Campaign, Draw, ObservedRow, campaign_result
from ivaudit.domain.checklist import Checklist
from ivaudit.domain.comparison import comparisons
from ivaudit.domain.evidence import DocumentStatus, Evidence, EvidenceKind
from ivaudit.domain.findings import Cause, Finding, Grade, Urgency
from ivaudit.domain.notebook import Line, Person
from ivaudit.domain.observation import (
    ContextColumn,
    NotObserved,
    ObservationGrid,
    ObservedItem,
    ObservedValue,
    Row,
)
from ivaudit.domain.report_field import FieldSheet
from ivaudit.domain.report_observations import Observed
from ivaudit.domain.review import Comment, CommentKind, Decision, row_of_finding
from support import audits

PERSON, SPEAKER = "Anne Martin", "p1"
OBSERVER = "Observatrice Durand"
LOCAL = "PAQSS-2026-0042"
SPOKEN = "Je ne connais pas la consigne du week-end."
_ALL = (
    ObservedValue.YES,
    ObservedValue.NO,
    ObservedValue.NOT_APPLICABLE,
    ObservedValue.REFUSED,
    ObservedValue.NOT_OBSERVED,
)


def photo(seed: int = 0) -> bytes:
    """Return a small photograph."""
    target = io.BytesIO()
    Image.new("RGB", (320, 240), (40 + seed * 20 % 200, 120, 160)).save(target, "JPEG")
    return target.getvalue()


def digest(rank: int) -> str:
    return f"{rank:064x}"


def pictures(count: int = 3) -> dict[str, bytes]:
    """Return photographs by digest, as many as the evidence names."""
    return {digest(rank): photo(rank) for rank in range(1, count + 1)}


def evidence(keys: Sequence[str]) -> tuple[Evidence, ...]:
    """Return two photographs of the first point, one of none, and two documents of the register."""
    return (
        Evidence(
            id="e1",
            kind=EvidenceKind.PHOTO,
            digest=digest(1),
            caption="Étiquette du pilulier, nom utilisé sans libellé",
            date="2026-11-21",
            criteria=(keys[0],),
        ),
        Evidence(
            id="e2",
            kind=EvidenceKind.PHOTO,
            digest=digest(2),
            caption="Affichette au poste",
            criteria=(keys[0],),
        ),
        Evidence(
            id="e3", kind=EvidenceKind.FILE, pages=(digest(3),), title="Procédure relue", caption="Page 1"
        ),
        Evidence(
            id="e4",
            kind=EvidenceKind.DOCUMENT,
            title="Charte d'identitovigilance",
            reference="PRO-ID-001",
            version="2",
            date="2024-03-12",
            shown_by="Référente",
            status=DocumentStatus.SEEN,
            criteria=(keys[1],),
        ),
        Evidence(
            id="e5",
            kind=EvidenceKind.DOCUMENT,
            title="Convention avec le laboratoire",
            status=DocumentStatus.ABSENT,
        ),
    )


def findings(keys: Sequence[str]) -> tuple[Finding, ...]:
    return (
        Finding(
            id="f1",
            audit="a",
            grade=Grade.STRENGTH,
            text="Les homonymes sont signalés à l'écran et sur les piluliers.",
            criteria=(keys[3],),
            rank=1,
        ),
        Finding(
            id="f2",
            audit="a",
            grade=Grade.GAP,
            text="La consigne du week-end n'est pas connue dans les étages.",
            recommendation="Afficher la consigne et la reprendre à chaque relève.",
            cause=Cause.ORGANISATION,
            criteria=(keys[0], keys[2]),
            rank=2,
        ),
        Finding(
            id="f3",
            audit="a",
            grade=Grade.CRITICAL_GAP,
            text="Deux résidents portaient la même étiquette.",
            recommendation="Réimprimer et vérifier les étiquettes.",
            cause=Cause.SOFTWARE,
            criteria=(keys[0],),
            urgency=Urgency(told="IDEC", at="2026-11-21T15:40", done="Étiquettes retirées."),
            rank=3,
        ),
    )


def actions(keys: Sequence[str]) -> tuple[Action, ...]:
    return (
        Action(
            id="a1",
            facility="f",
            what="Demander le blocage des identités douteuses.",
            owner_kind=OwnerKind.EDITOR,
            editor="Éditeur d'essai",
            due="2026-10-01",
            priority=Priority.HIGH,
            criteria=(keys[1],),
            measure="Essai refait sur la base de formation.",
            reference=LOCAL,
        ),
        Action(
            id="a2",
            facility="f",
            what="Former les remplaçants avant leur premier week-end.",
            owner="Cadre de santé",
            due="2027-03-31",
            state=ActionState.ONGOING,
            progress="Livret rédigé.",
        ),
    )


def grid() -> ObservationGrid:
    items = tuple(
        ObservedItem(id=key, question=question, help="Regarder.", values=_ALL)
        for key, question in (("porte", "Le bracelet est-il porté ?"), ("lisible", "Se lit-il sans effort ?"))
    )
    return ObservationGrid(
        id="obs-essai",
        version="1.0.0",
        title="Bracelet d'identification",
        summary="Essai.",
        licence="etalab-2.0",
        authors=("Équipe",),
        published="2026-11-21",
        row=Row.PERSON,
        target=10,
        target_note="Dix.",
        period="Un jour.",
        places=(),
        interlocutors=(),
        inclusion=(),
        exclusion=(),
        stance="Frapper.",
        words="Bonjour.",
        not_observed=(NotObserved(id="dort", label="Dort"),),
        context=(ContextColumn(id="pose", label="Posé où", choices=("Accueil", "Urgences")),),
        items=items,
        references=(),
    )


def observed() -> Observed:
    """Return 10 lines in two units: 8 seen (6 yes, 1 no, 1 refusal), 1 asleep; a sample of 40 present."""
    values = [ObservedValue.YES] * 6 + [ObservedValue.NO, ObservedValue.REFUSED]
    rows = [
        ObservedRow(
            id=f"r{rank}",
            number=rank,
            unit="Érables" if rank <= 5 else "Charmes",
            date="2026-11-21",
            time="14:05",
            professional="P1",
            context={"pose": "Accueil"},
            values={"porte": value, "lisible": ObservedValue.YES},
        )
        for rank, value in enumerate(values, 1)
    ]
    rows.append(ObservedRow(id="r9", number=9, unit="Charmes", reason="dort"))
    campaign = Campaign(
        id="c1",
        facility="f",
        grid=("obs-essai", "1.0.0", "0"),
        title="Bracelets du 21 novembre",
        start="2026-11-21",
        end="2026-11-21",
        observers=(OBSERVER,),
        present={"Érables": 25, "Charmes": 15},
        draw=Draw.CONVENIENCE,
    )
    return Observed(
        campaign=campaign, grid=grid(), rows=tuple(rows), result=campaign_result(campaign, grid(), rows)
    )


def gathered(checklist: Checklist, *, with_notebook: bool = False) -> FieldSheet:
    """Return everything of an audit beside its answers."""
    keys = [point.criterion.id for point in checklist.points()]
    before = {key: Answer(value="non" if rank % 3 else "oui") for rank, key in enumerate(keys)}
    now = audits.sheet([checklist], audits.walked(checklist))
    old = audits.sheet([checklist], before)
    own = replace(old, audit=replace(old.audit, id="auto", kind="auto-evaluation", date="2026-06-01"))
    old = replace(old, audit=replace(old.audit, id="ancien", date="2025-11-20"))
    return FieldSheet(
        findings=findings(keys),
        actions=actions(keys),
        campaigns=(observed(),),
        comparisons=(*comparisons([old, now]), *comparisons([own, now])),
        comments=(
            Comment(
                id="m1",
                audit="a",
                row=row_of_finding("f2"),
                number="C2",
                kind=CommentKind.CORRECTION,
                text="La consigne n'était pas affichée le jour de la visite ; elle l'est depuis.",
                by="Directrice",
                date="2026-12-04",
                decision=Decision.PARTLY,
                answer="Le constat décrit le jour de la visite.",
            ),
        ),
        persons=(Person(id=SPEAKER, function="Aide-soignante", name=PERSON),),
        lines=(
            Line(
                id="l1",
                text=SPOKEN,
                at="2026-11-21T15:02:00",
                person=SPEAKER,
                means="dit",
                value="non",
                criteria=(keys[0],),
            ),
            Line(
                id="l2",
                text="Procédure affichée.",
                at="2026-11-21T15:20:00",
                means="vu",
                value="oui",
                source="Poste de soins",
                criteria=(keys[0],),
            ),
        ),
        today="2026-11-21",
        with_notebook=with_notebook,
    )


def sheet(checklist: Checklist) -> AuditSheet:
    """Return a whole audit with its evidence, and one point that two units answered."""
    keys = [point.criterion.id for point in checklist.points()]
    units = {
        ("u1", keys[4]): Answer(value="oui"),
        ("u2", keys[4]): Answer(value="non", constat="Vu au bloc."),
    }
    answers = {key: each for key, each in audits.walked(checklist).items() if key != keys[4]}
    made = audits.sheet([checklist], answers, synthesis=audits.written(checklist), subjects=units)
    return replace(made, evidence=evidence(keys), labels={"u1": "Urgences", "u2": "Bloc"})
