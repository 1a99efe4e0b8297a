"""A criterion and a checklist as text to read: everything they say, with how sure their sources are."""

from collections.abc import Sequence
from html import escape

from ivaudit.domain.checklist import (
    Checklist,
    Condition,
    Confidence,
    Criterion,
    NaPolicy,
    Point,
    Reference,
    Vocabulary,
)
from ivaudit.domain.sources import RESTS_ON, reference_words
from ivaudit.domain.tone import Tone
from ivaudit.ui import french, theme
from ivaudit.ui.library.markup import block, heading, items, muted, paragraph

_NA = {
    NaPolicy.FORBIDDEN: "« Sans objet » n'est pas admis.",
    NaPolicy.REASON: "« Sans objet » est admis avec un motif.",
    NaPolicy.FREE: "« Sans objet » est admis.",
}


def sources_sentence(counts: dict[Confidence, int]) -> str:
    """Return «12 points reposent sur une source lue, 3 sur un résumé…»."""
    parts = [(amount, RESTS_ON[kind]) for kind, amount in counts.items() if amount]
    if not parts:
        return ""
    first, *rest = parts
    verb = "repose" if first[0] == 1 else "reposent"
    start = f"{french.count(first[0], 'point', 'points')} {verb} sur {first[1]}"
    return ", ".join([start, *(f"{french.number(amount)} sur {word}" for amount, word in rest)]) + "."


def checklist_html(checklist: Checklist, counts: dict[Confidence, int], minutes: int) -> str:
    """Return the presentation of a checklist."""
    points = list(checklist.points())
    critical = sum(point.criterion.critical for point in points)
    total = french.count(len(points), "point", "points")
    among = french.count(critical, "critique", "critiques") if critical else "aucun critique"
    extent = f"{total}, dont {among}"
    domains = [(domain.title, sum(len(s.criteria) for s in domain.sections)) for domain in checklist.domains]
    rows = [f"{title} ({french.count(amount, 'point', 'points')})" for title, amount in domains]
    parts = [
        paragraph(checklist.summary),
        paragraph(f"{extent} · environ {french.duration(minutes)} sur place"),
        block("Ce sur quoi les points reposent", paragraph(sources_sentence(counts))),
        block("Domaines", items(rows)),
        block("Réponses possibles", items(f"{v.label} : {v.help}" for v in checklist.scale.values)),
        block("Niveaux", items(_levels(checklist))),
        muted(f"Suit {checklist.edition}."),
        muted(f"Version {checklist.version} du {french.long_date(checklist.published)}."),
        muted(f"{', '.join(checklist.authors)}. Licence {checklist.licence}."),
    ]
    return "".join(parts)


def criterion_html(
    point: Point, checklist: Checklist, vocabulary: Vocabulary, codes: Sequence[str] = ()
) -> str:
    """Return everything a criterion says; `codes` tells those found in the volumes for it."""
    criterion = point.criterion
    parts = [
        muted(f"{point.domain.title} › {point.section.title}"),
        heading(f"{point.number}  {criterion.question}"),
        paragraph(_facts(criterion)),
        _critical(criterion),
        block("Pourquoi", paragraph(criterion.why)),
        block("Où regarder", _guidance(criterion, vocabulary)),
        block("Ce qui vaut chaque réponse", items(_rating(criterion, checklist))),
        block("Preuves attendues", items(criterion.evidence)),
        block("Comment, avec qui, où", items(_ways(criterion, vocabulary))),
        block("Recommandation type", paragraph(criterion.recommendation)),
        muted(_NA[criterion.na]),
        muted(_concerned(criterion.applicability, vocabulary)),
        block("Références", items([*map(_reference, criterion.references), *codes])),
    ]
    return "".join(parts)


def _facts(criterion: Criterion) -> str:
    weight = {1: "formalisation", 2: "mise en œuvre"}.get(criterion.weight, criterion.weight_reason or "")
    words = criterion.force.value[:1].upper() + criterion.force.value[1:]
    return f"{words} · poids {criterion.weight} ({weight}) · {french.duration(criterion.minutes)}"


def _critical(criterion: Criterion) -> str:
    if not criterion.critical:
        return ""
    ink = theme.current().palette.tones[Tone.BAD].ink
    chosen = f" Choisi par {criterion.critical_chosen_by}." if criterion.critical_chosen_by else ""
    reason = escape((criterion.critical_reason or "") + chosen)
    return f'<p style="color:{ink}"><b>Point critique.</b> {reason}</p>'


def _guidance(criterion: Criterion, vocabulary: Vocabulary) -> str:
    first = paragraph(criterion.guidance.get("default", ""))
    rest = [
        f"{vocabulary.label('settings', setting)} : {text}"
        for setting, text in criterion.guidance.items()
        if setting != "default"
    ]
    return first + items(rest)


def _rating(criterion: Criterion, checklist: Checklist) -> list[str]:
    scale = checklist.scale_of(criterion)
    labels = {value.id: value.label for value in scale.values}
    return [f"{labels.get(key, key)} : {text}" for key, text in criterion.rating.items()]


def _ways(criterion: Criterion, vocabulary: Vocabulary) -> list[str]:
    families = (
        ("Méthodes", "methods", criterion.methods),
        ("Interlocuteurs", "interlocutors", criterion.interlocutors),
        ("Lieux", "places", criterion.places),
    )
    return [
        f"{title} : {', '.join(vocabulary.label(family, key) for key in keys)}"
        for title, family, keys in families
        if keys
    ]


def _levels(checklist: Checklist) -> list[str]:
    if checklist.levels is None:
        return ["Sans niveau : cette grille ne prend qu'une partie des points."]
    found = [f"{level.label} : à partir de {level.from_score} %" for level in checklist.levels.values]
    return [*found, f"Repères choisis par {checklist.levels.chosen_by}, sans valeur nationale."]


def _concerned(condition: Condition | None, vocabulary: Vocabulary) -> str:
    if condition is None or not condition.profile:
        return ""
    names = ", ".join(vocabulary.label("profile", key) for key in condition.profile)
    return f"Concerne les structures ayant l'une de ces activités : {names}."


def _reference(reference: Reference) -> str:
    source = f" — {reference.source}" if reference.source else ""
    return reference_words(reference) + source
