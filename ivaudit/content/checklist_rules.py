"""What a checklist must respect beyond its shape."""

import re
from collections.abc import Iterator, Mapping

from ivaudit.content import publication_rules, text_rules
from ivaudit.content.conditions import cyclic, problems_of_condition
from ivaudit.content.parsing import Parsed
from ivaudit.content.problems import Problem, repeated
from ivaudit.content.reading import enumeration, near
from ivaudit.content.resolving import Known, adopted, criteria_of, entries_of, references_of
from ivaudit.content.shapes import ChecklistFile, CriterionRef
from ivaudit.domain.checklist import Criterion, Kind, Vocabulary
from ivaudit.domain.scale import Levels, Scale, Standing

MAX_EVIDENCE = 4
MAX_MINUTES = 15
MAX_PERCENT = 100
DEFAULT = "default"

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def unresolved(
    parsed: Parsed,
    file: ChecklistFile,
    scales: Mapping[str, Scale],
    levels: Mapping[str, Levels],
    known: Mapping[str, Known],
) -> Iterator[Problem]:
    """Yield the names that lead nowhere, and the criterion ids that are taken."""
    if file.scale not in scales:
        yield parsed.problem(
            file, "scale", f"scale: échelle « {file.scale} » inconnue{near(file.scale, scales)}"
        )
    if file.levels is not None and file.levels not in levels:
        yield parsed.problem(
            file, "levels", f"levels: niveaux « {file.levels} » inconnus{near(file.levels, levels)}"
        )
    for each in references_of(file):
        if each.ref not in known:
            yield parsed.problem(each, "ref", f"ref: critère « {each.ref} » inconnu{near(each.ref, known)}")
    for criterion in criteria_of(file):
        owner = known[criterion.id]
        if owner.criterion is not criterion:
            yield parsed.problem(
                criterion, "id", f"id: « {criterion.id} » est déjà un critère de {owner.checklist}"
            )
        if criterion.scale is not None and criterion.scale not in scales:
            yield parsed.problem(criterion, "scale", f"scale: échelle « {criterion.scale} » inconnue")


def problems(
    parsed: Parsed,
    file: ChecklistFile,
    terms: Vocabulary | None,
    scales: Mapping[str, Scale],
    known: Mapping[str, Known],
) -> Iterator[Problem]:
    """Yield the rules that a checklist breaks."""
    yield from publication_rules.dated(parsed, file)
    yield from _header(parsed, file)
    yield from _parts(parsed, file)
    for criterion in criteria_of(file):
        yield from _replaces(parsed, file, criterion, known)
        yield from _critical(parsed, criterion, criterion)
        yield from problems_of_criterion(parsed, criterion, scales.get(criterion.scale or file.scale), terms)
        yield from problems_of_condition(parsed, criterion, terms, scales, known)
    for each in references_of(file):
        if each.ref in known:
            taken_up = adopted(each, known[each.ref], file.scale)
            yield from _judgement(parsed, each, taken_up)
            yield from _critical(parsed, each, taken_up)
    for criterion in cyclic(criteria_of(file), known):
        yield parsed.problem(
            criterion, "applicability", "applicability: cette condition revient à son propre critère"
        )


def problems_of_criterion(
    parsed: Parsed, criterion: Criterion, scale: Scale | None, terms: Vocabulary | None
) -> Iterator[Problem]:
    """Yield the rules that a criterion breaks on its own, whatever file writes it."""
    yield from _criterion(parsed, criterion)
    yield from _rating(parsed, criterion, scale)
    yield from publication_rules.references(parsed, criterion.references)
    if terms:
        yield from _terms(parsed, criterion, terms)


def over_budget(parsed: Parsed, file: ChecklistFile, known: Mapping[str, Known]) -> Iterator[Problem]:
    """Yield that the points of a visit take longer than it has."""
    taken = [adopted(each, known[each.ref], file.scale) for each in references_of(file) if each.ref in known]
    needed = sum(criterion.minutes for criterion in (*criteria_of(file), *taken))
    if file.kind is Kind.VISIT and file.minutes_budget is not None and needed > file.minutes_budget:
        sentence = f"minutes_budget: {file.minutes_budget} minutes prévues, les points en demandent {needed}"
        yield parsed.problem(file, "minutes_budget", sentence)


def _header(parsed: Parsed, file: ChecklistFile) -> Iterator[Problem]:
    if file.levels is None and file.kind is Kind.REQUIREMENTS:
        sentence = "levels: clé obligatoire absente : seule une grille de visite peut se passer de niveaux"
        yield parsed.problem(file, None, sentence)
    if not 0 <= file.coverage_threshold <= MAX_PERCENT:
        yield parsed.problem(
            file, "coverage_threshold", "coverage_threshold: un pourcentage entier de 0 à 100 attendu"
        )
    if file.minutes_budget is not None and file.minutes_budget < 1:
        yield parsed.problem(file, "minutes_budget", "minutes_budget: un nombre de minutes positif attendu")


def _parts(parsed: Parsed, file: ChecklistFile) -> Iterator[Problem]:
    """Yield what is wrong with the ids of domains, sections and criteria, and with empty parts."""
    sections = [section for domain in file.domains for section in domain.sections]
    asked = [each.ref if isinstance(each, CriterionRef) else each.id for each in entries_of(file)]
    twice = (
        repeated(each.id for each in file.domains) | repeated(each.id for each in sections) | repeated(asked)
    )
    if not file.domains:
        yield parsed.problem(file, "domains", "domains: au moins un domaine attendu")
    for domain in file.domains:
        yield from _id(parsed, domain, domain.id, twice)
        if not domain.sections:
            yield parsed.problem(domain, "sections", "sections: au moins une rubrique attendue")
    for section in sections:
        yield from _id(parsed, section, section.id, twice)
        if not section.criteria:
            yield parsed.problem(section, "criteria", "criteria: au moins un critère attendu")
    for each in entries_of(file):
        if isinstance(each, Criterion):
            yield from _id(parsed, each, each.id, twice)
        elif each.ref in twice:
            yield parsed.problem(each, "ref", f"ref: « {each.ref} » est déjà dans cette grille")


def _id(parsed: Parsed, owner: object, id: str, twice: set[str]) -> Iterator[Problem]:  # noqa: A002
    if not _ID.fullmatch(id):
        yield parsed.problem(owner, "id", "id: minuscules sans accent, chiffres et tirets seulement")
    if id in twice:
        yield parsed.problem(owner, "id", f"id: « {id} » est employé plusieurs fois dans cette grille")


def _criterion(parsed: Parsed, criterion: Criterion) -> Iterator[Problem]:
    yield from text_rules.problems_of_question(parsed, criterion)
    if DEFAULT not in criterion.guidance:
        yield parsed.problem(criterion, "guidance", f"guidance: clé obligatoire absente : {DEFAULT}")
    if not 1 <= len(criterion.evidence) <= MAX_EVIDENCE:
        yield parsed.problem(criterion, "evidence", f"evidence: de 1 à {MAX_EVIDENCE} preuves attendues")
    if not criterion.references:
        yield parsed.problem(criterion, "references", "references: au moins une référence attendue")
    yield from _judgement(parsed, criterion, criterion)


def _replaces(
    parsed: Parsed, file: ChecklistFile, criterion: Criterion, known: Mapping[str, Known]
) -> Iterator[Problem]:
    """Yield why a criterion cannot take over from others: they are gone, and it is the only one to do so."""
    if not criterion.replaces:
        return
    claimed = [key for each in criteria_of(file) for key in each.replaces]
    for at, key in enumerate(criterion.replaces):
        if key == criterion.id:
            sentence = f"replaces: « {key} » est ce critère lui-même"
        elif key in known:
            sentence = f"replaces: « {key} » est encore un critère de {known[key].checklist}"
        elif claimed.count(key) > 1:
            sentence = f"replaces: « {key} » est déjà remplacé par un critère de cette grille"
        elif not _ID.fullmatch(key):
            sentence = f"replaces: « {key} » n'est pas un identifiant"
        else:
            continue
        yield parsed.problem(criterion, "replaces", sentence, at)


def _judgement(parsed: Parsed, owner: Criterion | CriterionRef, criterion: Criterion) -> Iterator[Problem]:
    """Yield what is wrong with the weight and the minutes, as written in `owner`."""
    if owner.weight is not None and criterion.weight not in {1, 2}:
        if criterion.weight < 1:
            yield parsed.problem(owner, "weight", f"weight: 1 ou 2 attendu, « {criterion.weight} » trouvé")
        elif not criterion.weight_reason:
            sentence = f"weight: 1 ou 2 attendu, « {criterion.weight} » trouvé sans weight_reason"
            yield parsed.problem(owner, "weight", sentence)
    if not 1 <= criterion.minutes <= MAX_MINUTES:
        sentence = f"minutes: un nombre de 1 à {MAX_MINUTES} attendu, « {criterion.minutes} » trouvé"
        yield parsed.problem(owner, "minutes", sentence)


def _critical(parsed: Parsed, owner: Criterion | CriterionRef, criterion: Criterion) -> Iterator[Problem]:
    """Yield what is wrong with a critical point, as written in `owner`."""
    if criterion.critical and not criterion.critical_reason:
        yield parsed.problem(
            owner, "critical", "critical: un point critique donne sa raison (critical_reason)"
        )
    if not criterion.critical and owner.critical_reason:
        yield parsed.problem(owner, "critical_reason", "critical_reason: réservé aux points critiques")
    chosen = criterion.critical_chosen_by
    if chosen and parsed.source.shipped:
        yield parsed.problem(owner, "critical_chosen_by", "critical_chosen_by: réservé aux contenus locaux")
    if criterion.critical and not chosen and not any(each.plain for each in criterion.references):
        where = "" if parsed.source.shipped else ", ou critical_chosen_by"
        sentence = f"critical: un point critique demande une référence « lu » ou « cité »{where}"
        yield parsed.problem(owner, "critical", sentence)


def _rating(parsed: Parsed, criterion: Criterion, scale: Scale | None) -> Iterator[Problem]:
    """A value may go undescribed only between the best and the worst: then it is not offered."""
    if scale is None:
        return
    rated = [value for value in scale.values if value.standing is Standing.RATED]
    ids = [value.id for value in rated]
    for key in criterion.rating:
        if key not in ids:
            sentence = f"rating.{key}: {enumeration(ids)} attendu{near(key, ids)}"
            yield parsed.problem(criterion, "rating", sentence, key)
    ends = {value.id for value in rated if value.percent in {0, MAX_PERCENT}}
    for key in sorted(ends - set(criterion.rating)):
        yield parsed.problem(criterion, "rating", f"rating: il manque ce qui vaut « {key} »")


def _terms(parsed: Parsed, criterion: Criterion, terms: Vocabulary) -> Iterator[Problem]:
    families = {
        "methods": terms.methods,
        "interlocutors": terms.interlocutors,
        "places": terms.places,
    }
    for family, allowed in families.items():
        if not getattr(criterion, family):
            yield parsed.problem(criterion, family, f"{family}: au moins une clé attendue")
        yield from publication_rules.in_vocabulary(parsed, criterion, family, allowed)
    settings = [DEFAULT, *(term.id for term in terms.settings)]
    for key in criterion.guidance:
        if key not in settings:
            sentence = f"guidance.{key}: {enumeration(settings)} attendu{near(key, settings)}"
            yield parsed.problem(criterion, "guidance", sentence, key)
