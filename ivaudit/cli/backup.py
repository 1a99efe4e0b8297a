"""`backup`: encrypted copies of the workspace, made, listed, put back."""

from argparse import Namespace
from dataclasses import asdict
from datetime import datetime

from ivaudit.app import backups
from ivaudit.app.backups import BackupInfo
from ivaudit.cli import passphrase
from ivaudit.cli.commands import group, leaf
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import folder, session
from ivaudit.cli.output import show
from ivaudit.domain.errors import NotFound

_KILO = 1000


def add(_noun: str, command: Parser) -> None:
    """Add the words of the noun."""
    words = group(command)
    create = leaf(words, "create", "faire une sauvegarde chiffrée", create_one)
    create.add_argument(
        "--reason", default="à la demande", metavar="TEXTE", help="pourquoi, en quelques mots"
    )
    leaf(words, "list", "lister les sauvegardes, la plus récente d'abord", list_all)
    back = leaf(words, "restore", "remettre une sauvegarde ; ce qu'elle remplace est gardé", restore)
    back.add_argument("backup", metavar="SAUVEGARDE", help="nom donné par « backup list »")


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


def restore(args: Namespace) -> int:
    """Put a backup in the place of the workspace, with the passphrase of the time it was made."""
    place = folder(args)
    chosen = next((each for each in backups.backups(place) if each.folder.name == args.backup), None)
    if chosen is None:
        raise NotFound("Il n'y a pas de sauvegarde de ce nom dans ce dossier de travail.")
    code = passphrase.recovery_code(args)
    secret = None if code else passphrase.present(args)
    replaced = backups.restore(place, chosen, passphrase=secret, recovery_code=code)
    lines = [f"Sauvegarde remise : {_line(chosen)}", f"Ce qu'elle remplace est gardé : {replaced}"]
    show(args, {"restored": chosen.folder.name, "replaced": replaced}, lines)
    return 0


def _document(found: BackupInfo) -> dict[str, object]:
    return {"name": found.folder.name, **asdict(found)}


def _line(found: BackupInfo) -> str:
    at = datetime.fromisoformat(found.at).astimezone()
    return f"{found.folder.name}  {at:%d/%m/%Y %H:%M}  {found.size // _KILO} ko  {found.reason}"
