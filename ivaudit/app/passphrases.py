"""A passphrase drawn at random: seven common words, without accents so that any keyboard types them."""

import secrets
from functools import cache

from ivaudit.resources import path

COUNT = 7


@cache
def words() -> tuple[str, ...]:
    """Return the words there are to draw from."""
    return tuple(path("words/mots.txt").read_text(encoding="utf-8").split())


def proposed_passphrase() -> str:
    """Return seven different words drawn by the system's generator."""
    return " ".join(secrets.SystemRandom().sample(words(), COUNT))
