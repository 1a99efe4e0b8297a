"""`content`: checklists and forms, shipped or local; no workspace is needed."""

from argparse import Namespace
from pathlib import Path

from ivaudit.app import library, schemas
from ivaudit.cli import content_adapt, content_files, content_format, content_import, content_rules
from ivaudit.cli.commands import group, leaf
from ivaudit.cli.content_text import described
from ivaudit.cli.french import Parser
from ivaudit.cli.output import show, warn


def add(_noun: str, command: Parser) -> None:
    """Add the words of the noun."""
    words = group(command)
    leaf(words, "list", "lister les grilles, les fiches, les cas, le glossaire et les règles", list_all)
    check = leaf(words, "check", "vérifier des fichiers de contenu", check_files)
    check.add_argument(
        "paths", metavar="CHEMIN", nargs="*", type=Path, help="fichiers ou dossiers (le contenu livré sinon)"
    )
    one = leaf(words, "show", "lire un contenu", show_one)
    one.add_argument("content", metavar="CONTENU", help="identifiant d'une grille, d'une fiche…")
    one.add_argument(
        "--adaptation",
        action="append",
        default=[],
        metavar="ADAPTATION",
        help="lire la grille telle qu'une adaptation locale la change ; à répéter",
    )
    schema = leaf(words, "schema", "JSON Schema d'une sorte de fichier, pour les éditeurs", show_schema)
    schema.add_argument("kind", metavar="SORTE", choices=schemas.names(), help="sorte de fichier")
    content_adapt.add(words)
    content_files.add(words)
    content_format.add(words)
    content_import.add(words)
    content_rules.add(words)


def list_all(args: Namespace) -> int:
    """List what is published, how much it holds and how sure; say which local files are set aside."""
    for problem in library.refused():
        warn(str(problem))
    found = library.everything()
    document = [
        {
            "id": each.id,
            "version": each.version,
            "title": each.title,
            "kind": library.kind(each),
            **library.counts(each),
            "sources": library.sources(each),
        }
        for each in found
    ]
    show(args, document, [f"{each.id}  {each.version}  {each.title}" for each in found])
    return 0


def check_files(args: Namespace) -> int:
    """Print one line per problem."""
    problems = library.check(args.paths or None)
    show(args, problems, map(str, problems) if problems else ["Contenu vérifié : aucun problème."])
    return 1 if problems else 0


def show_one(args: Namespace) -> int:
    """Print a content, part by part."""
    found = library.read(args.content, args.adaptation)
    show(args, found, described(found))
    return 0


def show_schema(args: Namespace) -> int:
    """Print a schema; it is JSON in any case."""
    args.json = False
    show(args, None, [schemas.text(args.kind)])
    return 0
