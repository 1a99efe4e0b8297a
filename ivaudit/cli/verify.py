"""`verify`: the workspace checked and put right, an audit or a file exchanged against its seal."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from ivaudit.app import bundle_checks, bundle_opening, bundle_words, checks, names, seal_words, seals
from ivaudit.app.bundle_checks import FileCheck
from ivaudit.app.checks import Advice, CheckReport
from ivaudit.cli import passphrase, terminal
from ivaudit.cli.commands import served
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import session
from ivaudit.cli.output import show
from ivaudit.domain.seal import SealReport, SealState


def add(_noun: str, command: Parser) -> None:
    """Add the words of the noun."""
    served(command, verify)
    command.add_argument(
        "target",
        nargs="?",
        default="",
        metavar="AUDIT|FICHIER",
        help="un audit scellé ou un fichier d'échange ; sans lui, tout le dossier de travail",
    )
    command.add_argument(
        "--file-passphrase-file",
        type=Path,
        metavar="FICHIER",
        help="fichier de la phrase qui ouvre le fichier d'échange",
    )
    command.add_argument(
        "--repair",
        action="store_true",
        help="réparer ce qui peut l'être sans rien perdre (une sauvegarde est faite avant)",
    )


def verify(args: Namespace) -> int:
    """Check everything, or one audit, or one file; 1 when something is wrong and still is."""
    if args.target:
        return _verify_file(args) if Path(args.target).is_file() else _verify_audit(args)
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


def _verify_audit(args: Namespace) -> int:
    with session(args) as opened:
        found = seals.verify(opened, args.target)
    show(args, _sealed(found), seal_words.told(found))
    return 1 if found.state is SealState.CHANGED else 0


def _verify_file(args: Namespace) -> int:
    given = passphrase.from_file(args.file_passphrase_file) if args.file_passphrase_file else ""
    with session(args) as opened:
        file = bundle_opening.open_file(opened, Path(args.target), given)
        found = bundle_checks.verify(opened, file)
    document = {
        "file": found.head,
        "holds": found.holds,
        "seals": {key: _sealed(each) for key, each in found.seals.items()},
        "unkept": found.unkept,
        "here": found.here,
    }
    show(args, document, _of_file(found))
    return 0 if found.holds else 1


def _of_file(found: FileCheck) -> Iterator[str]:
    yield "Fichier entier : chiffrement, signature et empreintes vérifiés."
    yield from bundle_words.head_told(found.head)
    yield bundle_words.signed(found.signer)
    yield from bundle_words.left_out(found.head)
    yield "Le fichier seul, sans rien prendre de votre dossier de travail :"
    titles = {each.scope: each.title for each in found.head.scopes}
    for audit, report in found.seals.items():
        yield titles[names.audit(audit)]
        yield from seal_words.told(report)
    yield from found.unkept
    yield "À côté de votre copie :"
    yield from found.here


def _sealed(found: SealReport) -> dict[str, object]:
    return {
        "state": found.state,
        "hash": found.seal.hash if found.seal else None,
        "at": found.seal.at if found.seal else None,
        "by": found.seal.by if found.seal else None,
        "changes": found.changes,
        "erasures": found.erasures,
        "notes": found.notes,
    }


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
