"""JSON Schemas of the content files, for whoever edits them."""

import json

from ivaudit.content.json_schema import NAMES, schema


def names() -> tuple[str, ...]:
    """Return the names of the schemas, one per kind of file."""
    return tuple(NAMES.values())


def text(name: str) -> str:
    """Return the text of a schema, by its name."""
    family = next(family for family, each in NAMES.items() if each == name)
    return json.dumps(schema(family), ensure_ascii=False, indent=2)
