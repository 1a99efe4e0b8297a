"""`merge`: what copies of an audit say differently, settled; and what the team goes through together."""

from argparse import Namespace
from collections.abc import Iterator

from ivaudit.app import merges
from ivaudit.app.merges import Disagreement
from ivaudit.app.session import Session
from ivaudit.cli.commands import group, leaf
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import session
from ivaudit.cli.output import show
from ivaudit.domain.consensus import ToConfirm
from ivaudit.domain.merging import Choice, Settling

_TAKE = {"both": Choice.BOTH, "before": Choice.BASE}
_MARK = 10
"""Hexadecimal signs of the change that names a value; more where two values begin alike."""


def add(_noun: str, command: Parser) -> None:
    """Add the words of the noun."""
    words = group(command)
    listed = leaf(words, "list", "lister les désaccords, la structure entière d'abord", list_all)
    listed.add_argument("--audit", default="", metavar="AUDIT", help="ceux d'un audit")
    one = leaf(words, "settle", "trancher un désaccord", settle)
    one.add_argument("entity", metavar="ENTITÉ", help="nom donné par « merge list »")
    one.add_argument("field", metavar="CHAMP", help="nom du champ")
    how = one.add_mutually_exclusive_group(required=True)
    how.add_argument(
        "--take",
        metavar="VALEUR",
        help="marque d'une valeur dans « merge list », « both » (toutes, pour des textes) ou « before »",
    )
    how.add_argument("--text", metavar="TEXTE", help="un autre texte")
    both = leaf(words, "consensus", "ce que l'équipe a encore à regarder ensemble", consensus)
    both.add_argument("audit", metavar="AUDIT", help="identifiant de l'audit")


def list_all(args: Namespace) -> int:
    """List what copies say differently."""
    with session(args) as opened:
        found = merges.disagreements(opened, args.audit)
    lines = [line for each in found for line in _lines(each)]
    show(args, [_document(each) for each in found], lines or ["Aucun désaccord."])
    return 0


def settle(args: Namespace) -> int:
    """Settle one field."""
    with session(args) as opened:
        choice = _choice(args, opened)
        changes = merges.settle(opened, args.entity, args.field, choice, args.text)
    show(args, {"settled": True, "at": changes.at}, [changes.done])
    return 0


def _choice(args: Namespace, opened: Session) -> Settling:
    if args.take is None:
        return Choice.OTHER
    if args.take in _TAKE:
        return _TAKE[args.take]
    found = merges.disagreement(opened, args.entity, args.field)
    return merges.value_marked(found, args.take.lower())


def consensus(args: Namespace) -> int:
    """Say what is left to look at together."""
    with session(args) as opened:
        disagreements = merges.disagreements(opened, args.audit)
        found = merges.consensus(opened, args.audit)
    document = {
        "disagreements": [_document(each) for each in disagreements],
        "unseen": found.unseen,
        "not_applicable": found.not_applicable,
    }
    lines = [
        f"Désaccords : {len(disagreements)}",
        *(line for each in disagreements for line in _lines(each)),
        f"Points critiques non évalués : {len(found.unseen)}",
        *map(_point, found.unseen),
        f"« Sans objet » à confirmer : {len(found.not_applicable)}",
        *map(_point, found.not_applicable),
    ]
    show(args, document, lines)
    return 0


def _document(found: Disagreement) -> dict[str, object]:
    return {
        "entity": found.conflict.entity,
        "field": found.conflict.field,
        "place": found.place,
        "about": found.about,
        "before": found.conflict.base,
        "values": [
            {"mark": mark, "author": side.author, "at": side.at, "value": side.value}
            for mark, side in zip(_marks(found), found.conflict.sides, strict=True)
        ],
    }


def _lines(found: Disagreement) -> Iterator[str]:
    about = f" ({found.about})" if found.about else ""
    yield f"{found.place}{about} — {found.field}"
    yield f"    {found.conflict.entity} {found.conflict.field}"
    yield f"    avant : {found.before}"
    for mark, side, value in zip(_marks(found), found.conflict.sides, found.values, strict=True):
        yield f"    {mark}  {side.author or 'sans nom'} : {value}"


def _marks(found: Disagreement) -> tuple[str, ...]:
    """Return what names each value, the same whatever their order."""
    whole = [side.change.hex() for side in found.conflict.sides]
    size = next(n for n in range(_MARK, len(whole[0]) + 1) if len({each[:n] for each in whole}) == len(whole))
    return tuple(each[:size] for each in whole)


def _point(found: ToConfirm) -> str:
    about = f" ({found.about})" if found.about else ""
    return f"    {found.number} {found.question}{about} : {found.said}"
