"""What a colour means. Apart from scales, because the first window needs nothing else of them."""

from enum import StrEnum


class Tone(StrEnum):
    """The role of a colour; the theme decides its value, light and dark."""

    GOOD = "bon"
    MIDDLE = "moyen"
    BAD = "mauvais"
    NEUTRAL = "neutre"
    WAITING = "attente"
