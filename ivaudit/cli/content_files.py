"""`content print` and `content export`: published content on paper and in a workbook."""

import argparse
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from ivaudit.app import library, library_exports
from ivaudit.cli.commands import leaf
from ivaudit.cli.output import show
from ivaudit.cli.terminal import progress

if TYPE_CHECKING:
    from ivaudit.cli.french import Parser

_WHAT = "identifiant d'une grille, d'une fiche, des cas, du glossaire"


def add(words: "argparse._SubParsersAction[Parser]") -> None:
    """Add the two words to those of `content`."""
    paper = leaf(words, "print", "écrire la version à imprimer d'un contenu (PDF)", print_one)
    paper.add_argument(
        "content", metavar="CONTENU", help="identifiant d'une grille, d'une fiche, des cas, du glossaire"
    )
    paper.add_argument("--out", required=True, type=Path, metavar="FICHIER", help="fichier à écrire")
    paper.add_argument(
        "--by",
        choices=["place", "section"],
        default="place",
        help="une page par lieu ou par section (grilles)",
    )
    paper.add_argument(
        "--adaptation",
        action="append",
        default=[],
        metavar="ADAPTATION",
        help="imprimer la grille telle qu'une adaptation locale la change ; à répéter",
    )
    paper.add_argument(
        "--lines", type=int, metavar="N", help="nombre de lignes (grilles d'observation ; leur cible sinon)"
    )
    book = leaf(words, "export", "écrire un contenu dans un classeur (XLSX)", export_one)
    book.add_argument(
        "content", metavar="CONTENU", help="identifiant d'une grille, d'une fiche, des cas, du glossaire"
    )
    book.add_argument("--out", required=True, type=Path, metavar="FICHIER", help="fichier à écrire")


def print_one(args: Namespace) -> int:
    """Write the paper version of a content."""
    path = library_exports.print_blank(
        library.library(),
        args.content,
        args.out,
        by=args.by,
        lines=args.lines,
        adaptations=args.adaptation,
        progress=progress(),
    )
    show(args, {"file": path}, [f"Fichier écrit : {path}"])
    return 0


def export_one(args: Namespace) -> int:
    """Write a content as a workbook."""
    path = library_exports.export_book(library.library(), args.content, args.out, progress=progress())
    show(args, {"file": path}, [f"Fichier écrit : {path}"])
    return 0
