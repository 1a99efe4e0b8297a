"""`journal`: what was done, in words or as names of the journal; the proof that it is whole."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from ivaudit.app import checks, names, trail, trail_export
from ivaudit.app.session import Session
from ivaudit.app.trail_reading import TrailReader
from ivaudit.cli.commands import group, leaf
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import session
from ivaudit.cli.output import show
from ivaudit.cli.terminal import progress
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.journal import Op
from ivaudit.domain.trail import Gesture, TrailFilter, TrailLine


def add(_noun: str, command: Parser) -> None:
    """Add the words of the noun."""
    words = group(command)
    whole = leaf(words, "verify", "vérifier que rien n'a été altéré", verify)
    whole.add_argument("--full", action="store_true", help="avec la base et l'état qui en découle")
    gestures = leaf(words, "log", "lister les gestes, par leurs noms dans le journal", log)
    gestures.add_argument("--audit", metavar="AUDIT", help="ceux d'un audit")
    gestures.add_argument("--scope", metavar="PORTÉE", help="ceux d'une portée (workspace, structure:…)")
    lines = leaf(words, "show", "lister ce qui a changé, en clair, le plus récent d'abord", lines_of)
    lines.add_argument("--most", type=int, default=200, metavar="N", help="au plus (200 par défaut)")
    out = leaf(words, "export", "écrire ce qui a changé en classeur ou en CSV, en clair", export)
    out.add_argument("--out", required=True, type=Path, metavar="FICHIER", help="fichier .xlsx ou .csv")
    for each in (lines, out):
        _add_filters(each)


def _add_filters(command: Parser) -> None:
    command.add_argument("--since", metavar="AAAA-MM-JJ", help="à partir de ce jour")
    command.add_argument("--until", metavar="AAAA-MM-JJ", help="jusqu'à ce jour compris")
    command.add_argument("--author", default="", metavar="NOM", help="dont l'auteur contient ce texte")
    kinds = [each.value for each in Gesture]
    command.add_argument("--gesture", default="", choices=kinds, help="sorte de geste")
    command.add_argument("--audit", metavar="AUDIT", help="d'un audit, avec ses campagnes et ses actions")
    command.add_argument("--facility", metavar="STRUCTURE", help="d'une structure, avec ses audits")
    command.add_argument("--register", action="store_true", help="du registre des anomalies")
    command.add_argument("--words", default="", metavar="MOTS", help="qui contiennent tous ces mots")


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


def lines_of(args: Namespace) -> int:
    """List what changed in words, the newest first."""
    with session(args) as opened:
        reader = TrailReader(opened, _wanted(args, opened))
        found: list[TrailLine] = []
        while not reader.over and len(found) < args.most:
            found += reader.next(args.most - len(found), 1.0).lines
    kept = found[: args.most]
    show(args, [_told(line) for line in kept], [_said(line) for line in kept])
    return 0


def export(args: Namespace) -> int:
    """Write what changed, in words; the file is in clear."""
    with session(args) as opened:
        amount = trail_export.export(opened, _wanted(args, opened), args.out, progress=progress())
    show(args, {"file": args.out, "lines": amount}, [f"{amount} lignes écrites, en clair : {args.out}"])
    return 0


def _wanted(args: Namespace, opened: Session) -> TrailFilter:
    place = "register" if args.register else ""
    if args.facility:
        place = names.structure(args.facility)
    if args.audit:
        opened.audit(args.audit)
        place = names.audit(args.audit)
    until = _day(args.until)
    return TrailFilter(
        since=_utc(_day(args.since)),
        until=_utc(until + timedelta(days=1) if until else None),
        author=args.author,
        gesture=args.gesture,
        place=place,
        words=args.words,
    )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InvalidValue("La date s'écrit comme 2026-11-21.") from None


def _utc(day: date | None) -> str:
    if day is None:
        return ""
    at = datetime.combine(day, time()).astimezone().astimezone(UTC)
    return at.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _told(line: TrailLine) -> dict[str, object]:
    return {
        "op": line.op,
        "index": line.index,
        "at": line.at,
        "author": line.author,
        "gesture": line.gesture,
        "where": line.where,
        "what": line.what,
        "old": line.old,
        "new": line.new,
        "reason": line.reason,
        "erased": line.erased,
        "entity": line.entity,
        "field": line.field,
    }


def _said(line: TrailLine) -> str:
    new = trail_export.erased_words(line.erased) if line.erased is not None else line.new
    change = f"{line.old} → {new}" if line.old else new
    return f"{line.at[:19]}  {line.author}  {line.gesture}  {line.where}  {line.what} : {change}"


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
