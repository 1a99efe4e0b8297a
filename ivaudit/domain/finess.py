"""FINESS numbers: nine characters closed by a Luhn digit; a doubt warns and never refuses."""

import re

_SHAPE = re.compile(r"(?:\d{2}|2[AB])\d{7}")
_LENGTH = 9
_WRITTEN = re.compile(r"[0-9A-Z]{9}")
_UNZEROED = re.compile(r"\d{8}")
_OVERSEAS = {"9A": "971", "9B": "972", "9C": "973", "9D": "974", "9E": "975", "9F": "976", "9J": "986"}
"""Codes of departments of the etalab files, seen in their lines, with those that everybody else uses."""


def finess_warning(text: str) -> str | None:
    """Return a French sentence when the number looks wrong, nothing when it looks right or is empty.

    Corsican departments count A as 1 and B as 2 in the Luhn sum (checked on 2B0000012).
    """
    number = re.sub(r"[\s.]", "", text).upper()
    if not number:
        return None
    if len(number) != _LENGTH:
        return f"Un numéro FINESS compte 9 caractères ; celui-ci en compte {len(number)}."
    if not _SHAPE.fullmatch(number):
        return "Un numéro FINESS est fait de chiffres (2A ou 2B au début pour la Corse)."
    if _luhn(number.replace("A", "1").replace("B", "2")):
        return None
    return "La clé de contrôle ne correspond pas : un chiffre est peut-être mal recopié."


def whole_number(text: str) -> str:
    """Return a FINESS number that a file gives as such, empty when it cannot be one.

    Spaces and dots go; a spreadsheet that took it for a number lost its leading zero, given back here. The
    key is not looked at: a doubt is for `finess_warning` to say.
    """
    number = re.sub(r"[\s.]", "", text).upper()
    if _UNZEROED.fullmatch(number):
        number = f"0{number}"
    return number if _WRITTEN.fullmatch(number) else ""


def department_code(text: str) -> str:
    """Return the code of a department as people write it: «01» for «1», «971» for the «9A» of etalab."""
    code = text.strip().upper()
    return _OVERSEAS.get(code, code.zfill(2) if code else "")


def _luhn(digits: str) -> bool:
    total = 0
    for rank, character in enumerate(reversed(digits)):
        digit = int(character) * (1 + rank % 2)
        total += digit - 9 if digit > 9 else digit  # noqa: PLR2004 - the Luhn rule
    return total % 10 == 0
