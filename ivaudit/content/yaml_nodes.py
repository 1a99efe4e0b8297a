"""Strict YAML: nodes with their place, and none of the language's surprises.

Scalars follow the YAML 1.2 core schema (`no` and `12:30` are text). Anchors, aliases, tags, several
documents and duplicate keys are refused; size, depth and number of nodes are bounded. Nodes are built from
the events of the C parser with an explicit stack: neither depth nor aliases can exhaust the program.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from ivaudit.content.problems import Place

if TYPE_CHECKING:
    import yaml

MAX_BYTES = 5_000_000
MAX_DEPTH = 30
MAX_NODES = 300_000

_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}|0o[0-7]{1,18}|0x[0-9a-fA-F]{1,15}")
_FLOAT = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}
_SYNTAX = (
    ("tab character", "tabulation interdite : indenter avec des espaces"),
    ("mapping values are not allowed", "« : » inattendu : texte à mettre entre guillemets, ou indentation"),
    ("could not find expected ':'", "« : » attendu après la clé"),
    ("did not find expected key", "clé attendue : revoir l'indentation, ou un guillemet oublié"),
    ("'-' indicator", "élément de liste « - » attendu : revoir l'indentation"),
    ("block sequence entries are not allowed", "« - » inattendu : revoir l'indentation"),
    ("unexpected end of stream", "texte entre guillemets jamais refermé"),
    ("',' or", "« , » ou crochet fermant attendu"),
    ("cannot start any token", "un texte ne commence pas ainsi : le mettre entre guillemets"),
    ("escape character", "séquence « \\ » inconnue : employer des apostrophes ou doubler la barre"),
    ("nesting level", "trop de niveaux imbriqués"),
)


class Scalar(msgspec.Struct, tag="s", array_like=True, gc=False):
    """A value; `text` is what the file says, `value` what it means."""

    line: int
    column: int
    text: str
    value: str | int | float | bool | None


class Sequence(msgspec.Struct, tag="l", array_like=True, gc=False):
    """A list."""

    line: int
    column: int
    items: list["Node"] = msgspec.field(default_factory=list)


class Mapping(msgspec.Struct, tag="m", array_like=True, gc=False):
    """Keys, where each is written, and their values."""

    line: int
    column: int
    values: dict[str, "Node"] = msgspec.field(default_factory=dict)
    places: dict[str, Place] = msgspec.field(default_factory=dict)


Node = Scalar | Sequence | Mapping


@dataclass(slots=True)
class Composed:
    """The root of a document, nothing when it could not be read, and what is wrong with it."""

    root: Node | None
    problems: list[tuple[Place, str]]


class _Stop(Exception):  # noqa: N818 - not an error, the end of a reading
    def __init__(self, place: Place, message: str) -> None:
        super().__init__()
        self.place = place
        self.message = message


def compose(raw: bytes) -> Composed:
    """Return the nodes of a file's bytes."""
    builder = _Builder()
    try:
        _build(_text(raw), builder)
    except _Stop as stop:
        return Composed(None, [*builder.problems, (stop.place, stop.message)])
    return Composed(builder.root, builder.problems)


def _text(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise _Stop((1, 1), f"fichier trop gros : {MAX_BYTES // 1_000_000} Mo au plus")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = _place(raw[: error.start].decode("utf-8", "replace"))
        raise _Stop(place, "ce fichier n'est pas en UTF-8 : l'enregistrer dans cet encodage") from None
    if found := _FORBIDDEN.search(text):
        code = f"U+{ord(found.group()):04X}"
        raise _Stop(_place(text[: found.start()]), f"caractère de contrôle interdit ({code})")
    return text


def _place(before: str) -> Place:
    """Return where a text stops."""
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return len(lines), len(lines[-1]) + 1


def _build(text: str, builder: "_Builder") -> None:
    import yaml  # noqa: PLC0415 - start-up budget: nothing of YAML before a file is read

    loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(type(event).__name__, event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        tab = text.splitlines()[line : line + 1] and text.splitlines()[line][column : column + 1] == "\t"
        problem = "tab character" if tab else error.problem or ""
        raise _Stop((line + 1, column + 1), _in_french(problem)) from None
    except yaml.YAMLError:
        raise _Stop((1, 1), "syntaxe YAML incorrecte") from None


def _in_french(problem: str) -> str:
    known = (message for sign, message in _SYNTAX if sign in problem)
    return next(known, "syntaxe YAML incorrecte (indentation, deux-points ou guillemets)")


class _Builder:
    """Turns events into nodes."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.problems: list[tuple[Place, str]] = []
        self._open: list[Sequence | Mapping] = []
        self._keys: list[tuple[str, Place] | None] = []
        self._nodes = 0

    def take(self, name: str, event: Any) -> None:  # noqa: ANN401 - events have no common fields
        """Take the next event of the parser."""
        match name:
            case "ScalarEvent":
                self._scalar(event)
            case "MappingStartEvent":
                self._start(Mapping(*self._checked(event)))
            case "SequenceStartEvent":
                self._start(Sequence(*self._checked(event)))
            case "MappingEndEvent" | "SequenceEndEvent":
                self._open.pop()
                self._keys.pop()
            case "AliasEvent":
                raise _Stop(_of(event), f"renvoi « *{event.anchor} » interdit : répéter le texte")
            case "DocumentStartEvent" if self.root is not None:
                raise _Stop(_of(event), "un seul document par fichier : retirer « --- »")
            case _:
                pass

    def _checked(self, event: Any) -> Place:  # noqa: ANN401
        place = _of(event)
        if event.anchor is not None:
            raise _Stop(place, f"ancre « &{event.anchor} » interdite")
        if event.tag is not None:
            raise _Stop(place, f"étiquette de type « {event.tag} » interdite")
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise _Stop(place, "fichier trop grand : trop d'éléments")
        return place

    def _scalar(self, event: "yaml.ScalarEvent") -> None:
        line, column = self._checked(event)
        if self._open and isinstance(self._open[-1], Mapping) and self._keys[-1] is None:
            self._keys[-1] = (event.value, (line, column))
            return
        value = event.value if event.style else _meaning(event.value)
        self._place(Scalar(line, column, event.value, value))

    def _start(self, node: Sequence | Mapping) -> None:
        if self._open and isinstance(self._open[-1], Mapping) and self._keys[-1] is None:
            raise _Stop((node.line, node.column), "une clé est un texte simple")
        if len(self._open) >= MAX_DEPTH:
            raise _Stop((node.line, node.column), f"trop de niveaux imbriqués ({MAX_DEPTH} au plus)")
        self._place(node)
        self._open.append(node)
        self._keys.append(None)

    def _place(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
            return
        key = self._keys[-1]
        self._keys[-1] = None
        if key is None:  # unreachable: a key comes before its value
            return
        name, place = key
        if name in parent.values:
            first = parent.places[name][0]
            self.problems.append((place, f"{name}: clé en double (déjà ligne {first})"))
            return
        parent.values[name] = node
        parent.places[name] = place


def _of(event: Any) -> Place:  # noqa: ANN401
    return event.start_mark.line + 1, event.start_mark.column + 1


def _meaning(text: str) -> str | int | float | bool | None:
    """Return what a plain scalar means in the YAML 1.2 core schema."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _INTEGER.fullmatch(text):
        return int(text, 0) if text[:2] in {"0o", "0x"} else int(text)
    return float(text.replace(".inf", "inf").replace(".nan", "nan")) if _FLOAT.fullmatch(text) else text


def means_text(text: str) -> bool:
    """Tell whether a plain scalar is read as the text that it is."""
    return bool(text) and isinstance(_meaning(text), str)
