"""`actions`: what was agreed, across audits."""

from argparse import Namespace
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from ivaudit.app import action_sheets, actions, library, sheets
from ivaudit.cli.commands import group, leaf
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import session
from ivaudit.cli.output import show
from ivaudit.cli.sheets import document, taken, told
from ivaudit.cli.terminal import progress
from ivaudit.domain import clock
from ivaudit.domain.actions import Action, ActionState, Due, OwnerKind, Priority

_TEXTS = {
    "owner": "qui s'en charge, par sa fonction",
    "editor": "éditeur du logiciel attendu",
    "due": "échéance, AAAA-MM-JJ",
    "done": "jour où elle a été réalisée, AAAA-MM-JJ",
    "progress": "où elle en est",
    "measure": "à quoi on saura qu'elle a marché",
    "result": "ce que la mesure a montré",
    "reference": "numéro dans l'outil de la structure",
    "source": "d'où elle vient, hors audit",
}
_CHOICES = {"owner_kind": OwnerKind, "priority": Priority, "state": ActionState}
_HELP = {"owner_kind": "qui porte l'action", "priority": "priorité", "state": "état"}


def add(_noun: str, command: Parser) -> None:
    """Add the words of the noun."""
    words = group(command)
    create = leaf(words, "add", "ajouter une action", add_one)
    create.add_argument("facility", metavar="STRUCTURE", help="identifiant de la structure")
    create.add_argument("what", metavar="TEXTE", help="ce qu'il y a à faire")
    create.add_argument("--audit", default="", metavar="AUDIT", help="audit d'où elle vient")
    create.add_argument("--finding", default="", metavar="CONSTAT", help="constat auquel elle répond")
    create.add_argument("--criterion", action="append", default=[], metavar="CRITÈRE", help="critère servi")
    _fields(create)
    every = leaf(words, "list", "lister les actions de tous les audits", list_all)
    _filters(every)
    edit = leaf(words, "edit", "modifier une action, dire où elle en est", edit_one)
    edit.add_argument("action", metavar="ACTION", help="identifiant de l'action")
    edit.add_argument("--what", metavar="TEXTE", help="ce qu'il y a à faire")
    _fields(edit)
    remove = leaf(words, "remove", "retirer une action", remove_one)
    remove.add_argument("action", metavar="ACTION", help="identifiant de l'action")
    out = leaf(words, "export", "écrire le plan d'actions (XLSX ou CSV)", export)
    out.add_argument("--out", required=True, type=Path, metavar="FICHIER", help="fichier .xlsx ou .csv")
    out.add_argument(
        "--columns", default="", metavar="TABLEAU", help="colonnes : un contenu « tableau » d'exports/"
    )
    _filters(out)
    back = leaf(words, "import", "reprendre l'avancement d'un plan d'actions rempli", import_progress)
    back.add_argument("file", type=Path, metavar="FICHIER", help="classeur .xlsx")
    back.add_argument("--dry-run", action="store_true", help="dire ce qui changerait, sans rien enregistrer")
    back.add_argument(
        "--take-theirs",
        action="store_true",
        help="reprendre aussi ce qui a changé des deux côtés (gardé sinon)",
    )


def _filters(command: Parser) -> None:
    command.add_argument("--due", choices=list(Due), help="seulement celles-là")
    command.add_argument("--facility", metavar="STRUCTURE", help="seulement celles d'une structure")
    command.add_argument("--audit", metavar="AUDIT", help="seulement celles d'un audit")
    command.add_argument("--editor", metavar="ÉDITEUR", help="seulement celles d'un éditeur de logiciel")


def _fields(command: Parser) -> None:
    for name, text in _TEXTS.items():
        command.add_argument(f"--{name}", metavar="TEXTE", help=text)
    for name, closed in _CHOICES.items():
        command.add_argument(f"--{name.replace('_', '-')}", choices=list(closed), help=_HELP[name])


def _given(args: Namespace) -> dict[str, str]:
    named = {name: getattr(args, name, None) for name in (*_TEXTS, *_CHOICES)}
    return {name: str(value) for name, value in named.items() if value is not None}


def add_one(args: Namespace) -> int:
    """Add an action."""
    with session(args) as opened:
        _, key = actions.create(
            opened,
            args.facility,
            args.what,
            audit=args.audit,
            finding=args.finding,
            criteria=args.criterion,
            **_given(args),
        )
    show(args, {"action": key}, [f"Action ajoutée : {key}"])
    return 0


def list_all(args: Namespace) -> int:
    """List the actions, the longest overdue first."""
    today = clock.today()
    with session(args) as opened:
        found = _kept(args, actions.all_of(opened), today)
    show(args, found, [_line(each, today) for each in found] or ["Aucune action."])
    return 0


def export(args: Namespace) -> int:
    """Write the plan, as far as the filters leave it."""
    today = clock.today()
    with session(args) as opened:
        keys = [each.id for each in _kept(args, actions.all_of(opened), today)]
        sheet = action_sheets.prepare(opened, keys, table=args.columns)
        path = sheets.write(sheet, args.out, progress=progress())
    show(args, {"file": path, "actions": keys}, [f"Plan d'actions écrit ({len(keys)} actions) : {path}"])
    return 0


def import_progress(args: Namespace) -> int:
    """Take in the progress of a plan, or say what it would change."""
    returned = action_sheets.read(library.library(), args.file)
    with session(args) as opened:
        found = action_sheets.preview(opened, returned)
        wanted = taken(args, found)
        if wanted and not args.dry_run:
            action_sheets.back_up(opened)
            action_sheets.accept(opened, found, wanted)
    show(args, document(found, wanted, dry=args.dry_run), told(found, wanted, dry=args.dry_run))
    return 0


def edit_one(args: Namespace) -> int:
    """Change an action."""
    fields = _given(args) | ({"what": args.what} if args.what is not None else {})
    with session(args) as opened:
        changes = actions.edit(opened, args.action, **fields)
    show(args, changes, [changes.done or "Rien à changer."])
    return 0


def remove_one(args: Namespace) -> int:
    """Take an action away."""
    with session(args) as opened:
        changes = actions.remove(opened, args.action)
    show(args, changes, [changes.done])
    return 0


def _kept(args: Namespace, found: Iterable[Action], today: date) -> list[Action]:
    return [
        each
        for each in found
        if args.facility in {None, each.facility}
        and args.audit in {None, each.audit}
        and args.editor in {None, each.editor}
        and args.due in {None, each.standing(today)}
    ]


def _line(action: Action, today: date) -> str:
    standing = action.standing(today)
    where = f"{action.state}{f', {standing}' if standing else ''}"
    return f"{action.id}  {action.due or '—'}  {where}  {action.owner_kind}  {action.what}"
