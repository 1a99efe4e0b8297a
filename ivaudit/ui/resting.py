"""Buttons that rest while work runs, without sending the keys anywhere else."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget


class Resting:
    """What rests while work runs: the keys wait on «Arrêter», then are back where they were.

    A disabled widget would hand the focus to whatever comes next.
    """

    def __init__(self, parts: Sequence[QWidget], stop: QWidget) -> None:
        self._parts, self._stop = tuple(parts), stop
        self._back: QWidget | None = None

    def show(self, *, running: bool) -> None:
        """Rest, or be back."""
        if running:
            self._rest()
        else:
            self._wake()

    def _rest(self) -> None:
        focused: QWidget | None = self._stop.window().focusWidget()
        inside = focused is not None and any(
            part is focused or part.isAncestorOf(focused) for part in self._parts
        )
        self._back = focused if inside else None
        self._stop.setVisible(True)
        if inside:
            self._stop.setFocus()
        for part in self._parts:
            part.setEnabled(False)

    def _wake(self) -> None:
        for part in self._parts:
            part.setEnabled(True)
        if self._back is not None and self._stop.window().focusWidget() is self._stop:
            self._back.setFocus()
        self._back = None
        self._stop.setVisible(False)
