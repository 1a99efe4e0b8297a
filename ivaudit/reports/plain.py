"""Values of the domain as plain JSON, there and back, for the export and for the child process."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

_T = TypeVar("_T")


def to_plain(value: object) -> object:
    """Return dataclasses as objects, tuples as lists, enumerations as their values."""
    if is_dataclass(value):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): to_plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(each) for each in value]
    return value


def from_plain(kind: type[_T], data: object) -> _T:
    """Return a value of that kind from what `to_plain` made of it.

    Raises:
        KeyError, TypeError, ValueError: the data does not have that shape.
    """
    return cast("_T", _built(kind, data))


def as_json(value: object) -> bytes:
    """Return a value as readable JSON in UTF-8; a lone surrogate is written as its escape."""
    text = json.dumps(to_plain(value), ensure_ascii=False, indent=2)
    return f"{text}\n".encode(errors="backslashreplace")


def _built(kind: Any, data: Any) -> object:  # noqa: ANN401 - any type hint, any JSON
    origin, arguments = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        hints = _hints(cast("type", kind))
        return cast("type", kind)(**{name: _built(hint, data[name]) for name, hint in hints.items()})
    if origin is tuple:
        return tuple(_built(arguments[0], each) for each in data)
    if origin is Literal:
        return next(each for each in arguments if each == data)
    if origin in {UnionType, Union}:
        other = next(each for each in arguments if each is not NoneType)
        return None if data is None else _built(other, data)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    return dict(data) if origin is not None and issubclass(origin, Mapping) else data


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
