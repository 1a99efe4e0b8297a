"""The key file of a workspace: `cle.json` and its twin `cle.bak.json`.

A random data key encrypts the database for ever; the key file holds it wrapped under each secret that opens
the workspace. Changing a passphrase rewrites some hundred bytes, never the data. The file carries its own
SHA-256: where the first copy is damaged the twin is read, and only then, so that a former passphrase never
opens anything again.
"""

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ivaudit.domain.errors import CorruptFile, NewerFile, NotAllowedNow, WrongPassphrase, WrongRecoveryCode
from ivaudit.store import layout
from ivaudit.store.atomic_file import write_whole
from ivaudit.store.encryption import translated
from ivaudit.store.key_slots import (
    CEILING,
    DATA_KEY,
    FLOOR,
    PASSPHRASE,
    RECOVERY,
    STANDARD,
    KdfCost,
    Slot,
    read_slot,
    unwrap,
    wrap,
)
from ivaudit.store.recovery_code import new_recovery_code, understood

__all__ = [
    "CEILING",
    "FLOOR",
    "STANDARD",
    "KdfCost",
    "Unlocked",
    "change_passphrase",
    "copy",
    "create",
    "has_recovery",
    "mend",
    "new_recovery_code",
    "renew_recovery",
    "unlock",
]

MAIN = layout.KEY
TWIN = layout.KEY_TWIN

_FORMAT = "ivaudit-cle"
_VERSION = 1
_MOST_BYTES = 64 * 1024
_MOST_SLOTS = 8

_UNREADABLE = (
    "Le fichier de clé et sa copie sont absents ou illisibles. Les données n'ont pas été touchées. "
    "Reprenez une sauvegarde depuis l'écran d'ouverture : elle contient sa propre clé."
)


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
    slots = [wrap(data_key, passphrase, PASSPHRASE, cost)]
    code = new_recovery_code() if with_recovery else None
    if code:
        slots.append(wrap(data_key, understood(code) or "", RECOVERY, cost))
    _write(folder, slots)
    return data_key, code


def unlock(folder: Path, *, passphrase: str | None = None, recovery_code: str | None = None) -> Unlocked:
    """Return the data key, from the passphrase or from the recovery code.

    Raises:
        WrongPassphrase: the passphrase opens nothing (its subclass for the code).
        NotAllowedNow: there is no recovery code.
        CorruptFile, NewerFile: neither copy of the key file can be read.
    """
    slots = _read(folder)
    if passphrase is not None:
        return _opened(slots, PASSPHRASE, passphrase, WrongPassphrase())
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
    return any(slot.kind == RECOVERY for slot in _read(folder))


def change_passphrase(folder: Path, data_key: bytes, new: str, *, cost: KdfCost = STANDARD) -> None:
    """Put the data key under another passphrase; the former opens nothing any more.

    Raises:
        KnownError: the disk refuses; the former passphrase still stands.
    """
    _replace(folder, wrap(data_key, new, PASSPHRASE, cost))


def renew_recovery(folder: Path, data_key: bytes, *, cost: KdfCost = STANDARD) -> str:
    """Return a new recovery code, grouped for humans; the former opens nothing any more.

    Raises:
        KnownError: the disk refuses; the former code still stands.
    """
    code = new_recovery_code()
    _replace(folder, wrap(data_key, understood(code) or "", RECOVERY, cost))
    return code


def mend(folder: Path) -> None:
    """Make the two copies of the key file the same again: after damage, or a stop between the two.

    Raises:
        KnownError: neither can be read, or the disk refuses.
    """
    raw = _sound_bytes(folder)
    for name in (MAIN, TWIN):
        if _bytes(folder / name) != raw:
            write_whole(folder / name, raw)


def copy(folder: Path, target: Path) -> None:
    """Put the key file into another folder, both copies: whatever opens the one opens the other.

    Raises:
        KnownError: neither copy can be read, or the disk refuses.
    """
    raw = _sound_bytes(folder)
    write_whole(target / MAIN, raw)
    write_whole(target / TWIN, raw)


def _opened(slots: Sequence[Slot], kind: str, secret: str, wrong: WrongPassphrase) -> Unlocked:
    for slot in slots:
        if slot.kind == kind and (data_key := unwrap(slot, secret)) is not None:
            return Unlocked(data_key=data_key, cost=slot.cost)
    raise wrong


def _replace(folder: Path, slot: Slot) -> None:
    _write(folder, [*(each for each in _read(folder) if each.kind != slot.kind), slot])


def _write(folder: Path, slots: Sequence[Slot]) -> None:
    content = {"format": _FORMAT, "version": _VERSION, "slots": [slot.as_json() for slot in slots]}
    raw = json.dumps({**content, "sum": _sum(content)}, indent=1, ensure_ascii=False).encode()
    write_whole(folder / MAIN, raw)
    write_whole(folder / TWIN, raw)


def _read(folder: Path) -> tuple[Slot, ...]:
    slots = json.loads(_sound_bytes(folder))["slots"]
    if not isinstance(slots, list) or not 0 < len(slots) <= _MOST_SLOTS:
        raise CorruptFile(_UNREADABLE)
    return tuple(read_slot(raw) for raw in slots)


def _sound_bytes(folder: Path) -> bytes:
    for name in (MAIN, TWIN):
        raw = _bytes(folder / name)
        if raw is not None and _sound(raw):
            return raw
    raise CorruptFile(_UNREADABLE)


def _sound(raw: bytes) -> bool:
    try:
        content = json.loads(raw)
    except (ValueError, RecursionError):
        return False
    if not isinstance(content, dict) or content.get("format") != _FORMAT:
        return False
    stated = content.pop("sum", None)
    if stated != _sum(content):
        return False
    if not isinstance(content.get("version"), int) or content["version"] > _VERSION:
        raise NewerFile(
            "Ce dossier de travail vient d'une version plus récente d'ivaudit. Rien n'a été modifié : "
            "installez cette version pour l'ouvrir."
        )
    return True


def _bytes(path: Path) -> bytes | None:
    """Return the content of a key file, nothing when it is absent or far too long to be one."""
    with translated():
        try:
            with path.open("rb") as file:
                raw = file.read(_MOST_BYTES + 1)
        except FileNotFoundError:
            return None
    return raw if len(raw) <= _MOST_BYTES else None


def _sum(content: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
