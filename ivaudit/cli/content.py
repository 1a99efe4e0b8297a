"""`content`: checklists and forms, shipped or local; no workspace is needed."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from ivaudit.app import library, schemas
from ivaudit.cli.commands import group, leaf
from ivaudit.cli.french import Parser
from ivaudit.cli.output import show, warn
from ivaudit.domain.checklist import Checklist


def add(_noun: str, command: Parser) -> None:
    """Add the words of the noun."""
    words = group(command)
    leaf(words, "list", "lister les grilles", list_all)
    check = leaf(words, "check", "vérifier des fichiers de contenu", check_files)
    check.add_argument(
        "paths", metavar="CHEMIN", nargs="*", type=Path, help="fichiers ou dossiers (le contenu livré sinon)"
    )
    one = leaf(words, "show", "lire une grille", show_one)
    one.add_argument("checklist", metavar="GRILLE", help="identifiant de la grille")
    schema = leaf(words, "schema", "JSON Schema d'une sorte de fichier, pour les éditeurs", show_schema)
    schema.add_argument("kind", metavar="SORTE", choices=schemas.names(), help="sorte de fichier")


def list_all(args: Namespace) -> int:
    """List the checklists with how sure their points are; say which local files are set aside, and why."""
    for problem in library.refused():
        warn(str(problem))
    found = library.library().checklists()
    document = [
        {
            "id": each.id,
            "version": each.version,
            "title": each.title,
            "kind": each.kind,
            "points": sum(1 for _ in each.points()),
            "minutes": library.minutes(each),
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
    """Print a checklist, point by point."""
    found = library.library().checklist(args.checklist)
    show(args, found, _described(found))
    return 0


def show_schema(args: Namespace) -> int:
    """Print a schema; it is JSON in any case."""
    args.json = False
    show(args, None, [schemas.text(args.kind)])
    return 0


def _described(found: Checklist) -> Iterator[str]:
    yield f"{found.title} ({found.id} {found.version}, {found.edition})"
    yield found.summary
    counted = ", ".join(f"{confidence} {count}" for confidence, count in library.sources(found).items())
    yield f"Sources des points : {counted}"
    domain = ""
    for point in found.points():
        if point.domain.id != domain:
            domain = point.domain.id
            yield f"\n{point.domain.title}"
        mark = " (critique)" if point.criterion.critical else ""
        yield f"{point.number:>5}  {point.criterion.id:<14} {point.criterion.question}{mark}"
