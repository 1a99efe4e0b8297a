"""What a report is made of, in which order and in which words: the shape of the files of `exports/`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class BlockKind(StrEnum):
    """A part of the printed report; the last ones, from the heading on, are those of a one-page debrief."""

    COVER = "couverture"
    IDENTITY = "identité"
    DIRECTOR = "direction"
    RESULTS = "résultats"
    CRITICAL = "points critiques"
    GAPS = "à améliorer"
    TO_SEE = "à voir"
    OUT = "sans objet"
    METHOD = "méthode"
    SOURCES = "sources"
    GRID = "grille"
    ADAPTATIONS = "adaptations"
    FINDINGS = "constats"
    OBSERVATIONS = "observations"
    DOCUMENTS = "documents"
    DISAGREEMENTS = "désaccords"
    SUBJECTS = "sujets"
    ACTIONS = "plan d'actions"
    COMPARISON = "comparaison"
    COMMENTS = "commentaires"
    SIGNATURES = "signatures"
    PHOTOS = "photographies"
    NOTEBOOK = "carnet"
    HEADING = "entête"
    STRENGTHS = "points forts"
    URGENT = "sans attendre"
    MAIN = "principaux constats"
    FOLLOWING = "suites"
    FIGURES = "chiffres"
    WORDS = "texte"


class SheetKind(StrEnum):
    """A sheet of the workbook; the last ones, from the readings on, are those of indicators."""

    SUMMARY = "synthèse"
    GRID = "grille"
    GAPS = "à améliorer"
    OUT = "sans objet"
    LEGEND = "légende"
    ADAPTATIONS = "adaptations"
    OBSERVATIONS = "observations"
    LINES = "lignes d'observation"
    FINDINGS = "constats"
    ACTIONS = "plan d'actions"
    DOCUMENTS = "documents"
    DEBRIEF = "bilan"
    READINGS = "relevés"
    SERIES = "graphiques"
    DEFINITIONS = "définitions"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineBlock:
    """One part of the printed report.

    `intro` stands under the title, `empty` is said instead when there is nothing to show, `paragraphs` are
    the body where it is only text; {seuil}, {choisi_par} and {programme} are filled in.
    """

    kind: BlockKind
    title: str
    intro: str = ""
    empty: str = ""
    paragraphs: tuple[str, ...] = ()
    new_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineColumn:
    """A column of a sheet; `width` is in characters; those that are not `printed` come last."""

    field: str
    title: str
    width: int
    printed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineSheet:
    """One sheet of the workbook."""

    kind: SheetKind
    title: str
    intro: str = ""
    columns: tuple[OutlineColumn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOutline:
    """A published outline: blocks for the printed report, sheets for the workbook.

    `accent` is `#rrggbb`; `logo` is a file beside the outline, or nothing; `words` are the short labels by
    key (`WORDS` has every key with its usual word).
    """

    id: str
    version: str
    title: str
    licence: str
    accent: str = "#1c56b0"
    logo: str | None = None
    notice: str = ""
    provisional: str = ""
    footer: str = ""
    blocks: tuple[OutlineBlock, ...] = ()
    sheets: tuple[OutlineSheet, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)

    def word(self, key: str) -> str:
        """Return a short label."""
        return self.words.get(key, WORDS[key])

    def block(self, kind: BlockKind) -> OutlineBlock | None:
        """Return the first block of that kind, or nothing."""
        return next((block for block in self.blocks if block.kind is kind), None)


WORDS: Mapping[str, str] = {
    "appreciation": "Appréciation générale",
    "no_appreciation": "L'auditeur n'a pas encore rédigé d'appréciation.",
    "strengths": "Points forts",
    "no_strengths": "Aucun point fort n'a été retenu.",
    "priorities": "Priorités",
    "no_priorities": "Aucune priorité n'a été retenue.",
    "figures": "Les chiffres",
    "progress": "Avancement",
    "coverage": "Couverture",
    "not_applicable": "Sans objet",
    "score": "Score",
    "level": "Niveau",
    "fulfilled": "Part de « Oui »",
    "domain": "Domaine",
    "domains": "Résultats par domaine",
    "section": "Rubrique",
    "points": "Points",
    "rated": "Évalués",
    "to_improve": "À améliorer",
    "critical": "Point critique",
    "criticals": "Points critiques",
    "no_score": "Pas de score",
    "number": "N°",
    "question": "Question",
    "answer": "Réponse",
    "answers": "Réponses possibles",
    "constat": "Constat",
    "by_subject": "Par sujet",
    "note": "Note interne",
    "recommendation": "Recommandation",
    "why": "Pourquoi",
    "reason": "Motif",
    "no_reason": "Aucun motif indiqué",
    "awaiting": "À vérifier auprès de",
    "means": "Établi par",
    "reference": "Référence",
    "references": "Références",
    "adaptations": "Adaptations locales",
    "adapted": "Adapté",
    "change": "Changement",
    "author": "Auteur",
    "not_applied": "Non appliqué",
    "chosen_by": "Point critique choisi par",
    "seal": "Scellé de l'audit",
    "seal_note": (
        "Cette empreinte est celle de l'audit tel qu'il a été validé : grilles, réponses, constats et "
        "preuves. Elle permet de vérifier qu'il n'a pas changé depuis ; elle ne dit pas que ce qui est écrit "
        "est exact."
    ),
    "state": "État",
    "facility": "Structure",
    "finess_ej": "FINESS EJ (entité juridique)",
    "finess_et": "FINESS ET (site)",
    "category": "Catégorie",
    "city": "Commune",
    "profile": "Profil d'activité",
    "kind": "Nature",
    "date": "Date de la visite",
    "checklist": "Grille",
    "checklists": "Grilles utilisées",
    "edition": "Édition",
    "version": "Version",
    "licence": "Licence",
    "authors": "Auteurs",
    "published": "Publiée le",
    "sha256": "Empreinte SHA-256",
    "sources": "Sources des points",
    "levels": "Niveaux",
    "generated": "Rapport produit le",
    "program": "Programme",
    "unanswered": "Points sans réponse",
    "not_concerned": "Points non concernés par le profil d'activité",
    "anonymous": "Export anonyme : sans nom de structure ni de personne, sans note, photo ni référence, "
    "dates au mois. Relisez-le : ce qui est écrit autrement dans un texte ne peut pas être reconnu.",
    "copy": "Copie transmissible : sans notes internes, sans nom de personne ni référence locale. "
    "Relisez-la avant de l'envoyer : un nom écrit autrement dans un texte ne peut pas être reconnu.",
    "urgent": "À traiter sans attendre",
    "others": "Autres constats",
    "told": "Dit à",
    "done": "Fait aussitôt",
    "cause": "Cause",
    "grade": "Gravité",
    "about_points": "Points",
    "photo": "Photographie",
    "photos": "Photographies",
    "seen_above": "Voir plus haut",
    "period": "Période",
    "draw": "Choix",
    "present": "Présents",
    "observed": "Observés",
    "observers": "Observateurs (fonctions)",
    "professionals": "Professionnels observés",
    "not_observed": "Non observés",
    "fact": "Fait observé",
    "n": "n",
    "yes": "Oui",
    "no": "Non",
    "refused": "Refus",
    "rate": "Taux",
    "interval": "Intervalle à 95 %",
    "census": "recensement",
    "unit": "Unité",
    "remarks": "Comment lire ces chiffres",
    "document": "Document",
    "document_version": "Version",
    "document_date": "Date",
    "document_state": "État",
    "shown_by": "Montré par",
    "source": "Source",
    "said": "Ce que disent les sources",
    "kept": "Réponse retenue",
    "subjects": "Réponses par sujet",
    "explained": "Comment elles comptent",
    "what": "Action",
    "owner": "Qui",
    "due": "Échéance",
    "priority": "Priorité",
    "action_state": "Avancement",
    "measure": "Efficacité jugée sur",
    "late": "en retard",
    "before": "Avant",
    "after": "Maintenant",
    "as_declared": "Déclaré",
    "as_seen": "Vu",
    "improved": "Améliorés",
    "worsened": "Dégradés",
    "seen_more": "Déclarés moins favorables que vus",
    "seen_less": "Déclarés plus favorables que vus",
    "declared": "déclaratif",
    "comment": "Commentaire de la structure",
    "auditor": "Texte de l'auditeur",
    "decision": "Suite donnée",
    "undecided": "À traiter",
    "role": "Pour",
    "function": "Fonction",
    "signed_at": "Date",
    "signature": "Signature",
    "when": "Moment",
    "who": "Qui",
    "noted": "Noté",
    "page": "page",
    "of": "sur",
}
