"""`form`: the forms that surround an audit."""

from argparse import Namespace

from ivaudit.app import audits, forms
from ivaudit.app.library import library
from ivaudit.cli import field_values
from ivaudit.cli.commands import group, leaf
from ivaudit.cli.french import Parser
from ivaudit.cli.opening import session
from ivaudit.cli.output import plain, show


def add(_noun: str, command: Parser) -> None:
    """Add the words of the noun."""
    words = group(command)
    one = leaf(words, "show", "afficher une fiche d'un audit", show_one)
    change = leaf(words, "set", "remplir un champ d'une fiche d'un audit", set_field)
    for each in (one, change):
        each.add_argument("audit", metavar="AUDIT", help="identifiant de l'audit")
        each.add_argument("form", metavar="FICHE", help="identifiant de la fiche, par exemple visite")
    change.add_argument("field", metavar="CHAMP", help="identifiant du champ")
    change.add_argument(
        "value", metavar="VALEUR", help="valeur ; des lignes en JSON ; rien pour vider le champ"
    )


def show_one(args: Namespace) -> int:
    """Print the fields of a form, the empty ones too."""
    form = library().form(args.form)
    with session(args) as opened:
        found = audits.sheet(opened, args.audit).forms.get(args.form, {})
    fields = [field for section in form.sections for field in section.fields]
    show(args, found, [f"{field.id} ({field.label}) : {plain(found.get(field.id, ''))}" for field in fields])
    return 0


def set_field(args: Namespace) -> int:
    """Record one field of a form."""
    value = field_values.read(args.form, args.field, args.value)
    with session(args) as opened:
        changes = forms.set_field(opened, args.audit, args.form, args.field, value)
    show(args, changes, [changes.done or "Rien à changer."])
    return 0
