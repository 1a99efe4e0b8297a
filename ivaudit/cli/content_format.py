"""`content format`: files put in the layout of the shipped checklists."""

import argparse
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from ivaudit.app import content_format
from ivaudit.cli.commands import leaf
from ivaudit.cli.output import show, warn

if TYPE_CHECKING:
    from ivaudit.cli.french import Parser


def add(words: "argparse._SubParsersAction[Parser]") -> None:
    """Add the word to those of `content`."""
    word = leaf(words, "format", "mettre en forme des fichiers de grille", format_files)
    word.add_argument("paths", metavar="FICHIER", nargs="+", type=Path, help="grilles ou échelles (.yaml)")
    word.add_argument(
        "--dry-run", action="store_true", help="dire quels fichiers changeraient, sans rien écrire"
    )


def format_files(args: Namespace) -> int:
    """Rewrite files; say which, and what of them is not kept."""
    found = content_format.format_files(args.paths, write=not args.dry_run)
    changed = [each for each in found if each.changed]
    for each in changed:
        if each.comments:
            warn(f"{each.path} : les commentaires ne sont pas conservés ({each.comments} lignes).")
    verb = "à mettre en forme" if args.dry_run else "mis en forme"
    lines = [f"{each.path} : {verb}" for each in changed] or ["Rien à changer."]
    document = [
        {"file": each.path, "changed": each.changed, "comments": each.comments if each.changed else 0}
        for each in found
    ]
    show(args, document, lines)
    return 1 if args.dry_run and changed else 0
