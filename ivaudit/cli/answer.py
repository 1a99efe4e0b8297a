"""`answer`: one criterion from the command line, or many as lines of JSON."""

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from ivaudit.app import answers
from ivaudit.app.session import Session
from ivaudit.cli.commands import served
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import session
from ivaudit.cli.output import acknowledge, show
from ivaudit.domain.audit import STRUCTURE, Changes
from ivaudit.domain.errors import InvalidValue, KnownError, NotAllowedNow, NotFound

CLEARED = "-"
"""The value that clears an answer on the command line; in JSON it is null."""

_TEXTS = ("constat", "note")
_KEYS = frozenset({"criterion", "value", "subject", "reason", "awaiting", "review", "means", *_TEXTS})


def add(_noun: str, command: Parser) -> None:
    """Add the arguments of the noun."""
    served(command, run)
    command.add_argument("audit", metavar="AUDIT", help="identifiant de l'audit")
    command.add_argument("criterion", metavar="CRITÈRE", nargs="?", help="identifiant du critère")
    command.add_argument(
        "value",
        metavar="VALEUR",
        nargs="?",
        help=f"clé de l'échelle (oui, partiel, non…) ; {CLEARED} pour retirer la réponse",
    )
    command.add_argument("--subject", metavar="SUJET", help="unité ou fonction dont il s'agit")
    command.add_argument("--constat", metavar="TEXTE", help="constat factuel, imprimé dans le rapport")
    command.add_argument("--note", metavar="TEXTE", help="note interne, absente des rapports")
    command.add_argument("--reason", metavar="TEXTE", help="motif d'un « sans objet »")
    command.add_argument("--awaiting", metavar="TEXTE", help="auprès de qui vérifier")
    command.add_argument("--means", metavar="CLÉ,CLÉ", help="comment le fait est établi (dit, écrit, vu…)")
    command.add_argument("--review", choices=["oui", "non"], help="marquer « à revoir », ou non")
    command.add_argument(
        "--stdin",
        action="store_true",
        help="un objet JSON par ligne en entrée, un accusé par ligne en sortie",
    )


def run(args: Namespace) -> int:
    """Answer from the arguments, or from the standard input."""
    if args.stdin:
        return _stream(args)
    if args.criterion is None or not _asked(args):
        raise InvalidValue("Il manque le critère, ou ce qu'il faut lui répondre (ou --stdin).")
    with session(args) as opened:
        changes = apply(opened, args.audit, _asked(args) | {"criterion": args.criterion})
    show(args, changes, [changes.done or "Rien à changer."])
    return 0


def apply(opened: Session, audit: str, asked: Mapping[str, object]) -> Changes:
    """Record what one object asks, whole or not at all: a value, texts, marks.

    Raises:
        KnownError: no such audit, criterion or value.
        InvalidValue: an unknown key, or something else than what its key holds.
    """
    if unknown := set(asked) - _KEYS:
        raise InvalidValue(f"Clé inconnue : {', '.join(sorted(unknown))[:80]}.")
    if "value" not in asked and {"reason", "awaiting"} & set(asked):
        raise InvalidValue("Un motif, ou auprès de qui vérifier, se donne avec la réponse qu'il accompagne.")
    gestures = list(_gestures(opened, audit, asked))
    if not gestures:
        raise InvalidValue("Rien à répondre : il faut une valeur, un constat, une note ou une marque.")
    with opened.workspace.gesture():
        made = [changes for gesture in gestures if (changes := gesture()).at]
    if not made:
        return Changes()
    touched = frozenset(answer for changes in made for answer in changes.answers)
    return replace(made[-1], answers=touched, done=", ".join(changes.done for changes in made))


def _gestures(opened: Session, audit: str, asked: Mapping[str, object]) -> Iterator[Callable[[], Changes]]:
    criterion = _text(asked, "criterion")
    subject = _text(asked, "subject") or STRUCTURE
    if "value" in asked:
        value = None if asked["value"] is None else _text(asked, "value")
        reason, awaiting = _text(asked, "reason"), _text(asked, "awaiting")
        yield lambda: answers.answer(
            opened, audit, criterion, value, subject=subject, na_reason=reason, awaiting=awaiting
        )
    for field in _TEXTS:
        if field in asked:
            text = _text(asked, field)
            yield lambda field=field, text=text: answers.write(  # type: ignore[misc]  # bound now
                opened, audit, criterion, field, text, subject=subject
            )
    if "review" in asked:
        review = _mark(asked["review"])
        yield lambda: answers.flag(opened, audit, criterion, review, subject=subject)
    if "means" in asked:
        chosen = _texts(asked["means"])
        yield lambda: answers.means(opened, audit, criterion, chosen, subject=subject)


def _asked(args: Namespace) -> dict[str, object]:
    """Return what the command line says, under the keys of a JSON line."""
    asked: dict[str, object] = {
        key: getattr(args, key)
        for key in ("value", "subject", "reason", "awaiting", *_TEXTS)
        if getattr(args, key) is not None
    }
    if asked.get("value") == CLEARED:
        asked["value"] = None
    if args.review is not None:
        asked["review"] = args.review == "oui"
    if args.means is not None:
        asked["means"] = [key.strip() for key in args.means.split(",") if key.strip()]
    return asked


def _stream(args: Namespace) -> int:
    """Answer line by line; each line out says that what it answers is on the disk, or why it is not."""
    failed = False
    with session(args) as opened:
        opened.audit(args.audit)
        for number, line in enumerate(sys.stdin, 1):
            if not line.strip():
                continue
            try:
                asked = _object(line)
                changes = apply(opened, args.audit, asked)
            except KnownError as error:
                acknowledge({"line": number, "ok": False, "error": error.sentence})
                if not isinstance(error, InvalidValue | NotFound | NotAllowedNow):
                    raise
                failed = True
            else:
                acknowledge(_accepted(number, asked, changes))
    return 1 if failed else 0


def _accepted(number: int, asked: Mapping[str, object], changes: Changes) -> dict[str, object]:
    return {
        "line": number,
        "ok": True,
        "criterion": asked["criterion"],
        "subject": asked.get("subject") or STRUCTURE,
        "done": changes.done,
        "at": changes.at or None,
    }


def _object(line: str) -> dict[str, object]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        raise InvalidValue("Cette ligne n'est pas du JSON.") from None
    if not isinstance(found, dict):
        raise InvalidValue("Cette ligne n'est pas un objet JSON.")
    if not found.get("criterion"):
        raise InvalidValue("Il manque « criterion ».")
    return found


def _text(asked: Mapping[str, object], key: str) -> str:
    text = asked.get(key, "")
    if not isinstance(text, str):
        raise InvalidValue(f"« {key} » attend un texte.")
    return text


def _mark(value: object) -> bool:
    if not isinstance(value, bool):
        raise InvalidValue("« review » attend true ou false.")
    return value


def _texts(value: object) -> Sequence[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise InvalidValue("« means » attend une liste de clés.")
    return value
