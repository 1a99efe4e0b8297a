"""The lines that are written follow the schema that is published, and are read again."""

import hashlib
import io
import json
import re
from pathlib import Path
from typing import Any

from support.bundles import head, op

from ivaudit.domain.bundle import (
    BundleHead,
    ContentFile,
    Contents,
    Definition,
    Family,
    Picture,
    ScopeHead,
    Signature,
)
from ivaudit.domain.journal import Change, Op, digest, encode, op_id
from ivaudit.exchange import age_file, age_header, age_recipients, bundle_reading, bundle_writing, signing

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "schema" / "echange.schema.json").read_text(encoding="utf-8")
)
TYPES = {"string": str, "integer": int, "null": type(None), "array": list, "object": dict}
PRIVATE, SIGNING = b"p" * 32, b"s" * 32
FILE_KEY = b"f" * 16


def follows(schema: dict[str, Any], value: object) -> bool:  # noqa: PLR0911 - one return per form of schema
    """Tell whether a value follows a schema, as far as this one goes."""
    if "$ref" in schema:
        return follows(SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]], value)
    if "oneOf" in schema:
        return sum(follows(each, value) for each in schema["oneOf"]) == 1
    if "anyOf" in schema:
        return any(follows(each, value) for each in schema["anyOf"])
    if "enum" in schema:
        return value in schema["enum"]
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(type(value) is TYPES[kind] for kind in kinds):
        return False
    if isinstance(value, str):
        return re.search(schema.get("pattern", ""), value) is not None
    if isinstance(value, list):
        return _list_follows(schema, value)
    return not isinstance(value, dict) or _object_follows(schema, value)


def _list_follows(schema: dict[str, Any], value: list[object]) -> bool:
    parts = schema.get("prefixItems") or [schema["items"]] * len(value)
    within = schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value))
    return within and all(map(follows, parts, value))


def _object_follows(schema: dict[str, Any], value: dict[str, object]) -> bool:
    known = schema.get("properties", {})
    if schema.get("additionalProperties") is False and value.keys() - known.keys():
        return False
    return set(schema.get("required", ())) <= value.keys() and all(
        follows(known[name], each) for name, each in value.items() if name in known
    )


SEAL = "cd" * 32


def many(count: int) -> Op:
    """Return an op that takes several lines, and seals its audit."""
    salt, body = b"s" * 16, encode({"manifest": {}, "hash": SEAL})
    sealed = Change(entity="audit:a1", field="seal", base=(), digest=digest(salt, body), salt=salt, body=body)
    changes = [sealed]
    for rank in range(count):
        salt, body = bytes([rank % 256]) * 16, encode(f"valeur {rank} é\u2028")
        changes.append(
            Change(
                entity=f"answer:a1/structure/c{rank}",
                field="value",
                base=(),
                digest=digest(salt, body),
                salt=salt,
                body=body,
            )
        )
    bare = op("audit:a1", "answer:a1/structure/c0", "x")
    parts = {name: getattr(bare, name) for name in Op.__slots__}
    made = Op(**{**parts, "changes": tuple(changes)})
    return Op(**{**parts, "changes": tuple(changes), "id": op_id(made)})


def written(items: tuple[object, ...]) -> bytes:
    """Return a whole file of a bundle of these."""
    out = io.BytesIO()
    stanzas = bundle_writing.wrappings(FILE_KEY, [signing.public_reading_key(PRIVATE)], None)
    writer = bundle_writing.BundleWriter(out, FILE_KEY, stanzas, SIGNING)
    for item in items:
        match item:
            case BundleHead():
                writer.head(item)
            case Definition():
                writer.definition(item)
            case Op():
                writer.op(item)
            case Picture():
                writer.picture(item)
            case ContentFile():
                writer.file(item)
    writer.finish()
    return out.getvalue()


def test_what_is_written_follows_the_schema_and_is_read_again() -> None:
    body = '{"grille":"é"}' * 20_000
    picture = bytes(range(256)) * 1_000
    shas = (hashlib.sha256(body.encode()).hexdigest(), hashlib.sha256(picture).hexdigest())
    ops = (many(450), op("register", "anomaly:x1", {"a": 1}))
    first = BundleHead(
        id="ab" * 16,
        at="2026-11-21T10:00:00Z",
        program="ivaudit",
        author="Référente",
        device="d1",
        contents=Contents.AUDIT,
        title="Un audit",
        scopes=tuple(ScopeHead(scope=each.scope, title="", ops=1, tips=(each.id,)) for each in ops),
        definitions=(shas[0],),
        evidence=(shas[1],),
        files=((Family.CODES, "codes-locaux"),),
        seals={"a1": SEAL},
    )
    items = (
        first,
        Definition(kind="checklist", id="flash", version="1.0", body=body),
        *ops,
        Picture(sha=shas[1], media="image/png", width=4, height=2, body=picture),
        ContentFile(family=Family.CODES, id="codes-locaux", text="kind: codes\n" * 30_000),
    )
    source = io.BytesIO(written(items))
    header = age_header.read_header(source)
    key = age_recipients.file_key_by_key(header, PRIVATE)
    assert key == FILE_KEY
    raw = b"".join(age_file.payload(source, key))
    lines = [json.loads(each) for each in raw.splitlines()]
    assert [each for each in lines if not follows(SCHEMA, each)] == []
    *read, last = list(bundle_reading.read([raw[:1000], raw[1000:]]))
    assert tuple(read) == items
    assert isinstance(last, Signature)
    assert last.key == signing.public_signing_key(SIGNING)


def test_the_schema_refuses_what_is_no_line() -> None:
    said = head([])
    assert follows(SCHEMA, {"bundle": said})
    for wrong in ({"bundle": {**said, "id": "zz"}}, {"bundle": said, "op": {}}, {"autre": 1}, []):
        assert not follows(SCHEMA, wrong)
