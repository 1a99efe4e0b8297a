"""`anomalies`, beside the register itself: logs in and out, the papers about an entry, declarations."""

import argparse
from argparse import Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from ivaudit.app import (
    anomalies,
    anomaly_log,
    anomaly_log_import,
    anomaly_log_reading,
    anomaly_papers,
    anomaly_words,
    register,
)
from ivaudit.app.anomalies import Among
from ivaudit.app.anomaly_log_import import LogPreview
from ivaudit.app.session import Session
from ivaudit.cli.commands import leaf
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import session
from ivaudit.cli.output import show
from ivaudit.cli.terminal import progress
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.log_intake import REFERENCE, LogMapping
from ivaudit.domain.log_table import LogField
from ivaudit.domain.log_titles import plain_title
from ivaudit.domain.register_views import View
from ivaudit.domain.report_figures import plural
from ivaudit.domain.wording import folded

Words: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001 - argparse names it nowhere else

_SHOWN = 40
_FORMATS = ("xlsx", "csv", "json")


def add(words: Words) -> None:
    """Add the words of logs and papers."""
    _export(leaf(words, "export", "écrire le journal (XLSX, CSV ou JSON)", export))
    _import(leaf(words, "import", "reprendre un journal, le nôtre ou un autre (XLSX ou CSV)", import_log))
    paper = leaf(words, "correction", "écrire la fiche de correction d'une anomalie", write_correction)
    paper.add_argument("number", metavar="NUMÉRO", help="numéro de l'anomalie")
    paper.add_argument("--out", required=True, type=Path, metavar="FICHIER", help="fichier .pdf ou .docx")
    share = leaf(words, "share", "afficher ou écrire la page anonyme d'une fiche partageable", share_one)
    share.add_argument("number", metavar="NUMÉRO", help="numéro de l'anomalie")
    share.add_argument("--out", type=Path, metavar="FICHIER", help="fichier .pdf ou .docx")
    _declaration(leaf(words, "declaration", "fiche de déclaration par un service, vierge ou reçue", declare))


def _export(command: Parser) -> None:
    command.add_argument("--out", required=True, type=Path, metavar="FICHIER", help="fichier à écrire")
    command.add_argument("--format", choices=_FORMATS, help="sinon, celui du nom du fichier")
    command.add_argument(
        "--third-party", action="store_true", help="pour un tiers : sans les références locales"
    )
    command.add_argument("--columns", default="", metavar="JOURNAL", help="un contenu « journal » d'exports/")
    command.add_argument("--view", choices=list(View), help="seulement celles d'une vue")
    command.add_argument("--facility", default="", metavar="STRUCTURE", help="celles d'une structure")
    command.add_argument("--from", dest="found_from", default="", metavar="AAAA-MM-JJ", help="découverte dès")
    command.add_argument("--to", dest="found_to", default="", metavar="AAAA-MM-JJ", help="jusqu'à")


def _import(command: Parser) -> None:
    command.add_argument("file", type=Path, metavar="FICHIER", help="classeur .xlsx ou texte .csv")
    command.add_argument(
        "--dry-run", action="store_true", help="dire ce qui serait repris, sans rien enregistrer"
    )
    command.add_argument(
        "--mapping",
        action="append",
        default=[],
        metavar="TITRE=CHAMP",
        help="ce que dit une colonne, par exemple « Libellé=type » ; champ vide pour la laisser",
    )
    command.add_argument(
        "--word",
        action="append",
        default=[],
        metavar="CHAMP:MOT=VALEUR",
        help="ce que veut dire un mot, par exemple « state:Soldé=close »",
    )
    command.add_argument(
        "--facility", default="", metavar="STRUCTURE", help="structure des anomalies sans structure"
    )
    command.add_argument(
        "--lines", action="store_true", help="écrire à côté de l'original le fichier « numéro, ligne »"
    )


def _declaration(command: Parser) -> None:
    command.add_argument(
        "files", nargs="*", type=Path, metavar="FICHIER", help="déclarations remplies (.xlsx)"
    )
    command.add_argument("--out", type=Path, metavar="FICHIER", help="fiche vierge à écrire, .pdf ou .xlsx")
    command.add_argument("--facility", default="", metavar="STRUCTURE", help="structure de la déclaration")
    command.add_argument("--dry-run", action="store_true", help="dire ce qui serait repris")
    command.add_argument(
        "--receipts", type=Path, metavar="DOSSIER", help="écrire là les accusés de réception"
    )


def export(args: Namespace) -> int:
    """Write the log."""
    path = args.out
    if args.format:
        path = path.with_suffix(f".{args.format}")
    with session(args) as opened:
        path, count = anomaly_log.export(
            opened,
            path,
            third_party=args.third_party,
            table=args.columns,
            keys=_keys(args, opened),
            progress=progress(),
        )
    what = "sans références locales" if args.third_party else "références locales comprises"
    said = f"Journal écrit ({plural(count, 'anomalie')}, {what}) : {path}"
    show(args, {"file": path, "anomalies": count}, [said])
    return 0


def _keys(args: Namespace, opened: Session) -> list[str] | None:
    among = Among(facility=args.facility, found_from=args.found_from, found_to=args.found_to)
    if args.view:
        return [each.id for each in register.view(opened, View(args.view), among)]
    if among == Among():
        return None
    return [each.id for each in anomalies.lines(opened, among)]


def import_log(args: Namespace) -> int:
    """Take a log in, or say what it would bring."""
    with session(args) as opened:
        asked = anomaly_log_reading.ask(opened, args.file)
        read = anomaly_log_reading.read(asked, progress=progress())
        if args.mapping or args.word:
            kept = anomaly_log_reading.remembered(opened, read.look)
            mapping: LogMapping | None = _mapping(args, kept)
            again = anomaly_log_reading.ask(opened, args.file, mapping)
            read = anomaly_log_reading.read(again, progress=progress())
        else:
            mapping = None
        found = anomaly_log_import.preview(opened, read, facility=args.facility)
        lines: dict[int, str] = {}
        if not args.dry_run and found.seen.changes:
            anomaly_log_import.back_up(opened)
            _, lines = anomaly_log_import.accept(opened, found, mapping=mapping, progress=progress())
            if args.lines:
                anomaly_log_import.write_lines(opened, args.file, lines)
        titles = _titles(opened)
    show(args, _document(found, dry=args.dry_run), _told(found, titles, dry=args.dry_run))
    return 0


def _titles(opened: Session) -> dict[str, str]:
    """Return what people call the fields that a column may hold."""
    return {each.field.value: each.title for each in anomaly_words.words(opened).fields}


def _mapping(args: Namespace, kept: LogMapping) -> LogMapping:
    targets, words = dict(kept.targets), {name: dict(found) for name, found in kept.words.items()}
    for each in args.mapping:
        title, equals, target = each.rpartition("=")
        if not equals:
            raise InvalidValue("Une colonne s'écrit « TITRE=CHAMP ».")
        targets[plain_title(title)] = target.strip()
    for each in args.word:
        said, equals, value = each.rpartition("=")
        name, colon, word = said.partition(":")
        if not (equals and colon):
            raise InvalidValue("Un mot s'écrit « CHAMP:MOT=VALEUR ».")
        words.setdefault(name.strip(), {})[folded(word)] = value.strip()
    return LogMapping(name=kept.name, targets=targets, words=words)


def _document(found: LogPreview, *, dry: bool) -> dict[str, object]:
    look = found.read.look
    return {
        "written": 0 if dry else len(found.seen.changes),
        "new": len(found.comparison.fresh),
        "updated": len(found.seen.changes) - len(found.comparison.fresh),
        "same": found.seen.same,
        "skipped": found.read.skipped,
        "masked": found.read.masked,
        "columns": {each.title: each.target for each in look.columns},
        "dropped": {each.title: each.filled for each in look.dropped},
        "strange": found.read.strange,
        "problems": [str(each) for each in found.seen.problems],
    }


def _told(found: LogPreview, titles: Mapping[str, str], *, dry: bool) -> Iterator[str]:
    look = found.read.look
    for each in look.columns:
        left = f"nominative ({each.nominative}) : non reprise" if each.nominative else "laissée"
        yield f"{each.title or '(sans titre)'} → {_named(each.target, titles) or left}"
    if look.dropped:
        many = plural(len(look.dropped), "colonne nominative laissée")
        yield f"{many} hors d'ivaudit ({plural(look.dropped_cells, 'case remplie')})."
    if found.read.masked:
        yield f"Textes repris avec un passage masqué : {found.read.masked}."
    for word in found.read.strange[:_SHOWN]:
        hint = f" ; proche : {word.proposal}" if word.proposal else ""
        yield f"mot inconnu de « {_named(word.field, titles)} » : {word.word} ({word.count} fois){hint}"
    for change in found.seen.changes[:_SHOWN]:
        yield f"{change.place:<18} {change.line} · {change.title} : {change.mine or '—'} → {change.theirs}"
    if len(found.seen.changes) > _SHOWN:
        yield f"… et {len(found.seen.changes) - _SHOWN} autres."
    yield from (str(each) for each in found.seen.problems[:_SHOWN])
    if len(found.seen.problems) > _SHOWN:
        yield f"… et {len(found.seen.problems) - _SHOWN} autres remarques."
    fresh = len(found.comparison.fresh)
    parts = (
        plural(fresh, "anomalie nouvelle"),
        plural(len(found.seen.changes) - fresh, "valeur changée"),
        plural(found.seen.same, "ligne inchangée"),
        plural(found.read.skipped, "ligne") + " sans contenu",
    )
    yield f"{' ; '.join(parts)}."
    if dry:
        yield "Rien n'a été enregistré."
    elif found.seen.changes:
        yield "Enregistré ; une sauvegarde a été faite juste avant."
    else:
        yield "Il n'y avait rien de nouveau à enregistrer."


def _named(target: str, titles: Mapping[str, str]) -> str:
    """Return a field as people and options of this command say it: «Découverte le (found)»."""
    title = titles.get(LogField.REFERENCES if target.startswith(f"{REFERENCE}/") else target)
    return f"{title} ({target})" if title else target


def write_correction(args: Namespace) -> int:
    """Write the sheet of correction of an entry."""
    with session(args) as opened:
        paper = anomaly_papers.correction(opened, anomalies.find(opened, args.number).id)
        path = anomaly_papers.write(paper, args.out)
    show(args, {"file": path}, [f"Fiche de correction écrite : {path}"])
    return 0


def share_one(args: Namespace) -> int:
    """Print the anonymous page of an entry, or write it."""
    with session(args) as opened:
        key = anomalies.find(opened, args.number).id
        page, paper = register.share(opened, key), anomaly_papers.shared(opened, key)
        file = anomaly_papers.write(paper, args.out) if args.out is not None else None
    facts = [f"{label} : {value}" for label, value in page.facts]
    blocks = [text for block in page.blocks for text in ("", block.title, block.text)]
    lines = [page.title, *facts, *blocks, "", page.warning]
    if file is not None:
        lines.append(f"Page écrite : {file}")
    show(args, page, lines)
    return 0


def declare(args: Namespace) -> int:
    """Write a blank form, or take declarations in and say what to answer."""
    if (args.out is None) == (not args.files):
        raise InvalidValue("Donnez --out pour une fiche vierge, ou les fichiers des déclarations reçues.")
    with session(args) as opened:
        if args.out is not None:
            _blank(args, opened)
            return 0
        answers = [_declared(args, opened, path) for path in args.files]
    document = [each for each in answers if each is not None]
    lines = [line for each in document for line in (each["file"], *str(each["receipt"]).splitlines(), "")]
    show(args, document, [str(each) for each in lines] or ["Rien de nouveau à enregistrer."])
    return 0


def _blank(args: Namespace, opened: Session) -> None:
    form = (
        anomaly_papers.declaration_book(opened, args.facility)
        if args.out.suffix.lower() == ".xlsx"
        else anomaly_papers.declaration(opened, args.facility)
    )
    path = anomaly_papers.write(form, args.out)
    show(args, {"file": path}, [f"Fiche de déclaration écrite : {path}"])


def _declared(args: Namespace, opened: Session, path: Path) -> dict[str, object] | None:
    read = anomaly_log_reading.read(anomaly_log_reading.ask(opened, path))
    found = anomaly_log_import.preview(
        opened, read, facility=args.facility, channel=anomaly_log_import.SERVICE
    )
    if args.dry_run or not found.comparison.fresh:
        said = "\n".join([*_told(found, _titles(opened), dry=True)])
        return {"file": path.name, "receipt": said}
    anomaly_log_import.back_up(opened)
    _, lines = anomaly_log_import.accept(opened, found)
    key = next(iter(lines.values()))
    if args.receipts is not None:
        paper = anomaly_papers.receipt(opened, key)
        number = anomalies.get(opened, key).number
        anomaly_papers.write(paper, args.receipts / f"accuse-reception_{number}.pdf")
    return {"file": path.name, "receipt": anomaly_papers.receipt_words(opened, key)}
