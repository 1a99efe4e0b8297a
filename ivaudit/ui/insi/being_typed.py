"""What is typed of the INSi follow-up and not recorded yet: of a structure and a month, or a reason."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ivaudit.ui.audit.text_entry import DRAFT_AFTER

Place = tuple[str, str]
"""A FINESS number and a month."""
Texts = dict[str, str]


class Typing(QObject):
    """Texts by field, by structure and month; `drafted(place, texts)` a second behind the keys."""

    drafted = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._typed: dict[Place, Texts] = {}
        self._due: set[Place] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_AFTER)
        self._timer.timeout.connect(self.flush)

    def resume(self, left: Mapping[Place, Texts]) -> None:
        """Take up what a stop left."""
        self._typed = {place: dict(texts) for place, texts in left.items()}

    def at(self, place: Place) -> Texts:
        """Return what is typed there."""
        return dict(self._typed.get(place, {}))

    def put(self, place: Place, texts: Texts) -> None:
        """Know what is typed there now."""
        if texts == self._typed.get(place, {}):
            return
        self._set(place, texts)
        self._wait(place)

    def recorded(self, place: Place, texts: Texts) -> None:
        """Forget texts that are recorded, but one typed again since."""
        now = self._typed.get(place, {})
        self._set(place, {field: text for field, text in now.items() if texts.get(field) != text})
        self._wait(place)  # a draft may have been told between the gesture and its end

    @Slot()
    def flush(self) -> None:
        """Tell at once what waits."""
        self._timer.stop()
        for place in sorted(self._due):
            self.drafted.emit(place, self.at(place))
        self._due.clear()

    def _wait(self, place: Place) -> None:
        self._due.add(place)
        if not self._timer.isActive():
            self._timer.start()

    def _set(self, place: Place, texts: Texts) -> None:
        if texts:
            self._typed[place] = texts
        else:
            self._typed.pop(place, None)
