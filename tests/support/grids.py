"""Small checklists and audits built by hand: the scale, the levels and the criteria that tests share."""

from collections.abc import Mapping, Sequence

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

_RATED, _LEAVES, _STAYS = Standing.RATED, Standing.LEAVES, Standing.STAYS
_PARTLY = "La pratique existe, mais pas partout ou pas toujours."
_ABSENT = "La situation n'existe pas dans la structure."
_ASKED = "La réponse dépend d'une autre personne."
_VALUES = (
    ("oui", "Oui", "La pratique décrite est constatée.", _RATED, Symbol.FULL, Tone.GOOD, 100),
    ("partiel", "Partiel", _PARTLY, _RATED, Symbol.HALF, Tone.MIDDLE, 50),
    ("non", "Non", "La pratique décrite n'est pas constatée.", _RATED, Symbol.CROSS, Tone.BAD, 0),
    ("sans_objet", "Sans objet", _ABSENT, _LEAVES, Symbol.DASH, Tone.NEUTRAL, None),
    ("non_vu", "Non vu", "Le point n'a pas pu être examiné.", _STAYS, Symbol.EYE, Tone.WAITING, None),
    ("a_verifier", "À vérifier auprès de…", _ASKED, _STAYS, Symbol.QUESTION, Tone.WAITING, None),
)
SCALE = Scale(
    id="conformite",
    version="1.0.0",
    title="Conformité",
    values=tuple(
        ScaleValue(
            id=key,
            label=label,
            help=help_text,
            standing=standing,
            symbol=symbol,
            tone=tone,
            percent=percent,
            to_improve=key in {"partiel", "non"},
        )
        for key, label, help_text, standing, symbol, tone, percent in _VALUES
    ),
)

LEVELS = Levels(
    id="niveaux",
    version="1.0.0",
    title="Repères",
    chosen_by="l'équipe d'ivaudit",
    values=(
        Level(id="maitrise", label="Maîtrisé", from_score=90, meaning="Presque tout est en place."),
        Level(id="satisfaisant", label="Satisfaisant", from_score=75, meaning="L'essentiel est en place."),
        Level(id="a-consolider", label="À consolider", from_score=50, meaning="Des bases existent."),
        Level(id="a-construire", label="À construire", from_score=0, meaning="La démarche est à bâtir."),
    ),
    critical_cap="a-consolider",
)


def criterion(
    key: str,
    question: str = "",
    *,
    weight: int = 1,
    critical: bool = False,
    chosen_by: str | None = None,
    confidence: Confidence = Confidence.READ,
    code: str | None = None,
    na: NaPolicy = NaPolicy.FREE,
    applicability: Condition | None = None,
    minutes: int = 3,
) -> Criterion:
    """Return a criterion with texts as long as real ones; what was not read is good practice."""
    read = confidence is Confidence.READ
    return Criterion(
        id=key,
        question=question or f"La règle {key} est-elle appliquée ?",
        why="Un doublon prive le soignant des allergies rangées dans l'autre dossier.",
        guidance={"default": "Regarder faire au poste d'accueil."},
        rating={"oui": "Toujours.", "partiel": "Souvent.", "non": "Jamais."},
        evidence=("procédure",),
        methods=("document",),
        interlocutors=("direction",),
        places=("accueil",),
        weight=weight,
        force=Force.REQUIREMENT if read else Force.GOOD_PRACTICE,
        critical=critical,
        critical_reason="Un soin peut être donné à une autre personne." if critical else None,
        critical_chosen_by=chosen_by,
        na=na,
        applicability=applicability,
        recommendation="Afficher la règle au poste d'accueil et la rappeler aux nouveaux arrivants.",
        minutes=minutes,
        references=(Reference(document="RNIV 1", edition="2.0", code=code, confidence=confidence),),
    )


def checklist(*domains: tuple[Criterion, ...], threshold: int = 80, key: str = "grille") -> Checklist:
    """Return a checklist with one section a domain."""
    parts = [
        Domain(
            id=f"domaine-{rank}",
            title=f"Domaine {rank}",
            sections=(Section(id=f"section-{rank}", title=f"Section {rank}", criteria=criteria),),
        )
        for rank, criteria in enumerate(domains, 1)
    ]
    return made_of(key, parts, threshold)


def made_of(
    key: str, domains: Sequence[Domain], threshold: int = 80, *, title: str = "Grille d'essai"
) -> Checklist:
    """Return a checklist of these domains."""
    return Checklist(
        id=key,
        version="1.0.0",
        title=title,
        kind=Kind.REQUIREMENTS,
        summary="Pour les essais.",
        edition="RNIV 1 v2.0 (décembre 2024)",
        licence="etalab-2.0",
        authors=("Équipe ivaudit",),
        published="2026-11-21",
        scale=SCALE,
        levels=LEVELS,
        coverage_threshold=threshold,
        domains=tuple(domains),
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
