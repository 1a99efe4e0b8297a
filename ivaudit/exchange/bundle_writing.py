"""Writes a bundle: lines in their order, signed, inside the envelope of age."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from ivaudit.domain.bundle import BundleHead, ContentFile, Definition, Picture, Signature
from ivaudit.domain.journal import Op
from ivaudit.exchange import age_recipients, bundle_lines, signing
from ivaudit.exchange.age_file import Sealer
from ivaudit.exchange.age_header import Stanza
from ivaudit.exchange.age_recipients import FILE_KEY, Derive


def new_file_key() -> bytes:
    """Return the random key of one file."""
    return secrets.token_bytes(FILE_KEY)


def wrappings(
    file_key: bytes,
    readers: Iterable[bytes],
    passphrase: tuple[str, bytes] | None,
    derive: Derive = age_recipients.argon2id,
) -> tuple[Stanza, ...]:
    """Return the wrappings of a file key.

    Args:
        file_key: that of the file.
        readers: X25519 public keys, each once.
        passphrase: a passphrase with its salt, where one opens the file too.
        derive: how a passphrase becomes a key.
    """
    keys = [age_recipients.to_key(file_key, public) for public in dict.fromkeys(readers)]
    if passphrase is None:
        return tuple(keys)
    return (*keys, age_recipients.to_passphrase(file_key, *passphrase, derive))


class BundleWriter:
    """Writes one bundle, in order: head, definitions, ops, pictures, files, signature.

    Args:
        target: where it goes.
        file_key: the key of this file.
        stanzas: its wrappings.
        own: the Ed25519 private key of who makes it, 32 bytes.
    """

    def __init__(self, target: BinaryIO, file_key: bytes, stanzas: Sequence[Stanza], own: bytes) -> None:
        self._sealer = Sealer(target, file_key, stanzas)
        self._digest = hashlib.sha256()
        self._signing = own

    def head(self, head: BundleHead) -> None:
        """Write the first line."""
        self._put((bundle_lines.head_line(head),))

    def definition(self, definition: Definition) -> None:
        """Write a definition."""
        self._put(bundle_lines.definition_lines(definition))

    def op(self, op: Op) -> None:
        """Write an op, after its parents."""
        self._put(bundle_lines.op_lines(op))

    def picture(self, picture: Picture) -> None:
        """Write a picture or a file kept as evidence."""
        self._put(bundle_lines.picture_lines(picture))

    def file(self, file: ContentFile) -> None:
        """Write a content file."""
        self._put(bundle_lines.file_lines(file))

    def finish(self) -> None:
        """Sign everything written and close the envelope."""
        value = signing.sign(self._signing, self._digest.digest())
        signature = Signature(key=signing.public_signing_key(self._signing), value=value)
        self._sealer.write(bundle_lines.signature_line(signature))
        self._sealer.finish()

    def _put(self, lines: Iterable[bytes]) -> None:
        for line in lines:
            self._digest.update(line)
            self._sealer.write(line)
