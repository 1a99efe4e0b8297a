"""What a local adaptation must respect beyond its shape, on its own and against the checklist it adapts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from ivaudit.content import publication_rules
from ivaudit.content.adapting import Named, adapted
from ivaudit.content.checklist_rules import DEFAULT, MAX_MINUTES, problems_of_criterion
from ivaudit.content.conditions import named, problems_of_condition
from ivaudit.content.parsing import Parsed
from ivaudit.content.problems import Problem, repeated
from ivaudit.content.reading import enumeration, near
from ivaudit.content.resolving import Holder, Known
from ivaudit.content.shapes import Family
from ivaudit.domain.adaptation import FINGERPRINT, Adaptation, AddedSection, ChangedCriterion
from ivaudit.domain.checklist import Checklist, Criterion, Vocabulary
from ivaudit.domain.finess import finess_warning
from ivaudit.domain.scale import Scale

_USUAL_WEIGHTS = {1, 2}


class Context(Protocol):
    """What the rules of an adaptation need to know of the other files."""

    @property
    def terms(self) -> Vocabulary | None:
        """The vocabulary, when it can be read."""

    @property
    def scales(self) -> Mapping[str, Scale]:
        """Every scale, by id."""

    @property
    def known(self) -> Mapping[str, Known]:
        """Every published criterion, by id."""

    def holders(self, family: Family) -> Mapping[str, Holder]:
        """Return which file holds each criterion that adaptations add."""

    def published(self, checklist: str) -> Checklist | None:
        """Return a checklist by its id, when it can be used."""


def problems(parsed: Parsed, adaptation: Adaptation, context: Context) -> Iterator[Problem]:
    """Yield the rules that an adaptation breaks; nothing of it is used before there is none."""
    published, terms = context.published(adaptation.checklist), context.terms
    if published is None:
        unknown = f"checklist: grille « {adaptation.checklist} » inconnue ou inutilisable"
        yield parsed.problem(adaptation, "checklist", unknown)
        return
    yield from _header(parsed, adaptation)
    yield from publication_rules.ids(parsed, adaptation.added)
    yield from publication_rules.taken(parsed, adaptation.added, context.holders(Family.ADAPTATION))
    ours = {each.id: Known(each, adaptation.id, published.scale.id) for each in adaptation.added}
    for section in adaptation.add:
        yield from _section(parsed, adaptation, section, published)
    for criterion in adaptation.added:
        yield from _added(parsed, criterion, published, context)
        everywhere = {**context.known, **ours}
        yield from problems_of_condition(parsed, criterion, terms, context.scales, everywhere)
    for change in adaptation.change:
        yield from _change(parsed, change, terms)
    yield from _named(parsed, adaptation, published)
    yield from _left(parsed, adaptation, published)


def aside(parsed: Parsed, adaptation: Adaptation, published: Checklist | None) -> Iterator[Problem]:
    """Yield what does not forbid its use: a doubtful number, changes written for another version."""
    for rank, number in enumerate(adaptation.finess):
        if finess_warning(number):
            sentence = f"finess: « {number} » n'est pas un numéro FINESS"
            yield parsed.problem(adaptation, "finess", sentence, rank)
    if published is None:
        return
    if adaptation.checklist_version != published.version:
        other = (
            f"checklist_version: la grille est en version {published.version} ; l'adaptation s'applique là "
            "où le texte des critères n'a pas changé"
        )
        yield parsed.problem(adaptation, "checklist_version", other)
    applied = adapted(published, [adaptation]).checklist.adaptations[0]
    asked = {point.criterion.id for point in published.points()}
    entries = {each.criterion: each for each in _entries(adaptation)}
    same = adaptation.checklist_version == published.version
    for each in applied.set_aside:
        if each.criterion in entries and (not same or each.criterion in asked):
            sentence = f"criterion: « {each.criterion} » n'est pas appliqué. {each.why}"
            yield parsed.problem(entries[each.criterion], "criterion", sentence)


def _entries(adaptation: Adaptation) -> tuple[Named, ...]:
    return (*adaptation.change, *adaptation.deactivate, *adaptation.critical)


def _header(parsed: Parsed, adaptation: Adaptation) -> Iterator[Problem]:
    try:
        date.fromisoformat(adaptation.date)
    except ValueError:
        yield parsed.problem(adaptation, "date", "date: une date AAAA-MM-JJ attendue")
    if not adaptation.extent:
        yield parsed.problem(adaptation, None, "il faut au moins un changement")


def _section(
    parsed: Parsed, adaptation: Adaptation, section: AddedSection, published: Checklist
) -> Iterator[Problem]:
    if not section.criteria:
        yield parsed.problem(section, "criteria", "criteria: au moins un critère attendu")
    if adaptation.checklist_version != published.version:
        return
    domains = {each.id: each for each in published.domains}
    sections = {each.id: domain.id for domain in published.domains for each in domain.sections}
    titled = {each.domain for each in adaptation.add if each.domain_title}
    if section.domain not in domains and section.domain not in titled:
        sentence = f"domain: « {section.domain} » n'est pas dans la grille{near(section.domain, domains)}"
        yield parsed.problem(section, "domain", f"{sentence} ; un nouveau donne son domain_title")
    home = sections.get(section.section)
    if home is None and not section.section_title:
        sentence = f"section: « {section.section} » n'est pas dans la grille{near(section.section, sections)}"
        yield parsed.problem(section, "section", f"{sentence} ; une nouvelle donne son section_title")
    if home is not None and home != section.domain:
        yield parsed.problem(section, "section", f"section: « {section.section} » est dans le domaine {home}")


def _added(parsed: Parsed, criterion: Criterion, published: Checklist, context: Context) -> Iterator[Problem]:
    known = context.known
    if criterion.id in known:
        owner = known[criterion.id].checklist
        yield parsed.problem(criterion, "id", f"id: « {criterion.id} » est déjà un critère de {owner}")
    if criterion.scale is not None:
        yield parsed.problem(criterion, "scale", "scale: un critère ajouté prend l'échelle de la grille")
    if criterion.critical and not criterion.critical_reason:
        yield parsed.problem(
            criterion, "critical", "critical: un point critique donne sa raison (critical_reason)"
        )
    yield from problems_of_criterion(parsed, criterion, published.scale, context.terms)


def _change(parsed: Parsed, change: ChangedCriterion, terms: Vocabulary | None) -> Iterator[Problem]:
    if change.empty:
        yield parsed.problem(change, None, "change: rien n'est changé pour ce critère")
    if (change.weight is not None or change.na is not None) and not change.reason:
        yield parsed.problem(change, "weight", "reason: un autre poids ou « sans objet » se motive")
    if change.weight is not None and change.weight < 1:
        yield parsed.problem(change, "weight", f"weight: 1 ou plus attendu, {change.weight} trouvé")
    if change.minutes is not None and not 1 <= change.minutes <= MAX_MINUTES:
        sentence = f"minutes: un nombre de 1 à {MAX_MINUTES} attendu, « {change.minutes} » trouvé"
        yield parsed.problem(change, "minutes", sentence)
    settings = [DEFAULT, *(term.id for term in terms.settings)] if terms else list(change.guidance)
    for key in change.guidance:
        if key not in settings:
            sentence = f"guidance.{key}: {enumeration(settings)} attendu{near(key, settings)}"
            yield parsed.problem(change, "guidance", sentence, key)
    yield from publication_rules.references(parsed, change.references)


def _named(parsed: Parsed, adaptation: Adaptation, published: Checklist) -> Iterator[Problem]:
    """Yield what is wrong with the criteria that are named."""
    asked = {point.criterion.id: point.criterion for point in published.points()}
    same = adaptation.checklist_version == published.version
    families: dict[str, Sequence[Named]] = {
        "change": adaptation.change,
        "deactivate": adaptation.deactivate,
        "critical": adaptation.critical,
    }
    off = {each.criterion for each in adaptation.deactivate}
    for name, entries in families.items():
        twice = repeated(each.criterion for each in entries)
        for each in entries:
            key = each.criterion
            if key in twice:
                yield parsed.problem(each, "criterion", f"criterion: « {key} » est deux fois dans {name}")
            if same and key not in asked:
                sentence = f"criterion: « {key} » n'est pas dans la grille{near(key, asked)}"
                yield parsed.problem(each, "criterion", sentence)
            if name != "deactivate" and key in off:
                yield parsed.problem(each, "criterion", f"criterion: « {key} » est aussi désactivé ici")
            if name == "critical" and same and key in asked and asked[key].critical:
                yield parsed.problem(each, "criterion", f"criterion: « {key} » est déjà un point critique")
            if each.fingerprint is not None and len(each.fingerprint) < FINGERPRINT:
                sentence = f"fingerprint: {FINGERPRINT} caractères au moins attendus"
                yield parsed.problem(each, "fingerprint", sentence)


def _left(parsed: Parsed, adaptation: Adaptation, published: Checklist) -> Iterator[Problem]:
    """Yield what a deactivation leaves without meaning: a condition, or the whole checklist."""
    off = {each.criterion for each in adaptation.deactivate}
    left = [each.criterion for each in published.points() if each.criterion.id not in off]
    if off and not left and not adaptation.added:
        yield parsed.problem(adaptation, "deactivate", "deactivate: il ne reste aucun critère dans la grille")
    waiting = {key: each.id for each in (*left, *adaptation.added) for key in named(each)}
    for each in adaptation.deactivate:
        if each.criterion in waiting:
            sentence = (
                f"criterion: la réponse à « {each.criterion} » décide si « {waiting[each.criterion]} » "
                "concerne la structure : désactiver aussi ce dernier"
            )
            yield parsed.problem(each, "criterion", sentence)
