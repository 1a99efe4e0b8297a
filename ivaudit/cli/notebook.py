"""`notebook`: people met and lines noted in an audit."""

from argparse import Namespace

from ivaudit.app import notebook
from ivaudit.cli.commands import group, leaf
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import session
from ivaudit.cli.output import show
from ivaudit.domain.audit import STRUCTURE
from ivaudit.domain.notebook import disagreements, unattached


def add(_noun: str, command: Parser) -> None:
    """Add the words of the noun."""
    words = group(command)
    every = leaf(words, "list", "lire le carnet d'un audit", list_all)
    _audit(every)
    every.add_argument("--unattached", action="store_true", help="seulement les lignes non rattachées")
    meet = leaf(words, "meet", "noter une personne rencontrée, par sa fonction", meet_one)
    _audit(meet)
    meet.add_argument("function", metavar="FONCTION", help="ce qu'elle fait (« IDEC »)")
    meet.add_argument("--interlocutor", default="", metavar="CLÉ", help="interlocuteur (clé du vocabulaire)")
    meet.add_argument("--unit", default="", metavar="TEXTE", help="où elle travaille")
    meet.add_argument("--at", default="", metavar="AAAA-MM-JJTHH:MM", help="quand (maintenant sinon)")
    note = leaf(words, "note", "noter une ligne", note_one)
    _audit(note)
    note.add_argument("text", metavar="TEXTE", help="ce qui est dit, lu ou vu")
    note.add_argument("--person", default="", metavar="PERSONNE", help="qui parle")
    note.add_argument("--criterion", action="append", default=[], metavar="CRITÈRE", help="critère concerné")
    note.add_argument("--means", default="", metavar="CLÉ", help="dit, ecrit, vu ou dossier")
    note.add_argument("--value", default="", metavar="VALEUR", help="la réponse que la ligne vaut")
    note.add_argument("--source", default="", metavar="TEXTE", help="d'où elle vient, hors entretien")
    note.add_argument("--subject", default=STRUCTURE, metavar="SUJET", help="ce dont elle parle")
    attach = leaf(words, "attach", "rattacher une ligne à des critères", attach_one)
    _line(attach)
    attach.add_argument(
        "criteria", metavar="CRITÈRE", nargs="*", help="critères concernés (aucun : détacher)"
    )
    attach.add_argument("--value", default="", metavar="VALEUR", help="la réponse que la ligne vaut")
    _line(leaf(words, "remove", "retirer une ligne", remove_one))


def _audit(command: Parser) -> None:
    command.add_argument("audit", metavar="AUDIT", help="identifiant de l'audit")


def _line(command: Parser) -> None:
    _audit(command)
    command.add_argument("line", metavar="LIGNE", help="identifiant de la ligne")


def list_all(args: Namespace) -> int:
    """Print the notebook, the lines that no criterion took up, and where sources disagree."""
    with session(args) as opened:
        people = notebook.persons(opened, args.audit)
        lines = notebook.lines(opened, args.audit)
    shown = unattached(lines) if args.unattached else lines
    who = {person.id: person.function for person in people}
    document = {"persons": people, "lines": shown, "disagreements": disagreements(lines)}
    printed = [
        f"{line.id}  {line.at}  {who.get(line.person, line.source or '—')}  "
        f"{', '.join(line.criteria) or 'non rattachée'}  {line.text}"
        for line in shown
    ]
    printed += [f"Désaccord sur {each.criterion}" for each in disagreements(lines)]
    show(args, document, printed or ["Aucune ligne."])
    return 0


def meet_one(args: Namespace) -> int:
    """Note somebody met."""
    with session(args) as opened:
        _, key = notebook.meet(
            opened, args.audit, args.function, interlocutor=args.interlocutor, unit=args.unit, at=args.at
        )
    show(args, {"person": key}, [f"Entretien noté : {key}"])
    return 0


def note_one(args: Namespace) -> int:
    """Note a line."""
    with session(args) as opened:
        _, key = notebook.note(
            opened,
            args.audit,
            args.text,
            person=args.person,
            criteria=args.criterion,
            subject=args.subject,
            means=args.means,
            value=args.value,
            source=args.source,
        )
    show(args, {"line": key}, [f"Ligne notée : {key}"])
    return 0


def attach_one(args: Namespace) -> int:
    """Say which criteria a line is about."""
    with session(args) as opened:
        changes = notebook.attach(opened, args.audit, args.line, args.criteria, args.value)
    show(args, changes, [changes.done or "Rien à changer."])
    return 0


def remove_one(args: Namespace) -> int:
    """Take a line away."""
    with session(args) as opened:
        changes = notebook.remove(opened, args.audit, args.line)
    show(args, changes, [changes.done])
    return 0
