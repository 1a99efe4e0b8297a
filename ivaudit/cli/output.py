"""What commands print: one JSON document for programs, plain French lines for people."""

import io
import json
import sys
import unicodedata
from argparse import Namespace
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction


def speak_utf8() -> None:
    """Make standard streams UTF-8: a pipe on Windows, or a bare locale, would lose letters."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def show(args: Namespace, value: object, lines: Iterable[str]) -> None:
    """Print `value` as JSON when asked to, otherwise the lines."""
    if args.json:
        print(json.dumps(plain(value), ensure_ascii=False))  # noqa: T201 - printing is what a command line does
        return
    for line in lines:
        print(visible(line))  # noqa: T201


def acknowledge(value: Mapping[str, object]) -> None:
    """Print one JSON line at once: whoever reads it may count on what it says."""
    print(json.dumps(plain(value), ensure_ascii=False), flush=True)  # noqa: T201


def warn(sentence: str) -> None:
    """Print a sentence on the error stream."""
    print(visible(sentence), file=sys.stderr)  # noqa: T201


def visible(line: str) -> str:
    """Return the line with control characters shown as «�»: a terminal would obey them."""
    return "".join(c if c in "\t\n" or unicodedata.category(c) != "Cc" else "�" for c in line)


def plain(value: object) -> object:
    """Return the value as JSON types: dataclasses as objects, fractions as numbers, bytes in hexadecimal."""
    match value:
        case Enum():
            return value.value
        case None | bool() | int() | float() | str():
            return value
        case bytes():
            return value.hex()
        case Mapping() | Iterable():
            return _plain_parts(value)
        case _ if is_dataclass(value):
            return {
                f.name: plain(getattr(value, f.name)) for f in fields(value) if not f.name.startswith("_")
            }
        case _:
            return float(value) if isinstance(value, Fraction) else str(value)


def _plain_parts(value: Mapping[object, object] | Iterable[object]) -> object:
    match value:
        case Mapping():
            return {_key(key): plain(each) for key, each in value.items()}
        case frozenset() | set():
            return sorted((plain(each) for each in value), key=str)
        case _:
            return [plain(each) for each in value]


def _key(key: object) -> str:
    return "/".join(map(str, key)) if isinstance(key, tuple) else str(plain(key))
