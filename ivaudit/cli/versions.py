"""`audits`: newer versions of grids, answers to confirm, and audits that start from an earlier one."""

from argparse import Namespace
from typing import TYPE_CHECKING

from ivaudit.app import follow_up, versions
from ivaudit.app.follow_up import Take
from ivaudit.app.session import Session
from ivaudit.app.versions import Step
from ivaudit.cli.commands import leaf
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import session
from ivaudit.cli.output import show
from ivaudit.domain import clock
from ivaudit.domain.carrying import Fate, Match
from ivaudit.domain.errors import InvalidValue

if TYPE_CHECKING:
    import argparse

_MARKS = {Fate.REWORDED: "~", Fate.NEW: "+", Fate.WITHDRAWN: "-", Fate.UNCHANGED: "="}


def add(words: "argparse._SubParsersAction[Parser]") -> None:
    """Add the words of versions and follow-ups."""
    seen = leaf(words, "versions", "dire ce que changent les nouvelles versions des grilles", see)
    _audit(seen)
    seen.add_argument("--all", action="store_true", help="avec les points inchangés")
    moved = leaf(words, "move-version", "passer un audit à la nouvelle version d'une grille", move)
    _audit(moved)
    moved.add_argument("checklist", metavar="GRILLE", help="identifiant de la grille")
    confirmed = leaf(words, "confirm", "reconfirmer des réponses reprises", confirm)
    _audit(confirmed)
    confirmed.add_argument(
        "criteria", metavar="CRITÈRE", nargs="*", help="identifiants des critères ; sans eux, les lister"
    )
    followed = leaf(words, "follow-up", "créer le suivi ciblé d'un audit", follow)
    _audit(followed)
    followed.add_argument("--date", metavar="AAAA-MM-JJ", help="jour de la visite (aujourd'hui par défaut)")
    followed.add_argument("--title", default="", metavar="TEXTE", help="nom donné à l'audit")


def add_start(create: Parser, start: "argparse._MutuallyExclusiveGroup") -> None:
    """Add to `create` what starts an audit from an earlier one, instead of naming grids."""
    start.add_argument(
        "--from",
        dest="source",
        metavar="AUDIT",
        help="repartir d'un audit de cette structure : mêmes grilles, dans leur version d'aujourd'hui",
    )
    create.add_argument(
        "--answers",
        choices=[each.value for each in Take],
        default=Take.NONE.value,
        help="avec --from : none, sans les réponses ; confirm, avec les réponses à reconfirmer",
    )


def create_from(opened: Session, args: Namespace, date: str) -> str:
    """Create an audit from an earlier one of the structure named; return its id.

    Raises:
        InvalidValue: adaptations are named too, or the audit is another structure's.
    """
    if args.adaptation or args.no_adaptation:
        raise InvalidValue("Avec --from, les adaptations viennent de l'audit : ne les indiquez pas.")
    if opened.audit(args.source).facility != args.facility:
        raise InvalidValue("Cet audit est celui d'une autre structure.")
    take, kind = Take(args.answers), args.kind or ""
    _, key = follow_up.create_from(opened, args.source, date, take, kind=kind, title=args.title)
    return key


def see(args: Namespace) -> int:
    """Say what newer versions change, and what is left to confirm."""
    with session(args) as opened:
        found = versions.steps(opened, args.audit)
        waiting = versions.waiting(opened, args.audit)
    lines = [line for step in found for line in _described(step, whole=args.all)]
    document = {"versions": [_document(step) for step in found], "to_confirm": list(waiting)}
    left = [f"À reconfirmer : {', '.join(waiting)}"] if waiting else []
    show(args, document, [*lines, *left] or ["Aucune nouvelle version, rien à reconfirmer."])
    return 0


def move(args: Namespace) -> int:
    """Move the audit to the newer version of a grid."""
    with session(args) as opened:
        changes = versions.move(opened, args.audit, args.checklist)
        waiting = versions.waiting(opened, args.audit)
    show(args, {"changes": changes, "to_confirm": list(waiting)}, [changes.done, *_left(waiting)])
    return 0


def confirm(args: Namespace) -> int:
    """Confirm answers, or list those that wait."""
    with session(args) as opened:
        changes = versions.confirm(opened, args.audit, args.criteria)
        waiting = versions.waiting(opened, args.audit)
    done = [changes.done] if changes.done else [] if not args.criteria else ["Rien à reconfirmer."]
    show(args, {"changes": changes, "to_confirm": list(waiting)}, [*done, *_left(waiting)])
    return 0


def follow(args: Namespace) -> int:
    """Create the audit of what another one left."""
    date = args.date or clock.today().isoformat()
    with session(args) as opened:
        _, key = follow_up.create_follow_up(opened, args.audit, date, title=args.title)
        waiting = versions.waiting(opened, key)
    show(args, {"audit": key, "to_confirm": list(waiting)}, [f"Audit créé : {key}", *_left(waiting)])
    return 0


def _audit(command: Parser) -> None:
    command.add_argument("audit", metavar="AUDIT", help="identifiant de l'audit")


def _left(waiting: tuple[str, ...]) -> list[str]:
    return [f"À reconfirmer ({len(waiting)}) : {', '.join(waiting)}"] if waiting else ["Rien à reconfirmer."]


def _described(step: Step, *, whole: bool) -> list[str]:
    verb = "déjà utilisée" if step.moved else "disponible"
    lines = [f"{step.new.id} : version {step.new.version} {verb} (avant : {step.old.version})"]
    for match in step.matches:
        if whole or match.fate is not Fate.UNCHANGED:
            point = match.point
            lines.append(
                f"{_MARKS[match.fate]} {match.fate:<9} {point.criterion.id:<14} {point.criterion.question}"
            )
    return lines


def _document(step: Step) -> dict[str, object]:
    return {
        "checklist": step.new.id,
        "from": step.old.version,
        "to": step.new.version,
        "moved": step.moved,
        "criteria": [_row(match) for match in step.matches],
    }


def _row(match: Match) -> dict[str, object]:
    return {
        "criterion": match.point.criterion.id,
        "fate": match.fate.value,
        "from": [old.criterion.id for old in match.olds],
    }
