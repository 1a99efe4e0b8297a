"""`insi perimeter`, `insi link`, `insi rate`: what is kept by hand beside the monthly files."""

import argparse
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from ivaudit.app import insi, insi_declared, insi_perimeters
from ivaudit.app.session import Session
from ivaudit.cli.commands import leaf
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import session
from ivaudit.cli.output import show, warn
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.insi_follow_up import DeclaredRate
from ivaudit.domain.insi_perimeter import Expected, Perimeter
from ivaudit.domain.months import of, said

_MONTH = "AAAA-MM"
_SOURCES = ("dossier", "fichiers", "annuaire")


def add(words: "argparse._SubParsersAction[Parser]") -> None:
    """Add these words of the noun."""
    _add_perimeter(leaf(words, "perimeter", "le périmètre d'un mois : l'afficher, le figer", perimeter))
    _add_link(leaf(words, "link", "dire qu'une structure appelle sous un autre FINESS", link))
    _add_rate(leaf(words, "rate", "le taux d'identités qualifiées déclaré par une structure", rate))


def _add_perimeter(command: Parser) -> None:
    command.add_argument("--month", default="", metavar=_MONTH, help="mois (sinon le dernier reçu)")
    command.add_argument(
        "--file", type=Path, metavar="FICHIER", help="figer, avec les structures d'une liste"
    )
    command.add_argument(
        "--from",
        dest="sources",
        action="append",
        default=[],
        choices=_SOURCES,
        help="figer, avec les structures du dossier, des fichiers reçus ou de l'annuaire FINESS",
    )
    command.add_argument(
        "--category", action="append", metavar="CATÉGORIE", help="figer ces catégories seulement"
    )
    command.add_argument(
        "--department", action="append", metavar="DÉPARTEMENT", help="figer ces départements"
    )
    command.add_argument("--freeze", action="store_true", help="figer le périmètre en cours pour ce mois")
    command.add_argument("--exclude", metavar="FINESS", help="exclure une structure à partir de ce mois")
    command.add_argument("--reason", default="", metavar="TEXTE", help="motif de l'exclusion")
    command.add_argument("--include", metavar="FINESS", help="remettre une structure exclue")
    command.add_argument("--remove", metavar="FINESS", help="retirer une structure de la liste")


def _add_link(command: Parser) -> None:
    command.add_argument(
        "finess", nargs="?", metavar="FINESS", help="structure qui appelle sous un autre FINESS"
    )
    command.add_argument("target", nargs="?", metavar="AUTRE", help="FINESS sous lequel elle appelle")
    command.add_argument("--since", default="", metavar=_MONTH, help="premier mois")
    command.add_argument("--until", default="", metavar=_MONTH, help="dernier mois")
    command.add_argument("--note", default="", metavar="TEXTE", help="d'où vient l'information")
    command.add_argument("--remove", action="store_true", help="retirer le lien")


def _add_rate(command: Parser) -> None:
    command.add_argument("finess", nargs="?", metavar="FINESS", help="structure")
    command.add_argument("month", nargs="?", metavar=_MONTH, help="mois")
    command.add_argument("--qualified", type=int, metavar="N", help="identités qualifiées")
    command.add_argument("--active", type=int, metavar="N", help="file active")
    command.add_argument("--rate", default="", metavar="TAUX", help="taux (87,5), à défaut de nombres")
    command.add_argument("--date", default="", metavar="AAAA-MM-JJ", help="jour du relevé")
    command.add_argument("--definition", default="", metavar="TEXTE", help="ce que la file active compte")
    command.add_argument(
        "--file", type=Path, metavar="FICHIER", help="importer les taux d'un fichier .xlsx ou .csv"
    )
    command.add_argument("--remove", action="store_true", help="retirer le taux de ce mois")


# -- perimeter ---------------------------------------------------------------------------------------------


def perimeter(args: Namespace) -> int:
    """Show the perimeter of a month, or freeze it with what is given."""
    with session(args) as opened:
        month = args.month or max(insi.months(opened), default="")
        if not month:
            raise InvalidValue(insi.NOTHING_YET)
        _change(opened, args, month)
        found = insi_perimeters.of_month(opened, month)
    show(args, _framed(found, month), _perimeter_lines(found, month))
    return 0


def _change(opened: Session, args: Namespace, month: str) -> None:
    """Do what was asked to the perimeter of a month."""
    if args.exclude:
        insi_perimeters.exclude(opened, month, insi_perimeters.checked_finess(args.exclude), args.reason)
    if args.include:
        insi_perimeters.include(opened, month, insi_perimeters.checked_finess(args.include))
    if args.remove:
        insi_perimeters.withdraw(opened, month, [insi_perimeters.checked_finess(args.remove)])
    chosen = args.category is not None or args.department is not None
    if args.file or args.sources or args.freeze or chosen:
        listed = [*_from_file(args.file)] if args.file else []
        listed += insi_perimeters.from_facilities(opened) if "dossier" in args.sources else ()
        listed += insi_perimeters.from_files(opened) if "fichiers" in args.sources else ()
        listed += insi_perimeters.from_directory(opened, month) if "annuaire" in args.sources else ()
        insi_perimeters.freeze(
            opened, month, structures=listed, categories=args.category, departments=args.department
        )


def _from_file(path: Path) -> Sequence[Expected]:
    read = insi_perimeters.read(path)
    for problem in read.problems:
        warn(str(problem))
    if read.ignored:
        warn(f"colonnes ignorées : {', '.join(read.ignored)}")
    return read.structures


def _framed(found: Perimeter | None, month: str) -> dict[str, object]:
    if found is None:
        return {"month": month, "perimeter": None}
    return {"month": month, "counted": len(found.counted(month)), "perimeter": found}


def _perimeter_lines(found: Perimeter | None, month: str) -> Iterator[str]:
    if found is None:
        yield "Aucun périmètre n'est défini."
        return
    yield f"Périmètre {of(month)}, figé pour {said(found.month)}"
    yield f"{len(found.counted(month))} structures comptées sur {len(found.structures)} dans la liste"
    yield f"  catégories : {', '.join(found.categories) or 'toutes'}"
    yield f"  départements : {', '.join(found.departments) or 'tous'}"
    yield from (f"  exclue {finess} : {reason}" for finess, reason in found.exclusions.items())


# -- links and rates ---------------------------------------------------------------------------------------


def link(args: Namespace) -> int:
    """Keep or take away a link, then list them."""
    with session(args) as opened:
        if args.finess and args.remove:
            insi_declared.unlink(opened, args.finess)
        elif args.finess and args.target:
            insi_declared.link(
                opened, args.finess, args.target, since=args.since, until=args.until, note=args.note
            )
        elif args.finess:
            raise InvalidValue("Donnez aussi le FINESS sous lequel cette structure appelle, ou --remove.")
        found = insi_declared.links(opened)
    lines = [
        f"{each.finess} appelle sous {each.target}"
        f"{f' depuis {said(each.since)}' if each.since else ''}"
        f"{f' jusqu’en {said(each.until)}' if each.until else ''}"
        for each in found
    ]
    show(args, found, lines or ["Aucun lien."])
    return 0


def rate(args: Namespace) -> int:
    """Keep or take away a declared rate, or import them, then list them."""
    with session(args) as opened:
        if args.file:
            read = insi_declared.read_rates(args.file)
            for problem in read.problems:
                warn(str(problem))
            insi_declared.accept(opened, read.rates)
        elif args.finess and args.month and args.remove:
            insi_declared.withdraw(opened, args.finess, args.month)
        elif args.finess and args.month:
            insi_declared.declare(opened, _declared(args))
        found = insi_declared.rates(
            opened, insi_perimeters.checked_finess(args.finess) if args.finess else None
        )
    lines = [
        f"{each.finess}  {said(each.month)}  {_percent(each.share)}  {each.definition}" for each in found
    ]
    show(args, found, lines or ["Aucun taux déclaré."])
    return 0


def _declared(args: Namespace) -> DeclaredRate:
    return DeclaredRate(
        finess=args.finess,
        month=args.month,
        qualified=args.qualified,
        active=args.active,
        permille=insi_declared.share(args.rate),
        date=args.date,
        definition=args.definition,
    )


def _percent(share: int | None) -> str:
    return "—" if share is None else f"{share / 10:.1f} %".replace(".", ",")
