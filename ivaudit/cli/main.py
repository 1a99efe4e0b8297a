"""The command line: one word, its module, its exit code.

0 done, 1 the check failed, 2 wrong call, 3 environment (wrong passphrase, locked, disk full), 4 our bug,
130 cancelled.
"""

import importlib
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

import ivaudit
from ivaudit.app import crash, places
from ivaudit.cli import passphrase
from ivaudit.cli.commands import add_common
from ivaudit.cli.french import Parser
from ivaudit.cli.nouns import NOUNS
from ivaudit.cli.output import speak_utf8, warn
from ivaudit.domain.errors import Cancelled, ContentProblems, InvalidValue, KnownError, NotFound

DONE, FAILED, WRONG_CALL, ENVIRONMENT, BUG, CANCELLED = 0, 1, 2, 3, 4, 130

_EPILOG = (
    "La phrase de passe se donne au clavier, par --passphrase-file ou par la variable "
    f"{passphrase.VARIABLE} ; jamais en argument. Codes de sortie : 0 fait, 1 vérification en échec, "
    "2 appel incorrect, 3 environnement, 4 défaut du programme, 130 interrompu."
)


def run(argv: Sequence[str]) -> int:
    """Run one command and return its exit code; nothing is raised."""
    speak_utf8()
    args = Namespace()
    passphrase.take_environment(args)
    try:
        parser(set(argv)).parse_args(argv, args)
        return int(args.handler(args))
    except SystemExit as left:  # argparse printed its sentence, or its help
        return left.code if isinstance(left.code, int) else WRONG_CALL
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last place before the shell
        return _failed(error, getattr(args, "workspace", None))


def _failed(error: BaseException, workspace: Path | None) -> int:
    match error:
        case ContentProblems():
            warn("\n".join([error.sentence, *map(str, error.problems)]))
            return ENVIRONMENT
        case NotFound() | InvalidValue():
            warn(error.sentence)
            return WRONG_CALL
        case KnownError():
            warn(error.sentence)
            return ENVIRONMENT
        case Cancelled() | KeyboardInterrupt():
            warn("Interrompu. Ce qui était enregistré l'est toujours.")
            return CANCELLED
        case BrokenPipeError():
            # Nobody reads any more; the interpreter would complain once again when it flushes at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return ENVIRONMENT
        case _:
            place = crash.write(error, workspace or places.default_folder())
            warn(
                "Défaut du programme : le geste en cours n'a pas abouti, ce qui était enregistré est intact. "
                f"Détail technique, sans vos textes : {place}"
            )
            return BUG


def parser(words: set[str] | None = None) -> Parser:
    """Return the parser; only the modules of the words given are loaded, all of them without argument."""
    top = Parser(
        prog="ivaudit-cli",
        description="Audit d'identitovigilance, hors ligne : les mêmes gestes que la fenêtre.",
        epilog=_EPILOG,
    )
    version = f"ivaudit {ivaudit.__version__}"
    top.add_argument("--version", action="version", version=version, help="afficher la version")
    add_common(top, default=None)
    top.set_defaults(json=False)
    commands = top.add_subparsers(title="commandes", metavar="COMMANDE", required=True, dest="noun")
    for noun, (module, help_line) in NOUNS.items():
        command = commands.add_parser(
            noun, help=help_line, description=f"{help_line[0].upper()}{help_line[1:]}."
        )
        if words is None or noun in words:
            importlib.import_module(module).add(noun, command)
    return top
