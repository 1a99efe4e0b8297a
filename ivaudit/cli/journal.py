"""`journal` and `erase`: what was done, the proof that it is whole, and how a value leaves it for good."""

from argparse import Namespace
from collections.abc import Iterator

from ivaudit.app import backups, checks, names, trail
from ivaudit.app.session import Session
from ivaudit.cli.commands import group, leaf
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import folder, session
from ivaudit.cli.output import show
from ivaudit.domain.audit import STRUCTURE
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.journal import Op


def add(noun: str, command: Parser) -> None:
    """Add the words of one noun."""
    words = group(command)
    if noun == "journal":
        whole = leaf(words, "verify", "vérifier que rien n'a été altéré", verify)
        whole.add_argument("--full", action="store_true", help="avec la base et l'état qui en découle")
        gestures = leaf(words, "log", "lister les gestes", log)
        gestures.add_argument("--audit", metavar="AUDIT", help="ceux d'un audit")
        gestures.add_argument("--scope", metavar="PORTÉE", help="ceux d'une portée (workspace, structure:…)")
        return
    one = leaf(words, "answer", "effacer un champ d'une réponse, avec tout son passé", erase_answer)
    one.add_argument("audit", metavar="AUDIT", help="identifiant de l'audit")
    one.add_argument("criterion", metavar="CRITÈRE", help="identifiant du critère")
    one.add_argument("field", metavar="CHAMP", help="value, constat, note…")
    one.add_argument("--subject", default=STRUCTURE, metavar="SUJET", help="unité ou fonction dont il s'agit")
    other = leaf(words, "field", "effacer un champ par ses noms dans le journal", erase_field)
    other.add_argument("entity", metavar="ENTITÉ", help="nom donné par « journal log »")
    other.add_argument("field", metavar="CHAMP", help="nom du champ")
    for each in (one, other):
        each.add_argument("--reason", required=True, metavar="TEXTE", help="motif, sans la valeur elle-même")


def verify(args: Namespace) -> int:
    """Recompute every digest; with --full, check the database and the caches as well."""
    with session(args) as opened:
        found = checks.verify(opened)
        problems = checks.full_check(opened).problems if args.full else found.problems
    whole = f"Journal intact : {found.ops} gestes, {found.changes} valeurs, {found.erased} valeurs effacées."
    document = {
        "ops": found.ops,
        "changes": found.changes,
        "erased": found.erased,
        "problems": list(problems),
    }
    show(args, document, [f"- {problem}" for problem in problems] or [whole])
    return 1 if problems else 0


def log(args: Namespace) -> int:
    """List the gestures, the oldest first."""
    with session(args) as opened:
        scope = names.audit(args.audit) if args.audit else args.scope
        found = list(trail.log(opened, scope))
    show(args, [_document(op) for op in found], [line for op in found for line in _lines(op)])
    return 0


def erase_answer(args: Namespace) -> int:
    """Erase every content one field of an answer ever had."""
    with session(args) as opened:
        opened.audit(args.audit)
        return _erase(args, opened, names.answer(args.audit, args.subject, args.criterion), args.field)


def erase_field(args: Namespace) -> int:
    """Erase every content a field ever had, by its names in the journal."""
    with session(args) as opened:
        return _erase(args, opened, args.entity, args.field)


def _erase(args: Namespace, opened: Session, entity: str, field: str) -> int:
    if not args.reason.strip():
        raise InvalidValue("Un effacement demande un motif, sans la valeur elle-même.")
    changes = checks.erase(opened, entity, field, args.reason)
    found = backups.backups(folder(args))
    replaced = sum(info.replaced for info in found)
    lines = [changes.done, *_warning(len(found), replaced)]
    document = {"erased": True, "at": changes.at, "backups_before": len(found), "replaced_before": replaced}
    show(args, document, lines)
    return 0


def _warning(kept: int, replaced: int) -> Iterator[str]:
    if not kept:
        return
    how_many = "1 sauvegarde faite" if kept == 1 else f"{kept} sauvegardes faites"
    which = f" (dont {replaced} remplacée{'s'[: replaced > 1]} lors d'une restauration)" if replaced else ""
    yield f"Attention : {how_many} avant cet effacement{which} : la valeur peut encore s'y lire."


def _document(op: Op) -> dict[str, object]:
    return {
        "op": op.id,
        "at": op.at,
        "scope": op.scope,
        "kind": op.kind,
        "author": op.author,
        "device": op.device,
        "reason": op.reason,
        "changes": [{"entity": c.entity, "field": c.field, "erased": c.body is None} for c in op.changes],
    }


def _lines(op: Op) -> Iterator[str]:
    reason = f" ({op.reason})" if op.reason else ""
    yield f"{op.at[:19]}  {op.id.hex()[:12]}  {op.kind}  {op.author}{reason}"
    for change in op.changes:
        yield f"    {change.entity} {change.field}{' [effacé]' if change.body is None else ''}"
