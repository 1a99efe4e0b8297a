"""The comparison of audits as it is printed or exported: sentences first, then scores, then points."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ivaudit.domain.comparison import Comparison, divergence, evolution, headed, named, obtained


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow:
    """The score of one audit on the common points; nothing where there is none."""

    name: str
    score: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonSheet:
    """One checklist compared: `heads` are the titles of the columns of `rows`, which are texts."""

    title: str
    sentences: tuple[str, ...]
    scores: tuple[ScoreRow, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: tuple[str, ...]


NOTICE = (
    "Comparaison à périmètre constant : seulement les points posés partout avec la même question, la même "
    "échelle et le même poids, et évalués partout. Les scores ne portent que sur eux : ce ne sont pas ceux "
    "des rapports."
)
DECLARED = (
    "Les chiffres d'une auto-évaluation sont déclarés par la structure : entre ce qui est déclaré et ce qui "
    "a été vu, il y a un écart, pas une évolution."
)


def comparison_sheet(found: Comparison) -> ComparisonSheet:
    """Return a comparison as it is printed."""
    heads = ["N°", "Point", *map(headed, found.columns)]
    heads += ["Évolution"] if found.steps else []
    heads += ["Déclaré / vu"] if found.gap is not None else []
    return ComparisonSheet(
        title=found.title,
        sentences=tuple(sentences(found)),
        scores=tuple(
            ScoreRow(name=named(column), score=score)
            for column, score in zip(found.columns, found.scores, strict=True)
        ),
        heads=tuple(heads),
        rows=tuple(map(tuple, _rows(found))),
        left_out=tuple(left_out(found)),
    )


def sentences(found: Comparison) -> Iterator[str]:
    """Yield what changed, in words: how many points first, never a score before."""
    for step in found.steps:
        before, after = found.columns[step.earlier], found.columns[step.later]
        yield f"{named(before)} → {named(after)} : {step.sentence}."
    gap = found.gap
    if gap is not None:
        own, seen = found.columns[gap.declared], found.columns[gap.seen]
        yield f"{named(own)}, et vu le {named(seen)} : {gap.sentence}."
    if not found.rows:
        yield "Aucun point n'est évalué partout de la même façon : rien ne se compare."


def left_out(found: Comparison) -> Iterator[str]:
    """Yield which points are left out, and why."""
    reasons: tuple[tuple[Sequence[str], str], ...] = (
        (found.left_out.not_asked, "pas posés partout"),
        (found.left_out.reworded, "reformulés, ou sur une autre échelle"),
        (found.left_out.weighted, "d'un autre poids"),
        (found.left_out.not_rated, "pas évalués partout (sans réponse, non vus ou sans objet)"),
    )
    for keys, why in reasons:
        if keys:
            yield f"{len(keys)} {why} : {', '.join(found.numbers.get(key, key) for key in keys)}."


def _rows(found: Comparison) -> Iterator[list[str]]:
    for row in found.rows:
        critical = " (point critique)" if row.critical else ""
        words = [f"{row.question}{critical}", *map(obtained, row.earned)]
        more = [text for text in (evolution(found, row), divergence(found, row)) if text]
        yield [row.number, *words, *more]
