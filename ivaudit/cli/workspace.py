"""`init`, `passphrase` and `settings`: the workspace itself."""

import getpass
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from ivaudit.app import passphrases, places, reports, settings, workspaces
from ivaudit.app.session import Session
from ivaudit.cli import facility_key, passphrase
from ivaudit.cli.commands import group, leaf, served
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import folder, session
from ivaudit.cli.output import show, warn
from ivaudit.domain.errors import InvalidValue, KnownError, WorkspaceExists

_SHEET = "feuille de secours d'une page (PDF) à imprimer puis à ranger hors de l'ordinateur"


def add(noun: str, command: Parser) -> None:
    """Add the words of one noun."""
    match noun:
        case "init":
            _add_init(command)
        case "passphrase":
            _add_passphrase(command)
        case _:
            _add_settings(command)


def _add_init(command: Parser) -> None:
    served(command, init)
    command.add_argument(
        "--author", default=None, help="votre nom ou votre fonction, inscrit à côté de ce que vous saisissez"
    )
    recovery = command.add_mutually_exclusive_group()
    recovery.add_argument("--recovery-sheet", type=Path, metavar="FICHIER", help=_SHEET)
    recovery.add_argument("--no-recovery", action="store_true", help="se passer de code de secours")


def _add_passphrase(command: Parser) -> None:
    words = group(command)
    change = leaf(words, "change", "changer la phrase de passe (rien n'est rechiffré)", change_passphrase)
    change.add_argument(
        "--new-passphrase-file", type=Path, metavar="FICHIER", help="fichier de la nouvelle phrase de passe"
    )
    sheet = leaf(
        words,
        "recovery",
        "refaire la feuille de secours (l'ancienne n'ouvre plus que les sauvegardes faites avant)",
        renew_recovery,
    )
    sheet.add_argument("--recovery-sheet", type=Path, metavar="FICHIER", help=_SHEET)
    leaf(words, "propose", "proposer sept mots tirés au hasard (rien n'est modifié)", propose)
    facility_key.add_words(words)


def _add_settings(command: Parser) -> None:
    words = group(command)
    leaf(words, "show", "afficher les réglages", show_settings)
    change = leaf(words, "set", "changer un réglage", set_setting)
    change.add_argument(
        "name", metavar="NOM", choices=list(asdict(settings.Settings())), help="nom du réglage"
    )
    change.add_argument("value", metavar="VALEUR", help="sa valeur ; oui ou non pour une case à cocher")


def init(args: Namespace) -> int:
    """Create the workspace; the recovery code is printed once, or goes to its sheet."""
    place = folder(args)
    if places.exists(place):
        raise WorkspaceExists("Un dossier de travail existe déjà à cet endroit. Il n'a pas été touché.")
    chosen = passphrase.new(args, args.passphrase_file, passphrase.VARIABLE)
    author = args.author or getpass.getuser()
    opened, code = workspaces.create(place, chosen, author, with_recovery=not args.no_recovery)
    try:
        shown = _on_its_sheet(opened, code, args.recovery_sheet)
    finally:
        opened.close()
    lines = [f"Dossier de travail créé : {place}", *_about_recovery(shown, args.recovery_sheet)]
    show(args, {"workspace": place, "author": author, "recovery_code": shown}, lines)
    return _exit_code(shown, args.recovery_sheet)


def change_passphrase(args: Namespace) -> int:
    """Open with the present passphrase or the recovery code, and give another."""
    with session(args) as opened:
        workspaces.change_passphrase(
            opened, passphrase.new(args, args.new_passphrase_file, passphrase.NEW_VARIABLE)
        )
    show(args, {"changed": True}, ["Phrase de passe changée. La feuille de secours reste valable."])
    return 0


def propose(args: Namespace) -> int:
    """Print seven words drawn at random."""
    drawn = passphrases.proposed_passphrase()
    show(args, {"passphrase": drawn}, [drawn])
    return 0


def renew_recovery(args: Namespace) -> int:
    """Make a new recovery code, printed once or on its sheet."""
    with session(args) as opened:
        code = _on_its_sheet(opened, workspaces.renew_recovery(opened), args.recovery_sheet)
    show(args, {"recovery_code": code}, _about_recovery(code, args.recovery_sheet))
    return _exit_code(code, args.recovery_sheet)


def show_settings(args: Namespace) -> int:
    """Print the settings."""
    with session(args) as opened:
        found = asdict(settings.get(opened))
    show(args, found, [f"{name} : {_said(value)}" for name, value in found.items()])
    return 0


def set_setting(args: Namespace) -> int:
    """Change one setting, its text read as the kind of its present value."""
    with session(args) as opened:
        value = _read(args.value, getattr(settings.get(opened), args.name))
        changes = settings.change(opened, **{args.name: value})
    show(args, changes, [changes.done or "Rien à changer."])
    return 0


def _on_its_sheet(opened: Session, code: str | None, sheet: Path | None) -> str | None:
    """Write the sheet when asked to; the code is then not printed. One that no file took is not lost."""
    if code is None or sheet is None:
        return code
    try:
        reports.recovery_sheet(sheet, code, opened)
    except KnownError as error:
        warn(error.sentence)
        return code
    return None


def _exit_code(shown: str | None, sheet: Path | None) -> int:
    """Return 3 when the code had to be shown because its sheet could not be written."""
    return 3 if shown is not None and sheet is not None else 0


def _about_recovery(code: str | None, sheet: Path | None) -> list[str]:
    if code is not None:
        return [f"Code de secours : {code}", "Notez-le hors de l'ordinateur : il ne sera plus affiché."]
    if sheet is not None:
        return [f"Feuille de secours : {sheet}", "Imprimez-la, puis supprimez ce fichier."]
    return ["Sans code de secours, une phrase de passe oubliée rend ce dossier illisible pour toujours."]


def _read(text: str, present: object) -> str | bool | int:
    match present:
        case bool():
            if text not in {"oui", "non"}:
                raise InvalidValue("Ce réglage vaut oui ou non.")
            return text == "oui"
        case int():
            if not text.isdecimal():
                raise InvalidValue("Ce réglage est un nombre entier.")
            return int(text)
        case _:
            return text


def _said(value: object) -> str:
    return {True: "oui", False: "non"}[value] if isinstance(value, bool) else str(value)
