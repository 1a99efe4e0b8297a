"""`insi`: monthly usage files, the follow-up of a month, the perimeter, links and declared rates."""

from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from ivaudit.app import insi, insi_exports, insi_imports
from ivaudit.cli import insi_kept
from ivaudit.cli.commands import group, leaf
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import session
from ivaudit.cli.output import show
from ivaudit.cli.terminal import progress
from ivaudit.domain.insi import CHANNEL_WORDS, Channel, UsageComparison, UsageFile
from ivaudit.domain.insi_evolution import UNIQUE
from ivaudit.domain.insi_follow_up import FollowUp, Line
from ivaudit.domain.insi_table import headline, said
from ivaudit.domain.months import said as month_said
from ivaudit.domain.report_figures import plural

_MONTH = "AAAA-MM"
_FEW = 20


def add(_noun: str, command: Parser) -> None:
    """Add the words of the noun."""
    words = group(command)
    _add_import(leaf(words, "import", "importer des fichiers mensuels d'usage (XLSX ou CSV)", import_files))
    leaf(words, "imports", "lister les fichiers importés", list_imports)
    report = leaf(words, "report", "le suivi d'un mois : qui appelle, qui n'appelle pas", report_month)
    report.add_argument("--month", default="", metavar=_MONTH, help="mois (sinon le dernier reçu)")
    report.add_argument("--out", type=Path, metavar="FICHIER", help="écrire le suivi (.xlsx ou .csv)")
    report.add_argument("--call-back", type=Path, metavar="FICHIER", help="écrire les structures à rappeler")
    report.add_argument(
        "--silent", type=int, default=1, metavar="N", help="à rappeler : sans appel depuis N mois complets"
    )
    insi_kept.add(words)


def _add_import(command: Parser) -> None:
    command.add_argument("files", type=Path, nargs="+", metavar="FICHIER", help="fichiers .xlsx ou .csv")
    command.add_argument(
        "--channel",
        choices=list(Channel),
        help="appels par certificat ou par carte CPx (sinon lu dans le fichier)",
    )
    command.add_argument(
        "--dry-run", action="store_true", help="dire ce qui changerait, sans rien enregistrer"
    )
    command.add_argument(
        "--whole-month",
        action="store_true",
        help="le fichier remplace ses mois : retirer les lignes qu'il n'a plus",
    )


# -- files -------------------------------------------------------------------------------------------------


def import_files(args: Namespace) -> int:
    """Import monthly files one after the other, each all or nothing."""
    told: list[dict[str, object]] = []
    lines: list[str] = []
    with session(args) as opened:
        work = insi_imports.work_folder(opened)
        backed_up = False
        for path in args.files:
            file = insi_imports.read(path, work, progress=progress())
            seen = insi_imports.preview(opened, file, Channel(args.channel) if args.channel else None)
            useful = not seen.nothing or (args.whole_month and seen.missing)
            if useful and not args.dry_run:
                if not backed_up:
                    insi_imports.back_up(opened)
                backed_up = True
                insi_imports.accept(opened, seen, whole_month=args.whole_month)
            told.append(_document(seen, dry=args.dry_run))
            lines += _told(seen, dry=args.dry_run, whole_month=args.whole_month)
    show(args, {"files": told}, lines)
    return 0


def list_imports(args: Namespace) -> int:
    """List the imports, the latest first."""
    with session(args) as opened:
        found = insi_imports.all_of(opened)
    lines = [
        f"{each.at[:16].replace('T', ' ')}  {CHANNEL_WORDS[each.channel]}  {', '.join(each.months)}  "
        f"{each.name}  ({each.added} nouvelles, {each.changed} modifiées, {each.removed} retirées, "
        f"{each.rejected} rejetées)"
        for each in found
    ]
    show(args, found, lines or ["Aucun fichier importé."])
    return 0


def _document(seen: UsageComparison, *, dry: bool) -> dict[str, object]:
    file = seen.file
    return {
        "file": file.name,
        "channel": seen.channel,
        "months": file.months,
        "rows": len(file.rows),
        "added": len(seen.added),
        "changed": [
            _change(each.before._asdict(), each.after._asdict() if each.after else {})
            for each in seen.changed
        ],
        "same": seen.same,
        "missing": [row.finess for row in seen.missing],
        "rejected": file.rejected,
        "repeated": file.repeated,
        "subtotals": file.subtotals,
        "ignored": file.ignored,
        "problems": [_problem(each.place, each.title, each.message, each.severity) for each in file.problems],
        "written": not dry and not seen.nothing,
    }


def _change(before: dict[str, object], after: dict[str, object]) -> dict[str, object]:
    return {"finess": before["finess"], "month": before["month"], "before": before, "after": after}


def _problem(place: str, title: str, message: str, severity: str) -> dict[str, str]:
    return {"place": place, "column": title, "message": message, "severity": severity}


def _told(seen: UsageComparison, *, dry: bool, whole_month: bool) -> Iterator[str]:
    file = seen.file
    yield f"{file.name} : appels {CHANNEL_WORDS[seen.channel]}, {', '.join(map(month_said, file.months))}"
    yield from _notes(file)
    for each in seen.changed[:_FEW]:
        after = each.after.calls if each.after is not None else None
        was = each.before
        yield f"  {was.finess}  {month_said(was.month)}  {_said(was.calls)} → {_said(after)} sollicitations"
    if len(seen.changed) > _FEW:
        yield f"  … et {len(seen.changed) - _FEW} autres changements"
    if seen.missing:
        fate = "retirées" if whole_month and not dry else "gardées (--whole-month les retire)"
        yield f"  absentes du fichier, déjà reçues : {plural(len(seen.missing), 'ligne')}, {fate}"
    end = "Rien n'a été enregistré." if dry or (seen.nothing and not whole_month) else "Enregistré."
    yield f"  {len(seen.added)} nouvelles, {len(seen.changed)} modifiées, {seen.same} inchangées. {end}"


def _notes(file: UsageFile) -> Iterator[str]:
    for each in file.problems[:_FEW]:
        yield f"  {each}"
    if len(file.problems) > _FEW:
        yield f"  … et {len(file.problems) - _FEW} autres remarques (--json les donne toutes)"
    yield (
        f"  {plural(file.rejected, 'ligne rejetée')}, {plural(file.repeated, 'ligne')} en double, "
        f"{plural(file.subtotals, 'ligne')} de total"
    )
    if file.ignored:
        yield f"  colonnes ignorées : {', '.join(file.ignored)}"


def _said(calls: int | None) -> str:
    return "nc" if calls is None else str(calls)


# -- follow-up ---------------------------------------------------------------------------------------------


def report_month(args: Namespace) -> int:
    """Print the follow-up of a month, and write it where asked."""
    with session(args) as opened:
        follow = insi.follow_up(opened, args.month)
        book = insi_exports.prepare(opened, follow.month) if args.out else None
        back = insi_exports.prepare_call_back(opened, follow.month, args.silent) if args.call_back else None
        files = [
            insi_exports.write(each, path, progress=progress())
            for each, path in ((book, args.out), (back, args.call_back))
            if each is not None
        ]
    show(args, _followed(follow, args.silent, files), _follow_lines(follow, args.silent, files))
    return 0


def _followed(follow: FollowUp, silent: int, files: Sequence[Path]) -> dict[str, object]:
    return {
        "month": follow.month,
        "channels": follow.channels,
        "perimeter": follow.frozen,
        "set_aside": dict(follow.set_aside),
        "expected": len(follow.inside()),
        "summary": headline(follow),
        "lines": [_line(each) for each in follow.lines],
        "departments": follow.departments,
        "categories": follow.categories,
        "call_back": [each.finess for each in follow.to_call_back(silent)],
        "files": files,
    }


def _line(line: Line) -> dict[str, object]:
    return {
        "finess": line.finess,
        "name": line.name,
        "department": line.department,
        "category": line.category,
        "inside": line.inside,
        "standing": line.standing,
        "calls": line.calls,
        "retrievals": line.retrievals,
        "checks": line.checks,
        "users_certificate": line.by_certificate.users if line.by_certificate else None,
        "users_card": line.by_card.users if line.by_card else None,
        "last": line.last,
        "silent": line.silent,
        "via": line.via,
        "covers": line.covers,
        "rate": line.rate,
        "rate_permille": line.rate.share if line.rate else None,
    }


def _follow_lines(follow: FollowUp, silent: int, files: Sequence[Path]) -> Iterator[str]:
    yield f"Usage d'INSi en {month_said(follow.month)}"
    yield headline(follow)
    yield from (f"  hors périmètre, {reason} : {many}" for reason, many in follow.set_aside)
    for each in follow.departments:
        label = each.label or "non précisé"
        yield f"  {label} : {each.called} sur {each.expected}, {each.calls} sollicitations"
    back = follow.to_call_back(silent)
    yield (
        f"{plural(len(back), 'structure')} à rappeler"
        if follow.whole
        else "Personne à rappeler tant qu'un fichier manque."
    )
    yield from (f"  {line.finess}  {line.name} : {said(line)}" for line in back)
    yield UNIQUE
    yield from (f"Écrit : {path}" for path in files)
