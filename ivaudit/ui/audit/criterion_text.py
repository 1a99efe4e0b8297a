"""What is worth reading about a criterion, as simple rich text."""

from collections.abc import Iterable
from html import escape

from ivaudit.domain.checklist import Criterion, Force, Vocabulary
from ivaudit.domain.scale import Scale
from ivaudit.domain.sources import reference_words
from ivaudit.ui.audit.phrases import bound

_FORCE = {
    Force.REQUIREMENT: "Exigence",
    Force.RECOMMENDATION: "Recommandation",
    Force.GOOD_PRACTICE: "Bonne pratique",
}


def explanation(
    criterion: Criterion,
    scale: Scale,
    vocabulary: Vocabulary,
    setting: str,
    *,
    marks: Iterable[str] = (),
    codes: Iterable[str] = (),
) -> str:
    """Return the whole help on a criterion: where to look, rating, proofs, recommendation, sources.

    Args:
        criterion: the criterion.
        scale: the scale it is answered on.
        vocabulary: the labels of places, people and methods.
        setting: the setting of the facility; its guidance completes the general one.
        marks: what local adaptations did to it, and why.
        codes: what was found for it in the official volumes.
    """
    guidance = (criterion.guidance.get(key, "") for key in ("default", setting))
    blocks = [
        _list("Adapté localement", marks),
        _list("Où regarder", filter(None, guidance)),
        _block("Pourquoi", criterion.why),
        _rating(criterion, scale),
        _block("Preuves attendues", " · ".join(criterion.evidence)),
        _block("Auprès de qui, où, comment", _who(criterion, vocabulary)),
        _block("Recommandation type", criterion.recommendation),
        _block("Portée", _weight(criterion)),
        _list("Références", [*map(reference_words, criterion.references), *codes]),
    ]
    return "".join(blocks)


def _block(title: str, text: str) -> str:
    return f"<p><b>{escape(title)}</b><br>{escape(bound(text))}</p>" if text else ""


def _list(title: str, lines: Iterable[str]) -> str:
    found = "<br>".join(escape(bound(line)) for line in lines)
    return f"<p><b>{escape(title)}</b><br>{found}</p>" if found else ""


def _rating(criterion: Criterion, scale: Scale) -> str:
    lines = [
        f"<b>{escape(value.label)}</b> : {escape(bound(criterion.rating[value.id]))}"
        for value in scale.values
        if value.id in criterion.rating
    ]
    return f"<p><b>Ce qui vaut…</b><br>{'<br>'.join(lines)}</p>" if lines else ""


def _who(criterion: Criterion, vocabulary: Vocabulary) -> str:
    families = {
        "interlocutors": criterion.interlocutors,
        "places": criterion.places,
        "methods": criterion.methods,
    }
    parts = [", ".join(vocabulary.label(family, key) for key in keys) for family, keys in families.items()]
    return " · ".join(part for part in parts if part)


def _weight(criterion: Criterion) -> str:
    text = f"{_FORCE[criterion.force]} · poids {criterion.weight} · {criterion.minutes} min sur place"
    return f"{text} · {criterion.weight_reason}" if criterion.weight_reason else text
