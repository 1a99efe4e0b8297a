"""Public keys as people hand them over: `age1…`, the writing of age (Bech32, BIP-173)."""

from collections.abc import Iterable

from ivaudit.domain.errors import InvalidValue

_PREFIX = "age"
_SIGNS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECK = 6
_KEY = 32


def written(public: bytes) -> str:
    """Return an X25519 public key as `age1…`."""
    data = _regrouped(public, 8, 5)
    return f"{_PREFIX}1{''.join(_SIGNS[each] for each in [*data, *_checksum(data)])}"


def understood(text: str) -> bytes:
    """Return the public key that a text is.

    Raises:
        InvalidValue: it is none, or was miscopied.
    """
    plain = "".join(text.split()).lower()
    prefix, _, signs = plain.rpartition("1")
    data = [_SIGNS.find(sign) for sign in signs]
    if prefix != _PREFIX or len(data) <= _CHECK or min(data) < 0 or _polymod([*_expanded(), *data]) != 1:
        raise InvalidValue(
            "Ce n'est pas une clé de réception, ou elle est mal recopiée : elle commence par « age1 » et "
            "compte 62 signes. Demandez-la à son propriétaire, qui la copie depuis sa page « Échanges »."
        )
    body = data[:-_CHECK]
    public = bytes(_regrouped(body, 5, 8))[:_KEY]
    if len(public) != _KEY or written(public) != plain:
        raise InvalidValue("Cette clé de réception n'a pas la bonne longueur. Demandez-la à nouveau.")
    return public


def _checksum(data: Iterable[int]) -> list[int]:
    rest = _polymod([*_expanded(), *data, *[0] * _CHECK]) ^ 1
    return [(rest >> 5 * (5 - each)) & 31 for each in range(_CHECK)]


def _expanded() -> list[int]:
    return [*(ord(each) >> 5 for each in _PREFIX), 0, *(ord(each) & 31 for each in _PREFIX)]


def _polymod(values: Iterable[int]) -> int:
    found = 1
    for value in values:
        top = found >> 25
        found = (found & 0x1FFFFFF) << 5 ^ value
        for rank, term in enumerate(_GENERATOR):
            found ^= term if (top >> rank) & 1 else 0
    return found


def _regrouped(data: Iterable[int], size: int, wanted: int) -> list[int]:
    """Return bits grouped anew, the last group filled with zeros."""
    gathered = bits = 0
    made: list[int] = []
    for each in data:
        gathered, bits = gathered << size | each, bits + size
        while bits >= wanted:
            bits -= wanted
            made.append(gathered >> bits & (1 << wanted) - 1)
    if bits and size > wanted:
        made.append(gathered << wanted - bits & (1 << wanted) - 1)
    return made
