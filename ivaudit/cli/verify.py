"""`verify`: the whole workspace checked, put right where nothing can be lost, and what to do otherwise."""

from argparse import Namespace
from collections.abc import Iterator

from ivaudit.app import checks
from ivaudit.app.checks import Advice, CheckReport
from ivaudit.cli import terminal
from ivaudit.cli.commands import served
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import session
from ivaudit.cli.output import show


def add(_noun: str, command: Parser) -> None:
    """Add the words of the noun."""
    served(command, verify)
    command.add_argument(
        "--repair",
        action="store_true",
        help="réparer ce qui peut l'être sans rien perdre (une sauvegarde est faite avant)",
    )


def verify(args: Namespace) -> int:
    """Check everything; 1 when something is wrong and still is."""
    progress = terminal.progress()
    with session(args) as opened:
        opening = checks.at_opening(opened)
        report = checks.full_check(opened, progress)
        done: tuple[str, ...] = ()
        if args.repair and report.mendable:
            repaired = checks.repair(opened, report, progress)
            done, report = repaired.done, repaired.report
        checks.remember(opened, report)
        advice = checks.advice(opened, report)
    document = {
        "opening": opening,
        "ops": report.journal.ops,
        "changes": report.journal.changes,
        "erased": report.journal.erased,
        "problems": report.problems,
        "repaired": done,
        "damaged": advice.damaged,
        "best_copy": advice.copy.info.folder.name if advice.copy else None,
        "lost": advice.copy.lost if advice.copy else (),
    }
    show(args, document, [*done, *_lines(report, advice)])
    return 0 if report.whole else 1


def _lines(report: CheckReport, advice: Advice) -> Iterator[str]:
    held = report.journal
    if report.whole:
        yield f"Tout est intact : {held.ops} gestes, {held.changes} valeurs, {held.erased} valeurs effacées."
        return
    yield from (f"- {finding.part.value} : {finding.sentence}" for finding in report.findings)
    if report.mendable:
        yield "Une partie se répare sans rien perdre : « ivaudit-cli verify --repair »."
    if not advice.damaged:
        return
    yield "Ce qui ne se répare pas :"
    yield from (f"- {line}" for line in advice.damaged)
    if advice.copy is None:
        yield "Aucune sauvegarde de ce dossier de travail n'est intacte : cherchez une copie faite ailleurs."
        return
    yield f"La dernière copie intacte : {advice.copy.info.folder.name}. La remettre ferait perdre :"
    yield from advice.copy.lost
