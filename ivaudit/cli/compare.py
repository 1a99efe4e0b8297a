"""`compare`: audits of one structure, on the points they have in common."""

from argparse import Namespace
from collections.abc import Iterator

from ivaudit.app import comparisons
from ivaudit.cli.commands import served
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import session
from ivaudit.cli.output import show
from ivaudit.domain.comparison import Column, Comparison


def add(_noun: str, command: Parser) -> None:
    """Add the noun, which is the whole command."""
    served(command, compare)
    command.add_argument("audits", metavar="AUDIT", nargs="+", help="de deux à cinq audits d'une structure")


def compare(args: Namespace) -> int:
    """Print how many points changed, then the scores on the same points."""
    with session(args) as opened:
        found = comparisons.compare(opened, args.audits)
    lines = [line for each in found for line in _described(each)]
    show(args, found, lines or ["Ces audits n'ont aucune grille en commun."])
    return 0


def _described(found: Comparison) -> Iterator[str]:
    yield found.title
    for step in found.steps:
        before, after = found.columns[step.earlier], found.columns[step.later]
        yield f"  {before.date} → {after.date} : {step.sentence}"
    scores = zip(found.columns, found.scores, strict=True)
    shown = ", ".join(f"{column.date} {_score(column, score)}" for column, score in scores)
    yield f"  Sur {len(found.rows)} points communs évalués partout : {shown}"
    left = found.left_out
    out = len(left.not_asked) + len(left.reworded) + len(left.weighted) + len(left.not_rated)
    if out:
        yield f"  {out} points laissés de côté : pas posés, reformulés, repondérés ou non évalués partout"


def _score(column: Column, score: int | None) -> str:
    shown = "sans score" if score is None else f"{score}/100"
    return f"{shown} (déclaratif)" if column.declared else shown
