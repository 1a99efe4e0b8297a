"""Argument parsing whose own sentences are in French."""

import argparse
from typing import NoReturn

_SENTENCES = {
    "usage: ": "usage : ",
    "positional arguments": "arguments",
    "options": "options",
    "subcommands": "commandes",
    "show this help message and exit": "afficher cette aide",
    "%(heading)s:": "%(heading)s :",
    "the following arguments are required: %s": "il manque : %s",
    "one of the arguments %s is required": "il manque l'un de : %s",
    "unrecognized arguments: %s": "arguments inconnus : %s",
    "not allowed with argument %s": "incompatible avec %s",
    "ignored explicit argument %r": "n'attend pas de valeur (%r)",
    "expected one argument": "attend une valeur",
    "expected at most one argument": "attend une valeur au plus",
    "expected at least one argument": "attend au moins une valeur",
    "expected %s argument": "attend %s valeur",
    "expected %s arguments": "attend %s valeurs",
    "invalid %(type)s value: %(value)r": "valeur impossible : %(value)r",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s : %(message)s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s peut être %(matches)s",
    "%(prog)s: error: %(message)s\n": "%(prog)s : %(message)s\n",
    " (default: %(default)s)": " (par défaut : %(default)s)",
}


def _french(sentence: str) -> str:
    return _SENTENCES.get(sentence, sentence)


def _french_number(one: str, many: str, count: int) -> str:
    return _french(one if count <= 1 else many)


# argparse asks gettext for its sentences under these two names; twenty of them need no catalogue.
vars(argparse).update(_=_french, ngettext=_french_number)


class Parser(argparse.ArgumentParser):
    """A parser that refuses abbreviations: a script that works must keep its meaning."""

    def __init__(self, **settings: object) -> None:
        super().__init__(allow_abbrev=False, **settings)  # type: ignore[arg-type]  # handed on as they came

    def _check_value(self, action: argparse.Action, value: object) -> None:
        """Refuse what is no choice, naming those there are as they are typed."""
        if action.choices is not None and value not in action.choices:
            choices = ", ".join(map(str, action.choices))
            raise argparse.ArgumentError(action, f"« {value} » n'est pas un de : {choices}")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call and how to get help; exit code 2."""
        self.exit(2, f"{self.prog} : {message}\nAide : {self.prog} --help\n")
