"""`subjects`: units, people and records that the answers of an audit are about."""

from argparse import Namespace

from ivaudit.app import bulk, subjects
from ivaudit.cli.commands import group, leaf
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import session
from ivaudit.cli.output import show
from ivaudit.domain.audit import STRUCTURE
from ivaudit.domain.subjects import SubjectKind


def add(_noun: str, command: Parser) -> None:
    """Add the words of the noun."""
    words = group(command)
    _audit(leaf(words, "list", "lister les sujets d'un audit", list_all))
    create = leaf(words, "add", "ajouter un sujet", add_one)
    _audit(create)
    create.add_argument("label", metavar="NOM", help="nom de l'unité, fonction de la personne…")
    create.add_argument("--kind", choices=list(SubjectKind), default=SubjectKind.UNIT, help="sorte")
    edit = leaf(words, "edit", "renommer un sujet", edit_one)
    _one(edit)
    edit.add_argument("--label", metavar="NOM", help="nouveau nom")
    edit.add_argument("--kind", choices=list(SubjectKind), help="sorte")
    _one(leaf(words, "remove", "retirer un sujet sans réponse", remove_one))
    aside = leaf(words, "set-aside", "mettre « sans objet » des points sans réponse", set_aside)
    _audit(aside)
    aside.add_argument("criteria", metavar="CRITÈRE", nargs="+", help="points concernés")
    aside.add_argument("--reason", required=True, metavar="TEXTE", help="motif")
    aside.add_argument("--subject", default=STRUCTURE, metavar="SUJET", help="sujet des réponses")


def _audit(command: Parser) -> None:
    command.add_argument("audit", metavar="AUDIT", help="identifiant de l'audit")


def _one(command: Parser) -> None:
    _audit(command)
    command.add_argument("subject", metavar="SUJET", help="identifiant du sujet")


def list_all(args: Namespace) -> int:
    """List the subjects, as they were arranged."""
    with session(args) as opened:
        found = subjects.of_audit(opened, args.audit)
    lines = [f"{each.id}  {each.label}  {each.kind}" for each in found]
    show(args, found, lines or ["Toute la structure, sans autre sujet."])
    return 0


def add_one(args: Namespace) -> int:
    """Add a subject."""
    with session(args) as opened:
        _, key = subjects.add(opened, args.audit, args.label, SubjectKind(args.kind))
    show(args, {"subject": key}, [f"Sujet ajouté : {key}"])
    return 0


def edit_one(args: Namespace) -> int:
    """Rename a subject or say what it is."""
    kind = SubjectKind(args.kind) if args.kind else None
    with session(args) as opened:
        changes = subjects.edit(opened, args.audit, args.subject, label=args.label, kind=kind)
    show(args, changes, [changes.done or "Rien à changer."])
    return 0


def remove_one(args: Namespace) -> int:
    """Take a subject away."""
    with session(args) as opened:
        changes = subjects.remove(opened, args.audit, args.subject)
    show(args, changes, [changes.done])
    return 0


def set_aside(args: Namespace) -> int:
    """Answer «sans objet» to points that have no answer."""
    with session(args) as opened:
        changes, left = bulk.not_applicable(
            opened, args.audit, args.criteria, args.reason, subject=args.subject
        )
    lines = [changes.done]
    if left:
        lines.append(f"Laissés tels quels : {', '.join(left)}")
    show(args, {"changes": changes, "left": left}, lines)
    return 0
