"""The states of an adaptation being written, to go back and forth between."""

from dataclasses import replace

from ivaudit.app.adaptation_files import Opened
from ivaudit.domain.adaptation import Adaptation

_MOST = 200


class History:
    """What is now, what was, and what was taken back."""

    def __init__(self, adaptation: Adaptation) -> None:
        self.now = adaptation
        self._past: list[Adaptation] = []
        self._future: list[Adaptation] = []

    @property
    def can_undo(self) -> bool:
        """Tell whether there is something to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Tell whether something was taken back."""
        return bool(self._future)

    def take(self, adaptation: Adaptation) -> bool:
        """Take a new state; tell whether it is one."""
        if adaptation == self.now:
            return False
        self._past = [*self._past[1 - _MOST :], self.now]
        self._future = []
        self.now = adaptation
        return True

    def undo(self) -> bool:
        """Go back; tell whether that was possible."""
        if not self._past:
            return False
        self._future.append(self.now)
        self.now = self._past.pop()
        return True

    def redo(self) -> bool:
        """Go forth again; tell whether that was possible."""
        if not self._future:
            return False
        self._past.append(self.now)
        self.now = self._future.pop()
        return True

    def saved_as(self, adaptation: Adaptation) -> None:
        """Take the version and the date under which what is now was saved; nothing else moves."""
        self.now = adaptation


def remember(opened: dict[str, Opened], now: Adaptation) -> None:
    """Note among the adaptations there are what one of them has become, to be opened again as it is left."""
    before = opened.get(now.id)
    if before is not None and before.adaptation != now:
        opened[now.id] = replace(before, adaptation=now, draft=True)
