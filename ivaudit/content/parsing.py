"""One content file read: its value, what is wrong with it, and where each part stands."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from ivaudit.content.problems import Place, Problem
from ivaudit.content.reading import FAILED, Reading, enumeration, near, read
from ivaudit.content.shapes import FOLDERS, KIND_BESIDE, KINDS, Family, shape_of
from ivaudit.content.sources import Source
from ivaudit.content.yaml_nodes import MAX_BYTES, Composed, Mapping, Node, Scalar, compose


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file read; `value` is nothing when its shape is wrong."""

    source: Source
    family: Family | None
    value: Any
    reading: Reading

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with its shape."""
        return tuple(Problem(self.source.label, *place, message) for place, message in self.reading.problems)

    def problem(self, owner: object, key: str | None, message: str, item: int | str | None = None) -> Problem:
        """Return a problem at the place of a value read in this file."""
        return Problem(self.source.label, *self.reading.place(owner, key, item), message)


def parse(source: Source, composing: Callable[[bytes], Composed] = compose) -> Parsed:
    """Read one file.

    Args:
        source: which one.
        composing: how its bytes become nodes.
    """
    try:
        with source.path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError:
        reading = Reading()
        reading.say((1, 1), "fichier introuvable ou illisible")
        return Parsed(source, None, None, reading)
    return parse_bytes(source, raw, composing)


def parse_bytes(source: Source, raw: bytes, composing: Callable[[bytes], Composed] = compose) -> Parsed:
    """Read what a file says, or would say."""
    reading = Reading()
    composed = composing(raw)
    reading.problems.extend(composed.problems)
    if composed.root is None:
        if not composed.problems:
            reading.say((1, 1), "fichier vide")
        return Parsed(source, None, None, reading)
    return _read(source, composed.root, reading)


def read_nodes(source: Source, root: Node) -> Parsed:
    """Return what nodes that come from elsewhere than YAML say, with the places that they give."""
    return _read(source, root, Reading())


def _read(source: Source, root: Node, reading: Reading) -> Parsed:
    family = _family(source, root, reading)
    if family is None:
        return Parsed(source, None, None, reading)
    value = read(root, shape_of(family), reading, also=_kind_beside(family))
    if value is not FAILED and value.id != source.id:
        place: Place = reading.place(value, "id")
        reading.say(place, f"id: « {source.id} » attendu (le nom du fichier), « {value.id} » trouvé")
    return Parsed(source, family, None if value is FAILED or reading.problems else value, reading)


def _kind_beside(family: Family) -> Iterable[str]:
    """Return the key that tells what a file is, where it is not a field of its shape."""
    return ("kind",) if family in KIND_BESIDE else ()


def _family(source: Source, root: Node, reading: Reading) -> Family | None:
    families = FOLDERS[source.folder]
    if KIND_BESIDE.isdisjoint(families) or not isinstance(root, Mapping):
        return families[0]
    kinds = [kind for kind, family in KINDS.items() if family in families]
    node = root.values.get("kind")
    if node is None and (unsaid := next((each for each in families if each not in KINDS.values()), None)):
        return unsaid
    if node is None:
        reading.say((root.line, root.column), "kind: clé obligatoire absente")
        return None
    if isinstance(node, Scalar) and node.text in kinds:
        return KINDS[node.text]
    hint = near(node.text, kinds) if isinstance(node, Scalar) else ""
    reading.wrong(node, "kind", enumeration(kinds), hint)
    return None
