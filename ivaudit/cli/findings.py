"""`findings`: what is concluded from the answers of an audit."""

from argparse import Namespace

from ivaudit.app import findings
from ivaudit.cli.commands import group, leaf
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import session
from ivaudit.cli.output import show
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.findings import Cause, Finding, Grade, Urgency


def add(_noun: str, command: Parser) -> None:
    """Add the words of the noun."""
    words = group(command)
    _audit(leaf(words, "list", "lister les constats d'un audit", list_all))
    _audit(leaf(words, "proposed", "lister les constats que les réponses proposent", list_proposed))
    take = leaf(words, "take", "reprendre des constats proposés", take_some)
    _audit(take)
    take.add_argument("criteria", metavar="CRITÈRE", nargs="*", help="critères concernés (tous sinon)")
    create = leaf(words, "add", "ajouter un constat", add_one)
    _audit(create)
    create.add_argument("text", metavar="TEXTE", help="ce qui est constaté")
    create.add_argument("--grade", choices=list(Grade), default=Grade.GAP, help="gravité")
    create.add_argument("--cause", choices=list(Cause), help="d'où cela vient")
    create.add_argument(
        "--criterion", action="append", default=[], metavar="CRITÈRE", help="critère concerné"
    )
    create.add_argument("--recommendation", default="", metavar="TEXTE", help="recommandation")
    edit = leaf(words, "edit", "modifier un constat", edit_one)
    _one(edit)
    edit.add_argument("--text", metavar="TEXTE", help="ce qui est constaté")
    edit.add_argument("--recommendation", metavar="TEXTE", help="recommandation")
    edit.add_argument("--grade", choices=list(Grade), help="gravité")
    edit.add_argument("--cause", choices=list(Cause), help="d'où cela vient")
    urgent = leaf(words, "urgent", "dire qu'un constat est à traiter sans attendre", urgent_one)
    _one(urgent)
    urgent.add_argument("--told", default="", metavar="FONCTION", help="qui a été prévenu, par sa fonction")
    urgent.add_argument("--at", default="", metavar="AAAA-MM-JJTHH:MM", help="quand")
    urgent.add_argument("--done", default="", metavar="TEXTE", help="ce qui a été fait aussitôt")
    urgent.add_argument("--no", action="store_true", help="il peut attendre le rapport")
    _one(leaf(words, "remove", "retirer un constat", remove_one))


def _audit(command: Parser) -> None:
    command.add_argument("audit", metavar="AUDIT", help="identifiant de l'audit")


def _one(command: Parser) -> None:
    _audit(command)
    command.add_argument("finding", metavar="CONSTAT", help="identifiant du constat")


def list_all(args: Namespace) -> int:
    """List the findings, urgent ones first, then the gravest."""
    with session(args) as opened:
        found = findings.of_audit(opened, args.audit)
    show(args, found, [_line(each) for each in found] or ["Aucun constat."])
    return 0


def list_proposed(args: Namespace) -> int:
    """List what the answers suggest."""
    with session(args) as opened:
        found = findings.proposed(opened, args.audit)
    lines = [f"{each.criterion}  {each.grade}  {each.text}" for each in found]
    show(args, found, lines or ["Aucun constat proposé."])
    return 0


def take_some(args: Namespace) -> int:
    """Record findings that are proposed, those of some criteria or all."""
    with session(args) as opened:
        found = findings.proposed(opened, args.audit)
        chosen = [each for each in found if not args.criteria or each.criterion in args.criteria]
        changes = findings.take(opened, args.audit, chosen)
    show(args, changes, [changes.done])
    return 0


def add_one(args: Namespace) -> int:
    """Add a finding."""
    with session(args) as opened:
        _, key = findings.create(
            opened,
            args.audit,
            args.text,
            Grade(args.grade),
            recommendation=args.recommendation,
            cause=Cause(args.cause) if args.cause else None,
            criteria=args.criterion,
        )
    show(args, {"finding": key}, [f"Constat ajouté : {key}"])
    return 0


def edit_one(args: Namespace) -> int:
    """Change a finding."""
    with session(args) as opened:
        done = [
            findings.write(opened, args.audit, args.finding, field, getattr(args, field))
            for field in findings.TEXTS
            if getattr(args, field) is not None
        ]
        grade = Grade(args.grade) if args.grade else None
        done.append(findings.edit(opened, args.audit, args.finding, grade=grade, cause=args.cause))
    changed = [each for each in done if each.at]
    show(args, changed, [changed[-1].done if changed else "Rien à changer."])
    return 0


def urgent_one(args: Namespace) -> int:
    """Say that a finding does not wait."""
    if args.no and (args.told or args.at or args.done):
        raise InvalidValue("« --no » s'emploie seul.")
    urgency = None if args.no else Urgency(told=args.told, at=args.at, done=args.done)
    with session(args) as opened:
        changes = findings.urgent(opened, args.audit, args.finding, urgency)
    show(args, changes, [changes.done or "Rien à changer."])
    return 0


def remove_one(args: Namespace) -> int:
    """Take a finding away."""
    with session(args) as opened:
        changes = findings.remove(opened, args.audit, args.finding)
    show(args, changes, [changes.done])
    return 0


def _line(found: Finding) -> str:
    urgent = "  À TRAITER SANS ATTENDRE" if found.urgency else ""
    return f"{found.id}  {found.grade}  {', '.join(found.criteria)}  {found.text}{urgent}"
