"""A passphrase drawn at random: seven common words, without accents so that any keyboard types them."""

import secrets
from functools import cache

from ivaudit.resources import path

COUNT = 7
LEAST = 2756
"""Words that seven draws need for 80 bits, the entropy that is asked of a passphrase alone: 2 to the 80/7."""


@cache
def words() -> tuple[str, ...]:
    """Return the words there are to draw from."""
    return tuple(path("words/mots.txt").read_text(encoding="utf-8").split())


def proposed_passphrase() -> str:
    """Return seven different words drawn by the system's generator."""
    return " ".join(secrets.SystemRandom().sample(words(), COUNT))
