"""`indicators`: what structures count month after month."""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ivaudit.app import indicator_sheets, indicators, library
from ivaudit.app.indicators import Written
from ivaudit.app.session import Session
from ivaudit.cli.commands import group, leaf
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import session
from ivaudit.cli.output import show
from ivaudit.cli.terminal import progress
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.indicator_model import IndicatorReport, IndicatorView
from ivaudit.domain.indicator_words import counts
from ivaudit.domain.indicators import Nature
from ivaudit.domain.months import typed
from ivaudit.domain.readings import Counts

_MONTHS, _MOST = 12, 120
_COUNTS = {
    "numerator": "numérateur",
    "denominator": "dénominateur",
    "excluded": "exclus (non-éligibles à l'INS…)",
}


def add(_noun: str, command: Parser) -> None:
    """Add the words of the noun."""
    words = group(command)
    every = leaf(words, "list", "lister les indicateurs et leurs définitions", list_all)
    every.add_argument("--nature", choices=list(Nature), help="seulement ceux de cette nature")
    _set(leaf(words, "set", "noter un relevé, ou la date d'un événement rare", set_one))
    seen = leaf(words, "show", "montrer les relevés d'une structure", show_all)
    _place(seen)
    seen.add_argument("--indicator", metavar="INDICATEUR", help="un seul, en détail")
    _months(seen)
    out = leaf(words, "export", "écrire les indicateurs (XLSX, CSV, JSON ou PDF)", export)
    _place(out)
    out.add_argument(
        "--out", required=True, type=Path, metavar="FICHIER", help="fichier .xlsx, .csv, .json, .pdf"
    )
    _months(out)
    aim = leaf(words, "target", "fixer ou retirer la cible de la structure", aim_one)
    _place(aim)
    aim.add_argument("indicator", metavar="INDICATEUR", help="identifiant de l'indicateur")
    aim.add_argument("value", metavar="VALEUR", help="98 ou 0,5 ; un texte vide retire la cible")


def _set(command: Parser) -> None:
    _place(command)
    command.add_argument("indicator", metavar="INDICATEUR", help="identifiant de l'indicateur")
    command.add_argument("month", nargs="?", metavar="MOIS", help="2026-09 ; dernier mois de la période")
    for name, text in _COUNTS.items():
        command.add_argument(f"--{name}", type=int, metavar="N", help=text)
    command.add_argument("--source", metavar="TEXTE", help="rapport du logiciel d'où viennent les nombres")
    command.add_argument("--date", metavar="JOUR", help="jour du relevé, AAAA-MM-JJ")
    command.add_argument("--clear", action="store_true", help="retirer le relevé")
    command.add_argument("--computed", action="store_true", help="retenir ce qu'ivaudit a calculé")
    command.add_argument("--event", metavar="JOUR", help="noter la date d'un événement rare")
    command.add_argument("--no-event", metavar="JOUR", help="retirer la date d'un événement rare")


def _place(command: Parser) -> None:
    command.add_argument("facility", metavar="STRUCTURE", help="identifiant de la structure")


def _months(command: Parser) -> None:
    command.add_argument(
        "--last", default="", metavar="MOIS", help="dernier mois, AAAA-MM (sinon le mois présent)"
    )
    command.add_argument("--months", type=int, default=_MONTHS, metavar="N", help="combien de mois (12)")


def list_all(args: Namespace) -> int:
    """List the definitions."""
    found = [
        each
        for each in indicators.catalogue(library.library()).indicators
        if args.nature in {None, each.nature}
    ]
    show(args, found, [f"{each.id}  {each.nature}, {each.rhythm}  {each.title}" for each in found])
    return 0


def set_one(args: Namespace) -> int:
    """Write a reading, keep what was computed, or note a rare event."""
    with session(args) as opened:
        if args.event or args.no_event:
            day, there = args.event or args.no_event, bool(args.event)
            changes = indicators.note_event(opened, args.facility, args.indicator, day, there=there)
        elif args.computed:
            changes = indicators.keep(opened, args.facility, args.indicator, _month(args.month))
        else:
            changes = indicators.write(opened, args.facility, [_written(opened, args)])
    show(args, changes, [changes.done or "Rien à changer."])
    return 0


def show_all(args: Namespace) -> int:
    """Show the latest reading of each indicator, or one of them in detail."""
    with session(args) as opened:
        if args.indicator:
            indicators.get(opened, args.indicator)
        report = indicators.report(opened, args.facility, last=_last(args), months=_bounded(args.months))
    views = tuple(each for each in report.views if args.indicator in {None, each.indicator.id})
    lines = _detail(views[0]) if args.indicator else _summary(report)
    show(args, replace(report, views=views), lines)
    return 0


def export(args: Namespace) -> int:
    """Write the indicators of a structure."""
    indicator_sheets.format_of(args.out)
    with session(args) as opened:
        prepared = indicator_sheets.prepare(
            opened, args.facility, last=_last(args), months=_bounded(args.months)
        )
        path = indicator_sheets.write(prepared, args.out, progress=progress())
    show(args, {"file": path}, [f"Indicateurs écrits : {path}"])
    return 0


def aim_one(args: Namespace) -> int:
    """Set what a structure aims at."""
    with session(args) as opened:
        changes = indicators.aim(opened, args.facility, args.indicator, args.value)
    show(args, changes, [changes.done or "Rien à changer."])
    return 0


def _written(opened: Session, args: Namespace) -> Written:
    month = _month(args.month)
    known = Counts()
    if not args.clear:
        given = {name: getattr(args, name) for name in _COUNTS if getattr(args, name) is not None}
        now = indicators.reading(opened, args.facility, args.indicator, month).counts
        known = replace(now, **given)
        if any(count < 0 for count in given.values()):
            raise InvalidValue("Un relevé est un nombre entier, sans signe.")
    source = "" if args.clear else args.source
    return Written(indicator=args.indicator, month=month, counts=known, source=source, date=args.date)


def _month(text: str | None) -> str:
    found = typed(text or "")
    if found is None:
        raise InvalidValue("Le mois s'écrit comme 2026-09 ou 09/2026.")
    return found


def _last(args: Namespace) -> str:
    return _month(args.last) if args.last else ""


def _bounded(months: int) -> int:
    if not 1 <= months <= _MOST:
        raise InvalidValue(f"De 1 à {_MOST} mois.")
    return months


def _summary(report: IndicatorReport) -> list[str]:
    followed = [each for each in report.views if each.last or each.target is not None]
    lines = [_latest(each) for each in followed]
    return [report.active_file, *(lines or ["Aucun relevé."])]


def _latest(view: IndicatorView) -> str:
    last = view.last
    said = f"{last.label}  {last.shown}" if last else "pas de relevé"
    aimed = f"  (cible {view.target_shown})" if view.target_shown else ""
    return f"{view.indicator.id}  {said}{aimed}"


def _detail(view: IndicatorView) -> Iterator[str]:
    indicator = view.indicator
    yield f"{indicator.title} – {indicator.nature}, {indicator.origin}, {indicator.confidence}"
    yield f"Numérateur : {indicator.numerator}"
    yield f"Dénominateur : {indicator.denominator}"
    for point in view.points:
        source = f"  {point.source}" if point.source else ""
        flag = "  signal" if point.flagged else ""
        yield f"  {point.label} : {point.shown} ({counts(point.counts)}, {point.origin}){flag}{source}"
    standing = [view.standing.text] if view.standing else []
    rare = [view.rare.said] if view.rare else []
    yield from (*standing, *(each.text for each in view.signals), view.limits_said, *view.remarks, *rare)
