"""Large JSON files read one element at a time, bounded, whatever the size of the whole."""

import json
import re
from collections.abc import Callable, Iterator
from typing import IO, Any

from ivaudit.domain.errors import UnreadableFile

CHUNK = 1 << 20
"""Characters read at a time."""
ELEMENT = 32 * CHUNK
"""Characters that one element of an array, or one value, may have."""

_SPACES = re.compile(r"[ \t\n\r]*")
_DAMAGED = (
    "Ce fichier JSON est abîmé ou incomplet : son contenu ne se lit pas. Rien n'a été modifié. "
    "Téléchargez-le de nouveau, puis recommencez."
)
_HUGE = (
    "Ce fichier JSON contient un élément démesuré : il n'est pas lu. Rien n'a été modifié. "
    "Vérifiez qu'il s'agit bien du flux des structures FINESS+."
)
_DEEP = (
    "Ce fichier JSON imbrique trop d'éléments les uns dans les autres : il n'est pas lu. Rien n'a été "
    "modifié. Vérifiez qu'il s'agit bien du flux des structures FINESS+."
)


def _unreal(_text: str) -> str:
    return ""


class JsonStream:
    """The members of one JSON object: arrays element by element, everything else whole.

    Numbers are given as the text they are written with: a FINESS number keeps its digits.
    """

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._text = ""
        self._at = 0
        self._ended = False
        decoder = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=_unreal)
        self._decode: Callable[[str, int], tuple[Any, int]] = decoder.raw_decode

    def members(self) -> Iterator[tuple[str, Any]]:
        """Yield (name, value): once per element where the value is an array, which is never held whole.

        Raises:
            UnreadableFile: it is no JSON object, is cut, too deep, or holds something too large.
        """
        self._expect("{")
        if self._next() == "}":
            return
        while True:
            name = self._value()
            self._expect(":")
            if self._next() == "[":
                yield from ((str(name), element) for element in self._elements())
            else:
                yield str(name), self._value()
            if self._separator("}"):
                return

    def _elements(self) -> Iterator[Any]:
        self._expect("[")
        if self._next() == "]":
            self._expect("]")
            return
        while True:
            yield self._value()
            if self._separator("]"):
                return

    def _separator(self, end: str) -> bool:
        """Pass a comma, or the end of what is read; tell whether it was the end."""
        found = self._next()
        if found not in {",", end}:
            raise UnreadableFile(_DAMAGED)
        self._at += 1
        return found == end

    def _expect(self, character: str) -> None:
        if self._next() != character:
            raise UnreadableFile(_DAMAGED)
        self._at += 1

    def _next(self) -> str:
        """Return the next character that is no space, empty at the end."""
        while True:
            found = _SPACES.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more(CHUNK):
                return ""

    def _value(self) -> Any:  # noqa: ANN401 - any JSON
        self._next()
        wanted = CHUNK
        while True:
            try:
                value, end = self._decode(self._text, self._at)
            except RecursionError:
                raise UnreadableFile(_DEEP) from None
            except ValueError:
                end = -1  # wrong, or not all there yet
            # What touches the end of what was read may go on: 12 could be the beginning of 123.
            if end >= 0 and (end < len(self._text) or self._ended):
                self._at = end
                return value
            if len(self._text) - self._at > ELEMENT:
                raise UnreadableFile(_HUGE)
            if not self._more(wanted) and end < 0:
                raise UnreadableFile(_DAMAGED)
            wanted *= 2  # so that a long element is not begun again at each piece

    def _more(self, wanted: int) -> bool:
        """Read on, forgetting what was consumed; tell whether there was something."""
        piece = "" if self._ended else self._file.read(wanted)
        self._ended = not piece
        self._text = self._text[self._at :] + piece
        self._at = 0
        return bool(piece)
