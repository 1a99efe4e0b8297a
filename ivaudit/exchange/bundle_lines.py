"""The lines of a bundle: one JSON object each, with one name that says what it is.

    {"bundle": {…}}        the first: what the bundle says of itself
    {"definition": {…}}    then its text, in {"part": "…"} lines
    {"op": {…}}            then the rest of its changes, in {"changes": […]} lines, where there are many
    {"picture": {…}}       then its bytes, in {"part": "…"} lines, base64
    {"file": {…}}          then its text, in {"part": "…"} lines
    {"signature": {…}}     the last

`docs/format-ivaudit.md` describes them for other programs.
"""

import base64
import json
from collections.abc import Iterator, Sequence
from typing import Any

from ivaudit.domain.bundle import BundleHead, ContentFile, Definition, Picture, Signature
from ivaudit.domain.journal import Change, Op

LINE = 2 * 1024 * 1024
"""Bytes of a line, its end included."""
PART = 128 * 1024
"""Characters of a text in one line; every line but the last is full."""
PICTURE_PART = PART * 3 // 4
"""The same for bytes, in base64."""
CHANGES = 200
"""Changes in one line."""

CONTEXT = b"ivaudit-echange-v1\n"
"""What a signature is over, before the SHA-256 of the lines: it can stand for nothing else."""


def head_line(head: BundleHead) -> bytes:
    """Return the first line."""
    return _line("bundle", head_said(head))


def head_said(head: BundleHead) -> dict[str, Any]:
    """Return what a bundle says of itself, as JSON."""
    return {
        "format": list(head.format),
        "id": head.id,
        "at": head.at,
        "program": head.program,
        "author": head.author,
        "device": head.device,
        "contents": head.contents.value,
        "title": head.title,
        "scopes": [
            {"scope": s.scope, "title": s.title, "ops": s.ops, "tips": [tip.hex() for tip in s.tips]}
            for s in head.scopes
        ],
        "definitions": list(head.definitions),
        "evidence": list(head.evidence),
        "files": [[family.value, key] for family, key in head.files],
        "left_out": list(head.left_out),
        "seals": dict(head.seals),
    }


def definition_lines(definition: Definition) -> Iterator[bytes]:
    """Return the lines of a definition."""
    size = len(definition.body)
    said = {"kind": definition.kind, "id": definition.id, "version": definition.version, "size": size}
    yield _line("definition", said)
    yield from _text_parts(definition.body)


def file_lines(file: ContentFile) -> Iterator[bytes]:
    """Return the lines of a content file."""
    yield _line("file", {"family": file.family.value, "id": file.id, "size": len(file.text)})
    yield from _text_parts(file.text)


def picture_lines(picture: Picture) -> Iterator[bytes]:
    """Return the lines of a picture."""
    said = {
        "sha": picture.sha,
        "media": picture.media,
        "width": picture.width,
        "height": picture.height,
        "size": len(picture.body),
    }
    yield _line("picture", said)
    for start in range(0, len(picture.body), PICTURE_PART):
        yield _line("part", base64.b64encode(picture.body[start : start + PICTURE_PART]).decode())


def op_lines(op: Op) -> Iterator[bytes]:
    """Return the lines of an op."""
    first, *others = list(_by_size(op.changes)) or [[]]
    yield _line("op", {**op_head(op), "count": len(op.changes), "changes": first})
    for changes in others:
        yield _line("changes", changes)


def op_head(op: Op) -> dict[str, Any]:
    """Return an op as JSON, without its changes."""
    return {
        "v": op.version,
        "scope": op.scope,
        "prev": [each.hex() for each in op.prev],
        "kind": op.kind,
        "author": op.author,
        "device": op.device,
        "at": op.at,
        "reason": op.reason,
        "about": None if op.about is None else op.about.hex(),
    }


def change_row(change: Change) -> list[Any]:
    """Return a change as JSON: entity, field, bases, digest, salt, body, and what stands in for it."""
    salt = None if change.salt is None else change.salt.hex()
    row = [
        change.entity,
        change.field,
        [each.hex() for each in change.base],
        change.digest.hex(),
        salt,
        change.body,
    ]
    return row if change.shown is None else [*row, change.shown]


def signature_line(signature: Signature) -> bytes:
    """Return the last line."""
    return _line("signature", {"key": signature.key.hex(), "value": signature.value.hex()})


def _by_size(changes: Sequence[Change]) -> Iterator[list[list[Any]]]:
    """Return changes as rows, as many at a time as a line holds."""
    rows: list[list[Any]] = []
    size = 0
    for change in changes:
        rows.append(change_row(change))
        size += len(change.body or "") + len(change.shown or "")
        if len(rows) == CHANGES or size > PART:
            yield rows
            rows, size = [], 0
    if rows:
        yield rows


def _text_parts(text: str) -> Iterator[bytes]:
    for start in range(0, len(text), PART):
        yield _line("part", text[start : start + PART])


def _line(name: str, value: object) -> bytes:
    return json.dumps({name: value}, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
