"""`erase`, `purge` and `privacy`: what leaves for good, what is kept how long, copies without names."""

from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from ivaudit.app import backups, checks, dossier, erasing, names, retention, training_copy
from ivaudit.app.erasing import Holding, Occurrence
from ivaudit.app.session import Session
from ivaudit.app.workspaces import passphrase_problem
from ivaudit.cli import passphrase
from ivaudit.cli.commands import group, leaf, served
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import folder, session
from ivaudit.cli.output import show
from ivaudit.cli.terminal import progress
from ivaudit.domain.audit import STRUCTURE
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.retention import Held


def add(noun: str, command: Parser) -> None:
    """Add the words of one noun."""
    match noun:
        case "erase":
            _add_erase(command)
        case "purge":
            _add_purge(command)
        case _:
            _add_privacy(command)


def _add_erase(command: Parser) -> None:
    words = group(command)
    one = leaf(words, "answer", "effacer un champ d'une réponse, avec tout son passé", erase_answer)
    one.add_argument("audit", metavar="AUDIT", help="identifiant de l'audit")
    one.add_argument("criterion", metavar="CRITÈRE", help="identifiant du critère")
    one.add_argument("field", metavar="CHAMP", help="value, constat, note…")
    one.add_argument("--subject", default=STRUCTURE, metavar="SUJET", help="unité ou fonction dont il s'agit")
    other = leaf(words, "field", "effacer un champ par ses noms dans le journal", erase_field)
    other.add_argument("entity", metavar="ENTITÉ", help="nom donné par « journal log »")
    other.add_argument("field", metavar="CHAMP", help="nom du champ")
    word = leaf(words, "word", "effacer toutes les valeurs où un mot est écrit", erase_word)
    word.add_argument("word", metavar="MOT", help="le mot, sans tenir compte des majuscules ni des accents")
    word.add_argument("--dry-run", action="store_true", help="dire seulement où il est écrit")
    for each in (one, other, word):
        needed = each is not word
        each.add_argument(
            "--reason", required=needed, default="", metavar="TEXTE", help="motif, sans la valeur"
        )


def _add_purge(command: Parser) -> None:
    served(command, purge)
    command.add_argument("--dry-run", action="store_true", help="dire seulement ce qui partirait")
    command.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="SORTE=MOIS",
        help=f"choisir une durée d'abord ({', '.join(Held)} ; 0 : garder)",
    )


def _add_privacy(command: Parser) -> None:
    words = group(command)
    search = leaf(words, "search", "dire partout où un mot est écrit", search_word)
    search.add_argument("word", metavar="MOT", help="au moins trois caractères")
    held = leaf(words, "backups", "dire quelles sauvegardes gardent une valeur effacée", holding)
    held.add_argument("--purge", action="store_true", help="les supprimer, une neuve étant faite d'abord")
    file = leaf(words, "dossier", "écrire le dossier DSI / DPO / RSSI", write_dossier)
    file.add_argument("--out", required=True, type=Path, metavar="FICHIER", help="fichier .pdf ou .docx")
    copy = leaf(words, "copy", "faire une copie de démonstration, sans nom ni texte saisi", make_copy)
    copy.add_argument("--out", required=True, type=Path, metavar="DOSSIER", help="dossier à créer")
    copy.add_argument(
        "--new-passphrase-file", type=Path, metavar="FICHIER", help="fichier de la phrase de la copie"
    )


def erase_answer(args: Namespace) -> int:
    """Erase every content one field of an answer ever had."""
    with session(args) as opened:
        opened.audit(args.audit)
        return _erase(args, opened, names.answer(args.audit, args.subject, args.criterion), args.field)


def erase_field(args: Namespace) -> int:
    """Erase every content a field ever had, by its names in the journal."""
    with session(args) as opened:
        return _erase(args, opened, args.entity, args.field)


def erase_word(args: Namespace) -> int:
    """Erase every value and draft where a word is written."""
    with session(args) as opened:
        found = erasing.search(opened, args.word)
        if args.dry_run:
            return _show_found(args, found)
        changes = erasing.erase_found(opened, args.word, found, args.reason)
        left = [each for each in found if not each.erasable]
        held = erasing.holding_of(opened)
    lines = [changes.done, *(f"Reste, et ne s'efface pas : {_place(each)}" for each in left), *_told(held)]
    show(args, {"erased": len(found) - len(left), "left": len(left), "backups": len(held)}, lines)
    return 0


def purge(args: Namespace) -> int:
    """Take away what is past its duration, or only say what would go."""
    with session(args) as opened:
        for each in args.set:
            retention.choose(opened, *_duration(each))
        planned = retention.plan(opened)
        lines = [f"{due.closed}  {due.amount}  {due.where}  {due.what}" for due in planned.due]
        done = "Rien n'est à purger."
        if planned.due and not args.dry_run:
            done = retention.purge(opened, planned, progress()).done
        elif planned.due:
            done = f"{planned.amount()} valeurs partiraient ; rien n'a été fait."
    document = {
        "done": bool(planned.due) and not args.dry_run,
        "months": {held.value: months for held, months in planned.months},
        "due": [
            {
                "held": due.held,
                "where": due.where,
                "what": due.what,
                "closed": due.closed,
                "amount": due.amount,
            }
            for due in planned.due
        ],
    }
    show(args, document, [*lines, done])
    return 0


def search_word(args: Namespace) -> int:
    """Say everywhere a word is written."""
    with session(args) as opened:
        found = erasing.search(opened, args.word)
    return _show_found(args, found)


def holding(args: Namespace) -> int:
    """Say which backups still hold an erased value, and remove them when asked."""
    with session(args) as opened:
        held = erasing.holding_of(opened)
        if held and args.purge:
            erasing.purge_backups(opened, [each.backup for each in held])
            held = erasing.holding_of(opened)
    document = [
        {
            "at": each.backup.at,
            "folder": each.backup.folder,
            "amount": each.amount,
            "unreadable": each.unreadable,
        }
        for each in held
    ]
    show(args, document, _told(held) or ["Aucune sauvegarde ne garde une valeur effacée."])
    return 0


def write_dossier(args: Namespace) -> int:
    """Write the file for those who answer for security and privacy."""
    with session(args) as opened:
        path = dossier.write(opened.library, args.out, opened, progress=progress())
    show(args, {"file": path}, [f"Dossier écrit : {path}"])
    return 0


def make_copy(args: Namespace) -> int:
    """Make the copy to train on."""
    secret = passphrase.new(args, args.new_passphrase_file, passphrase.NEW_VARIABLE)
    if problem := passphrase_problem(secret):
        raise InvalidValue(problem)
    with session(args) as opened:
        place = training_copy.make(opened, args.out, secret, progress=progress())
    show(args, {"workspace": place}, [f"Copie de démonstration : {place}"])
    return 0


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


def _duration(text: str) -> tuple[Held, int]:
    name, _, months = text.partition("=")
    if name not in Held.__members__.values() or not months.isdigit():
        raise InvalidValue(f"Une durée s'écrit SORTE=MOIS, avec une sorte parmi : {', '.join(Held)}.")
    return Held(name), int(months)


def _show_found(args: Namespace, found: Sequence[Occurrence]) -> int:
    document = [
        {"where": each.where, "what": each.what, "kind": each.found.kind, "erasable": each.erasable}
        for each in found
    ]
    lines = [f"{'  ' if each.erasable else '! '}{_place(each)} : {each.extract}" for each in found]
    show(args, document, lines or ["Ce mot n'est écrit nulle part."])
    return 0


def _place(each: Occurrence) -> str:
    return f"{each.where} · {each.what}"


def _told(held: Sequence[Holding]) -> list[str]:
    return [
        f"Sauvegarde du {each.backup.at[:19]} ({each.backup.reason}) : "
        + (
            "illisible, à tenir pour concernée"
            if each.unreadable
            else f"garde {each.amount} valeur(s) effacée(s)"
        )
        for each in held
    ]
