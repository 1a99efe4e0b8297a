"""`report`: the files that leave."""

from argparse import Namespace
from pathlib import Path

from ivaudit.app import answers, reports
from ivaudit.cli.commands import served
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import session
from ivaudit.cli.output import show
from ivaudit.cli.terminal import progress
from ivaudit.domain.report_model import ReportKind


def add(_noun: str, command: Parser) -> None:
    """Add the arguments of the noun."""
    served(command, run)
    command.add_argument("audit", metavar="AUDIT", help="identifiant de l'audit")
    command.add_argument(
        "--kind",
        default=ReportKind.REPORT.value,
        choices=[each.value for each in ReportKind],
        help="rapport (par défaut), bilan à chaud d'une page, copie transmissible ou export anonyme",
    )
    command.add_argument("--format", required=True, choices=reports.FORMATS, help="format du fichier")
    command.add_argument("--out", required=True, type=Path, metavar="FICHIER", help="fichier à écrire")
    command.add_argument("--with-notes", action="store_true", help="avec les notes internes")
    command.add_argument("--with-score", action="store_true", help="un bilan avec scores et niveaux")
    command.add_argument("--with-notebook", action="store_true", help="avec les lignes du carnet en annexe")


def run(args: Namespace) -> int:
    """Write a report; the file is in clear, outside the encrypted workspace."""
    with session(args) as opened:
        answers.settle(opened)
        path = reports.export(
            opened,
            args.audit,
            args.format,
            args.out,
            reports.Wanted(
                kind=ReportKind(args.kind),
                notes=args.with_notes,
                score=args.with_score,
                notebook=args.with_notebook,
            ),
            progress=progress(),
        )
    show(args, {"file": path}, [f"Rapport écrit, en clair : {path}"])
    return 0
