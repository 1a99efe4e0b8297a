"""FINESS numbers: nine characters closed by a Luhn digit; a doubt warns and never refuses."""

import re

_SHAPE = re.compile(r"(?:\d{2}|2[AB])\d{7}")
_LENGTH = 9


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


def _luhn(digits: str) -> bool:
    total = 0
    for rank, character in enumerate(reversed(digits)):
        digit = int(character) * (1 + rank % 2)
        total += digit - 9 if digit > 9 else digit  # noqa: PLR2004 - the Luhn rule
    return total % 10 == 0
