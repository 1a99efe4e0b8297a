"""The published JSON Schemas are those of today's types, and accept what is shipped."""

from pathlib import Path
from typing import Any

import pytest

from ivaudit.content.json_schema import schema, schemas, write
from ivaudit.content.parsing import parse
from ivaudit.content.shapes import Family
from ivaudit.content.sources import Source, shipped_sources
from ivaudit.content.yaml_nodes import Mapping, Node, Scalar, Sequence, compose

PUBLISHED = Path(__file__).parents[2] / "docs" / "schema"


def test_the_published_schemas_are_current(tmp_path: Path) -> None:
    write(tmp_path)
    fresh = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert fresh == schemas()
    assert fresh == {name: (PUBLISHED / name).read_text(encoding="utf-8") for name in fresh}


def _plain(node: Node) -> Any:  # noqa: ANN401 - JSON
    match node:
        case Scalar(value=value):
            return value
        case Sequence(items=items):
            return [_plain(each) for each in items]
        case Mapping(values=values):
            return {key: _plain(each) for key, each in values.items()}


def _accepts(made: dict[str, Any], root: dict[str, Any], value: Any) -> bool:  # noqa: ANN401
    """Tell whether a schema of ours accepts a value: the few words of JSON Schema that we write."""
    if "$ref" in made:
        return _accepts(root["$defs"][made["$ref"].removeprefix("#/$defs/")], root, value)
    if "anyOf" in made:
        return any(_accepts(each, root, value) for each in made["anyOf"])
    if "const" in made or "enum" in made:
        return value in made.get("enum", [made.get("const")])
    match made["type"]:
        case "array":
            return isinstance(value, list) and all(_accepts(made["items"], root, each) for each in value)
        case "object":
            return isinstance(value, dict) and _accepts_keys(made, root, value)
        case simple:
            types = {"string": str, "integer": int, "boolean": bool, "null": type(None), "number": float}
            return type(value) is types[simple]


def _accepts_keys(made: dict[str, Any], root: dict[str, Any], value: dict[str, Any]) -> bool:
    known, others = made.get("properties", {}), made["additionalProperties"]
    if not set(made.get("required", ())) <= set(value):
        return False
    return all(
        _accepts(known[key], root, part)
        if key in known
        else others is not False and _accepts(others, root, part)
        for key, part in value.items()
    )


@pytest.mark.parametrize("source", shipped_sources(), ids=lambda source: source.label)
def test_a_shipped_file_fits_its_schema(source: Source) -> None:
    root = compose(source.path.read_bytes()).root
    assert root is not None
    family = parse(source).family
    assert family is not None
    made = schema(family)
    assert _accepts(made, made, _plain(root))


def test_the_schema_refuses_what_the_loader_refuses(grid: str) -> None:
    made = schema(Family.CHECKLIST)
    for wrong in ("weight: un", "wieght: 1", "weight: 1.5"):
        root = compose(grid.replace("weight: 1", wrong, 1).encode()).root
        assert root is not None
        assert not _accepts(made, made, _plain(root))
    right = compose(grid.encode()).root
    assert right is not None
    assert _accepts(made, made, _plain(right))
