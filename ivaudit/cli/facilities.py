"""`facilities`: the structures, and the FINESS directory they may come from."""

import json
from argparse import Namespace
from collections.abc import Mapping

from ivaudit.app import facilities
from ivaudit.cli import directory, field_values
from ivaudit.cli.commands import group, leaf
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import session
from ivaudit.cli.output import show, warn
from ivaudit.domain.audit import Facility

_OPTIONS = {
    "name": "nom de la structure",
    "finess_ej": "FINESS de l'entité juridique",
    "finess_et": "FINESS de l'établissement",
    "category": "catégorie",
    "setting": "secteur (clé du vocabulaire : es, ehpad, had…)",
    "city": "commune",
}


def add(_noun: str, command: Parser) -> None:
    """Add the words of the noun."""
    words = group(command)
    _fields(leaf(words, "add", "ajouter une structure", add_one))
    leaf(words, "list", "lister les structures", list_all)
    one = leaf(words, "show", "afficher une structure", show_one)
    one.add_argument("facility", metavar="STRUCTURE", help="identifiant de la structure")
    edit = leaf(words, "edit", "modifier une structure", edit_one)
    edit.add_argument("facility", metavar="STRUCTURE", help="identifiant de la structure")
    _fields(edit)
    for word, text, handler in (
        ("remove", "retirer une structure sur laquelle aucun audit ne porte", remove),
        ("restore", "remettre une structure retirée", restore),
    ):
        gone = leaf(words, word, text, handler)
        gone.add_argument("facility", metavar="STRUCTURE", help="identifiant de la structure")
    directory.add(words)


def _fields(command: Parser) -> None:
    for key, text in _OPTIONS.items():
        command.add_argument(f"--{key.replace('_', '-')}", dest=f"field_{key}", metavar="TEXTE", help=text)
    command.add_argument(
        "--profile", dest="field_profile", metavar="CLÉ,CLÉ", help="activités (clés du vocabulaire)"
    )
    command.add_argument(
        "--field",
        action="append",
        default=[],
        metavar="CHAMP=VALEUR",
        help="un autre champ de la fiche structure ; des lignes se donnent en JSON",
    )


def values_of(args: Namespace) -> dict[str, object]:
    """Return the fields given on the command line."""
    values: dict[str, object] = {
        key: text for key in _OPTIONS if (text := getattr(args, f"field_{key}")) is not None
    }
    if args.field_profile is not None:
        values["profile"] = field_values.read(facilities.FORM, "profile", args.field_profile)
    values.update(field_values.pair(facilities.FORM, each) for each in args.field)
    return values


def add_one(args: Namespace) -> int:
    """Create a structure."""
    values = values_of(args)
    with session(args) as opened:
        _, key = facilities.create(opened, values)
    _warn(values)
    show(args, {"facility": key}, [f"Structure créée : {key}"])
    return 0


def list_all(args: Namespace) -> int:
    """List the structures."""
    with session(args) as opened:
        found = facilities.all_of(opened)
    show(args, found, [f"{each.id}  {each.name}" for each in found] or ["Aucune structure."])
    return 0


def show_one(args: Namespace) -> int:
    """Print a structure, field by field."""
    with session(args) as opened:
        found = facilities.get(opened, args.facility)
    show(args, found, _described(found))
    return 0


def edit_one(args: Namespace) -> int:
    """Change fields of a structure."""
    values = values_of(args)
    with session(args) as opened:
        changes = facilities.edit(opened, args.facility, values)
    _warn(values)
    show(args, changes, [changes.done or "Rien à changer."])
    return 0


def remove(args: Namespace) -> int:
    """Take a structure off the list."""
    with session(args) as opened:
        changes = facilities.remove(opened, args.facility)
    show(args, changes, [changes.done])
    return 0


def restore(args: Namespace) -> int:
    """Put a structure back on the list."""
    with session(args) as opened:
        changes = facilities.restore(opened, args.facility)
    show(args, changes, [changes.done])
    return 0


def _warn(values: Mapping[str, object]) -> None:
    for field, sentence in facilities.warnings(values).items():
        warn(f"{field} : {sentence}")


def _described(found: Facility) -> list[str]:
    rows = [(key, value) for key, value in found.values.items() if value not in (None, "", [])]
    return [f"{found.id}  {found.name}", *(f"{key} : {_said(value)}" for key, value in rows)]


def _said(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
