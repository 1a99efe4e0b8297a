"""`content adapt`: the local adaptations of this person, as files."""

import argparse
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from ivaudit.app import adaptation_files, adaptations, library
from ivaudit.cli.commands import group, leaf
from ivaudit.cli.output import show, warn

if TYPE_CHECKING:
    from ivaudit.cli.french import Parser


def add(words: "argparse._SubParsersAction[Parser]") -> None:
    """Add the words to those of `content`."""
    text = "lister, vérifier, importer, exporter les adaptations locales"
    command = words.add_parser("adapt", help=text, description=f"{text.capitalize()}.")
    inside = group(command)
    leaf(inside, "list", "lister les adaptations locales, dans l'ordre où elles s'appliquent", list_all)
    check = leaf(inside, "check", "dire si des adaptations vont ensemble", check_together)
    check.add_argument("adaptations", metavar="ADAPTATION", nargs="+", help="identifiants")
    bring = leaf(inside, "import", "importer le fichier d'une adaptation", import_one)
    bring.add_argument("path", metavar="FICHIER", type=Path, help="fichier de l'adaptation (.yaml)")
    take = leaf(inside, "export", "exporter le fichier d'une adaptation", export_one)
    take.add_argument("adaptation", metavar="ADAPTATION", help="identifiant")
    take.add_argument("--out", required=True, type=Path, metavar="FICHIER", help="fichier à écrire")
    drop = leaf(inside, "remove", "retirer une adaptation ; les audits gardent leur copie", remove_one)
    drop.add_argument("adaptation", metavar="ADAPTATION", help="identifiant")


def list_all(args: Namespace) -> int:
    """List the adaptations that can be used; say why others are set aside."""
    for problem in library.refused():
        warn(str(problem))
    found = library.library().adaptations()
    lines = [f"{each.id}  {each.version}  {each.checklist}  {each.scope}  {each.author}" for each in found]
    show(args, found, lines or ["Aucune adaptation locale."])
    return 0


def check_together(args: Namespace) -> int:
    """Print why adaptations do not go together, one line per problem."""
    found = adaptations.together(library.library(), args.adaptations)
    show(args, found, found or ["Ces adaptations vont ensemble."])
    return 1 if found else 0


def import_one(args: Namespace) -> int:
    """Put in use an adaptation that comes from elsewhere."""
    made = adaptation_files.import_file(args.path)
    show(args, made, [f"Adaptation importée : {made.id} {made.version}"])
    return 0


def export_one(args: Namespace) -> int:
    """Write the file of an adaptation elsewhere."""
    path = adaptation_files.export_file(args.adaptation, args.out)
    show(args, {"file": path}, [f"Fichier écrit : {path}"])
    return 0


def remove_one(args: Namespace) -> int:
    """Delete an adaptation."""
    removed = adaptation_files.remove(args.adaptation)
    show(args, {"removed": removed.id}, [f"Adaptation retirée : {removed.id}"])
    return 0
