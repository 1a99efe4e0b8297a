"""What a local adaptation did to a checklist: kept with the checklist, said on every screen and report."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum


class ChangeKind(StrEnum):
    """What an adaptation may do to a criterion."""

    ADDED = "ajouté"
    CHANGED = "modifié"
    OFF = "désactivé"
    CRITICAL = "critique"


class Part(StrEnum):
    """The parts of a published criterion that may be changed or completed."""

    WEIGHT = "poids"
    MINUTES = "minutes"
    NA = "sans objet"
    GUIDANCE = "consigne"
    EVIDENCE = "preuve"
    REFERENCES = "référence"


_LIGHTENING = frozenset({Part.WEIGHT, Part.NA})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedPart:
    """One part of a criterion as it was and as it is; what is only completed has no `before`."""

    part: Part
    before: str = ""
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdaptedCriterion:
    """What one adaptation did to one criterion.

    `number` is its place in the checklist, as published unless it is added; `critical` tells whether it
    was a critical point before; `lightens` whether an exigence or a critical point now asks for less.
    """

    criterion: str
    kind: ChangeKind
    question: str
    number: str = ""
    reason: str = ""
    parts: tuple[ChangedPart, ...] = ()
    critical: bool = False
    lightens: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A change that was not applied: the criterion is not the one it was written for."""

    criterion: str
    kind: ChangeKind
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedAdaptation:
    """An adaptation as a checklist carries it.

    `date` is local, `AAAA-MM-JJ`; `checklist_version` is the published version it was written for.
    """

    id: str
    version: str
    title: str
    author: str
    date: str
    scope: str
    reason: str
    checklist_version: str
    changes: tuple[AdaptedCriterion, ...] = ()
    set_aside: tuple[SetAside, ...] = ()

    @property
    def lightened(self) -> tuple[AdaptedCriterion, ...]:
        """Return the changes that ask for less than an exigence or a critical point did."""
        return tuple(each for each in self.changes if each.lightens)


def change_words(change: AdaptedCriterion) -> str:
    """Return what was done, without the reason («poids 1 au lieu de 2»)."""
    match change.kind:
        case ChangeKind.ADDED:
            return "critère ajouté"
        case ChangeKind.OFF:
            return "critère désactivé : il n'est ni demandé ni compté"
        case ChangeKind.CRITICAL:
            return "adopté comme point critique"
        case ChangeKind.CHANGED:
            return " ; ".join(map(_part_words, change.parts))


def mark_words(adaptation: AppliedAdaptation, change: AdaptedCriterion) -> str:
    """Return the mark of a criterion («Adapté par CRIV X : poids 1 au lieu de 2. Motif : …»)."""
    reason = f" Motif : {change.reason}" if change.reason else ""
    return f"Adapté par {adaptation.author} : {change_words(change)}.{reason}"


def lightened_words(adaptation: AppliedAdaptation, change: AdaptedCriterion) -> str:
    """Return the sentence that reports print about something that asks for less."""
    what = "Point critique allégé" if change.critical else "Exigence allégée"
    number = f"{change.number} " if change.number else ""
    parts = tuple(part for part in change.parts if part.part in _LIGHTENING)
    done = change_words(replace(change, parts=parts))
    return f"{what} : {number}« {change.question} » — {done}. Motif : {change.reason} ({adaptation.author})"


def lightened_sentences(adaptations: Iterable[AppliedAdaptation]) -> Iterator[str]:
    """Yield the sentence of everything that asks for less, critical points first."""
    found = [(adaptation, change) for adaptation in adaptations for change in adaptation.lightened]
    for adaptation, change in sorted(found, key=lambda each: not each[1].critical):
        yield lightened_words(adaptation, change)


def version_words(adaptation: AppliedAdaptation, version: str) -> str:
    """Return that an adaptation was written for another version, or nothing."""
    if adaptation.checklist_version == version:
        return ""
    return (
        f"Écrite pour la version {adaptation.checklist_version}, appliquée à la version {version} là où le "
        "texte des critères n'a pas changé."
    )


def _part_words(part: ChangedPart) -> str:
    match part.part:
        case Part.WEIGHT:
            return f"poids {part.after} au lieu de {part.before}"
        case Part.MINUTES:
            return f"{part.after} min au lieu de {part.before}"
        case Part.NA:
            return f"« sans objet » : {part.after} au lieu de {part.before}"
        case Part.GUIDANCE:
            return f"consigne ajoutée « {part.after} »"
        case Part.EVIDENCE:
            return f"preuve ajoutée « {part.after} »"
        case Part.REFERENCES:
            return f"référence ajoutée « {part.after} »"
