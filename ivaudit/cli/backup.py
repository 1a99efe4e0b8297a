"""`backup` and `restore`: encrypted copies of the workspace, made, described, verified, copied, put back."""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from ivaudit.app import backups, copies
from ivaudit.app.backups import BackupInfo
from ivaudit.app.copies import Look
from ivaudit.cli import passphrase, terminal
from ivaudit.cli.commands import group, leaf, served
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import folder, session
from ivaudit.cli.output import show, warn
from ivaudit.domain.errors import NotFound

_KILO = 1000
_NAMED = "nom donné par « backup list », ou dossier d'une copie faite ailleurs"


def add(noun: str, command: Parser) -> None:
    """Add the words of one noun."""
    if noun == "restore":
        _add_restore(served(command, restore))
        return
    words = group(command)
    create = leaf(words, "create", "faire une sauvegarde chiffrée", create_one)
    create.add_argument(
        "--reason", default="à la demande", metavar="TEXTE", help="pourquoi, en quelques mots"
    )
    leaf(words, "list", "lister les sauvegardes, la plus récente d'abord", list_all)
    described = leaf(
        words, "show", "dire ce que contient une copie, et ce que la remettre ferait perdre", describe
    )
    described.add_argument("backup", metavar="SAUVEGARDE", nargs="?", help=f"{_NAMED} ; toutes sans elle")
    proved = leaf(words, "verify", "relire une sauvegarde entière", verify)
    proved.add_argument("backup", metavar="SAUVEGARDE", nargs="?", help=f"{_NAMED} ; la dernière sans elle")
    copied = leaf(words, "copy", "faire une sauvegarde et la copier sur un autre disque, relue", copy)
    copied.add_argument("--to", type=Path, required=True, metavar="DOSSIER", help="dossier d'un autre disque")
    _add_restore(leaf(words, "restore", "remettre une sauvegarde ; ce qu'elle remplace est gardé", restore))


def _add_restore(command: Parser) -> None:
    command.add_argument("backup", metavar="SAUVEGARDE", help=_NAMED)
    command.add_argument(
        "--dry-run", action="store_true", help="dire ce qui serait perdu, sans rien remettre"
    )


def create_one(args: Namespace) -> int:
    """Make a backup."""
    with session(args) as opened:
        made = backups.back_up(opened, args.reason)
    show(args, _document(made), [f"Sauvegarde faite : {made.folder}"])
    return 0


def list_all(args: Namespace) -> int:
    """List the backups; no passphrase is needed."""
    found = backups.backups(folder(args))
    show(args, [_document(each) for each in found], map(_line, found) if found else ["Aucune sauvegarde."])
    return 0


def describe(args: Namespace) -> int:
    """Say what copies contain and what putting them back would lose."""
    place = folder(args)
    found = (_chosen(args, place),) if args.backup else backups.backups(place)
    if not found:
        raise NotFound("Il n'y a pas de sauvegarde dans ce dossier de travail.")
    looks = _looked(args, place, found)
    show(
        args, [_look_document(each) for each in looks], [line for each in looks for line in _look_lines(each)]
    )
    return 0


def verify(args: Namespace) -> int:
    """Read a whole copy again: pages, tables, journal, evidence."""
    place = folder(args)
    made = [info for info in backups.backups(place) if not info.replaced]
    if not args.backup and not made:
        raise NotFound("Il n'y a pas de sauvegarde dans ce dossier de travail.")
    chosen = _chosen(args, place) if args.backup else made[0]
    code, secret = _secrets(args)
    problem = backups.verify(place, chosen, passphrase=secret, recovery_code=code)
    document = {**_document(chosen), "problems": problem.splitlines()}
    show(args, document, [problem or f"Cette copie est intacte : {_line(chosen)}"])
    return 1 if problem else 0


def copy(args: Namespace) -> int:
    """Make a backup and copy it to another drive."""
    target = args.to.absolute()
    with session(args) as opened:
        close = backups.same_drive(opened, target)
        made = backups.copy_elsewhere(opened, target, terminal.progress())
        if not close:
            backups.remember_copy(opened, made)
    if close:
        warn("Ce dossier est sur le même disque que le dossier de travail : une panne emporterait les deux.")
    show(args, {**_document(made), "same_drive": close}, [f"Copie faite et relue : {made.folder}"])
    return 0


def restore(args: Namespace) -> int:
    """Put a backup in the place of the workspace, with the passphrase of its time or the present one."""
    place = folder(args)
    chosen = _chosen(args, place)
    code, secret = _secrets(args)
    (look,) = copies.look_locked(place, (chosen,), passphrase=secret, recovery_code=code)
    if args.dry_run:
        show(args, _look_document(look), _look_lines(look))
        return 0
    replaced = backups.restore(place, chosen, passphrase=secret, recovery_code=code)
    kept = [f"Ce qu'elle remplace est gardé : {replaced}"] if replaced.exists() else []
    lines = [f"Sauvegarde remise : {_line(chosen)}", *kept, *_lost_lines(look)]
    show(args, {"restored": chosen.folder.name, "replaced": replaced, "lost": look.lost}, lines)
    return 0


def _chosen(args: Namespace, place: Path) -> BackupInfo:
    """Return the backup of a name, or the copy in a folder of another drive."""
    found = next((each for each in backups.backups(place) if each.folder.name == args.backup), None)
    elsewhere = () if found else copies.found_at(Path(args.backup))
    if found is None and not elsewhere:
        raise NotFound("Il n'y a pas de sauvegarde de ce nom dans ce dossier de travail.")
    return found or elsewhere[0]


def _looked(args: Namespace, place: Path, found: tuple[BackupInfo, ...]) -> tuple[Look, ...]:
    code, secret = _secrets(args)
    return copies.look_locked(
        place, found, passphrase=secret, recovery_code=code, progress=terminal.progress()
    )


def _secrets(args: Namespace) -> tuple[str | None, str | None]:
    """Return the recovery code, or else the passphrase."""
    code = passphrase.recovery_code(args)
    return code, None if code else passphrase.present(args)


def _document(found: BackupInfo) -> dict[str, object]:
    return {"name": found.folder.name, **asdict(found)}


def _look_document(look: Look) -> dict[str, object]:
    parts = {"contents": look.contents, "problem": look.problem, "lost": look.lost, "gained": look.gained}
    return {**_document(look.info), **parts}


def _look_lines(look: Look) -> Iterator[str]:
    yield _line(look.info)
    if look.contents is None:
        yield f"  {look.problem}"
        return
    held = look.contents
    yield (
        f"  {len(held.audits)} audits, {held.facilities} structures, {held.answers} réponses, "
        f"{held.anomalies} fiches du registre, "
        f"{held.evidence} preuves, {held.gestures} gestes"
    )
    if held.last:
        yield f"  dernière saisie : {_moment(held.last)}, {held.author}"
    yield from (f"  – {line}" for line in copies.audits_of(held))
    yield from (f"  {line}" for line in _lost_lines(look))
    if look.gained:
        yield "  Elle contient en plus :"
        yield from (f"  {line}" for line in look.gained)


def _lost_lines(look: Look) -> Iterator[str]:
    if look.loses and look.contents is not None:
        yield "Ce que le dossier de travail contient et que cette copie n'a pas :"
    yield from look.lost


def _line(found: BackupInfo) -> str:
    size = found.size // _KILO
    return f"{found.folder.name}  {_moment(found.at)}  {size} ko  {found.reason}"


def _moment(at: str) -> str:
    return f"{datetime.fromisoformat(at).astimezone():%d/%m/%Y %H:%M}"
