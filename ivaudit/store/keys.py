"""The key file of a workspace: `cle.json` and its twin `cle.bak.json`.

A random data key encrypts the database for ever; the key file holds it wrapped under each secret that opens
the workspace. Changing a passphrase rewrites some hundred bytes, never the data. The file carries its own
SHA-256: where the first copy is damaged the twin is read, and only then, so that a former passphrase never
opens the workspace again. Backups keep the key file of their day, and with it the secrets of that day.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ivaudit.domain import clock
from ivaudit.domain.errors import (
    InvalidValue,
    NotAllowedNow,
    WrongFacilityKey,
    WrongPassphrase,
    WrongRecoveryCode,
)
from ivaudit.store import key_file, recipient
from ivaudit.store.key_file import AnySlot, copy, mend
from ivaudit.store.key_slots import (
    CEILING,
    DATA_KEY,
    FLOOR,
    PASSPHRASE,
    RECOVERY,
    STANDARD,
    KdfCost,
    Slot,
    unwrap,
    wrap,
)
from ivaudit.store.recipient import FACILITY, FacilitySlot
from ivaudit.store.recovery_code import new_recovery_code, understood

__all__ = [
    "CEILING",
    "FLOOR",
    "STANDARD",
    "FacilitySlot",
    "KdfCost",
    "Unlocked",
    "add_facility",
    "change_passphrase",
    "copy",
    "create",
    "facility",
    "has_recovery",
    "mend",
    "new_recovery_code",
    "remove_facility",
    "renew_recovery",
    "unlock",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlocked:
    """The data key, and the cost under which its passphrase is kept."""

    data_key: bytes
    cost: KdfCost


def create(folder: Path, passphrase: str, *, cost: KdfCost, with_recovery: bool) -> tuple[bytes, str | None]:
    """Make a data key and its key file.

    Returns:
        The data key; and the recovery code, grouped for humans, when one is wanted.

    Raises:
        KnownError: the disk refuses.
    """
    data_key = secrets.token_bytes(DATA_KEY)
    slots: list[AnySlot] = [wrap(data_key, passphrase, PASSPHRASE, cost)]
    code = new_recovery_code() if with_recovery else None
    if code:
        slots.append(wrap(data_key, understood(code) or "", RECOVERY, cost))
    key_file.write(folder, slots)
    return data_key, code


def unlock(folder: Path, *, passphrase: str | None = None, recovery_code: str | None = None) -> Unlocked:
    """Return the data key, from the passphrase or from what opens without it.

    Args:
        folder: where the key file is.
        passphrase: the passphrase.
        recovery_code: or the code of the recovery sheet, or the private key of the facility: its code, or the
            text of its file.

    Raises:
        WrongPassphrase: the passphrase opens nothing (its subclasses for the code and for the key).
        NotAllowedNow: there is no recovery code, or no key of a facility.
        CorruptFile, NewerFile: neither copy of the key file can be read.
    """
    slots = key_file.read(folder)
    if passphrase is not None:
        return _opened(slots, PASSPHRASE, passphrase, WrongPassphrase())
    if (private := recipient.private_of(recovery_code or "")) is not None:
        return _opened_by_facility(slots, private)
    if not any(slot.kind == RECOVERY for slot in slots):
        raise NotAllowedNow(
            "Ce dossier de travail n'a pas de feuille de secours : seule sa phrase de passe l'ouvre."
        )
    signs = understood(recovery_code or "")
    if signs is None:
        raise WrongRecoveryCode
    return _opened(slots, RECOVERY, signs, WrongRecoveryCode())


def has_recovery(folder: Path) -> bool:
    """Tell whether a recovery code opens the workspace."""
    return any(slot.kind == RECOVERY for slot in key_file.read(folder))


def change_passphrase(folder: Path, data_key: bytes, new: str, *, cost: KdfCost = STANDARD) -> None:
    """Put the data key under another passphrase; the former opens only the backups made before.

    Raises:
        KnownError: the disk refuses; the former passphrase still stands.
    """
    _replace(folder, wrap(data_key, new, PASSPHRASE, cost))


def renew_recovery(folder: Path, data_key: bytes, *, cost: KdfCost = STANDARD) -> str:
    """Return a new recovery code, grouped for humans; the former opens only the backups made before.

    Raises:
        KnownError: the disk refuses; the former code still stands.
    """
    code = new_recovery_code()
    _replace(folder, wrap(data_key, understood(code) or "", RECOVERY, cost))
    return code


def facility(folder: Path) -> FacilitySlot | None:
    """Return the slot of the facility's key, nothing when none opens the workspace."""
    return next((slot for slot in key_file.read(folder) if isinstance(slot, FacilitySlot)), None)


def add_facility(folder: Path, data_key: bytes, public: bytes) -> FacilitySlot:
    """Let the holder of a private key open the workspace, instead of the one before if there was one.

    Raises:
        InvalidValue: it is no public key; nothing changed.
        KnownError: the disk refuses; what opened the workspace still does.
    """
    try:
        slot = recipient.wrap(data_key, public, clock.today().isoformat())
    except ValueError:
        raise InvalidValue("Cette clé publique n'en est pas une. Rien n'a été modifié.") from None
    _replace(folder, slot)
    return slot


def remove_facility(folder: Path) -> None:
    """Let no key of a facility open the workspace any more; backups made before keep theirs.

    Raises:
        KnownError: the disk refuses; the key still opens.
    """
    key_file.write(folder, [slot for slot in key_file.read(folder) if slot.kind != FACILITY])


def _opened(slots: Sequence[AnySlot], kind: str, secret: str, wrong: WrongPassphrase) -> Unlocked:
    for slot in slots:
        if isinstance(slot, Slot) and slot.kind == kind and (data_key := unwrap(slot, secret)) is not None:
            return Unlocked(data_key=data_key, cost=slot.cost)
    raise wrong


def _opened_by_facility(slots: Sequence[AnySlot], private: bytes) -> Unlocked:
    own = next((slot for slot in slots if isinstance(slot, FacilitySlot)), None)
    if own is None:
        raise NotAllowedNow("Aucune clé d'établissement n'ouvre ce dossier de travail. Rien n'a été modifié.")
    data_key = recipient.unwrap(own, private)
    if data_key is None:
        raise WrongFacilityKey(own.fingerprint)
    costs = (slot.cost for slot in slots if isinstance(slot, Slot))
    return Unlocked(data_key=data_key, cost=next(costs, STANDARD))


def _replace(folder: Path, slot: AnySlot) -> None:
    key_file.write(folder, [*(each for each in key_file.read(folder) if each.kind != slot.kind), slot])
