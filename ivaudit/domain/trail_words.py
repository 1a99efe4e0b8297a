"""The fields of the journal in words, where no form says them, and values as people read them."""

import re
from collections.abc import Mapping, Sequence

from ivaudit.domain import months
from ivaudit.domain.journal import Json

MAX_SHOWN = 2_000
"""Characters of a value that a list shows; the whole text is where it was typed."""

NOTHING = ""
YES, NO = "oui", "non"

_DAY = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d)(?:T(\d\d:\d\d).{0,20})?)?")

_COMMON = {"exists": "Ajout ou retrait", "criteria": "Points liés", "subject": "Sujet", "rank": "Rang"}

ENTITIES: Mapping[str, str] = {
    "answer": "Point",
    "audit": "Audit",
    "facility": "Structure",
    "evidence": "Preuve",
    "finding": "Constat",
    "action": "Action",
    "person": "Personne rencontrée",
    "line": "Ligne du carnet",
    "subject": "Sujet",
    "comment": "Remarque de la structure",
    "campaign": "Campagne d'observation",
    "row": "Ligne d'observation",
    "anomaly": "Anomalie",
    "settings": "Réglages",
    "form": "Fiche",
    "purge": "Purge",
    "directory": "Annuaire FINESS",
    "reading": "Relevé d'indicateur",
    "target": "Cible d'indicateur",
    "occurrence": "Événement compté",
    "insi_import": "Import du suivi INSi",
    "insi_perimeter": "Périmètre du suivi INSi",
    "insi_link": "Correspondance du suivi INSi",
    "insi_rate": "Taux du suivi INSi",
    "insi_typed": "Saisie du suivi INSi",
}
"""What each kind of entity is called."""

TECHNICAL: Mapping[str, frozenset[str]] = {
    "evidence": frozenset({"digest", "pages", "media", "size"}),
    "comment": frozenset({"row", "digest", "form"}),
    "insi_import": frozenset({"sha"}),
}
"""Fields that say nothing to people: fingerprints and places, written with the others of their gesture."""

HOLDING = frozenset(
    {
        "exists", "kind", "state", "facility", "audit", "finding", "checklists", "grid", "trail", "number",
        "digest", "pages", "erased", "removed", "report", "batch", "criteria", "rank",
    }
)  # fmt: skip
"""Fields without which a thing is no more: they are chosen, not typed, and nothing is erased of them."""

FIELDS: Mapping[str, Mapping[str, str]] = {
    "answer": {
        "value": "réponse",
        "constat": "constat",
        "note": "note interne",
        "review": "à revoir",
        "na_reason": "motif du « sans objet »",
        "awaiting": "à vérifier auprès de",
        "means": "moyens de preuve",
        "carried": "réponse reprise à confirmer",
    },
    "audit": {
        "title": "titre",
        "date": "date de la visite",
        "kind": "sorte d'audit",
        "facility": "structure",
        "state": "état",
        "checklists": "grilles",
        "source": "audit d'origine",
        "appreciation": "appréciation générale",
        "strengths": "points forts",
        "priorities": "priorités",
        "adaptations": "adaptations locales",
    },
    "evidence": {
        "kind": "nature",
        "title": "titre",
        "reference": "référence",
        "version": "version",
        "date": "date",
        "shown_by": "montré par",
        "status": "état",
        "caption": "légende",
        "digest": "empreinte de l'image",
        "pages": "empreintes des pages",
        "media": "format",
        "size": "taille",
        "declared_without_identity": "déclaré sans donnée nominative",
        "erased": "image effacée",
    },
    "finding": {
        "grade": "gravité",
        "text": "texte",
        "recommendation": "recommandation",
        "cause": "cause",
        "urgent": "à traiter sans attendre",
        "told": "qui a été prévenu",
        "told_at": "prévenu le",
        "done_at_once": "fait aussitôt",
    },
    "action": {
        "facility": "structure",
        "what": "quoi",
        "audit": "audit",
        "finding": "constat",
        "owner_kind": "portée par",
        "owner": "responsable, par fonction",
        "editor": "éditeur du logiciel",
        "due": "échéance",
        "priority": "priorité",
        "state": "état",
        "done": "réalisée le",
        "progress": "avancement",
        "measure": "mesure d'efficacité",
        "result": "résultat",
        "reference": "référence",
        "source": "origine",
    },
    "person": {
        "function": "fonction",
        "interlocutor": "interlocuteur",
        "name": "nom",
        "unit": "unité",
        "at": "heure",
    },
    "line": {
        "text": "texte",
        "at": "heure",
        "person": "personne",
        "means": "dit, écrit ou vu",
        "source": "source",
        "value": "réponse proposée",
    },
    "subject": {"label": "nom", "kind": "nature"},
    "comment": {
        "row": "ligne commentée",
        "number": "numéro",
        "text": "remarque",
        "kind": "nature",
        "by": "auteur",
        "date": "date",
        "digest": "empreinte du texte relu",
        "form": "formulaire",
        "decision": "décision",
        "decided": "décidée le",
        "answer": "réponse",
    },
    "campaign": {
        "facility": "structure",
        "audit": "audit",
        "grid": "grille d'observation",
        "title": "titre",
        "start": "début",
        "end": "fin",
        "units": "unités",
        "observers": "observateurs",
        "present": "effectifs présents",
        "draw": "tirage",
    },
    "row": {
        "number": "numéro",
        "unit": "unité",
        "date": "date",
        "professional": "professionnel, par fonction",
        "reason": "motif",
        "remark": "remarque",
    },
    "anomaly": {
        "entry": "déclaration",
        "trail": "états",
        "removed": "retirée",
        "reported": "signalements faits",
        "related": "fiches liées",
        "born_of": "née de",
        "number": "numéro",
        "kind": "nature",
        "facility": "structure",
        "audit": "audit",
        "action": "action",
        "source": "origine",
        "source_number": "numéro d'origine",
    },
    "settings": {
        "author": "nom ou fonction",
        "advance_after_answer": "avancer après une réponse",
        "theme": "couleurs",
        "text_scale": "taille du texte",
        "lock_after": "verrouillage (minutes)",
        "circuits": "circuits régionaux",
        "copy_reminder": "rappel de copie (jours)",
        "retention.references": "conservation des références locales (mois)",
        "retention.notes": "conservation des notes internes (mois)",
        "retention.personnes": "conservation des noms des personnes rencontrées (mois)",
        "retention.preuves": "conservation des photographies et des fichiers (mois)",
        "retention.brouillons": "conservation des textes en attente (mois)",
    },
    "reading": {
        "numerator": "numérateur",
        "denominator": "dénominateur",
        "excluded": "exclus",
        "source": "source",
        "date": "date",
    },
    "target": {"value": "valeur visée"},
    "insi_import": {
        "name": "fichier",
        "channel": "mode d'appel",
        "months": "mois",
        "rows": "lignes lues",
        "added": "lignes ajoutées",
        "changed": "lignes modifiées",
        "removed": "lignes retirées",
        "rejected": "lignes écartées",
        "sha": "empreinte du fichier",
    },
    "insi_perimeter": {
        "structures": "structures attendues",
        "categories": "catégories",
        "departments": "départements",
        "exclusions": "structures exclues",
    },
    "insi_link": {
        "target": "FINESS appelant",
        "since": "premier mois",
        "until": "dernier mois",
        "note": "remarque",
    },
    "insi_rate": {
        "qualified": "identités qualifiées",
        "active": "file active",
        "permille": "taux (‰)",
        "date": "date",
        "definition": "définition du taux",
    },
    "directory": {"batch": "annuaire importé"},
    "purge": {"report": "compte rendu"},
}
"""Fields that no form names, by kind of entity. What is not here keeps its own name."""

_PARTS: Mapping[str, str] = {
    "finess": "FINESS",
    "name": "nom",
    "category": "catégorie",
    "department": "département",
    "opened": "ouverte le",
    "closed": "fermée le",
    "reason": "motif",
}
"""What the parts of a value are called, where it is no form's."""


def entity_label(kind: str) -> str:
    """Return what a kind of entity is called."""
    return ENTITIES.get(kind, kind)


def field_label(kind: str, field: str) -> str:
    """Return what a field of a kind of entity is called."""
    return FIELDS.get(kind, {}).get(field) or _COMMON.get(field, "").lower() or field


def shown(value: Json) -> str:
    """Return any value in words: lists one after the other, objects as «name : value»."""
    return _shown(value)[:MAX_SHOWN]


def _shown(value: Json) -> str:
    match value:
        case None | bool():
            return {None: NOTHING, True: YES, False: NO}[value]
        case str():
            return _day(value)
        case Mapping():
            parts = ((_PARTS.get(key, key), each) for key, each in value.items() if each not in _EMPTY)
            return ", ".join(f"{name} : {_shown(each)}" for name, each in parts)
        case Sequence():
            return " · ".join(filter(None, map(_shown, value)))
        case _:
            return str(value).replace(".", ",")


_EMPTY: tuple[Json, ...] = (None, "", [], ())


def _day(text: str) -> str:
    """Return a text that is a month, a day or a moment as people write it, any other as it is."""
    found = _DAY.fullmatch(text)
    if found is None:
        return text
    year, month, day, hour = found.groups()
    if day is None:
        return months.said(text)
    return f"{day}/{month}/{year}" + (f" {hour}" if hour else "")
