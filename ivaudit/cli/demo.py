"""`demo`: a made-up care home and its whole audit, with the exports, in a folder of its own."""

from argparse import Namespace
from pathlib import Path

from ivaudit.app import audits, demo, places, reports, workspaces
from ivaudit.cli.commands import served
from ivaudit.cli.french import Parser
from ivaudit.cli.output import show
from ivaudit.cli.terminal import progress
from ivaudit.domain.errors import WorkspaceExists
from ivaudit.domain.report_model import ReportKind

PASSPHRASE = "essayer ivaudit avec des données inventées seulement"  # noqa: S105 - printed: it protects nothing
AUTHOR = "Auditrice de démonstration"
WORKSPACE = "espace"
EXPORTS = (
    *((form, reports.WHOLE) for form in reports.FORMATS),
    ("pdf", reports.Wanted(kind=ReportKind.DEBRIEF)),
    ("pdf", reports.Wanted(kind=ReportKind.COPY)),
)


def add(_noun: str, command: Parser) -> None:
    """Add the argument of the noun."""
    served(command, run)
    command.add_argument(
        "--out",
        type=Path,
        default=Path("demo"),
        metavar="DOSSIER",
        help="dossier à remplir (demo par défaut)",
    )


def run(args: Namespace) -> int:
    """Build the demonstration and export it; one that is already there is not touched."""
    place = args.out / WORKSPACE
    if places.exists(place):
        raise WorkspaceExists(
            "Une démonstration existe déjà dans ce dossier. Elle n'a pas été touchée : supprimez-la, ou "
            "donnez un autre dossier à --out."
        )
    args.out.mkdir(parents=True, exist_ok=True)
    opened, _ = workspaces.create(place, PASSPHRASE, AUTHOR, with_recovery=False)
    try:
        audit = demo.build(opened, progress())
        sheet = audits.sheet(opened, audit)
        files = [
            reports.export(
                opened,
                audit,
                form,
                args.out / reports.file_name(sheet, form, 1, wanted),
                wanted,
                progress=progress(),
            )
            for form, wanted in EXPORTS
        ]
    finally:
        opened.close()
    lines = [
        f"Dossier de travail : {place}",
        f"Phrase de passe : {PASSPHRASE}",
        *(f"Export : {path}" for path in files),
    ]
    show(args, {"workspace": place, "passphrase": PASSPHRASE, "audit": audit, "files": files}, lines)
    return 0
