"""`content import`: a checklist brought back from a workbook, previewed before anything is written."""

import argparse
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ivaudit.app import checklist_import
from ivaudit.app.checklist_import import Examined, Model
from ivaudit.cli.commands import leaf
from ivaudit.cli.output import show
from ivaudit.cli.terminal import progress

if TYPE_CHECKING:
    from ivaudit.cli.french import Parser

_LONG = 160


def add(words: "argparse._SubParsersAction[Parser]") -> None:
    """Add the word to those of `content`."""
    word = leaf(words, "import", "importer une grille d'un classeur (aperçu, puis --yes)", import_one)
    word.add_argument("file", metavar="CLASSEUR", type=Path, help="classeur .xlsx")
    word.add_argument(
        "--model",
        choices=[str(each) for each in Model],
        help="ivaudit, ou autodiag (feuilles « chapitres » et « questions ») ; reconnu d'après les feuilles",
    )
    word.add_argument("--id", metavar="ID", help="identifiant de la grille, au lieu de celui du classeur")
    word.add_argument("--version", metavar="VERSION", help="version, au lieu de celle du classeur")
    choice = word.add_mutually_exclusive_group()
    choice.add_argument(
        "--dry-run", action="store_true", help="aperçu seulement (c'est aussi le cas sans --yes)"
    )
    choice.add_argument("--yes", action="store_true", help="accepter l'aperçu et importer")


def import_one(args: Namespace) -> int:
    """Print the problems and what would change; write it when asked to."""
    found = checklist_import.examine(
        args.file,
        model=Model(args.model) if args.model else None,
        id=args.id,
        version=args.version,
        progress=progress(),
    )
    written = checklist_import.accept(found) if args.yes and found.ready else ()
    document = {"ready": found.ready, "identical": found.identical, "examined": found, "written": written}
    show(args, document, [*_lines(found), *_end(found, written, asked=args.yes)])
    return 0 if found.ready or found.identical else 1


def _lines(found: Examined) -> Iterator[str]:
    for problem in found.problems:
        yield f"{problem.severity} · {problem}"
    if not found.id:
        return
    yield f"{found.title} ({found.id} {found.version}) : {found.points} critères, dont {found.shared} repris"
    yield from found.notes
    if found.compared:
        yield f"Par rapport à {found.compared} :"
    for change in found.header:
        yield f"  {change.title} : {_short(change.old)} → {_short(change.new)}"
    for each in found.changes if found.compared else ():
        was = f" (était {each.was})" if each.was else ""
        yield f"  {each.kind} {each.id}{was} : {each.question}"
        for field in each.fields:
            yield f"    {field.title} : {_short(field.old)} → {_short(field.new)}"


def _end(found: Examined, written: tuple[Path, ...], *, asked: bool) -> Iterator[str]:
    if written:
        yield from (f"Fichier écrit : {path}" for path in written)
    elif found.identical:
        yield "Aucun changement : rien à importer."
    elif not found.ready:
        yield "Rien n'a été importé : corrigez les erreurs, puis recommencez."
    elif not asked:
        yield "Rien n'a été importé. Relancez avec --yes pour accepter."


def _short(text: str) -> str:
    plain = " ".join(text.split())
    cut = plain if len(plain) <= _LONG else f"{plain[: _LONG - 1]}…"
    return f"« {cut} »" if cut else "(vide)"
