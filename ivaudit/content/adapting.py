"""Published checklist + local adaptations → the checklist that is asked; published files never change."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from ivaudit.domain.adaptation import (
    FINGERPRINT,
    Adaptation,
    AddedSection,
    AdoptedCritical,
    ChangedCriterion,
    Deactivated,
    Scope,
)
from ivaudit.domain.adapted import (
    AdaptedCriterion,
    AppliedAdaptation,
    ChangedPart,
    ChangeKind,
    Part,
    SetAside,
)
from ivaudit.domain.checklist import Checklist, Criterion, Domain, Force, NaPolicy, Section
from ivaudit.domain.sources import reference_words

Named: TypeAlias = ChangedCriterion | Deactivated | AdoptedCritical
_JUDGED = ("weight", "minutes", "na")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Why two adaptations do not go together; `owner` is the entry of the later one that says so."""

    adaptation: Adaptation
    owner: object
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapted:
    """The checklist with its adaptations, and what did not go together (then left out)."""

    checklist: Checklist
    clashes: tuple[Clash, ...] = ()


def ordered(adaptations: Iterable[Adaptation]) -> tuple[Adaptation, ...]:
    """Return adaptations in the order they apply: region, group, facility, then by id."""
    scopes = list(Scope)
    return tuple(sorted(adaptations, key=lambda each: (scopes.index(each.scope), each.id)))


def adapted(checklist: Checklist, adaptations: Iterable[Adaptation]) -> Adapted:
    """Return the checklist that is asked once the adaptations are applied, in their order.

    A change written for another version applies where the fingerprint of the criterion still matches;
    elsewhere it is set aside, and the checklist says so. Without adaptation, the checklist is itself.

    Args:
        checklist: as published.
        adaptations: of this checklist, in any order.
    """
    applied = ordered(adaptations)
    if not applied:
        return Adapted(checklist=checklist)
    work = _Work.on(checklist)
    said = tuple(_apply(work, each) for each in applied)
    domains = work.domains()
    numbers = _numbers(domains, work.numbers)
    made = replace(
        checklist,
        domains=domains,
        adaptations=checklist.adaptations + tuple(_numbered(each, numbers) for each in said),
    )
    moved = [each for each in made.points() if each.number != numbers[each.criterion.id]]
    kept = tuple((each.criterion.id, numbers[each.criterion.id]) for each in moved)
    return Adapted(checklist=replace(made, numbers=kept), clashes=tuple(work.clashes))


def _numbers(domains: Iterable[Domain], published: Mapping[str, str]) -> dict[str, str]:
    """Return the numbers people say: those published stay, what is added comes after them in its domain."""
    taken: Counter[str] = Counter()
    for number in published.values():
        head, _, rank = number.partition(".")
        taken[head] = max(taken[head], int(rank))
    found: dict[str, str] = {}
    for place, domain in enumerate(domains, 1):
        inside = [criterion.id for section in domain.sections for criterion in section.criteria]
        before = next((published[key].partition(".")[0] for key in inside if key in published), "")
        last = taken[before] if before else 0
        for key in inside:
            last += key not in published
            rank = published[key].partition(".")[2] if key in published else str(last)
            found[key] = f"{place}.{rank}"
    return found


def _numbered(adaptation: AppliedAdaptation, numbers: Mapping[str, str]) -> AppliedAdaptation:
    """Return what an adaptation did with the numbers of what it added."""
    changes = (
        replace(each, number=numbers.get(each.criterion, "")) if each.kind is ChangeKind.ADDED else each
        for each in adaptation.changes
    )
    return replace(adaptation, changes=tuple(changes))


@dataclass(slots=True)
class _Place:
    """A domain or a section being filled: its title, and what is in it by id."""

    title: str
    inside: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class _Work:
    """A checklist being adapted, and who already changed what."""

    checklist: Checklist
    numbers: Mapping[str, str]
    criteria: dict[str, Criterion]
    places: dict[str, _Place]
    off: dict[str, Adaptation] = field(default_factory=dict)
    said: dict[tuple[str, str], Adaptation] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)

    @classmethod
    def on(cls, checklist: Checklist) -> "_Work":
        points = list(checklist.points())
        places: dict[str, _Place] = {}
        for domain in checklist.domains:
            places[domain.id] = _Place(
                domain.title,
                {s.id: _Place(s.title, dict.fromkeys(c.id for c in s.criteria)) for s in domain.sections},
            )
        return cls(
            checklist,
            {point.criterion.id: point.number for point in points},
            {point.criterion.id: point.criterion for point in points},
            places,
        )

    def domains(self) -> tuple[Domain, ...]:
        """Return the domains as they now are; what is empty goes."""
        made = (
            Domain(id=key, title=place.title, sections=tuple(self._sections(place)))
            for key, place in self.places.items()
        )
        return tuple(domain for domain in made if domain.sections)

    def _sections(self, domain: _Place) -> Iterator[Section]:
        for key, place in domain.inside.items():
            criteria = tuple(self.criteria[each] for each in place.inside if each not in self.off)
            if criteria:
                yield Section(id=key, title=place.title, criteria=criteria)

    def clash(self, adaptation: Adaptation, owner: object, message: str) -> None:
        self.clashes.append(Clash(adaptation=adaptation, owner=owner, message=message))


def _apply(work: _Work, adaptation: Adaptation) -> AppliedAdaptation:
    changes: list[AdaptedCriterion] = []
    aside: list[SetAside] = []
    for section in adaptation.add:
        changes += _add(work, adaptation, section, aside)
    named: Sequence[Named] = (*adaptation.change, *adaptation.critical, *adaptation.deactivate)
    for entry in named:
        why = _unfit(work, adaptation, entry)
        if why:
            aside.append(SetAside(criterion=entry.criterion, kind=_kind(entry), why=why))
        elif _free(work, adaptation, entry):
            changes.append(_changed(work, adaptation, entry))
    return AppliedAdaptation(
        id=adaptation.id,
        version=adaptation.version,
        title=adaptation.title,
        author=adaptation.author,
        date=adaptation.date,
        scope=adaptation.scope.value,
        reason=adaptation.reason,
        checklist_version=adaptation.checklist_version,
        changes=tuple(changes),
        set_aside=tuple(aside),
    )


def _kind(entry: Named) -> ChangeKind:
    match entry:
        case ChangedCriterion():
            return ChangeKind.CHANGED
        case Deactivated():
            return ChangeKind.OFF
        case AdoptedCritical():
            return ChangeKind.CRITICAL


def _unfit(work: _Work, adaptation: Adaptation, entry: Named) -> str:
    """Return why an entry is not for the criterion of this version, or nothing."""
    published = work.criteria.get(entry.criterion)
    version = work.checklist.version
    if published is None or entry.criterion not in work.numbers:
        return f"Ce critère n'est pas dans la version {version} de la grille."
    if entry.fingerprint is None:
        if adaptation.checklist_version == version:
            return ""
        return f"La grille est en version {version} : à confirmer sur son texte."
    if not published.fingerprint.startswith(entry.fingerprint) or len(entry.fingerprint) < FINGERPRINT:
        return f"Ce critère est reformulé dans la version {version} : à confirmer sur son texte."
    return ""


def _free(work: _Work, adaptation: Adaptation, entry: Named) -> bool:
    """Tell whether no adaptation before this one forbids it; say it where one does."""
    key = entry.criterion
    if key in work.off:
        message = f"criterion: « {key} » est déjà désactivé par {work.off[key].id}"
        work.clash(adaptation, entry, message)
        return False
    if isinstance(entry, AdoptedCritical) and work.criteria[key].critical:
        chosen = work.said.get((key, "critical"))
        by = f" par {chosen.id}" if chosen else " dans la grille"
        work.clash(adaptation, entry, f"criterion: « {key} » est déjà un point critique{by}")
        return False
    if isinstance(entry, Deactivated):
        others = [
            by
            for (criterion, what), by in work.said.items()
            if criterion == key
            and by is not adaptation
            and (what == "critical" or by.scope is adaptation.scope)
        ]
        if others:
            message = f"criterion: « {key} » est désactivé alors que {others[0].id} l'adapte"
            work.clash(adaptation, entry, message)
            return False
    return not isinstance(entry, ChangedCriterion) or _same_scope(work, adaptation, entry)


def _same_scope(work: _Work, adaptation: Adaptation, entry: ChangedCriterion) -> bool:
    """Tell whether nobody of the same scope judged the same part otherwise: none has the last word."""
    for name in _JUDGED:
        before = work.said.get((entry.criterion, name))
        wanted = getattr(entry, name)
        differs = wanted is not None and wanted != getattr(work.criteria[entry.criterion], name)
        if before is not None and differs and before.scope is adaptation.scope:
            work.clash(
                adaptation,
                entry,
                f"{name}: « {entry.criterion} » reçoit deux valeurs différentes, ici et dans {before.id}",
            )
            return False
    return True


def _changed(work: _Work, adaptation: Adaptation, entry: Named) -> AdaptedCriterion:
    before = work.criteria[entry.criterion]
    match entry:
        case ChangedCriterion():
            after, parts = _edited(before, entry, adaptation.author)
            touched = [name for name in _JUDGED if getattr(entry, name) is not None] or ["texts"]
        case AdoptedCritical():
            after, parts = _adopted(before, entry, adaptation.author), ()
            touched = ["critical"]
        case Deactivated():
            after, parts = before, ()
            touched = ["off"]
            work.off[entry.criterion] = adaptation
    work.criteria[entry.criterion] = after
    for name in touched:
        work.said[entry.criterion, name] = adaptation
    owed = before.critical or before.force is Force.REQUIREMENT
    return AdaptedCriterion(
        criterion=before.id,
        kind=_kind(entry),
        question=before.question,
        number=work.numbers[before.id],
        reason=entry.reason or "",
        parts=parts,
        critical=before.critical,
        lightens=owed and (isinstance(entry, Deactivated) or _lighter(before, after)),
    )


def _lighter(before: Criterion, after: Criterion) -> bool:
    policies = list(NaPolicy)
    return after.weight < before.weight or policies.index(after.na) > policies.index(before.na)


def _adopted(criterion: Criterion, entry: AdoptedCritical, author: str) -> Criterion:
    return replace(criterion, critical=True, critical_reason=entry.reason, critical_chosen_by=author)


def _edited(
    criterion: Criterion, entry: ChangedCriterion, author: str
) -> tuple[Criterion, tuple[ChangedPart, ...]]:
    changes: dict[str, Any] = {}
    parts: list[ChangedPart] = []
    for name, part in (("weight", Part.WEIGHT), ("minutes", Part.MINUTES), ("na", Part.NA)):
        wanted, now = getattr(entry, name), getattr(criterion, name)
        if wanted is not None and wanted != now:
            changes[name] = wanted
            parts.append(ChangedPart(part=part, before=str(now), after=str(wanted)))
    if "weight" in changes:
        changes["weight_reason"] = f"{entry.reason or ''} ({author})".strip()
    if entry.guidance:
        changes["guidance"] = _guided(criterion.guidance, entry.guidance, author)
        parts += [ChangedPart(part=Part.GUIDANCE, after=text) for text in entry.guidance.values()]
    if entry.evidence:
        changes["evidence"] = (*criterion.evidence, *entry.evidence)
        parts += [ChangedPart(part=Part.EVIDENCE, after=text) for text in entry.evidence]
    if entry.references:
        changes["references"] = (*criterion.references, *entry.references)
        words = map(reference_words, entry.references)
        parts += [ChangedPart(part=Part.REFERENCES, after=text) for text in words]
    return replace(criterion, **changes), tuple(parts)


def _guided(published: Mapping[str, str], added: Mapping[str, str], author: str) -> dict[str, str]:
    """Return the guidance with what the author adds after what is published."""
    made = dict(published)
    for setting, text in added.items():
        local = f"Consigne de {author} : {text}"
        made[setting] = f"{made[setting]} {local}" if setting in made else local
    return made


def _add(
    work: _Work, adaptation: Adaptation, section: AddedSection, aside: list[SetAside]
) -> Iterator[AdaptedCriterion]:
    ours = f"Critères de {adaptation.author}"
    domain = work.places.setdefault(section.domain, _Place(section.domain_title or ours))
    place = domain.inside.setdefault(section.section, _Place(section.section_title or ours))
    for each in section.criteria:
        if each.id in work.criteria:
            if each.id in work.numbers:
                why = "Cet identifiant est maintenant celui d'un critère publié."
                aside.append(SetAside(criterion=each.id, kind=ChangeKind.ADDED, why=why))
            else:
                work.clash(adaptation, each, f"id: « {each.id} » est déjà ajouté par une autre adaptation")
            continue
        chosen = each.critical_chosen_by or (adaptation.author if each.critical else None)
        work.criteria[each.id] = replace(each, critical_chosen_by=chosen, scale=None)
        place.inside[each.id] = None
        yield AdaptedCriterion(
            criterion=each.id, kind=ChangeKind.ADDED, question=each.question, reason=adaptation.reason
        )
