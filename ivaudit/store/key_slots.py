"""Key slots: the data key wrapped under a secret, by Argon2id and AES-256-GCM."""

import json
import secrets
import unicodedata
from dataclasses import asdict, dataclass

from ivaudit.domain.errors import CorruptFile

DATA_KEY = 32
SALT = 16
NONCE = 12

PASSPHRASE = "phrase"  # noqa: S105 - the name of a kind of slot
RECOVERY = "secours"


@dataclass(frozen=True, slots=True, kw_only=True)
class KdfCost:
    """What one guess at a passphrase costs: memory in KiB, passes over it, lanes in parallel."""

    memory_kib: int
    iterations: int
    lanes: int

    def within(self, least: "KdfCost", most: "KdfCost") -> bool:
        """Tell whether each part is between two bounds."""
        return (
            least.memory_kib <= self.memory_kib <= most.memory_kib
            and least.iterations <= self.iterations <= most.iterations
            and least.lanes <= self.lanes <= most.lanes
        )


STANDARD = KdfCost(memory_kib=64 * 1024, iterations=3, lanes=4)
FLOOR = KdfCost(memory_kib=19 * 1024, iterations=2, lanes=1)
"""The least that is accepted when a key file is read (OWASP's minimum): someone may have weakened it."""
CEILING = KdfCost(memory_kib=1024 * 1024, iterations=10, lanes=16)
"""The most: a hostile file could otherwise ask for all the memory there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The data key under one secret; every part but `wrapped` is authenticated with it."""

    kind: str
    cost: KdfCost
    salt: bytes
    nonce: bytes
    wrapped: bytes

    def as_json(self) -> dict[str, object]:
        """Return the slot as it stands in the key file."""
        return {
            "kind": self.kind,
            "kdf": {"name": "argon2id", **asdict(self.cost)},
            "salt": self.salt.hex(),
            "nonce": self.nonce.hex(),
            "wrapped": self.wrapped.hex(),
        }


def wrap(data_key: bytes, secret: str, kind: str, cost: KdfCost) -> Slot:
    """Return the data key under a secret.

    Args:
        data_key: 32 random bytes.
        secret: passphrase, or signs of the recovery code.
        kind: `PASSPHRASE` or `RECOVERY`.
        cost: cost of the key derivation.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - not needed to show the door

    salt, nonce = secrets.token_bytes(SALT), secrets.token_bytes(NONCE)
    cipher = AESGCM(_derived(secret, salt, cost))
    return Slot(
        kind=kind,
        cost=cost,
        salt=salt,
        nonce=nonce,
        wrapped=cipher.encrypt(nonce, data_key, _bound(kind, cost, salt)),
    )


def unwrap(slot: Slot, secret: str) -> bytes | None:
    """Return the data key, or nothing when the secret is not the right one."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - not needed to show the door
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    cipher = AESGCM(_derived(secret, slot.salt, slot.cost))
    try:
        return cipher.decrypt(slot.nonce, slot.wrapped, _bound(slot.kind, slot.cost, slot.salt))
    except InvalidTag:
        return None


def read_slot(raw: dict[str, object]) -> Slot:
    """Return a slot read from a key file.

    Raises:
        CorruptFile: a part is missing or misshapen, or the derivation costs too little or too much.
    """
    try:
        slot = _read(raw)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise CorruptFile(
            "Le fichier de clé est illisible. Les données n'ont pas été touchées. "
            "Reprenez une sauvegarde depuis l'écran d'ouverture."
        ) from None
    if not slot.cost.within(FLOOR, CEILING):
        raise CorruptFile(
            "Le fichier de clé demande un calcul hors des limites acceptées : il a peut-être été modifié. "
            "Les données n'ont pas été touchées. Reprenez une sauvegarde depuis l'écran d'ouverture."
        )
    return slot


def _read(raw: dict[str, object]) -> Slot:
    kdf = raw["kdf"]
    if not isinstance(kdf, dict) or kdf.pop("name") != "argon2id" or not all(map(_is_int, kdf.values())):
        raise ValueError
    slot = Slot(
        kind=str(raw["kind"]),
        cost=KdfCost(**kdf),
        salt=bytes.fromhex(str(raw["salt"])),
        nonce=bytes.fromhex(str(raw["nonce"])),
        wrapped=bytes.fromhex(str(raw["wrapped"])),
    )
    if (len(slot.salt), len(slot.nonce), len(slot.wrapped)) != (SALT, NONCE, DATA_KEY + 16):
        raise ValueError
    return slot


def _is_int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _derived(secret: str, salt: bytes, cost: KdfCost) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # noqa: PLC0415 - not needed to show the door

    derivation = Argon2id(
        salt=salt,
        length=DATA_KEY,
        iterations=cost.iterations,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    # One keyboard types «é» as one character, another as two.
    return derivation.derive(unicodedata.normalize("NFC", secret).encode("utf-8", "surrogatepass"))


def _bound(kind: str, cost: KdfCost, salt: bytes) -> bytes:
    return json.dumps(["ivaudit-cle", 1, kind, asdict(cost), salt.hex()], sort_keys=True).encode()
