"""Whole audits for the reports: realistic French texts, every state, any number of criteria."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ivaudit.domain.audit import (
    STRUCTURE,
    Answer,
    Audit,
    AuditSheet,
    AuditState,
    Facility,
    Highlight,
    Synthesis,
)
from ivaudit.domain.checklist import (
    Checklist,
    Condition,
    Confidence,
    Criterion,
    Domain,
    NaPolicy,
    Section,
    Term,
    Vocabulary,
)
from ivaudit.domain.forms import FieldKind, Form, FormField, FormSection
from support import grids

DOMAINS = (
    "Politique et documents",
    "Recherche d'un dossier existant",
    "Création et écriture des traits",
    "Documents d'identité et validation",
    "Identité nationale de santé (INS)",
    "Statuts de confiance et attributs",
    "Cas particuliers",
    "Logiciels, droits d'accès et continuité",
    "Vérifications pendant les soins",
    "Erreurs, signalements et corrections",
    "Droits des usagers",
    "Formation et sensibilisation des professionnels, remplaçants et stagiaires compris",
)

QUESTIONS = (
    "Les professionnels rencontrés savent-ils où trouver la règle à jour, même la nuit et le week-end ?",
    "La recherche d'une identité commence-t-elle toujours par la date de naissance ?",
    (
        "Avant d'ouvrir un dossier existant, l'agent compare-t-il les autres traits affichés à ceux de la "
        "personne présente, document en main ?"
    ),
    "Une identité est-elle validée seulement après contrôle d'un document à haut niveau de confiance ?",
    "L'identité est-elle redemandée, et non suggérée, avant chaque acte ?",
    "Les doublons signalés sont-ils corrigés par une fonction désignée, dans un délai écrit ?",
)

CONSTATS = (
    (
        "La procédure présentée (version 3, 2025) décrit la règle, mais l'agent rencontré à l'accueil ne "
        "la connaît pas ; deux dossiers sur dix revus s'en écartent."
    ),
    "Vu au poste d'accueil : la recherche commence par le nom, puis par la date de naissance.",
    "Le document existe au siège ; il n'a pas été retrouvé dans l'unité.",
    "Non fait depuis le changement de logiciel.",
)

_WALK = ("oui", "oui", "partiel", "oui", "non", "oui", "oui", "non_vu", "oui", "partiel", "sans_objet", "oui")

VOCABULARY = Vocabulary(
    id="vocabulaire",
    version="1.0.0",
    methods=(Term(id="document", label="Revue documentaire"),),
    interlocutors=(Term(id="dsi", label="Informatique"), Term(id="direction", label="Direction")),
    places=(Term(id="accueil", label="Accueil"),),
    profile=(Term(id="hebergement", label="Hébergement"), Term(id="insi", label="Téléservice INSi")),
    settings=(Term(id="ehpad", label="EHPAD"),),
    unit_kinds=(),
    na_reasons=(Term(id="activite-absente", label="Activité absente"),),
    means=(Term(id="vu", label="Vu"), Term(id="dit", label="Dit")),
    audit_kinds=(Term(id="externe", label="Audit externe"),),
    audit_states=(Term(id="en cours", label="En cours"),),
)

VISIT = Form(
    id="visite",
    version="1.0.0",
    title="Visite",
    licence="etalab-2.0",
    sections=(
        FormSection(
            id="cadre",
            title="Cadre de la visite",
            fields=(
                FormField(id="scope", label="Périmètre", kind=FieldKind.LONG),
                FormField(id="private", label="Dispositions", kind=FieldKind.LONG, printed=False),
            ),
        ),
        FormSection(
            id="personnes",
            title="Personnes rencontrées",
            fields=(
                FormField(
                    id="people",
                    label="Personnes rencontrées",
                    kind=FieldKind.ROWS,
                    columns=(
                        FormField(
                            id="interlocutor",
                            label="Interlocuteur",
                            kind=FieldKind.CHOICE,
                            vocabulary="interlocutors",
                        ),
                        FormField(id="function", label="Fonction", kind=FieldKind.TEXT),
                        FormField(id="name", label="Nom", kind=FieldKind.TEXT, printed=False),
                    ),
                ),
            ),
        ),
    ),
)

VISIT_VALUES: Mapping[str, object] = {
    "scope": "Hébergement permanent (84 places).",
    "private": "Code du portail : secret",
    "people": [
        {"interlocutor": "direction", "function": "Directrice", "name": "Mme Nommée"},
        {"interlocutor": "dsi", "function": "Administrateur du logiciel"},
    ],
}


def criterion(
    key: str,
    question: str,
    *,
    weight: int = 2,
    critical: bool = False,
    chosen_by: str | None = None,
    confidence: Confidence = Confidence.READ,
    applicability: Condition | None = None,
) -> Criterion:
    """Return a criterion of a report: put in practice, excused with a reason, with its code if read."""
    made = grids.criterion(
        key,
        question,
        weight=weight,
        critical=critical,
        chosen_by=chosen_by,
        confidence=confidence,
        code="EXI PP 01" if confidence is Confidence.READ else None,
        na=NaPolicy.REASON,
        applicability=applicability,
    )
    return replace(made, rating={"oui": "Toujours.", "non": "Jamais."})


def checklist(count: int = 72, *, per_domain: int = 6, key: str = "grille", threshold: int = 80) -> Checklist:
    """Return a checklist of any size; one criterion in seven is critical."""
    criteria = [
        criterion(
            f"{key}-{rank:03d}",
            QUESTIONS[rank % len(QUESTIONS)],
            weight=1 + rank % 2,
            critical=rank % 7 == 0,
            confidence=list(Confidence)[rank % 4] if rank % 7 else Confidence.READ,
        )
        for rank in range(count)
    ]
    domains = [criteria[start : start + per_domain] for start in range(0, count, per_domain)]
    return whole(key, [(DOMAINS[rank % len(DOMAINS)], part) for rank, part in enumerate(domains)], threshold)


def whole(key: str, domains: Sequence[tuple[str, Sequence[Criterion]]], threshold: int = 80) -> Checklist:
    """Return a checklist with two sections a domain."""
    parts = [
        Domain(
            id=f"{key}-domaine-{rank}",
            title=title,
            sections=(
                Section(id=f"{key}-{rank}-a", title="La règle", criteria=tuple(criteria[:3])),
                Section(id=f"{key}-{rank}-b", title="La pratique", criteria=tuple(criteria[3:])),
            ),
        )
        for rank, (title, criteria) in enumerate(domains, 1)
    ]
    return grids.made_of(key, parts, threshold, title="Grille d'essai rédigée d'après le RNIV 1")


def walked(grid: Checklist) -> dict[str, Answer]:
    """Return plausible answers to a whole checklist, always the same."""
    answers = {}
    for rank, point in enumerate(grid.points()):
        value = _WALK[rank % len(_WALK)]
        answers[point.criterion.id] = Answer(
            value=value,
            constat=CONSTATS[rank % len(CONSTATS)] if value in {"partiel", "non"} or rank % 5 == 0 else "",
            note="À revoir avec la cellule." if rank % 11 == 0 else "",
            review=rank == 20,
            na_reason="activite-absente" if value == "sans_objet" else "",
            means=("vu",) if rank % 3 == 0 else (),
            author="Mme Auditrice",
            at="2026-11-21T14:32:00.000000Z",
        )
    return answers


def sheet(
    grids: Sequence[Checklist],
    answers: Mapping[str, Answer],
    *,
    synthesis: Synthesis | None = None,
    forms: Mapping[str, Mapping[str, object]] | None = None,
    name: str = "EHPAD Les Tilleuls",
    subjects: Mapping[tuple[str, str], Answer] | None = None,
) -> AuditSheet:
    """Return an audit with these answers about the structure, and others by (subject, criterion)."""
    given = {(STRUCTURE, key): answer for key, answer in answers.items()} | dict(subjects or {})
    return AuditSheet(
        audit=Audit(
            id="0123456789ab",
            facility="ba9876543210",
            facility_name=name,
            kind="externe",
            title="",
            date="2026-11-21",
            state=AuditState.ONGOING,
            checklists=tuple((grid.id, grid.version, f"{rank:064x}") for rank, grid in enumerate(grids, 1)),
            created="2026-11-21T08:00:00.000000Z",
        ),
        facility=Facility(
            id="ba9876543210",
            name=name,
            finess_ej="750000018",
            finess_et="750000026",
            category="EHPAD",
            setting="ehpad",
            profile=("hebergement", "insi"),
            city="Saint-Martin-d'Hères",
        ),
        checklists=tuple(grids),
        answers=given,
        subjects=tuple(dict.fromkeys((STRUCTURE, *(subject for subject, _ in given)))),
        forms={"visite": VISIT_VALUES} if forms is None else forms,
        synthesis=synthesis or Synthesis(),
    )


def typed_everywhere(text: str) -> AuditSheet:
    """Return an audit of one point where that text is everything anybody wrote."""
    grid = checklist(1)
    key = next(grid.points()).criterion.id
    return sheet(
        [grid],
        {key: Answer(value="non", constat=text, note=text)},
        synthesis=Synthesis(appreciation=text, strengths=(Highlight(text=text),)),
        forms={"visite": {"scope": text, "people": [{"function": text}]}},
        name=text,
    )


def written(grid: Checklist) -> Synthesis:
    """Return a synthesis as an auditor writes it."""
    keys = [point.criterion.id for point in grid.points()]
    return Synthesis(
        appreciation="L'équipe connaît les résidents et vérifie leur identité avant chaque soin. La démarche "
        "repose toutefois sur deux personnes, et les écrits n'ont pas suivi le changement de logiciel.",
        strengths=(
            Highlight(
                text="Le référent est désigné, connu de tous, et dispose de temps.", criteria=(keys[0],)
            ),
            Highlight(text="Les photographies des résidents sont à jour."),
        ),
        priorities=(
            Highlight(
                text="Écrire et afficher la règle de recherche au poste d'accueil.", criteria=(keys[-1],)
            ),
        ),
    )
