"""From YAML nodes to frozen dataclasses, led by their type hints; problems are collected, not raised."""

import dataclasses
import difflib
import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from ivaudit.content.problems import Place
from ivaudit.content.shapes import EXPECTED, KEYS
from ivaudit.content.yaml_nodes import Mapping as MappingNode
from ivaudit.content.yaml_nodes import Node, Scalar, Sequence

FAILED: Any = object()
"""What a reader returns once it has said what is wrong."""


@dataclass(slots=True)
class Reading:
    """What one file says, and where it says it."""

    problems: list[tuple[Place, str]] = field(default_factory=list)
    _nodes: dict[int, tuple[object, MappingNode]] = field(default_factory=dict)

    def say(self, place: Place, message: str) -> Any:  # noqa: ANN401 - a value of any type that failed
        """Note a problem and return `FAILED`."""
        self.problems.append((place, message))
        return FAILED

    def wrong(self, node: Node, key: str, expected: str, more: str = "") -> Any:  # noqa: ANN401
        """Note that a node is not what was expected of that key."""
        found = _found(node)
        said = f"{key}: {expected} {_agreed('attendu', expected)}, {found} {_agreed('trouvé', found)}{more}"
        return self.say((node.line, node.column), said)

    def keep(self, value: object, node: MappingNode) -> None:
        """Remember where a value was read; the value is held, so that its identity stays its own."""
        self._nodes[id(value)] = (value, node)

    def place(self, value: object, key: str | None = None, item: int | str | None = None) -> Place:
        """Return where a value read here was written, one of its keys, or an item of what it holds."""
        if id(value) not in self._nodes:
            return 1, 1
        node: Node = self._nodes[id(value)][1]
        if key is not None and isinstance(node, MappingNode):
            node = node.values.get(KEYS.get(type(value), {}).get(key, key), node)
        if isinstance(item, int) and isinstance(node, Sequence) and item < len(node.items):
            node = node.items[item]
        if isinstance(item, str) and isinstance(node, MappingNode) and item in node.places:
            return node.places[item]
        return node.line, node.column


Reader = Callable[[Node, str, Reading], Any]


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a mapping in a file: the field it fills and how it is read."""

    field: str
    hint: Any
    required: bool
    expected: str | None

    @property
    def reader(self) -> Reader:
        """Return how its value is read; found late, because shapes may contain themselves."""
        return reader(self.hint, self.expected)


@cache
def keys_of(shape: Any) -> Mapping[str, Key]:  # noqa: ANN401 - a dataclass
    """Return the keys of the mapping that fills a dataclass, in order."""
    hints = get_type_hints(shape)
    names = KEYS.get(shape, {})
    keys = {}
    for each in dataclasses.fields(shape):
        key = names.get(each.name, each.name)
        free = each.default is not dataclasses.MISSING or each.default_factory is not dataclasses.MISSING
        keys[key] = Key(each.name, hints[each.name], not free, EXPECTED.get((shape, key)))
    return keys


def read(node: Node, shape: type[Any], reading: Reading, also: Iterable[str] = ()) -> Any:  # noqa: ANN401
    """Return the dataclass a document fills, or `FAILED`.

    Args:
        node: the root of the document.
        shape: the dataclass expected.
        reading: receives the problems and the places.
        also: keys that are allowed without being a field (`kind`, which chose the shape).
    """
    return _instance(shape, frozenset(also))(node, "document", reading)


@cache
def reader(hint: Any, expected: str | None = None) -> Reader:  # noqa: ANN401 - any type hint
    """Return how a value of that type is read."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType}:
        return _either(arguments, expected)
    if origin in {tuple, frozenset}:
        return _list(origin, arguments[0])
    if origin in {dict, Mapping}:
        return _table(arguments[1])
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _instance(hint, frozenset())
    choices = _choices(hint)
    return _one_of(choices) if choices else _scalar(hint, expected)


def _choices(hint: Any) -> Mapping[str, object]:  # noqa: ANN401
    """Return what a closed type accepts, as written in files; nothing for another type."""
    if get_origin(hint) is Literal:
        return {str(each): each for each in get_args(hint)}
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {str(each.value): each for each in hint}
    return {}


_NAMES: dict[type, str] = {
    str: "un texte",
    int: "un nombre entier",
    float: "un nombre",
    bool: "« true » ou « false »",
}


def _scalar(kind: type, expected: str | None) -> Reader:
    wanted = expected or _NAMES[kind]
    accepted = (int, float) if kind is float else (kind,)

    def read_scalar(node: Node, key: str, reading: Reading) -> Any:  # noqa: ANN401
        value = node.value if isinstance(node, Scalar) else None
        if type(value) in accepted:
            return value
        quote = kind is str and isinstance(value, int | float)
        return reading.wrong(node, key, wanted, " : le mettre entre guillemets" if quote else "")

    return read_scalar


def _one_of(choices: Mapping[str, object]) -> Reader:
    listed = enumeration(choices)

    def read_choice(node: Node, key: str, reading: Reading) -> Any:  # noqa: ANN401
        if isinstance(node, Scalar) and node.text in choices:
            return choices[node.text]
        hint = near(node.text, choices) if isinstance(node, Scalar) else ""
        return reading.wrong(node, key, listed, hint)

    return read_choice


def _list(kind: type, item: Any) -> Reader:  # noqa: ANN401
    def read_list(node: Node, key: str, reading: Reading) -> Any:  # noqa: ANN401
        if not isinstance(node, Sequence):
            return reading.wrong(node, key, "une liste")
        read_item = reader(item)
        values = [read_item(each, key, reading) for each in node.items]
        return FAILED if any(value is FAILED for value in values) else kind(values)

    return read_list


def _table(item: Any) -> Reader:  # noqa: ANN401
    def read_table(node: Node, key: str, reading: Reading) -> Any:  # noqa: ANN401
        if not isinstance(node, MappingNode):
            return reading.wrong(node, key, "un bloc de clés")
        read_item = reader(item)
        values = {name: read_item(each, f"{key}.{name}", reading) for name, each in node.values.items()}
        return FAILED if any(value is FAILED for value in values.values()) else values

    return read_table


def _either(alternatives: tuple[Any, ...], expected: str | None) -> Reader:
    shapes = [each for each in alternatives if each is not types.NoneType]
    optional = len(shapes) < len(alternatives)
    last = reader(shapes[-1], expected)
    marked = [(next(iter(keys_of(each))), reader(each)) for each in shapes[:-1]]

    def read_either(node: Node, key: str, reading: Reading) -> Any:  # noqa: ANN401
        if optional and isinstance(node, Scalar) and node.value is None:
            return None
        names = node.values if isinstance(node, MappingNode) else {}
        chosen = next((read_one for first, read_one in marked if first in names), last)
        return chosen(node, key, reading)

    return read_either


def _instance(shape: Any, also: frozenset[str]) -> Reader:  # noqa: ANN401 - a dataclass
    def read_instance(node: Node, key: str, reading: Reading) -> Any:  # noqa: ANN401
        if not isinstance(node, MappingNode):
            return reading.wrong(node, key, "un bloc de clés")
        keys = keys_of(shape)
        values = {
            keys[name].field: keys[name].reader(value, name, reading)
            for name, value in node.values.items()
            if _known(name, node.places[name], keys, also, reading)
        }
        missing = [name for name, each in keys.items() if each.required and name not in node.values]
        for name in missing:
            reading.say((node.line, node.column), f"{name}: clé obligatoire absente")
        if missing or any(value is FAILED for value in values.values()):
            return FAILED
        made = shape(**values)
        reading.keep(made, node)
        return made

    return read_instance


def _known(name: str, place: Place, keys: Mapping[str, Key], also: frozenset[str], reading: Reading) -> bool:
    if name in keys:
        return True
    if name not in also:
        more = near(name, keys) or f" ; clés admises : {', '.join(keys)}"
        reading.say(place, f"{name}: clé inconnue{more}")
    return False


def near(text: str, choices: Iterable[str]) -> str:
    """Return « ; vouliez-vous dire… » when a choice looks like the text, nothing otherwise."""
    found = difflib.get_close_matches(text, list(choices), n=1, cutoff=0.7)
    return f" ; vouliez-vous dire « {found[0]} » ?" if found else ""


def enumeration(choices: Iterable[str]) -> str:
    """Return choices as people read them: « a », « b » ou « c »."""
    *first, last = [f"« {each} »" for each in choices]
    return f"{', '.join(first)} ou {last}" if first else last


def _agreed(participle: str, noun: str) -> str:
    return f"{participle}e" if noun.startswith("une ") else participle


def _found(node: Node) -> str:
    match node:
        case Scalar(value=None):
            return "rien"
        case Scalar(text=text):
            return f"« {text if len(text) <= 60 else text[:57] + '…'} »"  # noqa: PLR2004
        case Sequence():
            return "une liste"
        case _:
            return "un bloc de clés"
