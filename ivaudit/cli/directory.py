"""`facilities import`, `search` and `create-from`: the FINESS directory."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ivaudit.app import directory, facilities
from ivaudit.cli.commands import leaf
from ivaudit.cli.opening import session
from ivaudit.cli.output import show, warn
from ivaudit.cli.terminal import progress
from ivaudit.domain import directory_words as words
from ivaudit.domain.directory import DirectoryPreview, EntryKind
from ivaudit.domain.errors import InvalidValue

if TYPE_CHECKING:
    import argparse

    from ivaudit.cli.french import Parser

_MOST = 1_000
_NONE = "Aucun annuaire FINESS n'est importé : « ivaudit-cli facilities import FICHIER »."


def add(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Add the words about the directory."""
    taken = leaf(commands, "import", "importer l'annuaire FINESS (CSV etalab ou JSON FINESS+)", take_in)
    taken.add_argument(
        "file", type=Path, metavar="FICHIER", help="fichier de l'annuaire, tel qu'il est publié"
    )
    taken.add_argument("--dry-run", action="store_true", help="dire ce qui changerait, sans rien importer")
    found = leaf(commands, "search", "chercher dans l'annuaire FINESS", search)
    found.add_argument("words", nargs="+", metavar="MOTS", help="nom, commune, numéro, département")
    found.add_argument("--limit", type=int, default=20, metavar="N", help="nombre de lignes (20)")
    made = leaf(commands, "create-from", "créer une structure depuis l'annuaire FINESS", create_from)
    made.add_argument("number", metavar="FINESS", help="numéro FINESS, d'établissement (ET) sauf --ej")
    made.add_argument("--ej", action="store_true", help="le numéro est celui d'une entité juridique")


def take_in(args: Namespace) -> int:
    """Import a directory, or say what it would change."""
    with session(args) as opened:
        prepared = directory.prepare(directory.place(opened), args.file, progress=progress())
        if args.dry_run:
            directory.discard(prepared)
        else:
            directory.accept(opened, prepared)
    show(args, prepared.preview, _told(prepared.preview, dry=args.dry_run))
    return 0


def search(args: Namespace) -> int:
    """Search the directory."""
    if not 1 <= args.limit <= _MOST:
        raise InvalidValue(f"--limit : un nombre de 1 à {_MOST} est attendu.")
    with session(args) as opened:
        state = directory.state(opened)
        found = directory.find(opened, " ".join(args.words), args.limit)
    lines = [words.described(each) for each in found] or ["Aucune ligne de l'annuaire ne correspond."]
    told = [f"{words.dated(state)}.", *lines] if state is not None else [_NONE]
    show(args, {"directory": state, "entries": found}, told)
    return 0


def create_from(args: Namespace) -> int:
    """Create a structure from a line of the directory."""
    with session(args) as opened:
        kind = EntryKind.EJ if args.ej else None
        changes, key = directory.create_from(opened, args.number, kind)
        made = facilities.get(opened, key)
    created = bool(changes.at)
    for field, sentence in facilities.warnings(made.values).items():
        warn(f"{field} : {sentence}")
    said = f"Structure créée : {key}  {made.name}" if created else f"Cette structure existe déjà : {key}"
    show(args, {"facility": key, "created": created}, [said])
    return 0


def _told(preview: DirectoryPreview, *, dry: bool) -> Iterator[str]:
    yield words.held(preview)
    yield words.changed(preview)
    yield from words.cautions(preview)
    yield from preview.problems
    for each in preview.departments:
        name = " ".join(filter(None, (each.code or "sans département", each.label)))
        tally, before = each.tally, each.before
        yield (
            f"{name} : {tally.sites} ET, {tally.entities} EJ, {tally.closed} fermés "
            f"(en place : {before.sites} ET, {before.entities} EJ)"
        )
    yield "Rien n'a été importé." if dry else "Annuaire importé."
