"""The recovery code: made to be printed once, copied by hand from paper, and forgiven its slips."""

import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's thirty-two signs: neither I nor L (1), nor O (0), nor U (V)."""

RANDOM_SIGNS = 27
"""Five bits each: 135 bits, and one sign of control."""

GROUP = 4

_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def new_recovery_code() -> str:
    """Return a new code, grouped for humans: «7K3M-Q9ZT-…», seven groups of four."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_SIGNS))
    return grouped(signs + _control(signs))


def grouped(signs: str) -> str:
    """Return the signs in groups of four."""
    return "-".join(signs[start : start + GROUP] for start in range(0, len(signs), GROUP))


def understood(typed: str) -> str | None:
    """Return the signs of a code whatever its case, spaces, dashes and look-alikes; nothing if mistyped."""
    signs = signs_of(typed)
    if len(signs) != RANDOM_SIGNS + 1 or _control(signs[:-1]) != signs[-1]:
        return None
    return signs


def signs_of(typed: str) -> str:
    """Return the signs in what was typed, whatever their case and what stands between them."""
    plain = unicodedata.normalize("NFKD", typed).upper().translate(_LOOK_ALIKES)
    return "".join(sign for sign in plain if sign in ALPHABET)


def _control(signs: str) -> str:
    """Return a sign that any single wrong sign changes: odd weights can be inverted modulo 32."""
    total = sum((2 * rank + 1) * ALPHABET.index(sign) for rank, sign in enumerate(signs))
    return ALPHABET[total % len(ALPHABET)]
