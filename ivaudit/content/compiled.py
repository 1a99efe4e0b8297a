"""What an audit keeps of a checklist: one canonical text, read back in an instant.

Fields that say nothing more than their default are left out, so that the same checklist keeps the same
text, and the same SHA-256, when a later version of the program knows more fields. The defaults of these
domain classes are therefore part of the format: changing one means raising `FORMAT`.
"""

import dataclasses
import hashlib
from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

from ivaudit.domain.checklist import Checklist
from ivaudit.domain.errors import CorruptFile, NewerFile
from ivaudit.domain.observation import ObservationGrid

FORMAT = 1


@dataclasses.dataclass(frozen=True, slots=True)
class Frozen:
    """The envelope: a reader knows from `format` whether it can read the rest."""

    format: int
    checklist: Checklist


@dataclasses.dataclass(frozen=True, slots=True)
class FrozenGrid:
    """The envelope of an observation grid."""

    format: int
    grid: ObservationGrid


F = TypeVar("F", Frozen, FrozenGrid)


def freeze(checklist: Checklist) -> str:
    """Return the canonical text of a checklist."""
    import msgspec  # noqa: PLC0415 - start-up budget

    frozen = _plain(Frozen(format=FORMAT, checklist=checklist))
    return msgspec.json.encode(frozen).decode()


def thaw(body: str) -> Checklist:
    """Return the checklist of a canonical text.

    Raises:
        NewerFile: it was written by a version of the program that this one cannot read.
        CorruptFile: it is not such a text.
    """
    return _thawed(body, Frozen).checklist


def freeze_grid(grid: ObservationGrid) -> str:
    """Return the canonical text of an observation grid."""
    import msgspec  # noqa: PLC0415 - start-up budget

    return msgspec.json.encode(_plain(FrozenGrid(format=FORMAT, grid=grid))).decode()


def thaw_grid(body: str) -> ObservationGrid:
    """Return the observation grid of a canonical text.

    Raises:
        NewerFile: it was written by a version of the program that this one cannot read.
        CorruptFile: it is not such a text.
    """
    return _thawed(body, FrozenGrid).grid


def digest(body: str) -> str:
    """Return the SHA-256 of a canonical text, in hexadecimal."""
    return hashlib.sha256(body.encode()).hexdigest()


def _thawed(body: str, shape: type[F]) -> F:
    import msgspec  # noqa: PLC0415 - start-up budget

    try:
        frozen: F = msgspec.json.decode(body, type=shape)
    except msgspec.MsgspecError:
        raise _unreadable(body) from None
    if frozen.format != FORMAT:
        raise _unreadable(body)
    return frozen


def _unreadable(body: str) -> NewerFile | CorruptFile:
    import msgspec  # noqa: PLC0415 - start-up budget

    try:
        found = msgspec.json.decode(body)
    except msgspec.MsgspecError:
        found = None
    if isinstance(found, dict) and isinstance(found.get("format"), int) and found["format"] > FORMAT:
        return NewerFile(
            "La grille de cet audit a été enregistrée par une version plus récente d'ivaudit. Rien n'a été "
            "modifié. Mettez le programme à jour pour l'ouvrir."
        )
    return CorruptFile(
        "La copie de la grille conservée avec cet audit est abîmée. Les réponses ne sont pas touchées. "
        "Restaurez une sauvegarde depuis l'écran d'ouverture."
    )


def _plain(value: object) -> object:
    """Return a value as JSON knows it, fields sorted, without those that hold their default.

    Keys of guidance and rating keep the order in which people read them.
    """
    if dataclasses.is_dataclass(value):
        fields = sorted(dataclasses.fields(value), key=lambda each: each.name)
        parts = [(each.name, getattr(value, each.name), each.default) for each in fields]
        return {name: _plain(part) for name, part, default in parts if part != default}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value
