"""`questionnaire`: sent to structures as a workbook, and imported when they come back."""

from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from ivaudit.app import answers, library, questionnaire_folder, questionnaire_import, questionnaires
from ivaudit.app.questionnaire_import import Imported
from ivaudit.cli.commands import group, leaf
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import session
from ivaudit.cli.output import show, warn
from ivaudit.cli.terminal import progress
from ivaudit.domain.questionnaire_comparison import Comparison, Outcome
from ivaudit.domain.returns import SortedFile
from ivaudit.domain.returns_summary import Order, ReturnsSummary


def add(_noun: str, command: Parser) -> None:
    """Add the words of the noun."""
    words = group(command)
    out = leaf(words, "export", "écrire un questionnaire à envoyer à une structure (XLSX)", export)
    about = out.add_mutually_exclusive_group(required=True)
    about.add_argument(
        "--checklist", action="append", metavar="GRILLE", help="grille ; à répéter pour plusieurs"
    )
    about.add_argument("--audit", metavar="AUDIT", help="les grilles de cet audit, sans ses réponses")
    out.add_argument("--out", required=True, type=Path, metavar="FICHIER", help="fichier à écrire")
    one = leaf(words, "import", "importer un questionnaire rempli dans un audit", import_one)
    one.add_argument("file", type=Path, metavar="FICHIER", help="questionnaire rempli")
    one.add_argument("--audit", required=True, metavar="AUDIT", help="identifiant de l'audit")
    one.add_argument("--dry-run", action="store_true", help="dire ce qui changerait, sans rien enregistrer")
    one.add_argument(
        "--take-theirs",
        action="store_true",
        help="remplacer aussi les réponses qui diffèrent (gardées sinon)",
    )
    many = leaf(words, "import-folder", "importer un dossier de questionnaires remplis", import_folder)
    many.add_argument("folder", type=Path, metavar="DOSSIER", help="dossier des questionnaires")
    many.add_argument("--dry-run", action="store_true", help="trier et résumer, sans rien enregistrer")
    many.add_argument("--summary", type=Path, metavar="FICHIER", help="classeur de synthèse à écrire")
    many.add_argument("--hide-names", action="store_true", help="« Structure 1… » dans la synthèse")
    many.add_argument(
        "--order", choices=[order.value for order in Order], default=Order.NAME.value, help="ordre des lignes"
    )


def export(args: Namespace) -> int:
    """Write a questionnaire."""
    if args.audit is not None:
        with session(args) as opened:
            prepared = questionnaires.prepare_for(opened, args.audit)
            path = questionnaires.make(prepared, args.out, progress=progress())
    else:
        prepared = questionnaires.prepare(library.library(), args.checklist)
        path = questionnaires.make(prepared, args.out, progress=progress())
    show(args, {"file": path}, [f"Questionnaire écrit : {path}"])
    return 0


def import_one(args: Namespace) -> int:
    """Import a questionnaire in an audit, or say what it would change."""
    returned = questionnaires.read(args.file)
    with session(args) as opened:
        answers.settle(opened)
        found = questionnaires.compare(opened, args.audit, returned)
        take = {row.criterion for row in found.of(Outcome.DIFFERENT)} if args.take_theirs else set()
        wanted = found.to_write(take)
        if wanted and not args.dry_run:
            questionnaires.back_up(opened)
            questionnaires.accept(opened, args.audit, found, take)
    written = 0 if args.dry_run else len(wanted)
    show(args, {"written": written, **_document(found)}, _lines(found, written, dry=args.dry_run))
    return 0


def import_folder(args: Namespace) -> int:
    """Import the questionnaires of a folder, or say what they are worth."""
    with session(args) as opened:
        work = questionnaire_folder.work_folder(opened)
        read = questionnaire_folder.read_folder(args.folder, work, progress=progress())
        files = questionnaire_folder.sort(opened.library, read)
        imported = () if args.dry_run else questionnaire_import.import_all(opened, files, progress=progress())
        found = questionnaire_folder.summaries(
            opened.library, files, order=Order(args.order), hidden=args.hide_names
        )
    if args.summary is not None:
        questionnaire_folder.write_summary(found, args.summary, progress=progress())
    for each in imported:
        if each.refused:
            warn(f"{each.file} : {each.refused}")
    document = {
        "files": [_file(each) for each in files],
        "imported": imported,
        "summaries": found,
        "summary": args.summary,
    }
    show(args, document, _told(files, imported, found, args.summary))
    return 1 if any(each.refused for each in imported) else 0


def _document(found: Comparison) -> dict[str, object]:
    return {
        "counts": {outcome: len(found.of(outcome)) for outcome in Outcome},
        "missing": found.missing,
        "remarks": found.remarks,
        "problems": [str(each) for each in found.problems],
        "rows": found.rows,
    }


def _lines(found: Comparison, written: int, *, dry: bool) -> Iterator[str]:
    yield from found.remarks
    for row in found.rows:
        if row.outcome is not Outcome.SAME:
            yield f"{row.number:>6}  {row.outcome:<10}  {row.criterion}"
    yield from map(str, found.problems)
    counts = ", ".join(f"{len(found.of(outcome))} {outcome}" for outcome in Outcome)
    yield f"Réponses : {counts} ; {found.missing} sans réponse."
    yield "Rien n'a été enregistré." if dry else f"{written} réponses enregistrées."


def _file(file: SortedFile) -> dict[str, object]:
    problems = file.found.problems if file.found is not None else ()
    return {
        "name": file.name,
        "state": file.state,
        "sentence": file.sentence,
        "structure": file.structure,
        "missing": file.missing,
        "problems": [str(each) for each in problems],
    }


def _told(
    files: Sequence[SortedFile],
    imported: Sequence[Imported],
    found: Sequence[ReturnsSummary],
    summary: Path | None,
) -> Iterator[str]:
    for file in files:
        yield f"{file.state:<14}  {file.name}  {file.sentence}"
    for each in found:
        yield f"{each.title} (déclaratif, {len(each.rows)} structures)"
        for spread in each.spreads:
            yield f"  {spread.title} : {spread.reading}"
    if imported:
        made = sum(each.created for each in imported)
        written = sum(each.written for each in imported)
        yield f"{made} auto-évaluations créées, {written} réponses enregistrées."
    else:
        yield "Rien n'a été enregistré."
    if summary is not None:
        yield f"Synthèse écrite : {summary}"
