"""`report`: the files that leave."""

from argparse import Namespace
from pathlib import Path

from ivaudit.app import answers, reports
from ivaudit.cli.commands import served
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import session
from ivaudit.cli.output import show
from ivaudit.cli.terminal import progress


def add(_noun: str, command: Parser) -> None:
    """Add the arguments of the noun."""
    served(command, run)
    command.add_argument("audit", metavar="AUDIT", help="identifiant de l'audit")
    command.add_argument("--format", required=True, choices=list(reports.OUTLINES), help="format du fichier")
    command.add_argument("--out", required=True, type=Path, metavar="FICHIER", help="fichier à écrire")
    command.add_argument("--with-notes", action="store_true", help="avec les notes internes")


def run(args: Namespace) -> int:
    """Write a report; the file is in clear, outside the encrypted workspace."""
    with session(args) as opened:
        answers.settle(opened)
        path = reports.export(
            opened,
            args.audit,
            args.format,
            args.out,
            with_notes=args.with_notes,
            progress=progress(),
        )
    show(args, {"file": path}, [f"Rapport écrit, en clair : {path}"])
    return 0
