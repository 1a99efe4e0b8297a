"""`content rules` and `content codes`: the cross table, and the codes read in the official volumes."""

import argparse
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ivaudit.app import rules
from ivaudit.cli.commands import group, leaf
from ivaudit.cli.output import show
from ivaudit.cli.terminal import progress
from ivaudit.domain.errors import InvalidValue
from ivaudit.domain.found_codes import found_words
from ivaudit.domain.rules_table import RuleRow, RulesTable
from ivaudit.domain.sources import edition_words

if TYPE_CHECKING:
    from ivaudit.cli.french import Parser


def add(words: "argparse._SubParsersAction[Parser]") -> None:
    """Add the two words to those of `content`."""
    table = leaf(words, "rules", "tableau récapitulatif des règles et des critères", show_table)
    table.add_argument("--out", type=Path, metavar="FICHIER", help="classeur à compléter, à écrire (XLSX)")
    table.add_argument("--uncovered", action="store_true", help="seulement les règles sans critère")
    codes = words.add_parser(
        "codes", help="les codes relevés dans les volumes", description="Les codes relevés dans les volumes."
    )
    inside = group(codes)
    leaf(inside, "list", "lister les codes relevés", list_codes)
    take = leaf(inside, "import", "importer un tableau complété ou un fichier de codes", import_codes)
    take.add_argument("file", metavar="FICHIER", type=Path, help="classeur complété ou fichier de codes")
    take.add_argument("--dry-run", action="store_true", help="dire ce qui changerait, sans rien écrire")
    give = leaf(inside, "export", "écrire les codes relevés dans un fichier qui voyage seul", export_codes)
    give.add_argument("--out", required=True, type=Path, metavar="FICHIER", help="fichier à écrire (YAML)")


def show_table(args: Namespace) -> int:
    """Print the cross table, or write it as a workbook."""
    if args.out is not None:
        if args.uncovered:
            raise InvalidValue("Le classeur contient toutes les règles : retirez --uncovered ou --out.")
        path = rules.export(args.out, progress=progress())
        show(args, {"file": path}, [f"Fichier écrit : {path}"])
        return 0
    table = rules.table()
    rows = table.uncovered if args.uncovered else table.rows
    document = {
        "counts": table.counts(),
        "rules": [_plain(row) for row in rows],
        "criteria_without_rule": table.loose,
    }
    show(args, document, _lines(table, rows))
    return 0


def list_codes(args: Namespace) -> int:
    """Print the codes that apply."""
    known, found = rules.rules(), rules.codes()
    codes = [code for rule in known.ordered() for code in found.get(rule.id, ())]
    titles = {rule.id: volume.title for rule in known.rules if (volume := known.volume(rule.volume))}
    lines = [f"{code.rule:<24} {found_words(code, titles[code.rule])}" for code in codes]
    show(args, codes, lines or ["Aucun code relevé."])
    return 0


def import_codes(args: Namespace) -> int:
    """Say what a file would change, then keep it; 1 when rows are refused."""
    preview = rules.read_codes(args.file)
    written = None if args.dry_run or not preview.changes else rules.accept(preview)
    document = {
        "new": [change.code for change in preview.new],
        "changed": preview.changed,
        "older": preview.older,
        "same": preview.same,
        "problems": preview.problems,
        "file": written,
    }
    show(args, document, _told(preview, written))
    return 1 if preview.problems else 0


def export_codes(args: Namespace) -> int:
    """Write the codes that apply in one file."""
    path = rules.export_codes(args.out)
    show(args, {"file": path}, [f"Fichier écrit : {path}"])
    return 0


def _told(preview: rules.CodesPreview, written: Path | None) -> Iterator[str]:
    for change in preview.changes:
        code = f"{change.code.rule}  v{change.code.edition}  {change.code.code}"
        former = f" (remplace {change.former.code})" if change.former is not None else ""
        yield f"{'changé' if former else 'nouveau'} : {code}{former}"
    for older in preview.older:
        yield f"laissé de côté, plus ancien que le code connu : {older.rule}  v{older.edition}  {older.code}"
    yield from (f"refusé : {problem}" for problem in preview.problems)
    yield f"{len(preview.new)} nouveaux, {len(preview.changed)} changés, {preview.same} déjà connus."
    yield f"Fichier écrit : {written}" if written is not None else "Rien n'a été écrit."


def _lines(table: RulesTable, rows: tuple[RuleRow, ...]) -> Iterator[str]:
    titles = {volume.id: volume.title for volume in table.volumes}
    for each in table.counts():
        edition = f"édition {each.edition}" if each.edition else "édition non précisée"
        yield (
            f"{titles[each.volume]}, {edition} : {each.rules} règles, {each.uncovered} sans critère, "
            f"{each.waited_for} codes à vérifier ou à relever"
        )
    volume = ""
    for row in rows:
        if row.volume.id != volume:
            volume = row.volume.id
            yield f"\n{row.volume.title}"
        covers = ", ".join(f"{each.checklist} {each.number}" for each in row.covers) or "AUCUN CRITÈRE"
        yield f"{row.rule.rank:>4}  {_code(row)} {row.rule.statement}"
        yield f"      → {covers}"
    yield f"\n{len(table.loose)} critères ne se rattachent à aucune règle connue."


def _code(row: RuleRow) -> str:
    if row.codes:
        return f"[{', '.join(f'{code.code} v{code.edition} relevé' for code in row.codes)}]"
    if row.rule.code is None:
        return f"[{row.state}]"
    sure = "" if not row.waited_for else ", numéro à vérifier"
    return f"[{edition_words(row.rule.code, row.rule.reference(row.volume.title).edition)}{sure}]"


def _plain(row: RuleRow) -> dict[str, object]:
    return {
        "rule": row.rule,
        "volume": row.volume.title,
        "state": row.state,
        "criteria": row.covers,
        "codes": row.codes,
    }
