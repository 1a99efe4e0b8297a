"""The key of a facility: its public half locks the data key, its private half, kept by the facility, opens.

Whoever runs the audits needs the public half only; the private one is a file or a printed code that lies in
a safe. The data key is wrapped by X25519 with a key of one use, HKDF-SHA256 and AES-256-GCM.
"""

import hashlib
import secrets
from dataclasses import dataclass

from ivaudit.domain.errors import CorruptFile
from ivaudit.store.recovery_code import ALPHABET, grouped, signs_of

FACILITY = "etablissement"
KEY = 32
NONCE = 12
SCHEME = "x25519-hkdf-sha256-aes256gcm"

_CODE = 52
"""Signs of five bits for a key of 256."""
_CONTROL = 4
_PRIVATE, _PUBLIC = b"ivaudit-cle-privee", b"ivaudit-cle-publique"
_FINGERPRINT = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilitySlot:
    """The data key under a public key; `added` is the day it was done, `AAAA-MM-JJ`."""

    public: bytes
    ephemeral: bytes
    nonce: bytes
    wrapped: bytes
    added: str
    kind: str = FACILITY

    @property
    def fingerprint(self) -> str:
        """Return what people compare: three groups of four signs."""
        return fingerprint(self.public)

    def as_json(self) -> dict[str, object]:
        """Return the slot as it stands in the key file."""
        return {
            "kind": self.kind,
            "scheme": SCHEME,
            "public": self.public.hex(),
            "ephemeral": self.ephemeral.hex(),
            "nonce": self.nonce.hex(),
            "wrapped": self.wrapped.hex(),
            "added": self.added,
        }


def new_pair() -> tuple[bytes, bytes]:
    """Return a private key and its public key, of 32 bytes each."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import (  # noqa: PLC0415 - rarely needed
        X25519PrivateKey,
    )

    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def private_code(private: bytes) -> str:
    """Return a private key as a code that is printed and copied by hand, fourteen groups of four."""
    return _code(private, _PRIVATE)


def public_code(public: bytes) -> str:
    """Return a public key as a code of the same shape."""
    return _code(public, _PUBLIC)


def private_of(text: str) -> bytes | None:
    """Return the private key in a text: the code alone, or the file that carries it; nothing otherwise."""
    return _read_code(text, _PRIVATE)


def public_of(text: str) -> bytes | None:
    """Return the public key in a text, nothing where there is none."""
    return _read_code(text, _PUBLIC)


def fingerprint(public: bytes) -> str:
    """Return what people compare to tell two public keys apart: three groups of four signs."""
    return grouped(_signs(hashlib.sha256(_PUBLIC + public).digest())[:_FINGERPRINT])


def wrap(data_key: bytes, public: bytes, added: str) -> FacilitySlot:
    """Return the data key under a public key.

    Args:
        data_key: 32 random bytes.
        public: the public key of the facility.
        added: today, `AAAA-MM-JJ`.

    Raises:
        ValueError: the public key is one that makes every secret the same.
    """
    from cryptography.hazmat.primitives.asymmetric.x25519 import (  # noqa: PLC0415 - rarely needed
        X25519PrivateKey,
        X25519PublicKey,
    )
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - idem

    once = X25519PrivateKey.generate()
    ephemeral = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    nonce = secrets.token_bytes(NONCE)
    cipher = AESGCM(_derived(shared, ephemeral, public))
    return FacilitySlot(
        public=public,
        ephemeral=ephemeral,
        nonce=nonce,
        wrapped=cipher.encrypt(nonce, data_key, _bound(public, added)),
        added=added,
    )


def unwrap(slot: FacilitySlot, private: bytes) -> bytes | None:
    """Return the data key, or nothing when the private key is not the right one."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - rarely needed
    from cryptography.hazmat.primitives.asymmetric.x25519 import (  # noqa: PLC0415 - idem
        X25519PrivateKey,
        X25519PublicKey,
    )
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - idem

    try:
        shared = X25519PrivateKey.from_private_bytes(private).exchange(
            X25519PublicKey.from_public_bytes(slot.ephemeral)
        )
        cipher = AESGCM(_derived(shared, slot.ephemeral, slot.public))
        data_key: bytes = cipher.decrypt(slot.nonce, slot.wrapped, _bound(slot.public, slot.added))
    except (InvalidTag, ValueError):
        return None
    return data_key


def read_slot(raw: dict[str, object]) -> FacilitySlot:
    """Return a slot read from a key file.

    Raises:
        CorruptFile: a part is missing or misshapen.
    """
    try:
        slot = FacilitySlot(
            public=bytes.fromhex(str(raw["public"])),
            ephemeral=bytes.fromhex(str(raw["ephemeral"])),
            nonce=bytes.fromhex(str(raw["nonce"])),
            wrapped=bytes.fromhex(str(raw["wrapped"])),
            added=str(raw["added"]),
        )
        sizes = (len(slot.public), len(slot.ephemeral), len(slot.nonce), len(slot.wrapped))
        whole = raw["scheme"] == SCHEME and sizes == (KEY, KEY, NONCE, KEY + 16)
    except (KeyError, ValueError):
        whole = False
    if not whole:
        raise CorruptFile(
            "Le fichier de clé est illisible. Les données n'ont pas été touchées. "
            "Reprenez une sauvegarde depuis l'écran d'ouverture."
        )
    return slot


def _derived(shared: bytes, ephemeral: bytes, public: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - rarely needed
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415 - idem

    return HKDF(SHA256(), KEY, salt=ephemeral + public, info=SCHEME.encode()).derive(shared)


def _bound(public: bytes, added: str) -> bytes:
    return b"ivaudit-cle/2/" + public + added.encode("utf-8", "surrogatepass")


def _code(key: bytes, domain: bytes) -> str:
    return grouped(_signs(key) + _control(key, domain))


def _read_code(text: str, domain: bytes) -> bytes | None:
    for line in (text, *text.splitlines()):
        signs = signs_of(line.rpartition(":")[2])
        if len(signs) == _CODE + _CONTROL:
            number = 0
            for sign in signs[:_CODE]:
                number = number * len(ALPHABET) + ALPHABET.index(sign)
            key = (number % (1 << 8 * KEY)).to_bytes(KEY, "big")
            if _code(key, domain) == grouped(signs):
                return key
    return None


def _signs(key: bytes) -> str:
    number = int.from_bytes(key, "big")
    found = []
    for _ in range(_CODE):
        number, rank = divmod(number, len(ALPHABET))
        found.append(ALPHABET[rank])
    return "".join(reversed(found))


def _control(key: bytes, domain: bytes) -> str:
    return _signs(hashlib.sha256(domain + b"/" + key).digest())[-_CONTROL:]
