"""The age v1 file format (age-encryption.org/v1): the envelope that bundles travel in.

A published format, reviewed and read by other tools, rather than one of ours: a random file key, wrapped once
per recipient; a header under HMAC; a payload of chunks of 64 KiB, each authenticated with its rank and with
whether it is the last. Reordering, cutting or changing one bit shows before anything of it is used.
"""

import secrets
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from ivaudit.domain.errors import UnreadableFile
from ivaudit.exchange.age_header import ALTERED, Stanza, derived, encoded, header_text, mac
from ivaudit.exchange.age_recipients import TAG

CHUNK = 64 * 1024

_LAST = b"\x01"


class Sealer:
    """Writes an encrypted file, in order, once.

    Args:
        target: where it goes, positioned at its beginning.
        file_key: 16 random bytes, of this file only.
        stanzas: its wrappings, at least one.
    """

    def __init__(self, target: BinaryIO, file_key: bytes, stanzas: Sequence[Stanza]) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import (  # noqa: PLC0415 - not needed to start
            ChaCha20Poly1305,
        )

        self._target = target
        signed = header_text(stanzas)
        nonce = secrets.token_bytes(16)
        target.write(signed + b" " + encoded(mac(file_key, signed)).encode() + b"\n" + nonce)
        self._cipher = ChaCha20Poly1305(derived(file_key, nonce, b"payload"))
        self._waiting = bytearray()
        self._rank = 0

    def write(self, data: bytes) -> None:
        """Add bytes to the payload."""
        self._waiting += data
        # One chunk stays: the last one is marked, and never empty unless it is the only one.
        while len(self._waiting) > CHUNK:
            self._put(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]

    def finish(self) -> None:
        """Write the last chunk; without it the file does not open."""
        self._put(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _put(self, chunk: bytes, *, last: bool) -> None:
        self._target.write(self._cipher.encrypt(_chunk_nonce(self._rank, last=last), chunk, None))
        self._rank += 1


def payload(source: BinaryIO, file_key: bytes) -> Iterator[bytes]:
    """Return the chunks of a payload, in order; a file that was cut fails at its last one.

    Raises:
        UnreadableFile: it was cut, reordered or changed.
    """
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - not needed to start
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: PLC0415 - idem

    nonce = source.read(16)
    if len(nonce) != 16:  # noqa: PLR2004 - the nonce of a payload
        raise UnreadableFile(ALTERED)
    cipher = ChaCha20Poly1305(derived(file_key, nonce, b"payload"))
    rank, raw = 0, source.read(CHUNK + TAG)
    while True:
        following = source.read(CHUNK + TAG)
        try:
            chunk = cipher.decrypt(_chunk_nonce(rank, last=not following), raw, None)
        except (InvalidTag, ValueError):
            raise UnreadableFile(ALTERED) from None
        yield chunk
        if not following:
            return
        rank, raw = rank + 1, following


def _chunk_nonce(rank: int, *, last: bool) -> bytes:
    return rank.to_bytes(11, "big") + (_LAST if last else b"\x00")
