"""`review`: the reading-back by the facility, its form, its remarks and what is decided on them."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from ivaudit.app import answers, review, review_import, review_sending
from ivaudit.app.review import Review
from ivaudit.cli.commands import group, leaf
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import session
from ivaudit.cli.output import show
from ivaudit.cli.terminal import progress
from ivaudit.domain.audit import Changes
from ivaudit.domain.review import Comment, Decision, reworded, to_treat
from ivaudit.domain.review_form import Outcome, ReviewComparison, by_id

_NONE = "aucune"


def add(_noun: str, command: Parser) -> None:
    """Add the words of the noun."""
    words = group(command)
    out = leaf(words, "export", "écrire le formulaire à envoyer à la structure", export)
    _audit(out)
    out.add_argument(
        "--out", required=True, type=Path, metavar="FICHIER", help="fichier .xlsx ou .docx à écrire"
    )
    out.add_argument("--with-scores", action="store_true", help="joindre les scores et les niveaux")
    out.add_argument("--no-state", action="store_true", help="ne pas passer l'audit « en relecture »")
    back = leaf(words, "import", "lire un formulaire revenu", import_one)
    back.add_argument("file", type=Path, metavar="FICHIER", help="formulaire rempli")
    _audit(back)
    back.add_argument(
        "--dry-run", action="store_true", help="dire ce qui serait ajouté, sans rien enregistrer"
    )
    back.add_argument(
        "--take-changed",
        action="store_true",
        help="remplacer aussi les remarques modifiées depuis le dernier import (gardées sinon)",
    )
    _audit(leaf(words, "list", "lister les remarques d'un audit", list_all))
    one = leaf(words, "decide", "décider d'une remarque", decide)
    _audit(one)
    one.add_argument("comment", metavar="REMARQUE", help="identifiant de la remarque")
    one.add_argument("--decision", choices=[*Decision, _NONE], help="ce que l'auditeur en fait")
    one.add_argument("--answer", metavar="TEXTE", help="réponse de l'auditeur")


def _audit(command: Parser) -> None:
    command.add_argument("audit", metavar="AUDIT", help="identifiant de l'audit")


def export(args: Namespace) -> int:
    """Write a form; the audit is then being read back."""
    with session(args) as opened:
        answers.settle(opened)
        prepared = review_sending.prepare(opened, args.audit, with_scores=args.with_scores)
        path = review_sending.make(prepared, args.out, progress=progress())
        changes = Changes() if args.no_state else review_sending.sent(opened, args.audit)
    lines = [f"Formulaire écrit : {path}", *([f"{changes.done}."] if changes.at else [])]
    show(args, {"file": path, "rows": len(prepared.form.rows), "form": prepared.form.manifest.form}, lines)
    return 0


def import_one(args: Namespace) -> int:
    """Take in the remarks of a form, or say what they are."""
    returned = review_import.read(args.file)
    with session(args) as opened:
        answers.settle(opened)
        found = review_import.compare(opened, args.audit, returned)
        changed = frozenset(row.comment.id for row in found.of(Outcome.CHANGED))
        take = changed if args.take_changed else frozenset()
        many = len(found.of(Outcome.NEW)) + len(take)
        if many and not args.dry_run:
            review_import.back_up(opened)
            review_import.accept(opened, args.audit, found, take=take)
    written = 0 if args.dry_run else many
    show(args, _document(found, written), _told(found, written, dry=args.dry_run))
    return 0


def list_all(args: Namespace) -> int:
    """List the remarks with what was decided."""
    with session(args) as opened:
        found = review.of_audit(opened, args.audit)
    show(args, {"state": found.state, "since": found.since, "comments": found.comments}, _listed(found))
    return 0


def decide(args: Namespace) -> int:
    """Decide on a remark, answer it, or both."""
    with session(args) as opened:
        now = review.get(opened, args.audit, args.comment)
        wanted = now.decision
        if args.decision is not None:
            wanted = None if args.decision == _NONE else Decision(args.decision)
        changes = review.decide(opened, args.audit, args.comment, wanted, answer=args.answer)
    show(args, changes, [changes.done or "Rien à changer."])
    return 0


def _document(found: ReviewComparison, written: int) -> dict[str, object]:
    return {
        "written": written,
        "counts": {outcome: len(found.of(outcome)) for outcome in Outcome},
        "absent": found.absent,
        "problems": [str(each) for each in found.problems],
        "rows": found.rows,
    }


def _told(found: ReviewComparison, written: int, *, dry: bool) -> Iterator[str]:
    for row in found.rows:
        moved = "  (texte changé depuis l'envoi)" if row.reworded else ""
        yield f"{row.outcome:<9}  {_place(row.comment)}  {row.comment.kind} : {row.comment.text}{moved}"
    yield from map(str, found.problems)
    yield "Rien n'a été enregistré." if dry else f"Enregistré : {_many(written)}."


def _listed(found: Review) -> Iterator[str]:
    rows = by_id(found.rows)
    for each in found.comments:
        moved = "  (texte changé depuis)" if reworded(each, rows) else ""
        yield f"{each.id}  {_place(each)}  {each.decision or 'à traiter'}  {each.kind} : {each.text}{moved}"
        if each.answer:
            yield f"              réponse : {each.answer}"
    left, many = len(to_treat(found.comments)), _many(len(found.comments))
    yield f"Audit {found.state} depuis le {found.since} ; {many}, {left} à traiter."


def _many(count: int) -> str:
    return f"{count} remarque{'s' if count > 1 else ''}"


def _place(comment: Comment) -> str:
    return f"{'Constat' if comment.finding else 'Point'} {comment.number}"
