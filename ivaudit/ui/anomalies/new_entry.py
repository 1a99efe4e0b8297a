"""A new entry, from its first key to its number: draft on the disk, look-alikes, declaration."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from ivaudit.domain.anomalies import EntryKind
from ivaudit.domain.errors import KnownError
from ivaudit.ui.anomalies import gestures
from ivaudit.ui.anomalies.short_entry import ShortEntry
from ivaudit.ui.writer import Writer

_RESUMED = "La saisie commencée la dernière fois est reprise."


class NewEntry(QObject):
    """Records what one short entry says.

    `recorded(id, number, whether to go on with the sheet)`, `left()`, `opened(id)` of another entry,
    `said(sentence)`.
    """

    recorded = Signal(str, str, bool)
    left = Signal()
    opened = Signal(str)
    said = Signal(str)

    def __init__(self, writer: Writer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = writer
        self._short: ShortEntry | None = None
        self._facility = ""

    def begin(self, short: ShortEntry, facility: str) -> None:
        """Take a short entry, with what was typed in one of its form before; the structure used last."""
        self._short = short
        short.declared.connect(self._on_declared)
        short.typed.connect(self._on_typed)
        short.compared.connect(self._on_compared)
        short.left.connect(self.left)
        short.given_up.connect(self._on_given_up)
        short.opened.connect(self.opened)
        short.show_values({}, facility or self._facility)
        self._writer.submit(gestures.begun, done=self._on_begun)

    def end(self) -> None:
        """Let the short entry go."""
        self._short = None

    @Slot(object)
    def _on_begun(self, found: Mapping[EntryKind, Mapping[str, object]]) -> None:
        short = self._short
        if short is not None and short.kind in found and not short.dirty:
            short.show_values(found[short.kind], short.chosen_facility())
            short.start()
            self.said.emit(_RESUMED)

    @Slot(object)
    def _on_typed(self, values: Mapping[str, object]) -> None:
        if self._short is not None:
            self._writer.submit(partial(gestures.keep_new, self._short.kind, dict(values)))

    @Slot(object, str)
    def _on_compared(self, values: Mapping[str, object], facility: str) -> None:
        if self._short is not None:
            work = partial(gestures.resembling, self._short.kind, dict(values), facility)
            self._writer.submit(work, done=self._on_resembling, failed=_passed_over)

    @Slot(object)
    def _on_resembling(self, found: Any) -> None:  # noqa: ANN401 - what `register.resembling` returns
        if self._short is not None:
            self._short.show_similar(found)

    @Slot(object, str, bool)
    def _on_declared(self, values: Mapping[str, object], facility: str, complete: bool) -> None:
        if self._short is not None:
            self._facility = facility
            work = partial(gestures.declare, self._short.kind, dict(values), facility)
            done: Callable[[Any], None] = partial(self._on_recorded, complete)
            self._writer.submit(work, done=done, failed=self._on_not_declared)

    def _on_recorded(self, complete: bool, result: Any) -> None:  # noqa: ANN401 - (Changes, id, number)
        self.recorded.emit(result[1], result[2], complete)

    def _on_not_declared(self, error: KnownError) -> None:
        if self._short is not None:
            self._short.show_problem(error.sentence)

    @Slot()
    def _on_given_up(self) -> None:
        if self._short is not None:
            self._writer.submit(partial(gestures.forget_new, self._short.kind))
            self._short.show_values({})
        self.left.emit()


def _passed_over(_error: KnownError) -> None:
    """Say nothing: what is half typed is compared again once it can be."""
