"""`undo` and `redo`: the last gesture of an audit, whichever process made it."""

from argparse import Namespace

from ivaudit.app import answers, trail
from ivaudit.cli.commands import served
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import session
from ivaudit.cli.output import show


def add(noun: str, command: Parser) -> None:
    """Add the argument of one noun."""
    served(command, undo if noun == "undo" else redo)
    command.add_argument("audit", metavar="AUDIT", help="identifiant de l'audit")


def undo(args: Namespace) -> int:
    """Undo the last gesture of the audit."""
    with session(args) as opened:
        trail.recall(opened, args.audit)
        changes = answers.undo(opened, args.audit)
    show(args, changes, [changes.done])
    return 0


def redo(args: Namespace) -> int:
    """Redo the last gesture that was undone."""
    with session(args) as opened:
        trail.recall(opened, args.audit)
        changes = answers.redo(opened, args.audit)
    show(args, changes, [changes.done])
    return 0
