"""JSON Schemas of the content files, for editors: generated from the types that the loader reads into.

`python -m ivaudit.content.json_schema docs/schema` writes them; a test says when they are out of date.
"""

import dataclasses
import json
import sys
import types
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from ivaudit.content.reading import keys_of
from ivaudit.content.shapes import KIND_BESIDE, KINDS, Family, shape_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"

NAMES: dict[Family, str] = {
    Family.CHECKLIST: "grille",
    Family.SCALE: "echelle",
    Family.LEVELS: "niveaux",
    Family.VOCABULARY: "vocabulaire",
    Family.FORM: "fiche",
    Family.OUTLINE: "plan-de-rapport",
    Family.OBSERVATION: "observation",
    Family.DECISION: "fiche-reflexe",
    Family.CASES: "cas-pratiques",
    Family.GLOSSARY: "glossaire",
    Family.THRESHOLDS: "seuils",
    Family.ADAPTATION: "adaptation",
    Family.RULES: "regles",
    Family.CODES: "codes",
    Family.TABLE: "tableau",
    Family.INSI_TABLE: "tableau-insi",
    Family.CATEGORIES: "categories",
    Family.REGISTER: "registre",
    Family.CIRCUITS: "circuits",
    Family.RETENTION: "conservation",
    Family.DOSSIER: "dossier",
    Family.INDICATORS: "indicateurs",
    Family.LOG: "journal",
    Family.INTAKE: "reprise",
    Family.LEAFLET: "page",
}
"""The name of the schema of each family, without `.schema.json`."""

_SIMPLE: dict[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}

Schema = dict[str, Any]


def schema(family: Family) -> Schema:
    """Return the JSON Schema of a family of files."""
    shape = shape_of(family)
    definitions: dict[str, Schema] = {}
    _define(shape, definitions)
    root = definitions.pop(shape.__name__)
    if family in KIND_BESIDE:
        kind = next(kind for kind, each in KINDS.items() if each is family)
        root["properties"] = {"kind": {"const": kind}, **root["properties"]}
        root["required"] = ["kind", *root["required"]]
    made = {"$schema": DIALECT, "title": f"ivaudit : {family}", **root}
    return {**made, "$defs": dict(sorted(definitions.items()))} if definitions else made


def schemas() -> dict[str, str]:
    """Return the text of every schema, by file name."""
    return {
        f"{name}.schema.json": json.dumps(schema(family), ensure_ascii=False, indent=2) + "\n"
        for family, name in NAMES.items()
    }


def write(folder: Path) -> None:
    """Write every schema in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _define(shape: Any, definitions: dict[str, Schema]) -> Schema:  # noqa: ANN401 - a dataclass
    """Return a pointer to the definition of a dataclass, made when it is met for the first time."""
    if shape.__name__ not in definitions:
        made = definitions[shape.__name__] = {"type": "object", "additionalProperties": False}
        keys = keys_of(shape)
        made["properties"] = {name: _of(key.hint, definitions) for name, key in keys.items()}
        made["required"] = [name for name, key in keys.items() if key.required]
    return {"$ref": f"#/$defs/{shape.__name__}"}


def _of(hint: Any, definitions: dict[str, Schema]) -> Schema:  # noqa: ANN401 - any type hint
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType}:
        return {"anyOf": [_of(each, definitions) for each in arguments]}
    if origin in {tuple, frozenset}:
        return {"type": "array", "items": _of(arguments[0], definitions)}
    if origin in {dict, Mapping}:
        return {"type": "object", "additionalProperties": _of(arguments[1], definitions)}
    if dataclasses.is_dataclass(hint):
        return _define(hint, definitions)
    return _closed(hint, origin, arguments)


def _closed(hint: Any, origin: Any, arguments: tuple[Any, ...]) -> Schema:  # noqa: ANN401
    if origin is Literal:
        return {"enum": list(arguments)}
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {"enum": [each.value for each in hint]}
    return {"type": "null"} if hint is types.NoneType else {"type": _SIMPLE[hint]}


if __name__ == "__main__":
    write(Path(sys.argv[1]))
