"""Texts that look like an identity are held back here as everywhere: masked, or said to be nobody's."""

from collections.abc import Iterable, Iterator, Mapping

from PySide6.QtCore import QObject, Signal

from ivaudit.domain import clock
from ivaudit.domain.identity import IdentityAlert, alerts, masked

_SHORTEST = 5


class Guard(QObject):
    """What was said to be nobody's while the page is open; `cleared(text)` when more is."""

    cleared = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nobody: set[str] = set()

    def found(self, value: object, known: object = None) -> tuple[str, tuple[IdentityAlert, ...]]:
        """Return the first text in a value with passages nobody decided about yet, and these passages.

        Args:
            value: what a field holds.
            known: what is recorded of it already: its passages pass.
        """
        recorded = "\n".join(_texts(known))
        for text in _texts(value):
            waiting = self._waiting(text, recorded)
            if waiting:
                return text, waiting
        return "", ()

    def masked(self, value: object, known: object = None) -> object:
        """Return a value with these passages replaced by what they are."""
        recorded = "\n".join(_texts(known))
        match value:
            case str():
                return masked(value, self._waiting(value, recorded))
            case list() | tuple():
                return [self.masked(each, known) for each in value]
            case Mapping():
                return {key: self.masked(each, known) for key, each in value.items()}
            case _:
                return value

    def clear(self, value: object) -> None:
        """Take note that what looks like an identity in a value is nobody's."""
        for text in _texts(value):
            found = _alerts(text)
            if found:
                self._nobody.update(text[each.start : each.end] for each in found)
                self.cleared.emit(text)

    def _waiting(self, text: str, recorded: str) -> tuple[IdentityAlert, ...]:
        passages = ((each, text[each.start : each.end]) for each in _alerts(text))
        return tuple(each for each, words in passages if words not in recorded and words not in self._nobody)


def _alerts(text: str) -> tuple[IdentityAlert, ...]:
    return alerts(text, clock.today()) if len(text) >= _SHORTEST else ()


def _texts(value: object) -> Iterator[str]:
    parts: Iterable[object]
    match value:
        case str():
            yield value
            return
        case list() | tuple():
            parts = value
        case Mapping():
            parts = value.values()
        case _:
            return
    for each in parts:
        yield from _texts(each)
