"""Recipients of an age v1 file: X25519 keys, as in age itself, and passphrases.

A passphrase is derived by Argon2id and not by the scrypt of age: its stanza has a name of its own, as the
format provides for.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import TypeAlias

from ivaudit.domain.errors import UnreadableFile
from ivaudit.exchange.age_header import ALTERED, KEY, Header, Stanza, authenticated, decoded, derived, encoded

FILE_KEY = 16
TAG = 16

_X25519 = "X25519"
_ARGON = "ivaudit.argon2id"
_X25519_INFO = b"age-encryption.org/v1/X25519"
_ARGON_LABEL = b"ivaudit.argon2id/v1"
_NO_NONCE = bytes(12)
SALT = 16

_FLOOR = (19 * 1024, 2, 1)
_CEILING = (128 * 1024, 6, 8)
"""Memory in KiB, passes, lanes: what is accepted when a file is read; a hostile one would ask for more."""
COST = (64 * 1024, 3, 4)
"""What is asked for when a file is written."""

Derive: TypeAlias = Callable[[str, bytes, tuple[int, int, int]], bytes]
"""Passphrase, salt, cost: the 32 bytes derived; a caller may keep what it already derived."""


def takes_passphrase(header: Header) -> bool:
    """Tell whether a passphrase may open a file."""
    return any(stanza.words[0] == _ARGON for stanza in header.stanzas)


def to_key(file_key: bytes, public: bytes) -> Stanza:
    """Return the file key wrapped for the owner of an X25519 public key."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import (  # noqa: PLC0415 - not needed to start
        X25519PrivateKey,
        X25519PublicKey,
    )

    once = X25519PrivateKey.generate()
    share = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    body = _sealed(derived(shared, share + public, _X25519_INFO), file_key)
    return Stanza(words=(_X25519, encoded(share)), body=body)


def to_passphrase(
    file_key: bytes, passphrase: str, salt: bytes, derive: Derive, cost: tuple[int, int, int] = COST
) -> Stanza:
    """Return the file key wrapped for whoever knows a passphrase."""
    body = _sealed(derive(passphrase, salt, cost), file_key)
    return Stanza(words=(_ARGON, encoded(salt), *map(str, cost)), body=body)


def argon2id(passphrase: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    """Return what a passphrase derives to; a quarter of a second and 64 MiB."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # noqa: PLC0415 - not needed to start

    memory, passes, lanes = cost
    derivation = Argon2id(
        salt=_ARGON_LABEL + salt, length=KEY, iterations=passes, lanes=lanes, memory_cost=memory
    )
    # One keyboard types «é» as one character, another as two.
    text = unicodedata.normalize("NFC", " ".join(passphrase.split()))
    return derivation.derive(text.encode("utf-8", "surrogatepass"))


def file_key_by_key(header: Header, private: bytes) -> bytes | None:
    """Return the file key that an X25519 private key opens, or nothing."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import (  # noqa: PLC0415 - not needed to start
        X25519PrivateKey,
        X25519PublicKey,
    )

    own = X25519PrivateKey.from_private_bytes(private)
    public = own.public_key().public_bytes_raw()
    for stanza in header.stanzas:
        if stanza.words[0] != _X25519:
            continue
        share = decoded(stanza.words[1]) if len(stanza.words) == 2 else b""  # noqa: PLR2004 - kind and share
        if len(share) != KEY:
            raise UnreadableFile(ALTERED)
        try:
            shared = own.exchange(X25519PublicKey.from_public_bytes(share))
        except ValueError:
            raise UnreadableFile(ALTERED) from None
        found = _opened(derived(shared, share + public, _X25519_INFO), stanza.body)
        if found is not None:
            return authenticated(header, found)
    return None


def file_key_by_passphrase(header: Header, passphrase: str, derive: Derive) -> bytes | None:
    """Return the file key that a passphrase opens, or nothing."""
    for stanza in header.stanzas:
        if stanza.words[0] != _ARGON:
            continue
        salt, cost = _argon_words(stanza.words)
        found = _opened(derive(passphrase, salt, cost), stanza.body)
        if found is not None:
            return authenticated(header, found)
    return None


def _argon_words(words: tuple[str, ...]) -> tuple[bytes, tuple[int, int, int]]:
    if len(words) != 5 or not all(re.fullmatch(r"[1-9]\d{0,6}", each) for each in words[2:]):  # noqa: PLR2004
        raise UnreadableFile(ALTERED)
    salt = decoded(words[1])
    memory, passes, lanes = (int(each) for each in words[2:])
    asked = zip(_FLOOR, (memory, passes, lanes), _CEILING, strict=True)
    if len(salt) != SALT or not all(least <= each <= most for least, each, most in asked):
        raise UnreadableFile(
            "Ce fichier demande un calcul hors des limites acceptées : il a peut-être été modifié. Rien n'a "
            "été changé dans votre dossier de travail. Demandez-le à nouveau."
        )
    return salt, (memory, passes, lanes)


def _sealed(key: bytes, file_key: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: PLC0415 - idem

    # The key serves once: age, too, wraps under a nonce of zeros.
    return ChaCha20Poly1305(key).encrypt(_NO_NONCE, file_key, None)


def _opened(key: bytes, body: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - not needed to start
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: PLC0415 - idem

    if len(body) != FILE_KEY + TAG:
        raise UnreadableFile(ALTERED)
    try:
        return ChaCha20Poly1305(key).decrypt(_NO_NONCE, body, None)
    except InvalidTag:
        return None
