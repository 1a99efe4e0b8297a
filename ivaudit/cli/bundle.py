"""`bundle`: files exchanged with colleagues, a region or a deputy: sent, looked at, taken in."""

from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path

from ivaudit.app import (
    bundle_export,
    bundle_import,
    bundle_opening,
    bundle_plans,
    own_keys,
    teams,
)
from ivaudit.app import bundle_words as words
from ivaudit.app.bundle_export import Lock, Plan
from ivaudit.app.bundle_plans import Wanted
from ivaudit.app.bundle_taking import BundlePreview
from ivaudit.app.session import Session
from ivaudit.cli import passphrase
from ivaudit.cli.commands import group, leaf
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import session
from ivaudit.cli.output import show
from ivaudit.cli.terminal import progress
from ivaudit.domain.bundle import SUFFIX
from ivaudit.domain.errors import InvalidValue, KnownError, NotFound
from ivaudit.exchange import age_keys

_KEPT = "La phrase qui ouvre ce fichier est gardée : c'est la phrase d'équipe de cet audit, ici."


def add(_noun: str, command: Parser) -> None:
    """Add the words of the noun."""
    commands = group(command)
    _add_export(leaf(commands, "export", "écrire un fichier d'échange signé et chiffré", export))
    taken = leaf(commands, "import", "reprendre un ou plusieurs fichiers d'échange", take_in)
    taken.add_argument(
        "files", nargs="+", type=Path, metavar="FICHIER", help="fichiers, ou dossiers de fichiers"
    )
    taken.add_argument(
        "--keep-phrase",
        action="store_true",
        help="garder la phrase qui ouvre le fichier d'un audit comme phrase d'équipe, s'il n'en a pas ici",
    )
    taken.add_argument("--dry-run", action="store_true", help="dire ce qui changerait, sans rien reprendre")
    looked = leaf(commands, "inspect", "dire ce que contient un fichier, et qui l'a signé", inspect)
    looked.add_argument("file", type=Path, metavar="FICHIER", help="fichier d'échange")
    for each in (taken, looked):
        _add_passphrase(each)
    leaf(commands, "key", "dire la clé de réception et l'empreinte de ce poste", key)
    team = leaf(commands, "team", "convenir de la phrase d'équipe d'un audit", agree)
    team.add_argument("audit", metavar="AUDIT", help="identifiant de l'audit")
    _add_passphrase(team)


def _add_export(command: Parser) -> None:
    what = command.add_argument_group("ce qui est envoyé")
    what.add_argument("--audit", action="append", default=[], metavar="AUDIT", help="un audit (à répéter)")
    what.add_argument("--register", action="store_true", help="le registre des anomalies")
    what.add_argument("--references", action="store_true", help="avec les références locales du registre")
    what.add_argument("--content", action="store_true", help="les adaptations locales et les codes relevés")
    for option, name, text in (
        ("--section", "SECTION", "seulement cette section (à répéter)"),
        ("--subject", "SUJET", "seulement cette unité ou personne (à répéter)"),
        ("--interlocutor", "FONCTION", "seulement cet interlocuteur (à répéter)"),
    ):
        what.add_argument(option, action="append", default=[], metavar=name, help=text)
    what.add_argument("--no-notes", action="store_true", help="sans les notes internes ni le carnet")
    what.add_argument("--no-evidence", action="store_true", help="sans les photographies ni les fichiers")
    to = command.add_argument_group("à qui")
    to.add_argument(
        "--to", action="append", default=[], metavar="CLÉ", help="clé de réception age1… (à répéter)"
    )
    _add_passphrase(command)
    command.add_argument(
        "--out", type=Path, required=True, metavar="FICHIER", help="fichier à écrire, ou son dossier"
    )


def _add_passphrase(command: Parser) -> None:
    command.add_argument(
        "--file-passphrase-file",
        type=Path,
        metavar="FICHIER",
        help="fichier de la phrase qui ouvre le fichier d'échange, si l'équipe n'en a pas convenu",
    )


def export(args: Namespace) -> int:
    """Write a bundle."""
    with session(args) as opened:
        plan = _plan(args, opened)
        target = args.out / bundle_plans.file_name(plan) if args.out.is_dir() else args.out
        bundle_export.check_target(target)
        made = bundle_export.write(plan, target, progress=progress())
    show(
        args, {"file": made, "left_out": plan.head.left_out}, [f"Écrit : {made}", *words.left_out(plan.head)]
    )
    return 0


def take_in(args: Namespace) -> int:
    """Take bundles in after a backup, or say what it would change."""
    files = list(_files(args.files))
    with session(args) as opened:
        if args.dry_run or len(files) == 1:
            return _one(args, opened, files)
        return _several(args, opened, files)


def inspect(args: Namespace) -> int:
    """Say what a bundle holds and who signed it."""
    with session(args) as opened:
        found = bundle_import.preview(opened, _opened(args, opened, args.file))
    show(args, found, words.told(found))
    return 0


def key(args: Namespace) -> int:
    """Say what others need to write to this copy, and to know its signature."""
    with session(args) as opened:
        own = own_keys.own_keys(opened)
    lines = [f"Clé de réception : {own.address}", f"Empreinte de signature : {own.fingerprint}"]
    show(args, {"address": own.address, "fingerprint": own.fingerprint}, lines)
    return 0


def agree(args: Namespace) -> int:
    """Keep the passphrase of a team."""
    with session(args) as opened:
        teams.agree(opened, args.audit, _typed(args) or passphrase.asked("Phrase d'équipe : "))
    show(args, {"agreed": True}, ["Phrase d'équipe gardée pour cet audit."])
    return 0


def _plan(args: Namespace, opened: Session) -> Plan:
    chosen = [bool(args.audit), args.register, args.content]
    if sum(chosen) != 1:
        raise InvalidValue("Dites ce qui est envoyé : --audit, --register ou --content.")
    lock = _lock(args, opened)
    if args.register:
        return bundle_plans.of_register(opened, lock, references=args.references)
    if args.content:
        return bundle_plans.of_content(opened, lock)
    wanted = Wanted(
        sections=tuple(args.section),
        subjects=tuple(args.subject),
        interlocutors=tuple(args.interlocutor),
        notes=not args.no_notes,
        evidence=not args.no_evidence,
    )
    return bundle_plans.of_audits(opened, args.audit, lock, wanted)


def _lock(args: Namespace, opened: Session) -> Lock:
    readers = [age_keys.understood(each) for each in args.to]
    return bundle_export.lock(
        opened, teams.shared(opened, args.audit), readers=readers, passphrase=_typed(args)
    )


def _one(args: Namespace, opened: Session, files: list[Path]) -> int:
    for path in files:
        file = _opened(args, opened, path)
        found = seen = bundle_import.preview(opened, file, progress=progress())
        if not args.dry_run and not found.nothing:
            bundle_import.back_up(opened)
            _, found = bundle_import.accept(opened, file, keep_phrase=args.keep_phrase, progress=progress())
        kept = seen.phrase is not found.phrase
        show(args, found, [*_lines(found, dry=args.dry_run), *([_KEPT] if kept else [])])
    return 0


def _lines(found: BundlePreview, *, dry: bool) -> Iterator[str]:
    yield from words.told(found)
    if said := words.phrase(found.phrase):
        yield said
    yield (
        "Rien n'a été importé."
        if dry or found.nothing
        else "Importé. Une sauvegarde a été faite juste avant."
    )


def _several(args: Namespace, opened: Session, files: list[Path]) -> int:
    ready, refused = [], []
    for path in files:
        try:
            ready.append(_opened(args, opened, path))
        except KnownError as error:
            refused.append((path.name, error.sentence))
    if ready:
        bundle_import.back_up(opened)
    _, results = bundle_import.accept_all(opened, ready, keep_phrase=args.keep_phrase, progress=progress())
    refused += [(each.name, each.refused) for each in results if each.refused]
    taken = [each for each in results if not each.refused]
    lines = [words.in_a_line(each.name, each.added, each.several, each.identities) for each in taken]
    lines += [f"{name} : refusé. {sentence}" for name, sentence in refused]
    show(args, {"taken": taken, "refused": dict(refused)}, lines)
    return 1 if refused else 0


def _opened(args: Namespace, opened: Session, path: Path) -> bundle_opening.Opened:
    return bundle_opening.open_file(opened, path, _typed(args))


def _typed(args: Namespace) -> str:
    return passphrase.from_file(args.file_passphrase_file) if args.file_passphrase_file else ""


def _files(given: Iterable[Path]) -> Iterator[Path]:
    for path in given:
        if not path.is_dir():
            yield path
            continue
        inside = bundle_opening.in_folder(path)
        if not inside:
            raise NotFound(f"Ce dossier ne contient aucun fichier « {SUFFIX} ».")
        yield from inside
