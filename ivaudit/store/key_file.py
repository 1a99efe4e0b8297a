"""The file of keys and its twin: versioned, carrying its own SHA-256, each copy written whole."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from ivaudit.domain.errors import CorruptFile, KnownError, NewerFile
from ivaudit.store import layout, recipient
from ivaudit.store.atomic_file import write_whole
from ivaudit.store.encryption import translated
from ivaudit.store.key_slots import Slot, read_slot
from ivaudit.store.recipient import FACILITY, FacilitySlot

AnySlot: TypeAlias = Slot | FacilitySlot

MAIN = layout.KEY
TWIN = layout.KEY_TWIN

_FORMAT = "ivaudit-cle"
_VERSION = 2
"""What is read; a file without the key of a facility is still written as version 1, which holds no other."""
_MOST_BYTES = 64 * 1024
_MOST_SLOTS = 8

_UNREADABLE = (
    "Le fichier de clé et sa copie sont absents ou illisibles. Les données n'ont pas été touchées. "
    "Reprenez une sauvegarde depuis l'écran d'ouverture : elle contient sa propre clé."
)


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


def write(folder: Path, slots: Sequence[AnySlot]) -> None:
    """Write both copies.

    Raises:
        KnownError: the disk refuses; the former slots still stand.
    """
    version = _VERSION if any(isinstance(slot, FacilitySlot) for slot in slots) else 1
    content = {"format": _FORMAT, "version": version, "slots": [slot.as_json() for slot in slots]}
    raw = json.dumps({**content, "sum": _sum(content)}, indent=1, ensure_ascii=False).encode()
    former = {name: _bytes(folder / name) for name in (TWIN, MAIN)}
    try:
        # The first copy decides: written last, it leaves the former slots standing until it is there.
        for name in former:
            write_whole(folder / name, raw)
    except KnownError:
        _put_back(folder, former)
        raise


def _put_back(folder: Path, former: Mapping[str, bytes | None]) -> None:
    """Undo a change that was refused half way: whoever was told so goes on with the former secret."""
    for name, raw in former.items():
        if raw is not None and _bytes(folder / name) != raw:
            with suppress(KnownError):
                write_whole(folder / name, raw)


def read(folder: Path) -> tuple[AnySlot, ...]:
    """Return the slots of the first copy that is sound.

    Raises:
        CorruptFile, NewerFile: neither copy can be read.
    """
    slots = json.loads(_sound_bytes(folder))["slots"]
    if not isinstance(slots, list) or not 0 < len(slots) <= _MOST_SLOTS:
        raise CorruptFile(_UNREADABLE)
    return tuple(map(_slot, slots))


def _slot(raw: object) -> AnySlot:
    if isinstance(raw, dict) and raw.get("kind") == FACILITY:
        return recipient.read_slot(raw)
    return read_slot(raw if isinstance(raw, dict) else {})


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
