"""`synthesis`: the auditor's own words on the first page of the report."""

import json
from argparse import Namespace
from collections.abc import Iterator, Sequence

from ivaudit.app import synthesis
from ivaudit.cli.commands import group, leaf
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import session
from ivaudit.cli.output import show
from ivaudit.domain.audit import Highlight, Synthesis
from ivaudit.domain.errors import InvalidValue

_EXAMPLE = '{"text": "…", "criteria": ["gou-pol-01"]}'


def add(_noun: str, command: Parser) -> None:
    """Add the words of the noun."""
    words = group(command)
    one = leaf(words, "show", "afficher la synthèse", show_one)
    one.add_argument("audit", metavar="AUDIT", help="identifiant de l'audit")
    change = leaf(words, "set", "écrire la synthèse ; ce qui n'est pas donné reste", set_parts)
    change.add_argument("audit", metavar="AUDIT", help="identifiant de l'audit")
    change.add_argument("--appreciation", metavar="TEXTE", help="appréciation générale")
    for name, text in (("strength", "point fort"), ("priority", "priorité")):
        change.add_argument(
            f"--{name}",
            action="append",
            metavar="TEXTE",
            help=f"un {text}, en texte ou en JSON {_EXAMPLE} ; à répéter ; vide pour tout retirer"
            if name == "strength"
            else f"une {text}, sous la même forme",
        )


def show_one(args: Namespace) -> int:
    """Print the synthesis."""
    with session(args) as opened:
        opened.audit(args.audit)
        found = synthesis.get(opened, args.audit)
    show(args, found, _described(found))
    return 0


def set_parts(args: Namespace) -> int:
    """Record the parts that are given."""
    with session(args) as opened:
        changes = synthesis.write(
            opened,
            args.audit,
            appreciation=args.appreciation,
            strengths=_highlights(args.strength),
            priorities=_highlights(args.priority),
        )
    show(args, changes, [changes.done or "Rien à changer."])
    return 0


def _highlights(texts: Sequence[str] | None) -> list[Highlight] | None:
    return None if texts is None else [_highlight(text) for text in texts if text.strip()]


def _highlight(text: str) -> Highlight:
    if not text.lstrip().startswith("{"):
        return Highlight(text=text)
    try:
        found = json.loads(text)
        return Highlight(text=str(found["text"]), criteria=tuple(map(str, found.get("criteria", ()))))
    except (ValueError, KeyError, TypeError):
        raise InvalidValue(f"Un point de la synthèse s'écrit en texte, ou ainsi : {_EXAMPLE}") from None


def _described(found: Synthesis) -> Iterator[str]:
    yield found.appreciation or "Pas encore d'appréciation générale."
    for title, highlights in (("Points forts", found.strengths), ("Priorités", found.priorities)):
        if highlights:
            yield f"\n{title}"
        for each in highlights:
            cited = f"  ({', '.join(each.criteria)})" if each.criteria else ""
            yield f"- {each.text}{cited}"
