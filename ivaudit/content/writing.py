"""Content written back as YAML: one layout for one meaning, the one of the shipped checklists.

A text stands on one line, between double quotes where YAML would understand something else; keys come in the
order of their dataclass; what says no more than its default is left out. Comments are not kept.
"""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from ivaudit.content.shapes import KEYS, KINDS, ChecklistFile, Family
from ivaudit.content.yaml_nodes import means_text
from ivaudit.domain.checklist import Condition, Criterion, Reference, Term

INDENT = 2

_ON_ONE_LINE: tuple[type, ...] = (Reference, Condition, Term)
"""What is written between braces, on one line."""

_LISTED_ON_ONE_LINE = frozenset(
    {"authors", "methods", "interlocutors", "places", "profile", "in", "values", "criteria", "see"}
)
"""Lists of keys or of names, written between brackets."""

_ALWAYS: Mapping[type, frozenset[str]] = {
    Criterion: frozenset({"critical"}),
    Reference: frozenset({"edition", "code", "section", "source"}),
}
"""What is written even when it says nothing: a reader looks for it."""

_QUOTED = frozenset({"version", "edition", "published", "code", "section", "source"})
"""What looks like a number or an address is quoted, whether it needs it or not."""

_CONTROLS = "\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff"
_GUIDANCE = "guidance"
_FIRST = "default"
"""In guidance the general case comes first, then the settings in alphabetical order."""

_PLAIN = re.compile(rf"[^\s\-?:,\[\]{{}}#&*!|>'\"%@`=<~{_CONTROLS}][^{_CONTROLS}]*")
_UNSAFE = re.compile(r":(?:\s|$)|\s#|^-(?:\s|$)|\s$")
_IN_BRACES = re.compile(r"[,\[\]{}]")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_HIDDEN = re.compile(rf"[\\\"{_CONTROLS}]")


def to_yaml(value: object, family: Family = Family.CHECKLIST) -> str:
    """Return the canonical text of a content file.

    Args:
        value: what the file holds, of the shape of its family.
        family: what it is, said by its key `kind` where that is no field of its own.
    """
    if not isinstance(value, ChecklistFile) and family is not Family.CHECKLIST:
        kind = next((key for key, each in KINDS.items() if each is family), None)
        head = [f"kind: {kind}"] if kind else []
    else:
        head = []
    return "\n".join([*head, *_block(value)]) + "\n"


def _block(value: Any) -> Iterator[str]:  # noqa: ANN401 - any dataclass of content
    """Yield the lines of a dataclass, not indented."""
    for key, each in _entries(value):
        yield from _entry(key, each)


def _entries(value: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """Yield the keys that are written and their values."""
    names, always = KEYS.get(type(value), {}), _ALWAYS.get(type(value), frozenset())
    for field in dataclasses.fields(value):
        found = getattr(value, field.name)
        if field.name in always or found != _default(field):
            yield names.get(field.name, field.name), found


def _default(field: "dataclasses.Field[Any]") -> object:
    """Return the default of a field, something equal to nothing when it has none."""
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def _entry(key: str, value: Any) -> Iterator[str]:  # noqa: ANN401
    if _fits(key, value):
        yield f"{key}: {_inline(key, value, within=False)}"
        return
    yield f"{key}:"
    if isinstance(value, Mapping):
        lines = (line for name, each in _ordered(key, value) for line in _entry(name, each))
        yield from (f"{' ' * INDENT}{line}" for line in lines)
    elif dataclasses.is_dataclass(value):
        yield from (f"{' ' * INDENT}{line}" for line in _block(value))
    else:
        for each in value:
            yield from (f"{' ' * INDENT}{line}" for line in _item(key, each))


def _ordered(key: str, value: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return the items of a table, in the order they are written."""
    items = list(value.items())
    return sorted(items, key=lambda item: (item[0] != _FIRST, item[0])) if key == _GUIDANCE else items


def _item(key: str, value: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield the lines of an item of a list, its dash included."""
    if _fits(key, value):
        yield f"- {_inline(key, value, within=False)}"
        return
    for rank, line in enumerate(_block(value)):
        yield f"{'- ' if rank == 0 else ' ' * INDENT}{line}"


def _fits(key: str, value: Any) -> bool:  # noqa: ANN401
    """Tell whether a value stands on the line of its key."""
    if isinstance(value, Mapping):
        return not value
    if isinstance(value, tuple | list | frozenset):
        return not value or (key in _LISTED_ON_ONE_LINE and all(map(_is_scalar, value)))
    return isinstance(value, _ON_ONE_LINE) or _is_scalar(value)


def _is_scalar(value: object) -> bool:
    return value is None or isinstance(value, str | int | float | Enum)


def _inline(key: str, value: Any, *, within: bool) -> str:  # noqa: ANN401
    """Return a value on one line; `within` brackets or braces, a comma would end it."""
    match value:
        case None | True | False:
            return _WORDS[value]
        case Enum():
            return _inline(key, value.value, within=within)
        case int() | float():
            return str(value)
        case str():
            return _text(value, within=within, quoted=key in _QUOTED)
    if dataclasses.is_dataclass(value):
        value = dict(_entries(value))
    if isinstance(value, Mapping):
        return (
            f"{{{', '.join(f'{name}: {_inline(name, each, within=True)}' for name, each in value.items())}}}"
        )
    return f"[{', '.join(_inline(key, each, within=True) for each in value)}]"


_WORDS: Mapping[bool | None, str] = {None: "null", True: "true", False: "false"}


def _text(text: str, *, within: bool, quoted: bool) -> str:
    safe = _PLAIN.fullmatch(text) and not _UNSAFE.search(text) and means_text(text)
    if safe and not quoted and not (within and _IN_BRACES.search(text)):
        return text
    return f'"{_HIDDEN.sub(_escaped, text)}"'


def _escaped(found: "re.Match[str]") -> str:
    character = found.group()
    return _ESCAPES.get(character, f"\\u{ord(character):04x}")
