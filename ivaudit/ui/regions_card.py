"""Which regional reporting circuits apply: none until the structure says of which region it is."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ivaudit.domain.audit import Changes
from ivaudit.ui.controls import called, card, column_in, label

if TYPE_CHECKING:
    from ivaudit.app.session import Session
    from ivaudit.domain.circuits import Circuits
    from ivaudit.ui.writer import Writer

_HINT = (
    "Les circuits nationaux s'appliquent toujours. Cochez ceux de votre région : ils sont alors proposés "
    "sur la fiche d'un événement."
)


def _read(session: "Session") -> "tuple[tuple[Circuits, ...], tuple[str, ...]]":
    from ivaudit.app import anomaly_reports  # noqa: PLC0415 - on the writer's thread

    regional = tuple(each for each in anomaly_reports.every(session) if each.region)
    return regional, anomaly_reports.regions(session)


def _choose(ids: Sequence[str], session: "Session") -> Changes:
    from ivaudit.app import anomaly_reports  # noqa: PLC0415 - on the writer's thread

    return anomaly_reports.choose_regions(session, ids)


class RegionsCard(QWidget):
    """A box a region, recorded as soon as it is ticked; hidden where there is none. `refused(KnownError)`."""

    refused = Signal(object)

    def __init__(self, writer: "Writer", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        called(self, "regions", "Signalements régionaux")
        self._writer = writer
        self.boxes: dict[str, QCheckBox] = {}
        frame, column = card("regions_card")
        column.addWidget(label("Signalements régionaux", "regions_title", "heading"))
        column.addWidget(label(_HINT, "regions_hint", "muted"))
        self._column = QVBoxLayout()
        column.addLayout(self._column)
        column_in(self).addWidget(frame)
        self.hide()

    def read(self) -> None:
        """Read again what there is, and what applies."""
        self._writer.submit(_read, done=self._on_read, failed=self.refused.emit)

    @Slot(object)
    def _on_read(self, found: "tuple[tuple[Circuits, ...], tuple[str, ...]]") -> None:
        regional, chosen = found
        for each in regional:
            if each.id not in self.boxes:
                self.boxes[each.id] = self._box(each)
            self.boxes[each.id].setChecked(each.id in chosen)
        self.setVisible(bool(self.boxes))

    def _box(self, circuits: "Circuits") -> QCheckBox:
        made = called(QCheckBox(circuits.region), f"region_{circuits.id}", circuits.title)
        made.setToolTip(circuits.title)
        made.clicked.connect(self._on_ticked)
        self._column.addWidget(made)
        return made

    @Slot()
    def _on_ticked(self) -> None:
        ids = [key for key, box in self.boxes.items() if box.isChecked()]
        self._writer.submit(partial(_choose, ids), failed=self._on_refused)

    @Slot(object)
    def _on_refused(self, error: object) -> None:
        self.refused.emit(error)
        self.read()
