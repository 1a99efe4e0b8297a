"""The workbook that a checklist goes out as and comes back from: its sheets, columns and rows as text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ivaudit.domain.checklist import Vocabulary
from ivaudit.domain.scale import Scale, Standing

HEAD_SHEET = "Grille"
CRITERIA_SHEET = "Critères"
REFERENCES_SHEET = "Références"
LISTS_SHEET = "Listes"
GUIDE_SHEET = "Mode d'emploi"

YES, NO = "oui", "non"
AS_PUBLISHED = re.compile(r"\(.*\)", re.DOTALL)
"""What stands between brackets on the row of a criterion taken over is as its own checklist publishes it."""

DEFAULT_SETTING = "default"


class Nature(StrEnum):
    """Whether a row is a criterion of this checklist or one taken over from another."""

    OWN = "propre"
    TAKEN = "repris"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """A column: `key` is the field it fills, `title` what people read, `width` in characters.

    `choices` names the list that its drop-down offers, `help` says what is expected.
    """

    key: str
    title: str
    width: int
    choices: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderRow:
    """A fact of the checklist as a whole: field, title, value, what is expected, list it is chosen from."""

    key: str
    title: str
    value: str
    help: str
    choices: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowedValues:
    """A list of what a column accepts."""

    title: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistRows:
    """A checklist as the cells of a workbook."""

    id: str
    version: str
    title: str
    header: tuple[HeaderRow, ...]
    columns: tuple[SheetColumn, ...]
    criteria: tuple[tuple[str, ...], ...]
    references: tuple[tuple[str, ...], ...]
    lists: tuple[AllowedValues, ...]


HEADER: tuple[tuple[str, str, str, str], ...] = (
    (
        "id",
        "Identifiant",
        "Minuscules, chiffres et tirets. Celui d'une grille livrée ne se remplace pas.",
        "",
    ),
    ("version", "Version", "Trois nombres, par exemple 1.0.0 ; l'augmenter quand la grille change.", ""),
    ("title", "Titre", "Ne jamais laisser croire qu'un organisme public l'a écrite.", ""),
    ("kind", "Sorte", "exigences, ou visite (sélection de points dans l'ordre des lieux).", "Sorte"),
    ("summary", "Résumé", "Pour qui, pour quoi, ce qu'elle n'est pas.", ""),
    ("edition", "Édition suivie", "Le référentiel et son édition.", ""),
    ("licence", "Licence", "etalab-2.0 pour une grille à partager.", ""),
    ("authors", "Auteurs", "Un par ligne ; une équipe ou une fonction plutôt qu'un nom.", ""),
    ("published", "Date de publication", "AAAA-MM-JJ.", ""),
    ("scale", "Échelle", "L'identifiant d'une échelle de réponses.", "Échelle"),
    (
        "levels",
        "Niveaux",
        "L'identifiant d'un jeu de niveaux ; vide : la grille ne donne pas de niveau.",
        "Niveaux",
    ),
    ("coverage_threshold", "Seuil de couverture (%)", "De 0 à 100 : en dessous, pas de score.", ""),
    ("minutes_budget", "Budget (minutes)", "Durée prévue de la visite ; peut rester vide.", ""),
)
"""Field, title, what is expected, list."""

REFERENCE_COLUMNS: tuple[SheetColumn, ...] = (
    SheetColumn(
        key="criterion", title="Identifiant du critère", width=20, help="Celui de la feuille Critères."
    ),
    SheetColumn(
        key="document", title="Document", width=44, help="« Pratique de terrain » quand il n'y en a pas."
    ),
    SheetColumn(key="edition", title="Édition", width=12),
    SheetColumn(
        key="code",
        title="Code",
        width=22,
        help="Jamais quand la confiance est « à vérifier ». « (numéro à vérifier) » suit un code ni lu ni "
        "cité ; ces mots ne sont pas repris à l'import.",
    ),
    SheetColumn(key="section", title="Section", width=22),
    SheetColumn(key="confidence", title="Confiance", width=14, choices="Confiance"),
    SheetColumn(
        key="source", title="Source", width=60, help="L'adresse ou le document où la règle a été lue."
    ),
)

_FIRST: tuple[SheetColumn, ...] = (
    SheetColumn(key="number", title="N°", width=6, help="Pour se repérer ; recalculé à l'import."),
    SheetColumn(key="id", title="Identifiant", width=15, help="Unique : minuscules, chiffres et tirets."),
    SheetColumn(
        key="nature",
        title="Nature",
        width=10,
        choices="Nature",
        help="« repris » : critère d'une autre grille, cité par son identifiant ; ses textes ne se changent "
        "pas ici.",
    ),
    SheetColumn(key="domain", title="Domaine", width=18),
    SheetColumn(key="section_title", title="Section", width=18),
    SheetColumn(
        key="question", title="Question", width=42, help="Un seul fait, affirmatif, terminé par « ? »."
    ),
    SheetColumn(key="why", title="Pourquoi", width=34, help="Le risque, en une phrase."),
    SheetColumn(
        key=f"guidance.{DEFAULT_SETTING}", title="Où regarder", width=44, help="Dans le cas général."
    ),
)
_PROOFS: tuple[SheetColumn, ...] = (
    SheetColumn(key="evidence", title="Preuves attendues", width=28, help="De 1 à 4, une par ligne."),
    SheetColumn(key="methods", title="Méthodes", width=18, help="Une par ligne ; voir la feuille Listes."),
    SheetColumn(
        key="interlocutors", title="Interlocuteurs", width=22, help="Un par ligne ; voir la feuille Listes."
    ),
    SheetColumn(key="places", title="Lieux", width=20, help="Un par ligne ; voir la feuille Listes."),
)
_JUDGED: tuple[SheetColumn, ...] = (
    SheetColumn(key="force", title="Portée", width=16, choices="Portée"),
    SheetColumn(
        key="weight", title="Poids", width=8, help="1 formalisation, 2 mise en œuvre ; sinon, une raison."
    ),
    SheetColumn(key="weight_reason", title="Raison du poids", width=24),
    SheetColumn(key="critical", title="Point critique", width=10, choices="Oui ou non"),
    SheetColumn(key="critical_reason", title="Raison du point critique", width=30),
    SheetColumn(
        key="critical_chosen_by",
        title="Choisi par",
        width=18,
        help="Qui adopte ce point critique localement.",
    ),
    SheetColumn(key="na", title="Sans objet", width=11, choices="Sans objet"),
    SheetColumn(
        key="applicability",
        title="Concerne",
        width=30,
        help="Vide : toujours. « activité : Téléservice INSi ; Urgences » (l'une d'elles), « réponse à "
        "gou-pol-01 : oui ; partiel », ou plusieurs conditions entre parenthèses, réunies par « et » ou par "
        "« ou ».",
    ),
    SheetColumn(
        key="recommendation", title="Recommandation type", width=42, help="Commence par un infinitif."
    ),
    SheetColumn(key="minutes", title="Minutes", width=9, help="De 1 à 15."),
    SheetColumn(key="scale", title="Échelle", width=14, choices="Échelle", help="Vide : celle de la grille."),
    SheetColumn(key="replaces", title="Remplace", width=18, help="Identifiants d'avant, un par ligne."),
    SheetColumn(key="domain_id", title="Code du domaine", width=18, help="Vide : trouvé d'après le titre."),
    SheetColumn(
        key="section_id", title="Code de la section", width=18, help="Vide : trouvé d'après le titre."
    ),
)
_RATED = re.compile(r"ce qui vaut «(.+?)»(?:\s*\((.+)\))?", re.IGNORECASE)
_SETTING = re.compile(r"où regarder\s*:\s*(.+)", re.IGNORECASE)


def columns(scale: Scale, others: tuple[Scale, ...], vocabulary: Vocabulary) -> tuple[SheetColumn, ...]:
    """Return the columns of the criteria, for the answers of these scales and the settings of the vocabulary.

    Args:
        scale: that of the checklist.
        others: those of some of its criteria.
        vocabulary: gives the settings.
    """
    settings = (
        SheetColumn(key=f"guidance.{term.id}", title=f"Où regarder : {term.label}", width=26)
        for term in vocabulary.settings
    )
    return (*_FIRST, *_rated(scale, others), *_PROOFS, *settings, *_JUDGED)


def all_columns(vocabulary: Vocabulary) -> dict[str, SheetColumn]:
    """Return every column whose title does not depend on a scale, by key."""
    settings = (
        SheetColumn(key=f"guidance.{term.id}", title=f"Où regarder : {term.label}", width=26)
        for term in vocabulary.settings
    )
    return {column.key: column for column in (*_FIRST, *_PROOFS, *settings, *_JUDGED)}


def rated_title(title: str) -> tuple[str, str] | None:
    """Return the label and the key that the title of a column of answers names, nothing for another title."""
    found = _RATED.match(title.strip())
    return (found.group(1).strip(), (found.group(2) or "").strip()) if found else None


def setting_title(title: str) -> str | None:
    """Return the setting that the title of a column of guidance names, nothing for another title."""
    found = _SETTING.match(title.strip())
    return found.group(1).strip() if found else None


def _rated(scale: Scale, others: tuple[Scale, ...]) -> Iterator[SheetColumn]:
    """Yield a column for each answer that earns something; those of other scales say their key."""
    seen: set[str] = set()
    for rank, each in enumerate((scale, *others)):
        for value in each.values:
            if value.standing is not Standing.RATED or value.id in seen:
                continue
            seen.add(value.id)
            named = f" ({value.id})" if rank else ""
            title = f"Ce qui vaut « {value.label} »{named}"
            yield SheetColumn(key=f"rating.{value.id}", title=title, width=30)
