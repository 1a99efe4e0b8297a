"""What every command has: its options for the workspace, `--json`, and the function that serves it."""

import argparse
from collections.abc import Callable
from pathlib import Path

from ivaudit.cli.french import Parser

Handler = Callable[[argparse.Namespace], int]


def add_common(command: Parser, *, default: object = argparse.SUPPRESS) -> None:
    """Add the options every command takes, before or after its words."""
    group = command.add_argument_group("dossier de travail")
    group.add_argument(
        "--workspace",
        type=Path,
        metavar="DOSSIER",
        default=default,
        help="dossier de travail (sinon le vôtre)",
    )
    group.add_argument(
        "--nobody",
        action="store_true",
        default=default,
        help="les textes n'identifient personne : les enregistrer malgré l'alerte",
    )
    group.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FICHIER",
        default=default,
        help="fichier de la phrase de passe",
    )
    group.add_argument(
        "--recovery-code-file",
        type=Path,
        metavar="FICHIER",
        default=default,
        help="fichier du code de secours ou de la clé de l'établissement, au lieu de la phrase de passe",
    )


def group(command: Parser) -> "argparse._SubParsersAction[Parser]":
    """Return where the words that follow a noun are added."""
    return command.add_subparsers(title="commandes", metavar="COMMANDE", required=True, parser_class=Parser)


def leaf(words: "argparse._SubParsersAction[Parser]", name: str, text: str, handler: Handler) -> Parser:
    """Add a word that ends a command, with its help and the function that serves it."""
    command = words.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
    return served(command, handler)


def served(command: Parser, handler: Handler) -> Parser:
    """Say which function serves a command, and give it the options that all have."""
    command.set_defaults(handler=handler)
    command.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="résultat en JSON, pour un programme"
    )
    add_common(command)
    return command
