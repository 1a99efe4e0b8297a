"""Small checklists and audits built by hand, with the shipped scale's shape."""

from collections.abc import Mapping

from ivaudit.domain.audit import STRUCTURE, Answer, Audit, AuditSheet, AuditState, Facility
from ivaudit.domain.checklist import (
    Checklist,
    Condition,
    Confidence,
    Criterion,
    Domain,
    Force,
    Kind,
    NaPolicy,
    Reference,
    Section,
)
from ivaudit.domain.scale import Level, Levels, Scale, ScaleValue, Standing, Symbol
from ivaudit.domain.tone import Tone


def _value(key: str, standing: Standing, percent: int | None = None) -> ScaleValue:
    return ScaleValue(
        id=key,
        label=key.replace("_", " ").capitalize(),
        help=f"Aide de {key}.",
        standing=standing,
        symbol=Symbol.FULL,
        tone=Tone.NEUTRAL,
        percent=percent,
        to_improve=percent is not None and percent < 100,
    )


SCALE = Scale(
    id="conformite",
    version="1.0.0",
    title="Conformité",
    values=(
        _value("oui", Standing.RATED, 100),
        _value("partiel", Standing.RATED, 50),
        _value("non", Standing.RATED, 0),
        _value("sans_objet", Standing.LEAVES),
        _value("non_vu", Standing.STAYS),
        _value("a_verifier", Standing.STAYS),
    ),
)

LEVELS = Levels(
    id="niveaux",
    version="1.0.0",
    title="Niveaux",
    chosen_by="les auteurs du test",
    values=(
        Level(id="maitrise", label="Maîtrisé", from_score=90, meaning="…"),
        Level(id="satisfaisant", label="Satisfaisant", from_score=75, meaning="…"),
        Level(id="a-consolider", label="À consolider", from_score=50, meaning="…"),
        Level(id="a-construire", label="À construire", from_score=0, meaning="…"),
    ),
    critical_cap="a-consolider",
)


def criterion(
    key: str,
    *,
    weight: int = 1,
    critical: bool = False,
    na: NaPolicy = NaPolicy.FREE,
    applicability: Condition | None = None,
    minutes: int = 3,
) -> Criterion:
    """Return a criterion with plausible texts."""
    return Criterion(
        id=key,
        question=f"La règle {key} est-elle appliquée ?",
        why="Une erreur d'identité peut en résulter.",
        guidance={"default": "Regarder l'écran d'accueil."},
        rating={"oui": "Toujours.", "partiel": "Souvent.", "non": "Jamais."},
        evidence=("procédure",),
        methods=("document",),
        interlocutors=("referent",),
        places=("accueil",),
        weight=weight,
        force=Force.REQUIREMENT,
        critical=critical,
        critical_reason="Une confusion de personnes." if critical else None,
        na=na,
        applicability=applicability,
        recommendation="Écrire la règle et la rappeler.",
        minutes=minutes,
        references=(
            Reference(
                document="RNIV 1", edition="2.0", confidence=Confidence.READ, source="https://exemple.fr"
            ),
        ),
    )


def checklist(*domains: tuple[Criterion, ...], threshold: int = 80, key: str = "grille") -> Checklist:
    """Return a checklist with one section a domain."""
    return Checklist(
        id=key,
        version="1.0.0",
        title="Grille d'essai",
        kind=Kind.REQUIREMENTS,
        summary="Pour les essais.",
        edition="Essai",
        licence="etalab-2.0",
        authors=("Équipe",),
        published="2026-11-21",
        scale=SCALE,
        levels=LEVELS,
        coverage_threshold=threshold,
        domains=tuple(
            Domain(
                id=f"domaine-{rank}",
                title=f"Domaine {rank}",
                sections=(Section(id=f"section-{rank}", title=f"Section {rank}", criteria=criteria),),
            )
            for rank, criteria in enumerate(domains, 1)
        ),
    )


def sheet(
    grid: Checklist,
    values: Mapping[str, str | Answer],
    *,
    profile: tuple[str, ...] = (),
    subject: str = STRUCTURE,
) -> AuditSheet:
    """Return an audit of one checklist with these answers, by criterion id."""
    answers = {
        (subject, key): value if isinstance(value, Answer) else Answer(value=value)
        for key, value in values.items()
    }
    return AuditSheet(
        audit=Audit(
            id="a1",
            facility="f1",
            facility_name="EHPAD Les Tilleuls",
            kind="audit-externe",
            title="",
            date="2026-11-21",
            state=AuditState.ONGOING,
            checklists=((grid.id, grid.version, "0" * 64),),
            created="2026-11-21T08:00:00Z",
        ),
        facility=Facility(id="f1", name="EHPAD Les Tilleuls", profile=profile, setting="ehpad"),
        checklists=(grid,),
        answers=answers,
        subjects=(subject,),
    )
