"""`compare`: audits of one structure, on the points they have in common."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from ivaudit.app import comparisons
from ivaudit.cli.commands import served
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import session
from ivaudit.cli.output import show
from ivaudit.cli.terminal import progress
from ivaudit.domain.comparison import Comparison, named
from ivaudit.domain.comparison_sheet import left_out, sentences


def add(_noun: str, command: Parser) -> None:
    """Add the noun, which is the whole command."""
    served(command, compare)
    command.add_argument("audits", metavar="AUDIT", nargs="+", help="de deux à cinq audits d'une structure")
    command.add_argument(
        "--out", type=Path, metavar="FICHIER", help="écrire aussi la comparaison : .xlsx, .csv ou .png"
    )


def compare(args: Namespace) -> int:
    """Print how many points changed, then the scores on the same points."""
    with session(args) as opened:
        found = comparisons.compare(opened, args.audits)
        lines = [line for each in found for line in _described(each)]
        if args.out is not None:
            lines.append(f"Écrit : {comparisons.write(found, args.out, progress=progress())}")
    show(args, found, lines or ["Ces audits n'ont aucune grille en commun."])
    return 0


def _described(found: Comparison) -> Iterator[str]:
    yield found.title
    yield from (f"  {each}" for each in sentences(found))
    scores = zip(found.columns, found.scores, strict=True)
    shown = ", ".join(f"{named(column)} {_score(score)}" for column, score in scores)
    yield f"  Sur {len(found.rows)} points communs évalués partout : {shown}"
    yield from (f"  Laissés de côté, {each}" for each in left_out(found))


def _score(score: int | None) -> str:
    return "sans score" if score is None else f"{score}/100"
